"""Maps of form exports: a look into a table before it is taken in, and maps kept on this laptop."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from walk.errors import IntakeError
from walk.exchange.pack import ENDING, LOCKED_ENDING
from walk.intake.column_map import ColumnMap, as_values, fitted, of_values, signature
from walk.intake.columns_file import columns_text
from walk.intake.guess import guessed
from walk.intake.mapped import MappedTable
from walk.intake.open_table import open_table
from walk.intake.records import Record, Records
from walk.intake.rows import NoteRow, RefusedRow
from walk.intake.table import header_of, is_plain
from walk.intake.whole_file import write_whole
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.text import one_line

MAPS = "import maps"
"""The local setting that holds the maps of this laptop, the newest first."""
KEPT = 20
ENDINGS = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm"}
"""What the names of tables end in."""
LISTED_MOST = 400
"""Tables that are listed of one folder."""
LOOKED_AT = 200
"""Rows that are read for a look into a table."""


@dataclass(frozen=True, slots=True)
class Look:
    """The first rows of a table."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Record, ...]
    told: tuple[str, ...] = ()
    """What was assumed about the file."""
    sheet: str = ""
    """The sheet that was read; empty where it is no workbook."""
    sheets: tuple[str, ...] = ()
    """All sheets of a workbook that are not hidden."""
    more: bool = False
    """The table has more rows than these."""

    @property
    def plain(self) -> bool:
        """Whether it is in the plain form, which needs no map."""
        return is_plain(self.header)

    @property
    def cells(self) -> list[Sequence[str]]:
        """The cells of the rows that could be read."""
        return [cells for _line, cells in self.rows if not isinstance(cells, str)]


def look(path: Path, sheet: str = "") -> Look:
    """Read the first rows of a table; IntakeError when it is none."""
    check_file(path)
    records = open_table(path, sheet, is_plain)
    try:
        header = header_of(records.rows)
        rows = tuple(islice(records.rows, LOOKED_AT + 1))
    finally:
        records.close()
    return Look(
        path,
        tuple(header),
        rows[:LOOKED_AT],
        tuple(records.told),
        records.sheet,
        records.sheets,
        len(rows) > LOOKED_AT,
    )


def check_file(path: Path) -> None:
    """Refuse what is no file; IntakeError."""
    if path.name.lower().endswith((ENDING, LOCKED_ENDING)):
        raise IntakeError(
            f"{one_line(path.name)} is a pack, not a table.",
            "Collect it: c on Home, or walk collect.",
        )
    try:
        wrong = path.exists() and not path.is_file()
    except PermissionError:
        raise IntakeError(
            f"{one_line(path.name)} cannot be read: its folder is closed to you.",
            "Open that folder to yourself, or copy the table out of it.",
        ) from None
    except (OSError, ValueError):  # a name that no file can have
        wrong = True
    if wrong:
        raise IntakeError(
            f"{one_line(path.name) or path} is not a file.", "Save the table as a file first."
        )


def notes_of(seen: Look, columns: ColumnMap, known: Sequence[str] = ()) -> Shown:
    """What a map makes of the rows that were looked at; IntakeError when it says too little."""

    def rows() -> Generator[Record, None, None]:
        yield 0, list(seen.header)
        yield from ((line, c if isinstance(c, str) else list(c)) for line, c in seen.rows)

    table = MappedTable(Records(rows()), columns, known)
    shown = Shown()
    for row in table:
        if isinstance(row, RefusedRow):
            shown.refused.append(row)
        else:
            shown.notes.append(row)
    shown.told = tuple(table.told)
    return shown


@dataclass(slots=True)
class Shown:
    """Some rows of a table as notes."""

    notes: list[NoteRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    told: tuple[str, ...] = ()


def look_for_names(desk: Desk) -> tuple[str, ...]:
    """What the look-fors of the walk on the desk are called, in short and in full."""
    held = prepare.look_fors(desk) if desk.walk_id else []
    return tuple(name for one in held for name in (one.name, one.text) if name)


def proposed(desk: Desk, seen: Look) -> tuple[ColumnMap, bool]:
    """The map kept for a form with this header, else a guess; and whether it was kept."""
    kept = kept_map(desk, seen.header)
    if kept is not None:
        return kept, True
    codes = [one.code for one in prepare.visits(desk)] if desk.walk_id else []
    return guessed(seen.header, seen.cells, codes, look_for_names(desk)), False


def kept_map(desk: Desk, header: Sequence[str]) -> ColumnMap | None:
    """The map that was used last for a table with this header row on this laptop."""
    wanted = signature(header)
    for name, values in desk.store.setting(MAPS, []):
        if name == wanted:
            found = of_values(values)
            return fitted(found, header) if found else None
    return None


def keep_map(desk: Desk, header: Sequence[str], columns: ColumnMap) -> None:
    """Keep a map on this laptop, to be found again by the header row of its form."""
    name = signature(header)
    others = [one for one in desk.store.setting(MAPS, []) if one[0] != name]
    desk.store.set(MAPS, [[name, as_values(columns)], *others[: KEPT - 1]])


def write_map(path: Path, columns: ColumnMap) -> None:
    """Write a map to a file of its own; a WalkError when that cannot be done."""
    try:
        there = path.exists()
    except (OSError, ValueError):  # a name that no file can have
        there = False
    if there:
        raise IntakeError(
            f"{one_line(str(path), 200)} is there already.", "Name a file that is not there yet."
        )
    write_whole(path, columns_text(columns).encode(), before=None)


def tables_in(folder: Path) -> tuple[Path, ...]:
    """The tables that lie in a folder, by name. Waits for its disk."""
    try:
        found = [one for one in folder.iterdir() if one.suffix.lower() in ENDINGS]
    except (OSError, ValueError):
        return ()
    kept = [one for one in found if not one.name.startswith((".", "~"))]
    return tuple(sorted(kept, key=lambda one: one.name.casefold())[:LISTED_MOST])
