"""A new record as a bulk write is given it: checked, its body made, its ids as bytes."""

from __future__ import annotations

from typing import NamedTuple


class Fresh(NamedTuple):
    """One new note. A NamedTuple, as hundreds of thousands of them are made in one import."""

    author: bytes
    """The walker whose words they are, 16 bytes, or empty."""
    record: bytes
    """The note's own id, 16 bytes."""
    body: str
    """What `Note.body` says of it."""
    form: bytes
    """What it belongs to: the walker's form or the hall talk, 16 bytes, or empty."""
    visit: bytes
    look_for: bytes
    """The look-for's id, 16 bytes, or empty."""
    wondering: int | None
    """None for a record of another kind, which is not counted."""
    kind: str = "note"
    schema: int = 1
