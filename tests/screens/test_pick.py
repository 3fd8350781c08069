"""A short list to pick from: digits count the rows that can be picked, and no other key picks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from tests.screens.table import Seen, open_at
from walk.routine.desk import Desk
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.widgets.choice_list import Choice, heading

UNDER_HEADINGS = (
    heading("Was seen already"),
    Choice("V2", "V2"),
    heading("Withdrawn"),
    Choice("V4", "V4"),
)
TEN = tuple(Choice(f"V{number}", f"visit {number}") for number in range(1, 12))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


async def picking(seen: Seen, rows: Sequence[Choice], *keys: str) -> list[str | None]:
    """Open the list, press keys; what was picked."""
    picked: list[str | None] = []
    open_over(seen.app.screen, PickScreen("Which visit?", rows), picked.append)
    await seen.pilot.pause()
    await seen.keys(*keys)
    return picked


@pytest.mark.parametrize(
    ("key", "expected"), [("enter", ["V2"]), ("1", ["V2"]), ("2", ["V4"]), ("3", [])]
)
async def test_headings_are_neither_counted_nor_picked(
    desk: Desk, key: str, expected: list[str]
) -> None:
    async with open_at(desk, "home") as seen:
        assert await picking(seen, UNDER_HEADINGS) == []
        assert "1-2 at once" in seen.sees()
        await seen.keys("escape")
        assert await picking(seen, UNDER_HEADINGS, key) == expected


async def test_below_the_ninth_row_no_key_picks_but_enter(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        assert await picking(seen, TEN, "space") == []
        assert "visit 11" in seen.sees()
        await seen.keys("escape")
        assert await picking(seen, TEN, "9") == ["V9"]
        assert await picking(seen, TEN, "end", "enter") == ["V11"]
