"""What stands in place of a screen that is about a walk while none is open: how to get one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.routine.desk import Desk
from walk.screens.base import WalkScreen
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.dates import day_and_time

WORDS = "No walk is open, so there is nothing to show here yet."
ROWS = (
    Choice("begin", "begin a small walk: a focus, a number of classrooms, go", label="n"),
    Choice("collect", "open a plan, or collect packs", label="c"),
    Choice("home", "Home: earlier walks stand there", label="Esc"),
)
NAMES = {
    "ready": "Before the walk",
    "rooms": "Classrooms",
    "write": "Silent write",
    "hall": "Hall talk",
    "protocol": "Debrief",
    "silent_read": "Silent read",
    "steps": "Next steps",
    "cycle": "Inquiry cycle",
    "summary": "Staff summary",
    "letters": "Letters and sheets",
    "teacher_note": "Teacher note",
    "share": "Give your notes",
}
"""What a screen is called where its name in the app does not say it."""


class NoWalkScreen(WalkScreen):
    """Three rows that lead on."""

    AUTO_FOCUS = "ChoiceList"
    name_in_app = "home"
    needs_walk = False
    tells_unconfirmed = False
    CSS = """
    NoWalkScreen #no-walk { padding: 1 1 0 1; height: auto; }
    NoWalkScreen ChoiceList { margin: 1 0 0 0; }
    """
    HELP_WORDS = (
        "This screen is about a walk, and none is open on this laptop. n begins one here. Where "
        "somebody else made the plan, c takes it: from a stick, a folder or a file. Earlier walks "
        "stand on Home; Enter opens one."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "go('begin')", "new", id="no_walk.begin", tooltip="Begin a small walk"),
        Binding(
            "c",
            "go('collect')",
            "collect",
            id="no_walk.collect",
            tooltip="Open a plan, or collect everyone's packs",
        ),
        Binding("escape", "go('home')", "back", id="no_walk.back", tooltip="Back to Home"),
    ]

    def __init__(self, desk: Desk, wanted: str, say: str = "") -> None:
        """`wanted` is the screen that was asked for."""
        super().__init__(desk, "", say)
        self.wanted = wanted

    def work(self) -> ComposeResult:
        """The words and the rows."""
        yield Static(Content(WORDS), id="no-walk")
        yield ChoiceList(ROWS)

    def reload(self) -> None:
        """Where another program has brought a walk meanwhile, go there."""
        self.title_line.left = NAMES.get(self.wanted, self.wanted.capitalize())
        if self.desk.has_walk:
            self.go("home")

    def tick(self) -> None:
        """The clock in the title, in whole minutes."""
        self.title_line.right = day_and_time(self.desk.now().local)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Go where the row leads."""
        self.go(event.choice.id)
