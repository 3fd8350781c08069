"""The bytes of a CSV file to records: each line number with its cells, or with why it has none.

A record that cannot be read costs no other: reading goes on at the line after its first. The
records stream; memory holds the longest of them, which LONGEST_ROW bounds.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import BinaryIO, TextIO

from walk.disk import open_plain, why_unread
from walk.errors import IntakeError
from walk.intake.dialect import MARKS, SAMPLE, mark_of, said_mark
from walk.intake.encoding import DAMAGED, Encoding, encoding_of
from walk.intake.records import LONGEST_ROW, Record, Records, Source

LONGEST_RE_READ = 20 * LONGEST_ROW
"""Characters read a second time, in all, so that a hostile file costs no more than its size."""

BLOCK = 64
"""Lines that are split together, where each of them is a record."""

SAVE_AS_CSV = 'Open it in a spreadsheet and save it as "CSV UTF-8 (comma delimited)".'

_TOO_LONG = f"the row is longer than {LONGEST_ROW:,} characters"
_QUOTES = (
    "the quotation marks of this row do not pair up; "
    "inside a quoted cell a quotation mark is written twice"
)


def csv_records(source: Source) -> Records:
    """Every record of a CSV file, the header first; IntakeError when it is no such file.

    Its encoding and the sign between its columns are found out; what of it was assumed is told.
    """
    # The limit is one for the whole process, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW))
    with _read_errors_told(), _opened(source) as stream:
        encoding = encoding_of(stream)
        sample = _sample(stream, encoding)
    said = said_mark(sample.partition("\n")[0])
    mark = said or mark_of(sample)
    told = [encoding.told] if encoding.told else []
    if mark != "," and not said:
        told.append(f"Columns separated by {MARKS[mark]}")
    return Records(_records(source, encoding, mark, 1 if said else 0), told)


def _records(
    source: Source, encoding: Encoding, mark: str, skip: int
) -> Generator[Record, None, None]:
    with _read_errors_told(), _opened(source) as binary:
        binary.seek(encoding.mark)
        with _text(binary, encoding) as stream:
            yield from _split(_Lines(stream, skip), mark)


@contextmanager
def _read_errors_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IntakeError(
            f"The table cannot be read: {why_unread(error)}.",
            "Check its name, and that you may open it.",
        ) from None


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
    else:
        with open_plain(source) as binary:
            yield binary


@contextmanager
def _text(binary: BinaryIO, encoding: Encoding) -> Iterator[TextIO]:
    """The bytes as text: every kind of line end is one newline, and no byte is an error.

    Bytes that mean nothing become lone surrogates, so that only their own row is refused.
    """
    # The handler that comes with Python is quicker, and knows UTF-8 alone.
    errors = "surrogateescape" if encoding.codec == "utf-8" else DAMAGED
    stream = io.TextIOWrapper(binary, encoding=encoding.codec, errors=errors, newline=None)
    try:
        yield stream
    finally:
        stream.detach()


PAGES_AND_PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""How files begin that people drop by mistake; line by line they could pass for text."""


def _sample(binary: BinaryIO, encoding: Encoding) -> str:
    binary.seek(0)
    if binary.read(4).startswith(PAGES_AND_PICTURES):
        raise IntakeError(
            "This is a PDF or a picture, not a table.",
            "Ask for the table itself, as a .csv or an .xlsx file.",
        )
    binary.seek(encoding.mark)
    with _text(binary, encoding) as stream:
        sample = stream.read(SAMPLE)
    if "\0" in sample.partition("\n")[0]:
        raise IntakeError("This is not a text file.", SAVE_AS_CSV)
    return sample


class _Lines:
    """The lines of a file, handed to the csv reader, which asks for more inside open quotes.

    `start` begins a record. A quotation mark that is never closed makes the reader swallow the
    rows after it; `give_back` lets those be read as rows of their own.
    """

    def __init__(self, stream: TextIO, skip: int = 0) -> None:
        """`skip` lines at the start are passed over, and counted."""
        self._stream = stream
        self._taken: list[str] = []
        self._length = 0
        self._before = skip
        self._may_re_read = LONGEST_RE_READ
        for _ in range(skip):
            self._line_of_file()
        self._again: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        # Ending here makes the reader give up a record that runs on for too long.
        if self._length > LONGEST_ROW:
            raise StopIteration
        line = self._again.popleft() if self._again else self._line_of_file()
        if not line:
            raise StopIteration
        self._taken.append(line)
        self._length += len(line)
        return line

    def block(self) -> list[str]:
        """Lines to split together; none where those that were put back come first, or at the end.

        Only between two records.
        """
        if self._again:
            return []
        self.start()
        read = partial(self._stream.readline, LONGEST_ROW + 1)
        lines = list(islice(iter(read, ""), BLOCK))
        if lines and max(map(len, lines)) > LONGEST_ROW:
            self._again.extend(self._without_rest(lines))
            return []
        return lines

    def put_back(self, block: Iterable[str]) -> None:
        """Let the lines of a block be read one by one."""
        self._again.extend(block)

    def pass_over(self, block: Sequence[str]) -> int:
        """The lines of a block are records; the number of the first."""
        first = self._before + 1
        self._before += len(block)
        return first

    def _without_rest(self, lines: Iterable[str]) -> list[str]:
        """Lines without what goes beyond the longest row, which came as lines of its own."""
        kept, cut = [], False
        for line in lines:
            if not cut:
                kept.append(line)
            cut = not line.endswith("\n") and (cut or len(line) > LONGEST_ROW)
        while cut and (rest := self._stream.readline(LONGEST_ROW)):
            cut = not rest.endswith("\n")
        return kept

    def start(self) -> int:
        """Begin a record; the line on which it starts, from 1."""
        self._before += len(self._taken)
        self._taken.clear()
        self._length = 0
        return self._before + 1

    @property
    def too_long(self) -> bool:
        """Whether this record is longer than a row may be."""
        return self._length > LONGEST_ROW

    @property
    def last(self) -> int:
        """The line handed out last, from 1; 0 before the first."""
        return self._before + len(self._taken)

    def give_back(self) -> bool:
        """Take back all lines of this record but its first; False when that was done too often."""
        swallowed = self._taken[1:]
        self._may_re_read -= sum(map(len, swallowed))
        if self._may_re_read < 0:
            return False
        self._again.extendleft(reversed(swallowed))
        del self._taken[1:]
        return True

    def _line_of_file(self) -> str:
        """The next line; what goes beyond the longest row is read past, never held."""
        line = self._stream.readline(LONGEST_ROW + 1)
        if len(line) > LONGEST_ROW:
            rest = line
            while rest and not rest.endswith("\n"):
                rest = self._stream.readline(LONGEST_ROW)
        return line


def _split(lines: _Lines, mark: str) -> Iterator[Record]:
    """Each record's first line and its cells; strict, so that stray quotes never change words."""
    reader = csv.reader(lines, delimiter=mark, strict=True)
    while True:
        while block := lines.block():
            # As long as every line is a record they are split many at a time, which is quicker.
            try:
                many = list(csv.reader(block, delimiter=mark, strict=True))
            except csv.Error:
                many = []
            if len(many) != len(block):
                lines.put_back(block)
                break
            yield from enumerate(many, lines.pass_over(block))
        start = lines.start()
        try:
            cells = next(reader)
            why = _TOO_LONG if lines.too_long else ""
        except StopIteration:
            return
        except csv.Error:
            why = _TOO_LONG if lines.too_long else _QUOTES
        if not why:
            yield start, cells
            continue
        last = lines.last
        if not lines.give_back():
            why += f"; lines {start} to {last} were not read"
        yield start, why
