"""A store of version 1 is brought over exactly: nothing of it is lost, added or shown otherwise.

`version_1.sql` is such a store, made by the walk that wrote them; `version_1.json` is what that
walk said of it.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.storage.laptops import START, VISIT, WALK, note, walker
from walk.errors import StoreError
from walk.model import Note
from walk.storage import tables
from walk.storage.database import APPLICATION_ID, VERSION
from walk.storage.store import By, Store

HERE = Path(__file__).parent
SAID: dict[str, Any] = json.loads((HERE / "version_1.json").read_text(encoding="utf-8"))
BY = By(WALK, walker("Ana"), START + 1, 0)
FORM = SAID["numbers"]["form"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of version 1."""
    made = tmp_path / "my.walkdb"
    with closing(sqlite3.connect(made)) as conn:
        conn.executescript((HERE / "version_1.sql").read_text(encoding="utf-8"))
        conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
        conn.execute("PRAGMA user_version=1")
        conn.execute("PRAGMA journal_mode=WAL")
    return made


def plain(value: Any) -> Any:
    """The same as JSON has it: ids as hex, lists for tuples."""
    if isinstance(value, bytes):
        return value.hex()
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def as_it_stands(path: Path) -> tuple[int, list[str]]:
    """The version of a closed store and everything in it."""
    with closing(sqlite3.connect(path)) as conn:
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        names = conn.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"
        ).fetchall()
        rows = [
            f"{name} {row!r}" for (name,) in names for row in conn.execute(f"SELECT * FROM {name}")
        ]
        return version, [*rows, repr(conn.execute("SELECT * FROM sqlite_schema").fetchall())]


def test_it_says_what_it_said(path: Path) -> None:
    with closing(Store.open(path, START)) as store:
        assert plain(store.snapshot()) == SAID["snapshot"]
        assert plain(store.packs()) == SAID["packs"]
        missing = {device: plain(runs) for device, runs in store.missing_numbers(WALK).items()}
        assert missing == SAID["missing"]
        assert store.conflicts(WALK) == SAID["conflicts"]
        assert sorted(plain(store.unread(WALK))) == SAID["unread"]
        assert store.unshared(WALK) == SAID["unshared"]
        assert sorted(plain(store.note_counts(WALK))) == SAID["counts"]
        assert store.children(FORM) == SAID["children"]
        assert sorted(store.authors(WALK)) == SAID["authors"]
        assert store.walks() == SAID["walks"]
        assert [draft.text for draft in store.drafts()] == SAID["drafts"]
        assert store.setting("me") == SAID["me"]
        assert [rev.rev_id().hex() for rev in store.published(WALK)] == SAID["published"]
        for record, wordings in SAID["heads"].items():
            found = [
                [held.record.body(), held.author, held.at, held.shared, held.here]
                for held in store.heads(record)
            ]
            assert found == wordings
        assert store.check() == []
        assert store.collects() == [SAID["numbers"]["collected"]]


def test_the_journal_keeps_its_order_and_its_hashes(path: Path) -> None:
    Store.open(path, START).close()
    with closing(sqlite3.connect(path)) as conn:
        found = [row[0].hex() for row in conn.execute("SELECT rev_id FROM rev ORDER BY seq")]
    assert found == SAID["journal"]


def test_made_again_the_tables_are_the_same(path: Path) -> None:
    with closing(Store.open(path, START)) as store:
        store.rebuild()
        assert plain(store.snapshot()) == SAID["snapshot"]


def test_undo_goes_as_far_as_it_went(path: Path) -> None:
    with closing(Store.open(path, START)) as store:
        undone = [store.undo(BY, "write") for _ in SAID["undo"]]
        assert undone == SAID["undo"]
        assert store.redo(BY, "write") == undone[-2]
        assert store.undo(BY, "write") == undone[-2]
        # The laptop is another one here, so what undo writes has other hashes.
        shown = [[row[0], row[2], row[5], row[6], row[9], row[10]] for row in _states(store)]
        told = [
            [row[0], row[2], row[5], row[6], row[9], row[10]]
            for row in SAID["after_undo_and_take_back"]
            if len(row) > 5
        ]
        back = store.take_back_pack(SAID["numbers"]["collected"][0])
        assert plain([back.removed, back.kept]) == SAID["taken_back"]
        after = [[row[0], row[2], row[5], row[6], row[9], row[10]] for row in _states(store)]
        assert shown != after == told


def _states(store: Store) -> list[Any]:
    return [row for row in plain(store.snapshot()) if len(row) > 5]


def test_what_is_saved_afterwards_joins_it(path: Path) -> None:
    with closing(Store.open(path, START)) as store:
        store.save(BY, "write", "a new one", [note("new", "8 of 9 pairs", visit=VISIT, form=FORM)])
        assert note("new", "").id in [held.record.id for held in store.all(Note, WALK, parent=FORM)]
        assert len(_states(store)) == len([row for row in SAID["snapshot"] if len(row) > 5]) + 1
        assert store.undo(BY, "write") == "a new one"
        assert store.undo(BY, "write") == SAID["undo"][0]


def test_where_it_cannot_be_finished_it_stays_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = as_it_stands(path)

    def fail(_: sqlite3.Connection) -> int:
        raise sqlite3.OperationalError("something")

    monkeypatch.setattr(tables, "rebuild", fail)
    with pytest.raises(StoreError):
        Store.open(path, START)
    assert as_it_stands(path) == before
    monkeypatch.undo()
    test_it_says_what_it_said(path)


_KILLED = """
import os, sys
from pathlib import Path
from walk.model import Note
from walk.storage import tables
from walk.storage.store import Store
tables.rebuild = lambda conn: os._exit(9)
Store.open(Path(sys.argv[1]), 1)
"""


def test_killed_in_the_middle_it_is_of_version_1(path: Path) -> None:
    before = as_it_stands(path)
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False, timeout=60)
    assert killed.returncode == 9
    assert as_it_stands(path) == before
    test_it_says_what_it_said(path)
    assert as_it_stands(path)[0] == VERSION
