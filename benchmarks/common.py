"""What the benchmarks share: figures, tables, bars in words, and stores to measure on."""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from walk.focus import load_template
from walk.model import Form
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.start import open_desk
from walk.routine.visiting import visit
from walk.routine.wording import wording

COLUMNS, ROWS = 100, 30
"""The size of the terminal in which screens are measured."""


def options(words: str | None, rounds: int, what: str = "rounds") -> argparse.ArgumentParser:
    """The options every benchmark has: -n and --dir."""
    parser = argparse.ArgumentParser(description=(words or "").splitlines()[0])
    parser.add_argument("-n", type=int, default=rounds, help=f"{what} (default {rounds})")
    parser.add_argument(
        "--dir", type=Path, help="the disk to measure on: a folder (default: the temporary one)"
    )
    return parser


@contextmanager
def folder(named: Path | None) -> Iterator[Path]:
    """A folder of our own on the disk to be measured; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="walk-bench-", dir=named) as made:
        yield Path(made)


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def paired(values: Sequence[float], floor: Sequence[float]) -> float:
    """The median over the rounds of value / floor, both of the same round.

    Steadier than a ratio of medians on a machine whose speed drifts.
    """
    return median([one / other for one, other in zip(values, floor, strict=True)])


def interleaved(
    cases: Mapping[str, Callable[[], float]], rounds: int, *, warm: int = 1
) -> dict[str, list[float]]:
    """Run every case once a round, in an order shuffled each round; the figures by case.

    The first `warm` rounds fill caches and are dropped.
    """
    found: dict[str, list[float]] = {name: [] for name in cases}
    for round_ in range(-warm, rounds):
        order = list(cases)
        random.Random(round_).shuffle(order)
        for name in order:
            value = cases[name]()
            if round_ >= 0:
                found[name].append(value)
        if sys.stderr.isatty():
            print(f"\rround {max(round_ + 1, 0)} of {rounds}", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return found


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table."""
    print(f"\n{title}\n")
    print("| " + " | ".join(head) + " |")
    print("|---|" + "---:|" * (len(head) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    sys.stdout.flush()


def times(ratio: float) -> str:
    """A ratio as it is printed."""
    return f"{ratio:.2f} x"


def bar(what: str, ratio: float, most: float) -> None:
    """Say in words whether a ratio keeps to its bar."""
    said = "within the bar" if ratio <= most else "over the bar"
    print(f"{what}: {ratio:.2f} x, bar {most:g} x: {said}")


def at_least(what: str, ratio: float, least: float) -> None:
    """Say in words whether a speed, as a ratio, reaches its bar."""
    said = "within the bar" if ratio >= least else "over the bar"
    print(f"{what}: {ratio:.2f} x the speed, bar at least {least:g} x: {said}")


_WORDS = (
    "students teacher asks which line page says because evidence partner table map letter graph "
    "reads aloud writes points waits answers question second group draws measures compares book"
)


def words(rng: random.Random, count: int = 14) -> str:
    """A line as long as a note usually is."""
    return " ".join(rng.choices(_WORDS.split(), k=count))


def small_walk(desk: Desk, visits: int = 4) -> None:
    """Make a small walk on a shipped focus and put it on the desk."""
    template = load_template("press_for_evidence")
    prepare.begin(desk, prepare.SmallWalk.of_template(template, visits=visits))


def entered(desk: Desk) -> Form:
    """The form of the first visit, entered now."""
    return visit.enter(desk, prepare.visits(desk)[0])


def make_store(path: Path, *, notes: int | None = None, helped: bool = False) -> Path:
    """A store with a small walk; with `notes`, V1 is entered and holds so many.

    `helped`: wording help speaks in the room, too.
    """
    rng = random.Random(notes)
    with open_desk(path) as desk:
        small_walk(desk)
        if helped:
            wording.choose(desk, "room and writing")
        if notes is not None:
            form = entered(desk)
            for _ in range(notes):
                visit.add_note(desk, form, words(rng))
    return path
