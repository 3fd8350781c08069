"""One plain chart, classrooms per trend: as bars of text, as rows of a table, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from walk.text import cell_width, one_line

_LABEL = 42
"""Cells of a label; the whole statement stands above the chart."""
_CELL = 90
"""The same in a table."""
_LONGEST = 24
"""Blocks of the longest bar, once it is longer than a block a classroom."""
_ROW, _LEFT, _WIDTH = 22, 320, 640
"""Of the picture, in its own units: height of a row, where bars begin, whole width."""


@dataclass(frozen=True)
class Bar:
    """One trend: its label and its classrooms."""

    label: str
    visits: int


def _short(label: str, cells: int = _LABEL) -> str:
    """Return a label on one line, cut to fit."""
    return one_line(label, cells)


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


def svg(bars: Sequence[Bar], name: str = "chart") -> str:
    """Return the chart as SVG to stand inside a page: one colour, words beside every bar.

    `name` is ours and unlike that of any other chart on the page. There is no xmlns, as HTML needs
    none, and so the page holds no address at all.
    """
    most = max((bar.visits for bar in bars), default=0) or 1
    unit = (_WIDTH - _LEFT - 40) / most
    rows = [_svg_row(place, bar, bar.visits * unit) for place, bar in enumerate(bars)]
    return "\n".join(
        [
            f'<svg viewBox="0 0 {_WIDTH} {_ROW * len(bars)}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc" font-size="13" fill="#1a1a1a">',
            f'<title id="{name}-title">Classrooms per trend</title>',
            f'<desc id="{name}-desc">{escape(described(bars))}</desc>',
            *rows,
            "</svg>",
        ]
    )


def _svg_row(place: int, bar: Bar, length: float) -> str:
    top = place * _ROW
    return (
        f'<text x="0" y="{top + 15}">{escape(_short(bar.label))}</text>'
        f'<rect x="{_LEFT}" y="{top + 4}" width="{length:.0f}" height="14"/>'
        f'<text x="{_LEFT + length + 8:.0f}" y="{top + 15}">{bar.visits}</text>'
    )
