"""Writing much in a row: how a connection saves meanwhile, and what is safe when."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from walk.errors import FullDisk
from walk.storage.database import told, version

_SETTINGS = (
    ("cache_size", -65_536),  # kibibytes, as a negative number
    ("wal_autocheckpoint", 0),  # `take_log_in` does it, between two chunks
    ("journal_size_limit", 0),  # so that a log that begins anew is as long as it looks
    ("synchronous", 1),  # NORMAL
)

LONGEST_LOG = 40_000_000
"""Bytes that the log may grow to before it is taken into the store."""

ROOM_LEFT = 1_000_000
"""Bytes that stay free on the disk, whatever is written in bulk: for a line that somebody saves."""


@contextlib.contextmanager
def bulk(conn: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Make many chunks in a row quick: a page that each of them touches is written home once.

    The log grows longer meanwhile, by up to 40 MB, before it is taken into the store. It is synced
    once, at the end: a power cut before it may take the newest chunks back, whole ones, and nobody
    was told yet that they are in. Who saves a line meanwhile syncs all that lies in the log before.
    """
    with told(path):
        usual = [(name, conn.execute(f"PRAGMA {name}").fetchone()[0]) for name, _ in _SETTINGS]
        _set(conn, _SETTINGS)
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # what went wrong first is what is told
            _set(conn, usual)
            _sync(conn)
        raise
    # Now, or the next note that somebody saves would have to wait for it. Where it cannot be done,
    # on a full disk, all lies safe in the log; how each save is synced must be as before all the
    # same.
    with contextlib.suppress(sqlite3.Error):
        conn.execute("PRAGMA wal_checkpoint(PASSIVE)")
    with told(path):
        _set(conn, usual)
        _sync(conn)


def take_log_in(conn: sqlite3.Connection, path: Path) -> None:
    """Take a log that has grown long into the store, which keeps no other writer waiting.

    A commit would do it as well, but how long that holds the lock could not be told then.
    """
    if _length(f"{path}-wal") >= LONGEST_LOG:
        with told(path):
            conn.execute("PRAGMA wal_checkpoint(PASSIVE)")


class Room:
    """Sees to it that what is written in bulk leaves the disk the room to take it back."""

    def __init__(self, path: Path) -> None:
        """From now on `path`, the store, may grow."""
        self._path = path
        self._before = _length(path)
        self._written = 0
        self._chunk = 0

    def check(self, conn: sqlite3.Connection) -> None:
        """FullDisk, before anything is written, where there would not be enough room left."""
        written = self._so_far()
        self._chunk = max(self._chunk, written - self._written)
        self._written = written
        if self._is_enough():
            return
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if not self._is_enough():
            raise FullDisk(
                "The disk has too little room for all of this; nothing that was saved before is "
                "touched.",
                "Free some room, then do it again; what came in so far goes at the next start.",
            )

    def _so_far(self) -> int:
        """Bytes in the log and bytes that the store has grown by."""
        return _length(f"{self._path}-wal") + _length(self._path) - self._before

    def _is_enough(self) -> bool:
        # The log has to find its room in the store, and what was written goes through the log once
        # more when it is taken back: the next chunk, too, which may be larger than those before.
        wanted = ROOM_LEFT + self._so_far() + 3 * self._chunk
        return shutil.disk_usage(self._path.parent).free >= wanted


def _length(path: Path | str) -> int:
    """Bytes of a file; none of one that is not there."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _sync(conn: sqlite3.Connection) -> None:
    """Make what this connection has committed safe from a power cut, by a commit that is."""
    conn.execute(f"PRAGMA user_version={version(conn)}")


def _set(conn: sqlite3.Connection, pragmas: Iterable[tuple[str, int]]) -> None:
    for name, value in pragmas:
        conn.execute(f"PRAGMA {name}={value}")
