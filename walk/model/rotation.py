"""The rotation: which team is at which visit when, as planned, with the moment of its making."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from walk.model.ids import derived
from walk.model.record import Record


class PlannedStop(BaseModel):
    """One team at one visit in one slot. Times are UTC milliseconds."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    team: str
    visit: str
    """The visit's code."""
    slot: int
    """From 1; slots of one number begin at the same time for every team."""
    enter: int
    leave: int
    write_until: int
    talk_until: int


NOT_VISITED = "not visited"
"""Why a visit is dropped where no rule is named."""


def missed(visit: str, why: str) -> str:
    """That a visit is not seen, and the rule that stands in the way where one is named."""
    return f"{visit} is not visited" + (f": {why}" if why != NOT_VISITED else "")


class DroppedVisit(BaseModel):
    """A visit that no team sees, and the planning rule that stands in the way."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    visit: str
    """The visit's code."""
    why: str


class Rotation(Record):
    """One a walk. Every laptop holds it as of its making; times are UTC milliseconds."""

    kind: ClassVar[str] = "rotation"

    made_at: int = 0
    sequence: int = 0
    """Raised by one each time it is made anew: a calendar takes the greater one."""
    basis: str = ""
    """A fingerprint of what it was made from, to see that the plan was edited since."""
    starts: int = 0
    """When orientation begins."""
    orientation_minutes: int = 15
    visit_minutes: int = 12
    write_minutes: int = 3
    hall_minutes: int = 4
    move_minutes: int = 2
    debrief_minutes: int = 45
    stops: tuple[PlannedStop, ...] = ()
    """By time, then team."""
    recorded: tuple[str, ...] = ()
    """Codes of the visits that are watched as a segment and need no slot."""
    dropped: tuple[DroppedVisit, ...] = ()
    warnings: tuple[str, ...] = ()
    ends: int = 0
    """When the debrief ends."""


def rotation_id(walk: str) -> str:
    """A walk has one rotation."""
    return derived("rotation", walk)
