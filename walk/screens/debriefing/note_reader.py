"""A list of notes that can also show one of them alone and in full, however long it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from walk.screens.team import KeyedList
from walk.text import wrap
from walk.widgets.prose import prose_width


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown of one note."""

    head: str
    words: str


class NoteReader(KeyedList):
    """With `one` the note in hand fills it: ↑ ↓ go to the next one, PgUp and PgDn scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            "read",
            id="read.one",
            tooltip="Read one note after the other, in full; again: the list",
        )
    ]
    one: reactive[bool] = reactive(False)

    def __init__(self, page: Callable[[], Page], *, id: str, lines_most: int = 1) -> None:
        """`page` says what to show of the note in hand."""
        super().__init__(id=id, lines_most=lines_most)
        self._page = page
        self._from = 0
        self._laid: tuple[Page, int] | None = None
        self._page_lines: list[str] = []

    def watch_one(self, _one: bool) -> None:
        """A note is read from its beginning."""
        self._from = 0
        self.refresh()
        self.call_after_refresh(self._settle)

    def watch_at(self, old: int, new: int) -> None:
        """Another note begins at its first line."""
        self._from = 0
        super().watch_at(old, new)

    def action_page(self, side: int) -> None:
        """A page of the note that is read; in the list a page of rows."""
        if not self.one:
            super().action_page(side)
            return
        room = self._room()
        last = max(0, len(self._lay_page(self._page())) - room)
        self._from = max(0, min(last, self._from + side * max(1, room - 1)))
        self.refresh()

    def _room(self) -> int:
        return max(1, self.size.height - 3)

    def _lay_page(self, page: Page) -> list[str]:
        wanted = (page, self.size.width)
        if wanted != self._laid:
            self._laid = wanted
            self._page_lines = wrap(page.words, prose_width(self.size.width, 4))
        return self._page_lines

    def _scroll(self) -> int:
        """The row to stand on; in the list the marked one."""
        return super()._scroll() if not self.one else self._top

    def render(self) -> RenderResult:
        """The rows, or the note in hand with what there is to say of it."""
        if not self.one:
            return super().render()
        page = self._page()
        lines, room = self._lay_page(page), self._room()
        shown = lines[self._from : self._from + room]
        below = len(lines) - self._from - len(shown)
        told = [f"↑ {self._from} lines"] * (self._from > 0) + [f"↓ {below} lines (PgDn)"] * (
            below > 0
        )
        return Content.assemble(
            (f"  {page.head}\n\n", "$text-muted"),
            ("\n".join(f"  {line}" for line in shown), "bold"),
            (f"\n  {' · '.join(told)}", "$text-muted"),
        )
