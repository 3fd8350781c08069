"""Drafts are brought to the disk by a thread: no key waits for a disk that others keep busy."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.storage.laptops import START, WALK, note, walker
from tests.waiting import PATIENCE_S
from walk.errors import StoreError
from walk.storage import syncing
from walk.storage.store import By, Draft, Store

pytestmark = pytest.mark.faults
BY = By(WALK, walker("Ana"), START, 0)


def typed(words: str) -> Draft:
    return Draft("visit:1", WALK, "", words, "", START)


def seen_by_others(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as conn:
        return [row[0] for row in conn.execute("SELECT text FROM draft")]


def test_a_draft_does_not_wait_for_a_slow_disk_and_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.walkdb"
    go_on, synced, whole = threading.Event(), [], syncing.sync_file

    def slowly(log: Path) -> None:
        assert go_on.wait(PATIENCE_S)
        whole(log)
        synced.append(log.name)

    monkeypatch.setattr(syncing, "sync_file", slowly)
    store = Store.open(path, START)
    for words in ("S1", "S1 po", "S1 points"):
        store.keep_draft(typed(words))
        assert seen_by_others(path) == [words], "a kill from now on takes nothing of it"
    go_on.set()
    store.close()
    assert synced, "closing waits for the disk"
    # What was typed during one sync is brought there by the next, not by one for each key.
    assert len(synced) <= 2


def test_saving_a_note_waits_for_the_disk_as_ever(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "own.walkdb", START)) as store:
        store.keep_draft(typed("S1 points"))
        assert store._conn.execute("PRAGMA synchronous").fetchone()[0] == 2
        store.save(BY, "write", "saved", [note("one", "S1 points")], draft_done="visit:1")
        assert store.drafts() == []


def test_once_the_disk_did_not_take_it_a_draft_is_waited_for_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(syncing, "sync_file", fails)
    store = Store.open(tmp_path / "own.walkdb", START)
    store.keep_draft(typed("S1"))
    assert store._syncing is not None
    store._syncing.close()
    assert not store._syncing.works
    sizes = []
    store._conn.set_trace_callback(lambda sql: sizes.append(sql))
    store.keep_draft(typed("S1 points"))
    assert not any("synchronous" in sql for sql in sizes), "it is saved as a note is"
    store._conn.execute("PRAGMA query_only=ON")
    with pytest.raises(StoreError):
        store.keep_draft(typed("S1 points to"))
    store.close()


def test_a_log_that_was_taken_in_needs_no_sync(tmp_path: Path) -> None:
    own = syncing.Syncing(tmp_path / "gone.walkdb")
    own.ask()
    own.close()
    assert own.works
