"""What systems and disks do differently: forcing to the disk, replacing, names, and why they fail.

Linux, macOS and Windows are told apart here and in few other places, so that each difference is
read once, and tried on any of them: what asks the system is given it as it is in sys.platform.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath, PureWindowsPath
from typing import BinaryIO

_TRIES, _PAUSE_S = 20, 0.05
"""How often a file that is held is asked for again on Windows, and how long apart."""

_HELD = {5, 32, 33}
"""What Windows says of a file that another program, mostly a virus scanner, looks into just now:
access denied, sharing violation, lock violation."""

_BY_WINDOWS = {
    **dict.fromkeys((39, 112), errno.ENOSPC),
    1295: errno.EDQUOT,
    19: errno.EROFS,
    # Not ready, no such drive or unit, the device is gone, its medium was changed or taken out.
    **dict.fromkeys((15, 20, 21, 31, 53, 55, 64, 67, 433, 1006, 1110, 1112, 1167), errno.ENODEV),
    **dict.fromkeys((32, 33, 1224), errno.EBUSY),
    **dict.fromkeys((23, 25, 26, 27, 29, 30, 1005, 1117, 1392, 1393), errno.EIO),
    **dict.fromkeys((111, 206), errno.ENAMETOOLONG),
    **dict.fromkeys((123, 161), errno.EINVAL),
}
"""What Windows says, where Python's own errno for it says less or something else."""

LONGEST_ON_WINDOWS = 259
"""Characters of a whole path, unless somebody has allowed longer ones."""

_FORBIDDEN = frozenset('"*:<>?|/\\')
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
    + [f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³"]
)
"""Names that stand for a device on Windows, whatever follows behind a dot."""

_CANNOT = {
    getattr(errno, name)
    for name in ("EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "ENOTTY", "EBADF", "EISDIR")
} | {errno.EACCES, errno.EPERM}
"""What a system says that cannot force a folder to the disk, or not in this way."""

_STAY_OPEN: dict[tuple[int, int], int] = {}
"""Files that were read while SQLite had them open, by device and number: their open handles."""

_NO_DIALOGS = 1
"""What Windows calls SEM_FAILCRITICALERRORS."""


_IN_SQLITE: Counter[tuple[int, int]] = Counter()
"""The files of stores that this program has open, by device and number, and how often."""


def sqlite_opens(path: Path) -> list[tuple[int, int]]:
    """This program has a store open from now on; what `sqlite_closes` is to be given."""
    found = []
    for name in (path, f"{path}-shm"):
        with suppress(OSError):
            status = os.stat(name)
            found.append((status.st_dev, status.st_ino))
    _IN_SQLITE.update(found)
    return found


def sqlite_closes(files: Iterable[tuple[int, int]]) -> None:
    """Take back one `sqlite_opens`."""
    _IN_SQLITE.subtract(files)
    for name in [name for name, times in _IN_SQLITE.items() if times <= 0]:
        del _IN_SQLITE[name]


def is_open_in_sqlite(found: os.stat_result) -> bool:
    """Whether it is a store that is open here; `open_beside_sqlite` says what reading it does."""
    return (found.st_dev, found.st_ino) in _IN_SQLITE


def open_plain(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file that others wrote, to be read as bytes; the one way to do so.

    OSError for what is no plain file: a pipe would be waited for without end, a device never ends;
    and for a store that is open in this program. ValueError for a name that no file can have.
    """
    found = os.stat(path)
    _check_plain(found.st_mode)
    if is_open_in_sqlite(found):
        raise OSError(errno.EBUSY, "walk has it open as its store")
    # Asked again of what was opened, as it may have been exchanged in between.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags)
    try:
        _check_plain(os.fstat(handle).st_mode)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


@contextmanager
def open_beside_sqlite(path: Path) -> Iterator[BinaryIO]:
    """Open a file that SQLite has open in this program, too, to be read as bytes.

    Except on Windows it stays open until the program ends: locks belong to a program and a file,
    so that closing it would give up SQLite's own. The next walk that ends would then take the log
    away under this one, with all that it saves from then on.
    """
    if sys.platform == "win32":
        with path.open("rb") as file:
            yield file
        return
    found = os.stat(path)
    name = (found.st_dev, found.st_ino)
    if name not in _STAY_OPEN:
        _STAY_OPEN[name] = os.open(path, os.O_RDONLY)
    with os.fdopen(_STAY_OPEN[name], "rb", closefd=False) as file:
        file.seek(0)
        yield file


def _check_plain(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no plain file")


def sync_file(handle: int, system: str = sys.platform) -> None:
    """Force what was written to an open file to the disk. OSError where the disk refuses."""
    if system != "darwin" or not _fully_synced(handle):
        os.fsync(handle)


def _fully_synced(handle: int) -> bool:
    """A Mac's way: there fsync hands bytes to the drive, which may keep them in its own memory."""
    if sys.platform == "win32":
        return False
    import fcntl

    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is None:
        return False
    try:
        fcntl.fcntl(handle, full)
    except OSError as error:
        if error.errno in _CANNOT:
            return False
        raise
    return True


def sync_folder(folder: Path) -> bool:
    """Force the names in a folder to the disk; False where this system or disk does not do so.

    Windows keeps a folder's names in its own journal. OSError where the disk refuses.
    """
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError as error:
        if error.errno in _CANNOT:
            return False
        raise
    try:
        sync_file(opened)
    except OSError as error:
        if error.errno in _CANNOT:
            return False
        raise
    finally:
        os.close(opened)
    return True


def replace(source: Path, target: Path) -> None:
    """Give a file the place of another; on Windows one that is held for a moment is waited for."""
    _patiently(lambda: os.replace(source, target))


def remove(path: Path) -> None:
    """Delete a file, or nothing where there is none; on Windows a held one is waited for."""
    _patiently(lambda: path.unlink(missing_ok=True))


def _patiently(work: Callable[[], None]) -> None:
    for left in range(_TRIES - 1, -1, -1):
        try:
            work()
            return
        except PermissionError as error:
            if not left or getattr(error, "winerror", 0) not in _HELD:
                raise
        time.sleep(_PAUSE_S)


def cause(error: OSError) -> int:
    """Why the system refused, as an errno that means the same on every system; 0 for unknown."""
    windows = getattr(error, "winerror", None)
    return _BY_WINDOWS.get(windows or 0, error.errno or 0)


_UNREAD = {
    errno.ENOENT: "it is not there",
    errno.ENOTDIR: "it is not there",
    errno.ELOOP: "it is a link that leads nowhere",
    errno.EACCES: "you may not open it",
    errno.EPERM: "you may not open it",
    errno.ENODEV: "its disk or stick is not there",
    errno.ENAMETOOLONG: "its name is too long",
}


def why_unread(error: OSError | ValueError) -> str:
    """Why a file could not be read, in words that go on behind "cannot be read: "."""
    if not isinstance(error, OSError):
        return "its name cannot be used"
    return _UNREAD.get(cause(error)) or error.strerror or "the disk did not answer"


def is_folder(path: Path) -> bool:
    """Whether a folder is there; no where the system refuses to say, for which `Path` raises."""
    return os.path.isdir(path)


def is_there(path: Path) -> bool:
    """Whether anything is there, in the same way."""
    return os.path.exists(path)


def is_too_long(path: PurePath, system: str = sys.platform) -> bool:
    """Whether a path may have been refused because it is longer than Windows usually takes.

    It says so there by telling that there is no such file.
    """
    text = str(path)
    return system == "win32" and len(text) > LONGEST_ON_WINDOWS and not text.startswith("\\\\?\\")


def make_folder(folder: Path) -> None:
    """Make a folder with those above it; OSError where they cannot be made, or are far too many."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except RecursionError:  # a thousand folders within each other, none of them there
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(folder)) from None


def check_name(path: PurePath, system: str = sys.platform) -> None:
    """OSError (EINVAL) for a path that Windows takes for something else than a file.

    A device swallows what is written to it, and behind a colon it goes where nobody finds it.
    """
    if system != "win32":
        return
    whole = PureWindowsPath(path)
    for part in whole.parts[1 if whole.anchor else 0 :]:
        if not fits_windows(part):
            raise OSError(errno.EINVAL, "Windows knows no file of this name")


def fits_windows(name: str) -> bool:
    """Whether Windows can hold a file or folder of this name, and finds it again."""
    if name in (".", ".."):
        return True
    if name != name.rstrip(". ") or any(sign in _FORBIDDEN or sign < " " for sign in name):
        return False
    return name.partition(".")[0].rstrip(" ").upper() not in _DEVICES


def database_address(path: PurePath) -> str:
    """A whole path as the address by which SQLite opens a file with options, without them."""
    place = path.as_uri().removeprefix("file:")
    # SQLite takes no address with a server in it: `\\server\share` is part of the path for it.
    return f"file:{place}" if place.startswith("///") else f"file://{place}"


def no_dialogs(system: str = sys.platform) -> None:
    """Have Windows tell walk that a drive is empty, in place of a window that asks for a disk."""
    if system == "win32":
        import msvcrt

        set_mode: Callable[[int], int] = getattr(msvcrt, "SetErrorMode")  # noqa: B009
        set_mode(_NO_DIALOGS)
