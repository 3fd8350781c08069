"""Walks over time by keyboard: one school, one focus, the pages, and joining what recurs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import desk_at
from tests.routine.past import POINT, WAIT, a_walk, group_of, three
from tests.screens.table import HOSTILE, SIZES, open_at
from walk.clock import FixedClock
from walk.model import Recurring
from walk.routine.across import history, recurring
from walk.routine.desk import Desk
from walk.trends import told_as

FOUND = "They find the line"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as found:
        yield found


def marked(shown: str) -> str:
    """The row with the marker."""
    (found,) = [row for row in shown.splitlines() if "▸" in row]
    return found


async def test_walks_of_one_school_stand_in_line_and_enter_opens_one(desk: Desk) -> None:
    first, other, _ = three(desk)
    learned = {"what": "Plan together", "status": "done", "learned": "it needs a model"}
    a_walk(desk, "2025-09-01", "Lincoln", ("need", WAIT), steps=[learned])
    async with open_at(desk, "history") as seen:
        shown = seen.sees()
        assert "Host school: Lincoln" in shown
        assert [shown.index(one) for one in ("1 Jan", "1 Mar", "1 Sep")] == sorted(
            shown.index(one) for one in ("1 Jan", "1 Mar", "1 Sep")
        )
        assert "1 Feb" not in shown
        assert "1 need" in marked(shown)
        assert "learned: it needs a model" in shown
        assert "3 classrooms" in await seen.keys("home")
        shown = await seen.keys("enter")
        assert desk.walk_id == first != other
        assert "Opened:" in shown
        assert POINT in shown


async def test_another_school_is_picked_and_shown_alone(desk: Desk) -> None:
    three(desk)
    a_walk(desk, "2025-09-01", "Lincoln", ("need", WAIT))
    async with open_at(desk, "history") as seen:
        assert "Hill" not in seen.sees()
        await seen.keys("o")
        shown = await seen.keys("1")
        assert "Host school: Hill" in shown
        assert "1 Feb" in shown
        assert "1 Sep" not in shown


async def test_one_focus_is_kept_to(desk: Desk) -> None:
    three(desk)
    a_walk(desk, "2025-09-01", "Lincoln", ("need", WAIT), focus="Wait longer")
    async with open_at(desk, "history") as seen:
        assert "every focus" in seen.sees()
        shown = await seen.keys("f", "3")
        assert "Focus: Wait longer" in shown
        assert "1 Jan" not in shown
        assert "1 Jan" in await seen.keys("f", "1")


async def test_pages_are_read_and_left(desk: Desk, tmp_path: Path) -> None:
    three(desk)
    async with open_at(desk, "history") as seen:
        assert "Each walk was a few short looks" in await seen.keys("p")
        shown = await seen.keys("d")
        assert f"{POINT} (on 3 walks)" in shown
        assert "Hill" not in shown
        assert "Lincoln" not in shown
        await seen.keys("s", "enter", "enter")
        await seen.keys("ctrl+a", "ctrl+k")
        shown = await seen.paste(str(tmp_path / "page.html"))
        shown = await seen.keys("enter")
        assert "Written to" in shown
        assert POINT in (tmp_path / "page.html").read_text("utf-8")
        assert "▸" in await seen.keys("escape")
        assert "walk ·" in await seen.keys("escape")


async def test_a_likely_name_is_left_out_and_cleared_in_its_walk(desk: Desk) -> None:
    a_walk(desk, "2025-01-01", "Lincoln", ("asset", "Ms Ortiz waits"))
    a_walk(desk, "2025-02-01", "Lincoln", ("asset", POINT))
    async with open_at(desk, "history") as seen:
        shown = await seen.keys("p")
        assert "1 line is left out" in shown
        assert "Ortiz waits" not in shown
        await seen.keys("n")
        shown = await seen.keys("n", "escape")
        assert "left out" not in shown
        shown = await seen.keys("home")
        assert "Ms Ortiz waits" in await seen.keys("down", "down", "down", "down")


async def test_trends_are_joined_and_taken_back_by_keyboard(desk: Desk) -> None:
    three(desk)
    a_walk(desk, "2025-09-01", "Hill", ("asset", FOUND))
    async with open_at(desk, "history") as seen:
        shown = await seen.keys("r")
        assert "Which trends say the same?" in shown
        assert "Hill" not in shown
        assert "Mark two or more" in await seen.keys("j")
        await seen.keys("home", "space", "space", "j")
        shown = await seen.paste("Students find the line")
        assert POINT in shown
        shown = await seen.keys("enter")
        assert "Joined" in shown
        assert told_as(group_of(desk, POINT)) == "Students find the line"
        await seen.keys("w", "ctrl+a", "ctrl+k")
        await seen.paste("Students mean a line")
        await seen.keys("enter")
        assert told_as(group_of(desk, POINT)) == "Students mean a line"
        await seen.keys("x")
        assert recurring.marks(desk) == []
        await seen.keys("u", "u", "u")
        assert recurring.marks(desk) == []
        await seen.keys("z")
        assert len(recurring.marks(desk)) == 1
        shown = await seen.keys("escape", "d")
        assert "Students find the line (on 4 walks)" in shown


async def test_what_has_no_words_that_fit_is_told_to_the_person(desk: Desk) -> None:
    three(desk, "Lincoln", "Lincoln")
    a_walk(desk, "2025-09-01", "Hill", ("asset", FOUND))
    recurring.join(desk, [group_of(desk, POINT), group_of(desk, FOUND)], "")
    async with open_at(desk, "history") as seen:
        shown = await seen.keys("d")
        assert "without words that fit all of it" in shown
        assert POINT not in shown


async def test_rows_are_narrowed_by_words(desk: Desk) -> None:
    three(desk)
    a_walk(desk, "2025-09-01", "Hill", ("need", WAIT))
    async with open_at(desk, "history") as seen:
        await seen.keys("r", "slash")
        await seen.type("second q")
        shown = await seen.keys("enter")
        assert WAIT in shown
        assert POINT not in shown
        assert desk.store.drafts() == []


async def test_without_walks_there_is_nothing_to_do_but_to_go(desk: Desk) -> None:
    async with open_at(desk, "history") as seen:
        assert "There is no walk here yet" in seen.sees()
        shown = await seen.keys("enter", "space", "f", "o", "r", "s", "n", "u")
        assert "There is no walk here yet" in shown
        assert "Nothing can be told yet" in await seen.keys("d")
        await seen.keys("escape", "escape")
        assert "begin a small walk" in seen.sees()


async def test_keys_pressed_ahead_are_not_lost(desk: Desk) -> None:
    three(desk)
    a_walk(desk, "2025-09-01", "Hill", ("asset", FOUND))
    async with open_at(desk, "history") as seen:
        await seen.keys("r", "space", "space", "j", *"Both", "enter", "escape", "d")
        assert [one.record.words for one in desk.store.every(Recurring)] == ["Both"]
        assert "Both (on 4 walks)" in seen.sees()


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_words(desk: Desk, size: tuple[int, int]) -> None:
    for number, words in enumerate(HOSTILE, start=1):
        step = {"what": words, "status": "done", "learned": words}
        a_walk(desk, f"2025-0{number}-01", words, ("asset", words), focus=words, steps=[step])
    async with open_at(desk, "history", size=size) as seen:
        for keys in (
            ("home",), ("space",), ("escape", "o"), ("2",), ("p",), ("d",), ("n",), ("escape", "r"),
            ("space", "space", "j"), ("escape", "escape", "f"), ("escape", "question_mark"),
        ):  # fmt: skip
            shown = await seen.keys(*keys)
            assert "\x1b" not in shown
            assert "‮" not in shown


async def test_many_walks_scroll_and_begin_at_the_newest(desk: Desk) -> None:
    for number in range(40):
        a_walk(desk, f"20{10 + number // 12}-{number % 12 + 1:02}-01", "Lincoln", ("asset", POINT))
    assert len(history.read(desk).of("lincoln")) == 40
    async with open_at(desk, "history", size=(60, 20)) as seen:
        assert "↑" in seen.sees()
        shown = await seen.keys("home")
        assert "1 Jan 2010" in marked(shown)
