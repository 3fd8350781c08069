"""The staff summary as Markdown, in which no word of anybody acts as Markdown."""

from __future__ import annotations

import re
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
from walk.text import safe

_ACTIVE = re.compile(r"[\\`*_\[\]<>#&|~$]|(?<=:)//|(?<=www)\.", re.IGNORECASE)
_STARTS = re.compile(r"^([-+])|^([0-9]+)([.)])")
_EDGES = re.compile(r"^\s+|\s+$|\n")


def escaped(text: str) -> str:
    """Return `text` as one line of Markdown that reads as `text` once it is rendered.

    A line break becomes the character reference for one, as a real one could start a list or end a
    table row; so do spaces at the ends, which Markdown drops.
    """
    marked = _ACTIVE.sub(lambda found: f"\\{found[0]}", safe(text))
    marked = _STARTS.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", marked)
    return _EDGES.sub(lambda found: "".join(f"&#{ord(char)};" for char in found[0]), marked)


def markdown(facts: WalkFacts) -> str:
    """Return the letter as Markdown with a newline at its end."""
    said = letter(facts)
    parts = [f"# {escaped(said.title)}"]
    parts += [escaped(said.place_and_date)] if said.place_and_date else []
    for section in said.sections:
        parts += _section(section)
    parts += ["---", escaped(said.notice)]
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"## {escaped(section.heading)}"
    for block in section.blocks:
        yield _block(block)


def _block(block: Block) -> str:
    match block:
        case Say() | Quote() | Points():
            return words(block)
        case Trends(entries):
            return "\n".join(line for entry in entries for line in _trend(entry))
        case Chart(bars):
            return "\n".join(f"    {line}" for line in text_bars(bars))
        case Steps(entries):
            return "\n".join(f"- {escaped(step.in_one_line())}" for step in entries)


def words(block: Say | Quote | Points) -> str:
    """A paragraph, a quotation or a list as Markdown."""
    match block:
        case Say(text, loud):
            return f"**Please note:** {escaped(text)}" if loud else escaped(text)
        case Quote(text):
            return f"> {escaped(text)}"
        case Points(items):
            return "\n".join(f"- {escaped(item)}" for item in items)


def _trend(entry: TrendEntry) -> Iterator[str]:
    counts = f" ({escaped(entry.counts)})" if entry.counts else ""
    yield f"- Trend {entry.number}: {escaped(entry.statement)}{counts}"
    for example in entry.examples:
        yield f"  - {escaped(example)}"
