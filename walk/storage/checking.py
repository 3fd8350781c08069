"""Checking: every page of a store, and every entry of its journal against its hash."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from walk.model.ids import REVISION_BYTES
from walk.model.revision import envelope, utc_text
from walk.storage.database import damaged, told

_ENTRIES = (
    "SELECT rev_id, walk, n.key, record, kind, schema, generation, parents, author, device, "
    "number, made_at, zone, team, deleted, body FROM rev LEFT JOIN name AS n ON n.id = record"
)


class _Names(dict[int, str]):
    """The ids that many entries share, in hex; each is asked for once."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        super().__init__()
        self._conn = conn

    def __missing__(self, number: int) -> str:
        found = self._conn.execute("SELECT key FROM name WHERE id = ?", (number,)).fetchone()
        if found is None:
            raise KeyError(number)
        self[number] = found[0].hex()
        return self[number]


def wrong_in(conn: sqlite3.Connection) -> list[str]:
    """What is wrong with the file or its entries, in words; empty when all adds up."""
    wrong: list[str] = []
    try:
        pages = [row[0] for row in conn.execute("PRAGMA quick_check")]
        wrong += [f"page check: {words}" for words in pages if words != "ok"]
        wrong += _wrong_entries(conn)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        wrong.append(f"the journal cannot be read to its end: {error}")
    return wrong


def look_through(conn: sqlite3.Connection, path: Path) -> None:
    """DamagedStore where the pages of an open store do not add up. Takes a second for 500 MB."""
    with told(path):
        if conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise damaged(path)


def _wrong_entries(conn: sqlite3.Connection) -> list[str]:
    # The columns are named here and not in rows.from_row alone, as each backup waits for this: to
    # make every entry whole first would take twice as long.
    wrong = []
    name = _Names(conn)
    size = REVISION_BYTES
    for (
        rev_id, walk, key, record, kind, schema, generation, parents, author, device, number,
        made_at, zone, team, deleted, body,
    ) in conn.execute(_ENTRIES):  # fmt: skip
        try:
            head = envelope(
                name[walk],
                key.hex(),
                kind,
                schema,
                generation,
                " ".join([parents[at : at + size].hex() for at in range(0, len(parents), size)]),
                name[author],
                name[device],
                "" if number is None else number,
                utc_text(made_at),
                zone,
                "team" if team else "private",
                deleted=bool(deleted),
            )
            sound = hashlib.sha256(f"{head}\n{body}".encode()).digest() == rev_id
            sound = sound and "\n" not in kind  # which could be read as other fields
        except (KeyError, AttributeError, TypeError, ValueError, OverflowError):
            sound = False  # a damaged number may be no time at all, or no id that is there
        if not sound:
            what = f"{kind} {key.hex() if isinstance(key, bytes) else record}".replace("\n", " ")
            wrong.append(f"{what}: a revision does not match its hash")
    return wrong
