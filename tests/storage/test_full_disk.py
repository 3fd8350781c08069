"""A full disk: what was saved can be read, and what is written in bulk leaves room to go again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.storage.laptops import START, WALK, Laptop, note
from walk.errors import FullDisk, StoreError
from walk.model import Note, Record
from walk.storage import bulk, merge
from walk.storage.store import Store

pytestmark = pytest.mark.faults
ROWS = 1_500


def rows(count: int) -> Iterator[tuple[str, Record]]:
    for number in range(count):
        yield "", note(f"row {number}", f"{number} {'pairs wrote ' * 20}")


def used(store: Path) -> int:
    """Bytes of a store and of what lies beside it."""
    return sum(one.stat().st_size for one in store.parent.glob(f"{store.name}*"))


@pytest.fixture
def disk(ana: Laptop, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes the disk of Ana's laptop so large that this many bytes are free now."""

    def of(free: int) -> None:
        size = used(ana.path) + free

        def left(_: object) -> SimpleNamespace:
            return SimpleNamespace(free=size - used(ana.path))

        monkeypatch.setattr(shutil, "disk_usage", left)

    monkeypatch.setattr(merge, "CHUNK", 50)
    monkeypatch.setattr(bulk, "ROOM_LEFT", 200_000)
    return of


def add(laptop: Laptop) -> int:
    """Import the rows; how many were added."""
    run = laptop.store.add_all(laptop.by(), "import", "imported", rows(ROWS), about="a.csv")
    return sum(added for added, _ in run)


def test_an_import_ends_while_there_is_room_to_take_it_back(
    ana: Laptop, disk: Callable[[int], None]
) -> None:
    ana.save(note("own", "5 of 7 pairs pointed to the text"))
    before = ana.store.snapshot()
    disk(1_200_000)
    with pytest.raises(FullDisk, match="too little room for all of this"):
        add(ana)
    came_in = len(ana.store.all(Note, WALK))
    assert 100 < came_in < ROWS
    assert ana.store.take_back_unfinished() == 1
    assert ana.store.snapshot() == before
    assert shutil.disk_usage(ana.path).free >= 0, "all that this wrote had its place on the disk"
    disk(100_000_000)
    assert add(ana) == ROWS


def test_where_there_is_no_room_at_all_nothing_is_begun(
    ana: Laptop, disk: Callable[[int], None]
) -> None:
    disk(190_000)
    with pytest.raises(FullDisk):
        add(ana)
    assert ana.rev_ids() == set()
    assert ana.store.take_back_unfinished() == 0
    ana.save(note("own", "a line goes in still"))
    assert len(ana.store.all(Note, WALK)) == 1


class NoSharedFile(sqlite3.Connection):
    """A connection on a disk that has no room for the file which connections share."""

    alone = False

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """As ever, once it needs no such file."""
        if sql == "PRAGMA locking_mode=EXCLUSIVE":
            self.alone = True
        elif not self.alone:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR | (19 << 8)
            raise error
        return super().execute(sql, *values)


@pytest.fixture
def no_shared_file(ana: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection from now on is such a one; what is open stays as it is."""
    ana.save(note("own", "5 of 7 pairs pointed to the text"))
    ana.close()
    really: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connect(file: object, **options: object) -> sqlite3.Connection:
        return really(file, **options, factory=NoSharedFile)

    monkeypatch.setattr(sqlite3, "connect", connect)


@pytest.mark.usefixtures("no_shared_file")
def test_what_was_saved_is_read_on_a_disk_without_room_for_the_shared_file(
    ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with closing(Store.open(ana.path, START)) as store:
        assert [one.record.text for one in store.all(Note, WALK)] == [
            "5 of 7 pairs pointed to the text"
        ]
        assert not Path(f"{ana.path}-shm").exists()
        assert store.check() == []


@pytest.mark.usefixtures("no_shared_file")
def test_with_room_such_an_error_is_told_as_what_it_is(
    ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**9))
    with pytest.raises(StoreError, match="could not be used") as told:
        Store.open(ana.path, START)
    assert type(told.value) is StoreError
