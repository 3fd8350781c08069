"""A report to read: a page of text that scrolls, with the terminal cursor on its first line."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.events import Key
from textual.geometry import Offset

TEXT_CELLS = 80
"""Cells of the widest line of a report."""


def text_width(screen: int) -> int:
    """How wide a report is written for a screen of so many cells, a margin at either side."""
    return min(TEXT_CELLS, screen - 2)


class Page(VerticalScroll, can_focus=True):
    """Arrows and page keys scroll, Space and Page Down turn pages."""

    def on_focus(self) -> None:
        """Take the terminal cursor."""
        self.call_after_refresh(self._place_cursor)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The first line seen is another one."""
        super().watch_scroll_y(old_value, new_value)
        self._place_cursor()

    def on_key(self, event: Key) -> None:
        """Space turns the page, as in every reader."""
        if event.key == "space":
            event.stop()
            self.scroll_page_down()

    @property
    def place(self) -> str:
        """Which of its lines are seen, in words; nothing before it is laid out."""
        last = self.virtual_size.height
        if not last or not self.size.height:
            return ""
        first = round(self.scroll_y) + 1
        return f"lines {first} to {min(last, first + self.size.height - 1)} of {last}"

    def _place_cursor(self) -> None:
        if self.has_focus and self.app.screen is self.screen:
            region = self.content_region
            self.app.cursor_position = Offset(region.x + 1, region.y)
