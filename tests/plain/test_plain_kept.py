"""Words not entered or not saved: kept for what they were to answer, and offered there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, write_form
from tests.plain.talks import stopped, talk
from walk.errors import Refused
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.following import step_acts, step_test, steps
from walk.routine.home import home
from walk.routine.planning import prepare


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A small walk with a form, and a step."""
    with desk_at(tmp_path / "x.walkdb") as desk:
        begin_small(desk)
        write_form(desk, "V1", "pens down")
        step_acts.add(desk, "Try wait time")
        yield desk


def texts(desk: Desk) -> list[str]:
    """The notes as they read on this laptop."""
    return sorted(one.record.text for one in desk.store.all(Note, desk.walk_id))


def waits(desk: Desk) -> list[tuple[str, str]]:
    """What Home lists as not saved yet."""
    return [(one.words, one.where) for one in home.overview(desk).unsaved]


def test_half_a_line_at_a_question_is_kept_for_the_question(desk: Desk) -> None:
    heard = stopped(desk, "write V1", "/edit 1", half="pens up and a")
    assert "is kept: for Note 1, new words; Home lists it." in heard.text
    assert waits(desk) == [("pens up and a", "form V1")]
    heard = talk(desk, "write V1", "/edit 1", "/keep")
    assert "Not saved yet: pens up and a" in heard.text
    assert texts(desk) == ["pens up and a"]
    assert waits(desk) == []


def test_half_a_line_for_a_room_is_kept_for_the_room(desk: Desk) -> None:
    stopped(desk, "write V1", half="pens up and a")
    talk(desk, "write V1", "/keep")
    assert texts(desk) == ["pens down", "pens up and a"]


def test_half_an_answer_that_is_no_words_is_not_kept_as_a_note(desk: Desk) -> None:
    heard = stopped(desk, "write V1", "/erase 1", half="ye")
    assert "This line was not entered and is not kept:\nye" in heard.text
    assert waits(desk) == []
    assert texts(desk) == ["pens down"]


def test_half_of_what_was_learned_waits_with_the_step(desk: Desk) -> None:
    stopped(desk, "steps", "done 1", half="Three of four tried it")
    talk(desk, "steps", "done 1", "/keep")
    (step,) = steps.steps(desk)
    assert (step.status, step.learned) == ("done", "Three of four tried it")
    assert waits(desk) == []


def test_kept_words_can_be_dropped_and_other_words_leave_them(desk: Desk) -> None:
    stopped(desk, "steps", "done 1", half="Three of four tried it")
    talk(desk, "steps", "done 1", "All tried it")
    assert waits(desk) == [("Three of four tried it", "next steps")]
    heard = talk(desk, "steps", "notdone 1", "done 1", "/forget", "")
    assert "Dropped; these were its words:\nThree of four tried it" in heard.text
    assert waits(desk) == []


def test_what_the_full_screen_keeps_of_several_fields_is_left_to_it(desk: Desk) -> None:
    place = f"step:new:{desk.walk_id}"
    desk.keep_draft(place, "Post\ngrade team", '["Post", "grade team"]')
    heard = talk(desk, "steps", "add", "")
    assert "Not saved yet: Post grade team" in heard.text
    assert "the full screen goes on with them" in heard.text
    kept = desk.draft(place)
    assert kept is not None
    assert kept.extra == '["Post", "grade team"]'


def test_a_small_test_that_cannot_be_saved_keeps_its_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Refused("The disk is full.", "Make room.")

    monkeypatch.setattr(step_test, "plan_test", full)
    heard = talk(desk, "steps", "test 1 Two teachers try it once", "")
    assert "Not done: The disk is full." in heard.text
    assert waits(desk) == [("Two teachers try it once", "next steps")]


@pytest.mark.parametrize("leaves", [(), ("quit",), ("home",), ("", "", "home")])
def test_an_answer_is_kept_until_all_that_belongs_to_it_is_said(
    desk: Desk, leaves: tuple[str, ...]
) -> None:
    talk(desk, "prepare", "confirm", "in the team meeting", *leaves)
    assert waits(desk) == [("in the team meeting", "prepare")]
    talk(desk, "prepare", "confirm", "/keep", "", "4", "yes")
    confirmation = prepare.focus(desk).confirmation
    assert confirmation is not None
    assert (confirmation.how, confirmation.how_many) == ("in the team meeting", 4)
    assert waits(desk) == []


def test_a_reason_for_closing_is_kept_until_the_walk_is_closed(desk: Desk) -> None:
    talk(desk, "steps", "close", "hosts are ill", "yes", "quit")
    assert waits(desk) == [("hosts are ill", "next steps")]
    talk(desk, "steps", "close", "/keep", "yes", "", "")
    closing = steps.closing(desk)
    assert closing is not None
    assert closing.reason == "hosts are ill"
    assert waits(desk) == []


def test_an_answer_leaves_other_words_that_wait_there(desk: Desk) -> None:
    stopped(desk, "prepare", "confirm", half="by the coa")
    talk(desk, "prepare", "confirm", "in the team meeting", "", "", "yes")
    assert waits(desk) == [("by the coa", "prepare")]
