"""A teacher note: one letter about one visit, because that teacher asked for it. It never travels.

It compares with no other classroom and holds no trend. It stays on the laptop on which it was
written and goes with the raw notes.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from walk.model.ids import derived
from walk.model.record import Record

Copies = Literal["", "host", "host and partner"]
"""Who keeps a paper copy: the host teacher alone, or also who talked with them."""


class TeacherNote(Record, frozen=True, kw_only=True):
    """One a visit and writer. Without `asked` nothing else of it is ever filled or shown."""

    kind: ClassVar[str] = "teacher_note"
    parent_fields: ClassVar[tuple[str, ...]] = ("visit",)

    visit: str
    """The visit's id."""
    asked: bool = False
    """The host teacher asked for this note."""
    move_1: str = ""
    """Mark Progress: what was done in the room; `effect_1` is what students did then."""
    effect_1: str = ""
    move_2: str = ""
    effect_2: str = ""
    move_3: str = ""
    effect_3: str = ""
    noticings: tuple[str, ...] = ()
    """Ids of notes of this visit, picked one by one."""
    wondering_1: str = ""
    wondering_2: str = ""
    response: str = ""
    """What the host teacher answered, in their words."""
    wants_next: str = ""
    """What the host teacher wants next."""
    talked_on: str = ""
    """ISO date of the conversation."""
    talked_with: str = ""
    """With whom, by a label such as "coach"."""
    shown_on: str = ""
    """ISO date on which the host teacher was given the note."""
    copies: Copies = ""

    @property
    def progress(self) -> tuple[tuple[str, str], ...]:
        """(move, effect) of each pair that is written."""
        pairs = (
            (self.move_1, self.effect_1),
            (self.move_2, self.effect_2),
            (self.move_3, self.effect_3),
        )
        return tuple(pair for pair in pairs if any(pair))

    @property
    def wonderings(self) -> tuple[str, ...]:
        """The one or two open questions that are written."""
        return tuple(one for one in (self.wondering_1, self.wondering_2) if one)


def teacher_note_id(walk: str, visit: str, author: str) -> str:
    """Who writes has one note a visit."""
    return derived("teacher_note", walk, visit, author)
