"""Letters and sheets: every report of the walk, to read, to clear of names, and to save."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.model import Focus, Step, TeacherNote, Trend
from walk.routine import folders
from walk.routine.desk import Desk
from walk.routine.folders import Spot
from walk.routine.reporting import letters
from walk.routine.reporting.letters import Report
from walk.routine.visiting import door
from walk.screens.jobs import beside, of_the_disk
from walk.screens.over import open_over
from walk.screens.reporting.report_page import Page, text_width
from walk.screens.reporting.report_save import save_report
from walk.screens.team import LAST_KEYS, KeyedList, TeamScreen
from walk.screens.visiting.door import DoorScreen, Left
from walk.widgets.choice_list import Choice, ChoiceList, heading

READ = "read "
"""Stands before the key of a report that is to be read at once."""
NO_NAMES = "Nothing in it looks like a name; walk does not catch every name"


class ReportList(KeyedList):
    """The reports, a row each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "read", id="letters.read", tooltip="Read the marked report"),
    ]


class LettersScreen(TeamScreen):
    """The list of reports; Enter reads one in its place. Nothing is changed here."""

    CSS_PATH = "letters.tcss"
    AUTO_FOCUS = "ReportList"
    name_in_app = "letters"
    heading = "Letters and sheets"
    HELP_WORDS = (
        "Every report of this walk. Enter reads the marked one, s saves it: as a web page, a Word "
        "document, Markdown or plain text, in a folder you choose. A file that somebody changed "
        "or made is replaced only when you say so.\n"
        "Staff summary and agenda page hold trends, chosen examples and next steps, never a visit "
        "code, a time or a walker. The debrief sheet holds the shared notes in no order. Visit "
        "sheets are made on the lead's laptop, one visit at a time. A teacher note exists only "
        "where that teacher asked for one: t writes it.\n"
        "Words in which something looks like a name are left out: n shows them."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "save", id="letters.save", tooltip="Save the marked report as a file"),
        Binding(
            "n",
            "door",
            "likely names",
            id="letters.door",
            tooltip="See what is left out of it, as something in it looks like a name",
        ),
        Binding(
            "t",
            "go('teacher_note')",
            "teacher note",
            id="letters.note",
            tooltip="Write a note for a teacher who asked for one",
        ),
        Binding(
            "b", "go('steps')", "next steps", id="letters.before", tooltip="Back to the next steps"
        ),
        *(one for one in LAST_KEYS if one.key == "escape"),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the key of a report to stand on, or to read where READ stands before it."""
        super().__init__(desk, at.removeprefix(READ), say)
        self.held: list[Report] = []
        self.spots: Sequence[Spot] = ()
        self.reading = self.at if at.startswith(READ) else ""
        """The key of the report that is read; empty while the list is shown."""

    def body(self) -> ComposeResult:
        """What is left out, the list or a report, and what the marked one is."""
        yield Static(id="left-out")
        yield ReportList(id="list", lines_most=2)
        with Page(id="page"):
            yield Static(id="words")
        yield Static(id="full")

    def over_all(self, focus: Focus) -> str:
        """The reports say the inquiry themselves."""
        return ""

    @property
    def rows(self) -> ReportList:
        """The list."""
        return self.query_one(ReportList)

    @property
    def page(self) -> Page:
        """The report that is read."""
        return self.query_one(Page)

    @property
    def in_hand(self) -> Report | None:
        """The report that is read, or marked."""
        key = self.reading or (self.rows.choice.id if self.rows.choice else "")
        return next((one for one in self.held if one.key == key), None)

    # Reading and drawing

    def on_mount(self) -> None:
        """Ask the disks for folders meanwhile."""
        recent = folders.recent(self.desk)

        async def look() -> None:
            self.spots = await of_the_disk(lambda: folders.spots(recent))

        beside(self, look, "folders")
        for what in ("scroll_y", "virtual_size"):
            self.watch(self.page, what, self._tell_place, init=False)

    def read(self) -> None:
        """The reports there are, and the one that is read."""
        self.held = letters.reports(self.desk)
        if self.reading and self.in_hand is None:
            self.reading = ""
        self.rows.show(_rows(self.held), mark=self.at)
        self.at = ""
        self._show()

    def _show(self) -> None:
        reading = bool(self.reading)
        self.rows.display = self.query_one("#full").display = not reading
        self.page.display = reading
        self.query_one("#left-out").display = False
        if reading:
            self._show_words()
            self.page.focus()
        else:
            self.rows.focus()
            self._show_about()
        self._tell_place()
        self.refresh_bindings()

    def _show_words(self) -> None:
        width = text_width(self.app.size.width)
        text = letters.preview(self.desk, self.reading, width).rstrip("\n")
        self.query_one("#words", Static).update(Content(text))
        waits = [one for one in letters.at_door(self.desk, self.reading) if one.waits]
        told = door.told(waits, out=True)
        self.query_one("#left-out").display = bool(told)
        self.query_one("#left-out", Static).update(Content(f"{told} (n)"))

    def _show_about(self) -> None:
        made = self.in_hand
        lines: list[str] = []
        if made is not None:
            lines = [f"{made.name}: {made.about}"]
            if made.why_not:
                lines.append(f"It cannot be made any more: {made.why_not}.")
        self.query_one("#full", Static).update(Content("\n".join(lines)))

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_about()

    def tick(self) -> None:
        """The clock, and where one is in a report: its height is known once it is drawn."""
        super().tick()
        self._tell_place()

    def _tell_place(self) -> None:
        made = self.in_hand
        if self.reading and made is not None:
            self.title_line.left = " · ".join(filter(None, (made.name, self.page.place)))
        else:
            self.title_line.left = self.heading

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        allowed = super().check_action(action, parameters)
        if allowed and action in ("save", "door"):
            made = self.in_hand
            return made is not None and not made.why_not
        return allowed

    # Keys

    @on(ChoiceList.Chosen)
    def _chosen(self) -> None:
        made = self.in_hand
        if made is None:
            return
        if made.why_not:
            self.say(f"It cannot be made any more: {made.why_not}")
            return
        with self.told():
            self.reading = made.key
            try:
                self._show()
            except BaseException:
                self.reading = ""
                self._show()
                raise
            self.page.scroll_home(animate=False)
            self.call_after_refresh(self._tell_place)

    def step_back(self) -> bool:
        """From a report to the list."""
        if not self.reading:
            return False
        self.at, self.reading = self.reading, ""
        with self.told():
            self.reload()
        return True

    def action_save(self) -> None:
        """Ask how, and write it."""
        made = self.in_hand
        if made is not None and not made.why_not:
            with self.told():
                save_report(self, made, self.spots)

    def action_door(self) -> None:
        """Show what is left out, to clear or replace it."""
        made = self.in_hand
        if made is None or made.why_not:
            return
        with self.told():
            if not letters.at_door(self.desk, made.key):
                self.say(NO_NAMES)
                return
            look = partial(letters.at_door, self.desk, made.key)
            edits = (Trend, Step, TeacherNote)
            open_over(self, DoorScreen(self.desk, look, shares=False, edits=edits), self._left)

    def _left(self, result: Left | None) -> None:
        record = result.edit.record if result and result.edit else None
        if isinstance(record, Trend):
            self.go("trends", record.theme)
        elif isinstance(record, Step):
            self.go("steps", record.id)
        elif isinstance(record, TeacherNote):
            self.go("teacher_note", record.visit)
        else:
            with self.told():
                self.reload()


def _rows(held: Sequence[Report]) -> list[Choice]:
    parts = (
        ("For everybody", ("summary", "agenda", "data", "debrief")),
        ("For one teacher, handed over by the lead", ("visit",)),
        ("Asked for by one teacher, kept apart", ("note",)),
    )
    rows: list[Choice] = []
    for words, kinds in parts:
        inside = [one for one in held if one.key.partition(":")[0] in kinds]
        if inside:
            rows.append(heading(words))
        rows += [
            Choice(one.key, one.about, label=one.name, side="gone" if one.why_not else "")
            for one in inside
        ]
    return rows
