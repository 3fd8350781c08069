"""A waiver: something that the plan of next steps does without, and why."""

from __future__ import annotations

from typing import ClassVar

from walk.model.ids import derived
from walk.model.record import Record


class Waiver(Record, frozen=True, kw_only=True):
    """One for each thing that is done without; withdrawn when it is wanted after all."""

    kind: ClassVar[str] = "waiver"

    missing: str
    """What is done without: "above", "hosts", "walkers"; or "owner", "date" or "support", a colon
    and the id of the step or trend that lacks it."""
    why: str = ""
    on: str = ""
    """ISO date."""


def waiver_id(walk: str, missing: str) -> str:
    """A thing is waived once."""
    return derived("waiver", walk, missing)
