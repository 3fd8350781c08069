"""How much of a sheet of paper a page takes, and so in which size of letters it is set.

What is counted here was measured in a browser, page by page, on US Letter: it is the shorter sheet.
The sizes themselves stand in `pages.html.j2` and in `docx_style`. Parts of a line in the sums below
are margins, rules, and letters larger or bolder than the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil

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
from walk.text import cell_width

_WIDE = re.compile(r"[^\x00-\u024f\u2000-\u206f]")
"""Letters that are wider on paper than Latin ones."""


@dataclass(frozen=True)
class Setting:
    """A size of letters."""

    signs: int
    """Signs in a line from side to side."""
    lines: float
    """Lines that may be counted for one sheet; somewhat more are counted than are taken."""
    line_mm: float
    """How high one is."""
    in_a_row: bool = False
    """Examples and remarks of a trend stand in one paragraph."""


USUAL = Setting(122, 66.0, 3.94)
CLOSE = Setting(137, 79.3, 3.25, in_a_row=True)
OPEN = Setting(105, 51.5, 4.82)
WRITE_MM, FILL_MM = 8.0, 20.0
"""Height of a line to write on, and of a cell to fill in."""
NUMBERED = 1.9
"""Lines of a cell beside a numbered note."""
SHORT, TIME, GAP = 18, 12, 2
"""Signs that a column of a narrow table keeps, that one of a wide table keeps as it may hold times,
and those between two."""


def is_close(page: Page) -> bool:
    """Whether a page is to be set close, so that all of it stays on one sheet of paper."""
    by_hand = any(
        isinstance(block, Table) and block.by_hand and len(block.rows) > 1
        for section in page.sections
        for block in section.blocks
    )
    return not by_hand and not _fits(page, USUAL) and _fits(page, CLOSE)


def is_open(page: Page) -> bool:
    """Whether a page is short enough to stay on one sheet in larger letters."""
    return _fits(page, OPEN)


def _fits(page: Page, setting: Setting) -> bool:
    return paper_lines(page, setting) <= setting.lines


def paper_lines(page: Page, setting: Setting = USUAL) -> float:
    """About how many lines a page takes on paper."""
    lines = 1.5 * _taken(page.title, setting.signs / 1.6) + 0.3
    lines += _taken(page.under, setting.signs) + 0.4 if page.under else 0
    for section in page.sections:
        lines += 1.1 * _taken(section.heading, setting.signs / 1.2) + 0.4 if section.heading else 0
        lines += sum(_block_lines(block, setting) for block in section.blocks)
    return lines + 2  # the notice at the foot


def _block_lines(block: Block, setting: Setting) -> float:
    signs = setting.signs
    match block:
        case Say(text, loud):
            return _taken(text, signs * 0.9) + 0.7 if loud else _taken(text, signs) + 0.1
        case Quote(text):
            return _taken(text, signs) + 0.1
        case Points(items):
            return sum(_taken(item, signs * 0.95) for item in items) + 0.1
        case Trends(entries):
            return sum(_trend_lines(entry, setting) for entry in entries) + 0.1
        case Chart(bars):
            return len(bars)  # labels are cut to one line
        case Table():
            return _table_lines(block, setting)
        case Lines(_, count):
            return count * WRITE_MM / setting.line_mm


def _trend_lines(entry: TrendEntry, setting: Setting) -> float:
    lines = _taken(f"Trend 1: {entry.statement} ({entry.counts})", setting.signs * 0.95)
    below = (*entry.examples, *entry.remarks)
    parts = (" · ".join(below),) if setting.in_a_row and below else below
    return lines + sum(_taken(part, setting.signs * 0.92) for part in parts)


def _table_lines(table: Table, setting: Setting) -> float:
    least, edges, ruled = 0.0, 0.1, 0.2
    if table.by_hand:
        least = NUMBERED if len(table.rows) > 1 else FILL_MM / setting.line_mm
        ruled = 0.4
    widths = _widths(table, setting.signs)
    lines = edges
    for row in (table.head, *table.rows):
        taken = max(_taken(cell, width) for cell, width in zip(row, widths, strict=True))
        lines += max(0.95 * taken, 0 if row is table.head else least) + ruled
    return lines


def _widths(table: Table, signs: int) -> list[float]:
    """How the columns share a line, in signs; as browsers do it, which give most to the longest."""
    many = len(table.head)
    if table.by_hand and table.head[0] == "No.":
        return [signs * share for share in (0.05, 0.6, 0.35)]
    if table.by_hand:
        return [signs / many] * many
    if table.said and many == 4:
        return [signs * share for share in (0.3, 0.15, 0.13, 0.42)]
    columns = zip(table.head, *table.rows, strict=True)
    most = [max(map(_signs, column)) for column in columns]
    least = [min(SHORT if many < 4 else TIME, one) for one in most]
    over = sum(most) - sum(least)
    room = min(over, signs - GAP * many - sum(least))
    return [low + room * (one - low) / max(1, over) for one, low in zip(most, least, strict=True)]


def _taken(text: str, width: float) -> int:
    """How many lines so wide a text takes."""
    return sum(max(1, ceil(_signs(" ".join(one.split())) / width)) for one in text.split("\n"))


def _signs(text: str) -> int:
    """How long a text is on paper, in Latin signs: others count a quarter more, wide ones twice."""
    others = len(_WIDE.findall(text))
    return max(cell_width(text), len(text) + others // 4) if others else len(text)
