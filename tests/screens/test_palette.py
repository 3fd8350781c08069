"""The palette by keys: what the screen can do now, with its keys, and the colours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot

import walk.app
import walk.screens
import walk.widgets
from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.frames import frame
from tests.screens.table import open_at
from walk.app import WalkApp
from walk.routine.desk import Desk, Place
from walk.screens import registry
from walk.screens.also_called import ALSO, SCREENS_BY_TITLE
from walk.screens.base import WalkScreen
from walk.screens.known import SCREENS
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


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("print", "l"),
        ("settings", "v"),
        ("exit", "q"),
        ("usb", "g"),
        ("delete", "z"),
        ("user", "w"),
    ],
)
async def test_what_people_call_a_thing_elsewhere_finds_it(
    desk: Desk, typed: str, key: str
) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        found = await offered(pilot, typed)
        assert any(one.startswith(f"      {key}  ") for one in found), found
        assert all(f" · {typed}" in one for one in found), found


async def test_letters_strewn_over_other_words_find_nothing(desk: Desk) -> None:
    async with opened(desk) as pilot:
        # Each stands, letter by letter, somewhere in "Cursor: the terminal's too, for braille …".
        for typed in ("roster", "names", "calendar"):
            assert not any("Cursor" in one for one in await offered(pilot, typed)), typed
        assert await offered(pilot, "sumry") == await offered(pilot, "summary") != []
        assert await offered(pilot, "tour minute") == ["      t  The one-minute tour"]
        assert await offered(pilot, "qqq") == []


@pytest.mark.parametrize("name", sorted(SCREENS_BY_TITLE))
async def test_from_any_screen_any_other_is_found_by_its_title(desk: Desk, name: str) -> None:
    begin_small(desk)
    there = "summary" if name == "home" else "home"
    async with open_at(desk, there) as seen:
        hits = ScreenCommands(seen.app.screen)._screens()
        keys = {one.binding.action for one in seen.app.screen.active_bindings.values()}
        title = SCREENS_BY_TITLE[name].title
        found = [one for one in hits if one.words == f"Go to: {title}"]
        assert len(found) == (f"go('{name}')" not in keys), "what has a key here is no second row"
        for one in found:
            assert one.line().plain in await offered(seen.pilot, title.casefold())
            await one.run()
            await seen.pilot.pause()
            assert screen(seen.pilot) == name


async def test_what_is_done_here_comes_before_what_leads_elsewhere(desk: Desk) -> None:
    begin_small(desk)
    write_form(desk, "V1", "S1 points")
    async with open_at(desk, "write", at=the_visit(desk, "V1").id) as seen:
        hits = [one async for one in ScreenCommands(seen.app.screen).search("share")]
        first, *others = sorted(hits, key=lambda one: -one.score)
        assert "Esc 1" in str(first.prompt)
        assert any("Go to: Give your notes" in str(one.prompt) for one in others)


async def test_whole_words_come_before_parts_of_words(desk: Desk) -> None:
    begin_small(desk)
    async with open_at(desk, "rotation") as seen:
        hits = [one async for one in ScreenCommands(seen.app.screen).search("save")]
        first, *others = sorted(hits, key=lambda one: -one.score)
        assert "Pages and calendars" in str(first.prompt), "Enter does not close walk"
        assert any("Close walk; all is saved" in str(one.prompt) for one in others)


async def test_a_line_that_is_typed_is_kept_when_one_goes_elsewhere(desk: Desk) -> None:
    begin_small(desk)
    async with open_at(desk, "visit", at=the_visit(desk, "V1").id) as seen:
        await seen.type("S1 points to")
        await choose(seen.pilot, *"roster")
        assert screen(seen.pilot) == "roster"
    async with open_at(desk, "visit", at=the_visit(desk, "V1").id) as seen:
        assert "S1 points to" in seen.sees()


async def test_over_a_dialog_another_screen_is_gone_to_once_it_is_left(desk: Desk) -> None:
    begin_small(desk)
    async with opened(desk) as pilot:
        await pilot.press("v")
        await pilot.pause()
        assert screen(pilot) != "home"
        assert await offered(pilot, "roster") == ["    Esc  Go to: Roster"]
        await choose(pilot, *"roster")
        assert screen(pilot) == "roster"


def test_other_words_are_of_bindings_and_screens_that_there_are() -> None:
    bindings = {
        binding.id
        for module in (*registry._modules(walk.screens), *registry._modules(walk.widgets), walk.app)
        for kind in vars(module).values()
        if isinstance(kind, type)
        for binding in kind.__dict__.get("BINDINGS", ())
    }
    assert set(ALSO) <= bindings
    assert set(SCREENS_BY_TITLE) <= set(SCREENS)
