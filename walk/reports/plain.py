"""Pages as plain text, 80 cells wide at most, in which nothing can act on a terminal."""

from __future__ import annotations

import re
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
SIGNS = 108
"""Signs in a line of paper, in the usual size of its letters."""
CLOSE, TOO_MUCH = 69, 104
"""Lines of paper beyond which a page is set close to stay on one sheet, and from which on it could
not, so that it is not tried."""
OPEN = 56
"""Lines of paper below which there is room for larger letters."""
_PARTS = re.compile(r"\n(?=\S)")
_WIDE = re.compile(r"[^\x00-\u024f\u2000-\u206f]")
"""Letters that are wider on paper than Latin ones."""


def plain(pages: Sequence[Page], width: int = WIDTH) -> str:
    """The pages one below the other, with a newline at the end; no line is wider than `width`."""
    parting = f"\n{'=' * width}\n\n"
    return parting.join("\n".join(_page(page, width)) + "\n" for page in pages)


def is_close(page: Page) -> bool:
    """Whether a page is to be set close, so that all of it stays on one sheet of paper."""
    by_hand = any(
        isinstance(block, Table) and block.by_hand and len(block.rows) > 1
        for section in page.sections
        for block in section.blocks
    )
    return not by_hand and CLOSE < paper_lines(page) < TOO_MUCH


def is_open(page: Page) -> bool:
    """Whether a page is short enough to stay on one sheet in larger letters."""
    return paper_lines(page) < OPEN


def paper_lines(page: Page) -> int:
    """About how many lines a page takes on paper, in the usual size of its letters."""
    lines = 3  # the notice at the foot, with room above it
    for section in page.sections:
        lines += 2 if section.heading else 0
        lines += sum(_block_lines(block) for block in section.blocks)
    return lines


def _block_lines(block: Block) -> int:
    match block:
        case Lines(_, count):
            return 2 * count
        case Table(_, head, rows, _, by_hand):
            least = 4 if by_hand and len(rows) == 1 else 2 if by_hand else 1
            share = max(1, SIGNS // max(1, len(head)))
            taken = (max(-(-_signs(cell) // share) for cell in row) for row in rows)
            return 2 + _ruled(rows) + sum(max(least, one) for one in taken)
        case Chart(bars):
            return len(bars) + _ruled(bars)
    said = "\n".join(_block(block))
    parts = _PARTS.split(said)  # what hangs below a line belongs to it
    return sum(max(1, -(-_signs(" ".join(one.split())) // SIGNS)) for one in parts)


def _ruled(rows: Sequence[object]) -> int:
    """Lines that the rules and edges between so many rows take."""
    return len(rows) // 4


def _signs(text: str) -> int:
    """How long a text is on paper, in Latin signs: others count a quarter more, wide ones twice."""
    others = len(_WIDE.findall(text))
    return max(cell_width(text), len(text) + others // 4) if others else len(text)


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
