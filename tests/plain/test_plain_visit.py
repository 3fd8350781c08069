"""A visit, a silent write and a hall talk, typed line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts, the_visit, write_form
from tests.plain.talks import minutes, talk
from walk.model import Form, HallTalk, Note
from walk.plain.run import CUT_OFF
from walk.routine.desk import Desk
from walk.routine.home import home
from walk.routine.planning import prepare, rooms
from walk.routine.timekeeping import board
from walk.routine.visiting import visit
from walk.routine.wording import wording


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A small walk of three visits, of one walker."""
    with desk_at(tmp_path / "plain.walkdb") as desk:
        begin_small(desk)
        yield desk


def form(desk: Desk, code: str = "V1") -> Form:
    """The form of a visit, which has to be there."""
    found = visit.form_of(desk, the_visit(desk, code))
    assert found is not None
    return found


def notes(desk: Desk) -> list[Note]:
    """All notes, in the order in which they were begun."""
    return sorted((one.record for one in desk.store.all(Note, desk.walk_id)), key=lambda n: n.id)


def test_a_room_that_the_board_had_entered_counts_from_there(desk: Desk) -> None:
    board.next_phase(desk)
    minutes(desk, 3)()
    said = talk(desk, "visit V1", "S1 reads", "/quit")
    assert "By the board your team entered 3 min ago; the clock goes on." in said.text
    assert "3 of 12 min" in said.text
    assert notes(desk)[0].at_s == 180


def test_what_is_typed_is_a_noticing_and_its_signs_are_read(desk: Desk) -> None:
    said = talk(
        desk,
        "visit V1",
        minutes(desk, 3),
        'T: "Say more about that."',
        "? What do students reach for?",
        "5 of 7 pairs wrote #2",
        "//leave stood on the board",
    )
    first, second, third, fourth = notes(desk)
    assert (first.note_kind, first.speech, first.at_s) == ("noticing", True, 180)
    assert (second.note_kind, second.text) == ("wondering", "What do students reach for?")
    assert third.tally is not None
    assert (third.tally.count, third.tally.of) == (5, 7)
    assert third.look_for == prepare.look_fors(desk)[1].id
    assert fourth.text == "/leave stood on the board"
    assert "quoted speech" in said.after('T: "Say more about that."')
    assert "tally 5 of 7 pairs" in said.text
    assert said.code == 0


def test_the_time_is_told_when_it_is_asked_for_and_once_as_it_runs_out(desk: Desk) -> None:
    said = talk(
        desk,
        "visit V1",
        minutes(desk, 4),
        "",
        "one",
        minutes(desk, 7),
        "two",
        "three",
        minutes(desk, 3),
        "four",
        "/longer 5",
        "/earlier 2",
    )
    assert "4 of 12 min" in said.after("")
    assert "Two minutes" not in said.after("one")
    assert "Two minutes or less are left." in said.after("two")
    assert "minutes" not in said.after("three")
    assert "over" in said.after("four")
    assert "14 of 17 min" in said.after("/longer 5")
    assert "1:00 left" in said.after("/earlier 2")


def test_undo_takes_back_act_by_act_and_redo_does_it_again(desk: Desk) -> None:
    said = talk(desk, "visit V1", "pens down", "/kind 1", "/undo", "/undo", "/undo", "/redo")
    assert said.after("/kind 1") == "Note 1 is a wondering."
    assert said.text.count("Undone: noticing saved.") == 1
    assert "Undone: V1 entered." in said.text
    assert form(desk).entered_at is not None


def test_a_note_is_reworded_turned_tied_corrected_and_withdrawn(desk: Desk) -> None:
    said = talk(
        desk,
        "visit V1",
        "pens down",
        "S: why",
        "/edit 1 pens up",
        "/edit 2",
        'S: "why so?"',
        "/tie 1 3",
        "/tie 1 0",
        "/tie 1 9",
        "/speech 2",
        "/withdraw 2",
        "/notes",
        "/edit 7 x",
    )
    assert texts(desk) == ["pens up"]
    assert notes(desk)[0].look_for == ""
    assert "Now: S: why" in said.text
    assert "What helps: /look says them" in said.after("/tie 1 9")
    assert said.after("/speech 2") == "Note 2 quotes nobody."
    assert said.after("/notes") == "1. minute 0, noticing: pens up"
    assert "Not done: That is no note here." in said.after("/edit 7 x")


def test_a_line_that_may_have_been_meant_as_a_word_is_kept(desk: Desk) -> None:
    said = talk(desk, "visit V1", "/3 of 5 pairs talked", "/quit")
    assert "The words are kept" in said.text
    assert texts(desk) == []
    again = talk(desk, "1", "/keep", "/keep")
    assert "Not saved yet, from 09:00: /3 of 5 pairs talked" in again.text
    assert texts(desk) == ["/3 of 5 pairs talked"]
    assert "no word here" in again.text.rpartition("/keep")[2]


def test_a_note_that_reads_like_a_word_is_saved_and_says_so(desk: Desk) -> None:
    said = talk(desk, "visit V1", "leave")
    assert "If you meant the word: /leave." in said.after("leave")
    assert texts(desk) == ["leave"]


def test_what_the_full_screen_kept_half_typed_is_told_and_stays_until_it_is_saved(
    desk: Desk,
) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    place = visit.line_place(desk, the_visit(desk, "V1"))
    desk.keep_draft(place, "half a li")
    said = talk(desk, "visit V1", "another line", "/home", "")
    assert "Not saved yet, from 09:00: half a li" in said.text
    assert "Not saved yet, visit V1: half a li" in said.text
    talk(desk, "visit V1", "/forget")
    assert desk.draft(place) is None
    assert [one.record.text for one in visit.notes(desk, form)] == ["another line"]


def test_what_was_turned_and_tied_in_the_full_screen_is_kept_so(desk: Desk) -> None:
    look_for = prepare.look_fors(desk)[1].id
    place = visit.line_place(desk, the_visit(desk, "V1"))
    desk.keep_draft(place, "who writes", f'{{"kind": "wondering", "look_for": "{look_for}"}}')
    assert "Saved: wondering 1" in talk(desk, "visit V1", "/keep").text
    (note,) = notes(desk)
    assert (note.text, note.note_kind, note.look_for) == ("who writes", "wondering", look_for)


def test_wording_help_is_a_line_of_advice_that_stops_nothing(desk: Desk) -> None:
    said = talk(
        desk,
        "visit V1",
        "T did a great job",
        "/wording on",
        "T did a great job again",
        "/fine 2",
        "/stem 1",
        "three hands up",
        "/wording off",
        "so great",
    )
    assert said.after("T did a great job").count("\n") == 0
    assert "what did you see or hear" in said.after("T did a great job again")
    assert "/edit 2 rewords it" in said.text
    assert said.after("so great") == "Saved: noticing 3."
    assert any("three hands up" in one for one in texts(desk))
    assert wording.setting(desk) == "off"
    for never in ("praise", "flag", "sarcasm", "deficit"):
        assert never not in said.text


def test_the_silent_write_finishes_and_shares_the_form(desk: Desk) -> None:
    said = talk(
        desk,
        "visit V1",
        minutes(desk, 12),
        "/leave",
        minutes(desk, 1),
        "",
        "14 of 22 wrote",
        "/part clo",
        "/activity small",
        "/part x",
        "/finish",
    )
    done = form(desk)
    assert (done.part, done.structure, done.finished_after_min) == ("closing", "small group", 1)
    assert "1 min since leaving, 3 planned" in said.after("")
    assert "Say one of these." in said.after("/part x")
    assert "shared with your team on this laptop; nothing left it" in said.after("/finish")
    assert desk.store.unshared(desk.walk_id, ("form", "note")) == []


def test_nothing_seen_is_a_full_answer_and_an_empty_form_is_asked(desk: Desk) -> None:
    said = talk(desk, "visit V1", "/leave", "/finish", "no", "/finish", "yes")
    assert "Go on writing." in said.text
    assert form(desk).nothing_seen
    assert form(desk).finished_at is not None


def test_somebody_in_the_room_writes_there_and_comes_back_from_the_form(desk: Desk) -> None:
    said = talk(desk, "visit V1", "/home", "write V1", "/leave", "/return", "still here")
    assert "You are still in the room" in said.after("write V1")
    assert texts(desk) == ["still here"]
    assert form(desk).left_after_s is None


def test_a_form_from_paper_takes_times_in_front(desk: Desk) -> None:
    talk(desk, "write V2", "/times 9:05 9:17", "4:30 pens down", "/paper", "later", "/finish")
    first, second = notes(desk)
    assert (first.at_s, first.from_paper) == (270, True)
    assert (second.at_s, second.from_paper) == (None, False)


def test_a_recorded_segment_counts_viewings_and_no_time(desk: Desk) -> None:
    rooms.change_mode(desk, the_visit(desk, "V3"), "recorded")
    said = talk(desk, "visit V3", "4:30 S reads aloud", "/viewed", "", "/longer")
    assert notes(desk)[0].position_s == 270
    assert "Viewing 2." in said.after("/viewed")
    assert "is no word here" in said.after("/longer")


def test_a_likely_name_is_asked_about_before_the_team_gets_it(desk: Desk) -> None:
    said = talk(
        desk, "visit V1", "Mr Smith asked again", "Ms Jones too", "/leave", "/finish", "put 1", ""
    )
    assert "1. “Mr Smith”, noticing: Mr Smith asked again; put 1 makes it" in said.text
    assert "1 note waits here: “Ms Jones” looks like a name." in said.text
    assert texts(desk) == ["Ms Jones too", "T asked again"]
    waiting = desk.store.unshared(desk.walk_id, ("note",))
    assert [desk.store.get(Note, one).text for one in waiting] == ["Ms Jones too"]  # type: ignore[union-attr]
    again = talk(desk, "door", "no 1")
    assert "No person: “Ms Jones”" in again.text
    assert desk.store.unshared(desk.walk_id, ("note",)) == []


def test_home_leaves_the_door_and_what_was_cleared_goes_on_to_the_team(desk: Desk) -> None:
    there = ("visit V1", "Mr Smith asked again", "Ms Jones too", "/leave", "/finish")
    said = talk(desk, *there, "put 1", "home", "home")
    assert "1 note waits: likely names" in said.text
    assert said.text.count("Home. ") >= 3, "home is no wrong word on Home"
    waiting = desk.store.unshared(desk.walk_id, ("note",))
    assert [desk.store.get(Note, one).text for one in waiting] == ["Ms Jones too"]  # type: ignore[union-attr]


def test_an_undo_of_one_note_by_number_is_refused_rather_than_done_to_another(desk: Desk) -> None:
    said = talk(desk, "visit V1", "pens down", "pens up", "/undo 1", "/undo")
    assert "chooses none" in said.after("/undo 1")
    assert texts(desk) == ["pens down"]


def test_words_behind_a_word_that_takes_none_are_kept_and_nothing_is_done(desk: Desk) -> None:
    said = talk(desk, "visit V1", "/leave S2 said why not", "/keep")
    assert "nothing stands behind leave" in said.after("/leave S2 said why not")
    assert texts(desk) == ["/leave S2 said why not"]
    assert "nothing stands behind steps" in talk(desk, "steps tomorrow").after("steps tomorrow")


def test_the_hall_talk_comes_after_ones_own_form_and_is_the_teams(desk: Desk) -> None:
    prepare.add_walker(desk, "Ben")
    said = talk(
        desk,
        "hall V1",
        "pens down",
        "/finish",
        "hall",
        "/prompt",
        "We saw pens down",
        "? What comes first",
        "/next Who asks first",
        "/differently",
        "the pause",
        "/undo",
        "/finish",
    )
    assert "comes after the silent write" in said.after("hall V1")
    assert "Prompt 2 of 7" in said.after("/prompt")
    assert "Undone: hall talk noted." in said.after("/undo")
    (found,) = [one.record for one in desk.store.all(HallTalk, desk.walk_id)]
    assert (found.look_next, found.seen_differently) == ("Who asks first", "")
    assert found.finished_at is not None
    authors = {one.author for one in desk.store.all(Note, desk.walk_id) if one.record.hall}
    assert desk.me not in authors


def test_who_writes_is_changed_and_what_another_wrote_is_not_shown(desk: Desk) -> None:
    prepare.add_walker(desk, "Ben")
    said = talk(
        desk,
        "visit V1",
        "mine alone",
        "/who",
        "Ben",
        "/notes",
        "Bens",
        "/home",
        "who",
        "x",
        "new Cy",
    )
    assert said.after("/notes") == "No notes yet."
    assert desk.label == "Cy"
    assert "is no word here" in said.after("x")


def test_a_note_longer_than_a_note_may_be_is_kept_and_said_why(desk: Desk) -> None:
    long = "word " * 5_000
    said = talk(desk, "visit V1", long, "after it")
    assert "The text has" in said.text
    assert "Home lists what is not saved yet" in said.text
    draft = desk.draft(visit.line_place(desk, the_visit(desk, "V1")))
    assert draft is not None
    assert draft.text == long.strip()
    assert texts(desk) == ["after it"]


def test_hostile_text_is_said_harmlessly(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    visit.add_note(desk, form, "red \x1b[31m and \x1b]0;title\x07 and \u202eturned")
    rest = (
        "/leave",
        "/finish",
        "summary",
        "group",
        "put 1 in \x1b[2Jx",
        "home",
        "\x1b]52;c;eA==\x07",
    )
    said = talk(desk, "visit V1", "/notes", "\x1b[2Jx", "/notes", *rest)
    assert "1. minute 0, noticing: red" in said.after("/notes")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said.text)


def test_a_second_ctrl_c_amid_a_save_says_which_line_was_cut_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(visit, "add_note", cut_off)
    heard = talk(desk, "visit V1", "pens down")
    assert heard.code == 1
    assert heard.lines[-4:-1] == [CUT_OFF, "pens down", "Stopped."]


def test_a_visit_taken_out_elsewhere_leads_home(desk: Desk) -> None:
    def take_out() -> None:
        with desk_at(desk.store.path) as other:
            other.undo(rooms.STAGE)

    (added,) = rooms.add(desk, 1)
    heard = talk(desk, f"visit {added.code}", take_out, "pens down", "visit V1", "pens up")
    assert "This visit is not in the plan." in heard.after("pens down")
    assert heard.after("pens down").count("pens down") == 1
    assert "End of input." in heard.lines[-2]
    assert [one.text for one in notes(desk)] == ["pens up"]


@pytest.mark.parametrize("signs", ["#2", "? #2", "?#2"])
@pytest.mark.parametrize("room", ["visit V1", "hall V1"])
def test_a_sign_alone_is_neither_a_note_nor_kept(desk: Desk, room: str, signs: str) -> None:
    if room == "hall V1":
        write_form(desk, "V1", "pens down")
    said = talk(desk, room, signs)
    assert "Not done: A sign alone is no note." in said.text
    assert home.overview(desk).unsaved == ()
