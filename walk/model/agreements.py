"""Readiness and agreements: what has to stand before a walk, and how its notes are used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from walk.model.ids import derived
from walk.model.record import Part, Record

ReadyKey = Literal[
    "community", "routine", "effort", "platform", "learning", "oriented", "students", "notice"
]


NO_LEGAL_STATUS = (
    "walk records and prints what was agreed here. It cannot promise any legal status."
)
"""What is said wherever a local agreement stands."""


class Readiness(Part, frozen=True, kw_only=True):
    """How one prerequisite stands; what is not yet so carries a reason."""

    key: str
    """One of `ReadyKey`; a newer walk may know more."""
    done: bool = False
    reason: str = ""
    """Why it is not yet so and the walk goes on; the teachers can read it."""
    who: str = ""
    """Who said so, by a label of their choice."""
    on: str = ""
    """ISO date."""


class QuietDays(Part, frozen=True, kw_only=True):
    """Days on which no walk should be: a test week, the days before holidays."""

    start: str
    """ISO date, the first day."""
    end: str
    """ISO date, the last day."""
    why: str = ""
    """Such as "state test"."""


class Agreements(Record, frozen=True, kw_only=True):
    """One a walk. It records what was agreed here; it can promise no legal status."""

    kind: ClassVar[str] = "agreements"
    parts: ClassVar[Mapping[str, type[Part]]] = {"readiness": Readiness, "quiet_days": QuietDays}

    readiness: tuple[Readiness, ...] = ()
    local_agreement: str = ""
    """The local agreement that the walk is held under, in words or as a reference; printed."""
    notice_days: int = 0
    """Days of notice that were agreed; 0 when nothing was."""
    quiet_days: tuple[QuietDays, ...] = ()
    whom_to_tell: str = ""
    """Whom a teacher tells when the wording is not what was agreed: a role, such as "the union
    representative"."""
    individual_notes: bool = False
    """A note to one teacher may be written where that teacher asks for it."""


def agreements_id(walk: str) -> str:
    """A walk has one set of agreements."""
    return derived("agreements", walk)
