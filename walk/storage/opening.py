"""Opening the store: made new where there is none; an older one is backed up and renewed."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import time
from pathlib import Path

from walk.disk import make_folder, remove
from walk.errors import BusyStore, DamagedStore, FullDisk
from walk.storage import database
from walk.storage.foreign import check_place

_MIGRATE_TRIES = 50
"""A tenth of a second apart."""


def connect(
    path: Path, *, patience_s: float = database.UI_PATIENCE_S, now: int = 0
) -> sqlite3.Connection:
    """Open the store at `path`, made new where there is none, and bring it up to date.

    A connection belongs to the thread that made it. `now` (UTC milliseconds) names the backup of
    an older store. Raises a StoreError that names the mend.
    """
    with database.told(path):
        check_place(path)
        if not path.exists():
            _refuse_if_lost(path)
            make(path)
        elif path.stat().st_size == 0:
            raise DamagedStore(
                f"The store {path} is empty (0 bytes): something cut it off.", database.RESTORE
            )
        try:
            conn = _opened(path, patience_s)
        except sqlite3.Error:
            _refuse_if_lost(path)  # another program has set it aside since it was looked at
            raise
        try:
            database.check_owner(conn, path)
            database.set_up(conn)
            if database.version(conn) < database.VERSION:
                migrate(conn, path, now)
        except BaseException:
            conn.close()
            raise
        return conn


def _opened(path: Path, patience_s: float) -> sqlite3.Connection:
    """A connection; on a disk with no room for the file that connections share, one without it.

    That one has the store for itself, and reads all that was saved.
    """
    conn = database.open_there(path, patience_s)
    try:
        conn.execute("PRAGMA user_version")
    except sqlite3.Error as error:
        if database.primary(error) != sqlite3.SQLITE_IOERR or database.has_room(path):
            return conn  # whatever it is, who it belongs to is asked first
        conn.close()
        conn = database.open_there(path, patience_s)
        conn.execute("PRAGMA locking_mode=EXCLUSIVE")
    return conn


def _refuse_if_lost(path: Path) -> None:
    """Make no empty store in the place of one that is gone."""
    journal = path.with_name(f"{path.name}-wal")
    # Asked in this order: another walk makes the store first and its journal file after it.
    if journal.exists() and not path.exists():
        raise DamagedStore(
            f"The store {path} is gone, but {journal.name} beside it may still hold notes of it.",
            f"Bring the store back to its place, or let `walk restore` set {journal.name} aside "
            "and bring the newest backup back.",
        )
    if database.traces(path) and not path.exists():
        raise DamagedStore(
            f"The store {path} is gone, but backups of it are there.", database.RESTORE
        )


def make(path: Path) -> None:
    """Make a store under another name and put it in its place whole.

    Another walk that starts meanwhile, or a kill, never meets a store that is half made.
    """
    make_folder(path.parent)
    fresh = path.with_name(f"{path.name}{database.NEW}{os.urandom(4).hex()}")
    # Only its user can read it; SQLite's side files inherit the mode.
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as conn:
            database.set_up(conn)
            database.apply(conn)
        database.put_in_place(fresh, path)
    finally:
        for leftover in (fresh, *(Path(f"{fresh}{end}") for end in ("-wal", "-shm"))):
            remove(leftover)


def migrate(conn: sqlite3.Connection, path: Path, now: int) -> None:
    """Bring an older store's schema up to date, alone and after a backup of what was there.

    Where another walk does it just now, that is waited for. A backup that is opened to be
    looked through gets no backup of its own.
    """
    from walk.storage.backup import make as back_up
    from walk.storage.presence import alone

    if not database.is_a_copy(path):
        _check_room_for_a_copy(path)
    for left in range(_MIGRATE_TRIES - 1, -1, -1):
        try:
            with alone(path):
                was_there = 0 < database.version(conn) < database.VERSION
                if database.version(conn) < database.VERSION and not database.is_a_copy(path):
                    back_up(path, now, f"before-version-{database.VERSION}")
                database.apply(conn)
                if was_there and not database.is_a_copy(path):
                    conn.execute(
                        "INSERT OR REPLACE INTO setting VALUES (?, 'true')", (database.RENEWED,)
                    )
            return
        except BusyStore:
            if database.version(conn) == database.VERSION:
                return
            if not left:
                raise
            time.sleep(0.1)


def _check_room_for_a_copy(path: Path) -> None:
    """FullDisk where a backup does not fit: it is said at once, before anything is tried."""
    with contextlib.suppress(OSError):
        wanted = path.stat().st_size + database.LEAST_ROOM
        if shutil.disk_usage(path.parent).free < wanted:
            raise FullDisk(
                "The disk has too little room to bring the store into its newer form, as it is "
                "backed up first; it was left as it is.",
                f"Free {wanted // 1_000_000 + 1} MB, then start again.",
            )
