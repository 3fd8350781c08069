"""The rotation: which team is at which visit when, as planned, with the moment of its making."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import Meta

from walk.model.ids import derived
from walk.model.record import Minutes, Part, Record, UtcMs


class PlannedStop(Part, frozen=True, kw_only=True):
    """One team at one visit in one slot. Times are UTC milliseconds."""

    team: str
    visit: str
    """The visit's code."""
    slot: int
    """From 1; slots of one number begin at the same time for every team."""
    enter: UtcMs
    leave: UtcMs
    write_until: UtcMs
    talk_until: UtcMs


NOT_VISITED = "not visited"
"""Why a visit is dropped where no rule is named."""


def missed(visit: str, why: str) -> str:
    """That a visit is not seen, and the rule that stands in the way where one is named."""
    return f"{visit} is not visited" + (f": {why}" if why != NOT_VISITED else "")


class DroppedVisit(Part, frozen=True, kw_only=True):
    """A visit that no team sees, and the planning rule that stands in the way."""

    visit: str
    """The visit's code."""
    why: str


class Rotation(Record, frozen=True, kw_only=True):
    """One a walk. Every laptop holds it as of its making; times are UTC milliseconds."""

    kind: ClassVar[str] = "rotation"
    parts: ClassVar[Mapping[str, type[Part]]] = {"stops": PlannedStop, "dropped": DroppedVisit}

    made_at: UtcMs = 0
    sequence: Annotated[int, Meta(ge=0, lt=2**31)] = 0
    """Raised by one each time it is made anew: a calendar takes the greater one."""
    basis: str = ""
    """A fingerprint of what it was made from, to see that the plan was edited since."""
    starts: UtcMs = 0
    """When orientation begins."""
    orientation_minutes: Minutes = 15
    visit_minutes: Minutes = 12
    write_minutes: Minutes = 3
    hall_minutes: Minutes = 4
    move_minutes: Minutes = 2
    debrief_minutes: Minutes = 45
    stops: tuple[PlannedStop, ...] = ()
    """By time, then team."""
    recorded: tuple[str, ...] = ()
    """Codes of the visits that are watched as a segment and need no slot."""
    dropped: tuple[DroppedVisit, ...] = ()
    warnings: tuple[str, ...] = ()
    ends: UtcMs = 0
    """When the debrief ends."""


def rotation_id(walk: str) -> str:
    """A walk has one rotation."""
    return derived("rotation", walk)
