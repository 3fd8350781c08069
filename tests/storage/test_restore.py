"""Restoring a backup: what comes back, what stays, what is refused."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.storage import backed_up
from tests.storage.backed_up import BY, LATER, break_record, names, said, save
from tests.storage.laptops import START, WALK, note
from walk.errors import BusyStore, DamagedStore, StoreError
from walk.model import Note
from walk.storage import backup, copies, leftover, opening, restore
from walk.storage.aside import set_aside
from walk.storage.store import Draft, Store

path = backed_up.path


def test_a_restore_brings_back_and_can_be_taken_back(path: Path) -> None:
    save(path, "one", "two")
    then = backup.make(path, START, "daily")
    save(path, "three")
    done = restore.bring_back(path, then, LATER)
    assert said(path) == {"one", "two"}
    assert done.before
    assert done.aside is None
    restore.bring_back(path, done.before, LATER + 1)
    assert said(path) == {"one", "two", "three"}
    assert sorted(os.listdir(path.parent)) == [path.name, "my.walkdb-backups"]


def test_everything_that_runs_sees_it(path: Path) -> None:
    save(path, "one")
    then = backup.make(path, START, "daily")
    save(path, "two")
    running = Store.open(path, START)
    version, device = running.data_version(), running.device
    restore.bring_back(path, then, LATER)
    assert running.data_version() != version
    assert {one.record.text for one in running.all(Note, WALK)} == {"one"}
    running.learn_device()
    assert running.device != device, "a restored laptop numbers what it shares anew"
    assert running.save(BY, "write", "saved", [note("three", "three")])
    running.close()
    assert said(path) == {"one", "three"}


def test_the_laptop_gets_a_new_id_each_time(path: Path) -> None:
    save(path, "one")
    then = backup.make_at(path, path.with_name("stick.walkdb"))
    seen = set()
    for time in range(3):
        restore.bring_back(path, then, LATER + time)
        store = Store.open(path, LATER)
        seen.add(store.device)
        store.close()
    assert len(seen) == 3


def test_what_is_being_typed_stays(path: Path) -> None:
    save(path, "one")
    then = backup.make(path, START, "daily")
    store = Store.open(path, START)
    store.keep_draft(Draft("visit:1", WALK, "", "half a li", "", LATER))
    restore.bring_back(path, then, LATER)
    assert [one.text for one in store.drafts()] == ["half a li"]
    store.close()


def test_a_backup_that_does_not_add_up_is_not_brought_back(path: Path) -> None:
    save(path, "one", "two")
    then = backup.make(path, START, "daily")
    break_record(then, "two")
    before = path.read_bytes()
    with pytest.raises(DamagedStore):
        restore.bring_back(path, then, LATER)
    assert path.read_bytes() == before
    assert names(path) == [then.name]


def test_a_file_that_is_no_backup_changes_nothing(path: Path, tmp_path: Path) -> None:
    save(path, "one")
    other = tmp_path / "other.walkdb"
    other.write_bytes(b"PK\x03\x04" * 999)
    with pytest.raises(StoreError):
        restore.bring_back(path, other, LATER)
    assert said(path) == {"one"}
    assert sorted(os.listdir(path.parent)) == [path.name]


def test_a_backup_begins_a_store_on_a_new_laptop(path: Path, tmp_path: Path) -> None:
    save(path, "one")
    made = backup.make(path, START, "asked")
    there = tmp_path / "new laptop" / "walk.walkdb"
    there.parent.mkdir()
    restore.bring_back(there, made, LATER)
    assert said(there) == {"one"}
    assert os.listdir(there.parent) == [there.name]


def test_a_store_that_is_lost_is_not_made_anew_in_silence(path: Path) -> None:
    save(path, "one")
    then = backup.make(path, START, "daily")
    path.unlink()
    with pytest.raises(DamagedStore, match="gone") as error:
        Store.open(path, START)
    assert "walk restore" in error.value.mend
    assert not path.exists()
    restore.bring_back(path, then, LATER)
    assert said(path) == {"one"}


def test_what_was_erased_since_stays_erased(path: Path) -> None:
    save(path, "one", "two")
    old = path.with_name("stick.walkdb")
    backup.make_at(path, old)
    gone = note("two", "two")
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(
            "INSERT INTO forgotten VALUES (?,?,'erase')",
            (bytes.fromhex(gone.id), bytes.fromhex(WALK)),
        )
    restore.bring_back(path, old, LATER)
    assert said(path) == {"one"}


def test_what_was_purged_since_stays_purged(path: Path) -> None:
    save(path, "one", "two")
    old = path.with_name("stick.walkdb")
    backup.make_at(path, old)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("INSERT INTO purged VALUES (?, '[\"note\"]', ?)", (bytes.fromhex(WALK), LATER))
    restore.bring_back(path, old, LATER)
    assert said(path) == set()
    assert b"two" not in path.read_bytes()


def test_what_was_purged_last_counts_whatever_the_clock_says(path: Path) -> None:
    save(path, "one", "two")
    old = path.with_name("stick.walkdb")
    walk = bytes.fromhex(WALK)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("INSERT INTO purged VALUES (?, '[\"form\"]', ?)", (walk, LATER))
    backup.make_at(path, old)
    with closing(sqlite3.connect(path)) as conn, conn:  # the clock was set back meanwhile
        conn.execute("UPDATE purged SET kinds = '[\"*\"]', at = ?", (START,))
    restore.bring_back(path, old, LATER)
    assert said(path) == set()
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT kinds FROM purged").fetchall() == [('["*"]',)]


def test_numbers_that_went_since_are_not_missed(path: Path) -> None:
    save(path, "one")
    old, own = path.with_name("stick.walkdb"), (bytes.fromhex(WALK), b"d" * 16)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("INSERT INTO forgotten_number VALUES (?, ?, 1, 3)", own)
    backup.make_at(path, old)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE forgotten_number SET last = 9")
    restore.bring_back(path, old, LATER)
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT first, last FROM forgotten_number").fetchall() == [(1, 9)]


def test_a_damaged_store_that_this_program_has_open_is_only_told(path: Path) -> None:
    save(path, "one", "two")
    then = backup.make(path, START, "daily")
    break_record(path, "two")
    before = path.read_bytes()
    with pytest.raises(DamagedStore):
        restore.bring_back(path, then, LATER, in_place=True)
    assert path.read_bytes() == before


def test_a_walk_that_starts_while_a_damaged_store_is_set_aside_makes_no_empty_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has seen that the store is there, and comes to open it a moment too late."""
    save(path, "one")
    opens = opening._opened

    def too_late(store: Path, patience_s: float) -> sqlite3.Connection:
        set_aside(store, LATER)
        return opens(store, patience_s)

    monkeypatch.setattr(opening, "_opened", too_late)
    with pytest.raises(DamagedStore, match="is gone"):
        opening.connect(path)
    assert not os.path.lexists(path)


def test_looking_into_a_store_that_is_gone_makes_none(path: Path, tmp_path: Path) -> None:
    save(tmp_path / "b.walkdb", "one")
    for look in (
        lambda: copies.open_file(path, live=True),
        lambda: copies.pour(tmp_path / "b.walkdb", path),
    ):
        with pytest.raises(sqlite3.OperationalError, match="unable to open"):
            look()
    path.parent.mkdir()
    assert leftover._content(path) is None
    assert os.listdir(path.parent) == []


def test_a_file_that_came_into_the_place_of_a_damaged_store_is_told_and_nothing_is_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(path, "one", "two")
    then = backup.make(path, START, "daily")
    save(path, "three")
    break_record(path, "two")

    def another_comes(store: Path, now: int) -> Path | None:
        where = set_aside(store, now)
        store.touch()
        return where

    monkeypatch.setattr(restore, "set_aside", another_comes)
    with pytest.raises(BusyStore, match="came into its place"):
        restore.bring_back(path, then, LATER)
    monkeypatch.undo()
    restore.bring_back(path, then, LATER + 1_000)
    assert said(path) == {"one", "two", "three"}
