"""The search index: words of the journal, put in by and by, in the order in which they came in.

A full-text table without the texts, whose row numbers are the journal's, and a mark up to which the
journal is in it. Nothing is ever taken out of it singly: whoever removes entries of the journal
empties it in the same transaction, and it fills again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from walk.model.record import read_json
from walk.storage.folding import Needle, fold

SAID: dict[str, tuple[str, ...]] = {
    "note": ("text",),
    "trend": ("statement", "lens_remarks", "to_know"),
    "step": ("what", "support", "evidence", "test_change", "prediction", "learned", "studied"),
}
"""The kinds of record that are searched, and which of their words. Owners are not: nobody looks up
what a person has to do."""
KINDS = ", ".join(f"'{kind}'" for kind in SAID)


_WORDS_MOST = 32
"""Words that a beginning is spelled out to. One of more words is left to the index as it is, which
then gathers all that it has of them before it gives the first."""


class Mark(NamedTuple):
    """How far the index goes."""

    upto: int
    """The seq of the last entry of the journal that was looked at."""
    turn: bytes
    """Another one after each emptying."""


def mark(conn: sqlite3.Connection) -> Mark:
    """How far the index goes now."""
    row = conn.execute("SELECT upto, turn FROM searched").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("the search index says not how far it goes")
    return Mark(*row)


def empty(conn: sqlite3.Connection) -> None:
    """Leave no word in the index; it fills again when somebody searches."""
    try:
        conn.execute("INSERT INTO search(search) VALUES ('delete-all')")
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        # A damaged index has nothing to lose, and stands in nobody's way. Even to be dropped it has
        # to say which format it is in.
        conn.execute("REPLACE INTO search_config(k, v) VALUES ('version', 4)")
        made = conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'search'").fetchone()[0]
        conn.execute("DROP TABLE search")
        conn.execute(made)
    conn.execute("DELETE FROM searched_word")
    conn.execute("DELETE FROM searched")
    conn.execute("INSERT INTO searched VALUES (0, randomblob(8))")


def wrong_in(conn: sqlite3.Connection) -> str:
    """What is wrong with the index, in words; nothing where it adds up."""
    newest = conn.execute("SELECT coalesce(max(seq), 0) FROM rev").fetchone()[0]
    try:
        upto = mark(conn).upto
        conn.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError:
        return "the search index cannot be read"
    return "the search index is of another journal" if upto > newest else ""


def worded(
    conn: sqlite3.Connection, after: int, many: int
) -> tuple[list[tuple[int, str]], int | None]:
    """The entries behind `after` that say words: (seq, folded words), and the last one looked at.

    At most `many` entries of the journal are looked at; None where there is none.
    """
    rows = conn.execute(
        f"SELECT seq, CASE WHEN kind IN ({KINDS}) THEN kind ELSE '' END, "
        f"CASE WHEN kind IN ({KINDS}) THEN body ELSE '' END FROM rev WHERE seq > ? "
        "ORDER BY seq LIMIT ?",
        (after, many),
    ).fetchall()
    found = [(seq, fold(said(kind, body))) for seq, kind, body in rows if body]
    return [one for one in found if one[1]], rows[-1][0] if rows else None


def add(conn: sqlite3.Connection, rows: Sequence[tuple[int, str]], upto: int) -> None:
    """Put entries in; the write lock is held, and the mark is where they begin."""
    conn.executemany("INSERT INTO search(rowid, words) VALUES (?, ?)", rows)
    words = sorted({word for _, folded in rows for word in folded.split()})
    conn.executemany(
        "INSERT INTO searched_word VALUES (?) ON CONFLICT DO NOTHING", [(word,) for word in words]
    )
    conn.execute("UPDATE searched SET upto = ?", (upto,))


def said(kind: str, body: str) -> str:
    """All that an entry says of what is searched, a line each; nothing for what cannot be read."""
    try:
        fields = read_json(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(fields, dict):
        return ""
    words = (fields.get(field) for field in SAID[kind])
    return "\n".join(one for one in words if isinstance(one, str) and one)


class Question(NamedTuple):
    """What the index is asked."""

    match: str
    """Nothing where it has no such word at all."""
    gathers: bool
    """It would gather much before it gives the first."""
    left: tuple[Needle, ...] = ()
    """What it is not asked for and has to be looked for in what it gives."""


def question(conn: sqlite3.Connection, wanted: Sequence[Needle]) -> Question:
    """The needles as the index is asked for them. They hold letters and digits alone, so nothing
    that a person typed is read as an operator.

    The beginning of a word is spelled out to the words that there are. One that could be very many
    is left out beside others.
    """
    spelled = [_spelled(conn, one) for one in wanted]
    if any(one == [] for one in spelled):
        return Question("", gathers=False)
    few = [" OR ".join(f'"{words}"' for words in one) for one in spelled if one is not None]
    common = tuple(one for one, words in zip(wanted, spelled, strict=True) if words is None)
    many = [f'"{" ".join(one.words)}" *' for one in common]
    match = " AND ".join(f"({one})" for one in few or many)
    return Question(match, gathers=bool(common), left=common if few else ())


def _spelled(conn: sqlite3.Connection, needle: Needle) -> list[str] | None:
    """The words that a needle means, each with those before it; None where they are many."""
    if not needle.begins:
        return [" ".join(needle.words)]
    last = needle.words[-1]
    rows = conn.execute(
        "SELECT word FROM searched_word WHERE word >= ? AND word < ? LIMIT ?",
        (last, last + chr(0x10FFFF), _WORDS_MOST + 1),
    ).fetchall()
    if len(rows) > _WORDS_MOST:
        return None
    return [" ".join((*needle.words[:-1], row[0])) for row in rows]
