"""A line above a list: while it is typed, the list shows only what holds its words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key

from walk.widgets.field import Field


class FilterLine(Field, inherit_bindings=True):
    """Typed words narrow a list; Enter or ↓ goes on to what they left, Esc shows all again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,down,tab", "keep", "to these", id="filter.keep", tooltip="On to what is left"
        ),
        Binding("escape", "clear", "all again", id="filter.clear", tooltip="Show all again"),
    ]

    def __init__(
        self,
        left: Callable[[], None],
        hand_over: Callable[[Key], Awaitable[None]],
        *,
        hint: str = "",
    ) -> None:
        """`left` gives the keys to the list, at once; what was typed still narrows it.

        `hand_over` takes a key that was on its way here when the keys had gone to the list.
        """
        super().__init__(one_row=True, hint=hint)
        self._left = left
        self._hand_over = hand_over

    async def take(self, event: Key) -> None:
        """Take a key while the line has the keys; else give it to who has them by now."""
        if self.screen.focused is self:
            await super().take(event)
        else:
            event.stop()
            await self._hand_over(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is saved here."""
        if action in ("next_field", "done"):
            return False
        return super().check_action(action, parameters)

    def action_keep(self) -> None:
        """On to what is left."""
        self._left()

    def action_clear(self) -> None:
        """Show all again."""
        self.rewrite("")
        self._left()
