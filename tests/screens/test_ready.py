"""Readiness by keys: focus meeting, what has to stand, agreements and quiet days."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.burst import press_ahead as press
from tests.burst import type_keys
from tests.desks import desk_at, the_visit
from tests.frames import cursor_cell, rows
from tests.screens import ready_page
from tests.screens.ready_page import opened, screen_name
from tests.screens.table import SIZES, marked, to, words
from walk.app import WalkApp
from walk.routine.desk import Desk, Place
from walk.routine.planning import prepare, ready, rooms

desk = ready_page.desk


# The page


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_page_says_what_could_stand_there(desk: Desk, size: tuple[int, int]) -> None:
    async with opened(desk, size=size) as pilot:
        shown = words(pilot)
        assert marked(pilot).startswith("Held on")
        assert cursor_cell(pilot.app).character == "▸"
        assert "groups, no names" in shown
        assert "nothing yet: visitors ask students nothing" in shown
        assert "not yet confirmed by the host teachers" in rows(pilot.app)[-2]
        await press(pilot, "end")
        assert "add days on which no walk should be" in marked(pilot)


async def test_help_says_that_no_legal_status_is_promised(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "question_mark")
        assert "It cannot promise any legal status" in words(pilot)


async def test_without_a_walk_it_says_how_to_begin_one(tmp_path: Path) -> None:
    with desk_at(tmp_path / "empty.walkdb") as empty:
        app = WalkApp(empty, Place("ready"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await press(pilot, "y", "x", "u", "r", "a")
            assert "No walk is open" in words(pilot)
            assert app.is_running


@pytest.mark.parametrize(("at", "row"), [("", "Focus meeting"), ("keep", "Readiness")])
async def test_esc_leads_back_to_the_row_that_led_here(desk: Desk, at: str, row: str) -> None:
    async with opened(desk, at) as pilot:
        await press(pilot, "escape")
        assert screen_name(pilot) == "prepare"
        assert row in marked(pilot)


# The focus meeting


async def test_a_meeting_is_written_down_and_undone(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "2025-10-07\r")
        assert marked(pilot) == "Held on             7 Oct"
        await to(pilot, "meeting groups")
        await press(pilot, "enter")
        await type_keys(pilot, "the grade 6 team, a building administrator\r")
        assert ready.meeting(desk).groups == ("the grade 6 team", "a building administrator")
        await to(pilot, "meeting not_visited")
        await press(pilot, "enter")
        await type_keys(pilot, "the reading test\r")
        assert "Not visited the reading test" in words(pilot)
        await press(pilot, "u", "u")
        assert ready.meeting(desk).groups == ()
        await press(pilot, "r")
        assert ready.meeting(desk).groups == ("the grade 6 team", "a building administrator")


async def test_a_name_among_groups_is_told_gently_and_saved(desk: Desk) -> None:
    async with opened(desk, "meeting groups") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "Ms Lee")
        assert "“Ms Lee” looks like a name; a group or a role is enough here" in words(pilot)
        await press(pilot, "enter")
        assert ready.meeting(desk).groups == ("Ms Lee",)
        assert marked(pilot).endswith("a name?")


async def test_questions_are_added_changed_and_taken_out(desk: Desk) -> None:
    async with opened(desk, "may_ask new") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "What are you learning, and why?\r")
        await to(pilot, "may_ask 0")
        await press(pilot, "a")
        await type_keys(pilot, "How do you know?\r")
        assert ready.meeting(desk).may_ask == (
            "What are you learning, and why?",
            "How do you know?",
        )
        await to(pilot, "may_ask 0")
        await press(pilot, "enter")
        await type_keys(pilot, " Say more.\r")
        await to(pilot, "may_ask 1")
        await press(pilot, "x")
        assert ready.meeting(desk).may_ask == ("What are you learning, and why? Say more.",)
        await press(pilot, "u")
        assert len(ready.meeting(desk).may_ask) == 2


async def test_a_confirmed_focus_leaves_its_trace(desk: Desk) -> None:
    prepare.confirm_focus(desk, "team meeting", "2025-10-01", 3)
    before = prepare.focus(desk).statement
    prepare.change_focus(desk, statement="Waiting after a question")
    prepare.confirm_focus(desk, "by a show of hands", "2025-10-13", 3)
    async with opened(desk, "change 0") as pilot:
        assert marked(pilot).startswith("Focus changed")
        assert f"14 Oct · confirmed until then: {before}" in words(pilot)
        assert "Focus confirmed 13 Oct · by a show of hands" in words(pilot)
        await press(pilot, "enter")
        assert "Changed on 14 Oct; until then the host teachers had confirmed:" in words(pilot)
        assert before in words(pilot)
        await press(pilot, "escape")
        await to(pilot, "confirmed")
        await press(pilot, "enter")
        assert screen_name(pilot) == "prepare"
        assert "Host teachers" in marked(pilot)


# Readiness


async def test_what_is_so_takes_one_key(desk: Desk) -> None:
    async with opened(desk, "ready community") as pilot:
        assert marked(pilot).startswith("○  The beginnings of a learning community")
        await press(pilot, "y")
        assert marked(pilot).startswith("✓  The beginnings of a learning community")
        assert marked(pilot).endswith("me · 14 Oct")
        await press(pilot, "u")
        assert marked(pilot).startswith("○")


async def test_what_is_not_yet_so_asks_for_a_reason(desk: Desk) -> None:
    async with opened(desk, "ready students") as pilot:
        await press(pilot, "n", "enter", "enter", "enter")
        assert "asks for a reason" in words(pilot)
        await press(pilot, "up", "up")
        await type_keys(pilot, "they hear it on Monday\r\r\r")
        (line,) = [one for one in ready.readiness(desk) if one.key == "students"]
        assert (line.done, line.reason, line.who) == (False, "they hear it on Monday", "me")
        assert "Not yet (me · 14 Oct): they hear it on Monday" in words(pilot)


@pytest.mark.long
async def test_another_says_it_on_another_day(desk: Desk) -> None:
    async with opened(desk, "ready routine") as pilot:
        await press(pilot, "enter", "enter", *["ctrl+u"] * 2)
        await type_keys(pilot, "the coach\r")
        await press(pilot, *["ctrl+u"] * 2)
        await type_keys(pilot, "2025-10-09\r")
        (line,) = [one for one in ready.readiness(desk) if one.key == "routine"]
        assert (line.done, line.who, line.on) == (True, "the coach", "2025-10-09")


@pytest.mark.long
async def test_platforms_are_asked_about_where_one_is_entered(desk: Desk) -> None:
    async with opened(desk, "ready effort") as pilot:
        assert "platforms" not in words(pilot)
    rooms.change_mode(desk, the_visit(desk, "V1"), "virtual_live")
    async with opened(desk, "ready platform") as pilot:
        assert "Everyone can enter the platforms that are used" in marked(pilot)


async def test_keys_of_a_line_say_so_elsewhere(desk: Desk) -> None:
    async with opened(desk, "keep") as pilot:
        for key in ("y", "x", "n"):
            await press(pilot, key)
            told = "Mark quiet days" if key == "x" else "Mark a line of readiness"
            assert told in words(pilot)
    assert not any(one.said for one in ready.readiness(desk))


# Agreements


async def test_agreements_in_words_are_recorded(desk: Desk) -> None:
    async with opened(desk, "local_agreement") as pilot:
        await press(pilot, "enter")
        assert "It cannot promise any legal status" in words(pilot)
        await type_keys(pilot, "article 12\r")
        assert ready.agreements(desk).local_agreement == "article 12"
        for row, typed in (
            ("whom_to_tell", "the union representative"),
            ("given", "2025-10-01"),
            ("notice_days", "7 days"),
        ):
            await to(pilot, row)
            await press(pilot, "enter")
            await type_keys(pilot, f"{typed}\r")
        shown = words(pilot)
        assert "Whom to tell the union representative" in shown
        assert "Days of notice 7 days agreed" in shown
        assert "Notice given 1 Oct" in shown
        await to(pilot, "who_sees_raw")
        await press(pilot, "enter", *["ctrl+u"] * 2, "enter")
        assert "Somebody sees the raw notes" in words(pilot)


async def test_one_of_two_is_picked(desk: Desk) -> None:
    async with opened(desk, "type_in_room") as pilot:
        await press(pilot, "enter", "2")
        assert not desk.rules.type_in_room
        assert "walkers write on paper in the room" in marked(pilot)
        await to(pilot, "individual_notes")
        await press(pilot, "enter", "down", "enter")
        assert ready.agreements(desk).individual_notes
        assert "only where that teacher asks for it" in marked(pilot)
        await press(pilot, "enter", "escape")
        assert ready.agreements(desk).individual_notes


async def test_keep_until_is_changed_here_too(desk: Desk) -> None:
    async with opened(desk, "keep") as pilot:
        await press(pilot, "enter", *["ctrl+u"] * 2)
        await type_keys(pilot, "2025-10-01\r")
        assert desk.walk.keep_until == "2025-10-01"
        assert "Notes are kept until 1 Oct 2025" in words(pilot)


# Dates that do not fit


async def test_what_does_not_fit_stands_first_and_leads_to_its_line(desk: Desk) -> None:
    ready.agree(desk, notice_given="2025-10-10", notice_days=7)
    ready.set_quiet(desk, None, "2025-10-13", "2025-10-17", "state test")
    async with opened(desk) as pilot:
        assert rows(pilot.app)[1].strip() == "Look at this again; nothing of it stops a walk"
        assert marked(pilot) == "!  4 days of notice; 7 were agreed"
        await press(pilot, "enter", *["ctrl+u"] * 2)
        await type_keys(pilot, "2025-10-07\r")
        assert "days of notice;" not in words(pilot)
        await to(pilot, "again0 date")
        await press(pilot, "enter")
        assert screen_name(pilot) == "prepare"
        assert "Date" in marked(pilot)


async def test_quiet_days_are_added_changed_and_taken_out(desk: Desk) -> None:
    async with opened(desk, "quiet new") as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "2025-12-22\r2026-01-02\rholidays\r")
        assert "22 Dec to 2 Jan 2026 holidays" in words(pilot)
        await to(pilot, "quiet 0")
        await press(pilot, "enter", "enter", *["ctrl+u"] * 2)
        await type_keys(pilot, "2025-12-01\r\r")
        assert "The last quiet day is before the first" in words(pilot)
        await press(pilot, "escape")
        assert marked(pilot).endswith("not saved yet")
        await press(pilot, "x")
        assert "dropped" in words(pilot)
        await press(pilot, "x")
        assert ready.agreements(desk).quiet_days == ()
        await press(pilot, "u")
        assert ready.agreements(desk).quiet_days[0].why == "holidays"


@pytest.mark.long
async def test_a_asks_what_to_add_where_it_cannot_tell(desk: Desk) -> None:
    async with opened(desk, "keep") as pilot:
        await press(pilot, "a", "1")
        await type_keys(pilot, "2025-12-22\r\r\r")
        assert len(ready.agreements(desk).quiet_days) == 1
