"""Pages as Markdown, in which no word of anybody acts as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from walk.reports.bidi import closed
from walk.reports.blocks import (
    Block,
    Chart,
    Lines,
    Page,
    Points,
    Quote,
    Say,
    Table,
    TrendEntry,
    Trends,
)
from walk.reports.chart import bar_rows
from walk.reports.notice import TRADEMARK_NOTICE
from walk.text import safe

_ACTIVE = re.compile(r"[\\`*_\[\]<>#&|~$]|(?<=:)//|(?<=www)\.", re.IGNORECASE)
_STARTS = re.compile(r"^([-+])|^([0-9]+)([.)])")
_EDGES = re.compile(r"^\s+|\s+$|\n")
_ROOM = "\\_" * 60
"""A line to write on."""


def escaped(text: str) -> str:
    """Return `text` as one line of Markdown that reads as `text` once it is rendered.

    A line break becomes the character reference for one, as a real one could start a list or end a
    table row; so do spaces at the ends, which Markdown drops.
    """
    marked = _ACTIVE.sub(lambda found: f"\\{found[0]}", safe(text))
    marked = _STARTS.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", marked)
    return _EDGES.sub(lambda found: "".join(f"&#{ord(char)};" for char in found[0]), marked)


def markdown(pages: Sequence[Page]) -> str:
    """The pages one below the other, with a newline at the end."""
    return "\n\n".join("\n\n".join(_page(page)) for page in pages) + "\n"


def _page(page: Page) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    if page.under:
        yield escaped(page.under)
    for section in page.sections:
        if section.heading:
            yield f"## {escaped(section.heading)}"
        yield from map(_block, section.blocks)
    yield "---"
    yield escaped(TRADEMARK_NOTICE)


def _block(block: Block) -> str:
    match block:
        case Say() | Quote() | Points():
            return words(block)
        case Trends(entries):
            return "\n".join(line for entry in entries for line in _trend(entry))
        case Chart(bars):
            return _table(("Trend", "Classrooms"), bar_rows(bars))
        case Table(_, head, rows):
            return _table(head, rows)
        case Lines(_, count):
            return "\n\n".join([_ROOM] * count)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ("---",) * len(head), *(map(escaped, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


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
    yield f"- Trend {entry.number}: {escaped(closed(entry.statement))}{counts}"
    for below in (*entry.examples, *entry.remarks):
        yield f"  - {escaped(below)}"
