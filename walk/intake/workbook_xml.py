"""The parts of a workbook beside its sheets: which sheets there are, formats, shared words.

The parser is the one that comes with Python. It streams, follows no link, and is made to refuse
a document type, so that no entity is ever expanded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from walk.errors import IntakeError
from walk.intake.number_format import shows
from walk.intake.workbook_file import WorkbookFile, damaged, resolved

MOST_SHARED = 5_000_000
MOST_SHARED_SIGNS = 200_000_000
"""Shared texts of a workbook, and characters of all of them."""
MOST_PARTS = 100_000
"""Sheets, links and formats, of each."""
DEEPEST = 64
"""Elements that stand in each other."""
LONGEST_TAG = 2_000_000
"""Bytes that one tag may take."""

_ENCODINGS = ("UTF-8", "UTF-16", "US-ASCII")
"""What the parts of a workbook may say that they are written in."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Start = Callable[[str, dict[str, str]], None]
Ended = Callable[[str], None]
Said = Callable[[str], None]


class LocalNames(dict[str, str]):
    """The name of an element without the prefix that its namespace has in this file."""

    def __missing__(self, name: str) -> str:
        if len(self) > MOST_PARTS:
            raise damaged()
        local = self[name] = name.rpartition(":")[2]
        return local


class Feed:
    """A parser that is fed piece by piece."""

    def __init__(self, start: Start, end: Ended, said: Said) -> None:
        """The three are called with local names of elements, and with text as it comes."""
        self._fed = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.XmlDeclHandler = _declaration
        parser.StartDoctypeDeclHandler = _document_type
        parser.StartElementHandler, parser.EndElementHandler = _counted(start, end)
        parser.CharacterDataHandler = said
        self._parser = parser

    def take(self, piece: bytes, *, last: bool = False) -> None:
        """Read on; IntakeError where it is no sound XML."""
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError:
            raise damaged() from None
        self._fed += len(piece)
        if self._fed - max(self._parser.CurrentByteIndex, 0) > LONGEST_TAG:
            raise damaged()

    def take_all(self, pieces: Iterable[bytes]) -> None:
        """Read to the end."""
        some = False
        for piece in pieces:
            some = True
            self.take(piece)
        if some:
            self.take(b"", last=True)


def _counted(start: Start, end: Ended) -> tuple[Start, Ended]:
    """The same handlers, given local names; IntakeError for elements that stand in too many.

    Functions with what they know around them, as they are called millions of times.
    """
    local = LocalNames()
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged()
        start(local[name], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(local[name])

    return started, ended


def _declaration(_version: str, encoding: str | None, _standalone: int) -> None:
    """Refuse what no workbook is written in: Python would look for a codec of any name there."""
    if encoding is not None and encoding.upper() not in _ENCODINGS:
        raise damaged()


def _document_type(*_: object) -> None:
    raise damaged()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it."""

    name: str
    member: str
    """Where its rows are."""
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """What is needed to read any of its sheets."""

    sheets: list[SheetPart] = field(default_factory=list)
    from_1904: bool = False
    shared: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    """What the numbers of each cell style show, by its number: see number_format."""


def read_workbook(file: WorkbookFile) -> Workbook:
    """The sheets, formats and shared words of a workbook; IntakeError when it is no sound one."""
    _check_kind(file)
    member = _target(_links(file, "_rels/.rels", ""), "officeDocument") or "xl/workbook.xml"
    if member not in file:
        raise damaged()
    folder, _, name = member.rpartition("/")
    links = _links(file, f"{folder}/_rels/{name}.rels".lstrip("/"), member)
    book = Workbook()
    _read_sheets(file, member, links, book)
    _read_formats(file, _target(links, "styles"), book)
    _read_shared(file, _target(links, "sharedStrings"), book)
    return book


def _check_kind(file: WorkbookFile) -> None:
    if file.first_bytes("mimetype", 60).startswith(b"application/vnd.oasis"):
        raise IntakeError(
            "This is an OpenDocument table (.ods).",
            'Open it in a spreadsheet and save it as .xlsx, or as "CSV UTF-8 (comma delimited)".',
        )
    if "xl/workbook.bin" in file:
        raise IntakeError(
            "This is a binary workbook (.xlsb).",
            'Open it in a spreadsheet and save it as .xlsx, or as "CSV UTF-8 (comma delimited)".',
        )


_Links = dict[str, tuple[str, str]]
"""By id: the last word of its type, and the member it means."""


def _links(file: WorkbookFile, member: str, base: str) -> _Links:
    found: _Links = {}

    def start(name: str, said: dict[str, str]) -> None:
        if name == "Relationship" and said.get("TargetMode") != "External":
            kind = said.get("Type", "").rpartition("/")[2]
            found[said.get("Id", "")] = (kind, resolved(base, said.get("Target", "")))
            if len(found) > MOST_PARTS:
                raise damaged()

    Feed(start, _nothing, _nothing).take_all(file.pieces(member))
    return found


def _target(links: _Links, kind: str) -> str:
    return next((member for one, member in links.values() if one == kind), "")


def _nothing(_said: str) -> None:
    return


def _read_sheets(file: WorkbookFile, member: str, links: _Links, book: Workbook) -> None:
    def start(name: str, said: dict[str, str]) -> None:
        if name == "workbookPr":
            book.from_1904 = said.get("date1904") in ("1", "true")
        elif name == "sheet":
            id_ = next((said[key] for key in said if key.rpartition(":")[2] == "id"), "")
            kind, part = links.get(id_, ("", ""))
            if kind == "worksheet":
                hidden = said.get("state", "visible") != "visible"
                book.sheets.append(SheetPart(said.get("name", ""), part, hidden))
            if len(book.sheets) > MOST_PARTS:
                raise damaged()

    Feed(start, _nothing, _nothing).take_all(file.pieces(member))


def _read_formats(file: WorkbookFile, member: str, book: Workbook) -> None:
    codes: dict[str, str] = {}
    numbers: list[str] = []
    inside = False

    def start(name: str, said: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[said.get("numFmtId", "")] = said.get("formatCode", "")[:255]
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            numbers.append(said.get("numFmtId", "0"))
        if len(codes) > MOST_PARTS or len(numbers) > MOST_PARTS:
            raise damaged()

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and name != "cellXfs"

    Feed(start, end, _nothing).take_all(file.pieces(member))
    book.formats = [
        shows(int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0, code)
        for number, code in ((one, codes.get(one, "")) for one in numbers)
    ]


def _read_shared(file: WorkbookFile, member: str, book: Workbook) -> None:
    parts: list[str] = []
    wanted = silent = 0
    signs = 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal wanted, silent
        if name == "t":
            wanted = 1
        elif name == "rPh":  # how the words are pronounced
            silent = 1

    def said(words: str) -> None:
        nonlocal signs
        if wanted and not silent:
            parts.append(words)
            signs += len(words)
            if signs > MOST_SHARED_SIGNS:
                raise damaged()

    def end(name: str) -> None:
        nonlocal wanted, silent
        if name == "t":
            wanted = 0
        elif name == "rPh":
            silent = 0
        elif name == "si":
            book.shared.append(unescaped("".join(parts)))
            parts.clear()
            if len(book.shared) > MOST_SHARED:
                raise damaged()

    Feed(start, end, said).take_all(file.pieces(member))


def unescaped(words: str) -> str:
    """Words of a cell with what XML cannot hold put back, and every line end as a newline."""
    if "_x" in words:
        words = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)
    if "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    return words
