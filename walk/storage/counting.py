"""Counting: what a walk comes to, told by SQL, and a part of a pool that is very large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from walk.model import Note
from walk.storage import names
from walk.storage.database import told
from walk.storage.reading import Held, R, Reading, as_id

_NUMBER = "(SELECT id FROM name WHERE key = ?)"

_MIXED = "((record * 2654435761) >> 13)"
"""A number that comes from a record's own: every third of these is not of every third room."""

_HIDDEN = (
    # A form is somebody's own where its record is here; imported notes have none. The forms stand
    # first, as they are few.
    "SELECT s.record FROM state f CROSS JOIN state s ON s.kind = 'note' AND s.walk = f.walk "
    "AND s.parent = f.record JOIN rev r ON r.seq = s.shown JOIN name a ON a.id = r.author "
    f"WHERE f.kind = 'form' AND f.walk = {_NUMBER} AND f.deleted = 0 "
    "AND s.wondering IS NOT NULL AND s.team IS NULL AND a.key NOT IN ({marks})"
)
"""The notes on forms of others than those named that they have not shared."""


@dataclass(frozen=True, slots=True)
class Tied:
    """The notes of a look-for, or those of none; visits are classrooms."""

    look_for: str
    noticings: int
    wonderings: int
    visits: int


@dataclass(frozen=True, slots=True)
class Seen:
    """The classrooms that somebody was in, by notes and forms."""

    visits: int
    modes: Counter[str]
    grade_bands: frozenset[str]
    subject_bands: frozenset[str]


class Counting(Reading):
    """Asked of an open store; nothing here writes."""

    def tied(self, walk: str, but: Iterable[str]) -> list[Tied]:
        """The pool of a walk by look-for, without what others than `but` have not shared."""
        shown, values = self._shown(walk, but)
        with told(self.path):
            rows = self._conn.execute(
                "SELECT l.key, noticings, wonderings, visits FROM (SELECT look_for, "
                "count(*) - sum(wondering) AS noticings, sum(wondering) AS wonderings, "
                f"count(DISTINCT visit) AS visits FROM state WHERE walk = {_NUMBER} "
                f"AND wondering IS NOT NULL{shown} GROUP BY look_for) "
                "JOIN name AS l ON l.id = look_for",
                (bytes.fromhex(walk), *values),
            ).fetchall()
        return [Tied(row[0].hex(), *row[1:]) for row in rows]

    def seen(self, walk: str, but: Iterable[str], forms: Iterable[str]) -> Seen:
        """The classrooms of the notes that `tied` counts, and those of the forms named (visits)."""
        shown, values = self._shown(walk, but)
        here = bytes.fromhex(walk)
        with told(self.path):
            found = {
                row[0]
                for row in self._conn.execute(
                    f"SELECT DISTINCT visit FROM state WHERE walk = {_NUMBER} "
                    f"AND wondering IS NOT NULL{shown}",
                    (here, *values),
                )
            }
            found.update(names.known(self._conn, map(as_id, forms)).values())
            rows = self._conn.execute(
                "SELECT s.record, coalesce(json_extract(r.body, '$.mode'), 'in_person'), "
                "json_extract(r.body, '$.grade_band'), json_extract(r.body, '$.subject_band') "
                "FROM state s JOIN rev r ON r.seq = s.shown "
                f"WHERE s.kind = 'visit' AND s.walk = {_NUMBER} AND s.deleted = 0 AND s.unread = 0",
                (here,),
            ).fetchall()
        inside = [row for row in rows if row[0] in found]
        return Seen(
            visits=len(found),
            modes=Counter(row[1] for row in inside),
            grade_bands=frozenset(row[2] for row in inside if row[2]),
            subject_bands=frozenset(row[3] for row in inside if row[3]),
        )

    def noted(self, walk: str, but: Iterable[str] | None = None) -> set[str]:
        """The ids of the classrooms with a note in the pool; with `but`, one that `tied` counts."""
        shown, values = ("", ()) if but is None else self._shown(walk, but)
        with told(self.path):
            rows = self._conn.execute(
                "SELECT key FROM (SELECT DISTINCT visit FROM state "
                f"WHERE walk = {_NUMBER} AND wondering IS NOT NULL{shown}) "
                "JOIN name ON id = visit",
                (bytes.fromhex(walk), *values),
            ).fetchall()
        return {row[0].hex() for row in rows}

    def open_visits(self, walk: str) -> set[str]:
        """The ids of the classrooms of a walk that were not withdrawn."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT n.key FROM state s JOIN rev r ON r.seq = s.shown "
                "JOIN name n ON n.id = s.record WHERE s.kind = 'visit' "
                f"AND s.walk = {_NUMBER} AND s.deleted = 0 AND s.unread = 0 "
                "AND NOT coalesce(json_extract(r.body, '$.withdrawn'), 0)",
                (bytes.fromhex(walk),),
            ).fetchall()
        return {row[0].hex() for row in rows}

    def private_counts(self, walk: str, but: Iterable[str]) -> list[tuple[str, str, bool, int]]:
        """Of `note_counts`: the notes on forms of others than `but` that they have not shared."""
        hidden, own = self._hidden(but)
        with told(self.path):
            rows = self._conn.execute(
                "SELECT l.key, v.key, s.wondering, count(*) FROM state s "
                "JOIN name l ON l.id = s.look_for JOIN name v ON v.id = s.visit "
                f"WHERE s.record IN ({hidden}) GROUP BY s.look_for, s.wondering, s.visit",
                (bytes.fromhex(walk), *own),
            ).fetchall()
        return [(row[0].hex(), row[1].hex(), bool(row[2]), row[3]) for row in rows]

    def _hidden(self, but: Iterable[str]) -> tuple[str, Sequence[bytes]]:
        own = [b"", *(bytes.fromhex(one) for one in but)]
        return _HIDDEN.format(marks=names.marks(own)), own

    def _shown(self, walk: str, but: Iterable[str]) -> tuple[str, Sequence[bytes]]:
        """What holds for the notes that are not hidden, in SQL behind others, with its values.

        Nothing where none is hidden, which is the rule: each note would be looked up.
        """
        hidden, own = self._hidden(but)
        values = (bytes.fromhex(walk), *own)
        with told(self.path):
            if not self._conn.execute(f"SELECT EXISTS ({hidden})", values).fetchone()[0]:
                return "", ()
        return f" AND record NOT IN ({hidden})", values

    # Pools too large to be read whole

    def pool_size(self, walk: str) -> int:
        """How many notes the pool of a walk has."""
        with told(self.path):
            row = self._conn.execute(
                f"SELECT count(*) FROM state WHERE walk = {_NUMBER} AND wondering IS NOT NULL",
                (bytes.fromhex(walk),),
            ).fetchone()
        return int(row[0])

    def some_of_pool(self, walk: str, most: int) -> list[Held[Note]]:
        """At most about `most` notes of the pool, spread over all of it."""
        every = max(1, -(-self.pool_size(walk) // most))
        with told(self.path):
            rows = self._conn.execute(
                f"SELECT record FROM state WHERE walk = {_NUMBER} AND wondering IS NOT NULL "
                f"AND {_MIXED} % ? = 0",
                (bytes.fromhex(walk), every),
            ).fetchall()
        return self._numbered(Note, (row[0] for row in rows), pool=True)

    def these(self, noun: type[R], records: Iterable[str], *, pool: bool = False) -> list[Held[R]]:
        """The shown records with these ids, oldest id first; `pool` as in `all`."""
        with told(self.path):
            numbers = names.known(self._conn, map(as_id, records)).values()
        return self._numbered(noun, numbers, pool=pool)

    def _numbered(self, noun: type[R], numbers: Iterable[int], *, pool: bool) -> list[Held[R]]:
        found: list[Held[R]] = []
        for some in names.sliced(numbers):
            where = f"s.record IN ({names.marks(some)})"
            found += self._select(noun, where, some, pool=pool, numbered=True)
        return sorted(found, key=lambda one: one.record.id)
