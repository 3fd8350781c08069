"""How long a durable save takes: a note, and a draft, against one fsync of the same disk.

Everything goes the way it goes in the app: through the desk, in one transaction, WAL, FULL.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from benchmarks.common import (
    bar,
    entered,
    folder,
    interleaved,
    median,
    options,
    p95,
    paired,
    small_walk,
    table,
    times,
    words,
)
from benchmarks.floors import FsyncAppend
from walk.model import Note
from walk.routine.start import open_desk
from walk.routine.visiting import visit

FSYNC = "fsync after 4 KiB (floor)"
NOTE = "note saved (routine.visiting.visit.add_note)"
NOTE_CPU = "  of which processor time"
ACT = "the same note made before: desk.save"
ACT_CPU = " of which processor time"
DRAFT = "draft kept"
DRAFT_CPU = "  of which processor time "
WARM = 20
"""Saves before the first that counts."""


class Timed:
    """A doing, timed by the wall and by the processor at once."""

    def __init__(self, do: Callable[[], object]) -> None:
        self._do = do
        self.cpu: list[float] = []

    def __call__(self) -> float:
        began, cpu = time.perf_counter(), time.process_time()
        self._do()
        took = time.perf_counter() - began
        self.cpu.append(time.process_time() - cpu)
        return took


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__, 400, "saves of each kind").parse_args()
    rng = random.Random(1)
    with folder(chosen.dir) as place, open_desk(place / "store.walkdb") as desk:
        small_walk(desk)
        form = entered(desk)
        fsync = FsyncAppend(place / "appended")
        note = Timed(lambda: visit.add_note(desk, form, words(rng)))
        made = [
            Note(
                id=desk.new_id(),
                walk=desk.walk_id,
                visit=form.visit,
                form=form.id,
                text=words(rng),
                at_s=60,
            )
            for _ in range(chosen.n + WARM)
        ]
        act = Timed(lambda: desk.save(visit.STAGE, "noticing saved", made.pop()))
        draft = Timed(lambda: desk.keep_draft(f"visit:{form.id}", words(rng)))
        found = interleaved(
            {FSYNC: fsync.once, NOTE: note, ACT: act, DRAFT: draft}, chosen.n, warm=WARM
        )
        fsync.close()
    for name, timed in ((NOTE_CPU, note), (ACT_CPU, act), (DRAFT_CPU, draft)):
        found[name] = timed.cpu[WARM:]
    floor = found[FSYNC]
    table(
        f"Durable saves, {chosen.n} of each, interleaved",
        ("what", "median ms", "p95 ms", "x fsync"),
        [
            (
                name,
                f"{median(found[name]) * 1000:.3f}",
                f"{p95(found[name]) * 1000:.3f}",
                times(paired(found[name], floor)),
            )
            for name in (FSYNC, NOTE, NOTE_CPU, ACT, ACT_CPU, DRAFT, DRAFT_CPU)
        ],
    )
    print()
    bar("A note saved", paired(found[NOTE], floor), 2.0)
    bar("The durable save alone (note, journal, tables)", paired(found[ACT], floor), 2.0)
    bar("A draft kept (at most four a second)", paired(found[DRAFT], floor), 0.5)
    print("(a draft is synced like a note, so one fsync is the least it can take)")


if __name__ == "__main__":
    main()
