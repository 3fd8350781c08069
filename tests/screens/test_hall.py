"""The hall talk by keys: prompts, what is said aloud, what to look for next, and who it is not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from tests.desks import the_visit, write_form
from tests.frames import cursor_cell, frame, rows
from tests.screens import visits
from tests.screens.table import SIZES
from tests.screens.write_page import press_and_wait
from walk.app import WalkApp
from walk.clock import FixedClock
from walk.errors import FullDisk
from walk.model import HallTalk, Note
from walk.routine.desk import Desk, Place
from walk.routine.visiting import hall, visit
from walk.screens.base import WalkScreen
from walk.screens.visiting.hall import HallScreen

HOSTILE = "[/x] [bob] [1 \x1b[31mred\x07"


clock = visits.clock
desk = visits.desk


@pytest.fixture
def talking(desk: Desk) -> Desk:
    """A desk whose walker has finished the form for V1."""
    write_form(desk, "V1", "S1 points")
    return desk


@asynccontextmanager
async def _open(desk: Desk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[str]]:
    app = WalkApp(desk, Place("hall", desk.walk_id, the_visit(desk, "V1").id))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def _screen(pilot: Pilot[str]) -> HallScreen:
    screen = pilot.app.screen
    assert isinstance(screen, HallScreen)
    return screen


def _name(pilot: Pilot[str]) -> str:
    screen = pilot.app.screen
    assert isinstance(screen, WalkScreen)
    return screen.name_in_app


def _talk(desk: Desk) -> HallTalk:
    return hall.begin(desk, the_visit(desk, "V1"))


def _said(desk: Desk) -> list[Note]:
    return [one.record for one in hall.notes(desk, _talk(desk))]


async def test_promise_7_without_the_own_form_it_leads_there_and_says_why(desk: Desk) -> None:
    visit.leave(desk, visit.enter(desk, the_visit(desk, "V1")))
    async with _open(desk) as pilot:
        assert _name(pilot) == "write"
        assert "The hall talk comes after the silent write" in frame(pilot.app)
    assert desk.store.all(HallTalk, desk.walk_id) == []


async def test_no_name_stands_on_it_and_the_minutes_are_whole(
    talking: Desk, clock: FixedClock
) -> None:
    async with _open(talking) as pilot:
        assert "Ana" not in frame(pilot.app)
        assert rows(pilot.app)[0].startswith(" V1 · hall talk")
        clock.advance(seconds=119)
        _screen(pilot).tick()
        await pilot.pause()
        assert rows(pilot.app)[0].endswith("1 of 4 min")
        clock.advance(minutes=4)
        _screen(pilot).tick()
        await pilot.pause()
        assert rows(pilot.app)[0].endswith("5 min, 4 planned")


async def test_one_prompt_at_a_time_and_the_notes_before_the_first(talking: Desk) -> None:
    hall.add_note(talking, _talk(talking), "pairs talk")
    async with _open(talking) as pilot:

        def shown() -> list[str]:
            return [one for one in hall.PROMPTS if one in frame(pilot.app)]

        assert shown() == [hall.PROMPTS[0]]
        await press_and_wait(pilot, "down", "down")
        assert shown() == [hall.PROMPTS[2]]
        await press_and_wait(pilot, "up")
        assert shown() == [hall.PROMPTS[1]]
        await press_and_wait(pilot, *["down"] * 6)
        assert shown() == [hall.PROMPTS[0]]
        await press_and_wait(pilot, "up")
        assert _screen(pilot).list.has_focus
        await press_and_wait(pilot, "down")
        assert _screen(pilot).composer.has_focus


async def test_a_half_typed_line_keeps_its_prompt(talking: Desk) -> None:
    async with _open(talking) as pilot:
        await press_and_wait(pilot, *"two", "down")
        assert hall.PROMPTS[0] in frame(pilot.app)
        assert _screen(pilot).composer.text == "two"


async def test_what_is_said_aloud_is_the_teams(talking: Desk) -> None:
    async with _open(talking) as pilot:
        await press_and_wait(
            pilot, *"? why then", "enter", *"pairs talk", "enter", *"who", "tab", "enter"
        )
        kinds = [(row.letter, row.words, row.when) for row in _screen(pilot).list.rows]
        assert kinds[0] == ("N", "pairs talk", "–")
        assert {one[:2] for one in kinds[1:]} == {("W", "why then"), ("W", "who")}
    held = hall.notes(talking, _talk(talking))
    assert {(one.author, one.record.at_s, one.record.form) for one in held} == {("", None, "")}


async def test_the_fields_are_written_in_the_line(talking: Desk) -> None:
    async with _open(talking) as pilot:
        await press_and_wait(pilot, "escape", "2")
        assert "look for next" in rows(pilot.app)[-4]
        await press_and_wait(pilot, *"who begins #1 ?", "enter")
        await press_and_wait(pilot, "escape", "4", *HOSTILE[:13], "enter")
        shown = frame(pilot.app)
        assert "Look for next     who begins #1 ?" in shown
        assert "Seen differently  [/x] [bob] [1" in shown
        talk = _talk(talking)
        assert (talk.look_next, talk.seen_differently) == ("who begins #1 ?", "[/x] [bob] [1")
        assert talking.store.drafts() == []
        assert _screen(pilot).composer.text == ""
        await press_and_wait(pilot, "escape", "3")
        assert _talk(talking).seen_differently == ""
        await press_and_wait(pilot, "escape", "7")
        assert _talk(talking).seen_differently != ""
    assert _said(talking) == []


async def test_a_field_offers_no_way_to_the_notes(talking: Desk) -> None:
    async with _open(talking) as pilot:
        assert "↑ notes" in rows(pilot.app)[-1]
        await press_and_wait(pilot, "escape", "2")
        assert "notes" not in rows(pilot.app)[-1]
        await press_and_wait(pilot, *"who", "up", "X", "escape")
        assert "↑ notes" in rows(pilot.app)[-1]
        await press_and_wait(pilot, "escape", "2")
        assert _screen(pilot).composer.text == "Xwho", "in text ↑ still goes up"


async def test_a_field_can_be_emptied(talking: Desk) -> None:
    hall.say(talking, _talk(talking), look_next="who")
    async with _open(talking) as pilot:
        await press_and_wait(pilot, "escape", "2", "backspace", "backspace", "backspace", "enter")
    assert _talk(talking).look_next == ""


async def test_the_line_waits_while_a_field_is_written(talking: Desk) -> None:
    async with _open(talking) as pilot:
        await press_and_wait(pilot, *"two hea", "escape", "2", *"who", "enter")
        assert _screen(pilot).composer.text == "two hea"
        await press_and_wait(pilot, *"rd it", "enter")
    assert _talk(talking).look_next == "who"
    assert [one.text for one in _said(talking)] == ["two heard it"]


async def test_a_field_half_written_is_kept_and_leaves_the_old_words(talking: Desk) -> None:
    hall.say(talking, _talk(talking), look_next="who")
    async with _open(talking) as pilot:
        await press_and_wait(pilot, "escape", "2", *" begins", "escape")
        assert _screen(pilot).composer.text == ""
        assert _talk(talking).look_next == "who"
        await press_and_wait(pilot, "escape", "2")
        assert _screen(pilot).composer.text == "who begins"


async def test_half_a_line_is_there_after_the_app_closed(talking: Desk) -> None:
    async with _open(talking) as pilot:
        await press_and_wait(pilot, *"two hea")
    async with _open(talking) as pilot:
        assert _screen(pilot).composer.text == "two hea"
        assert "What you were typing lies in the line" in _screen(pilot).state_line.words


async def test_finishing_waits_for_the_line_shares_and_leads_home(talking: Desk) -> None:
    async with _open(talking) as pilot:
        await press_and_wait(pilot, *"pairs talk", "enter", *"two heard it", "escape", "1")
        assert "These words are not saved yet." in frame(pilot.app)
        await press_and_wait(pilot, "enter", "escape", "1")
        assert _name(pilot) == "home"
        assert "Hall talk finished and shared" in frame(pilot.app)
        assert "V2" in frame(pilot.app)
    assert {one.text for one in _said(talking)} == {"pairs talk", "two heard it"}
    assert hall.unshared(talking, _talk(talking)) == 0
    assert _talk(talking).finished_at is not None


async def test_a_finished_talk_is_changed_and_shared_again(talking: Desk) -> None:
    hall.finish(talking, _talk(talking))
    async with _open(talking) as pilot:
        assert "finished after 0 min" in rows(pilot.app)[0]
        await press_and_wait(pilot, *"one more", "enter")
        assert "1 change not shared yet" in _screen(pilot).state_line.words
        await press_and_wait(pilot, "escape")
        assert "1 share again" in frame(pilot.app)
        await press_and_wait(pilot, "1")
    assert hall.unshared(talking, _talk(talking)) == 0


async def test_what_cannot_be_saved_stays(talking: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_args: object, **_kept: object) -> None:
        raise FullDisk("The disk is full.", "Make room, then try again.")

    async with _open(talking) as pilot:
        await press_and_wait(pilot, "escape", "2", *"who")
        with monkeypatch.context() as full:
            full.setattr(talking.store, "save", full_disk)
            await press_and_wait(pilot, "enter")
            assert "disk is full" in frame(pilot.app)
            assert _screen(pilot).composer.text == "who"
        await press_and_wait(pilot, "enter")
    assert _talk(talking).look_next == "who"


@pytest.mark.parametrize("size", SIZES)
async def test_everything_needed_fits_and_nothing_acts(
    talking: Desk, size: tuple[int, int]
) -> None:
    talk = hall.say(talking, _talk(talking), look_next=HOSTILE * 20, seen_differently=HOSTILE)
    hall.add_note(talking, talk, HOSTILE)
    async with _open(talking, size) as pilot:
        shown = frame(pilot.app)
        assert shown.count("[/x] [bob] [1 ␛[31mred␇") >= 3
        assert hall.PROMPTS[0] in shown
        assert cursor_cell(pilot.app).row == size[1] - 3
        assert "not yet confirmed" in shown
