"""The door without a screen: what waits, what goes on, what is printed, and who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, texts, the_visit, write_form
from tests.names import known_names  # noqa: F401
from walk.errors import Refused
from walk.language.names import Find
from walk.model import Form, NoPerson, Note, Theme, plain_words
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.exchanging import collect
from walk.routine.exchanging import join as joining
from walk.routine.exchanging import share as sharing
from walk.routine.following import steps
from walk.routine.home.home import overview
from walk.routine.importing.take_in import import_table
from walk.routine.planning import prepare
from walk.routine.summary import FORMATS, LEFT_OUT, facts, left_out, render
from walk.routine.visiting import door, hall, visit, write
from walk.routine.visiting.door import AtDoor


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        prepare.give_label(made, made.walkers()[0], "Ana")
        yield made


def team(desk: Desk) -> list[str]:
    """The texts that the team has, sorted."""
    return sorted(one.record.text for one in desk.store.all(Note, desk.walk_id) if one.shared)


def first(stands: list[AtDoor]) -> tuple[AtDoor, Find]:
    return stands[0], stands[0].finds[0]


def words(stands: list[AtDoor]) -> list[str]:
    return [find.words for one in stands for find in one.finds]


def from_paper(desk: Desk, code: str, *lines: str) -> Form:
    """A form that is not finished yet."""
    form = write.form_for(desk, the_visit(desk, code))
    for line in lines:
        visit.add_note(desk, form, line, from_paper=True)
    return form


# The pool


def test_finishing_shares_what_holds_no_name_and_the_rest_waits(desk: Desk) -> None:
    form = write_form(desk, "V1", "S1 points", "Ms Ortiz waits", "Odysseus is read")
    assert team(desk) == ["Odysseus is read", "S1 points"]
    assert words(write.at_door(desk, form)) == ["Ms Ortiz"]
    assert door.told(write.at_door(desk, form)) == "1 note waits here: “Ms Ortiz” looks like a name"
    assert form.finished_at is not None
    assert texts(desk) == ["Ms Ortiz waits", "Odysseus is read", "S1 points"]  # in the own pool


def test_what_is_only_a_maybe_is_named_and_stops_nothing(desk: Desk) -> None:
    form = write_form(desk, "V1", "Odysseus is read")
    assert write.at_door(desk, form) == []
    (found,) = door.open_finds(desk, visit.notes(desk, form))
    assert (words([found]), found.waits) == (["Odysseus"], False)


def test_no_person_holds_for_the_whole_walk_in_any_case_and_is_undone(desk: Desk) -> None:
    one = write_form(desk, "V1", "Ms Frizzle drives the bus")
    two = write_form(desk, "V2", "they read ms  frizzle")
    assert door.no_person(desk, "MS Frizzle ")
    assert write.at_door(desk, one) == write.at_door(desk, two) == []
    assert not door.no_person(desk, "ms frizzle")
    assert desk.undo(door.STAGE) == "no person: “MS Frizzle”"
    assert len([*write.at_door(desk, one), *write.at_door(desk, two)]) == 2
    assert desk.redo(door.STAGE)
    assert write.share_again(desk, two) == 1
    assert team(desk) == ["they read ms  frizzle"]


@pytest.mark.parametrize("said", ["", "  ", "x" * 201, "a\0b"])
def test_words_that_clear_nothing_are_refused(desk: Desk, said: str) -> None:
    with pytest.raises(Refused):
        door.no_person(desk, said)


@pytest.mark.parametrize(
    ("line", "after", "shown"),
    [
        ("Ms Ortiz waits 5 s", "T waits 5 s", "T waits 5 s"),
        ("#2 Ms Ortiz waits", "#2 T waits", "T waits"),
        ("they ask Ms Ortiz  #2", "they ask T  #2", "they ask T"),
        ("back to rm 214", "back to V1", "back to V1"),
    ],
)
def test_an_offer_is_put_in_place_and_the_mark_stays(
    desk: Desk, line: str, after: str, shown: str
) -> None:
    form = write_form(desk, "V1", line)
    stands = write.at_door(desk, form)
    before = stands[0].record
    door.take_offer(desk, *first(stands))
    (held,) = visit.notes(desk, form)
    assert (held.record.text, held.record.words, held.author) == (after, shown, desk.me)
    assert isinstance(before, Note)
    assert held.record.look_for == before.look_for
    assert write.at_door(desk, form) == []
    desk.undo(door.STAGE)
    assert visit.notes(desk, form)[0].record == before


def test_what_becomes_speech_by_an_offer_is_speech(desk: Desk) -> None:
    form = write_form(desk, "V1", "Ms Ortiz: say more")
    door.take_offer(desk, *first(write.at_door(desk, form)))
    assert visit.notes(desk, form)[0].record.speech


def test_an_offer_for_words_that_were_changed_meanwhile_is_refused(desk: Desk) -> None:
    form = write_form(desk, "V1", "Ms Ortiz waits")
    stands = write.at_door(desk, form)
    note = visit.notes(desk, form)[0].record
    visit.reword(desk, note, "Ms Ortiz waits 5 s")
    with pytest.raises(Refused, match="changed meanwhile"):
        door.take_offer(desk, *first(stands))


def test_what_is_clear_goes_through_and_the_rest_waits(desk: Desk) -> None:
    form = write_form(desk, "V1", "Ms Ortiz waits", "Mr Bell asks")
    stood = write.at_door(desk, form)
    door.take_offer(desk, *first(stood))
    assert door.let_through(desk, stood) == 1
    assert team(desk) == ["T waits"]
    assert words(write.at_door(desk, form)) == ["Mr Bell"]
    assert door.let_through(desk, stood) == 0


def test_a_later_wording_with_a_name_leaves_the_team_the_one_before(desk: Desk) -> None:
    form = write_form(desk, "V1", "T waits")
    visit.reword(desk, visit.notes(desk, form)[0].record, "Ms Ortiz waits")
    assert write.share_again(desk, form) == 0
    assert debrief.table(desk).pool[0].words == "T waits"


def test_a_withdrawn_note_is_shared_as_withdrawn_whatever_it_said(desk: Desk) -> None:
    form = write_form(desk, "V1", "T waits", "S1 points")
    note = visit.notes(desk, form)[0].record
    visit.withdraw(desk, visit.reword(desk, note, "Ms Ortiz waits").note)
    assert write.share_again(desk, form) == 1


def test_labels_of_the_roster_wait_but_me_is_a_word(tmp_path: Path) -> None:
    with desk_at(tmp_path / "two.walkdb") as desk:
        begin_small(desk)
        prepare.add_walker(desk, "Ben")
        form = write_form(desk, "V1", "tell me more", "Ben saw it too")
        assert words(write.at_door(desk, form)) == ["Ben"]


def test_hall_talk_waits_field_by_field_and_note_by_note(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    talk = hall.begin(desk, the_visit(desk, "V1"))
    hall.add_note(desk, talk, "3 of 5 pairs wrote")
    hall.add_note(desk, talk, "Mr Bell was asked")
    talk = hall.say(desk, talk, look_next="ask Ms Ortiz")
    talk = hall.finish(desk, talk)
    assert sorted(words(hall.at_door(desk, talk))) == ["Mr Bell", "Ms Ortiz"]
    assert team(desk) == ["3 of 5 pairs wrote", "S1 points"]
    stood = door.waiting_here(desk)
    for one in stood:
        door.take_offer(desk, *first([one]))
    assert door.let_through(desk, stood) == 2
    assert hall.unshared(desk, talk) == 0
    assert {one.author for one in hall.notes(desk, talk)} == {""}


# Home


def test_home_says_what_waits_before_the_debrief(desk: Desk) -> None:
    write_form(desk, "V1", "Ms Ortiz waits", "rm 214")
    assert "2 notes wait: likely names" in [one.words for one in overview(desk).also]
    for code in ("V2", "V3"):
        write_form(desk, code)
    found = overview(desk).next
    assert found is not None
    assert (found.screen, found.words) == ("door", "2 notes wait: likely names")
    door.no_person(desk, "ms ortiz", "rm 214")
    assert "door" not in [one.screen for one in (overview(desk).next, *overview(desk).also) if one]


def test_a_form_that_is_not_finished_is_not_at_the_door(desk: Desk) -> None:
    from_paper(desk, "V1", "Ms Ortiz waits")
    assert door.waiting_here(desk) == []


def test_another_walkers_private_words_are_shown_to_nobody_else(desk: Desk, tmp_path: Path) -> None:
    ana = desk.me
    write_form(desk, "V1", "Mr Bell asks")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    assert door.waiting_here(desk) == []
    waiting = sharing.share(desk, tmp_path / "x.walk").waiting
    assert door.told(waiting) == "1 waits here for another walker"
    with pytest.raises(Refused):
        door.take_offer(desk, *first(list(waiting)))
    desk.write_as(ana)
    assert words(door.waiting_here(desk)) == ["Mr Bell"]


# Packs


def packed(desk: Desk, folder: Path) -> tuple[list[str], list[AtDoor]]:
    """The texts that a pack of this desk brings to an empty laptop, and what waited."""
    shared = sharing.share(desk, folder / "own.walk")
    with desk_at(folder / f"{desk.new_id()}.walkdb") as other:
        receipt = collect.collect(other, [folder / "own.walk"])
        assert receipt.missing_numbers == ()
        return texts(other), list(shared.waiting)


def test_a_pack_holds_no_note_that_waits_and_says_which(desk: Desk, tmp_path: Path) -> None:
    form = from_paper(desk, "V1", "S1 points", "ask a@b.org", "Ms Ortiz waits")
    sent, waits = packed(desk, tmp_path)
    assert sent == ["S1 points"]
    assert sorted(words(waits)) == ["Ms Ortiz", "a@b.org"]
    assert write.form_for(desk, the_visit(desk, "V1")).finished_at is not None
    door.no_person(desk, *words(waits))
    assert packed(desk, tmp_path) == (["Ms Ortiz waits", "S1 points", "ask a@b.org"], [])
    assert write.unshared(desk, form) == 0


def test_imported_rows_come_in_and_wait_when_packed(desk: Desk, tmp_path: Path) -> None:
    table = tmp_path / "notes.csv"
    table.write_text(
        "visit,at,kind,look_for,text,walker\nV1,60,noticing,,Ms Ortiz waits,Ben\n"
        "V1,90,noticing,,S1 points,Ben\n",
        "utf-8",
    )
    taken = import_table(desk, table, into=desk.walk_id)
    assert (taken.added, taken.already_here, taken.refused) == (2, 0, [])
    sent, waits = packed(desk, tmp_path)
    assert (sent, words(waits)) == (["S1 points"], ["Ms Ortiz"])
    again = import_table(desk, table, into=desk.walk_id)
    assert (again.added, again.already_here) == (0, 2)
    door.take_offer(desk, *first(waits))
    assert packed(desk, tmp_path) == (["S1 points", "T waits"], [])


def test_two_laptops_that_clear_the_same_words_agree(desk: Desk, tmp_path: Path) -> None:
    sharing.share(desk, tmp_path / "plan.walk", plan_only=True)
    with desk_at(tmp_path / "ben.walkdb") as ben:
        joining.join(ben, tmp_path / "plan.walk", "Ana")
        for one in (desk, ben):
            door.no_person(one, "Ms Frizzle")
            sharing.share(one, tmp_path / f"{one is desk}.walk")
        collect.collect(desk, [tmp_path / "False.walk"])
        assert desk.store.conflicts(desk.walk_id) == []
        assert [one.record.words for one in desk.store.all(NoPerson, desk.walk_id)] == [
            "ms frizzle"
        ]
        assert door.cleared(desk) == {"ms frizzle"}


def test_of_two_wordings_neither_goes_on_while_one_names_somebody(
    desk: Desk, tmp_path: Path
) -> None:
    form = write_form(desk, "V1", "T waits")
    note = visit.notes(desk, form)[0].record
    sharing.share(desk, tmp_path / "own.walk")
    with desk_at(tmp_path / "ben.walkdb") as ben:
        collect.collect(ben, [tmp_path / "own.walk"])
        for line in ("T waits 4 s", "T waits 5 s"):  # the later one is shown everywhere
            visit.reword(ben, ben.store.all(Note, ben.walk_id)[0].record, line)
            sharing.share(ben, tmp_path / "ben.walk")
    visit.reword(desk, note, "Ms Ortiz waits")
    collect.collect(desk, [tmp_path / "ben.walk"])
    assert visit.notes(desk, form)[0].record.text == "T waits 5 s"
    assert words(write.at_door(desk, form)) == ["Ms Ortiz"]
    _, waits = packed(desk, tmp_path)
    assert words(waits) == ["Ms Ortiz"]
    sent = {one.body for one in desk.store.published(desk.walk_id, ("note",))}
    assert not [body for body in sent if "Ortiz" in body]
    with pytest.raises(Refused):
        door.take_offer(desk, *first(waits))
    door.no_person(desk, "Ms Ortiz")
    assert door.let_through(desk, waits) == 1


def test_trends_steps_themes_and_talk_wait_as_well(desk: Desk, tmp_path: Path) -> None:
    theme, note = stated(desk, "Ms Ortiz presses")
    debrief.rename(desk, theme, "What Ms Ortiz does")
    steps.add(desk, "meet", owner="Mr Bell")
    steps.add(desk, "Ben and Ana plan", owner="Ana")
    prepare.add_walker(desk, "Ben")
    _, waits = packed(desk, tmp_path)
    assert sorted((one.called, find.words) for one in waits for find in one.finds) == [
        ("next step", "Ana"),
        ("next step", "Ben"),
        ("noticing", "rm 214"),
        ("theme", "Ms Ortiz"),
        ("trend", "Ms Ortiz"),
        ("whose next step", "Mr Bell"),
    ]
    assert note in team(desk)


# Print


def stated(desk: Desk, statement: str) -> tuple[Theme, str]:
    """A trend of three classrooms with two examples, one of which names a room."""
    for code in ("V1", "V2"):
        write_form(desk, code, f"S1 points in the lesson of {code}")
    write_form(desk, "V3", "back to rm 214")
    notes = [one.note for one in debrief.table(desk).pool]
    theme = debrief.put_in_new(desk, notes, "Pointing")
    trend = stating.decide(desk, stating.state_trend(desk, theme, statement), "asset")
    for note in sorted(notes, key=lambda one: one.text)[1:]:
        trend = stating.choose_example(desk, trend, note)
    return theme, "S1 points in the lesson of V1"


def test_saving_a_trend_or_step_says_what_will_not_be_printed(desk: Desk) -> None:
    step = steps.add(desk, "Mr Bell plans")
    assert door.not_printed(desk, step).startswith("“Mr Bell” looks like a name: not printed")
    assert door.not_printed(desk, steps.add(desk, "plan one question")) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_what_looks_like_a_name_is_printed_nowhere(desk: Desk, form: str) -> None:
    stated(desk, "Ms Ortiz presses")
    steps.add(
        desk, "Mr Bell plans", level="teacher", owner="ms ortiz", support="a@b.org", design="agreed"
    )
    steps.close(desk, reason="mr bell is ill", next_look="ask Ms Ortiz")
    said = render(facts(desk), form).casefold()
    assert not [one for one in ("ortiz", "bell", "rm 214", "b.org") if one in said]
    assert LEFT_OUT in said
    assert {one.called for one in left_out(desk)} == {
        "trend", "noticing", "next step", "whose next step", "support for a step",
        "reason at closing", "next look",
    }  # fmt: skip


def test_counts_stay_and_what_is_cleared_is_printed(desk: Desk) -> None:
    stated(desk, "Ms Ortiz presses")
    before = facts(desk)
    assert (before.trends, before.noticings, before.visits) == ((), 3, 3)
    door.no_person(desk, *words(left_out(desk)))
    after = facts(desk)
    (trend,) = after.trends
    assert (trend.statement, trend.visits, trend.noticings) == ("Ms Ortiz presses", 3, 3)
    assert "back to rm 214" in trend.examples
    assert (after.noticings, after.visits) == (3, 3)


def test_a_colleagues_words_are_left_out_and_not_reworded_here(desk: Desk, tmp_path: Path) -> None:
    stated(desk, "Students point")
    sharing.share(desk, tmp_path / "own.walk")
    door.no_person(desk, "rm 214")
    sharing.share(desk, tmp_path / "own.walk")
    with desk_at(tmp_path / "lead.walkdb") as lead:
        collect.collect(lead, [tmp_path / "own.walk"])
        assert left_out(lead) == []
        prepare.add_walker(lead, "lesson")  # a label since, so that an example waits
        (found,) = left_out(lead)
        assert words([found]) == ["lesson"]
        with pytest.raises(Refused, match="another walker"):
            door.take_offer(lead, *first([found]))
        assert len(debrief.table(lead).notes) == 3  # nothing is hidden from the debrief


# Words


@given(st.text(), st.text(" \t\n", min_size=1))
def test_plain_words_know_no_case_and_no_spaces(said: str, gap: str) -> None:
    plain = plain_words(said)
    assert plain_words(plain) == plain
    assert plain_words(gap + said.replace(" ", gap + " ")) == plain_words(said)


def test_many_are_counted_and_few_are_named(desk: Desk) -> None:
    form = write_form(desk, "V1", *(f"Mr {one} asks" for one in ("A", "B", "C", "D", "A")))
    assert door.told(write.at_door(desk, form)) == (
        "5 notes wait here: “Mr A”, “Mr B”, “Mr C” and 1 more may tell who or where it was"
    )
