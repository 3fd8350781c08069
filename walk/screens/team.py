"""What the screens of debrief, trends, next steps and summary share: the inquiry, lists, going."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size

from walk.model import Focus
from walk.routine.debriefing import protocol
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.screens.ask import Ask, Values
from walk.screens.base import WalkScreen
from walk.screens.dialogs import EarlyKeys
from walk.screens.kept_form import kept_form
from walk.widgets.choice_list import ChoiceList
from walk.widgets.dates import day_and_time
from walk.widgets.guide import Inquiry

USUAL = 24
LOW = 22
"""Rows of a usual screen, and of one on which less is shown in full."""


LAST_KEYS: tuple[Binding, ...] = (
    Binding("u", "undo", "undo", id="team.undo", tooltip="Take the last act here back"),
    Binding("escape", "out", "back", id="team.out", tooltip="One step back, then Home"),
    Binding("z", "redo", "redo", id="team.redo", tooltip="Do again what was undone"),
)
"""What every screen here ends its keys with: its own come first in the footer."""

STEP_KEYS: tuple[Binding, ...] = (
    Binding("f", "step_on", "go on", id="team.on", tooltip="Go on to the next step of the debrief"),
    Binding("b", "step_back", "before", id="team.before", tooltip="Back to the step before"),
    Binding(
        "0",
        "step_all",
        "all steps",
        id="team.steps",
        show=False,
        tooltip="All steps of the debrief, with their minutes",
    ),
)
"""How a screen that shows a step of the debrief goes on and back; its clock goes along."""


class KeyedList(ChoiceList):
    """A list that also obeys its screen's keys in their turn, and hands on what is not for it.

    Left to Textual, a key of the screen acts only after the letters behind it have been handed to
    the list: of "tWait" typed at once, all but the t would be lost.
    """

    async def on_key(self, event: events.Key) -> None:
        """Obey the key, or give it to the dialog that has opened since it was pressed."""
        event.prevent_default()  # the list's own way would obey once more
        top = self.app.screen
        if top is not self.screen:
            if isinstance(top, EarlyKeys):
                event.stop()
                top.take(event)
            return
        now = self.screen.focused
        if now is not self and isinstance(now, KeyedList):
            event.stop()
            await now.on_key(event)
            return
        if await self.obey(event.key) or await self._obey_screen(event.key):
            event.stop()

    async def _obey_screen(self, key: str) -> bool:
        bound = self.screen._bindings.key_to_bindings
        # What is bound to 1 holds for every digit, each with its own number.
        digit = key in "23456789" and "1" in bound
        for binding in bound.get("1" if digit else key, ()):
            action = binding.action.replace("(1)", f"({key})") if digit else binding.action
            if await self.app.run_action(action, self.screen):
                return True
        return False


class TeamScreen(WalkScreen):
    """A screen on which the team works together. Subclasses compose `body` and fill `read`."""

    heading: ClassVar[str] = ""
    """What the title line says."""
    protocol_step: ClassVar[str] = ""
    """The step of the debrief that it shows; its title and minutes stand in the title line."""

    AUTO_FOCUS = "KeyedList"
    full_rows: ClassVar[tuple[int, int, int]] = (3, 5, 8)
    """Rows for what is in hand in full: on a low, a usual and a high screen."""

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """As every screen."""
        super().__init__(desk, at, say)
        self._open = False
        self._read_at: Size | None = None
        """The size of the window for which it was read; drawing it for the first time is none."""
        self._standing: protocol.Standing | None = None

    @property
    def shown_step(self) -> str:
        """The step of the debrief that is shown now; empty where none is."""
        return self.protocol_step

    def body(self) -> ComposeResult:
        """The widgets beneath the inquiry."""
        yield from ()

    def read(self) -> None:
        """Read what the body shows from the desk again."""

    def over_all(self, focus: Focus) -> str:
        """What stands above everything: the inquiry."""
        return focus.inquiries[0] if focus.inquiries else focus.statement

    def room(self) -> int:
        """Rows for what is in hand in full, by the height of the terminal."""
        low, usual, high = self.full_rows
        height = self.app.size.height
        return low if height < LOW else usual if height <= USUAL else high

    def step_back(self) -> bool:
        """Go back within the screen; False where there is nothing to go back from."""
        return False

    def work(self) -> ComposeResult:
        """The inquiry, with what has to be said of it, and the body."""
        yield Inquiry()
        yield from self.body()

    def reload(self) -> None:
        """Read everything again; Refused where no walk is open."""
        self._open = False
        self.title_line.left = self.heading
        _ = self.desk.walk
        self._open = True
        self._read_at = self.app.size
        self._standing = protocol.standing(self.desk)
        focus = prepare.focus(self.desk)
        shown = self.query_one(Inquiry)
        shown.rows = 3 if self.app.size.height > USUAL else 2
        shown.words = self.over_all(focus)
        for full in self.query("#full"):
            full.styles.height = self.room() + 1
        self.read()
        self.tick()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Another size holds other words."""
        if self._open and self.app.size != self._read_at:
            with self.told():
                self.reload()

    def tick(self) -> None:
        """The minutes of the step at the right of the title; else the day and the time."""
        now, right = self.desk.now(), ""
        standing = self._standing
        if standing is not None and standing.under_way and self.shown_step:
            self.title_line.left, right = standing.title(self.shown_step, now)
        self.title_line.right = right or day_and_time(self.desk.local())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a walk there is nothing to do here but to go and to read the help."""
        if not self.is_mounted:
            return False
        return self._open or action in ("out", "help", "go", "quit")

    def action_out(self) -> None:
        """One step back within the screen, or Home."""
        if not self.step_back():
            self.go("home")

    # The steps of the debrief

    def action_step_on(self) -> None:
        """On to the next step."""
        with self.told():
            self.go_to(protocol.go_on(self.desk, self.shown_step))

    def action_step_back(self) -> None:
        """Back to the step before."""
        with self.told():
            self.go_to(protocol.go_back(self.desk, self.shown_step))

    def action_step_all(self) -> None:
        """All steps with their minutes."""
        self.go("protocol", protocol.ALL)

    def go_to(self, place: protocol.Place) -> None:
        """Go to the screen of a step."""
        self.go(place.screen, place.at)

    # Asking

    def ask(
        self,
        title: str,
        asks: Sequence[Ask],
        save: Callable[[Values], str],
        *,
        place: str,
        note: str = "",
    ) -> None:
        """Ask for a few values; `save` stores them, or refuses, and says what was done.

        What is typed is kept as a draft under `place` until it is saved.
        """

        def saved(done: str) -> None:
            self.reload()
            self.say_saved(done)

        form = kept_form(self.desk, title, asks, save, saved, place=place, note=note)
        self.app.push_screen(form)
