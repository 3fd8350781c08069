"""How long grouping takes to answer a key: 400 notes and 40 themes, beside a bare TextArea.

An answer is the last byte of what a key paints: notes put, marked, filtered, taken back. The floor
is a letter in a TextArea of the same terminal, in turn with the others.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import folder, median, options, p95, paired, small_walk, table, times, words
from benchmarks.keys import open_floor
from tests.terminal import Terminal, walk_command
from walk.model import Note, form_id
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk, Place
from walk.routine.planning import prepare
from walk.routine.start import open_desk
from walk.routine.visiting import visit

NOTES, THEMES, IN_A_THEME = 400, 40, 4
BAR_MS = 100
FLOOR = "a letter in a TextArea (floor)"
DOWN, RIGHT, LEFT = "\x1b[B", "\x1b[C", "\x1b[D"


@dataclass(frozen=True, slots=True)
class Act:
    """What is done: the keys that lead to it, those that are timed, and those that lead back."""

    timed: tuple[str, ...]
    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


ACTS: Mapping[str, Act] = {
    "the next note": Act((DOWN,)),
    "a mark": Act((" ",)),
    "a note into a theme": Act(("2",)),
    "taken back": Act(("u",)),
    "a note into a theme that is stated": Act(("1",)),
    "that taken back": Act(("u",)),
    "all marked, and no longer": Act(("a", "a")),
    # Esc itself is waited for, as it may begin another key.
    "a letter in the filter": Act(("w", "a"), ("/",), ("\x1b",)),
    "a theme one number on": Act(("+", "-"), (RIGHT,), (LEFT,)),
}


def make_debrief(path: Path) -> Path:
    """A store with a walk that opens in the debrief, half of its themes stated."""
    rng = random.Random(NOTES)
    with open_desk(path) as desk:
        small_walk(desk, visits=8)
        notes = _notes(desk, rng)
        for number in range(THEMES):
            some = notes[number * IN_A_THEME : (number + 1) * IN_A_THEME]
            theme = debrief.put_in_new(desk, some, words(rng, 5))
            if number % 2 == 0:
                stating.state_trend(desk, theme, words(rng, 9))
        desk.remember(Place("debrief", desk.walk_id))
    return path


def _notes(desk: Desk, rng: random.Random) -> list[Note]:
    rooms = prepare.visits(desk)
    made = [
        Note(
            id=desk.new_id(),
            walk=desk.walk_id,
            visit=rooms[number % len(rooms)].id,
            form=form_id(desk.walk_id, rooms[number % len(rooms)].id, desk.me),
            note_kind="noticing",
            text=words(rng),
        )
        for number in range(NOTES)
    ]
    desk.save(visit.STAGE, "notes", *made)
    return made


def answer(terminal: Terminal, key: str) -> float:
    """Milliseconds from a key to the last that it paints; 0 where it painted nothing."""
    terminal.settle()
    began = time.perf_counter()
    terminal.send(key)
    terminal.settle()
    return max(0.0, terminal.read_at - began) * 1000


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__, 12).parse_args()
    found: dict[str, list[float]] = {name: [] for name in (FLOOR, *ACTS)}
    with folder(chosen.dir) as place:
        store = make_debrief(place / "debrief.walkdb")
        with open_floor() as floor, Terminal(walk_command(store)) as ours:
            ours.wait_for("Pool")
            for _ in range(chosen.n + 1):
                found[FLOOR].append(answer(floor, "e"))
                for name, act in ACTS.items():
                    for key in act.first:
                        answer(ours, key)
                    found[name].append(max(answer(ours, key) for key in act.timed))
                    for key in act.then:
                        answer(ours, key)
    kept = {name: values[1:] for name, values in found.items()}  # the first round is warm-up
    table(
        f"Answer to a key, {NOTES} notes and {THEMES} themes, {chosen.n} rounds",
        ("", "median ms", "p95 ms", "x floor"),
        [_row(name, values, kept[FLOOR]) for name, values in kept.items()],
    )
    slowest = max(median(values) for values in kept.values())
    said = "within the bar" if slowest <= BAR_MS else "over the bar"
    print(f"The slowest answer: {slowest:.0f} ms, bar {BAR_MS} ms: {said}")


def _row(name: str, values: Sequence[float], floor: Sequence[float]) -> tuple[str, ...]:
    number: Callable[[float], str] = "{:.0f}".format
    return name, number(median(values)), number(p95(values)), times(paired(values, floor))


if __name__ == "__main__":
    main()
