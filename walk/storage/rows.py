"""Revision to row and back: the only place that knows the journal's columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from walk.model.ids import REVISION_BYTES
from walk.model.revision import Placed, Revision
from walk.storage.names import Numbers, marks, sliced

COLUMNS = (
    "rev_id, walk, record, kind, schema, generation, parents, author, device, number, made_at, "
    "zone, team, deleted, body"
)
"""Of the view `revision`, in which ids are bytes."""

Row = tuple[Any, ...]


Here = Placed
"""A revision as it lies in the journal, with what its tables are made from."""


def to_row(rev: Revision, rev_id: bytes, numbers: Numbers, act: int | None, clone: bool) -> Row:
    """The values of a revision's row, in the order of COLUMNS, then act and clone."""
    return (
        rev_id,
        numbers[rev.walk],
        numbers[rev.record],
        rev.kind,
        rev.schema,
        rev.generation,
        b"".join(rev.parents),
        numbers[rev.author],
        numbers[rev.device],
        rev.number,
        rev.made_at,
        rev.zone,
        # Whole numbers, as Python's sqlite3 is slow to take true and false.
        1 if rev.scope == "team" else 0,
        1 if rev.deleted else 0,
        rev.body,
        act,
        1 if clone else 0,
    )


def ids_of(rev: Revision) -> tuple[bytes, ...]:
    """The ids of a revision that `to_row` needs the numbers of."""
    return (rev.walk, rev.record, rev.author, rev.device)


def from_row(row: Row) -> Revision:
    """A revision from the columns of COLUMNS; its rev_id (first column) is left aside."""
    return Revision(
        walk=row[1],
        record=row[2],
        kind=row[3],
        schema=row[4],
        generation=row[5],
        parents=split_ids(row[6]),
        author=row[7],
        device=row[8],
        number=row[9],
        made_at=row[10],
        zone=row[11],
        scope="team" if row[12] else "private",
        deleted=bool(row[13]),
        body=row[14],
    )


def split_ids(joined: bytes) -> tuple[bytes, ...]:
    """Revision ids out of the one blob they are stored in."""
    return tuple(
        joined[start : start + REVISION_BYTES] for start in range(0, len(joined), REVISION_BYTES)
    )


_INSERT = f"INSERT INTO rev({COLUMNS}, act, clone) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"


def insert(conn: sqlite3.Connection, rows: Sequence[Row]) -> int:
    """Append rows of which none is here yet; the seq of the first, which the others follow."""
    if not rows:
        return 0
    first = conn.execute(_INSERT, rows[0]).lastrowid or 0
    if len(rows) > 1:
        conn.executemany(_INSERT, rows[1:])
    return first


# What all have in common stands in the statement: handing it over takes its time.
_INSERT_SHARED = (
    "INSERT INTO rev(rev_id, walk, record, kind, schema, generation, parents, author, device, "
    "number, made_at, zone, deleted, clone, body, team, act) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1,NULL)"
)


def insert_shared(
    conn: sqlite3.Connection, new: Sequence[tuple[bytes, Revision, bool]], numbers: Numbers
) -> int:
    """Append the team's revisions, each with its rev_id and whether it is marked as a clone's.

    None of them is here yet. The seq of the first, which the others follow.
    """
    first = next_seq(conn)
    conn.executemany(
        _INSERT_SHARED,
        [
            (
                rev_id,
                numbers[rev.walk],
                numbers[rev.record],
                rev.kind,
                rev.schema,
                rev.generation,
                b"".join(rev.parents),
                numbers[rev.author],
                numbers[rev.device],
                rev.number,
                rev.made_at,
                rev.zone,
                1 if rev.deleted else 0,
                1 if clone else 0,
                rev.body,
            )
            for rev_id, rev, clone in new
        ],
    )
    return first


def insert_first(
    conn: sqlite3.Connection,
    shared: tuple[int, int, int, int, int],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Append first, private revisions of one act.

    `shared` are the walk's and the laptop's number, made_at, zone and act; each row is rev_id,
    record, kind, schema, author and body.
    """
    walk, device, made_at, zone, act = map(int, shared)
    # What all rows have in common stands in the statement: handing it over takes its time.
    conn.executemany(
        "INSERT INTO rev(rev_id, walk, record, kind, schema, generation, parents, author, device, "
        "number, made_at, zone, team, deleted, act, clone, body) "
        f"VALUES (?,{walk},?,?,?,1,x'',?,{device},NULL,{made_at},{zone},0,0,{act},0,?)",
        rows,
    )


def next_seq(conn: sqlite3.Connection) -> int:
    """The seq that the next revision gets; the write lock is held, so nobody else takes it."""
    return 1 + int(conn.execute("SELECT coalesce(max(seq), 0) FROM rev").fetchone()[0])


_HERE = (
    "SELECT rev_id, parents, generation, made_at, team, deleted, body, seq, record, walk, kind, "
    "schema FROM rev WHERE record"
)


def placed(conn: sqlite3.Connection, record: int) -> list[Here]:
    """All revisions of a record, by its number, in order of arrival."""
    return [_here(row) for row in conn.execute(f"{_HERE} = ? ORDER BY seq", (record,))]


def placed_all(conn: sqlite3.Connection, records: Iterable[int]) -> dict[int, list[Here]]:
    """The same for many records at once; one without revisions has an empty list."""
    wanted = list(records)
    found: dict[int, list[Here]] = {record: [] for record in wanted}
    for some in sliced(wanted):
        sql = f"{_HERE} IN ({marks(some)}) ORDER BY record, seq"
        for row in conn.execute(sql, some):
            found[row[8]].append(_here(row))
    return found


def here_of(row: Row, seq: int) -> Here:
    """A row of `to_row` as `placed` gives it once it is in the journal at that seq."""
    return _here((row[0], row[6], row[5], row[10], *row[12:15], seq, row[2], row[1], *row[3:5]))


def here_shared(rev: Revision, rev_id: bytes, seq: int, record: int, walk: int) -> Here:
    """The same of what `insert_shared` wrote at that seq, with the numbers of record and walk."""
    return Here(
        rev_id,
        rev.parents,
        rev.generation,
        rev.made_at,
        True,
        rev.deleted,
        rev.body,
        seq,
        record,
        walk,
        rev.kind,
        rev.schema,
    )


def _here(row: Row) -> Here:
    return Here(row[0], split_ids(row[1]), row[2], row[3], bool(row[4]), bool(row[5]), *row[6:])
