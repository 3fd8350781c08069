"""The board by keys on another day, begun anew, and with what a late team says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.screens.boards import SIZES, morning, planned, press, view_of
from tests.screens.table import open_at
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.timekeeping import correction
from walk.screens.timekeeping.board_words import how_late


@pytest.fixture
def clock() -> FixedClock:
    return morning()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """Two teams with four stops each."""
    with planned(tmp_path, clock, 2, 4, 4) as made:
        yield made


@pytest.mark.parametrize("size", SIZES[:3], ids=str)
async def test_a_rehearsal_from_the_first_key_to_beginning_anew(
    desk: Desk, clock: FixedClock, size: tuple[int, int]
) -> None:
    clock.set_wall(clock.now().utc - timedelta(days=2))
    async with open_at(desk, "board", size=size) as seen:
        assert "Tue 14 Oct, 08:50" in seen.sees()
        assert "Nothing was entered on this board yet" in await press(seen, "n")
        shown = await press(seen, " ")
        assert "plan of 14 Oct, held on 12 Oct" in shown
        assert "Tue 14 Oct" not in shown.splitlines()[1]
        await press(seen, " ")
        asked = " ".join((await press(seen, "n")).split())
        assert "Begin anew, 2 entries put away? Ends" in asked
        await press(seen, "\x1b")
        assert view_of(seen).phase == "visit"
        await press(seen, "n\r")
        assert view_of(seen).phase == "before"
        assert "Undone: begin anew" in await press(seen, "u")
        assert view_of(seen).phase == "visit"


async def test_a_team_says_how_late_it_is(desk: Desk) -> None:
    async with open_at(desk, "board") as seen:
        assert "Team B 5 min late?" in await press(seen, "o1")
        assert "Team B 8 min late?" in await press(seen, "8")
        assert "Team B 10 min late?" in await press(seen, "++")
        assert "Team B 9 min late?" in await press(seen, "-")
        await press(seen, "\r")
        assert "Team B as told, 9 min late" in seen.sees()
        assert "Team B on time?" in await press(seen, "o10")
        await press(seen, "\r")
        assert "min late" not in " ".join(view_of(seen).lines)


async def test_what_is_corrected_here_has_its_words(desk: Desk) -> None:
    correction.shift(desk, 5)
    async with open_at(desk, "board") as seen:
        assert view_of(seen).team == "A"
        assert "corrected here: 5 min later" in seen.sees()
        await press(seen, "g2")
        assert view_of(seen).team == "B"
        assert "corrected here" not in seen.sees(), "it is the own team's"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "on time"),
        (4, "4 min behind"),
        (-3, "3 min ahead"),
        (119, "119 min behind"),
        (567, "9 h 27 min behind"),
        (-120, "2 h 0 min ahead"),
    ],
)
def test_how_late_in_words(minutes: int, words: str) -> None:
    assert how_late(minutes) == words
