"""Ids: random ones that sort by time, and derived ones that two laptops make alike.

In memory and in the store an id is bytes (16 for a record, walk, walker or device; 32 for a
revision); in records and packs it is lower-case hex.
"""

from __future__ import annotations

import hashlib

RECORD_BYTES = 16
REVISION_BYTES = 32
NOBODY = ""
"""The author of what no walker wrote, such as the plan of a lead who does not walk."""


def uuid7(at_ms: int, random: bytes) -> str:
    """An RFC 9562 version 7 id as 32 hex digits.

    `at_ms` is UTC milliseconds since 1970 (48 bits are used), `random` is 10 random bytes.
    """
    if len(random) != 10:
        raise ValueError("uuid7 takes 10 random bytes")
    raw = bytearray(at_ms.to_bytes(8, "big")[2:] + random)
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return raw.hex()


def derived(*parts: str) -> str:
    """The id of something that can be made twice, from what makes it the same thing.

    An RFC 9562 version 8 id as 32 hex digits. Parts are kept apart by their length, so
    ("ab", "c") and ("a", "bc") differ.
    """
    text = "".join(f"{len(part)}:{part}" for part in parts)
    raw = bytearray(hashlib.sha256(text.encode()).digest()[:RECORD_BYTES])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return raw.hex()
