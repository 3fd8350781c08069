"""Merging: taking a colleague's team revisions in as a set union, and taking a pack back."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from walk.model.revision import Revision
from walk.storage import tables
from walk.storage.rows import insert, split_ids, to_row

CHUNK = 500
"""Revisions in a chunk of a merge: the write lock is held a tenth of a second at most."""

Flags = tuple[int, int, int]
"""Whether a record is withdrawn, in conflict, and unread."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What one pack, or one chunk of it, brought. Counts of revisions, `conflicts` of records."""

    added: int = 0
    already_here: int = 0
    withdrawn: int = 0
    conflicts: int = 0
    unread: int = 0

    def __add__(self, other: Merged) -> Merged:
        return Merged(
            self.added + other.added,
            self.already_here + other.already_here,
            self.withdrawn + other.withdrawn,
            self.conflicts + other.conflicts,
            self.unread + other.unread,
        )


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What undoing a collect removed, and what stays because something local stands on it."""

    removed: int
    kept: tuple[tuple[str, str], ...]
    """(kind, record id as hex) of each record that stays."""


def begin_pack(
    conn: sqlite3.Connection, sha256: bytes, file: str, walk: bytes, walker: str, at: int
) -> int:
    """Note that a pack is being read; until `finish_pack` it counts as unfinished."""
    cursor = conn.execute(
        "INSERT INTO pack(sha256, file, walk, walker, read_at, status, receipt) "
        "VALUES (?,?,?,?,?,'unfinished','')",
        (sha256, file, walk, walker, at),
    )
    return int(cursor.lastrowid or 0)


def finish_pack(conn: sqlite3.Connection, pack: int, receipt: str) -> None:
    """The pack is in, whole; its receipt (JSON) is kept with it."""
    conn.execute("UPDATE pack SET status = 'finished', receipt = ? WHERE id = ?", (receipt, pack))


class Before(dict[bytes, Flags]):
    """How the records that a pack touches were before it."""


def take_in(
    conn: sqlite3.Connection,
    pack: int,
    revisions: Sequence[tuple[bytes, Revision]],
    before: Before,
) -> Merged:
    """Add the (rev_id, revision) pairs that are not here yet and note where they came from.

    How their records were goes into `before`, for `changes_since`. ValueError for a private one.
    """
    if any(rev.scope != "team" for _, rev in revisions):
        raise ValueError("only team revisions travel")
    here = _present(conn, [rev_id for rev_id, _ in revisions])
    new = []
    numbers: dict[tuple[bytes, bytes], list[int]] = defaultdict(list)
    taken: set[tuple[bytes, bytes, int | None]] = set()
    for rev_id, rev in revisions:
        clone = here.get(rev_id)
        if clone is None:
            place = (rev.walk, rev.device, rev.number)
            clone = rev.number is None or place in taken or _is_taken(conn, rev)
            taken.add(place)
            here[rev_id] = clone
            new.append(to_row(rev, rev_id, None, clone))
        if clone or rev.number is None:
            conn.execute(
                "INSERT INTO pack_clone VALUES (?, ?) ON CONFLICT DO NOTHING", (pack, rev_id)
            )
        else:
            numbers[rev.walk, rev.device].append(rev.number)
    _note_ranges(conn, pack, numbers)
    touched = {row[2] for row in new}
    for record, flags in _flags(conn, touched - before.keys()).items():
        before[record] = flags
    insert(conn, new)
    tables.refresh(conn, touched)
    return Merged(added=len(new), already_here=len(revisions) - len(new))


def changes_since(conn: sqlite3.Connection, before: Before) -> Merged:
    """How many records are withdrawn, in conflict or unread now that were not `before`."""
    after = _flags(conn, before)
    counts = [
        sum(bool(flags[place]) and not before[record][place] for record, flags in after.items())
        for place in range(3)
    ]
    return Merged(withdrawn=counts[0], conflicts=counts[1], unread=counts[2])


def has_double(conn: sqlite3.Connection, walk: bytes, device: bytes) -> bool:
    """True when published revisions came in under a device id that this laptop itself bears."""
    row = conn.execute(
        "SELECT 1 FROM rev WHERE walk = ? AND device = ? AND number IS NOT NULL AND act IS NULL "
        "LIMIT 1",
        (walk, device),
    ).fetchone()
    return row is not None


def _flags(conn: sqlite3.Connection, records: Iterable[bytes]) -> Before:
    found = Before()
    for record in records:
        row = conn.execute(
            "SELECT deleted, conflict, unread FROM state WHERE record = ?", (record,)
        ).fetchone()
        found[record] = row or (0, 0, 0)
    return found


def _present(conn: sqlite3.Connection, rev_ids: Sequence[bytes]) -> dict[bytes, bool]:
    """Which of these revisions are here already, and whether each is marked as a clone's."""
    found: dict[bytes, bool] = {}
    for start in range(0, len(rev_ids), 500):
        some = rev_ids[start : start + 500]
        marks = ",".join("?" * len(some))
        rows = conn.execute(f"SELECT rev_id, clone FROM rev WHERE rev_id IN ({marks})", some)
        found.update((rev_id, bool(clone)) for rev_id, clone in rows)
    return found


def _is_taken(conn: sqlite3.Connection, rev: Revision) -> bool:
    """True when another revision holds this published number here."""
    row = conn.execute(
        "SELECT 1 FROM rev WHERE walk = ? AND device = ? AND number = ? AND clone = 0",
        (rev.walk, rev.device, rev.number),
    ).fetchone()
    return row is not None


def _note_ranges(
    conn: sqlite3.Connection, pack: int, numbers: dict[tuple[bytes, bytes], list[int]]
) -> None:
    for (walk, device), found in numbers.items():
        for first, last in as_ranges(found):
            conn.execute(
                "INSERT INTO pack_range VALUES (?,?,?,?,?) "
                "ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
                (pack, walk, device, first, last),
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
    have: dict[bytes, list[int]] = defaultdict(list)
    for device, number in conn.execute(
        "SELECT device, number FROM rev WHERE walk = ? AND number IS NOT NULL", (walk,)
    ):
        have[device].append(number)
    gaps = {}
    for device, numbers in have.items():
        runs = [(0, 0), *as_ranges(numbers)]
        holes = [(one[1] + 1, two[0] - 1) for one, two in pairwise(runs) if two[0] > one[1] + 1]
        if holes:
            gaps[device] = holes
    return gaps


def take_back(conn: sqlite3.Connection, pack: int) -> TakenBack:
    """Remove what only this pack brought and nothing local stands on.

    A revision stays when another pack that was not taken back holds it, when this laptop wrote
    it, or when a local revision that was written after it came stands on it (see `_Link`).
    """
    brought = _brought_only_by(conn, pack)
    links = _links(conn) if brought else {}
    held = _stood_on(links, brought)
    gone = brought - held
    conn.executemany("DELETE FROM rev WHERE rev_id = ?", [(rev_id,) for rev_id in gone])
    tables.refresh(conn, {links[rev_id].record for rev_id in gone})
    conn.execute("UPDATE pack SET status = 'undone' WHERE id = ?", (pack,))
    kept = {(links[rev_id].kind, links[rev_id].record.hex()) for rev_id in held}
    return TakenBack(len(gone), tuple(sorted(kept)))


def _brought_only_by(conn: sqlite3.Connection, pack: int) -> set[bytes]:
    # What this laptop wrote carries an act, and so is never among these.
    rows = conn.execute(
        """SELECT r.rev_id FROM pack_range mine
        JOIN rev r ON r.walk = mine.walk AND r.device = mine.device
            AND r.number BETWEEN mine.first AND mine.last
        WHERE mine.pack = ?1 AND r.clone = 0 AND r.act IS NULL AND NOT EXISTS (
            SELECT 1 FROM pack_range other JOIN pack p ON p.id = other.pack
            WHERE other.pack <> ?1 AND p.status <> 'undone' AND other.walk = r.walk
            AND other.device = r.device AND r.number BETWEEN other.first AND other.last)
        UNION ALL
        SELECT r.rev_id FROM pack_clone mine JOIN rev r ON r.rev_id = mine.rev_id
        WHERE mine.pack = ?1 AND r.act IS NULL AND NOT EXISTS (
            SELECT 1 FROM pack_clone other JOIN pack p ON p.id = other.pack
            WHERE other.pack <> ?1 AND p.status <> 'undone' AND other.rev_id = r.rev_id)""",
        (pack,),
    )
    return {row[0] for row in rows}


@dataclass(frozen=True, slots=True)
class _Link:
    """A revision and what it stands on: its parents, and the records it refers to."""

    seq: int
    kind: str
    record: bytes
    local: bool
    parents: tuple[bytes, ...]
    refers: frozenset[bytes]
    """Records that its body names."""
    within: tuple[bytes, bytes]
    """Its walk and its author: records that have to be there, in whatever wording."""


_ID = re.compile(r"[0-9a-f]{32}")


def _links(conn: sqlite3.Connection) -> dict[bytes, _Link]:
    links = {}
    for rev_id, seq, kind, record, local, parents, walk, author, body in conn.execute(
        "SELECT rev_id, seq, kind, record, act IS NOT NULL, parents, walk, author, body FROM rev"
    ):
        refers = frozenset(map(bytes.fromhex, _ID.findall(body)))
        links[rev_id] = _Link(
            seq, kind, record, bool(local), split_ids(parents), refers, (walk, author)
        )
    return links


def _stood_on(links: dict[bytes, _Link], brought: set[bytes]) -> set[bytes]:
    """Those of the `brought` revisions that a local revision reaches, at once or by others.

    A local revision reaches only what came before it: it stood without what came later. So the
    newest local one goes first, and what it reached needs no second look.
    """
    of_record: dict[bytes, list[bytes]] = defaultdict(list)
    for rev_id, link in links.items():
        of_record[link.record].append(rev_id)
    sole = {record for record, here in of_record.items() if brought.issuperset(here)}
    reached: set[bytes] = set()
    local = (link for link in links.values() if link.local)
    for root in sorted(local, key=lambda link: link.seq, reverse=True):
        todo = [root]
        while todo:
            link = todo.pop()
            records = link.refers | sole.intersection(link.within)
            near = [rev_id for record in records for rev_id in of_record.get(record, ())]
            for rev_id in (*link.parents, *near):
                there = links.get(rev_id)
                if there and there.seq < root.seq and rev_id not in reached:
                    reached.add(rev_id)
                    todo.append(there)
    return reached & brought
