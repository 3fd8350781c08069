"""The picture on a running Textual app's screen as plain text, free of colour and blink."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.app import App
from textual.strip import Strip


class Cell(NamedTuple):
    """One place on the screen, counted from 0 at the top left, and what stands there."""

    column: int
    row: int
    character: str
    """The character drawn there; empty when the place lies outside the screen."""


def strips(app: App[Any]) -> list[Strip]:
    """Return what is drawn, a strip a row; private in Textual, as nothing public says it."""
    return app.screen._compositor.render_strips()


def rows(app: App[Any]) -> list[str]:
    """Return the active screen's rows, top to bottom, each without the blanks at its right."""
    return [strip.text.rstrip() for strip in strips(app)]


def frame(app: App[Any]) -> str:
    """Return the active screen as one text, a line a row; wait with `pilot.pause()` before."""
    return "\n".join(rows(app))


def cursor_cell(app: App[Any]) -> Cell:
    """Return where the terminal's own cursor stands, and the character drawn there."""
    column, row = app.cursor_position
    drawn = strips(app)
    inside = 0 <= row < len(drawn) and 0 <= column < drawn[row].cell_length
    return Cell(column, row, drawn[row].crop(column, column + 1).text if inside else "")
