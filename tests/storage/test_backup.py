"""Backups: whole, checked, few; restoring: what it shows, brings, leaves and can take back."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.storage import backed_up
from tests.storage.backed_up import DAY, LATER, break_record, names, said, save
from tests.storage.laptops import START, WALK, note
from walk.errors import BusyStore, DamagedStore, FullDisk
from walk.storage import backup, copies, database, locks, opening, restore
from walk.storage.backup import Backup
from walk.storage.store import Store

path = backed_up.path


# Making


def test_a_store_that_another_keeps_to_itself_is_not_waited_for_without_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(path, "5 of 7 pairs")
    monkeypatch.setattr(copies, "PATIENCE_S", 0.0)
    monkeypatch.setattr(copies, "_TRIES", 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises((BusyStore, sqlite3.OperationalError)):
            copies.copy(path, copies.new_file(path.with_name("copy")), live=True)


def test_a_backup_is_a_store_of_its_own_and_leaves_nothing_beside(path: Path) -> None:
    save(path, "one", "two")
    made = backup.make(path, START, "daily")
    assert made.parent == path.with_name("my.walkdb-backups")
    assert made.name == "2025-10-14-082000Z-daily.walkdb"
    assert os.listdir(made.parent) == [made.name]
    assert sorted(os.listdir(path.parent)) == [path.name, "my.walkdb-backups"]
    backup.check(made)
    assert os.listdir(made.parent) == [made.name], "reading one leaves no trace either"
    copy = path.with_name("elsewhere.walkdb")
    copy.write_bytes(made.read_bytes())
    assert said(copy) == {"one", "two"}


def test_what_others_write_meanwhile_is_no_half_in_it(path: Path) -> None:
    """The copy sees one moment: a transaction under way is not in it, a finished one is whole."""
    save(path, "before")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM rev")
        made = backup.make(path, START, "daily")
        other.execute("ROLLBACK")
    backup.check(made)
    assert copies.holding(made).shown[WALK].keys() == {bytes.fromhex(note("before", "").id)}


def test_a_store_that_does_not_add_up_pushes_no_sound_backup_out(path: Path) -> None:
    save(path, "one", "two")
    sound = backup.make(path, START, "daily")
    break_record(path, "two")
    for day in range(1, 9):
        with pytest.raises(DamagedStore, match="1 entry is not as written") as error:
            backup.make(path, START + day * DAY, "daily")
    assert "walk restore" in error.value.mend
    assert os.listdir(sound.parent) == [sound.name]
    backup.check(sound)


def test_a_full_disk_leaves_no_half_backup(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(path, *(f"{n} {'x' * 2_000}" for n in range(40)))
    really: Callable[..., sqlite3.Connection] = sqlite3.connect

    def small(file: object, **options: object) -> sqlite3.Connection:
        conn = really(file, **options)
        if str(file).endswith(".part"):
            conn.execute("PRAGMA max_page_count=3")
        return conn

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(FullDisk):
        backup.make(path, START, "daily")
    assert os.listdir(backup.backup_folder(path)) == []


def test_what_a_kill_left_is_cleared_away_and_never_listed(path: Path) -> None:
    save(path, "one")
    folder = backup.backup_folder(path)
    folder.mkdir()
    (folder / "2025-10-13-082000.part").write_bytes(b"half")
    (folder / "notes.txt").write_text("a person's own")
    assert backup.kept(path) == []
    made = backup.make(path, START, "daily")
    assert sorted(os.listdir(folder)) == [made.name, "notes.txt"]


def test_a_name_with_a_day_that_never_was_is_no_backup_of_ours(path: Path) -> None:
    save(path, "one")
    made = backup.make(path, START, "daily")
    odd = made.with_name("2025-02-30-120000Z-daily.walkdb")
    odd.write_bytes(made.read_bytes())
    assert [one.path for one in backup.kept(path)] == [made]
    assert odd in backup.every(path), "an erase cleans it all the same"


def test_a_backup_that_another_program_lets_go_meanwhile_is_not_listed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(path, "one")
    first = backup.make(path, START, "daily")
    second = backup.make(path, START + DAY, "daily")
    whole = Path.stat
    seen: list[Path] = []

    def goes_once_it_was_looked_at(self: Path, **how: bool) -> os.stat_result:
        found = whole(self, **how)
        if self == first and not seen:
            seen.append(self)
            self.unlink()
        return found

    monkeypatch.setattr(Path, "stat", goes_once_it_was_looked_at)
    assert {one.path for one in backup.kept(path)} >= {second}
    assert seen
    assert [one.path for one in backup.kept(path)] == [second]


def test_two_in_one_second_are_two(path: Path) -> None:
    save(path, "one")
    first, second = (backup.make(path, START, "asked") for _ in range(2))
    assert first != second
    assert len(names(path)) == 2


def test_only_one_program_makes_one_at_a_time(path: Path) -> None:
    save(path, "one")
    folder = backup.backup_folder(path)
    folder.mkdir()
    with backup.turn(folder), pytest.raises(BusyStore, match="just now"):
        backup.make(path, START, "daily")
    assert backup.make(path, START, "daily").exists()


def test_a_backup_elsewhere_gets_its_name_once_it_is_whole(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill before that leaves no file that looks like a backup; the next one clears up."""
    Store.open(path, START).close()
    target, whole, looked = tmp_path / "elsewhere.walkdb", backup.check, []

    def look(copy: Path) -> None:
        looked.append(copy)
        assert not target.exists()
        whole(copy)

    monkeypatch.setattr(backup, "check", look)
    (tmp_path / "~elsewhere.walkdb.part").write_bytes(b"what a kill left")
    backup.make_at(path, target)
    assert len(looked) == 1
    whole(target)
    assert [one.name for one in tmp_path.glob("*elsewhere*")] == ["elsewhere.walkdb"]


def test_a_backup_elsewhere_overwrites_nothing(path: Path, tmp_path: Path) -> None:
    save(path, "one")
    target = tmp_path / "stick.walkdb"
    backup.make_at(path, target)
    assert said(target) == {"one"}
    with pytest.raises(FileExistsError):
        backup.make_at(path, target)
    assert stat.S_IMODE(target.stat().st_mode) & (0o077 if os.name == "posix" else 0) == 0
    assert backup.kept(path) == []


def test_a_backup_that_another_file_came_before_is_not_told_as_made(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is with a link that leads nowhere: it is there, though nothing is found behind it."""
    save(path, "one")
    target, whole = tmp_path / "stick.walkdb", backup.check

    def late(copy: Path) -> None:
        whole(copy)
        target.write_bytes(b"of another program")

    monkeypatch.setattr(backup, "check", late)
    with pytest.raises(FileExistsError):
        backup.make_at(path, target)
    assert target.read_bytes() == b"of another program"
    assert list(tmp_path.glob("~*")) == []


# Which stay


def entry(at: int, size: int, why: str = "daily") -> Backup:
    return Backup(Path(f"{at}-{why}"), at, why, size)


ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 30 * DAY),
        st.integers(1, 100),
        st.sampled_from(["daily", "asked", "before-restore", "before-purge"]),
    ),
    min_size=1,
    max_size=15,
    unique_by=lambda one: one[0],
)


@given(ENTRIES, st.integers(1, 100), st.integers(0, DAY))
def test_what_stays_is_new_and_small_enough(
    made: list[tuple[int, int, str]], size: int, since: int
) -> None:
    found = sorted((entry(*one) for one in made), key=lambda one: one.at, reverse=True)
    now = found[0].at + since
    gone = backup.surplus(found, size, now)
    stay = [one for one in found if one not in gone]
    before = next((one for one in found if one.why.startswith("before-")), None)
    assert stay[0] == found[0], "the newest always stays"
    if before and now - before.at < DAY:
        assert before in stay, "what was done today can be taken back"
    room = 2 * max(size, *(one.size for one in found))
    usual = [one for one in stay if one is not before]
    assert len(usual) <= 7
    assert sum(one.size for one in usual) <= max(room, found[0].size)
    if len(found) <= 7 and sum(one.size for one in found) <= room:
        assert gone == []


def test_the_newest_seven_stay() -> None:
    found = [entry(day * DAY, 1) for day in range(10, 0, -1)]
    assert backup.surplus(found, 100, 10 * DAY) == found[7:]


def test_together_they_take_twice_the_store_at_most() -> None:
    found = [entry(day * DAY, 40) for day in range(10, 0, -1)]
    assert backup.surplus(found, 100, 10 * DAY) == found[5:]


def test_a_store_begun_anew_does_not_throw_out_what_was_in_the_old_one() -> None:
    found = [entry(9 * DAY, 1), entry(8 * DAY, 100), entry(7 * DAY, 90)]
    assert backup.surplus(found, 1, 9 * DAY) == []


def test_old_ones_go_day_by_day(path: Path) -> None:
    for day in range(9):
        save(path, f"{day} " + "x" * 200)
        backup.make(path, START + day * DAY, "daily")
    kept = backup.kept(path)
    assert 2 <= len(kept) <= 7
    assert sum(one.size for one in kept) <= 2 * path.stat().st_size
    assert kept[0].at == START + 8 * DAY


# Of an older walk


VERSION_1 = Path(__file__).with_name("version_1.sql").read_text(encoding="utf-8")


def older(path: Path) -> Path:
    """A store of version 1, as the walk of then made it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(VERSION_1)
        conn.execute(f"PRAGMA application_id={database.APPLICATION_ID}")
        conn.execute("PRAGMA user_version=1")
        conn.execute("PRAGMA journal_mode=WAL")
    return path


def test_a_backup_of_an_older_walk_is_read_without_being_changed(path: Path) -> None:
    made = older(path.with_name("older.walkdb"))
    before = made.read_bytes()
    held = copies.holding(made)
    backup.check(made)
    assert held.shown
    assert made.read_bytes() == before
    assert os.listdir(path.parent) == [made.name]


def test_a_look_that_was_cut_off_does_not_make_a_backup_unsound(path: Path) -> None:
    made = older(path.with_name("older.walkdb"))
    for left in ("-looked-into", f"{database.NEW}looked-into"):
        made.with_name(f"{made.name}{left}").write_bytes(b"half of it")
        made.with_name(f"{made.name}{left}-wal").write_bytes(b"half of it")
    assert backup.is_sound(made)
    assert copies.holding(made).shown
    assert os.listdir(path.parent) == [made.name]


def test_a_backup_of_an_older_walk_is_brought_back_up_to_date(path: Path, tmp_path: Path) -> None:
    made = older(tmp_path / "older.walkdb")
    held = copies.holding(made)
    save(path, "one")
    restore.bring_back(path, made, LATER)
    assert copies.holding(path).shown == held.shown
    assert restore.damage(path) == "", "it is as one that was made today"


def test_an_older_store_is_restored_over_at_the_first_start(path: Path) -> None:
    """The first thing that a newer walk is asked for, before anything else has renewed it."""
    older(path)
    elsewhere = path.with_name("stick.walkdb")
    older(elsewhere)
    done = restore.bring_back(path, elsewhere, LATER)
    assert done.before
    assert restore.damage(path) == ""


def test_what_can_be_read_of_a_damaged_older_store_is_saved(path: Path) -> None:
    held = copies.holding(older(path)).shown
    content = path.read_bytes()
    broken = content[:60] + b"\x7f\0\0\0" + content[64:]
    path.write_bytes(broken)
    backup.backup_folder(path).mkdir()
    (backup.backup_folder(path) / "2025-10-14-082000Z-daily.walkdb").write_bytes(content)
    empty = path.with_name("empty.walkdb")
    save(empty, "something")
    done = restore.bring_back(path, empty, LATER)
    assert done.aside
    assert done.aside.read_bytes() == broken
    found = copies.holding(path).shown
    for walk, records in held.items():
        assert records.items() <= found[walk].items()


_OPEN = """
import sys
from pathlib import Path
from walk.storage.store import Store
import walk.storage.backup, walk.storage.migrations, sqlite_utils
print("ready", flush=True)
sys.stdin.readline()
store = Store.open(Path(sys.argv[1]), 1_760_430_000_000, patience_s=5)
print(len(store.walks()), store.check())
store.close()
"""


def test_two_that_start_at_once_renew_an_older_store_once(path: Path) -> None:
    older(path)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60) for process in running]
    assert [error for _, error in said] == ["", ""]
    assert said[0][0] == said[1][0]
    assert len(backup.kept(path)) == 1, "backed up once, before it was renewed"
    assert sorted(os.listdir(path.parent)) == [path.name, "my.walkdb-backups"]


def test_an_older_store_that_another_walk_has_open_is_not_renewed_under_it(path: Path) -> None:
    older(path)
    before = path.read_bytes()
    opening._MIGRATE_TRIES, usual = 2, opening._MIGRATE_TRIES
    try:
        with alone_elsewhere(path), pytest.raises(BusyStore):
            Store.open(path, START)
    finally:
        opening._MIGRATE_TRIES = usual
    assert path.read_bytes() == before


@contextmanager
def alone_elsewhere(path: Path) -> Iterator[None]:
    """A walk of before holds the one lock that it knew."""
    held = locks.lock(path.with_name(f"{path.name}.open"))
    assert held
    yield
    held.free()
