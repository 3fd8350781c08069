"""What walk takes while nothing is typed: processor time and memory on Home and on Visit."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil

from benchmarks.common import bar, folder, make_store, median, options, table
from benchmarks.keys import open_floor, open_visit
from benchmarks.start import ON_HOME
from tests.terminal import Terminal, walk_command

FLOOR = "Textual, one TextArea (floor)"
HOME = "walk, Home"
VISIT = "walk, Visit, 500 notes"


def watch(terminal: Terminal, seconds: float) -> tuple[float, float]:
    """Processor time in per cent of one core, and resident memory in MiB at the end."""
    process = psutil.Process(terminal.process.pid)
    before, began = process.cpu_times(), time.perf_counter()
    while (left := began + seconds - time.perf_counter()) > 0:
        terminal.read(left)
    after, took = process.cpu_times(), time.perf_counter() - began
    used = after.user + after.system - before.user - before.system
    return 100 * used / took, process.memory_info().rss / 2**20


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 3)
    parser.add_argument("--seconds", type=float, default=10, help="watched for so long (10)")
    chosen = parser.parse_args()
    with folder(chosen.dir) as place:
        store = make_store(place / "small.walkdb")
        many = make_store(place / "many.walkdb", notes=500)

        def home() -> Terminal:
            terminal = Terminal(walk_command(store), columns=100, rows=30)
            terminal.wait_for(ON_HOME)
            terminal.settle()
            return terminal

        cases: dict[str, Callable[[], Terminal]] = {
            FLOOR: open_floor,
            HOME: home,
            VISIT: lambda: open_visit(many),
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
    for name in (HOME, VISIT):
        bar(f"{name}: processor", cpu[name] / max(cpu[FLOOR], 0.1), 2.0)
        bar(f"{name}: memory", memory[name] / memory[FLOOR], 1.6)


if __name__ == "__main__":
    main()
