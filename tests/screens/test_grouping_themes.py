"""Themes as a whole by keys: merged, split, moved, numbered."""

from __future__ import annotations

from tests.frames import cursor_cell, rows
from tests.routine.table_of import write
from tests.screens import groups
from tests.screens.groups import POOL, inside, put
from tests.screens.table import open_at
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk

desk = groups.desk


def numbered(desk: Desk) -> list[str]:
    return [one.name for one in debrief.table(desk).themes]


async def test_a_theme_is_merged_by_the_number_of_the_other_and_u_parts_them(desk: Desk) -> None:
    write(desk, POOL)
    put(desk, "Waiting", 0)
    put(desk, "Pausing", 2)
    before = debrief.table(desk)
    async with open_at(desk, "debrief") as seen:
        shown = await seen.keys("right", "m")
        assert "Merge Waiting into which theme?" in shown
        assert "Pausing" in shown
        shown = await seen.keys("2", "enter")
        assert "Waiting merged into Pausing" in shown
        assert "Pausing" in rows(seen.app)[cursor_cell(seen.app).row]
        assert inside(desk) == {"Pausing": [POOL[0][1], POOL[2][1]]}
        assert "Undone: Waiting merged into Pausing" in await seen.keys("u")
        assert debrief.table(desk) == before


async def test_of_two_statements_the_person_is_asked_which_stays(desk: Desk) -> None:
    write(desk, POOL)
    for name, number in (("A", 0), ("B", 2)):
        put(desk, name, number)
        stating.state_trend(desk, debrief.table(desk).themes[-1].theme, f"Students {name}.")
    async with open_at(desk, "debrief") as seen:
        shown = await seen.keys("right", "m", "enter")
        assert "Whose sentence stays?" in shown
        assert "Students A." in shown
        assert "Students B." in shown
        await seen.keys("escape")
        assert numbered(desk) == ["A", "B"]
        shown = await seen.keys("m", "enter", "1")
        assert numbered(desk) == ["B"]
        (trend,) = stating.trends(desk)
        assert (trend.statement, trend.counts.visits) == ("Students A.", 2)
        assert "Trend 1 was recounted: 2 visits, was 1 · no longer parked" in shown


async def test_one_theme_alone_is_not_merged(desk: Desk) -> None:
    debrief.make_theme(desk, "A")
    async with open_at(desk, "debrief") as seen:
        assert "no other theme" in await seen.keys("right", "m")


async def test_marked_notes_are_split_off_into_a_new_theme(desk: Desk) -> None:
    write(desk, POOL)
    put(desk, "A", 0, 1, 2)
    before = debrief.table(desk)
    async with open_at(desk, "debrief") as seen:
        await seen.keys("right", "enter", "slash", *"waits", "enter", "a")
        shown = await seen.keys("n")
        assert "A new theme of 2 notes, out of A" in shown
        shown = await seen.type("Because T waits")
        assert "stop at “Because”" in shown
        await seen.keys("escape")
        assert numbered(desk) == ["A"]
        assert "Because T waits" in await seen.keys("n")
        shown = await seen.keys("enter")
        assert "2 notes split off into Because T waits" in shown
        assert inside(desk) == {
            "A": [POOL[1][1]],
            "Because T waits": [POOL[0][1], POOL[2][1]],
        }
        await seen.keys("u")
        assert debrief.table(desk) == before


async def test_notes_move_from_theme_to_theme_or_into_a_new_one(desk: Desk) -> None:
    write(desk, POOL)
    put(desk, "A", 0, 1, 2)
    put(desk, "B", 3)
    async with open_at(desk, "debrief") as seen:
        await seen.keys("right", "enter")
        first = debrief.table(desk).themes[0].notes[0].words
        assert "1 note moved into B" in await seen.keys("v", "2", "enter")
        assert inside(desk)["B"] == sorted((first, POOL[3][1]))
        assert first not in inside(desk)["A"]
        await seen.keys("v", "N", "e", "w", "enter")
        assert [len(one) for one in inside(desk).values()] == [1, 2, 1]
        assert numbered(desk) == ["A", "B", "New"]


async def test_a_theme_gets_another_number_step_by_step_or_at_once(desk: Desk) -> None:
    for name in "ABCDEFGHIJKL":
        debrief.make_theme(desk, name)
    async with open_at(desk, "debrief") as seen:
        await seen.keys("right", "plus")
        assert "".join(numbered(desk)) == "BACDEFGHIJKL"
        await seen.keys("minus")
        assert "".join(numbered(desk)) == "ABCDEFGHIJKL"
        shown = await seen.keys("end", "g", "1", "enter")
        assert "".join(numbered(desk)) == "LABCDEFGHIJK"
        assert "L is number 1" in shown
        assert rows(seen.app)[cursor_cell(seen.app).row].split("▸")[-1].split()[1] == "L"
        await seen.keys("u")
        assert "".join(numbered(desk)) == "ABCDEFGHIJKL"


async def test_the_number_of_any_theme_finds_it(desk: Desk) -> None:
    for number in range(1, 41):
        debrief.make_theme(desk, f"Name {chr(64 + number % 26)}{number // 26}")
    write(desk, POOL[:1])
    async with open_at(desk, "debrief") as seen:
        await seen.keys("t", "3", "7", "enter")
        assert debrief.table(desk).themes[36].notes


async def test_a_name_that_explains_is_told_to_stop(desk: Desk) -> None:
    write(desk, POOL)
    async with open_at(desk, "debrief", size=(120, 40)) as seen:
        await seen.keys("t")
        await seen.type("because T waits")
        assert "stop at “because”" in await seen.keys("enter")
        assert numbered(desk) == ["because T waits"]
        assert "stop at “because”" in await seen.keys("right", "r")


async def test_the_theme_that_got_a_note_comes_into_view(desk: Desk) -> None:
    for number in range(1, 41):
        debrief.make_theme(desk, f"Name {number}")
    write(desk, POOL)
    async with open_at(desk, "debrief") as seen:
        assert "Name 33" not in seen.sees()
        assert "Name 33 " in await seen.keys("t", "3", "3", "enter")
        assert "Quiet " in await seen.keys("t", *"Quiet", "enter")
        assert "Name 2 " in await seen.keys("2")
