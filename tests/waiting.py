"""Waiting for what really happens, a repaint, a call or the end of a worker, and never for a while.

Every wait has an end: what did not come within `PATIENCE_S` fails the test that waits for it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from inspect import iscoroutinefunction
from typing import Any
from unittest.mock import patch

import pytest
from textual._wait import wait_for_idle
from textual.app import App
from textual.pilot import Pilot

from tests.frames import frame
from walk.routine.desk import Desk
from walk.screens import jobs
from walk.widgets.drafts import Drafts

PATIENCE_S = 30.0
FRAME_S = 1 / 30
"""Two of Textual's frames: what is due within it was asked for by what was just done."""


async def settled(min_sleep: float = 1 / 50, max_sleep: float = 1) -> None:
    """Wait as Textual's Pilot does, and until the loop has nothing more to do.

    Textual takes a process that used no processor time for a while for one that is done; on a
    machine with other work it may only have been kept waiting. Put in the place of Textual's own
    for every test.
    """
    await wait_for_idle(min_sleep, max_sleep)
    loop = asyncio.get_running_loop()
    assert isinstance(loop, asyncio.BaseEventLoop)
    until = loop.time() + max_sleep
    while loop.time() < until:
        # Neither is public. Should they go in a later Python, every test fails here and says so.
        ready, timers = loop._ready, loop._scheduled  # type: ignore[attr-defined]
        due = [one.when() for one in timers if not one.cancelled()]
        wait = min(due, default=until) - loop.time()
        if not ready and wait > FRAME_S:
            return
        await asyncio.sleep(0 if ready else max(0, wait))


@contextmanager
def told_by(owner: object, *names: str) -> Iterator[asyncio.Event]:
    """An event that is set whenever one of these functions of an object or module has ended."""
    event, loop = asyncio.Event(), asyncio.get_running_loop()

    def telling(whole: Callable[..., Any]) -> Callable[..., Any]:
        async def later(*rest: Any, **more: Any) -> Any:
            try:
                return await whole(*rest, **more)
            finally:
                event.set()

        def now(*rest: Any, **more: Any) -> Any:
            try:
                return whole(*rest, **more)
            finally:
                loop.call_soon_threadsafe(event.set)  # it may be called in a thread

        return later if iscoroutinefunction(whole) else now

    with ExitStack() as stack:
        for name in names:
            stack.enter_context(patch.object(owner, name, telling(getattr(owner, name))))
        yield event


async def once(event: asyncio.Event, there: Callable[[], bool]) -> bool:
    """Wait until something holds, looked at again whenever it is told; False if it never does."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not there():
                event.clear()
                await event.wait()
    except TimeoutError:
        return False
    return True


async def painted(pilot: Pilot[Any], there: Callable[[], bool]) -> str:
    """Wait until something holds, looked at after each repaint; what is on the screen then.

    Textual calls the hook once a repaint is done, for tests to wait on.
    """
    app = pilot.app
    try:
        with told_by(app, "post_display_hook") as repainted:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    repainted.clear()
                    await pilot.pause()  # until what is under way has acted
                    if there():
                        return frame(app)
                    await repainted.wait()
    except TimeoutError:
        raise AssertionError(f"it did not come; the screen shows:\n{frame(app)}") from None


async def shows(pilot: Pilot[Any], wanted: str) -> str:
    """Wait until the screen shows a text, however its lines break; all that it shows then."""
    parts = "".join(wanted.split())
    return await painted(pilot, lambda: parts in "".join(frame(pilot.app).split()))


async def drafted(desk: Desk, words: str) -> None:
    """Wait until what is typed is stored, which is done by throttle, up to these words."""

    def stored() -> bool:
        return any(words in one.text for one in desk.store.drafts())

    with told_by(Drafts, "flush") as tried:
        assert await once(tried, stored), f"{words!r} is not stored"


async def worker_over(app: App[Any], group: str) -> None:
    """Wait until the workers of a group have ended."""
    async with asyncio.timeout(PATIENCE_S):
        for one in [one for one in app.workers if one.group == group]:
            await one.wait()


async def job_over(pilot: Pilot[Any], name: str) -> str:
    """Wait until a job has ended and was shown; what is on the screen then."""
    await worker_over(pilot.app, name)
    await pilot.pause()  # the end is told by a message, which the app gets before this one
    job = jobs.job_of(pilot.app, name)
    assert job is None or job.ended, frame(pilot.app)
    return frame(pilot.app)


def held_up(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> threading.Event:
    """From now on this function, called in a thread, waits for the event before it begins."""
    go_on, whole = threading.Event(), getattr(owner, name)

    def slowly(*rest: Any, **more: Any) -> Any:
        assert go_on.wait(PATIENCE_S)
        return whole(*rest, **more)

    monkeypatch.setattr(owner, name, slowly)
    return go_on


async def happened(event: threading.Event) -> None:
    """Wait until a thread has told something."""
    assert await asyncio.to_thread(event.wait, PATIENCE_S)
