"""The stop log: what a team's timekeeper entered on the day, change by change.

It is about the team's time only. Nothing in it says anything about a teacher.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from walk.model.ids import derived
from walk.model.record import Part, Record, UtcMs, ZoneMin

LoggedReason = Literal["", "late", "bell", "room in use"]


class DayChange(Part, frozen=True, kw_only=True):
    """One thing that a timekeeper entered."""

    do: str
    """next, earlier, adjust, hold, go_on, skip, withdraw, swap, insert, pace, drop, end, late (told
    by another team) or anew (what stands before counts no more); one that this version does not
    know changes nothing."""
    team: str
    """The team that it is about: the board's own, or another one whose change was told aloud."""
    at: UtcMs
    """When it was entered, UTC milliseconds."""
    zone: ZoneMin = 0
    """Local time minus UTC, in minutes."""
    awake_ms: int = 0
    """The awake clock at that moment (see clock.py)."""
    boot: str = ""
    """Tells which readings of the awake clock can be compared; names no machine."""
    minutes: int = 0
    visit: str = ""
    """A visit's code."""
    other: str = ""
    """Another visit's code."""
    reason: LoggedReason = ""
    phase: str = ""
    """For pace: whose minutes, visit, write, hall or move."""
    heard: bool = False
    """The other team said it itself, so it need not be told to them."""


class StopLog(Record, frozen=True, kw_only=True):
    """One a team and walk, kept by the laptop of its board."""

    kind: ClassVar[str] = "stop_log"
    parts: ClassVar[Mapping[str, type[Part]]] = {"changes": DayChange}

    team: str = ""
    changes: tuple[DayChange, ...] = ()
    """In the order in which they were entered."""


def stop_log_id(walk: str, team: str) -> str:
    """A team has one log."""
    return derived("stop_log", walk, team)
