"""A trend: what a theme says once the team has stated it, resting on at least two visits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from walk.model.ids import derived
from walk.model.record import Part, Record

Polarity = Literal["", "asset", "need"]
Decision = Literal["", "keep", "strengthen", "reconsider"]
"""What the team means to do about the practice, never about a person."""


class TrendCounts(Part, frozen=True, kw_only=True):
    """What a trend rested on when it was stated; outlives the raw notes. Counts of classrooms."""

    visits: int = 0
    contrary_visits: int = 0
    noticings: int = 0
    none_visits: int | None = None
    """Classrooms visited that hold no evidence for it and none against it; None: not counted."""


class Trend(Record, frozen=True, kw_only=True):
    """A theme as the team states it. Asset and need exist here and nowhere else."""

    kind: ClassVar[str] = "trend"
    parent_fields: ClassVar[tuple[str, ...]] = ("theme",)
    parts: ClassVar[Mapping[str, type[Part]]] = {"counts": TrendCounts}

    theme: str
    statement: str = ""
    """Plain descriptive words."""
    polarity: Polarity = ""
    """Asset or need, in light of the inquiry; empty while parked or not yet decided."""
    parked: bool = False
    """Seen in one classroom only: worth remembering, never printed."""
    counts: TrendCounts = TrendCounts()
    examples: tuple[str, ...] = ()
    """Ids of notes chosen one by one for the staff summary, at most three."""
    lens_remarks: str = ""
    """What somebody's lens adds."""
    to_know: str = ""
    """What we would need to see or ask to know more."""
    decision: Decision = ""


def trend_id(theme: str) -> str:
    """A theme is stated once."""
    return derived("trend", theme)
