"""A desk with a walk to report on, and what tests of reports share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, write_form
from walk.routine.desk import Desk
from walk.routine.reporting import letters


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A lead's laptop with three classrooms and finished forms, shared."""
    with desk_at(tmp_path / "own.walkdb") as own:
        begin_small(own, visits=3)
        write_form(own, "V1", "S1 points to line 4", "? Who answers first?")
        write_form(own, "V2", "T waits 6 s", "S2 asks V1's question")
        write_form(own, "V3", "14 of 22 wrote a line")
        yield own


def text_of(desk: Desk, key: str) -> str:
    return " ".join(letters.data(desk, key, "text").decode().split())
