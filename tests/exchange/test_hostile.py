"""Packs that somebody broke or forged: nothing of them is taken in, and reading costs little."""

from __future__ import annotations

import json
import stat
import struct
import tracemalloc
import zlib
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA, BadZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import walk.exchange.read
from tests.exchange.forge import (
    GOOD,
    LINE,
    LINES,
    MANIFEST,
    MEMBERS,
    REV,
    Read,
    central,
    manifest,
    pack,
    patched,
    refusal,
    revision,
    write,
    zipped,
)
from walk.errors import PackError
from walk.exchange.pack import read_pack

MEGABYTE = 1_000_000


def test_what_the_forged_packs_are_made_from_is_good(read: Read) -> None:
    """Or else each of them could be refused for a reason that no test is about."""
    assert read(GOOD).revisions == [(REV.rev_id(), REV)]


# Damage --------------------------------------------------------------------------------------


def test_a_pack_cut_off_anywhere_is_refused(tmp_path: Path, read: Read) -> None:
    whole = _small_pack(tmp_path)
    refused = [refusal(read, whole[:length]) for length in range(len(whole))]
    assert len(refused) == len(whole) > 800


def test_a_flipped_bit_is_refused_or_changes_nothing(tmp_path: Path, read: Read) -> None:
    whole = _small_pack(tmp_path)
    before = read(whole)
    refused = harmless = 0
    for place, byte in enumerate(whole):
        for bit in (0, 3, 7):
            try:
                after = read(patched(whole, place, bytes([byte ^ 1 << bit])))
            except PackError:
                refused += 1
            else:
                harmless += 1
                assert (after.manifest, after.revisions) == (before.manifest, before.revisions)
    assert refused + harmless == 3 * len(whole)
    assert harmless < refused / 4


def _small_pack(folder: Path) -> bytes:
    path = folder / "small.walk"
    write(path, [revision(), revision(number=2, deleted=True, body="")])
    whole = path.read_bytes()
    path.unlink()
    return whole


@given(
    st.integers(0, len(GOOD)),
    st.integers(0, len(GOOD)),
    st.one_of(st.binary(max_size=60), st.sampled_from([GOOD, b"PK\x05\x06", b"PK\x06\x07"])),
)
def test_any_bytes_put_anywhere_are_refused_or_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, start: int, end: int, other: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "spliced.walk"
    path.write_bytes(GOOD[:start] + other + GOOD[end:])
    try:
        found = read_pack(path)
    except PackError:
        return
    assert found.revisions == [(REV.rev_id(), REV)]


@pytest.mark.parametrize(
    "problem",
    [
        BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        RecursionError,
        ValueError,
        UnicodeError,
        IndexError,
        KeyError,
        OverflowError,
        MemoryError,
    ],
)
def test_whatever_unpacking_raises_is_told_as_damage(
    read: Read, monkeypatch: pytest.MonkeyPatch, problem: type[Exception]
) -> None:
    """Other versions of Python find other faults in the same bytes."""

    def fail(*_args: object) -> None:
        raise problem("\x1b[31m from the file")

    monkeypatch.setattr(walk.exchange.read, "ZipFile", fail)
    assert "damaged" in refusal(read, GOOD)


# Bombs and lies about sizes ------------------------------------------------------------------


def bomb(name: str) -> bytes:
    blown = b" " * (40 * MEGABYTE)
    said = json.dumps(manifest(blown)).encode()
    if name == "manifest.json":
        return zipped([("revisions.jsonl", LINES), (name, blown)])
    return zipped([(name, blown), ("manifest.json", said)])


def crowd() -> bytes:
    """A zip whose list names the same member forty thousand times."""
    start, size = central(GOOD)
    entry = GOOD[start : start + 46 + len("revisions.jsonl")]
    listed = entry * 40_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 40_000, 40_000, len(listed), start, 0)
    assert size < len(listed)
    return GOOD[:start] + listed + end


@pytest.mark.parametrize(
    ("data", "most_mb"),
    [
        pytest.param(bomb("manifest.json"), 2, id="manifest"),
        pytest.param(bomb("revisions.jsonl"), 2, id="one endless line"),
        pytest.param(zipped([MEMBERS[1], ("revisions.jsonl", LINES * 9_000)]), 2, id="more lines"),
        pytest.param(crowd(), 6, id="a crowd of members"),
    ],
)
def test_a_bomb_takes_little_memory(read: Read, data: bytes, most_mb: int) -> None:
    """Only as much is unpacked as the caps allow, whatever the zip would come to."""
    tracemalloc.start()
    try:
        refusal(read, data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most_mb * MEGABYTE + 2 * len(data)


@pytest.mark.parametrize("claimed", [0, 1, 10, len(LINES) - 1, len(LINES) + 1, 2**31, 2**32 - 2])
def test_a_zip_that_lies_about_a_size_is_not_believed(read: Read, claimed: int) -> None:
    start, _ = central(GOOD)
    lie = struct.pack("<L", claimed)
    try:
        found = read(patched(patched(GOOD, 22, lie), start + 24, lie))
    except PackError:
        assert claimed < len(LINES)
    else:
        assert claimed > len(LINES)
        assert found.revisions == [(REV.rev_id(), REV)]


def test_a_short_claim_with_a_matching_sum_is_refused(read: Read) -> None:
    """Else a pack could be cut without a trace."""
    start, _ = central(GOOD)
    lie = struct.pack("<L", zlib.crc32(LINES[:10])), struct.pack("<L", 10)
    data = patched(patched(GOOD, 14, lie[0]), 22, lie[1])
    data = patched(patched(data, start + 16, lie[0]), start + 24, lie[1])
    assert "cut off" in refusal(read, data)


def test_a_zip64_list_is_refused_before_it_is_read(read: Read) -> None:
    """Its place would name another list than the one that was measured."""
    start, _ = central(GOOD)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, start, 1)
    size = len(GOOD) - 22 - start + len(locator)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, size, start, 0)
    assert "does not add up" in refusal(read, GOOD[:-22] + locator + end)


@pytest.mark.parametrize(
    ("name", "cap", "words"),
    [("LARGEST_FILE", len(GOOD) - 1, "larger"), ("LARGEST_MANIFEST", 20, "manifest is too long")],
)
def test_the_caps_hold(
    read: Read, monkeypatch: pytest.MonkeyPatch, name: str, cap: int, words: str
) -> None:
    monkeypatch.setattr(walk.exchange.read, name, cap)
    assert words in refusal(read, GOOD)


def test_a_line_that_is_too_long_is_refused_even_when_it_is_whole(read: Read) -> None:
    long = LINE + b" " * (200_001 - len(LINE))
    assert "200,000" in refusal(read, pack(long))
    assert read(pack(long[:-1])).revisions == [(REV.rev_id(), REV)]


# Members -------------------------------------------------------------------------------------


def _link() -> ZipInfo:
    member = ZipInfo("revisions.jsonl")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.parametrize(
    "members",
    [
        [],
        MEMBERS[:1],
        MEMBERS[1:],
        *(
            [*MEMBERS, (name, b"x")]
            for name in (
                "readme.txt",
                "../revisions.jsonl",
                "/etc/cron.d/walk",
                "C:\\walk\\walk.exe",
                "__MACOSX/._manifest.json",
                "folder/",
                "manifest.json",
                "revisions.jsonl",
            )
        ),
        [("../revisions.jsonl", LINES), MEMBERS[1]],
        [("/revisions.jsonl", LINES), MEMBERS[1]],
        [("Revisions.jsonl", LINES), MEMBERS[1]],
        [("revisions.jsonl/", b""), MEMBERS[1]],
        [("pack/revisions.jsonl", LINES), ("pack/manifest.json", MANIFEST)],
        [(_link(), b"/etc/passwd"), MEMBERS[1]],
        [(_link(), LINES), MEMBERS[1]],
    ],
    ids=lambda members: " ".join(
        getattr(name, "filename", name).replace("revisions", "r") for name, _ in members
    ),
)
def test_only_the_two_members_are_allowed(
    read: Read, members: list[tuple[str | ZipInfo, bytes]]
) -> None:
    refusal(read, zipped(members))


def test_a_name_that_hides_behind_a_nul_is_refused(read: Read) -> None:
    """Python would cut it off there; another program would not."""
    longer = zipped([("revisions.jsonl!", LINES), MEMBERS[1]])
    assert "more, or less" in refusal(read, longer.replace(b"jsonl!", b"jsonl\0"))


@pytest.mark.parametrize("flag", [0x0001, 0x0040, 0x2000])
@pytest.mark.parametrize("member", [0, 1])
def test_a_locked_member_is_refused(read: Read, flag: int, member: int) -> None:
    start, _ = central(GOOD)
    at = start + member * (46 + len("revisions.jsonl")) + 8
    assert "password" in refusal(read, patched(GOOD, at, struct.pack("<H", flag)))


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA, 9, 99])
def test_other_ways_of_packing_are_refused(read: Read, method: int) -> None:
    start, _ = central(GOOD)
    named = struct.pack("<H", method)
    assert "does not use" in refusal(read, patched(patched(GOOD, 8, named), start + 10, named))


@pytest.mark.parametrize(
    "data",
    [
        b"#!/bin/sh\n" + GOOD,
        GOOD + b"\n",
        zipped(MEMBERS, comment=b"hello"),
        patched(GOOD, len(GOOD) - 2, b"\5"),
        GOOD + GOOD,
        b"SQLite format 3\0" + bytes(4096),
        b"PK\x03\x04",
        b"PK\x03\x04" + bytes(40),
        b"\0",
    ],
    ids=[
        "before",
        "after",
        "comment",
        "half a comment",
        "two packs",
        "store",
        "mark",
        "zeros",
        "one byte",
    ],
)
def test_what_is_no_plain_pack_is_refused(read: Read, data: bytes) -> None:
    refusal(read, data)


# More of zips --------------------------------------------------------------------------------


def overlapping(many: int) -> bytes:
    """A zip whose two members lie over each other: the second begins inside the first."""
    start, _ = central(GOOD)
    second = GOOD.index(b"PK\x01\x02", start + 4)
    return patched(GOOD, second + 42, struct.pack("<L", many))


@pytest.mark.parametrize("offset", [0, 1, 30, 45, 2**31])
def test_members_that_overlap_are_refused(read: Read, offset: int) -> None:
    refusal(read, overlapping(offset))


def test_a_zip_within_the_zip_is_no_line(read: Read) -> None:
    inner = zipped([("revisions.jsonl", LINES * 1_000), MEMBERS[1]])
    said = json.dumps(manifest(inner, count=inner.count(b"\n"))).encode()
    refusal(read, zipped([("revisions.jsonl", inner), ("manifest.json", said)]))


@pytest.mark.parametrize("name", [b"../../x/jsonl..", b"revisions.jsonX", b"/evisions.jsonl"])
def test_a_name_that_differs_inside_and_in_the_list_is_refused(read: Read, name: bytes) -> None:
    """One program would go by the one, another by the other."""
    refusal(read, patched(GOOD, 30, name))


def test_hidden_bytes_between_the_members_say_nothing(read: Read) -> None:
    start, size = central(GOOD)
    hidden = b"hidden words" * 20
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, size, start + len(hidden), 0)
    data = GOOD[:start] + hidden + GOOD[start : start + size] + end
    assert read(data).revisions == [(REV.rev_id(), REV)]


def test_a_million_empty_lines_cost_little(read: Read) -> None:
    empty = b"\n" * 2_000_000
    said = json.dumps(manifest(empty, count=1_000_000)).encode()
    data = zipped([("revisions.jsonl", empty), ("manifest.json", said)])
    assert len(data) < 10_000
    assert "line 1: it is not JSON" in refusal(read, data)
