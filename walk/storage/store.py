"""The store: the one door to everything that is saved. Ids are hex here, times UTC milliseconds.

One store belongs to one thread; a worker opens its own. Every method that writes is one
transaction, and raises a StoreError in plain words when it cannot be done. The two that take in
many records, `add_all` and `collect`, are one transaction a chunk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

from walk import disk
from walk.model import Record
from walk.storage import journal, many, search_index, tables, undoing
from walk.storage.counting import Counting
from walk.storage.database import UI_PATIENCE_S, immediate, told
from walk.storage.device import current_device, fresh_id, latest
from walk.storage.forgetting import identity
from walk.storage.fresh import Fresh
from walk.storage.journal import Change, Stamp
from walk.storage.merge import Merged
from walk.storage.opening import connect
from walk.storage.reading import Draft, Held, R
from walk.storage.rows import next_seq
from walk.storage.searching import Searching
from walk.storage.syncing import Syncing
from walk.storage.taking import KeptReceipt
from walk.storage.taking_back import TakenBack
from walk.storage.wordings import Begun, Wording, Wordings

__all__ = [
    "Begun",
    "By",
    "Draft",
    "Fresh",
    "Held",
    "KeptReceipt",
    "Merged",
    "Store",
    "TakenBack",
    "Wording",
]


class By(NamedTuple):
    """Who writes and when: the walk, the walker (or nobody) and a moment of the clock."""

    walk: str
    author: str
    at: int
    zone: int


class Store(Searching, Wordings, Counting):
    """One open store: all that `Reading` answers, and all that is written."""

    _in_sqlite: Sequence[tuple[int, int]] = ()
    """What the system's door was told to keep others from."""
    _syncing: Syncing | None = None
    """Brings drafts to the disk; made with the first of them."""

    @classmethod
    def open(cls, path: Path, now: int, *, patience_s: float = UI_PATIENCE_S) -> Self:
        """Open or make the store at `path`; `now` is the moment, in UTC milliseconds."""
        before = identity(path)
        conn = connect(path, patience_s=patience_s, now=now)
        with told(path):
            try:
                with immediate(conn):
                    device = current_device(conn, path, fresh_id(), now)
            except BaseException:
                conn.close()
                raise
        store = cls(conn, path, device)
        store._file = before or identity(path)
        store._in_sqlite = disk.sqlite_opens(path)
        return store

    def close(self) -> None:
        """Close the connection; what was saved is saved already."""
        if self._syncing:
            self._syncing.close()
        self._conn.close()
        disk.sqlite_closes(self._in_sqlite)
        self._in_sqlite = []

    def _stamp(self, by: By, author: str | None = None) -> Stamp:
        return Stamp(
            walk=bytes.fromhex(by.walk),
            author=bytes.fromhex(by.author if author is None else author),
            device=bytes.fromhex(self.device),
            made_at=by.at,
            zone=by.zone,
        )

    # Saving

    def save(
        self,
        by: By,
        stage: str,
        words: str,
        records: Iterable[Record] = (),
        *,
        withdraw: Iterable[Record] = (),
        draft_done: str = "",
        run: str = "",
    ) -> bool:
        """Save records (and withdraw others) as one act; False when nothing changed.

        `words` say what was done, for undo. `draft_done` is a draft's place: the draft goes in
        the same transaction in which its note comes. `run` tells what this is only the beginning
        of; see `add_notes`.
        """
        changes = [_change(by, record) for record in records]
        changes += [_change(by, record, deleted=True) for record in withdraw]
        stamp = self._stamp(by)
        with self._writing() as conn:
            act = journal.begin_act(conn)
            wrote = journal.write(conn, stamp, changes, act.number)
            if draft_done:
                conn.execute("DELETE FROM draft WHERE place = ?", (draft_done,))
            if run and wrote:
                self._begin_job(conn, stamp.walk, run, act.number)
            return journal.end_act(conn, stamp, stage, words, act, wrote)

    def save_as(self, by: By, stage: str, words: str, pairs: Iterable[tuple[str, Record]]) -> bool:
        """Save records of several authors as one act: (walker id or nothing, record).

        False when nothing changed.
        """
        stamp = self._stamp(by)
        with self._writing() as conn:
            act = journal.begin_act(conn)
            wrote = sum(
                journal.write(conn, self._stamp(by, author), [_change(by, record)], act.number)
                for author, record in pairs
            )
            return journal.end_act(conn, stamp, stage, words, act, wrote)

    def add_all(
        self,
        by: By,
        stage: str,
        words: str,
        pairs: Iterable[tuple[str, Record]],
        *,
        about: str = "",
        more: bool = False,
    ) -> Iterator[tuple[int, int]]:
        """Add first revisions of many records as one act, chunk by chunk.

        Yields (added, already here) after each chunk is saved, so that a caller can show
        progress. What exists in any state is left alone, so a run that was cut off is finished
        by repeating it; `about` tells which run it is. One that nobody finishes is taken back by
        `take_back_unfinished`; with `more`, this is a part of a run that other acts go on with.
        """
        new = (many.fresh(author, _of_walk(by, record)) for author, record in pairs)
        return self.add_notes(by, stage, words, new, about=about, more=more)

    def add_notes(
        self,
        by: By,
        stage: str,
        words: str,
        rows: Iterable[Fresh],
        *,
        about: str = "",
        more: bool = False,
    ) -> Iterator[tuple[int, int]]:
        """The same for notes that were checked and put into words already."""
        stamp = self._stamp(by)
        writer = many.Writer(stamp, self._held_at_most)
        act: journal.Act | None = None
        with self.many_at_once():
            chunks = many.Chunks(writer.ready(rows, self._writing))
            for chunk, last in chunks:
                if not chunk:
                    return
                with many.Timed() as held, self._writing() as conn:
                    if act:
                        self._check_job(conn, act.number)
                    under_way = act or journal.begin_act(conn)
                    counts = writer.write(conn, chunk, under_way.number)
                    if journal.end_act(conn, stamp, stage, words, under_way, counts[0]):
                        if not act and (more or not last):
                            self._begin_job(conn, stamp.walk, about, under_way.number)
                        act = under_way
                    if last and not more:
                        self._end_jobs(conn, stamp.walk, about)
                chunks.took(held.seconds, self._held_at_most())
                self._between_chunks()
                yield counts

    def settle(
        self,
        by: By,
        stage: str,
        words: str,
        pairs: Iterable[tuple[str, Record]],
        *,
        withdraw: Iterable[tuple[str, Record]] = (),
    ) -> bool:
        """Save and withdraw records of several authors as one act, over every wording there is.

        The pairs are (walker id or nothing, record); False when nothing changed.
        """
        changes = [(who, _change(by, one, over_all=True)) for who, one in pairs]
        changes += [(who, _change(by, one, deleted=True, over_all=True)) for who, one in withdraw]
        with self._writing() as conn:
            act = journal.begin_act(conn)
            wrote = sum(
                journal.write(conn, self._stamp(by, who), [change], act.number)
                for who, change in changes
            )
            return journal.end_act(conn, self._stamp(by), stage, words, act, wrote)

    def publish(
        self,
        by: By,
        words: str,
        records: Iterable[str],
        *,
        everyone: bool,
        as_of: int | None = None,
    ) -> int:
        """Put the wording of these records into team scope; how many revisions that took.

        Where there are several wordings of one, each that only this laptop has is shared.
        Undo does not cross it, for its author or (with `everyone`) for all who write here. Where
        the team has it all already nothing is written, and undo goes on as before. -1, with nothing
        written, where something came into the journal after the entry `as_of`.
        """
        with self._writing() as conn:
            if as_of is not None and as_of + 1 != next_seq(conn):
                return -1
            chosen = [bytes.fromhex(record) for record in records]
            return journal.publish(conn, self._stamp(by), words, chosen, everyone=everyone)

    def undo(self, by: By, stage: str) -> str | None:
        """Take back the newest act of a stage; its words, or None when there is none."""
        with self._writing() as conn:
            return undoing.undo(conn, self._stamp(by), stage)

    def may_undo(self, by: By, stage: str) -> bool:
        """True where there is an act of a stage that an undo would try to take back."""
        with told(self.path):
            return undoing.newest(self._conn, self._stamp(by), stage) is not None

    def redo(self, by: By, stage: str) -> str | None:
        """Do again what was undone last; its words, or None when there is none."""
        with self._writing() as conn:
            return undoing.redo(conn, self._stamp(by), stage)

    # Drafts and settings: local to this laptop

    def keep_draft(self, draft: Draft) -> None:
        """Store what is being typed; an empty text forgets it.

        It is with the system before this returns, so no kill takes it, and on the disk soon after:
        a disk that is kept busy by others must not keep the keys waiting.
        """
        with self._without_waiting(), self._writing() as conn:
            if not draft.text:
                conn.execute("DELETE FROM draft WHERE place = ?", (draft.place,))
                return
            conn.execute(
                "INSERT INTO draft(place, walk, author, text, extra, saved_at) "
                "VALUES (?,?,?,?,?,?) ON CONFLICT(place) DO UPDATE SET walk = excluded.walk, "
                "author = excluded.author, text = excluded.text, extra = excluded.extra, "
                "saved_at = excluded.saved_at",
                (
                    draft.place,
                    bytes.fromhex(draft.walk),
                    bytes.fromhex(draft.author),
                    draft.text,
                    draft.extra,
                    draft.saved_at,
                ),
            )

    @contextmanager
    def _without_waiting(self) -> Iterator[None]:
        """A thread brings what is saved inside to the disk; waited for only where that failed."""
        syncing = self._syncing = self._syncing or Syncing(self.path)
        if self._in_bulk or not syncing.works:
            yield
            return
        with told(self.path):
            self._conn.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            with told(self.path):
                self._conn.execute("PRAGMA synchronous=FULL")
        syncing.ask()

    def set(self, key: str, value: Any) -> None:
        """Keep a local setting; None forgets it."""
        with self._writing() as conn:
            if value is None:
                conn.execute("DELETE FROM setting WHERE key = ?", (key,))
                return
            conn.execute(
                "INSERT INTO setting VALUES (?, ?) "
                "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                (key, json.dumps(value, ensure_ascii=False)),
            )

    # Looking after

    def learn_device(self) -> None:
        """Read this laptop's id again, after a restore brought other content in and a new id."""
        with told(self.path):
            self.device = latest(self._conn).hex()

    def rebuild(self) -> int:
        """Make every table again from the journal; how many records there are.

        The search index is emptied, and fills again when somebody searches.
        """
        with self._writing() as conn:
            search_index.empty(conn)
            return tables.rebuild(conn)


def _of_walk(by: By, record: R) -> R:
    if record.walk != by.walk:
        raise ValueError(f"a {record.kind} of another walk than the one that is written to")
    return record


def _change(by: By, record: Record, *, deleted: bool = False, over_all: bool = False) -> Change:
    return Change(
        record=bytes.fromhex(_of_walk(by, record).id),
        kind=record.kind,
        schema=record.schema_version,
        body="" if deleted else record.body(),
        deleted=deleted,
        over_all=over_all,
    )
