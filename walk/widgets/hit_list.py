"""A list of what a search found: two lines each, with the words that were looked for marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from walk.text import around, cell_width, one_line
from walk.widgets.choice_list import INDENT, LINE_MOST, MARKER
from walk.widgets.dates import short_date

_LINES = 2
"""Rows that one hit takes."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit: what it is, its words on one line, and where in them the hits stand."""

    head: str
    words: str
    spots: tuple[tuple[int, int], ...]
    date: str
    """ISO, or nothing."""


class HitList(Widget):
    """What was found. Its keys are those of the line above it, in which one goes on typing."""

    DEFAULT_CSS = """
    HitList { height: 1fr; width: 1fr; text-wrap: nowrap; text-overflow: clip; }
    """

    @dataclass
    class Chosen(Message):
        """The marked hit was clicked."""

        list: HitList

        @property
        def control(self) -> HitList:
            """The list it happened in."""
            return self.list

    at: reactive[int] = reactive(0)
    """The marked hit."""

    def __init__(self, *, id: str | None = None) -> None:
        """Empty at first."""
        super().__init__(id=id)
        self.rows: tuple[HitRow, ...] = ()
        self._today: date | None = None
        self._top = 0

    @property
    def in_view(self) -> int:
        """How many hits the window holds."""
        return max(1, self.size.height // _LINES)

    def show(self, rows: Sequence[HitRow], today: date) -> None:
        """Show other hits; the marker stays on its place."""
        self.rows, self._today = tuple(rows), today
        self.at = max(0, min(self.at, len(rows) - 1))
        self.refresh()

    def mark(self, place: int) -> None:
        """Put the marker on a place, also one that is not there yet."""
        self.at = place

    def move(self, step: int) -> bool:
        """Move the marker as far as there are hits; False where it could not move."""
        before = self.at
        self.at = max(0, min(self.at + step, len(self.rows) - 1))
        return self.at != before

    def on_click(self, event: events.Click) -> None:
        """A click marks a hit; on the marked one it opens it, so that no mouse is ever needed."""
        place = self._top + event.y // _LINES
        if place >= len(self.rows):
            return
        if place == self.at:
            self.post_message(self.Chosen(self))
        self.at = place

    def render(self) -> RenderResult:
        """The hits in view."""
        self._top = max(0, min(self._top, len(self.rows) - self.in_view, self.at))
        self._top = max(self._top, self.at - self.in_view + 1)
        parts: list[Content | str | tuple[str, str]] = []
        for place in range(self._top, min(len(self.rows), self._top + self.in_view)):
            parts += [*self._head(place), "\n", *self._words(place), "\n"]
        return Content.assemble(*parts[:-1])

    def _head(self, place: int) -> list[Content | str | tuple[str, str]]:
        row, marked = self.rows[place], place == self.at
        side = short_date(row.date, self._today) or "no date"
        room = max(8, min(self.size.width, LINE_MOST) - INDENT - cell_width(side) - 3)
        head = one_line(row.head, room)
        gap = " " * (room - cell_width(head) + 2)
        style = "bold $text-accent" if marked else "$foreground-muted"
        return [
            (f" {MARKER if marked else ' '} ", style),
            (head, style),
            (f"{gap}{side}", "$foreground-muted"),
        ]

    def _words(self, place: int) -> list[Content | str | tuple[str, str]]:
        row = self.rows[place]
        shown, spots = around(row.words, row.spots, max(8, self.size.width - INDENT - 1))
        parts: list[Content | str | tuple[str, str]] = [" " * INDENT]
        behind = 0
        for start, end in spots:
            parts += [(shown[behind:start], ""), (shown[start:end], "bold underline")]
            behind = end
        return [*parts, (shown[behind:], "")]
