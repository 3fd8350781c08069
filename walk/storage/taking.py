"""Taking in and taking back: packs, imports that were cut off, and the receipts that are kept."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

from walk.clock import elapsed_s
from walk.errors import StoreError
from walk.model import Revision
from walk.storage import merge, taking_back
from walk.storage.bulk import Room, bulk, take_log_in
from walk.storage.checking import look_through
from walk.storage.database import told
from walk.storage.device import fresh_id, renew
from walk.storage.forgetting import Forgetting
from walk.storage.many import AT_FIRST, HELD_BRIEFLY_S, HELD_S, Chunks, Timed
from walk.storage.merge import Merged
from walk.storage.taking_back import TakenBack
from walk.storage.turns import turns_of

IMPORT = "import"
"""The kind of job that `add_notes` notes down."""


class KeptReceipt(NamedTuple):
    """A receipt that is kept. It holds no words of notes."""

    id: int
    walk: str
    at: int
    """UTC milliseconds."""
    kind: str
    """collect, erase, purge, import …"""
    value: dict[str, Any]


_PAUSE_S, _PAUSES_S = 0.008, 2.0
"""How long the lock is left free before a chunk where another program writes, and how long it is
taken to write after it was last seen to."""
_LOG = 1_000
"""Pages that SQLite lets its log grow to unless told otherwise."""
_UNFINISHED_PACK = "SELECT 1 FROM pack WHERE id = ? AND status = 'unfinished'"
_NUMBERS = "json_each(CASE WHEN json_valid(words) THEN words ELSE '{}' END, '$.numbers')"
"""The packs that a receipt names, a row each."""
_JOB = "SELECT 1 FROM job WHERE kind = ? AND act = ?"


def _there(conn: sqlite3.Connection, sql: str, *values: Any) -> bool:
    return conn.execute(sql, values).fetchone() is not None


def taken_back_meanwhile() -> StoreError:
    """What came in so far is gone again: going on would leave a part of it and call it all."""
    return StoreError(
        "Another walk that was started meanwhile took back what had come in.", "Do it once more."
    )


class Taking(Forgetting):
    """What an open store can take in and give up again."""

    _in_bulk = False
    _is_looked_through = False
    """Its pages were found to add up, since it was opened."""
    _others = (0, 0.0)
    """The store's data version when it was last looked at, and until when others get a pause."""
    _room: Room
    """Sees to the room on the disk while much is written in a row."""
    _at_once = AT_FIRST
    """How many revisions of a pack are taken in at once, by what the packs before it took."""
    _checkpoints = True
    """Whether a commit of this connection may take a long log into the store."""

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        turns = turns_of(self.path)
        with ExitStack() as turn, told(self.path):
            if self._in_bulk:
                self._room.check(self._conn)
                self._let_other_programs()
                turn.enter_context(turns.chunk())
            else:
                turn.enter_context(turns.asking())
                self._leave_the_log(turns.many)
            with self._locked():
                if not self._in_bulk:
                    turn.close()
                yield self._conn

    def _between_chunks(self) -> None:
        """What has to be done while the lock is free, and is not counted as holding it."""
        take_log_in(self._conn, self.path)
        turns_of(self.path).let_others()

    def _held_at_most(self) -> float:
        """Seconds for which the next chunk is to hold the lock."""
        return HELD_BRIEFLY_S if turns_of(self.path).asked_lately else HELD_S

    def _let_other_programs(self) -> None:
        """Leave the lock free for a while where another program writes.

        SQLite lets it ask only now and then, so it would miss each of the short whiles between two
        chunks. Where nobody else writes, nothing waits.
        """
        version, until = self._others
        now, found = elapsed_s(), self.data_version()
        if found != version:
            until = now + _PAUSES_S
            self._others = found, until
        if now < until:
            time.sleep(_PAUSE_S)

    def _leave_the_log(self, to_others: bool) -> None:
        """Whoever writes much takes its long log in itself; a line saved meanwhile is not to."""
        if to_others == self._checkpoints:
            self._checkpoints = not to_others
            pages = _LOG if self._checkpoints else 0
            self._conn.execute(f"PRAGMA wal_autocheckpoint={pages}")

    def look_through(self) -> None:
        """DamagedStore where its pages do not add up; asked once, before much is written."""
        if not self._is_looked_through:
            look_through(self._conn, self.path)
            self._is_looked_through = True

    @contextmanager
    def many_at_once(self) -> Iterator[None]:
        """Make much that is written in a row quick; see `bulk`. One may lie in another.

        DamagedStore, before anything is written, where the store's pages do not add up.
        """
        if self._in_bulk:
            yield
            return
        self.look_through()
        self._in_bulk = True
        self._others = self.data_version(), 0.0
        self._room = Room(self.path)
        try:
            with turns_of(self.path).writing_much(), bulk(self._conn, self.path):
                yield
        finally:
            self._in_bulk = False

    # Packs

    def collect(
        self,
        sha256: bytes,
        file: str,
        walk: str,
        walker: str,
        revisions: Iterable[tuple[bytes, Revision]],
        at: int,
        receipt: Callable[[Merged], str],
        *,
        collect: int = 0,
    ) -> tuple[int, Merged]:
        """Take a checked pack in, chunk by chunk; its number here and what it brought.

        `receipt` turns what was brought into the JSON text that is kept with the pack. `collect` is
        the number of the first pack of the same collect, 0 for the first. A pack with revisions
        under this laptop's own device id that are not here shows that the store was cloned or
        restored; this laptop then gets a new device id.
        """
        pack, taken = 0, merge.Taken()
        device, of_walk = bytes.fromhex(self.device), bytes.fromhex(walk)
        chunks = Chunks(revisions, self._at_once)
        with ExitStack() as stack:
            for chunk, last in chunks:
                if not last:
                    stack.enter_context(self.many_at_once())
                with Timed() as held, self._writing() as conn:
                    if pack and not _there(conn, _UNFINISHED_PACK, pack):
                        raise taken_back_meanwhile()
                    pack = pack or merge.begin_pack(
                        conn, sha256, file, of_walk, walker, at, collect
                    )
                    merge.take_in(conn, pack, chunk, taken)
                    if merge.has_double(conn, of_walk, device):
                        device = renew(conn, self.path, fresh_id(), at)
                    if last:
                        total = taken.merged()
                        merge.finish_pack(conn, pack, receipt(total), total)
                self.device = device.hex()
                chunks.took(held.seconds, self._held_at_most())
                self._at_once = chunks.size
                self._between_chunks()
        return pack, total

    def known_pack(self, sha256: bytes) -> int:
        """The number of a pack of which all that it held is here still; 0 where there is none.

        A file with that sha-256 was checked and taken in whole, nothing of it was forgotten, and
        no undo has removed anything, since a pack that is in keeps what it holds.
        """
        with told(self.path):
            row = self._conn.execute(
                "SELECT max(id) FROM pack WHERE sha256 = ? AND status = 'finished' AND held > 0",
                (sha256,),
            ).fetchone()
        return int(row[0] or 0)

    def collect_known(
        self, known: int, file: str, at: int, receipt: Callable[[Merged], str], *, collect: int = 0
    ) -> tuple[int, Merged] | None:
        """Note that a file of `known_pack` was collected once more; as `collect` would say it.

        None where it was taken back meanwhile: the file then has to be read.
        """
        with self._writing() as conn:
            return merge.take_in_known(conn, known, file, at, receipt, collect)

    def collects(self, walk: str = "") -> list[list[int]]:
        """The packs that each collect brought and that are in, the oldest collect first."""
        found: dict[int, list[int]] = {}
        with told(self.path):
            for pack, collect in self._conn.execute(
                "SELECT id, collect FROM pack WHERE status = 'finished' AND (? = '' OR walk = ?) "
                "ORDER BY collect, id",
                (walk, bytes.fromhex(walk)),
            ):
                found.setdefault(collect, []).append(pack)
        return list(found.values())

    def take_back_pack(self, pack: int) -> TakenBack:
        """Undo the collect of one pack."""
        with self._writing() as conn:
            return taking_back.take_back(conn, [pack])

    def take_back_packs(self, packs: Iterable[int]) -> TakenBack:
        """Undo the collect of several packs in one go."""
        with self._writing() as conn:
            return taking_back.take_back(conn, list(packs))

    def take_back_unfinished(self) -> int:
        """Take back the packs and imports that were cut off; how many there were.

        Of an import, what something newer stands on stays, and its act can still be undone. Only
        safe while no other process collects or imports, so a caller holds the store alone.
        """
        with self._writing() as conn:
            packs = conn.execute("SELECT id FROM pack WHERE status = 'unfinished'").fetchall()
            jobs = conn.execute(
                "SELECT walk, about, act FROM job WHERE kind = ?", (IMPORT,)
            ).fetchall()
            if packs:
                taking_back.take_back(conn, [row[0] for row in packs])
            if jobs:
                taking_back.take_back_acts(conn, {act for *_, act in jobs})
                conn.execute("DELETE FROM job WHERE kind = ?", (IMPORT,))
        return len(packs) + len({(walk, about) for walk, about, _ in jobs})

    # Jobs: work that a kill may cut off

    def _begin_job(self, conn: sqlite3.Connection, walk: bytes, about: str, act: int) -> None:
        conn.execute(
            "INSERT INTO job(kind, walk, about, act) VALUES (?,?,?,?)", (IMPORT, walk, about, act)
        )

    def _check_job(self, conn: sqlite3.Connection, act: int) -> None:
        """StoreError where the job of this act was taken back, or ended by another program."""
        if not _there(conn, _JOB, IMPORT, act):
            raise taken_back_meanwhile()

    def _end_jobs(self, conn: sqlite3.Connection, walk: bytes, about: str) -> None:
        """This run is through, and so is an earlier one of the same that was cut off."""
        conn.execute(
            "DELETE FROM job WHERE kind = ? AND walk = ? AND about = ?", (IMPORT, walk, about)
        )

    # Receipts

    def keep_receipt(self, kind: str, walk: str, at: int, value: dict[str, Any]) -> int:
        """Keep a receipt; its number."""
        with self._writing() as conn:
            cursor = conn.execute(
                "INSERT INTO receipt(walk, at, kind, words) VALUES (?,?,?,?)",
                (bytes.fromhex(walk), at, kind, json.dumps(value, ensure_ascii=False)),
            )
        return int(cursor.lastrowid or 0)

    def receipts(self, walk: str = "", *, pack: int = 0) -> list[KeptReceipt]:
        """The receipts of one walk, or of all, the newest first; with `pack` those that name it.

        The database looks for the pack: thousands of receipts take long to read.
        """
        with told(self.path):
            rows = self._conn.execute(
                "SELECT id, walk, at, kind, words FROM receipt WHERE (?1 = '' OR walk = ?2) "
                f"AND (?3 = 0 OR ?3 IN (SELECT value FROM {_NUMBERS})) ORDER BY id DESC",
                (walk, bytes.fromhex(walk), pack),
            ).fetchall()
        return [
            KeptReceipt(number, of.hex(), at, kind, json.loads(words))
            for number, of, at, kind, words in rows
        ]

    def packs_told(self) -> set[int]:
        """The packs that any receipt names."""
        with told(self.path):
            return {
                row[0]
                for row in self._conn.execute(
                    f"SELECT DISTINCT value FROM receipt, {_NUMBERS} "
                    "WHERE type = 'integer' AND typeof(key) = 'integer'"
                )
            }
