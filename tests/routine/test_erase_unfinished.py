"""Erasing where it cannot be finished at once: full disks, kills, backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from tests.mishaps import full_at, killed_at
from tests.routine import erasing
from tests.routine.erasing import WORDS, note_in_every_form
from tests.routine.forgetting import says
from tests.routine.three import form_at, wrote
from walk.errors import BusyStore
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.keeping import erase, purge
from walk.routine.visiting import visit
from walk.storage import backup

desk = erasing.desk


def test_what_another_program_holds_up_is_finished_later(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk, desk_at(path) as other:
        begin_small(desk)
        form = form_at(desk)
        note = visit.add_note(desk, form, "T zanzibar asked").note
        reading = other.store._conn.execute("SELECT body FROM rev")
        reading.fetchone()  # in the middle of a long read
        done = erase.erase(desk, note.id)
        assert done.waits
        assert visit.notes(desk, form) == []
        assert says(path, "zanzibar") == ["zanzibar"]
        reading.close()
        lines = purge.finish(other)
        assert says(path, "zanzibar") == []
        assert "finished at a later start" in "\n".join(lines)
        assert purge.finish(other) == []
        assert len(purge.receipts(desk)) == 1


def test_a_full_disk_is_told_beside_what_was_done(desk: Desk) -> None:
    note = wrote(desk, "T zanzibar asked")
    with full_at("walk.storage.cleaning.rewrite"):
        done = erase.erase(desk, note.id)
    assert done.waits
    assert done.lines[0] == "It is erased."
    assert "The disk is full" in done.lines[1]
    assert purge.finish(desk)
    assert says(desk.store.path, "zanzibar") == []


def test_a_kill_between_the_store_and_its_files_is_made_good(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        begin_small(desk)
        note = note_in_every_form(desk)
        with killed_at("walk.storage.cleaning.clean"):
            erase.erase(desk, note.id)
    with desk_at(path) as desk:
        assert desk.store.get(Note, note.id) is None
        assert purge.finish(desk)
        assert says(path, *WORDS) == []


def test_a_backup_that_cannot_be_read_is_deleted_and_told(desk: Desk) -> None:
    path = desk.store.path
    note = note_in_every_form(desk)
    (copy,) = backup.every(path)
    content = bytearray(copy.read_bytes())
    content[:100] = bytes(100)
    copy.write_bytes(content)
    done = erase.erase(desk, note.id)
    assert not copy.exists()
    assert "could not be read" in "\n".join(done.lines)
    assert says(path, *WORDS) == []


def test_a_backup_that_could_not_be_written_just_now_is_kept(desk: Desk) -> None:
    path = desk.store.path
    note = note_in_every_form(desk)
    with full_at("walk.storage.copies.sync"):
        assert erase.erase(desk, note.id).waits
    (copy,) = backup.every(path)
    assert backup.is_sound(copy)
    assert purge.finish(desk)
    assert says(path, *WORDS) == []
    assert len(backup.every(path)) == 1


def test_no_backup_is_made_while_they_are_cleaned(desk: Desk) -> None:
    path = desk.store.path
    note = note_in_every_form(desk)
    seen: list[str] = []

    def progress(words: str) -> None:
        if words.startswith("backup"):
            with pytest.raises(BusyStore):
                backup.make(path, desk.now().wall_ms, "daily")
            seen.append(words)

    erase.erase(desk, note.id, progress)
    assert seen
