"""The terminal's cursor, put where a screen has no widget that puts it there itself."""

from __future__ import annotations

from textual.geometry import Offset
from textual.screen import Screen

LAYOUTS = 5
"""How often a part without a place is waited for: a busy machine paints before it lays out."""


def put_cursor(screen: Screen[object], part: str, waits: int = LAYOUTS) -> None:
    """Put it at the beginning of a part, by its selector, while the screen is the one in front."""
    if screen.app.screen is not screen:
        return
    region = screen.query_one(part).content_region
    if region:
        screen.app.cursor_position = Offset(region.x, region.y)
    elif waits:
        screen.call_after_refresh(put_cursor, screen, part, waits - 1)
