"""A row of notes that has been checked, one that was refused, and how equal rows are counted."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class NoteRow(NamedTuple):
    """One good row. A NamedTuple, as hundreds of thousands of them are made in one import."""

    line: int
    """The line of the file on which the row starts, from 1."""
    visit: str
    at_s: int | None
    """Seconds into the visit; None when the cell is empty."""
    kind: str
    """noticing or wondering."""
    look_for: str
    """A look-for's name, or nothing."""
    text: str
    """The words as written; a line end inside them is always one newline."""
    walker: str
    """A walker's label, or nothing."""
    occurrence: int
    """How many rows before this one, in this table, say exactly the same."""


class RefusedRow(NamedTuple):
    """One row that cannot be taken in."""

    line: int
    """The line of the file on which the row starts, from 1."""
    why: str
    """The cause in plain words; safe to show."""


class Kept(dict[A, B]):
    """What a function says of some thousand values, asked for like an entry: `kept[value]`.

    In a quarter of the time that `lru_cache` takes; what is asked for too rarely is made again.
    """

    def __init__(self, make: Callable[[A], B], most: int = 5_000) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, value: A) -> B:
        if len(self) >= self._most:
            self.clear()
        made = self[value] = self._make(value)
        return made


class Equals:
    """Counts equal rows, in about a hundred bytes a row, whatever their words."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self._again: dict[bytes, int] = {}
        self._sum_again = 0

    def occurrence(
        self, visit: str, at_s: int | None, kind: str, look_for: str, text: str, walker: str
    ) -> int:
        """How many equal rows were counted before this one. No part may hold a NUL.

        UnicodeEncodeError where a part holds half a character.
        """
        # A digest, as the words of every row would be the whole file in memory. No part holds a
        # NUL, so it keeps them apart. It ends in a NUL and the digit of the occurrence.
        said = f"{visit}\0{at_s}\0{kind}\0{look_for}\0{text}\0{walker}\x000"
        digest = sha256(said.encode()).digest()
        if digest not in self._seen:
            self._seen.add(digest)
            return 0
        before = self._again[digest] = self._again.get(digest, 0) + 1
        self._sum_again += int.from_bytes(sha256(f"{said[:-1]}{before}".encode()).digest())
        return before

    @property
    def digest(self) -> int:
        """Says the same rows in any order: a sum of 256 bits over all rows so far."""
        total = self._sum_again
        for digest in self._seen:  # not by one sum(): a screen would wait until it is done
            total += int.from_bytes(digest)
        return total % 2**256
