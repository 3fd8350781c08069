"""Reading the store: what is shown, what the team has, what is kept unread. Ids are hex here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from walk.model import NEVER_SHARED, RECORDS, Record, Revision
from walk.model.record import read_json
from walk.model.revision import heads, in_conflict
from walk.storage import merge, names, tables
from walk.storage.checking import wrong_in
from walk.storage.database import told
from walk.storage.misplaced import misplaced
from walk.storage.rows import COLUMNS, from_row, next_seq, placed

R = TypeVar("R", bound=Record)

_NUMBER = "(SELECT id FROM name WHERE key = ?)"
"""The number that stands for an id."""

_PARTS = ",".join(f"'{kind}'" for kind, noun in RECORDS.items() if noun.parent_fields)
"""The kinds that may belong to something."""


@dataclass(frozen=True, slots=True)
class Held(Generic[R]):
    """A record with what the journal knows of its shown revision."""

    record: R
    author: str
    """The walker whose words they are, or nothing."""
    at: int
    zone: int
    shared: bool
    """The team has this very wording."""
    conflict: bool
    """Two laptops say different things; both are kept."""
    here: bool
    """Written on this laptop."""


class Draft(NamedTuple):
    """Text that was being typed, as it last stood."""

    place: str
    """Where it was typed, such as "visit:<form id>" or "edit:<note id>"."""
    walk: str
    author: str
    text: str
    extra: str
    """What the screen needs to take up again, as JSON."""
    saved_at: int


class Reading:
    """What can be asked of an open store; nothing here writes."""

    def __init__(self, conn: sqlite3.Connection, path: Path, device: bytes) -> None:
        self._conn = conn
        self.path = path
        self.device = device.hex()

    # Records

    def get(self, noun: type[R], record: str) -> R | None:
        """The shown record of that id, or None (also when it is withdrawn or unreadable)."""
        held = self.held(noun, record)
        return held.record if held else None

    def held(self, noun: type[R], record: str) -> Held[R] | None:
        """Like `get`, with what the journal knows."""
        return next(self._select(noun, f"s.record = {_NUMBER}", (as_id(record),)), None)

    def all(
        self, noun: type[R], walk: str, *, parent: str = "", pool: bool = False
    ) -> list[Held[R]]:
        """Every shown record of a kind in a walk, oldest id first.

        With `parent`, those that belong to it. With `pool`, the published wording where there is
        one and this laptop's own elsewhere.
        """
        where, values = f"s.walk = {_NUMBER}", [bytes.fromhex(walk)]
        if parent:
            where += f" AND s.parent = {_NUMBER}"
            values.append(bytes.fromhex(parent))
        return list(self._select(noun, where, values, pool=pool))

    def every(self, noun: type[R], **fields: str) -> list[Held[R]]:
        """Every shown record of a kind in all walks, oldest id first.

        With fields, those that say this value in them; where a body is silent, its default counts.
        """
        where, values = "1", []
        for field, wanted in fields.items():
            where += (
                " AND CASE WHEN json_valid(r.body) "
                "THEN coalesce(json_extract(r.body, ?), ?) = ? ELSE 0 END"
            )
            values += [f"$.{field}", noun.default(field), wanted]
        return list(self._select(noun, where, values))

    def bodies(self, noun: type[R]) -> list[tuple[str, str, dict[str, Any]]]:
        """(walk id, record id, fields) of every shown record of a kind in all walks.

        For lists over all walks: no record is made, which is several times as quick as `every`. A
        field that is left out has its default; what somebody made unreadable is passed over.
        """
        with told(self.path):
            rows = self._conn.execute(
                "SELECT w.key, n.key, r.body FROM state s JOIN rev r ON r.seq = s.shown "
                "JOIN name n ON n.id = s.record JOIN name w ON w.id = s.walk "
                f"WHERE s.kind = '{noun.kind}' AND s.deleted = 0 AND s.unread = 0"
            ).fetchall()
        rows.sort(key=itemgetter(1))
        said = ((row[0].hex(), row[1].hex(), _fields(row[2])) for row in rows)
        return [(walk, record, fields) for walk, record, fields in said if fields is not None]

    def walks(self) -> list[str]:
        """The ids of all walks here, the one changed last first."""
        with told(self.path):
            return [
                row[0].hex()
                for row in self._conn.execute(
                    "SELECT w.key FROM state s JOIN rev r ON r.seq = s.shown "
                    "JOIN name w ON w.id = s.walk "
                    "WHERE s.kind = 'walk' AND s.deleted = 0 AND s.unread = 0 "
                    "ORDER BY r.made_at DESC, w.key"
                )
            ]

    def _select(
        self,
        noun: type[R],
        where: str,
        values: Sequence[Any],
        *,
        pool: bool = False,
        numbered: bool = False,
    ) -> Iterator[Held[R]]:
        seq = "coalesce(s.team, s.shown)" if pool else "s.shown"
        # Where the records are named by their numbers, the index by kind is not to be used.
        kind = "+s.kind" if numbered else "s.kind"
        sql = (
            f"SELECT n.key, w.key, r.body, a.key, r.made_at, r.zone, r.act, r.team, "
            f"s.conflict, t.deleted, t.body FROM state s JOIN rev r ON r.seq = {seq} "
            "JOIN name n ON n.id = s.record JOIN name w ON w.id = s.walk "
            "JOIN name a ON a.id = r.author LEFT JOIN rev t ON t.seq = s.team "
            f"WHERE {where} AND {kind} = '{noun.kind}' AND r.deleted = 0"
        )
        with told(self.path):
            rows = self._conn.execute(sql, values).fetchall()
        rows.sort(key=itemgetter(0))
        for row in rows:
            try:
                record = noun.from_body(row[0], row[1], row[2])
            except (ValueError, RecursionError):
                continue  # kept in the journal and named by `unread`
            yield Held(
                record=record,
                author=row[3].hex(),
                at=row[4],
                zone=row[5],
                shared=bool(row[7]) or (row[9] == 0 and row[10] == row[2]),
                conflict=bool(row[8]),
                here=row[6] is not None,
            )

    def heads(self, record: str) -> list[Held[Record]]:
        """Every wording of a record that nothing replaces, the displayed one first.

        What is withdrawn or cannot be read has no wording and is left out.
        """
        with told(self.path):
            number = names.number(self._conn, bytes.fromhex(record))
            found = heads(placed(self._conn, number))
            return [
                held
                for head in found
                if (held := self._wording(head.seq, conflict=in_conflict(found)))
            ]

    def _wording(self, seq: int, *, conflict: bool) -> Held[Record] | None:
        row = self._conn.execute(
            f"SELECT {COLUMNS}, act IS NOT NULL FROM revision WHERE seq = ?", (seq,)
        ).fetchone()
        rev = from_row(row)
        noun = RECORDS.get(rev.kind)
        if rev.deleted or noun is None:
            return None
        try:
            record = noun.from_body(rev.record, rev.walk, rev.body)
        except (ValueError, RecursionError):
            return None
        return Held(
            record=record,
            author=rev.author.hex(),
            at=rev.made_at,
            zone=rev.zone,
            shared=rev.scope == "team",
            conflict=conflict,
            here=bool(row[-1]),
        )

    def conflicts(self, walk: str) -> list[str]:
        """The records of a walk that two laptops tell differently."""
        with told(self.path):
            return [
                row[0].hex()
                for row in self._conn.execute(
                    "SELECT key FROM state JOIN name ON id = record "
                    f"WHERE walk = {_NUMBER} AND conflict = 1 ORDER BY key",
                    (bytes.fromhex(walk),),
                )
            ]

    def unread(self, walk: str) -> list[tuple[str, str]]:
        """(kind, record id) of what this version keeps but cannot read."""
        with told(self.path):
            return [
                (row[0], row[1].hex())
                for row in self._conn.execute(
                    "SELECT kind, key FROM state JOIN name ON id = record "
                    f"WHERE walk = {_NUMBER} AND unread = 1 ORDER BY key",
                    (bytes.fromhex(walk),),
                )
            ]

    def unshared(self, walk: str, kinds: Iterable[str] | None = None) -> list[str]:
        """The records of a walk with a wording that the team does not have yet."""
        # By kind and walk, as the index has them; of a kind unknown here nothing was written here.
        wanted = [one for one in (RECORDS if kinds is None else kinds) if one not in NEVER_SHARED]
        with told(self.path):
            rows = self._conn.execute(
                "SELECT key FROM state CROSS JOIN name ON id = record "
                f"WHERE kind IN ({names.marks(wanted)}) AND walk = {_NUMBER} AND unshared = 1",
                (*wanted, bytes.fromhex(walk)),
            ).fetchall()
        return sorted(row[0].hex() for row in rows)

    def note_counts(self, walk: str) -> list[tuple[str, str, bool, int]]:
        """The pool of a walk, counted: (look-for id or nothing, visit id, wondering, notes)."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT l.key, v.key, wondering, notes FROM (SELECT look_for, visit, wondering, "
                f"count(*) AS notes FROM state WHERE walk = {_NUMBER} AND wondering IS NOT NULL "
                "GROUP BY look_for, wondering, visit) "
                "JOIN name AS l ON l.id = look_for JOIN name AS v ON v.id = visit",
                (bytes.fromhex(walk),),
            ).fetchall()
        return [(row[0].hex(), row[1].hex(), bool(row[2]), row[3]) for row in rows]

    def children(self, parent: str) -> list[str]:
        """The ids of all records that belong to one, withdrawn ones included."""
        with told(self.path):
            return [
                row[0].hex()
                for row in self._conn.execute(
                    "SELECT n.key FROM name AS p JOIN state AS whole ON whole.record = p.id "
                    "JOIN state AS part ON part.walk = whole.walk AND part.parent = p.id "
                    f"AND part.kind IN ({_PARTS}) JOIN name AS n ON n.id = part.record "
                    "WHERE p.key = ? ORDER BY n.key",
                    (bytes.fromhex(parent),),
                )
            ]

    def made_here(self, record: str) -> bool:
        """True where this laptop wrote the record's first revision."""
        with told(self.path):
            return bool(
                self._conn.execute(
                    f"SELECT 1 FROM rev WHERE record = {_NUMBER} AND act IS NOT NULL "
                    "AND generation = 1",
                    (bytes.fromhex(record),),
                ).fetchone()
            )

    # Exchange

    def published(self, walk: str, kinds: Iterable[str] | None = None) -> Iterator[Revision]:
        """Every team revision of a walk that is here, in order of arrival."""
        wanted = None if kinds is None else set(kinds)
        with told(self.path):
            for row in self._conn.execute(
                f"SELECT {COLUMNS} FROM revision WHERE walk = ? AND team = 1 ORDER BY seq",
                (bytes.fromhex(walk),),
            ):
                # What stays on its laptop goes no further either where a stranger's walk gave it.
                if (wanted is None or row[3] in wanted) and row[3] not in NEVER_SHARED:
                    yield from_row(row)

    def packs(self, walk: str = "") -> list[tuple[int, str, str, int, str]]:
        """(number, file, walker, read at, receipt) of each pack that is in, newest first."""
        with told(self.path):
            return [
                (row[0], row[1], row[2], row[3], row[4])
                for row in self._conn.execute(
                    "SELECT id, file, walker, read_at, receipt FROM pack "
                    "WHERE status = 'finished' AND (? = '' OR walk = ?) ORDER BY id DESC",
                    (walk, bytes.fromhex(walk)),
                )
            ]

    def misplaced(self, walk: str, revisions: Sequence[tuple[bytes, Revision]]) -> str:
        """Why a pack of that walk cannot come in beside what is here, in words; else nothing."""
        with told(self.path):
            return misplaced(self._conn, bytes.fromhex(walk), revisions)

    def missing_numbers(self, walk: str) -> dict[str, list[tuple[int, int]]]:
        """For each device (hex), the runs of published numbers that are not here."""
        with told(self.path):
            gaps = merge.missing_numbers(self._conn, bytes.fromhex(walk))
        return {device.hex(): runs for device, runs in gaps.items()}

    # Drafts and settings: local to this laptop

    def drafts(self, walk: str = "") -> list[Draft]:
        """What was being typed, newest first; of one walk, or of all."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT place, walk, author, text, extra, saved_at FROM draft "
                "WHERE ? = '' OR walk = ? ORDER BY saved_at DESC, place",
                (walk, bytes.fromhex(walk)),
            ).fetchall()
        return [Draft(row[0], row[1].hex(), row[2].hex(), *row[3:]) for row in rows]

    def setting(self, key: str, default: Any = None) -> Any:
        """A person's local setting (any JSON value).

        One that is no JSON, or of another kind than `default`, is taken as not set: somebody else
        wrote it, and nothing that matters lies in a setting.
        """
        with told(self.path):
            row = self._conn.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        try:
            found = json.loads(row[0]) if row else default
        except (ValueError, RecursionError):
            return default
        return found if default is None or _is_like(found, default) else default

    # Looking after

    def data_version(self) -> int:
        """Changes when another connection has written; cheap enough to ask every second."""
        with told(self.path):
            return int(self._conn.execute("PRAGMA data_version").fetchone()[0])

    def as_of(self) -> tuple[int, int]:
        """The same as long as nothing was written, here or by another connection."""
        return self.data_version(), self._conn.total_changes

    def newest_entry(self) -> int:
        """The number of the journal's newest entry here; what is typed and not saved is none."""
        with told(self.path):
            return next_seq(self._conn) - 1

    def snapshot(self) -> list[tuple[Any, ...]]:
        """What the tables say, comparable between stores."""
        with told(self.path):
            return tables.snapshot(self._conn)

    def check(self) -> list[str]:
        """What is wrong with the file or its records, in words; empty when all adds up."""
        return wrong_in(self._conn)


def _is_like(found: Any, default: Any) -> bool:
    """Whether a value is of the kind of another one; JSON knows no tuples, and 1 is no yes."""
    if isinstance(default, list | tuple):
        return isinstance(found, list)
    return type(found) is type(default)


def as_id(named: str) -> bytes:
    """The bytes of a record's id; none for words that a stranger's body names as one."""
    try:
        return bytes.fromhex(named)
    except ValueError:
        return b""


def _fields(body: str) -> dict[str, Any] | None:
    try:
        fields = read_json(body)
    except (TypeError, ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None
