"""The journal: writing changes as revisions, publishing them, and noting down who did what."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from walk.errors import DamagedStore
from walk.model import NEVER_SHARED
from walk.model.revision import Revision, alike, heads, next_generation, unpublished
from walk.storage import names, tables
from walk.storage.database import RESTORE
from walk.storage.rows import (
    COLUMNS,
    Here,
    Row,
    from_row,
    here_of,
    ids_of,
    insert,
    placed_all,
    to_row,
)

EVERYONE = b"*"
"""Stands for every author where a barrier holds for all who write on this laptop."""


class Change(NamedTuple):
    """What one record is to become. `body` is empty when it is withdrawn."""

    record: bytes
    kind: str
    schema: int
    body: str
    deleted: bool = False
    over_all: bool = False
    """Settles a conflict: replaces every head, not only what is shown."""


class Stamp(NamedTuple):
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
    every = list(changes)
    if len({change.record for change in every}) < len(every):
        # One that changes twice stands the second time on what it was made the first time.
        return sum(write(conn, stamp, [change], act) for change in every)
    number, fresh = names.numbered(
        conn, [stamp.walk, stamp.author, stamp.device, *(change.record for change in every)]
    )
    old = {change.record for change in every}.difference(fresh)
    known = placed_all(conn, (number[record] for record in old))
    rows: list[Row] = []
    for change in every:
        found = heads(known.get(number[change.record], []))
        # A head that says something else stays one, so the conflict stays in view until a
        # person settles it.
        replaced = found if change.over_all else next(iter(alike(found)), [])
        wanted = (change.deleted, change.body)
        if {head.says for head in replaced} == {wanted} or (change.deleted and not found):
            continue
        parents = tuple(sorted(head.rev_id for head in replaced))
        generation = next_generation(head.generation for head in replaced)
        rev = revision(stamp, change, parents, generation)
        rows.append(to_row(rev, rev.rev_id(), number, act, False))
    written = [here_of(row, seq) for seq, row in enumerate(rows, start=insert(conn, rows))]
    tables.update(conn, {one.record: [*known.get(one.record, []), one] for one in written})
    return len(rows)


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
    act = begin_act(conn)
    wanted = list(records)
    number = names.known(conn, wanted)
    known = placed_all(conn, (number[record] for record in wanted if record in number))
    every = [replaced for revisions in known.values() for replaced in unpublished(revisions)]
    wordings = _that_may_travel(conn, every)
    if wordings:
        rows = _published(conn, stamp, wordings, act.number)
        for row, seq in zip(rows, count(insert(conn, rows)), strict=False):
            known[row[2]].append(here_of(row, seq))
        tables.update(
            conn, {replaced[0].record: known[replaced[0].record] for replaced in wordings}
        )
        _end_barrier(conn, stamp, words, act, everyone=everyone)
    return len(wordings)


def _that_may_travel(
    conn: sqlite3.Connection, wordings: Sequence[Sequence[Here]]
) -> list[Sequence[Here]]:
    """The wordings without those of kinds that stay on the laptop, whoever asks."""
    kinds: dict[int, str] = {}
    for some in names.sliced([replaced[0].seq for replaced in wordings]):
        sql = f"SELECT seq, kind FROM rev WHERE seq IN ({names.marks(some)})"
        kinds.update(conn.execute(sql, some))
    return [one for one in wordings if kinds.get(one[0].seq) not in NEVER_SHARED]


def _published(
    conn: sqlite3.Connection, stamp: Stamp, wordings: Sequence[Sequence[Here]], act: int
) -> list[Row]:
    """A team revision for each wording, in their order, over what it replaces."""
    private = _from_journal(conn, [replaced[0].seq for replaced in wordings])
    walks = Counter([rev.walk for rev in private])
    numbers = {walk: _next_numbers(conn, walk, stamp.device, many) for walk, many in walks.items()}
    team = [
        rev._replace(
            generation=next_generation(one.generation for one in replaced),
            parents=tuple(sorted(one.rev_id for one in replaced)),
            device=stamp.device,
            number=next(numbers[rev.walk]),
            made_at=stamp.made_at,
            zone=stamp.zone,
            scope="team",
        )
        for rev, replaced in zip(private, wordings, strict=True)
    ]
    number = names.numbers(conn, {key for rev in team for key in ids_of(rev)})
    return [to_row(rev, rev.rev_id(), number, act, False) for rev in team]


def _from_journal(conn: sqlite3.Connection, seqs: Sequence[int]) -> list[Revision]:
    found: dict[int, Revision] = {}
    for some in names.sliced(seqs):
        sql = f"SELECT {COLUMNS}, seq FROM revision WHERE seq IN ({names.marks(some)})"
        found.update((row[-1], from_row(row)) for row in conn.execute(sql, some))
    try:
        return [found[seq] for seq in seqs]
    except KeyError:
        raise DamagedStore("The store is damaged: entries of it are missing.", RESTORE) from None


def _next_numbers(conn: sqlite3.Connection, walk: bytes, device: bytes, many: int) -> Iterator[int]:
    """The next published numbers of a device in a walk; without gaps."""
    row = conn.execute(
        "INSERT INTO published(walk, device, last) VALUES (?, ?, ?) "
        "ON CONFLICT(walk, device) DO UPDATE SET last = last + excluded.last RETURNING last",
        (walk, device, many),
    ).fetchone()
    return iter(range(row[0] - many + 1, row[0] + 1))


def revision(stamp: Stamp, change: Change, parents: tuple[bytes, ...], generation: int) -> Revision:
    """A private revision of this laptop that says what `change` says."""
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


class Act(NamedTuple):
    """An act under way: its number, and the seq of the first revision that it may write."""

    number: int
    first: int


def begin_act(conn: sqlite3.Connection) -> Act:
    """The number of the next act; `end_act` notes it down, in the same transaction."""
    row = conn.execute(
        "SELECT coalesce((SELECT max(id) FROM act), 0) + 1, "
        "coalesce((SELECT max(seq) FROM rev), 0) + 1"
    ).fetchone()
    return Act(*row)


def end_act(
    conn: sqlite3.Connection, stamp: Stamp, stage: str, words: str, act: Act, wrote: int
) -> bool:
    """Note down an act that wrote something; False, with nothing noted, where it did not.

    After one that is kept, what had been undone before can no longer be redone. An act of several
    chunks ends with each of them.
    """
    if not wrote:
        return False
    note_act(conn, stamp, stage, words, "done", act)
    conn.execute(
        "UPDATE act SET status = 'lost' "
        "WHERE walk = ? AND author = ? AND stage = ? AND status = 'undone'",
        (stamp.walk, stamp.author, stage),
    )
    return True


def barrier(conn: sqlite3.Connection, stamp: Stamp, words: str, *, everyone: bool) -> int:
    """An act that undo does not cross, in any stage: sharing, erasing, purging; its number.

    It holds for its own author, or for everyone who writes on this laptop.
    """
    act = begin_act(conn)
    _end_barrier(conn, stamp, words, act, everyone=everyone)
    return act.number


def _end_barrier(
    conn: sqlite3.Connection, stamp: Stamp, words: str, act: Act, *, everyone: bool
) -> None:
    own = stamp._replace(author=EVERYONE) if everyone else stamp
    note_act(conn, own, "", words, "barrier", act)


def note_act(
    conn: sqlite3.Connection, stamp: Stamp, stage: str, words: str, status: str, act: Act
) -> None:
    """Write down an act, or how far it has come; every revision of it is there already."""
    conn.execute(
        "INSERT INTO act(id, walk, author, stage, words, at, status, first, last) "
        "VALUES (?,?,?,?,?,?,?,?,(SELECT max(seq) FROM rev)) "
        "ON CONFLICT(id) DO UPDATE SET last = excluded.last",
        (
            act.number,
            stamp.walk,
            stamp.author,
            stage,
            words,
            stamp.made_at,
            status,
            act.first,
        ),
    )
