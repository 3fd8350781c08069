"""A theme: notes grouped in the debrief; a placing puts one note in one theme."""

from __future__ import annotations

from typing import ClassVar

from walk.model.ids import derived
from walk.model.record import Record


class Theme(Record, frozen=True, kw_only=True):
    """A group of notes while it is being made."""

    kind: ClassVar[str] = "theme"

    name: str = ""
    place: int = 0
    """Its order, from 1; its digit while grouping."""


class Placing(Record, frozen=True, kw_only=True):
    """A note's place in a theme. A note may stand in several themes."""

    kind: ClassVar[str] = "placing"
    parent_fields: ClassVar[tuple[str, ...]] = ("theme",)

    theme: str
    note: str
    contrary: bool = False
    """Runs against what the theme says; kept in view."""


def placing_id(note: str, theme: str) -> str:
    """Putting a note into a theme twice is putting it there once."""
    return derived("placing", note, theme)


def odd_id(walk: str) -> str:
    """What stands for a theme in the placing of an odd note: it fits nowhere yet.

    There is no such theme, so an odd note is evidence of nothing, and a walk that knows no odd
    notes shows them in the pool. On every laptop it is the same.
    """
    return derived("odd", walk)
