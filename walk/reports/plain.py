"""The staff summary as plain text, at most 80 cells wide."""

from __future__ import annotations

from collections.abc import Iterator

from walk.reports.chart import text_bars
from walk.reports.letter import (
    Block,
    Chart,
    Points,
    Quote,
    Say,
    Section,
    Steps,
    TrendEntry,
    Trends,
    letter,
)
from walk.reports.summary import WalkFacts
from walk.text import wrap

WIDTH = 80
"""Cells of the widest line."""


def plain(facts: WalkFacts) -> str:
    """Return the letter as text with a newline at its end; nothing in it can act on a terminal."""
    said = letter(facts)
    lines = hung("", said.title)
    lines += hung("", said.place_and_date) if said.place_and_date else []
    for section in said.sections:
        lines += ["", *_section(section)]
    lines += ["", *hung("", said.notice)]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield section.heading.upper()
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Say() | Quote() | Points():
            yield from words(block)
        case Trends(entries):
            for entry in entries:
                yield from _trend(entry)
        case Chart(bars):
            yield from text_bars(bars)
        case Steps(entries):
            for step in entries:
                yield from hung("- ", step.in_one_line())


def _trend(entry: TrendEntry) -> Iterator[str]:
    text = f"{entry.statement} ({entry.counts})" if entry.counts else entry.statement
    yield from hung(f"{entry.number}. ", text)
    for example in entry.examples:
        yield from hung("   - ", example)


def words(block: Say | Quote | Points) -> Iterator[str]:
    """A paragraph, a quotation or a list as lines of text."""
    match block:
        case Say(text, loud):
            yield from hung("PLEASE NOTE: " if loud else "", text)
        case Quote(text):
            yield from hung("  | ", text, rest="  | ")
        case Points(items):
            for item in items:
                yield from hung("- ", item)


def hung(first: str, text: str, rest: str | None = None) -> list[str]:
    """Wrap `text` after `first`, later lines indented as far or beginning with `rest`."""
    below = " " * len(first) if rest is None else rest
    lines = wrap(text, WIDTH - len(first))
    return [f"{first if place == 0 else below}{line}".rstrip() for place, line in enumerate(lines)]
