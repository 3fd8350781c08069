"""A note in every form that it can have, to be erased."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.visiting import door, visit
from walk.storage import backup

WORDS = ("zanzibar", "narwhal", "aardvark", "Wombatrow", "wombatrow", "kestrel")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A laptop with a small walk."""
    with desk_at(tmp_path / "a.walkdb") as made:
        begin_small(made)
        yield made


def note_in_every_form(desk: Desk) -> Note:
    """A note that was reworded, shared, reworded again, and is being reworded; and backed up."""
    form = visit.enter(desk, the_visit(desk, "V1"))
    first = visit.add_note(desk, form, "T zanzibar asked for more", before="T narwhal was great")
    door.no_person(desk, "wombatrow")
    visit.reword(desk, first.note, "T Wombatrow asked for more of it")
    visit.add_note(desk, form, "S2 plain heron stays here")
    write_form(desk, "V1")
    desk.keep_draft(visit.edit_place(first.note.id), "T aardvark asked for still more")
    backup.make(desk.store.path, desk.now().wall_ms, "daily")
    found = desk.store.get(Note, first.note.id)
    assert found is not None
    visit.reword(desk, found, "T kestrel asked for more of it")
    return found
