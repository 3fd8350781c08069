"""What is never opened as a store: a folder, a pipe, a device, a file that brings its own rules."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

from walk.disk import check_name
from walk.errors import ForeignStore


def check_place(path: Path) -> None:
    """ForeignStore where what lies at `path` is no plain file; no store need be there.

    Asked before anything is set aside or written there: a device would be renamed, a pipe waited
    for. OSError where the place cannot be looked at.
    """
    check_name(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "no plain file"
        raise ForeignStore(f"{path} is {what}.", "Name a file with --store.")


def has_own_rules(conn: sqlite3.Connection) -> bool:
    """True for a file with triggers, or with views in the place of tables.

    Who made them could let a store change itself, or be read without end. No walk makes any of
    them but one view.
    """
    own = "type = 'trigger' OR (type = 'view' AND name <> 'revision')"
    return conn.execute(f"SELECT 1 FROM sqlite_master WHERE {own}").fetchone() is not None
