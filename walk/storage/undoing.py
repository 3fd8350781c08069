"""Undo and redo: each appends, for every record of a person's act, how it was before or after."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from walk.errors import Refused
from walk.model.revision import heads, next_generation
from walk.storage import journal, names, tables
from walk.storage.journal import EVERYONE, Change, Stamp
from walk.storage.rows import Here, insert, placed, split_ids, to_row

_OPEN = (
    "walk = ? AND author = ? AND stage = ? AND id > (SELECT coalesce(max(id), 0) FROM act "
    "WHERE walk = ? AND author IN (?, ?) AND status = 'barrier')"
)
"""The acts of a person in a stage that no barrier closes off."""


def undo(conn: sqlite3.Connection, stamp: Stamp, stage: str) -> str | None:
    """Take the newest act of a stage back; its words, or None when there is nothing to undo.

    Raises Refused, with nothing changed, when something newer stands on what the act wrote.
    """
    act = newest(conn, stamp, stage)
    if act is None:
        return None
    _turn(conn, stamp, act[0], act[1], back=True)
    conn.execute("UPDATE act SET status = 'undone' WHERE id = ?", (act[0],))
    return str(act[1])


def newest(conn: sqlite3.Connection, stamp: Stamp, stage: str) -> tuple[int, str] | None:
    """The newest act of a stage that an undo would take back: its number and its words."""
    row: tuple[int, str] | None = conn.execute(
        f"SELECT id, words FROM act WHERE {_OPEN} AND status = 'done' ORDER BY id DESC LIMIT 1",
        (stamp.walk, stamp.author, stage, stamp.walk, stamp.author, EVERYONE),
    ).fetchone()
    return row


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


class _State(NamedTuple):
    """One wording of a record at one time."""

    deleted: bool
    body: str
    schema: int
    author: bytes

    @property
    def says(self) -> tuple[bool, str]:
        """Whether the record is withdrawn, and else its wording."""
        return (self.deleted, self.body)


_States = tuple[_State, ...]
"""The wordings of a record, the displayed one first: several where they were in conflict."""


class _Turn(NamedTuple):
    """One record of an act, before and after it."""

    kind: str
    before: _States
    after: _States


def _turn(conn: sqlite3.Connection, stamp: Stamp, act: int, words: str, *, back: bool) -> None:
    """Append, for each record of the act, its state before (back) or after it."""
    wanted: list[tuple[bytes, str, _States]] = []
    for record, turn in _turns(conn, act).items():
        expected, then = (turn.after, turn.before) if back else (turn.before, turn.after)
        if _changed_since(conn, record, expected):
            verb = "undone" if back else "done again"
            raise Refused(
                f"“{words}” cannot be {verb}: its {turn.kind.replace('_', ' ')} was changed or "
                "shared since.",
                "Change it by hand, or undo the newer change first.",
            )
        wanted.append((record, turn.kind, then))
    # The revisions that an undo writes belong to no act that could itself be undone.
    step = journal.begin_act(conn)
    for record, kind, states in wanted:
        _bring(conn, stamp, record, kind, states, step.number)
    journal.note_act(conn, stamp, "", words, "step", step)


def _bring(
    conn: sqlite3.Connection, stamp: Stamp, record: bytes, kind: str, states: _States, act: int
) -> None:
    """Make a record say this again; several wordings, where a settled conflict comes back."""
    changes = [(stamp._replace(author=one.author), _change(record, kind, one)) for one in states]
    if len(changes) == 1:
        journal.write(conn, changes[0][0], [changes[0][1]], act)
        return
    number = names.number(conn, record)
    found = heads(placed(conn, number))
    parents = tuple(sorted(head.rev_id for head in found))
    generation = next_generation(head.generation for head in found)
    # The one that was displayed comes last and ranks first, so that it is displayed again.
    for own, change in reversed(changes):
        rev = journal.revision(own, change, parents, generation)
        numbers = names.numbers(conn, [rev.walk, rev.record, rev.author, rev.device])
        insert(conn, [to_row(rev, rev.rev_id(), numbers, act, False)])
        generation = next_generation([generation])
    tables.refresh(conn, [number])


def _change(record: bytes, kind: str, state: _State) -> Change:
    return Change(record, kind, state.schema, state.body, state.deleted, over_all=True)


def _changed_since(conn: sqlite3.Connection, record: bytes, expected: _States) -> bool:
    """True when a record is no longer as an act, or its undo, left it.

    Both write private revisions, so a team head was shared or collected later.
    """
    found = heads(placed(conn, names.number(conn, record)))
    wanted = {state.says for state in expected}
    return {head.says for head in found} != wanted or any(head.team for head in found)


def _turns(conn: sqlite3.Connection, act: int) -> dict[bytes, _Turn]:
    turns: dict[bytes, _Turn] = {}
    for record, kind, schema, author, parents, deleted, body in conn.execute(
        "SELECT record, kind, schema, author, parents, deleted, body FROM revision WHERE seq "
        "BETWEEN (SELECT first FROM act WHERE id = ?1) AND (SELECT last FROM act WHERE id = ?1) "
        "AND act = ?1 ORDER BY seq",
        (act,),
    ):
        after = (_State(bool(deleted), body, schema, author),)
        if record in turns:
            turns[record] = turns[record]._replace(after=after)
        else:
            before = _said_by(conn, record, split_ids(parents))
            nothing = (_State(True, "", schema, author),)
            turns[record] = _Turn(kind, before or nothing, after)
    return turns


def _said_by(conn: sqlite3.Connection, record: bytes, rev_ids: Sequence[bytes]) -> _States:
    """What the revisions said that an act replaced, each wording once, the displayed one first."""
    known = placed(conn, names.number(conn, record)) if rev_ids else []
    present = sorted((rev for rev in known if rev.rev_id in rev_ids), key=Here.rank, reverse=True)
    found: dict[tuple[bool, str], _State] = {}
    for rev in present:
        author = conn.execute("SELECT author FROM revision WHERE seq = ?", (rev.seq,)).fetchone()
        state = _State(rev.deleted, rev.body, rev.schema, author[0])
        found.setdefault(state.says, state)
    return tuple(found.values())
