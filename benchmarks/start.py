"""How long a start takes: from running the command to useful text on the terminal.

walk with an empty store, a small walk, many notes, and the sample walk, against the two Textual
floors; then a command that ends (`walk summary`) against `python -c pass`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.bulk import write_table
from benchmarks.common import (
    COLUMNS,
    ROWS,
    bar,
    folder,
    interleaved,
    make_store,
    median,
    options,
    p95,
    paired,
    table,
    times,
)
from benchmarks.floors import READY
from tests.terminal import Terminal, walk_command
from walk.routine.importing.take_in import import_table
from walk.routine.start import open_desk

TEXTUAL = "Textual, one TextArea (floor)"
FORM = "Textual form (floor)"
PASS = "python -c pass (floor)"
EMPTY = "walk, empty store"
SMALL = "walk, a small walk on Home"
MANY = "walk, many notes"
DEMO = "walk demo"
SUMMARY = "walk summary"
ON_HOME = "? help"
"""The key line of Home, which is painted with the rest of it."""

Case = Callable[[], float]


def painted(command: Sequence[str], wanted: str) -> Case:
    """Seconds from running a program to a text on its screen."""

    def run() -> float:
        began = time.perf_counter()
        with Terminal(command, columns=COLUMNS, rows=ROWS) as terminal:
            return terminal.wait_for(wanted, 60) - began

    return run


def ended(command: Sequence[str]) -> Case:
    """Seconds that a program takes from start to end; it must succeed."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> float:
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
        return time.perf_counter() - began

    return run


def floor_starts() -> dict[str, Case]:
    """The floors of a start."""
    floors = [sys.executable, "-m", "benchmarks.floors"]
    return {
        TEXTUAL: painted([*floors, "textual"], READY),
        FORM: painted([*floors, "form"], READY),
        PASS: ended([sys.executable, "-c", "pass"]),
    }


def many_notes(place: Path, count: int) -> Path:
    """A store with a walk of so many notes, imported from a table."""
    source, store = place / "many.csv", place / "many.walkdb"
    write_table(source, count)
    with open_desk(store) as desk:
        import_table(desk, source)
    return store


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 15)
    parser.add_argument("--notes", type=int, default=100_000, help="notes of the large store")
    chosen = parser.parse_args()
    with folder(chosen.dir) as place:
        small = make_store(place / "small.walkdb")
        many = many_notes(place, chosen.notes)
        empty = place / "empty.walkdb"
        cases = floor_starts() | {
            EMPTY: painted(walk_command(empty), ON_HOME),
            SMALL: painted(walk_command(small), ON_HOME),
            MANY: painted(walk_command(many), ON_HOME),
            DEMO: painted([sys.executable, "-m", "walk", "demo"], ON_HOME),
            SUMMARY: ended(walk_command(small, "summary")),
        }
        found = interleaved(cases, chosen.n)
    floor = found[TEXTUAL]
    table(
        f"Start, {chosen.n} rounds, interleaved; many notes: {chosen.notes:,}",
        ("what", "median ms", "p95 ms", "x floor", "x form"),
        [
            (
                name,
                f"{median(took) * 1000:.0f}",
                f"{p95(took) * 1000:.0f}",
                times(paired(took, floor)),
                times(paired(took, found[FORM])),
            )
            for name, took in found.items()
        ],
    )
    print()
    bar("Empty store to the textual floor", paired(found[EMPTY], floor), 1.5)
    bar("Empty store to the form floor", paired(found[EMPTY], found[FORM]), 1.1)
    print("(one of the two is enough)")
    bar(f"{chosen.notes:,} notes to empty", paired(found[MANY], found[EMPTY]), 1.1)
    print(f"walk summary to python -c pass: {times(paired(found[SUMMARY], found[PASS]))} (no bar)")


if __name__ == "__main__":
    main()
