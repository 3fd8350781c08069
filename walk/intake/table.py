"""A table of notes in the plain form, row by row: good rows are kept, bad ones named with cause.

Nothing of the file is trusted. Memory holds the longest row and about a hundred bytes for each
row already read (to count equal rows), whatever the size of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter

from walk.errors import IntakeError, Refused
from walk.intake import cells as cell_of
from walk.intake.csv_records import SAVE_AS_CSV
from walk.intake.open_table import open_table
from walk.intake.records import MOST_COLUMNS, Record, Records, Source
from walk.intake.rows import Equals, Kept, NoteRow, RefusedRow
from walk.text import LIMIT

REQUIRED = ("visit", "at", "kind", "look_for", "text")
COLUMNS = (*REQUIRED, "walker")
"""Every column that is read, in the order of a row's fields; walker may be left out."""

DAMAGED = "some characters here are not UTF-8; save the table as CSV UTF-8"


class NoteTable:
    """The rows of one table, in one pass, in the order of the file.

    `ignored` are the columns that are not read, in the order of the file. IntakeError when the
    header does not say what the columns are.
    """

    def __init__(self, records: Records) -> None:
        self.records = records
        header = header_of(records.rows)
        names = [column_name(cell) for cell in header]
        _check_columns(names)
        self.ignored = tuple(
            cell_of.shown(cell.strip())
            for cell, name in zip(header, names, strict=True)
            if name and name not in COLUMNS
        )
        self.equals = Equals()
        self.parts: dict[tuple[str, str], str] = {}
        self.first_day = ""
        self._width = len(names)
        # A column that is left out is read from an empty cell put after the last one.
        places = [names.index(name) if name in names else len(names) for name in COLUMNS]
        self._rows = self._read(itemgetter(*places))

    @property
    def told(self) -> list[str]:
        """What was assumed about the file, in words."""
        return self.records.told

    def __iter__(self) -> Iterator[NoteRow | RefusedRow]:
        """The rows still to come; blank ones are passed over."""
        return self._rows

    def _read(self, pick: Callable[[list[str]], tuple[str, ...]]) -> Iterator[NoteRow | RefusedRow]:
        # One long loop: a call for each of its steps would double what a row takes. A table says
        # the same few codes, names and times again and again.
        visit_of = Kept(cell_of.visit_code)
        seconds_of = Kept(cell_of.seconds)
        kind_of = Kept(cell_of.kind)
        look_for_of = Kept(partial(cell_of.label, what="look-for"))
        walker_of = Kept(partial(cell_of.label, what="walker"))
        occurrence, width = self.equals.occurrence, self._width
        made = partial(tuple.__new__, NoteRow)  # in half of the time that the class takes
        for line, cells in self.records.rows:
            if isinstance(cells, str):
                yield RefusedRow(line, cells)
                continue
            try:
                if len(cells) != width:
                    raise cell_of.not_as_wide(cells, width)
                cells.append("")
                visit, at, kind, look_for, text, walker = pick(cells)
                visit = visit_of[visit]
                at_s = seconds_of[at]
                kind = kind_of[kind]
                look_for = look_for_of[look_for]
                walker = walker_of[walker]
                if not text or text.isspace() or "\0" in text or len(text) > LIMIT:
                    raise cell_of.refused_text(text)
                same = occurrence(visit, at_s, kind, look_for, text, walker)
                yield made((line, visit, at_s, kind, look_for, text, walker, same))
            except UnicodeEncodeError:
                yield RefusedRow(line, DAMAGED)
            except Refused as refused:
                # A blank row has no visit, so it ends up here, where looking costs little.
                if any(map(str.strip, cells)):
                    yield RefusedRow(line, refused.message)


def read_notes(source: Source, sheet: str = "") -> NoteTable:
    """The table in the bytes of a CSV file or a workbook, or at a path to one.

    It is closed after the last row, or when the table is let go. IntakeError when the file is not
    such a table or cannot be read.
    """
    records = open_table(source, sheet, is_plain)
    try:
        return NoteTable(records)
    except IntakeError:
        records.close()
        raise


def is_plain(header: Sequence[str]) -> bool:
    """Whether a first row names the columns of the plain form."""
    return set(REQUIRED) <= {column_name(cell) for cell in header}


def header_of(records: Iterator[Record]) -> list[str]:
    """The cells of the first row that is not blank."""
    for _line, cells in records:
        if isinstance(cells, str):
            raise IntakeError(f"The first row cannot be read: {cells}.", SAVE_AS_CSV)
        if any(map(str.strip, cells)):
            if len(cells) > MOST_COLUMNS:
                raise IntakeError(
                    f"The table has {len(cells):,} columns and {MOST_COLUMNS:,} fit.",
                    "Keep those that hold answers.",
                )
            return cells
    raise IntakeError(
        "The table is empty.", f"Its first row names the columns: {', '.join(COLUMNS)}."
    )


def column_name(cell: str) -> str:
    """A column's name as it is compared: "Look for" and "look-for" are look_for."""
    name = cell.strip().strip('"').strip().casefold()
    return name.replace(" ", "_").replace("-", "_")


def _check_columns(names: list[str]) -> None:
    """Raise IntakeError unless each needed column is there once."""
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        word = "column" if len(missing) == 1 else "columns"
        raise IntakeError(
            f"The table has no {word} named {' or '.join(missing)}.",
            f"The first row names the columns, in any order: {', '.join(REQUIRED)}; "
            "walker may be left out. A form's export needs a map of its columns: "
            "--columns MAP.toml, or Import on Home.",
        )
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise IntakeError(
            f"The table has more than one column named {' and '.join(twice)}.",
            "Take out or rename the one that is not meant.",
        )
