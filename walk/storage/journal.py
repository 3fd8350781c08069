"""The journal: writing changes as revisions, publishing them, and undoing a person's acts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from walk.errors import Refused
from walk.model import Record
from walk.model.revision import Placed, Revision, alike, heads, next_generation, unpublished
from walk.storage import tables
from walk.storage.rows import COLUMNS, from_row, insert, placed, split_ids, to_row

EVERYONE = b"*"
"""Stands for every author where a barrier holds for all who write on this laptop."""

_OPEN = (
    "walk = ? AND author = ? AND stage = ? AND id > (SELECT coalesce(max(id), 0) FROM act "
    "WHERE walk = ? AND author IN (?, ?) AND status = 'barrier')"
)
"""The acts of a person in a stage that no barrier closes off."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one record is to become. `body` is empty when it is withdrawn."""

    record: bytes
    kind: str
    schema: int
    body: str
    deleted: bool = False
    over_all: bool = False
    """Settles a conflict: replaces every head, not only what is shown."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes, on which laptop and when: what every revision of one act shares."""

    walk: bytes
    author: bytes
    device: bytes
    made_at: int
    zone: int


def write(conn: sqlite3.Connection, stamp: Stamp, changes: Iterable[Change], act: int) -> int:
    """Append one private revision per record that really changes; how many there were.

    An edit that says what is shown already writes nothing, so a retry never doubles.
    """
    count = 0
    for change in changes:
        known = [rev for _, rev in placed(conn, change.record).values()]
        found = heads(known)
        # A head that says something else stays one, so the conflict stays in view until a
        # person settles it.
        replaced = found if change.over_all else next(iter(alike(found)), [])
        wanted = (change.deleted, change.body)
        if {head.says for head in replaced} == {wanted} or (change.deleted and not found):
            continue
        parents = tuple(head.rev_id for head in replaced)
        _append(conn, stamp, change, parents, known, act=act)
        tables.refresh(conn, [change.record])
        count += 1
    return count


class First(NamedTuple):
    """The first revision of a record, made before a bulk write takes the write lock."""

    record: Record
    rev: Revision
    rev_id: bytes


def first(stamp: Stamp, change: Change, record: Record) -> First:
    """The first, private revision of a record that says what `change` says."""
    rev = _revision(stamp, change, (), 1)
    return First(record, rev, rev.rev_id())


def write_new(conn: sqlite3.Connection, firsts: Sequence[First], act: int) -> tuple[int, int]:
    """Append first revisions of many records; how many were added and how many were here.

    For a bulk write inside one transaction. A record that exists in any state is left alone:
    an imported row that was withdrawn since does not come back.
    """
    here = _present(conn, [one.rev.record for one in firsts])
    rows, new = [], []
    for one in firsts:
        if one.rev.record not in here:
            here.add(one.rev.record)
            rows.append(to_row(one.rev, one.rev_id, act, False))
            new.append(one.record)
    last = int(conn.execute("SELECT coalesce(max(seq), 0) FROM rev").fetchone()[0])
    insert(conn, rows)
    # The write lock is held, so the rows got the numbers that follow.
    tables.add_new(conn, zip(new, range(last + 1, last + 1 + len(new)), strict=True))
    return len(new), len(firsts) - len(new)


def _present(conn: sqlite3.Connection, records: Sequence[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for start in range(0, len(records), 500):
        some = records[start : start + 500]
        marks = ",".join("?" * len(some))
        found |= {
            row[0]
            for row in conn.execute(f"SELECT record FROM state WHERE record IN ({marks})", some)
        }
    return found


def publish(
    conn: sqlite3.Connection,
    stamp: Stamp,
    words: str,
    records: Iterable[bytes],
    *,
    everyone: bool,
) -> int:
    """Give the team every wording of these records that only this laptop has; how many.

    Undo does not cross it, in any stage: for its author, or for everyone who writes here.
    """
    act = barrier(conn, stamp, words, everyone=everyone)
    count = 0
    for record in records:
        wordings = unpublished(rev for _, rev in placed(conn, record).values())
        for replaced in wordings:
            _publish_one(conn, stamp, replaced, act)
        tables.refresh(conn, [record])
        count += len(wordings)
    if not count:
        conn.execute("DELETE FROM act WHERE id = ?", (act,))
    return count


def _publish_one(conn: sqlite3.Connection, stamp: Stamp, replaced: list[Placed], act: int) -> None:
    row = conn.execute(
        f"SELECT {COLUMNS} FROM rev WHERE rev_id = ?", (replaced[0].rev_id,)
    ).fetchone()
    private = from_row(row)
    team = replace(
        private,
        generation=next_generation(rev.generation for rev in replaced),
        parents=tuple(sorted(rev.rev_id for rev in replaced)),
        device=stamp.device,
        number=_next_number(conn, private.walk, stamp.device),
        made_at=stamp.made_at,
        zone=stamp.zone,
        scope="team",
    )
    insert(conn, [to_row(team, team.rev_id(), act, False)])


def _next_number(conn: sqlite3.Connection, walk: bytes, device: bytes) -> int:
    """The next published number of a device in a walk; without gaps."""
    row = conn.execute(
        "INSERT INTO published(walk, device, last) VALUES (?, ?, 1) "
        "ON CONFLICT(walk, device) DO UPDATE SET last = last + 1 RETURNING last",
        (walk, device),
    ).fetchone()
    return int(row[0])


def _append(
    conn: sqlite3.Connection,
    stamp: Stamp,
    change: Change,
    parents: tuple[bytes, ...],
    known: list[Placed],
    *,
    act: int,
) -> None:
    by_id = {rev.rev_id: rev for rev in known}
    generation = next_generation(by_id[parent].generation for parent in parents)
    rev = _revision(stamp, change, tuple(sorted(parents)), generation)
    insert(conn, [to_row(rev, rev.rev_id(), act, False)])


def _revision(
    stamp: Stamp, change: Change, parents: tuple[bytes, ...], generation: int
) -> Revision:
    return Revision(
        walk=stamp.walk,
        record=change.record,
        kind=change.kind,
        schema=change.schema,
        generation=generation,
        parents=parents,
        author=stamp.author,
        device=stamp.device,
        number=None,
        made_at=stamp.made_at,
        zone=stamp.zone,
        scope="private",
        deleted=change.deleted,
        body=change.body,
    )


# Acts: what undo and redo work on.


def begin_act(conn: sqlite3.Connection, stamp: Stamp, stage: str, words: str) -> int:
    """Note down an act; close it with `end_act` in the same transaction."""
    return _new_act(conn, stamp, stage, words, "done")


def end_act(conn: sqlite3.Connection, stamp: Stamp, stage: str, act: int) -> int:
    """Keep an act that wrote something, else forget it and return 0.

    After one that is kept, what had been undone before can no longer be redone.
    """
    if not conn.execute("SELECT 1 FROM rev WHERE act = ? LIMIT 1", (act,)).fetchone():
        conn.execute("DELETE FROM act WHERE id = ?", (act,))
        return 0
    conn.execute(
        "UPDATE act SET status = 'lost' "
        "WHERE walk = ? AND author = ? AND stage = ? AND status = 'undone'",
        (stamp.walk, stamp.author, stage),
    )
    return act


def barrier(conn: sqlite3.Connection, stamp: Stamp, words: str, *, everyone: bool) -> int:
    """An act that undo does not cross, in any stage: sharing, erasing, purging.

    It holds for its own author, or for everyone who writes on this laptop.
    """
    own = replace(stamp, author=EVERYONE) if everyone else stamp
    return _new_act(conn, own, "", words, "barrier")


def _new_act(conn: sqlite3.Connection, stamp: Stamp, stage: str, words: str, status: str) -> int:
    cursor = conn.execute(
        "INSERT INTO act(walk, author, stage, words, at, status) VALUES (?,?,?,?,?,?)",
        (stamp.walk, stamp.author, stage, words, stamp.made_at, status),
    )
    return int(cursor.lastrowid or 0)


def undo(conn: sqlite3.Connection, stamp: Stamp, stage: str) -> str | None:
    """Take the newest act of a stage back; its words, or None when there is nothing to undo.

    Raises Refused, with nothing changed, when something newer stands on what the act wrote.
    """
    act = conn.execute(
        f"SELECT id, words FROM act WHERE {_OPEN} AND status = 'done' ORDER BY id DESC LIMIT 1",
        (stamp.walk, stamp.author, stage, stamp.walk, stamp.author, EVERYONE),
    ).fetchone()
    if act is None:
        return None
    _turn(conn, stamp, act[0], act[1], back=True)
    conn.execute("UPDATE act SET status = 'undone' WHERE id = ?", (act[0],))
    return str(act[1])


def redo(conn: sqlite3.Connection, stamp: Stamp, stage: str) -> str | None:
    """Do the act that was undone last again; its words, or None when there is none."""
    act = conn.execute(
        f"SELECT id, words FROM act WHERE {_OPEN} AND status = 'undone' ORDER BY id LIMIT 1",
        (stamp.walk, stamp.author, stage, stamp.walk, stamp.author, EVERYONE),
    ).fetchone()
    if act is None:
        return None
    _turn(conn, stamp, act[0], act[1], back=False)
    conn.execute("UPDATE act SET status = 'done' WHERE id = ?", (act[0],))
    return str(act[1])


@dataclass(frozen=True, slots=True)
class _State:
    """How a record was at one time."""

    deleted: bool
    body: str
    schema: int


@dataclass(frozen=True, slots=True)
class _Turn:
    """One record of an act, before and after it."""

    kind: str
    author: bytes
    before: _State
    after: _State


def _turn(conn: sqlite3.Connection, stamp: Stamp, act: int, words: str, *, back: bool) -> None:
    """Append, for each record of the act, its state before (back) or after it."""
    changes = []
    for record, turn in _turns(conn, act).items():
        expected, wanted = (turn.after, turn.before) if back else (turn.before, turn.after)
        if _changed_since(conn, record, expected):
            verb = "undone" if back else "done again"
            raise Refused(
                f"“{words}” cannot be {verb}: its {turn.kind.replace('_', ' ')} was changed or "
                "shared since.",
                "Change it by hand, or undo the newer change first.",
            )
        change = Change(record, turn.kind, wanted.schema, wanted.body, wanted.deleted)
        changes.append((replace(stamp, author=turn.author), change))
    # The revisions that an undo writes belong to no act that could itself be undone.
    step = _new_act(conn, stamp, "", words, "step")
    for own, change in changes:
        write(conn, own, [change], step)


def _changed_since(conn: sqlite3.Connection, record: bytes, expected: _State) -> bool:
    """True when a record is no longer as an act, or its undo, left it.

    Both write private revisions, so a team head was shared or collected later.
    """
    found = heads(rev for _, rev in placed(conn, record).values())
    return any(head.team or head.says != (expected.deleted, expected.body) for head in found)


def _turns(conn: sqlite3.Connection, act: int) -> dict[bytes, _Turn]:
    turns: dict[bytes, _Turn] = {}
    for record, kind, schema, author, parents, deleted, body in conn.execute(
        "SELECT record, kind, schema, author, parents, deleted, body FROM rev "
        "WHERE act = ? ORDER BY seq",
        (act,),
    ):
        after = _State(bool(deleted), body, schema)
        if record in turns:
            turns[record] = replace(turns[record], after=after)
        else:
            before = _shown_of(conn, record, split_ids(parents)) or _State(True, "", schema)
            turns[record] = _Turn(kind, author, before, after)
    return turns


def _shown_of(conn: sqlite3.Connection, record: bytes, rev_ids: Iterable[bytes]) -> _State | None:
    """What was displayed while these revisions were the heads that an act replaced."""
    known = placed(conn, record)
    present = [known[rev_id] for rev_id in rev_ids if rev_id in known]
    if not present:
        return None
    seq, best = max(present, key=lambda one: one[1].rank())
    schema = conn.execute("SELECT schema FROM rev WHERE seq = ?", (seq,)).fetchone()[0]
    return _State(best.deleted, best.body, schema)
