"""The tables: the shown state of every record, made from the journal and nothing else."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from walk.model import RECORDS, Note, Record, Revision
from walk.model.revision import heads, in_conflict, unpublished
from walk.storage.names import marks, numbers, sliced
from walk.storage.rows import Here, placed_all

_NEW = (
    "INSERT INTO state(record, walk, kind, parent, shown, deleted, conflict, team, team_deleted, "
    "unread, unshared, look_for, visit, wondering) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_STATE = (
    f"{_NEW} ON CONFLICT(record) DO UPDATE SET walk = excluded.walk, kind = excluded.kind, "
    "parent = excluded.parent, shown = excluded.shown, deleted = excluded.deleted, "
    "conflict = excluded.conflict, team = excluded.team, team_deleted = excluded.team_deleted, "
    "unread = excluded.unread, unshared = excluded.unshared, look_for = excluded.look_for, "
    "visit = excluded.visit, wondering = excluded.wondering"
)

NOTHING = b""
"""No id."""

Flags = tuple[int, int, int]
"""Whether a record is withdrawn, in conflict, and unread."""


class Meaning(NamedTuple):
    """What a body means to the tables."""

    parent: bytes = NOTHING
    look_for: bytes = NOTHING
    visit: bytes = NOTHING
    wondering: int | None = None
    """1 or 0; None for what is no note."""
    reads: bool = False
    """This version can read it."""


class State(NamedTuple):
    """A row of the table `state`; parent, look-for and visit are still ids.

    Yes and no are 1 and 0, as Python's sqlite3 is slow to take true and false.
    """

    record: int
    walk: int
    kind: str
    parent: bytes
    shown: int
    deleted: int
    conflict: int
    team: int | None
    team_deleted: int
    unread: int
    unshared: int
    look_for: bytes
    visit: bytes
    wondering: int | None


def refresh(conn: sqlite3.Connection, records: Iterable[int]) -> None:
    """Bring the tables up to date with the journal for these records, given by their numbers."""
    for some in sliced(records):
        update(conn, placed_all(conn, some))


def update(conn: sqlite3.Connection, placed: dict[int, list[Here]]) -> list[State]:
    """The same where all their revisions are at hand; the rows as they are now."""
    states = [_state(known) for known in placed.values() if known]
    _write(conn, states)
    gone = [record for record, known in placed.items() if not known]
    if gone:
        conn.execute(f"DELETE FROM state WHERE record IN ({marks(gone)})", gone)
    return states


def _write(conn: sqlite3.Connection, states: Sequence[State]) -> None:
    ids = {key for one in states for key in (one.parent, one.look_for, one.visit)}
    number = numbers(conn, ids)
    conn.executemany(
        _STATE,
        [
            (*one[:3], number[one[3]], *one[4:11], number[one[11]], number[one[12]], one[13])
            for one in states
        ],
    )


def insert_first(conn: sqlite3.Connection, walk: int, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add records of a walk of which one, private revision exists, as a rebuild would give them.

    Each row: record, kind, parent, seq, look-for, visit, wondering; numbers in place of ids.
    """
    # What all rows have in common stands in the statement: handing it over takes its time.
    conn.executemany(
        f"INSERT INTO state VALUES (?,{walk:d},?,?,?,0,0,NULL,0,0,1,?,?,?)",
        rows,
    )


def add_shared(
    conn: sqlite3.Connection, new: Sequence[tuple[int, int, int, Revision]]
) -> list[Flags]:
    """Add records of which one, published revision exists, as a rebuild would give them.

    Each with its own number, its walk's, and the seq of its revision. Whether each is withdrawn,
    in conflict, and unread.
    """
    means = [meaning(rev.kind, rev.body) for *_, rev in new]
    number = numbers(conn, {key for one in means for key in one[:3]})
    flags: list[Flags] = []
    rows = []
    for (record, walk, seq, rev), one in zip(new, means, strict=True):
        parent, look_for, visit, wondering, reads = one
        gone = 1 if rev.deleted else 0
        unread = 0 if gone or reads else 1
        flags.append((gone, 0, unread))
        rows.append(
            (
                *(record, walk, rev.kind, number[parent], seq, gone, unread),
                *(number[look_for], number[visit], wondering),
            )
        )
    conn.executemany("INSERT INTO state VALUES (?1,?2,?3,?4,?5,?6,0,?5,?6,?7,0,?8,?9,?10)", rows)
    return flags


def rebuild(conn: sqlite3.Connection) -> int:
    """Make every table again from the journal; how many records there are."""
    conn.execute("DELETE FROM state")
    records = [row[0] for row in conn.execute("SELECT DISTINCT record FROM rev")]
    refresh(conn, records)
    return len(records)


def snapshot(conn: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """What the tables say, without this store's own numbers, so that two can be compared."""
    state = conn.execute(
        "SELECT n.key, w.key, s.kind, p.key, r.rev_id, s.deleted, s.conflict, t.rev_id, "
        "s.team_deleted, s.unread, s.unshared FROM state s JOIN name n ON n.id = s.record "
        "LEFT JOIN name w ON w.id = s.walk LEFT JOIN name p ON p.id = s.parent "
        "LEFT JOIN rev r ON r.seq = s.shown LEFT JOIN rev t ON t.seq = s.team ORDER BY n.key"
    ).fetchall()
    notes = conn.execute(
        "SELECT n.key, w.key, v.key, l.key, s.wondering FROM state s "
        "JOIN name n ON n.id = s.record LEFT JOIN name w ON w.id = s.walk "
        "LEFT JOIN name v ON v.id = s.visit LEFT JOIN name l ON l.id = s.look_for "
        "WHERE s.wondering IS NOT NULL ORDER BY n.key"
    ).fetchall()
    return [*state, *notes]


def _state(known: Sequence[Here]) -> State:
    """What the tables say of a record, from all its revisions in order of arrival."""
    if len(known) == 1:
        return _only(known[0])
    every = heads(known)
    shared = all(rev.team for rev in known)
    team = every if shared else heads(known, team_only=True)
    shown = every[0]
    means = meaning(shown.kind, shown.body)
    pool = team[0] if team else shown
    pooled = means if pool is shown or pool.says == shown.says else meaning(shown.kind, pool.body)
    return State(
        shown.record,
        shown.walk,
        shown.kind,
        _kept_parent(known) if shown.deleted else means.parent,
        shown.seq,
        int(shown.deleted),
        int(in_conflict(every)),
        team[0].seq if team else None,
        int(bool(team and team[0].deleted)),
        int(not (means.reads or shown.deleted)),
        int(not shared and bool(unpublished(known))),
        pooled.look_for,
        pooled.visit,
        pooled.wondering,
    )


def _only(rev: Here) -> State:
    """The same of a record with a single revision, about which there is nothing to find out."""
    means = meaning(rev.kind, rev.body)
    return State(
        rev.record,
        rev.walk,
        rev.kind,
        means.parent,
        rev.seq,
        int(rev.deleted),
        0,
        rev.seq if rev.team else None,
        int(rev.team and rev.deleted),
        int(not (means.reads or rev.deleted)),
        int(not (rev.team or rev.deleted)),
        means.look_for,
        means.visit,
        means.wondering,
    )


_OF_ID = '"([0-9a-f]{32})"'
_WORDS = r'"[^"\\\x00-\x1f]*+(?:\\["\\/bfnrt][^"\\\x00-\x1f]*+)*+"'
_PLAIN = re.compile(
    rf'\{{(?:"at_s":(?:0|[1-9][0-9]{{0,8}}),)?(?:"form":{_OF_ID},)?(?:"from_paper":true,)?'
    rf'(?:"hall":{_OF_ID},)?(?:"look_for":{_OF_ID},)?(?:"note_kind":"(wondering)",)?'
    rf'(?:"speech":true,)?"text":{_WORDS},(?:"typed_by":{_OF_ID},)?"visit":{_OF_ID}\}}'
)
"""The body of a note as `Note.body` writes nearly all of them, without any escaped letter."""
_LONGEST = 20_000


def meaning(kind: str, body: str) -> Meaning:
    """What a body means to the tables; nothing at all where it is empty or cannot be read."""
    if not body:
        return Meaning()
    # A test holds this short way against the model.
    plain = _PLAIN.fullmatch(body) if kind == Note.kind and len(body) < _LONGEST else None
    if plain:
        form, hall, look_for, wondering, _, visit = plain.groups("")
        of_hex = bytes.fromhex
        return Meaning(
            of_hex(form or hall), of_hex(look_for), of_hex(visit), int(bool(wondering)), True
        )
    record = _read(kind, body)
    if not isinstance(record, Note):
        return Meaning(parent_of(record), reads=record is not None)
    return Meaning(
        parent_of(record),
        _as_id(record.look_for),
        _as_id(record.visit),
        int(record.note_kind == "wondering"),
        reads=True,
    )


def _read(kind: str, body: str) -> Record | None:
    """What a body says; None when this version cannot read it."""
    noun = RECORDS.get(kind)
    if noun is None:
        return None
    try:
        return noun.from_body(NOTHING, NOTHING, body)
    except (ValueError, RecursionError):
        return None


def parent_of(record: Record | None) -> bytes:
    """The id of what a record belongs to, or nothing."""
    if record is None:
        return NOTHING
    named = (getattr(record, field) for field in record.parent_fields)
    return next((_as_id(value) for value in named if value), NOTHING)


def _kept_parent(known: Sequence[Here]) -> bytes:
    """A withdrawn record says no parent; the newest body that says one is asked."""
    worded = [rev for rev in known if rev.body]
    for rev in sorted(worded, key=lambda one: (one.generation, one.made_at, one.rev_id))[::-1]:
        try:
            fields = json.loads(rev.body)
        except (ValueError, RecursionError):
            continue
        noun = RECORDS.get(rev.kind)
        if isinstance(fields, dict):
            named = (fields.get(field) for field in noun.parent_fields) if noun else ()
            return next((_as_id(value) for value in named if value), NOTHING)
    return NOTHING


def _as_id(value: Any) -> bytes:
    """A record id's bytes, or nothing for anything else (a stranger's pack may say anything)."""
    try:
        return bytes.fromhex(value) if value else NOTHING
    except (TypeError, ValueError):
        return NOTHING
