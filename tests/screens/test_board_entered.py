"""What is entered on the board by keys, and taken back."""

from __future__ import annotations

import pytest

from tests.burst import key, send
from tests.frames import rows
from tests.screens import boards
from tests.screens.boards import at, figures, press, started, view_of
from tests.screens.table import open_at
from walk.clock import FixedClock
from walk.model import DayChange, StopLog, stop_log_id
from walk.routine.desk import Desk
from walk.routine.timekeeping import board

clock = boards.clock
desk = boards.desk


def log(desk: Desk) -> tuple[DayChange, ...]:
    """What team A's timekeeper entered."""
    found = desk.store.get(StopLog, stop_log_id(desk.walk_id, "A"))
    return found.changes if found else ()


async def test_minutes_count_up_and_show_the_end_first(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        planned = view_of(seen).ends
        shown = await press(seen, "+++-")
        later = f"{planned[:3]}{int(planned[3:]) + 2:02}"
        assert f"Ends {later} (planned {planned})" in shown
        assert view_of(seen).ends == planned
        shown = await press(seen, "\r")
        assert figures(seen) == "14"
        assert f"ends {later} (planned {planned})" in shown
        await press(seen, "-\x1b")
        assert figures(seen) == "14"
        assert "Nothing changed" in seen.sees()


async def test_started_earlier_by_a_digit_or_enter(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await at(seen, clock, minutes=2)
        await press(seen, "b\r")
        assert figures(seen) == "9"
        shown = await press(seen, "b")
        assert "Began how many min earlier? (new end)" in shown
        assert "Enter 1 11:14" in shown
        await press(seen, "3")
        assert figures(seen) == "6"
        await press(seen, "b\x1b")
        assert figures(seen) == "6"


async def test_hold_and_go_on(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await press(seen, "h")
        shown = await at(seen, clock, minutes=6)
        assert "║║║ HELD ║║║" in shown
        assert figures(seen) == "12"
        await press(seen, "h")
        await at(seen, clock, minutes=1)
        assert figures(seen) == "11"
        assert "HELD" not in seen.sees()


async def test_skip_shows_the_end_and_takes_a_reason_or_none(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await press(seen, "   ")
        held = view_of(seen)
        shown = await press(seen, "s")
        assert f"{held.visit} skipped? Ends {held.ends}" in shown
        assert "room in use" in shown
        assert view_of(seen) == held
        await press(seen, "1")
        assert view_of(seen).slots == held.slots - 1
        assert held.visit not in board.coming(desk)
        await press(seen, "s\r")
        assert view_of(seen).slots == held.slots - 2
        assert "late" in await press(seen, "d")


async def test_withdraw_asks_for_no_reason(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        gone = board.coming(desk)[1]
        assert "No reason is asked or kept" in await press(seen, "w")
        shown = await press(seen, "3")
        assert f"{gone} withdrawn? Ends " in shown
        assert gone in board.coming(desk)
        await press(seen, "\r")
        assert gone not in board.coming(desk)


async def test_swap_two_and_say_it_aloud(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        first, *others = board.coming(desk)
        taken = board.coming(desk, "B")[1]
        shown = await press(seen, f"x1{others.index(taken) + 1}")
        assert f"{first} and {taken} changed places" in shown
        assert "? Ends " in shown
        assert "▲ then say aloud: Team B: " in shown
        assert board.coming(desk)[0] == first
        shown = await press(seen, "\r")
        assert board.coming(desk)[0] == taken
        assert "▲ say aloud: Team B: " in shown


async def test_insert_what_was_skipped(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await press(seen, "   s\r")
        gone = ({"V1", "V2", "V3", "V4"} - {*board.coming(desk), "V1"}).pop()
        shown = await press(seen, "i")
        assert gone in shown
        await press(seen, "1\r")
        assert gone in board.coming(desk)


async def test_insert_begins_on_a_visit_that_can_be_put_in(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await press(seen, "   s\r")
        before = board.coming(desk)
        gone = ({"V1", "V2", "V3", "V4"} - {*before, "V1"}).pop()
        assert "has been seen by this team" in await press(seen, "i")
        # The digit of a row that only says why not: nothing is put in and nothing refused.
        shown = await press(seen, "2")
        assert "no visit of this walk" not in shown
        assert board.coming(desk) == before
        shown = await press(seen, "i\r")
        assert f"{gone} put in" in shown
        await press(seen, "\r")
        assert gone in board.coming(desk)


async def test_end_early_goes_to_the_debrief(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await press(seen, "e")
        assert "VISIT" in rows(seen.app)[0]
        await press(seen, "\r")
        assert "DEBRIEF" in rows(seen.app)[0]


async def test_make_up_time_by_an_offer_with_its_end(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        assert "Nothing to make up" in await press(seen, "t")
        await at(seen, clock, minutes=17)
        late = view_of(seen).ends
        found = board.offers(desk)
        shorter = next(n for n, one in enumerate(found, start=1) if one.ends < late)
        shown = await press(seen, "t")
        assert all(f"end at {one.ends}" in shown for one in found)
        await press(seen, str(shorter))
        assert view_of(seen).ends == found[shorter - 1].ends


async def test_what_another_team_says(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        ways = board.ways_out(desk, "A", "B")
        before = view_of(seen).lines
        shown = await press(seen, "o")
        assert len(ways) > 1
        assert ways[0].words[:20] in shown
        await press(seen, "2")  # the first row is for a team that is late
        assert view_of(seen).lines != before


@pytest.mark.parametrize(
    "acts",
    [(" ", "+\r", "b1", "h"), ("s\r", "w2\r", "x12\r"), ("e\r", "o2", "-\r"), ("o1\r", "n\r")],
    ids=repr,
)
async def test_undo_restores_exactly_and_says_what(
    desk: Desk, clock: FixedClock, acts: tuple[str, ...]
) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await at(seen, clock, minutes=2)
        before, drawn = view_of(seen), rows(seen.app)[:-2]
        for act in acts:
            await press(seen, act)
            after = view_of(seen)
            assert after != before, act
            assert "Undone: " in await press(seen, "u")
            assert view_of(seen) == before
            assert rows(seen.app)[:-2] == drawn
            assert "Done again: " in await press(seen, "r")
            assert view_of(seen) == after
            await press(seen, "u")


async def test_an_open_question_takes_every_key_but_help(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        before = view_of(seen)
        await press(seen, "e xuhq")
        assert view_of(seen) == before
        assert "Enter yes" in seen.sees()
        await press(seen, "?")
        assert "The board keeps one team's time" in seen.sees()
        await press(seen, "\x1b\x1b")
        assert "Nothing changed" in seen.sees()


async def test_a_question_keeps_up_with_the_time(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await at(seen, clock, minutes=20)
        shown = await press(seen, "e")
        first = [row for row in shown.split("\n") if "Enter yes" in row]
        shown = await at(seen, clock, minutes=3)
        assert [row for row in shown.split("\n") if "Enter yes" in row] != first


async def test_a_key_that_makes_no_sense_says_why(desk: Desk) -> None:
    async with open_at(desk, "board") as seen:
        before = view_of(seen)
        for name, said in (("h", "No clock"), ("+", "No clock"), ("d", "No stop"), ("e", "")):
            assert said in await press(seen, name)
        assert view_of(seen) == before


async def test_a_burst_of_keys_is_obeyed_in_order(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await at(seen, clock, minutes=2)
        send(seen.app, *map(key, "b1u++-\r   s\x1bx12\ru+"))
        for _ in range(12):
            await seen.pilot.pause()
        assert "MOVE" in rows(seen.app)[0]
        assert "Enter yes" in seen.sees()
        await press(seen, "\x1b")
        assert [len(board.coming(desk)), view_of(seen).phase] == [3, "move"]
        assert [one.do for one in log(desk)] == ["next", "next", "adjust", "next", "next", "next"]
        assert log(desk)[2].minutes == 1
