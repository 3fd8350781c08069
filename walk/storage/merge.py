"""Merging: taking a colleague's team revisions in as a set union."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from walk.model import RECORDS
from walk.model.erasure import STAYS
from walk.model.revision import Revision
from walk.storage import names, tables
from walk.storage.rows import here_shared, insert_shared, placed_all
from walk.storage.tables import Flags

CHUNK = 5_000
"""The most revisions in a chunk: the write lock is held a tenth of a second at most."""

_NO_FLAGS: Flags = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Merged:
    """What one pack, or one chunk of it, brought. Counts of revisions, `conflicts` of records."""

    added: int = 0
    already_here: int = 0
    withdrawn: int = 0
    conflicts: int = 0
    unread: int = 0
    forgotten: int = 0
    """Left out, as they were erased here or went with a walk that was purged."""
    clones: int = 0
    """Of all these, under a number that another revision holds: a store was copied."""

    def __add__(self, other: Merged) -> Merged:
        return Merged(
            self.added + other.added,
            self.already_here + other.already_here,
            self.withdrawn + other.withdrawn,
            self.conflicts + other.conflicts,
            self.unread + other.unread,
            self.forgotten + other.forgotten,
            self.clones + other.clones,
        )


def begin_pack(
    conn: sqlite3.Connection,
    sha256: bytes,
    file: str,
    walk: bytes,
    walker: str,
    at: int,
    collect: int = 0,
) -> int:
    """Note that a pack is being read; until `finish_pack` it counts as unfinished.

    `collect` is the number of the first pack of the same collect, 0 where it is the first.
    """
    cursor = conn.execute(
        "INSERT INTO pack(sha256, file, walk, walker, read_at, status, receipt, collect) "
        "VALUES (?,?,?,?,?,'unfinished','',?)",
        (sha256, file, walk, walker, at, collect),
    )
    pack = int(cursor.lastrowid or 0)
    if not collect:
        conn.execute("UPDATE pack SET collect = id WHERE id = ?", (pack,))
    return pack


def finish_pack(conn: sqlite3.Connection, pack: int, receipt: str, merged: Merged) -> None:
    """The pack is in, whole; its receipt (JSON) is kept with it.

    How much it held is noted only where all of it is here: the same file need not be read again.
    """
    held = 0 if merged.forgotten else merged.added + merged.already_here
    conn.execute(
        "UPDATE pack SET status = 'finished', receipt = ?, held = ? WHERE id = ?",
        (receipt, held, pack),
    )


def take_in_known(
    conn: sqlite3.Connection,
    known: int,
    file: str,
    at: int,
    receipt: Callable[[Merged], str],
    collect: int = 0,
) -> tuple[int, Merged] | None:
    """Take a pack in whose file was read before, if all that it held is here still.

    It holds what it brings like any other pack: undoing the first one then leaves it here.
    """
    row = conn.execute(
        "SELECT sha256, walk, walker, held FROM pack "
        "WHERE id = ? AND status = 'finished' AND held > 0",
        (known,),
    ).fetchone()
    if row is None:
        return None
    sha256, walk, walker, held = row
    pack = begin_pack(conn, sha256, file, walk, walker, at, collect)
    conn.execute(
        "INSERT INTO pack_range SELECT ?, walk, device, first, last FROM pack_range WHERE pack = ?",
        (pack, known),
    )
    conn.execute(
        "INSERT INTO pack_clone SELECT ?, rev_id FROM pack_clone WHERE pack = ?", (pack, known)
    )
    merged = Merged(already_here=held)
    finish_pack(conn, pack, receipt(merged), merged)
    return pack, merged


class Taken:
    """What a pack has brought so far."""

    def __init__(self) -> None:
        self.added = self.already_here = self.forgotten = self.clones = 0
        self.before: dict[int, Flags] = {}
        """How the records that it touches were before it, by their numbers."""
        self.after: dict[int, Flags] = {}

    def note(self, record: int, before: Flags, after: Flags) -> None:
        """A record, by its number, as it was before a chunk and is after it."""
        self.before.setdefault(record, before)
        self.after[record] = after

    def merged(self) -> Merged:
        """The counts; of records that are withdrawn, in conflict or unread now and were not."""
        before = self.before
        changed = [
            sum(flags[place] > before[record][place] for record, flags in self.after.items())
            for place in range(3)
        ]
        return Merged(
            added=self.added,
            already_here=self.already_here,
            withdrawn=changed[0],
            conflicts=changed[1],
            unread=changed[2],
            forgotten=self.forgotten,
            clones=self.clones,
        )


def take_in(
    conn: sqlite3.Connection,
    pack: int,
    revisions: Sequence[tuple[bytes, Revision]],
    taken: Taken,
) -> None:
    """Add the (rev_id, revision) pairs that are not here yet and note where they came from.

    ValueError for a private one.
    """
    if any(rev.scope != "team" for _, rev in revisions):
        raise ValueError("only team revisions travel")
    wanted = _without_forgotten(conn, revisions)
    places = Places(conn, wanted)
    new, clones = [], []
    held: dict[tuple[bytes, bytes], list[int]] = defaultdict(list)
    for rev_id, rev in wanted:
        clone = places.here.get(rev_id)
        if clone is None:
            clone = not places.take(rev)
            places.here[rev_id] = clone
            new.append((rev_id, rev, clone))
        if clone or rev.number is None:
            clones.append((pack, rev_id))
        else:
            held[rev.walk, rev.device].append(rev.number)
    _append(conn, new, taken)
    conn.executemany("INSERT INTO pack_clone VALUES (?, ?) ON CONFLICT DO NOTHING", clones)
    _note_ranges(conn, pack, held)
    taken.added += len(new)
    taken.already_here += len(wanted) - len(new)
    taken.forgotten += len(revisions) - len(wanted)
    taken.clones += len(clones)


def _append(
    conn: sqlite3.Connection, new: Sequence[tuple[bytes, Revision, bool]], taken: Taken
) -> None:
    """Write what is new, and bring the tables up to date."""
    number, fresh = names.numbered(conn, _ids(new))
    unknown = set(fresh)
    old = {number[rev.record] for _, rev, _ in new if rev.record not in unknown}
    before, known = _flags(conn, old), placed_all(conn, old)
    times = Counter([rev.record for _, rev, _ in new])
    once = []
    for seq, (rev_id, rev, _) in enumerate(new, start=insert_shared(conn, new, number)):
        record, walk = number[rev.record], number[rev.walk]
        if times[rev.record] == 1 and rev.record in unknown:
            once.append((record, walk, seq, rev))
        else:
            known.setdefault(record, []).append(here_shared(rev, rev_id, seq, record, walk))
    for (record, *_), flags in zip(once, tables.add_shared(conn, once), strict=True):
        taken.note(record, _NO_FLAGS, flags)
    for state in tables.update(conn, known):
        flags = (state.deleted, state.conflict, state.unread)
        taken.note(state.record, before.get(state.record, _NO_FLAGS), flags)


def _ids(new: Sequence[tuple[bytes, Revision, bool]]) -> list[bytes]:
    """Every id that their rows name: the records last, so that their numbers rise with the seqs."""
    shared = {(rev.walk, rev.author, rev.device) for _, rev, _ in new}
    return [*{key for ids in shared for key in ids}, *(rev.record for _, rev, _ in new)]


class Places:
    """Which of a chunk's revisions and published numbers are here already."""

    def __init__(
        self, conn: sqlite3.Connection, revisions: Sequence[tuple[bytes, Revision]]
    ) -> None:
        """Ask once for every run of numbers rather than for every revision."""
        self.here: dict[bytes, bool] = {}
        """Each revision that is here, and whether it is marked as a clone's."""
        self._taken: set[tuple[bytes, bytes, int]] = set()
        published: dict[tuple[bytes, bytes], list[int]] = defaultdict(list)
        for _, rev in revisions:
            if rev.number is not None:
                published[rev.walk, rev.device].append(rev.number)
        for (walk, device), found in published.items():
            place = names.number(conn, walk), names.number(conn, device)
            for run in as_ranges(found):
                for at, rev_id, clone in conn.execute(
                    "SELECT number, rev_id, clone FROM rev WHERE walk = ? AND device = ? "
                    "AND number BETWEEN ? AND ?",
                    (*place, *run),
                ):
                    self.here[rev_id] = bool(clone)
                    if not clone:
                        self._taken.add((walk, device, at))
        # One without a number counts as a clone's.
        for some in names.sliced(rev_id for rev_id, rev in revisions if rev.number is None):
            sql = f"SELECT rev_id FROM rev WHERE clone = 1 AND rev_id IN ({names.marks(some)})"
            self.here.update((row[0], True) for row in conn.execute(sql, some))

    def take(self, rev: Revision) -> bool:
        """Give a new revision its published number; False where it has none of its own."""
        if rev.number is None or (rev.walk, rev.device, rev.number) in self._taken:
            return False
        self._taken.add((rev.walk, rev.device, rev.number))
        return True


def _without_forgotten(
    conn: sqlite3.Connection, revisions: Sequence[tuple[bytes, Revision]]
) -> Sequence[tuple[bytes, Revision]]:
    """Those that may come in: what was erased or purged here stays away, and is not missed."""
    forgotten = Forgotten(conn, {rev.walk for _, rev in revisions})
    gone = forgotten.of((rev.record, rev.walk, rev.kind) for _, rev in revisions)
    if not gone:
        return revisions
    forget_numbers(conn, (rev for _, rev in revisions if rev.record in gone))
    return [(rev_id, rev) for rev_id, rev in revisions if rev.record not in gone]


class Forgotten:
    """What was erased here or went with a walk, and so never comes in again."""

    def __init__(self, conn: sqlite3.Connection, walks: Iterable[bytes]) -> None:
        """Look at what is forgotten of these walks."""
        self._conn = conn
        self._kinds: dict[bytes, frozenset[str]] = {}
        self._any = False
        for walk in walks:
            row = conn.execute("SELECT kinds FROM purged WHERE walk = ?", (walk,)).fetchone()
            if row:
                self._kinds[walk] = _kept_out(json.loads(row[0]))
        self._any = conn.execute("SELECT 1 FROM forgotten LIMIT 1").fetchone() is not None

    def of(self, records: Iterable[tuple[bytes, bytes, str]]) -> set[bytes]:
        """Those of the records, each with its walk and its kind, that are forgotten."""
        if not self._any and not self._kinds:
            return set()
        gone: set[bytes] = set()
        asked: dict[bytes, None] = {}
        for record, walk, kind in records:
            kinds = self._kinds.get(walk, frozenset())
            if kind in kinds or "*" in kinds:
                gone.add(record)
            else:
                asked[record] = None
        for some in names.sliced(asked):
            sql = f"SELECT record FROM forgotten WHERE record IN ({names.marks(some)})"
            gone |= {row[0] for row in self._conn.execute(sql, some)}
        return gone


def _kept_out(kinds: Iterable[str]) -> frozenset[str]:
    """The kinds that stay away since a purge. An older walk wrote down those that it knew: where
    notes went, every kind goes that does not stay by itself.
    """
    found = frozenset(kinds)
    return found | (RECORDS.keys() - STAYS) if "note" in found else found


def forget_numbers(conn: sqlite3.Connection, revisions: Iterable[Revision]) -> None:
    """Note the published numbers of revisions that go or stay away, so that none is missed."""
    numbers: dict[tuple[bytes, bytes], list[int]] = defaultdict(list)
    for rev in revisions:
        if rev.number is not None:
            numbers[rev.walk, rev.device].append(rev.number)
    conn.executemany(
        "INSERT INTO forgotten_number VALUES (?,?,?,?) "
        "ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
        [
            (walk, device, first, last)
            for (walk, device), found in numbers.items()
            for first, last in as_ranges(found)
        ],
    )


def has_double(conn: sqlite3.Connection, walk: bytes, device: bytes) -> bool:
    """True when published revisions came in under a device id that this laptop itself bears."""
    row = conn.execute(
        "SELECT 1 FROM rev WHERE walk = ? AND device = ? AND number IS NOT NULL AND act IS NULL "
        "LIMIT 1",
        (names.number(conn, walk), names.number(conn, device)),
    ).fetchone()
    return row is not None


def _flags(conn: sqlite3.Connection, records: Iterable[int]) -> dict[int, Flags]:
    found: dict[int, Flags] = {}
    for some in names.sliced(records):
        asked = names.marks(some)
        sql = f"SELECT record, deleted, conflict, unread FROM state WHERE record IN ({asked})"
        found.update((row[0], row[1:]) for row in conn.execute(sql, some))
    return found


def _note_ranges(
    conn: sqlite3.Connection, pack: int, numbers: dict[tuple[bytes, bytes], list[int]]
) -> None:
    for (walk, device), found in numbers.items():
        place = names.number(conn, walk), names.number(conn, device)
        conn.executemany(
            "INSERT INTO pack_range VALUES (?,?,?,?,?) "
            "ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
            [(pack, *place, *run) for run in as_ranges(found)],
        )


def as_ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as runs (first, last), both included: [1, 2, 3, 7] gives [(1, 3), (7, 7)]."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def missing_numbers(conn: sqlite3.Connection, walk: bytes) -> dict[bytes, list[tuple[int, int]]]:
    """For each device, the runs of published numbers that are not here but must exist."""
    here = names.number(conn, walk)
    runs: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    for device, first, last in conn.execute(
        "SELECT device, first, last FROM forgotten_number WHERE walk = ?", (walk,)
    ):
        runs[device].append((first, last))
    for device, place, count, most in conn.execute(
        "SELECT key, device, count(DISTINCT number), max(number) FROM rev JOIN name ON id = device "
        "WHERE walk = ? AND number IS NOT NULL GROUP BY device",
        (here,),
    ).fetchall():
        # Looked at one by one only where some are missing, which is rare.
        runs[device] += [(1, most)] if count == most else _runs_of(conn, here, place)
    gaps = {}
    for device, found in runs.items():
        holes, end = [], 0
        for first, last in sorted(found):
            if first > end + 1:
                holes.append((end + 1, first - 1))
            end = max(end, last)
        if holes:
            gaps[device] = holes
    return gaps


def _runs_of(conn: sqlite3.Connection, walk: int, device: int) -> list[tuple[int, int]]:
    rows = conn.execute(
        "SELECT number FROM rev WHERE walk = ? AND device = ? AND number IS NOT NULL",
        (walk, device),
    )
    return as_ranges(row[0] for row in rows)
