"""Erasing: requests that one note, or the raw notes of a walk, go from every laptop.

A request is a record like any other, so packs carry it. It removes nothing by itself: each laptop
asks its person first. It says which note or walk is meant and holds no word of any note.
"""

from __future__ import annotations

from typing import ClassVar

from walk.model.ids import derived
from walk.model.record import Record, RecordId

STAYS = frozenset(
    {
        *("walk", "rules", "focus", "look_for", "walker", "visit"),
        *("meeting", "agreements", "rotation"),
        *("theme", "trend", "recurring", "step", "measure", "waiver"),
        *("closing", "debriefing"),
        *("erase", "purge"),
    }
)
"""Kinds of record that stay when the raw notes of a walk are purged; themes, where stated."""

ASKS = frozenset({"walk", "purge"})
"""Kinds that stay where a whole walk goes, but a request to do so has still to travel."""


class Erase(Record, frozen=True, kw_only=True):
    """A request to erase every wording of one note."""

    kind: ClassVar[str] = "erase"
    parent_fields: ClassVar[tuple[str, ...]] = ("note",)

    note: RecordId
    """The note's id."""
    asked_on: str = ""
    """ISO date."""


class Purge(Record, frozen=True, kw_only=True):
    """A request of the lead to purge the raw notes of a walk, or all of it. One a walk."""

    kind: ClassVar[str] = "purge"

    whole: bool = False
    """The whole walk is to go; else trends, steps, closing and plan stay."""
    asked_on: str = ""
    """ISO date."""


def erase_id(note: str) -> str:
    """A note is asked to be erased once, by however many."""
    return derived("erase", note)


def purge_id(walk: str) -> str:
    """A walk is asked to be purged once."""
    return derived("purge", walk)
