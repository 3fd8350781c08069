"""The age format written down a second time, with the standard library alone and little work.

From its specification (age-encryption.org/v1, a passphrase as the only recipient). It shows that
what walk locks is what others open, and makes locked files that open at once.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator

CHUNK = 65_536
_WORD = 0xFFFFFFFF
_ROUNDS = (
    *((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)),
    *((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)),
)


def lock(data: bytes, passphrase: str, *, work: int = 5, chance: bytes = bytes(48)) -> bytes:
    """The data, locked; `chance` stands for 48 random bytes."""
    salt, file_key, nonce = chance[:16], chance[16:32], chance[32:]
    wrapped = _seal(_wrap_key(passphrase, salt, work), bytes(12), file_key)
    head = f"age-encryption.org/v1\n-> scrypt {_b64(salt)} {work}\n{_b64(wrapped)}\n---".encode()
    mac = hmac.digest(_hkdf(file_key, b"", b"header"), head, "sha256")
    key = _hkdf(file_key, nonce, b"payload")
    parts = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)] or [b""]
    sealed = [
        _seal(key, _place(number, last=number == len(parts) - 1), part)
        for number, part in enumerate(parts)
    ]
    return head + f" {_b64(mac)}\n".encode() + nonce + b"".join(sealed)


def unlock(locked: bytes, passphrase: str) -> bytes:
    """What a locked file holds; ValueError when anything does not add up."""
    found = re.match(
        rb"(age-encryption\.org/v1\n-> scrypt (\S{22}) (\d+)\n(\S{43})\n---) (\S{43})\n", locked
    )
    if not found:
        raise ValueError("not a header")
    salt, wrapped, mac = (b64decode(found[part] + b"==") for part in (2, 4, 5))
    file_key = _opened(_wrap_key(passphrase, salt, int(found[3])), bytes(12), wrapped)
    if not hmac.compare_digest(
        mac, hmac.digest(_hkdf(file_key, b"", b"header"), found[1], "sha256")
    ):
        raise ValueError("the header was changed")
    rest = locked[found.end() :]
    key, sealed = _hkdf(file_key, rest[:16], b"payload"), rest[16:]
    parts = [sealed[start : start + CHUNK + 16] for start in range(0, len(sealed), CHUNK + 16)]
    return b"".join(
        _opened(key, _place(number, last=number == len(parts) - 1), part)
        for number, part in enumerate(parts)
    )


def _b64(data: bytes) -> str:
    return b64encode(data).decode().rstrip("=")


def _wrap_key(passphrase: str, salt: bytes, work: int) -> bytes:
    salted = b"age-encryption.org/v1/scrypt" + salt
    room = 256 * 8 * 2**work + 2**20
    return hashlib.scrypt(
        passphrase.encode(), salt=salted, n=2**work, r=8, p=1, maxmem=room, dklen=32
    )


def _hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    start = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(start, info + b"\1", "sha256")


def _place(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


# ChaCha20 and Poly1305, as RFC 8439 says them


def _seal(key: bytes, nonce: bytes, data: bytes) -> bytes:
    hidden = _chacha(key, nonce, data)
    return hidden + _tag(key, nonce, hidden)


def _opened(key: bytes, nonce: bytes, sealed: bytes) -> bytes:
    hidden, tag = sealed[:-16], sealed[-16:]
    if not hmac.compare_digest(tag, _tag(key, nonce, hidden)):
        raise ValueError("it does not open")
    return _chacha(key, nonce, hidden)


def _chacha(key: bytes, nonce: bytes, data: bytes) -> bytes:
    blocks = (len(data) + 63) // 64
    stream = b"".join(_block(key, nonce, count) for count in range(1, blocks + 1))
    return bytes(one ^ two for one, two in zip(data, stream, strict=False))


def _block(key: bytes, nonce: bytes, count: int) -> bytes:
    start = struct.unpack("<16L", b"expand 32-byte k" + key + struct.pack("<L", count) + nonce)
    state = list(start)
    for _ in range(10):
        for a, b, c, d in _ROUNDS:
            for into, other, by in ((a, b, 16), (c, d, 12), (a, b, 8), (c, d, 7)):
                turned = d if by in (16, 8) else b
                state[into] = (state[into] + state[other]) & _WORD
                mixed = state[turned] ^ state[into]
                state[turned] = (mixed << by | mixed >> (32 - by)) & _WORD
    return struct.pack(
        "<16L", *((one + two) & _WORD for one, two in zip(state, start, strict=True))
    )


def _tag(key: bytes, nonce: bytes, hidden: bytes) -> bytes:
    secret = _block(key, nonce, 0)
    factor = int.from_bytes(secret[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for part in _blocks_of_16(
        hidden + bytes(-len(hidden) % 16) + struct.pack("<2Q", 0, len(hidden))
    ):
        total = (total + int.from_bytes(part + b"\1", "little")) * factor % (2**130 - 5)
    total += int.from_bytes(secret[16:32], "little")
    return (total & (2**128 - 1)).to_bytes(16, "little")


def _blocks_of_16(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), 16):
        yield data[start : start + 16]
