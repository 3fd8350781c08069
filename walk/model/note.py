"""A note: a noticing or a wondering, in the walker's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from walk.model.record import Part, Record

NoteKind = Literal["noticing", "wondering"]
LookForMark = Literal["", "first", "last"]


class TallyCount(Part, frozen=True, kw_only=True):
    """What students did, counted: "5 of 7 pairs". Evidence, never a mark of anyone."""

    count: int
    of: int
    unit: str = ""


class Note(Record, frozen=True, kw_only=True):
    """One note. What was understood from the words can be changed; the words stay."""

    kind: ClassVar[str] = "note"
    parent_fields: ClassVar[tuple[str, ...]] = ("form", "hall")
    parts: ClassVar[Mapping[str, type[Part]]] = {"tally": TallyCount}

    note_kind: NoteKind = "noticing"
    text: Annotated[str, Meta(max_length=20_000)]
    """The words as typed, a look-for mark such as #2 included."""
    visit: str
    """The visit's id."""
    form: str = ""
    """The walker's form; empty for what the team said in the hall talk."""
    hall: str = ""
    """The hall talk it was said in; empty otherwise."""
    look_for: str = ""
    """The look-for's id, or nothing."""
    mark: LookForMark = ""
    """Where in the words a look-for mark stands that is not shown again."""
    at_s: int | None = None
    """Seconds into the visit; None when written after leaving or from paper."""
    position_s: int | None = None
    """Seconds into a recorded segment."""
    speech: bool = False
    """Holds quoted speech."""
    tally: TallyCount | None = None
    from_paper: bool = False
    typed_by: str = ""
    """The walker who typed it for another; empty when its author typed it."""

    @property
    def words(self) -> str:
        """The text without the look-for mark, as lists and reports show it."""
        parts = self.text.split(None, 1) if self.mark == "first" else self.text.rsplit(None, 1)
        if not self.mark or len(parts) < 2:
            return self.text
        return parts[1] if self.mark == "first" else parts[0]
