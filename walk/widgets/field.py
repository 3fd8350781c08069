"""Inputs that lose no words: a field of text that grows, and a row that turns through options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from walk.text import cell_width, one_line, safe
from walk.widgets.asking import OrderedKeys
from walk.widgets.typed import line_ends, typed, undamaged

START = Selection((0, 0), (0, 0))
"""The cursor at the beginning, and nothing selected."""


class Answer(OrderedKeys):
    """An input among others: Enter goes on to the next one, and from the last it is done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "next_field",
            "next",
            id="answer.next",
            tooltip="On to the next field; from the last one Enter saves",
        ),
        Binding("enter", "done", "save", id="answer.done", tooltip="Save what stands here"),
    ]
    last = True
    """False where another input follows."""

    @dataclass
    class Done(Message):
        """Enter was pressed in the last input."""

    @dataclass
    class Edited(Message):
        """Other words, or another option, stand here."""

    @property
    def words(self) -> str:
        """What stands here."""
        raise NotImplementedError

    def rewrite(self, words: str) -> None:
        """Put other words, or another option, here."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter means one of two things."""
        if action in ("next_field", "done"):
            return self.last == (action == "done")
        return super().check_action(action, parameters)

    async def take(self, event: events.Key) -> None:
        """Take a key that is for this input."""
        raise NotImplementedError

    async def in_turn(self, event: events.Key) -> None:
        """Take a key, or give one that was typed ahead to the input that has the focus by now."""
        now = self.screen.focused
        await (now if isinstance(now, Answer) else self).take(event)

    def action_next_field(self) -> None:
        """On to the next input."""
        self.screen.focus_next()

    def action_done(self) -> None:
        """Tell that all is filled in."""
        self.post_message(self.Done())


class Field(TextArea, Answer):  # the first base gives the looks
    """Words that wrap and grow; there is no command mode.

    Control characters in what is loaded or pasted show as pictures of themselves. Until someone
    edits them, `words` are exactly the words that were loaded.
    """

    DEFAULT_CSS = """
    Field, Field:focus {
        height: auto; min-height: 1; max-height: 5; border: none; padding: 0 1;
        background: $boost; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
    }
    """

    def __init__(self, words: str = "", *, one_row: bool = False, hint: str = "") -> None:
        """`one_row` joins pasted lines; `hint` shows while it is empty."""
        self._loaded = words
        self._shown = _fit(words, one_row)
        self._one_row = one_row
        self._helped = False
        """Help was asked for here; from then on ? is a sign like any other."""
        super().__init__(
            self._shown,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=Content(hint),
        )
        self.match_cursor_bracket = False
        self.cursor_blink = False

    def on_mount(self) -> None:
        """The cursor stands behind the words, and stays right when rows above come and go."""
        self.move_cursor(self.document.end)
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._place_cursor())

    def _place_cursor(self) -> None:
        if self.app.screen.focused is self:
            self.app.cursor_position = self.cursor_screen_offset

    @property
    def words(self) -> str:
        """What stands in it, without blanks at its ends; as loaded where nothing was changed."""
        return self._loaded if self.text == self._shown else self.text.strip()

    def rewrite(self, words: str) -> None:
        """Put other words in, as if typed: what was there comes back by the editor's undo."""
        self.replace(_fit(words, self._one_row), self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell it as every input does."""
        event.stop()
        self.post_message(self.Edited())

    async def on_key(self, event: events.Key) -> None:
        """Take every key in its turn, before the text area would."""
        event.prevent_default()
        await self.in_turn(event)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """In an empty field ? asks for help, so that the key line may say so."""
        return bool(self.text or character != "?") and super().check_consume_key(key, character)

    def _asks_help(self, sign: str) -> bool:
        """Whether ? is pressed at the very beginning: there it asks for help, the first time."""
        return sign == "?" and not self._helped and self.selection == START

    async def take(self, event: events.Key) -> None:
        """Letters, then whatever is bound here; the rest goes up."""
        sign = typed(event)
        if self._asks_help(sign) and await self.app.run_action("screen.help"):
            self._helped = True
            event.stop()
        elif sign:
            self._replace_via_keyboard(sign, *self.selection)
            event.stop()
        elif await self.obey(event.key):
            event.stop()

    async def _on_paste(self, event: events.Paste) -> None:
        # What a clipboard holds must not reach the terminal as it is.
        event.prevent_default()
        event.stop()
        done = self._replace_via_keyboard(_fit(event.text, self._one_row), *self.selection)
        if done:
            self.move_cursor(done.end_location)

    def action_cursor_down(self, select: bool = False) -> None:
        """Down within the words, and from their last row to the next input."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """Up within the words, and from their first row to the input before."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)


def _fit(words: str, one_row: bool) -> str:
    words = safe(undamaged(line_ends(words))).replace("\t", " ")
    return " ".join(words.split("\n")) if one_row else words


class Options(Answer, can_focus=True):
    """One of a few options on one row; the arrows turn through them."""

    DEFAULT_CSS = """
    Options { height: 1; width: 1fr; padding: 0 1; background: $boost; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", "other", id="options.next", tooltip="The next option"),
        Binding(
            "left",
            "turn(-1)",
            "before",
            id="options.before",
            show=False,
            tooltip="The option before",
        ),
        Binding("up", "up", "up", id="options.up", show=False, tooltip="The field before"),
        Binding("down", "down", "down", id="options.down", show=False, tooltip="The next field"),
    ]

    place: reactive[int] = reactive(0)

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "") -> None:
        """`options` are (value, words)."""
        super().__init__()
        self.options = tuple(options)
        values = [one for one, _ in self.options]
        self.set_reactive(Options.place, values.index(value) if value in values else 0)

    @property
    def words(self) -> str:
        """The value of the option that stands here."""
        return self.options[self.place][0]

    def rewrite(self, words: str) -> None:
        """Put another option here, where there is such a one."""
        values = [one for one, _ in self.options]
        if words in values:
            self.place = values.index(words)

    async def on_key(self, event: events.Key) -> None:
        """Take every key in its turn."""
        await self.in_turn(event)

    async def take(self, event: events.Key) -> None:
        """Whatever is bound here; the rest goes up."""
        if await self.obey(event.key):
            event.stop()

    def action_turn(self, step: int) -> None:
        """The next option, or the one before."""
        self.place = (self.place + step) % len(self.options)
        self.post_message(self.Edited())

    def action_up(self) -> None:
        """The input before."""
        self.screen.focus_previous()

    def action_down(self) -> None:
        """The next input."""
        self.screen.focus_next()

    def on_focus(self) -> None:
        """Take the terminal cursor."""
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        if self.has_focus:
            region = self.content_region
            self.app.cursor_position = Offset(region.x, region.y)

    def render(self) -> RenderResult:
        """The option between two arrows, and the others beside it."""
        chosen = self.options[self.place][1]
        others = [words for n, (_, words) in enumerate(self.options) if n != self.place]
        room = max(0, self.size.width - cell_width(chosen) - 8)
        return Content.assemble(
            ("‹ ", "$foreground-muted"),
            (chosen, "bold $text-accent" if self.has_focus else "bold"),
            (" ›", "$foreground-muted"),
            (f"   {_those_that_fit(others, room)}", "$foreground-muted"),
        )


def _those_that_fit(options: Sequence[str], room: int) -> str:
    """As many options as have room, each in full: half an option reads like another one."""
    for count in range(len(options), 0, -1):
        told = [*options[:count], *(["…"] if count < len(options) else [])]
        line = one_line(" · ".join(told))
        if cell_width(line) <= room:
            return line
    return one_line("…", room) if options else ""
