"""Taking many new records in at once: first, private revisions, as an import makes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from functools import lru_cache
from itertools import count, islice, repeat
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeVar

from walk.clock import elapsed_s
from walk.model import Record, Revision
from walk.model.revision import Envelopes
from walk.storage import merge, names, tables
from walk.storage.fresh import Fresh
from walk.storage.journal import Stamp
from walk.storage.rows import insert_first, next_seq

T = TypeVar("T")

_NEW = itemgetter(1)
_NUMBER = itemgetter(2)
_AS_OF = itemgetter(3)
_RECORD = attrgetter("new.record")

_AS: dict[int | None, int | None] = {True: 1, False: 0, None: None}
"""Python's sqlite3 is slow to take true and false."""
AT_FIRST = 500
"""How many are in the first chunk."""
AHEAD = 20_000
"""Rows that are looked at ahead of those that are written: some 20 MB."""
_AT_LEAST = 250
_FASTER = 1.25
"""How many times as large the next chunk may be."""
HELD_S = 0.03
"""How long a chunk is to hold the write lock; on a busy laptop one may take three times that."""
HELD_BRIEFLY_S = 0.01
"""The same while somebody types: their letters wait for it four times a second."""


def fresh(author: str, record: Record) -> Fresh:
    """A record as a bulk write is given it."""
    body = record.body()
    means = tables.meaning(record.kind, body)
    return Fresh(
        bytes.fromhex(author),
        bytes.fromhex(record.id),
        body,
        means.parent,
        means.visit,
        means.look_for,
        means.wondering,
        record.kind,
        record.schema_version,
    )


class Chunks(Iterator[tuple[list[T], bool]]):
    """What comes, in chunks that hold the write lock a tenth of a second at most.

    Each with whether it is the last; where nothing comes, one that is empty. The next is larger or
    smaller by the time that passed since the one before was handed out.
    """

    def __init__(self, values: Iterable[T], size: int = AT_FIRST) -> None:
        """At most `merge.CHUNK` at a time, and `size` in the first one."""
        self._todo = iter(values)
        self.size = min(size, merge.CHUNK)
        """How many the next chunk holds, where as many come."""
        self._full = False
        self._ahead: list[T] | None = list(islice(self._todo, 1))

    def __next__(self) -> tuple[list[T], bool]:
        if self._ahead is None:
            raise StopIteration
        chunk = self._ahead + list(islice(self._todo, self.size - 1))
        self._full = len(chunk) == self.size
        # One is looked at ahead, so that the last one is known to be the last.
        self._ahead = list(islice(self._todo, 1)) or None
        return chunk, self._ahead is None

    def took(self, seconds: float, aim: float = HELD_S) -> None:
        """Say how long the last chunk held the lock, and how long the next one is to."""
        if not self._full and seconds < aim:
            return  # that a few are quick says nothing of many
        # Slowly up and at once down: a single quick one says little on a busy laptop.
        wanted = int(self.size * min(aim / max(seconds, 0.001), _FASTER))
        self.size = min(merge.CHUNK, max(wanted, _AT_LEAST))


class Ready(NamedTuple):
    """A record that is about to be written, hashed before the write lock is taken."""

    rev_id: bytes
    new: Fresh
    number: int
    """Given to its id ahead; 0 for none."""
    as_of: int
    """The store's data version when it was given."""


Writing = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""Takes the write lock for a while."""


class Writer:
    """Writes first revisions of one act."""

    def __init__(self, stamp: Stamp, held_at_most: Callable[[], float] = lambda: HELD_S) -> None:
        self._stamp = stamp
        self._held_at_most = held_at_most
        self._envelopes = lru_cache(1_000)(self._new_envelopes)
        self._known: names.Numbers = {}
        self._as_of = -1
        """The store's data version when the numbers above were right."""
        self._hopeful = True

    def ready(self, new: Iterable[Fresh], writing: Writing) -> Iterator[Ready]:
        """Each with its rev_id, and where they are many with the number of its record.

        The ids of rows as they come lie all over the index of ids, so that each chunk would have
        most of its pages written anew. Those of many rows get their numbers together, in order.
        """
        rows = iter(new)
        while some := list(islice(rows, AHEAD)):
            of = self._envelopes
            # Each as it is asked for: what is done between two chunks leaves others the lock.
            rev_ids = (of(one[0], one[7], one[8]).rev_id(one[1], one[2]) for one in some)
            given: Iterable[int] = repeat(0)
            as_of = -1
            if len(some) > AT_FIRST:
                self._hopeful = True
                numbers, as_of = self._give_ahead([one.record for one in some], writing)
                given = numbers or given
            yield from map(Ready, rev_ids, some, given, repeat(as_of))

    def _give_ahead(self, keys: Sequence[bytes], writing: Writing) -> tuple[range, int]:
        """A number for each id, in rising order; none at all where one of them has one already.

        With the store's data version before the first was given. A number whose row never comes
        does no harm: its id is found when it comes again.
        """
        first, as_of, last = 0, -1, len(keys) - 1
        # The last number first, so that who gives one meanwhile goes on behind it.
        chunks = Chunks([last, *sorted(range(last), key=keys.__getitem__)])
        for chunk, _ in chunks:
            with Timed() as held, writing() as conn:
                if not first:
                    first, as_of = names.next_number(conn), _version(conn)
                try:
                    names.put(conn, ((first + at, keys[at]) for at in chunk))
                except sqlite3.IntegrityError:
                    self._hopeful = False
                    return range(0), as_of
            chunks.took(held.seconds, self._held_at_most())
        return range(first, first + len(keys)), as_of

    def write(self, conn: sqlite3.Connection, new: Sequence[Ready], act: int) -> tuple[int, int]:
        """Append those that are not here; how many were added and how many were here.

        A record that exists in any state is left alone: an imported row that was withdrawn since
        does not come back, and one that was erased or purged stays away.
        """
        stamp = self._stamp
        number = self._others(conn, new)
        wanted, records = self._records(conn, new)
        walk, device = number[stamp.walk], number[stamp.device]
        seqs = count(next_seq(conn))
        insert_first(
            conn,
            (walk, device, stamp.made_at, stamp.zone, act),
            [
                (rev_id, record, kind, schema, number[author], body)
                for (rev_id, (author, _, body, _, _, _, _, kind, schema), *_), record in zip(
                    wanted, records, strict=True
                )
            ],
        )
        tables.insert_first(
            conn,
            walk,
            [
                (record, kind, number[form], seq, number[look_for], number[visit], _AS[wondering])
                for (
                    _,
                    (_, _, _, form, visit, look_for, wondering, kind, _),
                    *_,
                ), record, seq in zip(wanted, records, seqs, strict=False)
            ],
        )
        return len(wanted), len(new) - len(wanted)

    def _others(self, conn: sqlite3.Connection, new: Sequence[Ready]) -> names.Numbers:
        """The numbers of walk, laptop, authors, forms, visits and look-fors.

        They are the same few again and again, and stay right until somebody else has written.
        """
        as_of = _version(conn)
        if as_of != self._as_of:
            self._known, self._as_of = {}, as_of
        together = set(map(itemgetter(0, 3, 4, 5), map(_NEW, new)))
        unknown = {self._stamp.walk, self._stamp.device}.union(*together) - self._known.keys()
        if unknown:
            self._known.update(names.numbers(conn, sorted(unknown)))
        return self._known

    def _records(
        self, conn: sqlite3.Connection, new: Sequence[Ready]
    ) -> tuple[Sequence[Ready], Sequence[int]]:
        """Those that are not here, once each, and the number of each one's record."""
        wanted = self._not_forgotten(conn, new)
        if self._hopeful:
            # Where all are new, which is the rule, nothing has to be asked.
            given = list(map(_NUMBER, wanted))
            if all(given) and set(map(_AS_OF, wanted)) == {_version(conn)}:
                return wanted, given
            with suppress(sqlite3.IntegrityError):
                wanted = sorted(wanted, key=_RECORD)
                return wanted, names.give(conn, list(map(_RECORD, wanted)))
        number, fresh = names.numbered(conn, map(_RECORD, wanted))
        here = number.keys() - set(fresh)
        here &= self._with_state(conn, here, number)
        self._hopeful = self._hopeful and not here
        once = {one.new.record: one for one in reversed(wanted)}
        wanted = [one for key, one in reversed(once.items()) if key not in here]
        return wanted, [number[one.new.record] for one in wanted]

    def _with_state(
        self, conn: sqlite3.Connection, records: Iterable[bytes], number: names.Numbers
    ) -> set[bytes]:
        key_of = {number[key]: key for key in records}
        found: set[bytes] = set()
        for some in names.sliced(key_of):
            sql = f"SELECT record FROM state WHERE record IN ({names.marks(some)})"
            found |= {key_of[row[0]] for row in conn.execute(sql, some)}
        return found

    def _not_forgotten(self, conn: sqlite3.Connection, new: Sequence[Ready]) -> Sequence[Ready]:
        walk = self._stamp.walk
        forgotten = merge.Forgotten(conn, [walk])
        gone = forgotten.of((one.record, walk, one.kind) for _, one, *_ in new)
        return [one for one in new if one.new.record not in gone] if gone else new

    def _new_envelopes(self, author: bytes, kind: str, schema: int) -> Envelopes:
        stamp = self._stamp
        return Envelopes(
            Revision(
                walk=stamp.walk,
                record=stamp.walk,
                kind=kind,
                schema=schema,
                generation=1,
                parents=(),
                author=author,
                device=stamp.device,
                number=None,
                made_at=stamp.made_at,
                zone=stamp.zone,
                scope="private",
                deleted=False,
                body="",
            )
        )


def _version(conn: sqlite3.Connection) -> int:
    """Changes when another connection has written."""
    return int(conn.execute("PRAGMA data_version").fetchone()[0])


class Timed:
    """How long a block took, in seconds."""

    seconds = 0.0

    def __enter__(self) -> Timed:
        self._began = elapsed_s()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = elapsed_s() - self._began
