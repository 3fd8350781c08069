"""Damaged stores: set aside under another name, and what can still be read of them saved.

Nothing of a damaged store is changed: what is read is a raw copy of it. A bit that is wrong cannot
bring anything false in, as each entry of the journal is held against its hash.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from walk.disk import replace
from walk.model import Revision
from walk.storage import copies, journal, names, pages, tables
from walk.storage.backup import aside, kept, stamp
from walk.storage.carrying import UNREADABLE, carry_over
from walk.storage.database import ASIDE, NEW, immediate, told
from walk.storage.journal import Stamp
from walk.storage.merge import Forgotten
from walk.storage.rows import COLUMNS, from_row, ids_of, insert, to_row

ALONE = "-alone"
"""Ends the name of a journal file that was found without its store."""

_CHUNK = 500
_FARTHEST = 1 << 40
"""No journal has so many entries; a search for readable ones ends here."""

Entry = tuple[bytes, Revision, bool]
"""A revision that adds up, with its id, and whether this laptop wrote it."""


def set_aside(store: Path, now: int) -> Path | None:
    """Give a damaged store and what lies beside it another name; where it is then.

    None where there is nothing. Whoever does so holds the store alone.
    """
    found = [end for end in ("", *copies.SIDES) if Path(f"{store}{end}").exists()]
    if not found:
        return None
    alone = ALONE if "" not in found else ""
    with told(store):
        target = _free_name(store, f"{stamp(now)}{alone}")
        for end in found:
            replace(Path(f"{store}{end}"), Path(f"{target}{end}"))
        copies.sync(store.parent)
    return target


def _free_name(store: Path, stem: str) -> Path:
    number = 1
    while True:
        more = "" if number == 1 else f"_{number}"
        target = store.with_name(f"{store.name}{ASIDE}{stem}{more}")
        if not any(Path(f"{target}{end}").exists() for end in ("", *copies.SIDES)):
            return target
        number += 1


# Saving what can be read


@dataclass(frozen=True, slots=True)
class Saved:
    """What was brought over from a damaged store and its backup did not have."""

    notes: int = 0
    entries: int = 0
    """Of the journal, those of notes included."""
    drafts: int = 0


def save_into(conn: sqlite3.Connection, store: Path, base: Path | None, now: int) -> Saved:
    """Bring over what a damaged store still holds and the fresh one, `conn`, does not.

    `base` is the backup that the fresh one was made from; its pages stand in for those that the
    damaged file lost. Also read is what a mending that was cut off had set aside already.
    """
    before = _drafts(conn)
    with immediate(conn):
        entries, notes = 0, 0
        for copy in _raw_copies(store, base, now):
            with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as read:
                carry_over(read, conn)
                found = _bring_over(conn, _entries(read), now)
            entries, notes = entries + found[0], notes + found[1]
        drafts = len(_drafts(conn) - before)
    return Saved(notes, entries, drafts)


def _drafts(conn: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(conn.execute("SELECT place, text FROM draft"))


def _raw_copies(store: Path, base: Path | None, now: int) -> Iterator[Path]:
    """Raw copies of what may still be read, one after the other; each is gone after its use."""
    since = next((one.at for one in kept(store, now)), 0)
    cut_off = [one for one in aside(store) if one.name > f"{store.name}{ASIDE}{stamp(since)}"]
    journal_file = Path(f"{store}-wal")
    for main in [store, *cut_off]:
        beside = Path(f"{main}-wal")
        if not main.exists() and not beside.exists():
            continue
        wals = [beside, journal_file] if main in cut_off and not store.exists() else [beside]
        for wal in (one for one in dict.fromkeys(wals) if one.exists()):
            yield from _composed(store, main, wal, base)
        if not any(one.exists() for one in wals):
            yield from _composed(store, main, None, base)


def _composed(store: Path, main: Path, wal: Path | None, base: Path | None) -> Iterator[Path]:
    """The file as it is; then with pages of the backup where its own are of no use."""
    target = store.with_name(f"{store.name}{NEW}{os.urandom(4).hex()}")
    for mended in (False, True) if base else (False,):
        try:
            copies.new_file(target)
            if main.exists():
                shutil.copyfile(main, target)
            if wal is not None:
                shutil.copyfile(wal, copies.new_file(Path(f"{target}-wal")))
            if mended and base:
                target.write_bytes(pages.lend(target.read_bytes(), base.read_bytes()))
            if target.stat().st_size or wal is not None:
                yield target
        finally:
            copies.remove(target)


def _entries(conn: sqlite3.Connection) -> Iterator[Entry]:
    """Every entry that can be read and adds up, past what cannot."""
    for source in ("revision", "rev"):  # in an older store the journal itself has the columns
        for row in _rows(conn, source):
            with contextlib.suppress(ValueError, OverflowError, TypeError, AttributeError):
                revision = from_row(row[1:-1])
                if revision.rev_id() == row[1]:
                    yield row[1], revision, bool(row[-1])


def _rows(conn: sqlite3.Connection, source: str) -> Iterator[tuple[Any, ...]]:
    """The rows of the journal by seq. Where reading breaks off it goes on behind the damage,
    by greater and greater leaps, and from there back to it.
    """
    sql = f"SELECT seq, {COLUMNS}, act IS NOT NULL FROM {source} WHERE"
    at, last, leap = -1, -1, 1
    while at < _FARTHEST:
        try:
            for row in conn.execute(f"{sql} seq > ? ORDER BY seq", (at,)):
                if leap > 1:
                    yield from _back(conn, sql, row[0], last)
                yield row
                at, last, leap = row[0], row[0], 1
            return
        except UNREADABLE as error:
            if isinstance(error, sqlite3.OperationalError) and "no such" in str(error):
                return
            at, leap = at + leap, leap * 2


def _back(conn: sqlite3.Connection, sql: str, above: int, low: int) -> Iterator[tuple[Any, ...]]:
    with contextlib.suppress(*UNREADABLE):
        yield from conn.execute(f"{sql} seq < ? AND seq > ? ORDER BY seq DESC", (above, low))


def _bring_over(conn: sqlite3.Connection, entries: Iterator[Entry], now: int) -> tuple[int, int]:
    """Add what is not here yet: (entries, records of notes)."""
    here = {row[0] for row in conn.execute("SELECT rev_id FROM rev")}
    by_walk: dict[bytes, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry[0] not in here:
            here.add(entry[0])
            by_walk[entry[1].walk].append(entry)
    count, notes = 0, set()
    for walk, found in by_walk.items():
        act, added = journal.begin_act(conn), 0
        for start in range(0, len(found), _CHUNK):
            chunk = _add(conn, walk, found[start : start + _CHUNK], act.number)
            added += len(chunk)
            notes |= {rev.record for rev in chunk if rev.kind == "note"}
        if added:
            # Undo does not cross it: of older acts, too, only some entries may have been saved.
            by = Stamp(walk=walk, author=journal.EVERYONE, device=b"", made_at=now, zone=0)
            journal.note_act(conn, by, "", "saved from a damaged store", "barrier", act)
        count += added
    return count, len(notes)


def _add(conn: sqlite3.Connection, walk: bytes, entries: list[Entry], act: int) -> list[Revision]:
    gone = Forgotten(conn, [walk]).of((rev.record, rev.walk, rev.kind) for _, rev, _ in entries)
    wanted = [one for one in entries if one[1].record not in gone]
    number = names.numbers(conn, [key for _, rev, _ in wanted for key in ids_of(rev)])
    new = []
    taken: set[tuple[int, int, int | None]] = set()
    for rev_id, rev, local in wanted:
        place = (number[rev.walk], number[rev.device], rev.number)
        clone = rev.number is not None and (place in taken or _is_taken(conn, place))
        taken.add(place)
        new.append(to_row(rev, rev_id, number, act if local else None, clone))
    insert(conn, new)
    tables.refresh(conn, {row[2] for row in new})
    return [rev for _, rev, _ in wanted]


def _is_taken(conn: sqlite3.Connection, place: tuple[int, int, int | None]) -> bool:
    """True where another revision bears this published number: a cloned laptop gave it twice."""
    return bool(
        conn.execute(
            "SELECT 1 FROM rev WHERE walk = ? AND device = ? AND number = ? AND clone = 0", place
        ).fetchone()
    )
