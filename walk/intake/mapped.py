"""A table whose columns a map explains: a row, which may hold several notes, becomes note rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

from walk.errors import IntakeError, Refused
from walk.intake import cells as cell_of
from walk.intake.column_map import WORDS, ColumnMap, Role, absent, fitted, folded
from walk.intake.moments import Order, between, clock_of, day_of, into_visit, order_of
from walk.intake.records import Records
from walk.intake.rows import Equals, NoteRow, RefusedRow
from walk.intake.table import DAMAGED, header_of
from walk.intake.ticked import ticked
from walk.text import LIMIT, one_line

MOST_DAYS = 10_000
"""Different dates of a table that are looked at to find out how it writes them."""
_KEPT = 512

_PARTS = (
    ("whole", r"\b(whole|entire|all|full)\b"),
    ("opening", r"\b(open\w*|begin\w*|start\w*|launch\w*|first|warm)\b"),
    ("closing", r"\b(clos(?:e|ing)\w*|end\w*|last|wrap\w*|exit|summary)\b"),
    ("middle", r"\b(middle|mid\w*|work\w*|explor\w*|during)\b"),
)
"""How people name the parts of a lesson."""


class MappedTable:
    """The note rows of one table, in one pass, in the order of the file.

    IntakeError when the table does not have the columns that the map reads, and when the map does
    not say enough. `known` are look-fors whose names may hold a comma.
    """

    def __init__(self, records: Records, columns: ColumnMap, known: Collection[str] = ()) -> None:
        self.records = records
        header = header_of(records.rows)
        fits = fitted(columns, header)
        if fits is None:
            missing = ", ".join(f"“{name}”" for name in absent(columns, header)[:6])
            raise IntakeError(
                f"The table has no column {missing}, which the map reads.",
                "Is it another form? Make a map for it, or mend the header in the map.",
            )
        lacks = fits.lacks()
        if lacks:
            raise IntakeError(f"The map does not say {lacks[0]}.", "Say what each column is.")
        self.columns = fits
        self.equals = Equals()
        self.parts: dict[tuple[str, str], str] = {}
        """The part of the lesson, by visit code and walker label."""
        self._known = tuple({*known, *fits.look_fors})
        self._days: dict[str, None] = {}
        self._counts = _Counts()
        self._rows = self._read(len(header))

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that are not read, safe to show."""
        return tuple(
            cell_of.shown(one.header.strip())
            for one in self.columns.columns
            if one.role == "ignore" and one.header.strip()
        )

    @property
    def told(self) -> list[str]:
        """What was assumed, and what was left out by rule, in words; whole once all is read."""
        counts = self._counts
        found = list(self.records.told)
        if counts.several:
            found.append(
                f"{_rows(counts.several)} with several look-fors ticked: "
                "each note is tied to the first"
            )
        if counts.silent:
            found.append(
                f"{_rows(counts.silent)} without words: no note, as a tick alone is no noticing"
            )
        if counts.other_days:
            found.append(f"{_rows(counts.other_days)} of other days left out")
        days = order_of(self._days)
        if days.both and not self.columns.dates:
            sample = next((one for one in self._days if day_of(one, "day first")), "")
            read = day_of(sample)
            if read:
                found.append(
                    f"{one_line(sample, 12)} was read as {read.day} {read:%B}; "
                    'dates = "day first" or "month first" in the map says which it is'
                )
        return found

    @property
    def first_day(self) -> str:
        """The day of the first submission, as ISO; empty where no column says one."""
        order = self.columns.dates or order_of(self._days).order
        days = [day for one in self._days if (day := day_of(one, order))]
        return min(days).isoformat() if days else ""

    def __iter__(self) -> Iterator[NoteRow | RefusedRow]:
        """The rows still to come; blank ones are passed over."""
        return self._rows

    def _read(self, width: int) -> Iterator[NoteRow | RefusedRow]:
        reader = _RowReader(self.columns, self._known, self._counts, self.parts)
        stamp = next(iter(self.columns.places("timestamp")), -1)
        for line, cells in self.records.rows:
            if isinstance(cells, str):
                yield RefusedRow(line, cells)
                continue
            if not any(map(str.strip, cells)):
                continue
            try:
                if len(cells) != width:
                    raise cell_of.not_as_wide(cells, width)
                if stamp >= 0 and len(self._days) < MOST_DAYS:
                    self._days[cells[stamp].strip()[:10].strip(" ,T")] = None
                notes = reader.notes(cells)
            except UnicodeEncodeError:
                yield RefusedRow(line, DAMAGED)
                continue
            except Refused as refused:
                yield RefusedRow(line, refused.message)
                continue
            for note in notes:
                yield self._checked(line, note)

    def _checked(self, line: int, note: _Note) -> NoteRow | RefusedRow:
        text = note.text
        if "\0" in text or len(text) > LIMIT:
            return RefusedRow(line, cell_of.refused_text(text).message)
        try:
            same = self.equals.occurrence(
                note.visit, note.at_s, note.kind, note.look_for, text, note.walker
            )
        except UnicodeEncodeError:
            return RefusedRow(line, DAMAGED)
        return NoteRow(
            line, note.visit, note.at_s, note.kind, note.look_for, text, note.walker, same
        )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


@dataclass(slots=True)
class _Counts:
    """What is told at the end. Counts of rows."""

    several: int = 0
    silent: int = 0
    other_days: int = 0


@dataclass(frozen=True, slots=True)
class _Note:
    visit: str
    at_s: int | None
    kind: str
    look_for: str
    text: str
    walker: str


class _RowReader:
    """Reads the notes of one row after the other by the same map."""

    def __init__(
        self,
        columns: ColumnMap,
        known: Sequence[str],
        counts: _Counts,
        parts: dict[tuple[str, str], str],
    ) -> None:
        self._map = columns
        self._known = known
        self._counts = counts
        self._parts = parts
        self._place = {
            role: places[0]
            for role in ("visit", "kind", "at", "clock", "entered", "walker", "lesson", "timestamp")
            if (places := columns.places(role))
        }
        self._words = columns.places(*WORDS)
        self._look_fors = columns.places("look_for")
        self._codes = {folded(name): code for name, code in columns.visits.items()}
        self._only_on = date.fromisoformat(columns.only_on) if columns.only_on else None
        self._ticked = lru_cache(_KEPT)(self._ticked_now)
        self._visit_of = lru_cache(_KEPT)(self._visit_now)

    def notes(self, cells: Sequence[str]) -> list[_Note]:
        """The notes of a row, in the order of its columns; Refused when it cannot be read."""
        if self._only_on and day_of(self._cell(cells, "timestamp"), self._order) != self._only_on:
            self._counts.other_days += 1
            return []
        texts = [(place, text) for place in self._words for text in self._texts(place, cells)]
        if not texts:
            self._counts.silent += 1
        visit = self._map.visit or self._visit_of(self._cell(cells, "visit"))
        walker = self._map.walker or cell_of.label(self._cell(cells, "walker"), "walker")
        self._keep_part(visit, walker, self._cell(cells, "lesson"))
        if not texts:
            return []
        at_s = self._at(cells)
        found = [name for place in self._look_fors for name in self._ticked(cells[place])]
        self._counts.several += len(found) > 1
        first = found[0] if found else ""
        return [
            _Note(
                visit,
                at_s,
                self._kind(place, cells),
                self._map.columns[place].look_for or first,
                text,
                walker,
            )
            for place, text in texts
        ]

    @property
    def _order(self) -> Order:
        return self._map.dates

    def _cell(self, cells: Sequence[str], role: Role) -> str:
        place = self._place.get(role)
        return "" if place is None else cells[place]

    def _texts(self, place: int, cells: Sequence[str]) -> list[str]:
        cell = cells[place]
        if not cell or cell.isspace():
            return []
        if not self._map.columns[place].lines:
            return [cell]
        return [line.strip() for line in cell.split("\n") if line.strip()]

    def _visit_now(self, cell: str) -> str:
        return cell_of.visit_code(self._codes.get(folded(cell), cell))

    def _kind(self, place: int, cells: Sequence[str]) -> str:
        role = self._map.columns[place].role
        if role != "note":
            return str(role)
        said = self._cell(cells, "kind")
        return cell_of.kind(said or self._map.kind)

    def _at(self, cells: Sequence[str]) -> int | None:
        if "at" in self._place:
            return into_visit(self._cell(cells, "at"), self._map.times)
        entered = _clock(self._cell(cells, "entered"))
        at = _clock(self._cell(cells, "clock"))
        if entered is None or at is None:
            return None
        seconds = between(entered, at)
        if seconds < 0:
            raise Refused(f"the note is of {at:%H:%M}, before entering at {entered:%H:%M}")
        return seconds

    def _ticked_now(self, cell: str) -> tuple[str, ...]:
        return tuple(cell_of.label(name, "look-for") for name in ticked(cell, self._known))

    def _keep_part(self, visit: str, walker: str, cell: str) -> None:
        if not cell.strip() or not walker:
            return
        part = _part(cell)
        if self._parts.setdefault((visit, walker), part) != part:
            self._parts[visit, walker] = "unknown"  # they say two things


def _clock(cell: str) -> time | None:
    """A time of day; Refused for what is none."""
    if not cell.strip():
        return None
    found = clock_of(cell)
    if found is None:
        raise Refused(f'the time of day "{cell_of.shown(cell.strip())}" cannot be read')
    return found


def _part(cell: str) -> str:
    said = cell[:200].casefold()
    found = [part for part, pattern in _PARTS if re.search(pattern, said)]
    return found[0] if len(found) == 1 else "unknown"
