"""The focus meeting: what the host teachers and an administrator agreed before the walk."""

from __future__ import annotations

from typing import ClassVar

from walk.model.ids import derived
from walk.model.record import Record


class Meeting(Record, frozen=True, kw_only=True):
    """One a walk. Who met is said as groups, never by name."""

    kind: ClassVar[str] = "meeting"

    date: str = ""
    """ISO date."""
    groups: tuple[str, ...] = ()
    """Groups, such as "the grade 6 team" or "a building administrator"."""
    agreed: str = ""
    """What was agreed about focus and inquiry, in the words of the meeting."""
    may_ask: tuple[str, ...] = ()
    """What visitors may ask students; nothing listed means that they ask nothing."""
    not_visited: str = ""
    """What the teachers do not want visited, such as a test or a conference."""


def meeting_id(walk: str) -> str:
    """A walk has one record of its focus meeting."""
    return derived("meeting", walk)
