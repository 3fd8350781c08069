"""Paper and shared laptops: who writes, what is hidden, what is typed for whom, times by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from walk.errors import Refused
from walk.model import Form, Note
from walk.routine import summary, writing
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import prepare
from walk.routine.visiting import paper, visit, write
from walk.routine.waiting import unsaved


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Ben's laptop, on a walk with Ana and Ben."""
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        prepare.give_label(made, made.walkers()[0], "Ben")
        prepare.add_walker(made, "Ana")
        yield made


def walker(desk: Desk, label: str) -> str:
    found = writing.called(desk.walkers(), label)
    assert found is not None
    return found.id


def typed(desk: Desk, line: str, code: str = "V1") -> Note:
    """A note from paper on the form of the one who writes."""
    form = write.form_for(desk, the_visit(desk, code))
    return visit.add_note(desk, form, line, from_paper=True, timed=True).note


def form_of(desk: Desk, code: str = "V1") -> Form:
    found = visit.form_of(desk, the_visit(desk, code))
    assert found is not None
    return found


# Typed for somebody


def test_a_note_typed_for_somebody_says_who_typed_it_and_can_be_edited_here(desk: Desk) -> None:
    desk.write_as(walker(desk, "Ana"))
    note = typed(desk, "S1 read aloud")
    assert writing.typed_words(desk, note) == "typed by Ben"
    held = desk.store.held(Note, note.id)
    assert held is not None
    assert held.author == walker(desk, "Ana")
    changed = visit.reword(desk, note, "S1 read it aloud").note
    assert writing.typed_words(desk, changed) == "typed by Ben"


def test_ones_own_note_is_typed_by_nobody_else(desk: Desk) -> None:
    assert writing.typed_words(desk, typed(desk, "S1 read aloud")) == ""


# From paper, with times where they are given


@pytest.mark.parametrize(
    ("line", "seconds", "words"),
    [
        ("T: say more", None, "T: say more"),
        ("4:30 T: say more", 270, "T: say more"),
        ("? 4:30 what do they reach for", 270, "what do they reach for"),
        ("14 of 22 wrote", None, "14 of 22 wrote"),
    ],
)
def test_a_note_from_paper_has_the_time_that_stands_in_front(
    desk: Desk, line: str, seconds: int | None, words: str
) -> None:
    note = typed(desk, line)
    assert (note.at_s, note.text, note.from_paper) == (seconds, words, True)
    assert note.position_s is None


def test_a_time_of_day_is_counted_from_entering_once_that_is_known(desk: Desk) -> None:
    form = write.form_for(desk, the_visit(desk, "V1"))
    paper.give_times(desk, form, "9:02", "9:15")
    assert typed(desk, "9:05 T: say more").at_s == 180
    assert typed(desk, "4:30 T: say more").at_s == 270


def test_times_are_given_by_hand_and_taken_away_again(desk: Desk) -> None:
    form = write.form_for(desk, the_visit(desk, "V1"))
    given = paper.give_times(desk, form, "9:02", "09.15")
    assert paper.times_of(given) == ("9:02", "9:15")
    assert given.left_after_s == 13 * 60
    assert visit.under_way(desk) is None
    assert paper.on_paper(desk, given)
    paper.give_times(desk, given, "", " ")
    assert paper.times_of(form_of(desk)) == ("", "")
    desk.undo(visit.STAGE)
    assert paper.times_of(form_of(desk)) == ("9:02", "9:15")


@pytest.mark.parametrize(
    ("entered", "left"),
    [("9:02", ""), ("", "9:15"), ("9:15", "9:02"), ("25:00", "26:00"), ("x", "y")],
)
def test_half_a_time_or_a_wrong_one_is_refused(desk: Desk, entered: str, left: str) -> None:
    form = write.form_for(desk, the_visit(desk, "V1"))
    with pytest.raises(Refused):
        paper.give_times(desk, form, entered, left)
    assert desk.store.get(Form, form.id) is None


@pytest.mark.parametrize(
    ("entered", "left", "told"),
    [
        ("9:15", "9:02", "The room was left at 9:02, not after it was entered at 9:15."),
        ("23:50", "0:10", "The room was left at 0:10, not after it was entered at 23:50."),
        ("8:00", "21:00", "From 8:00 to 21:00 is longer than any visit."),
    ],
)
def test_times_that_cannot_be_are_told_as_they_are(
    desk: Desk, entered: str, left: str, told: str
) -> None:
    form = write.form_for(desk, the_visit(desk, "V1"))
    with pytest.raises(Refused) as refused:
        paper.give_times(desk, form, entered, left)
    assert refused.value.message == told


def test_a_form_from_paper_stays_one_over_a_restart(desk: Desk, tmp_path: Path) -> None:
    form = write.form_for(desk, the_visit(desk, "V1"))
    assert paper.on_paper(desk, form)
    paper.give_times(desk, form, "9:02", "9:15")
    with desk_at(tmp_path / "one.walkdb") as again:
        assert paper.on_paper(again, form_of(again))
        paper.set_paper(again, form_of(again), False)
    assert not paper.on_paper(desk, form_of(desk))


def test_a_form_from_paper_tells_no_minutes_after_leaving(desk: Desk) -> None:
    ana = walker(desk, "Ana")
    paper.begin(desk, ana, the_visit(desk, "V1"))
    typed(desk, "S1 read aloud")
    form = paper.give_times(desk, form_of(desk), "7:02", "7:15")
    assert write.finish(desk, form).finished_after_min is None


def test_forms_are_typed_up_in_a_row_and_the_own_walker_writes_again(desk: Desk) -> None:
    ben, ana = walker(desk, "Ben"), walker(desk, "Ana")
    form = paper.begin(desk, ana, the_visit(desk, "V2"), "closing")
    assert (desk.label, form.part) == ("Ana", "closing")
    typed(desk, "S1 read aloud", "V2")
    assert [(one.name, one.state) for one in paper.walkers(desk)] == [("Ana", "V2"), ("Ben", "")]
    states = {one.name: one.state for one in paper.visits(desk, ana)}
    assert states == {"V1": "", "V2": "begun", "V3": ""}
    assert paper.end(desk) == "Ben"
    assert desk.me == ben


def test_who_was_chosen_meanwhile_goes_on_writing(desk: Desk) -> None:
    paper.begin(desk, walker(desk, "Ana"), the_visit(desk, "V2"))
    cleo = prepare.add_walker(desk, "Cleo")
    desk.write_as(cleo.id)
    assert paper.end(desk) == "Cleo"


def test_a_walker_who_is_in_the_room_writes_no_paper_form_about_it(desk: Desk) -> None:
    visit.enter(desk, the_visit(desk, "V1"))
    with pytest.raises(Refused, match="is in V1"):
        paper.begin(desk, desk.me, the_visit(desk, "V1"))


# What another wrote


def _unfinished(desk: Desk) -> Note:
    """Something of Ana's on Ben's laptop that she has not shared; Ben writes again."""
    desk.write_as(walker(desk, "Ana"))
    note = typed(desk, "S1 read to the class")
    desk.keep_draft(visit.line_place(desk, the_visit(desk, "V1")), "half a line of Ana's")
    desk.write_as(desk.own_walker())
    return note


def test_what_another_has_not_shared_counts_for_them_alone(desk: Desk) -> None:
    typed(desk, "Ben's own words")
    _unfinished(desk)
    assert sum(count for *_, count in writing.note_counts(desk)) == 1
    assert summary.facts(desk).noticings == 1
    assert summary.facts(desk).unshared_notes == 1
    assert steps.close(desk, reason="no time").noticings == 1
    desk.write_as(walker(desk, "Ana"))
    assert summary.facts(desk).noticings == 1
    write.finish(desk, form_of(desk))
    desk.write_as(desk.own_walker())
    assert summary.facts(desk).noticings == 2
    assert summary.facts(desk).unshared_notes == 0


def test_what_another_has_not_shared_is_nowhere_shown(desk: Desk) -> None:
    note = _unfinished(desk)
    assert all(view.note.id != note.id for view in debrief.table(desk).pool)
    told = [one for one in unsaved(desk)]
    assert [one.words for one in told] == [""]
    assert "Ana" in told[0].where
    assert visit.forms(desk) == []
    assert desk.undo(visit.STAGE) is None
    assert desk.store.get(Note, note.id) is not None


def test_imported_notes_count_though_nobody_shared_them(desk: Desk) -> None:
    note = Note(
        id=desk.new_id(),
        walk=desk.walk_id,
        visit=the_visit(desk, "V1").id,
        form="ab" * 16,
        text="from a table",
    )
    desk.save("import", "imported", note, author=walker(desk, "Ana"))
    assert summary.facts(desk).noticings == 1
    assert summary.facts(desk).unshared_notes == 0
