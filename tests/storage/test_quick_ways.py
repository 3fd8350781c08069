"""The quick ways say what the slow ones say: the tables' reading of a body, hashes, bulk writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.storage.laptops import START, VISIT, WALK, Laptop, note, the_walk, theme, walker
from walk.model import Note, Record, Revision, Walk, derived
from walk.model.revision import Envelopes
from walk.storage import many, merge, purging, tables, taking
from walk.storage.store import Store
from walk.storage.tables import Meaning

PAIRS = note("pairs", "5 of 7 pairs pointed to the text")
WAIT = note("wait", "T: “Say more about that.” 5 s wait")


# What a body means


def by_the_model(body: str) -> Meaning:
    """What a note's body means, from the model alone."""
    try:
        one = Note.from_body(b"", b"", body)
    except (ValueError, RecursionError):
        return Meaning()
    ids = []
    for said in (one.form or one.hall, one.look_for, one.visit):
        try:
            ids.append(bytes.fromhex(said))
        except ValueError:
            ids.append(b"")
    return Meaning(ids[0], ids[1], ids[2], one.note_kind == "wondering", reads=True)


_IDS = st.sampled_from(("", VISIT, "ab", "no id", VISIT.upper(), 7, None, "\ud800"))
_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(max_size=20) | st.sampled_from(("x" * 20_001, 'a "quote" \\ \n', "\ud800", 3)),
    "visit": st.just(VISIT) | _IDS,
    "form": st.just(VISIT) | _IDS,
    "hall": _IDS,
    "look_for": st.just(VISIT) | _IDS,
    "typed_by": _IDS,
    "note_kind": st.sampled_from(("noticing", "wondering", "mood", None)),
    "at_s": st.integers(-1, 10**12) | st.sampled_from((True, 1.0, 1.5, "7", None)),
    "from_paper": st.sampled_from((True, False, 1, "yes")),
    "speech": st.sampled_from((True, False, None)),
    "mark": st.sampled_from(("", "first", "middle")),
    "tally": st.sampled_from((None, {"count": 1, "of": 2}, {"count": "x"})),
    "mood": st.just({"of": 1}),
    "id": st.just("another"),
}
_BODIES = st.fixed_dictionaries(
    {name: _FIELDS.pop(name) for name in ("text", "visit")}, optional=_FIELDS
)


@given(_BODIES, st.booleans(), st.booleans(), st.booleans())
@example({"text": "x", "visit": VISIT}, True, True, False)
@example({"text": "“x”", "visit": VISIT, "form": VISIT, "at_s": 5}, True, True, False)
def test_a_body_means_what_the_model_reads(
    fields: dict[str, Any], compact: bool, in_order: bool, escaped: bool
) -> None:
    body = json.dumps(
        fields,
        ensure_ascii=escaped,
        separators=(",", ":") if compact else None,
        sort_keys=in_order,
    )
    # What is in a store is UTF-8, so half a letter stands there only escaped.
    assume(escaped or "\ud800" not in body)
    assert tables.meaning("note", body) == by_the_model(body)


@given(st.text(max_size=60).map(lambda text: f'{{"text":"{text}","visit":"{VISIT}"}}'))
@example(f'{{"text":"a\tb","visit":"{VISIT}"}}')
@example(f'{{"text":"a","visit":"{VISIT}"}} ')
@example(f'{{"text":"a\\u0041","visit":"{VISIT}"}}')
@example(f'{{"text":"{"x" * 20_000}","visit":"{VISIT}"}}')
@example(f'{{"text":"{"x" * 20_001}","visit":"{VISIT}"}}')
@example("[" * 100_000)
def test_so_does_one_that_is_not_quite_json(body: str) -> None:
    assert tables.meaning("note", body) == by_the_model(body)


def test_most_notes_need_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the quick way would be quick for nobody."""
    monkeypatch.setattr(tables, "_read", lambda *_: 1 / 0)
    form, hall = derived("form"), derived("hall")
    for one in (
        note("n", "T: “Say more.” 5 s", form=form, at_s=61, look_for=VISIT, note_kind="wondering"),
        note("n", 'He wrote "7"\nand 8 / 9', hall=hall, from_paper=True, typed_by=walker("Ana")),
        note("n", "S1 points to line 4", form=form, speech=True),
    ):
        means = tables.meaning("note", one.body())
        assert means.parent.hex() == (one.form or one.hall)
        assert means.wondering == (one.note_kind == "wondering")


# Hashes


@given(st.text(max_size=40), st.binary(min_size=16, max_size=16), st.sampled_from(("", "Ana")))
def test_many_envelopes_hash_like_one(body: str, record: bytes, author: str) -> None:
    like = Revision(
        walk=bytes(16),
        record=bytes(16),
        kind="note",
        schema=1,
        generation=1,
        parents=(),
        author=bytes.fromhex(walker(author)) if author else b"",
        device=bytes(range(16)),
        number=None,
        made_at=START,
        zone=-300,
        scope="private",
        deleted=False,
        body="",
    )
    one = like._replace(record=record, body=body)
    assert Envelopes(like).rev_id(record, body) == one.rev_id()


# Bulk writes


def everything(ana: Laptop) -> list[tuple[Any, ...]]:
    """The journal without the order of arrival."""
    return sorted(
        ana.look.execute(
            "SELECT rev_id, walk, record, kind, schema, generation, parents, author, device, "
            "number, made_at, zone, team, deleted, body FROM revision"
        )
    )


def some_records() -> list[Record]:
    return [
        PAIRS,
        WAIT.changed(note_kind="wondering", form=derived("form"), look_for=derived("l")),
        theme("of many"),
        the_walk("Lincoln"),
        note("odd", "half", visit="no id"),
    ]


def test_a_bulk_write_gives_the_rows_that_single_saves_give(ana: Laptop, ben: Laptop) -> None:
    ben.become(ana)
    ben.me = ana.me
    ana.save(*some_records())
    pairs = [(ben.me, one) for one in some_records()]
    assert list(ben.store.add_all(ben.by(), "import", "x", pairs)) == [(5, 0)]
    assert everything(ben) == everything(ana)
    assert ben.store.snapshot() == ana.store.snapshot()
    ben.store.rebuild()
    assert ben.store.snapshot() == ana.store.snapshot()
    assert ben.store.check() == []


def test_one_that_is_told_twice_is_taken_once(ana: Laptop) -> None:
    rows = [("", PAIRS), ("", WAIT), ("", PAIRS.changed(text="again"))]
    assert list(ana.store.add_all(ana.by(), "import", "x", rows)) == [(2, 1)]
    assert ana.words(PAIRS) == PAIRS.text


def test_some_here_and_some_not(ana: Laptop) -> None:
    """A name may be known before its record is: a note names its form, a share its author."""
    ana.save(PAIRS.changed(form=WAIT.id), author=theme().id)
    rows = [("", one) for one in (PAIRS, WAIT, theme("of many"))]
    assert list(ana.store.add_all(ana.by(), "import", "x", rows)) == [(2, 1)]
    before = ana.store.snapshot()
    ana.store.rebuild()
    assert ana.store.snapshot() == before


ROWS = [("", note(f"row {number}", f"{number} pairs wrote")) for number in range(40)]


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are given to the ids of ten rows ahead, chunks are of three."""
    monkeypatch.setattr(many, "AHEAD", 10)
    monkeypatch.setattr(many, "AT_FIRST", 3)
    monkeypatch.setattr(merge, "CHUNK", 3)


def _sound(laptop: Laptop) -> None:
    before = laptop.store.snapshot()
    laptop.store.rebuild()
    assert laptop.store.snapshot() == before
    assert laptop.store.check() == []


def _total(found: Iterable[tuple[int, int]]) -> tuple[int, int]:
    both = list(found)
    return sum(one for one, _ in both), sum(two for _, two in both)


@pytest.mark.usefixtures("ahead")
@pytest.mark.parametrize("here", [(), (0,), (5, 37), (13, 14, 39)])
def test_rows_whose_ids_were_numbered_ahead(ana: Laptop, here: tuple[int, ...]) -> None:
    for at in here:
        ana.save(ROWS[at][1].changed(text="was here"))
    rows = [*ROWS[:22], ROWS[3], *ROWS[22:]]  # one of them comes twice
    found = _total(ana.store.add_all(ana.by(), "import", "x", rows))
    assert found == (40 - len(here), 1 + len(here))
    for at, (_, one) in enumerate(ROWS):
        assert ana.words(one) == ("was here" if at in here else one.text)
    _sound(ana)


@pytest.mark.usefixtures("ahead")
def test_what_another_program_writes_meanwhile_is_not_written_over(ana: Laptop) -> None:
    """A line, some of the same rows, and a number that was given ahead and taken away."""
    with closing(Store.open(ana.path, START)) as other:
        run = ana.store.add_all(ana.by(), "import", "x", ROWS)
        found = [next(run)]
        other.save(ana.by(), "visit", "noted", [PAIRS])
        found.append(next(run))
        some = [ROWS[7], ROWS[8], ROWS[25]]
        same = list(other.add_all(ana.by(), "import", "y", some, about="y"))
        assert same == [(3, 0)]
        found.append(next(run))
        with closing(sqlite3.connect(ana.path)) as conn, conn:
            conn.execute(purging.UNNAMED)
        found += run
    assert _total(found) == (37, 3)
    assert [ana.words(one) for _, one in ROWS] == [one.text for _, one in ROWS]
    assert ana.words(PAIRS) == PAIRS.text
    _sound(ana)


@pytest.mark.usefixtures("ahead")
def test_a_line_saved_while_numbers_are_given_takes_none_of_them(ana: Laptop) -> None:
    writer = many.Writer(ana.store._stamp(ana.by()))
    with closing(Store.open(ana.path, START)) as other:

        @contextmanager
        def writing() -> Iterator[sqlite3.Connection]:
            with ana.store._writing() as conn:
                yield conn
            other.save(
                ana.by(), "visit", "noted", [note(f"line {len(other.all(Note, WALK))}", "x")]
            )

        rows = (many.fresh(author, one) for author, one in ROWS[:10])
        assert all(one.number for one in writer.ready(rows, writing))


def test_chunks_grow_and_shrink_with_the_time_they_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "CHUNK", 5_000)
    chunks = many.Chunks(range(100_000))
    sizes = []
    for seconds in (0.01, 0.03, 10.0, 0.0001):
        chunk, last = next(chunks)
        sizes.append(len(chunk))
        assert not last
        chunks.took(seconds)
    assert sizes == [500, 625, 625, 250]
    assert len(next(chunks)[0]) == 312
    for _ in range(20):
        chunks.took(0.0)
    assert len(next(chunks)[0]) == 5_000


def test_a_few_that_are_quick_do_not_make_chunks_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "CHUNK", 5_000)
    sizes: list[int] = []
    for count, seconds in ((10, 0.0001), (800, 0.024), (700, 0.018), (700, 0.06)):
        chunks = many.Chunks(range(count), sizes[-1] if sizes else many.AT_FIRST)
        for _ in chunks:
            chunks.took(seconds)
        sizes.append(chunks.size)
    # They come as 10, as 500 and 300, as 625 and 75, and as 700 at once.
    assert sizes == [500, 625, 781, 390]


@given(st.integers(0, 12), st.integers(1, 5))
def test_all_comes_in_chunks_once_and_in_order(count: int, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "CHUNK", size)
        found = list(many.Chunks(range(count)))
    assert [one for chunk, _ in found for one in chunk] == list(range(count))
    assert [last for _, last in found] == [False] * (len(found) - 1) + [True]
    assert all(len(chunk) == size for chunk, last in found if not last)


def test_a_pack_goes_on_with_the_chunks_of_the_one_before(
    ana: Laptop, ben: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []

    class Watched(many.Chunks[Any]):
        def __next__(self) -> tuple[list[Any], bool]:
            chunk, last = super().__next__()
            sizes.append(len(chunk))
            return chunk, last

        def took(self, seconds: float, aim: float = many.HELD_S) -> None:
            super().took(0.001, aim)

    monkeypatch.setattr(taking, "Chunks", Watched)
    monkeypatch.setattr(taking.Taking, "_at_once", 3)
    monkeypatch.setattr(many, "_AT_LEAST", 4)
    ana.save(*(note(f"n{number}", "words") for number in range(8)))
    ana.share()
    assert [ben.collect(ana.pack())[1].added for _ in range(2)] == [8, 0]
    assert sizes == [3, 4, 1, 5, 3]


# What a pack brings


def test_what_came_at_once_is_what_comes_one_by_one(ana: Laptop, ben: Laptop, cyd: Laptop) -> None:
    ana.save(*some_records())
    ana.share()
    ana.save(PAIRS.changed(text="edited"))
    ana.withdraw(WAIT)
    ana.share()
    ben.collect(ana.pack())
    for one in ana.pack():
        cyd.collect([one])
    assert ben.store.snapshot() == cyd.store.snapshot()
    before = ben.store.snapshot()
    ben.store.rebuild()
    assert ben.store.snapshot() == before
    walk = ben.store.get(Walk, WALK)
    assert walk is not None
    assert walk.title == "Lincoln"
