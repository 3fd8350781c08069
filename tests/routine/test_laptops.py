"""On which laptops the notes of a walk were begun, and when nobody needs to go through them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.desks import desk_at, write_form
from tests.routine.three import Three, meet, three_laptops, wrote
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.settling import same_person
from walk.storage import wordings


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_laptops(tmp_path) as made:
        yield made


@pytest.fixture
def other(three: Three) -> Desk:
    """A second laptop that joined as Ana; both wrote about V1."""
    wrote(three.ana, "by the one")
    second = three.joined("ANA", 7, name="other")
    wrote(second, "by the other")
    return second


def test_what_one_laptop_wrote_alone_asks_nothing_and_is_not_gone_through(
    three: Three, other: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    meet(three.lead, other)
    assert three.lead.store.is_of_others(three.lead.walk_id)  # it has read packs
    assert other.store.is_of_others(other.walk_id)  # the plan came from the lead
    prepare.begin(other, prepare.SmallWalk("Whose words count", 2))
    write_form(other, "V1", "a heron")
    assert not other.store.is_of_others(other.walk_id)
    with monkeypatch.context() as patched:
        patched.setattr(type(other.store), "laptops", None)
        assert same_person.open_questions(other) == []
    assert other.store.laptops(other.walk_id) == [(other.me, other.store.device, True)]
    # What was shared under an id that the laptop had before may come back as another laptop's.
    other.store.publish(other.by(), "shared", other.store.unshared(other.walk_id), everyone=True)
    assert not other.store.is_of_others(other.walk_id)
    elsewhere = tmp_path / "elsewhere.walkdb"
    with closing(sqlite3.connect(other.store.path)) as conn:
        conn.execute("VACUUM INTO ?", (str(elsewhere),))
    with desk_at(elsewhere) as moved:
        assert moved.store.device != other.store.device
        assert moved.store.is_of_others(other.walk_id)


@pytest.mark.parametrize("few", [0, 1_000_000])
def test_the_laptops_of_a_walk_are_those_on_which_its_notes_were_begun(
    three: Three, other: Desk, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    desks = (three.lead, three.ana, three.ben, other)
    meet(*desks)
    held = [one.record for one in other.store.all(Note, other.walk_id)]
    (first,) = (one for one in held if one.text == "by the one")
    other.save("visit", "reworded", first.changed(text="by the one, said anew elsewhere"))
    typed = first.changed(id=other.new_id(), typed_by=three.ben.me)
    three.ben.save("visit", "typed for another", typed, author=other.me)
    meet(*desks)
    monkeypatch.setattr(wordings, "_FEW", few)
    for desk in desks:
        walkers = [one.id for one in desk.walkers()]
        begun = {
            (who, one.device, one.here)
            for who in walkers
            for one in desk.store.begun(desk.walk_id, who)
        }
        assert len(begun) >= 2
        assert desk.store.laptops(desk.walk_id) == sorted(begun)
