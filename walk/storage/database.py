"""A store's file: pragmas, whose it is, which version, and errors in plain words."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from walk.disk import cause, database_address, replace, sync_folder
from walk.errors import (
    BusyStore,
    DamagedStore,
    ForeignStore,
    FullDisk,
    NewerStore,
    ReadOnlyStore,
    StoreError,
)
from walk.storage.foreign import has_own_rules

APPLICATION_ID = 0x77616C6B
"""Stands in the file's header: the letters w a l k."""

VERSION = 3
"""How many migrations this walk knows; a test holds it against the migrations."""

_TABLES = 2
"""The version since which the tables that show the journal are those of today."""

BACKUPS, ASIDE, NEW = "-backups", "-damaged-", "-new-"
"""What the names of a store's backup folder, of one set aside, and of one in the making add."""

RESTORE = (
    "`walk restore` sets it aside and brings the newest backup back; it shows what is in it first."
)

RENEWED = "renewed"
"""The local setting that says that an older store got its newer form, until that is told."""

VERSION_MOST = 10_000
"""No walk ever counts so far: a greater number in a store's header is damage."""

LEAST_ROOM = 65_536
"""Bytes that have to be free on the disk: SQLite makes a file of half that size beside a store."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
"""What the system says of a full disk, and of a user who has used up their part of it."""

UI_PATIENCE_S = 0.25
"""How long the screen waits for another writer; bulk writers hold the lock a tenth at most."""


def primary(error: sqlite3.Error) -> int:
    """The primary code of an error; extended ones carry it in their low byte."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def found_file(path: Path) -> Path:
    """Where it is kept what a look into the store has found wrong; not there while all adds up."""
    return path.with_name(f"{path.name}{BACKUPS}") / "damage-found.txt"


def was_left_open(path: Path) -> bool:
    """Whether a store was not closed when it was used last; asked before it is opened.

    True also while another program has it open.
    """
    try:
        return Path(f"{path}-wal").stat().st_size > 0
    except OSError:
        return False


def traces(path: Path) -> list[Path]:
    """What tells that there was a store: its backups, and those that were set aside."""
    # By name alone: a start looks here before anything else is loaded.
    kept = path.with_name(f"{path.name}{BACKUPS}")
    return [*sorted(kept.glob("*.walkdb")), *path.parent.glob(f"{escaped(path)}{ASIDE}*")]


def escaped(path: Path) -> str:
    """The name of a file, to look for names that begin with it."""
    return glob.escape(path.name)


def is_a_copy(path: Path) -> bool:
    """True for a backup or a store that was set aside, by where it lies."""
    return path.parent.name.endswith(BACKUPS) or ASIDE in path.name


def put_in_place(fresh: Path, path: Path) -> bool:
    """Give a new store its name, unless another is there already: then nothing is done, and False.

    A link that leads nowhere is there too.
    """
    try:
        os.link(fresh, path)
    except FileExistsError:
        return False
    except OSError:
        # A disk without hard links (exFAT): replacing is the next best.
        if os.path.lexists(path):
            return False
        replace(fresh, path)
    sync_folder(path.parent)  # or a power cut could take the name away, and the notes with it
    return True


def open_there(path: Path, patience_s: float) -> sqlite3.Connection:
    """A connection to a store that is there.

    SQLite by itself would make an empty file in the place of one that another program has set aside
    this moment, and so take the place of the one that is to come there.
    """
    address = f"{database_address(path.absolute())}?mode=rw"
    return sqlite3.connect(address, timeout=patience_s, isolation_level=None, uri=True)


def set_up(conn: sqlite3.Connection) -> None:
    """Set how a connection saves and what it trusts."""
    for pragma in (
        "journal_mode=WAL",
        # FULL: a power cut after "saved" must not take the note back (NORMAL may).
        # The two fullfsync pragmas do the same for macOS, where fsync alone is not enough.
        "synchronous=FULL",
        "fullfsync=1",
        "checkpoint_fullfsync=1",
        "trusted_schema=OFF",
        "cell_size_check=ON",
    ):
        conn.execute(f"PRAGMA {pragma}")


def version(conn: sqlite3.Connection) -> int:
    """How many migrations a store has had."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def check_owner(conn: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is not ours or comes from a newer walk, before touching it."""
    owner = conn.execute("PRAGMA application_id").fetchone()[0]
    if owner != APPLICATION_ID:
        if traces(path) and _looks_ours(conn):
            raise damaged(path)
        raise _foreign(path)
    if not 0 <= version(conn) <= VERSION_MOST or has_own_rules(conn):
        raise damaged(path)
    if version(conn) > VERSION:
        raise NewerStore(
            f"The store {path} was made by a newer walk than this one; it was left as it is.",
            "Install the newer walk, or name another store with --store.",
        )


def _looks_ours(conn: sqlite3.Connection) -> bool:
    """True for a file with our journal in it, or one so short that nothing is."""
    if not conn.execute("PRAGMA page_count").fetchone()[0]:
        return True
    return bool(conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'rev'").fetchone())


def apply(conn: sqlite3.Connection) -> None:
    """Run the migrations that are missing, all in one transaction."""
    # Imported here: an up-to-date store opens without it, and it costs a tenth of a start.
    from sqlite_utils import Database

    from walk.storage.migrations import MIGRATIONS

    with immediate(conn):
        # Another process may have done it while this one waited for the lock.
        older = version(conn)
        if older < VERSION:
            MIGRATIONS.apply(Database(conn, execute_plugins=False, recursive_triggers=False))
            if 0 < older < _TABLES:
                # Only the journal is migrated; what shows it is made again.
                from walk.storage import tables

                tables.rebuild(conn)
            conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
            conn.execute(f"PRAGMA user_version={VERSION}")


@contextlib.contextmanager
def immediate(conn: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction that takes the write lock at its start, so no read in it can go stale."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield conn
        conn.execute("COMMIT")
    except BaseException:
        # On some errors SQLite has already rolled back by itself.
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors into ours, with the cause and the mend."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(path, error) from error
    except UnicodeDecodeError as error:
        raise damaged(path) from error  # what is stored as text is no text any more
    except OSError as error:
        if (why := cause(error)) in _NO_ROOM:
            raise _full() from error
        if why == errno.EBUSY:
            raise BusyStore(
                "Another program holds the store or a file beside it.", "Close it, then try again."
            ) from error
        if why in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise _refused(path) from error
        raise StoreError(
            f"The store {path} cannot be opened: {error.strerror or error}.",
            "Name another place with --store.",
        ) from error


def not_there(path: Path) -> StoreError:
    """What is told of a store that was in use, and whose place is empty or another file's now."""
    return StoreError(
        f"The store {path} was moved, deleted or replaced while it was in use; nothing more is "
        "saved into it.",
        "Put it back in its place and try again, or keep what stands on the screen elsewhere "
        "before you close walk.",
    )


def _refused(path: Path) -> StoreError:
    if not _may_read(path):
        return StoreError(
            f"{path} cannot be read: you may not open it.",
            "Let yourself read it and its folder, or name another store with --store.",
        )
    return ReadOnlyStore(
        f"{path} cannot be written: the file or its folder is read-only.",
        "Make the folder writable, or name another store with --store.",
    )


def _may_read(path: Path) -> bool:
    """False where the system refuses to show what is there; nothing is there to be refused yet."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    # Not tried: to close a file that SQLite has open would give its locks up.
    return os.access(path, os.R_OK)


def _may_write(path: Path) -> bool:
    # Elsewhere the system does not say so before it is tried.
    return os.name == "posix" and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _foreign(path: Path) -> ForeignStore:
    return ForeignStore(
        f"{path} is not a walk store; it was left as it is.",
        "Name another file with --store.",
    )


def damaged(path: Path) -> DamagedStore:
    """What is told of a store that does not add up."""
    return DamagedStore(f"The store {path} is damaged; nothing of it was thrown away.", RESTORE)


def _full() -> FullDisk:
    return FullDisk(
        "The disk is full; nothing that was saved before is touched.",
        "Free some room, then try again.",
    )


def has_room(path: Path) -> bool:
    """False where nothing more fits beside a store: SQLite may call that an error of the disk, or
    a file that cannot be opened, such as the small one that connections share.

    Tried by writing, as no figure tells of a limit for one user, or of files that are too many.
    """
    tried = path.with_name(f"{path.name}{NEW}room")
    with contextlib.suppress(OSError):
        if shutil.disk_usage(path.parent).free < LEAST_ROOM:
            return False
    try:
        with open(tried, "wb") as file:
            file.write(bytes(LEAST_ROOM))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return cause(error) not in _NO_ROOM
    finally:
        with contextlib.suppress(OSError):
            tried.unlink(missing_ok=True)
    return True


def _in_words(path: Path, error: sqlite3.Error) -> StoreError:
    code = primary(error)
    if code == sqlite3.SQLITE_FULL:
        return _full()
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and not has_room(path):
        return _full()
    if code == sqlite3.SQLITE_CANTOPEN and path.parent.is_dir() and not os.path.lexists(path):
        return not_there(path)
    if code == sqlite3.SQLITE_READONLY and _may_write(path) and traces(path):
        return damaged(path)  # its header says so, and it is wrong there
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return _refused(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        busy = "Another program is writing to the store."
        return BusyStore(busy, "Try again in a moment; nothing is lost.")
    if code == sqlite3.SQLITE_NOTADB:
        return damaged(path) if traces(path) else _foreign(path)
    # The index of words tells damage as an error of what was asked.
    if code == sqlite3.SQLITE_CORRUPT or "fts5 file format" in str(error):
        return damaged(path)
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(
            f"The store {path} could not be used: its disk reports an error.",
            "Is that disk still plugged in? If so, try again, or copy it: `walk backup -o FOLDER`.",
        )
    return StoreError(
        f"The store {path} could not be used: {error}.",
        "Try again; if it stays so, name another store with --store.",
    )
