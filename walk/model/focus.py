"""The focus that host teachers set, its inquiry, and the look-fors that point the eyes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from walk.model.ids import derived
from walk.model.record import Part, Record

About = Literal["students", "teacher", "task"]


class Confirmation(Part, frozen=True, kw_only=True):
    """How, when and by how many host teachers the focus was confirmed."""

    how: str
    on: str
    """ISO date."""
    how_many: int | None = None


class FocusChange(Part, frozen=True, kw_only=True):
    """The trace that a change after confirming leaves; printed."""

    on: str
    """ISO date."""
    before: str
    """The confirmed wording that was replaced."""


class Focus(Record, frozen=True, kw_only=True):
    """The area of practice that the host teachers set. One a walk."""

    kind: ClassVar[str] = "focus"
    parts: ClassVar[Mapping[str, type[Part]]] = {
        "confirmation": Confirmation,
        "changes": FocusChange,
    }

    statement: str = ""
    template: str = ""
    """The id of the template it grew from, or nothing."""
    inquiries: tuple[str, ...] = ()
    """Each starts "In what ways am I …"; the I is the teacher."""
    set_by: str = ""
    """The host teachers as a group, never by name."""
    teachers: int | None = None
    confirmation: Confirmation | None = None
    changes: tuple[FocusChange, ...] = ()
    professional_learning: str = ""
    """What the teachers studied before the walk, and when."""
    no_learning_reason: str = ""
    """Why none is named; printed."""
    caution: str = ""

    @property
    def confirmed(self) -> bool:
        """True once the host teachers have confirmed this very wording."""
        return self.confirmation is not None


class LookFor(Record, frozen=True, kw_only=True):
    """A prompt for where evidence might show; never a box to tick."""

    kind: ClassVar[str] = "look_for"

    name: Annotated[str, Meta(max_length=28)]
    text: str = ""
    about: About = "students"
    place: int = 0
    """Its order, from 1; a note's `#2` means the second."""
    imported: bool = False
    """Came with imported notes: shown, but never among the confirmed ones."""


def focus_id(walk: str) -> str:
    """A walk has one focus, whoever writes it first."""
    return derived("focus", walk)
