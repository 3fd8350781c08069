"""One step in full by keyboard: evidence, small test, outcome, measure and values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.table_of import walk_of
from tests.screens.table import HOSTILE, SIZES, Seen, open_at
from walk.model import Step
from walk.reports.measure_chart import POINT
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.following.step_test import name_measure, plan_test, put_value


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        steps.add(found, "Plan second questions", owner="grade 6", by_when="2025-10-28")
        yield found


def the_step(desk: Desk) -> Step:
    """The only step."""
    (found,) = steps.steps(desk)
    return found


def values(desk: Desk) -> list[tuple[str, float]]:
    """The values of its measure."""
    measure = steps.measure_of(desk, the_step(desk))
    assert measure is not None
    return [(one.on, one.value) for one in measure.values]


async def filled(seen: Seen, *words: str) -> str:
    """Fill the fields of a question one after the other; what is on the screen then."""
    shown = ""
    for one in words:
        await seen.type(one)
        shown = await seen.keys("enter")
    return shown


async def test_a_small_test_is_planned_and_studied(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        shown = await seen.keys("t")
        assert "Plan second questions" in shown
        assert "none planned yet" in shown
        await seen.keys("t")
        shown = await filled(seen, "one question", "longer answers", "2025-10-14")
        assert "Small test planned" in shown
        assert "due: o says what it showed" in shown
        await seen.keys("o")
        await seen.type("answers grew")
        shown = await seen.keys("enter", "right", "right", "enter")
        assert "adapt it and try again · answers grew" in shown
        step = the_step(desk)
        assert (step.test_change, step.outcome, step.studied) == (
            "one question",
            "adapt",
            "answers grew",
        )
        assert "Undone: small test studied" in await seen.keys("u")
        shown = await seen.keys("escape")
        assert "study due · school leader" in shown
        assert "small test: study on Tue 14 Oct 2025 · one question" in shown


async def test_what_the_plain_mode_kept_is_taken_up(desk: Desk) -> None:
    """There a draft is words alone, without the other fields of the form here."""
    kept = {f"{form}:{the_step(desk).id}": f"kept for the {form}" for form in ("test", "measure")}
    for place, words in kept.items():
        desk.keep_draft(place, words)
    async with open_at(desk, "steps") as seen:
        assert "kept for the test" in await seen.keys("t", "t")
        await filled(seen, "", "longer answers", "")
        assert the_step(desk).test_change == "kept for the test"
        assert "kept for the measure" in await seen.keys("v")
        await seen.keys("escape")
    assert desk.draft(f"test:{the_step(desk).id}") is None
    left = desk.draft(f"measure:{the_step(desk).id}")
    assert left is not None
    assert left.text == "kept for the measure"


async def test_what_we_look_for_is_said_of_students(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        shown = await seen.keys("t", "enter")
        assert "never a judgement of one teacher" in shown
        await seen.type("students quote a line")
        shown = await seen.keys("enter", "right", "enter")
        assert "students quote a line" in shown
        assert "quick win" in shown
        assert (the_step(desk).evidence, the_step(desk).horizon) == (
            "students quote a line",
            "quick win",
        )


async def test_a_measure_is_named_and_its_values_stand_in_a_chart(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        shown = await seen.keys("t", "v")
        assert "never one teacher's" in shown
        await filled(seen, "second questions", "a week")
        shown = await seen.keys("v")
        assert "never one teacher's" in shown
        assert "2025-10-14" in shown
        await seen.type("2")
        shown = await seen.keys("enter", "enter", "enter")
        assert "Value written down" in shown
        assert "14 Oct" in shown
        assert shown.count(POINT) == 1
        await seen.keys("v")
        await seen.type("5")
        await seen.keys("enter", *(["backspace"] * 2))
        await seen.type("28")
        shown = await seen.keys("enter", "enter")
        assert values(desk) == [("2025-10-14", 2.0), ("2025-10-28", 5.0)]
        assert shown.count(POINT) == 2
        assert "28 Oct" in shown.splitlines()[-4] + shown.splitlines()[-3]


async def test_what_is_no_number_keeps_the_words_and_says_why(desk: Desk) -> None:
    name_measure(desk, the_step(desk), "second questions", "")
    async with open_at(desk, "steps") as seen:
        await seen.keys("t", "v")
        await seen.type("many")
        shown = await seen.keys("enter", "enter", "enter")
        assert "is not a number" in shown
        assert "many" in shown
        await seen.keys("escape")
        assert values(desk) == []
        assert "many" in await seen.keys("v")


async def test_a_value_is_put_right_and_taken_out(desk: Desk) -> None:
    step = the_step(desk)
    name_measure(desk, step, "second questions", "")
    put_value(desk, step, "2025-10-14", "20")
    async with open_at(desk, "steps") as seen:
        await seen.keys("t", "end", "enter", "backspace")
        await seen.keys("enter", "enter", "enter")
        assert values(desk) == [("2025-10-14", 2.0)]
        assert "Value taken out" in await seen.keys("delete")
        assert values(desk) == []
        await seen.keys("u")
        assert values(desk) == [("2025-10-14", 2.0)]


async def test_a_name_in_a_test_is_told_at_once(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        await seen.keys("t", "t")
        shown = await filled(seen, "ask Ms Ortiz", "more", "")
        assert "looks like a name" in shown


async def test_the_marker_is_on_the_step_again_after_it(desk: Desk) -> None:
    steps.add(desk, "Later one", by_when="2025-12-01")
    async with open_at(desk, "steps") as seen:
        shown = await seen.keys("down", "t", "escape")
        (marked,) = [row for row in shown.splitlines() if "▸" in row]
        assert "Later one" in marked


async def test_help_tells_the_keys(desk: Desk) -> None:
    async with open_at(desk, "steps") as seen:
        shown = await seen.keys("t", "question_mark")
        assert "Write down a value of a day" in shown or "small scale" in shown


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_words(desk: Desk, size: tuple[int, int]) -> None:
    step = the_step(desk)
    every = " ".join(HOSTILE)
    plan_test(desk, step, change=HOSTILE[1], prediction=every, study_on="2025-10-01")
    name_measure(desk, step, every, HOSTILE[2])
    for day, words in enumerate(HOSTILE, start=1):
        put_value(desk, step, f"2025-10-0{day}", "1", words)
    async with open_at(desk, "steps", size=size) as seen:
        for keys in (("t",), ("end",), ("enter",), ("escape", "m"), ("escape", "t"), ("escape",)):
            shown = await seen.keys(*keys)
            assert "\x1b" not in shown
            assert "‮" not in shown


async def test_many_values_are_all_there_on_a_low_screen(desk: Desk) -> None:
    step = the_step(desk)
    name_measure(desk, step, "second questions", "a week")
    for day in range(1, 29):
        put_value(desk, step, f"2025-10-{day:02}", str(day % 9))
    async with open_at(desk, "steps", size=(60, 20)) as seen:
        shown = await seen.keys("t", "end")
        assert "1 Oct" in shown
        assert POINT in shown
