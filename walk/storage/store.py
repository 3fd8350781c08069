"""The store: the one door to everything that is saved. Ids are hex here, times UTC milliseconds.

One store belongs to one thread; a worker opens its own. Every method that writes is one
transaction, and raises a StoreError in plain words when it cannot be done. The two that take in
many records, `add_all` and `collect`, are one transaction a chunk.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Self

from walk.model import Record, Revision
from walk.storage import journal, merge, tables
from walk.storage.database import UI_PATIENCE_S, bulk, connect, immediate, told
from walk.storage.device import current_device, fresh_id, renew
from walk.storage.journal import Change, Stamp
from walk.storage.merge import Merged, TakenBack
from walk.storage.reading import Draft, Held, Reading

__all__ = ["By", "Draft", "Held", "Merged", "Store", "TakenBack"]


@dataclass(frozen=True, slots=True)
class By:
    """Who writes and when: the walk, the walker (or nobody) and a moment of the clock."""

    walk: str
    author: str
    at: int
    zone: int


class Store(Reading):
    """One open store: all that `Reading` answers, and all that is written."""

    @classmethod
    def open(cls, path: Path, now: int, *, patience_s: float = UI_PATIENCE_S) -> Self:
        """Open or make the store at `path`; `now` is the moment, in UTC milliseconds."""
        conn = connect(path, patience_s=patience_s)
        with told(path):
            try:
                with immediate(conn):
                    device = current_device(conn, path, fresh_id(), now)
            except BaseException:
                conn.close()
                raise
        return cls(conn, path, device)

    def close(self) -> None:
        """Close the connection; what was saved is saved already."""
        self._conn.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with told(self.path), immediate(self._conn):
            yield self._conn

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
    ) -> bool:
        """Save records (and withdraw others) as one act; False when nothing changed.

        `words` say what was done, for undo. `draft_done` is a draft's place: the draft goes in
        the same transaction in which its note comes.
        """
        changes = [_change(by, record) for record in records]
        changes += [_change(by, record, deleted=True) for record in withdraw]
        stamp = self._stamp(by)
        with self._writing() as conn:
            act = journal.begin_act(conn, stamp, stage, words)
            journal.write(conn, stamp, changes, act)
            if draft_done:
                conn.execute("DELETE FROM draft WHERE place = ?", (draft_done,))
            return bool(journal.end_act(conn, stamp, stage, act))

    def save_as(self, by: By, stage: str, words: str, pairs: Iterable[tuple[str, Record]]) -> bool:
        """Save records of several authors as one act: (walker id or nothing, record).

        False when nothing changed.
        """
        stamp = self._stamp(by)
        with self._writing() as conn:
            act = journal.begin_act(conn, stamp, stage, words)
            for author, record in pairs:
                journal.write(conn, self._stamp(by, author), [_change(by, record)], act)
            return bool(journal.end_act(conn, stamp, stage, act))

    def add_all(
        self, by: By, stage: str, words: str, pairs: Iterable[tuple[str, Record]]
    ) -> Iterator[tuple[int, int]]:
        """Add first revisions of many records as one act, chunk by chunk.

        Yields (added, already here) after each chunk is saved, so that a caller can show
        progress. What exists in any state is left alone, so a run that was cut off is finished
        by repeating it.
        """
        stamp, todo, act = self._stamp(by), iter(pairs), 0
        stamp_of = cache(lambda author: self._stamp(by, author))
        with bulk(self._conn, self.path):
            while chunk := list(islice(todo, merge.CHUNK)):
                new = [
                    journal.first(stamp_of(author), _change(by, record), record)
                    for author, record in chunk
                ]
                with self._writing() as conn:
                    act = act or journal.begin_act(conn, stamp, stage, words)
                    counts = journal.write_new(conn, new, act)
                    act = journal.end_act(conn, stamp, stage, act)
                yield counts

    def resolve(self, by: By, stage: str, words: str, record: Record) -> bool:
        """Settle a conflict: this wording replaces all heads; False when it does already."""
        stamp = self._stamp(by)
        change = _change(by, record, over_all=True)
        with self._writing() as conn:
            act = journal.begin_act(conn, stamp, stage, words)
            journal.write(conn, stamp, [change], act)
            return bool(journal.end_act(conn, stamp, stage, act))

    def publish(self, by: By, words: str, records: Iterable[str], *, everyone: bool) -> int:
        """Put the wording of these records into team scope; how many revisions that took.

        Where there are several wordings of one, each that only this laptop has is shared.
        Undo does not cross it, for its author or (with `everyone`) for all who write here. Where
        the team has it all already nothing is written, and undo goes on as before.
        """
        with self._writing() as conn:
            chosen = [bytes.fromhex(record) for record in records]
            return journal.publish(conn, self._stamp(by), words, chosen, everyone=everyone)

    def undo(self, by: By, stage: str) -> str | None:
        """Take back the newest act of a stage; its words, or None when there is none."""
        with self._writing() as conn:
            return journal.undo(conn, self._stamp(by), stage)

    def redo(self, by: By, stage: str) -> str | None:
        """Do again what was undone last; its words, or None when there is none."""
        with self._writing() as conn:
            return journal.redo(conn, self._stamp(by), stage)

    # Exchange

    def collect(
        self,
        sha256: bytes,
        file: str,
        walk: str,
        walker: str,
        revisions: Iterable[tuple[bytes, Revision]],
        at: int,
        receipt: Callable[[Merged], str],
    ) -> tuple[int, Merged]:
        """Take a checked pack in, chunk by chunk; its number here and what it brought.

        `receipt` turns what was brought into the JSON text that is kept with the pack. A pack
        with revisions under this laptop's own device id that are not here shows that the store
        was cloned or restored; this laptop then gets a new device id.
        """
        with self._writing() as conn:
            pack = merge.begin_pack(conn, sha256, file, bytes.fromhex(walk), walker, at)
        todo, total, before = iter(revisions), Merged(), merge.Before()
        while chunk := list(islice(todo, merge.CHUNK)):
            device = bytes.fromhex(self.device)
            with self._writing() as conn:
                total += merge.take_in(conn, pack, chunk, before)
                if merge.has_double(conn, bytes.fromhex(walk), device):
                    device = renew(conn, self.path, fresh_id(), at)
            self.device = device.hex()
        with self._writing() as conn:
            total += merge.changes_since(conn, before)
            merge.finish_pack(conn, pack, receipt(total))
        return pack, total

    def take_back_pack(self, pack: int) -> TakenBack:
        """Undo the collect of one pack."""
        with self._writing() as conn:
            return merge.take_back(conn, pack)

    def take_back_unfinished(self) -> int:
        """Take back the packs whose reading was cut off; how many there were.

        Only safe while no other process collects, so a caller holds the store alone.
        """
        with self._writing() as conn:
            packs = [
                row[0] for row in conn.execute("SELECT id FROM pack WHERE status = 'unfinished'")
            ]
            for pack in packs:
                merge.take_back(conn, pack)
        return len(packs)

    # Drafts and settings: local to this laptop

    def keep_draft(self, draft: Draft) -> None:
        """Store what is being typed; an empty text forgets it."""
        with self._writing() as conn:
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

    def rebuild(self) -> int:
        """Make every table again from the journal; how many records there are."""
        with self._writing() as conn:
            return tables.rebuild(conn)


def _change(by: By, record: Record, *, deleted: bool = False, over_all: bool = False) -> Change:
    if record.walk != by.walk:
        raise ValueError(f"a {record.kind} of another walk than the one that is written to")
    return Change(
        record=bytes.fromhex(record.id),
        kind=record.kind,
        schema=record.schema_version,
        body="" if deleted else record.body(),
        deleted=deleted,
        over_all=over_all,
    )
