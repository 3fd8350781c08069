"""What SQL counts of a walk is what counting its notes one by one gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.storage.laptops import START, WALK, note, walker
from walk.model import Form, LookFor, Mode, Note, Visit, Walk, derived, form_id, visit_id
from walk.storage import counting, wordings
from walk.storage.counting import Tied
from walk.storage.store import By, Store

ANA, BEN = walker("Ana"), walker("Ben")
ROOMS = [visit_id(WALK, f"V{number}") for number in (1, 2, 3)]
ONE, TWO = derived("look-for", "1"), derived("look-for", "2")
FORM = form_id(WALK, ROOMS[1], BEN)


def by(author: str) -> By:
    """A walker of the walk."""
    return By(WALK, author, START + 1, 0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three classrooms, two look-fors, imported notes, and one of Ben's that is not shared."""
    with closing(Store.open(tmp_path / "a.walkdb", START)) as made:
        modes: tuple[Mode, ...] = ("in_person", "recorded", "in_person")
        plan = [
            Visit(id=room, walk=WALK, code=f"V{n}", mode=mode, grade_band=f"{n // 3}")
            for n, (room, mode) in enumerate(zip(ROOMS, modes, strict=True), 1)
        ]
        look_fors = [
            LookFor(id=one, walk=WALK, name="x", place=n) for n, one in enumerate((ONE, TWO))
        ]
        made.save(by(""), "prepare", "begun", [Walk(id=WALK, walk=WALK), *plan, *look_fors])
        made.save(
            by(ANA),
            "import",
            "imported",
            [
                note("a", "a", visit=ROOMS[0], look_for=ONE),
                note("b", "b", visit=ROOMS[1], look_for=ONE),
                note("c", "c", visit=ROOMS[1], look_for=ONE, note_kind="wondering"),
                note("d", "d", visit=ROOMS[0]),
            ],
        )
        own = note("e", "e", visit=ROOMS[1], look_for=TWO, form=FORM)
        form = Form(id=FORM, walk=WALK, visit=ROOMS[1], walker=BEN)
        made.save(by(BEN), "visit", "written", [form, own])
        yield made


def test_notes_by_look_for_and_what_is_hidden(store: Store) -> None:
    shown = {Tied(ONE, 2, 1, 2), Tied("", 1, 0, 1)}
    assert set(store.tied(WALK, [ANA])) == shown
    assert set(store.tied(WALK, [BEN])) == {*shown, Tied(TWO, 1, 0, 1)}
    assert store.private_counts(WALK, [ANA]) == [(TWO, ROOMS[1], False, 1)]
    assert store.private_counts(WALK, [BEN]) == []
    store.publish(by(BEN), "shared", store.unshared(WALK), everyone=True)
    assert set(store.tied(WALK, [ANA])) == {*shown, Tied(TWO, 1, 0, 1)}
    assert store.private_counts(WALK, [ANA]) == []


def test_it_counts_what_note_counts_counts(store: Store) -> None:
    counts = store.note_counts(WALK)
    tied = {one.look_for: one for one in store.tied(WALK, [ANA, BEN])}
    for look_for in ("", ONE, TWO):
        mine = [one for one in counts if one[0] == look_for]
        assert tied[look_for] == Tied(
            look_for,
            sum(one[3] for one in mine if not one[2]),
            sum(one[3] for one in mine if one[2]),
            len({one[1] for one in mine}),
        )


def test_classrooms_seen_by_notes_and_by_forms(store: Store) -> None:
    found = store.seen(WALK, [ANA], [])
    assert (found.visits, found.modes) == (2, Counter(in_person=1, recorded=1))
    assert found.grade_bands == {"0"}
    assert store.noted(WALK) == store.noted(WALK, [ANA]) == {ROOMS[0], ROOMS[1]}
    own = note("f", "f", visit=ROOMS[2], form=FORM)
    store.save(by(BEN), "visit", "written", [own])
    assert store.noted(WALK) == store.noted(WALK, [BEN]) == set(ROOMS)
    assert store.noted(WALK, [ANA]) == store.noted(WALK, []) == {ROOMS[0], ROOMS[1]}
    found = store.seen(WALK, [ANA], [ROOMS[2]])
    assert (found.visits, found.modes) == (3, Counter(in_person=2, recorded=1))
    assert found.grade_bands == {"0", "1"}


def test_a_large_pool_is_read_in_part_and_a_small_one_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = ("noticing", "noticing", "wondering", "noticing", "noticing")
    rows = (
        ("", note(f"n{number}", "x", visit=ROOMS[number % 3], note_kind=kinds[number % 5]))
        for number in range(600)
    )
    for _ in store.add_all(by(""), "import", "rows", rows):
        pass
    assert store.pool_size(WALK) == 605
    whole = store.all(Note, WALK, pool=True)
    assert store.some_of_pool(WALK, 1_000, 605) == whole
    some = store.some_of_pool(WALK, 100, 605)
    assert 60 <= len(some) <= 100
    assert {one.record.visit for one in some} == set(ROOMS)
    wonderings = store.some_of_pool(WALK, 100, 605, wonderings=True)
    assert wonderings == [one for one in some if one.record.note_kind == "wondering"]
    monkeypatch.setattr(counting, "_DENSE", 0)
    others = store.some_of_pool(WALK, 100, 605)
    assert 60 <= len(others) <= 130
    assert {one.record.visit for one in others} == set(ROOMS)
    wonderings = store.some_of_pool(WALK, 100, 605, wonderings=True)
    assert wonderings == [one for one in others if one.record.note_kind == "wondering"]
    chosen = [one.record.id for one in whole[100:500]]
    assert [one.record.id for one in store.these(Note, [*chosen, derived("nothing")])] == chosen


@pytest.mark.parametrize("dense", [0, 8])
def test_the_part_of_a_large_pool_stays_while_a_few_notes_come(
    store: Store, monkeypatch: pytest.MonkeyPatch, dense: int
) -> None:
    monkeypatch.setattr(counting, "_DENSE", dense)
    for first, last in ((0, 500), (500, 560)):
        before = [one.record.id for one in store.some_of_pool(WALK, 100, 505)] if first else []
        rows = (("", note(f"n{n}", "x", visit=ROOMS[n % 3])) for n in range(first, last))
        for _ in store.add_all(by(""), "import", "rows", rows):
            pass
    after = {one.record.id for one in store.some_of_pool(WALK, 100, 565)}
    assert before
    assert after.issuperset(before)


@pytest.mark.parametrize("few", [0, 1_000_000])
def test_both_ways_through_the_journal_say_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(wordings, "_FEW", few)
    assert store._is_of_many(WALK) == (few == 0)
    typed_for = note("t", "t", visit=ROOMS[0], form=FORM, typed_by=ANA)
    store.save(by(BEN), "visit", "typed", [typed_for])
    store.save(by(ANA), "visit", "reworded", [note("a", "aa", visit=ROOMS[0])])
    assert store.authors(WALK) == store.authors(WALK, [ANA, BEN]) == {ANA, BEN}
    assert store.authors(WALK, [ANA, walker("Eve")]) == {ANA, BEN}
    assert store.authors(WALK, [BEN]) >= {BEN}
    assert store.laptops(WALK) == sorted((one, store.device, True) for one in (ANA, BEN))
    assert store.laptops(WALK) == sorted(
        {(who, one.device, one.here) for who in (ANA, BEN) for one in store.begun(WALK, who)}
    )
    assert [one.note for one in store.begun(WALK, BEN)] == [derived("note", "e")]
    assert len(store.begun(WALK, ANA)) == 4
