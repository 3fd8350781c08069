"""A pool of 400 notes, and themes that notes are put in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.table_of import walk_of
from walk.model import Note
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk

POOL = [
    (1, "T waits six seconds"),
    (2, "pairs wrote before talk"),
    (3, "T waits, then S2 answers"),
    (4, "S4 drew a boat"),
    (1, "partners point to line nine"),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def inside(desk: Desk) -> dict[str, list[str]]:
    return {
        one.name: sorted(note.words for note in one.notes) for one in debrief.table(desk).themes
    }


def put(desk: Desk, name: str, *numbers: int) -> list[Note]:
    """A theme of some notes of the pool, by their words' place in POOL."""
    known = {one.words: one.note for one in debrief.table(desk).pool}
    notes = [known[POOL[number][1]] for number in numbers]
    debrief.put_in_new(desk, notes, name)
    return notes
