"""The tables: the shown state of every record, made from the journal and nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from walk.model import RECORDS, Note, Record
from walk.model.revision import heads, in_conflict, unpublished
from walk.storage.rows import placed

_STATE = (
    "INSERT INTO state(record, walk, kind, parent, shown, deleted, conflict, team, team_deleted, "
    "unread, unshared) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(record) DO UPDATE SET "
    "walk = excluded.walk, kind = excluded.kind, parent = excluded.parent, "
    "shown = excluded.shown, deleted = excluded.deleted, conflict = excluded.conflict, "
    "team = excluded.team, team_deleted = excluded.team_deleted, unread = excluded.unread, "
    "unshared = excluded.unshared"
)
_NOTE = (
    "INSERT INTO note(record, walk, visit, look_for, wondering) VALUES (?,?,?,?,?) "
    "ON CONFLICT(record) DO UPDATE SET walk = excluded.walk, visit = excluded.visit, "
    "look_for = excluded.look_for, wondering = excluded.wondering"
)


def refresh(conn: sqlite3.Connection, records: Iterable[bytes]) -> None:
    """Bring the tables up to date with the journal for these records."""
    for record in records:
        _refresh_one(conn, record)


def add_new(conn: sqlite3.Connection, new: Iterable[tuple[Record, int]]) -> None:
    """The quick way for records of which only one, private revision exists.

    Each comes with the seq of its revision. Gives the same rows as `refresh`, without looking
    for heads or reading a body back; importing a big table stands on it.
    """
    states, notes = [], []
    for record, seq in new:
        key, walk = bytes.fromhex(record.id), bytes.fromhex(record.walk)
        states.append((key, walk, record.kind, _parent(record), seq, 0, 0, None, 0, 0, 1))
        if isinstance(record, Note):
            notes.append(_note_row(key, walk, record))
    conn.executemany(_STATE, states)
    conn.executemany(_NOTE, notes)


def rebuild(conn: sqlite3.Connection) -> int:
    """Make every table again from the journal; how many records there are."""
    conn.execute("DELETE FROM state")
    conn.execute("DELETE FROM note")
    records = [row[0] for row in conn.execute("SELECT DISTINCT record FROM rev")]
    refresh(conn, records)
    return len(records)


def snapshot(conn: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """What the tables say, without the order of arrival, so that two stores can be compared."""
    state = conn.execute(
        "SELECT s.record, s.walk, s.kind, s.parent, r.rev_id, s.deleted, s.conflict, t.rev_id, "
        "s.team_deleted, s.unread, s.unshared FROM state s JOIN rev r ON r.seq = s.shown "
        "LEFT JOIN rev t ON t.seq = s.team ORDER BY s.record"
    ).fetchall()
    notes = conn.execute("SELECT * FROM note ORDER BY record").fetchall()
    return [*state, *notes]


def _refresh_one(conn: sqlite3.Connection, record: bytes) -> None:
    known = placed(conn, record)
    if not known:
        conn.execute("DELETE FROM state WHERE record = ?", (record,))
        conn.execute("DELETE FROM note WHERE record = ?", (record,))
        return
    revisions = [rev for _, rev in known.values()]
    every, team = heads(revisions), heads(revisions, team_only=True)
    shown = every[0]
    seq = known[shown.rev_id][0]
    walk, kind = conn.execute("SELECT walk, kind FROM rev WHERE seq = ?", (seq,)).fetchone()
    reads = None if shown.deleted else _read(kind, record, walk, shown.body)
    conn.execute(
        _STATE,
        (
            record,
            walk,
            kind,
            _kept_parent(conn, record) if shown.deleted else _parent(reads),
            seq,
            shown.deleted,
            in_conflict(every),
            known[team[0].rev_id][0] if team else None,
            bool(team and team[0].deleted),
            reads is None and not shown.deleted,
            bool(unpublished(revisions)),
        ),
    )
    pool = team[0] if team else shown
    if (pool.deleted, pool.body) != (shown.deleted, shown.body):
        reads = None if pool.deleted else _read(kind, record, walk, pool.body)
    if isinstance(reads, Note):
        conn.execute(_NOTE, _note_row(record, walk, reads))
    else:
        conn.execute("DELETE FROM note WHERE record = ?", (record,))


def _read(kind: str, record: bytes, walk: bytes, body: str) -> Record | None:
    """What a body says; None when this version cannot read it."""
    noun = RECORDS.get(kind)
    if noun is None or not body:
        return None
    try:
        return noun.from_body(record, walk, body)
    except (ValueError, RecursionError):
        return None


def _parent(record: Record | None) -> bytes:
    if record is None:
        return b""
    named = (getattr(record, field) for field in record.parent_fields)
    return next((_as_id(value) for value in named if value), b"")


def _kept_parent(conn: sqlite3.Connection, record: bytes) -> bytes:
    """A withdrawn record says no parent; the newest body that says one is asked."""
    for kind, body in conn.execute(
        "SELECT kind, body FROM rev WHERE record = ? AND body <> '' ORDER BY generation DESC, "
        "made_at DESC, rev_id DESC",
        (record,),
    ):
        try:
            fields = json.loads(body)
        except (ValueError, RecursionError):
            continue
        noun = RECORDS.get(kind)
        if isinstance(fields, dict):
            named = (fields.get(field) for field in noun.parent_fields) if noun else ()
            return next((_as_id(value) for value in named if value), b"")
    return b""


def _note_row(record: bytes, walk: bytes, note: Note) -> tuple[Any, ...]:
    wondering = note.note_kind == "wondering"
    return (record, walk, _as_id(note.visit), _as_id(note.look_for), wondering)


def _as_id(value: Any) -> bytes:
    """A record id's bytes, or nothing for anything else (a stranger's pack may say anything)."""
    try:
        return bytes.fromhex(value) if value else b""
    except (TypeError, ValueError):
        return b""
