"""What tests of packs share: a machine with one stick and nothing else, and waiting for a job."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.table import Seen
from tests.waiting import job_over, shows
from walk.routine import folders
from walk.routine.folders import Machine


def one_stick(monkeypatch: pytest.MonkeyPatch, *stick: Path) -> None:
    """From now on this machine has these sticks, and no folder of its own."""
    monkeypatch.setattr(folders, "sticks", lambda _: list(stick))
    nothing = Machine("linux", lambda: "", lambda _: [], lambda: [], lambda: [])
    monkeypatch.setattr(folders, "this_machine", lambda: nothing)


async def drop(seen: Seen, path: object) -> str:
    """Drop a file or folder on the window, and take it; what is on the screen then."""
    await seen.paste(str(path))
    return await seen.keys("enter")


async def until(seen: Seen, wanted: str) -> str:
    """Wait until the screen shows a text, however its lines break; all that it shows then."""
    return await shows(seen.pilot, wanted)


async def until_over(seen: Seen, name: str) -> str:
    """Wait until a job has ended and was shown; what is on the screen then."""
    return await job_over(seen.pilot, name)
