"""Walks over time: one host school, what came of each walk, and the pages that tell it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.debrief import code_mask
from walk.routine.across import across, history
from walk.routine.across.across import LeftOut, View, Which
from walk.routine.across.history import PastWalk, Shelf
from walk.routine.desk import Desk
from walk.screens.across.across_door import show_left_out
from walk.screens.across.across_save import save_page
from walk.screens.across.history_rows import full_lines, walk_row
from walk.screens.across.recurring import RecurringScreen
from walk.screens.dialogs import ReadDialog
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.reporting.report_page import Page, text_width
from walk.screens.team import KeyedList, TeamScreen
from walk.text import cell_width, headline, one_line
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.prose import prose_width

PAGE_MOST = 60
"""Walks on a page that is read or saved here; `walk history --last` takes as many as you say."""
EVERY = "every focus"
NO_WALKS = (
    "There is no walk here yet. Esc, then n begins one. After a few, this screen lines up what "
    "each stated and what came of its steps."
)
NOBODY = "Nothing in it looks like a name; walk does not catch every name"
TITLES: dict[Which, str] = {"history": "Walks over time", "district": "Across host schools"}


class PastWalks(KeyedList):
    """The walks, a row each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open", id="history.open", tooltip="Open the marked walk"),
    ]


class HistoryScreen(TeamScreen):
    """The walks of one host school, the newest last. Nothing is changed here."""

    CSS_PATH = "history.tcss"
    AUTO_FOCUS = "PastWalks"
    name_in_app = "history"
    needs_walk = False
    heading = "Walks over time"
    full_rows = (5, 7, 14)
    tells_unconfirmed = False
    HELP_WORDS = (
        "The walks of one host school stand here in line by date, the newest last: what each "
        "stated, its open and closed steps, what was learned. f keeps to one focus; o goes to "
        "another host school. Schools never stand side by side.\n"
        "Enter opens a walk, Space reads all of it. p is a page of these walks to print or to "
        "give away; d is the district page: what recurs across host schools, and on how many "
        "walks. What few have stated is neither named nor counted there. s saves the page.\n"
        "r joins trends of different walks that say the same. What looks like a name is left out "
        "of both pages: n shows it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f", "pick_focus", "focus", id="history.focus", tooltip="Keep to one focus, or to none"
        ),
        Binding("o", "pick_school", "school", id="history.school", tooltip="Another host school"),
        Binding("p", "page('history')", "page", id="history.page", tooltip="Read these as a page"),
        Binding(
            "d",
            "page('district')",
            "district page",
            id="history.district",
            tooltip="What recurs across host schools, and on how many walks",
        ),
        Binding(
            "r",
            "recurring",
            "recurring",
            id="history.recurring",
            tooltip="Say which trends of different walks are the same",
        ),
        Binding("space", "read_all", "read", id="history.read", tooltip="Read all of this walk"),
        Binding("s", "save", "save", id="history.save", tooltip="Save the page as a file"),
        Binding(
            "n",
            "door",
            "likely names",
            id="history.door",
            tooltip="See what the page leaves out, as something in it looks like a name",
        ),
        Binding("escape", "out", "back", id="history.out", tooltip="Back, then Home"),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the id of a walk to stand on."""
        super().__init__(desk, at, say)
        self.shelf = Shelf((), {}, {}, {}, {})
        self.school = ""
        self.focus_kept: str | None = None
        self.walks: tuple[PastWalk, ...] = ()
        self.reading: Which | None = None
        self.left: list[LeftOut] = []
        self._masks: dict[str, Callable[[str], str]] = {}
        """What takes the visit codes of a walk out of a text, of those looked at so far."""
        self.schools: list[tuple[str, str]] = []
        self.foci: list[tuple[str, str]] = []
        """All host schools, and the foci of the one that is shown: (known by, words)."""
        self._begun = False
        self._as_of = (-1, -1)
        """The state of the store that was read."""
        self._shown_for: tuple[object, ...] = ()

    # Parts

    def work(self) -> ComposeResult:
        """School and focus, what is left out, the walks or a page, and one walk in full."""
        yield Static(id="head")
        yield Static(id="left-out")
        yield PastWalks(id="list", lines_most=2)
        with Page(id="page"):
            yield Static(id="words")
        yield Static(id="full")

    @property
    def rows(self) -> PastWalks:
        """The walks."""
        return self.query_one(PastWalks)

    @property
    def page(self) -> Page:
        """The page that is read."""
        return self.query_one(Page)

    @property
    def view(self) -> View:
        """What is looked at."""
        return View(self.shelf, self.school, self.focus_kept, PAGE_MOST)

    @property
    def in_hand(self) -> PastWalk | None:
        """The walk the marker stands on."""
        row = self.rows.choice
        return next((one for one in self.walks if row and one.id == row.id), None)

    # Reading and drawing

    def reload(self) -> None:
        """Read all walks again; there need not be one open."""
        self._open = True
        as_of = (self.desk.store.newest_entry(), self.desk.store.data_version())
        if as_of != self._as_of:
            self._as_of, self._masks = as_of, {}
            self.shelf = history.read(self.desk)
            self.schools = self.shelf.schools()
        if not self._begun or self.school not in self.shelf.school_of.values():
            self.school = history.usual_school(self.desk, self.shelf)
        if self.focus_kept is not None and self.focus_kept not in self.shelf.focus_of.values():
            self.focus_kept = None
        self._show_walks()
        self._show()
        self.tick()

    def _show_walks(self) -> None:
        today = self.desk.today()
        shown_for = (self._as_of, self.school, self.focus_kept, today)
        if shown_for == self._shown_for:
            return
        self._shown_for = shown_for
        self.walks = self.shelf.of(self.school, self.focus_kept)
        self.foci = self.shelf.foci(self.school)
        width = self.app.size.width
        rows = [walk_row(one, today, width) for one in self.walks]
        newest = self.walks[-1].id if self.walks else ""
        here = {one.id for one in self.walks}
        wanted = next((one for one in (self.at, self.desk.walk_id, newest) if one in here), "")
        mark = "" if self._begun else wanted
        self._begun, self.at = True, ""
        self.rows.show(rows or [heading(NO_WALKS)], mark=mark)

    def _show(self) -> None:
        reading = self.reading is not None
        self.rows.display = not reading
        self.query_one("#full").display = False
        self.page.display = reading
        if reading:
            self._show_page()
            self.page.focus()
        else:
            self.query_one("#left-out").display = False
            self.rows.focus()
            self._show_full()
        self.query_one("#head", Static).update(Content("\n".join(self._head())))
        self.query_one("#head").display = not reading
        self._tell_place()
        self.refresh_bindings()

    def _head(self) -> list[str]:
        width = prose_width(self.app.size.width)
        name = self.shelf.school_name(self.school)
        others = len(self.schools) - 1
        more = " · o: another" if others > 0 else ""
        lines = []
        if name or others > 0:
            lines.append(_headed("Host school: ", name or history.NO_SCHOOL, more, width))
        if self.focus_kept is not None:
            lines.append(_headed("Focus: ", dict(self.foci).get(self.focus_kept, ""), "", width))
        elif len(self.foci) > 1:
            lines.append(_headed("Focus: ", EVERY, " · f: one", width))
        return lines

    def _show_page(self) -> None:
        made, self.left = across.page(self.desk, self.reading or "history", self.view)
        text = across.preview(made, text_width(self.app.size.width))
        self.query_one("#words", Static).update(Content(text.rstrip("\n")))
        told = [f"{across.told(self.left)} (n)"] if self.left else []
        if self.reading == "district" and across.waits_for_words(self.desk, self.view):
            told.append("Some recurs without words that fit all of it: r, then w")
        self.query_one("#left-out").display = bool(told)
        self.query_one("#left-out", Static).update(Content("\n".join(told)))

    def _show_full(self) -> None:
        full = self.query_one("#full", Static)
        full.display = self.reading is None and self.rows.choice is not None
        width, room = prose_width(self.app.size.width), self.room()
        lines = self._lines(width)
        if len(lines) > room:
            lines = [*lines[: room - 1], "… Space reads all"]
        full.styles.height = room + 1
        full.update(Content("\n".join(lines)))

    def _lines(self, width: int) -> list[str]:
        one = self.in_hand
        if one is None:
            return []
        if one.id not in self._masks:
            self._masks[one.id] = code_mask(self.desk.store.codes(one.id))
        return full_lines(one, self._masks[one.id], width, self.desk.today())

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_full()

    def on_mount(self) -> None:
        """Tell how far one has read."""
        self.watch(self.page, "scroll_y", self._tell_place, init=False)

    def tick(self) -> None:
        """The clock, and where one is in a page: its height is known once it is drawn."""
        super().tick()
        self._tell_place()

    def _tell_place(self) -> None:
        if self.reading is not None:
            self.title_line.left = f"{TITLES[self.reading]} · {self.page.place}"
        else:
            self.title_line.left = self.heading

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        allowed = super().check_action(action, parameters)
        if not allowed or not self._begun:
            return allowed
        if action in ("read_all", "pick_focus", "pick_school", "recurring"):
            enough = {
                "read_all": bool(self.walks),
                "pick_focus": self.focus_kept is not None or len(self.foci) > 1,
                "pick_school": len(self.schools) > 1,
                "recurring": any(self.shelf.trends.values()),
            }
            return self.reading is None and enough[action]
        if action == "door":
            return self.reading is not None
        if action == "save":
            return bool(self.shelf.heads)
        return True

    # Keys

    @on(ChoiceList.Chosen)
    def _open_walk(self) -> None:
        one = self.in_hand
        if one is not None:
            with self.told():
                self.desk.open_walk(one.id)
                title = one_line(headline(one.title), 60) or "a walk without a title"
                self.go("trends" if one.trends else "home", "", f"Opened: {title}")

    def action_read_all(self) -> None:
        """Read all of the walk in hand."""
        one = self.in_hand
        if one is not None:
            width = max(30, min(90, self.app.size.width - 10))
            title = one_line(headline(one.title), 60) or "A walk"
            self.app.push_screen(ReadDialog(title, "\n".join(self._lines(width))))

    def action_pick_focus(self) -> None:
        """Keep to one focus of this host school, or show every one."""
        foci = self.foci
        choices = [Choice("every", EVERY)]
        choices += [Choice(f"focus {place}", words) for place, (_, words) in enumerate(foci)]

        def picked(row: str | None) -> None:
            if row is not None:
                self.focus_kept = None if row == "every" else foci[int(row.split()[1])][0]
                self._look_again()

        open_over(self, PickScreen("Which focus?", choices), picked)

    def action_pick_school(self) -> None:
        """Look at another host school."""
        schools = self.schools
        choices = [Choice(f"school {place}", name) for place, (_, name) in enumerate(schools)]

        def picked(row: str | None) -> None:
            if row is not None:
                self.school = schools[int(row.split()[1])][0]
                self.focus_kept = None
                self._look_again()

        open_over(self, PickScreen("Which host school?", choices), picked)

    def _look_again(self) -> None:
        with self.told():
            self.reload()
            self.rows.action_edge(1)

    def action_page(self, which: Which) -> None:
        """Read one of the pages."""
        with self.told():
            self.reading = which
            try:
                self._show()
            except BaseException:
                self.reading = None
                self._show()
                raise
            self.page.scroll_home(animate=False)
            self.call_after_refresh(self._tell_place)

    def step_back(self) -> bool:
        """From a page to the walks."""
        if self.reading is None:
            return False
        self.reading = None
        with self.told():
            self._show()
        return True

    def action_save(self) -> None:
        """Ask how the page that is read, or that of these walks, is to be saved."""
        with self.told():
            which = self.reading or "history"
            save_page(self, which, TITLES[which], lambda: across.page(self.desk, which, self.view))

    def action_recurring(self) -> None:
        """Say which trends of different walks are the same."""
        words = dict(self.foci).get(self.focus_kept or "", "")
        dialog = RecurringScreen(self.desk, self.focus_kept, words if self.focus_kept else "")
        open_over(self, dialog, self._back_again)

    def _back_again(self, _: object) -> None:
        with self.told():
            self.reload()

    def action_door(self) -> None:
        """Show what the page leaves out, to clear or reword it."""
        if not self.left:
            self.say(NOBODY)
            return
        which = self.reading or "history"
        with self.told():
            show_left_out(self, lambda: across.page(self.desk, which, self.view)[1])


def _headed(label: str, words: str, after: str, width: int) -> str:
    """A line of the head; long words are cut, and what a key does behind them never is."""
    room = width - cell_width(label) - cell_width(after)
    return f"{label}{one_line(words, room)}{after}"
