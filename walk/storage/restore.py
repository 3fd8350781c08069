"""Restoring: a backup's content brought into the live store, or put in the place of a damaged one.

Everything is made ready in a scratch store beside it: brought up to date, with what must not be
lost of the store as it is, the laptop's new device id, and checked. Only then, in one step, does it
become the store; a kill before that changes nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from walk.errors import BusyStore, DamagedStore, FullDisk
from walk.model import RECORDS
from walk.storage import backup, copies, database, opening, purging, search_index, tables
from walk.storage.aside import Saved, save_into, set_aside
from walk.storage.carrying import carry_over
from walk.storage.checking import wrong_in
from walk.storage.device import fresh_id, renew
from walk.storage.leftover import RESTORING, clear_scratch
from walk.storage.presence import alone
from walk.storage.traces import Traces

BEFORE = f"{backup.BEFORE}restore"

Report = Callable[[str], None]
"""Told in words what is done now."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a restore did."""

    before: Path | None
    """The backup of what was there, where it was sound."""
    aside: Path | None
    """Where the damaged store is now."""
    saved: Saved
    """What was saved from the damaged store."""


def damage(store: Path) -> str:
    """Look through a whole store: what is wrong with it, in words, or nothing.

    Raises NewerStore or ForeignStore for what cannot be judged, BusyStore while another makes a
    backup. A store that is not there is damage where something tells that there was one.
    """
    try:
        conn = opening.connect(store, patience_s=copies.PATIENCE_S)
    except DamagedStore as error:
        return error.message
    with contextlib.closing(conn):
        try:
            with database.told(store):
                conn.execute("DELETE FROM setting WHERE 0")  # whether it can be written at all
        except DamagedStore as error:
            return error.message
        wrong = copies.told_wrong(wrong_in(conn))
        return wrong or copies.look_deep(conn, store)


def holds_nothing(store: Path) -> bool:
    """True for a store in which nothing was written yet: it needs no backup."""
    with database.told(store), contextlib.closing(copies.open_file(store, live=True)) as conn:
        return not conn.execute("SELECT 1 FROM rev LIMIT 1").fetchone()


def bring_back(
    store: Path,
    chosen: Path | None,
    now: int,
    *,
    in_place: bool = False,
    report: Report = lambda words: None,
) -> Brought:
    """Make a backup's content that of the store; `now` in UTC milliseconds.

    A sound store is backed up and then filled anew, so others that have it open see a change. A
    damaged one is set aside and what can be read of it saved. Without a backup (`chosen`) the store
    begins empty, which is for a damaged one alone. With `in_place` this program has the store open
    itself, so a damaged one is told and left (DamagedStore). `report` is told, in words, what is
    done now, as a large store takes a while. Raises BusyStore where another walk has it open.
    """
    with alone(store), database.told(store):
        clear_scratch(store)
        _room_for(store, chosen)
        report("Making the backup ready")
        with _scratch(store, chosen, now) as fresh:
            report("Looking through what is there now")
            wrong = damage(store) if store.exists() else "It is gone."
            if wrong and in_place:
                raise DamagedStore(wrong, database.RESTORE)
            if wrong:
                report("Saving what can still be read")
                return _replace(store, fresh, chosen, now)
            if chosen is None:
                raise DamagedStore(
                    "The store is sound, so nothing is put in its place.",
                    "Choose a backup to bring back: walk restore --list",
                )
            report("Backing up what is there now")
            before = backup.make(store, now, BEFORE)
            report("Bringing the backup back")
            _take_along(store, fresh)
            copies.pour(fresh, store)
            backup.keep_found(store, "")
            return Brought(before, None, Saved())


def _room_for(store: Path, chosen: Path | None) -> None:
    """FullDisk where what is made beside the store cannot fit; SQLite would tell it less clearly.

    That is at least the backup, made ready, and the backup of what is there now.
    """
    sizes = [one.stat().st_size for one in (chosen, store) if one is not None and one.exists()]
    if store.parent.exists() and shutil.disk_usage(store.parent).free < sum(sizes):
        raise FullDisk(
            "The disk is too full to bring a backup back; nothing was changed.",
            f"Free {max(1, round(sum(sizes) / 1_000_000))} MB or more, then try again.",
        )


def begin_empty(store: Path, now: int) -> Path | None:
    """Set a damaged store aside and make an empty one; where the damaged one is now."""
    with alone(store), database.told(store):
        clear_scratch(store)
        where = set_aside(store, now)
        opening.make(store)
        backup.keep_found(store, "")
    return where


@contextlib.contextmanager
def _scratch(store: Path, chosen: Path | None, now: int) -> Iterator[Path]:
    """The content of a backup, or none, as a store of this laptop that nobody sees yet."""
    fresh = store.with_name(f"{store.name}{RESTORING}{os.urandom(4).hex()}")
    store.parent.mkdir(parents=True, exist_ok=True)
    try:
        with database.told(chosen or store):
            if chosen is None:
                opening.make(fresh)
            else:
                copies.copy(chosen, copies.new_file(fresh))
            _make_ready(store, fresh, chosen or fresh, now)
        yield fresh
    finally:
        copies.remove(fresh)


def _make_ready(store: Path, fresh: Path, chosen: Path, now: int) -> None:
    """Bring a copy of a backup up to date, as this laptop's, and look through it."""
    with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as conn:
        database.check_owner(conn, chosen)
        database.set_up(conn)
        database.apply(conn)
        with database.immediate(conn):
            # What is made from the journal is made again, as no hash tells whether it is right.
            conn.execute("REINDEX")
            tables.rebuild(conn)
            search_index.empty(conn)
            renew(conn, store, fresh_id(), now)
            # Where a person was, when the backup was made, is no place to go on.
            conn.execute("DELETE FROM setting WHERE key = 'place'")
        found = copies.told_wrong(wrong_in(conn)) or copies.look_deep(conn, fresh)
    if found:
        raise DamagedStore(
            found.replace("The store", "This backup", 1), "Choose another: walk restore --list"
        )


@contextlib.contextmanager
def _opened(fresh: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as conn:
        database.set_up(conn)
        yield conn


def _replace(store: Path, fresh: Path, chosen: Path | None, now: int) -> Brought:
    with _opened(fresh) as conn:
        saved = save_into(conn, store, chosen, now)
        _forget_again(conn)
    backup.check(fresh)
    copies.sync(fresh)
    where = set_aside(store, now)
    if not database.put_in_place(fresh, store):
        raise BusyStore(
            "The damaged store is set aside, and another file came into its place meanwhile.",
            "Close what uses it, then bring the backup back once more: walk restore.",
        )
    backup.keep_found(store, "")
    return Brought(None, where, saved)


def _take_along(store: Path, fresh: Path) -> None:
    with contextlib.closing(copies.open_file(store, live=True)) as read, _opened(fresh) as conn:
        with database.immediate(conn):
            carry_over(read, conn)
        _forget_again(conn)


def _forget_again(conn: sqlite3.Connection) -> None:
    """Take out what was erased or purged since the backup was made, as elsewhere in a backup."""
    with purging.overwriting(conn), database.immediate(conn):
        for record, walk in conn.execute("SELECT record, walk FROM forgotten").fetchall():
            if conn.execute(
                "SELECT 1 FROM revision WHERE record = ? LIMIT 1", (record,)
            ).fetchone():
                purging.forget_note(conn, walk, record, Traces())
        for walk, kinds, at in conn.execute("SELECT walk, kinds, at FROM purged").fetchall():
            away = set(json.loads(kinds))
            here = {
                row[0]
                for row in conn.execute(
                    "SELECT DISTINCT kind FROM revision WHERE walk = ?", (walk,)
                )
            }
            if purging.EVERY in away and here:
                purging.forget_walk(conn, walk, (), at, Traces(), purging.EVERY)
            elif here & away:
                stays = (here | RECORDS.keys()) - away
                purging.forget_walk(conn, walk, stays, at, Traces())
