"""What is really painted, cell by cell: its colours as a terminal gets them, and as eyes see them.

Colours are (red, green, blue), 0 to 255. Contrast is that of WCAG 2: 1 to 21. The kinds of colour
vision are the matrices of Machado, Oliveira and Fernandes (2009) at full strength, on linear light.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.style import Style
from textual.app import App
from textual.errors import NoWidget
from textual.screen import ModalScreen
from textual.widget import Widget

from tests.frames import strips

Rgb = tuple[int, int, int]
Matrix = tuple[tuple[float, float, float], ...]

VISIONS: dict[str, Matrix] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters beside each other in one look."""

    row: int
    column: int
    text: str
    colour: Rgb
    """Of the characters themselves, after turning round."""
    ground: Rgb
    strong: bool
    """Bold, underlined or turned round: seen without any colour."""
    by: str
    """The widget that drew it, for messages."""


def runs(app: App[Any]) -> Iterator[Run]:
    """All that the active screen paints; under a dialog nothing of the screen beneath."""
    dialog = isinstance(app.screen, ModalScreen)
    for row, strip in enumerate(strips(app)):
        column = 0
        for segment in strip:
            widget = _widget_at(app, column, row)
            style = segment.style or Style()
            if segment.text.strip() and not (dialog and (widget is None or widget is app.screen)):
                colour, ground = _colours(style)
                strong = bool(style.bold or style.underline or style.reverse)
                by = widget.css_identifier if widget is not None else "nothing"
                yield Run(row, column, segment.text, colour, ground, strong, by)
            column += segment.cell_length


def _widget_at(app: App[Any], column: int, row: int) -> Widget | None:
    try:
        return app.screen.get_widget_at(column, row)[0]
    except NoWidget:
        return None


def _colours(style: Style) -> tuple[Rgb, Rgb]:
    assert style.color is not None, style
    assert style.bgcolor is not None, style
    colour, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
    return (ground, colour) if style.reverse else (colour, ground)


def _linear(value: float) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _shown(part: float) -> int:
    part = min(1.0, max(0.0, part))
    value = 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
    return round(255 * value)


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 to 1."""
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen_by(vision: str, colour: Rgb) -> Rgb:
    """The colour that usual eyes would have to look at, to see what these eyes see."""
    parts = [_linear(value) for value in colour]
    red, green, blue = (
        _shown(sum(factor * part for factor, part in zip(line, parts, strict=True)))
        for line in VISIONS[vision]
    )
    return red, green, blue


def apart(one: Rgb, other: Rgb) -> float:
    """How far two colours are apart, in CIE L*a*b* (D65); 2 is just seen, 100 black from white."""
    return math.dist(_lab(one), _lab(other))


def _lab(colour: Rgb) -> tuple[float, float, float]:
    red, green, blue = map(_linear, colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
