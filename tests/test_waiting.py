"""A pause of Pilot lasts until the app is done, on a machine that keeps it waiting too."""

from __future__ import annotations

import asyncio
from itertools import count

import pytest
from textual import pilot

from tests.waiting import FRAME_S, settled


@pytest.fixture(autouse=True)
def kept_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process gets no processor time, and so looks idle."""
    monkeypatch.setattr("textual._wait.process_time", lambda: 0.0)


async def test_what_goes_on_from_step_to_step_is_waited_for() -> None:
    loop, steps = asyncio.get_running_loop(), iter(range(10_000))
    seen: list[int] = []

    def step() -> None:
        seen.append(next(steps, -1))
        if seen[-1] >= 0:
            loop.call_soon(step)

    loop.call_later(0.019, step)  # under way when the wait for idleness ends
    await settled()
    assert seen[-1] == -1


async def test_a_repaint_that_was_asked_for_is_waited_for() -> None:
    loop, seen = asyncio.get_running_loop(), list[str]()
    loop.call_later(0.019, lambda: loop.call_later(FRAME_S / 2, seen.append, "painted"))
    await settled()
    assert seen == ["painted"]


async def test_what_never_ends_is_not_waited_for() -> None:
    loop, times = asyncio.get_running_loop(), count()

    def again() -> None:
        next(times)
        loop.call_later(FRAME_S / 4, again)

    again()
    await settled(max_sleep=0.1)
    assert next(times) > 1


def test_it_stands_in_the_place_of_textuals_own() -> None:
    assert vars(pilot)["wait_for_idle"] is settled
