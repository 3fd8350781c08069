"""A hall talk: the team's short exchange of evidence after a visit."""

from __future__ import annotations

from typing import ClassVar

from walk.model.ids import derived
from walk.model.record import Record, UtcMs


class HallTalk(Record, frozen=True, kw_only=True):
    """One a team and visit. What was noticed and wondered aloud is kept as notes of it."""

    kind: ClassVar[str] = "hall_talk"
    parent_fields: ClassVar[tuple[str, ...]] = ("visit",)

    visit: str
    team: str = ""
    seen_differently: str = ""
    """Where walkers saw different things; no one is right here."""
    look_next: str = ""
    """What the team will look for in the next room."""
    begun_at: UtcMs | None = None
    """UTC milliseconds."""
    finished_at: UtcMs | None = None
    """UTC milliseconds."""


def hall_talk_id(walk: str, visit: str, team: str) -> str:
    """A team talks once about a visit."""
    return derived("hall_talk", walk, visit, team)
