"""Reading a pack as if a stranger had made it: all of it is checked before any of it is returned.

The file is read once, into memory and under a cap, so that nothing can change between checking and
using it. Nothing is ever unpacked to a disk.
"""

from __future__ import annotations

import errno
import hashlib
import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from walk.disk import cause, is_open_in_sqlite
from walk.errors import PackError
from walk.exchange.lineage import Lineage
from walk.exchange.lines import LONGEST_LINE, from_line
from walk.exchange.locked import is_locked, unlock
from walk.exchange.manifest import (
    FORMAT,
    LARGEST_MANIFEST,
    MAJOR,
    MANIFEST_NAME,
    REVISIONS_NAME,
    Manifest,
    version_of,
)
from walk.exchange.strict import NotAPack, Unfit, json_object
from walk.model import NEVER_SHARED
from walk.model.revision import Revision
from walk.text import one_line

LARGEST_FILE = 64_000_000
"""Bytes of a pack as it lies on the stick."""
_START = 64
"""Bytes by which a hole at the beginning of a file is known."""
CHUNK = 65_536
"""Bytes unpacked at a time."""

_END = struct.Struct("<4s4H2LH")
"""The last bytes of a zip: where its list of members lies and how long it is."""
_LONGEST_LIST = 4_096
"""Bytes of that list: two members need about 120."""
_ZIP64_LOCATOR = 20
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_NAME_WIDTH = 60
_PULLED = {errno.EIO, errno.ENODEV, errno.ENXIO}
"""What a system says of a file whose disk is gone."""

_DAMAGE = (
    BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,  # NotImplementedError and RecursionError are such
    ValueError,
    LookupError,
    OverflowError,
    MemoryError,
    struct.error,
)
"""What zipfile, zlib and json are known to raise for bytes that somebody made up."""

Sha256 = bytes
"""32 bytes."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was checked as a whole: every line adds up, or there would be no Pack."""

    manifest: Manifest
    revisions: list[tuple[bytes, Revision]]
    """(rev_id, revision) in the order of the file; each hash was computed anew."""
    sha256: Sha256
    """Of the file."""


def read_pack(path: Path, *, passphrase: str = "") -> Pack:
    """Read and check a whole pack.

    Raises PackError, with nothing returned, when anything at all is wrong with it: LockedPack when
    it is locked and `passphrase` does not open it. A pack that is not locked needs none, and a kind
    of record that this version does not know is no fault.
    """
    name = shown_name(path)
    data, sha256 = _read_unlocked(path, name, passphrase)
    with _explained(name), _opened(data) as members:
        manifest = _read_manifest(members, name)
        revisions = list(_read_revisions(members, manifest))
    return Pack(manifest, revisions, sha256)


def peek(path: Path) -> Manifest:
    """What a pack says of itself. Its lines are not looked at and may still be refused.

    Raises PackError like `read_pack`, and LockedPack for every locked one.
    """
    name = shown_name(path)
    data, _ = _read_unlocked(path, name, "")
    with _explained(name), _opened(data) as members:
        return _read_manifest(members, name)


def check_pack(path: Path, *, passphrase: str = "") -> tuple[Manifest, Sha256]:
    """Check a pack like `read_pack`, without keeping its lines; its manifest and its sha-256."""
    name = shown_name(path)
    data, sha256 = _read_unlocked(path, name, passphrase)
    with _explained(name), _opened(data) as members:
        manifest = _read_manifest(members, name)
        for _ in _read_revisions(members, manifest):
            pass
    return manifest, sha256


def file_sha256(path: Path) -> Sha256:
    """The sha-256 of a file that may be a pack, by which one that was read before is known again.

    Nothing of it is checked but its size. Raises PackError where it cannot be read.
    """
    return hashlib.sha256(_read_file(path, shown_name(path))).digest()


def shown_name(path: Path) -> str:
    """The name of a file as it may be shown in a message."""
    return one_line(path.name or str(path), _NAME_WIDTH)


def _read_unlocked(path: Path, name: str, passphrase: str) -> tuple[bytes, Sha256]:
    """The zip that a pack is, without its lock, and the sha-256 of the file as it lies."""
    data = _read_file(path, name)
    sha256 = hashlib.sha256(data).digest()
    return unlock(data, passphrase, name) if is_locked(data) else data, sha256


def _read_file(path: Path, name: str) -> bytes:
    try:
        status = path.stat()
        # Opening a pipe would wait for ever; only a file that lies there is opened.
        if not stat.S_ISREG(status.st_mode):
            raise PackError(f"{name} is not a file.", "Name a file that ends in .walk.")
        if status.st_size > LARGEST_FILE:
            raise PackError(
                f"{name} is larger than a pack can be ({LARGEST_FILE // 1_000_000} MB).",
                "Look whether it is the right file.",
            )
        if is_open_in_sqlite(status):
            raise PackError(
                f"{name} is the store that is open in walk.", "A pack ends in .walk; name another."
            )
        with path.open("rb") as file:
            # No more than was just measured: a read makes room for as much as it is asked for.
            data = file.read(status.st_size)
    except (OSError, ValueError) as problem:
        why = cause(problem) if isinstance(problem, OSError) else 0
        if why == errno.ENOENT:
            raise PackError(
                f"{name} is not there.", "Look at the name, and whether the stick is plugged in."
            ) from problem
        if why == errno.ELOOP:
            raise PackError(
                f"{name} is a link that leads nowhere.", "Name the file that it stood for."
            ) from problem
        if why in (errno.EACCES, errno.EPERM):
            raise PackError(
                f"{name} cannot be read: you may not open it.",
                "Let yourself read it and its folder, or have it given to you once more.",
            ) from problem
        if why in _PULLED:
            raise PackError(
                f"{name} could not be read to its end (stick unplugged?).",
                "Plug it in again and collect once more; if it stays so, copy the file to this "
                "laptop and read the copy.",
            ) from problem
        raise PackError(
            f"{name} cannot be read (not downloaded yet?).",
            "If it lies in a synced folder, open that folder and wait until the file is there; "
            "else copy it to this laptop and read the copy.",
        ) from problem
    if not data:
        raise PackError(f"{name} is empty: it was not copied to the end.", "Copy it once more.")
    return data


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except NotAPack as problem:
        raise PackError(
            f"{name} is not a pack of walk; nothing of it was taken in.",
            "Look whether it is the right file; a pack is written by g on Home, or `walk share`.",
        ) from problem
    except _DAMAGE as problem:
        why = str(problem) if isinstance(problem, Unfit) else "it does not unpack"
        raise PackError(
            f"{name} is damaged or was changed ({why}); nothing of it was taken in.",
            "Copy it once more, or ask whoever sent it to share again.",
        ) from problem


@contextmanager
def _opened(data: bytes) -> Iterator[ZipFile]:
    _check_end(data)
    with ZipFile(BytesIO(data)) as members:
        yield members


def _check_end(data: bytes) -> None:
    """Refuse what is no plain small zip before its list of members is read.

    A list may claim a million members, each of which costs memory as soon as it is listed.
    """
    if not data.startswith(b"PK\x03\x04"):
        if b"PK\x01\x02" in data or (data and not any(data[:_START])):
            raise Unfit("its beginning is missing")  # a copy with a hole in it begins with zeros
        raise NotAPack
    if len(data) < _END.size:
        raise Unfit("its end is missing")
    mark, disk, start_disk, _, _, size, start, comment = _END.unpack(data[-_END.size :])
    if mark != b"PK\x05\x06" or comment:
        raise Unfit("its end is missing")
    if disk or start_disk or start + size + _END.size != len(data) or size > _LONGEST_LIST:
        raise Unfit("its list of members does not add up")
    if data[-_END.size - _ZIP64_LOCATOR :].startswith(b"PK\x06\x07"):
        raise Unfit("its list of members does not add up")


def _read_manifest(members: ZipFile, name: str) -> Manifest:
    with members.open(_member(members, MANIFEST_NAME)) as member:
        raw = member.read(LARGEST_MANIFEST + 1)
    if len(raw) > LARGEST_MANIFEST:
        raise Unfit("its manifest is too long")
    fields = json_object(raw)
    if fields.get("format") != FORMAT:
        raise NotAPack
    major, minor = version_of(fields)
    if major > MAJOR:
        raise PackError(
            f"{name} was made by a newer walk (pack version {major}.{minor}); "
            "nothing of it was taken in.",
            "Update walk on this laptop, then collect again.",
        )
    if major < MAJOR:
        raise Unfit("its version cannot be read")
    if sorted(one.orig_filename for one in members.infolist()) != [MANIFEST_NAME, REVISIONS_NAME]:
        raise Unfit("it holds more, or less, than a pack does")
    return Manifest.from_fields(fields)


def _member(members: ZipFile, name: str) -> ZipInfo:
    """The one member of that name, if it is a plain file."""
    # `filename` has been made neat by zipfile; what was written stands in `orig_filename`.
    found = [one for one in members.infolist() if one.orig_filename == name]
    if len(found) != 1:
        raise Unfit("it holds more, or less, than a pack does")
    if found[0].flag_bits & _ENCRYPTED:
        raise Unfit("it is locked with a password")
    if stat.S_IFMT(found[0].external_attr >> 16) not in (0, stat.S_IFREG):
        raise Unfit("it holds a link in place of a file")
    if found[0].compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Unfit("it is packed in a way that walk does not use")
    return found[0]


def _read_revisions(members: ZipFile, manifest: Manifest) -> Iterator[tuple[bytes, Revision]]:
    """Each revision of the pack; Unfit at the first that does not add up.

    Only once the last was given is it seen that they can belong to one walk's records.
    """
    lineage = Lineage()
    count, most, newer, walk = 0, manifest.count, manifest.newer, bytes.fromhex(manifest.walk)
    for count, line in enumerate(_read_lines(members, manifest), start=1):
        if count > most:
            raise Unfit("it has more lines than its manifest says")
        try:
            rev_id, rev = from_line(line, newer=newer)
            if rev.walk != walk:
                raise Unfit("it is of another walk")
            if rev.kind in NEVER_SHARED:
                raise Unfit("it is of a kind that never leaves its laptop")
            lineage.add(rev_id, rev)
        except Unfit as problem:
            raise Unfit(f"line {count}: {problem}") from problem
        yield rev_id, rev
    if count != manifest.count:
        raise Unfit("it has fewer lines than its manifest says")
    lineage.check()


def _read_lines(members: ZipFile, manifest: Manifest) -> Iterator[bytes]:
    """The lines of revisions.jsonl, whatever size the zip claims for it.

    Only the byte 10 ends a line: words may hold the other line ends that Python knows.
    """
    digest, size, rest = hashlib.sha256(), 0, b""
    with members.open(_member(members, REVISIONS_NAME)) as member:
        while chunk := member.read(CHUNK):
            size += len(chunk)
            if size > manifest.bytes:
                raise Unfit("it is longer than its manifest says")
            digest.update(chunk)
            *lines, rest = (rest + chunk).split(b"\n")
            _check_length(max(map(len, lines), default=0))
            yield from lines
            _check_length(len(rest))
    if rest:
        raise Unfit("its last line is cut off")
    if size != manifest.bytes or digest.hexdigest() != manifest.sha256:
        raise Unfit("its lines do not match its manifest")


def _check_length(longest: int) -> None:
    if longest > LONGEST_LINE:
        raise Unfit(f"a line is longer than {LONGEST_LINE:,} bytes")
