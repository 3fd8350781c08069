"""Whether typing stays quick while much comes in: keys and the app's loop beside a collect.

The real app in a pseudo-terminal, on Home and on Visit, idle first and then while its own job runs
in the background: a collect of many packs, or an import of a table. A key is timed from its being
sent to the paint that shows it. Inside the app a task that sleeps for 10 ms notes how much later it
woke, and each write how long it waited for the lock and held it.

`--wall` collects the packs alone, without any screen, and says how long that took.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.bulk import write_table
from benchmarks.common import COLUMNS, ROWS, bar, folder, options, p95, table
from benchmarks.keys import LETTERS, LINE, begin_line
from benchmarks.packs import Packs, new_packs
from tests.terminal import Terminal
from walk.routine.desk import Desk
from walk.routine.exchanging import collect, join
from walk.routine.importing.take_in import import_table
from walk.routine.planning import prepare
from walk.routine.start import open_desk
from walk.routine.visiting import visit
from walk.storage.store import Store

EVERY_S = 0.01
"""How long the task inside the app sleeps at a time."""
POLL_S = 0.05
LONGEST_WAIT_S = 0.1
"""The bar for who waits to write."""
MOST_TIMES = 3.0
"""The bar for keys: times the p95 of the same app while nothing runs."""
MARK = "▸"

_numbers = count()


@dataclass
class Seen:
    """What was seen of one app, idle and while its job ran: seconds."""

    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    idle_lag: list[float] = field(default_factory=list)
    busy_lag: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    """Of the screen for the write lock, while the job ran."""
    held: list[float] = field(default_factory=list)
    """The lock, by the job."""
    wall: list[float] = field(default_factory=list)

    def add(self, other: Seen) -> None:
        """Take the figures of another round in."""
        for name, figures in vars(self).items():
            figures += getattr(other, name)


# Inside the app


class _Watch:
    """What is noted inside the app; times of time.perf_counter, which all processes share."""

    def __init__(self) -> None:
        self.lags: list[tuple[float, float]] = []
        self.waits: list[tuple[float, float]] = []
        self.held: list[tuple[float, float]] = []
        self.began = self.ended = 0.0

    async def lag(self) -> None:
        """Sleep again and again, and note how much longer it took."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(EVERY_S)
            self.lags.append((began, time.perf_counter() - began - EVERY_S))

    def watch_writes(self) -> None:
        """Note how long the screen waits for the write lock, and how long a job holds it."""
        usual = Store._writing

        @contextmanager
        def timed(store: Store) -> Iterator[sqlite3.Connection]:
            screen = threading.current_thread() is threading.main_thread()
            began = time.perf_counter()
            with usual(store) as conn:
                got = time.perf_counter()
                yield conn
            if screen:
                self.waits.append((began, got - began))
            else:
                self.held.append((got, time.perf_counter() - got))

        setattr(Store, "_writing", timed)  # noqa: B010 (a method is put in its place)


def inside(store: Path, order: Path) -> None:
    """Be the app: begin the ordered job when told to, and write down what was seen."""
    from walk.app import WalkApp
    from walk.screens import jobs
    from walk.screens.jobs import Job

    watch, ordered = _Watch(), json.loads(order.read_text())
    watch.watch_writes()

    def work(desk: Desk, job: Job) -> object:
        watch.began = time.perf_counter()
        done = _collect(ordered, desk, job) if ordered["packs"] else _import(ordered, desk, job)
        watch.ended = time.perf_counter()
        return done

    class Watched(WalkApp):
        """The app, with a look at its own loop."""

        def on_mount(self) -> None:
            """Begin to look."""
            self.run_worker(watch.lag(), group="lag")
            self.set_interval(POLL_S, self.begin_when_told)

        def begin_when_told(self) -> None:
            """Begin the job when the driver says so, and tell it when it is over."""
            if order.with_suffix(".go").exists() and not watch.began:
                watch.began = time.perf_counter()
                jobs.begin(self, self.desk, Job("collect", "collecting"), work, self.over)

        def over(self, job: Job) -> None:
            """Write down what was seen."""
            if job.error is not None:
                raise SystemExit(str(job.error))
            jobs.shown(self, job)
            seen = {"began": watch.began, "ended": watch.ended, "lags": watch.lags}
            seen |= {"waits": watch.waits, "held": watch.held}
            _put(order.with_suffix(".seen"), json.dumps(seen))

    with open_desk(store) as desk:
        Watched(desk).run()


def _put(path: Path, text: str) -> None:
    half = path.with_suffix(".half")
    half.write_text(text)
    half.replace(path)


def _collect(ordered: dict[str, Any], desk: Desk, job: Any) -> object:
    def report(progress: Any) -> bool:
        job.words = f"collecting {progress.words}"
        return bool(job.stops)

    return collect.collect(desk, [Path(one) for one in ordered["packs"]], report=report)


def _import(ordered: dict[str, Any], desk: Desk, job: Any) -> object:
    def progress(done: int, of: int) -> None:
        job.words = f"importing {done:,} of {of:,}"

    return import_table(desk, Path(ordered["table"]), progress=progress)


# Driving it


class Driven:
    """One app in a pseudo-terminal, on Home or on Visit."""

    def __init__(self, store: Path, order: Path, *, on_visit: bool, seed: int) -> None:
        self._terminal = Terminal(
            [sys.executable, "-m", "benchmarks.lag", "--inside", str(store), str(order)],
            columns=COLUMNS,
            rows=ROWS,
        )
        self._order, self._on_visit, self._rng = order, on_visit, random.Random(seed)
        self._line, self._down = "", True

    def run(self, keys: int) -> Seen:
        """Type so many keys while it is idle, and others until its job is over."""
        terminal, seen = self._terminal, Seen()
        with terminal:
            terminal.wait_for("? help")
            terminal.settle()
            if self._on_visit:
                terminal.send("enter")
                terminal.wait_for("Enter save")
                terminal.settle(0.5)
            for _ in range(10):
                self._key()
            idle_from = time.perf_counter()
            seen.idle = [self._key() for _ in range(keys)]
            self._order.with_suffix(".go").touch()
            while not self._over:
                seen.busy.append(self._key())
        self._take(seen, idle_from)
        return seen

    @property
    def _over(self) -> bool:
        return self._order.with_suffix(".seen").exists()

    def _key(self) -> float:
        pause = time.perf_counter() + self._rng.uniform(0.05, 0.13)
        while (left := pause - time.perf_counter()) > 0:
            self._terminal.read(left)
        return self._letter() if self._on_visit else self._arrow()

    def _letter(self) -> float:
        if len(self._line) in (0, LINE):
            self._line = begin_line(self._terminal, self._line, next(_numbers))
        self._line += self._rng.choice(LETTERS)
        began = time.perf_counter()
        self._terminal.send(self._line[-1])
        return self._terminal.wait_for(self._line, 5) - began

    def _arrow(self) -> float:
        """The marked row of Home goes down, and up again with the next key."""
        before, began = self._marked(), time.perf_counter()
        self._terminal.send("down" if self._down else "up")
        self._down = not self._down
        while self._marked() == before:
            if time.perf_counter() > began + 5:
                raise SystemExit("a key on Home was not painted, so nothing was measured")
            self._terminal.read(0.05)
        return self._terminal.read_at - began

    def _marked(self) -> int:
        lines = self._terminal.screen.display
        return next((place for place, line in enumerate(lines) if MARK in line), -1)

    def _take(self, seen: Seen, idle_from: float) -> None:
        told = json.loads(self._order.with_suffix(".seen").read_text())
        began, ended = told["began"], told["ended"]
        seen.idle_lag = [lag for at, lag in told["lags"] if idle_from <= at < began]
        seen.busy_lag = [lag for at, lag in told["lags"] if began <= at < ended]
        seen.waits = [wait for at, wait in told["waits"] if began <= at < ended]
        seen.held = [held for at, held in told["held"] if began <= at < ended]
        seen.wall = [ended - began]


# The cases


def _stores(place: Path, made: Packs) -> tuple[Path, Path]:
    """A store that has joined, on Home; and the same with a visit entered."""
    home, at_visit = place / "home.walkdb", place / "visit.walkdb"
    with open_desk(home) as desk:
        join.join(desk, made.plan, "me")
    with open_desk(at_visit) as desk:
        join.join(desk, made.plan, "me")
        visit.enter(desk, prepare.visits(desk)[0])
    return home, at_visit


def _ms(figures: Sequence[float], share: float = 1.0) -> str:
    ordered = sorted(figures) or [0.0]
    return f"{ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000:.1f}"


def _row(name: str, figures: Sequence[float]) -> tuple[str, ...]:
    shares = (0.5, 0.95, 0.99, 1.0)
    return (name, str(len(figures)), *(_ms(figures, share) for share in shares))


def tell(cases: dict[str, Seen]) -> None:
    """Print what was seen, and whether the bars are kept."""
    for name, seen in cases.items():
        table(
            f"{name}: {sum(seen.wall) / len(seen.wall):.2f} s on average",
            ("what, in ms", "times", "p50", "p95", "p99", "longest"),
            [
                _row("key to paint, idle", seen.idle),
                _row("key to paint, meanwhile", seen.busy),
                _row("the loop's lag, idle", seen.idle_lag),
                _row("the loop's lag, meanwhile", seen.busy_lag),
                _row("a save's wait for the lock, meanwhile", seen.waits),
                _row("the lock held by the job", seen.held),
            ],
        )
    print()
    for name, seen in cases.items():
        bar(f"{name}: key p95 to idle", p95(seen.busy) / p95(seen.idle), MOST_TIMES)
        bar(f"{name}: loop's lag p95 to key p95 idle", p95(seen.busy_lag) / p95(seen.idle), 3.0)
        longest = max([*seen.waits, *seen.held, 0.0])
        within = "within the bar" if longest <= LONGEST_WAIT_S else "over the bar"
        print(f"{name}: longest wait for a writer {longest:.3f} s, bar 0.1 s: {within}")


def wall(place: Path, made: Packs, rounds: int) -> None:
    """Collect the packs with no screen, and say how long it took."""
    took, entries = [], 0
    gc.disable()  # as on the command line
    for number in range(rounds):
        with open_desk(place / f"wall-{number}.walkdb") as desk:
            began = time.perf_counter()
            receipt = collect.collect(desk, made.newer)
            took.append(time.perf_counter() - began)
        entries = sum(one.added for one in receipt.packs)
    said = ", ".join(f"{seconds:.2f}" for seconds in took)
    print(f"Collect of {len(made.newer)} packs, {entries:,} entries: {said} s")


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--inside"]:
        inside(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    parser = options(__doc__, 2)
    parser.add_argument("--packs", type=int, default=200, help="packs to collect (200)")
    parser.add_argument("--notes", type=int, default=60, help="notes in each pack (60)")
    parser.add_argument("--rows", type=int, default=50_000, help="rows to import (50,000)")
    parser.add_argument("--keys", type=int, default=60, help="keys while nothing runs (60)")
    parser.add_argument("--wall", action="store_true", help="the time of the collect alone")
    chosen = parser.parse_args()
    with folder(chosen.dir) as place:
        made = new_packs(place, chosen.packs, chosen.notes)
        if chosen.wall:
            wall(place, made, chosen.n)
            return
        rows = place / "table.csv"
        write_table(rows, chosen.rows)
        home, at_visit = _stores(place, made)
        packs = {"packs": [str(one) for one in made.newer]}
        jobs = {
            f"collect of {chosen.packs} packs of {chosen.notes}": packs,
            f"import of {chosen.rows:,} rows": {"packs": [], "table": str(rows)},
        }
        cases: dict[str, Seen] = {}
        for _ in range(chosen.n):
            for name, order in jobs.items():
                for page, store in (("Home", home), ("Visit", at_visit)):
                    one = _one(place, store, order, on_visit=page == "Visit", keys=chosen.keys)
                    cases.setdefault(f"{page}, {name}", Seen()).add(one)
    tell(cases)


def _one(place: Path, store: Path, ordered: object, *, on_visit: bool, keys: int) -> Seen:
    """One app on a copy of the store: what came in once would be here already."""
    number = next(_numbers)
    copy, order = place / f"lag-{number}.walkdb", place / f"lag-{number}.json"
    shutil.copyfile(store, copy)
    order.write_text(json.dumps(ordered))
    return Driven(copy, order, on_visit=on_visit, seed=number).run(keys)


if __name__ == "__main__":
    main()
