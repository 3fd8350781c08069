"""A form: one walker at one stop, from entering the room to finishing the silent write."""

from __future__ import annotations

from typing import ClassVar, Literal

from walk.model.ids import derived
from walk.model.record import Minutes, Record, UtcMs, ZoneMin

LessonPart = Literal["", "opening", "middle", "closing", "whole", "unknown"]
Structure = Literal["", "individual", "pairs or trios", "small group", "whole class", "mixed"]


class Form(Record, frozen=True, kw_only=True):
    """When a walker entered and left, and what the form asks. Times are UTC milliseconds."""

    kind: ClassVar[str] = "form"
    parent_fields: ClassVar[tuple[str, ...]] = ("visit",)

    visit: str
    walker: str
    entered_at: UtcMs | None = None
    zone: ZoneMin = 0
    """Offset of local time from UTC in minutes when entered."""
    left_after_s: int | None = None
    """Seconds from entering to leaving; None while in the room."""
    earlier_s: int = 0
    """How much earlier than the key press the walker had entered."""
    target_minutes: Minutes = 12
    viewings: int = 0
    """How often a recorded segment was watched."""
    part: LessonPart = ""
    structure: Structure = ""
    nothing_seen: bool = False
    """Nothing seen on this inquiry: a full answer."""
    finished_at: UtcMs | None = None
    finished_after_min: int | None = None
    """Whole minutes between leaving and finishing the form."""


def form_id(walk: str, visit: str, walker: str) -> str:
    """A walker has one form a visit, also when it is typed on two laptops."""
    return derived("form", walk, visit, walker)
