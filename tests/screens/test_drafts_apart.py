"""What is typed and not saved stays with its walk, its row and whoever typed it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from tests.routine.past import POINT, WAIT, a_walk, group_of
from tests.screens.table import open_at
from walk.routine.across import recurring
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.reporting import teacher_note


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "own.walkdb") as own:
        begin_small(own, visits=2)
        yield own


async def test_another_walkers_unsaved_words_stand_in_no_note_of_mine(desk: Desk) -> None:
    teacher_note.ask(desk, the_visit(desk, "V1"), asked=True)
    async with open_at(desk, "teacher_note", at="V1") as seen:
        await seen.keys("enter")
        await seen.type("narwhal asked")
        await seen.keys("escape")
    own = desk.me
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    teacher_note.ask(desk, the_visit(desk, "V1"), asked=True)
    async with open_at(desk, "teacher_note", at="V1") as seen:
        assert "narwhal" not in await seen.keys("enter")
        await seen.type("heron")
        await seen.keys("escape")
    desk.write_as(own)
    async with open_at(desk, "teacher_note", at="V1") as seen:
        assert "narwhal asked" in await seen.keys("enter")


@pytest.mark.parametrize(
    ("screen", "at", "keys"),
    [("steps", "", ("n",)), ("steps", "", ("m", "enter")), ("protocol", "describe", ())],
)
async def test_what_waits_in_one_walk_outlives_what_is_typed_in_the_next(
    desk: Desk, screen: str, at: str, keys: tuple[str, ...]
) -> None:
    first = desk.walk_id
    async with open_at(desk, screen, at=at) as seen:
        await seen.keys(*keys)
        await seen.type("narwhal")
        await seen.keys("escape")
    begin_small(desk, visits=2)
    async with open_at(desk, screen, at=at) as seen:
        assert "narwhal" not in await seen.keys(*keys)
        await seen.type("heron")
        await seen.keys("escape")
    desk.open_walk(first)
    async with open_at(desk, screen, at=at) as seen:
        await seen.keys(*keys)
        assert "narwhal" in seen.sees()


async def test_words_for_one_recurring_trend_are_not_offered_for_another(desk: Desk) -> None:
    for number, said in enumerate((POINT, WAIT)):
        a_walk(desk, f"2025-0{number + 1}-01", "Lincoln", ("asset", said))
        a_walk(desk, f"2025-0{number + 3}-01", "Hill", ("asset", f"{said} again"))
        recurring.join(desk, [group_of(desk, said), group_of(desk, f"{said} again")], f"{said} !")
    async with open_at(desk, "history") as seen:
        await seen.keys("r", "w")
        await seen.type("narwhal")
        await seen.keys("escape")
        assert "narwhal" not in await seen.keys("down", "w")
        await seen.keys("escape")
        assert "narwhal" in await seen.keys("up", "w")
