"""Writing a small file so that it is whole or as it was, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from glob import escape
from pathlib import Path

from walk.disk import (
    cause,
    check_name,
    is_too_long,
    open_plain,
    remove,
    replace,
    sync_file,
    sync_folder,
)
from walk.errors import PlanError
from walk.text import one_line

PRIVATE = 0o600
"""The mode of a file that only its owner reads."""
_USUAL = 0o666
"""Less what the system takes off for every new file."""
_BESIDE = "~"


def write_whole(path: Path, data: bytes, *, before: bytes | None, private: bool = False) -> None:
    """Write the file: beside it first, forced to the disk, then under its name.

    `before` is what was read from it, None when nothing was there; a file that says something else
    by now is left alone. It keeps its mode; a `private` one can only be read by its owner. A link
    stays a link: the file it points to is written. PlanError when it cannot be done, and then all
    is as it was.
    """
    name = one_line(path.name)
    try:
        check_name(path)
        target = Path(os.path.realpath(path))
        beside = target.with_name(f"{target.name}.{os.urandom(4).hex()}{_BESIDE}")
        mode = _mode(target, private=private)
        if _held(target, len(before or b"")) != before:
            raise PlanError(
                f"{name} was changed by another program meanwhile.",
                "Look at what it says now, then do it again.",
            )
        try:
            _write(beside, data, mode, exact=before is not None or private)
            replace(beside, target)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        why = "its whole path is too long for Windows" if is_too_long(path) else _why(error)
        stands = "" if before is None else "; what it said before still stands"
        raise PlanError(
            f"{name} cannot be written: {why}.",
            f"Make room there or look at its folder{stands}.",
        ) from None
    _sync_folder(target.parent)


def remove_whole(path: Path) -> bool:
    """Remove the file, and what an interrupted writing left beside it; False when there was none.

    PlanError when the system refuses.
    """
    try:
        there = path.exists()
        for one in (path, *path.parent.glob(f"{escape(path.name)}.*{_BESIDE}")):
            remove(one)
    except OSError as error:
        why = error.strerror or "the disk did not answer"
        raise PlanError(
            f"{one_line(path.name)} cannot be removed: {why}.",
            "Close what has it open, then try again.",
        ) from None
    _sync_folder(path.parent)
    return there


_WHY = {
    errno.ENOSPC: "there is no room left",
    errno.EROFS: "the disk is read-only",
    errno.ENODEV: "its disk or stick is not there",
    errno.EBUSY: "another program has it open",
}


def _why(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError):
        return "its name cannot be used"
    return _WHY.get(cause(error)) or error.strerror or "the disk did not take it"


def _held(target: Path, most: int) -> bytes | None:
    """What the file says, no more than a byte beyond `most`; None where there is none."""
    try:
        with open_plain(target) as file:
            return file.read(most + 1)
    except FileNotFoundError:
        return None


def _mode(target: Path, *, private: bool) -> int:
    """The mode to write with; PermissionError for a file that says that nobody writes it."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return PRIVATE if private else _USUAL
    if not stat.S_ISREG(found):
        raise OSError(errno.EINVAL, "it is no plain file")
    if not found & 0o222:
        raise PermissionError(errno.EACCES, "it is read-only")
    return PRIVATE if private else stat.S_IMODE(found)


def _write(beside: Path, data: bytes, mode: int, *, exact: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(beside, flags, mode), "wb") as file:
        if exact:
            os.chmod(beside, mode)
        file.write(data)
        file.flush()
        sync_file(file.fileno())


def _sync_folder(folder: Path) -> None:
    # The new name has to reach the disk too; where that cannot be done nothing is lost.
    with suppress(OSError):
        sync_folder(folder)
