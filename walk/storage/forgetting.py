"""Forgetting: what erase and purge take out of a store for good. Ids are hex here.

What goes, goes in one transaction, which also notes a job: the files have still to be cleaned. A
job that is left over, as after a kill, is finished by whoever looks after the store next.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from walk.model import Record
from walk.storage import journal, purging
from walk.storage.database import immediate, not_there, told
from walk.storage.journal import Change, Stamp
from walk.storage.purging import EVERY
from walk.storage.reading import Reading
from walk.storage.traces import Traces

JOBS = ("erase", "purge")
"""The kinds of job that are ours."""
PIECES_OF_MANY = 3
"""Pieces of one text that are looked for afterwards where a whole walk's texts are."""


_NUMBER = "(SELECT id FROM name WHERE key = ?)"


class Who(Protocol):
    """Who writes, of which walk, and when."""

    @property
    def walk(self) -> str:
        """The walk's id."""

    @property
    def author(self) -> str:
        """The walker's id, or nothing."""

    @property
    def at(self) -> int:
        """UTC milliseconds."""

    @property
    def zone(self) -> int:
        """Minutes from UTC."""


class Written(NamedTuple):
    """A note whose first wording this laptop wrote, also one that is withdrawn."""

    id: str
    author: str
    withdrawn: bool
    body: str
    """Its newest wording, as JSON."""
    at: int


@dataclass(frozen=True, slots=True)
class Job:
    """Files that have still to be cleaned."""

    id: int
    kind: str
    walk: str
    about: dict[str, Any]


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name; None where it cannot be told."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Forgetting(Reading):
    """What can be taken out of an open store, beside all that can be asked of it."""

    _file: tuple[int, int] | None = None
    """Which file was opened; None where that could not be told."""

    def is_in_place(self) -> bool:
        """Whether what is open is still the store at its path, and was not set aside meanwhile."""
        return self._file == identity(self.path)

    @contextmanager
    def _locked(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes.

        StoreError where the file was taken away or replaced: SQLite would go on with the one that
        it has open, and all of that would be lost when walk is closed.
        """
        with immediate(self._conn) as conn:
            # Windows takes no open file away, and some of its disks number their files anew.
            if sys.platform != "win32" and self._file and not self.is_in_place():
                raise not_there(self.path)
            yield conn

    # What can be asked

    def forgotten(self, walk: str) -> set[str]:
        """The ids of a walk's records that never come in again."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT record FROM forgotten WHERE walk = ?", (bytes.fromhex(walk),)
            ).fetchall()
        return {row[0].hex() for row in rows}

    def purged(self, walk: str) -> tuple[frozenset[str], int] | None:
        """The kinds of a walk's records that stay away and since when; None before a purge."""
        with told(self.path):
            row = self._conn.execute(
                "SELECT kinds, at FROM purged WHERE walk = ?", (bytes.fromhex(walk),)
            ).fetchone()
        return (frozenset(json.loads(row[0])), row[1]) if row else None

    def entries(self, walk: str) -> Counter[str]:
        """How many entries of the journal there are of each kind, in every wording."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT kind, count(*) FROM rev WHERE walk = (SELECT id FROM name WHERE key = ?) "
                "GROUP BY kind",
                (bytes.fromhex(walk),),
            ).fetchall()
        return Counter(dict(rows))

    def holds(self, walk: str, kinds: Collection[str]) -> Counter[str]:
        """How many records of these kinds there are, withdrawn ones included."""
        found: Counter[str] = Counter()
        with told(self.path):
            for kind in kinds:
                row = self._conn.execute(
                    "SELECT count(*) FROM state WHERE kind = ? AND walk = "
                    "(SELECT id FROM name WHERE key = ?)",
                    (kind, bytes.fromhex(walk)),
                ).fetchone()
                found[kind] = row[0]
        return +found

    def wordings(self, record: str) -> list[str]:
        """Every different wording of a record that is here, as JSON, oldest first."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT body FROM revision WHERE record = ? AND body <> '' ORDER BY seq",
                (bytes.fromhex(record),),
            ).fetchall()
        return list(dict.fromkeys(row[0] for row in rows))

    def notes_named(self, part: str) -> list[tuple[str, str]]:
        """(walk id, note id) of each note whose id ends or begins with these hex digits."""
        if not 0 < len(part) <= 32 or not set(part) <= set("0123456789abcdef"):
            return []
        with told(self.path):
            rows = self._conn.execute(
                "SELECT w.key, n.key FROM name AS n CROSS JOIN state AS s ON s.record = n.id "
                "JOIN name AS w ON w.id = s.walk "
                "WHERE (n.key BETWEEN ? AND ? OR substr(hex(n.key), ?) = ?) "
                "AND s.kind = 'note' ORDER BY n.key",
                (
                    *(bytes.fromhex(f"{part[:32]:{rest}<32}") for rest in "0f"),
                    *(-len(part), part.upper()),
                ),
            ).fetchall()
        return [(row[0].hex(), row[1].hex()) for row in rows]

    def written_here(self, walk: str, note: str = "") -> list[Written]:
        """The notes of a walk whose first wording this laptop wrote, oldest first.

        With `note` that one alone, if it is among them.
        """
        first = f"SELECT record FROM rev WHERE walk = {_NUMBER} AND kind = 'note' "
        first += f"AND record = {_NUMBER} " if note else ""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT r.key, a.key, deleted, body, made_at FROM rev "
                "JOIN name AS r ON r.id = rev.record JOIN name AS a ON a.id = rev.author "
                f"WHERE kind = 'note' AND rev.record IN ({first}AND generation = 1 "
                "AND act IS NOT NULL) ORDER BY seq",
                [bytes.fromhex(one) for one in (walk, note) if one],
            ).fetchall()
        found: dict[str, Written] = {}
        for record, author, deleted, body, at in rows:
            id_ = record.hex()
            before = found.get(id_)
            said = body or (before.body if before else "")
            found[id_] = Written(
                id_, author.hex(), bool(deleted), said, before.at if before else at
            )
        return list(found.values())

    def devices(self, record: str) -> set[str]:
        """The laptops that published a record."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT DISTINCT device FROM revision WHERE record = ? AND team = 1",
                (bytes.fromhex(record),),
            ).fetchall()
        return {row[0].hex() for row in rows}

    def jobs(self) -> list[Job]:
        """What was erased or purged while the files have still to be cleaned, oldest first."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT id, kind, walk, about FROM job WHERE kind IN (?, ?) ORDER BY id", JOBS
            ).fetchall()
        return [Job(row[0], row[1], row[2].hex(), json.loads(row[3])) for row in rows]

    # What is taken out

    def erase_note(
        self, by: Who, words: str, note: str, request: Record | None
    ) -> tuple[Counter[str], Traces]:
        """Take every wording of a note out of this store; how many of what, and what to look for.

        `request` is kept and published, for the other laptops. Undo does not cross it.
        """
        traces = Traces()
        stamp = self._who(by)
        with told(self.path), purging.overwriting(self._conn), self._locked() as conn:
            gone = purging.forget_note(conn, stamp.walk, bytes.fromhex(note), traces)
            self._ask(stamp, words, request)
            self._note_job("erase", stamp, {"note": note, "gone": gone, "at": by.at})
        return gone, traces

    def purge_walk(
        self,
        by: Who,
        words: str,
        stays: Collection[str],
        request: Record | None,
        kept: dict[str, Any],
        about: dict[str, Any],
        *,
        blocks_all: bool = False,
    ) -> tuple[Counter[str], Traces]:
        """Take a walk's records out, all but the kinds that stay; how many of what went.

        `kept` are its counts, which stay in a setting while the walk does; `about` goes on the
        receipt. With `blocks_all` nothing of the walk comes in again.
        """
        traces = Traces(PIECES_OF_MANY)
        stamp = self._who(by)
        blocks = EVERY if blocks_all else ""
        with told(self.path), purging.overwriting(self._conn), self._locked() as conn:
            gone = purging.forget_walk(conn, stamp.walk, stays, by.at, traces, blocks)
            if stays:
                self._ask(stamp, words, request)
            if kept:
                purging.keep_counts(conn, by.walk, kept)
            told_later = {**about, "stays": sorted(stays), "blocks": blocks, "kept": kept}
            self._note_job("purge", stamp, {**told_later, "gone": gone, "at": by.at})
        return gone, traces

    def _who(self, by: Who) -> Stamp:
        return Stamp(
            walk=bytes.fromhex(by.walk),
            author=bytes.fromhex(by.author),
            device=bytes.fromhex(self.device),
            made_at=by.at,
            zone=by.zone,
        )

    def _ask(self, stamp: Stamp, words: str, request: Record | None) -> None:
        """Close what was done before off from undo; and keep the request, for the next pack."""
        act = journal.barrier(self._conn, stamp, words, everyone=True)
        if request is None:
            return
        record = bytes.fromhex(request.id)
        change = Change(record, request.kind, request.schema_version, request.body())
        journal.write(self._conn, stamp, [change], act)
        journal.publish(self._conn, stamp, words, [record], everyone=True)

    def _note_job(self, kind: str, stamp: Stamp, about: dict[str, Any]) -> None:
        self._conn.execute(
            "INSERT INTO job(kind, walk, about, act) VALUES (?,?,?,0)",
            (kind, stamp.walk, json.dumps(about)),
        )

    def end_job(self, job: int, kind: str, walk: str, at: int, receipt: dict[str, Any]) -> None:
        """The files are clean: forget the job and keep its receipt, at once."""
        with told(self.path), self._locked() as conn:
            if not conn.execute("DELETE FROM job WHERE id = ?", (job,)).rowcount:
                return  # another program was quicker
            conn.execute(
                "INSERT INTO receipt(walk, at, kind, words) VALUES (?,?,?,?)",
                (bytes.fromhex(walk), at, kind, json.dumps(receipt)),
            )
