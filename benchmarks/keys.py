"""How long a key takes to be painted: the Visit screen's composer against a bare TextArea.

The clock of both ticks meanwhile. Keys come one at a time with uneven pauses, as from a person;
after each 30 the line is saved with Enter (a new line in the floor).
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

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
    table,
    times,
)
from benchmarks.floors import READY
from tests.terminal import Terminal, walk_command

FLOOR = "Textual, one TextArea (floor)"
NONE = "walk, Visit, no notes yet"
MANY = "walk, Visit, 500 notes"
HELPED = "walk, Visit, 500 notes, wording help"
LETTERS = "etaoinshrdlu"
LINE = 30
PATIENCE_S = 5.0

_copies, _lines = count(), count()


def open_floor() -> Terminal:
    """The floor, ready for keys."""
    terminal = Terminal(
        [sys.executable, "-m", "benchmarks.floors", "textual"], columns=COLUMNS, rows=ROWS
    )
    terminal.wait_for(READY[:5])
    terminal.settle()
    return terminal


def open_visit(store: Path) -> Terminal:
    """walk, opened at V1 by Enter on Home, ready for keys.

    On a copy of the store: walk opens where it was left, and that would be Visit the next time.
    """
    copy = store.with_name(f"{next(_copies)}-{store.name}")
    shutil.copyfile(store, copy)
    terminal = Terminal(walk_command(copy), columns=COLUMNS, rows=ROWS)
    terminal.wait_for("? help")
    terminal.settle()
    terminal.send("enter")
    terminal.wait_for("Enter save")
    terminal.settle()
    return terminal


def type_keys(terminal: Terminal, keys: int, rng: random.Random) -> list[float]:
    """Type so many letters; the seconds from each to the paint that shows it."""
    took: list[float] = []
    line = ""
    for _ in range(keys):
        if len(line) in (0, LINE):
            line = begin_line(terminal, line, next(_lines))
        _pause(terminal, rng.uniform(0.05, 0.13))
        line += rng.choice(LETTERS)
        began = time.perf_counter()
        terminal.send(line[-1])
        took.append(terminal.wait_for(line, PATIENCE_S) - began)
    return took


def begin_line(terminal: Terminal, before: str, number: int) -> str:
    """Save the line before, if there is one, and begin one that stands nowhere else; its letters.

    Else the first letter of a line would be taken for painted wherever the screen shows it.
    """
    if before:
        terminal.send("enter")
        terminal.settle()
    line = f"{number}q"
    terminal.send(line)
    terminal.wait_for(line, PATIENCE_S)
    terminal.settle()
    return line


def _pause(terminal: Terminal, seconds: float) -> None:
    """Wait as a person does between keys, reading what is painted meanwhile."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        terminal.read(left)


class Typed:
    """A case: opens its program, types, and keeps the p95 of the round beside the median."""

    def __init__(self, open_: Sequence[Path], keys: int) -> None:
        self._store = open_
        self._keys = keys
        self._round = 0
        self.p95: list[float] = []

    def __call__(self) -> float:
        self._round += 1
        terminal = open_visit(self._store[0]) if self._store else open_floor()
        with terminal:
            took = type_keys(terminal, self._keys, random.Random(self._round))
        self.p95.append(p95(took))
        return median(took)


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 5)
    parser.add_argument("--keys", type=int, default=60, help="keys a round")
    chosen = parser.parse_args()
    with folder(chosen.dir) as place:
        none = make_store(place / "none.walkdb")
        many = make_store(place / "many.walkdb", notes=500)
        helped = make_store(place / "helped.walkdb", notes=500, helped=True)
        cases = {
            FLOOR: Typed((), chosen.keys),
            NONE: Typed((none,), chosen.keys),
            MANY: Typed((many,), chosen.keys),
            HELPED: Typed((helped,), chosen.keys),
        }
        found = interleaved(cases, chosen.n, warm=0)
    rows, ratios = [], {}
    for name, case in cases.items():
        middle = median([a / b for a, b in zip(found[name], found[FLOOR], strict=True)])
        slow = median([a / b for a, b in zip(case.p95, cases[FLOOR].p95, strict=True)])
        ratios[name] = middle, slow
        rows.append(
            (
                name,
                f"{median(found[name]) * 1000:.1f}",
                times(middle),
                f"{median(case.p95) * 1000:.1f}",
                times(slow),
            )
        )
    table(
        f"Key to paint, {chosen.n} rounds of {chosen.keys} keys, interleaved",
        ("what", "median ms", "x floor", "p95 ms", "x floor"),
        rows,
    )
    print()
    for name in (NONE, MANY, HELPED):
        bar(f"{name}: median", ratios[name][0], 1.25)
        bar(f"{name}: p95", ratios[name][1], 1.5)


if __name__ == "__main__":
    main()
