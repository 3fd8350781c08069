"""What a killed restore leaves: it goes at the next start, which says how far it had come."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from tests.mishaps import killed_at
from walk.clock import FixedClock
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.keeping import backups
from walk.routine.visiting import visit
from walk.storage import database, leftover


def write(desk: Desk, text: str) -> None:
    visit.add_note(desk, visit.enter(desk, the_visit(desk, "V1")), text)


def texts(desk: Desk) -> list[str]:
    return sorted(one.record.text for one in desk.store.all(Note, desk.walk_id))


def lying_beside(store: Path) -> list[str]:
    return [one.name for one in store.parent.iterdir() if database.NEW in one.name]


def restore_killed_at(store: Path, where: str) -> None:
    """Two notes, a backup of the first alone, and a restore of it that is killed there."""
    clock = FixedClock()
    with desk_at(store, clock) as desk:
        begin_small(desk)
        write(desk, "one")
        backups.take(store, clock)
        write(desk, "two")
    clock.advance(minutes=5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("walk.storage.copies.remove", lambda _: None)  # a kill tidies nothing up
        with killed_at(where):
            backups.restore(store, backups.named(store, clock, "1"), clock)


@pytest.mark.parametrize(
    "where",
    ["walk.storage.restore.renew", "walk.storage.restore.wrong_in", "walk.storage.copies.pour"],
)
def test_one_that_was_killed_before_its_end_is_told_to_be_done_again(
    tmp_path: Path, where: str
) -> None:
    store = tmp_path / "my.walkdb"
    restore_killed_at(store, where)
    with desk_at(store) as desk:
        assert texts(desk) == ["one", "two"]
        assert desk.arrive() == leftover.NOT_DONE
        assert lying_beside(store) == []
    with desk_at(store) as desk:
        assert desk.arrive() == ""


def test_one_that_was_killed_at_its_very_end_is_told_to_be_done(tmp_path: Path) -> None:
    store = tmp_path / "my.walkdb"
    restore_killed_at(store, "walk.storage.backup.keep_found")
    with desk_at(store) as desk:
        assert desk.arrive() == leftover.DONE
        assert texts(desk) == ["one"]
        assert lying_beside(store) == []


def test_a_new_store_that_another_program_makes_just_now_is_left_alone(tmp_path: Path) -> None:
    store = tmp_path / "my.walkdb"
    fresh = tmp_path / f"my.walkdb{database.NEW}0a1b2c3d"
    with desk_at(store) as desk:
        fresh.write_bytes(b"half made")
        assert desk.arrive() == ""
        assert fresh.exists()
