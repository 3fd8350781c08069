"""The next steps of a walk as they stand, and what their fields may say."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

from walk.errors import Refused
from walk.model import Measure, Step, measure_id
from walk.model.step import Horizon, Level, Outcome, SupportType
from walk.routine.dates import AS_WRITTEN
from walk.routine.desk import Desk
from walk.text import one_line

STAGE = "steps"
"""Undo and redo of next steps and of closing work on the acts of this stage."""

LEVELS: tuple[Level, ...] = (
    "teacher",
    "teacher team",
    "coach",
    "school leader",
    "district leader",
    "walkers",
)
"""The nested learning community, from the classroom up, then the walkers themselves."""
SUPPORT_TYPES: tuple[SupportType, ...] = get_args(SupportType)
HORIZONS: tuple[Horizon, ...] = get_args(Horizon)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def steps(desk: Desk) -> list[Step]:
    """The walk's next steps, the earliest date first, undated ones last."""
    held = [one.record for one in desk.store.all(Step, desk.walk_id)]
    return sorted(held, key=lambda one: (one.by_when or "9999", one.id))


def as_it_is(desk: Desk, step: Step) -> Step:
    """A step as it is by now: somebody may have written since it was shown. Refused where it is
    gone.
    """
    found = desk.store.get(Step, step.id)
    if found is None:
        raise Refused("This step was taken back meanwhile.", "Undo (u) brings back what you took.")
    return found


def measure_of(desk: Desk, step: Step) -> Measure | None:
    """The measure of a step; None while it has none."""
    return desk.store.get(Measure, measure_id(step.id))


def study_is_due(step: Step, today: date) -> bool:
    """True where the day has come to look at an open step's small test, and nobody has said how
    it went.
    """
    waits = step.status == "open" and not step.outcome
    return waits and "" < step.study_on <= today.isoformat()


def elsewhere(desk: Desk, walk: str) -> Desk:
    """A desk with another walk of this store on it; which walk is in hand here stays as it is."""
    if walk == desk.walk_id:
        return desk
    other = Desk(desk.store, desk.clock)
    other.walk_id = walk
    return other


def date_text(text: str) -> str:
    """An ISO date or nothing; Refused for anything else."""
    text = text.strip()
    if text and day_of(text) is None:
        raise Refused(f"“{one_line(text, 30)}” is not a date.", f"{AS_WRITTEN}, or leave it empty.")
    return text


def day_of(iso: str) -> date | None:
    """The day that an ISO date says; None for other text, as a stranger's pack may hold."""
    try:
        return date.fromisoformat(iso) if _DATE.fullmatch(iso) else None
    except ValueError:
        return None
