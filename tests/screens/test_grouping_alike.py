"""Notes alike by keys: shown with what they share, and the way back."""

from __future__ import annotations

from tests.frames import cursor_cell, rows
from tests.routine.table_of import write
from tests.screens import groups
from tests.screens.groups import POOL, inside, put
from tests.screens.table import open_at
from walk.likeness import FEWEST_IN_A_THEME
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk

desk = groups.desk


ALIKE = [
    (1, "zebra at the harbour"),
    (2, "harbour with a violin"),
    (3, "granite"),
    (4, "marble and basalt"),
]
"""Notes of which the first two share a word, and no other two anything."""


async def test_l_shows_notes_alike_with_what_they_share_and_places_nothing(desk: Desk) -> None:
    write(desk, ALIKE)
    async with open_at(desk, "debrief") as seen:
        await seen.keys("slash", *"zebra", "enter")
        shown = await seen.keys("l")
        assert "Like “zebra at the harbour” · 1" in shown
        assert "This note" in shown
        assert "harbour with a violin" in shown
        assert "granite" not in shown
        assert "shared words: harbour" in await seen.keys("down")
        assert inside(desk) == {}
        shown = await seen.keys("a", "t", "W", "enter")
        assert inside(desk) == {"W": sorted(words for _, words in ALIKE[:2])}
        assert "Nothing else is like it" in shown
        assert "Pool · 2 left" in await seen.keys("escape")


async def test_l_on_a_theme_shows_what_enter_puts_into_it(desk: Desk) -> None:
    harbours = [(n % 4 + 1, f"harbour number {n}") for n in range(6)]
    write(desk, [*harbours, *ALIKE[2:], *((1, f"slate {n}") for n in range(6))])
    table = debrief.table(desk)
    some = [one.note for one in table.pool if "harbour" in one.words][:3]
    debrief.put_in_new(desk, some, "Harbours")
    async with open_at(desk, "debrief") as seen:
        shown = await seen.keys("right", "l")
        assert "Like theme 1 · 3" in shown
        assert "shared words: " in shown
        assert "Enter puts one into theme 1" in shown
        await seen.keys("enter", "enter")
        assert len(inside(desk)["Harbours"]) == 5
        assert "Like theme 1 · 1" in seen.sees()
        shown = await seen.keys("u")
        assert "Like theme 1 · 2" in shown
        await seen.keys("escape")
        assert "1" in rows(seen.app)[cursor_cell(seen.app).row].split("▸")[-1].split()[0]


async def test_a_small_theme_teaches_nothing_yet(desk: Desk) -> None:
    write(desk, POOL)
    put(desk, "A", 0)
    async with open_at(desk, "debrief") as seen:
        shown = " ".join((await seen.keys("right", "l")).split())
        assert f"Put {FEWEST_IN_A_THEME} notes into it first" in shown


async def test_nothing_alike_is_said_and_one_stays_where_one_was(desk: Desk) -> None:
    write(desk, ALIKE)
    async with open_at(desk, "debrief") as seen:
        await seen.keys("slash", *"granite", "enter")
        shown = await seen.keys("l")
        assert "No other note that is left is like it" in shown
        assert "1 of 4" in shown


async def test_esc_leads_back_from_what_is_like_a_note_of_a_theme(desk: Desk) -> None:
    notes = write(desk, ALIKE)
    debrief.put_in_new(desk, [notes[0], notes[2]], "A")
    async with open_at(desk, "debrief") as seen:
        await seen.keys("right", "enter", "slash", *"zebra", "enter", "l")
        assert "harbour with a violin" in seen.sees()
        shown = await seen.keys("escape")
        assert "Theme 1 · A" in shown
        assert "zebra" in rows(seen.app)[cursor_cell(seen.app).row]
