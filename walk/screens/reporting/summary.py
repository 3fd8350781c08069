"""The staff summary as it will be read, to scroll through and to save as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.model import Focus, Step, Trend
from walk.routine import folders, summary
from walk.routine.desk import Desk
from walk.routine.folders import Spot
from walk.routine.reporting import letters
from walk.routine.visiting import door
from walk.screens.jobs import beside, of_the_disk
from walk.screens.over import open_over
from walk.screens.reporting.report_page import Page, text_width
from walk.screens.reporting.report_save import save_report
from walk.screens.team import LAST_KEYS, TeamScreen
from walk.screens.visiting.door import DoorScreen, Left


class SummaryScreen(TeamScreen):
    """What the staff will read. Nothing is changed here."""

    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "Page"
    name_in_app = "summary"
    stage = "steps"
    heading = "Staff summary"
    HELP_WORDS = (
        "This is the letter to the staff as it stands: focus and inquiry, how little was seen, "
        "trends with the examples you chose, wonderings, next steps. Parked patterns, authors, "
        "visit codes and clock times are never in it.\n"
        "s saves it: as a web page, a Word document, Markdown or plain text, in a folder you "
        "choose. l shows all letters and sheets.\n"
        "Words in which something looks like a name are left out. Then n shows them, one by one."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "save as a file", id="summary.save", tooltip="Save it as a file"),
        Binding(
            "n",
            "door",
            "likely names",
            id="summary.door",
            tooltip="See what is left out, as something in it looks like a name",
        ),
        Binding(
            "l",
            "go('letters')",
            "letters",
            id="summary.letters",
            tooltip="All letters and sheets of this walk",
        ),
        Binding("b", "go('steps')", "next steps", id="summary.before", tooltip="Back to the steps"),
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """As every screen."""
        super().__init__(desk, at, say)
        self.spots: Sequence[Spot] = ()

    def body(self) -> ComposeResult:
        """What is left out, if anything, and the letter."""
        yield Static(id="left-out")
        with Page():
            yield Static(id="letter")

    def read(self) -> None:
        """Make the letter anew."""
        text = letters.preview(self.desk, "summary", text_width(self.app.size.width))
        self.query_one("#letter", Static).update(Content(text))
        told = door.told((one for one in summary.left_out(self.desk) if one.waits), out=True)
        self.query_one("#left-out").display = bool(told)
        self.query_one("#left-out", Static).update(Content(f"{told} (n)"))
        self.call_after_refresh(self._tell_place)

    def over_all(self, focus: Focus) -> str:
        """The letter itself says the inquiry."""
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The door is there where something is left out."""
        allowed = super().check_action(action, parameters)
        return (
            bool(self.query_one("#left-out").display) if allowed and action == "door" else allowed
        )

    def action_door(self) -> None:
        """Show what is left out, to clear or replace it."""

        def left(result: Left | None) -> None:
            at = result.edit if result else None
            if at is not None and isinstance(at.record, Trend):
                self.go("trends", at.record.theme)
            elif at is not None and isinstance(at.record, Step):
                self.go("steps", at.record.id)
            else:
                with self.told():
                    self.reload()

        look = partial(summary.left_out, self.desk)
        open_over(self, DoorScreen(self.desk, look, shares=False, edits=(Trend, Step)), left)

    def on_mount(self) -> None:
        """Say where one is in the letter, and ask the disks for folders meanwhile."""
        for what in ("scroll_y", "virtual_size"):
            self.watch(self.query_one(Page), what, self._tell_place, init=False)
        recent = folders.recent(self.desk)

        async def look() -> None:
            self.spots = await of_the_disk(lambda: folders.spots(recent))

        beside(self, look, "folders")

    def _tell_place(self) -> None:
        place = self.query_one(Page).place
        self.title_line.left = " · ".join(filter(None, (self.heading, place)))

    def action_save(self) -> None:
        """Ask how, and write it."""
        with self.told():
            save_report(self, letters.report(self.desk, "summary"), self.spots)
