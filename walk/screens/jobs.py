"""Jobs: long work in a thread of its own, which goes on when its screen is left and is told on all.

One job of a name runs at a time. It works on its own desk, so the screen never waits for it.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from textual.app import App
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import get_current_worker

from walk.errors import WalkError
from walk.routine.desk import Desk
from walk.routine.start import open_desk
from walk.widgets.lines import StateLine

R = TypeVar("R")
PATIENCE_S = 5.0
"""How long a job waits for another writer; nobody is kept waiting by it meanwhile."""
_TURN_S = 0.00005
"""How long a thread goes on while another one waits for its turn; Python's own is 5 ms, and a key
passes through several threads before it is painted. It is far shorter than what a job does between
two reads of its file, as at each the wait begins anew: a key once waited for forty of them.
"""
_USUAL_S = sys.getswitchinterval()
_TURNS, _RUNNING = threading.Lock(), list[object]()


@dataclass(eq=False)
class Job:
    """One job, while it runs and until its end was shown."""

    name: str
    words: str
    """How it is told on every screen: "collecting 3 of 12"; the thread writes it."""
    details: tuple[str, ...] = ()
    """More of it, for its own screen."""
    ended: bool = False
    result: Any = None
    error: WalkError | None = None
    """Why it could not be done."""
    stop: bool = field(default=False)
    """Somebody asked it to stop where it can."""
    leaving: Callable[[], bool] = lambda: False
    """Whether the app is being closed."""

    @property
    def stops(self) -> bool:
        """True when it has to stop as soon as it can."""
        return self.stop or self.leaving()


_JOBS: WeakKeyDictionary[App[Any], dict[str, Job]] = WeakKeyDictionary()
_ASKED: WeakKeyDictionary[App[Any], list[Job]] = WeakKeyDictionary()
"""The jobs that the person who quits was told of."""


@contextmanager
def _screen_first() -> Iterator[None]:
    """The screen gets its turn sooner while any job runs.

    Python's collector waits for the end of the job, as on the command line: all threads stand still
    while it looks at what a job holds, for 40 ms where that is a table of 50,000 rows.
    """
    running = object()
    with _TURNS:
        _RUNNING.append(running)
        sys.setswitchinterval(min(_USUAL_S, _TURN_S))
        gc.disable()
    try:
        yield
    finally:
        with _TURNS:
            _RUNNING.remove(running)
            if not _RUNNING:
                sys.setswitchinterval(_USUAL_S)
                gc.enable()


def begin(
    app: App[Any],
    desk: Desk,
    job: Job,
    work: Callable[[Desk, Job], Any],
    done: Callable[[Job], None],
) -> Job:
    """Begin a job; one of this name that runs already goes on instead, and is returned.

    `work` is given a desk of its own with the same walk on it, and the job. `done` is called on the
    screen's side once it is over.
    """
    held = _JOBS.setdefault(app, {})
    running = held.get(job.name)
    if running is not None and not running.ended:
        return running
    held[job.name] = job
    path, clock, walk = desk.store.path, desk.clock, desk.walk_id

    def run() -> None:
        worker = get_current_worker()
        job.leaving = lambda: worker.is_cancelled
        try:
            with _screen_first(), open_desk(path, clock=clock, patience_s=PATIENCE_S) as own:
                own.walk_id = walk
                job.result = work(own, job)
        except WalkError as error:
            job.error = error
        except Exception as error:
            # Whoever types on another screen must not lose the app to it.
            job.error = WalkError(
                f"A fault of walk's own stopped this ({type(error).__name__}).",
                "Nothing that was saved is lost; close walk, open it and try again.",
            )
        app.call_later(_over, app, job, done)

    app.run_worker(run, name=job.name, group=job.name, thread=True, exit_on_error=False)
    return job


def beside(page: DOMNode, work: Callable[[], Awaitable[None]], group: str) -> None:
    """Do it beside the keys of a page, instead of what was begun in this group before.

    `work` is a function, not its coroutine: one that is replaced before it began is never awaited.
    """

    async def while_it_stands() -> None:
        try:
            await work()
        except NoMatches:
            # The parts of a page go before the page, and what is beside it is stopped last.
            if page.display:
                raise

    stands: Callable[[], Awaitable[None]] = while_it_stands
    page.run_worker(stands, group=group, exclusive=True)


async def aside(desk: Desk, work: Callable[[Desk], R]) -> R:
    """What `work` answers, in a thread and on a desk of its own with the same walk on it."""
    path, clock, walk = desk.store.path, desk.clock, desk.walk_id

    def run() -> R:
        with open_desk(path, clock=clock, patience_s=PATIENCE_S) as own:
            own.walk_id = walk
            return work(own)

    return await asyncio.to_thread(run)


async def of_the_disk(ask: Callable[[], R]) -> R:
    """What a disk answers. One that never does keeps nobody waiting, nor the app from closing."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[R] = loop.create_future()

    def tell(told: Callable[[Any], None], value: object) -> None:
        def now() -> None:
            if not answer.done():  # the screen may be gone
                told(value)

        with suppress(RuntimeError):  # and so may the app
            loop.call_soon_threadsafe(now)

    def run() -> None:
        try:
            found = ask()
        except Exception as error:
            tell(answer.set_exception, error)
        else:
            tell(answer.set_result, found)

    threading.Thread(target=run, daemon=True).start()
    return await answer


def _over(app: App[Any], job: Job, done: Callable[[Job], None]) -> None:
    job.ended = True
    done(job)


def job_of(app: App[Any], name: str) -> Job | None:
    """The job of that name that runs, or whose end was not shown yet."""
    return _JOBS.get(app, {}).get(name)


def shown(app: App[Any], job: Job) -> None:
    """Forget a job whose end was shown."""
    if _JOBS.get(app, {}).get(job.name) is job:
        del _JOBS[app][job.name]


def words(app: App[Any]) -> str:
    """What runs now, for the title of every screen; empty where nothing does."""
    return " · ".join(one.words for one in _told(app))


def quit_app(app: App[Any], key: str) -> None:
    """Close walk. The first time it is told what still runs; `key` once more stops that.

    It is told on the page that is open, also under a dialog.
    """
    running, asked = _told(app), _ASKED.get(app, [])
    lines = [line for screen in reversed(app.screen_stack) for line in screen.query(StateLine)]
    if not lines or all(one in asked for one in running):
        for one in running:
            one.stop = True
        app.exit()
        return
    _ASKED[app] = running
    packs = any(one.name == "collect" for one in running)
    stops = "stops behind this pack and closes walk" if packs else "closes walk once that is done"
    # Told as a problem is, in as many rows as it needs.
    lines[0].complain(f"Still {words(app)}: {key} once more {stops}.")


def _told(app: App[Any]) -> list[Job]:
    return [one for one in _JOBS.get(app, {}).values() if not one.ended and one.words]
