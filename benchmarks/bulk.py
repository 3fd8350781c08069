"""How fast much comes in: a table imported, packs collected, again, and what is read from it.

The floor of an import is csv reader and executemany; those of a collect are executemany into an
empty table, and an upsert in which the newer wins, half of whose rows are there in an older
version. Neither checks or hashes anything, and neither keeps what was there before.

`--processor` counts the processor's time in place of the wall clock's: for a machine that is so
busy with other things that waiting says nothing. What waits for the disk is then left out.
"""

from __future__ import annotations

import csv
import gc
import random
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import (
    at_least,
    bar,
    folder,
    median,
    options,
    p95,
    paired,
    small_walk,
    table,
    times,
    words,
)
from benchmarks.floors import load_csv
from benchmarks.packs import make_packs
from walk.model import derived
from walk.routine.desk import Desk
from walk.routine.exchanging import collect, join, share
from walk.routine.importing.take_in import import_table
from walk.routine.planning import prepare
from walk.routine.start import open_desk
from walk.routine.visiting import visit
from walk.storage.store import Store

_ROW = (
    "CREATE TABLE row(id TEXT PRIMARY KEY, visit TEXT NOT NULL, look_for TEXT NOT NULL, "
    "at INTEGER NOT NULL, device TEXT NOT NULL, text TEXT NOT NULL)"
)
_INSERT = "INSERT INTO row VALUES (?,?,?,?,?,?)"
_UPSERT = (
    f"{_INSERT} ON CONFLICT(id) DO UPDATE SET visit = excluded.visit, "
    "look_for = excluded.look_for, at = excluded.at, device = excluded.device, "
    "text = excluded.text WHERE (excluded.at, excluded.device) > (at, device)"
)
Row = tuple[str, str, str, int, str, str]

clock = time.perf_counter
"""What the seconds are counted by."""


def write_table(path: Path, rows: int) -> None:
    """A CSV table as a form export has it, in no order: 600 visits, 8 look-fors, 25 walkers."""
    rng = random.Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("visit", "at", "kind", "look_for", "text", "walker"))
        for _ in range(rows):
            writer.writerow(
                (
                    f"V{rng.randint(1, 600)}",
                    rng.randrange(720),
                    "wondering" if rng.random() < 0.2 else "noticing",
                    f"look-for {rng.randint(1, 8)}",
                    words(rng, 18),
                    f"walker {rng.randint(1, 25)}",
                )
            )


@dataclass(frozen=True)
class Import:
    """One import and its floor: seconds, seconds again, bytes."""

    took: float
    again: float
    size: int
    floor: float
    floor_size: int
    locks: list[float]
    """Seconds for which each transaction held the write lock."""


@contextmanager
def locks_held() -> Iterator[list[float]]:
    """How long every store's transactions hold the write lock meanwhile, commit included."""
    held: list[float] = []
    clock = time.perf_counter  # what waits has to wait for the disk as well
    usual = Store._writing

    @contextmanager
    def timed(store: Store) -> Iterator[sqlite3.Connection]:
        with usual(store) as conn:
            began = clock()
            yield conn
        held.append(clock() - began)

    setattr(Store, "_writing", timed)  # noqa: B010 (a method is put in its place for a while)
    try:
        yield held
    finally:
        setattr(Store, "_writing", usual)  # noqa: B010


def one_import(place: Path, source: Path, number: int) -> Import:
    """Import a table into a fresh store, then once more; and the floor right beside it."""
    raw, path = place / f"raw-{number}.db", place / f"store-{number}.walkdb"
    began = clock()
    load_csv(source, raw)
    floor = clock() - began
    with open_desk(path) as desk:
        with locks_held() as locks:
            began = clock()
            import_table(desk, source)
            took = clock() - began
        began = clock()
        import_table(desk, source)
        again = clock() - began
    return Import(took, again, path.stat().st_size, floor, raw.stat().st_size, locks)


def imports(place: Path, rows: int, rounds: int) -> None:
    """Measure and print imports."""
    source = place / "table.csv"
    write_table(source, rows)
    found = [one_import(place, source, number) for number in range(rounds)]
    took = median([one.took / one.floor for one in found])
    again = median([one.again / one.floor for one in found])
    size = found[0].size / found[0].floor_size
    table(
        f"Import of {rows:,} rows of CSV, {rounds} rounds, interleaved with the floor",
        ("what", "median s", "rows/s", "x floor", "MB"),
        [
            _line(
                "csv reader + executemany (floor)",
                rows,
                [one.floor for one in found],
                1,
                f"{found[0].floor_size / 1e6:.1f}",
            ),
            _line(
                "walk import",
                rows,
                [one.took for one in found],
                took,
                f"{found[0].size / 1e6:.1f}",
            ),
            _line("the same table again", rows, [one.again for one in found], again, ""),
        ],
    )
    print()
    bar("Import", took, 6.0)
    bar("Size of the store", size, 4.0)
    _say_locks([held for one in found for held in one.locks])


def _say_locks(held: Sequence[float]) -> None:
    longest, usual = max(held), p95(held)
    within = "within the bar" if longest <= 0.1 else "over the bar"
    print(f"Write lock: longest {longest:.3f} s, p95 {usual:.3f} s, bar 0.1 s: {within}")


def _line(name: str, rows: int, took: list[float], ratio: float, *more: str) -> tuple[str, ...]:
    seconds = median(took)
    return name, f"{seconds:.2f}", f"{rows / seconds:,.0f}", times(ratio), *more


# Collect


def bare_rows(packs: int, notes: int) -> list[list[Row]]:
    """As many rows of the same kind for the floors, a list a pack."""
    rng = random.Random(packs)
    return [
        [
            (
                derived("benchmark", str(number), str(place)),
                f"V{rng.randint(1, 4)}",
                f"look-for {rng.randint(1, 4)}",
                place,
                f"laptop {number}",
                words(rng),
            )
            for place in range(notes)
        ]
        for number in range(packs)
    ]


def floor_merge(path: Path, statement: str, packs: list[list[Row]], *, half_here: bool) -> float:
    """Seconds for the rows of all packs, a transaction a pack; half of them here and older."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=FULL")
        conn.execute(_ROW)
        if half_here:
            older = ((*row[:3], row[3] - 1, *row[4:]) for rows in packs for row in rows[::2])
            conn.execute("BEGIN")
            conn.executemany(_INSERT, older)
            conn.execute("COMMIT")
        began = clock()
        for rows in packs:
            conn.execute("BEGIN IMMEDIATE")
            conn.executemany(statement, rows)
            conn.execute("COMMIT")
        return clock() - began


def collects(place: Path, packs: int, notes: int, rounds: int) -> None:
    """Measure and print collects, and the summary of what was collected."""
    made, bare = make_packs(place, packs, notes), bare_rows(packs, notes)
    start = place / "lead.walkdb"
    with open_desk(start) as desk:
        collect.collect(desk, made.older)
    names = (
        "executemany (floor)",
        "upsert, newer wins (base)",
        "walk collect, all new",
        "walk collect, half here in an older version",
        "the same files again",
        "the same entries again, in other files",
    )
    found: dict[str, list[float]] = {name: [] for name in names}
    said: list[tuple[float, float]] = []
    held: list[float] = []
    for number in range(rounds):
        one, two = place / f"new-{number}.walkdb", place / f"half-{number}.walkdb"
        shutil.copy(start, two)
        took = [
            floor_merge(place / f"insert-{number}.db", _INSERT, bare, half_here=False),
            floor_merge(place / f"upsert-{number}.db", _UPSERT, bare, half_here=True),
        ]
        with locks_held() as locks, open_desk(one) as desk:
            took.append(_collected(desk, made.newer))
        with locks_held() as more, open_desk(two) as desk:
            took += [_collected(desk, files) for files in (made.newer, made.newer, made.copies)]
            said.extend(_summaries(desk, two))
        for name, seconds in zip(names, took, strict=True):
            found[name].append(seconds)
        held += [*locks, *more]
    base = found[names[1]]
    table(
        f"Collect of {packs} packs with {notes:,} notes each, {rounds} rounds, interleaved",
        ("what", "median s", "rows/s", "x base"),
        [_line(name, packs * notes, took, paired(took, base)) for name, took in found.items()],
    )
    print()
    at_least("Collect, all new", 1 / paired(found[names[2]], base), 0.5)
    at_least("Collect, half here", 1 / paired(found[names[3]], base), 0.5)
    at_least("Collect again", 1 / paired(found[names[4]], base), 1.5)
    at_least("Collect again, in other files", 1 / paired(found[names[5]], base), 1.5)
    _say_locks(held)
    bar("Counting for the summary, to raw SQL", median([one / raw for one, raw in said]), 1.2)


def _collected(desk: Desk, files: Sequence[Path]) -> float:
    began = clock()
    receipt = collect.collect(desk, files)
    took = clock() - began
    if any(pack.refused for pack in receipt.packs):
        raise SystemExit("a pack was refused, so nothing was measured")
    return took


def a_day(place: Path, entries: int, rounds: int) -> None:
    """Measure and print what one laptop shares after a day, and how that is collected."""
    names = (f"upsert of {entries:,} rows (base)", "share", "collect", "collect again")
    found: dict[str, list[float]] = {name: [] for name in names}
    bare = bare_rows(1, entries)
    for number in range(rounds):
        plan, pack = place / f"day-{number}.plan.walk", place / f"day-{number}.walk"
        took = [floor_merge(place / f"day-{number}.db", _UPSERT, bare, half_here=True)]
        with open_desk(place / f"day-lead-{number}.walkdb") as lead:
            small_walk(lead)
            share.share(lead, plan, plan_only=True)
            with open_desk(place / f"day-walker-{number}.walkdb") as desk:
                join.join(desk, plan, "W")
                _write(desk, entries)
                began = clock()
                share.share(desk, pack)
                took.append(clock() - began)
            took += [_collected(lead, [pack]) for _ in range(2)]
        for name, seconds in zip(names, took, strict=True):
            found[name].append(seconds)
    base = found[names[0]]
    table(
        f"A day's pack of {entries:,} entries, {rounds} rounds",
        ("what", "median s", "rows/s", "x base"),
        [_line(name, entries, took, paired(took, base)) for name, took in found.items()],
    )


def _write(desk: Desk, count: int) -> None:
    rng = random.Random(count)
    forms = [visit.enter(desk, one) for one in prepare.visits(desk)]
    for place in range(count):
        visit.add_note(desk, forms[place % len(forms)], words(rng))


def _summaries(desk: Desk, path: Path) -> Iterator[tuple[float, float]]:
    """Seconds for the counts of a summary through the store and as SQL on the same table."""
    walk = desk.walk_id
    with closing(sqlite3.connect(path)) as conn:
        for _ in range(20):
            began = clock()
            desk.store.note_counts(walk)
            took = clock() - began
            began = clock()
            conn.execute(
                "SELECT look_for, visit, wondering, count(*) FROM state WHERE walk = "
                "(SELECT id FROM name WHERE key = ?) AND wondering IS NOT NULL "
                "GROUP BY look_for, wondering, visit",
                (bytes.fromhex(walk),),
            ).fetchall()
            yield took, clock() - began


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 3)
    parser.add_argument("--rows", type=int, default=50_000, help="rows of the table (50,000)")
    parser.add_argument("--packs", type=int, default=25, help="packs to collect (25)")
    parser.add_argument("--notes", type=int, default=500, help="notes in each pack (500)")
    parser.add_argument("--day", type=int, default=2_000, help="entries of a day's pack (2,000)")
    parser.add_argument("--only", choices=("import", "collect", "day"), help="one part of it")
    parser.add_argument("--processor", action="store_true", help="count the processor's time")
    chosen = parser.parse_args()
    if chosen.processor:
        global clock
        clock = time.process_time
    # As on the command line: much is made and hardly anything is garbage.
    gc.disable()
    with folder(chosen.dir) as place:
        if chosen.only in (None, "import"):
            imports(place, chosen.rows, chosen.n)
        if chosen.only in (None, "collect"):
            collects(place, chosen.packs, chosen.notes, chosen.n)
        if chosen.only in (None, "day"):
            a_day(place, chosen.day, chosen.n)


if __name__ == "__main__":
    main()
