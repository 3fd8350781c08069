"""Stores with no room, no right or no turn: told, and nothing half done."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.storage import open_stores
from tests.storage.laptops import START, WALK, Laptop, note
from tests.storage.open_stores import BY, PAIRS, open_store, sees_only, with_a_note
from walk.errors import BusyStore, FullDisk, ReadOnlyStore, StoreError
from walk.storage import backup, database, device
from walk.storage.store import Draft, Store

path = open_stores.path


def _read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection reads only, as with a file that this user may not write.

    Taking the right away from the file would not bind a test that runs as root.
    """
    really_connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connect(file: Path | str, **options: Any) -> sqlite3.Connection:
        address = file if isinstance(file, str) else f"{file.as_uri()}?mode=rw"
        assert address.endswith("?mode=rw")
        return really_connect(address.replace("mode=rw", "mode=ro"), **{**options, "uri": True})

    monkeypatch.setattr(sqlite3, "connect", connect)


def test_a_store_that_cannot_be_written_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_note(path)
    monkeypatch.setattr(device, "fingerprint", lambda _: "another machine")
    _read_only(monkeypatch)
    with pytest.raises(ReadOnlyStore) as error:
        open_store(path)
    sees_only(error.value, path)


def test_a_folder_that_cannot_be_written_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ReadOnlyStore) as error:
        open_store(path)
    sees_only(error.value, path)


def test_a_saving_that_may_only_read_is_told_and_changes_nothing(path: Path) -> None:
    store = open_store(path)
    store._conn.execute("PRAGMA query_only=ON")
    with pytest.raises(ReadOnlyStore):
        store.save(BY, "write", "saved", [PAIRS])
    store._conn.execute("PRAGMA query_only=OFF")
    assert store.save(BY, "write", "saved", [PAIRS])
    store.close()


def test_a_full_disk_takes_no_half_note_and_gives_up_none(path: Path) -> None:
    store = open_store(path)
    store.save(BY, "write", "saved", [PAIRS])
    store.keep_draft(Draft("visit:1", WALK, "", "what I was typing", "", START))
    before = store.snapshot()
    pages = store._conn.execute("PRAGMA page_count").fetchone()[0]
    store._conn.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(FullDisk) as error:
        store.save(
            BY,
            "write",
            "too much",
            [note(f"n{number}", "x" * 5_000) for number in range(9)],
            draft_done="visit:1",
        )
    assert "sqlite" not in str(error.value).lower()
    assert not store._conn.in_transaction
    assert store.snapshot() == before
    assert [draft.text for draft in store.drafts()] == ["what I was typing"]
    assert store.undo(BY, "write") == "saved"
    assert store.redo(BY, "write") == "saved"
    store._conn.execute(f"PRAGMA max_page_count={pages + 1_000}")
    assert store.save(BY, "write", "again", [note(f"n{number}", "x") for number in range(9)])
    assert store.check() == []
    store.close()


@pytest.mark.parametrize(("free", "kind"), [(0, FullDisk), (10**9, StoreError)])
def test_an_error_of_a_disk_without_room_is_told_as_a_full_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch, free: int, kind: type[StoreError]
) -> None:
    """So SQLite says it where it cannot even make the file that connections share."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    with pytest.raises(kind) as told, database.told(path):
        raise error
    assert type(told.value) is kind


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN])
@pytest.mark.parametrize("why", [errno.EDQUOT, errno.ENOSPC])
def test_a_limit_that_no_figure_tells_of_is_told_as_a_full_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, why: int
) -> None:
    """One user's part of a school's disk is used up, or it holds as many files as it can."""
    with_a_note(path)

    def refused(_: int) -> None:
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr(os, "fsync", refused)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    with pytest.raises(FullDisk), database.told(path):
        raise error
    assert [one.name for one in path.parent.iterdir()] == [path.name], "nothing of the try stays"


def test_a_disk_that_fills_while_collecting_leaves_what_can_be_taken_back(ana: Laptop) -> None:
    ana.save(*(note(f"n{number}", "x" * 5_000) for number in range(9)))
    ana.share()
    ben = Laptop("Ben")
    before = ben.store.snapshot()
    pages = ben.store._conn.execute("PRAGMA page_count").fetchone()[0]
    ben.store._conn.execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(FullDisk):
        ben.collect(ana.pack())
    ben.store.take_back_unfinished()  # of a small pack nothing is left: it comes in at once
    assert ben.store.snapshot() == before
    assert ben.store.packs() == []
    ben.remove()


def test_a_failed_backup_leaves_no_copy_that_looks_like_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_note(path)
    monkeypatch.setattr(backup, "check", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        backup.make(path, START, "copy")
    assert os.listdir(backup.backup_folder(path)) == []


def test_one_who_writes_meanwhile_is_waited_for_and_then_named(path: Path) -> None:
    store = open_store(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store._conn.execute("PRAGMA busy_timeout=1")
    with pytest.raises(BusyStore, match="Another program"):
        store.save(BY, "write", "saved", [PAIRS])
    with pytest.raises(BusyStore):
        Store.open(path, START, patience_s=0.001)
    other.execute("COMMIT")
    other.close()
    assert store.save(BY, "write", "saved", [PAIRS])
    store.close()


def test_an_error_that_nobody_thought_of_is_told_too(path: Path) -> None:
    with pytest.raises(StoreError, match="could not be used") as error, database.told(path):
        raise sqlite3.OperationalError("disk I/O error")
    assert error.value.mend
