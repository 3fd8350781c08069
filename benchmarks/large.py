"""A million notes in 60,000 visits: every screen, the summary and search, to a small store.

Two shapes: 600 walks over years, made through `Store.add_all`, and one walk, made by importing a
table. Each screen is opened by a program of its own on the large store and on one with a single
walk of 100 visits, in turn; the ratio is that of the two.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.common import COLUMNS, ROWS, bar, folder, median, table, times
from benchmarks.large_store import SHAPES, make_large
from walk.routine import purged
from walk.routine.across.search import Search
from walk.routine.desk import Desk, Place
from walk.routine.following import steps
from walk.routine.keeping import erase
from walk.routine.start import open_desk
from walk.routine.summary import counted, facts

SMALL_NOTES, SMALL_VISITS = 1_667, 100
SCREENS = (
    *("home", "prepare", "roster", "rooms", "ready", "debrief", "silent_read", "trends", "steps"),
    *("summary", "history", "search", "purge", "receipts", "conflicts"),
)
_LIMIT_S = 300
_RAW = (
    "SELECT look_for, visit, wondering, count(*) FROM state WHERE walk = "
    "(SELECT id FROM name WHERE key = ?) AND wondering IS NOT NULL "
    "GROUP BY look_for, wondering, visit"
)
"""What a summary counts, as one query on the same table."""

clock = time.perf_counter
"""What the seconds are counted by."""


# One screen, in a program of its own


def open_screen(path: Path, name: str) -> None:
    """Open a screen and press a key; prints milliseconds for both, and MiB at the most."""
    with open_desk(path, patience_s=5) as desk:
        opened, moved = asyncio.run(_opened(desk, name))
    print(f"{1000 * opened:.1f} {1000 * moved:.1f} {_peak():.1f}")


def _peak() -> float:
    """MiB of memory at the most; what the system says of a child can be its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        (kib,) = (line.split()[1] for line in status.read_text().splitlines() if "VmHWM" in line)
        return int(kib) / 1024
    import resource  # not on every system

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)  # macOS counts bytes


async def _opened(desk: Desk, name: str) -> tuple[float, float]:
    from walk.app import WalkApp

    app = WalkApp(desk, Place(name, desk.walk_id))
    began = clock()
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        await pilot.pause()
        opened = clock() - began
        began = clock()
        await pilot.press("down")
        await pilot.pause()
        return opened, clock() - began


def _measured(path: Path, name: str, *, processor: bool) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "benchmarks.large", "--screen", name, "--store", str(path)]
    command += ["--processor"] if processor else []
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_LIMIT_S
        )
    except subprocess.TimeoutExpired:
        return (float("inf"),) * 3
    if done.returncode:
        raise SystemExit(done.stderr[-2_000:])
    opened, moved, peak = map(float, done.stdout.split()[-3:])
    return opened, moved, peak


def screens(
    small: Path, large: Path, rounds: int, names: Sequence[str], *, processor: bool
) -> None:
    """Measure and print how every screen opens, and how it takes a key."""
    lines = []
    for name in names:
        found = [
            (
                _measured(small, name, processor=processor),
                _measured(large, name, processor=processor),
            )
            for _ in range(rounds)
        ]
        opened = median([two[0] for _, two in found])
        lines.append(
            (
                name,
                f"{opened:.0f}",
                times(median([two[0] / one[0] for one, two in found])),
                f"{median([two[1] for _, two in found]):.0f}",
                times(median([two[1] / one[1] for one, two in found])),
                f"{max(two[2] for _, two in found):.0f}",
                times(max(two[2] / one[2] for one, two in found)),
            )
        )
    head = ("screen", "open ms", "to small", "key ms", "to small", "MiB", "to small")
    table(f"Screens on {large.stem}, {rounds} rounds", head, lines)


# The summary and search


def _least(rounds: int, work: Callable[[], object]) -> float:
    took = []
    for _ in range(rounds):
        began = clock()
        work()
        took.append(clock() - began)
    return median(took)


def summary(path: Path, rounds: int) -> None:
    """Measure and print the summary of the walk on the desk."""
    with open_desk(path, patience_s=5) as desk, closing(sqlite3.connect(path)) as conn:
        walk = (bytes.fromhex(desk.walk_id),)
        raw = _least(rounds, lambda: conn.execute(_RAW, walk).fetchall())
        gone, closed = purged.of(desk), steps.closing(desk)
        counts = _least(rounds, lambda: counted(desk, gone, closed))
        whole = _least(rounds, lambda: facts(desk))
        print(f"\nSummary of the walk of {path.stem}: raw SQL {1000 * raw:.1f} ms, counts ", end="")
        print(f"{1000 * counts:.1f} ms, all of it {1000 * whole:.1f} ms")
        if raw > 0.05:  # below that what is fixed counts for more than the notes
            bar("Counting for the summary, to raw SQL", counts / raw, 1.2)
            bar("Summary, to raw SQL", whole / raw, 1.5)


def searching(path: Path, rounds: int) -> None:
    """Measure and print one search for a word that is said often, and one that is said seldom."""
    with open_desk(path, patience_s=5) as desk:
        for _ in desk.store.fill():
            pass
        look = Search(desk)
        look.ask("students")
        for said in ("students", "wut"):
            print(f"Search for “{said}”: {1000 * _least(rounds, lambda: look.ask(said)):.1f} ms")  # noqa: B023


def naming(path: Path, rounds: int) -> None:
    """Measure and print how long it takes to find the note that `walk erase` is to erase."""
    with open_desk(path, patience_s=5) as desk:
        some = desk.store.some_of_pool(desk.walk_id, 10, desk.store.pool_size(desk.walk_id))
        named = some[0].record.id[-erase.SHORT :]
        took = _least(rounds, lambda: erase.find(desk, named))
        print(f"Finding a note to be erased by the end of its id: {1000 * took:.0f} ms")


def main() -> None:
    """Make the stores where they are not there yet; measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="where the stores are kept, or made")
    parser.add_argument("-n", type=int, default=1, help="rounds (1)")
    parser.add_argument("--shape", choices=(*SHAPES, "both"), default="both")
    parser.add_argument("--notes", type=int, default=1_000_000)
    parser.add_argument("--visits", type=int, default=60_000)
    parser.add_argument("--walks", type=int, default=600)
    parser.add_argument("--screen", action="append", help="these screens alone")
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--processor", action="store_true", help="count the processor's time")
    chosen = parser.parse_args()
    if chosen.processor:
        global clock
        clock = time.process_time
    if chosen.store:
        open_screen(chosen.store, chosen.screen[0])
        return
    with folder(None) as place:
        kept = chosen.folder or place
        small = make_large(kept / "small.walkdb", "many", SMALL_NOTES, SMALL_VISITS, 1)
        for shape in SHAPES if chosen.shape == "both" else (chosen.shape,):
            path = kept / f"{shape}.walkdb"
            large = make_large(path, shape, chosen.notes, chosen.visits, chosen.walks)
            summary(large, max(3, chosen.n))
            searching(large, max(3, chosen.n))
            naming(large, max(3, chosen.n))
            names = chosen.screen or SCREENS
            screens(small, large, chosen.n, names, processor=chosen.processor)


if __name__ == "__main__":
    main()
