"""The file of a workbook, checked before anything of it is read: a zip, and what may lie in it.

Nothing is ever unpacked to a disk. A member is inflated piece by piece, and what comes out is
counted, whatever the file says about its size.
"""

from __future__ import annotations

import errno
import io
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from walk.disk import open_plain, why_unread
from walk.errors import IntakeError
from walk.intake.records import Source

LARGEST_FILE = 200_000_000
"""Bytes of a workbook as it lies on the disk."""
MOST_MEMBERS = 5_000
LONGEST_LIST = 2_000_000
"""Bytes of the zip's list of members."""
MOST_INFLATED = 1_000_000_000
"""Bytes that all that is read of one workbook may come to; 250,000 notes take a tenth."""
PIECE = 65_536
"""Bytes inflated at a time."""

SAVE_AS = 'Open it in a spreadsheet and save it as .xlsx, or as "CSV UTF-8 (comma delimited)".'

_END = struct.Struct("<4s4H2LH")
"""The last bytes of a zip: where its list of members lies and how long it is."""
_LONGEST_COMMENT = 65_535
_ZIP64_LOCATOR = 20
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000

_DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, struct.error)
"""What zipfile and zlib are known to raise for bytes that somebody made up."""


class WorkbookFile:
    """The members of one workbook. IntakeError for what is no sound workbook."""

    def __init__(self, source: Source) -> None:
        try:
            self._stream = _opened(source)
        except OSError as error:
            raise _unreadable(error) from None
        self._left = MOST_INFLATED
        try:
            self._members = self._checked()
        except _DAMAGE:
            self.close()
            raise damaged() from None
        except OSError as error:
            self.close()
            raise _unreadable(error) from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the file go."""
        self._stream.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def _checked(self) -> dict[str, ZipInfo]:
        size = self._stream.seek(0, os.SEEK_END)
        if size > LARGEST_FILE:
            raise IntakeError(
                f"The workbook has {size:,} bytes and {LARGEST_FILE:,} fit.",
                "Save the sheet with the notes alone, or as CSV.",
            )
        _check_list(self._stream, size)
        self._zip = ZipFile(self._stream)
        found: dict[str, ZipInfo] = {}
        for member in self._zip.infolist():
            name = member.filename
            if name in found or len(found) == MOST_MEMBERS:
                raise damaged()
            if member.flag_bits & _ENCRYPTED:
                raise IntakeError("The workbook has a password.", "Save it without one.")
            found[name] = member
        return found

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, piece by piece; nothing where it is not there."""
        member = self._members.get(name)
        if member is None:
            return
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged()
        if member.file_size > self._left:
            raise _too_large()
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise _too_large()
                    yield piece
        except _DAMAGE:
            raise damaged() from None
        except OSError as error:
            raise _unreadable(error) from None

    def first_bytes(self, name: str, count: int) -> bytes:
        """The first bytes of a member."""
        for piece in self.pieces(name):
            return piece[:count]
        return b""


def _opened(source: Source) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else open_plain(source)


def _check_list(stream: BinaryIO, size: int) -> None:
    """Refuse a list of members that is longer than any workbook's, before it is read."""
    stream.seek(max(0, size - _LONGEST_COMMENT - _END.size))
    tail = stream.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise damaged()
    _mark, _disk, _start, _here, members, length, _at, _comment = _END.unpack_from(tail, place)
    locator = tail[max(0, place - _ZIP64_LOCATOR) : place]
    if members > MOST_MEMBERS or length > LONGEST_LIST or locator.startswith(b"PK\x06\x07"):
        raise damaged()


def resolved(base: str, target: str) -> str:
    """The member that a target named in the part `base` means."""
    if target.startswith("/"):
        return target.lstrip("/")
    parts: list[str] = list(PurePosixPath(base).parent.parts)
    for part in target.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)


def damaged() -> IntakeError:
    """The error for a file that is no sound workbook."""
    return IntakeError("This workbook is damaged, or no workbook at all.", SAVE_AS)


def _unreadable(error: OSError) -> IntakeError:
    """The error for a disk that refused; a place before the file's beginning is damage."""
    if error.errno == errno.EINVAL:
        return damaged()
    why = why_unread(error)
    return IntakeError(f"The table cannot be read: {why}.", "Copy it to this laptop, then again.")


def _too_large() -> IntakeError:
    return IntakeError(
        f"The workbook holds more than {MOST_INFLATED:,} bytes once it is unpacked.",
        "Save the sheet with the notes alone, or as CSV.",
    )
