"""A labelled row of a few choices, moved with the arrows or picked by digit; one or none holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from walk.text import cell_width, one_line
from walk.widgets.asking import OrderedKeys
from walk.widgets.typed import typed

ON, OFF, MARK = "●", "○", "▸"
LABEL = 13
"""Cells of the label's column."""


class ChoiceRow(OrderedKeys, can_focus=True):
    """One row: the label, then the choices, the one that holds with a sign before it.

    A row of a single choice is a yes or no. Each change is told at once, so that it can be saved.
    """

    DEFAULT_CSS = """
    ChoiceRow { height: 1; width: 1fr; color: $text; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right",
            "turn(1)",
            "choose",
            key_display="←→ 1-9",
            id="choice.next",
            tooltip="→ the next choice, ← the one before, a digit the one at that place",
        ),
        Binding(
            "left",
            "turn(-1)",
            "choice before",
            id="choice.before",
            show=False,
            tooltip="The choice before",
        ),
        Binding(
            "space", "next", "next", id="choice.space", show=False, tooltip="Next choice, or none"
        ),
        Binding(
            "delete,backspace", "none", "none", id="choice.none", tooltip="Leave it open again"
        ),
        Binding("up", "go(-1)", "up", id="choice.up", show=False, tooltip="The row above"),
        Binding("down", "go(1)", "down", id="choice.down", show=False, tooltip="The row below"),
        Binding(
            "escape,enter,tab",
            "back",
            "back",
            key_display="Esc",
            id="choice.back",
            tooltip="Back to the line; any letter goes there too and is typed",
        ),
    ]

    value: reactive[str] = reactive("")
    """The choice that holds, or nothing."""

    @dataclass
    class Picked(Message):
        """Another choice holds, or none."""

        row: ChoiceRow
        value: str

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[str, str]],
        hand_over: Callable[[Key], None],
        move: Callable[[ChoiceRow, int], None],
        *,
        id: str | None = None,
    ) -> None:
        """`choices` are (value, words); `hand_over` takes a key that belongs to the composer.

        `move` goes at once to the row above (-1) or below (1), or (0) back to the composer.
        """
        super().__init__(id=id)
        self.label = label
        self.choices = tuple(choices)
        self._hand_over = hand_over
        self._move = move

    # Keys

    async def on_key(self, event: Key) -> None:
        """A digit picks; other text belongs to the composer."""
        sign, focused = typed(event), self.screen.focused
        if isinstance(focused, ChoiceRow) and focused is not self:
            focused.post_message(Key(event.key, event.character))  # it was on its way here
        elif focused is not self:
            self._hand_over(event)
        elif sign and sign in "123456789":
            if int(sign) <= len(self.choices):
                self._pick(int(sign) - 1, again=len(self.choices) == 1)
        elif sign and event.key != "space":
            self._hand_over(event)
        elif not await self.obey(event.key):
            return
        event.stop()

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Letters are typed in the composer, so no letter above this row is a command."""
        return key != "space" and bool(character and character.isprintable())

    @property
    def place(self) -> int:
        """Index of the choice that holds, or -1."""
        values = [value for value, _ in self.choices]
        return values.index(self.value) if self.value in values else -1

    def _pick(self, place: int, *, again: bool = False) -> None:
        """Let a choice hold; with `again`, one that holds already holds no more."""
        value = self.choices[place][0] if place >= 0 else ""
        value = "" if again and value == self.value else value
        if value != self.value:
            self.post_message(self.Picked(self, value))
            self.value = value

    def action_turn(self, step: int) -> None:
        """The next choice, or the one before; at the ends it stays."""
        last = len(self.choices) - 1
        if self.place < 0:
            self._pick(0 if step > 0 else last)
        else:
            self._pick(min(max(0, self.place + step), last))

    def action_next(self) -> None:
        """The next choice; after the last one, none."""
        self._pick(self.place + 1 if self.place + 1 < len(self.choices) else -1)

    def action_none(self) -> None:
        """No choice holds."""
        self._pick(-1)

    def action_go(self, by: int) -> None:
        """To the row above or below."""
        self._move(self, by)

    def action_back(self) -> None:
        """Back to the composer."""
        self._move(self, 0)

    def on_click(self, event: Click) -> None:
        """A click takes the row in hand; keys do the rest."""
        event.stop()
        self.focus()

    # Looks

    def on_mount(self) -> None:
        """Keep the terminal's cursor on the choice when the screen moves."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._put_cursor)

    def on_focus(self) -> None:
        """Take the terminal cursor."""
        self.refresh()
        self.call_after_refresh(self._put_cursor)

    def on_blur(self) -> None:
        """Show the row at rest."""
        self.refresh()

    def watch_value(self) -> None:
        """The cursor goes along with what holds."""
        self._put_cursor()

    def _put_cursor(self, _: Screen[Any] | None = None) -> None:
        if self.is_attached and self.app.screen.focused is self:
            column = min(self._parts()[1], max(0, self.size.width - 1))
            self.app.cursor_position = self.content_region.offset + Offset(column, 0)

    def _parts(self) -> tuple[list[tuple[str, str]], int]:
        """What is drawn, and the column of the choice that holds."""
        here = self.has_focus
        start = f" {MARK if here else ' '} {one_line(self.label, LABEL):<{LABEL}} "
        parts = [(start, "bold $text-accent" if here else "$text-muted")]
        column = cell_width(start)
        if len(self.choices) == 1:
            on = self.place == 0
            parts.append((f"{ON if on else OFF} {self.choices[0][1]}", "bold" if on else ""))
            return parts, column
        shown = [
            f"{ON} {said}" if number == self.place else said
            for number, (_, said) in enumerate(self.choices)
        ]
        if column + sum(map(cell_width, shown)) + 2 * len(shown) > self.size.width:
            return self._narrow(parts, column)
        cursor = column
        for number, said in enumerate(shown):
            holds = number == self.place
            cursor = column if holds else cursor
            parts.append((f"{said}  ", "bold" if holds else "$text-muted"))
            column += cell_width(said) + 2
        return parts, cursor

    def _narrow(
        self, parts: list[tuple[str, str]], column: int
    ) -> tuple[list[tuple[str, str]], int]:
        """Only what holds, and at which place of how many."""
        said = f"{ON} {self.choices[self.place][1]}" if self.place >= 0 else f"{OFF} open"
        where = f"{self.place + 1} of {len(self.choices)}" if self.place >= 0 else "choose"
        parts += [(said, "bold" if self.place >= 0 else ""), (f"  ‹ {where} ›", "$text-muted")]
        return parts, column

    def render(self) -> RenderResult:
        """The row; a sign says what holds, weight and colour repeat it."""
        return Content.assemble(*self._parts()[0])
