"""Backups: a whole, checked copy of the store beside it, made by SQLite itself."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from itertools import count
from pathlib import Path

from walk.errors import DamagedStore


def backup_folder(store: Path) -> Path:
    """Where the backups of a store lie."""
    return store.with_name(f"{store.name}-backups")


def back_up(conn: sqlite3.Connection, store: Path, name: str) -> Path:
    """Write a copy of the open store and say where; an earlier copy of that name is kept.

    VACUUM INTO sees one consistent state, which copying the file of a running store does not.
    Raises what SQLite raises, or DamagedStore, and then leaves no copy behind.
    """
    folder = backup_folder(store)
    folder.mkdir(mode=0o700, exist_ok=True)
    target = _new_file(folder, name)
    try:
        conn.execute("VACUUM INTO ?", (str(target),))
        _check(target)
    except BaseException:
        target.unlink()
        raise
    return target


def _new_file(folder: Path, name: str) -> Path:
    """An empty file that only its user can read and that no other backup writes to."""
    for number in count(1):
        target = folder / (f"{name}.walkdb" if number == 1 else f"{name}-{number}.walkdb")
        with contextlib.suppress(FileExistsError):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            break
    return target


def _check(copy: Path) -> None:
    with contextlib.closing(sqlite3.connect(copy)) as conn:
        found = conn.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise DamagedStore(
            f"A copy of the store does not add up: {found}.",
            "Copy the store's file aside before anything else, and try `walk doctor`.",
        )
