"""Small questions over a screen: a few fields to fill, one key to press, one row to pick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, Paste
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from walk.screens.ask import AskScreen
from walk.screens.helping import HELP_KEY, show_help
from walk.text import one_line, safe
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.cursor import keep_cursor
from walk.widgets.field import Field
from walk.widgets.key_row import GAP, KeyRow
from walk.widgets.typed import typed

R = TypeVar("R")
BACK, HELP = "Esc back", "? help"
"""What every line at the foot ends with."""
MAKE = "make"
"""The id of the row that makes a new one of the typed name."""


class EarlyKeys(Screen[Any]):
    """A screen that keeps the letters pressed before its first field could take them."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._early: list[Key | Paste] = []
        self._handed: list[Key | Paste] = []

    def take(self, event: Key | Paste) -> None:
        """Take what was typed for this screen while another widget still had the keys."""
        self._early.append(event)
        if self.focused is not None:
            self._hand_on()

    async def on_key(self, event: Key) -> None:
        """Keep a letter that came here because no field had the keys yet."""
        if event in self._handed:
            self._handed.remove(event)
        elif typed(event):
            event.stop()
            self.take(event)

    def on_descendant_focus(self) -> None:
        """A field has the keys now."""
        self._hand_on()

    def _hand_on(self) -> None:
        early, self._early = self._early, []
        for event in early:
            copy = Key(event.key, event.character) if isinstance(event, Key) else Paste(event.text)
            copy._set_forwarded()  # else the app would send it round once more
            self._handed.append(copy)
            if self.focused is not None:
                self.focused.post_message(copy)


class Dialog(ModalScreen[R], EarlyKeys, Generic[R]):  # the first base gives the looks
    """A framed question."""

    # In full: who is made from it may lie in another folder.
    CSS_PATH = Path(__file__).with_name("dialogs.tcss")
    AUTO_FOCUS = ""
    HELP_WORDS: ClassVar[str] = ""
    """What this kind of dialog is for, where the words on it do not say it."""
    ends_by_itself: ClassVar[bool] = False
    """True where no key does anything, and nothing may open over it: it would stay for good."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="dialog.back", tooltip="Back, and nothing is changed"),
        HELP_KEY,
    ]

    def __init__(self, title: str, words: str = "") -> None:
        """`title` is the question, `words` explain it; both may hold what people typed."""
        super().__init__()
        self.asked = title
        self.explained = words

    def inside(self) -> ComposeResult:
        """What is asked for, between the words and the keys."""
        yield from ()

    def keys(self) -> str:
        """The line at the foot."""
        return f"{BACK}   {HELP}"

    def help_title(self) -> str:
        """What help calls this dialog: its question."""
        return self.asked

    def help_words(self) -> str:
        """What help says of it."""
        return "\n".join(filter(None, (self.explained, self.HELP_WORDS)))

    def action_help(self) -> None:
        """Show what this dialog is for and every key it knows."""
        show_help(self)

    def compose(self) -> ComposeResult:
        """Title, words, what is asked for, and the keys."""
        with Vertical(id="dialog"):
            yield Static(Content(safe(self.asked)), id="asked")
            with VerticalScroll(id="explained", can_focus=False):
                yield Static(Content(safe(self.explained)))
            yield from self.inside()
            yield KeyRow(self.keys(), id="keys")

    def on_mount(self) -> None:
        """Show no empty part, and put the cursor where the answer goes."""
        self.query_one("#explained").display = bool(self.explained)
        self.begin()

    def begin(self) -> None:
        """Put the cursor where the answer goes: here, on the keys that answer."""
        keep_cursor(self, "#keys")

    def action_back(self) -> None:
        """Back to the screen beneath."""
        self.dismiss(None)


# A few fields


class FieldsDialog(AskScreen, EarlyKeys):  # the first base gives the looks
    """A few fields, as everywhere, that also take the keys pressed while they opened."""


# One key


class KeyDialog(Dialog[str | None]):
    """A question that one key answers; the key comes back, or None for Esc."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], words: str = "") -> None:
        """`choices` are (key, words)."""
        super().__init__(title, words)
        self.choices = tuple(choices)

    def keys(self) -> str:
        """Every key with what it means."""
        told = [f"{key} {words}" for key, words in self.choices]
        return GAP.join([*told, BACK] + [HELP] * self._asks_help("?"))

    def help_words(self) -> str:
        """What is asked, and what each key answers."""
        told = [f"{key}  {words}" for key, words in self.choices]
        how = "One key answers at once; Esc goes back, and nothing is changed."
        return "\n".join([*filter(None, (self.explained,)), how, *told])

    def _asks_help(self, sign: str | None) -> bool:
        return sign == "?" and all(key != sign for key, _ in self.choices)

    def take(self, event: Key | Paste) -> None:
        """A key pressed early answers too."""
        if isinstance(event, Key):
            self._answer(event)

    async def on_key(self, event: Key) -> None:
        """Answer."""
        event.prevent_default()  # the way of the base is another
        if event.key != "ctrl+q":  # which closes walk, from anywhere
            event.stop()
            self._answer(event)

    def _answer(self, event: Key) -> None:
        if not self.is_current:
            return  # answered already
        if event.key == "escape":
            self.action_back()
        elif event.key == "f1" or self._asks_help(event.character):
            self.action_help()
        elif event.character and event.character in {key for key, _ in self.choices}:
            self.dismiss(event.character)


# One row of many, or a new one


@dataclass(frozen=True, slots=True)
class Picked:
    """A row that was there (its id), or a name to make one of."""

    id: str = ""
    name: str = ""


class PickDialog(Dialog[Picked | None]):
    """One line that filters all rows; Enter takes the marked row, or makes one of that name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "down", id="pick.down", show=False, tooltip="One row down"),
        Binding("up", "move(-1)", "up", id="pick.up", show=False, tooltip="One row up"),
    ]

    def __init__(
        self, title: str, rows: Sequence[Choice], *, new: str = "", does: str = "put"
    ) -> None:
        """`rows` are there already; `new` names what would be made: "new theme" (nothing: none).

        `does` is what Enter does with the marked row.
        """
        super().__init__(title)
        self.rows = tuple(rows)
        self.new = new
        self.does = does
        hint = "its number, part of its name, or a new name" if new else "its number or name"
        self._field = _Filter(one_row=True, hint=hint)
        self._list = ChoiceList()
        self._list.can_focus = False
        self._asked = ""
        """The words that the rows are filtered by."""

    def inside(self) -> ComposeResult:
        """The line, and the rows it leaves."""
        yield self._field
        yield self._list

    def keys(self) -> str:
        """How to pick."""
        return f"Enter {self.does}   ↑ ↓ other row   {BACK}   {HELP}"

    def help_words(self) -> str:
        """How a row is found, or made."""
        told = (
            "Type its number, or part of its words, until the marker stands on the row you want. "
            "↑ and ↓ move it. Enter takes it."
        )
        if self.new:
            told += f" A name that no row has makes a {self.new}: its row stands last, marked +."
        return f"{told} Esc goes back, and nothing is changed."

    def begin(self) -> None:
        """The cursor stands in the line."""
        self._field.focus()
        self._show()

    @on(Field.Edited)
    def _show(self) -> None:
        asked = self._asked = self._field.words
        parts = asked.casefold().split()
        numbered = [row for row in self.rows if row.label == asked]
        found = numbered + [
            row
            for row in self.rows
            if row not in numbered and all(one in row.words.casefold() for one in parts)
        ]
        same = any(row.words.casefold() == asked.casefold() for row in found)
        if self.new and asked and not same:
            found.append(Choice(MAKE, f"{self.new}: {one_line(asked, 60)}", label="+"))
        if not found:
            nothing = "Type a name to make the first one" if self.new else "None is called that"
            found.append(Choice("", nothing))
        self._list.show(found, mark=found[0].id)

    def action_move(self, step: int) -> None:
        """Mark another row."""
        self._show_if_stale()
        self._list.action_move(step)

    @on(Field.Done)
    def _pick(self) -> None:
        # Keys may be quicker than the message that a letter has changed the words.
        self._show_if_stale()
        row = self._list.choice
        if row is None:
            return
        made = row.id == MAKE
        self.dismiss(Picked(name=self._field.words) if made else Picked(id=row.id))

    def _show_if_stale(self) -> None:
        if self._field.words != self._asked:
            self._show()


class _Filter(Field):
    """A line above a list: up and down move in the list, which the dialog sees to."""

    async def on_key(self, event: Key) -> None:
        """Leave up and down to the dialog."""
        if event.key in ("up", "down"):
            event.prevent_default()
            event.stop()
            picker = self.screen
            assert isinstance(picker, PickDialog)
            picker.action_move(1 if event.key == "down" else -1)
            return
        await super().on_key(event)


# Words to read


class WordsDialog(Dialog[R]):
    """Words that may be too long for the screen, and so take the keys, to be scrolled."""

    scrolls = ""
    """The keys that scroll, with the gap to the next; nothing where all of the words is seen."""

    def begin(self) -> None:
        """The words take the keys; how much of them is seen is known once they are laid out."""
        page = self.query_one("#explained", VerticalScroll)
        page.can_focus = True
        page.focus()
        keep_cursor(self, "#explained")
        self.watch(page, "show_vertical_scrollbar", self._tell_keys)

    def _tell_keys(self, more: bool) -> None:
        self.scrolls = f"↑ ↓ scroll{GAP}" if more else ""
        self.query_one("#keys", KeyRow).tell(self.keys())


class ReadDialog(WordsDialog[None]):
    """Words to read."""

    HELP_WORDS = (
        "\nThese are the words in full; nothing can be changed here. ↑ and ↓ scroll, Enter or Esc "
        "goes back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "back", "back", id="read.back", tooltip="Back to the screen"),
    ]

    async def on_key(self, event: Key) -> None:
        """Leave each key to what it is bound to: no letter is for a field here."""
        if event not in self._handed:
            event.prevent_default()

    def keys(self) -> str:
        """How to scroll and leave."""
        return f"{self.scrolls}{BACK}{GAP}{HELP}"
