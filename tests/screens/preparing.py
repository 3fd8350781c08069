"""A plan with its page open, with the steps that tests of Prepare share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from tests.screens.table import page_at
from walk.routine.desk import Desk
from walk.routine.planning import prepare

opened = partial(page_at, screen="prepare")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def confirm(desk: Desk) -> None:
    prepare.confirm_focus(desk, "team meeting", "2025-10-01", 3)
