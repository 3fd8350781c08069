"""A desk with a day to go by, and what tests of backups do on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from walk.clock import FixedClock
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.visiting import visit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "test.walkdb"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(path, clock) as found:
        begin_small(found)
        yield found


def write(desk: Desk, *texts: str) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    for text in texts:
        visit.add_note(desk, form, text)


def texts(desk: Desk) -> list[str]:
    return sorted(one.record.text for one in desk.store.all(Note, desk.walk_id))
