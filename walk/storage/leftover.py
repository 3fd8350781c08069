"""What a restore leaves beside the store when it is cut off, and how far it had come."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from walk.disk import remove
from walk.errors import BusyStore
from walk.storage import database
from walk.storage.presence import alone

DONE = "Bringing a backup back was cut off at its very end: the backup is there"
NOT_DONE = "Bringing a backup back was cut off; nothing was changed, so do it again"

RESTORING = f"{database.NEW}restore-"
"""What the name of a content that is to be brought back adds to that of the store."""
_SIDES = ("-wal", "-shm", "-journal")
_PATIENCE_S = 5.0


def clear_scratch(store: Path) -> None:
    """Delete what was being made ready when something was cut off; the store is held alone."""
    for left in _left(store, database.NEW):
        remove(left)


def clear_after_a_crash(store: Path) -> None:
    """The same, where no other program has the store open."""
    if _left(store, database.NEW):
        with contextlib.suppress(BusyStore), alone(store), database.told(store):
            clear_scratch(store)


def clear_cut_off(store: Path) -> str:
    """Delete what a restore left that was cut off; how far it had come, in words.

    Nothing where there was none. What another program makes that has not said yet that it has the
    store open, a new store, is left alone.
    """
    if not _left(store, RESTORING):
        return ""
    with contextlib.suppress(BusyStore), alone(store), database.told(store):
        left = _left(store, RESTORING)
        made = [_content(one) for one in left if not one.name.endswith(_SIDES)]
        now = _content(store)
        for one in left:
            remove(one)
        if made:
            return DONE if now is not None and now in made else NOT_DONE
    return ""


def _left(store: Path, what: str) -> list[Path]:
    # By name alone: a start looks here before anything else is loaded.
    return list(store.parent.glob(f"{database.escaped(store)}{what}*"))


def _content(file: Path) -> list[tuple[object, ...]] | None:
    """What tells one content from another: the laptop's ids, and how far its journal goes.

    None where it cannot be read.
    """
    try:
        with contextlib.closing(database.open_there(file, _PATIENCE_S)) as conn:
            ids = conn.execute("SELECT id, since FROM device ORDER BY rowid").fetchall()
            ends = conn.execute("SELECT count(*), coalesce(max(seq), 0) FROM rev").fetchall()
    except sqlite3.Error:
        return None
    return [*ids, *ends]
