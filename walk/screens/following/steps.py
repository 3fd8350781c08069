"""Next steps: who does what by when at which level, what the plan lacks, what the staff is told."""

from __future__ import annotations

from typing import ClassVar, Literal, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from walk.model import Step
from walk.model.step import StepStatus
from walk.routine.debriefing import debrief
from walk.routine.debriefing.debrief import PoolNote, Table
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.following.step_list import study_is_due
from walk.routine.following.step_test import learned_so_far
from walk.routine.following.steps import Missing
from walk.routine.following.steps_told import STATUSES
from walk.routine.visiting import door
from walk.screens.ask import Ask, Values
from walk.screens.dialogs import ReadDialog
from walk.screens.following.steps_before import learned_asks, open_steps_before
from walk.screens.following.steps_ending import EndingScreen
from walk.screens.following.steps_form import (
    DESIGNS,
    about_step,
    in_lines,
    in_rows,
    kept,
    standing,
    step_fields,
)
from walk.screens.following.steps_keys import KEYS
from walk.screens.over import open_over
from walk.screens.team import KeyedList
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import short_date
from walk.widgets.prose import prose_width

STEP_ONLY = {"edit", "agree", "finish", "withdraw", "test"}
WORDS_LOOKED_AT = 400
NOTHING_LACKS = "Nothing is missing: c closes the walk. m shows the steps."
NOTHING_LACKED = "Nothing is missing. m shows the steps."
Shows = Literal["steps", "wonderings", "missing"]


class StepsScreen(EndingScreen):
    """Next steps by date; what is missing; wonderings for the staff; how the walk ends."""

    CSS_PATH = "steps.tcss"
    full_rows = (4, 7, 12)
    name_in_app = "steps"
    stage = steps.STAGE
    heading = "Next steps"
    protocol_step = "next"
    HELP_WORDS = (
        "Who does what by when, at every level: teacher, teacher team, coach, school and district "
        "leader, and the walkers themselves. A step rests on a trend, a wondering or the inquiry. "
        "t shows one in full: what to look for, a small test of change, and one practical measure "
        "with its values by date.\n"
        "m lists what the plan lacks, until it is there or waived with a reason. A walk closes "
        "with a step owned above the teacher and one designed with the host teachers: proposed "
        "until they have agreed. The lead may close without one of them; the reason is printed. A "
        "walk that did not take place is called off. A step closes with what was learned.\n"
        "w shows the wonderings: Space chooses those that the staff summary will hold."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a step to stand on."""
        super().__init__(desk, at, say)
        self.shows: Shows = "steps"
        """What the list shows."""
        self.table = Table((), (), ())
        self.held: list[Step] = []
        self.lacking: list[Missing] = []
        self.before = False
        """Earlier walks of this host school left steps open."""
        self.bases: dict[str, str] = {}
        """What a step may rest on, in words, by id."""

    def body(self) -> ComposeResult:
        """How the walk stands, the list, and what is in hand in full."""
        yield Static(id="standing")
        yield Static(id="head")
        yield KeyedList(id="list", lines_most=2)
        yield Static(id="full")

    @property
    def rows(self) -> KeyedList:
        """The steps, the wonderings, or what is missing."""
        return self.query_one("#list", KeyedList)

    # Reading

    def read(self) -> None:
        """Steps, wonderings, what is missing, and closing."""
        self.table = debrief.table(self.desk, lay="wonderings")
        self.held = steps.steps(self.desk)
        self.lacking = steps.missing(self.desk)
        self.before = bool(steps.open_before(self.desk))
        self.closing = steps.closing(self.desk)
        self.bases = {"inquiry": "the inquiry"}
        for view in self.table.themes:
            if view.trend:
                self.bases[view.trend.id] = f"trend: {view.trend.statement}"
        for one in self.table.wonderings:
            self.bases[one.note.id] = f"wondering: {one.words}"
        width = prose_width(self.app.size.width)
        self.query_one("#standing", Static).update(
            Content("\n".join(in_lines(standing(self.desk, self.closing), width)))
        )
        self._show_list(self.at)
        self.at = ""

    @property
    def in_hand(self) -> Step | None:
        """The step the marker stands on."""
        row = self.rows.choice
        return next((one for one in self.held if row and one.id == row.id), None)

    @property
    def note_in_hand(self) -> PoolNote | None:
        """The wondering the marker stands on."""
        row = self.rows.choice
        found = self.table.wonderings if self.shows == "wonderings" else ()
        return next((one for one in found if row and one.note.id == row.id), None)

    @property
    def missing_in_hand(self) -> Missing | None:
        """What is missing where the marker stands."""
        row = self.rows.choice if self.shows == "missing" else None
        return next((one for one in self.lacking if row and one.key == row.id), None)

    def _show_list(self, mark: str = "") -> None:
        chosen = steps.for_staff(self.desk)
        if self.shows == "wonderings":
            head = f"Wonderings · {len(chosen)} chosen for the staff (Space)"
            rows = [
                Choice(
                    one.note.id,
                    one.words[:WORDS_LOOKED_AT],
                    side="for the staff ●" if one.note.id in chosen else "",
                )
                for one in self.table.wonderings
            ] or [
                heading(
                    "No wonderings yet. Notes typed with ? in front come here; w shows the steps."
                )
            ]
        elif self.shows == "missing":
            head = "What the plan lacks, until it is there or waived with a reason (Space)"
            rows = [
                Choice(one.key, one.words, label="·" if one.waived_why else "○", side=_waived(one))
                for one in self.lacking
            ] or [heading(NOTHING_LACKS if self.closing is None else NOTHING_LACKED)]
        else:
            head = f"Next steps · {len(self.held)} · wonderings for the staff: {len(chosen)} (w)"
            rows = [self._step_row(one) for one in self.held] or [
                heading("No next step yet. n writes the first one.")
            ]
        self.query_one("#head", Static).update(Content(one_line(head)))
        self.rows.show(rows, mark=mark)
        self._show_full()
        self.refresh_bindings()

    def _step_row(self, step: Step) -> Choice:
        today = self.desk.today()
        when = short_date(step.by_when, today) if step.by_when else "no date"
        if step.status != "open":
            when = f"✓ {when}"
        parts = ["study due" if study_is_due(step, today) else "", step.level, step.design]
        return Choice(
            step.id,
            step.what[:WORDS_LOOKED_AT],
            label=when,
            side=" · ".join(one for one in parts if one),
        )

    def _show_full(self) -> None:
        width = prose_width(self.app.size.width)
        step, note, lacks = self.in_hand, self.note_in_hand, self.missing_in_hand
        lines: list[str] = []
        told: list[str] = []
        if note:
            lines = wrap(note.words, width)
        elif lacks:
            lines = wrap(lacks.words[:1].upper() + lacks.words[1:], width)
            told = wrap(f"Done without: {lacks.waived_why}", width) if lacks.waived_why else []
        elif step:
            lines, told = wrap(step.what, width), about_step(step, self.bases)
        room = max(1, self.room() - len(told))
        if len(lines) > room:
            rest = "… Enter reads all" if note else one_line(" ".join(lines[room - 1 :]), width)
            lines = [*lines[: room - 1], rest]
        shown = "\n".join(in_rows(told, width, self.room() - len(lines)))
        full = self.query_one("#full", Static)
        full.display = self.rows.choice is not None
        full.update(Content.assemble("\n".join(lines), ("\n" + shown, "$text-muted")))

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_full()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        allowed = super().check_action(action, parameters)
        if not allowed:
            return allowed
        if action in STEP_ONLY:
            return self.shows == "steps" and bool(self.held)
        if action == "choose":
            return self.shows == "wonderings"
        if action == "waive":
            return self.shows == "missing" and bool(self.lacking)
        if action == "earlier":
            return self.before
        if action == "reopen":
            return self.closing is not None
        return not (action == "call_off" and self.closing is not None)

    # Keys: steps

    def action_add(self) -> None:
        """Write a new next step."""
        self._show("steps")
        blank = Step(id=self.desk.new_id(), walk=self.desk.walk_id, what="", rests_on=self._basis())

        def save(values: Values) -> str:
            step = steps.add(self.desk, values[0], **kept(values))
            self.at = step.id
            return door.not_printed(self.desk, step) or "Next step added"

        self.ask(
            "A new next step",
            step_fields(self.bases, blank, self.desk.today()),
            save,
            place=f"step:new:{self.desk.walk_id}",
        )

    def _basis(self) -> str:
        need = (one.trend for one in self.table.themes if one.trend)
        return next((one.id for one in need if one.polarity == "need"), "inquiry")

    def action_edit(self) -> None:
        """Change the step in hand."""
        step = self.in_hand
        if step is None:
            return

        def save(values: Values) -> str:
            changed = steps.change(self.desk, step, what=values[0], **kept(values))
            self.at = step.id
            return door.not_printed(self.desk, changed) or "Next step changed"

        fields = step_fields(self.bases, step, self.desk.today())
        self.ask("This next step", fields, save, place=f"step:{step.id}")

    @on(ChoiceList.Chosen)
    def _chosen(self) -> None:
        note = self.note_in_hand
        if note:
            self.app.push_screen(ReadDialog("Wondering", note.words))
        elif self.missing_in_hand:
            self.action_waive()
        else:
            self.action_edit()

    def action_agree(self) -> None:
        """Turn the step in hand through: not the hosts', proposed, agreed."""
        step = self.in_hand
        if step:
            with self.told():
                changed = steps.agree(self.desk, step)
                self.reload()
                self.say_saved(dict(DESIGNS)[changed.design].capitalize())

    def action_test(self) -> None:
        """Show the step in hand in full, with its small test and its measure."""
        from walk.screens.following.step_test import StepTestScreen

        step = self.in_hand
        if step:
            open_over(self, StepTestScreen(self.desk, step.id), lambda _: self._read_again(step.id))

    def _read_again(self, step: str) -> None:
        with self.told():
            self.at = step
            self.reload()

    def action_earlier(self) -> None:
        """Show the open steps of earlier walks."""
        open_steps_before(self)

    def action_finish(self) -> None:
        """Close the step in hand with what was learned; a closed one is open again."""
        step = self.in_hand
        if step is None:
            return
        if step.status != "open":
            self.do(lambda: steps.not_done(self.desk, step), "Open again")
            return

        def save(values: Values) -> str:
            learned, how = values
            changed = steps.done(self.desk, step, learned, cast(StepStatus, how))
            return door.not_printed(self.desk, changed) or f"Step {STATUSES[how]}"

        self.ask(
            "What was learned?",
            learned_asks(learned_so_far(step)),
            save,
            place=f"learned:{step.id}",
            note=one_line(step.what, 120),
        )

    def action_withdraw(self) -> None:
        """Take the step in hand back."""
        step = self.in_hand
        if step:
            self.do(lambda: steps.withdraw(self.desk, step), "Step taken back, u brings it again")

    # Keys: what the list shows

    def _show(self, wanted: Shows) -> None:
        if self.shows != wanted:
            self.shows = wanted
            self._show_list()
            self.rows.action_edge(-1)

    def action_wonderings(self) -> None:
        """Show the wonderings; from there, the steps."""
        self._show("steps" if self.shows == "wonderings" else "wonderings")

    def action_missing(self) -> None:
        """Show what is missing; from there, the steps."""
        self._show("steps" if self.shows == "missing" else "missing")

    def step_back(self) -> bool:
        """From the wonderings, or from what is missing, to the steps."""
        if self.shows == "steps":
            return False
        self._show("steps")
        return True

    def action_waive(self) -> None:
        """Do without what is in hand, for a reason; what was waived is wanted after all."""
        lacks = self.missing_in_hand
        if lacks is None:
            return
        if lacks.waived_why:
            self.do(lambda: steps.want_again(self.desk, lacks), "Wanted after all")
            return

        def save(values: Values) -> str:
            steps.waive(self.desk, lacks, values[0])
            return "Done without, and why is kept"

        self.ask(
            "Why without it?",
            [Ask("", "", "one sentence; the team can read it")],
            save,
            place=f"waive:{lacks.key.replace(':', ' ')}:{self.desk.walk_id}",
            note=lacks.words[:1].upper() + lacks.words[1:],
        )


def _waived(one: Missing) -> str:
    return "done without" if one.waived_why else ""
