"""The line in which the debrief is typed, and the list above it: each hands on the other's keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from walk.screens.team import KeyedList
from walk.widgets.drafts import Drafts
from walk.widgets.field import Field


class SaidField(Field):
    """One line of the go-round. Enter keeps it, and the next one can be typed at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "lines",
            "then f on, b before",
            id="said.lines",
            tooltip="To the lines and the other keys",
        ),
    ]

    def __init__(
        self,
        enter: Callable[[str], bool],
        keep: Callable[[str, str], bool],
        *,
        hint: str = "",
        id: str = "line",
    ) -> None:
        """`enter` stores a line and says whether it could; `keep` stores what is being typed."""
        super().__init__(hint=hint)
        self.id = id
        self._enter = enter
        self.drafts = Drafts(self, lambda: (self.words, ""), keep)

    def take_up(self, words: str) -> None:
        """Begin with words that were typed before and not kept."""
        self.rewrite(words)
        self.drafts.is_kept()

    async def in_turn(self, event: events.Key) -> None:
        """Take a key, or give one that was typed ahead to the list that has the keys by now."""
        now = self.screen.focused
        if isinstance(now, KeyedList):
            await now.on_key(event)
        else:
            await self.take(event)

    def on_answer_edited(self) -> None:
        """Store what stands here, by throttle."""
        self.drafts.changed()

    def on_unmount(self) -> None:
        """The screen or the app goes away: store what is here."""
        self.drafts.flush()

    def action_done(self) -> None:
        """Keep the line. At once, as the letters behind Enter belong to the next one."""
        words = self.words
        if not words or self._enter(words):
            self.rewrite("")
            self.drafts.is_kept()

    def action_lines(self) -> None:
        """Give the keys to the list; the words stay here."""
        self.drafts.flush()
        self.screen.set_focus(self.screen.query_one(LinesList))

    def action_cursor_down(self, select: bool = False) -> None:
        """Stay in the line: beneath it is nothing."""
        if not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """Up within the words, and from their first row to the lines."""
        if self.navigator.is_first_wrapped_line(self.cursor_location):
            self.action_lines()
        else:
            super().action_cursor_up(select)


class LinesList(KeyedList):
    """A list with a line beneath it. With `begins` Enter begins the debrief at the marked row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", id="said.begin", tooltip="Begin at the marked step"),
        Binding(
            "enter",
            "choose",
            "open",
            id="said.open",
            tooltip="Go to the marked step, reword the line, or read the wondering",
        ),
    ]
    begins: reactive[bool] = reactive(False, bindings=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter says what it does."""
        if action in ("begin", "choose") and self.begins != (action == "begin"):
            return False
        return super().check_action("choose" if action == "begin" else action, parameters)

    def action_begin(self) -> None:
        """The marked row is chosen, as ever."""
        self.action_choose()

    async def on_key(self, event: events.Key) -> None:
        """Obey a key, or give one that was typed ahead to the line that has the keys by now."""
        now = self.screen.focused
        if self.app.screen is self.screen and isinstance(now, SaidField):
            event.prevent_default()
            event.stop()
            await now.take(event)
            return
        await super().on_key(event)

    def action_move(self, step: int) -> None:
        """One row up or down; from the last one into the line."""
        before = self.at
        super().action_move(step)
        line = self.screen.query(SaidField)
        if step > 0 and self.at == before and line and line.first().display:
            self.screen.set_focus(line.first())
