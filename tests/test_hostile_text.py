"""Hostile text in every screen and every output: it is shown, and it acts on nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.desks import desk_at, the_visit
from tests.frames import frame
from tests.hostile import hostile_store
from walk.app import WalkApp
from walk.cli import walk
from walk.routine.desk import Desk, Place
from walk.screens.known import SCREENS

FORBIDDEN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no output that ends in a terminal or a file for people may hold."""


def opened(desk: Desk, screen: str) -> WalkApp:
    """The app, to be opened on a screen that has something to show."""
    visit = the_visit(desk, "V3" if screen == "visit" else "V1").id
    at = visit if screen in ("visit", "write", "hall", "teacher_note") else ""
    return WalkApp(desk, Place(screen, desk.walk_id, at))


def check_harmless(app: WalkApp, screen: str) -> None:
    """The screen is there, tells of no trouble, and shows no sign that acts."""
    shown = frame(app)
    assert type(app.screen).__name__ == SCREENS[screen][1]
    assert FORBIDDEN_TEXT.search(shown.replace("\n", "")) is None
    assert not app.screen.query("StateLine.-problem"), shown


@pytest.mark.parametrize("screen", sorted(SCREENS))
@pytest.mark.parametrize("size", [(60, 20), pytest.param((120, 40), marks=pytest.mark.long)])
async def test_every_screen_shows_it_harmlessly(
    tmp_path: Path, screen: str, size: tuple[int, int]
) -> None:
    with desk_at(hostile_store(tmp_path)) as desk:
        app = opened(desk, screen)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            check_harmless(app, screen)


@pytest.mark.parametrize("screen", sorted(SCREENS))
async def test_it_stays_so_and_a_window_too_small_is_told_plainly(
    tmp_path: Path, screen: str
) -> None:
    with desk_at(hostile_store(tmp_path)) as desk:
        app = opened(desk, screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            check_harmless(app, screen)
            assert "Make the window larger" not in frame(app)
            await pilot.resize_terminal(80, 15)
            await pilot.pause()
            assert "Make the window larger: 60x20 at least" in frame(app)
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            assert "Make the window larger" not in frame(app)
            check_harmless(app, screen)


@pytest.mark.parametrize(
    "command",
    [
        ["summary"],
        ["summary", "--json"],
        ["summary", "--format", "md"],
        ["summary", "--format", "html"],
        ["steps"],
        ["history"],
        ["doctor"],
        ["note", "V1", "one more\x1b[31m"],
    ],
    ids=" ".join,
)
def test_every_command_prints_it_harmlessly(tmp_path: Path, command: list[str]) -> None:
    store = hostile_store(tmp_path)
    ran = CliRunner().invoke(walk, ["--store", str(store), *command])
    assert ran.exit_code == 0, ran.output
    assert FORBIDDEN_TEXT.search(ran.output) is None
