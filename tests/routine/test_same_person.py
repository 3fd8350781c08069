"""Same person or two: asked once, answered for all laptops, and everywhere shown as answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.three import Three, code, form_at, give, meet, note_on, three_laptops, wrote
from walk.errors import Refused
from walk.model import Form, Note, Walker, form_id
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk
from walk.routine.exchanging import collect, share
from walk.routine.home import home
from walk.routine.planning import prepare, roster
from walk.routine.settling import conflicts, same_person
from walk.routine.settling.same_person import Question
from walk.routine.summary import facts, missing_walkers
from walk.routine.visiting import visit, write
from walk.routine.writing import called


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with three_laptops(tmp_path) as made:
        yield made


def asked(desk: Desk) -> Question:
    """The only question on a laptop."""
    (found,) = same_person.open_questions(desk)
    return found


def labels(desk: Desk) -> list[str]:
    return [one.label for one in desk.walkers()]


def authors(desk: Desk) -> dict[str, str]:
    """The label of each note's author, by the note's words."""
    held = desk.store.all(Note, desk.walk_id)
    found = {}
    for one in held:
        walker = desk.store.get(Walker, one.author)
        assert walker is not None
        found[one.record.text] = walker.label
    return found


@pytest.fixture
def other(three: Three) -> Desk:
    """A second laptop that joined as Ana; both wrote about V1, the second about V2 as well."""
    wrote(three.ana, "by the one")
    second = three.joined("ANA", 7, name="other")
    assert second.me == three.ana.me
    wrote(second, "by the other")
    wrote(second, "by the other, next door", "V2")
    for desk in (three.ana, second):
        write.finish(desk, form_at(desk))
    return second


# Asking


def test_nothing_is_asked_while_each_label_is_used_once(three: Three) -> None:
    for desk in (three.lead, three.ana, three.ben):
        wrote(desk, "something")
    meet(three.lead, three.ana, three.ben)
    assert same_person.open_questions(three.lead) == []


def test_a_label_on_two_laptops_is_asked_about_once(three: Three, other: Desk) -> None:
    give(three.ana, three.lead)
    assert same_person.open_questions(three.lead) == []
    give(other, three.lead)
    question = asked(three.lead)
    assert question.words == "“Ana” was used twice. Same person, or two people?"
    told = f"{question.one.words} {question.two.words}"
    assert "wrote about V1, V2" in told
    assert told.count("wrote about") == 2
    assert same_person.to_ask(three.lead) == [question]
    assert same_person.to_ask(three.lead) == []
    assert asked(three.lead) == question


def test_a_note_typed_for_somebody_asks_nothing(three: Three) -> None:
    wrote(three.ana, "by Ana")
    three.ben.write_as(three.ana.me)
    wrote(three.ben, "by Ana, on Ben's laptop")
    three.ben.write_as(three.ben.own_walker())
    meet(three.lead, three.ana, three.ben)
    assert same_person.open_questions(three.lead) == []


def test_both_laptops_ask_the_same_question(three: Three, other: Desk) -> None:
    meet(three.lead, three.ana, other)
    assert {asked(desk).id for desk in (three.lead, three.ana, other)} == {asked(other).id}


# One person


def test_one_person_on_two_laptops_is_not_asked_about_again_anywhere(
    three: Three, other: Desk
) -> None:
    meet(three.lead, three.ana, other)
    same_person.same(three.lead, asked(three.lead))
    meet(three.lead, three.ana, other)
    for desk in (three.lead, three.ana, other):
        assert same_person.open_questions(desk) == []
        assert labels(desk) == ["Ana", "Ben", "Lea"]


def test_an_answer_is_undone(three: Three, other: Desk) -> None:
    meet(three.lead, three.ana, other)
    question = asked(three.lead)
    same_person.same(three.lead, question)
    assert three.lead.undo(same_person.STAGE) == "Ana: the same person"
    assert asked(three.lead) == question


def _two_records(three: Three) -> None:
    """Ana chose another label; on Ben's laptop someone new took the one she had."""
    wrote(three.ana, "as Ana")
    roster.change(
        three.lead,
        called(three.lead.walkers(), "Ana") or Walker(id="", walk="", label="A"),
        label="Anna",
    )
    zoe = prepare.add_walker(three.ben, "Zoe")
    three.ben.become(zoe.id)
    wrote(three.ben, "as Zoe", "V2")
    roster.change(three.ben, zoe, label="anna")
    meet(three.lead, three.ana, three.ben)


def test_two_records_of_one_person_are_shown_as_one(three: Three) -> None:
    _two_records(three)
    assert len([one for one in labels(three.lead) if one.casefold() == "anna"]) == 2
    same_person.same(three.lead, asked(three.lead))
    meet(three.lead, three.ana, three.ben)
    for desk in (three.lead, three.ana, three.ben):
        assert [one.casefold() for one in labels(desk)] == ["anna", "ben", "lea"]
        assert set(missing_walkers(desk)) == {"Ben", "Lea"}
        assert same_person.open_questions(desk) == []
    assert {desk.person(desk.me) for desk in (three.ana, three.ben)} == {
        called(three.lead.walkers(), "anna").id  # type: ignore[union-attr]
    }


def test_one_person_finds_their_forms_of_both_records_on_either_laptop(three: Three) -> None:
    _two_records(three)
    same_person.same(three.lead, asked(three.lead))
    meet(three.lead, three.ana, three.ben)
    for desk in (three.ana, three.ben):
        assert {one.visit for one in visit.forms(desk)} == {code(desk, "V1"), code(desk, "V2")}
        assert visit.form_of(desk, visit.find(desk, code(desk, "V1"))) is not None
        states = {line.visit.code: line.state for line in home.overview(desk).visits}
        assert "visited by others" not in states.values()


def test_two_records_of_two_people_get_two_labels(three: Three) -> None:
    _two_records(three)
    question = asked(three.lead)
    same_person.two_people(three.lead, question, question.two, "Anna K.")
    assert same_person.open_questions(three.lead) == []
    assert sorted(labels(three.lead)) in (
        ["Anna", "Anna K.", "Ben", "Lea"],
        ["Anna K.", "Ben", "Lea", "anna"],
    )


def test_a_label_that_is_taken_is_refused_in_any_case(three: Three, other: Desk) -> None:
    meet(three.lead, three.ana, other)
    question = asked(three.lead)
    for label in ("ben", " BEN ", ""):
        with pytest.raises(Refused):
            same_person.two_people(three.lead, question, question.two, label)


# Two people


def _split(three: Three, other: Desk) -> None:
    """The lead answers that the second laptop is another person's."""
    meet(three.lead, three.ana, other)
    question = asked(three.lead)
    theirs = next(
        side for side in (question.one, question.two) if side.laptop == other.store.device
    )
    same_person.two_people(three.lead, question, theirs, "Anna K.")


def test_two_people_get_their_own_notes_and_forms(three: Three, other: Desk) -> None:
    _split(three, other)
    desk = three.lead
    assert authors(desk) == {
        "by the one": "Ana",
        "by the other": "Anna K.",
        "by the other, next door": "Anna K.",
    }
    new = called(desk.walkers(), "anna k.")
    assert new is not None
    forms = {(one.record.walker, one.record.visit) for one in desk.store.all(Form, desk.walk_id)}
    v1, v2 = code(desk, "V1"), code(desk, "V2")
    assert forms == {(three.ana.me, v1), (new.id, v1), (new.id, v2)}
    assert conflicts.waiting(desk) == []
    own = desk.store.all(Note, desk.walk_id, parent=form_id(desk.walk_id, v1, new.id))
    assert [one.record.text for one in own] == ["by the other"]
    assert same_person.open_questions(desk) == []
    assert facts(desk).missing_walkers == ("Ben", "Lea")


def test_two_people_travel_and_the_other_laptop_writes_as_its_own(
    three: Three, other: Desk
) -> None:
    other.keep_draft(visit.line_place(other, visit.find(other, code(other, "V2"))), "half a line")
    _split(three, other)
    give(three.lead, other)
    wrote_before = same_person.settle_known(other)
    assert wrote_before.startswith("Anna K.")
    assert other.label == "Anna K."
    (draft,) = other.store.drafts(other.walk_id)
    assert draft.place == visit.line_place(other, visit.find(other, code(other, "V2")))
    assert draft.author == other.me
    wrote(other, "from then on", "V2")
    meet(three.lead, three.ana, other)
    for desk in (three.lead, three.ana, other):
        assert same_person.settle_known(desk) == ""
        assert authors(desk)["from then on"] == "Anna K."
        assert len(visit.forms(desk)) == {three.lead: 0, three.ana: 1, other: 2}[desk]
        assert conflicts.waiting(desk) == []
        assert same_person.open_questions(desk) == []


def test_what_came_before_they_knew_goes_along_at_the_next_collect(
    three: Three, other: Desk
) -> None:
    _split(three, other)
    wrote(other, "not knowing it yet", "V2")
    give(other, three.lead)
    assert authors(three.lead)["not knowing it yet"] == "Ana"
    assert same_person.open_questions(three.lead) == []
    assert "Anna K." in same_person.settle_known(three.lead)
    assert authors(three.lead)["not knowing it yet"] == "Anna K."
    assert same_person.settle_known(three.lead) == ""


def test_two_people_are_undone_as_one_act(three: Three, other: Desk) -> None:
    meet(three.lead, three.ana, other)
    before = (authors(three.lead), labels(three.lead), len(conflicts.waiting(three.lead)))
    _split(three, other)
    three.lead.undo(same_person.STAGE)
    after = (authors(three.lead), labels(three.lead), len(conflicts.waiting(three.lead)))
    assert after == before
    assert asked(three.lead)


def test_on_the_others_own_laptop_an_undo_lets_it_write_as_before(
    three: Three, other: Desk
) -> None:
    meet(three.lead, three.ana, other)
    question = asked(other)
    mine = next(side for side in (question.one, question.two) if side.laptop == other.store.device)
    before = other.me
    place = f"visit:{form_at(other).id}"
    other.keep_draft(place, "half a line")
    same_person.two_people(other, question, mine, "Anna K.")
    assert (other.label, other.me != before) == ("Anna K.", True)
    assert other.draft(place) is None  # it went along
    assert other.undo(same_person.STAGE) is not None
    same_person.taken_back(other)
    assert (other.label, other.me) == ("Ana", before)
    (draft,) = other.store.drafts(other.walk_id)
    assert (draft.place, draft.text, draft.author) == (place, "half a line", before)


def test_what_was_typed_is_not_put_over_what_is_typed_there_now(three: Three, other: Desk) -> None:
    meet(three.lead, three.ana, other)
    question = asked(other)
    mine = next(side for side in (question.one, question.two) if side.laptop == other.store.device)
    place = f"visit:{form_at(other).id}"
    other.keep_draft(place, "half a line")
    same_person.two_people(other, question, mine, "Anna K.")
    other.undo(same_person.STAGE)
    other.keep_draft(place, "another half")
    same_person.taken_back(other)
    assert sorted(one.text for one in other.store.drafts()) == ["another half", "half a line"]


def test_a_note_of_the_other_that_is_told_differently_waits_for_its_settling(
    three: Three, other: Desk
) -> None:
    meet(three.lead, three.ana, other)
    note = next(
        one.record
        for one in three.lead.store.all(Note, three.lead.walk_id)
        if one.record.text == "by the other"
    )
    visit.reword(other, note_on(other, note.id), "by the other, here")
    visit.reword(three.ana, note_on(three.ana, note.id), "by the other, there")
    give(other, three.lead)
    give(three.ana, three.lead)
    _split(three, other)
    found = next(one for one in conflicts.waiting(three.lead) if one.kind == "note")
    assert len(found.sides) == 2
    conflicts.keep(three.lead, found, 1)
    same_person.settle_known(three.lead)
    held = three.lead.store.held(Note, note.id)
    assert held is not None
    assert held.author != three.ana.me


# Label look-ups


def test_labels_are_found_in_any_case_and_made_only_once(three: Three) -> None:
    assert prepare.add_walker(three.lead, " ana ").id == three.ana.me
    with pytest.raises(Refused, match="on the roster already"):
        roster.add(three.lead, "ANA, Ben")
    assert [one.label for one in roster.add(three.lead, "Cleo, cleo, DAN")] == ["Cleo", "DAN"]
    with pytest.raises(Refused, match="Another walker"):
        prepare.give_label(three.lead, three.lead.walkers()[0], "BEN")


def test_the_debrief_counts_classrooms_whoever_wrote(three: Three, other: Desk) -> None:
    _split(three, other)
    conflicts.give(three.lead)
    assert len(debrief.table(three.lead).pool) == 3


def test_a_collect_tells_what_is_asked_and_carries_out_what_was_answered(
    three: Three, other: Desk, tmp_path: Path
) -> None:
    packs = []
    for number, desk in enumerate((three.ana, other)):
        packs.append(tmp_path / f"{number}.walk")
        share.share(desk, packs[-1])
    told = collect.collect(three.lead, packs).to_know
    assert any("Same person, or two people?" in one for one in told)
    _split(three, other)
    share.share(three.lead, tmp_path / "lead.walk")
    told = collect.collect(other, [tmp_path / "lead.walk"]).to_know
    assert any("Anna K.: a label of their own" in one for one in told)
    assert other.label == "Anna K."
