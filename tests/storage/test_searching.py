"""Finding words: the index and a look through everything say the same, whatever happened before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desks import desk_at
from tests.storage.laptops import START, THEME, VISIT, WALK, note, walker
from walk.errors import StoreError
from walk.model import Note, Record, Step, Trend, Visit, Walk, derived, trend_id
from walk.storage import backup, search_index, searching, taking_back
from walk.storage.database import VERSION, immediate
from walk.storage.folding import fold, holds, needles
from walk.storage.store import By, Store

BY = By(WALK, walker("Ana"), START + 1, 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store lies."""
    return tmp_path / "my.walkdb"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A store with a walk."""
    with closing(Store.open(path, START)) as made:
        made.save(BY, "prepare", "begun", [Walk(id=WALK, walk=WALK, title="A walk")])
        yield made


def save(store: Store, *records: Record) -> None:
    """Save records, each as an act of its own."""
    for one in records:
        assert store.save(BY, "write", "saved", [one])


def found(store: Store, said: str) -> list[str]:
    """The texts of the notes that say it, as the store gives them."""
    return [search_index.said(one.kind, one.body) for one in store.find(needles(said))]


def fill(store: Store) -> None:
    """Bring the index up to date."""
    for _ in store.fill():
        pass


def test_the_newest_comes_first_with_and_without_the_index(store: Store) -> None:
    save(store, note("a", "S1 reads page one"), note("b", "T waits"), note("c", "S2 on Page two"))
    newest_first = ["S2 on Page two", "S1 reads page one"]
    assert found(store, "page") == newest_first
    fill(store)
    assert found(store, "page") == newest_first
    save(store, note("d", "page three"))
    assert found(store, "page") == ["page three", *newest_first]
    assert found(store, "page reads") == ["S1 reads page one"]
    assert found(store, '"one page"') == []


def test_each_of_many_is_found_once(store: Store) -> None:
    save(store, *(note(str(number), f"heron {number}") for number in range(30)))
    fill(store)
    every = list(store.find(needles("heron")))
    assert len({one.record for one in every}) == len(every) == 30


def test_only_what_is_shown_is_found(store: Store) -> None:
    save(store, note("a", "T narwhal asks"))
    fill(store)
    save(store, note("a", "T kestrel asks"))
    assert found(store, "narwhal") == []
    assert found(store, "kestrel") == ["T kestrel asks"]
    fill(store)
    assert found(store, "narwhal") == []
    assert store.undo(BY, "write")
    assert found(store, "narwhal") == ["T narwhal asks"]
    assert found(store, "kestrel") == []
    store.save(BY, "write", "withdrawn", withdraw=[note("a", "T narwhal asks")])
    assert found(store, "narwhal") == []


def test_the_teams_wording_of_a_note_is_what_is_found(store: Store) -> None:
    one = note("a", "T narwhal asks")
    save(store, one)
    store.publish(BY, "shared", [one.id], everyone=True)
    save(store, note("a", "T kestrel asks"))
    fill(store)
    assert found(store, "narwhal") == ["T narwhal asks"]
    assert found(store, "kestrel") == []
    (hit,) = store.find(needles("narwhal"))
    assert hit.shared
    assert hit.author == BY.author


def test_trends_and_steps_are_found_but_no_owner(store: Store) -> None:
    theme = derived("theme", "x")
    trend = Trend(id=trend_id(theme), walk=WALK, theme=theme, statement="Herons read")
    step = Step(id=derived("step", "x"), walk=WALK, what="Plan heron time", owner="kestrel")
    save(store, trend, step, note("a", "heron"))
    fill(store)
    assert [one.kind for one in store.find(needles("heron"))] == ["note", "step", "trend"]
    assert found(store, "kestrel") == []


HOSTILE = (
    '"', '""', "'", "*", "a*", "NEAR(a b)", "NOT", "a AND", "words:x", "^a", "-a", "a-b", "{a b}",
    "(", ") OR (", "%", "_", "\x00", "🏳️", "שלום", "مرحبا", "学生", "e\u0301" * 400, "\ud800",
    "x" * 10_000, "a " * 5_000, '"' * 999, "½ ①", "; DROP TABLE rev",
)  # fmt: skip


@pytest.mark.parametrize("said", HOSTILE)
def test_no_words_are_an_error(store: Store, said: str) -> None:
    save(store, note("a", "S1: “it says” 学生 שלום x"))
    for _ in range(2):
        list(store.find(needles(said)))
        fill(store)


@given(said=st.text(max_size=30), text=st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_are_looked_for_in_any_text(store: Store, said: str, text: str) -> None:
    wanted = needles(said)
    folded = fold(text)
    conn = store._conn
    search_index.empty(conn)
    search_index.add(conn, [(1, folded)], 1)
    if wanted:
        match = search_index.question(conn, wanted).match
        asked = "SELECT rowid FROM search WHERE search MATCH ?"
        rows = conn.execute(asked, (match,)).fetchall() if match else []
        assert bool(rows) == holds(folded, wanted)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["say", "withdraw", "share", "undo", "fill", "empty", "erase"]),
        st.sampled_from("abc"),
        st.sampled_from(["heron", "kestrel", "heron kestrel", "narwhal"]),
    ),
    max_size=14,
)


@given(acts=ACTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_index_and_journal_agree_after_any_acts(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("s")
    with closing(Store.open(folder / "a.walkdb", START)) as store:
        save(store, Walk(id=WALK, walk=WALK))
        for what, name, words in acts:
            one = note(name, words)
            if what == "say":
                store.save(BY, "write", "said", [one])
            elif what == "withdraw":
                store.save(BY, "write", "withdrawn", withdraw=[one])
            elif what == "share":
                store.publish(BY, "shared", [one.id], everyone=True)
            elif what == "undo":
                store.undo(BY, "write")
            elif what == "fill":
                fill(store)
            elif what == "empty":
                store.rebuild()
            else:
                store.erase_note(BY, "erased", one.id, None)
        pool = [one.record.text for one in store.all(Note, WALK, pool=True)]
        for word in ("heron", "kestrel", "narwhal"):
            assert sorted(found(store, word)) == sorted(text for text in pool if word in text)


def test_a_number_that_comes_again_bears_the_new_words(store: Store) -> None:
    """Taking back removes the newest entries, and the next ones get their numbers."""
    fill(store)
    list(store.add_all(BY, "import", "rows", [("", note("a", "narwhal"))]))
    fill(store)
    conn = store._conn
    act = conn.execute("SELECT max(id) FROM act").fetchone()[0]
    with immediate(conn):
        assert taking_back.take_back_acts(conn, [act]).removed == 1
    save(store, note("b", "kestrel"))
    assert found(store, "narwhal") == []
    assert found(store, "kestrel") == ["kestrel"]
    fill(store)
    assert found(store, "narwhal") == []
    assert found(store, "kestrel") == ["kestrel"]


def test_what_was_erased_while_it_was_being_read_does_not_come_in(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = note("a", "T narwhal asks")
    save(store, one)
    read = search_index.worded

    def erased_meanwhile(conn: sqlite3.Connection, after: int, many: int) -> object:
        rows = read(conn, after, many)
        monkeypatch.setattr(search_index, "worded", read)
        store.erase_note(BY, "erased", one.id, None)
        return rows

    monkeypatch.setattr(search_index, "worded", erased_meanwhile)
    fill(store)
    assert "narwhal" not in words_in(store)


def words_in(store: Store) -> set[str]:
    """Every word that the index has."""
    store._conn.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary "
        "USING fts5vocab('main', 'search', 'row')"
    )
    return {
        row[0]
        for sql in ("SELECT term FROM vocabulary", "SELECT word FROM searched_word")
        for row in store._conn.execute(sql)
    }


def test_what_is_far_behind_comes_as_the_index_fills(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "TAIL_MOST", 3)
    save(store, *(note(str(number), f"heron {number}") for number in range(9)))
    assert len(found(store, "heron")) == 3
    assert not store.filled().all
    fill(store)
    assert len(found(store, "heron")) == 9
    assert store.filled().all


def test_filling_stops_when_it_is_told_and_goes_on_there(store: Store) -> None:
    store._put_at_once = 2
    save(store, *(note(str(number), f"heron {number}") for number in range(9)))
    assert len(list(islice(store.fill(), 1))) == 1
    upto = store.filled().upto
    assert 0 < upto < store.filled().newest
    assert list(store.fill(lambda: True)) == []
    assert store.filled().upto == upto
    fill(store)
    assert store.filled().upto == store.filled().newest


def test_a_rebuild_and_a_check_know_the_index(store: Store, path: Path) -> None:
    save(store, note("a", "heron"))
    fill(store)
    assert store.wrong_in_search() == ""
    store._conn.execute("UPDATE searched SET upto = 1000")
    assert "another journal" in store.wrong_in_search()
    store.rebuild()
    assert store.wrong_in_search() == ""
    assert words_in(store) == set()
    assert found(store, "heron") == ["heron"]


def test_a_broken_index_is_told_as_that_and_mended_by_a_rebuild(store: Store) -> None:
    save(store, *(note(str(number), f"heron {number}") for number in range(300)))
    fill(store)
    store._conn.execute("UPDATE search_data SET block = x'0000' WHERE id > 1000")
    assert "cannot be read" in store.wrong_in_search()
    with pytest.raises(StoreError, match="walk doctor --rebuild"):
        found(store, '"heron"')
    store.rebuild()
    fill(store)
    assert len(found(store, "heron")) == 300


def as_version_2(path: Path) -> None:
    """Make a closed store what the walk before wrote."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("DROP TABLE search")
        conn.execute("DROP TABLE searched")
        conn.execute("DROP TABLE searched_word")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = '0003_search'")
        conn.execute("PRAGMA user_version=2")
        conn.commit()


def test_a_store_of_version_2_is_backed_up_and_searched(path: Path) -> None:
    with closing(Store.open(path, START)) as store:
        save(store, Walk(id=WALK, walk=WALK), note("a", "heron"))
        rows = store.snapshot()
    as_version_2(path)
    with closing(Store.open(path, START)) as store:
        assert store.snapshot() == rows
        assert found(store, "heron") == ["heron"]
        assert store._conn.execute("PRAGMA user_version").fetchone()[0] == VERSION
    (copy,) = backup.kept(path)
    assert copy.why == f"before-version-{VERSION}"
    with desk_at(path) as desk:
        assert desk.arrive() == "The store has a newer form; before, it was backed up"
    with desk_at(path) as desk:
        assert desk.arrive() == ""


def test_visit_codes_are_read_at_once(store: Store) -> None:
    save(store, Visit(id=VISIT, walk=WALK, code="V1", place=1))
    assert store.codes(WALK) == {"V1"}
    assert store.codes(THEME) == set()
