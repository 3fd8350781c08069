"""A mark on a trend: it says the same as a trend of another walk. A person's doing, never ours."""

from __future__ import annotations

from typing import ClassVar

from walk.model.ids import derived
from walk.model.record import Record


class Recurring(Record, frozen=True, kw_only=True):
    """One a trend; it belongs to the walk of that trend and says nothing of the other walk."""

    kind: ClassVar[str] = "recurring"
    parent_fields: ClassVar[tuple[str, ...]] = ("trend",)

    trend: str
    """The id of the trend that is marked."""
    same_as: str = ""
    """The id of the trend, of any walk, that it says the same as."""
    words: str = ""
    """How both are told where they are told together; empty: in the statement they share."""
    for_several: bool = False
    """Whoever gave these words saw trends of several host schools, and meant the words for all."""


def recurring_id(trend: str) -> str:
    """A trend carries one mark."""
    return derived("recurring", trend)
