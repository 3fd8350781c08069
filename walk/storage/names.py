"""The small numbers that stand for ids inside the store, so that every index on them is small."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

SLICE = 500
"""Values asked for in one statement; every SQLite takes as many."""

Numbers = dict[bytes, int]
"""An id (16 bytes, or none at all) and the number that stands for it in this store alone."""


def sliced(values: Iterable[T]) -> Iterable[list[T]]:
    """The values in lists that one statement can ask for."""
    every = list(values)
    return (every[start : start + SLICE] for start in range(0, len(every), SLICE))


def marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))


def known(conn: sqlite3.Connection, keys: Iterable[bytes]) -> Numbers:
    """The numbers of those ids that have one."""
    found: Numbers = {}
    for some in sliced(keys):
        found.update(
            conn.execute(f"SELECT key, id FROM name WHERE key IN ({marks(some)})", some).fetchall()
        )
    return found


def numbers(conn: sqlite3.Connection, keys: Iterable[bytes]) -> Numbers:
    """The number of every id; one that has none yet gets the next. The write lock is held."""
    return numbered(conn, keys)[0]


def numbered(conn: sqlite3.Connection, keys: Iterable[bytes]) -> tuple[Numbers, list[bytes]]:
    """The same, with those ids that had none: no row of the store can name them yet."""
    wanted = list(dict.fromkeys(keys))
    found = known(conn, wanted)
    fresh = [key for key in wanted if key not in found] if len(found) < len(wanted) else []
    if fresh:
        first = conn.execute("INSERT INTO name(key) VALUES (?)", fresh[:1]).lastrowid or 0
        # The write lock is held, so the others follow it.
        rest = list(zip(range(first + 1, first + len(fresh)), fresh[1:], strict=True))
        if rest:
            conn.executemany("INSERT INTO name VALUES (?, ?)", rest)
        found.update(zip(fresh, range(first, first + len(fresh)), strict=True))
    return found, fresh


def give(conn: sqlite3.Connection, keys: Sequence[bytes]) -> range:
    """The next numbers to ids that have none, in rising order where the keys are.

    sqlite3.IntegrityError, with nothing given, where one has a number or is there twice.
    """
    first = next_number(conn)
    put(conn, enumerate(keys, start=first))
    return range(first, first + len(keys))


def put(conn: sqlite3.Connection, pairs: Iterable[tuple[int, bytes]]) -> None:
    """Let numbers that nobody has stand for ids that have none.

    sqlite3.IntegrityError, with nothing put in, where that is not so.
    """
    conn.execute("SAVEPOINT given")
    try:
        conn.executemany("INSERT INTO name VALUES (?, ?)", pairs)
    except sqlite3.IntegrityError:
        conn.execute("ROLLBACK TO given")
        raise
    finally:
        conn.execute("RELEASE given")


def next_number(conn: sqlite3.Connection) -> int:
    """The number that the next new id gets; none that is given already is as great."""
    return int(conn.execute("SELECT max(id) + 1 FROM name").fetchone()[0])


def number(conn: sqlite3.Connection, key: bytes) -> int:
    """The number of one id; -1, which nothing bears, where it has none."""
    row = conn.execute("SELECT id FROM name WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row else -1
