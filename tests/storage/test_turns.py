"""Writing much beside a screen: who saves a line comes first, and syncs; the end is synced too."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.storage.laptops import START, Laptop, note
from walk.storage import many, merge, taking
from walk.storage import turns as turns_module
from walk.storage.many import HELD_BRIEFLY_S, HELD_S, Chunks
from walk.storage.store import Store
from walk.storage.turns import Turns, turns_of


def setting(store: Store, name: str) -> int:
    return int(store._conn.execute(f"PRAGMA {name}").fetchone()[0])


def test_a_chunk_waits_for_who_asks() -> None:
    turns, order = Turns(), []
    asks = threading.Event()

    def chunk() -> None:
        asks.wait()
        turns.let_others()
        order.append("chunk")

    thread = threading.Thread(target=chunk)
    thread.start()
    with turns.asking():
        asks.set()
        thread.join(0.02)  # it may not end before the line is saved
        order.append("line")
    thread.join()
    assert order == ["line", "chunk"]


def test_who_asks_waits_for_the_chunk_that_is_being_written() -> None:
    turns, order = Turns(), list[str]()
    written = threading.Event()

    def ask() -> None:
        written.wait()
        with turns.asking():
            order.append("line")

    thread = threading.Thread(target=ask)
    thread.start()
    with turns.chunk():
        written.set()
        thread.join(0.02)  # it may not end before the chunk is written
        order.append("chunk")
    thread.join()
    assert order == ["chunk", "line"]


def test_nobody_who_does_not_ask_is_waited_for() -> None:
    turns = Turns()
    with turns.asking():
        pass
    waited = threading.Thread(target=turns.let_others)
    waited.start()
    waited.join(5)
    assert not waited.is_alive()


def test_every_store_has_turns_of_its_own(tmp_path: Path) -> None:
    assert turns_of(tmp_path / "a") is turns_of(tmp_path / "a")
    assert turns_of(tmp_path / "a") is not turns_of(tmp_path / "b")


def test_a_line_saved_beside_much_does_not_take_the_long_log_in(ana: Laptop) -> None:
    other = Store.open(ana.store.path, START)
    found = []
    with other.many_at_once():
        ana.save(note("one", "S1 points to line 4"))
        found.append(setting(ana.store, "wal_autocheckpoint"))
    ana.save(note("two", "S2 points to line 5"))
    found.append(setting(ana.store, "wal_autocheckpoint"))
    other.close()
    assert found == [0, 1_000]


@pytest.mark.parametrize("fails", [False, True])
def test_what_is_written_in_bulk_is_synced_by_its_end(ana: Laptop, fails: bool) -> None:
    """Each commit of a chunk alone is not; the last one is, whatever happened."""
    store, said = ana.store, list[str]()
    store._conn.set_trace_callback(said.append)
    try:
        with store.many_at_once():
            assert setting(store, "synchronous") == 1
            ana.save(note("one", "S1 points to line 4"))
            if fails:
                raise LookupError
    except LookupError:
        pass
    store._conn.set_trace_callback(None)
    assert setting(store, "synchronous") == 2
    full = said.index("PRAGMA synchronous=2")
    assert max(place for place, one in enumerate(said) if one == "COMMIT") < full
    assert any(one.startswith("PRAGMA user_version=") for one in said[full:])


def test_each_save_is_synced_again_also_where_the_log_could_not_be_taken_in(ana: Laptop) -> None:
    """As on a disk that is full by then: what came in is in, and nothing has to be told."""
    conn = ana.store._conn

    def none_taken_in(action: int, name: str | None, *_: str | None) -> int:
        refused = action == sqlite3.SQLITE_PRAGMA and name == "wal_checkpoint"
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK

    with ana.store.many_at_once():
        ana.save(note("one", "S1 points to line 4"))
        conn.set_authorizer(none_taken_in)
    conn.set_authorizer(None)
    assert setting(ana.store, "synchronous") == 2
    assert setting(ana.store, "wal_autocheckpoint") == 1_000


def test_another_program_that_writes_finds_the_lock_free_between_chunks(
    ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody else writes, an import waits for nothing."""
    pauses: list[float] = []
    monkeypatch.setattr(taking, "time", SimpleNamespace(sleep=pauses.append))
    monkeypatch.setattr(many, "AHEAD", 10)
    monkeypatch.setattr(many, "AT_FIRST", 3)
    monkeypatch.setattr(merge, "CHUNK", 3)
    rows = [("", note(f"row {number}", "x")) for number in range(30)]
    assert sum(new for new, _ in ana.store.add_all(ana.by(), "import", "x", rows[:15])) == 15
    assert pauses == []
    with closing(Store.open(ana.path, START)) as other:
        run = ana.store.add_all(ana.by(), "import", "x", rows[15:])
        next(run)
        assert pauses == []
        other.save(ana.by(), "visit", "noted", [note("line", "x")])
        next(run)
        assert pauses
        assert sum(new for new, _ in run) == 9


def test_chunks_are_short_for_a_while_after_somebody_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = [100.0]
    monkeypatch.setattr(turns_module, "elapsed_s", lambda: at[0])
    with closing(Store.open(tmp_path / "a.walkdb", START)) as store:
        at[0] += 10
        turns = turns_of(store.path)
        with turns.asking():
            pass
        assert store._held_at_most() == HELD_S, "what is saved before is the work's own beginning"
        with turns.writing_much(), turns.asking():
            pass
        assert store._held_at_most() == HELD_BRIEFLY_S
        at[0] += 10
        assert store._held_at_most() == HELD_S


def test_a_chunk_that_took_too_long_for_a_typist_is_followed_by_a_smaller_one() -> None:
    sizes = []
    for aim in (HELD_S, HELD_BRIEFLY_S):
        chunks = Chunks(range(10_000), 2_000)
        next(chunks)
        chunks.took(HELD_S, aim)
        sizes.append(chunks.size)
    assert sizes == [2_000, 666]
