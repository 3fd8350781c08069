"""Packs for tests, honest ones and others: made member by member, without the writer."""

from __future__ import annotations

import hashlib
import json
import struct
import warnings
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from walk.errors import PackError
from walk.exchange.lines import to_line
from walk.exchange.pack import Pack, Written, write_pack
from walk.model import Revision

WALK = bytes.fromhex("0199e1f2a0007000800000000000aaaa")
DEVICE = bytes(range(16))
MADE_AT = 1_760_433_721_250  # 2025-10-14T09:22:01.250Z

_FIRST = Revision(
    walk=WALK,
    record=bytes([7] * 16),
    kind="note",
    schema=1,
    generation=2,
    parents=(bytes([1] * 32), bytes([2] * 32)),
    author=bytes([9] * 16),
    device=DEVICE,
    number=1,
    made_at=MADE_AT,
    zone=-300,
    scope="team",
    deleted=False,
    body='{"text":"S2: \\"it says on page four\\"","visit":"ab"}',
)


def revision(**changes: Any) -> Revision:
    """A team revision of a note, with the fields that a test is about."""
    return _FIRST._replace(**changes)


def write(path: Path, revisions: Iterable[Revision], **changes: Any) -> Written:
    """Write an honest pack with the writer under test."""
    said: dict[str, Any] = {
        "kind": "share",
        "walk": WALK.hex(),
        "device": DEVICE.hex(),
        "walker": "Ana",
        "walker_id": bytes([9] * 16).hex(),
        "made_at_ms": MADE_AT,
        "app": "1.0",
    }
    return write_pack(path, revisions, **{**said, **changes})


def line(rev: Revision, /, **changes: Any) -> bytes:
    """The line of a revision with its true hash, then with other values put in its fields."""
    return json.dumps(
        {**json.loads(to_line(rev.rev_id(), rev)), **changes}, ensure_ascii=False
    ).encode()


def manifest(revisions: bytes, **changes: Any) -> dict[str, Any]:
    """A manifest that adds up, then with other values put in its fields."""
    said = {
        "format": "walk-pack",
        "version": "1.0",
        "kind": "share",
        "walk": WALK.hex(),
        "device": DEVICE.hex(),
        "walker": "Ana",
        "walker_id": "",
        "made_at": "2025-10-14T09:22:01.250Z",
        "app": "1.0",
        "count": revisions.count(b"\n"),
        "sha256": hashlib.sha256(revisions).hexdigest(),
        "bytes": len(revisions),
    }
    return {**said, **changes}


def zipped(members: Iterable[tuple[str | ZipInfo, bytes]], comment: bytes = b"") -> bytes:
    """A zip of exactly these members, whatever their names."""
    made = BytesIO()
    with warnings.catch_warnings(), ZipFile(made, "w", ZIP_DEFLATED) as opened:
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of a name used twice
        for name, content in members:
            opened.writestr(name, content, ZIP_DEFLATED)
        opened.comment = comment
    return made.getvalue()


def pack(*lines: bytes, **changes: Any) -> bytes:
    """A pack of these lines whose sums are true, with other values put in its manifest."""
    revisions = b"".join(one + b"\n" for one in lines)
    said = json.dumps(manifest(revisions, **changes)).encode()
    return zipped([("revisions.jsonl", revisions), ("manifest.json", said)])


def central(data: bytes) -> tuple[int, int]:
    """Where the list of members of a zip lies, and its length."""
    size, start = struct.unpack("<2L", data[-10:-2])
    return start, size


def patched(data: bytes, at: int, value: bytes) -> bytes:
    """The same bytes with some of them replaced."""
    return data[:at] + value + data[at + len(value) :]


REV = revision()
LINE = line(REV)
LINES = LINE + b"\n"
MANIFEST = json.dumps(manifest(LINES)).encode()
MEMBERS: list[tuple[str | ZipInfo, bytes]] = [
    ("revisions.jsonl", LINES),
    ("manifest.json", MANIFEST),
]
GOOD = zipped(MEMBERS)
"""An honest pack of one line, to be broken."""

Read = Callable[[bytes], Pack]
"""What the fixture `read` is."""


def refusal(read: Read, data: bytes) -> str:
    """The cause that is told for bytes that have to be refused."""
    with pytest.raises(PackError) as caught:
        read(data)
    assert caught.value.mend
    assert str(caught.value).isprintable()
    return caught.value.message
