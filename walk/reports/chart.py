"""One plain chart, classrooms per trend: as bars of text and as an inline picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from walk.reports.summary import counted
from walk.text import cell_width, one_line

_LABEL = 42
"""Cells of a label; the whole statement stands above the chart."""
_LONGEST = 24
"""Blocks of the longest bar, once it is longer than a block a classroom."""
_ROW, _LEFT, _WIDTH = 22, 320, 640
"""Of the picture, in its own units: height of a row, where bars begin, whole width."""


@dataclass(frozen=True)
class Bar:
    """One trend: its label and its classrooms."""

    label: str
    visits: int


def _short(label: str) -> str:
    """Return a label on one line, cut to fit."""
    return one_line(label, _LABEL)


def text_bars(bars: Sequence[Bar]) -> list[str]:
    """Return a line a bar: label, a block a classroom (fewer when there are many), the number."""
    most = max((bar.visits for bar in bars), default=0)
    per_block = max(1, most / _LONGEST)
    labels = [_short(bar.label) for bar in bars]
    wide = max(map(cell_width, labels), default=0)
    return [
        f"{label}{' ' * (wide - cell_width(label))}  "
        f"{'█' * round(bar.visits / per_block)} {bar.visits}"
        for label, bar in zip(labels, bars, strict=True)
    ]


def described(bars: Sequence[Bar]) -> str:
    """Return the chart as a sentence, for people who do not see it."""
    parts = [f"trend {_short(bar.label)}, {counted(bar.visits, 'classroom')}" for bar in bars]
    return f"Bars, longer for more classrooms: {'; '.join(parts)}."


def svg(bars: Sequence[Bar]) -> str:
    """Return the chart as SVG to stand inside a page: one colour, words beside every bar.

    It has no xmlns, as HTML needs none, and so the page holds no address at all.
    """
    most = max((bar.visits for bar in bars), default=0) or 1
    unit = (_WIDTH - _LEFT - 40) / most
    rows = [_svg_row(place, bar, bar.visits * unit) for place, bar in enumerate(bars)]
    return "\n".join(
        [
            f'<svg viewBox="0 0 {_WIDTH} {_ROW * len(bars)}" role="img" '
            'aria-labelledby="chart-title chart-desc" font-size="13" fill="#1a1a1a">',
            '<title id="chart-title">Classrooms per trend</title>',
            f'<desc id="chart-desc">{escape(described(bars))}</desc>',
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
