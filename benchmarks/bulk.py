"""How fast much comes in: a table imported, packs collected, again, and what is read from it.

The floor of an import is csv reader and executemany; those of a collect are executemany into an
empty table, and an upsert in which the newer wins. Neither checks or hashes anything.
"""

from __future__ import annotations

import csv
import gc
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import (
    at_least,
    bar,
    folder,
    median,
    options,
    small_walk,
    table,
    times,
    words,
)
from benchmarks.floors import load_csv
from walk.model import Note, derived
from walk.routine import collect, prepare
from walk.routine.desk import Desk
from walk.routine.start import open_desk
from walk.routine.take_in import import_table

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


def write_table(path: Path, rows: int) -> None:
    """A CSV table as a form export has it: 40 visits, 8 look-fors, 25 walkers."""
    rng = random.Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("visit", "at", "kind", "look_for", "text", "walker"))
        for _ in range(rows):
            writer.writerow(
                (
                    f"V{rng.randint(1, 40)}",
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


def one_import(place: Path, source: Path, number: int) -> Import:
    """Import a table into a fresh store, then once more; and the floor right beside it."""
    raw, path = place / f"raw-{number}.db", place / f"store-{number}.walkdb"
    floor = load_csv(source, raw)
    with open_desk(path) as desk:
        began = time.perf_counter()
        import_table(desk, source)
        took = time.perf_counter() - began
        began = time.perf_counter()
        import_table(desk, source)
        again = time.perf_counter() - began
    return Import(took, again, path.stat().st_size, floor, raw.stat().st_size)


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


def _line(name: str, rows: int, took: list[float], ratio: float, *more: str) -> tuple[str, ...]:
    seconds = median(took)
    return name, f"{seconds:.2f}", f"{rows / seconds:,.0f}", times(ratio), *more


# Collect


def make_packs(place: Path, packs: int, notes: int) -> list[Path]:
    """The packs of so many laptops, each with its own notes on one plan."""
    plan, made = place / "plan.walk", []
    with open_desk(place / "lead.walkdb") as lead:
        small_walk(lead)
        collect.share(lead, plan, plan_only=True)
    for number in range(packs):
        with open_desk(place / f"laptop-{number}.walkdb") as desk:
            collect.join(desk, plan, f"W{number}")
            _fill(desk, notes, number)
            made.append(place / f"W{number}.walk")
            collect.share(desk, made[-1])
    return made


def _fill(desk: Desk, count: int, number: int) -> None:
    rng = random.Random(number)
    visits = prepare.visits(desk)
    look_fors = prepare.look_fors(desk)
    pairs = (
        (
            desk.me,
            Note(
                id=derived("benchmark", str(number), str(place)),
                walk=desk.walk_id,
                visit=rng.choice(visits).id,
                look_for=rng.choice(look_fors).id,
                text=words(rng),
                at_s=rng.randrange(720),
            ),
        )
        for place in range(count)
    )
    for _ in desk.store.add_all(desk.by(), "benchmark", "notes made", pairs):
        pass


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
        began = time.perf_counter()
        for rows in packs:
            conn.execute("BEGIN IMMEDIATE")
            conn.executemany(statement, rows)
            conn.execute("COMMIT")
        return time.perf_counter() - began


def collects(place: Path, packs: int, notes: int, rounds: int) -> None:
    """Measure and print collects, and the summary of what was collected."""
    made, bare = make_packs(place, packs, notes), bare_rows(packs, notes)
    count = packs * notes
    names = ("executemany (floor)", "upsert, newer wins (base)", "walk collect", "the same again")
    found: dict[str, list[float]] = {name: [] for name in names}
    said: list[tuple[float, float]] = []
    for number in range(rounds):
        path = place / f"lead-{number}.walkdb"
        found[names[0]].append(
            floor_merge(place / f"insert-{number}.db", _INSERT, bare, half_here=False)
        )
        found[names[1]].append(
            floor_merge(place / f"upsert-{number}.db", _UPSERT, bare, half_here=True)
        )
        with open_desk(path) as desk:
            for name in names[2:]:
                began = time.perf_counter()
                receipt = collect.collect(desk, made)
                found[name].append(time.perf_counter() - began)
                if any(pack.refused for pack in receipt.packs):
                    raise SystemExit("a pack was refused, so nothing was measured")
            said.extend(_summaries(desk, path))
    base = found[names[1]]
    table(
        f"Collect of {packs} packs with {notes:,} notes each, {rounds} rounds, interleaved",
        ("what", "median s", "rows/s", "x base"),
        [
            _line(
                name,
                count,
                took,
                median([one / other for one, other in zip(took, base, strict=True)]),
            )
            for name, took in found.items()
        ],
    )
    print()
    at_least("Collect", median([b / t for t, b in zip(found[names[2]], base, strict=True)]), 0.5)
    at_least(
        "Collect again", median([b / t for t, b in zip(found[names[3]], base, strict=True)]), 1.5
    )
    bar("Counting for the summary, to raw SQL", median([one / raw for one, raw in said]), 1.2)


def _summaries(desk: Desk, path: Path) -> Iterator[tuple[float, float]]:
    """Seconds for the counts of a summary through the store and as SQL on the same table."""
    walk = desk.walk_id
    with closing(sqlite3.connect(path)) as conn:
        for _ in range(20):
            began = time.perf_counter()
            desk.store.note_counts(walk)
            took = time.perf_counter() - began
            began = time.perf_counter()
            conn.execute(
                "SELECT look_for, visit, wondering, count(*) FROM note WHERE walk = ? "
                "GROUP BY look_for, wondering, visit",
                (bytes.fromhex(walk),),
            ).fetchall()
            yield took, time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 3)
    parser.add_argument("--rows", type=int, default=50_000, help="rows of the table (50,000)")
    parser.add_argument("--packs", type=int, default=25, help="packs to collect (25)")
    parser.add_argument("--notes", type=int, default=500, help="notes in each pack (500)")
    parser.add_argument("--only", choices=("import", "collect"), help="one part of it")
    chosen = parser.parse_args()
    # As on the command line: much is made and hardly anything is garbage.
    gc.disable()
    with folder(chosen.dir) as place:
        if chosen.only != "collect":
            imports(place, chosen.rows, chosen.n)
        if chosen.only != "import":
            collects(place, chosen.packs, chosen.notes, chosen.n)


if __name__ == "__main__":
    main()
