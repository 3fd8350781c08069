"""Taking in what exists: rows of a form export or typed-up paper become notes of a walk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from walk.errors import IntakeError
from walk.intake.column_map import ColumnMap
from walk.intake.open_notes import AnyTable, open_notes
from walk.intake.rows import NoteRow, RefusedRow
from walk.model import derived
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.importing.lesson_parts import keep_parts
from walk.routine.importing.row_notes import fresh_notes
from walk.routine.importing.table_maps import MAPS, check_file, kept_map, look, look_for_names
from walk.routine.importing.table_names import Ids, Names, make_unknown, make_walk
from walk.text import one_line

STAGE = "import"

HELD_MOST = 100_000_000
"""About so many bytes of rows are held; the rest of a larger table is read a second time."""
_ROW = 250
"""About so many bytes a row takes beside its words."""
MOST_ROWS = 2_000_000
"""Notes of one table: each takes about a hundred bytes while equal ones are counted."""
REFUSED_MOST = 10_000
"""Refused rows that are named; of more, only how many."""

CHUNK = 2_000
"""Rows that are looked at together."""
VISIT, LOOK_FOR, TEXT, WALKER = map(itemgetter, (1, 4, 5, 6))
"""Fields of a row, asked for many rows at once; by name would take three times as long."""

_OfWalkers = defaultdict[str, list[NoteRow]]

Progress = Callable[[int, int], None]
"""Told the rows done and the rows there are; while the table is read first, 0 and rows so far."""


@dataclass(slots=True)
class TakenIn:
    """What an import brought. Counts of rows."""

    walk: str = ""
    added: int = 0
    already_here: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    refused_more: int = 0
    """Refused rows beyond those that are named."""
    ignored: tuple[str, ...] = ()
    """Columns of the table that are not read."""
    told: tuple[str, ...] = ()
    """What was assumed about the file, and what was left out by rule, a line each."""

    def as_json(self) -> dict[str, Any]:
        """The shape of `walk import --json`: extended at times, never changed."""
        said: dict[str, Any] = {
            "walk": self.walk,
            "added": self.added,
            "already_here": self.already_here,
            "refused": [{"line": row.line, "why": row.why} for row in self.refused],
        }
        if self.refused_more:
            said["refused_more"] = self.refused_more
        if self.told:
            said["told"] = list(self.told)
        return said

    def in_words(self) -> str:
        """The counts on one line."""
        walk = f" · walk {self.walk[-8:]}" if self.walk else ""
        counts = f"{self.added:,} added, {self.already_here:,} already here"
        return f"{counts}, {len(self.refused) + self.refused_more:,} refused{walk}"

    def problems(self) -> list[str]:
        """What was not taken in, and what was assumed, a line each."""
        lines = [f"line {row.line}: {row.why}" for row in self.refused]
        if self.refused_more:
            lines.append(f"and {self.refused_more:,} more rows that are not named here")
        lines += self.told
        return [*lines, f"Columns not read: {', '.join(self.ignored)}"] if self.ignored else lines

    def refuse(self, row: RefusedRow) -> None:
        """Name a row that was not taken in, or count it where there are very many."""
        if len(self.refused) < REFUSED_MOST:
            self.refused.append(row)
        else:
            self.refused_more += 1


@dataclass(slots=True)
class _FirstReading:
    """What a first reading finds: all that a table names, and its rows where they fit."""

    names: Names = field(default_factory=Names)
    rows: int = 0
    held: list[NoteRow] | None = field(default_factory=list)
    """The good rows; None where they were too many to hold."""
    digest: int = 0
    """Says the same rows in any order; names the walk that is made from them."""
    date: str = ""
    """The day of the first submission, as ISO, where a column says one."""


def import_table(
    desk: Desk,
    path: Path,
    *,
    into: str = "",
    columns: ColumnMap | None = None,
    sheet: str = "",
    progress: Progress = lambda done, of: None,
) -> TakenIn:
    """Add the rows of a table to a walk, or to one that is made for them.

    A table in the plain form needs no `columns`; for any other they say what each column is. Left
    out, those are taken that this laptop used last for a table with the same header.

    Every row has an id derived from its walk, fields and occurrence, so importing again, here or
    on another laptop, adds nothing, and a note that was withdrawn since stays withdrawn: it counts
    as already here, and undo or redo, not a second import, brings it back. A bad row is named with
    its line; the good ones are kept. All of the table is read and checked before anything is saved.
    """
    name = one_line(path.name)  # a name may hold what no record can keep
    check_file(path)
    taken = TakenIn(walk=into)
    if columns is None:
        columns = _kept_columns(desk, path, sheet)
    known = _known_look_fors(desk, into) if columns else ()
    table = open_notes(path, columns, sheet, known)
    first = _read_first(table, taken, progress)
    taken.ignored, taken.told = table.ignored, tuple(table.told)
    if not first.rows:
        if into or taken.refused:
            return taken
        raise IntakeError(
            "The table has a first row and no others.", "Add a row for each note, then try again."
        )
    taken.walk = into or derived("imported walk", f"{first.digest:064x}")
    purged.refuse_notes(desk, taken.walk)
    desk.walk_id = taken.walk
    desk.store.look_through()
    if not into:
        make_walk(desk, STAGE, name, first.date)
    ids = make_unknown(desk, STAGE, first.names, run=name)
    if into:
        taken.told = (*ids.new, *taken.told)
    keep_parts(desk, STAGE, table.parts, ids, run=name)
    if first.held is None:
        rows = _again(open_notes(path, columns, sheet, known), ids, taken)
    else:
        rows = _together(first.held)
    words = f"{one_line(name, 40)} imported"
    notes = fresh_notes(desk.walk_id, rows, ids)
    for added, here in desk.store.add_notes(desk.by(), STAGE, words, notes, about=name):
        taken.added += added
        taken.already_here += here
        progress(taken.added + taken.already_here, first.rows)
    desk.open_walk(taken.walk)
    if taken.added:
        _keep_receipt(desk, name, taken)
    return taken


def _read_first(table: AnyTable, taken: TakenIn, progress: Progress) -> _FirstReading:
    first = _FirstReading()
    rows, names, size = iter(table), first.names, 0
    while chunk := list(islice(rows, CHUNK)):
        good = [row for row in chunk if isinstance(row, NoteRow)]
        if len(good) < len(chunk):
            for row in chunk:
                if isinstance(row, RefusedRow):
                    taken.refuse(row)
        first.rows += len(good)
        if first.rows > MOST_ROWS:
            raise IntakeError(
                f"The table holds more than {MOST_ROWS:,} notes.", "Import parts of it apart."
            )
        names.visits.update(map(VISIT, good))
        names.look_fors.update(map(LOOK_FOR, good))
        names.walkers.update(map(WALKER, good))
        if first.held is not None:
            first.held += good
            size += _ROW * len(good) + sum(map(len, map(TEXT, good)))
            if size > HELD_MOST:
                first.held = None
        progress(0, first.rows)
    names.look_fors.discard("")
    names.walkers.discard("")
    first.digest = table.equals.digest
    first.date = table.first_day
    return first


def _kept_columns(desk: Desk, path: Path, sheet: str) -> ColumnMap | None:
    """The map kept for a table that is not in the plain form; None where there is none."""
    if not desk.store.setting(MAPS, []):
        return None
    seen = look(path, sheet)
    return None if seen.plain else kept_map(desk, seen.header)


def _known_look_fors(desk: Desk, walk: str) -> tuple[str, ...]:
    before, desk.walk_id = desk.walk_id, walk
    try:
        return look_for_names(desk)
    finally:
        desk.walk_id = before


def _together(rows: Iterable[NoteRow]) -> Iterator[NoteRow]:
    """The rows of each walker in each visit together.

    So that a page of the store's indexes is touched once and not again and again. Not by one sort:
    that would keep a screen waiting while it runs.
    """
    groups: defaultdict[str, defaultdict[str, list[NoteRow]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        groups[row[1]][row[6]].append(row)
    for visit in sorted(groups):
        walkers = groups.pop(visit)
        for walker in sorted(walkers):
            yield from walkers[walker]


def _again(table: AnyTable, ids: Ids, taken: TakenIn) -> Iterator[NoteRow]:
    """The good rows, read a second time; a name that was not there before is refused."""
    for row in table:
        if isinstance(row, RefusedRow):
            continue
        known = row.visit in ids.visits
        known = known and (not row.look_for or row.look_for in ids.look_fors)
        if known and (not row.walker or row.walker in ids.walkers):
            yield row
        else:
            why = "the file was changed while it was read; import it once more"
            taken.refuse(RefusedRow(row.line, why))


def _keep_receipt(desk: Desk, name: str, taken: TakenIn) -> None:
    """Keep what came from which file; a receipt holds no words of notes."""
    desk.store.keep_receipt(
        "import",
        desk.walk_id,
        desk.now().wall_ms,
        {
            "file": name,
            "added": taken.added,
            "already_here": taken.already_here,
            "refused": len(taken.refused) + taken.refused_more,
        },
    )
