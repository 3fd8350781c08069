"""Help, titles and key lines of every screen, as a person sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.frames import cursor_cell, rows
from tests.screens.table import Seen, open_at
from walk.routine.desk import Desk
from walk.routine.visiting import visit
from walk.screens.across.search import SearchScreen
from walk.screens.base import WalkScreen
from walk.screens.help import HelpScreen
from walk.screens.known import SCREENS

TYPED = {"visit", "write", "hall", "practice"}
"""Screens on which letters are typed at once: there the menu of Esc leads to help."""
TITLES = {
    "home": "walk · ", "tour": "One-minute tour", "begin": "Begin a walk", "prepare": "Prepare · ",
    "ready": "Prepare · before the walk", "roster": "Roster · ", "rooms": "Classrooms · ",
    "checklist": "Checklist · V", "rotation": "Rotation · ", "board": "BEFORE · slot ",
    "visit": "V1 · in person · Writing: me", "write": "V1 · silent write · Writing: me",
    "hall": "V1 · hall talk", "protocol": "Debrief", "silent_read": "Debrief · Silent read",
    "debrief": "Debrief · Group like with like", "trends": "Debrief · Trends",
    "steps": "Next steps", "cycle": "Inquiry cycle", "summary": "Staff summary",
    "letters": "Letters and sheets", "teacher_note": "Teacher note", "history": "Walks over time",
    "search": "Search", "practice": "Practice", "collect": "Collect", "share": "Give the plan",
    "receipts": "Receipt", "conflicts": "Conflicts", "backups": "Backups", "purge": "Purge · ",
    "import": "Import",
}  # fmt: skip
"""What stands first on each: what it is, and behind a dot what it is about."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def place(desk: Desk, screen: str) -> str:
    """Where a screen opens; the three of a visit need one that has come so far."""
    if screen not in ("visit", "write", "hall"):
        return ""
    if screen == "visit":
        visit.enter(desk, the_visit(desk, "V1"))
    else:
        write_form(desk, "V1", "S1 points")
    return the_visit(desk, "V1").id


async def helped(seen: Seen, screen: str) -> HelpScreen:
    """Ask for help as one does on this screen."""
    await seen.keys(*(("escape", "5") if screen in TYPED else ("question_mark",)))
    top = seen.app.screen
    assert isinstance(top, HelpScreen), seen.sees()
    return top


def flat(words: str) -> str:
    return " ".join(words.replace("│", " ").split())


def test_the_titles_are_those_of_all_screens() -> None:
    assert TITLES.keys() == SCREENS.keys()


@pytest.mark.parametrize("screen", sorted(SCREENS))
async def test_every_screen_has_help_in_its_words(desk: Desk, screen: str) -> None:
    async with open_at(desk, screen, at=place(desk, screen)) as seen:
        below = seen.app.screen
        assert isinstance(below, WalkScreen)
        title, keys = rows(seen.app)[0], rows(seen.app)[-1]
        assert title.startswith(f" {TITLES[screen]}")
        assert title.strip() != title.split("  ")[0].strip() or screen == "board", "and a clock"
        assert keys.endswith("? help") or keys.endswith("Esc menu"), keys
        whole = len(keys) < 68
        assert "Esc " in keys or "…" in keys or not whole or screen == "home", keys
        assert len(below.HELP_WORDS) > 60
        page = await helped(seen, screen)
        assert page.page.words == below.HELP_WORDS
        shown = flat(seen.sees())
        assert flat(below.HELP_WORDS)[:60] in shown
        assert page.page.title[:30] in shown
        assert "↑ ↓ read on" in shown
        assert "Esc back" in shown
        column, row, sign = cursor_cell(seen.app)
        assert (column, row) != (0, 0)
        assert sign, "the cursor stands where reading begins"
        await seen.keys("end")
        assert "Close walk; all is saved" in seen.sees()
        await seen.keys("escape")
        assert seen.app.screen is below


@pytest.mark.parametrize("screen", ["home", "visit", "debrief"])
async def test_help_fits_a_small_window(desk: Desk, screen: str) -> None:
    async with open_at(desk, screen, (60, 20), at=place(desk, screen)) as seen:
        page = await helped(seen, screen)
        assert all(len(row) <= 60 for row in rows(seen.app))
        assert "Esc back" in seen.sees()
        words = page.page.rows()[0][1]
        for _ in range(12):
            if flat(words)[:24] in flat(seen.sees()):
                break
            await seen.keys("pagedown")
        assert flat(words)[:24] in flat(seen.sees())


async def test_help_leads_to_the_palette(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        await seen.keys("question_mark", "slash")
        await seen.pilot.pause()
        assert type(seen.app.screen).__name__ == "CommandPalette"


async def test_help_lists_the_menu_of_esc(desk: Desk) -> None:
    async with open_at(desk, "visit", (80, 40), at=place(desk, "visit")) as seen:
        page = await helped(seen, "visit")
        told = dict(page.page.menus)
        assert told["Esc 1"] == "leave the room"
        assert told["Esc 5"] == "help"
        assert "Esc 1" in seen.sees()


async def test_in_search_a_question_mark_helps_while_the_line_is_empty(desk: Desk) -> None:
    async with open_at(desk, "search") as seen:
        assert isinstance(seen.app.screen, SearchScreen)
        assert "? help" in rows(seen.app)[-1]
        await seen.type("page")
        assert "F1 help" in rows(seen.app)[-1]
        await seen.keys("f1")
        assert isinstance(seen.app.screen, HelpScreen)


async def test_the_menu_of_practice_leads_out_over_and_to_help(desk: Desk) -> None:
    async with open_at(desk, "practice", (60, 20)) as seen:
        shown = await seen.keys("escape")
        assert re.search("1 leave +3 start over +5 help +Esc back", shown)
        await seen.keys("3")
        assert "Start practice over?" in seen.sees()
        await seen.keys("n", "escape", "1")
        assert isinstance(seen.app.screen, WalkScreen)
        assert seen.app.screen.name_in_app == "home"
