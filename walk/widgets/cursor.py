"""The terminal's cursor, where a screen has no widget with the focus that puts it there itself."""

from __future__ import annotations

from typing import Any

from textual.geometry import Offset
from textual.screen import Screen


def keep_cursor(screen: Screen[Any], part: str) -> None:
    """Keep it at the beginning of a part, by its selector, each time the screen is laid out."""

    def put(_: Screen[Any]) -> None:
        if screen.app.screen is not screen:
            return
        if region := screen.query_one(part).content_region:
            screen.app.cursor_position = Offset(region.x, region.y)

    screen.screen_layout_refresh_signal.subscribe(screen, put)
    screen.call_after_refresh(put, screen)  # it may have been laid out already
