"""Searching: filling the index by and by, and finding what says certain words, newest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from walk.clock import elapsed_s
from walk.errors import ReadOnlyStore, StoreError
from walk.storage import search_index
from walk.storage.database import told
from walk.storage.folding import Needle, fold, holds
from walk.storage.taking import Taking

TAIL_MOST = 4_000
"""The newest entries that are looked through directly where the index does not hold them yet."""
_GLANCE, _FIRST_LOOK, _OFTEN = 250, 50, 3
"""The newest texts that are looked through before the index is asked for the beginning of very many
words: of those it would first gather all there are. After the first 50 texts it goes on only where
three of them had it."""
_GLANCE_MOST = 2_000
"""Entries, of whatever kind, among which those texts are looked for."""
_AT_FIRST, _AT_LEAST, _AT_MOST = 500, 100, 4_000
"""How many entries are put into the index in one go: at first, and ever."""
_HELD_S = 0.03
"""How long that is to hold the write lock; a save may be waiting."""


class Found(NamedTuple):
    """A record whose shown wording says what was looked for; of a note, the team's wording."""

    seq: int
    record: str
    walk: str
    kind: str
    author: str
    shared: bool
    """It is the team's wording."""
    body: str


class Filled(NamedTuple):
    """How far the index goes: entries of the journal."""

    upto: int
    newest: int

    @property
    def all(self) -> bool:
        """Whether every entry is found: those that are not in the index are few."""
        return self.newest - self.upto <= TAIL_MOST


class Searching(Taking):
    """What can be searched in an open store."""

    _put_at_once = _AT_FIRST

    # Filling

    def filled(self) -> Filled:
        """How far the index goes now."""
        with told(self.path):
            return Filled(search_index.mark(self._conn).upto, self.newest_entry())

    def fill(self, stops: Callable[[], bool] = lambda: False) -> Iterator[Filled]:
        """Bring the index up to date, chunk by chunk, until `stops` says so.

        Each chunk is a transaction. Another program may fill it too, or empty it meanwhile. A store
        that is read-only stays without; the newest entries are looked through all the same.
        """
        before = self.filled()
        if before.upto >= before.newest:
            return
        with suppress(ReadOnlyStore), self.many_at_once():
            while not stops() and self._fill_some():
                self._between_chunks()
                yield self.filled()

    def _fill_some(self) -> bool:
        """Put the next entries in; False where there is none."""
        with told(self.path):
            before = search_index.mark(self._conn)
            rows, last = search_index.worded(self._conn, before.upto, self._put_at_once)
            if last is None:
                return False
            with self._writing() as conn:
                began = elapsed_s()
                if search_index.mark(conn) == before:  # else what was read may be gone since
                    search_index.add(conn, rows, last)
            held = max(elapsed_s() - began, 0.001)
            wanted = int(self._put_at_once * min(_HELD_S / held, 1.25))
            self._put_at_once = min(_AT_MOST, max(_AT_LEAST, wanted))
            return True

    def wrong_in_search(self) -> str:
        """What is wrong with the index, in words; nothing where it adds up."""
        with told(self.path):
            return search_index.wrong_in(self._conn)

    # Finding

    def find(self, wanted: Sequence[Needle]) -> Iterator[Found]:
        """What says all of it, the newest entry of the journal first.

        It reads as it is asked for more. What lies between the index and the newest entries is not
        found until it is filled.
        """
        if not wanted:
            return
        with told(self.path), _index_told():
            for seq in self._seqs(wanted):
                if found := self._found(seq):
                    yield found

    def _seqs(self, wanted: Sequence[Needle]) -> Iterator[int]:
        newest = self.newest_entry()
        upto = search_index.mark(self._conn).upto
        # Behind the mark all is looked through directly, up to a limit.
        least = max(upto, newest - TAIL_MOST) + 1
        yield from self._in_tail(wanted, least, newest + 1)
        question = search_index.question(self._conn, wanted)
        if question.gathers:
            least = yield from self._glance(wanted, least)
        if not question.match:
            return
        rows = self._conn.execute(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC",
            (question.match, least),
        )
        for (seq,) in rows:
            if not question.left or self._holds(seq, question.left):
                yield seq

    def _holds(self, seq: int, wanted: Sequence[Needle]) -> bool:
        row = self._conn.execute("SELECT kind, body FROM rev WHERE seq = ?", (seq,)).fetchone()
        return row is not None and holds(fold(search_index.said(*row)), wanted)

    def _glance(self, wanted: Sequence[Needle], below: int) -> Generator[int, None, int]:
        """Those of the newest texts that hold it; gives back where the index has to go on."""
        hits = 0
        for looked, (seq, holds_it) in enumerate(self._texts(wanted, below - _GLANCE_MOST, below)):
            if holds_it:
                hits += 1
                yield seq
            below = seq
            if looked == _GLANCE or (looked == _FIRST_LOOK and hits < _OFTEN):
                break
        return below

    def _in_tail(self, wanted: Sequence[Needle], least: int, below: int) -> Iterator[int]:
        return (seq for seq, holds_it in self._texts(wanted, least, below) if holds_it)

    def _texts(
        self, wanted: Sequence[Needle], least: int, below: int
    ) -> Iterator[tuple[int, bool]]:
        """The entries that are searched, newest first, each with whether it holds the needles."""
        rows = self._conn.execute(
            "SELECT seq, kind, body FROM rev WHERE seq >= ? AND seq < ? AND body <> '' "
            f"AND kind IN ({search_index.KINDS}) ORDER BY seq DESC",
            (least, below),
        )
        for seq, kind, body in rows:
            yield seq, holds(fold(search_index.said(kind, body)), wanted)

    def _found(self, seq: int) -> Found | None:
        """The record that shows this entry; None where it shows another one."""
        row = self._conn.execute(
            "SELECT n.key, w.key, r.kind, a.key, r.team, r.body FROM rev AS r "
            "JOIN state AS s ON s.record = r.record JOIN name AS n ON n.id = r.record "
            "JOIN name AS w ON w.id = r.walk JOIN name AS a ON a.id = r.author "
            "WHERE r.seq = ? AND s.unread = 0 AND r.seq = "
            "CASE WHEN r.kind = 'note' THEN coalesce(s.team, s.shown) ELSE s.shown END",
            (seq,),
        ).fetchone()
        if row is None:
            return None
        record, walk, kind, author, team, body = row
        return Found(seq, record.hex(), walk.hex(), kind, author.hex(), bool(team), body)

    def codes(self, walk: str) -> set[str]:
        """The codes of a walk's visits; quicker than reading each visit whole."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT json_extract(r.body, '$.code') FROM state AS s JOIN rev AS r "
                "ON r.seq = s.shown WHERE s.kind = 'visit' AND s.deleted = 0 AND s.unread = 0 "
                "AND s.walk = (SELECT id FROM name WHERE key = ?)",
                (bytes.fromhex(walk),),
            ).fetchall()
        return {row[0] for row in rows if row[0]}


@contextmanager
def _index_told() -> Iterator[None]:
    """Tell damage of the index as what it is: no backup is needed to mend that."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_CORRUPT_VTAB:
            raise
        raise StoreError(
            "The search index does not add up.", "`walk doctor --rebuild` makes it again."
        ) from error
