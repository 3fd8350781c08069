"""Three laptops with a note, and what tests of conflicts read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.three import Three, give, meet, note_on, three_laptops, wrote
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.settling import conflicts
from walk.routine.settling.conflicts import Conflict
from walk.routine.visiting import visit


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_laptops(tmp_path) as made:
        yield made


def one(desk: Desk) -> Conflict:
    """The only conflict on a laptop."""
    (found,) = conflicts.waiting(desk)
    return found


def told_differently(three: Three) -> Note:
    """A note by Ana that all have and that she reworded on two laptops differently."""
    made = wrote(three.ana, "S1 wrote four lines")
    meet(three.lead, three.ana, three.ben)
    again = three.joined("Ana", 5, name="second")
    give(three.ana, again)
    again.become(three.ana.me)
    visit.reword(again, note_on(again, made.id), "S1 wrote five lines")
    visit.reword(three.ana, note_on(three.ana, made.id), "S1 wrote four long lines")
    give(again, three.lead)
    give(three.ana, three.lead)
    return made


@pytest.fixture
def note(three: Three) -> Note:
    return told_differently(three)


def texts(found: Conflict) -> list[str]:
    """What each side says."""
    return [str(getattr(side.record, "text", None)) for side in found.sides]
