"""Checklist: what the mode of a visit asks of the one who is writing, before the stop starts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, cast

from textual.binding import Binding, BindingType

from walk.errors import Refused
from walk.model import MODE_WORDS, Mode
from walk.routine.desk import Desk
from walk.routine.papers import checklist
from walk.routine.papers.checklist import Page
from walk.routine.planning import rooms
from walk.routine.visiting import visit as visiting
from walk.screens.ask import Ask, Values
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.planning.plan_list import PlanListScreen
from walk.text import one_line
from walk.widgets.choice_list import Choice, heading
from walk.widgets.dates import short_date

TICKED, OPEN = "✓", "○"
LABEL_MOST = 28
"""Cells of a label in the heading, so that this stays on one row of 80."""


class ChecklistScreen(PlanListScreen):
    """One visit's checklist; the arrows go to the next one."""

    CSS_PATH = "checklist.tcss"
    name_in_app = "checklist"
    stage = checklist.STAGE
    heading = "Checklist"
    HELP_WORDS = (
        "What to see to before the stop starts, by how this classroom is seen. The ticks are "
        "yours alone, and an open line stops nothing. The mode can be changed on the day; ticks "
        "of lines that both modes have stay. Nothing here is about the teacher, and nothing of "
        "it is in any report: not who watched a segment, and not how often."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "back", "back", id="checklist.back", tooltip="Back to where you came from"
        ),
        Binding("space", "tick", "tick", id="checklist.tick", tooltip="Tick, or untick"),
        Binding("m", "mode", "mode", id="checklist.mode", tooltip="See this classroom otherwise"),
        Binding(
            "right",
            "visit(1)",
            "next visit",
            key_display="← →",
            id="checklist.next",
            tooltip="→ the checklist of the next visit, ← of the one before",
        ),
        Binding(
            "left",
            "visit(-1)",
            "visit before",
            id="checklist.before",
            show=False,
            tooltip="The checklist of the visit before",
        ),
        Binding("e", "enter", "enter", id="checklist.enter", tooltip="Enter the room"),
        Binding("u", "undo", "undo", id="checklist.undo", tooltip="Undo the last change here"),
        Binding("z,r", "redo", "redo", id="checklist.redo", tooltip="Do again what was undone"),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the visit's id, and behind a blank the screen to go back to."""
        super().__init__(desk, at, say)
        visit, _, before = at.partition(" ")
        self.visit_id = visit
        self.before = before if before in ("home", "rooms", "board", "rotation") else "home"
        self.page: Page | None = None

    # Reading

    def reload(self, mark: str = "") -> None:
        """Read the visit and its checklist again."""
        self.at = ""
        self.page = self._read()
        super().reload(mark)
        self.at = f"{self.visit_id} {self.before}"
        if self.page:
            visit = self.page.visit
            words = f"{visit.code} · {MODE_WORDS[visit.mode]}"
            self.title_line.left = f"{self.heading} · {words}"

    def _read(self) -> Page | None:
        if not self.visit_id and self.desk.walk:
            found = checklist.first_open(self.desk)
            self.visit_id = found.id if found else ""
        if not self.visit_id:
            return None
        return checklist.page(self.desk, visiting.find(self.desk, self.visit_id))

    def read_rows(self) -> Sequence[Choice]:
        """What cannot be seen, the lines, and what else belongs to this visit."""
        page = self.page
        if page is None:
            return [heading("No classroom is open. p on Home, then a, adds one.")]
        visit = page.visit
        left = len(page.open_items)
        told = f"{left} open, which stops nothing" if left else "all is ticked"
        who = one_line(self.desk.label, LABEL_MOST) or "nobody is writing"
        rows = [heading(f"Before the stop · {who}: {told}")]
        for line in page.lines:
            sign = TICKED if line.done else OPEN
            rows.append(Choice(f"item {line.item.key}", line.item.words, sign))
        rows += [
            heading(),
            heading(f"What cannot be seen, as the summary says: {page.cannot_see}."),
        ]
        rows += self._recorded(page)
        rows += [heading("This visit"), Choice("mode", MODE_WORDS[visit.mode], "Seen")]
        if not visit.withdrawn:
            enter = "watch the segment" if visit.mode == "recorded" else "enter the room"
            rows.append(Choice("enter", f"{'go on' if page.entered else enter}: {visit.code}", "e"))
        else:
            rows.append(heading("It is withdrawn today."))
        return rows

    def _recorded(self, page: Page) -> Iterable[Choice]:
        if page.visit.mode != "recorded":
            return
        yield heading("The segment")
        on = page.visit.received_on
        words = f"on {short_date(on, self.desk.today())}" if on else "not yet"
        yield Choice("received", words, f"{TICKED if on else OPEN} Received")
        seen = ", ".join(f"{label} {_times(count)}" for label, count in page.watched)
        yield heading(f"Watched: {seen or 'by nobody yet'}; said on this page only")

    # Changing

    def change(self, kind: str, id: str) -> None:
        """Tick a line, or change what is marked."""
        page = self._shown()
        if kind == "item":
            self._tick(id)
        elif kind == "received":
            self._ask_received(page)
        elif kind == "mode":
            self._pick_mode(page)
        elif kind == "enter":
            self.action_enter()

    def _shown(self) -> Page:
        if self.page is None:
            raise Refused("No classroom is open.", "Prepare adds some.")
        return self.page

    def _tick(self, key: str) -> None:
        page = self._shown()
        ticked = checklist.tick(self.desk, page.visit, key)
        self.reload()
        left = len(self._shown().open_items)
        words = "ticked" if ticked else "open again"
        self.say_saved(f"{words} · {left} open" if left else f"{words} · all is ticked")

    def _ask_received(self, page: Page) -> None:
        today = self.desk.today().isoformat()
        ask = Ask(
            "Received on (a date; empty: not yet)",
            page.visit.received_on or today,
            one_row=True,
        )

        def save(values: Values) -> None:
            checklist.receive(self.desk, page.visit, values[0])

        self.ask("received", f"{page.visit.code}: the segment", [ask], save, draft=False)

    def _pick_mode(self, page: Page) -> None:
        visit = page.visit

        def picked(mode: str | None) -> None:
            if mode is not None:
                with self.told():
                    self._change_mode(page, cast(Mode, mode))

        choices = [Choice(mode, words) for mode, words in MODE_WORDS.items()]
        title = f"How is {visit.code} seen?"
        open_over(self, PickScreen(title, choices, mark=visit.mode), picked)

    def _change_mode(self, page: Page, mode: Mode) -> None:
        checklist.change_mode(self.desk, page.visit, mode)
        self.reload()
        self.say_saved(f"{page.visit.code}: {MODE_WORDS[mode]}; ticks of shared lines stay")

    # Keys

    def action_back(self) -> None:
        """Back to where this was opened."""
        self.go(self.before)

    def action_tick(self) -> None:
        """Tick the marked line."""
        kind, id_ = self.marked()
        with self.told():
            if kind != "item":
                raise Refused("No line of the list is marked.", "Move to one with the arrows.")
            self._tick(id_)

    def action_mode(self) -> None:
        """Turn to the next mode."""
        with self.told():
            page = self._shown()
            self._change_mode(page, rooms.next_mode(page.visit.mode))

    def action_visit(self, by: int) -> None:
        """To the checklist of the next visit, or of the one before."""
        with self.told():
            page = self._shown()
            there = page.after if by > 0 else page.before
            if not there:
                self.say(f"{page.visit.code} is the {'last' if by > 0 else 'first'} visit")
                return
            self.visit_id = there
            self.reload()
            self.rows.action_edge(-1)
            self.say("")

    def action_enter(self) -> None:
        """Enter the room; open lines are told there once more."""
        with self.told():
            page = self._shown()
            visiting.may_enter(self.desk, page.visit)
            self.go(
                "visit", page.visit.id, "" if page.entered else checklist.told_open(page.open_items)
            )


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"
