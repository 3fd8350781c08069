"""Lines and manifests that somebody forged: each field is checked, and one bad line is enough."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.exchange.forge import (
    LINE,
    LINES,
    MEMBERS,
    REV,
    WALK,
    Read,
    line,
    manifest,
    pack,
    refusal,
    revision,
    zipped,
)

# JSON ----------------------------------------------------------------------------------------

DEEP = b"[" * 60_000 + b"]" * 60_000


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "not JSON"),
        (b"null", "not a JSON object"),
        (b"[]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"{}", "has no"),
        (LINE[:-1], "not JSON"),
        (LINE + LINE, "not JSON"),
        (b"\xef\xbb\xbf" + LINE, "not JSON"),
        (LINE.decode().encode("utf-16"), "not UTF-8"),
        (LINE.replace(b"page", b"\xff\xfe"), "not UTF-8"),
        (LINE.replace(b"page", b"\xed\xa0\x80"), "not UTF-8"),
        (LINE.replace(b"page", b"\\ud800"), "half a character"),
        (LINE.replace(b"page", b"\\u0000"), "NUL"),
        (LINE.replace(b"page", b"\t"), "not JSON"),
        (LINE[:-1] + b', "kind": "note"}', "twice"),
        (LINE[:-1] + b', "more": 1}', "does not belong"),
        (LINE[:-1] + b', "more": {"a": 1, "a": 1}}', "twice"),
        (LINE.replace(b'"zone": -300', b'"zone": NaN'), "NaN"),
        (LINE.replace(b'"zone": -300', b'"zone": -Infinity'), "Infinity"),
        (LINE.replace(b'"zone": -300', b'"zone": 1e999'), "too large"),
        (LINE.replace(b'"zone": -300', b'"zone": -300.0'), "zone"),
        (LINE.replace(b'"zone": -300', b'"zone": ' + b"9" * 30), "too large"),
        (LINE.replace(b'"zone": -300', b'"zone": ' + b"9" * 100_000), "too large"),
        (LINE.replace(b'"zone": -300', b'"zone": ' + DEEP), ""),
        (DEEP, ""),
        (b'{"a":' * 30_000 + b"1" + b"}" * 30_000, ""),
    ],
    ids=range(26),
)
def test_json_tricks_are_refused(read: Read, raw: bytes, words: str) -> None:
    assert "line 1" in (told := refusal(read, pack(raw)))
    assert words in told
    refusal(read, zipped([MEMBERS[0], ("manifest.json", raw)]))


NO_PARENTS: list[Any] = [None, "", {}, [""], [None], [1], [["ab"]], "ab" * 32]

FIELDS: list[tuple[str, Any]] = [
    *(
        (name, value)
        for name in ("rev", "walk", "record", "device")
        for value in (None, 1, True, "", "ab", WALK.hex().upper() * 2, [WALK.hex()])
    ),
    ("rev", REV.rev_id().hex().upper()),
    ("rev", REV.rev_id().hex()[:-2]),
    ("walk", WALK.hex().upper()),
    ("walk", f" {WALK.hex()}"),
    ("record", "٠" * 32),
    ("author", "ab"),
    ("author", None),
    *(("kind", value) for value in (None, "", "Note", "note\n", "no te", "a" * 41, "nöte", 3)),
    *(("schema", value) for value in (None, 0, -1, True, "1", 1.0, 2**31 + 1)),
    *(("generation", value) for value in (None, 0, -1, True, "2", 2.0, 2**31 + 1, 2**64)),
    *(("parents", value) for value in NO_PARENTS),
    *(("number", value) for value in (None, 0, True, "1", 2**53 + 1)),
    *(("zone", value) for value in (None, 1441, -1441, False, "0")),
    *(
        ("made_at", value)
        for value in (
            None,
            1_760_433_721_250,
            "",
            "2025-10-14",
            "2025-10-14T09:22:01Z",
            "2025-10-14T09:22:01.250000Z",
            "2025-10-14T09:22:01.250+00:00",
            "2025-10-14 09:22:01.250Z",
            "2025-13-14T09:22:01.250Z",
            "2025-02-30T09:22:01.250Z",
            "1969-12-31T23:59:59.999Z",
            "0000-10-14T09:22:01.250Z",
            "٢٠٢٥-10-14T09:22:01.250Z",
        )
    ),
    *(("scope", value) for value in (None, "private", "school", "Team", "")),
    *(("deleted", value) for value in (None, 0, 1, "false")),
    ("body", None),
    ("body", {"text": "x"}),
    ("body", ""),
]


@pytest.mark.parametrize(("name", "value"), FIELDS)
def test_a_field_that_is_not_as_agreed_is_refused(read: Read, name: str, value: Any) -> None:
    told = refusal(read, pack(line(REV, **{name: value})))
    assert "line 1" in told
    assert "match its hash" not in told, "the field itself has to be refused, hash or no hash"


@pytest.mark.parametrize("name", json.loads(LINE).keys())
def test_every_field_has_to_be_there(read: Read, name: str) -> None:
    fields = json.loads(LINE)
    del fields[name]
    assert name in refusal(read, pack(json.dumps(fields).encode()))


# Lines whose hash is right, so that only the check itself can refuse them.
@pytest.mark.parametrize(
    "changes",
    [
        {"walk": bytes(16)},
        {"walk": WALK[:8]},
        {"record": b""},
        {"kind": ""},
        {"kind": "Note 2"},
        {"schema": 0},
        {"generation": 2**31 + 1},
        {"generation": -1},
        {"parents": (bytes([2] * 32), bytes([1] * 32))},
        {"parents": (bytes([1] * 32), bytes([1] * 32))},
        {"parents": (bytes(31),)},
        {"parents": tuple(number.to_bytes(32, "big") for number in range(1_001))},
        {"author": bytes(15)},
        {"device": bytes(17)},
        {"number": None},
        {"number": 0},
        {"number": 2**53 + 1},
        {"zone": 1_441},
        {"made_at": -1},
        {"scope": "private"},
        {"deleted": True},
        {"body": ""},
        {"body": "a\0b"},
        {"body": "x" * 150_001},
        {"body": "é" * 75_001},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_forged_line_with_a_true_hash_is_refused(read: Read, changes: dict[str, Any]) -> None:
    told = refusal(read, pack(LINE, line(revision(**changes))))
    assert "line 2" in told
    assert "match its hash" not in told


OTHERS: dict[str, Any] = {
    "rev": "0" * 64,
    "walk": bytes(16).hex(),
    "record": bytes(16).hex(),
    "kind": "trend",
    "schema": 2,
    "generation": 3,
    "parents": [],
    "author": "",
    "device": bytes(16).hex(),
    "number": 2,
    "made_at": "2025-10-14T09:22:01.251Z",
    "zone": 0,
    "body": "{}",
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_line_changed_in_one_field_does_not_match_its_hash(read: Read, name: str) -> None:
    told = refusal(read, pack(LINE, line(revision(number=3), **{name: OTHERS[name]})))
    assert "line 2: it does not match its hash" in told


def test_a_withdrawal_turned_round_does_not_match_its_hash(read: Read) -> None:
    gone = revision(deleted=True, body="")
    assert "hash" in refusal(read, pack(line(gone, deleted=False, body="{}")))


def test_one_bad_line_keeps_the_good_ones_out(read: Read) -> None:
    good = [line(revision(number=number)) for number in range(2, 40)]
    assert len(read(pack(*good)).revisions) == 38
    assert "line 39" in refusal(read, pack(*good, line(REV, zone=0)))


def test_a_line_told_twice_is_refused(read: Read) -> None:
    assert "line 2: it is there twice" in refusal(read, pack(LINE, LINE))


# The manifest --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("format", value) for value in (None, "", "zip", 1, ["walk-pack"])),
        *(("version", value) for value in (None, "", "1", 1.0, 1, "1.0.0", "1.x", "0.9", "-1.0")),
        *(("kind", value) for value in (None, "", "backup", "Share", 1)),
        *(("walk", value) for value in (None, "", "ab", WALK.hex().upper())),
        *(("device", value) for value in (None, "", "ab")),
        *(("walker", value) for value in (None, 1, "\0", "\ud800", "x" * 801)),
        *(("walker_id", value) for value in (None, "ab", 0)),
        *(("made_at", value) for value in (None, "", "today", "2025-10-14T09:22:01Z")),
        *(("app", value) for value in (None, 1, "x" * 101)),
        *(("count", value) for value in (None, 0, 2, -1, True, "1", 1.0, 1_000_001)),
        *(("sha256", value) for value in (None, "", "0" * 64, "0" * 63)),
        *(("bytes", value) for value in (None, 0, len(LINES) + 1, len(LINES) - 1, 2**40)),
        ("more", "a field of no version"),
    ],
)
def test_a_manifest_that_does_not_add_up_is_refused(read: Read, name: str, value: Any) -> None:
    refusal(read, pack(LINE, **{name: value}))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"bytes": len(LINES)}, "longer than its manifest says"),
        ({"count": 1}, "more lines than its manifest says"),
        ({"count": 3}, "fewer lines than its manifest says"),
        ({"bytes": 10_000}, "do not match its manifest"),
        ({"sha256": "0" * 64}, "do not match its manifest"),
    ],
)
def test_reading_ends_where_the_manifest_says(
    read: Read, changes: dict[str, Any], words: str
) -> None:
    assert words in refusal(read, pack(LINE, line(revision(number=2)), **changes))


@pytest.mark.parametrize("name", manifest(b"").keys())
def test_every_field_of_the_manifest_has_to_be_there(read: Read, name: str) -> None:
    fields = manifest(LINES)
    del fields[name]
    raw = json.dumps(fields).encode()
    refusal(read, zipped([MEMBERS[0], ("manifest.json", raw)]))


def test_lines_have_to_end(read: Read) -> None:
    """A last line without its end is one that was cut off."""
    said = json.dumps(manifest(LINE, count=1)).encode()
    assert "cut off" in refusal(read, zipped([("revisions.jsonl", LINE), ("manifest.json", said)]))


# Versions ------------------------------------------------------------------------------------


def test_a_newer_minor_version_may_say_more(read: Read) -> None:
    more = {"colour": "blue", "weights": [1.5, {"deep": [[1]]}]}
    found = read(pack(line(REV, mood="calm", **more), version="1.7", sealed=True, **more))
    assert found.revisions == [(REV.rev_id(), REV)]
    assert (found.manifest.version, found.manifest.newer) == ("1.7", True)


@pytest.mark.parametrize(
    "value", [json.loads("[" * 9 + "]" * 9), json.loads('{"a":' * 9 + "{}" + "}" * 9)]
)
def test_a_newer_minor_version_may_not_nest_without_end(read: Read, value: Any) -> None:
    assert "too deeply" in refusal(read, pack(line(REV, more=value), version="1.1"))
    assert "too deeply" in refusal(read, pack(LINE, version="1.1", more=value))


def test_a_newer_major_version_is_named_whatever_else_it_holds(read: Read) -> None:
    said = b'{"format": "walk-pack", "version": "2.0", "sealed": [1]}'
    told = refusal(read, zipped([("manifest.json", said), ("all.bin", b"")]))
    assert "made by a newer walk" in told
    assert "made by a newer walk" in refusal(read, pack(LINE, version="12.3"))
    assert "made by a newer walk" not in refusal(read, pack(LINE, version="0.9"))
