"""The plan of next steps in lines, for the command line: what comes back, the steps, what lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from walk.debrief import code_mask
from walk.model import Measure, Note, Step, Trend, Visit
from walk.reports.measure_chart import chart
from walk.reports.measure_chart import in_words as values_in_words
from walk.routine.desk import Desk
from walk.routine.following.plan_missing import missing
from walk.routine.following.step_list import measure_of, steps, study_is_due
from walk.routine.following.step_test import points, titled
from walk.routine.following.steps_before import OpenStep, open_before
from walk.text import one_line, safe

DESIGNS = {
    "": "not the host teachers' step",
    "proposed": "proposed to the host teachers",
    "agreed": "agreed with the host teachers",
}
"""How a step stands with the host teachers, in words."""
OUTCOMES = {"adopt": "adopt it", "adapt": "adapt it and try again", "abandon": "abandon it"}
"""What a small test led to, in words."""
STATUSES = {"open": "open", "done": "done", "dropped": "not carried on"}
"""How a step stands, in words."""
_CHART_WIDTH = 72


def in_words(desk: Desk) -> list[str]:
    """All of it: open steps of earlier walks of this host school come first.

    Visit codes are masked, as these lines may be handed on.
    """
    lines = []
    before = open_before(desk)
    if before:
        said = (_masked(desk, one.walk, _before(one)) for one in before)
        lines += ["Open from earlier walks:", *(line for some in said for line in some)]
        lines += ["", "This walk:"]
    held = steps(desk)
    for step in held:
        lines += _of_step(desk, step)
    lines += [] if held else ["No next step yet."]
    return [safe(one) for one in _masked(desk, desk.walk_id, [*lines, *_lacking(desk)])]


def _masked(desk: Desk, walk: str, lines: Iterable[str]) -> list[str]:
    """Lines without the visit codes of a walk: an earlier one may have codes of its own."""
    mask = code_mask(one.record.code for one in desk.store.all(Visit, walk))
    return [mask(one) for one in lines]


def _lacking(desk: Desk) -> Iterator[str]:
    found = missing(desk)
    if not found:
        return
    yield ""
    yield "Missing until it is there, or waived with a reason:"
    for one in found:
        why = f" · done without: {one_line(one.waived_why)}" if one.waived_why else ""
        yield f"  {one.words}{why}"


def _before(one: OpenStep) -> Iterator[str]:
    yield f"{_line(one.step)} · walk of {one.walk_date or 'no date'}"


def _line(step: Step) -> str:
    owner = f"{step.level}, {step.owner}" if step.owner else step.level
    design = f" · {step.design} with the hosts" if step.design else ""
    status = "" if step.status == "open" else f" · {STATUSES[step.status]}"
    return f"{step.by_when or 'no date yet'}  {owner}: {one_line(step.what)}{design}{status}"


def _of_step(desk: Desk, step: Step) -> Iterator[str]:
    yield _line(step)
    for name, words in details(desk, step):
        yield f"    {name}: {one_line(words)}"
    measure = measure_of(desk, step)
    if measure is not None and measure.what:
        yield from _of_measure(measure)


def details(desk: Desk, step: Step) -> Iterator[tuple[str, str]]:
    """What else a step says, each with its name; what it does not say is left out."""
    support = " · ".join(one for one in (step.support_type, step.support) if one)
    studied = " · ".join(one for one in (OUTCOMES.get(step.outcome, ""), step.studied) if one)
    due = " (due)" if study_is_due(step, desk.today()) else ""
    pairs = {
        **basis(desk, step),
        "support": support,
        "horizon": step.horizon,
        "evidence": step.evidence,
        "small test": step.test_change,
        "prediction": step.prediction,
        "study on": f"{step.study_on}{due}" if step.study_on else "",
        "studied": studied,
        "learned": step.learned,
    }
    return ((name, words) for name, words in pairs.items() if words)


def basis(desk: Desk, step: Step) -> dict[str, str]:
    """What a step rests on, by its name; nothing for the inquiry itself, which is above all."""
    if len(step.rests_on) != 32:
        return {}
    if trend := desk.store.get(Trend, step.rests_on):
        return {"rests on trend": trend.statement}
    return {"rests on": "a wondering"} if desk.store.get(Note, step.rests_on) else {}


def _of_measure(measure: Measure) -> Iterator[str]:
    found = points(measure)
    said = values_in_words(found) if found else "no value yet"
    yield f"    measure: {one_line(titled(measure))}: {said}"
    for line in chart(found, width=_CHART_WIDTH, ascii_signs=True) if len(found) > 1 else ():
        yield f"    {line}"
