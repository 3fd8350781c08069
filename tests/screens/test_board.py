"""The board by keys: what is read down a hallway, its cues and its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import RenderResult

from tests.frames import rows
from tests.screens import boards
from tests.screens.boards import SIZES, at, board_of, digit_rows, figures, press, started
from tests.screens.table import open_at
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.timekeeping.board import BoardView, Preview
from walk.screens.timekeeping import board_words as words
from walk.screens.timekeeping.board import BELL, FLASH
from walk.text import cell_width
from walk.widgets.big_digits import FULL, BigDigits

clock = boards.clock
desk = boards.desk


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
