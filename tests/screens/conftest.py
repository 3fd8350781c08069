"""The laptops of tests of packs, and a stick between them, for whichever test asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.routine.laptops import Laptops, laptops
from tests.screens.carrying import one_stick
from walk.routine.exchanging import share as sharing

__all__ = ["laptops"]


@pytest.fixture
def stick(laptops: Laptops, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick on which the plan lies."""
    folder = laptops.folder / "KINGSTON"
    folder.mkdir()
    sharing.share(laptops.lead, folder / "plan.walk", plan_only=True)
    one_stick(monkeypatch, folder)
    return folder
