"""The rotation open on the screen, with the steps that its tests share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.desks import desk_at
from tests.frames import rows
from walk.app import WalkApp
from walk.routine.desk import Desk, Place


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        yield made


@asynccontextmanager
async def opened(
    desk: Desk, size: tuple[int, int] = (80, 24), at: str = ""
) -> AsyncIterator[Pilot[str]]:
    app = WalkApp(desk, Place("rotation", at=at))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[str]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[str], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


def marked(pilot: Pilot[str]) -> str:
    (found,) = [row for row in rows(pilot.app) if "▸" in row]
    return found.strip("▸ ")


def told(pilot: Pilot[str]) -> str:
    return rows(pilot.app)[1].strip()
