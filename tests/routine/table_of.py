"""A walk with notes on the desk, made in one save, for tests of debrief and next steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from walk.clock import FixedClock
from walk.model import Note, form_id
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.start import open_desk
from walk.routine.visiting import visit

INQUIRY = "In what ways am I pressing for evidence so that claims grow stronger?"


@contextmanager
def walk_of(tmp_path: Path, visits: int = 4) -> Iterator[Desk]:
    """A desk with a walk of so many classrooms on it, no notes yet."""
    with open_desk(tmp_path / "test.walkdb", clock=FixedClock()) as desk:
        small = prepare.SmallWalk(statement="Press for evidence", visits=visits, inquiry=INQUIRY)
        prepare.begin(desk, small)
        yield desk


def write(
    desk: Desk, rooms: Sequence[tuple[int, str]], *, kind: str = "noticing", speech: bool = False
) -> list[Note]:
    """Notes as (visit number, words), saved as the one who writes would have them."""
    codes = prepare.visits(desk)
    made = [
        Note.from_dict(
            {
                "id": desk.new_id(),
                "walk": desk.walk_id,
                "visit": codes[room - 1].id,
                "form": form_id(desk.walk_id, codes[room - 1].id, desk.me),
                "note_kind": kind,
                "text": words,
                "speech": speech,
            }
        )
        for room, words in rooms
    ]
    desk.save(visit.STAGE, "notes written", *made)
    return made
