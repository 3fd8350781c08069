"""Locks: an empty file that one program holds; the system frees it when that program dies.

The library for this takes longer to import than many a command has to run.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_CONTENTION = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


class Held(NamedTuple):
    """A file that this program has locked."""

    path: Path
    handle: int

    def free(self) -> None:
        """Unlock it, and take its file away, so that one left behind tells of a crash."""
        if sys.platform == "win32":
            # An open file cannot go there; one that is opened at once by another stays.
            os.close(self.handle)
            with suppress(OSError):
                self.path.unlink()
            return
        with suppress(OSError):
            self.path.unlink()
        os.close(self.handle)


def lock(path: Path) -> Held | None:
    """Lock a file, made where it is not there; None where another holds it.

    Raises OSError where the file cannot be made or the disk knows no locks.
    """
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError:
            if sys.platform == "win32" and path.exists():
                return None  # it goes at this moment
            raise
        try:
            if not _locked(handle):
                os.close(handle)
                return None
            if _is_still(path, handle):
                return Held(path, handle)
        except BaseException:
            os.close(handle)
            raise
        # Its holder took the file away between our opening and locking it: lock the next one.
        os.close(handle)


def _is_still(path: Path, handle: int) -> bool:
    if sys.platform == "win32":
        return True  # an open file cannot be taken away there
    try:
        there, here = path.stat(), os.fstat(handle)
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _CONTENTION:
            return False
        raise
    return True
