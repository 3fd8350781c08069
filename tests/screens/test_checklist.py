"""The checklist by keys: ticks, another mode on the day, segments, and the way into the room."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.burst import press, type_keys
from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.frames import cursor_cell, frame, rows
from tests.hostile import hostile_store
from tests.screens.table import harmless, marked, page_at, words
from walk.app import WalkApp
from walk.routine.desk import Desk, Place
from walk.routine.papers import checklist
from walk.routine.planning import rooms
from walk.routine.visiting import visit
from walk.screens.base import WalkScreen

SIZES = [(60, 20), pytest.param((120, 40), marks=pytest.mark.long)]
opened = partial(page_at, screen="checklist")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def at(desk: Desk, code: str, before: str = "home") -> str:
    return f"{the_visit(desk, code).id} {before}"


@pytest.mark.parametrize("size", SIZES)
async def test_what_the_mode_asks_stands_first(desk: Desk, size: tuple[int, int]) -> None:
    checklist.change_mode(desk, the_visit(desk, "V2"), "recorded")
    async with opened(desk, at(desk, "V2"), size) as pilot:
        assert rows(pilot.app)[0].startswith(" Checklist · V2 · recorded")
        assert "Before the stop · me: 4 open, which stops nothing" in words(pilot)
        assert marked(pilot) == "○  the segment is here and plays"
        assert cursor_cell(pilot.app).character == "▸"
        assert "the chat, the small groups, and what came before and after" in words(pilot)
        assert "Watched: by nobody yet; said on this page only" in words(pilot)
        assert "? help" in rows(pilot.app)[-1]


async def test_space_and_enter_tick_and_undo_takes_back(desk: Desk) -> None:
    room = the_visit(desk, "V1")
    async with opened(desk, at(desk, "V1")) as pilot:
        await press(pilot, "space")
        assert marked(pilot).startswith("✓  where to stand")
        assert "ticked · 2 open · saved 09:00" in words(pilot)
        await press(pilot, "down", "enter", "down", "space")
        assert checklist.open_items(desk, room) == ()
        assert "all is ticked" in words(pilot)
        await press(pilot, "enter")
        assert checklist.open_items(desk, room) == ("lid angle",)
        await press(pilot, "u", "u", "u")
        assert checklist.open_items(desk, room) == ("quiet device", "lid angle")
        await press(pilot, "r")
        assert checklist.open_items(desk, room) == ("lid angle",)
        await press(pilot, "end", "space")
        assert "No line of the list is marked" in words(pilot)


async def test_the_mode_is_swapped_on_the_day(desk: Desk) -> None:
    async with opened(desk, at(desk, "V1")) as pilot:
        await press(pilot, "m", "down", "down", "space")
        assert marked(pilot) == "✓  microphone and camera are off"
        await press(pilot, "end", "up", "enter", "4")
        assert the_visit(desk, "V1").mode == "viewed_remotely"
        assert "✓ microphone and camera are off" in words(pilot)
        assert "students outside the camera's view" in words(pilot)
        await press(pilot, "u")
        assert the_visit(desk, "V1").mode == "virtual_live"


async def test_a_segment_is_received_and_who_watched_is_said(desk: Desk) -> None:
    room = checklist.change_mode(desk, the_visit(desk, "V1"), "recorded")
    visit.viewed_again(desk, visit.enter(desk, room))
    async with opened(desk, at(desk, "V1")) as pilot:
        assert "Watched: me twice; said on this page only" in words(pilot)
        await press(pilot, *["down"] * 4)
        assert marked(pilot) == "○ Received  not yet"
        await press(pilot, "enter")
        assert "2025-10-14" in words(pilot), "today stands there"
        await press(pilot, "ctrl+u")
        await type_keys(pilot, "soon\r")
        assert "no date for when the segment was received" in words(pilot)
        await press(pilot, "ctrl+u")
        await type_keys(pilot, "2025-10-10\r")
        await pilot.pause()
        assert marked(pilot) == "✓ Received  on 10 Oct"
        assert "go on: V1" in words(pilot)


async def test_the_arrows_go_through_the_visits(desk: Desk) -> None:
    rooms.withdraw(desk, the_visit(desk, "V2"))
    async with opened(desk, at(desk, "V1")) as pilot:
        await press(pilot, "left")
        assert "V1 is the first visit" in words(pilot)
        await press(pilot, "right")
        assert rows(pilot.app)[0].startswith(" Checklist · V3")
        await press(pilot, "right")
        assert "V3 is the last visit" in words(pilot)
        await press(pilot, "left", "escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "home"


async def test_an_open_line_stops_nobody_and_is_said_in_the_room(desk: Desk) -> None:
    checklist.tick(desk, the_visit(desk, "V1"), "stand")
    async with opened(desk, at(desk, "V1")) as pilot:
        await press(pilot, "e")
        assert rows(pilot.app)[0].startswith(" V1 · in person")
        assert "Still to check: quiet device, lid angle" in words(pilot)
    rooms.withdraw(desk, the_visit(desk, "V2"))
    async with opened(desk, at(desk, "V2")) as pilot:
        assert "It is withdrawn today." in words(pilot)
        await press(pilot, "e")
        assert "V2 is no longer open today" in words(pilot)


async def test_home_names_open_lines_and_k_opens_them(desk: Desk) -> None:
    write_form(desk, "V1", "14 of 22 wrote")
    async with opened(desk, screen="home") as pilot:
        assert "V3 in person · 3 to check (k)" in words(pilot)
        await press(pilot, "end", "k")
        assert rows(pilot.app)[0].startswith(" Checklist · V3")
        for _ in range(3):
            await press(pilot, "space", "down")
        await press(pilot, "escape")
        assert "V2 in person · 3 to check (k)" in words(pilot), "V2 is still to be checked"
        await press(pilot, "end")
        assert marked(pilot).startswith("V3  in person  ")
        await press(pilot, "home", "k")
        assert rows(pilot.app)[0].startswith(" Checklist · V2"), "the next one"
        await press(pilot, "escape", "enter")
        assert "Still to check: place to stand, quiet device, lid angle" in words(pilot)


async def test_it_opens_at_the_next_visit_where_none_is_named(desk: Desk) -> None:
    write_form(desk, "V1", "14 of 22 wrote")
    async with opened(desk) as pilot:
        assert rows(pilot.app)[0].startswith(" Checklist · V2")
    async with opened(desk, "0" * 32) as pilot:
        assert "This visit is not in the plan" in words(pilot)
        await press(pilot, "space", "enter", "m", "e", "left", "u", "r")
        assert pilot.app.is_running


async def test_without_a_walk_or_classrooms_no_key_breaks_it(tmp_path: Path) -> None:
    keys = ["space", "enter", "m", "left", "right", "e", "u", "r"]
    with desk_at(tmp_path / "empty.walkdb") as empty:
        app = WalkApp(empty, Place("checklist"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "No walk is open" in frame(pilot.app)
            await press(pilot, *keys)
            assert app.is_running
            await press(pilot, "escape")
        begin_small(empty, visits=1)
        rooms.withdraw(empty, the_visit(empty, "V1"))
        async with opened(empty) as pilot:
            assert "No classroom is open. p on Home, then a, adds one." in words(pilot)
            await press(pilot, *keys)
            assert pilot.app.is_running


async def test_a_hostile_label_is_shown_harmlessly(tmp_path: Path) -> None:
    with desk_at(hostile_store(tmp_path)) as desk:
        room = checklist.change_mode(desk, the_visit(desk, "V1"), "recorded")
        visit.viewed_again(desk, visit.enter(desk, room))
        async with opened(desk, at(desk, "V1"), (60, 20)) as pilot:
            assert harmless(pilot)
            await press(pilot, "end", "space")
            assert harmless(pilot)
            await pilot.resize_terminal(80, 15)
            await pilot.pause()
            assert "Make the window larger" in frame(pilot.app)
