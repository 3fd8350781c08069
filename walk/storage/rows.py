"""Revision to row and back: the only place that knows the journal's columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from walk.model.ids import REVISION_BYTES
from walk.model.revision import Placed, Revision

COLUMNS = (
    "rev_id, walk, record, kind, schema, generation, parents, author, device, number, made_at, "
    "zone, team, deleted, body"
)

Row = tuple[Any, ...]


def to_row(rev: Revision, rev_id: bytes, act: int | None, clone: bool) -> Row:
    """The values of a revision's row, in the order of COLUMNS, then act and clone."""
    return (
        rev_id,
        rev.walk,
        rev.record,
        rev.kind,
        rev.schema,
        rev.generation,
        b"".join(rev.parents),
        rev.author,
        rev.device,
        rev.number,
        rev.made_at,
        rev.zone,
        rev.scope == "team",
        rev.deleted,
        rev.body,
        act,
        clone,
    )


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


def insert(conn: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Append rows; one that is there already is left as it is."""
    conn.executemany(
        f"INSERT INTO rev({COLUMNS}, act, clone) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(rev_id) DO NOTHING",
        rows,
    )


def placed(conn: sqlite3.Connection, record: bytes) -> dict[bytes, tuple[int, Placed]]:
    """All revisions of a record by id, each with its seq, in order of arrival."""
    found = conn.execute(
        "SELECT seq, rev_id, parents, generation, made_at, team, deleted, body "
        "FROM rev WHERE record = ? ORDER BY seq",
        (record,),
    )
    return {
        row[1]: (
            row[0],
            Placed(
                rev_id=row[1],
                parents=split_ids(row[2]),
                generation=row[3],
                made_at=row[4],
                team=bool(row[5]),
                deleted=bool(row[6]),
                body=row[7],
            ),
        )
        for row in found
    }
