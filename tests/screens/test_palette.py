"""The palette by keys: what the screen can do now, with its keys, and the colours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot

from tests.desks import begin_small, desk_at
from tests.frames import frame
from walk.app import WalkApp
from walk.routine.desk import Desk, Place
from walk.screens.base import WalkScreen
from walk.screens.palette import ScreenCommands


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        yield made


@asynccontextmanager
async def opened(desk: Desk) -> AsyncIterator[Pilot[str]]:
    app = WalkApp(desk, Place("home"))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        yield pilot


def screen(pilot: Pilot[str]) -> str:
    top = pilot.app.screen
    return top.name_in_app if isinstance(top, WalkScreen) else type(top).__name__


async def offered(pilot: Pilot[str], query: str = "") -> list[str]:
    """The lines that the palette shows for a query."""
    commands = ScreenCommands(pilot.app.screen)
    hits = commands.search(query) if query else commands.discover()
    return [str(hit.prompt) async for hit in hits]


async def choose(pilot: Pilot[str], *keys: str) -> None:
    """Open the palette, type, and take the one thing that is found."""
    await pilot.press("ctrl+p", *keys)
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    while isinstance(pilot.app.screen, CommandPalette):  # the first Enter may only mark it
        await pilot.press("enter")
        await pilot.pause()
    await pilot.pause()


async def test_it_lists_what_the_screen_can_do_now_with_its_keys(desk: Desk) -> None:
    async with opened(desk) as pilot:
        lines = await offered(pilot)
        assert "      n  Begin a small walk" in lines
        assert "         Colours: light" in lines
        assert not any("Say who is writing" in line for line in lines)
        begin_small(desk)
        assert "      w  Say who is writing" in await offered(pilot)
        assert not any("palette" in line.casefold() for line in lines)


async def test_what_the_footer_shows_comes_first_and_nothing_twice(desk: Desk) -> None:
    async with opened(desk) as pilot:
        lines = await offered(pilot)
        places = [next(n for n, line in enumerate(lines) if words in line) for words in ("?", "↑")]
        assert places == sorted(places)
        assert len([line for line in lines if "Close walk" in line]) == 1


async def test_a_few_letters_find_it_and_enter_does_it(desk: Desk) -> None:
    async with opened(desk) as pilot:
        found = await offered(pilot, "tour")
        assert found[0] == "      t  The one-minute tour"
        await choose(pilot, *"tour")
        assert screen(pilot) == "tour"


async def test_what_a_key_line_calls_a_thing_finds_it_too(desk: Desk) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        for name, key in (("purge", "z"), ("history", "h"), ("backups", "b"), ("practice", "x")):
            assert (await offered(pilot, name))[0].startswith(f"      {key}  "), name
        found = await offered(pilot, "purge")
        assert found == ["      z  Raw notes go for good, with a receipt · purge"]
        assert not any("·" in line for line in await offered(pilot, "raw notes"))
        await choose(pilot, *"purge")
        assert screen(pilot) == "purge"


async def test_the_colours_are_kept_for_the_next_start(desk: Desk) -> None:
    async with opened(desk) as pilot:
        await choose(pilot, *"light")
        assert pilot.app.theme == "walk-light"
    async with opened(desk) as pilot:
        assert pilot.app.theme == "walk-light"
        await choose(pilot, *"dark")
        assert pilot.app.theme == "walk-dark"


async def test_escape_puts_it_away_and_does_nothing(desk: Desk) -> None:
    async with opened(desk) as pilot:
        before = frame(pilot.app)
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CommandPalette)
        await pilot.press("escape")
        await pilot.pause()
        assert (screen(pilot), frame(pilot.app)) == ("home", before)
