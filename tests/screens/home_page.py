"""Home open on the screen, with the steps that its tests share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.desks import desk_at
from tests.frames import frame, rows
from walk.app import WalkApp
from walk.routine.desk import Desk, Place
from walk.screens.base import WalkScreen


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        yield made


@asynccontextmanager
async def opened(desk: Desk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[str]]:
    app = WalkApp(desk, Place("home"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def screen(pilot: Pilot[str]) -> str:
    """The name of the screen on top."""
    top = pilot.app.screen
    return top.name_in_app if isinstance(top, WalkScreen) else type(top).__name__


def at(pilot: Pilot[str]) -> str:
    top = pilot.app.screen
    assert isinstance(top, WalkScreen)
    return top.at


def marked(pilot: Pilot[str]) -> str:
    (found,) = [row for row in rows(pilot.app) if "▸" in row]
    return found.strip("▸ ")


async def to_row(pilot: Pilot[str], words: str) -> None:
    """Move the marker down to the row that holds these words."""
    for _ in range(60):
        if words in marked(pilot):
            return
        await pilot.press("down")
    raise AssertionError(f"{words!r} is in no row:\n{frame(pilot.app)}")
