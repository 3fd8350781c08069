"""The line beneath the composer: words, and the question what was seen or heard; no verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.geometry import Offset
from textual.reactive import reactive, var
from textual.screen import Screen

from walk.language.flags import Flag
from walk.text import cell_width, one_line, wrap
from walk.widgets.asking import OrderedKeys
from walk.widgets.typed import typed

Wish = Literal["take", "keep", "leave"]

MARK = "▸"
STEPS_IN = "↓"
TAKE_HELP = "Take the stem over; one undo brings your words back"
KEEP_HELP = "Keep the words as they are; nothing is asked"
LEAVE_HELP = "Back to the line; any letter goes there too and is typed"
UP_HELP = "The one before; from the first one back to the line"


class WordingLine(OrderedKeys, can_focus=True):
    """One row, calm; stepped into it has two, and its keys work on the flag in hand."""

    DEFAULT_CSS = """
    WordingLine { height: 1; width: 1fr; color: $text-muted; }
    WordingLine:focus { height: 2; color: $text; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "wish('take')", "stem", id="wording.take", tooltip=TAKE_HELP),
        Binding(
            "delete,backspace",
            "wish('keep')",
            "keep my words",
            id="wording.keep",
            tooltip=KEEP_HELP,
        ),
        Binding("escape", "wish('leave')", "back", id="wording.leave", tooltip=LEAVE_HELP),
        Binding("up", "move(-1)", "up", id="wording.up", show=False, tooltip=UP_HELP),
        Binding("down", "move(1)", "down", id="wording.down", show=False, tooltip="The next one"),
    ]

    flags: reactive[tuple[Flag, ...]] = reactive(())
    """What can be stepped into, in the order of the words."""
    said: reactive[str] = reactive("")
    """Said while it is not stepped into, in place of the first flag's message."""
    leads: reactive[bool] = reactive(False)
    """True where ↓ leads on from what is said."""
    place: var[int] = var(0)
    """Which flag is in hand, from 0."""

    def __init__(
        self,
        hand_over: Callable[[Key], None],
        do: Callable[[Wish, int], None],
        *,
        id: str | None = None,
    ) -> None:
        """`hand_over` takes a key that belongs to the composer; `do` what is wished for a flag.

        Both are calls, as a key that was pressed meanwhile has to find them done.
        """
        super().__init__(id=id)
        self._hand_over = hand_over
        self._do = do

    def show(self, flags: Sequence[Flag], said: str = "", *, leads: bool = False) -> None:
        """Show the first of these flags, or rather what is `said`. The same again draws nothing."""
        self.flags = tuple(flags)
        self.said = said
        self.leads = leads or bool(flags)
        self.place = min(self.place, max(0, len(self.flags) - 1))

    def allow_focus(self) -> bool:
        """Only with something to step into."""
        return bool(self.flags)

    def focus_on_click(self) -> bool:
        """A click leaves the keys where they are; ↓ steps in."""
        return False

    # Drawing

    def _rows(self, width: int) -> list[str]:
        """What stands in it, at most two rows."""
        if not self.has_focus or not self.flags:
            words = self.said or (self.flags[0].message if self.flags else "")
            return [self._ended(f" {one_line(words)}", STEPS_IN if self.leads else "", width)]
        flag = self.flags[self.place]
        ways = "↑" * (self.place > 0) + "↓" * (self.place + 1 < len(self.flags))
        room = max(8, width - 3 - cell_width(ways))
        first, *rest = wrap(one_line(flag.message), room)
        second = one_line(" ".join(rest), room) if rest else f"Enter: {flag.suggestion}"
        return [
            self._ended(f"{MARK}{first}", ways, width),
            self._ended(f" {one_line(second)}", "", width),
        ]

    def _ended(self, words: str, end: str, width: int) -> str:
        """Words cut to the width, and a sign at the right edge."""
        if not words.strip():
            return ""
        room = max(0, width - cell_width(end) - 2)
        words = words[:1] + one_line(words[1:], max(0, room - 1))
        return f"{words}{' ' * max(1, width - cell_width(words) - cell_width(end) - 1)}{end}"

    def render(self) -> RenderResult:
        """The rows, never read as markup."""
        return Content("\n".join(self._rows(self.size.width)))

    def on_mount(self) -> None:
        """Keep the terminal's cursor here while the keys are."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._put_cursor)

    def _put_cursor(self, _: Screen[Any] | None = None) -> None:
        if self.app.screen.focused is self:
            self.app.cursor_position = self.content_region.offset + Offset(0, 0)

    def watch_place(self) -> None:
        """Another flag is in hand."""
        self.refresh()

    def on_focus(self) -> None:
        """Show all of it."""
        self._put_cursor()
        self.refresh()

    def on_blur(self) -> None:
        """One row again."""
        self.refresh()

    # Keys

    async def on_key(self, event: Key) -> None:
        """Work on the flag in hand; what is typed belongs to the composer."""
        if self.screen.focused is not self or typed(event):
            self._hand_over(event)
            event.stop()
        elif await self.obey(event.key):
            event.stop()

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Letters are typed in the composer, so no letter is a command here."""
        return bool(character and character.isprintable())

    def action_wish(self, wish: Wish) -> None:
        """Do it with the flag in hand."""
        self._do(wish, self.place)

    def action_move(self, by: int) -> None:
        """The next flag or the one before; before the first one is the composer."""
        if self.place + by < 0:
            self._do("leave", self.place)
        else:
            self.place = min(self.place + by, len(self.flags) - 1)
