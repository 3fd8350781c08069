"""Counting: what a walk comes to, told by SQL, and a part of a pool that is very large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from walk.model import Note
from walk.storage import names
from walk.storage.classrooms import MODE, SHOWN, Classrooms, Reach, said
from walk.storage.database import told
from walk.storage.reading import Held, R, as_id

_NUMBER = "(SELECT id FROM name WHERE key = ?)"

_UNSHARED = "SELECT count(*) FROM state WHERE kind = 'note' AND walk = ? AND unshared = 1"
_ALL_NOTES = (
    "SELECT (SELECT count(*) FROM state WHERE walk = ?1 AND wondering IS NOT NULL) "
    "+ (SELECT count(*) FROM state WHERE walk = ?1 AND kind = 'note' AND unread = 1 "
    "AND (conflict = 1 OR unread = 1))"
)

_GRADE, _SUBJECT = said("grade_band", "NULL"), said("subject_band", "NULL")

_MIXED = "((record * 2654435761) >> 13)"
"""A number that comes from a record's own: every third of these is not of every third room."""

_DENSE = 8
"""A pool that is at least one in so many of a store's records is looked into by their numbers."""


def _mixed(number: int) -> int:
    return (number * 2_654_435_761) >> 13


_HIDDEN = (
    # A form is somebody's own where its record is here; imported notes have none. The forms stand
    # first, as they are few.
    "SELECT s.record FROM state f CROSS JOIN state s ON s.kind = 'note' AND s.walk = f.walk "
    "AND s.parent = f.record JOIN rev r ON r.seq = s.shown JOIN name a ON a.id = r.author "
    f"WHERE f.kind = 'form' AND f.walk = {_NUMBER} AND f.deleted = 0 "
    "AND s.wondering IS NOT NULL AND s.team IS NULL AND a.key NOT IN ({marks})"
)
"""The notes on forms of others than those named that they have not shared."""


class Tied(NamedTuple):
    """The notes of a look-for, or those of none; visits are classrooms."""

    look_for: str
    noticings: int
    wonderings: int
    visits: int


class Seen(NamedTuple):
    """The classrooms that somebody was in, by notes and forms."""

    visits: int
    modes: Counter[str]
    grade_bands: frozenset[str]
    subject_bands: frozenset[str]


class Counting(Classrooms):
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
        with told(self.path):
            found = {
                row[0]
                for row in self._conn.execute(
                    f"SELECT DISTINCT visit FROM state WHERE walk = {_NUMBER} "
                    f"AND wondering IS NOT NULL{shown}",
                    (bytes.fromhex(walk), *values),
                )
            }
            found |= self._numbers(forms)
            rows = self._conn.execute(
                f"SELECT s.record, {MODE}, {_GRADE}, {_SUBJECT} {SHOWN}", (self._number(walk),)
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

    def reach(
        self, walk: str, but: Iterable[str], forms: Iterable[str], placed: Iterable[str]
    ) -> Reach:
        """How far the notes that `tied` counts reach.

        `forms` and `placed` are the ids of classrooms with a form, and with a note in a theme.
        """
        with told(self.path):
            number = self._number(walk)
            written = self._noted_but(walk, number, but)
            entered = self._numbers(forms) & self._visits(number)
            return Reach(
                nobody=self._open_among(number, self._shown_visits(number) - written - entered),
                silent=len(entered - written),
                apart=len(written - self._numbers(placed)),
            )

    def _noted_but(self, walk: str, number: int, but: Iterable[str]) -> frozenset[int]:
        """The classrooms, by their numbers, with a note that `tied` counts."""
        shown, values = self._shown(walk, but)
        if not shown:
            return self._with_notes(number)
        rows = self._conn.execute(
            f"SELECT DISTINCT visit FROM state WHERE walk = ? AND wondering IS NOT NULL{shown}",
            (number, *values),
        )
        return frozenset(row[0] for row in rows)

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

    def unshared_notes(self, walk: str) -> int:
        """How many notes `unshared` has."""
        with told(self.path):
            number = self._number(walk)
            shared = self._conn.execute(
                "SELECT 1 FROM rev WHERE walk = ? AND number IS NOT NULL LIMIT 1", (number,)
            ).fetchone()
            # Where nothing was ever shared these are all notes, those that cannot be read too.
            row = self._conn.execute(_UNSHARED if shared else _ALL_NOTES, (number,)).fetchone()
        return int(row[0])

    # Pools too large to be read whole

    def pool_size(self, walk: str) -> int:
        """How many notes the pool of a walk has."""
        with told(self.path):
            row = self._conn.execute(
                f"SELECT count(*) FROM state WHERE walk = {_NUMBER} AND wondering IS NOT NULL",
                (bytes.fromhex(walk),),
            ).fetchone()
        return int(row[0])

    def some_of_pool(
        self, walk: str, most: int, size: int, *, wonderings: bool = False
    ) -> list[Held[Note]]:
        """At most about `most` notes of the pool of this size, spread over all of it.

        With `wonderings` those of them that are wonderings. Notes that come later change nothing
        about those that were given before, until the pool is larger by about `most`.
        """
        every = max(1, -(-size // most))
        kind = "wondering = 1" if wonderings else "wondering IS NOT NULL"
        found: list[int] = []
        with told(self.path):
            number = self._number(walk)
            last = self._conn.execute("SELECT coalesce(max(record), 0) FROM state").fetchone()[0]
            # One record of every so many is looked up, so long as most of them are of this pool.
            blocks = range(last // every + 1) if last <= _DENSE * size else range(0)
            for some in names.sliced(block * every + _mixed(block) % every for block in blocks):
                # The pluses keep the index of notes out of it: each record is looked up.
                asked = f"+walk = ? AND +{kind} AND record IN ({names.marks(some)})"
                found += self._records(asked, (number, *some))
            if not blocks:
                found += self._records(f"walk = ? AND {kind} AND {_MIXED} % ? = 0", (number, every))
        return self._numbered(Note, found, pool=True)

    def _records(self, where: str, values: Sequence[int]) -> list[int]:
        rows = self._conn.execute(f"SELECT record FROM state WHERE {where}", values)
        return [row[0] for row in rows]

    def these(self, noun: type[R], records: Iterable[str], *, pool: bool = False) -> list[Held[R]]:
        """The shown records with these ids, oldest id first; `pool` as in `all`."""
        with told(self.path):
            numbers = names.known(self._conn, map(as_id, records)).values()
        return self._numbered(noun, numbers, pool=pool)
