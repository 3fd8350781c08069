"""Conflicts between three laptops: told in words, settled in every way, undone, and travelling."""

from __future__ import annotations

import pytest

from tests.routine import conflict_desks
from tests.routine.conflict_desks import one, texts
from tests.routine.three import Three, give, meet, note_on, wrote
from walk.errors import Refused
from walk.model import Confirmation, Focus, Note, Step, Theme, Trend
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import prepare
from walk.routine.settling import conflicts
from walk.routine.settling.conflicts import Conflict
from walk.routine.start import health
from walk.routine.visiting import visit

three = conflict_desks.three
note = conflict_desks.note


def school(desk: Desk, name: str) -> None:
    """Say on a laptop which school hosts the walk."""
    walk = desk.walk
    prepare.describe_walk(desk, host_school=name, date=walk.date, keep_until=walk.keep_until)


# Reading


def test_a_conflict_says_what_it_is_who_said_it_where_and_when(three: Three, note: Note) -> None:
    found = one(three.lead)
    assert found.what == "A noticing of V1 by Ana"
    assert set(texts(found)) == {"S1 wrote five lines", "S1 wrote four long lines"}
    assert [row.name for row in found.rows] == ["Words"]
    for side in found.sides:
        assert side.said.startswith("Ana · ")
        assert "laptop" in side.where
        assert ":" in side.when
    assert len(conflicts.waiting(three.lead)) == 1
    assert conflicts.told(1) == "1 conflict to settle"
    assert found.record == note.id


def test_nothing_waits_where_all_say_the_same(three: Three) -> None:
    made = wrote(three.ana, "S1 wrote four lines")
    meet(three.lead, three.ana, three.ben)
    for desk in (three.ana, three.lead):
        visit.reword(desk, note_on(desk, made.id), "S1 wrote five lines")
    give(three.ana, three.lead)
    assert conflicts.waiting(three.lead) == []


def test_the_plan_comes_first_then_notes_then_what_was_made_of_them(
    three: Three, note: Note
) -> None:
    theme = debrief.make_theme(three.lead, "Sources")
    meet(three.lead, three.ben)
    debrief.rename(three.lead, theme, "Texts")
    debrief.rename(three.ben, theme, "Pages")
    school(three.lead, "Lincoln")
    school(three.ben, "Hill")
    meet(three.lead, three.ben)
    assert [found.kind for found in conflicts.waiting(three.lead)] == ["walk", "note", "theme"]
    assert len(conflicts.in_words(three.lead)) == 3


def test_a_plan_record_is_settled_on_the_leads_laptop_only(three: Three) -> None:
    school(three.lead, "Lincoln")
    school(three.ben, "Hill")
    meet(three.lead, three.ben)
    found = one(three.ben)
    assert found.stop == conflicts.LEADS
    with pytest.raises(Refused, match="lead's laptop"):
        conflicts.keep(three.ben, found, 1)
    assert one(three.lead).stop == ""


def test_the_doctor_names_them_and_shows_no_words_of_notes(three: Three, note: Note) -> None:
    told = "\n".join(health(three.lead).lines)
    assert "1 records that two laptops tell differently" in told
    assert "A noticing of V1 by Ana: Ana · " in told
    assert "S1 wrote" not in told


def test_a_single_field_of_a_page_is_named_and_read_in_words(three: Three) -> None:
    school(three.lead, "Lincoln")
    school(three.ben, "Hill")
    for desk, bells in ((three.lead, (("08:50", "09:40"),)), (three.ben, (("10:00", "10:10"),))):
        desk.save("prepare", "bells", desk.rules.changed(bells=bells))
    meet(three.lead, three.ben)
    walk, rules = conflicts.waiting(three.lead)
    assert walk.what == "What the walk says of itself: host school"
    assert rules.what == "The rules of the walk: bells"
    assert sorted(rules.rows[0].values) == ["08:50–09:40", "10:00–10:10"]


# Settling


def test_a_kept_wording_stands_everywhere_once_it_has_travelled(three: Three, note: Note) -> None:
    found = one(three.lead)
    wanted = texts(found)[1]
    assert conflicts.keep(three.lead, found, 2) == "Wording 2 stands"
    assert conflicts.waiting(three.lead) == []
    meet(three.lead, three.ana, three.ben)
    for desk in (three.lead, three.ana, three.ben):
        held = desk.store.held(Note, note.id)
        assert held is not None
        assert (held.record.text, held.author) == (wanted, three.ana.me)
        assert conflicts.waiting(desk) == []


def test_undo_brings_the_conflict_back_and_redo_settles_it(three: Three, note: Note) -> None:
    before = one(three.lead)
    conflicts.keep(three.lead, before, 2)
    assert three.lead.undo(conflicts.STAGE) == "kept: A noticing of V1 by Ana"
    assert texts(one(three.lead)) == texts(before)
    came_from = [side.by for side in before.sides]
    assert len(set(came_from)) == 2
    assert [side.by for side in one(three.lead).sides] == came_from, "whose laptop, and when"
    three.lead.redo(conflicts.STAGE)
    assert note_on(three.lead, note.id).text == texts(before)[1]


def test_on_other_laptops_too_an_undo_is_not_where_the_wordings_came_from(
    three: Three, note: Note
) -> None:
    came_from = {side.by for side in one(three.lead).sides}
    conflicts.keep(three.lead, one(three.lead), 2)
    three.lead.undo(conflicts.STAGE)
    give(three.lead, three.ben)
    assert {side.by for side in one(three.ben).sides} == came_from


def test_both_notes_are_kept_as_notes_of_their_author(three: Three, note: Note) -> None:
    found = one(three.lead)
    conflicts.keep_all(three.lead, found)
    held = [one for one in three.lead.store.all(Note, three.lead.walk_id)]
    assert sorted(one.record.text for one in held) == sorted(texts(found))
    assert {one.author for one in held} == {three.ana.me}
    assert {one.record.form for one in held} == {note.form}
    three.lead.undo(conflicts.STAGE)
    assert len(three.lead.store.all(Note, three.lead.walk_id)) == 1
    assert len(conflicts.waiting(three.lead)) == 1


def test_both_kept_on_two_laptops_are_the_same_two_notes(three: Three, note: Note) -> None:
    give(three.lead, three.ben)
    for desk in (three.lead, three.ben):
        conflicts.keep_all(desk, one(desk))
    meet(three.lead, three.ben)
    assert conflicts.waiting(three.ben) == []
    assert len(three.ben.store.all(Note, three.ben.walk_id)) == 2


def test_new_words_settle_it_and_are_read_anew(three: Three, note: Note) -> None:
    found = one(three.lead)
    conflicts.say_anew(three.lead, found, {"text": "S1 wrote 4 of 5 lines: “it rained”"})
    settled = note_on(three.lead, note.id)
    assert settled.speech
    assert settled.tally is not None
    assert settled.typed_by == three.lead.me
    assert conflicts.waiting(three.lead) == []


def test_empty_words_settle_nothing(three: Three, note: Note) -> None:
    with pytest.raises(Refused, match="needs words"):
        conflicts.say_anew(three.lead, one(three.lead), {"text": "  "})
    assert len(conflicts.waiting(three.lead)) == 1


def test_a_withdrawn_note_that_was_changed_elsewhere_is_shown_and_can_go_or_stay(
    three: Three,
) -> None:
    made = wrote(three.ana, "S1 wrote four lines")
    meet(three.lead, three.ana, three.ben)
    again = three.joined("Ana", 5, name="second")
    give(three.ana, again)
    visit.withdraw(again, note_on(again, made.id))
    visit.reword(three.ana, note_on(three.ana, made.id), "S1 wrote five lines")
    give(again, three.lead)
    give(three.ana, three.lead)
    found = one(three.lead)
    assert found.withdrawn
    assert not found.keeps_all
    assert not found.by_field
    assert found.rows[0].values == ("S1 wrote five lines", conflicts.KEPT_AS_IS)
    conflicts.keep(three.lead, found, 2)
    assert three.lead.store.get(Note, made.id) is None
    three.lead.undo(conflicts.STAGE)
    conflicts.keep(three.lead, one(three.lead), 1)
    assert note_on(three.lead, made.id).text == "S1 wrote five lines"


def _three_steps(three: Three) -> Conflict:
    made = steps.add(three.lead, "Try a prompt card", owner="grade 6")
    meet(three.lead, three.ana, three.ben)
    for desk, what, owner in (
        (three.lead, "Try a prompt card once", "grade 6"),
        (three.ana, "Try a prompt card twice", "coach"),
        (three.ben, "Try a prompt card", "principal"),
    ):
        steps.change(
            desk,
            made,
            what=what,
            level="coach",
            owner=owner,
            by_when="",
            design="proposed",
            support="",
            rests_on="inquiry",
        )
    meet(three.lead, three.ana, three.ben)
    return one(three.lead)


def test_of_three_wordings_fields_can_be_taken_one_by_one(three: Three) -> None:
    found = _three_steps(three)
    assert len(found.sides) == 3
    assert [row.field for row in found.rows] == ["what", "owner"]
    by_words = {side.record.what: side.number for side in found.sides if side.record}  # type: ignore[attr-defined]
    picks = {"what": by_words["Try a prompt card twice"], "owner": by_words["Try a prompt card"]}
    assert found.by_field
    conflicts.choose(three.lead, found, picks)
    meet(three.lead, three.ana, three.ben)
    for desk in (three.lead, three.ana, three.ben):
        (held,) = desk.store.all(Step, desk.walk_id)
        assert (held.record.what, held.record.owner) == ("Try a prompt card twice", "principal")
        assert conflicts.waiting(desk) == []


def test_what_was_settled_meanwhile_is_looked_at_again(three: Three) -> None:
    found = _three_steps(three)
    conflicts.keep(three.lead, found, 1)
    with pytest.raises(Refused, match="meanwhile"):
        conflicts.keep(three.lead, found, 2)


def test_a_theme_has_a_name_and_cannot_be_kept_twice(three: Three) -> None:
    theme = debrief.make_theme(three.lead, "Sources")
    meet(three.lead, three.ana)
    debrief.rename(three.lead, theme, "Texts")
    debrief.rename(three.ana, theme, "Pages")
    give(three.ana, three.lead)
    found = one(three.lead)
    with pytest.raises(Refused, match="Only notes"):
        conflicts.keep_all(three.lead, found)
    conflicts.say_anew(three.lead, found, {"name": "Students point to the page"})
    held = three.lead.store.get(Theme, theme.id)
    assert held is not None
    assert held.name == "Students point to the page"


def test_a_settled_trend_is_weighed_by_the_notes_of_all_laptops(three: Three) -> None:
    notes = [wrote(three.ana, f"S{n} read aloud", f"V{n}") for n in (1, 2)]
    meet(three.lead, three.ana, three.ben)
    theme = debrief.put_in_new(three.lead, notes, "Reading")
    stating.state_trend(three.lead, theme, "Students read aloud")
    meet(three.lead, three.ben)
    stating.state_trend(three.lead, theme, "Students read to each other")
    stating.state_trend(three.ben, theme, "Students read to the class")
    debrief.take_out(three.ben, [notes[1]], theme)
    give(three.ben, three.lead)
    found = next(one for one in conflicts.waiting(three.lead) if one.kind == "trend")
    assert not found.by_field
    conflicts.keep(three.lead, found, 1)
    (held,) = three.lead.store.all(Trend, three.lead.walk_id)
    present = debrief.table(three.lead).themes[0].spread
    assert held.record.counts == present.counts()
    assert held.record.parked == (not present.states_a_trend)


def test_a_focus_kept_over_a_confirmed_one_leaves_a_trace(three: Three) -> None:
    prepare.change_focus(three.ben, statement="Ben's words")
    prepare.confirm_focus(three.lead, "agreed in the meeting", "2025-10-01", 4)
    give(three.ben, three.lead)
    found = one(three.lead)
    assert not found.by_field
    assert found.texts == ()
    confirmed = next(
        str(side.record.statement)
        for side in found.sides
        if isinstance(side.record, Focus) and side.record.confirmed
    )
    number = next(
        side.number
        for side in found.sides
        if isinstance(side.record, Focus) and not side.record.confirmed
    )
    conflicts.keep(three.lead, found, number)
    kept = prepare.focus(three.lead)
    assert kept.statement == "Ben's words"
    assert not kept.confirmed
    assert confirmed in kept.changes[-1].before


def test_a_kept_confirmed_focus_stays_confirmed(three: Three) -> None:
    prepare.change_focus(three.ben, statement="Ben's words")
    prepare.confirm_focus(three.lead, "agreed in the meeting", "2025-10-01", 4)
    give(three.ben, three.lead)
    found = one(three.lead)
    for side in found.sides:
        if isinstance(side.record, Focus) and side.record.confirmed:
            conflicts.keep(three.lead, found, side.number)
    assert prepare.focus(three.lead).confirmation == Confirmation(
        how="agreed in the meeting", on="2025-10-01", how_many=4
    )
    assert prepare.focus(three.lead).changes == ()
