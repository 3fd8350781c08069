"""Writing a pack so that a file of its name is whole or is not there, whenever the stick is pulled.

It is written beside its place under another name, forced to the disk, read back and checked, and
only then given its name. What is to be locked is locked before any of it reaches the stick.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from walk.disk import cause, check_name, is_too_long, remove, replace, sync_file, sync_folder
from walk.errors import PackError
from walk.exchange.lines import LONGEST_BODY, LONGEST_LINE, to_line
from walk.exchange.locked import check_new, lock
from walk.exchange.manifest import (
    LARGEST_REVISIONS,
    LONGEST_LABEL,
    MANIFEST_NAME,
    MOST_REVISIONS,
    REVISIONS_NAME,
    Manifest,
    PackKind,
    to_json,
)
from walk.exchange.read import LARGEST_FILE, Sha256, check_pack, shown_name
from walk.model import PLAN_KINDS
from walk.model.revision import Revision, utc_text
from walk.text import one_line

_THEN = (1980, 1, 1, 0, 0, 0)
"""The time of each member: the earliest a zip can say. The manifest says the true one."""
_PLAIN_FILE = (stat.S_IFREG | 0o600) << 16
_UNIX = 3
_LONG_S = 600
"""Seconds that a pack is never under way without a byte being written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A pack that lies there, read back and checked."""

    path: Path
    count: int
    """Revisions in it."""
    bytes: int
    """Size of the file."""
    sha256: Sha256
    """Of the file."""
    synced: bool = False
    """The file and its name have reached the disk, so that a stick may be taken out. Where False,
    the system does not say; the file itself is there."""


def check_place(path: Path, device: str, passphrase: str = "") -> None:
    """PackError where a pack cannot be written to `path`; asked before anything is done for it."""
    if passphrase:
        check_new(passphrase)
    temp = _beside(path, device)
    with _explained(path), _removed_on_error(temp):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder has this name")
        temp.open("xb").close()
        remove(temp)


def _beside(path: Path, device: str) -> Path:
    return path.with_name(f"~{device}-{os.getpid()}-{os.urandom(4).hex()}.tmp")


def write_pack(
    path: Path,
    revisions: Iterable[Revision],
    *,
    kind: PackKind,
    walk: str,
    device: str,
    walker: str,
    walker_id: str,
    made_at_ms: int,
    app: str,
    passphrase: str = "",
) -> Written:
    """Write the revisions as a pack at `path`; one line of them is in memory at a time.

    `walk`, `device` and `walker_id` are hex, the last may be empty; `made_at_ms` is UTC
    milliseconds. What a kill left there of an earlier pack of this laptop goes. With a `passphrase`
    the file is locked, which takes seconds and holds the whole pack in memory. Raises ValueError
    for what may not leave this laptop (a private revision, another walk's, a note in a plan) and
    PackError when it cannot be written. Until it gets its name an error leaves the folder as it
    was: a file that had the name still has it.
    """
    temp = _beside(path, device)
    about = _About(kind, walk, device, walker, walker_id, made_at_ms, app)
    Manifest.from_fields(asdict(about.manifest(0, 0, sha256().hexdigest())))
    if passphrase:
        check_new(passphrase)
    with _explained(path), _removed_on_error(temp):
        with open(temp, "xb") as file:
            _clear_own(temp, device)
            if passphrase:
                manifest = _fill_locked(file, revisions, about, passphrase)
            else:
                manifest = _fill(file, revisions, about)
            file.flush()
            sync_file(file.fileno())
        found = _read_back(temp, manifest, path, passphrase)
        size = temp.stat().st_size
        replace(temp, path)
        synced = _names_synced(path.parent)
        with open(path, "rb") as written:
            if file_digest(written, "sha256").digest() != found:
                raise _not_as_written(path)
    return Written(path, manifest.count, size, found, synced)


@dataclass(frozen=True, slots=True)
class _About:
    """What is known of a pack before its first line."""

    kind: PackKind
    walk: str
    device: str
    walker: str
    walker_id: str
    made_at_ms: int
    app: str

    def manifest(self, count: int, size: int, sha256: str) -> Manifest:
        return Manifest(
            kind=self.kind,
            walk=self.walk,
            device=self.device,
            walker=self.walker[: LONGEST_LABEL // 4],
            walker_id=self.walker_id,
            made_at=utc_text(self.made_at_ms),
            app=self.app,
            count=count,
            sha256=sha256,
            bytes=size,
        )


def _fill(file: BinaryIO, revisions: Iterable[Revision], about: _About) -> Manifest:
    digest, count, size = sha256(), 0, 0
    with ZipFile(file, "w") as members:
        # First, as the manifest says what they come to.
        with members.open(_member(REVISIONS_NAME), "w") as member:
            for rev in revisions:
                line = _line(rev, about)
                count, size = count + 1, size + len(line)
                if count > MOST_REVISIONS or size > LARGEST_REVISIONS:
                    raise _too_much()
                digest.update(line)
                member.write(line)
        manifest = about.manifest(count, size, digest.hexdigest())
        members.writestr(_member(MANIFEST_NAME), to_json(manifest))
    if file.tell() > LARGEST_FILE:
        raise _too_much()
    return manifest


def _fill_locked(
    file: BinaryIO, revisions: Iterable[Revision], about: _About, passphrase: str
) -> Manifest:
    whole = BytesIO()
    manifest = _fill(whole, revisions, about)
    locked = lock(whole.getvalue(), passphrase)
    if len(locked) > LARGEST_FILE:
        raise _too_much()
    file.write(locked)
    return manifest


def _member(name: str) -> ZipInfo:
    # All is said outright, so that the same notes give the same bytes on every system.
    member = ZipInfo(name, _THEN)
    member.compress_type = ZIP_DEFLATED
    member.create_system = _UNIX
    member.external_attr = _PLAIN_FILE
    return member


def _line(rev: Revision, about: _About) -> bytes:
    if rev.scope != "team" or rev.number is None:
        raise ValueError("a private revision never leaves its laptop")
    if rev.walk.hex() != about.walk:
        raise ValueError("a pack holds the revisions of one walk")
    if about.kind == "plan" and rev.kind not in PLAN_KINDS:
        raise ValueError(f"a plan holds no {rev.kind}")
    line = to_line(rev.rev_id(), rev)
    if len(line) > LONGEST_LINE or len(rev.body.encode()) > LONGEST_BODY:
        noun = one_line(rev.kind.replace("_", " "), 40)
        raise PackError(
            f"One {noun} is too long to travel in a pack.",
            "Make its words shorter and share again.",
        )
    return line + b"\n"


def _read_back(temp: Path, manifest: Manifest, path: Path, passphrase: str) -> Sha256:
    try:
        found, sha256 = check_pack(temp, passphrase=passphrase)
    except PackError as problem:
        raise _not_as_written(path) from problem
    if found != manifest:
        raise _not_as_written(path)
    return sha256


def _names_synced(folder: Path) -> bool:
    # The new name has to reach the disk too. The file itself is safe by then, so where it cannot
    # be done nothing is lost.
    try:
        return sync_folder(folder)
    except OSError:
        return False


def _clear_own(temp: Path, device: str) -> None:
    """Remove what this laptop was writing here when it was killed; another's is left alone."""
    with suppress(OSError):
        for left in temp.parent.glob(f"~{device}-*.tmp"):
            with suppress(OSError):
                if left != temp and _is_left(left, temp):
                    left.unlink()


def _is_left(left: Path, temp: Path) -> bool:
    """True where whoever wrote it is gone; where that is not told, once it is old."""
    pid = left.name.split("-")[1]
    if os.name == "posix" and pid.isdecimal():
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            pass  # somebody else's program bears this number now, or the same one still
    # By the stick's own time alone, which may be another than the laptop's.
    return temp.stat().st_mtime - left.stat().st_mtime > _LONG_S


@contextmanager
def _removed_on_error(temp: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            temp.unlink(missing_ok=True)
        raise


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        check_name(path)
        yield
    except OSError as problem:
        why, mend = _LONG if is_too_long(path) else _cause_and_mend(cause(problem))
        raise PackError(f"{shown_name(path)} could not be written: {why}.", mend) from problem


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM, errno.EBUSY}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO}
_LONG = (
    "its whole path is too long for Windows",
    "Choose a folder nearer to the top, such as the stick itself.",
)


def _cause_and_mend(number: int) -> tuple[str, str]:
    """In words, for what the system said as an errno."""
    if number in _FULL:
        return "there is no room left", "Make room there, or choose another stick or folder."
    if number in _CLOSED:
        return (
            "the folder or stick is read-only or in use",
            "Look for a write lock on the stick, or choose another folder.",
        )
    if number in _GONE:
        return (
            "the folder or stick is not there (unplugged?)",
            "Plug it in again, or choose another folder, and share once more.",
        )
    if number in (errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EINVAL):
        return "the name cannot be used", "Choose another name that ends in .walk."
    return "the disk did not take it", "Choose another stick or folder."


def _too_much() -> PackError:
    return PackError(
        "This walk holds more than one pack can carry.",
        "Make a backup, and hand that over in place of a pack.",
    )


def _not_as_written(path: Path) -> PackError:
    return PackError(
        f"{shown_name(path)} could not be read back as it was written.",
        "Choose another stick or folder, and share once more.",
    )
