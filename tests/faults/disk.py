"""Disks that fail: a commit that cannot be synced, and a stick that is pulled at any step."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO, IOBase, StringIO
from types import FrameType, ModuleType
from typing import Any

import pytest

SQLITE_IOERR_FSYNC = sqlite3.SQLITE_IOERR | (4 << 8)


class Commits:
    """How the next commits end: "" as ever, "before" or "after" what they write is in the file."""

    def __init__(self) -> None:
        self.fail = ""
        self.failed = 0

    def error(self) -> sqlite3.OperationalError:
        """What SQLite raises where the disk did not take it."""
        self.failed += 1
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = SQLITE_IOERR_FSYNC
        error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
        return error


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> Commits:
    """Every connection that is opened from now on commits as this says."""
    state = Commits()

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql != "COMMIT" or not state.fail:
                return super().execute(sql, *values)
            if state.fail == "after":
                super().execute(sql)
            raise state.error()

    really: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connect(file: object, **options: Any) -> sqlite3.Connection:
        return really(file, **{"factory": Connection, **options})

    monkeypatch.setattr(sqlite3, "connect", connect)
    return state


CALLS = {
    *("open", "read", "readinto", "readline", "write", "seek", "flush", "fsync", "fstat", "stat"),
    *("replace", "rename", "unlink", "remove", "scandir", "listdir"),
}
"""What Python calls of the system to work with a file, by name."""


class Stick:
    """A stick that is pulled at the n-th time that somebody asks something of it."""

    def __init__(self, pulled_at: int) -> None:
        self.pulled_at = pulled_at
        self.asked = 0

    @property
    def pulled(self) -> bool:
        return self.asked >= self.pulled_at

    def watch(self, frame: FrameType, event: str, called: Any) -> None:
        """Told by Python of each call; raises in its place once the stick is gone."""
        if event != "c_call" or not _asks_a_disk(called) or _of_the_laptop(frame):
            return
        self.asked += 1
        if self.pulled:
            raise OSError(errno.EIO, "Input/output error")

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """What this thread does with files inside is done on the stick."""
        sys.setprofile(self.watch)
        try:
            yield
        finally:
            sys.setprofile(None)


def _asks_a_disk(called: Any) -> bool:
    owner = getattr(called, "__self__", None)
    of_a_file = isinstance(owner, IOBase) and not isinstance(owner, BytesIO | StringIO)
    return called.__name__ in CALLS and (of_a_file or isinstance(owner, ModuleType))


def _of_the_laptop(frame: FrameType | None) -> bool:
    """Whether a call is made for the store, or for loading a part of walk."""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(("walk.storage", "importlib", "_frozen_importlib")):
            return True
        if module.startswith("walk.exchange"):
            return False
        frame = frame.f_back
    return True
