"""Open steps of earlier walks by keyboard: over Home, Prepare and next steps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frames import cursor_cell
from tests.routine.table_of import walk_of
from tests.screens.table import HOSTILE, SIZES, open_at
from walk.model import Step
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.following.step_test import plan_test
from walk.routine.planning import prepare


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def next_walk(desk: Desk) -> str:
    """Begin another walk."""
    small = prepare.SmallWalk(statement="Explain solutions", visits=2, inquiry="How do I ask?")
    return prepare.begin(desk, small)


def two_steps(desk: Desk) -> tuple[Step, Step]:
    """Two open steps of an earlier walk, and the next walk on the desk."""
    one = steps.add(desk, "Plan second questions", owner="grade 6", by_when="2025-10-01")
    two = steps.add(desk, "Keep Tuesdays free", support="time", by_when="2025-11-01")
    next_walk(desk)
    return one, two


def now(desk: Desk, step: Step) -> Step:
    """The step as it stands."""
    found = desk.store.get(Step, step.id)
    assert found is not None
    return found


async def test_they_are_looked_at_dated_anew_and_closed(desk: Desk) -> None:
    one, _ = two_steps(desk)
    async with open_at(desk, "home") as seen:
        shown = await seen.keys("s")
        assert "2 open next steps from 14 Oct" in shown
        assert "date passed · school leader" in shown
        assert "school leader, grade 6 · open" in shown
        assert "A step of an earlier walk" in await seen.keys("enter")
        await seen.keys("escape", "a")
        await seen.keys(*(["backspace"] * 10))
        await seen.type("2025-12-01")
        assert "Now by 1 Dec 2025" in await seen.keys("enter")
        assert now(desk, one).by_when == "2025-12-01"
        assert "closes with what was learned" in await seen.keys("d", "enter", "enter")
        await seen.keys("up")
        await seen.type("planning helped")
        shown = await seen.keys("enter", "enter")
        assert "Step done" in shown
        assert "✓ 1 Dec" in shown
        assert "1 open next step from 14 Oct" in shown
        assert now(desk, one).learned == "planning helped"
        shown = await seen.keys("escape")
        assert "1 open next step from 14 Oct" in shown


async def test_undo_and_opening_again(desk: Desk) -> None:
    one, _ = two_steps(desk)
    async with open_at(desk, "home") as seen:
        await seen.keys("s", "d")
        await seen.type("no time")
        await seen.keys("enter", "right", "enter")
        assert now(desk, one).status == "dropped"
        assert "Undone: step not carried on" in await seen.keys("u")
        assert now(desk, one).status == "open"
        assert "Done again" in await seen.keys("z")
        assert now(desk, one).status == "dropped"
        assert "Open again" in await seen.keys("d")
        assert now(desk, one).status == "open"


async def test_words_typed_and_left_are_there_again(desk: Desk) -> None:
    one, _ = two_steps(desk)
    async with open_at(desk, "home") as seen:
        await seen.keys("s", "d")
        await seen.type("planning half")
        await seen.keys("escape")
        assert "planning half" in await seen.keys("d")
    here, desk.walk_id = desk.walk_id, one.walk
    draft = desk.draft(f"learned:{one.id}")
    assert draft is not None  # it waits with the walk that the step belongs to
    desk.walk_id = here


async def test_o_opens_the_walk_it_belongs_to(desk: Desk) -> None:
    first = desk.walk_id
    two_steps(desk)
    async with open_at(desk, "home") as seen:
        shown = await seen.keys("s", "down", "o")
        assert desk.walk_id == first
        assert "Opened: Press for evidence" in shown
        (marked,) = [row for row in shown.splitlines() if "▸" in row]
        assert "Keep Tuesdays free" in marked


async def test_they_come_first_in_prepare(desk: Desk) -> None:
    two_steps(desk)
    async with open_at(desk, "prepare") as seen:
        rows = [row for row in seen.sees().splitlines()[1:] if row.strip()]
        assert "2 open next steps from 14 Oct" in rows[0]
        assert "Open next steps of earlier walks" in await seen.keys("enter")
        assert "Prepare" in await seen.keys("escape")
        assert "Open next steps of earlier walks" in await seen.keys("s")


async def test_from_next_steps_only_where_there_are_some(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        assert "Open next steps of earlier" not in await seen.keys("e")
    two_steps(desk)
    async with open_at(desk, "steps") as seen:
        assert "Open next steps of earlier walks" in await seen.keys("e")


async def test_keys_typed_at_once_lose_no_letter(desk: Desk) -> None:
    one, _ = two_steps(desk)
    async with open_at(desk, "home") as seen:
        await seen.type("sddone")
        await seen.keys("enter", "enter")
        assert now(desk, one).learned == "done"


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_words(desk: Desk, size: tuple[int, int]) -> None:
    for words in HOSTILE:
        step = steps.add(desk, words, owner=words, support=words)
        plan_test(desk, step, change=words, prediction=words, study_on="2025-10-01")
    next_walk(desk)
    async with open_at(desk, "home", size=size) as seen:
        for keys in (("s",), ("enter",), ("escape", "d"), ("escape", "question_mark")):
            shown = await seen.keys(*keys)
            assert "\x1b" not in shown
            assert "‮" not in shown


async def test_the_cursor_stands_on_the_step_in_hand(desk: Desk) -> None:
    two_steps(desk)
    async with open_at(desk, "home") as seen:
        await seen.keys("s")
        before = cursor_cell(seen.app)
        assert before.character == "▸"
        await seen.keys("down")
        assert cursor_cell(seen.app).row == before.row + 1
