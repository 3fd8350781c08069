"""Whether the entries of a checked pack can stand beside what is here."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from walk.model.revision import Revision, heads
from walk.storage.names import marks, number, sliced
from walk.storage.rows import placed

MOST_WORDINGS = 900
"""Wordings of one record in a conflict: settling names them all as its parents, and a line of a
pack names at most 1,000. People have one for each laptop."""

ANOTHER = "would make a record that is here into another one"
TOO_MANY = "tells one record in more ways than could be settled"


def misplaced(
    conn: sqlite3.Connection, walk: bytes, revisions: Sequence[tuple[bytes, Revision]]
) -> str:
    """Why a pack of that walk cannot come in, in words that follow its name; nothing where it can.

    A record is of one kind and one walk for ever; else a pack could turn a note into something
    else, or reach into a walk that it does not belong to.
    """
    if _another(conn, walk, {rev.record: rev.kind for _, rev in revisions}):
        return ANOTHER
    return TOO_MANY if _too_many(conn, revisions) else ""


def _another(conn: sqlite3.Connection, walk: bytes, kinds: Mapping[bytes, str]) -> bool:
    for some in sliced(kinds):
        rows = conn.execute(
            "SELECT n.key, s.kind, w.key FROM name n JOIN state s ON s.record = n.id "
            f"JOIN name w ON w.id = s.walk WHERE n.key IN ({marks(some)})",
            some,
        )
        if any(kinds[key] != kind or of_walk != walk for key, kind, of_walk in rows):
            return True
    return False


def _too_many(conn: sqlite3.Connection, revisions: Sequence[tuple[bytes, Revision]]) -> bool:
    replaced = {parent for _, rev in revisions for parent in rev.parents}
    left: dict[bytes, set[bytes]] = {}
    for rev_id, rev in revisions:
        if rev_id not in replaced:
            left.setdefault(rev.record, set()).add(rev_id)
    for record, wordings in left.items():
        if len(wordings) > 1:  # few records are told in two ways, so few are looked at
            here = heads(placed(conn, number(conn, record)), team_only=True)
            if len(wordings | {one.rev_id for one in here}) > MOST_WORDINGS:
                return True
    return False
