"""What every screen has: the desk, the fixed lines, one tick a second, help and errors in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Protocol, cast, runtime_checkable

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize, ScreenResume
from textual.message import Message
from textual.screen import Screen

from walk.errors import FullDisk, WalkError
from walk.routine.desk import Desk, Place
from walk.routine.planning import prepare
from walk.screens import jobs
from walk.screens.helping import HELP_KEY, show_help
from walk.widgets.lines import SAVED, KeyLine, StateLine, TitleLine


class Go(Message):
    """Ask the app for another screen; the app knows how each is made."""

    def __init__(self, screen: str, at: str = "", say: str = "") -> None:
        """`at` is what it opens at (a visit, a form), `say` what its state line tells first."""
        super().__init__()
        self.screen = screen
        self.at = at
        self.say = say


@runtime_checkable
class HoldsKeys(Protocol):
    """What a screen that leaves asks of the app: later keys are for the next screen."""

    def hold_keys(self) -> None:
        """From now on keys wait for the next screen."""

    def screen_is_there(self) -> None:
        """The next screen takes the keys that wait."""

    def dialog_closes(self) -> None:
        """A dialog's result is on its way to the screen below; keys wait until that has acted."""

    def dialog_closed(self) -> None:
        """It has acted; unless it went on to another screen or dialog, keys go on."""


class WalkScreen(Screen[None]):
    """A screen of walk. Subclasses compose their work in `work()` and read it in `reload()`."""

    name_in_app: ClassVar[str] = ""
    """The name by which `Go` asks for it and the next start finds it again."""
    stage: ClassVar[str] = ""
    """The routine stage whose acts undo and redo work on; empty where nothing is undone."""
    tells_unconfirmed: ClassVar[bool] = True
    """False where the screen says so in a place of its own, or is about no walk."""
    needs_walk: ClassVar[bool] = True
    """False where there is something to do while no walk is open."""
    HELP_WORDS: ClassVar[str] = ""
    """What this screen is for, in its own words; shown by help above its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [HELP_KEY]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is what the screen opens at, `say` what its state line tells first."""
        super().__init__()
        self.desk = desk
        self.at = at
        self.first_words = say
        self.gone = False
        """Another screen was asked for; keys that were typed ahead ask for no second one."""

    # What a subclass fills in

    def work(self) -> ComposeResult:
        """The widgets between the title and the state line."""
        yield from ()

    def reload(self) -> None:
        """Read everything shown from the desk again."""

    def tick(self) -> None:
        """Once a second: redraw what depends on the time. Ticks draw; the clock counts."""

    # What it gets

    def compose(self) -> ComposeResult:
        """Title, work, state, keys."""
        yield TitleLine()
        yield from self.work()
        yield StateLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read, draw, and look at the clock every second."""
        with self.told():
            self.reload()
            self.tell_standing()
        self.tick()
        self.title_line.working = jobs.words(self.app)
        if self.first_words:
            self.say(self.first_words)
        with self.told():
            self.desk.remember(Place(self.name_in_app, self.desk.walk_id, self.at))
        self.set_interval(1.0, self._each_second)

    @on(Resize)
    def _title_knows_the_window(self) -> None:
        # Its own size stays the same when only the rows grow fewer.
        self.title_line.refresh()

    def on_screen_resume(self, _: ScreenResume) -> None:
        """By now the screen has its focus: what was typed ahead can come."""
        if self.is_current:
            cast(HoldsKeys, self.app).screen_is_there()

    def _each_second(self) -> None:
        if not self.is_active:
            return  # covered by a dialog: it reloads when it comes back
        working = jobs.words(self.app)
        with self.told():
            # What a job brings is read once it is over: with many notes that takes a while.
            if not working and self.desk.changed_elsewhere():
                self.reload()
                self.tell_standing()
        self.tick()
        self.title_line.working = working

    @property
    def title_line(self) -> TitleLine:
        """The first row."""
        return self.query_one(TitleLine)

    @property
    def state_line(self) -> StateLine:
        """The row above the keys."""
        return self.query_one(StateLine)

    def say(self, words: str) -> None:
        """Tell what happened."""
        self.state_line.say(words)
        with self.told():
            self.tell_standing()

    def tell_standing(self) -> None:
        """Say on every screen of a walk that its focus is not yet confirmed, while it is not."""
        self.state_line.standing = prepare.unconfirmed(self.desk) if self.tells_unconfirmed else ""

    def say_saved(self, words: str = "") -> None:
        """Tell that it is saved, and when by the clock of the host school."""
        at = self.desk.local().strftime("%H:%M")
        self.say(f"{words}{SAVED}{at}" if words else f"saved {at}")

    @contextmanager
    def told(self) -> Iterator[None]:
        """Show an error of ours in words on the state line, instead of ending the app."""
        try:
            yield
        except FullDisk as error:
            self.complain(f"{error} What is typed stays here until then.")
        except WalkError as error:
            self.complain(str(error))

    def complain(self, words: str) -> None:
        """Tell that something could not be done; a screen that is being closed tells nothing."""
        for line in self.query(StateLine):
            line.complain(words)

    def go(self, screen: str, at: str = "", say: str = "") -> None:
        """Go to another screen, once."""
        if not self.gone:
            self.gone = True
            cast(HoldsKeys, self.app).hold_keys()
            self.post_message(Go(screen, at, say))

    def action_go(self, screen: str, at: str = "") -> None:
        """Go to another screen by a key."""
        self.go(screen, at)

    def action_help(self) -> None:
        """Show what this screen is for and every key it knows."""
        show_help(self)

    def help_title(self) -> str:
        """What help calls this screen: its title."""
        return self.title_line.left

    def help_words(self) -> str:
        """What help says of this screen."""
        return self.HELP_WORDS

    def action_undo(self) -> None:
        """Take the last act of this stage back."""
        with self.told():
            words = self.desk.undo(self.stage)
            self.reload()
            self.say(f"Undone: {words}" if words else "Nothing to undo here")

    def action_redo(self) -> None:
        """Do the act again that was undone last."""
        with self.told():
            words = self.desk.redo(self.stage)
            self.reload()
            self.say(f"Done again: {words}" if words else "Nothing to redo here")
