"""What the floors take by themselves, in milliseconds."""

from __future__ import annotations

from benchmarks.bulk import write_table
from benchmarks.common import folder, interleaved, median, options, p95, table
from benchmarks.floors import FsyncAppend, load_csv
from benchmarks.start import floor_starts


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__, 7).parse_args()
    with folder(chosen.dir) as place:
        starts = interleaved(floor_starts(), chosen.n)
        fsync = FsyncAppend(place / "appended")
        starts["fsync after 4 KiB"] = [fsync.once() for _ in range(400)]
        fsync.close()
        write_table(place / "table.csv", 50_000)
        starts["50,000 rows of CSV into SQLite"] = [
            load_csv(place / "table.csv", place / f"{n}.db") for n in range(3)
        ]
    table(
        "Floors",
        ("what", "median ms", "p95 ms"),
        [
            (name, f"{median(found) * 1000:.2f}", f"{p95(found) * 1000:.2f}")
            for name, found in starts.items()
        ],
    )


if __name__ == "__main__":
    main()
