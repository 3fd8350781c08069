"""A desk whose clock a test moves, on a debrief of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, write_form
from walk.clock import FixedClock
from walk.routine.debriefing import protocol
from walk.routine.desk import Desk


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb", clock) as made:
        begin_small(made)
        write_form(made, "V1", "14 of 22 wrote", "?What do they reach for")
        yield made


def right(desk: Desk, step: str) -> str:
    return protocol.title(desk, step)[1]
