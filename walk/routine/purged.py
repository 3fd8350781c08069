"""Purged: what is still known of a walk whose raw notes are gone. It reads and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from walk.clock import Moment, short_day
from walk.errors import Refused
from walk.routine.desk import Desk
from walk.storage.purging import KEPT


@dataclass(frozen=True, slots=True)
class Kept:
    """The counts of a walk as they were when its raw notes went. Visits are classrooms."""

    visits: int = 0
    noticings: int = 0
    wonderings: int = 0
    look_fors: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    """Noticings, wonderings and visits by the look-for's id."""
    minutes: tuple[int, ...] = ()
    """Whole minutes of looks into rooms; of those that are kept the shortest and the longest."""
    modes: tuple[tuple[str, int], ...] = ()
    grade_bands: tuple[str, ...] = ()
    subject_bands: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What a setting keeps."""
        return {
            "visits": self.visits,
            "noticings": self.noticings,
            "wonderings": self.wonderings,
            "look_fors": {one: list(counts) for one, counts in self.look_fors.items()},
            "minutes": list(self.minutes),
            "modes": [list(one) for one in self.modes],
            "grade_bands": list(self.grade_bands),
            "subject_bands": list(self.subject_bands),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Kept:
        """The inverse of `as_json`."""
        return cls(
            value["visits"],
            value["noticings"],
            value["wonderings"],
            {one: (counts[0], counts[1], counts[2]) for one, counts in value["look_fors"].items()},
            tuple(value["minutes"]),
            tuple((mode, count) for mode, count in value["modes"]),
            tuple(value["grade_bands"]),
            tuple(value["subject_bands"]),
        )


class Purged(NamedTuple):
    """When the raw notes of a walk went from this laptop, and what they came to."""

    on: str
    """ISO date, by this laptop's clock."""
    kept: Kept | None
    """None where the counts were not kept, as on a laptop that had no note of the walk."""

    @property
    def words(self) -> str:
        """That they are gone, and where the counts come from."""
        said = f"raw notes purged on {day(self.on)}"
        return f"{said}; counts as stated" if self.kept else said


def of(desk: Desk, walk: str = "") -> Purged | None:
    """What is known of a purged walk (that on the desk, unless named); None before a purge."""
    walk = walk or desk.walk_id
    found = desk.store.purged(walk) if walk else None
    if found is None:
        return None
    counts = desk.store.setting(f"{KEPT}{walk}")
    return Purged(date_of(desk, found[1]), Kept.from_json(counts) if counts else None)


def words(desk: Desk, walk: str = "") -> str:
    """“raw notes purged on 14 Dec; counts as stated”; nothing before a purge."""
    found = of(desk, walk)
    return found.words if found else ""


def refuse_notes(desk: Desk, walk: str = "") -> None:
    """Refused where the raw notes of a walk (that on the desk, unless named) were purged."""
    found = of(desk, walk)
    if found:
        raise Refused(
            f"The raw notes of this walk were purged on {day(found.on)}.",
            "Begin another walk for new notes.",
        )


def date_of(desk: Desk, at: int) -> str:
    """The local ISO date of a moment (UTC milliseconds)."""
    return Moment(at, desk.clock.offset_min(at), 0, "").local_date.isoformat()


def day(iso: str) -> str:
    """14 Dec 2026; other words as they are."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{short_day(found)} {found.year:04}"
