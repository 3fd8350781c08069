"""The team's inquiry cycle: a walk names it and its stage; what belongs to one stands by date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from walk.debrief import code_mask
from walk.errors import Refused
from walk.model import Closing, Measure, Step, Visit, Walk, closing_id
from walk.model.walk import CycleStage
from walk.routine.desk import Desk
from walk.routine.following.step_list import study_is_due
from walk.routine.following.step_test import titled, value_line
from walk.routine.following.steps_before import same_school
from walk.routine.following.steps_told import OUTCOMES, STATUSES
from walk.routine.planning.focus_change import STAGE as PREPARE
from walk.text import accept

STAGES: tuple[CycleStage, ...] = get_args(CycleStage)
"""Empty first, then in the order in which a cycle goes through them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a cycle on one day. It names nobody."""

    on: str
    """ISO date; empty where there is none yet."""
    kind: str
    """walk, step, study or measure."""
    words: str
    walk: str
    """The id of the walk it belongs to."""
    step: str = ""
    """The id of the step it belongs to, if any."""
    ahead: bool = False
    """It is still to come, or was to come and nobody has said how it went."""


@dataclass(frozen=True, slots=True)
class InLine:
    """All of one cycle, in line by date; what has no date comes last."""

    name: str
    entries: tuple[Entry, ...]
    stages: tuple[tuple[str, str], ...]
    """The stage that each walk named, with the walk's ISO date, the earliest first."""
    others: tuple[str, ...]
    """The names of the other cycles of this host school."""


def cycle_words(name: str, stage: str) -> str:
    """“Inquiry cycle: Evidence in talk · stage: learn”; nothing where none is named."""
    if not name.strip():
        return ""
    return f"Inquiry cycle: {name.strip()}" + (f" · stage: {stage}" if stage else "")


def plain_name(name: str) -> str:
    """A cycle's name, however it is spaced or capitalised."""
    return " ".join(name.casefold().split())


def name_cycle(desk: Desk, name: str, stage: CycleStage) -> None:
    """Say which inquiry cycle the walk on the desk is a part of, and where that stands."""
    said = " ".join(accept(name).split())
    if stage and not said:
        raise Refused("A stage belongs to a cycle.", "Name the cycle, or leave both empty.")
    changed = desk.walk.changed(cycle=said, cycle_stage=stage)
    desk.save(PREPARE, "inquiry cycle named", changed)


def names(desk: Desk) -> list[str]:
    """The cycles that walks of this host school have named, the one used last first."""
    found: dict[str, str] = {}
    for walk in sorted(_of_school(desk), key=lambda one: (one.date, one.id), reverse=True):
        if walk.cycle.strip():
            found.setdefault(plain_name(walk.cycle), walk.cycle)
    return list(found.values())


def in_line(desk: Desk, name: str = "") -> InLine:
    """Walks, steps and measures of a cycle of this host school; of that of the walk on the desk,
    unless another is named.
    """
    wanted = name or desk.walk.cycle
    plain = plain_name(wanted)
    walks = [one for one in _of_school(desk) if plain and plain_name(one.cycle) == plain]
    walks.sort(key=lambda one: (one.date or "9999", one.id))
    entries = [entry for walk in walks for entry in _masked(desk, walk)]
    # Python's sort keeps the order of what lies on one day: a walk before what came of it.
    entries.sort(key=lambda one: one.on or "9999")
    return InLine(
        name=wanted,
        entries=tuple(entries),
        stages=tuple((one.date, one.cycle_stage) for one in walks if one.cycle_stage),
        others=tuple(one for one in names(desk) if plain_name(one) != plain),
    )


def _of_school(desk: Desk) -> list[Walk]:
    every = [one.record for one in desk.store.every(Walk)]
    here = desk.store.get(Walk, desk.walk_id) if desk.walk_id else None
    school = same_school(every, here)
    return [one for one in every if school(one)]


def _masked(desk: Desk, walk: Walk) -> Iterator[Entry]:
    """What belongs to a walk; a visit code in people's words would point to a room."""
    mask = code_mask(one.record.code for one in desk.store.all(Visit, walk.id))
    return (replace(one, words=mask(one.words)) for one in _of_walk(desk, walk))


def _of_walk(desk: Desk, walk: Walk) -> Iterator[Entry]:
    closing = desk.store.get(Closing, closing_id(walk.id))
    how = f" · {closing.how}" if closing else ""
    stage = f" · stage: {walk.cycle_stage}" if walk.cycle_stage else ""
    today = desk.today().isoformat()
    words = f"{walk.title or 'A walk'}{stage}{how}"
    yield Entry(walk.date, "walk", words, walk.id, ahead=closing is None and walk.date > today)
    measures = {one.record.step: one.record for one in desk.store.all(Measure, walk.id)}
    for held in desk.store.all(Step, walk.id):
        yield from _of_step(desk, walk, held.record, measures.get(held.record.id))


def _of_step(desk: Desk, walk: Walk, step: Step, measure: Measure | None) -> Iterator[Entry]:
    """A step on the day it is to be done by or was closed, its small test, its values."""
    open_ = step.status == "open"
    learned = f" · learned: {step.learned}" if step.learned and not open_ else ""
    how = "" if open_ else f" · {STATUSES[step.status]}"
    said = f"{step.level}: {step.what}{how}{learned}"
    on = step.by_when if open_ else step.closed_on or step.by_when
    yield Entry(on, "step", said, walk.id, step.id, ahead=open_)
    if step.test_change:
        yield Entry(
            step.study_on,
            "study",
            _study(desk, step),
            walk.id,
            step.id,
            ahead=open_ and not step.outcome,
        )
    for value in measure.values if measure else ():
        words = f"{titled(measure)}: {value_line(value)}" if measure else ""
        yield Entry(value.on, "measure", words, walk.id, step.id)


def _study(desk: Desk, step: Step) -> str:
    if step.outcome:
        how = f"{OUTCOMES[step.outcome]} · {step.studied}"
    else:
        how = "to study by now" if study_is_due(step, desk.today()) else "to study"
    return f"small test: {step.test_change} · {how}"
