"""A desk with notes and themes, and what its tests read of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.routine.table_of import walk_of, write
from walk.model import Note, Theme
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def names(desk: Desk) -> list[str]:
    return [one.theme.name for one in debrief.table(desk).themes]


def three_notes(desk: Desk) -> list[Note]:
    return write(desk, [(1, "first"), (2, "second"), (3, "third")])


def stated(desk: Desk, notes: Sequence[Note], name: str, statement: str) -> Theme:
    theme = debrief.put_in_new(desk, notes, name)
    stating.state_trend(desk, theme, statement)
    return theme
