"""Open next steps of earlier walks of one host school: they come back first at the next walk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from walk.clock import short_day
from walk.model import Step, Walk
from walk.model.step import StepStatus
from walk.routine.desk import Desk
from walk.routine.following import step_acts
from walk.routine.following.step_list import STAGE, day_of, elsewhere, steps, study_is_due
from walk.trends import plain_name

LAST = "steps of before"
"""The local setting that says in which earlier walk a step was touched last, for undo."""


class OpenStep(NamedTuple):
    """A next step of an earlier walk that nobody has closed yet."""

    walk: str
    walk_date: str
    """ISO date."""
    walk_title: str
    step: Step

    @property
    def id(self) -> str:
        """The step's id."""
        return self.step.id

    @property
    def what(self) -> str:
        """What will be done."""
        return self.step.what

    @property
    def owner(self) -> str:
        """The label of who does it."""
        return self.step.owner

    @property
    def by_when(self) -> str:
        """ISO date, or nothing."""
        return self.step.by_when


def open_before(desk: Desk) -> list[OpenStep]:
    """Open steps of earlier walks of this host school, the earliest date first, undated ones last.

    Without a walk on the desk, those of the school of the latest walk that has some. While the
    store knows one school's name at most, a walk that names none counts as that school's.
    """
    walks, open_ = _with_open_steps(desk)
    here = desk.store.get(Walk, desk.walk_id) if desk.walk_id else None
    latest = max(walks.values(), key=lambda one: (one.date, one.id), default=None)
    school = same_school([*walks.values(), *([here] if here else [])], here or latest)
    before = {
        one.id: one
        for one in walks.values()
        if school(one) and one.id != desk.walk_id and is_before(one, here)
    }
    found = [_view(before[one.walk], one) for one in open_ if one.walk in before]
    return sorted(found, key=lambda one: (one.by_when or "9999", one.walk_date, one.id))


def _with_open_steps(desk: Desk) -> tuple[dict[str, Walk], list[Step]]:
    """The walks in this store that have open steps, and those steps."""
    open_ = [one.record for one in desk.store.every(Step, status="open")]
    found = (desk.store.get(Walk, one) for one in dict.fromkeys(one.walk for one in open_))
    return {one.id: one for one in found if one is not None}, open_


def _view(walk: Walk, step: Step) -> OpenStep:
    return OpenStep(walk.id, walk.date, walk.title, step)


def is_before(walk: Walk, here: Walk | None) -> bool:
    """True where a walk is not later than the one in hand; what has no date counts as earlier."""
    return here is None or not here.date or walk.date <= here.date


def same_school(known: Iterable[Walk], here: Walk | None) -> Callable[[Walk], bool]:
    """A function that says of a walk whether it was held at the same host school as `here`.

    `known` are the walks by which it is judged how many schools there are.
    """
    name = plain_school(here) if here else ""
    one_school = len({plain_school(one) for one in known} - {""}) <= 1
    return lambda walk: one_school or plain_school(walk) == name


def plain_school(walk: Walk) -> str:
    """The name of a walk's host school, however it is spelled."""
    return plain_name(walk.host_school)


def as_now(desk: Desk, one: OpenStep) -> OpenStep | None:
    """The same step as it is by now, open or not; None where it is gone."""
    step = desk.store.get(Step, one.id)
    return one._replace(step=step) if step else None


def due_here(desk: Desk) -> list[Step]:
    """Steps of the walk on the desk whose small test is to be looked at by now."""
    today = desk.today()
    return [one for one in steps(desk) if study_is_due(one, today)]


def told(found: Iterable[OpenStep], today: date) -> str:
    """“2 open next steps from 21 Sep · 1 small test to study”."""
    held = list(found)
    days = {one.walk_date for one in held}
    day = day_of(days.pop()) if len(days) == 1 else None
    many = "step" if len(held) == 1 else "steps"
    since = f"from {_words_of(day, today)}" if day else "from earlier walks"
    due = sum(study_is_due(one.step, today) for one in held)
    tests = f" · {due} small {'test' if due == 1 else 'tests'} to study" if due else ""
    return f"{len(held)} open next {many} {since}{tests}"


def _words_of(day: date, today: date) -> str:
    return short_day(day) if day.year == today.year else f"{short_day(day)} {day.year}"


# What can be done with one


def close(desk: Desk, one: OpenStep, learned: str, status: StepStatus = "done") -> Step:
    """Close a step of an earlier walk with what was learned there."""
    return step_acts.done(_there(desk, one), one.step, learned, status)


def open_again(desk: Desk, one: OpenStep) -> Step:
    """Open a step of an earlier walk again."""
    return step_acts.not_done(_there(desk, one), one.step)


def date_anew(desk: Desk, one: OpenStep, by_when: str) -> Step:
    """Give a step of an earlier walk another date."""
    return step_acts.date_anew(_there(desk, one), one.step, by_when)


def _there(desk: Desk, one: OpenStep) -> Desk:
    desk.store.set(LAST, one.walk)
    return elsewhere(desk, one.walk)


def undo(desk: Desk) -> str | None:
    """Take the last act on a step of an earlier walk back; its words, or None."""
    last = _at_last(desk)
    return last.undo(STAGE) if last else None


def redo(desk: Desk) -> str | None:
    """Do the act again that was undone last; its words, or None."""
    last = _at_last(desk)
    return last.redo(STAGE) if last else None


def _at_last(desk: Desk) -> Desk | None:
    walk = str(desk.store.setting(LAST, ""))
    return elsewhere(desk, walk) if walk and desk.store.get(Walk, walk) else None
