"""Packs written and read again, named, and found in folders."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.forge import DEVICE, MADE_AT, WALK, pack, revision, write
from walk.errors import PackError
from walk.exchange.pack import find_packs, pack_name, peek, read_pack
from walk.model import NEVER_SHARED, RECORDS, Note, Revision

HOSTILE = (
    "\u2028 \u2029 \x85 \x0b \x0c \x1c\r\n\r",
    '"}\n{"rev":"',
    "\x1b]52;c;aGk=\x07 \x9b31m \x7f",
    "=cmd|'/c calc'!A1",
    "[/] [@click=app.quit]x[/] \\",
    "<script>alert(1)</script>",
    "\u202egnp.exe \u200f \u2066",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "e\u0301 \ufeff \ufffe \U0010ffff",
    "\\u0000 \\ud800",
)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
ids = st.binary(min_size=16, max_size=16)
wordings = st.one_of(
    st.just({"deleted": True, "body": ""}),
    st.builds(
        lambda body: {"deleted": False, "body": body}, st.one_of(words, st.sampled_from(HOSTILE))
    ),
)


@st.composite
def revisions(draw: st.DrawFn) -> Revision:
    kind = draw(
        st.one_of(
            st.sampled_from(sorted(RECORDS)), st.from_regex(r"[a-z_]{1,40}", fullmatch=True)
        ).filter(lambda found: found not in NEVER_SHARED)
    )
    parents = tuple(sorted(draw(st.sets(st.binary(min_size=32, max_size=32), max_size=4))))
    return revision(
        record=WALK if kind == "walk" else draw(ids.filter(lambda found: found != WALK)),
        kind=kind,
        schema=draw(st.integers(1, 2**31)),
        generation=draw(st.integers(2, 100_000)) if parents else 1,
        parents=parents,
        author=draw(st.one_of(ids, st.just(b""))),
        device=draw(ids),
        number=draw(st.integers(1, 2**53)),
        made_at=draw(st.integers(0, 253_339_228_799_999)),
        zone=draw(st.integers(-1439, 1439)),
        **draw(wordings),
    )


# There and back ------------------------------------------------------------------------------


@given(st.lists(revisions(), max_size=6, unique_by=lambda rev: rev.record), words)
def test_what_is_written_is_read(sent: list[Revision], label: str) -> None:
    """Every field of every revision comes back as it was, in order, whatever people typed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ana.walk")
        written = write(path, sent, walker=label)
        found = read_pack(path)
        assert os.listdir(folder) == ["ana.walk"]
        assert written.bytes == path.stat().st_size
    assert found.revisions == [(rev.rev_id(), rev) for rev in sent]
    assert (found.manifest.count, found.manifest.walker) == (len(sent), label[:200])
    assert (written.count, written.sha256) == (len(sent), found.sha256)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_travel_unchanged(tmp_path: Path, text: str) -> None:
    note = Note(id="ab" * 16, walk=WALK.hex(), visit="cd" * 16, text=text)
    write(tmp_path / "ana.walk", [revision(body=note.body())])
    ((_, found),) = read_pack(tmp_path / "ana.walk").revisions
    assert Note.from_body(found.record, found.walk, found.body).text == text


def test_the_longest_note_fits_whatever_it_is_made_of(tmp_path: Path) -> None:
    for number, sign in enumerate(('"', "\\", "\x01", "\U0001f600", "\x7f", "\n"), start=1):
        note = Note(id="ab" * 16, walk=WALK.hex(), visit="cd" * 16, text=sign * 20_000)
        path = tmp_path / f"{number}.walk"
        write(path, [revision(body=note.body())])
        assert read_pack(path).revisions[0][1].body == note.body()


def test_a_kind_that_nobody_knows_yet_travels_on(tmp_path: Path) -> None:
    unknown = revision(kind="sound_map", schema=7, body="no JSON at all")
    write(tmp_path / "a.walk", [unknown])
    ((_, once),) = read_pack(tmp_path / "a.walk").revisions
    write(tmp_path / "b.walk", [once])
    assert read_pack(tmp_path / "b.walk").revisions == [(unknown.rev_id(), unknown)]


def test_the_file_holds_its_own_digest_and_nothing_by_chance(tmp_path: Path) -> None:
    """The same notes at the same moment make the same bytes, so a copy can be told for a copy."""
    one = write(tmp_path / "a.walk", [revision()])
    two = write(tmp_path / "b.walk", [revision()])
    other = write(tmp_path / "c.walk", [revision(number=2)])
    assert one.sha256 == two.sha256 == hashlib.sha256(one.path.read_bytes()).digest()
    assert one.sha256 != other.sha256


def _many(count: int) -> Iterator[Revision]:
    for number in range(1, count + 1):
        yield revision(number=number, body=f"{number} " + "words " * 3_000)


def test_writing_takes_little_memory(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        written = write(tmp_path / "a.walk", _many(1_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    with zipfile.ZipFile(written.path) as opened:
        assert opened.getinfo("revisions.jsonl").file_size > 18_000_000
    assert peak < 2_000_000


def test_a_look_at_a_pack_reads_its_manifest_alone(tmp_path: Path) -> None:
    """So that many packs can be listed at once; what their lines say is seen when they are read."""
    path = tmp_path / "ana.walk"
    written = write(path, [revision()])
    assert peek(path) == read_pack(path).manifest
    assert written.synced
    path.write_bytes(pack(b"no line", walker="Ben"))
    assert peek(path).walker == "Ben"
    with pytest.raises(PackError, match="line 1"):
        read_pack(path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(PackError, match="end is missing"):
        peek(path)


# Names and folders ---------------------------------------------------------------------------


def test_a_name_says_whose_and_when() -> None:
    assert pack_name("2025-10-14", "Ana Ruíz", "1a2b3c4d" * 4, MADE_AT) == (
        "walk-2025-10-14-ana-ruiz-1a2b3c4d-20251014t092201250z.walk"
    )
    assert pack_name("", "", DEVICE.hex(), 0) == "walk-00010203-19700101t000000000z.walk"


@given(st.text(), st.text(), st.text(), st.integers(0, 253_402_300_799_999))
def test_a_name_is_fit_for_every_system(date: str, label: str, device: str, at: int) -> None:
    name = pack_name(date, label, device, at)
    assert re.fullmatch(r"walk(-[a-z0-9]+)+\.walk", name)
    assert len(name) < 120


@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_two_moments_make_two_names(one: int, two: int) -> None:
    names = {pack_name("2025-10-14", "Ana", DEVICE.hex(), at) for at in (one, two)}
    assert len(names) == len({one, two})


def test_packs_are_found_in_folders_and_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    (folder / "deeper").mkdir(parents=True)
    (folder / "folder.walk").mkdir()
    for name in ("b.walk", "A.WALK", "b (conflict).walk", "deeper/c.walk", "note.txt"):
        (folder / name).write_bytes(b"x")
    for name in ("~b.walk", ".b.walk", "b.walk.tmp", "~0a.tmp"):
        (folder / name).write_bytes(b"x")
    (folder / "empty.walk").touch()
    found = [folder / name for name in ("A.WALK", "b (conflict).walk", "b.walk")]
    assert find_packs([folder]) == found
    twice = [folder, folder / "b.walk", folder / "deeper" / ".." / "b.walk", folder]
    assert find_packs(twice) == found


def test_a_file_that_is_named_is_tried_whatever_it_is(tmp_path: Path) -> None:
    """Passing it over in silence would look like having read it."""
    path = tmp_path / "empty.walk"
    path.touch()
    assert find_packs([path]) == [path]


@pytest.mark.parametrize("name", ["none.walk", "none", "no\x1b[2Jne", "nu\0l"])
def test_a_path_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackError, match="not there") as caught:
        find_packs([tmp_path / name])
    assert str(caught.value).isprintable()
