"""The composer: the few rows in which everything is typed, and in which nothing typed is lost.

    Composer(enter=self.save_line, keep=self.keep_draft)

`enter(line)` stores a line, forgets its draft and says whether it is stored; only then is the
composer emptied. It is a call and no message, because a key that was pressed meanwhile has to find
the composer as it is after the save. `keep(text, extra)` stores the draft, or forgets it where the
text is empty, and says whether it could.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Blur, Key, Paste, Unmount
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import TextArea
from textual.widgets.text_area import Location

from walk.jotting import understand
from walk.model import NoteKind
from walk.text import LIMIT
from walk.widgets.asking import OrderedKeys, Question, bound
from walk.widgets.drafts import Drafts, Extra, Line
from walk.widgets.enter import PASTED_S, Enter, EnterWatch
from walk.widgets.typed import line_ends, shown, tell_esc_from_option, typed, undamaged

ROWS = 4
"""It grows with its text up to so many rows."""
NEW_LINE = frozenset({"ctrl+j", "shift+enter", "alt+enter", "ctrl+enter"})
"""Keys that break the line; ctrl+j is also how a line feed arrives."""

SAVE_HELP = "Save the line. A pasted line break stays in the text; Ctrl+J makes one"
TURN_HELP = "Noticing or wondering; ? as the first character makes a wondering too"
UP_HELP = "In the empty line: go to the notes. In text: one row up"
ROW_HELP = "One row up"
MENU_HELP = "One line with what else can be done here; any letter goes on typing"
LEAVE_HELP = "Leave the note or field as it was; new words are kept"
LOOK_FOR_HELP = "In the empty line: tie a look-for. #2 as first or last word does it too"

BREAK_KEPT = "A line break came with the text and was kept. Enter saves the whole."
ALL_UNDONE = "Typing undone; Ctrl+Y brings it back"

EDITING = bound(TextArea.BINDINGS)
"""The keys that work inside any text, such as Backspace; known without being told."""
tell_esc_from_option()


class Composer(TextArea, OrderedKeys, inherit_bindings=False):  # the first base gives the looks
    """One to four rows of text. Tab turns noticing and wondering; Enter stores."""

    DEFAULT_CSS = """
    Composer, Composer:focus {
        height: auto; min-height: 1; max-height: 4; border: none; padding: 0 1;
        background: $surface; scrollbar-size-vertical: 0; scrollbar-size-horizontal: 0;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "save", id="composer.save", tooltip=SAVE_HELP),
        Binding("tab", "turn", "notice/wonder", id="composer.turn", tooltip=TURN_HELP),
        Binding("escape", "menu", "menu", id="composer.menu", tooltip=MENU_HELP),
        Binding("escape", "leave", "back", id="composer.leave", tooltip=LEAVE_HELP),
        Binding("up", "to_notes", "notes", id="composer.up", tooltip=UP_HELP),
        Binding("up", "cursor_up", "up", show=False, id="composer.row", tooltip=ROW_HELP),
        Binding("slash", "look_for", "look-for", id="composer.look_for", tooltip=LOOK_FOR_HELP),
    ]

    turned: var[NoteKind | None] = var(None)
    """The kind turned to with Tab, or None."""
    tied: var[str] = var("")
    """The look-for tied by choice, or nothing."""
    menu: Question | None = None
    """What Esc asks; None where the screen answers `MenuWanted` in its own way."""
    look_fors: Question | None = None
    """What / in the empty composer asks; None where there is nothing to tie."""
    kinds: bool = True
    """False where a line is neither noticing nor wondering."""
    recorded: bool = False
    """True for a recorded segment, where a line may begin with its place on the tape."""

    @dataclass
    class KindTurned(Message):
        """Tab was pressed; the composer has turned already."""

        kind: NoteKind

    @dataclass
    class Up(Message):
        """Up in the empty composer."""

    @dataclass
    class Down(Message):
        """Down in the last row."""

    @dataclass
    class MenuWanted(Message):
        """Esc; where the composer has a menu, it is open by now."""

    @dataclass
    class UndoWanted(Message):
        """Ctrl+Z, and nothing in the composer to undo."""

    @dataclass
    class RedoWanted(Message):
        """Ctrl+Y, and nothing in the composer to redo."""

    @dataclass
    class Blank(Message):
        """Enter, and there is nothing to save."""

    @dataclass
    class Told(Message):
        """Something a person should know about what they typed or pasted."""

        words: str
        problem: bool = True

    def __init__(
        self,
        enter: Callable[[Line], bool],
        keep: Callable[[str, str], bool],
        *,
        placeholder: str = "",
        id: str | None = None,
    ) -> None:
        """`enter` stores a line, `keep` a draft; both say whether they could."""
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            compact=True,
            placeholder=placeholder,
        )
        self.match_cursor_bracket = False
        self.cursor_blink = False
        self._enter = enter
        self.drafts = Drafts(self, self._state, keep)
        self._watch = EnterWatch(self, self.action_enter)
        self._last_key = float("-inf")
        self._slash = float("-inf")

    @property
    def kind(self) -> NoteKind:
        """Noticing or wondering, as the line stands."""
        return self.turned or understand(self.text[:200], 0, self.recorded).kind

    @property
    def empty(self) -> bool:
        """True when nothing at all stands in it."""
        return not self.text

    def begin(self, text: str = "", *, kind: NoteKind | None = None, extra: str = "") -> None:
        """Start from this text: a draft with its `extra`, a note to reword, or nothing."""
        self._watch.forget()
        self.ask(None)
        saved = Extra.read(extra)
        self.turned = kind or cast("NoteKind", saved.kind) or None
        self.tied = saved.look_for
        self.load_text(line_ends(text))
        end = self.document.end
        self.move_cursor(min(saved.cursor or end, end))
        self.drafts.is_kept()

    def tie(self, look_for: str) -> None:
        """Tie a look-for to this line, or none."""
        self.tied = look_for
        self._changed()

    def take_over(self, event: Key) -> None:
        """Take a key that another widget was given, after those that wait here."""
        copy = Key(event.key, event.character)
        copy.time = event.time
        self.screen.set_focus(self)  # at once; `focus()` would wait its turn
        self.post_message(copy)

    # Keys, one after the other

    async def on_key(self, event: Key) -> None:
        """Take a key. Nothing is left to be done later, so the order of keys is the order kept."""
        event.prevent_default()
        if await self._take(event):
            event.stop()

    def own_keys(self) -> Mapping[str, list[Binding]]:
        """Its own keys, and those that work inside any text."""
        return {**EDITING, **super().own_keys()}

    async def _take(self, event: Key) -> bool:
        line_break = self._watch.key_follows(event.time)
        if line_break:
            self._put("\n")
            self.post_message(self.Told(BREAK_KEPT, problem=False))
        before, self._last_key = self._last_key, event.time
        gap = event.time - before
        if event.key == "ctrl+j" and line_break:
            return True  # the second half of a pasted CR LF
        if self.question is not None and self._answer(event, gap, slash=before == self._slash):
            return True
        if event.key == "enter":
            self._watch.hold(Enter(event.time, gap))
            return True
        if event.key == "tab" and gap < PASTED_S:
            return self._put("\t")
        if event.key in NEW_LINE:
            return self._put("\n")
        if self._picks_from_menu(event):
            return True
        sign = typed(event)
        if sign == "/" and self.empty and self.look_fors is not None:
            self._slash = event.time
            self.action_look_for()
            return True
        return self._put(sign) if sign else await self.obey(event.key)

    def _answer(self, event: Key, gap: float, *, slash: bool) -> bool:
        """Give a key to the open question; a pasted / that opened it becomes text again."""
        done = self.answered(event)
        if not done and slash and gap < PASTED_S and typed(event):
            self._put("/")
        return done

    def _picks_from_menu(self, event: Key) -> bool:
        """Esc and a digit pressed quickly arrive as one: it is the digit of the menu."""
        digit = event.key.removeprefix("alt+")
        if self.menu is None or digit == event.key or digit not in self.menu.keys:
            return False
        self.ask(self.menu)
        return self.answered(Key(digit, digit))

    def _put(self, signs: str) -> bool:
        """Put text in at the cursor, where it fits; always True: the key has been dealt with."""
        clean = undamaged(signs)
        if len(clean) < len(signs):
            self.post_message(self.Told("A damaged character was left out; it cannot be saved."))
        if clean and len(self.text) - len(self.selected_text) + len(clean) > LIMIT:
            self.post_message(
                self.Told(f"A note holds {LIMIT:,} characters. Enter saves this one; then go on.")
            )
        elif clean:
            self.replace(clean, *self.selection, maintain_selection_offset=False)
        return True

    async def on_paste(self, event: Paste) -> None:
        """Put pasted text in whole, its line breaks kept, or not at all."""
        event.prevent_default()
        event.stop()
        self._watch.settle()
        if self.question is not None:
            self.ask(None)
        text = line_ends(event.text)
        clean = undamaged(text)
        room = LIMIT - len(self.text) + len(self.selected_text)
        if len(clean) > room:
            self.post_message(
                self.Told(
                    f"The pasted text has {len(clean):,} characters and {room:,} more fit. "
                    "None of it was put in: paste it in parts, a note each."
                )
            )
            return
        if clean:
            self.replace(clean, *self.selection, maintain_selection_offset=False)
        if left_out := len(text) - len(clean):
            signs = "character was" if left_out == 1 else "characters were"
            self.post_message(self.Told(f"{left_out} damaged {signs} left out of the pasted text."))

    # Enter

    def action_enter(self) -> None:
        """Store the line first, empty it afterwards; what could not be stored stays as it is."""
        self._watch.forget()
        if not self.text.strip():
            self.post_message(self.Blank())
        elif self._enter(Line(self.text, self.turned, self.tied)):
            self.clear_line()

    def clear_line(self) -> None:
        """Empty it, for a line that is stored: nothing of it is left to undo or to keep."""
        self.turned, self.tied = None, ""
        self.load_text("")
        self.drafts.is_kept()

    # What other keys do

    def action_menu(self) -> None:
        """Open the menu."""
        if self.menu is not None:
            self.ask(self.menu)
        self.post_message(self.MenuWanted())

    action_leave = action_menu  # with no menu it only tells; what Esc leaves is the screen's affair

    def action_look_for(self) -> None:
        """Ask which look-for."""
        self.ask(self.look_fors)

    def action_turn(self) -> None:
        """Turn noticing into wondering, or back."""
        self.turned = "noticing" if self.kind == "wondering" else "wondering"
        self.post_message(self.KindTurned(self.turned))
        self._changed()

    def action_cursor_up(self, select: bool = False) -> None:
        """A row up; from the empty composer to what is above it."""
        if self.empty:
            self.post_message(self.Up())
        else:
            super().action_cursor_up(select)

    action_to_notes = action_cursor_up  # named so where there are notes above the line

    def action_cursor_down(self, select: bool = False) -> None:
        """A row down; from the last row to what is below it."""
        if self.wrapped_document.location_to_offset(self.cursor_location).y + 1 < (
            self.wrapped_document.height
        ):
            super().action_cursor_down(select)
        else:
            self.post_message(self.Down())

    def action_undo(self) -> None:
        """Undo in the text; where there is nothing, the screen undoes."""
        if self.history.undo_stack:
            self.undo()
            if self.empty:  # a burst of typing goes at once, to who only meant to suspend
                self.post_message(self.Told(ALL_UNDONE, problem=False))
        elif self.empty:
            self.post_message(self.UndoWanted())

    def action_redo(self) -> None:
        """Redo in the text; where there is nothing, the screen redoes."""
        if self.history.redo_stack:
            self.redo()
        elif self.empty:
            self.post_message(self.RedoWanted())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done here."""
        if action == "turn":
            return self.kinds
        if action in ("menu", "to_notes", "leave"):
            return (action != "leave") == (self.menu is not None)
        return action != "look_for" or self.look_fors is not None

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Text keys belong to the text, so help and the key line do not offer them."""
        return key != "slash" and super().check_consume_key(key, character)

    # Drafts

    def _state(self) -> tuple[str, str]:
        """The text, and what it takes to take up again; nothing for no text."""
        text = self.text
        extra = Extra(self.turned or "", self.tied, self.cursor_location)
        return (text, extra.text()) if text else ("", "")

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self.drafts.changed()

    def flush(self) -> bool:
        """Store the draft now, if it changed; True unless that failed."""
        return self.drafts.flush()

    def on_blur(self, _: Blur) -> None:
        """Another widget, screen or program takes over: store what is here."""
        self.flush()

    def on_unmount(self, _: Unmount) -> None:
        """The screen or the app goes away: store what is here."""
        self.flush()

    # Looks

    def on_mount(self) -> None:
        """Keep the terminal's cursor in place when the rows above or below change."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._put_cursor)

    def _put_cursor(self, _: Screen[Any]) -> None:
        app: App[Any] = self.app
        if self.app.screen.focused is self:
            app.cursor_position = self.cursor_screen_offset

    def get_line(self, line_index: int) -> Text:
        """A line to be drawn: no character is missing, and none acts on the terminal."""
        return Text(shown(self.document.get_line(line_index)), end="", no_wrap=True)

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """None: words have no matching brackets, and looking for them takes time."""
        return None
