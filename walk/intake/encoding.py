"""Which encoding the bytes of a table are in, by its mark or by what the bytes can be.

Guessing is kept to what can be told: a byte order mark, or text that is UTF-8 throughout. Only what
is neither is taken for Windows-1252, the encoding in which a spreadsheet saves plain "CSV" here,
and that is said.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 1 << 17
"""Bytes that are looked at together."""

DAMAGED = "walk-damaged"
"""The error handler under which a byte that means nothing becomes a lone surrogate."""

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_MANY_BYTES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that Windows-1252 has no letter for."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become text."""

    codec: str
    mark: int = 0
    """Bytes of the mark before the text."""
    told: str = ""
    """What was assumed, in words for the reader; empty where nothing was."""


def encoding_of(stream: BinaryIO) -> Encoding:
    """The encoding of a table, from its bytes; the stream is read to its end.

    Text that is UTF-8 but for some damaged bytes stays UTF-8, so that only the rows which hold
    them are refused.
    """
    first = stream.read(BLOCK)
    for mark, codec in _MARKS:
        if first.startswith(mark):
            return Encoding(codec, len(mark))
    if first.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8", len(codecs.BOM_UTF8))
    if not _is_windows(first, stream):
        return Encoding("utf-8")
    return Encoding("cp1252", 0, "Read as Windows-1252: it is not UTF-8")


def _is_windows(block: bytes, stream: BinaryIO) -> bool:
    """Whether more bytes are letters of Windows-1252 than parts of UTF-8 characters."""
    lone = whole = 0
    rest = b""
    while block:
        block = rest + block
        rest = b""
        if not block.isascii():
            # A character that goes on in the next block waits for it.
            cut = max(len(block) - 3, 0)
            while cut < len(block) and block[cut] < 0xC0:
                cut += 1
            block, rest = block[:cut], block[cut:]
            if _NOT_WINDOWS.search(_MANY_BYTES.sub(b"", block)):
                return False
            found = _MANY_BYTES.findall(block)
            whole += len(found)
            lone += len(_HIGH.findall(block)) - sum(map(len, found))
        block = stream.read(BLOCK)
    left = _MANY_BYTES.sub(b"", rest)
    lone += len(_HIGH.findall(left))
    whole += len(_MANY_BYTES.findall(rest))
    return lone > whole and not _NOT_WINDOWS.search(left)


def _damaged(error: UnicodeError) -> tuple[str, int]:
    """Put a lone surrogate, which no row may hold, in place of bytes that mean nothing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udc80", error.end


codecs.register_error(DAMAGED, _damaged)
