"""Which sign stands between the columns of a CSV table: comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
"""Signs that may stand between columns, the likeliest first, and what they are called."""

SAMPLE = 65_536
"""Characters that are looked at."""
ROWS = 30
"""Rows that are looked at."""

_SAID = re.compile(r'"?sep=(.)"?[ \t]*')
"""The line in which a spreadsheet is told the sign; it holds no row."""


def said_mark(line: str) -> str:
    """The sign that a line such as `sep=;` names; nothing where the line is none of that kind."""
    found = _SAID.fullmatch(line.rstrip("\r\n"))
    return found[1] if found else ""


def mark_of(sample: str) -> str:
    """The sign between the columns of a table that begins with `sample`.

    It is the one that makes most rows as wide as the first one; of two such, the one that makes
    more columns. A table of one column is taken to have commas.
    """
    best, most = ",", (0.0, 0, 0)
    for order, mark in enumerate(MARKS):
        widths = _widths(sample, mark)
        if not widths or widths[0] < 2:
            continue
        alike = sum(width == widths[0] for width in widths) / len(widths)
        rank = (alike, widths[0], -order)
        if rank > most:
            best, most = mark, rank
    return best


def _widths(sample: str, mark: str) -> Sequence[int]:
    """The cells of each of the first rows, blank ones left out."""
    whole = len(sample) < SAMPLE
    lines = sample.splitlines(keepends=True)
    reader = csv.reader(lines if whole else lines[:-1], delimiter=mark)
    widths: list[int] = []
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                widths.append(len(cells))
            if len(widths) == ROWS:
                break
    except csv.Error:
        pass  # what has been seen so far has to do
    return widths
