"""A board open on the screen, with the steps and looks that its tests share."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from tests.burst import acted, key, send
from tests.desks import desk_at
from tests.frames import rows
from tests.screens.table import Seen
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.planning import plan_file, rotation
from walk.routine.timekeeping import board
from walk.routine.timekeeping.board import BoardView
from walk.screens.timekeeping.board import BoardScreen
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
def planned_store(teams: int, visits: int, slots: int) -> bytes:
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
    path.write_bytes(planned_store(teams, visits, slots))
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
