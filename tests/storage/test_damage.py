"""Damaged stores: every kind is found and set aside whole; what can be read of them is saved."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.storage.laptops import START, WALK, folder, note, walker
from walk.errors import DamagedStore, StoreError
from walk.model import Note
from walk.storage import aside, backup, database, restore
from walk.storage.store import By, Draft, Store

pytestmark = pytest.mark.faults
BY = By(WALK, walker("Ana"), START, 0)
OLD = [note(f"old {n}", f"old {n} " + "said in the room " * 20) for n in range(60)]
NEW = [note(f"new {n}", f"new {n} " + "said in the room " * 20) for n in range(20)]
LATER = START + 3_600_000
PAGE = 4096


@cache
def _kept() -> tuple[bytes, bytes]:
    """The bytes of a backup, and those of the store that was written to after it."""
    path = folder() / "damage.walkdb"
    store = Store.open(path, START)
    store.save(BY, "write", "old", OLD)
    made = backup.make(path, START, "daily").read_bytes()
    store.save(BY, "write", "new", NEW)
    store.publish(BY, "shared", [NEW[0].id], everyone=True)
    store.keep_draft(Draft("visit:1", WALK, "", "half a li", "", LATER))
    store.close()
    return made, path.read_bytes()


class Place:
    """A store with one backup, in a folder of its own."""

    def __init__(self, where: Path) -> None:
        self.path = where / "my.walkdb"
        self.folder = where
        made, live = _kept()
        self.path.write_bytes(live)
        backup.backup_folder(self.path).mkdir()
        self.sound = backup.backup_folder(self.path) / "2025-10-14-082000Z-daily.walkdb"
        self.sound.write_bytes(made)

    def mend(self, chosen: Path | None = None) -> restore.Brought:
        return restore.bring_back(self.path, chosen or self.sound, LATER)

    def holds(self) -> list[str]:
        """The notes of the store, which has to be sound: "old 3" and the like, sorted."""
        store = Store.open(self.path, LATER)
        try:
            assert store.check() == []
            before = store.snapshot()
            store.rebuild()
            assert store.snapshot() == before, "the tables say what the journal says"
            for one in store.all(Note, WALK):
                assert one.record in [*OLD, *NEW], "nothing came in that nobody wrote"
            shown = (one.record.text.split() for one in store.all(Note, WALK))
            return sorted(f"{words[0]} {words[1]}" for words in shown)
        finally:
            store.close()


@contextmanager
def new_place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(dir=folder()) as made:
        yield Place(Path(made))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


ALL = sorted([*(f"old {n}" for n in range(60)), *(f"new {n}" for n in range(20))])
BEFORE = sorted(f"old {n}" for n in range(60))


def zeros(content: bytes, first: int, pages: int = 1) -> bytes:
    return content[: first * PAGE] + bytes(pages * PAGE) + content[(first + pages) * PAGE :]


KINDS: dict[str, Callable[[bytes], bytes]] = {
    "0 bytes": lambda _: b"",
    "one byte": lambda content: content[:1],
    "random bytes": lambda content: bytes(n * 7 % 251 for n in range(len(content))),
    "half": lambda content: content[: len(content) // 2],
    "cut within a page": lambda content: content[: -PAGE // 3],
    "no first page": lambda content: zeros(content, 0),
    "a page in the middle is gone": lambda content: zeros(content, 9),
    "three pages are gone": lambda content: zeros(content, 12, 3),
    "a letter of a note": lambda content: content.replace(b"new 7 said", b"new 7 sais", 1),
    "a version that never was": lambda content: content[:60] + b"\x7f\0\0\0" + content[64:],
    "another owner": lambda content: content[:68] + b"mine" + content[72:],
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_damage_is_found_set_aside_and_mended(place: Place, kind: str) -> None:
    damaged = KINDS[kind](place.path.read_bytes())
    place.path.write_bytes(damaged)
    assert restore.damage(place.path)
    assert place.path.read_bytes() == damaged, "looking changes nothing"
    done = place.mend()
    assert done.aside is not None
    assert done.aside.name.startswith("my.walkdb-damaged-2025-10-14-")
    assert done.aside.read_bytes() == damaged, "it is never written over"
    assert done.before is None
    found = place.holds()
    assert set(BEFORE) <= set(found)
    assert done.saved.notes == len(found) - len(BEFORE)
    assert backup.kept(place.path)[0].path == place.sound
    left = {one.name for one in place.folder.iterdir()}
    assert left == {"my.walkdb", "my.walkdb-backups", done.aside.name}


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("no first page", 20),
        ("another owner", 20),
        ("a letter of a note", 19),
        ("a page in the middle is gone", 19),
        ("three pages are gone", 10),
        ("cut within a page", 15),
    ],
)
def test_what_was_made_after_the_backup_is_saved(place: Place, kind: str, least: int) -> None:
    """The difference between losing a day and losing nothing."""
    place.path.write_bytes(KINDS[kind](place.path.read_bytes()))
    done = place.mend()
    assert done.saved.notes >= least
    found = place.holds()
    if kind == "a letter of a note":
        assert found == sorted(set(ALL) - {"new 7"}), "what does not add up stays out"


def test_what_was_shared_keeps_its_number_and_the_laptop_takes_a_new_id(place: Place) -> None:
    place.path.write_bytes(zeros(place.path.read_bytes(), 0))
    place.mend()
    store = Store.open(place.path, LATER)
    numbers = [(rev.number, rev.device.hex() == store.device) for rev in store.published(WALK)]
    assert numbers == [(1, False)]
    assert store.missing_numbers(WALK) == {}
    assert [one.text for one in store.drafts()] == ["half a li"]
    assert store.undo(BY, "write") is None, "undo does not cross it"
    store.close()


def test_the_journal_file_alone_is_set_aside_and_read(place: Place) -> None:
    """Someone moved the store away, or it went, while its journal had the newest notes."""
    store = Store.open(place.path, START)
    store.save(BY, "write", "newest", [note("newest", "newest said " * 9)])
    beside = Path(f"{place.path}-wal").read_bytes()
    store.close()
    place.path.unlink()
    Path(f"{place.path}-wal").write_bytes(beside)
    with pytest.raises(DamagedStore, match="gone"):
        Store.open(place.path, START)
    done = place.mend()
    assert done.aside is not None
    assert done.aside.name.endswith("-alone")
    assert not done.aside.exists()
    assert Path(f"{done.aside}-wal").read_bytes() == beside
    assert backup.aside(place.path) == []
    assert set(BEFORE) <= set(_texts(place))


def _texts(place: Place) -> list[str]:
    store = Store.open(place.path, LATER)
    try:
        assert store.check() == []
        return [" ".join(one.record.text.split()[:2]) for one in store.all(Note, WALK)]
    finally:
        store.close()


def test_notes_in_the_journal_file_of_a_damaged_store_are_saved(place: Place) -> None:
    """The program was killed; its journal file was whole, the store was cut off to nothing."""
    place.path.write_bytes(place.sound.read_bytes())
    store = Store.open(place.path, START)
    store.save(BY, "write", "newest", [note("newest", "newest said")])
    beside = Path(f"{place.path}-wal").read_bytes()
    store.close()
    place.path.write_bytes(b"")
    Path(f"{place.path}-wal").write_bytes(beside)
    done = place.mend()
    assert done.saved.notes == 1
    assert "newest said" in _texts(place)
    assert done.aside is not None
    assert Path(f"{done.aside}-wal").read_bytes() == beside


def test_without_a_sound_backup_what_can_be_read_begins_a_new_store(place: Place) -> None:
    place.sound.unlink()
    place.path.write_bytes(KINDS["a page in the middle is gone"](place.path.read_bytes()))
    done = restore.bring_back(place.path, None, LATER)
    assert done.aside is not None
    assert done.saved.notes >= 70
    assert len(place.holds()) == done.saved.notes


def test_beginning_empty_keeps_everything_that_was_there(place: Place) -> None:
    damaged = KINDS["half"](place.path.read_bytes())
    place.path.write_bytes(damaged)
    where = restore.begin_empty(place.path, LATER)
    assert where is not None
    assert where.read_bytes() == damaged
    assert place.holds() == []
    assert place.sound.exists()


def test_an_empty_store_is_not_put_in_the_place_of_a_sound_one(place: Place) -> None:
    before = place.path.read_bytes()
    with pytest.raises(StoreError):
        restore.bring_back(place.path, None, LATER)
    assert place.path.read_bytes() == before


def test_two_in_one_second_get_two_names(place: Place) -> None:
    for _ in range(2):
        place.path.write_bytes(b"x")
        place.mend()
    found = [one.name.removeprefix("my.walkdb-damaged-") for one in backup.aside(place.path)]
    assert found == ["2025-10-14-092000_2", "2025-10-14-092000"]


def test_an_erased_note_is_not_saved_from_a_damaged_store(place: Place) -> None:
    with closing(sqlite3.connect(place.path)) as conn, conn:
        conn.execute(
            "INSERT INTO forgotten VALUES (?,?,'erase')",
            (bytes.fromhex(NEW[3].id), bytes.fromhex(WALK)),
        )
    place.path.write_bytes(place.path.read_bytes().replace(b"new 7 said", b"new 7 sais", 1))
    place.mend()
    assert "new 3" not in place.holds()


# Any damage


@given(st.integers(0, 10**9), st.integers(0, 7))
@example(524_280, 0)  # the settings of the index of words
def test_a_flipped_bit_brings_nothing_false_in(where: int, bit: int) -> None:
    """Whatever bit flips: the store opens and is what it was, or it is found and mended."""
    with new_place() as place:
        content = bytearray(place.path.read_bytes())
        content[where % len(content)] ^= 1 << bit
        place.path.write_bytes(content)
        try:
            wrong = restore.damage(place.path)
        except StoreError:
            assert where % len(content) < 100, "only the header can say that it is not ours"
            return
        if wrong:
            done = place.mend()
            assert done.saved.notes >= 19 - 8
            assert set(BEFORE) <= set(place.holds())
        else:
            store = Store.open(place.path, LATER)
            store.rebuild()
            store.close()
            assert len(place.holds()) >= len(ALL) - 1


@given(st.integers(0, 10**9))
def test_a_store_cut_off_anywhere_is_mended(where: int) -> None:
    with new_place() as place:
        content = place.path.read_bytes()
        cut = where % len(content)
        place.path.write_bytes(content[:cut])
        assert restore.damage(place.path)
        done = place.mend()
        assert done.aside is not None
        assert done.aside.stat().st_size == cut
        assert set(BEFORE) <= set(place.holds())


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 255)), min_size=1, max_size=40))
def test_a_damaged_backup_is_never_brought_back(flips: list[tuple[int, int]]) -> None:
    """Either everything in it adds up still, or it is refused and the store stays as it is."""
    with new_place() as place:
        content = bytearray(place.sound.read_bytes())
        for where, byte in flips:
            content[where % len(content)] = byte
        place.sound.write_bytes(content)
        before = place.path.read_bytes()
        try:
            place.mend()
        except StoreError:
            assert place.path.read_bytes() == before
        else:
            assert set(place.holds()) <= set(BEFORE)


def test_a_raw_copy_is_never_left_behind(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.path.write_bytes(zeros(place.path.read_bytes(), 9))
    monkeypatch.setattr(aside, "_bring_over", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        place.mend()
    left = sorted(one.name for one in place.folder.iterdir())
    assert left == ["my.walkdb", "my.walkdb-backups"], "and the store is where it was"


def test_what_a_kill_left_is_cleared_away(place: Place) -> None:
    for end in ("", "-wal"):
        shutil.copy(place.sound, f"{place.path}{database.NEW}0a1b2c3d{end}")
    place.mend()
    assert sorted(os.listdir(place.folder)) == ["my.walkdb", "my.walkdb-backups"]
