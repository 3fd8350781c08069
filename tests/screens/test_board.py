"""The board by keys: what is read down a hallway, entered as it happens, and taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import RenderResult

from tests.burst import acted, key, send
from tests.desks import begin_small, desk_at
from tests.frames import rows
from tests.screens.table import HOSTILE, Seen, open_at
from walk.clock import FixedClock
from walk.model import DayChange, StopLog, stop_log_id
from walk.routine import board, plan_file, rotation, steps
from walk.routine.board import BoardView, Preview
from walk.routine.desk import Desk
from walk.screens import board_words as words
from walk.screens.board import BELL, FLASH, BoardScreen
from walk.screens.board_keys import KEYS
from walk.text import cell_width
from walk.widgets.big_digits import FULL, BigDigits

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]
PLAN = """
[walk]
host_school = "Lincoln"
date = 2025-10-14
zone = "UTC"
[focus]
statement = "Reasons and sources in discussion"
[times]
start = 08:50:00
"""


def plan(teams: int, visits: int) -> str:
    """A plan with so many teams of one walker each, and so many visits."""
    labels = [chr(ord("A") + number) if teams <= 26 else f"T{number}" for number in range(teams)]
    made = [f'[[visit]]\ncode = "V{number}"\n' for number in range(1, visits + 1)]
    made += [f'[[walker]]\nlabel = "w{one}"\nteam = "{one}"\n' for one in labels]
    return PLAN + "".join(made)


def take(desk: Desk, folder: Path, text: str, slots: int | None = None) -> None:
    """Make the walk of a plan and its rotation."""
    file = folder / "PLAN.toml"
    file.write_text(text, encoding="utf-8")
    plan_file.take_plan(desk, file)
    rotation.make(desk, slots)


@cache
def _planned(teams: int, visits: int, slots: int) -> bytes:
    """A store with that walk, made once for each process of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planned.walkdb"
        with desk_at(path, morning()) as desk:
            take(desk, Path(folder), plan(teams, visits), slots)
        return path.read_bytes()


def morning() -> FixedClock:
    """Five minutes before it begins."""
    return FixedClock(datetime(2025, 10, 14, 8, 45, tzinfo=UTC))


@pytest.fixture
def clock() -> FixedClock:
    return morning()


@contextmanager
def planned(folder: Path, clock: FixedClock, teams: int, visits: int, slots: int) -> Iterator[Desk]:
    """A desk on a walk with a rotation."""
    path = folder / "one.walkdb"
    path.write_bytes(_planned(teams, visits, slots))
    with desk_at(path, clock) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """Two teams with four stops each."""
    with planned(tmp_path, clock, 2, 4, 4) as made:
        yield made


async def press(seen: Seen, text: str) -> str:
    """Send keys as a terminal does, " " for Space, and wait until all have acted."""
    app = seen.app
    send(app, *map(key, text))
    await acted(app)
    await seen.pilot.pause()
    return seen.sees()


def board_of(seen: Seen) -> BoardScreen:
    screen = seen.app.screen
    assert isinstance(screen, BoardScreen)
    return screen


def view_of(seen: Seen) -> BoardView:
    view = board_of(seen).view
    assert view is not None
    return view


def figures(seen: Seen) -> str:
    return board_of(seen).query_one(BigDigits).figures


def digit_rows(seen: Seen) -> int:
    """Rows of the drawn figures, without the bars from side to side."""
    drawn = [row for row in rows(seen.app)[2:] if FULL in row]
    return len([row for row in drawn if set(row) != {FULL}])


async def at(seen: Seen, clock: FixedClock, minutes: float = 0, seconds: float = 0) -> str:
    """Let time pass, and the board look at the clock."""
    clock.advance(minutes=minutes, seconds=seconds)
    board_of(seen)._each_second()
    await seen.pilot.pause()
    return seen.sees()


def started(desk: Desk, clock: FixedClock) -> None:
    """On time: orientation at 08:50, in the first room at 09:05."""
    clock.advance(minutes=5)
    board.next_phase(desk)
    clock.advance(minutes=15)
    board.next_phase(desk)


def log(desk: Desk) -> tuple[DayChange, ...]:
    """What team A's timekeeper entered."""
    found = desk.store.get(StopLog, stop_log_id(desk.walk_id, "A"))
    return found.changes if found else ()


# What it shows


async def test_the_picture_at_every_size(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await at(seen, clock, minutes=4)
        for size in SIZES:
            await seen.pilot.resize_terminal(*size)
            await seen.pilot.pause()
            shown = seen.sees()
            first, *_, last = shown.split("\n")
            assert first.startswith(" VISIT · slot 1 of 4 · on time")
            assert first.endswith("in V1, Team A")
            assert figures(seen) == "8"
            assert digit_rows(seen) >= size[1] / 2, shown
            assert "then: silent write 09:17, hall talk 09:20" in shown
            assert "Team A V1 → V2 · Team B as planned V3 → V4" in shown
            assert "ends 11:14" in shown
            assert last.startswith(" Space next   + - minutes   b earlier")
            assert last.endswith("? help")
            assert all(len(row) <= size[0] for row in rows(seen.app))


async def test_a_small_window_still_shows_the_time(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        for width, height in ((40, 8), (20, 4), (1, 1)):
            await seen.pilot.resize_terminal(width, height)
            await seen.pilot.pause()
            assert all(len(row) <= width for row in rows(seen.app))
        await seen.pilot.resize_terminal(80, 24)
        await seen.pilot.pause()
        assert digit_rows(seen) >= 12


async def test_before_the_start_stands_when_it_begins(desk: Desk) -> None:
    async with open_at(desk, "board") as seen:
        assert figures(seen) == "08:50"
        for size in SIZES[:3]:
            await seen.pilot.resize_terminal(*size)
            await seen.pilot.pause()
            assert digit_rows(seen) >= size[1] / 2
            assert "Space starts the clock" in seen.sees()


async def test_space_goes_on_from_phase_to_phase(desk: Desk, clock: FixedClock) -> None:
    async with open_at(desk, "board") as seen:
        heads = [seen.sees().split()[0]]
        for _ in range(7):
            await press(seen, " ")
            heads.append(rows(seen.app)[0].partition("·")[0].strip())
            await at(seen, clock, minutes=1)
        assert heads == [
            "BEFORE", "ORIENTATION", "VISIT", "SILENT WRITE", "HALL TALK", "MOVE", "VISIT",
            "SILENT WRITE",
        ]  # fmt: skip


async def test_whole_minutes_until_the_last_two(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        told = []
        for _ in range(12 * 6 + 12):
            told.append(figures(seen))
            clock.advance(seconds=10)
            board_of(seen).tick()
        assert told[:7] == ["12"] * 6 + ["11"]
        assert told[60:64] == ["2:00", "1:50", "1:40", "1:30"]
        assert told[72] == "0:00"
        assert told[-6:] == ["+1"] * 6
        assert len(set(told)) == 10 + 12 + 2


async def test_cues_are_words_and_shapes(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        assert rows(seen.app)[1] == ""
        await at(seen, clock, minutes=10, seconds=30)
        assert "▲▲▲ last 2 min ▲▲▲" in rows(seen.app)[1]
        assert FULL * 80 not in rows(seen.app)
        await at(seen, clock, minutes=1, seconds=30)
        assert "■■■ TIME ■■■" in rows(seen.app)[1]
        assert rows(seen.app).count(FULL * 80) == 2
        await at(seen, clock, minutes=3)
        assert figures(seen) == "+3"
        assert "3 min behind" in rows(seen.app)[0]
        for width, height in SIZES[:3]:
            await seen.pilot.resize_terminal(width, height)
            await seen.pilot.pause()
            assert digit_rows(seen) >= height / 2
            assert "■ TIME ■" in rows(seen.app)[1]


async def test_nothing_is_drawn_while_nothing_changes(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        drawn: list[str] = []
        draw = BigDigits.render

        def render(digits: BigDigits) -> RenderResult:
            drawn.append(digits.figures)
            return draw(digits)

        monkeypatch.setattr(BigDigits, "render", render)
        await at(seen, clock, seconds=1)
        drawn.clear()
        for _ in range(20):
            clock.advance(seconds=1)
            board_of(seen).tick()
        await seen.pilot.pause()
        assert drawn == []
        await at(seen, clock, minutes=1)
        assert drawn == ["11"]


async def test_nobody_started_the_clock(desk: Desk, clock: FixedClock) -> None:
    async with open_at(desk, "board") as seen:
        assert "Nobody has started" not in seen.sees()
        shown = await at(seen, clock, minutes=12)
        assert "▲ Nobody has started the clock" in shown
        assert "7 min behind" in rows(seen.app)[0]
        shown = await press(seen, "b7")
        assert "ORIENTATION" in shown
        assert figures(seen) == "8"
        assert "Nobody has started" not in shown


async def test_right_after_sleep_a_set_clock_and_a_restart(
    tmp_path: Path, desk: Desk, clock: FixedClock
) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        clock.sleep(5 * 60)
        await at(seen, clock)
        assert figures(seen) == "7"
        clock.set_wall(datetime(2025, 10, 14, 3, 0, tzinfo=UTC))
        await at(seen, clock)
        assert figures(seen) == "7"
    async with open_at(desk, "board") as seen:
        assert figures(seen) == "7"


# What is entered, and taken back


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


# Cues that are chosen


async def test_the_bell_is_off_until_chosen_and_rings_twice(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        rung: list[str] = []
        monkeypatch.setattr(seen.app, "bell", lambda: rung.append(figures(seen)))
        await at(seen, clock, minutes=11)
        assert rung == []
        await press(seen, "++\r")
        assert "Bell at two minutes and at time: on" in await press(seen, "l")
        for _ in range(12):
            clock.advance(seconds=30)
            board_of(seen).tick()
        assert rung == ["2:00", "0:00"]
        assert desk.store.setting(BELL) is True
        assert "off" in await press(seen, "l")


async def test_the_flash_is_off_until_chosen_and_slow(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        digits = board_of(seen).query_one(BigDigits)
        await at(seen, clock, minutes=13)
        assert not digits.turned
        assert "on" in await press(seen, "f")
        turns = []
        for _ in range(40):
            turns.append(digits.turned)
            clock.advance(seconds=0.5)
            board_of(seen).tick()
        changes = [place for place in range(1, 40) if turns[place] != turns[place - 1]]
        assert changes
        assert all(later - one >= 3 for one, later in pairwise(changes))
        await press(seen, "f")
        assert not digits.turned
        assert desk.store.setting(FLASH) is False


# Two boards, many teams, other windows


async def test_two_boards_on_one_store_agree(tmp_path: Path, desk: Desk, clock: FixedClock) -> None:
    with desk_at(tmp_path / "one.walkdb", clock) as other:
        started(desk, clock)
        async with open_at(desk, "board") as seen:
            await press(seen, "e")
            board.next_phase(other)
            shown = await at(seen, clock, seconds=1)
            assert "SILENT WRITE" in shown
            assert board.view(other) == view_of(seen)
            assert "To the debrief? Ends " in shown
            clock.advance(minutes=7)
            board.next_phase(other)
            assert f"? Ends {board.preview(other, 'A', 'end_early').ends}" in await at(seen, clock)
            await press(seen, "\x1b ")
            assert board.view(other) == view_of(seen)
            board.hold(other)
            await at(seen, clock, seconds=1)
            assert view_of(seen).held
            assert "Undone" in await press(seen, "u")
            assert not board.view(other).held


async def test_another_teams_board_is_chosen(desk: Desk, clock: FixedClock) -> None:
    async with open_at(desk, "board") as seen:
        shown = await press(seen, "g2")
        assert "Team B" in shown.split("\n")[0]
        assert "Team A as planned" in shown
    async with open_at(desk, "board") as seen:
        assert "Team B" in rows(seen.app)[0]


async def test_forty_teams_do_not_break_it(tmp_path: Path, clock: FixedClock) -> None:
    with planned(tmp_path, clock, 40, 40, 3) as desk:
        started(desk, clock)
        async with open_at(desk, "board") as seen:
            for size in SIZES[:3]:
                await seen.pilot.resize_terminal(*size)
                await seen.pilot.pause()
                shown = seen.sees()
                assert digit_rows(seen) >= size[1] / 2
                assert "Team T0 V" in shown
                assert " more as planned" in shown
                assert "ends " in shown
            await press(seen, "g")
            await press(seen, "4")
            assert rows(seen.app)[0].endswith("Team T3")


async def test_labels_of_people_act_on_nothing(tmp_path: Path, clock: FixedClock) -> None:
    with desk_at(tmp_path / "odd.walkdb", clock) as desk:
        begin_small(desk)
        for label in (*HOSTILE, "w" * 60):
            add_walker(desk, label)
        rotation.make(desk)
        async with open_at(desk, "board") as seen:
            shown = await press(seen, "  g")
            assert "\x1b" not in shown
            assert "[bob]" in shown
            shown = await press(seen, "1")
            assert "VISIT" in shown or "BEFORE" in shown


def add_walker(desk: Desk, label: str) -> None:
    """A walker on a team of that label."""
    from walk.model import Walker

    team = label.replace("\x1b", "")
    desk.save("prepare", "", Walker(id=desk.new_id(), walk=desk.walk_id, label=label, team=team))


# Nothing to keep time of


async def test_without_a_rotation_it_is_a_plain_clock(tmp_path: Path, clock: FixedClock) -> None:
    with desk_at(tmp_path / "small.walkdb", clock) as desk:
        begin_small(desk)
        async with open_at(desk, "board") as seen:
            assert "planned" not in seen.sees()
            assert digit_rows(seen) >= 12
            shown = await press(seen, " ")
            assert "ORIENTATION" in shown or "VISIT" in shown
            assert "behind" not in shown


async def test_without_a_visit_it_says_how_to_add_one(tmp_path: Path, clock: FixedClock) -> None:
    from walk.routine import prepare

    with desk_at(tmp_path / "small.walkdb", clock) as desk:
        begin_small(desk, visits=1)
        prepare.withdraw_visit(desk, prepare.visits(desk)[0])
        async with open_at(desk, "board") as seen:
            assert "▲ No visits to go to yet: p on Home opens Prepare" in seen.sees()


async def test_when_all_is_over_it_says_so(desk: Desk, clock: FixedClock) -> None:
    started(desk, clock)
    async with open_at(desk, "board") as seen:
        await press(seen, "e\r ")
        assert rows(seen.app)[0].startswith(" OVER")
        assert "nothing comes next" in await press(seen, " ")
        assert "Undone" in await press(seen, "u")
        assert rows(seen.app)[0].startswith(" DEBRIEF")


async def test_a_closed_walk_says_so(desk: Desk) -> None:
    steps.call_off(desk, "snow")
    async with open_at(desk, "board") as seen:
        assert "This walk is closed" in seen.sees()


async def test_an_unconfirmed_focus_is_told_here_too(desk: Desk) -> None:
    async with open_at(desk, "board") as seen:
        assert "not yet confirmed" in seen.sees()


async def test_without_a_walk_nothing_breaks(tmp_path: Path, clock: FixedClock) -> None:
    with desk_at(tmp_path / "none.walkdb", clock) as desk:
        async with open_at(desk, "board") as seen:
            assert "No walk is open" in seen.sees()
            await press(seen, " +bhsxwieto")
            assert "HomeScreen" not in type(seen.app.screen).__name__
            await press(seen, "\x1b")
            assert type(seen.app.screen).__name__ == "HomeScreen"


async def test_esc_goes_home_and_help_names_every_key(desk: Desk) -> None:
    async with open_at(desk, "board", (120, 60)) as seen:
        shown = await press(seen, "?")
        for _, _, _, _, help in KEYS[:8]:
            assert help[:30] in shown
        await press(seen, "\x1b\x1b")
        assert type(seen.app.screen).__name__ == "HomeScreen"


# The words


VIEW = BoardView(
    team="A",
    teams=("A", "B"),
    phase="visit",
    word="VISIT",
    digits="8",
    stage="calm",
    slot=2,
    slots=4,
    visit="V3",
    behind_min=4,
    in_words="in V3, Team A",
    then=(("silent write", "09:38"), ("hall talk", "09:41"), ("move to V4", "09:45")),
    lines=("Team A V3 → V4", "Team B as planned V1 → V2"),
    ends="11:20",
    planned_ends="11:16",
    guard="",
    sayings=(),
    not_fitting=(),
    as_of="plan as of 13 Oct 16:20",
    held=False,
)
LABELS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@given(
    st.lists(LABELS, max_size=40),
    st.lists(LABELS, max_size=6),
    LABELS,
    st.integers(10, 200),
    st.integers(5, 70),
)
def test_the_rows_fit_beneath_the_digits(
    lines: list[str], sayings: list[str], guard: str, width: int, height: int
) -> None:
    view = replace(VIEW, lines=tuple(lines), sayings=tuple(sayings), guard=guard)
    plain, loud = words.beneath(view, width, height)
    assert len(plain) + len(loud) <= words.rows_beneath(height)
    assert all(cell_width(row) <= max(8, width - 2) for row in (*plain, *loud))
    assert loud


def test_own_team_and_those_that_matter_stand_first() -> None:
    others = tuple(f"Team {n} as planned V{n} → V{n + 1}" for n in range(10, 48))
    view = replace(
        VIEW,
        lines=("Team A V3 → V40", *others),
        sayings=("Team 20: V4 is taken at 09:47, go to V2",),
    )
    shown = " ".join(words.teams(view, 118, 2))
    assert shown.startswith("Team A V3 → V40 · Team 20 as planned · ") or "Team 20 " in shown
    assert "Team 39 " in shown
    assert "Team 40 " in shown
    assert "and 3" in shown
    assert "more as planned" in shown
    assert "ends 11:20 (planned 11:16)" in shown


def test_how_late_in_words() -> None:
    assert [words.how_late(one) for one in (4, 0, -2)] == ["4 min behind", "on time", "2 min ahead"]


def test_a_proposal_tells_what_and_the_end() -> None:
    told = Preview("Skip V4", "10:59", "11:16", (), ())
    assert words.proposed(told) == "Skip V4? Ends 10:59 (planned 11:16)"
    assert words.proposed(replace(told, allowed=False, words="No.")) == "No."
    assert words.proposed(replace(told, ends="11:16")) == "Skip V4? Ends 11:16"
