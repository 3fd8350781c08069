"""kill -9 at random moments on every screen of the real program, whatever keys are pressed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.monkey import kill_on
from walk.screens.known import SCREENS

pytestmark = pytest.mark.faults
QUICK = ("write", "debrief")
"""The others have their turn in the long form."""


@pytest.mark.parametrize("screen", QUICK)
def test_kills_on_a_screen_lose_nothing(tmp_path: Path, screen: str) -> None:
    assert kill_on(screen, tmp_path / "laptop", 2).not_kept == []


@pytest.mark.deep
@pytest.mark.parametrize("screen", SCREENS)
def test_kills_on_every_screen_lose_nothing(tmp_path: Path, screen: str) -> None:
    told = kill_on(screen, tmp_path / "laptop", 10, seed=1)
    assert told.not_kept == []
    assert told.kills >= 8
