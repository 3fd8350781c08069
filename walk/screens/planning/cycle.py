"""The inquiry cycle: walks, steps, small tests and measures in line by date, never by person."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.model import Focus, Step
from walk.reports.measure_chart import chart
from walk.routine.desk import Desk
from walk.routine.following import cycle
from walk.routine.following.cycle import Entry, InLine
from walk.routine.following.step_list import elsewhere, measure_of
from walk.routine.following.step_test import points, titled
from walk.routine.planning.focus_change import STAGE
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.team import LAST_KEYS, KeyedList, TeamScreen
from walk.text import headline, one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import short_date
from walk.widgets.prose import prose_width

WORDS_LOOKED_AT = 400
NO_CYCLE = "This walk names no inquiry cycle. Enter names it, or p goes to Prepare."


class CycleScreen(TeamScreen):
    """One line of days. Enter goes to what an entry is about."""

    CSS_PATH = "cycle.tcss"
    full_rows = (6, 8, 12)
    name_in_app = "cycle"
    stage = STAGE
    heading = "Inquiry cycle"
    HELP_WORDS = (
        "An inquiry cycle goes through stages: analyse, set goals, learn, implement, monitor. A "
        "walk is one look within it. Walks of this host school that name the same cycle stand here "
        "in line by date, with the steps and small tests that came of them and the values of "
        "their measures. Nothing stands here by person.\n"
        "Enter opens the walk at the step in hand. n names the cycle and the stage of this walk; "
        "o shows another cycle."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n", "name", "name it", id="cycle.name", tooltip="Name this walk's cycle and stage"
        ),
        Binding("o", "other", "another", id="cycle.other", tooltip="Look at another cycle"),
        Binding("f", "go('steps')", "next steps", id="cycle.steps", tooltip="To the next steps"),
        Binding("p", "go('prepare')", "prepare", id="cycle.prepare", tooltip="To Prepare"),
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the name of another cycle to look at."""
        super().__init__(desk, at, say)
        self.other = at
        self.shown = InLine("", (), (), ())

    def body(self) -> ComposeResult:
        """Name and stages, the line, and what is in hand in full."""
        yield Static(id="head")
        yield KeyedList(id="list", lines_most=2)
        yield Static(id="full")

    def over_all(self, focus: Focus) -> str:
        """Nothing: the cycle is above a single walk."""
        return ""

    @property
    def rows(self) -> KeyedList:
        """The line of days."""
        return self.query_one("#list", KeyedList)

    # Reading

    def read(self) -> None:
        """All of the cycle."""
        self.shown = cycle.in_line(self.desk, self.other)
        self.query_one("#head", Static).update(Content("\n".join(self._head())))
        rows = [self._row(place, one) for place, one in enumerate(self.shown.entries)]
        if not self.shown.name.strip():
            rows = [Choice("name", NO_CYCLE)]
        self.rows.show(_with_today(rows, self.shown, self.desk.today().isoformat()))
        self._show_full()

    def _head(self) -> list[str]:
        width = prose_width(self.app.size.width)
        name = self.shown.name.strip()
        if not name:
            others = len(self.shown.others)
            return [f"Other cycles of this host school: {others} (o)" if others else ""]
        today = self.desk.today()
        stages = [f"{stage} {short_date(on, today)}" for on, stage in self.shown.stages]
        lines = [one_line(name, width)]
        if stages:
            lines.append(one_line("Stages: " + " → ".join(stages), width))
        return lines

    def _row(self, place: int, one: Entry) -> Choice:
        on = short_date(one.on, self.desk.today()) if one.on else "no date"
        side = f"{one.kind}, open" if one.ahead else one.kind
        return Choice(str(place), one.words[:WORDS_LOOKED_AT], label=on, side=side)

    @property
    def in_hand(self) -> Entry | None:
        """The entry the marker stands on."""
        row = self.rows.choice
        if row is None or not row.id.isdecimal():
            return None
        return self.shown.entries[int(row.id)]

    def _show_full(self) -> None:
        width = prose_width(self.app.size.width)
        one = self.in_hand
        lines = self._chart(one, width) if one and one.kind == "measure" else []
        if one and not lines:
            lines = wrap(one.words, width)
        room = self.room()
        if len(lines) > room:
            lines = [*lines[: room - 1], one_line(" ".join(lines[room - 1 : room + 1]), width)]
        full = self.query_one("#full", Static)
        full.display = bool(self.shown.entries)
        full.update(Content("\n".join(lines)))

    def _chart(self, one: Entry, width: int) -> list[str]:
        there = elsewhere(self.desk, one.walk)
        step = there.store.get(Step, one.step)
        measure = measure_of(there, step) if step else None
        if measure is None:
            return []
        drawn = chart(points(measure), width=min(width, 76), height=self.room() - 3)
        return [one_line(titled(measure), width), *drawn]

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_full()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Another cycle only where there is one."""
        allowed = super().check_action(action, parameters)
        return allowed and (action != "other" or bool(self.shown.others))

    # Keys

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        if event.choice.id == "name":
            self.action_name()
            return
        one = self.in_hand
        if one is None:
            return
        if one.walk != self.desk.walk_id:
            with self.told():
                title = one_line(headline(elsewhere(self.desk, one.walk).walk.title), 60)
                self.desk.open_walk(one.walk)
                self.go("steps" if one.step else "home", one.step, f"Opened: {title}")
        else:
            self.go("steps" if one.step else "prepare", one.step)

    def action_name(self) -> None:
        """Name the cycle and the stage of the walk in hand."""
        from walk.screens.planning.prepare_cycle import cycle_asks, saved_cycle

        walk = self.desk.walk
        self.ask(
            "The inquiry cycle of this walk",
            cycle_asks(walk.cycle, walk.cycle_stage),
            lambda values: saved_cycle(self.desk, values),
            place=f"prepare:cycle:{walk.id}",
            note=one_line(f"This walk: {headline(walk.title)}", 120),
        )

    def action_other(self) -> None:
        """Look at another cycle of this host school."""
        others = self.shown.others
        choices = [Choice(str(place), one) for place, one in enumerate(others)]

        def picked(place: str | None) -> None:
            if place is not None:
                self.other = others[int(place)]
                with self.told():
                    self.reload()

        open_over(self, PickScreen("Which inquiry cycle?", choices), picked)

    def step_back(self) -> bool:
        """From another cycle to that of this walk."""
        if not self.other:
            return False
        self.other = ""
        with self.told():
            self.reload()
        return True


def _with_today(rows: list[Choice], shown: InLine, today: str) -> list[Choice]:
    """The rows, with a heading where what lies ahead begins."""
    first = next((n for n, one in enumerate(shown.entries) if not one.on or one.on > today), None)
    if first is None or not rows:
        return rows
    return [*rows[:first], heading("Ahead"), *rows[first:]]
