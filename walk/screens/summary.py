"""The staff summary as it will be read, to scroll through and to save as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.geometry import Offset
from textual.widgets import Static

from walk.errors import Refused
from walk.model import Focus, Step, Trend
from walk.routine import door, summary
from walk.screens.ask import Ask, Values
from walk.screens.door import DoorScreen, Left
from walk.screens.over import open_over
from walk.screens.team import LAST_KEYS, TeamScreen

ENDINGS = (".html", ".md", ".txt")


class Page(VerticalScroll, can_focus=True):
    """The letter. Arrows and page keys scroll; the terminal cursor stands on its first line."""

    def on_focus(self) -> None:
        """Take the terminal cursor."""
        self.call_after_refresh(self._place_cursor)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The first line seen is another one."""
        super().watch_scroll_y(old_value, new_value)
        self._place_cursor()

    def _place_cursor(self) -> None:
        if self.has_focus and self.app.screen is self.screen:
            region = self.content_region
            self.app.cursor_position = Offset(region.x, region.y)


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
        "s saves it as a file: the ending .html, .md or .txt says in which form.\n"
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
        Binding("b", "go('steps')", "next steps", id="summary.before", tooltip="Back to the steps"),
        *LAST_KEYS,
    ]

    def body(self) -> ComposeResult:
        """What is left out, if anything, and the letter."""
        yield Static(id="left-out")
        with Page():
            yield Static(id="letter")

    def read(self) -> None:
        """Make the letter anew."""
        text = summary.render(summary.facts(self.desk), "text")
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
        """Say where one is in the letter."""
        self.watch(self.query_one(Page), "scroll_y", self._tell_place, init=False)

    def _tell_place(self) -> None:
        page = self.query_one(Page)
        last = page.virtual_size.height
        first = round(page.scroll_y) + 1
        shown = f"lines {first} to {min(last, first + page.size.height - 1)} of {last}"
        self.title_line.left = f"{self.heading} · {shown}"

    def on_key(self, event: Key) -> None:
        """Space and backspace turn pages, as in every reader."""
        page = self.query_one(Page)
        if event.key == "space":
            event.stop()
            page.scroll_page_down()

    def action_save(self) -> None:
        """Ask for a path and write the file; its ending says the form."""
        name = f"walk-summary-{self.desk.walk.date}.html" if self.desk.walk.date else ""

        agreed: list[Path] = []

        def save(values: Values) -> str:
            path = _path(values[0])
            if path.exists() and path not in agreed:
                agreed.append(path)
                raise Refused(
                    f"{path.name} is there already.", "Enter replaces it; another name keeps it."
                )
            summary.write_summary(self.desk, path)
            return f"Written to {path}"

        self.ask(
            "Save the summary as a file",
            [Ask("", name, "summary.html, summary.md or summary.txt", one_row=True)],
            save,
            place="summary file",
            note="The ending says the form: .html, .md or .txt. It lies in "
            f"{Path.cwd()} unless you name a folder.",
        )


def _path(typed: str) -> Path:
    if not typed.strip():
        raise Refused("The file needs a name.", "For example summary.html.")
    try:
        path = Path(typed.strip()).expanduser()
    except RuntimeError:
        raise Refused("This home folder is not known here.", "Name the folder in full.") from None
    if path.suffix.lower() not in ENDINGS:
        raise Refused(f"“{path.name}” does not say in which form.", "End it in .html, .md or .txt.")
    if path.is_dir():
        raise Refused("This is a folder.", "Add a name for the file.")
    return path.absolute()
