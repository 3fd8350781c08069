"""What a job does to the screen beside it: shorter turns, and what it brings is read later."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, write_form
from tests.screens.carrying import until_over
from tests.screens.table import open_at
from tests.waiting import PATIENCE_S, happened
from walk.routine.desk import Desk
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.jobs import Job
from walk.widgets.lines import StateLine


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def test_the_screen_comes_first_until_the_last_job_is_over() -> None:
    usual = sys.getswitchinterval()
    found = []
    with jobs._screen_first():
        with jobs._screen_first():
            found.append((round(sys.getswitchinterval(), 6), gc.isenabled()))
        found.append((round(sys.getswitchinterval(), 6), gc.isenabled()))
    assert found == [(jobs._TURN_S, False)] * 2
    assert (sys.getswitchinterval(), gc.isenabled()) == (usual, True)


async def test_what_a_job_brings_is_read_once_it_is_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, wrote = threading.Event(), threading.Event()
    reloads: list[str] = []

    def work(own: Desk, _: Job) -> None:
        write_form(own, "V1", "written beside")
        wrote.set()
        assert go_on.wait(PATIENCE_S)

    async with open_at(desk, "home") as seen:
        page = seen.app.screen
        assert isinstance(page, WalkScreen)
        monkeypatch.setattr(page, "reload", lambda: reloads.append("read"))
        jobs.begin(seen.app, desk, Job("long", "long work"), work, lambda _: None)
        await happened(wrote)
        page._each_second()
        assert reloads == []
        go_on.set()
        await until_over(seen, "long")
        page._each_second()
        assert reloads == ["read"]


async def test_what_ends_beside_a_page_while_the_page_goes_does_not_end_walk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts_go, looked = asyncio.Event(), asyncio.Event()
    leave = StateLine._message_loop_exit

    async def leaves(line: StateLine) -> None:
        await leave(line)
        parts_go.set()
        await looked.wait()

    async with open_at(desk, "collect") as seen:
        page = seen.app.screen

        async def work() -> None:
            await parts_go.wait()
            try:
                page.query_one(StateLine)
            finally:
                looked.set()

        jobs.beside(page, work, "test")
        await seen.pilot.pause()
        monkeypatch.setattr(StateLine, "_message_loop_exit", leaves)
        assert "Visits" in await seen.keys("escape")
        assert looked.is_set()
