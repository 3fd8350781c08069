"""Pages as plain text, 80 cells wide at most, in which nothing can act on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

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
from walk.reports.chart import text_bars
from walk.reports.notice import TRADEMARK_NOTICE
from walk.text import cell_width, one_line, wrap

WIDTH = 80
"""Cells of the widest line, unless a narrower one is asked for."""
NARROWEST = 5
"""Cells below which no column of text is squeezed, where the table has room at all."""
LONG_WORD = 14
"""Cells beyond which a word is broken rather than the columns beside it."""
GAP = "  "


def plain(pages: Sequence[Page], width: int = WIDTH) -> str:
    """The pages one below the other, with a newline at the end; no line is wider than `width`."""
    parting = f"\n{'=' * width}\n\n"
    return parting.join("\n".join(_page(page, width)) + "\n" for page in pages)


def _page(page: Page, width: int) -> Iterator[str]:
    yield from hung("", page.title, width=width)
    if page.under:
        yield from hung("", page.under, width=width)
    for section in page.sections:
        yield ""
        if section.heading:
            yield from hung("", section.heading.upper(), width=width)
        for block in section.blocks:
            yield from _block(block, width)
    yield ""
    yield from hung("", TRADEMARK_NOTICE, width=width)


def _block(block: Block, width: int = WIDTH) -> Iterator[str]:
    match block:
        case Say() | Quote() | Points():
            yield from words(block, width)
        case Trends(entries):
            for entry in entries:
                yield from _trend(entry, width)
        case Chart(bars):
            yield from text_bars(bars, width)
        case Table(_, head, rows, said):
            if said:
                yield from words(Points(said), width)
            else:
                yield from _table((head, *rows), width)
        case Lines(_, count):
            yield from ["_" * width] * count


def _trend(entry: TrendEntry, width: int) -> Iterator[str]:
    text = f"{closed(entry.statement)} ({entry.counts})" if entry.counts else entry.statement
    yield from hung(f"{entry.number}. ", text, width=width)
    for example in entry.examples:
        yield from hung("   - ", example, width=width)
    for remark in entry.remarks:
        yield from hung("   ", remark, width=width)


def words(block: Say | Quote | Points, width: int = WIDTH) -> Iterator[str]:
    """A paragraph, a quotation or a list as lines of text."""
    match block:
        case Say(text, loud):
            yield from hung("PLEASE NOTE: " if loud else "", text, width=width)
        case Quote(text):
            yield from hung("  | ", text, rest="  | ", width=width)
        case Points(items):
            for item in items:
                yield from hung("- ", item, width=width)


def hung(first: str, text: str, rest: str | None = None, width: int = WIDTH) -> list[str]:
    """Wrap `text` after `first`, later lines indented as far or beginning with `rest`."""
    below = " " * len(first) if rest is None else rest
    lines = wrap(text, width - len(first))
    return [f"{first if place == 0 else below}{line}".rstrip() for place, line in enumerate(lines)]


# Tables


def _table(rows: Sequence[Sequence[str]], most: int) -> Iterator[str]:
    """Columns side by side, each cell wrapped in its column."""
    widths = _column_widths(rows, most)
    for row in rows:
        cells = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            padded = (
                part + " " * (width - cell_width(part))
                for part, width in zip(parts, widths, strict=True)
            )
            yield GAP.join(padded).rstrip()


def _column_widths(rows: Iterable[Sequence[str]], most: int) -> list[int]:
    """As wide as the widest cell of each column; the widest columns give way until all fit.

    In cells. A column gives way to its longest word first, so that a time of day stays whole.
    """
    columns = list(zip(*rows, strict=True))
    widths = [max(map(_cells, column)) for column in columns]
    words = [min(LONG_WORD, max(_longest(cell) for cell in column)) for column in columns]
    room = most - len(GAP) * (len(widths) - 1)
    for least in (words, [NARROWEST] * len(widths)):
        while sum(widths) > room:
            spare = [width if width > low else 0 for width, low in zip(widths, least, strict=True)]
            if not any(spare):
                break
            widths[spare.index(max(spare))] -= 1
    return widths


def _longest(cell: str) -> int:
    """The longest word of a cell, in cells."""
    return max((cell_width(one_line(word)) for word in cell.split()), default=0)


def _cells(cell: str) -> int:
    """The widest line of a cell as it is shown, in cells; beyond a line's width all are one."""
    return max(map(cell_width, wrap(cell, WIDTH)))
