"""A measure's values by date as a small chart of text: real distances between days, plain signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from walk.text import ascii_only

Point = tuple[date, float]
"""A day, and what was counted or timed on it."""

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
POINT, TICK = "●", "┬"
_LEAST = 8
"""Columns that days are drawn in, however narrow the page."""
_NAMED = 24
"""Columns in which the first and the last day can be named beside each other."""


def value_words(value: float) -> str:
    """A value as people write it: 3, -2.5, 0.125."""
    if value == int(value):
        return str(int(value))
    return f"{value:.6f}".rstrip("0").rstrip(".") if abs(value) >= 1e-6 else f"{value:g}"


def in_words(points: Sequence[Point]) -> str:
    """Every value with its day, for those who see no chart: "4 on 3 Nov, 8 on 17 Nov"."""
    days = _labels([day for day, _ in points])
    pairs = zip(points, days, strict=True)
    return ", ".join(f"{value_words(value)} on {day}" for (_, value), day in pairs)


def chart(
    points: Sequence[Point], *, width: int = 60, height: int = 5, ascii_signs: bool = False
) -> list[str]:
    """The lines of a chart, at most `width` columns wide (24 at least) and `height` rows high.

    The days stand where they lie between the first and the last; where nothing was counted there
    is room and no sign, and nothing is drawn between two values. No points give no lines.
    """
    if not points:
        return []
    found = sorted(points)
    lowest, highest = min(value for _, value in found), max(value for _, value in found)
    marks = _marks(lowest, highest, max(2, height))
    gutter = max(len(words) for words in marks.values()) + 1
    columns = _columns([day for day, _ in found], max(_LEAST, width - gutter - 3))
    plot = max(columns) + 2
    rows = _rows(found, columns, lowest, highest, max(2, height))
    lines = [
        f"{marks.get(row, ''):>{gutter}}{'┤' if row in marks else '│'}{_drawn(cells, plot)}"
        for row, cells in enumerate(rows)
    ]
    axis = "".join(TICK if place in columns else "─" for place in range(plot))
    lines.append(f"{'':>{gutter}}└{axis}")
    lines.append(_days(found, columns, gutter + 1, max(width, gutter + plot + 1)))
    return [ascii_only(line) if ascii_signs else line for line in (one.rstrip() for one in lines)]


def _marks(lowest: float, highest: float, height: int) -> dict[int, str]:
    """What stands beside which row: the least, the greatest, and 0 where it lies between."""
    if lowest == highest:
        return {height // 2: value_words(lowest)}
    marks = {height - 1: value_words(lowest), 0: value_words(highest)}
    if lowest < 0 < highest:
        marks.setdefault(_row(0, lowest, highest, height), "0")
    return marks


def _row(value: float, lowest: float, highest: float, height: int) -> int:
    """The row of a value, counted from above."""
    if lowest == highest:
        return height // 2
    # Halved before they are taken from one another, so that no pair is too far apart for a float.
    share = (value / 2 - lowest / 2) / (highest / 2 - lowest / 2)
    return height - 1 - round(share * (height - 1))


def _columns(days: Sequence[date], room: int) -> list[int]:
    """The column of each day; the first at 1, so that it stands clear of the axis."""
    span = (days[-1] - days[0]).days
    if span == 0:
        return [1] * len(days)
    # A column a day is enough where the days are few, as long as both ends can be named.
    length = min(room - 3, max(span, _NAMED))
    return [1 + round((day - days[0]).days / span * length) for day in days]


def _rows(
    points: Sequence[Point], columns: Sequence[int], lowest: float, highest: float, height: int
) -> list[set[int]]:
    """The columns with a sign in them, row by row from above."""
    rows: list[set[int]] = [set() for _ in range(height)]
    for (_, value), column in zip(points, columns, strict=True):
        rows[_row(value, lowest, highest, height)].add(column)
    return rows


def _drawn(cells: Iterable[int], plot: int) -> str:
    held = set(cells)
    return "".join(POINT if place in held else " " for place in range(plot))


def _labels(days: Sequence[date]) -> list[str]:
    """The days in words; with their year where they do not lie in one."""
    several = len({day.year for day in days}) > 1
    short = [f"{day.day} {_MONTHS[day.month - 1]}" for day in days]
    return [f"{one} {day.year}" if several else one for one, day in zip(short, days, strict=True)]


def _days(points: Sequence[Point], columns: Sequence[int], left: int, width: int) -> str:
    """The line of days: the last and the first, then as many between as fit beside each other."""
    labels = _labels([day for day, _ in points])
    line = [" "] * width
    order = dict.fromkeys([len(points) - 1, 0, *range(1, len(points) - 1)])
    for place in order:
        words = labels[place]
        start = left + columns[place] - len(words) // 2
        start = max(0, min(start, width - len(words)))
        room = line[max(0, start - 1) : start + len(words) + 1]
        if all(sign == " " for sign in room):
            line[start : start + len(words)] = words
    return "".join(line)
