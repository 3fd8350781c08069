"""What a backup takes: the copy, the look through it, a restore; against a copy of the file.

The floor copies the file's bytes and syncs them, which of a store in use is no backup at all: it
sees no one moment. The look goes through the pages, as SQLite itself can, and then through every
entry's hash, which is what finds a flipped bit; it runs in a thread, and nobody waits for it.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.bulk import write_table
from benchmarks.common import bar, folder, interleaved, median, options, paired, table, times
from walk.routine.importing.take_in import import_table
from walk.routine.start import open_desk
from walk.storage import backup, copies, restore

FLOOR = "file copy + fsync (floor)"
COPY = "the copy"
PAGES = "every page of a copy"
LOOK = "every page and every hash of a copy"
WHOLE = "a backup: copy, look, name"
RESTORE = "a restore, with the backup before it"


def file_copy(source: Path, target: Path) -> None:
    """The least that a copy on this disk takes."""
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def pages(copy: Path) -> None:
    """What SQLite itself can tell of a copy."""
    with closing(copies.open_file(copy)) as conn:
        found = conn.execute("PRAGMA quick_check").fetchone()
    if found != ("ok",):
        raise SystemExit(f"the copy does not add up: {found}")


def made(place: Path, rows: int) -> Path:
    """A store with so many notes in it."""
    path, source = place / "walk.walkdb", place / "table.csv"
    write_table(source, rows)
    with open_desk(path) as desk:
        import_table(desk, source)
    return path


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 7)
    parser.add_argument("--rows", type=int, default=20_000, help="notes (default 20000)")
    chosen = parser.parse_args()
    with folder(chosen.dir) as place:
        path = made(place, chosen.rows)
        ready, target = place / "ready.walkdb", place / "copy.walkdb"
        copies.copy(path, copies.new_file(ready), live=True)
        moment = iter(range(0, 10**9, 1000))

        def fresh(work: Callable[[], object]) -> Callable[[], float]:
            def run() -> float:
                copies.remove(target)
                return timed(work)

            return run

        found = interleaved(
            {
                FLOOR: fresh(lambda: file_copy(path, target)),
                COPY: fresh(lambda: copies.copy(path, copies.new_file(target), live=True)),
                PAGES: fresh(lambda: pages(ready)),
                LOOK: fresh(lambda: backup.check(ready)),
                WHOLE: fresh(lambda: backup.make(path, next(moment), "daily")),
                RESTORE: fresh(lambda: restore.bring_back(path, ready, next(moment))),
            },
            chosen.n,
        )
        megabytes = path.stat().st_size / 1e6
    floor = found[FLOOR]
    table(
        f"Backups of {chosen.rows:,} notes, {megabytes:.1f} MB, {chosen.n} rounds, interleaved",
        ("what", "median ms", "x floor"),
        [
            (name, f"{median(values) * 1000:.0f}", times(paired(values, floor)))
            for name, values in found.items()
        ],
    )
    print()
    bar("The copy", paired(found[COPY], floor), 4.0)
    bar("The look through its pages", paired(found[PAGES], floor), 4.0)
    print("(the hashes come on top: nothing but reading every entry finds a flipped bit)")


if __name__ == "__main__":
    main()
