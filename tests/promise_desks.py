"""The desks on which the promises of walk are tested."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from walk.routine.demo import make_demo
from walk.routine.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a small walk of three classrooms on it."""
    with desk_at(tmp_path / "own.walkdb") as own:
        begin_small(own, visits=3)
        yield own


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Desk]:
    """A desk with the finished sample walk on it."""
    with desk_at(tmp_path / "demo.walkdb") as own:
        make_demo(own)
        yield own
