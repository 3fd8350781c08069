"""Classrooms by keys: times, bands, modes, order, withdrawing, and places that stay hidden."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.burst import paste, press, type_keys
from tests.desks import begin_small, desk_at, place_of, the_visit
from tests.frames import cursor_cell, frame, rows
from tests.hostile import PAYLOADS, hostile, hostile_store
from tests.screens.table import harmless, marked, page_at, to, words
from walk.app import WalkApp
from walk.routine.desk import Desk, Place
from walk.routine.planning import places, prepare, rooms, roster
from walk.screens.base import WalkScreen

SIZES = [(60, 20), pytest.param((120, 40), marks=pytest.mark.long)]
opened = partial(page_at, screen="rooms")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def codes(desk: Desk) -> list[str]:
    return [one.code for one in prepare.visits(desk)]


def row_of(desk: Desk, code: str) -> str:
    return f"visit {the_visit(desk, code).id}"


# The page


@pytest.mark.parametrize("size", SIZES)
async def test_the_classrooms_stand_in_their_order(desk: Desk, size: tuple[int, int]) -> None:
    async with opened(desk, size=size) as pilot:
        assert rows(pilot.app)[0].startswith(" Classrooms · ")
        assert "3 classrooms · where they are: hidden (p)" in words(pilot)
        assert marked(pilot) == "V1  in person"
        assert cursor_cell(pilot.app).character == "▸"
        assert "? help" in rows(pilot.app)[-1]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "prepare"


async def test_without_a_walk_or_classrooms_no_key_breaks_it(tmp_path: Path) -> None:
    keys = ["enter", "a", "n", "m", "x", "left", "right", "k", "o", "p", "p", "u", "r"]
    with desk_at(tmp_path / "empty.walkdb") as empty:
        app = WalkApp(empty, Place("rooms"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "No walk is open" in frame(pilot.app)
            await press(pilot, *keys)
            assert app.is_running
        begin_small(empty)
        empty.save(rooms.STAGE, "emptied", withdraw=prepare.visits(empty))
        async with opened(empty) as pilot:
            assert "No classrooms yet: a adds one, n several." in words(pilot)
            await press(pilot, "m", "k", "o")
            assert "No classroom is marked" in words(pilot)
            await press(pilot, "a")
            assert marked(pilot) == "V1  in person"


async def test_one_and_several_are_added(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "a")
        assert marked(pilot) == "V4  in person"
        await press(pilot, "n")
        await type_keys(pilot, "add 5\r")
        await pilot.pause()
        assert codes(desk)[-1] == "V9"
        assert marked(pilot) == "V5  in person"
        assert "V5 to V9 added · saved 09:00" in words(pilot)
        await press(pilot, "u", "u")
        assert codes(desk) == ["V1", "V2", "V3"]
        await press(pilot, "n")
        await type_keys(pilot, "300\r")
        assert "Choose from 1 to 197" in words(pilot)
        await press(pilot, "escape")
        assert desk.store.drafts() == []


async def test_times_are_shown_back_while_they_are_typed(desk: Desk) -> None:
    async with opened(desk, row_of(desk, "V2")) as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "8:50-9:40, 1:10")
        assert "○ “1:10” does not say from and to" in words(pilot)
        await press(pilot, "enter", "enter", "enter", "enter")
        assert the_visit(desk, "V2").windows == ()
        assert "! “1:10” does not say from and to" in words(pilot)
        await press(pilot, "up", "up", "up")
        await type_keys(pilot, "-2")
        assert "✓ open 08:50–09:40, 13:10–14:00" in words(pilot)
        await press(pilot, "enter", "enter", "enter", "enter")
        assert marked(pilot) == "V2  in person · open 08:50–09:40, 13:10–14:00"
        await press(pilot, "u")
        assert marked(pilot) == "V2  in person"


async def test_bands_are_to_be_coarse_and_an_inquiry_is_advised(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "enter", "enter")
        await type_keys(pilot, "5B\rAP Biology\rDo we wait?")
        assert "○ This may point to one teacher; a band such as 3–5 will do." in words(pilot)
        assert "○ This may point to one teacher; a subject such as mathematics" in words(pilot)
        assert '○ Begin with "In what ways am I' in words(pilot)
        await press(pilot, "enter")
        assert "5B · AP Biology · its own inquiry: Do we wait?" in words(pilot)
    async with opened(desk, the_visit(desk, "V1").id, screen="visit") as pilot:
        assert "Do we wait?" in words(pilot), "the visit shows its own inquiry"


async def test_modes_turn_and_a_segment_is_received(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "m", "m")
        assert marked(pilot) == "V1  recorded".ljust(len(marked(pilot)) - 16) + "not received yet"
        await press(pilot, "enter", "down", "down", "down")
        await type_keys(pilot, "2025-10-10\r\r")
        assert marked(pilot).endswith("received 10 Oct")


async def test_a_visit_is_withdrawn_and_brought_back_by_one_key(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "x")
        assert marked(pilot).endswith("withdrawn")
        assert " V1 withdrawn, no reason kept · saved 09:00 " in words(pilot)
        assert "3 classrooms, 1 withdrawn" in words(pilot)
        assert "x bring back" in rows(pilot.app)[-1]
        await press(pilot, "down")
        assert "x withdraw" in rows(pilot.app)[-1], "the key says what it does on this row"
        await press(pilot, "up", "x")
        assert marked(pilot) == "V1  in person"
        assert "V1 is open again" in words(pilot)
        await press(pilot, "u", "u")
        assert not the_visit(desk, "V1").withdrawn


async def test_the_order_is_changed_by_the_arrows(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "right", "right")
        assert codes(desk) == ["V2", "V3", "V1"]
        assert marked(pilot) == "V1  in person", "the marker goes along"
        await press(pilot, "right")
        assert "V1 is last already" in words(pilot)
        assert "saved" not in words(pilot), "nothing was"
        await press(pilot, "left")
        assert codes(desk) == ["V2", "V1", "V3"]
        await press(pilot, "u", "u", "u")
        assert codes(desk) == ["V1", "V2", "V3"]


@pytest.mark.long
async def test_typed_words_wait_and_lead_back_from_home(desk: Desk) -> None:
    async with opened(desk, row_of(desk, "V3")) as pilot:
        await press(pilot, "enter")
        await type_keys(pilot, "8-9")
        await press(pilot, "escape")
        assert marked(pilot).endswith("not saved yet")
    async with opened(desk, screen="home") as pilot:
        await press(pilot, "down")
        assert marked(pilot).startswith("Not saved yet: “8-9” (classrooms)")
        await press(pilot, "enter")
        assert marked(pilot).startswith("V3")
        await press(pilot, "x")
        assert "dropped" in words(pilot)
        assert not the_visit(desk, "V3").withdrawn


async def test_the_checklist_is_one_key_away_and_leads_back(desk: Desk) -> None:
    async with opened(desk, row_of(desk, "V2")) as pilot:
        await press(pilot, "k")
        assert rows(pilot.app)[0].startswith(" Checklist · V2 · in person")
        await press(pilot, "escape")
        assert rows(pilot.app)[0].startswith(" Classrooms")


# Places


async def test_places_are_hidden_until_p_and_lie_in_a_file_of_their_own(
    desk: Desk, tmp_path: Path
) -> None:
    roster.add(desk, "Ana")
    places.set_place(desk, "V1", "by the library", ("Ana",))
    async with opened(desk) as pilot:
        assert "library" not in frame(pilot.app)
        await press(pilot, "p")
        assert marked(pilot) == "V1  in person · by the library · own room of Ana"
        assert "place not given" in words(pilot)
        assert "Places are shown on this laptop alone" in words(pilot)
        await press(pilot, "p")
        assert "library" not in frame(pilot.app)
        await to(pilot, row_of(desk, "V2"))
        await press(pilot, "o")
        await type_keys(pilot, "second floor\rBob\r")
        assert "Bob is not on the roster" in words(pilot)
        await press(pilot, "ctrl+u")
        await type_keys(pilot, "Ana\r")
        await pilot.pause()
        assert "second floor" in words(pilot)
        assert place_of(desk, "V2") == "second floor"
        assert places.own_rooms(desk)["V2"] == {"Ana"}
    held = (tmp_path / "one.walkdb").read_bytes() + (tmp_path / "one.walkdb-wal").read_bytes()
    assert b"second floor" not in held
    assert desk.store.drafts() == []


async def test_u_takes_a_place_back_where_that_came_last(desk: Desk) -> None:
    places.set_place(desk, "V1", "by the library")
    async with opened(desk) as pilot:
        await press(pilot, "m")
        await press(pilot, "o")
        await type_keys(pilot, " door\r\r")
        await pilot.pause()
        assert place_of(desk, "V1") == "by the library door"
        await press(pilot, "u")
        assert place_of(desk, "V1") == "by the library"
        assert "Undone: the place of V1" in words(pilot)
        assert prepare.visits(desk)[0].mode == "virtual_live"
        await press(pilot, "r")
        assert place_of(desk, "V1") == "by the library door"
        await press(pilot, "u", "u")
        assert place_of(desk, "V1") == "by the library"
        assert prepare.visits(desk)[0].mode == "in_person", "then the plan, as before"
        await press(pilot, "r", "m", "u")
        assert place_of(desk, "V1") == "by the library", "a later change comes first"


async def test_places_that_cannot_be_read_are_told(desk: Desk) -> None:
    places.set_place(desk, "V1", "by the library")
    places.path_of(desk).write_text("no [[ table", encoding="utf-8")
    async with opened(desk) as pilot:
        await press(pilot, "p")
        assert "The places of this walk cannot be read" in words(pilot)
        await press(pilot, "down", "m")
        assert the_visit(desk, "V2").mode == "virtual_live", "all else goes on"
        await press(pilot, "o")
        assert "cannot be read" in words(pilot)


# Many, hostile, small


async def test_two_hundred_classrooms(desk: Desk) -> None:
    rooms.add(desk, 197)
    async with opened(desk, size=(60, 20)) as pilot:
        await press(pilot, "end", "up")
        assert marked(pilot) == "V200  in person"
        await press(pilot, "left", "m", "a")
        assert "at most 200 classrooms" in words(pilot)
        assert codes(desk)[-2:] == ["V200", "V199"]


@pytest.mark.long
@pytest.mark.parametrize("place", range(0, len(PAYLOADS), 4))
async def test_hostile_words_in_every_field(tmp_path: Path, place: int) -> None:
    with desk_at(hostile_store(tmp_path)) as desk:
        async with opened(desk, size=(60, 20)) as pilot:
            assert harmless(pilot)
            await press(pilot, "enter")
            await paste(pilot, hostile(place))
            assert harmless(pilot)
            await press(pilot, "ctrl+u", "enter")
            for field in range(2):
                await paste(pilot, PAYLOADS[(place + field) % len(PAYLOADS)][:40])
                await press(pilot, "enter")
                assert harmless(pilot)
            await paste(pilot, hostile(place))
            await press(pilot, "enter")
            assert harmless(pilot)
            await press(pilot, "escape", "o")
            await paste(pilot, hostile(place))
            await press(pilot, "enter", "enter", "p")
            assert harmless(pilot)
