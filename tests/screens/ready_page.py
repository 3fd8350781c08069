"""The page of readiness, with the steps that its tests share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.desks import begin_small, desk_at
from tests.screens.table import page_at
from walk.routine.desk import Desk
from walk.screens.base import WalkScreen

opened = partial(page_at, screen="ready")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def screen_name(pilot: Pilot[str]) -> str:
    assert isinstance(pilot.app.screen, WalkScreen)
    return pilot.app.screen.name_in_app
