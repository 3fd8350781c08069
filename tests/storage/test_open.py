"""Opening a store: a new one, an old one, someone else's, a damaged one, none at all."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from tests.storage import open_stores
from tests.storage.laptops import START, note
from tests.storage.open_stores import BY, PAIRS, open_store, sees_only, with_a_note
from walk.errors import DamagedStore, ForeignStore, FullDisk, NewerStore, StoreError
from walk.model import Note
from walk.storage import backup, database, device, migrations

path = open_stores.path


def raw(path: Path, *statements: str) -> Any:
    """Run statements on a closed store; the first value of the last one."""
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        rows = [conn.execute(statement).fetchone() for statement in statements]
        return rows[-1][0] if rows[-1] else None
    finally:
        conn.close()


def words_of(path: Path) -> str | None:
    store = open_store(path)
    try:
        found = store.get(Note, PAIRS.id)
        return found.text if found else None
    finally:
        store.close()


# A new one


def test_a_new_store_is_made_with_its_folder(path: Path) -> None:
    with_a_note(path)
    assert words_of(path) == PAIRS.text
    assert os.listdir(path.parent) == [path.name]
    assert raw(path, "PRAGMA application_id") == database.APPLICATION_ID
    assert raw(path, "PRAGMA user_version") == database.VERSION
    assert raw(path, "PRAGMA journal_mode") == "wal"


def test_it_saves_with_the_whole_promise(path: Path) -> None:
    store = open_store(path)
    settings = ("synchronous", "fullfsync", "checkpoint_fullfsync", "trusted_schema")
    found = [store._conn.execute(f"PRAGMA {name}").fetchone()[0] for name in settings]
    store.close()
    assert found == [2, 1, 1, 0]


# Windows knows no such modes: there a file is its user's by the folder that it lies in.
_OTHERS = 0o077 if os.name == "posix" else 0


def test_only_its_user_can_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        store = open_store(path)
        store.save(BY, "write", "saved", [PAIRS])
        copy = backup.make(path, START, "copy")
        modes = {
            file.name: stat.S_IMODE(file.stat().st_mode) & _OTHERS
            for file in [*path.parent.glob("*.walkdb*"), *path.parent.glob("*/*.walkdb")]
        }
        store.close()
    finally:
        os.umask(before)
    names = [path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-backups"]
    assert modes == dict.fromkeys([*names, copy.name], 0)


_OPEN_AND_SAVE = """
import sys
from pathlib import Path
from walk.model import Note, derived
from walk.storage.store import By, Store
sys.stdin.readline()
store = Store.open(Path(sys.argv[1]), 1, patience_s=5)
walk = derived("walk")
note = Note(id=derived("note", sys.argv[2]), walk=walk, visit=walk, text=sys.argv[2])
store.save(By(walk, "", 1, 0), "write", "saved", [note])
store.close()
"""


def test_two_that_start_at_once_make_one_store(path: Path) -> None:
    """Neither meets a store that the other has half made, and neither's note is lost."""
    for attempt in range(3):
        store = path.with_name(f"{attempt}.walkdb")
        running = [
            subprocess.Popen(
                [sys.executable, "-c", _OPEN_AND_SAVE, str(store), text],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for text in ("one", "two")
        ]
        # They wait with everything loaded and begin on one word.
        for process in running:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        errors = [process.communicate(timeout=60)[1] for process in running]
        assert errors == ["", ""]
        assert raw(store, "SELECT count(*) FROM rev") == 2
    assert sorted(os.listdir(path.parent)) == ["0.walkdb", "1.walkdb", "2.walkdb"]


def test_one_that_comes_second_uses_what_is_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another walk makes the store while this one is making its own."""
    really_apply = database.apply

    def apply(conn: sqlite3.Connection) -> None:
        really_apply(conn)
        monkeypatch.setattr(database, "apply", really_apply)
        with_a_note(path)

    monkeypatch.setattr(database, "apply", apply)
    assert words_of(path) == PAIRS.text
    assert os.listdir(path.parent) == [path.name]


def test_a_disk_without_hard_links_will_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    with_a_note(path)
    assert words_of(path) == PAIRS.text
    assert os.listdir(path.parent) == [path.name]


def test_a_failure_while_making_it_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("something")

    monkeypatch.setattr(database, "apply", fail)
    with pytest.raises(StoreError):
        open_store(path)
    assert os.listdir(path.parent) == []


# Not ours, or not whole


def test_another_programs_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    raw(path, "CREATE TABLE grades(name, grade)", "PRAGMA application_id=7")
    before = path.read_bytes()
    with pytest.raises(ForeignStore) as error:
        open_store(path)
    sees_only(error.value, path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 a pack", b"x" * 5_000, b"\n", b"SQLite format 3\0" + b"\xff" * 400]
)
def test_a_file_of_another_kind_is_left_alone(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises((ForeignStore, DamagedStore)) as error:
        open_store(path)
    sees_only(error.value, path)
    assert path.read_bytes() == content


def test_an_empty_database_is_not_taken_for_a_new_store(path: Path) -> None:
    path.parent.mkdir()
    raw(path, "CREATE TABLE a(b)", "DROP TABLE a")
    with pytest.raises(ForeignStore):
        open_store(path)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(ForeignStore, match="is a folder"):
        open_store(tmp_path)


def test_a_store_in_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError) as error:
        open_store(tmp_path / "file" / "my.walkdb")
    assert error.value.mend


def test_a_newer_walks_store_is_left_alone(path: Path) -> None:
    with_a_note(path)
    raw(path, f"PRAGMA user_version={database.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerStore) as error:
        open_store(path)
    sees_only(error.value, path)
    assert path.read_bytes() == before


def test_a_store_cut_off_to_nothing_is_damage_and_not_a_new_one(path: Path) -> None:
    """SQLite would take 0 bytes for an empty database and hide that all notes are gone."""
    path.parent.mkdir()
    path.touch()
    with pytest.raises(DamagedStore, match="0 bytes") as error:
        open_store(path)
    sees_only(error.value, path)
    assert path.stat().st_size == 0


def test_a_store_that_is_gone_is_not_made_anew_over_its_journal(path: Path) -> None:
    """The -wal file may hold notes; next to a new store SQLite would write them into it."""
    path.parent.mkdir()
    journal = path.with_name(f"{path.name}-wal")
    journal.write_bytes(b"notes")
    with pytest.raises(DamagedStore, match=r"my\.walkdb-wal"):
        open_store(path)
    assert journal.read_bytes() == b"notes"
    assert not path.exists()


def test_a_store_cut_off_in_the_middle_is_found_damaged(path: Path) -> None:
    store = open_store(path)
    store.save(BY, "write", "saved", [note(f"n{number}", "x" * 2_000) for number in range(50)])
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DamagedStore) as error:
        open_store(path)
    sees_only(error.value, path)
    assert path.read_bytes() == whole[: len(whole) // 2]


# Which laptop


def test_a_laptop_keeps_its_id(path: Path) -> None:
    first = open_store(path)
    first.close()
    second = open_store(path)
    second.close()
    assert first.device == second.device


def test_a_copy_in_another_place_gets_an_id_of_its_own(path: Path) -> None:
    with_a_note(path)
    copy = path.with_name("copy.walkdb")
    copy.write_bytes(path.read_bytes())
    one, two = open_store(path), open_store(copy)
    one.close()
    two.close()
    assert one.device != two.device
    assert words_of(copy) == PAIRS.text


def test_a_made_up_network_card_does_not_make_another_laptop(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Python finds no card it invents a number for each run."""
    monkeypatch.setattr(uuid, "getnode", lambda: 0x0100_5E00_0001)
    one = device.fingerprint(path)
    monkeypatch.setattr(uuid, "getnode", lambda: 0x0300_5E00_0002)
    assert device.fingerprint(path) == one
    monkeypatch.setattr(uuid, "getnode", lambda: 0x0200_5E00_0003)
    assert device.fingerprint(path) != one


# Migrations


def test_the_version_is_the_number_of_migrations() -> None:
    known: list[str] = []
    steps = Migrations("walk")
    steps._migrations = list(migrations.MIGRATIONS._migrations)
    db = Database(memory=True)
    known = [step.name for step in steps.pending(db)]
    db.close()
    assert len(known) == database.VERSION
    assert [name[:4] for name in known] == [f"{at:04}" for at in range(1, len(known) + 1)]


def _newer_walk(monkeypatch: pytest.MonkeyPatch, *, breaks: bool = False) -> None:
    """Let this walk know one migration more."""
    newer = Migrations("walk")
    newer._migrations = list(migrations.MIGRATIONS._migrations)

    @newer(name="9999_moods")
    def moods(db: Database) -> None:
        db.execute("CREATE TABLE mood(of TEXT) STRICT")
        if breaks:
            db.execute("CREATE TABLE mood(of TEXT) STRICT")

    monkeypatch.setattr(migrations, "MIGRATIONS", newer)
    monkeypatch.setattr(database, "VERSION", database.VERSION + 1)


def test_an_older_store_is_backed_up_and_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_note(path)
    older = database.VERSION
    _newer_walk(monkeypatch)
    assert words_of(path) == PAIRS.text
    assert raw(path, "PRAGMA user_version") == older + 1
    assert raw(path, "SELECT count(*) FROM mood") == 0
    (copy,) = backup.backup_folder(path).iterdir()
    assert copy.name == f"2025-10-14-082000Z-before-version-{older + 1}.walkdb"
    monkeypatch.undo()
    assert raw(copy, "PRAGMA user_version") == older
    assert words_of(copy) == PAIRS.text


def test_an_older_store_on_a_full_disk_says_at_once_that_there_is_no_room_for_its_backup(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_note(path)
    before = path.read_bytes()
    _newer_walk(monkeypatch)
    room = SimpleNamespace(free=path.stat().st_size)
    monkeypatch.setattr("shutil.disk_usage", lambda _: room)
    with pytest.raises(FullDisk, match="backed up first") as told:
        open_store(path)
    assert "Free 1 MB" in told.value.mend
    assert path.read_bytes() == before
    assert not backup.backup_folder(path).exists()


def test_a_migration_that_fails_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_note(path)
    _newer_walk(monkeypatch, breaks=True)
    with pytest.raises(StoreError):
        open_store(path)
    monkeypatch.undo()
    assert words_of(path) == PAIRS.text
    assert raw(path, "SELECT count(*) FROM sqlite_master WHERE name = 'mood'") == 0


def test_a_new_store_needs_no_backup(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _newer_walk(monkeypatch)
    with_a_note(path)
    assert not backup.backup_folder(path).exists()
    assert raw(path, "SELECT count(*) FROM mood") == 0
