"""What SQL says of very many classrooms is what reading each of them says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storage.laptops import START, walker
from walk.model import Form, Mode, Note, Record, Visit, Walk, derived, form_id, visit_id
from walk.storage import classrooms
from walk.storage.store import By, Store

ANA, BEN = walker("Ana"), walker("Ben")
MODES: tuple[Mode, ...] = ("in_person", "virtual_live", "recorded")
_NUMBERS = count()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store; each example is a walk of its own."""
    with closing(Store.open(tmp_path / "a.walkdb", START)) as made:
        yield made


_VISITS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from(MODES),
        st.booleans(),
        st.sampled_from(["", 'own "withdrawn":true \\ inquiry', '"mode"', "plain"]),
    ),
    max_size=9,
)
"""Place, mode, whether it is withdrawn, and an inquiry of its own, which may say anything."""
_NOTES = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 2), st.booleans(), st.booleans()), max_size=25
)
"""The visit, the look-for, whether it is a wondering, and whether it is on Ben's form."""


def made(
    store: Store,
    visits: list[tuple[int, Mode, bool, str]],
    notes: list[tuple[int, int, bool, bool]],
) -> str:
    """A walk of these; visits and notes that name none of them are left out."""
    walk = derived("a walk of many", str(next(_NUMBERS)))
    by = By(walk, ANA, START, 0)
    plan: list[Record] = [Walk(id=walk, walk=walk)]
    for number, (place, mode, withdrawn, inquiry) in enumerate(visits):
        code = f"V{number}"
        plan.append(
            Visit(
                id=visit_id(walk, code),
                walk=walk,
                code=code,
                place=place,
                mode=mode,
                withdrawn=withdrawn,
                inquiry=inquiry,
            )
        )
    store.save(by, "prepare", "begun", plan)
    of_ana: list[Record] = []
    of_ben: dict[str, Record] = {}
    for number, (visit, look_for, wondering, on_form) in enumerate(notes):
        if visit >= len(visits):
            continue
        room = visit_id(walk, f"V{visit}")
        form = form_id(walk, room, BEN) if on_form else ""
        if form:
            of_ben[form] = Form(id=form, walk=walk, visit=room, walker=BEN)
        one = Note(
            id=derived("a note", walk, str(number)),
            walk=walk,
            visit=room,
            form=form,
            note_kind="wondering" if wondering else "noticing",
            look_for=derived("look-for", str(look_for)) if look_for else "",
            text="a heron",
        )
        if form:
            of_ben[one.id] = one
        else:
            of_ana.append(one)
    store.save(by, "import", "read", of_ana)
    store.save(By(walk, BEN, START, 0), "visit", "written", list(of_ben.values()))
    return walk


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_VISITS, _NOTES, st.sampled_from([0, 8, 1_000]), st.sets(st.integers(0, 8)))
def test_counting_says_what_reading_all_says(
    store: Store,
    visits: list[tuple[int, Mode, bool, str]],
    notes: list[tuple[int, int, bool, bool]],
    probed: int,
    chosen: set[int],
) -> None:
    walk = made(store, visits, notes)
    held = [one.record for one in store.all(Visit, walk)]
    held.sort(key=lambda one: (one.place, one.code))
    some = {visit_id(walk, f"V{number}") for number in chosen if number < len(visits)}
    open_ = {one.id for one in held if not one.withdrawn}
    noted = store.noted(walk)
    with patch.object(classrooms, "_PROBED", probed):
        found = store.rooms(walk)
        assert (found.every, found.open) == (len(held), len(open_))
        assert found.open_modes == Counter(one.mode for one in held if one.id in open_)
        assert store.first_visits(walk, 4) == held[:4]
        places = [one.place for one in held]
        assert store.in_places(walk) == (bool(held) and places == list(range(1, len(held) + 1)))
        assert store.is_noted(walk) == bool(noted)
        assert store.with_notes(walk, some) == some & noted
        # Those in `some` are left out of the count; here they are those with a form too.
        left = [one.id for one in held if one.id not in some]
        unseen = [one for one in left if one in open_ - noted]
        stood = store.stood(walk, some, some, unseen=True)
        assert stood.every == len(left)
        assert stood.open == len(open_ - some)
        assert stood.been == len((open_ - some) & noted)
        assert stood.unseen == (unseen[0] if unseen else "")
        for mine in ([ANA], [BEN], []):
            told = store.noted(walk, mine)
            reach = store.reach(walk, mine, some, some)
            assert reach.nobody == len(open_ - told - some)
            assert reach.silent == len(some - told)
            assert reach.apart == len(told - some)
    assert store.unshared_notes(walk) == len(store.unshared(walk, (Note.kind,)))


def test_what_was_counted_is_counted_anew_once_somebody_writes(store: Store) -> None:
    walk = made(store, [(1, "in_person", False, ""), (2, "in_person", False, "")], [])
    assert store.reach(walk, [], [], []).nobody == 2
    by = By(walk, ANA, START + 1, 0)
    room = visit_id(walk, "V0")
    one = Note(id=derived("one"), walk=walk, visit=room, text="a heron")
    with closing(Store.open(store.path, START)) as other:
        other.save(by, "import", "read", [one])
    assert store.reach(walk, [], [], []).nobody == 1
    assert store.with_notes(walk, [room]) == {room}
    gone = Visit(id=visit_id(walk, "V1"), walk=walk, code="V1", place=2, withdrawn=True)
    store.save(by, "prepare", "withdrawn", [gone])
    assert store.reach(walk, [], [], []).nobody == 0
    store.undo(by, "prepare")
    assert store.reach(walk, [], [], []).nobody == 1


def test_notes_never_shared_are_counted_as_they_are_listed(store: Store) -> None:
    walk = made(store, [(1, "in_person", False, "")], [(0, 0, False, False)] * 3)
    by = By(walk, ANA, START + 1, 0)
    first = derived("a note", walk, "0")
    held = store.get(Note, first)
    assert held is not None
    assert store.unshared_notes(walk) == 3
    store.save(by, "visit", "withdrawn", withdraw=[held])
    assert store.unshared_notes(walk) == len(store.unshared(walk, (Note.kind,))) == 2
    store.publish(by, "shared", store.unshared(walk)[:1], everyone=True)
    assert store.unshared_notes(walk) == len(store.unshared(walk, (Note.kind,))) < 3
