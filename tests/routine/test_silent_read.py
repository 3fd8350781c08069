"""Silent read: the whole pool, shuffled alike everywhere, and a lens that names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, write_form
from tests.routine.table_of import walk_of, write
from tests.routine.three import meet, three_laptops, wrote
from walk.model import Note
from walk.routine.debriefing import protocol, silent_read
from walk.routine.desk import Desk
from walk.routine.home.home import overview
from walk.routine.keeping import purge
from walk.routine.planning import prepare
from walk.routine.visiting import hall


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def _walker(desk: Desk, label: str, lens: str) -> str:
    made = prepare.add_walker(desk, label)
    desk.save("prepare", "lens", made.changed(lens=lens))
    return made.id


def _write_as(desk: Desk, walker: str, *words: str) -> list[Note]:
    before = desk.me
    desk.write_as(walker)
    made = write(desk, [(1, one) for one in words])
    desk.write_as(before)
    return made


def _words(reading: silent_read.Reading, lens: str = "") -> list[str]:
    return [one.words for one in reading.seen_through(lens)]


def test_noticings_come_first_and_codes_are_masked(desk: Desk) -> None:
    write(desk, [(1, "what next in V2?")], kind="wondering")
    write(desk, [(1, "in V1 one pair wrote"), (2, "hands up")])
    notes = silent_read.reading(desk).notes
    assert [one.kind for one in notes] == ["noticing", "noticing", "wondering"]
    assert not any("V1" in one.words or "V2" in one.words for one in notes)


def test_the_order_is_the_same_on_every_laptop_and_tells_nothing(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as laptops:
        for number in range(6):
            wrote(laptops.ana, f"Ana {number}")
            wrote(laptops.ben, f"Ben {number}")
        meet(laptops.lead, laptops.ana, laptops.ben)
        shown = [_words(silent_read.reading(one)) for one in (laptops.ana, laptops.ben)]
        assert shown[0] == shown[1]
        assert len(shown[0]) == 12
        written = [f"Ana {n}" for n in range(6)] + [f"Ben {n}" for n in range(6)]
        assert shown[0] != written


def test_reading_makes_no_record(desk: Desk) -> None:
    (note,) = write(desk, [(1, "hands up")])
    before = desk.store.newest_entry()
    silent_read.mark(desk, note.id)
    silent_read.reading(desk)
    assert desk.store.newest_entry() == before
    assert not protocol.standing(desk).begun


def test_a_mark_is_for_the_one_who_writes_here_alone(desk: Desk) -> None:
    (note,) = write(desk, [(1, "hands up")])
    assert silent_read.mark(desk, note.id)
    other = prepare.add_walker(desk, "Ben").id
    mine = desk.me
    desk.write_as(other)
    assert silent_read.aloud(desk) == frozenset()
    desk.write_as(mine)
    assert silent_read.aloud(desk) == {note.id}
    assert not silent_read.mark(desk, note.id)
    assert silent_read.aloud(desk) == frozenset()


def test_a_mark_is_of_one_walk(desk: Desk) -> None:
    (note,) = write(desk, [(1, "hands up")])
    silent_read.mark(desk, note.id)
    begin_small(desk)
    assert silent_read.aloud(desk) == frozenset()


def test_a_lens_that_two_carry_can_be_read_alone(desk: Desk) -> None:
    ana = _walker(desk, "Ana", "multilingual learners")
    ben = _walker(desk, "Ben", "Multilingual  Learners ")
    _write_as(desk, ana, "by Ana")
    _write_as(desk, ben, "by Ben")
    write(desk, [(1, "by me")])
    _write_as(desk, _walker(desk, "Cy", ""), "by Cy")
    reading = silent_read.reading(desk)
    assert list(reading.lenses) == ["multilingual learners"]
    assert sorted(_words(reading, "multilingual learners")) == ["by Ana", "by Ben"]
    assert reading.alone == ()


def test_a_lens_that_one_carries_would_name_them(desk: Desk) -> None:
    _write_as(desk, _walker(desk, "Ana", "content"), "by Ana")
    reading = silent_read.reading(desk)
    assert reading.lenses == {}
    assert reading.alone == ("content",)
    assert _words(reading, "content") == []


def test_a_lens_of_two_of_whom_one_wrote_would_name_that_one(desk: Desk) -> None:
    _write_as(desk, _walker(desk, "Ana", "content"), "by Ana")
    _walker(desk, "Ben", "content")
    assert silent_read.reading(desk).lenses == {}


@pytest.mark.parametrize("last", ["", "early years"])
def test_a_lens_that_leaves_one_walker_over_would_name_that_one(desk: Desk, last: str) -> None:
    for label in ("Ana", "Ben"):
        _write_as(desk, _walker(desk, label, "content"), f"by {label}")
    _write_as(desk, _walker(desk, "Cy", last), "by Cy")
    reading = silent_read.reading(desk)
    assert reading.lenses == {}
    assert "content" in reading.alone


def test_where_one_would_be_left_over_the_lens_of_the_fewest_is_not_read_alone(
    desk: Desk,
) -> None:
    for label, lens in zip("ABCDE", ("x", "x", "y", "y", "y"), strict=True):
        _write_as(desk, _walker(desk, label, lens), f"by {label}")
    assert set(silent_read.reading(desk).lenses) == {"x", "y"}  # nobody is left over
    write(desk, [(1, "by me")])
    reading = silent_read.reading(desk)
    assert set(reading.lenses) == {"y"}
    assert reading.alone == ("x",)


def test_what_a_team_said_in_its_hall_talk_is_nobodys(desk: Desk) -> None:
    for label in ("Ana", "Ben"):
        _write_as(desk, _walker(desk, label, "content"), f"by {label}")
    write_form(desk, "V1")
    hall.add_note(desk, hall.begin(desk, prepare.visits(desk)[0]), "all of us heard the pause")
    assert set(silent_read.reading(desk).lenses) == {"content"}


def test_two_records_of_one_person_are_one_walker(desk: Desk) -> None:
    ana = _walker(desk, "Ana", "content")
    again = prepare.add_walker(desk, "A.")
    desk.save("prepare", "same", again.changed(lens="content", same_as=ana))
    _write_as(desk, ana, "by Ana")
    _write_as(desk, again.id, "by Ana again")
    assert silent_read.reading(desk).lenses == {}


def test_after_a_purge_there_is_nothing_to_read(desk: Desk) -> None:
    write(desk, [(1, "hands up")])
    purge.purge(desk)
    reading = silent_read.reading(desk)
    assert (reading.notes, reading.purged) == ((), True)


def test_home_shows_no_mark(desk: Desk) -> None:
    (note,) = write(desk, [(1, "hands up")])
    before = overview(desk)
    silent_read.mark(desk, note.id)
    assert overview(desk) == before
