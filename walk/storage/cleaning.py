"""Cleaning: after an erase or a purge no file beside the store holds what went, and that is proved.

The store is written anew without what was deleted, then each backup and each store that was set
aside; at last the bytes of all of them are searched for the words that went.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from walk.disk import open_beside_sqlite, remove, replace
from walk.errors import BusyStore, DamagedStore, ForeignStore, NewerStore, StoreError
from walk.storage import backup, copies, database, purging
from walk.storage.forgetting import PIECES_OF_MANY, Job
from walk.storage.leftover import clear_scratch
from walk.storage.store import Store
from walk.storage.traces import FEW, PIECE, Traces, standing_in

CLEANED, DELETED = "cleaned", "deleted, as it could not be read"
_PART = ".cleaning"
ANOTHER = "The next backup takes its place."
"""The mend where a copy cannot be read: nothing can be brought back from it anyway."""
_HALF = (".part", _PART, "-looked-into")
"""In the names of copies that were cut off, and of what was made to look into one."""
_TRIES, _TRY_AGAIN_S = 40, 0.25
"""How often a backup that is being made is waited for, and how long each time."""
_NOT_ITS_FAULT = frozenset(
    {
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_NOMEM),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    }
)
_BLOCK = 1 << 24
"""Bytes of a file that are searched at once."""

Progress = Callable[[str], None]


@dataclass(slots=True)
class Cleaned:
    """What was done to the files, and what a search of their bytes found."""

    files: list[tuple[str, str]] = field(default_factory=list)
    """Name, and what was done to it."""
    searched: int = 0
    """Files whose bytes were searched."""
    texts: int = 0
    """Texts that were looked for."""
    left: int = 0
    """Pieces of them that were found; 0 is the proof."""

    def as_json(self) -> dict[str, Any]:
        """For the receipt."""
        return {
            "files": [list(one) for one in self.files],
            "searched": self.searched,
            "texts": self.texts,
            "left": self.left,
        }


def clean(store: Store, job: Job, traces: Traces | None, progress: Progress) -> Cleaned:
    """Leave nothing of what a job took out in any file. May be repeated.

    Without `traces`, as after a kill, the words are not known any more but from the backups.
    Raises BusyStore while another program reads the store, and FullDisk.
    """
    with database.told(store.path):
        return _clean(store, job, traces or Traces(PIECES_OF_MANY), progress)


def _clean(store: Store, job: Job, traces: Traces, progress: Progress) -> Cleaned:
    done = Cleaned()
    progress("writing the store anew")
    rewrite(store)
    done.files.append((store.path.name, CLEANED))
    clear_scratch(store.path)  # of a restore that was cut off: none is under way while we are here
    # While this lasts no backup is made, so that none that was begun before comes after.
    with _turn(backup.backup_folder(store.path)):
        held = backup.every(store.path)
        for place, path in enumerate(held, 1):
            progress(f"backup {place} of {len(held)}")
            done.files.append((path.name, _clean_copy(path, job, traces)))
        # Or a power cut could bring back a file that was replaced or deleted.
        for folder in (store.path.parent, backup.backup_folder(store.path)):
            copies.sync(folder)
    progress("searching the files")
    done.texts = traces.texts
    for path in (store.path, *(path for path in held if path.exists())):
        searched, left = _search(path, _gone(job), traces, live=path == store.path)
        done.searched += searched
        done.left += left
    return done


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """The turn to change the backups, also where one is being made just now; no half ones stay."""
    with database.told(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    with ExitStack() as held:
        for left in range(_TRIES, -1, -1):
            try:
                held.enter_context(backup.turn(folder))
                break
            except BusyStore:
                if not left:
                    raise
                time.sleep(_TRY_AGAIN_S)
        for path in folder.iterdir():
            if any(mark in path.name for mark in _HALF):
                remove(path)
        yield


def rewrite(store: Store) -> None:
    """Write the store's file anew, and empty its log; BusyStore while another program reads."""
    conn = store._conn
    with database.told(store.path), purging.overwriting(conn):
        _empty_log(conn)
        conn.execute("VACUUM")
        _empty_log(conn)


def _empty_log(conn: sqlite3.Connection) -> None:
    busy = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise BusyStore(
            "Another program reads the store just now.",
            "What was to go is gone already; its traces go at the next start.",
        )


def _clean_copy(path: Path, job: Job, traces: Traces) -> str:
    """Forget in a copy what the job took out of the store; one that cannot be read is deleted.

    The copy is written anew beside itself and then put in its place, so a kill leaves it whole.
    """
    part = path.with_name(f"{path.name}{_PART}")
    try:
        copies.remove(part)
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
            _read_copy(path, conn)
            with database.immediate(conn):
                forget(conn, job, traces)
            conn.execute("VACUUM INTO ?", (str(copies.new_file(part)),))
        copies.sync(part)
        times = path.stat()
        os.utime(part, ns=(times.st_atime_ns, times.st_mtime_ns))
        replace(part, path)
        for end in copies.SIDES:
            remove(Path(f"{path}{end}"))
    except (StoreError, sqlite3.DatabaseError, ValueError) as error:
        copies.remove(part)
        if not _unreadable(error):
            raise
        copies.remove(path)
        return DELETED
    return CLEANED


def _unreadable(error: Exception) -> bool:
    """True where a copy itself is at fault, and not the disk, its rights or another program."""
    if isinstance(error, StoreError):
        return isinstance(error, DamagedStore | ForeignStore | NewerStore)
    if isinstance(error, sqlite3.DatabaseError):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return code not in _NOT_ITS_FAULT
    return True


def _read_copy(path: Path, conn: sqlite3.Connection) -> None:
    """Bring a copy into memory, with the tables of this version."""
    if path.stat().st_size == 0:
        raise DamagedStore(f"{path.name} is empty (0 bytes).", ANOTHER)
    with closing(copies.open_file(path)) as there, database.told(path):
        database.check_owner(there, path)
        there.backup(conn)
    if conn.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise DamagedStore(f"{path.name} does not add up.", ANOTHER)
    if database.version(conn) < database.VERSION:
        database.apply(conn)


def forget(conn: sqlite3.Connection, job: Job, traces: Traces) -> None:
    """Do in another database what a job did in the store."""
    walk = bytes.fromhex(job.walk)
    if job.kind == "erase":
        purging.forget_note(conn, walk, bytes.fromhex(job.about["note"]), traces)
        purging.forget_typed(conn, walk, traces)
        return
    about = job.about
    purging.forget_walk(conn, walk, about["stays"], about["at"], traces, about["blocks"])
    if about["kept"]:
        purging.keep_counts(conn, job.walk, about["kept"])


# Looking whether anything is left


def _gone(job: Job) -> purging.Gone:
    walk = bytes.fromhex(job.walk)
    if job.kind == "erase":
        return purging.Gone(walk, bytes.fromhex(job.about["note"]))
    return purging.Gone(walk, stays=tuple(job.about["stays"]))


def _search(path: Path, gone: purging.Gone, traces: Traces, *, live: bool) -> tuple[int, int]:
    """How many files of a store were searched, and how many pieces are left in them.

    `live` says that this program has it open.
    """
    found: set[bytes] = set()
    files = [Path(f"{path}{end}") for end in ("", *copies.SIDES)]
    there = [one for one in files if one.exists()]
    for one in there:
        for block in _blocks(one, live=live):
            found |= traces.found_in(block)
    if found:
        # What other entries say themselves is theirs.
        with suppress(sqlite3.DatabaseError, ValueError), closing(copies.open_file(path)) as conn:
            for text in purging.said_in(conn, gone):
                if not found:
                    break
                said = text.encode()
                found -= standing_in(said, found) if len(found) <= FEW else traces.found_in(said)
    return len(there), len(found)


def _blocks(path: Path, *, live: bool) -> Iterator[bytes]:
    """The bytes of a file in blocks, each beginning with the end of the one before."""
    tail = b""
    with open_beside_sqlite(path) if live else path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield tail + block
            tail = (tail + block)[-4 * PIECE :]
