"""What walk takes while nothing is typed: processor and memory on Home, Visit and the board."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks.common import bar, folder, make_store, median, options, small_walk, table
from benchmarks.keys import open_floor, open_visit
from benchmarks.start import ON_HOME
from tests.terminal import Terminal, walk_command
from walk.routine.desk import Place
from walk.routine.planning import rotation, times
from walk.routine.start import open_desk

FLOOR = "Textual, one TextArea (floor)"
HOME = "walk, Home"
VISIT = "walk, Visit, 500 notes"
ON_BOARD = "orientation"
BOARD = "walk, board of a walk under way"


def watch(terminal: Terminal, seconds: float) -> tuple[float, float]:
    """Processor time in per cent of one core, and resident memory in MiB at the end."""
    process = psutil.Process(terminal.process.pid)
    before, began = process.cpu_times(), time.perf_counter()
    while (left := began + seconds - time.perf_counter()) > 0:
        terminal.read(left)
    after, took = process.cpu_times(), time.perf_counter() - began
    used = after.user + after.system - before.user - before.system
    return 100 * used / took, process.memory_info().rss / 2**20


def board_store(path: Path) -> Path:
    """A store that opens on the board of a walk whose first stop is under way."""
    with open_desk(path) as desk:
        small_walk(desk, visits=12)
        times.set_start(desk, f"{desk.local():%H:%M}")
        rotation.make(desk)
        desk.remember(Place("board", desk.walk_id))
    return path


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 3)
    parser.add_argument("--seconds", type=float, default=10, help="watched for so long (10)")
    chosen = parser.parse_args()
    with folder(chosen.dir) as place:
        store = make_store(place / "small.walkdb")
        many = make_store(place / "many.walkdb", notes=500)
        day = board_store(place / "day.walkdb")

        def opened(file: Path, ready: str) -> Terminal:
            terminal = Terminal(walk_command(file), columns=100, rows=30)
            terminal.wait_for(ready)
            terminal.settle()
            return terminal

        def under_way() -> Terminal:
            terminal = opened(day, ON_BOARD)
            terminal.send(" ")
            terminal.settle()
            return terminal

        cases: dict[str, Callable[[], Terminal]] = {
            FLOOR: open_floor,
            HOME: lambda: opened(store, ON_HOME),
            VISIT: lambda: open_visit(many),
            BOARD: under_way,
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
        for _ in range(chosen.n):
            for name, open_ in cases.items():
                with open_() as terminal:
                    found[name].append(watch(terminal, chosen.seconds))
    cpu = {name: median([one[0] for one in took]) for name, took in found.items()}
    memory = {name: median([one[1] for one in took]) for name, took in found.items()}
    table(
        f"Idle for {chosen.seconds:g} s, {chosen.n} rounds, interleaved",
        ("what", "CPU %", "x floor", "memory MiB", "x floor"),
        [
            (
                name,
                f"{cpu[name]:.1f}",
                f"{cpu[name] / max(cpu[FLOOR], 0.1):.2f} x",
                f"{memory[name]:.1f}",
                f"{memory[name] / memory[FLOOR]:.2f} x",
            )
            for name in cases
        ],
    )
    print()
    for name in (HOME, VISIT, BOARD):
        bar(f"{name}: processor", cpu[name] / max(cpu[FLOOR], 0.1), 2.0)
        bar(f"{name}: memory", memory[name] / memory[FLOOR], 1.6)


if __name__ == "__main__":
    main()
