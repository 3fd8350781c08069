"""A walker: a person who visits and notices, known by a label of their own choice."""

from __future__ import annotations

from typing import ClassVar

from walk.model.record import Record


class Walker(Record, frozen=True, kw_only=True):
    """One walker of one walk. No name is asked for; the label is theirs to choose."""

    kind: ClassVar[str] = "walker"

    label: str
    roles: tuple[str, ...] = ()
    """lead, facilitator, timekeeper, recorder, coach, specialist …"""
    lens: str = ""
    """The expertise they look through."""
    team: str = ""
    """The team's label; empty in a walk with one team."""
    max_stops: int = 0
    """0: no cap."""
    same_as: str = ""
    """The walker whom this one was said to be the same person as; they are shown as one."""
    laptops: tuple[str, ...] = ()
    """Ids of the laptops that were said to be theirs, where one label was used on two."""


def plain_label(label: str) -> str:
    """A label as it is compared: case and blanks make no difference."""
    return " ".join(label.split()).casefold()
