"""Conflicts on shared laptops, and settled notes given to the team."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.routine import conflict_desks
from tests.routine.conflict_desks import one, texts
from tests.routine.three import Three, give, meet, note_on, wrote
from walk.errors import Refused
from walk.model import Note, Walker
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk
from walk.routine.settling import conflicts
from walk.routine.settling.conflicts import Conflict
from walk.routine.visiting import visit

three = conflict_desks.three
note = conflict_desks.note


# Shared laptops


def test_another_walkers_unshared_words_are_not_shown_and_wait_for_them(
    three: Three, note: Note
) -> None:
    conflicts.keep(three.lead, one(three.lead), 1)
    meet(three.lead, three.ana)
    visit.reword(three.ana, note_on(three.ana, note.id), "S1 wrote all she knew")
    again = three.joined("Ana", 9, name="third")
    give(three.lead, again)
    visit.reword(again, note_on(again, note.id), "S1 wrote nothing")
    give(again, three.ana)
    three.ana.write_as(three.ben.me)
    found = one(three.ana)
    told = " ".join(value for row in found.rows for value in row.values)
    assert "all she knew" not in told
    assert found.stop.startswith("Ana settles this")
    with pytest.raises(Refused, match="Ana settles this"):
        conflicts.keep(three.ana, found, 1)
    three.ana.write_as(three.ana.own_walker())
    assert one(three.ana).stop == ""


def test_unshared_words_under_ones_other_record_are_shown_and_settled(
    three: Three, note: Note
) -> None:
    conflicts.keep(three.lead, one(three.lead), 1)
    meet(three.lead, three.ana)
    visit.reword(three.ana, note_on(three.ana, note.id), "S1 wrote all she knew")
    again = three.joined("Ana", 9, name="third")
    give(three.lead, again)
    visit.reword(again, note_on(again, note.id), "S1 wrote nothing")
    give(again, three.ana)
    second = Walker(id=three.ana.new_id(), walk=three.ana.walk_id, label="ana")
    three.ana.save("conflicts", "one person", second.changed(same_as=three.ana.me))
    three.ana.write_as(second.id)
    found = one(three.ana)
    assert "S1 wrote all she knew" in texts(found)
    assert found.stop == ""


# Giving to the team


def test_the_debrief_shows_what_was_settled_once_it_is_given(three: Three, note: Note) -> None:
    found = one(three.lead)
    conflicts.keep(three.lead, found, 2)
    conflicts.give(three.lead)
    pool = debrief.table(three.lead).pool
    assert [view.note.text for view in pool] == [texts(found)[1]]
    assert three.lead.undo(conflicts.STAGE) is None


def test_giving_without_a_settled_note_gives_nothing(three: Three) -> None:
    wrote(three.lead, "not finished yet")
    before = len(three.lead.store.unshared(three.lead.walk_id))
    assert conflicts.give(three.lead) == ""
    assert len(three.lead.store.unshared(three.lead.walk_id)) == before


@pytest.mark.parametrize(
    "settle",
    [
        lambda desk, found: conflicts.keep(desk, found, 1),
        lambda desk, found: conflicts.keep(desk, found, 2),
        conflicts.keep_all,
        lambda desk, found: conflicts.say_anew(desk, found, {"text": "Said at the table"}),
    ],
)
def test_no_wording_is_lost_whatever_is_chosen(
    three: Three, note: Note, settle: Callable[[Desk, Conflict], str]
) -> None:
    found = one(three.lead)
    settle(three.lead, found)
    meet(three.lead, three.ana, three.ben)
    for desk in (three.lead, three.ben):
        bodies = " ".join(rev.body for rev in desk.store.published(desk.walk_id))
        for words in texts(found):
            assert words in bodies
        assert conflicts.waiting(desk) == []
