"""The inquiry cycle by keyboard: naming it, its line of days, going to what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.table_of import walk_of
from tests.screens.table import HOSTILE, SIZES, open_at
from walk.reports.measure_chart import POINT
from walk.routine.desk import Desk
from walk.routine.following import cycle, steps
from walk.routine.following.step_test import name_measure, plan_test, put_value
from walk.routine.planning import prepare


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def in_a_cycle(desk: Desk, name: str = "Evidence in talk") -> None:
    """The walk in hand in a cycle, with a step, a test and a measure."""
    cycle.name_cycle(desk, name, "learn")
    step = steps.add(desk, "Plan second questions", owner="Kim", by_when="2025-11-01")
    step = plan_test(desk, step, change="one question", prediction="", study_on="2025-10-10")
    name_measure(desk, step, "second questions", "a week")
    put_value(desk, step, "2025-10-20", "2")


async def test_a_cycle_is_named_and_stands_in_line(desk: Desk) -> None:
    async with open_at(desk, "cycle") as seen:
        assert "names no inquiry cycle" in seen.sees()
        await seen.keys("enter")
        await seen.type("Evidence in talk")
        shown = await seen.keys("enter", "right", "enter")
        assert "Inquiry cycle named" in shown
        assert "Stages: analyse 14 Oct" in shown
        assert (desk.walk.cycle, desk.walk.cycle_stage) == ("Evidence in talk", "analyse")
        await seen.keys("u")
        assert desk.walk.cycle == ""


async def test_days_stand_in_order_and_nobody_is_named(desk: Desk) -> None:
    in_a_cycle(desk)
    async with open_at(desk, "cycle") as seen:
        shown = seen.sees()
        places = [
            shown.index(one)
            for one in ("10 Oct", "14 Oct  Press", "Ahead", "20 Oct", "1 Nov   school leader: Plan")
        ]
        assert places == sorted(places)
        assert "to study by now" in shown
        assert "Kim" not in shown
        assert POINT in await seen.keys("down", "down")


async def test_enter_goes_to_the_step_also_of_another_walk(desk: Desk) -> None:
    in_a_cycle(desk)
    first = desk.walk_id
    prepare.begin(desk, prepare.SmallWalk(statement="Explain", visits=2))
    cycle.name_cycle(desk, "Evidence in talk", "implement")
    async with open_at(desk, "cycle") as seen:
        shown = await seen.keys("end", "enter")
        assert desk.walk_id == first
        (marked,) = [row for row in shown.splitlines() if "▸" in row]
        assert "Plan second questions" in marked


async def test_another_cycle_can_be_looked_at_and_left(desk: Desk) -> None:
    in_a_cycle(desk, "First")
    prepare.begin(desk, prepare.SmallWalk(statement="Explain", visits=2))
    cycle.name_cycle(desk, "Second", "")
    async with open_at(desk, "cycle") as seen:
        assert "Plan second questions" not in seen.sees()
        assert "Plan second questions" in await seen.keys("o", "enter")
        assert "Plan second questions" not in await seen.keys("escape")
        assert "walk ·" in await seen.keys("escape")


async def test_prepare_names_it_too(desk: Desk) -> None:
    async with open_at(desk, "prepare") as seen:
        shown = await seen.keys(*(["down"] * 30))
        rows = shown.splitlines()
        for _ in range(40):
            if any("▸" in row and "Inquiry cycle" in row for row in rows):
                break
            rows = (await seen.keys("up")).splitlines()
        await seen.keys("enter")
        await seen.type("Evidence in talk")
        shown = await seen.keys("enter", "left", "enter")
        assert "Evidence in talk · monitor" in shown
        assert desk.walk.cycle_stage == "monitor"
        assert "Stages: monitor 14 Oct" in await seen.keys("y")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_words(desk: Desk, size: tuple[int, int]) -> None:
    for words in HOSTILE:
        step = steps.add(desk, words)
        plan_test(desk, step, change=words, prediction="", study_on="2025-10-10")
        name_measure(desk, step, words, words)
        put_value(desk, step, "2025-10-10", "2", words)
    cycle.name_cycle(desk, " ".join(HOSTILE), "learn")
    async with open_at(desk, "cycle", size=size) as seen:
        keys = (*([("down",)] * 16), ("n",), ("escape", "question_mark"))
        for some in keys:
            shown = await seen.keys(*some)
            assert "\x1b" not in shown
            assert "‮" not in shown
