"""What tests of packs share: a machine with one stick and nothing else, and waiting for a job."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.frames import frame
from tests.screens.table import Seen
from walk.routine import folders
from walk.routine.folders import Machine
from walk.screens import jobs


def one_stick(monkeypatch: pytest.MonkeyPatch, *stick: Path) -> None:
    """From now on this machine has these sticks, and no folder of its own."""
    monkeypatch.setattr(folders, "sticks", lambda _: list(stick))
    nothing = Machine("linux", lambda: "", lambda _: [], lambda: [], lambda: [])
    monkeypatch.setattr(folders, "this_machine", lambda: nothing)


async def until(seen: Seen, wanted: str) -> str:
    """Wait until the screen shows a text, however its lines break; all that it shows then."""
    for _ in range(1500):
        await seen.pilot.pause()
        shown = frame(seen.app)
        if "".join(wanted.split()) in "".join(shown.split()):
            return shown
        await asyncio.sleep(0.01)
    raise AssertionError(f"{wanted!r} did not come; the screen shows:\n{frame(seen.app)}")


async def until_over(seen: Seen, name: str) -> str:
    """Wait until a job has ended and was shown; what is on the screen then."""
    for _ in range(1500):
        await seen.pilot.pause()
        job = jobs.job_of(seen.app, name)
        if job is None or job.ended:
            await seen.pilot.pause()
            return frame(seen.app)
        await asyncio.sleep(0.01)
    raise AssertionError(f"{name} did not end:\n{frame(seen.app)}")
