"""Roster by keys: walkers, roles, lenses and teams, what stands out, dealing, taking out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.burst import paste, press, type_keys
from tests.desks import begin_small, desk_at, write_form
from tests.frames import cursor_cell, frame, rows
from tests.hostile import LONG, PAYLOADS, hostile, hostile_store
from tests.screens.table import harmless, marked, page_at, words
from walk.app import WalkApp
from walk.routine.desk import Desk, Place
from walk.routine.planning import roster
from walk.screens.base import WalkScreen

SIZES = [(60, 20), pytest.param((120, 40), marks=pytest.mark.long)]
opened = partial(page_at, screen="roster")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def labels(desk: Desk) -> list[str]:
    return [one.label for one in desk.walkers()]


def row_of(desk: Desk, label: str) -> str:
    return f"walker {next(one.id for one in desk.walkers() if one.label == label)}"


# The page


@pytest.mark.parametrize("size", SIZES)
async def test_what_stands_out_stands_above_the_walkers(desk: Desk, size: tuple[int, int]) -> None:
    roster.add(desk, "Ana, Ben")
    async with opened(desk, size=size) as pilot:
        shown = words(pilot)
        assert rows(pilot.app)[0].startswith(" Roster · ")
        assert "None of 3 walkers is marked as a teacher" in shown
        assert "○ No specialist lens is present" in shown
        assert "○ The team has no timekeeper" in shown
        assert "One team · 3 walkers" in shown
        assert marked(pilot).startswith("Ana")
        assert cursor_cell(pilot.app).character == "▸"
        assert "? help" in rows(pilot.app)[-1]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.screen.name_in_app == "prepare"


async def test_without_a_walk_no_key_breaks_it(tmp_path: Path) -> None:
    with desk_at(tmp_path / "empty.walkdb") as empty:
        app = WalkApp(empty, Place("roster"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "No walk is open" in frame(pilot.app)
            await press(pilot, "enter", "a", "o", "l", "t", "d", "x", "u", "r", "space")
            assert app.is_running


async def test_an_empty_roster_says_how_to_fill_it(desk: Desk) -> None:
    (me,) = desk.walkers()
    desk.save(roster.STAGE, "emptied", withdraw=[me])
    async with opened(desk) as pilot:
        assert "Nobody is on the roster yet: a adds walkers." in words(pilot)
        await press(pilot, "d")
        assert "! Nobody is on the roster yet." in words(pilot)
        await press(pilot, "enter")
        await type_keys(pilot, "Ana\r")
        assert labels(desk) == ["Ana"]


# Adding and changing


async def test_several_walkers_are_added_at_once(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "a")
        await type_keys(pilot, "Ana, Ben,Cy\r")
        await pilot.pause()
        assert labels(desk) == ["Ana", "Ben", "Cy", "me"]
        assert marked(pilot).startswith("Ana")
        assert "3 walkers added · saved 09:00" in words(pilot)
        await press(pilot, "u")
        assert labels(desk) == ["me"]
        await press(pilot, "r")
        assert len(labels(desk)) == 4


async def test_a_full_name_is_gently_noticed_and_saved_all_the_same(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "a")
        await type_keys(pilot, "Ana")
        assert "full name" not in words(pilot)
        await type_keys(pilot, " Martinez")
        assert "This looks like a full name" in words(pilot)
        await press(pilot, "enter")
        assert "Ana Martinez" in labels(desk)


async def test_all_of_a_walker_is_changed_in_place(desk: Desk) -> None:
    roster.add(desk, "Ana")
    async with opened(desk, row_of(desk, "Ana")) as pilot:
        await press(pilot, "enter", "tab")
        await type_keys(pilot, "time, bus driver")
        assert "✓ timekeeper, bus driver" in words(pilot)
        await type_keys(pilot, "\rearly years\rNorth\r2\r")
        await pilot.pause()
        assert marked(pilot).startswith("Ana  timekeeper, bus driver · lens: early years")
        assert "at most 2 stops" in words(pilot)
        assert "Team North · 1 walker" in words(pilot)
        assert "On no team · 1" in words(pilot)
        assert "○ Me is on no team, while others are" in words(pilot)


async def test_what_cannot_be_saved_stays_with_its_reason(desk: Desk) -> None:
    roster.add(desk, "Ana")
    async with opened(desk, row_of(desk, "Ana")) as pilot:
        await press(pilot, "enter", "ctrl+u")
        await type_keys(pilot, "me\r\r\r\r\r")
        assert "! Another walker has this label" in words(pilot)
        await press(pilot, "up", "up", "up", "up", "ctrl+u", *["enter"] * 5)
        assert "! A label needs at least one letter" in words(pilot)
        await press(pilot, "up", "up", "up", "up")
        await type_keys(pilot, "Ana\r\r\r\r100\r")
        assert "Choose from 0 to 99" in words(pilot)
        await press(pilot, "escape")
        assert marked(pilot).endswith("not saved yet")
        await press(pilot, "x")
        assert "dropped" in words(pilot)
        assert desk.store.drafts() == []


async def test_typed_words_lead_back_from_home(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await press(pilot, "a")
        await type_keys(pilot, "Ana, B")
        await press(pilot, "escape")
    async with opened(desk, screen="home") as pilot:
        await press(pilot, "down")
        assert marked(pilot).startswith("Not saved yet: “Ana, B” (roster)")
        await press(pilot, "enter")
        assert marked(pilot).startswith("a")
        await press(pilot, "enter")
        await type_keys(pilot, "en\r")
        assert labels(desk) == ["Ana", "Ben", "me"]


async def test_roles_are_ticked(desk: Desk) -> None:
    roster.add(desk, "Ana")
    (ana,) = (one for one in desk.walkers() if one.label == "Ana")
    roster.change(desk, ana, roles=("guide",))
    async with opened(desk, row_of(desk, "Ana")) as pilot:
        await press(pilot, "o")
        assert "✓ guide" in words(pilot), "other words are listed behind the usual ones"
        await press(pilot, "3", "down", "space", "home", "enter", "enter", "escape")
        assert marked(pilot).startswith("Ana  timekeeper, recorder, guide")
        await press(pilot, "u")
        assert marked(pilot).startswith("Ana  guide")


async def test_a_lens_is_chosen(desk: Desk) -> None:
    async with opened(desk, row_of(desk, "me")) as pilot:
        assert "No specialist lens" in words(pilot)
        await press(pilot, "l", "2")
        assert marked(pilot).startswith("me  lead · lens: special education")
        assert "No specialist lens" not in words(pilot)
        await press(pilot, "l", "7")
        assert "lens:" not in marked(pilot)
        await press(pilot, "l", "6")
        assert "such as: multilingual learners" in words(pilot)


async def test_a_team_is_turned_through(desk: Desk) -> None:
    roster.add(desk, "Ana, Ben")
    async with opened(desk, row_of(desk, "Ben")) as pilot:
        await press(pilot, "t")
        assert "Team A · 1 walker" in words(pilot)
        assert marked(pilot).startswith("Ben"), "the marker goes along"
        await press(pilot, "t")
        assert "One team · 3 walkers" in words(pilot)


async def test_the_cap_is_set_here_and_a_larger_team_said(desk: Desk) -> None:
    roster.add(desk, "Ana, Ben")
    async with opened(desk, "most all") as pilot:
        assert marked(pilot) == "Team size  no cap"
        await press(pilot, "enter")
        await type_keys(pilot, "2\r")
        await pilot.pause()
        assert marked(pilot) == "Team size  at most 2 walkers"
        assert "○ The team has 3 walkers, and 2 are the most" in words(pilot)


async def test_walkers_are_dealt_shown_and_undone(desk: Desk) -> None:
    roster.add(desk, "Ana, Ben, Cy, Dee")
    async with opened(desk) as pilot:
        await press(pilot, "d", "enter")
        assert "Team A · 3 walkers" in words(pilot)
        assert "Team B · 2 walkers" in words(pilot)
        assert "Dealt: A 3 · B 2; u undoes it" in words(pilot)
        await press(pilot, "u")
        assert "One team · 5 walkers" in words(pilot)
        await press(pilot, "d", "ctrl+u")
        await type_keys(pilot, "9\r")
        assert "5 walkers cannot be 9 teams" in words(pilot)
        await press(pilot, "escape")
        assert desk.store.drafts() == []


async def test_only_who_left_nothing_is_taken_out(desk: Desk) -> None:
    write_form(desk, "V1", "14 of 22 wrote")
    (ana,) = roster.add(desk, "Ana")
    async with opened(desk, row_of(desk, "Ana")) as pilot:
        await press(pilot, "x")
        assert labels(desk) == ["me"]
        assert "Ana taken out; u undoes it" in words(pilot)
        await press(pilot, "up", "x")
        assert "me stays on the roster: they have notes in this walk" in words(pilot)
        await press(pilot, "u")
        assert labels(desk) == ["Ana", "me"]
        await press(pilot, "end", "x", "t", "o", "l")
        assert "No walker is marked" in words(pilot)
    assert ana.id in [one.id for one in desk.walkers()]


async def test_help_names_every_key(desk: Desk) -> None:
    async with opened(desk, size=(120, 40)) as pilot:
        await press(pilot, "question_mark")
        for told in (
            "for. A walker may hold several roles",
            "Tick the roles",
            "Deal all walkers",
            "next team",
        ):
            assert told in words(pilot)


# Many walkers, hostile texts, sizes


async def test_sixty_walkers_are_dealt_and_moved_through(desk: Desk) -> None:
    roster.add(desk, ", ".join(f"Walker {n:02}" for n in range(59)))
    async with opened(desk) as pilot:
        await press(pilot, "d", "enter")
        assert len(roster.teams(desk)) == 15
        await press(pilot, *["pagedown"] * 6)
        assert marked(pilot).startswith("Team size")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert marked(pilot).startswith("Team size")


async def test_a_hostile_roster_is_shown_and_acts_on_nothing(tmp_path: Path) -> None:
    with desk_at(hostile_store(tmp_path)) as desk:
        async with opened(desk, f"walker {desk.me}", (60, 20)) as pilot:
            assert harmless(pilot)
            for key in ("enter", "o", "l"):
                await press(pilot, key)
                assert harmless(pilot)
                assert not isinstance(pilot.app.screen, WalkScreen)
                await press(pilot, "escape")
                assert isinstance(pilot.app.screen, WalkScreen)


@pytest.mark.long
@pytest.mark.parametrize("place", range(0, len(PAYLOADS), 4))
async def test_hostile_words_in_every_field(desk: Desk, place: int) -> None:
    async with opened(desk, row_of(desk, "me")) as pilot:
        await press(pilot, "enter")
        for field in range(4):
            await paste(pilot, hostile(place + field))
            assert harmless(pilot)
            await press(pilot, "tab")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, WalkScreen), words(pilot)
        assert harmless(pilot)
        await press(pilot, "t", "o", "escape", "l")
        assert harmless(pilot)


@pytest.mark.long
async def test_a_very_long_label_does_not_push_the_rest_away(desk: Desk) -> None:
    (me,) = desk.walkers()
    roster.change(desk, me, label=LONG, lens=LONG, team=LONG)
    roster.add(desk, "Ana, Ben")
    async with opened(desk) as pilot:
        assert "? help" in rows(pilot.app)[-1]
        await press(pilot, "end")
        assert marked(pilot).startswith("Team size")
