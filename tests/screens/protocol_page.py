"""A debrief at its steps on the screen, with what its tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.table_of import walk_of, write
from tests.screens.table import Seen
from walk.routine.debriefing import protocol
from walk.routine.desk import Desk
from walk.screens.base import WalkScreen


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        write(found, [(1, "14 of 22 wrote"), (2, "hands up")])
        yield found


@pytest.fixture
def describing(desk: Desk) -> Desk:
    """A desk whose debrief is at the go-round."""
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "describe")
    return desk


def screen_name(seen: Seen) -> str:
    screen = seen.app.screen
    assert isinstance(screen, WalkScreen)
    return screen.name_in_app


def step_now(desk: Desk) -> str:
    return protocol.standing(desk).step
