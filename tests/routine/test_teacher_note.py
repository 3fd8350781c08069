"""The note to a teacher: only where asked for, on its laptop, without a rating."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.desks import desk_at, the_visit, write_form
from tests.routine import letter_desk
from tests.routine.forgetting import give, says, take
from tests.routine.letter_desk import text_of
from tests.routine.three import meet, three_laptops
from walk.errors import Refused, WalkError
from walk.model import NEVER_SHARED, RECORDS, TeacherNote
from walk.model.erasure import STAYS
from walk.routine.desk import Desk
from walk.routine.keeping import purge
from walk.routine.planning import prepare
from walk.routine.reporting import letters, teacher_note

desk = letter_desk.desk


SECRET = "Asked for the line and waited zanzibar seconds"


def noted(desk: Desk, code: str = "V1") -> TeacherNote:
    visit = the_visit(desk, code)
    note = teacher_note.ask(desk, visit, asked=True)
    assert note is not None
    return teacher_note.change(desk, note, move_1=SECRET, effect_1="S1 read two lines")


def test_without_the_teachers_wish_there_is_no_note(desk: Desk) -> None:
    visit = the_visit(desk, "V1")
    blank = teacher_note.of_visit(desk, visit)
    assert not blank.asked
    with pytest.raises(Refused, match="has not asked"):
        teacher_note.change(desk, blank, move_1=SECRET)
    with pytest.raises(Refused, match="has not asked"):
        teacher_note.facts(desk, visit)
    noted(desk)
    assert teacher_note.ask(desk, visit, asked=False) is None
    assert not teacher_note.of_visit(desk, visit).asked
    assert desk.undo(teacher_note.STAGE)
    assert teacher_note.of_visit(desk, visit).move_1 == SECRET


def test_a_note_stays_on_its_laptop_whatever_is_given_away(desk: Desk, tmp_path: Path) -> None:
    note = noted(desk)
    assert note.kind in NEVER_SHARED
    assert note.id not in desk.store.unshared(desk.walk_id)
    everything = [note.id, *desk.store.unshared(desk.walk_id)]
    desk.store.publish(desk.by(), "all of it", everything, everyone=True)
    pack = give(desk, tmp_path, "pack")
    with zipfile.ZipFile(pack) as archive:
        inside = b"".join(archive.read(one) for one in archive.namelist())
    assert b"zanzibar" not in inside
    assert b"teacher_note" not in inside
    with desk_at(tmp_path / "other.walkdb") as other:
        take(other, pack)
        assert not other.store.all(TeacherNote, desk.walk_id)
    for key in ("summary", "agenda", "debrief", "visit:V1", "data"):
        form = "csv" if key == "data" else "text"
        assert b"zanzibar" not in letters.data(desk, key, form)


def test_a_note_is_undone_and_redone_like_anything_else(desk: Desk) -> None:
    note = noted(desk)
    teacher_note.change(desk, note, wants_next="to see it done")
    assert desk.undo(teacher_note.STAGE) == "teacher note changed"
    assert not teacher_note.of_visit(desk, the_visit(desk, "V1")).wants_next
    assert desk.redo(teacher_note.STAGE)
    assert teacher_note.of_visit(desk, the_visit(desk, "V1")).wants_next == "to see it done"


def test_a_note_goes_with_the_raw_notes(desk: Desk, tmp_path: Path) -> None:
    noted(desk)
    assert "teacher_note" not in STAYS
    assert "1 teacher note" in " ".join(purge.view(desk).in_words(whole=False, ask=False))
    path = desk.store.path
    purge.purge(desk)
    assert not desk.store.all(TeacherNote, desk.walk_id)
    assert says(path, "zanzibar") == []
    with pytest.raises(Refused, match="purged"):
        teacher_note.ask(desk, the_visit(desk, "V1"), asked=True)


def test_a_note_holds_noticings_of_its_own_visit_alone(desk: Desk) -> None:
    note = noted(desk)
    (mine,) = teacher_note.may_pick(desk, the_visit(desk, "V1"))
    (other, *_) = teacher_note.may_pick(desk, the_visit(desk, "V3"))
    picked = teacher_note.pick(desk, note, mine)
    assert "S1 points to line 4" in text_of(desk, "note:V1")
    with pytest.raises(Refused, match="another classroom"):
        teacher_note.pick(desk, picked, other)
    assert not teacher_note.pick(desk, picked, mine).noticings
    said = text_of(desk, "note:V1")
    for elsewhere in ("T waits 6 s", "14 of 22", "evidence in", "trend"):
        assert elsewhere not in said


def test_another_laptop_picks_from_its_own_notes(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as laptops:
        lead, ana = laptops.lead, laptops.ana
        write_form(ana, "V1", "S1 points")
        write_form(lead, "V1", "T waits")
        meet(lead, ana)
        visit = the_visit(ana, "V1")
        assert [one.words for one in teacher_note.may_pick(ana, visit)] == ["S1 points"]
        assert len(teacher_note.may_pick(lead, visit)) == 2


def test_on_a_shared_laptop_each_sees_their_own_note(desk: Desk) -> None:
    noted(desk)
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    assert teacher_note.notes(desk) == []
    assert "note:V1" not in [one.key for one in letters.reports(desk)]


def test_dates_of_a_note_are_dates_or_nothing(desk: Desk) -> None:
    note = noted(desk)
    changed = teacher_note.change(desk, note, talked_on="2025-10-20", talked_with="the coach")
    assert "on 20 October 2025 with the coach." in text_of(desk, "note:V1")
    assert teacher_note.change(desk, changed, talked_on=" ").talked_on == ""
    with pytest.raises(WalkError, match="soon"):
        teacher_note.change(desk, note, talked_on="soon")


def test_no_field_of_a_note_rates_or_names_anyone() -> None:
    fields = set(RECORDS["teacher_note"].field_names()) - {"id", "walk"}
    assert fields == {
        "visit", "asked", "move_1", "effect_1", "move_2", "effect_2", "move_3", "effect_3",
        "noticings", "wondering_1", "wondering_2", "response", "wants_next", "talked_on",
        "talked_with", "shown_on", "copies",
    }  # fmt: skip
