"""What Home offers, and the walk as far as a test needs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import desk_at
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.home.home import overview
from walk.routine.planning import prepare


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        yield made


@pytest.fixture
def clock(desk: Desk) -> FixedClock:
    assert isinstance(desk.clock, FixedClock)
    return desk.clock


def what_next(desk: Desk) -> tuple[str, str, str]:
    """Screen, visit code and words of the next action."""
    found = overview(desk).next
    assert found is not None
    code = next((one.code for one in prepare.visits(desk) if one.id == found.at), found.at)
    return found.screen, code, found.words


def also(desk: Desk) -> list[str]:
    return [one.words for one in overview(desk).also]


def stages(desk: Desk) -> list[str]:
    return [f"{one.name} {one.count} {one.state}" for one in overview(desk).stages]
