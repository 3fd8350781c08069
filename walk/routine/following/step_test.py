"""A step's small test of change, and the one practical measure that goes with it."""

from __future__ import annotations

import re

from walk.errors import Refused
from walk.model import Measure, MeasureValue, Step, measure_id
from walk.model.measure import MOST
from walk.model.step import Outcome
from walk.reports.measure_chart import Point
from walk.reports.measure_chart import value_words as value_words
from walk.routine.dates import AS_WRITTEN
from walk.routine.desk import Desk
from walk.routine.following.step_list import STAGE, as_it_is, date_text, day_of, measure_of
from walk.text import accept, one_line

NEVER_PER_TEACHER = (
    "Count the work of the whole team or school, never one teacher's: no name, no room, no code."
)
"""Said wherever a measure or a value is entered."""
VALUES_MOST = 400
"""Values of one measure."""
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?", re.ASCII)


# The small test


def plan_test(desk: Desk, step: Step, *, change: str, prediction: str, study_on: str) -> Step:
    """Say what is tried on a small scale, what is predicted, and when it is looked at.

    Where an earlier test was studied already, what it showed is kept with what was learned, and
    this is the next test.
    """
    if not change.strip() and (prediction.strip() or study_on.strip()):
        raise Refused("A small test says what is changed.", "One sentence is enough.")
    fields = {
        "test_change": accept(change.strip()),
        "prediction": accept(prediction.strip()),
        "study_on": date_text(study_on),
    }
    step = as_it_is(desk, step)
    before = {name: getattr(step, name) for name in fields}
    if step.outcome and fields != before:
        fields |= {"learned": learned_so_far(step), "outcome": "", "studied": ""}
    changed = step.changed(**fields)
    desk.save(STAGE, "small test planned", changed)
    return changed


def study(desk: Desk, step: Step, outcome: Outcome, studied: str) -> Step:
    """Say what the small test showed, and whether to adopt, adapt or abandon the change."""
    step = as_it_is(desk, step)
    if not step.test_change:
        raise Refused("There is no small test to study.", "Say first what is changed.")
    if outcome and not studied.strip():
        raise Refused("What did the test show?", "One sentence beside the prediction is enough.")
    changed = step.changed(outcome=outcome, studied=accept(studied.strip()))
    desk.save(STAGE, "small test studied", changed)
    return changed


def learned_so_far(step: Step) -> str:
    """What was learned, with what the small test showed where that is not said in it yet."""
    if not step.studied or step.studied in step.learned:
        return step.learned
    said = f"Small test ({step.outcome}): {step.studied}" if step.outcome else step.studied
    return f"{step.learned}\n{said}".strip()


# The measure


def name_measure(desk: Desk, step: Step, what: str, unit: str) -> Measure:
    """Say what is counted or timed for a step, and in which unit; its values stay."""
    if not what.strip():
        raise Refused("A measure says what is counted or timed.", "A few words are enough.")
    held = measure_of(desk, as_it_is(desk, step)) or _new(desk, step)
    changed = held.changed(what=_line(what), unit=_line(unit))
    desk.save(STAGE, "measure named", changed)
    return changed


def put_value(
    desk: Desk,
    step: Step,
    on: str,
    value: str,
    remark: str = "",
    *,
    instead: MeasureValue | None = None,
) -> Measure:
    """Write down what was counted on a day; another value of that day is replaced.

    `instead` is a value that was wrong, which this one takes the place of.
    """
    held = measure_of(desk, as_it_is(desk, step))
    if held is None or not held.what:
        raise Refused("It is not said yet what is counted.", "Name the measure first.")
    day = date_text(on)
    if not day:
        raise Refused("A value needs its day.", f"{AS_WRITTEN}.")
    made = MeasureValue(on=day, value=number(value), remark=_line(remark))
    others = [one for one in held.values if one.on != day and one != instead]
    if len(others) >= VALUES_MOST:
        raise Refused(
            f"A measure holds at most {VALUES_MOST} values.", "Count more seldom, or take some out."
        )
    changed = held.changed(values=sorted([*others, made], key=lambda one: one.on))
    desk.save(STAGE, f"value of {day} written down", changed)
    return changed


def drop_value(desk: Desk, step: Step, value: MeasureValue) -> None:
    """Take a value out; undo brings it back."""
    held = measure_of(desk, step)
    if held is not None and value in held.values:
        rest = tuple(one for one in held.values if one != value)
        desk.save(STAGE, f"value of {one_line(value.on, 12)} taken out", held.changed(values=rest))


def number(text: str) -> float:
    """The number that somebody typed, such as 12, -3, 2.5 or 1,200; Refused for anything else."""
    said = _NUMBER.fullmatch(text.strip().replace("−", "-"))
    if said is None or not (said[2] or said[3]):
        raise Refused(
            f"“{one_line(text, 30)}” is not a number." if text.strip() else "The value is missing.",
            "Write it like 12 or 2.5; the unit stands with the measure.",
        )
    found = float(f"{said[1]}{(said[2] or '0').replace(',', '')}{said[3] or ''}")
    if abs(found) > MOST:
        raise Refused("This number is too great for a practical measure.", "Use a larger unit.")
    return found


def points(measure: Measure) -> list[Point]:
    """The values that have a day, by date; what a chart is drawn from."""
    found = [(day, one.value) for one in measure.values if (day := day_of(one.on))]
    return sorted(found)


def titled(measure: Measure) -> str:
    """What is counted, with its unit: "second questions planned (a week)"."""
    return f"{measure.what} ({measure.unit})" if measure.unit else measure.what


def value_line(value: MeasureValue, unit: str = "", *, day: bool = False) -> str:
    """A value with its unit and remark: "4 minutes · first try"; `day` puts its date before it."""
    said = f"{value_words(value.value)} {unit}".strip()
    said = f"{value.on}: {said}" if day else said
    return f"{said} · {value.remark}" if value.remark else said


def _new(desk: Desk, step: Step) -> Measure:
    return Measure(id=measure_id(step.id), walk=desk.walk_id, step=step.id)


def _line(words: str) -> str:
    return " ".join(accept(words).split())
