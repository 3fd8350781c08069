"""Grouping 400 notes: filtered, many at once, themes merged, split, moved and numbered by key."""

from __future__ import annotations

import pytest

from tests.burst import press_ahead
from tests.frames import cursor_cell, frame, rows
from tests.routine.table_of import write
from tests.screens import groups
from tests.screens.groups import POOL, inside, put
from tests.screens.table import SIZES, open_at
from walk.routine.debriefing import debrief, protocol, stating, themes
from walk.routine.desk import Desk

desk = groups.desk


def pool(desk: Desk) -> list[str]:
    return sorted(one.words for one in debrief.table(desk).pool)


# The filter


@pytest.mark.parametrize("size", SIZES)
async def test_the_filter_narrows_with_each_letter_and_esc_shows_all(
    desk: Desk, size: tuple[int, int]
) -> None:
    write(desk, POOL)
    async with open_at(desk, "debrief", size=size) as seen:
        await seen.keys("slash")
        shown = await seen.type("wai")
        assert "2 of 5" in shown
        assert "boat" not in shown
        shown = await seen.type("ts s2")
        assert "1 of 5" in shown
        assert "six seconds" not in shown
        shown = await seen.keys("backspace", "backspace", "backspace")
        assert "2 of 5" in shown
        shown = await seen.keys("escape")
        assert "Pool · 5 left" in shown
        assert "boat" in shown
        assert cursor_cell(seen.app).character == "▸"


async def test_what_the_filter_shows_is_marked_and_put_together(desk: Desk) -> None:
    debrief.make_theme(desk, "Waiting")
    write(desk, POOL)
    async with open_at(desk, "debrief") as seen:
        await seen.keys("slash", *"waits", "enter")
        assert "2 notes marked" in await seen.keys("a")
        shown = await seen.keys("1")
        assert inside(desk)["Waiting"] == [POOL[0][1], POOL[2][1]]
        assert "No other note here says" in shown
        assert "Pool · 3 left" in await seen.keys("escape")


async def test_marks_are_gathered_over_several_filters(desk: Desk) -> None:
    debrief.make_theme(desk, "A")
    write(desk, POOL)
    async with open_at(desk, "debrief") as seen:
        await seen.keys("slash", *"boat", "enter", "a")
        await seen.keys("slash", *"pairs", "enter")
        assert "2 notes marked, 1 of them not shown" in await seen.keys("a")
        await seen.keys("1")
        assert inside(desk)["A"] == sorted((POOL[1][1], POOL[3][1]))


async def test_a_second_a_takes_the_marks_away_again(desk: Desk) -> None:
    write(desk, POOL)
    async with open_at(desk, "debrief") as seen:
        assert "5 notes marked" in await seen.keys("a")
        assert "No note marked" in await seen.keys("a")


async def test_a_filter_typed_without_a_pause_loses_no_key(desk: Desk) -> None:
    debrief.make_theme(desk, "A")
    write(desk, POOL)
    async with open_at(desk, "debrief") as seen:
        await press_ahead(seen.pilot, "slash", *"boat", "enter", "1")
        assert inside(desk)["A"] == [POOL[3][1]]


async def test_among_the_themes_the_filter_goes_to_the_notes(desk: Desk) -> None:
    debrief.make_theme(desk, "A")
    write(desk, POOL)
    async with open_at(desk, "debrief") as seen:
        # Were / nothing there, the letters would be commands: s leaves for the trends.
        shown = await seen.keys("right", "slash", *"sax", "backspace", "backspace", "enter")
        assert "“s” · Pool" in shown
        assert inside(desk) == {"A": []}


async def test_letters_in_the_filter_are_no_commands(desk: Desk) -> None:
    write(desk, [(1, "u x 1 a t"), (2, "other")])
    debrief.make_theme(desk, "A")
    async with open_at(desk, "debrief") as seen:
        shown = await seen.keys("slash", *"ux1at?", "backspace", "backspace", "backspace")
        assert "0 of 2 · “ux1”" in shown
        assert inside(desk) == {"A": []}


async def test_the_filter_is_for_one_list_and_goes_with_it(desk: Desk) -> None:
    write(desk, POOL)
    put(desk, "A", 1)
    async with open_at(desk, "debrief") as seen:
        shown = await seen.keys("slash", *"boat", "enter", "right", "enter")
        assert "pairs wrote" in shown
        assert "Theme 1 · A" in shown


async def test_words_in_the_filter_are_no_markup(desk: Desk) -> None:
    write(desk, [(1, "[/x] says [bob]")])
    async with open_at(desk, "debrief") as seen:
        shown = await seen.keys("slash", "left_square_bracket", "slash", "x")
        assert "1 of 1 · “[/x”" in shown


# Odd and contrary ones


@pytest.mark.parametrize("size", SIZES)
async def test_odd_notes_stay_in_sight_under_the_themes(desk: Desk, size: tuple[int, int]) -> None:
    for number in range(40):
        debrief.make_theme(desk, f"Theme {number}")
    write(desk, POOL)
    async with open_at(desk, "debrief", size=size) as seen:
        await seen.keys("slash", *"boat", "enter", "o", "escape")
        assert "S4 drew a boat" not in pool(desk)
        assert "Odd, fits nowhere yet · 1" in seen.sees()
        assert "Odd, fits nowhere yet · 1" in await seen.keys("right", "end")
        shown = await seen.keys("o")
        assert "S4 drew a boat" in shown
        await seen.keys("2")
        assert inside(desk)["Theme 1"] == ["S4 drew a boat"]
        assert "Odd, fits nowhere yet · 1" not in await seen.keys("escape")
        assert "Odd, fits nowhere yet · 1" in await seen.keys("u")


async def test_o_among_the_odd_ones_brings_a_note_back(desk: Desk) -> None:
    notes = write(desk, POOL)
    themes.set_aside(desk, notes[:2])
    async with open_at(desk, "debrief") as seen:
        await seen.keys("w", "w")
        assert "1 note back in the pool" in await seen.keys("o")
        await seen.keys("delete")
        assert len(pool(desk)) == 5
        assert "Pool · 5 left" in await seen.keys("escape")


async def test_a_note_in_a_theme_and_a_wondering_are_not_odd(desk: Desk) -> None:
    write(desk, POOL)
    write(desk, [(1, "How?")], kind="wondering")
    put(desk, "A", 0)
    async with open_at(desk, "debrief") as seen:
        assert "Wonderings wait" in await seen.keys("w", "o")
        assert "stands in a theme" in await seen.keys("escape", "right", "enter", "o")
        assert debrief.table(desk).odd == ()


async def test_what_runs_against_comes_first_and_is_counted_beside_the_theme(desk: Desk) -> None:
    write(desk, POOL)
    notes = put(desk, "A", 0, 1, 2, 3)
    debrief.turn_contrary(desk, notes[3], debrief.table(desk).themes[0].theme)
    async with open_at(desk, "debrief") as seen:
        shown = seen.sees()
        assert "≠1 3 visits" in shown
        assert "≠ runs against" in shown
        shown = await seen.keys("right", "enter")
        lines = shown.splitlines()
        against = next(n for n, line in enumerate(lines) if "≠ Against it · 1 visit" in line)
        supports = next(n for n, line in enumerate(lines) if "Supports it · 3 visits" in line)
        boat = next(n for n, line in enumerate(lines) if "boat" in line)
        assert against < boat < supports
        assert "≠1" in lines[against - 1]  # in the head, which does not scroll
        assert "Supports the theme" in await seen.keys("c")
        assert "≠" not in frame(seen.app)
        await seen.keys("a", "c")
        assert debrief.table(desk).themes[0].spread.contrary_visits == 4


async def test_a_trend_is_told_to_be_recounted_when_its_theme_changes(desk: Desk) -> None:
    write(desk, POOL)
    put(desk, "A", 0, 1)
    stating.state_trend(desk, debrief.table(desk).themes[0].theme, "Students wait.")
    async with open_at(desk, "debrief", size=(120, 40)) as seen:
        await seen.keys("slash", *"boat", "enter")
        assert "Trend 1 was recounted: 3 visits, was 2" in await seen.keys("1")
        assert "Trend 1 was recounted: 2 visits, was 3" in await seen.keys("u")
        assert "Trend 1 was recounted: 3 visits, was 2" in await seen.keys("z")
        await seen.keys("escape", "right", "enter", "c")
        assert "2 visits, was 3 · against it 1 visit, was 0" in seen.sees()
        assert "0 visits, was 2" in await seen.keys("a", "delete")
        assert "parked now" in seen.sees()
        assert "recounted" not in await seen.keys("escape", "p", "p")


# Read from afar, and opened at a note


@pytest.mark.parametrize("size", SIZES)
async def test_fewer_rows_stand_apart_and_stay_so_after_a_restart(
    desk: Desk, size: tuple[int, int]
) -> None:
    long = "S2 said it says on page four that the river was low and so it was not deep " * 2
    write(desk, [(1, f"note {number} {long}") for number in range(30)])
    async with open_at(desk, "debrief", size=size) as seen:
        close = seen.sees().count("note ")
        shown = await seen.keys("p")
        assert shown.count("note ") < close
        place = cursor_cell(seen.app)
        await seen.keys("down")
        assert cursor_cell(seen.app).row >= place.row + 2
        assert cursor_cell(seen.app).character == "▸"
    async with open_at(desk, "debrief", size=size) as seen:
        assert seen.sees().count("note ") < close
        assert (await seen.keys("p")).count("note ") == close


async def test_it_opens_at_a_note_wherever_that_stands(desk: Desk) -> None:
    notes = {one.words: one for one in write(desk, POOL)}
    put(desk, "A", 0)
    themes.set_aside(desk, [notes[POOL[3][1]]])
    for number, head in ((0, "Theme 1 · A"), (1, "Pool · 3 left"), (3, "Odd, fits nowhere yet")):
        async with open_at(desk, "debrief", at=notes[POOL[number][1]].id) as seen:
            shown = seen.sees()
            assert head in shown
            assert POOL[number][1] in rows(seen.app)[cursor_cell(seen.app).row]


async def test_undo_reaches_back_over_a_restart(desk: Desk) -> None:
    write(desk, POOL)
    put(desk, "A", 0, 1)
    put(desk, "B", 2)
    before = debrief.table(desk)
    async with open_at(desk, "debrief") as seen:
        await seen.keys("right", "m", "enter", "minus", "left", "o")
    async with open_at(desk, "debrief") as seen:
        await seen.keys("u", "u")
        assert debrief.table(desk) == before


# The key line


@pytest.mark.parametrize("size", SIZES)
async def test_going_on_is_in_the_key_line_of_every_pane(desk: Desk, size: tuple[int, int]) -> None:
    write(desk, POOL)
    put(desk, "A", 0, 1)
    protocol.begin(desk, "group", hosts=False)
    async with open_at(desk, "debrief", size=size) as seen:
        for keys in ((), ("right",), ("enter",)):
            shown = await seen.keys(*keys) if keys else seen.sees()
            assert "f go on" in shown.splitlines()[-1]


async def test_a_digit_among_the_themes_goes_there_and_puts_nothing(desk: Desk) -> None:
    write(desk, POOL)
    for name in ("A", "B"):
        debrief.make_theme(desk, name)
    async with open_at(desk, "debrief") as seen:
        await seen.keys("right", "2")
        assert inside(desk) == {"A": [], "B": []}
        assert "put" not in seen.sees().splitlines()[-1]
        assert "▸ 2  B" in seen.sees()
        assert "There is no theme 7 yet" in await seen.keys("7")


async def test_beyond_the_digits_it_says_how_a_theme_is_found(desk: Desk) -> None:
    for number in range(9):
        debrief.make_theme(desk, f"theme of {number}")
    async with open_at(desk, "debrief") as seen:
        assert "t finds any" not in seen.sees()
        debrief.make_theme(desk, "one more")
        assert "Themes · 10 · t finds any" in await seen.keys("p")


async def test_what_was_told_of_one_list_is_not_said_of_the_next(desk: Desk) -> None:
    write(desk, POOL)
    put(desk, "A", 0)
    async with open_at(desk, "debrief") as seen:
        assert "1 note put into A" in await seen.keys("1")
        assert "put into A" not in await seen.keys("w")
