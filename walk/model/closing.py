"""A closing: how a walk ended, with counts that outlive its raw notes."""

from __future__ import annotations

from typing import ClassVar, Literal

from walk.model.ids import derived
from walk.model.record import Record

How = Literal["closed", "called off"]


class Closing(Record, frozen=True, kw_only=True):
    """One a walk."""

    kind: ClassVar[str] = "closing"

    how: How = "closed"
    reason: str = ""
    """Why it was closed without one of the two steps, or called off; printed."""
    closed_on: str = ""
    """ISO date."""
    visits: int = 0
    noticings: int = 0
    wonderings: int = 0
    wonderings_for_staff: tuple[str, ...] = ()
    """Ids of wonderings chosen one by one for the staff summary."""
    next_look: str = ""
    contact: str = ""


def closing_id(walk: str) -> str:
    """A walk closes once."""
    return derived("closing", walk)
