"""One step in full: what to look for, its small test of change, and its measure by date."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType

from walk.model import Measure, MeasureValue, Step
from walk.model.step import Horizon, Outcome
from walk.reports.measure_chart import chart
from walk.routine.desk import Desk
from walk.routine.following import step_acts, step_test
from walk.routine.following.step_list import HORIZONS, STAGE, day_of, measure_of, study_is_due
from walk.routine.following.steps_told import OUTCOMES
from walk.routine.visiting import door
from walk.screens.ask import Ask, Values
from walk.screens.dialogs import ReadDialog
from walk.screens.following.step_over import LAST_KEYS, StepOver
from walk.screens.following.steps_form import coming_day_ask, weekday
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import example, short_date

WORDS_LOOKED_AT = 400
NO_TEST = "none planned yet: Enter plans one"
NO_MEASURE = "nothing counted yet: Enter names it"
NOT_A_PERSON = "Of what students say, write and do; never a judgement of one teacher."
STUDY_WORDS = (
    "Look at what you predicted and at what happened. Adopt: it goes on as it is. Adapt: another "
    "small test follows. Abandon: it is let go, and that is a result too."
)


class StepTestScreen(StepOver):
    """What comes with one step: evidence, small test, measure."""

    heading = "A next step · small test and measure"
    HELP_WORDS = (
        "A step may be tried on a small scale first: say what you change, what you think will "
        "happen, and when you look at it. On that day o says what it showed, and whether you "
        "adopt it, adapt it or abandon it.\n"
        "One practical measure is enough: something that is quickly counted or timed. Its values "
        f"stand by date in a small chart. {step_test.NEVER_PER_TEACHER}"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "test", "test", id="test.plan", tooltip="Plan the small test"),
        Binding("o", "study", "outcome", id="test.study", tooltip="What the small test showed"),
        Binding("m", "measure", "measure", id="test.measure", tooltip="Say what is counted"),
        Binding("v", "value", "value", id="test.value", tooltip="Write down a value of a day"),
        Binding(
            "e",
            "evidence",
            "look for",
            id="test.evidence",
            tooltip="What we will look for, and how far it reaches",
        ),
        Binding(
            "delete,backspace",
            "drop",
            "take out",
            id="test.drop",
            show=False,
            tooltip="Take the value in hand out",
        ),
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk, step: str) -> None:
        """`step` is the id of a step of the walk in hand."""
        super().__init__(desk)
        self.step_id = step
        self.measure: Measure | None = None

    # Reading

    @property
    def step(self) -> Step:
        """The step as it is now; an empty one where it was taken back meanwhile."""
        found = self.desk.store.get(Step, self.step_id)
        return found or Step(id=self.step_id, walk=self.desk.walk_id, what="(taken back)")

    def head(self) -> str:
        """What will be done."""
        return self.step.what

    def read(self) -> Sequence[Choice]:
        """What is looked for, the test, the measure and its values, the latest first."""
        step = self.step
        self.measure = measure_of(self.desk, step)
        return [*_about(step), *self._test(step), *self._measured(self.measure)]

    def _test(self, step: Step) -> list[Choice]:
        rows = [heading("Small test of change")]
        if not step.test_change:
            return [*rows, Choice("test", NO_TEST, label="We change")]
        outcome = OUTCOMES.get(step.outcome, "not studied yet")
        studied = f"{outcome} · {step.studied}" if step.studied else outcome
        return [
            *rows,
            _row("test", "We change", step.test_change),
            _row("test predict", "We predict", step.prediction or "nothing said"),
            _row("test study", "Study on", self._study_day(step)),
            _row("study", "Outcome", studied),
        ]

    def _study_day(self, step: Step) -> str:
        today, day = self.desk.today(), day_of(step.study_on)
        if day is None:
            return "no date yet"
        words = weekday(step.study_on, today)[0][1]
        if study_is_due(step, today):
            return f"{words} · due: o says what it showed"
        return words

    def _measured(self, measure: Measure | None) -> list[Choice]:
        rows = [heading("Measure, by date")]
        if measure is None or not measure.what:
            return [*rows, Choice("measure", NO_MEASURE, label="We count")]
        rows.append(_row("measure", "We count", step_test.titled(measure)))
        today = self.desk.today()
        for place, one in reversed(list(enumerate(measure.values))):
            day = short_date(one.on, today)
            rows.append(_row(f"value {place}", day, step_test.value_line(one, measure.unit)))
        return rows

    @property
    def value_in_hand(self) -> MeasureValue | None:
        """The value the marker stands on."""
        row = self.rows.choice
        kind, _, place = (row.id if row else "").partition(" ")
        if kind != "value" or self.measure is None or int(place) >= len(self.measure.values):
            return None
        return self.measure.values[int(place)]

    def full(self, width: int) -> list[str]:
        """The chart; on a row of words, those in full where they are long."""
        row = self.rows.choice
        lines = wrap(row.words, width) if row and not row.id.startswith("value") else []
        if len(lines) > 2:
            return lines
        points = step_test.points(self.measure) if self.measure else []
        return chart(points, width=min(width, 76), height=max(3, self.room - 2))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        if not self.is_mounted:
            return False
        if action == "study":
            return bool(self.step.test_change)
        if action == "drop":
            return self.value_in_hand is not None
        return True

    # Keys

    @on(ChoiceList.Chosen)
    def _change(self, event: ChoiceList.Chosen) -> None:
        kind = event.choice.id.partition(" ")[0]
        {
            "evidence": self.action_evidence,
            "test": self.action_test,
            "study": self.action_study,
            "measure": self.action_measure,
            "value": self._change_value,
            "read": self._read,
        }[kind]()

    def _read(self) -> None:
        row = self.rows.choice
        if row:
            self.app.push_screen(ReadDialog(row.label, row.words))

    def action_evidence(self) -> None:
        """Say what we will look for, and how far the step reaches."""
        step = self.step

        def save(values: Values) -> str:
            evidence, horizon = values
            changed = step_acts.look_for(self.desk, step, evidence, cast(Horizon, horizon))
            return self._kept(changed, "Evidence to look for is said")

        asks = [
            Ask("Evidence we will look for", step.evidence, "what students will say, write or do"),
            Ask(
                "Horizon",
                step.horizon,
                options=tuple((one, one or "not said") for one in HORIZONS),
            ),
        ]
        self.ask("How we will know", asks, save, place=f"evidence:{step.id}", note=NOT_A_PERSON)

    def action_test(self) -> None:
        """Plan the small test, or the next one."""
        step = self.step

        def save(values: Values) -> str:
            change, prediction, study_on = values
            changed = step_test.plan_test(
                self.desk, step, change=change, prediction=prediction, study_on=study_on
            )
            return self._kept(changed, "Small test planned")

        asks = [
            Ask("What do we change, once, with few?", step.test_change, "one sentence"),
            Ask("What do we think will happen?", step.prediction, "one sentence"),
            coming_day_ask(step.study_on, self.desk.today(), "Study on"),
        ]
        note = "What the last test showed stays with what was learned." if step.outcome else ""
        self.ask("Small test of change", asks, save, place=f"test:{step.id}", note=note)

    def action_study(self) -> None:
        """Say what the test showed, and what follows."""
        step = self.step
        if not step.test_change:
            return

        def save(values: Values) -> str:
            studied, outcome = values
            changed = step_test.study(self.desk, step, cast(Outcome, outcome), studied)
            return self._kept(changed, "Small test studied")

        words = [("", "not studied yet"), *OUTCOMES.items()]
        asks = [
            Ask("What did it show, beside the prediction?", step.studied, "one sentence"),
            Ask("What follows", step.outcome, options=tuple(words)),
        ]
        self.ask("Study the small test", asks, save, place=f"study:{step.id}", note=STUDY_WORDS)

    def action_measure(self) -> None:
        """Say what is counted or timed."""
        step, held = self.step, self.measure

        def save(values: Values) -> str:
            measure = step_test.name_measure(self.desk, step, *values)
            return door.not_printed(self.desk, measure) or "Measure named"

        what, unit = (held.what, held.unit) if held else ("", "")
        asks = [
            Ask("What is counted or timed", what, "something quickly done", one_row=True),
            Ask("Unit", unit, "a week, minutes … may stay empty", one_row=True),
        ]
        note = step_test.NEVER_PER_TEACHER
        self.ask("One practical measure", asks, save, place=f"measure:{step.id}", note=note)

    def action_value(self) -> None:
        """Write down the value of a day; first what is counted, where nobody has said it."""
        if self.measure is None or not self.measure.what:
            self.action_measure()
            return
        self._ask_value(MeasureValue(on=self.desk.today().isoformat(), value=0), new=True)

    def _change_value(self) -> None:
        value = self.value_in_hand
        if value:
            self._ask_value(value, new=False)

    def _ask_value(self, value: MeasureValue, *, new: bool) -> None:
        step, measure, today = self.step, self.measure, self.desk.today()
        if measure is None:
            return
        count = "" if new else step_test.value_words(value.value)
        unit = f" ({measure.unit})" if measure.unit else ""

        def save(values: Values) -> str:
            count, on, remark = values
            changed = step_test.put_value(
                self.desk, step, on, count, remark, instead=None if new else value
            )
            return door.not_printed(self.desk, changed) or "Value written down"

        advise = partial(weekday, today=today)
        asks = [
            Ask(one_line(f"How much{unit}", 60), count, one_row=True),
            Ask("On", value.on, f"like {example(today)}", one_row=True, advise=advise),
            Ask("Remark", value.remark, "a few words; may stay empty", one_row=True),
        ]
        at = "new" if new else value.on
        note = step_test.NEVER_PER_TEACHER
        title = one_line(measure.what, 60)
        self.ask(title, asks, save, place=f"value:{step.id}:{at}", note=note)

    def action_drop(self) -> None:
        """Take the value in hand out."""
        value = self.value_in_hand
        if value:
            self.do(
                lambda: step_test.drop_value(self.desk, self.step, value),
                "Value taken out, u brings it back",
            )

    def _kept(self, step: Step, words: str) -> str:
        return door.not_printed(self.desk, step) or words

    def turn_back(self) -> str | None:
        """Undo the last act on steps."""
        return self.desk.undo(STAGE)

    def turn_again(self) -> str | None:
        """Do it again."""
        return self.desk.redo(STAGE)


def _about(step: Step) -> list[Choice]:
    rows = [_row("evidence", "Look for", step.evidence or "not said yet: Enter says it")]
    rows.append(_row("evidence horizon", "Horizon", step.horizon or "not said"))
    if step.learned:
        rows.append(_row("read", "Learned", step.learned))
    return rows


def _row(id_: str, label: str, words: str) -> Choice:
    return Choice(id_, words[:WORDS_LOOKED_AT], label=label)
