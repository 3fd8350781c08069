"""Jobs: long work in a thread that outlives its screen, is told on all, and ends with the app."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts, write_form
from tests.screens.carrying import until, until_over
from tests.screens.table import open_at
from tests.waiting import PATIENCE_S, happened
from walk.errors import Refused
from walk.routine.desk import Desk
from walk.screens import jobs
from walk.screens.jobs import Job


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


async def test_it_works_on_a_desk_of_its_own_and_is_told_in_the_title(desk: Desk) -> None:
    go_on = threading.Event()
    ended: list[Job] = []

    def work(own: Desk, job: Job) -> list[str]:
        assert own is not desk
        assert own.walk_id == desk.walk_id
        job.words = "counting 2 of 3"
        assert go_on.wait(PATIENCE_S)
        write_form(own, "V1", "written beside")
        return texts(own)

    async with open_at(desk, "home") as seen:
        job = jobs.begin(seen.app, desk, Job("count", "counting"), work, ended.append)
        again = jobs.begin(seen.app, desk, Job("count", "again"), work, ended.append)
        assert again is job  # one at a time
        assert "counting 2 of 3 ·" in await until(seen, "counting 2 of 3")
        await seen.keys("down")  # and the keys go on meanwhile
        go_on.set()
        await until_over(seen, "count")
        assert (job.result, job.error, ended) == (["written beside"], None, [job])
        assert jobs.words(seen.app) == ""
        assert jobs.job_of(seen.app, "count") is job
        jobs.shown(seen.app, job)
        assert jobs.job_of(seen.app, "count") is None
        await until(seen, "V1  in person")
        assert texts(desk) == ["written beside"]


async def test_what_goes_wrong_is_handed_over_in_words(desk: Desk) -> None:
    def refuse(_: Desk, __: Job) -> None:
        raise Refused("No.", "Never.")

    def fault(_: Desk, __: Job) -> None:
        raise ValueError("somebody's words")

    async with open_at(desk, "home") as seen:
        for name, work, words in (("a", refuse, "No. Never."), ("b", fault, "fault of walk's own")):
            job = jobs.begin(seen.app, desk, Job(name, name), work, lambda _: None)
            await until_over(seen, name)
            assert words in str(job.error)
            assert "somebody" not in str(job.error)


async def test_closing_the_app_asks_it_to_stop(desk: Desk) -> None:
    asked: list[bool] = []
    began, closed, ended = threading.Event(), threading.Event(), threading.Event()

    def work(_: Desk, job: Job) -> None:
        asked.append(job.stops)
        began.set()
        assert closed.wait(PATIENCE_S)
        asked.append(job.stops)
        ended.set()

    async with open_at(desk, "home") as seen:
        jobs.begin(seen.app, desk, Job("long", "long work"), work, lambda _: None)
        await happened(began)
    closed.set()
    await happened(ended)
    assert asked == [False, True]


async def test_a_question_of_the_screen_is_answered_aside(desk: Desk) -> None:
    write_form(desk, "V1", "one")
    assert await jobs.aside(desk, texts) == ["one"]
    with pytest.raises(Refused):
        await jobs.aside(desk, _refused)


def _refused(_: Desk) -> None:
    raise Refused("No.")


@pytest.mark.parametrize(("key", "screen"), [("q", "home"), ("Ctrl+Q", "prepare")])
async def test_quitting_tells_what_runs_and_once_more_stops_it(
    desk: Desk, key: str, screen: str
) -> None:
    closed, ended = threading.Event(), threading.Event()

    def work(_: Desk, __: Job) -> None:
        assert closed.wait(PATIENCE_S)
        ended.set()

    async with open_at(desk, screen) as seen:
        job = Job("collect", "collecting 3 of 12")
        jobs.begin(seen.app, desk, job, work, lambda _: None)
        shown = await seen.keys(key.lower())
        told = f"Still collecting 3 of 12: {key} once more stops behind this pack and closes walk"
        assert told in " ".join(shown.split())
        assert seen.app.is_running
        assert not job.stops
        await seen.keys(key.lower())
        assert seen.app._exit
        assert job.stop
    closed.set()
    await happened(ended)


async def test_quitting_with_nothing_under_way_asks_nothing(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        jobs.begin(seen.app, desk, Job("collect", "collecting 1 of 1"), _nothing, lambda _: None)
        await until_over(seen, "collect")
        await seen.keys("q")
        assert seen.app._exit


def _nothing(_: Desk, __: Job) -> None:
    return
