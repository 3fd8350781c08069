"""Laptops for tests: stores with known device ids and clocks, and packs that travel."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from walk.model import Note, Placing, Record, Revision, Theme, Walk, derived, placing_id
from walk.storage.device import fingerprint
from walk.storage.merge import Merged
from walk.storage.store import By, Store

WALK = derived("walk for tests")
VISIT = derived("visit", WALK, "V1")
THEME = derived("theme for tests")
START = 1_760_430_000_000

Pack = list[tuple[bytes, Revision]]
"""What a pack carries: revisions with their ids, as `Store.collect` takes them."""


@cache
def folder() -> Path:
    """A folder for this process's stores, in memory where the system has such a place."""
    memory = "/dev/shm"
    place = memory if os.access(memory, os.W_OK) else None
    made = tempfile.mkdtemp(prefix="walk-tests-", dir=place)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


@cache
def _empty_store(name: str) -> bytes:
    """The bytes of a laptop's new store, so that not every example has to migrate one."""
    path = folder() / f"{name}.walkdb"
    Store.open(path, START).close()
    _bear(path, bytes.fromhex(derived("device", name)))
    content = path.read_bytes()
    _remove(path)
    return content


def _bear(path: Path, device: bytes) -> None:
    """Make `device` the id of the laptop whose store lies at `path`; nothing has it open."""
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("DELETE FROM device")
        conn.execute("INSERT INTO device VALUES (?,?,?)", (device, fingerprint(path), START))


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def walker(name: str) -> str:
    """The walker id that goes by a name in tests."""
    return derived("walker", name)


def note(name: str, text: str, **fields: object) -> Note:
    """A note whose id comes from `name`, as imported rows have it."""
    values = {"id": derived("note", name), "walk": WALK, "visit": VISIT, "text": text}
    return Note.from_dict({**values, **fields})


def theme(name: str = "a theme") -> Theme:
    """The one theme of the tests."""
    return Theme(id=THEME, walk=WALK, name=name)


def placing(one: Note) -> Placing:
    """A note's place in that theme."""
    return Placing(id=placing_id(one.id, THEME), walk=WALK, theme=THEME, note=one.id)


def the_walk(title: str = "") -> Walk:
    """The walk record of the tests."""
    return Walk(id=WALK, walk=WALK, title=title)


class Laptop:
    """A store, whose it is, and a clock that stands still until it is set."""

    def __init__(self, name: str, *, clock: int = START) -> None:
        self.name = name
        self.clock = clock
        self.me = walker(name)
        self.path = folder() / f"{name}.walkdb"
        content = _empty_store(name)
        _remove(self.path)
        self.path.write_bytes(content)
        self._acts = itertools.count(1)
        self._open()

    def _open(self) -> None:
        self.store = Store.open(self.path, self.clock)
        self.look = sqlite3.connect(self.path)

    def become(self, other: Laptop) -> None:
        """Bear the device id of another laptop, as after cloning its disk."""
        self.close()
        _bear(self.path, bytes.fromhex(other.store.device))
        self._open()

    def content(self) -> bytes:
        """The store's file, as a copy of a program that is not running would have it."""
        self.close()
        found = self.path.read_bytes()
        self._open()
        return found

    def bring_back(self, content: bytes) -> None:
        """Put an earlier copy of the file in its place."""
        self.remove()
        self.path.write_bytes(content)
        self._open()

    def close(self) -> None:
        """Close every connection."""
        self.store.close()
        self.look.close()

    def remove(self) -> None:
        """Close the store and delete its files."""
        self.close()
        _remove(self.path)

    def by(self, author: str | None = None) -> By:
        """Who writes here, now."""
        return By(WALK, self.me if author is None else author, self.clock, 0)

    def save(
        self, *records: Record, stage: str = "write", author: str | None = None, words: str = ""
    ) -> bool:
        """Save records as one act."""
        words = words or f"{self.name} {next(self._acts)}"
        return self.store.save(self.by(author), stage, words, records)

    def withdraw(self, *records: Record, stage: str = "write") -> bool:
        """Withdraw records as one act."""
        words = f"{self.name} {next(self._acts)}"
        return self.store.save(self.by(), stage, words, withdraw=records)

    def share(self, *records: Record) -> int:
        """Publish these records, or all that is unshared."""
        chosen = [one.id for one in records] or self.store.unshared(WALK)
        return self.store.publish(self.by(), "shared", chosen, everyone=True)

    def pack(self) -> Pack:
        """All that this laptop gives to others."""
        return [(rev.rev_id(), rev) for rev in self.store.published(WALK)]

    def collect(self, pack: Iterable[tuple[bytes, Revision]]) -> tuple[int, Merged]:
        """Take a pack in; its number here and what it brought."""
        return self.store.collect(
            os.urandom(32), "a.walk", WALK, "someone", pack, self.clock, lambda _: "{}"
        )

    def words(self, one: Note) -> str | None:
        """The text that is shown for a note, or None."""
        shown = self.store.get(Note, one.id)
        return shown.text if shown else None

    def pool(self) -> dict[str, str]:
        """The pool: note id to text."""
        return {one.record.id: one.record.text for one in self.store.all(Note, WALK, pool=True)}

    def displayed(self, record: bytes) -> bytes:
        """The id of the revision that is shown for a record."""
        found = self.look.execute(
            "SELECT r.rev_id FROM state s JOIN rev r ON r.seq = s.shown "
            "JOIN name n ON n.id = s.record WHERE n.key = ?",
            (record,),
        ).fetchone()
        return bytes(found[0])

    def rev_ids(self) -> set[bytes]:
        """The journal as a set."""
        return {row[0] for row in self.look.execute("SELECT rev_id FROM rev")}


class CutOff(Exception):
    """A pack's reading ends here, as a kill would end it."""


def cut_off(pack: Pack, after: int) -> Iterator[tuple[bytes, Revision]]:
    """A pack whose reading breaks off after some revisions."""
    yield from pack[:after]
    raise CutOff
