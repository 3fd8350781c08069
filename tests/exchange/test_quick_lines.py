"""A line as walk writes it is read in a quick way, which says just what the slow one says."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.exchange.forge import REV
from walk.exchange import lines, strict
from walk.exchange.strict import Unfit
from walk.model import Revision


def slowly(line: bytes) -> tuple[bytes, Revision] | str:
    """What the reading field by field says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_canonical", lambda _: None)
        return quickly(line)


def quickly(line: bytes) -> tuple[bytes, Revision] | str:
    """What is said of a line: the revision, or why not."""
    try:
        return lines.from_line(line, newer=False)
    except Unfit as problem:
        return str(problem)


_IDS = st.binary(min_size=16, max_size=16)
_HASHES = st.lists(st.binary(min_size=32, max_size=32), max_size=3, unique=True)
_REVISIONS = st.builds(
    Revision,
    walk=_IDS,
    record=_IDS,
    kind=st.from_regex("[a-z_]{1,40}", fullmatch=True),
    schema=st.integers(1, 2**31),
    generation=st.integers(1, 2**31),
    parents=_HASHES.map(sorted).map(tuple),
    author=st.just(b"") | _IDS,
    device=_IDS,
    number=st.integers(1, 2**53),
    made_at=st.integers(0, strict.LATEST - 1),
    zone=st.integers(-1_439, 1_439),
    scope=st.just("team"),
    deleted=st.just(False),
    body=st.text(min_size=1).filter(lambda text: "\0" not in text),
)


@given(_REVISIONS)
@example(REV)
@example(REV._replace(deleted=True, body=""))
@example(REV._replace(body='{"text":"\\u2028 \\ud83d\\ude00 \\\\ \\" / \t\x7f\x1b"}'))
@example(REV._replace(made_at=0, zone=0, number=2**53, schema=2**31))
def test_both_ways_read_what_is_written(rev: Revision) -> None:
    line = lines.to_line(rev.rev_id(), rev)
    assert slowly(line) == quickly(line) == (rev.rev_id(), rev)


def test_what_walk_writes_is_read_in_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict, "json_object", lambda _: 1 / 0)
    two = tuple(sorted((bytes(32), b"\x01" * 32)))
    for rev in (
        REV,
        REV._replace(body='{"text":"He wrote “7”\\n\\"and\\" 8 / 9 \\\\"}'),
        REV._replace(parents=(), author=b""),
        REV._replace(parents=two, zone=-90),
        REV._replace(deleted=True, body=""),
    ):
        assert quickly(lines.to_line(rev.rev_id(), rev)) == (rev.rev_id(), rev)


_TRICKS: list[tuple[str, str]] = [
    ('"zone":', '"zone":-0,"x":'),
    ("T09:", "T24:"),
    ("Z", "z"),
    ("-14T", "-32T"),
    ("2025", "0000"),
    ("2025", "1969"),
    ('"deleted":false', '"deleted":true'),
    ('"scope":"team"', '"scope":"private"'),
    ('"number":', '"number":0'),
    ('"number":', '"number":-'),
    ('"number":', '"number":1e'),
    ('"schema":1', '"schema":1.0'),
    ('"schema":1', '"schema":true'),
    ('"generation":', '"generation":9999999999'),
    ('"kind":"', '"kind":"A'),
    ('"body":"', '"body":"\\u0000'),
    ('"body":"', '"body":"\\ud800'),
    ('"body":"', '"body":"\\x'),
    ('"body":"', '"body":"\t'),
    ('"body":"', '"body":""'),
    ('"walk":"', '"walk":" '),
    ('"rev":"', '"rev":"0'),
    ("}", "} "),
    ("{", " {"),
    ('":', '": '),
]


@given(
    _REVISIONS,
    st.sampled_from(_TRICKS) | st.none(),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=3)), max_size=2),
)
def test_both_ways_refuse_alike(
    rev: Revision, trick: tuple[str, str] | None, changes: list[tuple[int, bytes]]
) -> None:
    line = lines.to_line(rev.rev_id(), rev)
    if trick:
        line = line.replace(trick[0].encode(), trick[1].encode(), 1)
    for at, put in changes:
        place = at % len(line)
        line = line[:place] + put + line[place + 1 :]
    assert slowly(line) == quickly(line)


def _hashed(**fields: Any) -> bytes:
    """A line whose hash is right for what it says, whatever that is."""
    rev = REV._replace(**fields)
    return lines.to_line(rev.rev_id(), rev)


@pytest.mark.parametrize(
    "line",
    [
        _hashed(parents=(b"\x02" * 32, b"\x01" * 32)),
        _hashed(parents=(b"\x02" * 32,) * 2),
        _hashed(zone=1_441),
        _hashed(zone=-1_441),
        _hashed(deleted=True),
        _hashed(body=""),
        _hashed(body="a\0b"),
        _hashed(body="x" * 150_001),
        _hashed(body="ü" * 75_001),
        _hashed(number=2**53 + 1),
        _hashed(number=None),
        _hashed(number=0),
        _hashed(generation=2**31 + 1),
        _hashed(schema=0),
        _hashed(kind="Note"),
        _hashed(kind="n" * 41),
        _hashed(author=b"\x01"),
        _hashed(scope="private"),
        json.dumps(json.loads(_hashed())).encode(),
        json.dumps(json.loads(_hashed()), sort_keys=True).encode(),
    ],
    ids=range(20),
)
def test_a_right_hash_makes_nothing_right(line: bytes) -> None:
    assert slowly(line) == quickly(line)


@pytest.mark.parametrize("field", ["walk", "record", "device", "author"])
@pytest.mark.parametrize("wrong", [str.upper, lambda _: "0a " * 10 + "0a", lambda _: "ü" * 32])
def test_an_id_is_written_in_one_way(field: str, wrong: Callable[[str], str]) -> None:
    """Python reads capitals and spaces as hex too: the hash is right for them as they stand."""
    own = {name: bytes([0xAB, place]) * 8 for place, name in enumerate(("walk", "record"), 1)}
    own |= {name: bytes([0xCD, place]) * 8 for place, name in enumerate(("device", "author"), 1)}
    rev = REV._replace(**own)  # type: ignore[arg-type]
    said, told = own[field].hex(), wrong(own[field].hex())
    envelope = rev.envelope().replace(said, told)
    right = sha256(f"{envelope}\n{rev.body}".encode()).hexdigest()
    line = lines.to_line(rev.rev_id(), rev).decode().replace(said, told)
    forged = line.replace(rev.rev_id().hex(), right).encode()
    assert slowly(forged) == quickly(forged) == f"“{field}” is not an id of 32 hex digits"
