"""Esc in a visit, and the way out of the room and back."""

from __future__ import annotations

from tests.desks import the_visit
from tests.screens import visits
from tests.screens.visits import Here, form_of, opened, texts
from walk.clock import FixedClock
from walk.routine.desk import Desk, Place
from walk.routine.planning import prepare
from walk.routine.visiting import visit

clock = visits.clock
desk = visits.desk

MENU = "1 leave the room  2 longer  3 undo  4 started earlier  5 help  Esc back"


# Esc ------------------------------------------------------------------------------------------


async def test_esc_opens_one_line_and_a_letter_closes_it(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.press("escape")
        assert room.sees(MENU)
        await room.type("x")
        assert not room.sees("1 leave")
        assert room.line == "x"
        await room.press("escape", "escape")
        assert not room.sees("1 leave")


async def test_longer_and_started_earlier_move_the_clock(desk: Desk, clock: FixedClock) -> None:
    async with opened(desk) as room:
        await room.press("escape", "2")
        assert "of 13 min" in room.title
        assert room.state == "The visit aims at 13 min now · saved 09:00"
        await room.press("escape", "4")
        assert room.sees("1-9 minutes")
        await room.press("3")
        assert "3 of 13 min" in room.title
        assert (form_of(desk).target_minutes, form_of(desk).earlier_s) == (13, 180)


async def test_undo_and_redo_go_back_many_steps_and_name_them(
    desk: Desk, clock: FixedClock
) -> None:
    async with opened(desk) as room:
        for line in ("one", "two"):
            clock.advance(minutes=1)
            await room.type(f"{line}\r")
        await room.press("up", "tab", "escape")
        await room.press("escape", "3")
        assert room.state == "Undone: made a wondering"
        await room.press("escape", "3", "escape", "3")
        assert room.state == "Undone: noticing saved"
        assert texts(desk) == []
        await room.press("escape")
        assert room.sees("7 redo")
        await room.press("7")
        assert room.notes() == ["01 N one"]
        await room.press("ctrl+y", "ctrl+y")
        assert room.notes() == ["01 N one", "02 W two"]


async def test_undoing_the_entering_is_no_dead_end(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.press("ctrl+z")
        assert "not entered" in room.title
        await room.press("escape")
        assert room.sees("1 enter the room")
        await room.type("S1 points\r")
        assert texts(desk) == ["S1 points"]
        assert "0 of 12 min" in room.title


async def test_help_tells_every_key(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type("half")
        await room.press("escape", "5")
        assert room.sees("that is a noticing")
        await room.press("escape")
        await room.type(" a line")
        assert room.line == "half a line"


# Leaving --------------------------------------------------------------------------------------


async def test_leaving_opens_the_silent_write_and_keeps_the_line(
    desk: Desk, clock: FixedClock
) -> None:
    async with opened(desk) as room:
        clock.advance(minutes=9)
        await room.type("half a line")
        await room.press("escape", "1")
        screen, at, say = room.app.went[-1]
        assert (screen, at) == ("write", the_visit(desk, "V1").id)
        assert "11 characters" in say
        assert form_of(desk).left_after_s == 540
        assert texts(desk) == []
        draft = desk.draft(f"visit:{form_of(desk).id}")
        assert draft is not None
        assert draft.text == "half a line"


async def test_coming_back_goes_on_with_the_same_clock(desk: Desk, clock: FixedClock) -> None:
    async with opened(desk) as room:
        clock.advance(minutes=9)
        await room.press("escape", "1")
    clock.advance(minutes=1)
    async with opened(desk) as room:
        assert "left · 9 of 12 min" in room.title
        assert room.state.startswith("You have left this room: Esc offers to come back")
        await room.type("remembered later\r")
        assert room.notes() == ["– N remembered later"]
        await room.press("escape")
        assert room.sees("1 come back  2 silent write")
        await room.press("1")
        assert "wrap up" in room.title
        await room.press("escape")
        assert room.sees(MENU)


async def test_home_from_the_menu_keeps_the_line(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type("half")
        await room.press("escape", "0")
        assert room.app.went[-1][0] == "home"
        assert not visit.has_left(form_of(desk))
    async with opened(desk) as room:
        assert room.line == "half"


async def test_a_visit_that_is_gone_leads_home(desk: Desk) -> None:
    app = Here(desk, Place("visit", desk.walk_id, "0" * 32))
    app.went = []
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.went[-1][0] == "home"
        assert "not in the plan" in app.went[-1][2]


async def test_nobody_writes_unseen(desk: Desk) -> None:
    desk.write_as("")
    async with opened(desk) as room:
        assert room.app.went[-1][0] == "home"
        assert "who is writing" in room.app.went[-1][2]


async def test_a_withdrawn_visit_is_not_entered(desk: Desk) -> None:
    prepare.withdraw_visit(desk, the_visit(desk, "V1"))
    async with opened(desk) as room:
        assert "no longer open" in room.state
        assert visit.form_of(desk, the_visit(desk, "V1")) is None
        await room.type("kept\r")
        assert room.line == "kept"
        assert "no longer open" in room.state
