"""How quickly words are found among many notes: as they are typed, to a scan with LIKE.

Everything that a keystroke costs is counted: asking the index, reading what it names, masking the
visit codes and marking the words. The floor reads the journal with LIKE for words that it does not
find, as that is what a search without an index would do for most of what is typed.
"""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from benchmarks.bulk import locks_held
from benchmarks.common import bar, folder, median, options, p95, table
from benchmarks.large_store import Words, make_large
from walk.routine.across.search import Search, get_ready
from walk.routine.start import open_desk
from walk.storage import search_index

NOTES_A_VISIT, VISITS_A_WALK = 17, 100
_PLACES = (0, 3, 12, 40, 150, 600, 2_500, 9_000)
"""How often a word is said, by its place among all words."""
_SCAN = "SELECT seq FROM rev WHERE kind = 'note' AND body LIKE '%zzzz%' ORDER BY seq DESC LIMIT 20"
_BAR_MS, _BAR_LIKE = 5.0, 0.1


clock = time.perf_counter
"""What the seconds are counted by."""


def typed(said: Words, rng: random.Random) -> dict[str, list[str]]:
    """What is looked for, by its kind; words as a person types them, letter by letter."""
    words = [said.word(place) for place in _PLACES]
    letters = [word[:count] for word in words for count in range(1, len(word) + 1)]
    pairs = [f"{rng.choice(words)} {rng.choice(words)}" for _ in range(12)]
    return {
        "one or two letters": [one for one in letters if len(one) < 3],
        "three letters or more": [one for one in letters if len(one) > 2],
        "two words": pairs,
        "the same in quotation marks": [f'"{one}"' for one in pairs],
        "a whole word": [f'"{word}"' for word in words],
        "a code, or nothing that is there": ["V17", "zzzz", "v", "qqq zzz"],
    }


def searches(path: Path, rounds: int, *, within_bar: bool) -> None:
    """Measure and print searches."""
    said = typed(Words(2), random.Random(1))
    took: dict[tuple[str, str], list[float]] = {}
    scans: list[float] = []
    with open_desk(path) as desk, closing(sqlite3.connect(path)) as raw:
        look = Search(desk)
        for round_ in range(rounds + 1):
            for kind, asked in said.items():
                for one in asked:
                    began = clock()
                    look.ask(one)
                    if round_:  # the first fills caches
                        took.setdefault((kind, one), []).append(clock() - began)
            began = clock()
            raw.execute(_SCAN).fetchall()
            if round_:
                scans.append(clock() - began)
    scan = median(scans)
    lines = [_line(kind, [took[kind, one] for one in asked], scan) for kind, asked in said.items()]
    lines.append(_line("all of it", list(took.values()), scan))
    lines.append(("LIKE, nothing found (floor)", f"{1000 * scan:.1f}", "", "1.00 x", ""))
    head = ("what is typed", "median ms", "p95 ms", "p95 to LIKE", "p95 of every single one")
    table(
        f"The newest 20, {rounds} rounds; p95 is of what is typed, each at its median", head, lines
    )
    print()
    every = p95([median(values) for values in took.values()])
    if within_bar:
        kept = "within" if 1000 * every <= _BAR_MS else "over"
        print(f"p95: {1000 * every:.2f} ms, bar {_BAR_MS:g} ms: {kept} the bar")
    bar("p95, to LIKE", every / scan, _BAR_LIKE)


def _line(kind: str, took: list[list[float]], scan: float) -> tuple[str, ...]:
    usual = [median(values) for values in took]
    every = [one for values in took for one in values]
    ms = (median(usual), p95(usual))
    return (
        kind,
        *(f"{1000 * one:.2f}" for one in ms),
        f"{ms[1] / scan:.3f} x",
        f"{1000 * p95(every):.2f}",
    )


def filling(path: Path) -> None:
    """Measure and print how the index is filled."""
    before = path.stat().st_size
    with open_desk(path) as desk, locks_held() as held:
        with desk.store._writing() as conn:
            search_index.empty(conn)
        began = clock()
        for _ in get_ready(desk):
            pass
        took = clock() - began
        entries = desk.store.newest_entry()
    grown = (path.stat().st_size - before) / 1e6
    print(
        f"\nIndex of {entries:,} entries filled in {took:.1f} s ({entries / took:,.0f} a second); "
        f"the store grew by {grown:.0f} MB"
    )
    longest, usual = max(held), p95(held)
    print(f"Write lock meanwhile: longest {longest:.3f} s, p95 {usual:.3f} s, bar 0.1 s")


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 5)
    parser.add_argument("--notes", type=int, default=100_000, help="notes in the store (100,000)")
    parser.add_argument("--store", type=Path, help="a store of benchmarks.large in place of that")
    parser.add_argument("--processor", action="store_true", help="count the processor's time")
    chosen = parser.parse_args()
    if chosen.processor:
        global clock
        clock = time.process_time
    with folder(chosen.dir) as place:
        visits = chosen.notes // NOTES_A_VISIT
        path = chosen.store or make_large(
            place / "store.walkdb", "many", chosen.notes, visits, max(1, visits // VISITS_A_WALK)
        )
        filling(path)
        searches(path, chosen.n, within_bar=chosen.notes <= 100_000)


if __name__ == "__main__":
    main()
