"""Purging: what erase and purge take out of one database, and how its file is left clean.

Everything here works on a bare connection, so that a backup is treated as the store itself is.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from walk.model import RECORDS, plain_words, trend_id
from walk.storage import search_index, tables
from walk.storage.merge import as_ranges
from walk.storage.names import marks, number, sliced
from walk.storage.traces import Traces

EVERY = "*"
"""Stands for every kind of record of a walk."""
KEPT = "kept:"
"""Begins the key of the setting that holds a purged walk's counts."""
_ERASED, _QUOTES = "'erased since'", "instr(words, '“') > 0"
"""What stands for the words of an act that quoted what went, and which acts quote, in SQL."""
_WHO = ("me:", "own:", KEPT)
"""Begin the keys of the settings that stay while the walk does."""


class Gone(NamedTuple):
    """What has to be gone: a note, or all of a walk but the kinds that stay."""

    walk: bytes
    note: bytes = b""
    stays: tuple[str, ...] = ()

    def entries(self, conn: sqlite3.Connection) -> tuple[str, tuple[Any, ...]]:
        """What holds for its rows of the journal, in SQL, and the values that belong there."""
        if self.note:
            return "record = ?", (number(conn, self.note),)
        return f"walk = ? AND kind NOT IN ({marks(self.stays)})", (
            number(conn, self.walk),
            *self.stays,
        )

    @property
    def drafts(self) -> tuple[str, bytes | str]:
        """The same for drafts."""
        if self.note:
            return "instr(place, ?) > 0", self.note.hex()
        return "walk = ?", self.walk


@contextmanager
def overwriting(conn: sqlite3.Connection) -> Iterator[None]:
    """What is deleted meanwhile is overwritten, and what has to be set aside stays in memory."""
    before = conn.execute("PRAGMA secure_delete").fetchone()[0]
    conn.execute("PRAGMA secure_delete=ON")
    conn.execute("PRAGMA temp_store=MEMORY")
    try:
        yield
    finally:
        conn.execute(f"PRAGMA secure_delete={before}")
        conn.execute("PRAGMA temp_store=DEFAULT")


# One note


def forget_note(conn: sqlite3.Connection, walk: bytes, note: bytes, traces: Traces) -> Counter[str]:
    """Take every wording of a note out, with what was typed for it; how many of what that were.

    Words that were cleared as no person's go too where they stood in this note alone. The ids
    never come in again.
    """
    gone: Counter[str] = Counter()
    records = [note, *_cleared_for(conn, walk, note)]
    for one in records:
        gone += _remove(conn, walk, "record = ?", (number(conn, one),), traces)
    tables.refresh(conn, [found for one in records if (found := number(conn, one)) > 0])
    conn.executemany(
        "INSERT INTO forgotten VALUES (?, ?, 'erase') ON CONFLICT DO NOTHING",
        [(one, walk) for one in records],
    )
    conn.execute("UPDATE pack SET held = 0 WHERE walk = ?", (walk,))  # a pack brings less now
    # Acts on other records may quote it too. None of them is undone any more, so none is named.
    conn.execute(
        f"UPDATE act SET words = {_ERASED} WHERE walk = ? AND {_QUOTES}",
        (walk,),
    )
    gone += _remove_drafts(conn, "instr(place, ?) > 0", note.hex(), traces)
    search_index.empty(conn)
    return gone


def forget_typed(conn: sqlite3.Connection, walk: bytes, traces: Traces) -> None:
    """In a copy: take out the drafts of what became the texts that went, as it was being typed."""
    rows = conn.execute("SELECT place, text FROM draft WHERE walk = ?", (walk,)).fetchall()
    for place, text in rows:
        if traces.is_of_them(text):
            _remove_drafts(conn, "place = ?", place, traces)


def _cleared_for(conn: sqlite3.Connection, walk: bytes, note: bytes) -> list[bytes]:
    """The records that clear words of which only this note has any."""
    cleared = {
        record: words
        for record, body in conn.execute(
            "SELECT record, body FROM revision WHERE walk = ? AND kind = 'no_person' "
            "AND body <> ''",
            (walk,),
        )
        if (words := str(_fields(body).get("words", "")))
    }
    own = [
        _said(row[0])
        for row in conn.execute("SELECT body FROM rev WHERE record = ?", (number(conn, note),))
    ]
    found = {record: words for record, words in cleared.items() if any(words in one for one in own)}
    if not found:
        return []
    for (body,) in conn.execute(
        "SELECT body FROM revision WHERE walk = ? AND record <> ? AND kind <> 'no_person'",
        (walk, note),
    ):
        said = _said(body)
        found = {record: words for record, words in found.items() if words not in said}
    return list(found)


def _said(body: str) -> str:
    """All that a body says, in the form in which cleared words are kept."""
    return plain_words(" \n ".join(one for one in _fields(body).values() if isinstance(one, str)))


def _fields(body: str) -> dict[str, object]:
    try:
        fields = json.loads(body or "{}")
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


# A walk


def forget_walk(
    conn: sqlite3.Connection,
    walk: bytes,
    stays: Collection[str],
    at: int,
    traces: Traces,
    blocks: str = "",
) -> Counter[str]:
    """Take a walk's records out, all but the kinds that stay; how many of what that were.

    Themes stay where they are stated as a trend. `blocks` is EVERY where nothing of the walk may
    come in again, else the kinds that go are kept out. `at` is the moment, in UTC milliseconds.
    """
    gone: Counter[str] = Counter()
    unstated = _unstated(conn, walk) if "theme" in stays else []
    kinds = {
        row[0]
        for row in conn.execute(
            "SELECT DISTINCT kind FROM rev WHERE walk = ?", (number(conn, walk),)
        )
    }
    own = number(conn, walk)
    for kind in sorted(kinds - set(stays)):
        gone += _remove(conn, walk, "walk = ? AND kind = ?", (own, kind), traces)
    for theme in unstated:
        gone += _remove(conn, walk, "record = ?", (number(conn, theme),), traces)
    conn.execute(
        "DELETE FROM state WHERE walk = ? AND record NOT IN (SELECT record FROM rev)",
        (number(conn, walk),),
    )
    conn.executemany(
        "INSERT INTO forgotten VALUES (?, ?, 'purge') ON CONFLICT DO NOTHING",
        [(one, walk) for one in unstated],
    )
    away = [EVERY] if blocks == EVERY else sorted((kinds | RECORDS.keys()) - set(stays))
    _keep_out(conn, walk, away, at)
    gone += _remove_drafts(conn, "walk = ?", walk, traces)
    _clear_settings(conn, walk, whole=not stays)
    _clear_local(conn, walk, whole=not stays)
    search_index.empty(conn)
    conn.execute(UNNAMED)
    return gone


UNNAMED = (
    "DELETE FROM name WHERE id > 0 AND id NOT IN ("
    "SELECT record FROM rev UNION SELECT walk FROM rev UNION SELECT author FROM rev "
    "UNION SELECT device FROM rev UNION SELECT record FROM state UNION SELECT walk FROM state "
    "UNION SELECT parent FROM state UNION SELECT look_for FROM state "
    "UNION SELECT visit FROM state UNION SELECT walk FROM pack_range "
    "UNION SELECT device FROM pack_range)"
)
"""Takes out the ids that nothing names any more."""


def _unstated(conn: sqlite3.Connection, walk: bytes) -> list[bytes]:
    """The themes of a walk that no trend states."""
    shown = "SELECT n.key FROM state AS s JOIN name AS n ON n.id = s.record WHERE s.walk = ?"
    own = (number(conn, walk),)
    stated = {
        row[0] for row in conn.execute(f"{shown} AND s.kind = 'trend' AND s.deleted = 0", own)
    }
    themes = [row[0] for row in conn.execute(f"{shown} AND s.kind = 'theme'", own)]
    return [one for one in themes if bytes.fromhex(trend_id(one.hex())) not in stated]


def _keep_out(conn: sqlite3.Connection, walk: bytes, kinds: list[str], at: int) -> None:
    row = conn.execute("SELECT kinds FROM purged WHERE walk = ?", (walk,)).fetchone()
    before = set(json.loads(row[0])) if row else set()
    both = [EVERY] if EVERY in before else sorted(before | set(kinds))
    conn.execute(
        "INSERT INTO purged VALUES (?,?,?) ON CONFLICT(walk) DO UPDATE SET "
        "kinds = excluded.kinds, at = excluded.at",
        (walk, json.dumps(both), at),
    )


def _clear_settings(conn: sqlite3.Connection, walk: bytes, *, whole: bool) -> None:
    """Forget the settings of the walk, and of the records that went."""
    if whole:  # what says where a person left off
        conn.execute(
            "DELETE FROM setting WHERE key IN ('walk', 'place') AND instr(value, ?) > 0",
            (walk.hex(),),
        )
    for (key,) in conn.execute("SELECT key FROM setting WHERE key LIKE '%:%'").fetchall():
        stays = key.startswith(_WHO) and not whole
        about = key.split(":")[1:]  # a walk, a record, or a walk and who writes in it
        if (walk.hex() in about and not stays) or _is_gone(conn, about[-1]):
            conn.execute("DELETE FROM setting WHERE key = ?", (key,))


def _is_gone(conn: sqlite3.Connection, about: str) -> bool:
    """True for the id of a record that was here and is no more."""
    try:
        found = number(conn, bytes.fromhex(about))
    except ValueError:
        return False
    if found <= 0:
        return False
    return not conn.execute(
        "SELECT 1 FROM rev WHERE record = ?1 OR walk = ?1 LIMIT 1", (found,)
    ).fetchone()


def _clear_local(conn: sqlite3.Connection, walk: bytes, *, whole: bool) -> None:
    """Leave nothing of what was done here that could be undone, or that says words."""
    # No import of it is under way any more. One that runs on beside this would bring notes in
    # again; and of a whole walk the numbers of its acts are given out anew, so what a person
    # writes next would be taken back in the place of what was cut off.
    conn.execute("DELETE FROM job WHERE walk = ? AND act > 0", (walk,))
    if whole:
        packs = "(SELECT id FROM pack WHERE walk = ?)"
        for table in ("pack_range", "pack_clone"):
            conn.execute(f"DELETE FROM {table} WHERE pack IN {packs}", (walk,))
        # The rows stay: a later pack must not bear the number of one that can be undone no more.
        conn.execute(
            "UPDATE pack SET file = '', walker = '', receipt = '{}', status = 'undone', held = 0 "
            "WHERE walk = ?",
            (walk,),
        )
        conn.execute("DELETE FROM act WHERE walk = ?", (walk,))
        conn.execute(
            "DELETE FROM receipt WHERE walk = ? AND kind NOT IN ('erase', 'purge')", (walk,)
        )
        return
    conn.execute("UPDATE pack SET held = 0 WHERE walk = ?", (walk,))  # they bring less now
    conn.execute(
        "UPDATE act SET words = '', status = CASE WHEN status IN ('done', 'undone') THEN 'lost' "
        "ELSE status END WHERE walk = ?",
        (walk,),
    )


def keep_counts(conn: sqlite3.Connection, walk: str, kept: dict[str, Any]) -> None:
    """Keep the counts of a purged walk; those that are kept already stay."""
    conn.execute(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT(key) DO NOTHING",
        (f"{KEPT}{walk}", json.dumps(kept)),
    )


# Either


def _remove(
    conn: sqlite3.Connection, walk: bytes, where: str, values: tuple[Any, ...], traces: Traces
) -> Counter[str]:
    """Take entries of the journal out; what acts quoted of them goes too."""
    gone: Counter[str] = Counter()
    went: dict[int, list[int]] = defaultdict(list)
    acts: set[int] = set()
    for kind, device, published, act, body in conn.execute(
        f"SELECT kind, device, number, act, body FROM rev WHERE {where}", values
    ):
        gone[kind] += 1
        traces.add(body)
        if published is not None:
            went[device].append(published)
        if act is not None:
            acts.add(act)
    conn.execute(
        f"DELETE FROM pack_clone WHERE rev_id IN (SELECT rev_id FROM rev WHERE {where})", values
    )
    conn.execute(f"DELETE FROM rev WHERE {where}", values)
    _note_numbers(conn, walk, went)
    for some in sliced(sorted(acts)):
        conn.execute(
            f"UPDATE act SET words = {_ERASED} WHERE id IN ({marks(some)}) AND {_QUOTES}",
            some,
        )
    return gone


def _note_numbers(conn: sqlite3.Connection, walk: bytes, went: dict[int, list[int]]) -> None:
    """Note published numbers as gone, so that nobody is told that they are missing."""
    for name, numbers in went.items():
        device = conn.execute("SELECT key FROM name WHERE id = ?", (name,)).fetchone()[0]
        known = conn.execute(
            "SELECT first, last FROM forgotten_number WHERE walk = ? AND device = ?",
            (walk, device),
        ).fetchall()
        conn.execute("DELETE FROM forgotten_number WHERE walk = ? AND device = ?", (walk, device))
        conn.executemany(
            "INSERT INTO forgotten_number VALUES (?,?,?,?)",
            [(walk, device, *run) for run in _joined([*known, *as_ranges(numbers)])],
        )


def _joined(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of numbers that may touch or overlap, as few as possible."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _remove_drafts(
    conn: sqlite3.Connection, where: str, value: bytes | str, traces: Traces
) -> Counter[str]:
    rows = conn.execute(f"SELECT text, extra FROM draft WHERE {where}", (value,)).fetchall()
    for text, extra in rows:
        traces.add(text)
        traces.add(extra)
    conn.execute(f"DELETE FROM draft WHERE {where}", (value,))
    return Counter({"draft": len(rows)} if rows else {})


# What is left in a file


def said_in(conn: sqlite3.Connection, gone: Gone) -> Iterable[str]:
    """Every text that a database still says, in whatever table, but for what had to go."""
    own, walk = gone.entries(conn)
    for (body,) in conn.execute(f"SELECT body FROM rev WHERE NOT ({own})", (*walk,)):
        yield body
    drafts, value = gone.drafts
    for row in conn.execute(f"SELECT text, extra FROM draft WHERE NOT ({drafts})", (value,)):
        yield from row
    for (words,) in conn.execute("SELECT words FROM act WHERE walk <> ?", (gone.walk,)):
        yield words
    listed = conn.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT IN ('rev', 'draft', 'act') AND name NOT LIKE 'search%'"
    ).fetchall()
    for (table,) in listed:
        for row in conn.execute(f'SELECT * FROM "{table}"'):
            yield from (value for value in row if isinstance(value, str))
