"""Classrooms: very many visits of a walk, counted and listed in part without reading each whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from walk.model import Visit
from walk.storage import names
from walk.storage.database import told
from walk.storage.reading import Held, R, Reading, as_id

SHOWN = (
    "FROM state s JOIN rev r ON r.seq = s.shown "
    "WHERE s.kind = 'visit' AND s.walk = ? AND s.deleted = 0 AND s.unread = 0"
)
"""The visits of a walk that are shown, withdrawn ones too."""


def said(name: str, default: str) -> str:
    """What a body says in a field, in SQL; it is understood only where the field may stand in it.

    The name of a field could be spelled with escapes, so that a backslash is a reason to look too.
    """
    return (
        f"CASE WHEN instr(r.body, '\"{name}\"') OR instr(r.body, char(92)) "
        f"THEN coalesce(json_extract(r.body, '$.{name}'), {default}) ELSE {default} END"
    )


_WITHDRAWN = said("withdrawn", "0")
MODE = said("mode", "'in_person'")
_PLACE = "CAST(coalesce(json_extract(r.body, '$.place'), 0) AS INTEGER)"
_IN_ORDER = f"ORDER BY {_PLACE}, json_extract(r.body, '$.code')"
"""As `prepare.visits` has them."""

_PROBED = 8
"""Where at most one in so many visits is left, each is looked up; else all notes are gone through.
"""


class Rooms(NamedTuple):
    """The visits of a walk, counted."""

    every: int
    withdrawn: int
    open_modes: Counter[str]
    """How many of those that are not withdrawn are seen in each mode."""

    @property
    def open(self) -> int:
        """Those that are not withdrawn."""
        return self.every - self.withdrawn


class Stood(NamedTuple):
    """How the visits but some stand."""

    every: int
    open: int
    """Those that are not withdrawn."""
    been: int
    """Those of the open ones in which somebody was: a note or a form says so."""
    unseen: str
    """The first open one, in the order of the plan, in which nobody was, where that was asked."""


class Reach(NamedTuple):
    """How far the notes of a walk reach; counts of classrooms."""

    nobody: int
    """Open, and neither a note nor a form is here from there."""
    silent: int
    """A form and no note."""
    apart: int
    """None of its notes stands in a theme."""


class Classrooms(Reading):
    """Asked of an open store; nothing here writes."""

    _kept_at: tuple[int, ...] = ()
    _kept: Mapping[str, frozenset[int]] = {}
    """What was read of a walk last, while nothing was written since."""

    def rooms(self, walk: str) -> Rooms:
        """How many visits a walk has, how many are withdrawn, and the modes of the others."""
        with told(self.path):
            rows = self._conn.execute(
                f"SELECT {_WITHDRAWN}, {MODE}, count(*) {SHOWN} GROUP BY 1, 2",
                (self._number(walk),),
            ).fetchall()
        return Rooms(
            every=sum(row[2] for row in rows),
            withdrawn=sum(row[2] for row in rows if row[0]),
            open_modes=Counter({row[1]: row[2] for row in rows if not row[0]}),
        )

    def first_visits(self, walk: str, most: int) -> list[Visit]:
        """The first visits of a walk, in the order of the plan."""
        with told(self.path):
            rows = self._conn.execute(
                f"SELECT s.record {SHOWN} {_IN_ORDER} LIMIT ?", (self._number(walk), most)
            ).fetchall()
        found = {
            one.record.id: one.record for one in self._numbered(Visit, (row[0] for row in rows))
        }
        return sorted(found.values(), key=lambda one: (one.place, one.code))

    def in_places(self, walk: str) -> bool:
        """True where the visits stand at the places 1, 2, 3 … with none left out."""
        with told(self.path):
            row = self._conn.execute(
                f"SELECT count(*), count(DISTINCT {_PLACE}), min({_PLACE}), max({_PLACE}) {SHOWN}",
                (self._number(walk),),
            ).fetchone()
        count, places, least, most = row
        return bool(count == places == most and least == 1)

    def stood(
        self, walk: str, but: Iterable[str], forms: Iterable[str], *, unseen: bool = False
    ) -> Stood:
        """How the visits of a walk stand but those named, where `forms` are the visits with a form.

        With `unseen` the first is told in which nobody was.
        """
        with told(self.path):
            number = self._number(walk)
            without = self._numbers(but)
            open_ = self._open(number) - without
            left = open_ - self._with_notes(number) - self._numbers(forms)
            return Stood(
                every=len(self._shown_visits(number) - without),
                open=len(open_),
                been=len(open_) - len(left),
                unseen=self._first_of(number, left) if unseen else "",
            )

    def _shown_visits(self, walk: int) -> frozenset[int]:
        return self._once("shown", walk, self._read_shown)

    def _read_shown(self, walk: int) -> set[int]:
        rows = self._conn.execute(
            "SELECT record FROM state WHERE kind = 'visit' AND walk = ? AND deleted = 0 "
            "AND unread = 0",
            (walk,),
        )
        return {row[0] for row in rows}

    def _open_among(self, walk: int, visits: Collection[int]) -> int:
        """How many of these shown visits are not withdrawn; where they are few, they alone are
        looked at.
        """
        if len(visits) * _PROBED > len(self._shown_visits(walk)):
            return len(self._open(walk) & set(visits))
        found = 0
        for some in names.sliced(visits):
            row = self._conn.execute(
                "SELECT count(*) FROM state s JOIN rev r ON r.seq = s.shown "
                f"WHERE s.record IN ({names.marks(some)}) AND NOT {_WITHDRAWN}",
                some,
            ).fetchone()
            found += row[0]
        return found

    def with_notes(self, walk: str, among: Iterable[str]) -> set[str]:
        """Those of these visits of which the pool has a note."""
        with told(self.path):
            noted = self._with_notes(self._number(walk))
            known = names.known(self._conn, map(as_id, among))
            return {key.hex() for key, number in known.items() if number in noted}

    def _first_of(self, walk: int, among: Collection[int]) -> str:
        """The id of the visit among these that comes first in the plan."""
        if not among:
            return ""
        rows = self._conn.execute(f"SELECT s.record {SHOWN} {_IN_ORDER}", (walk,))
        first = next(row[0] for row in rows if row[0] in among)
        key = self._conn.execute("SELECT key FROM name WHERE id = ?", (first,)).fetchone()[0]
        return str(key.hex())

    def _open(self, walk: int) -> frozenset[int]:
        return self._once("open", walk, self._read_open)

    def _read_open(self, walk: int) -> set[int]:
        rows = self._conn.execute(f"SELECT s.record {SHOWN} AND NOT {_WITHDRAWN}", (walk,))
        return {row[0] for row in rows}

    def is_noted(self, walk: str) -> bool:
        """The pool of a walk has a note."""
        with told(self.path):
            row = self._conn.execute(
                "SELECT EXISTS (SELECT 1 FROM state WHERE walk = ? AND wondering IS NOT NULL)",
                (self._number(walk),),
            ).fetchone()
        return bool(row[0])

    def _with_notes(self, walk: int) -> frozenset[int]:
        """The visits of a walk, by their numbers, of which the pool has a note.

        Notes lie by look-for, kind and visit. Once a part of them was gone through few visits are
        left as a rule, and these are looked up in the rest, which is several times as quick.
        """
        return self._once("noted", walk, self._look_for_notes)

    def _once(self, what: str, walk: int, read: Callable[[int], set[int]]) -> frozenset[int]:
        """Read it of a walk, or take what was read, as several counts are asked for in a row."""
        as_of = (walk, *self.as_of())
        if self._kept_at != as_of:
            self._kept_at, self._kept = as_of, {}
        if what not in self._kept:
            self._kept = {**self._kept, what: frozenset(read(walk))}
        return self._kept[what]

    def _visits(self, walk: int) -> set[int]:
        """All visits of a walk, whatever became of them."""
        rows = self._conn.execute(
            "SELECT record FROM state WHERE kind = 'visit' AND walk = ?", (walk,)
        )
        return {row[0] for row in rows}

    def _look_for_notes(self, walk: int) -> set[int]:
        every = self._visits(walk)
        left = set(every)
        for look_for in self._look_fors_noted(walk):
            for wondering in (0, 1):
                if not left:
                    return every
                left -= self._noted_under((walk, look_for, wondering), left, len(every))
        return every - left

    def _look_fors_noted(self, walk: int) -> Iterable[int]:
        """The look-fors of the pool, by their numbers."""
        last = -1
        while True:
            row = self._conn.execute(
                "SELECT look_for FROM state WHERE walk = ? AND wondering IS NOT NULL "
                "AND look_for > ? ORDER BY look_for LIMIT 1",
                (walk, last),
            ).fetchone()
            if row is None:
                return
            last = row[0]
            yield last

    def _noted_under(self, notes: tuple[int, int, int], left: set[int], every: int) -> set[int]:
        """Of the visits that are left, or of all, those with a note of a look-for and kind."""
        where = "SELECT DISTINCT visit FROM state WHERE walk = ? AND look_for = ? AND wondering = ?"
        if len(left) * _PROBED > every:
            return {row[0] for row in self._conn.execute(where, notes)}
        found: set[int] = set()
        for some in names.sliced(left):
            asked = f"{where} AND visit IN ({names.marks(some)})"
            found.update(row[0] for row in self._conn.execute(asked, (*notes, *some)))
        return found

    def _number(self, record: str) -> int:
        return names.number(self._conn, as_id(record))

    def _numbers(self, records: Iterable[str]) -> set[int]:
        return set(names.known(self._conn, map(as_id, records)).values())

    def _numbered(
        self, noun: type[R], numbers: Iterable[int], *, pool: bool = False
    ) -> list[Held[R]]:
        """The shown records with these numbers, oldest id first; `pool` as in `all`."""
        found: list[Held[R]] = []
        for some in names.sliced(numbers):
            where = f"s.record IN ({names.marks(some)})"
            found += self._select(noun, where, some, pool=pool, numbered=True)
        return sorted(found, key=lambda one: one.record.id)
