"""A CSV table of notes, read row by row: good rows are kept, bad ones named with line and cause.

Nothing of the file is trusted. Memory holds the longest row and about a hundred bytes for each
row already read (to count equal rows), whatever the size of the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

from walk.errors import IntakeError, Refused
from walk.intake.csv_records import SAVE_AS_CSV, Record, Source, csv_records
from walk.text import LIMIT, one_line

REQUIRED = ("visit", "at", "kind", "look_for", "text")
COLUMNS = (*REQUIRED, "walker")
"""Every column that is read, in the order of a row's fields; walker may be left out."""

LONGEST_VISIT = 40
"""Characters of a visit code."""
LONGEST_LABEL = 200
"""Characters of a look-for's name or a walker's label."""
DAY_S = 24 * 60 * 60

_KEPT = 512
"""Cells of one column whose meaning is kept at hand."""

KINDS = {"noticing": "noticing", "n": "noticing", "wondering": "wondering", "w": "wondering"}

_CLOCK = re.compile(r"(?:([0-9]{1,2}):([0-5]?[0-9])|([0-9]{1,4})):([0-5][0-9])")
"""Hours and their minutes, or minutes alone; then seconds."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

_NOT_UTF_8 = "some characters here are not UTF-8; save the table as CSV UTF-8"


class NoteRow(NamedTuple):
    """One good row. A NamedTuple, as hundreds of thousands of them are made in one import."""

    line: int
    """The line of the file on which the row starts, from 1."""
    visit: str
    at_s: int | None
    """Seconds into the visit; None when the cell is empty."""
    kind: str
    """noticing or wondering."""
    look_for: str
    """A look-for's name, or nothing."""
    text: str
    """The words as written; a line end inside them is always one newline."""
    walker: str
    """A walker's label, or nothing."""
    occurrence: int
    """How many rows before this one, in this table, say exactly the same."""


class RefusedRow(NamedTuple):
    """One row that cannot be taken in."""

    line: int
    """The line of the file on which the row starts, from 1."""
    why: str
    """The cause in plain words; safe to show."""


class NoteTable:
    """The rows of one table, in one pass, in the order of the file.

    `columns` are the columns that are read, `ignored` those that are not; both in the order of
    the file. IntakeError when the header does not say what the columns are.
    """

    def __init__(self, records: Iterator[Record]) -> None:
        header = _header(records)
        names = [_column(cell) for cell in header]
        _check_columns(names)
        self.columns = tuple(name for name in names if name in COLUMNS)
        self.ignored = tuple(
            _shown(cell.strip())
            for cell, name in zip(header, names, strict=True)
            if name and name not in COLUMNS
        )
        self._width = len(names)
        # A column that is left out is read from an empty cell put after the last one.
        places = [names.index(name) if name in names else len(names) for name in COLUMNS]
        self._pick = itemgetter(*places)
        # A table says the same few codes, names and times again and again.
        self._visit = lru_cache(_KEPT)(_visit)
        self._seconds = lru_cache(_KEPT)(_seconds)
        self._kind = lru_cache(_KEPT)(_kind)
        self._look_for = lru_cache(_KEPT)(partial(_label, what="look-for"))
        self._walker = lru_cache(_KEPT)(partial(_label, what="walker"))
        self._seen: dict[bytes, int] = {}
        self._rows = self._read(records)

    def __iter__(self) -> Iterator[NoteRow | RefusedRow]:
        """The rows still to come; blank ones are passed over."""
        return self._rows

    def _read(self, records: Iterator[Record]) -> Iterator[NoteRow | RefusedRow]:
        for line, cells in records:
            if isinstance(cells, str):
                yield RefusedRow(line, cells)
                continue
            try:
                yield self._row(line, cells)
            except UnicodeEncodeError:
                yield RefusedRow(line, _NOT_UTF_8)
            except Refused as refused:
                # A blank row has no visit, so it ends up here, where looking costs little.
                if any(map(str.strip, cells)):
                    yield RefusedRow(line, refused.message)

    def _row(self, line: int, cells: list[str]) -> NoteRow:
        """The row that the cells say; Refused or UnicodeEncodeError when they say none."""
        if len(cells) != self._width:
            many = "many" if len(cells) > self._width else "few"
            raise Refused(
                f"too {many} cells: {len(cells)} where the first row has {self._width}; "
                "words that hold a comma go in quotation marks"
            )
        cells.append("")
        visit, at, kind, look_for, text, walker = self._pick(cells)
        visit = self._visit(visit)
        at_s = self._seconds(at)
        kind = self._kind(kind)
        look_for = self._look_for(look_for)
        walker = self._walker(walker)
        # A digest, as the words of every row would be the whole file in memory. No other cell
        # holds a NUL by now, so it keeps them apart from each other and from the text.
        same = f"{visit}\0{at_s}\0{kind}\0{look_for}\0{walker}\0{text}".encode()
        if not text or text.isspace() or "\0" in text or len(text) > LIMIT:
            raise _refused_text(text)
        digest = hashlib.blake2b(same).digest()[:16]
        occurrence = self._seen.get(digest, 0)
        self._seen[digest] = occurrence + 1
        return NoteRow(line, visit, at_s, kind, look_for, text, walker, occurrence)


def read_notes(source: Source) -> NoteTable:
    """The table in the bytes of a CSV file, a path to one, or an open binary stream.

    A stream is left open; a path is closed after the last row, or when the table is let go.
    IntakeError when the file is not such a table or cannot be read.
    """
    records = csv_records(source)
    try:
        return NoteTable(records)
    except IntakeError:
        records.close()
        raise


def _header(records: Iterator[Record]) -> list[str]:
    """The cells of the first row that is not blank."""
    for _line, cells in records:
        if isinstance(cells, str):
            raise IntakeError(f"The first row cannot be read: {cells}.", SAVE_AS_CSV)
        if any(map(str.strip, cells)):
            return cells
    raise IntakeError(
        "The table is empty.", f"Its first row names the columns: {', '.join(COLUMNS)}."
    )


def _column(cell: str) -> str:
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
            "walker may be left out.",
        )
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise IntakeError(
            f"The table has more than one column named {' and '.join(twice)}.",
            "Take out or rename the one that is not meant.",
        )


def _visit(cell: str) -> str:
    """A visit's code; Refused when there is none."""
    code = _label(cell, "visit code", LONGEST_VISIT)
    if not code:
        raise Refused("the visit is empty; write its code, such as V1")
    return code


def _label(cell: str, what: str, longest: int = LONGEST_LABEL) -> str:
    """A short name without the spaces around it; Refused when it is long or no name."""
    label = cell.strip()
    if len(label) > longest:
        raise Refused(f"the {what} is longer than {longest} characters")
    if not label.isprintable() and _CONTROL.search(label):
        raise Refused(f"the {what} holds a line break or another control character")
    return label


def _kind(cell: str) -> str:
    """noticing or wondering, from the word or its first letter."""
    kind = KINDS.get(cell.strip().casefold())
    if kind is None:
        said = f'"{_shown(cell.strip())}"' if cell.strip() else "empty"
        raise Refused(f"the kind is {said}; write noticing or wondering")
    return kind


def _seconds(cell: str) -> int | None:
    """Seconds into the visit from seconds, mm:ss or h:mm:ss; None from an empty cell."""
    at = cell.strip()
    if not at:
        return None
    # The length first: a long row of digits is slow to read as a number.
    if len(at) <= 6 and at.isascii() and at.isdigit():
        seconds = int(at)
    else:
        parts = _CLOCK.fullmatch(at)
        if parts is None:
            raise Refused(
                f'the time "{_shown(at)}" cannot be read; '
                "write seconds, mm:ss or h:mm:ss into the visit, or leave it empty"
            )
        hours, past_hour, minutes, rest = map(int, parts.groups(default="0"))
        seconds = hours * 3600 + (past_hour + minutes) * 60 + rest
    if seconds >= DAY_S:
        raise Refused(f'the time "{_shown(at)}" is a day or more into the visit')
    return seconds


def _refused_text(text: str) -> Refused:
    """Why the words cannot be a note's, by the rules of `walk.text.accept`.

    That is not called for each row, as it would encode all the words once more.
    """
    if "\0" in text:
        return Refused("the text holds a damaged character (a NUL) that cannot be saved")
    if len(text) > LIMIT:
        return Refused(f"the text has {len(text):,} characters and {LIMIT:,} fit")
    return Refused("the text is empty")


def _shown(cell: str) -> str:
    """A cell as a cause may quote it: short, and without anything that a terminal would obey."""
    return one_line(cell[:100], 30)
