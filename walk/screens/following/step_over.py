"""What the pages of next steps that open over another screen have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from walk.errors import WalkError
from walk.routine.desk import Desk
from walk.screens.ask import Ask, Values
from walk.screens.kept_form import kept_form
from walk.screens.over import Over
from walk.screens.team import KeyedList
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.dates import day_and_time
from walk.widgets.lines import SAVED, KeyLine, StateLine, TitleLine
from walk.widgets.prose import prose_width

LAST_KEYS: tuple[Binding, ...] = (
    Binding("escape", "back", "back", id="over.back", tooltip="Back to the screen beneath"),
    Binding("u", "undo", "undo", id="over.undo", tooltip="Take the last act here back"),
    Binding("z", "redo", "redo", id="over.redo", tooltip="Do again what was undone"),
)
"""What every page ends its keys with."""


class StepOver(Over[str]):
    """A title, words in full, a list, what is in hand in full. The result is where to go, or ""."""

    # In full: who is made from it may lie in another folder.
    CSS_PATH = Path(__file__).with_name("step_over.tcss")
    AUTO_FOCUS = "KeyedList"
    head_rows: ClassVar[int] = 2
    """Rows that the words above the list may take."""
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, desk: Desk) -> None:
        """The desk with the walk in hand."""
        super().__init__()
        self.desk = desk

    # What a subclass fills in

    def head(self) -> str:
        """The words above the list."""
        return ""

    def read(self) -> Sequence[Choice]:
        """Read what is shown, and say it in rows."""
        return ()

    def full(self, width: int) -> list[str]:
        """What is in hand, in lines of this width."""
        return []

    def turn_back(self) -> str | None:
        """Undo the last act; its words, or None."""
        return None

    def turn_again(self) -> str | None:
        """Do it again; its words, or None."""
        return None

    # What it gets

    def compose(self) -> ComposeResult:
        """Title, words, list, full, state and keys."""
        yield TitleLine()
        yield Static(id="over-head")
        yield KeyedList(lines_most=2)
        yield Static(id="over-full")
        yield StateLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it."""
        self.title_line.left = self.heading
        self.title_line.right = day_and_time(self.desk.local())
        with self.told():
            self.reload()

    @on(Resize)
    def _other_size(self) -> None:
        self.title_line.refresh()
        with self.told():
            self.reload()

    @property
    def title_line(self) -> TitleLine:
        """The first row."""
        return self.query_one(TitleLine)

    @property
    def rows(self) -> KeyedList:
        """The list."""
        return self.query_one(KeyedList)

    @property
    def room(self) -> int:
        """Rows for what is in hand in full."""
        height = self.app.size.height
        return 6 if height < 24 else 8 if height < 36 else 14

    def reload(self, mark: str = "") -> None:
        """Read everything again."""
        width = prose_width(self.app.size.width)
        choices = self.read()
        head = wrap(self.head(), width)
        if len(head) > self.head_rows:
            cut = one_line(" ".join(head[self.head_rows - 1 :]), width)
            head = [*head[: self.head_rows - 1], cut]
        self.query_one("#over-head", Static).update(Content("\n".join(head)))
        self.rows.show(choices, mark=mark)
        self.show_full()
        self.refresh_bindings()

    def show_full(self) -> None:
        """Show what is in hand in full, as much of it as there is room for."""
        width = prose_width(self.app.size.width)
        lines = self.full(width)
        if len(lines) > self.room:
            lines = [*lines[: self.room - 1], "… Enter reads all"]
        full = self.query_one("#over-full", Static)
        full.display = bool(lines)
        full.styles.height = len(lines) + 1
        full.update(Content("\n".join(lines)))

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self.show_full()
        self.refresh_bindings()

    def say_saved(self, words: str) -> None:
        """Tell that it is saved, and when by the local clock."""
        at = self.desk.local().strftime("%H:%M")
        self.query_one(StateLine).say(f"{words}{SAVED}{at}")

    def say(self, words: str) -> None:
        """Tell what happened."""
        self.query_one(StateLine).say(words)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Show an error of ours in words on the state line."""
        try:
            yield
        except WalkError as error:
            self.query_one(StateLine).complain(str(error))

    def do(self, act: Callable[[], Any], words: str) -> None:
        """Do it, read again, and tell it."""
        with self.told():
            act()
            self.reload()
            self.say_saved(words)

    def ask(
        self,
        title: str,
        asks: Sequence[Ask],
        save: Callable[[Values], str],
        *,
        place: str,
        note: str = "",
        desk: Desk | None = None,
    ) -> None:
        """Ask for a few values; what is typed is a draft under `place` of that desk's walk."""

        def saved(done: str) -> None:
            self.reload()
            self.say_saved(done)

        form = kept_form(desk or self.desk, title, asks, save, saved, place=place, note=note)
        self.app.push_screen(form)

    # Keys

    def action_undo(self) -> None:
        """Take the last act here back."""
        with self.told():
            words = self.turn_back()
            self.reload()
            self.say(f"Undone: {words}" if words else "Nothing to undo here")

    def action_redo(self) -> None:
        """Do the act again that was undone last."""
        with self.told():
            words = self.turn_again()
            self.reload()
            self.say(f"Done again: {words}" if words else "Nothing to redo here")

    def action_back(self) -> None:
        """Back to the screen beneath."""
        self.leave("")

    def leave(self, where: str) -> None:
        """Close once, also when a key was pressed twice."""
        if self.is_current:
            self.dismiss(where)
