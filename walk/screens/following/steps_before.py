"""Open next steps of earlier walks: looked at, dated anew, closed with what was learned there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType

from walk.model.step import StepStatus
from walk.routine.desk import Desk
from walk.routine.following import steps_before
from walk.routine.following.step_list import elsewhere, study_is_due
from walk.routine.following.step_test import learned_so_far
from walk.routine.following.steps_before import OpenStep
from walk.routine.following.steps_told import STATUSES, details
from walk.screens.ask import Ask, Values
from walk.screens.base import WalkScreen
from walk.screens.dialogs import ReadDialog
from walk.screens.following.step_over import LAST_KEYS, StepOver
from walk.screens.following.steps_form import coming_day_ask
from walk.screens.over import open_over
from walk.text import one_line, safe, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import short_date

WORDS_LOOKED_AT = 400


class StepsBeforeScreen(StepOver):
    """What earlier walks of this host school left open, soonest first."""

    heading = "Open next steps of earlier walks"
    HELP_WORDS = (
        "What earlier walks of this host school left open comes back first. Look at each step "
        "before the new walk begins: close it with what was learned there, or give it another "
        "date. o opens the walk it belongs to, with its small test and its measure.\n"
        "What is closed here stays in view until you leave, marked ✓; d opens it again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "finish", "done", id="before.done", tooltip="Close it with what was learned"),
        Binding("a", "date", "another date", id="before.date", tooltip="Give it another date"),
        Binding("o", "open", "its walk", id="before.open", tooltip="Open the walk it belongs to"),
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk) -> None:
        """The desk with the new walk in hand."""
        super().__init__(desk)
        self.held: dict[str, OpenStep] = {}
        """All that stood here, by the row's id: what is closed meanwhile stays in view."""

    # Reading

    def head(self) -> str:
        """How many are open."""
        open_ = [one for one in self.held.values() if one.step.status == "open"]
        if not open_:
            return "Nothing of earlier walks is open any more."
        return steps_before.told(open_, self.desk.today())

    def read(self) -> Sequence[Choice]:
        """The open steps, and those closed here, each as it is now."""
        found = {_row_id(one): one for one in steps_before.open_before(self.desk)}
        known = {id_: steps_before.as_now(self.desk, one) for id_, one in self.held.items()}
        self.held = {**{id_: one for id_, one in known.items() if one}, **found}
        order = sorted(self.held.items(), key=lambda one: (one[1].by_when or "9999", one[0]))
        return [self._row(id_, one) for id_, one in order] or [
            heading("No step is open. Esc goes back.")
        ]

    def _row(self, id_: str, one: OpenStep) -> Choice:
        today, step = self.desk.today(), one.step
        when = short_date(step.by_when, today) if step.by_when else "no date"
        when = when if step.status == "open" else f"✓ {when}"
        late = "" < step.by_when < today.isoformat() and step.status == "open"
        due = "study due" if study_is_due(step, today) else "date passed" if late else ""
        side = " · ".join(part for part in (due, step.level) if part)
        return Choice(id_, step.what[:WORDS_LOOKED_AT], label=when, side=side)

    @property
    def in_hand(self) -> OpenStep | None:
        """The step the marker stands on."""
        row = self.rows.choice
        return self.held.get(row.id) if row else None

    def full(self, width: int) -> list[str]:
        """What it says, whose it is, and from which walk."""
        one = self.in_hand
        return self._lines(one, width) if one else []

    def _lines(self, one: OpenStep, width: int) -> list[str]:
        step, today = one.step, self.desk.today()
        owner = f"{step.level}, {step.owner}" if step.owner else step.level
        walk = short_date(one.walk_date, today) or "no date"
        told = [*wrap(step.what, width)]
        told += wrap(f"{owner} · {STATUSES[step.status]} · walk of {walk}: {one.walk_title}", width)
        for name, words in details(elsewhere(self.desk, one.walk), step):
            told += wrap(f"{name}: {words}", width)
        return told

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        if not self.is_mounted:
            return False
        if action in ("finish", "date", "open"):
            return self.in_hand is not None
        return True

    # Keys

    @on(ChoiceList.Chosen)
    def _read(self) -> None:
        one = self.in_hand
        if one:
            width = max(30, min(90, self.app.size.width - 10))
            words = "\n".join(self._lines(one, width))
            self.app.push_screen(ReadDialog("A step of an earlier walk", words))

    def action_finish(self) -> None:
        """Close the step in hand with what was learned there; a closed one is open again."""
        one = self.in_hand
        if one is None:
            return
        if one.step.status != "open":
            self.do(lambda: steps_before.open_again(self.desk, one), "Open again")
            return

        def save(values: Values) -> str:
            learned, how = values
            steps_before.close(self.desk, one, learned, cast(StepStatus, how))
            return f"Step {STATUSES[how]}"

        self.ask(
            "What was learned there?",
            learned_asks(learned_so_far(one.step)),
            save,
            place=f"learned:{one.id}",
            note=one_line(one.what, 120),
            desk=elsewhere(self.desk, one.walk),
        )

    def action_date(self) -> None:
        """Give the step in hand another date."""
        one = self.in_hand
        if one is None:
            return

        def save(values: Values) -> str:
            changed = steps_before.date_anew(self.desk, one, values[0])
            return f"Now by {short_date(changed.by_when)}" if changed.by_when else "No date now"

        self.ask(
            "Another date",
            [coming_day_ask(one.by_when, self.desk.today())],
            save,
            place=f"date:{one.id}",
            note=one_line(one.what, 120),
            desk=elsewhere(self.desk, one.walk),
        )

    def action_open(self) -> None:
        """Leave, to open the walk of the step in hand at it."""
        one = self.in_hand
        if one:
            self.leave(_row_id(one))

    def turn_back(self) -> str | None:
        """Undo the last act on a step of an earlier walk."""
        return steps_before.undo(self.desk)

    def turn_again(self) -> str | None:
        """Do it again."""
        return steps_before.redo(self.desk)


def _row_id(one: OpenStep) -> str:
    return f"{one.walk} {one.id}"


def learned_asks(learned: str) -> list[Ask]:
    """What is asked when a step is closed."""
    return [
        Ask("", learned, "what was tried, what it showed; that it was not tried counts too"),
        Ask(
            "It is",
            "done",
            options=(("done", "done"), ("dropped", "not carried on")),
        ),
    ]


def open_steps_before(below: WalkScreen) -> None:
    """Show the open steps of earlier walks over a screen; it is read again when they close."""
    desk = below.desk

    def closed(where: str | None) -> None:
        with below.told():
            if where:
                walk, _, step = where.partition(" ")
                desk.open_walk(walk)
                title = one_line(safe(desk.walk.title), 60)
                below.go("steps", step, f"Opened: {title}")
            else:
                below.reload()

    open_over(below, StepsBeforeScreen(desk), closed)
