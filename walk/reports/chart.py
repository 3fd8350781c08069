"""One plain chart, classrooms per trend: as bars of text, as rows of a table, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from walk.text import cell_width, one_line

_LABEL = 42
"""Cells of a label; the whole statement stands above the chart."""
_CELL = 90
"""The same in a table."""
_LONGEST = 24
"""Blocks of the longest bar, once it is longer than a block a classroom."""
_FULL = 85
"""The same in a picture, in hundredths of its room: the number stands behind the bar."""


@dataclass(frozen=True)
class Bar:
    """One trend: its label and its classrooms."""

    label: str
    visits: int


def _short(label: str, cells: int = _LABEL) -> str:
    """Return a label on one line, cut to fit: between two words, where that keeps half of it."""
    whole, cut = one_line(label), one_line(label, cells)
    if cut == whole:
        return whole
    kept = cut.removesuffix("…")
    if not whole.removeprefix(kept).startswith(" "):
        kept = kept.rpartition(" ")[0]
    return f"{kept}…" if 2 * cell_width(kept) >= cells else cut


def _blocks(bars: Sequence[Bar]) -> list[str]:
    """The bars alone: a block a classroom, fewer when there are many."""
    most = max((bar.visits for bar in bars), default=0)
    per_block = max(1, most / _LONGEST)
    return ["█" * round(bar.visits / per_block) for bar in bars]


def text_bars(bars: Sequence[Bar], width: int = 80) -> list[str]:
    """Return a line a bar: label, a block a classroom (fewer when there are many), the number.

    In so many cells, of which the bars take their share first.
    """
    labels = [_short(bar.label, max(8, min(_LABEL, width - _LONGEST - 8))) for bar in bars]
    wide = max(map(cell_width, labels), default=0)
    return [
        f"{label}{' ' * (wide - cell_width(label))}  {blocks} {bar.visits}"
        for label, blocks, bar in zip(labels, _blocks(bars), bars, strict=True)
    ]


def bar_rows(bars: Sequence[Bar]) -> tuple[tuple[str, str], ...]:
    """The chart as rows of a table: the label, the bar with its number."""
    return tuple(
        (_short(bar.label, _CELL), f"{blocks} {bar.visits}".strip())
        for blocks, bar in zip(_blocks(bars), bars, strict=True)
    )


def described(bars: Sequence[Bar]) -> str:
    """Return the chart as a sentence, for people who do not see it."""
    parts = [
        f"trend {_short(bar.label)}, {bar.visits} classroom{'' if bar.visits == 1 else 's'}"
        for bar in bars
    ]
    return f"Bars, longer for more classrooms: {'; '.join(parts)}."


def shares(bars: Sequence[Bar]) -> tuple[tuple[str, float, int], ...]:
    """The chart as rows of a picture: label, length in hundredths of the room, classrooms."""
    most = max((bar.visits for bar in bars), default=0) or 1
    return tuple(
        (_short(bar.label), round(_FULL * bar.visits / most, 2), bar.visits) for bar in bars
    )
