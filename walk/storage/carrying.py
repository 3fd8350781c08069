"""Carrying over: what must not be lost with a store when another content takes its place.

What was forgotten, receipts, cleaning that is under way, what is being typed, and settings that the
other content does not have. No hash tells whether these are as they were written, so of a damaged
store each row is held against what it can be.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from typing import Any

from walk.model.ids import RECORD_BYTES

Row = tuple[Any, ...]
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged store may raise."""


def carry_over(read: sqlite3.Connection, conn: sqlite3.Connection) -> None:
    """Take these over from one store into another, in the transaction under way.

    What cannot be read, or cannot be true, is left out.
    """
    for table, columns, may_be in _KEPT:
        names = ", ".join(columns)
        marks = ",".join("?" * len(columns))
        more = _LATER.get(table, "ON CONFLICT DO NOTHING")
        had = set(conn.execute(f"SELECT {names} FROM {table}"))
        for row in _all_of(read, table, names):
            with contextlib.suppress(sqlite3.IntegrityError):
                if row not in had and _fits(may_be, row):
                    conn.execute(f"INSERT INTO {table}({names}) VALUES ({marks}) {more}", row)


def _all_of(read: sqlite3.Connection, table: str, names: str) -> list[Row]:
    found: list[Row] = []
    with contextlib.suppress(*UNREADABLE):
        found.extend(read.execute(f"SELECT {names} FROM {table}"))
    return found


def _fits(may_be: Callable[..., bool], row: Row) -> bool:
    try:
        return may_be(*row)
    except (TypeError, ValueError, RecursionError):
        return False


def _id(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == RECORD_BYTES


def _id_or_none(value: Any) -> bool:
    return value == b"" or _id(value)


def _time(value: Any) -> bool:
    return isinstance(value, int) and 0 < value < 1 << 45


def _json(value: Any, kind: type) -> bool:
    return isinstance(json.loads(value), kind)


def _forgotten(record: Any, walk: Any, why: Any) -> bool:
    return _id(record) and _id(walk) and why in ("erase", "purge")


def _purged(walk: Any, kinds: Any, at: Any) -> bool:
    return _id(walk) and _json(kinds, list) and _time(at)


def _numbers(walk: Any, device: Any, first: Any, last: Any) -> bool:
    return _id(walk) and _id(device) and 0 < first <= last < 1 << 40


def _receipt(walk: Any, at: Any, kind: Any, words: Any) -> bool:
    return _id_or_none(walk) and _time(at) and isinstance(kind, str) and _json(words, dict)


def _job(kind: Any, walk: Any, about: Any, _act: Any) -> bool:
    return kind in ("erase", "purge") and _id(walk) and _json(about, dict)


def _draft(place: Any, walk: Any, author: Any, text: Any, extra: Any, saved_at: Any) -> bool:
    words = all(isinstance(one, str) for one in (place, text, extra))
    return words and _id_or_none(walk) and _id_or_none(author) and _time(saved_at)


def _setting(key: Any, value: Any) -> bool:
    return isinstance(key, str) and _json(value, object)


_LATER = {
    "draft": "ON CONFLICT(place) DO UPDATE SET walk = excluded.walk, author = excluded.author, "
    "text = excluded.text, extra = excluded.extra, saved_at = excluded.saved_at "
    "WHERE excluded.saved_at > saved_at",
    # A later purge of a walk keeps away all that an earlier one did, and more; which one is later
    # is told by that and not by the clock, which may have been set back.
    "purged": "ON CONFLICT(walk) DO UPDATE SET kinds = excluded.kinds, at = excluded.at "
    "WHERE kinds <> '[\"*\"]' AND (excluded.kinds = '[\"*\"]' "
    "OR length(excluded.kinds) > length(kinds))",
    "forgotten_number": "ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
}
"""Of which the row that says more counts, where both have one."""

_KEPT: tuple[tuple[str, tuple[str, ...], Callable[..., bool]], ...] = (
    ("forgotten", ("record", "walk", "why"), _forgotten),
    ("purged", ("walk", "kinds", "at"), _purged),
    ("forgotten_number", ("walk", "device", "first", "last"), _numbers),
    ("receipt", ("walk", "at", "kind", "words"), _receipt),
    ("job", ("kind", "walk", "about", "act"), _job),
    ("draft", ("place", "walk", "author", "text", "extra", "saved_at"), _draft),
    ("setting", ("key", "value"), _setting),
)
