"""The checklist of one walker for one visit: what its mode asks for before the stop starts."""

from __future__ import annotations

from typing import ClassVar

from walk.model.ids import derived
from walk.model.record import Record


class Checklist(Record, frozen=True, kw_only=True):
    """What a walker has ticked; what the items are follows from the visit's mode."""

    kind: ClassVar[str] = "checklist"
    parent_fields: ClassVar[tuple[str, ...]] = ("visit",)

    visit: str
    walker: str
    done: tuple[str, ...] = ()
    """Keys of the items that are ticked."""


def checklist_id(walk: str, visit: str, walker: str) -> str:
    """A walker has one checklist a visit."""
    return derived("checklist", walk, visit, walker)
