"""A sheet of an .xlsx workbook to records: each row's number with its cells as text.

Written here and not taken from a library: those at hand make room for every cell between the first
and the last, so that a small file with a cell at XFD1048576 ends the program. Here the rows stream,
and memory holds the shared words and one row. Values are read as they are shown; a formula is its
last value, never run; a hidden row is a row like any other.
"""

from __future__ import annotations

from collections.abc import Generator

from walk.errors import IntakeError
from walk.intake.number_format import as_shown
from walk.intake.records import LONGEST_ROW, MOST_COLUMNS, Fits, Record, Records, Source
from walk.intake.workbook_file import WorkbookFile, damaged
from walk.intake.workbook_xml import Feed, SheetPart, Workbook, read_workbook, unescaped
from walk.text import one_line

MOST_ROWS = 1_048_576
LONGEST_NUMBER = 40
"""Characters of what is read as a number."""
MOST_SIGNS = 300_000_000
"""Characters of all cells of a sheet: few shared words, used again and again, come to much."""


def xlsx_records(source: Source, sheet: str = "", fits: Fits | None = None) -> Records:
    """The rows of one sheet, the header first; IntakeError when there is none that can be read.

    Without a name it is the first sheet whose first row `fits`, else the first whose first row has
    two cells, else the first with any. Hidden sheets are read only by name.
    """
    file = WorkbookFile(source)
    try:
        book = read_workbook(file)
        part = _named(book, sheet) if sheet else _chosen(file, book, fits)
    except BaseException:
        file.close()
        raise
    told: list[str] = []
    names = tuple(one.name for one in book.sheets if not one.hidden)
    if len(names) > 1 and not sheet:
        told.append(f"Read the sheet “{one_line(part.name, 40)}”; --sheet NAME reads another")
    return Records(_rows(file, book, part, told), told, part.name, names)


def _named(book: Workbook, name: str) -> SheetPart:
    wanted = name.strip().casefold()
    for one in book.sheets:
        if one.name.strip().casefold() == wanted:
            return one
    names = ", ".join(f"“{one_line(one.name, 40)}”" for one in book.sheets[:20]) or "none"
    raise IntakeError(f"The workbook has no sheet “{one_line(name, 40)}”.", f"Its sheets: {names}.")


def _chosen(file: WorkbookFile, book: Workbook, fits: Fits | None) -> SheetPart:
    second: list[tuple[int, SheetPart]] = []
    for part in book.sheets:
        header = [] if part.hidden else _first_row(file, book, part)
        filled = sum(bool(cell.strip()) for cell in header)
        if filled and fits is not None and fits(header):
            return part
        if filled:
            second.append((0 if filled > 1 else 1, part))
    if not second:
        raise IntakeError("The workbook has no rows.", "Name a sheet, or look into the file.")
    return min(second, key=lambda one: one[0])[1]


def _first_row(file: WorkbookFile, book: Workbook, part: SheetPart) -> list[str]:
    rows = _read(file, book, part, [])
    try:
        for _line, cells in rows:
            if isinstance(cells, list):
                return cells
        return []
    finally:
        rows.close()


def _rows(
    file: WorkbookFile, book: Workbook, part: SheetPart, told: list[str]
) -> Generator[Record, None, None]:
    try:
        yield from _read(file, book, part, told)
    finally:
        file.close()


def _read(
    file: WorkbookFile, book: Workbook, part: SheetPart, told: list[str]
) -> Generator[Record, None, None]:
    sheet = _Sheet(book)
    feed = Feed(sheet.start, sheet.end, sheet.said)
    if part.member not in file:
        raise damaged()
    for piece in file.pieces(part.member):
        feed.take(piece)
        if sheet.ready:
            yield from sheet.ready
            sheet.ready.clear()
    feed.take(b"", last=True)
    yield from sheet.ready
    if sheet.merged:
        told.append("Some cells are merged: only the first of each holds its words")
    if sheet.hidden:
        rows = "1 row is" if sheet.hidden == 1 else f"{sheet.hidden:,} rows are"
        told.append(f"{rows} hidden in the sheet, and read too")


class _Sheet:
    """Collects the cells of a row from the events of the parser; whole rows come into `ready`."""

    def __init__(self, book: Workbook) -> None:
        self.ready: list[Record] = []
        self.merged = False
        self.hidden = 0
        self._book = book
        self._width = 0
        self._signs = 0
        self._row = 0
        self._column = -1
        self._cells: dict[int, str] = {}
        self._length = 0
        self._too_long = False
        self._kind = ""
        self._style = ""
        self._parts: list[str] = []
        self._wanted = False
        self._silent = False
        self._in_cell = False

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._in_cell = True
            place = said.get("r")
            self._column = _column(place) if place else self._column + 1
            self._kind = said.get("t", "n")
            self._style = said.get("s", "")
            self._parts.clear()
        elif name == "v" or (name == "t" and not self._silent):
            self._wanted = self._in_cell
        elif name == "row":
            self._row = _number(said["r"]) if "r" in said else self._row + 1
            if not 0 < self._row <= MOST_ROWS:
                raise damaged()
            self.hidden += said.get("hidden") in ("1", "true")
            self._column = -1
            self._length = 0
            self._too_long = False
            self._cells.clear()
        elif name == "rPh":
            self._silent = True
        elif name == "mergeCell":
            self.merged = True

    def said(self, words: str) -> None:
        """Text of the cell comes, all of it or a part."""
        if not self._wanted:
            return
        self._length += len(words)
        if self._length <= LONGEST_ROW:
            self._parts.append(words)
        else:  # what goes beyond the longest row is dropped, and the row is refused for it
            self._too_long = True

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t"):
            self._wanted = False
        elif name == "c":
            self._in_cell = False
            if self._parts:
                raw = "".join(self._parts)
                value = self._value(raw)
                if value and not value.isspace():
                    self._cells[self._column] = value
                    self._length += len(value) - len(raw)
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._silent = False

    def _end_row(self) -> None:
        if not self._cells:
            return
        wide = max(self._cells) + 1
        self._signs += sum(map(len, self._cells.values()))
        if self._signs > MOST_SIGNS:
            raise IntakeError(
                f"The sheet holds more than {MOST_SIGNS:,} characters.", "Save parts of it apart."
            )
        if self._too_long or self._length > LONGEST_ROW:
            self.ready.append((self._row, f"the row is longer than {LONGEST_ROW:,} characters"))
            return
        if not self._width:
            self._width = wide
        elif wide > self._width and wide > MOST_COLUMNS:
            self.ready.append(
                (self._row, f"too many cells: {wide} where the first row has {self._width}")
            )
            return
        get = self._cells.get
        cells = [get(column, "") for column in range(max(wide, self._width))]
        self.ready.append((self._row, cells))

    def _value(self, raw: str) -> str:
        """What a cell shows."""
        if self._kind == "s":
            place = _number(raw.strip())
            if place >= len(self._book.shared):
                raise damaged()
            return self._book.shared[place]
        if self._kind in ("str", "inlineStr", "e"):
            return unescaped(raw)
        if self._kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if self._kind == "d":
            return raw.strip().replace("T", " ").removesuffix("Z")
        return self._shown_number(raw.strip())

    def _shown_number(self, raw: str) -> str:
        try:
            value = float(raw[:LONGEST_NUMBER])
        except ValueError:
            return raw
        if len(raw) > LONGEST_NUMBER:
            return raw
        formats = self._book.formats
        style = _number(self._style) if self._style else -1
        kind = formats[style] if 0 <= style < len(formats) else ""
        return as_shown(value, kind, from_1904=self._book.from_1904)


def _number(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        raise damaged()
    return int(digits)


def _column(place: str) -> int:
    """The column of a cell such as C12, from 0."""
    found = 0
    for sign in place:
        if not "A" <= sign <= "Z":
            break
        found = found * 26 + ord(sign) - 64
        if found > 16_384:
            raise damaged()
    if not found:
        raise damaged()
    return found - 1
