"""Odd notes: out of the pool, in view, evidence of nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.routine import theme_desk
from tests.routine.table_of import write
from tests.routine.theme_desk import names, stated, three_notes
from tests.routine.three import give as give_pack
from tests.routine.three import note_on, three_laptops, wrote
from walk.errors import Refused
from walk.model import Placing, Theme
from walk.routine.debriefing import debrief, stating, themes
from walk.routine.desk import Desk
from walk.routine.keeping import purge
from walk.routine.settling import conflict_words

desk = theme_desk.desk


def odd(desk: Desk) -> list[str]:
    return sorted(one.words for one in debrief.table(desk).odd)


def test_odd_notes_leave_the_pool_and_stay_in_view(desk: Desk) -> None:
    one, two, three = three_notes(desk)
    assert themes.set_aside(desk, [one, two]) == 2
    assert themes.set_aside(desk, [one]) == 0
    assert odd(desk) == ["first", "second"]
    assert [found.words for found in debrief.table(desk).pool] == ["third"]
    assert themes.bring_back(desk, [two]) == 1
    assert odd(desk) == ["first"]
    desk.undo(debrief.STAGE)
    desk.undo(debrief.STAGE)
    assert odd(desk) == []
    assert debrief.table(desk).notes.keys() == {one.id, two.id, three.id}


def test_an_odd_note_that_finds_a_theme_is_odd_no_longer_until_it_leaves_it(desk: Desk) -> None:
    one, *_ = three_notes(desk)
    themes.set_aside(desk, [one])
    a = debrief.put_in_new(desk, [one], "A")
    assert odd(desk) == []
    debrief.drop_theme(desk, a)
    assert odd(desk) == ["first"]


def test_a_wondering_is_never_odd(desk: Desk) -> None:
    (wondering,) = write(desk, [(1, "How?")], kind="wondering")
    assert themes.set_aside(desk, [wondering]) == 0
    assert [one.words for one in debrief.table(desk).wonderings] == ["How?"]


def test_odd_notes_are_evidence_of_nothing(desk: Desk) -> None:
    one, *_ = three_notes(desk)
    themes.set_aside(desk, [one])
    assert debrief.table(desk).themes == ()
    assert stating.trends(desk) == []
    assert desk.store.all(Theme, desk.walk_id) == []


def test_odd_is_the_same_on_every_laptop_and_told_in_a_conflict(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as three:
        note = wrote(three.lead, "S4 drew a boat")
        give_pack(three.lead, three.ben)
        for laptop in (three.lead, three.ben):
            themes.set_aside(laptop, [note_on(laptop, note.id)])
        give_pack(three.ben, three.lead)
        assert odd(three.lead) == ["S4 drew a boat"]
        assert three.lead.store.conflicts(three.lead.walk_id) == []
        (placing,) = three.lead.store.all(Placing, three.lead.walk_id)
        said = conflict_words.what(conflict_words.Names(three.lead), placing.record)
        assert said == "Whether “S4 drew a boat” is set aside as odd"
        themes.bring_back(three.lead, [note])
        give_pack(three.lead, three.ben)
        assert odd(three.ben) == []


def test_after_a_purge_no_odd_note_is_left_and_counts_are_not_merged_away(desk: Desk) -> None:
    notes = three_notes(desk)
    a = stated(desk, notes[:2], "A", "Students wait.")
    b = stated(desk, notes[1:], "B", "Students read.")
    (lone,) = write(desk, [(1, "S4 drew a boat")])
    themes.set_aside(desk, [lone])
    purge.purge(desk)
    before = debrief.table(desk)
    assert before.odd == ()
    assert desk.store.check() == []
    with pytest.raises(Refused, match="purged"):
        themes.merge(desk, a, b, says=a)
    themes.order(desk, b, 1)
    assert names(desk) == ["B", "A"]
    assert [one.counts for one in stating.trends(desk)] == [
        one.trend.counts for one in reversed(before.themes) if one.trend
    ]
