"""Copies of a store: made by SQLite itself, checked, and read without a trace."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from walk import disk
from walk.errors import BusyStore, DamagedStore
from walk.model import Walk
from walk.storage import database
from walk.storage.reading import Reading

PATIENCE_S = 5.0
"""How long a copy waits for another writer."""

_TRIES = 20
"""How often a busy store is asked again, a quarter of a second apart, before it is told."""

SIDES = ("-wal", "-shm")
"""What SQLite keeps beside a store that is open, by the endings."""


Shown = dict[bytes, tuple[str, bytes]]
"""What a store shows of a walk: record id to its kind and the id of the shown revision."""


class Holding(NamedTuple):
    """What a store holds, to be told and compared."""

    walks: dict[str, tuple[str, str]]
    """Walk id (hex), the one changed last first, to its date (ISO or nothing) and title."""
    shown: dict[str, Shown]
    drafts: int


def new_file(path: Path) -> Path:
    """Make an empty file that only its user can read; FileExistsError where one is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return path


def remove(path: Path) -> None:
    """Delete a store's file with what SQLite keeps beside it; what is not there is no matter."""
    for end in ("", *SIDES):
        disk.remove(Path(f"{path}{end}"))


def sync(path: Path) -> None:
    """Make a file or a folder safe from a power cut, where the system can."""
    if path.is_dir():
        disk.sync_folder(path)
        return
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        disk.sync_file(handle)
    finally:
        os.close(handle)


def copy(source: Path, target: Path, *, live: bool = False) -> None:
    """Copy a store, also one in use (`live`), into an empty file, as it was at one moment.

    By a connection of its own. Nobody who reads or writes meanwhile is kept waiting.
    """
    with contextlib.closing(open_file(source, live=live)) as there:
        with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as here:
            # Nothing to roll back to: a copy that is cut off is no copy.
            here.execute("PRAGMA journal_mode=OFF")
            here.execute("PRAGMA synchronous=OFF")
            there.backup(here, progress=_asked_often())
        sync(target)


def _asked_often() -> Callable[[int, int, int], None]:
    """For SQLite's backup, which asks a busy store again without end: BusyStore after a while."""
    tries = 0

    def asked(status: int, _left: int, _all: int) -> None:
        nonlocal tries
        if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):
            tries += 1
        if tries > _TRIES:
            raise BusyStore("Another program is writing to the store.", "Close it, then try again.")

    return asked


def pour(source: Path, store: Path) -> None:
    """Make the content of `source` that of a store in use, in one transaction.

    Every other connection sees it as a change. Raises BusyStore where another writes for long.
    """
    with (
        contextlib.closing(open_file(source)) as there,
        contextlib.closing(database.open_there(store, database.UI_PATIENCE_S)) as here,
    ):
        database.set_up(here)
        there.backup(here, progress=_asked_often())
        here.execute("PRAGMA wal_checkpoint(PASSIVE)")


def open_file(path: Path, *, live: bool = False) -> sqlite3.Connection:
    """A connection that reads a store: as others do where it is in use, else without a trace."""
    if live or Path(f"{path}-wal").exists():
        return database.open_there(path, PATIENCE_S)
    # Without this, reading a file that lies still would make two more beside it.
    address = f"{disk.database_address(path)}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None)


def read(conn: sqlite3.Connection, path: Path) -> Reading:
    """A store to be read by a connection that is open; it bears no device's id."""
    return Reading(conn, path, b"")


def told_wrong(wrong: list[str]) -> str:
    """What a look found, as people are told it; nothing where nothing is wrong."""
    if not wrong:
        return ""
    entries = sum("does not match its hash" in one for one in wrong)
    if entries == len(wrong):
        many = "1 entry is" if entries == 1 else f"{entries} entries are"
        return f"The store is damaged: {many} not as written."
    return "The store is damaged: not all of its pages can be read."


def look_deep(conn: sqlite3.Connection, path: Path) -> str:
    """What is wrong in a file's pages, indexes held against tables, and in what tables there are.

    Nothing where all adds up. Takes several times as long as the look that a backup gets.
    """
    try:
        with database.told(path):
            found = str(conn.execute("PRAGMA integrity_check(1)").fetchone()[0])
            same = _schema(conn) == _usual_schema(database.VERSION)
    except DamagedStore as error:
        return error.message
    if found == "ok" and same:
        return ""
    return "The store is damaged: " + (
        "its tables are not those of a store." if found == "ok" else "its pages do not add up."
    )


def _schema(conn: sqlite3.Connection) -> list[tuple[str, ...]]:
    return conn.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
    ).fetchall()


@cache
def _usual_schema(_version: int) -> list[tuple[str, ...]]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        database.apply(conn)
        return _schema(conn)


@contextlib.contextmanager
def opened(path: Path, scratch: Path, *, live: bool = False) -> Iterator[Reading]:
    """What a copy holds, to be read; one of an older walk is brought up to date in `scratch`.

    Raises a StoreError where it is no store, damaged, or made by a newer walk.
    """
    size = path.stat().st_size
    with database.told(path):
        if size == 0:
            raise DamagedStore(f"{path.name} is empty (0 bytes).", "Take another backup.")
        conn = open_file(path, live=live)
        try:
            database.check_owner(conn, path)
            if database.version(conn) < database.VERSION:
                conn.close()
                conn = _renewed(path, scratch)
            yield read(conn, path)
        finally:
            conn.close()
            remove(scratch)


def _renewed(path: Path, scratch: Path) -> sqlite3.Connection:
    remove(scratch)  # of a look that was cut off
    copy(path, new_file(scratch))
    conn = sqlite3.connect(scratch, isolation_level=None)
    try:
        database.set_up(conn)
        database.apply(conn)
    except BaseException:
        conn.close()
        raise
    return conn


def holding(path: Path, *, live: bool = False) -> Holding:
    """What a store or a backup holds. Raises a StoreError, or FileNotFoundError."""
    with opened(path, Path(f"{path}{database.NEW}looked-into"), live=live) as store:
        conn = store._conn
        shown: dict[str, Shown] = defaultdict(dict)
        with database.told(path):
            for walk, record, kind, rev_id in conn.execute(
                "SELECT w.key, n.key, s.kind, r.rev_id FROM state AS s "
                "JOIN name AS n ON n.id = s.record JOIN name AS w ON w.id = s.walk "
                "JOIN rev AS r ON r.seq = s.shown WHERE s.deleted = 0"
            ):
                shown[walk.hex()][record] = (kind, rev_id)
        walks = {}
        for id_ in store.walks():
            found = store.get(Walk, id_)
            walks[id_] = (found.date or "", found.title) if found else ("", "")
        return Holding(walks, dict(shown), len(store.drafts()))
