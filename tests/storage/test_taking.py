"""What stays away, what was cut off, what is known again, and the receipts that are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.storage.laptops import (
    START,
    WALK,
    Laptop,
    note,
    placing,
    the_walk,
    theme,
)
from walk.errors import StoreError
from walk.model import Note, Record, Revision, derived
from walk.storage import merge, taking_back
from walk.storage.merge import Merged
from walk.storage.store import KeptReceipt, Store

PAIRS = note("pairs", "5 of 7 pairs pointed to the text")
WAIT = note("wait", "T: “Say more about that.” 5 s wait")


def rows(count: int) -> Iterator[tuple[str, Record]]:
    for number in range(count):
        yield "", note(f"row {number}", f"{number} pairs wrote")


def counts(laptop: Laptop, count: int, *, about: str = "a.csv") -> tuple[int, int]:
    """Import so many rows; how many were added and how many were here."""
    found = list(laptop.store.add_all(laptop.by(), "import", "imported", rows(count), about=about))
    return sum(one for one, _ in found), sum(two for _, two in found)


def cut_off(laptop: Laptop, chunks: int, *, about: str = "a.csv") -> None:
    """Begin an import of ten rows and end after some chunks, as a kill would."""
    run = laptop.store.add_all(laptop.by(), "import", "imported", rows(10), about=about)
    for _ in range(chunks):
        next(run)
    del run


def sql(laptop: Laptop, statement: str, *values: object) -> None:
    laptop.look.execute(statement, values)
    laptop.look.commit()


def forget(laptop: Laptop, one: Record) -> None:
    sql(
        laptop,
        "INSERT INTO forgotten VALUES (?, ?, 'erase')",
        bytes.fromhex(one.id),
        bytes.fromhex(WALK),
    )


def purge(laptop: Laptop, *kinds: str) -> None:
    sql(laptop, "INSERT INTO purged VALUES (?, ?, 1)", bytes.fromhex(WALK), json.dumps(kinds))


# What was erased or purged stays away


def test_what_was_erased_never_comes_in_again(ana: Laptop, ben: Laptop) -> None:
    ana.save(PAIRS, WAIT)
    ana.share()
    ana.save(PAIRS.changed(text="edited"))
    ana.share()
    forget(ben, PAIRS)
    _, merged = ben.collect(ana.pack())
    assert (merged.added, merged.already_here, merged.forgotten) == (1, 0, 2)
    assert (ben.words(PAIRS), ben.words(WAIT)) == (None, WAIT.text)
    _, merged = ben.collect(ana.pack())
    assert (merged.added, merged.already_here, merged.forgotten) == (0, 1, 2)


def test_nobody_is_told_that_it_is_missing(ana: Laptop, ben: Laptop) -> None:
    ana.save(PAIRS, WAIT, *(note(f"n{number}", "words") for number in range(4)))
    ana.share()
    forget(ben, WAIT)
    forget(ben, note("n3", ""))
    ben.collect([ana.pack()[at] for at in (1, 2, 4)])
    assert ben.store.missing_numbers(WALK) == {ana.store.device: [(1, 1), (4, 4)]}
    ben.collect(ana.pack())
    assert ben.store.missing_numbers(WALK) == {}


def test_where_all_of_a_laptop_is_forgotten_its_gaps_are_still_told(
    ana: Laptop, ben: Laptop
) -> None:
    ana.save(PAIRS, WAIT)
    ana.share()
    forget(ben, WAIT)
    ben.collect(ana.pack()[1:])
    assert ben.store.missing_numbers(WALK) == {ana.store.device: [(1, 1)]}


def test_the_kinds_of_a_purged_walk_stay_away(ana: Laptop, ben: Laptop) -> None:
    ana.save(the_walk("Lincoln"), PAIRS, theme("wait"), placing(PAIRS))
    ana.share()
    purge(ben, "note", "placing")
    _, merged = ben.collect(ana.pack())
    assert (merged.added, merged.forgotten) == (2, 2)
    assert sorted(row[2] for row in ben.store.snapshot()) == ["theme", "walk"]
    assert ben.store.missing_numbers(WALK) == {}


def test_of_a_walk_that_was_purged_whole_nothing_comes_in(ana: Laptop, ben: Laptop) -> None:
    ana.save(the_walk("Lincoln"), PAIRS)
    ana.share()
    purge(ben, "*")
    _, merged = ben.collect(ana.pack())
    assert (merged.added, merged.forgotten) == (0, 2)
    assert ben.store.snapshot() == []


def test_an_import_does_not_bring_it_back(ana: Laptop) -> None:
    forget(ana, note("row 1", ""))
    assert counts(ana, 3) == (2, 1)
    assert ana.store.get(Note, note("row 1", "").id) is None
    purge(ana, "note")
    assert counts(ana, 5) == (0, 5)


# An import that was cut off


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of three."""
    monkeypatch.setattr(merge, "CHUNK", 3)


@pytest.mark.usefixtures("small")
def test_an_import_that_was_cut_off_is_taken_back(ana: Laptop) -> None:
    ana.save(PAIRS)
    before = ana.store.snapshot()
    cut_off(ana, 2)
    assert len(ana.rev_ids()) == 7
    assert ana.store.take_back_unfinished() == 1
    assert ana.store.snapshot() == before
    assert len(ana.rev_ids()) == 1
    assert ana.store.take_back_unfinished() == 0
    assert ana.store.undo(ana.by(), "import") is None


@pytest.mark.usefixtures("small")
def test_what_something_newer_stands_on_stays_and_can_be_undone(ana: Laptop) -> None:
    cut_off(ana, 2)
    edited, shared, placed = (note(f"row {number}", "") for number in (0, 1, 2))
    first, shown = (one for one in (ana.store.get(Note, edited.id),) * 2)
    assert first is not None
    assert shown is not None
    ana.save(shown.changed(text="corrected by hand"))
    ana.share(shared)
    ana.save(theme("wait"), placing(placed))
    assert ana.store.take_back_unfinished() == 1
    stays = {one.record.id: one.record.text for one in ana.store.all(Note, WALK)}
    assert stays == {
        edited.id: "corrected by hand",
        shared.id: "1 pairs wrote",
        placed.id: "2 pairs wrote",
    }
    before = ana.store.snapshot()
    ana.store.rebuild()
    assert ana.store.snapshot() == before
    assert ana.store.check() == []


@pytest.mark.usefixtures("small")
def test_the_act_of_what_stays_can_be_undone(ana: Laptop) -> None:
    cut_off(ana, 2)
    ana.save(theme("wait"), placing(note("row 2", "")), stage="hall")
    assert ana.store.take_back_unfinished() == 1
    assert [one.record.text for one in ana.store.all(Note, WALK)] == ["2 pairs wrote"]
    assert ana.store.undo(ana.by(), "import") == "imported"
    assert ana.store.all(Note, WALK) == []


@pytest.mark.usefixtures("small")
def test_one_that_was_finished_by_repeating_it_stays(ana: Laptop) -> None:
    cut_off(ana, 2)
    assert counts(ana, 10) == (4, 6)
    assert ana.store.take_back_unfinished() == 0
    assert len(ana.store.all(Note, WALK)) == 10


@pytest.mark.usefixtures("small")
def test_another_table_does_not_finish_it(ana: Laptop) -> None:
    cut_off(ana, 1)
    assert counts(ana, 5, about="b.csv") == (2, 3)
    assert ana.store.take_back_unfinished() == 1
    assert len(ana.store.all(Note, WALK)) == 2


@pytest.mark.usefixtures("small")
def test_one_that_came_to_its_end_leaves_no_job(ana: Laptop) -> None:
    counts(ana, 10)
    assert ana.look.execute("SELECT count(*) FROM job").fetchone()[0] == 0
    assert ana.store.take_back_unfinished() == 0


@pytest.mark.usefixtures("small")
def test_an_import_that_is_taken_back_while_it_runs_does_not_go_on(ana: Laptop) -> None:
    with closing(Store.open(ana.path, START)) as other:
        coming = ana.store.add_all(ana.by(), "import", "imported", rows(10), about="a.csv")
        assert next(coming) == (3, 0)
        assert other.take_back_unfinished() == 1
        with pytest.raises(StoreError, match="took back"):
            list(coming)
    assert ana.rev_ids() == set()
    assert counts(ana, 10) == (10, 0)


@pytest.mark.usefixtures("small")
def test_a_collect_that_is_taken_back_while_it_runs_does_not_go_on(
    ana: Laptop, ben: Laptop
) -> None:
    ben.save(*(one for _, one in rows(10)))
    ben.share(*(one for _, one in rows(10)))
    pack = ben.pack()
    with closing(Store.open(ana.path, START)) as other:

        def meanwhile() -> Iterator[tuple[bytes, Revision]]:
            yield from pack[:7]
            assert other.take_back_unfinished() == 1
            yield from pack[7:]

        with pytest.raises(StoreError, match="took back"):
            ana.collect(meanwhile())
    assert ana.rev_ids() == set()
    assert ana.collect(pack)[1].added == 10


@pytest.mark.usefixtures("small")
def test_the_jobs_of_others_are_left_alone(ana: Laptop) -> None:
    sql(ana, "INSERT INTO job(kind, walk, about, act) VALUES ('purge', x'00', '', 1)")
    cut_off(ana, 1)
    assert ana.store.take_back_unfinished() == 1
    assert ana.look.execute("SELECT kind FROM job").fetchall() == [("purge",)]


# A file that is known again


def collect(laptop: Laptop, giver: Laptop, sha256: bytes, collect: int = 0) -> tuple[int, Merged]:
    return laptop.store.collect(
        sha256,
        "a.walk",
        WALK,
        giver.name,
        giver.pack(),
        laptop.clock,
        lambda merged: json.dumps(merged.already_here),
        collect=collect,
    )


def again(laptop: Laptop, sha256: bytes) -> tuple[int, Merged] | None:
    return laptop.store.collect_known(
        laptop.store.known_pack(sha256),
        "copy.walk",
        laptop.clock,
        lambda merged: json.dumps(merged.already_here),
    )


FILE, OTHER = b"f" * 32, b"o" * 32


def test_a_file_that_is_here_whole_need_not_be_read_again(ana: Laptop, ben: Laptop) -> None:
    ana.save(PAIRS, WAIT)
    ana.share()
    assert ben.store.known_pack(FILE) == 0
    first, _ = collect(ben, ana, FILE)
    assert ben.store.known_pack(FILE) == first
    assert ben.store.known_pack(OTHER) == 0
    found = again(ben, FILE)
    assert found is not None
    second, merged = found
    assert merged == Merged(already_here=2)
    assert ben.store.packs()[0] == (second, "copy.walk", "Ana", START, "2")
    # It holds what it brought, as if it had been read.
    assert ben.store.take_back_pack(first).removed == 0
    assert ben.store.known_pack(FILE) == second
    assert ben.store.take_back_pack(second).removed == 2
    assert ben.store.known_pack(FILE) == 0
    assert ben.store.collect_known(second, "copy.walk", 1, str) is None


def test_a_clones_entries_are_held_too(ana: Laptop, ben: Laptop, cyd: Laptop) -> None:
    ben.become(ana)
    ana.save(PAIRS)
    ben.save(WAIT)
    for one in (ana, ben):
        one.share()
    collect(cyd, ana, OTHER)
    first, _ = collect(cyd, ben, FILE)
    found = again(cyd, FILE)
    assert found is not None
    assert cyd.store.take_back_pack(first).removed == 0
    assert cyd.store.take_back_pack(found[0]).removed == 1


def test_a_pack_that_held_what_is_forgotten_is_read_again(ana: Laptop, ben: Laptop) -> None:
    ana.save(PAIRS, WAIT)
    ana.share()
    forget(ben, WAIT)
    collect(ben, ana, FILE)
    assert ben.store.known_pack(FILE) == 0


def test_one_that_was_not_finished_is_not_known(
    ana: Laptop, ben: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "CHUNK", 1)
    ana.save(PAIRS, WAIT)
    ana.share()

    def breaks(merged: Merged) -> str:
        raise OSError(merged.added)

    with pytest.raises(Exception, match="2"):
        ben.store.collect(FILE, "a.walk", WALK, "Ana", ana.pack(), 1, breaks)
    assert ben.store.known_pack(FILE) == 0
    assert ben.store.take_back_unfinished() == 1
    assert ben.rev_ids() == set()


# Collects and receipts


def test_packs_of_one_collect_are_known_as_one(ana: Laptop, ben: Laptop, cyd: Laptop) -> None:
    for one in (ana, ben):
        one.save(note(one.name, "words"))
        one.share()
    first, _ = collect(cyd, ana, FILE)
    second, _ = collect(cyd, ben, OTHER, collect=first)
    third, _ = collect(cyd, ana, FILE)
    assert cyd.store.collects() == cyd.store.collects(WALK) == [[first, second], [third]]
    assert cyd.store.collects(derived("another walk")) == []
    cyd.store.take_back_pack(third)
    assert cyd.store.collects() == [[first, second]]
    assert cyd.store.take_back_packs([first, second]).removed == 2
    assert cyd.store.collects() == []
    assert cyd.rev_ids() == set()


def test_receipts_are_kept_by_walk_the_newest_first(ana: Laptop) -> None:
    other = derived("another walk")
    one = ana.store.keep_receipt("collect", WALK, START, {"added": 3})
    two = ana.store.keep_receipt("purge", other, START + 1, {"files": ["ä"]})
    assert ana.store.receipts(WALK) == [KeptReceipt(one, WALK, START, "collect", {"added": 3})]
    assert [receipt.id for receipt in ana.store.receipts()] == [two, one]
    assert ana.store.receipts(other)[0].value == {"files": ["ä"]}


def test_a_pack_of_nothing_is_a_pack(ana: Laptop) -> None:
    """It holds nothing, so there is nothing by which it could be known again."""
    pack, merged = ana.store.collect(
        FILE, "a.walk", WALK, "Ben", [], 1, lambda merged: json.dumps(merged.added)
    )
    assert merged == Merged()
    assert [row[0] for row in ana.store.packs()] == [pack]
    assert ana.store.known_pack(FILE) == 0
    assert ana.store.take_back_pack(pack).removed == 0


def test_many_that_name_one_of_many_wordings_are_looked_at_once_each() -> None:
    looked = 0

    class Counted(dict[bytes, taking_back._Link]):
        def get(self, key: bytes, default: Any = None) -> Any:
            nonlocal looked
            looked += 1
            return super().get(key, default)

    many, within = range(300), (b"walk", b"")
    links = Counted()
    for n in many:
        links[b"hub %d" % n] = taking_back._Link(n, "note", b"hub", None, (), frozenset(), within)
    for n in many:
        names = frozenset([b"hub"])
        links[b"of %d" % n] = taking_back._Link(500 + n, "note", b"%d" % n, None, (), names, within)
    every = frozenset(b"%d" % n for n in many)
    links[b"own"] = taking_back._Link(1_000, "trend", b"own", 1, (), every, within)
    brought = set(links) - {b"own"}
    assert taking_back._stood_on(links, brought, {b"own"}) == brought
    assert looked < 5 * len(links)
