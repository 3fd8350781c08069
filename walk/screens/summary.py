"""The staff summary as it will be read, to scroll through and to save as a file."""

from __future__ import annotations

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
from walk.model import Focus
from walk.routine import summary
from walk.screens.ask import Ask, Values
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
        "s saves it as a file: the ending .html, .md or .txt says in which form."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "save as a file", id="summary.save", tooltip="Save it as a file"),
        Binding("b", "go('steps')", "next steps", id="summary.before", tooltip="Back to the steps"),
        *LAST_KEYS,
    ]

    def body(self) -> ComposeResult:
        """The letter."""
        with Page():
            yield Static(id="letter")

    def read(self) -> None:
        """Make the letter anew."""
        text = summary.render(summary.facts(self.desk), "text")
        self.query_one("#letter", Static).update(Content(text))
        self.call_after_refresh(self._tell_place)

    def over_all(self, focus: Focus) -> str:
        """The letter itself says the inquiry."""
        return ""

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
