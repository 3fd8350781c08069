"""How long a start takes: from running the command to useful text on the terminal.

walk with an empty store, a small walk, many notes, and the sample walk, against the two Textual
floors; a command that ends (`walk summary`) against `python -c pass`; and a key typed before the
app is there, on Visit, against the whole page of the same start.
"""

from __future__ import annotations

import os
import shutil
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
from walk.routine.desk import Place
from walk.routine.importing.take_in import import_table
from walk.routine.planning import prepare
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
ON_VISIT = "Look for"
"""Stands above the look-fors of Visit: it comes with the whole page, some lines come before."""

AHEAD = "ß"
"""A letter that stands nowhere else on the page."""

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


def left_at_visit(place: Path) -> Path:
    """A store in which a visit is under way, so that walk opens there: what a kill leaves."""
    store = make_store(place / "visit.walkdb", notes=1)
    with open_desk(store) as desk:
        first = prepare.visits(desk)[0]
        desk.remember(Place("visit", desk.walk_id, first.id))
    return store


def typed_ahead(store: Path, number: int) -> tuple[float, float]:
    """Seconds from running walk to the whole page of Visit, and to a letter typed at once.

    On a copy, as the letter is kept for the next start.
    """
    copy = store.with_name(f"{number}-{store.name}")
    shutil.copyfile(store, copy)
    began = time.perf_counter()
    with Terminal(walk_command(copy), columns=COLUMNS, rows=ROWS) as terminal:
        terminal.send(AHEAD)
        whole = terminal.wait_for(ON_VISIT, 60) - began
        return whole, terminal.wait_for(AHEAD, 60) - began


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
        at_visit = left_at_visit(place)
        ahead = [typed_ahead(at_visit, number) for number in range(chosen.n)]
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
    whole, shown = ([one[which] for one in ahead] for which in (0, 1))
    bar("A key typed ahead, to the whole page", paired(shown, whole), 1.05)
    print(f"walk summary to python -c pass: {times(paired(found[SUMMARY], found[PASS]))} (no bar)")


if __name__ == "__main__":
    main()
