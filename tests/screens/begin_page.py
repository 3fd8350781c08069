"""Begin open on the screen, with the steps that its tests share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.burst import press
from tests.desks import desk_at
from tests.frames import rows
from walk.app import WalkApp
from walk.focus import load_templates
from walk.routine.desk import Desk, Place
from walk.screens.base import WalkScreen
from walk.widgets.choice_list import ChoiceList

FIRST = load_templates()[0]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        yield made


@asynccontextmanager
async def opened(
    desk: Desk, *keys: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[str]]:
    app = WalkApp(desk, Place("begin"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, *keys)
        yield pilot


def screen(pilot: Pilot[str]) -> str:
    top = pilot.app.screen
    return top.name_in_app if isinstance(top, WalkScreen) else type(top).__name__


def marked(pilot: Pilot[str]) -> str:
    """The row with the marker on the screen on top."""
    found = [row for row in rows(pilot.app) if "▸" in row]
    return found[-1].strip("▸│ ") if found else ""


async def to(pilot: Pilot[str], key: str) -> None:
    """Open the page that asks this."""
    pilot.app.screen.query_one("#begin-ready", ChoiceList).mark(key)
    await press(pilot, "enter")
