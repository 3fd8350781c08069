"""On an empty store and on an empty walk, every list of every screen says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.frames import frame, rows
from tests.screens.table import Seen, open_at
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import prepare, rooms
from walk.routine.visiting import visit
from walk.screens.across.recurring import RecurringScreen
from walk.screens.base import WalkScreen
from walk.screens.following.step_test import StepTestScreen
from walk.screens.following.steps_before import StepsBeforeScreen
from walk.screens.known import SCREENS
from walk.widgets.choice_list import ChoiceList

A_KEY = re.compile(
    r"\b(Enter|Esc|Space|Tab|Type|[a-z] (makes|adds|shows|leads|goes|takes|closes|begins|writes|"
    r"sets|on|to|types|says|open|begin|collect|asks|looks|stops|there))\b|\([a-z]( on Home)?\)|"
    r"/ (types|and)|[Dd]rop "
)
"""A key, and what it does: words that say what to do."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        yield made


def flat(seen: Seen) -> str:
    return " ".join(seen.sees().replace("│", " ").split())


def says_what_to_do(seen: Seen, *, page: bool = False) -> None:
    """Each list in view has a row to choose, or words that name a key; so has the screen.

    A `page` is words to read; its keys stand in the key line.
    """
    screen = seen.app.screen
    for one in screen.query(ChoiceList):
        if one.size.height and one.choice is None:
            told = " ".join(choice.words for choice in one.choices)
            assert A_KEY.search(told or flat(seen)), f"{told!r}\n{seen.sees()}"
    keys = rows(seen.app)[-1]
    assert "? help" in keys or "Esc menu" in keys
    body = "\n".join(rows(seen.app)[1:-1])
    acts = A_KEY.search(body) or "▸" in body or "█" in body
    assert acts or page, seen.sees()


@pytest.mark.parametrize("screen", sorted(SCREENS))
async def test_on_an_empty_store_every_screen_says_what_to_do(desk: Desk, screen: str) -> None:
    async with open_at(desk, screen) as seen:
        says_what_to_do(seen)
        top = seen.app.screen
        assert isinstance(top, WalkScreen)
        if top.needs_walk is False and type(top).__name__ == "NoWalkScreen":
            assert "begin a small walk" in seen.sees()
            assert "!" not in seen.sees(), "no problem is told where nothing is wrong"
        await seen.keys("escape")
        assert seen.app.is_running


@pytest.mark.parametrize("screen", sorted(SCREENS))
async def test_on_an_empty_walk_every_screen_says_what_to_do(desk: Desk, screen: str) -> None:
    begin_small(desk)
    at = ""
    if screen == "visit":
        visit.enter(desk, the_visit(desk, "V1"))
    if screen in ("write", "hall"):
        write_form(desk, "V1")
    if screen in ("visit", "write", "hall"):
        at = the_visit(desk, "V1").id
    async with open_at(desk, screen, at=at) as seen:
        says_what_to_do(seen, page=screen == "summary")


@pytest.mark.parametrize(
    "screen", ["home", "rooms", "rotation", "board", "checklist", "letters", "teacher_note"]
)
async def test_without_a_classroom_they_say_how_to_add_one(desk: Desk, screen: str) -> None:
    begin_small(desk, 1)
    (only,) = prepare.visits(desk)
    rooms.withdraw(desk, only)
    async with open_at(desk, screen) as seen:
        says_what_to_do(seen)


async def test_the_lists_behind_a_key_say_what_to_do(desk: Desk) -> None:
    begin_small(desk)
    async with open_at(desk, "steps") as seen:
        assert "n writes the first one" in seen.sees()
        assert "No wonderings yet" in await seen.keys("w")
        says_what_to_do(seen)
    async with open_at(desk, "debrief") as seen:
        for keys in (("w",), ("w",), ("right",)):
            await seen.keys(*keys)
            says_what_to_do(seen)
    async with open_at(desk, "history") as seen:
        for key in ("p", "d"):
            await seen.keys(key)
            says_what_to_do(seen, page=True)
            await seen.keys("escape")
    async with open_at(desk, "search") as seen:
        await seen.type("zebra")
        await seen.app.workers.wait_for_complete()
        await seen.pilot.pause()
        assert "Fewer or shorter words find more" in flat(seen)


async def test_the_pages_over_a_screen_say_what_to_do(desk: Desk) -> None:
    begin_small(desk)
    step = steps.add(desk, "Try a longer wait").id
    for dialog in (StepTestScreen(desk, step), StepsBeforeScreen(desk), RecurringScreen(desk)):
        async with open_at(desk, "home") as seen:
            seen.app.push_screen(dialog)
            await seen.pilot.pause()
            says_what_to_do(seen)


async def test_from_where_no_walk_is_open_one_is_begun_by_one_key(desk: Desk) -> None:
    async with open_at(desk, "steps", (60, 20)) as seen:
        assert "No walk is open" in seen.sees()
        assert "▸ n" in seen.sees()
        await seen.keys("enter")
        top = seen.app.screen
        assert isinstance(top, WalkScreen)
        assert top.name_in_app == "begin"


async def test_a_walk_that_another_program_begins_leads_home(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        begin_small(desk)
        top = seen.app.screen
        assert isinstance(top, WalkScreen)
        top.reload()
        await seen.pilot.pause()
        assert "V1" in frame(seen.app)
