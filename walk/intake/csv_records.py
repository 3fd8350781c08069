"""The bytes of a CSV file to records: each line number with its cells, or with why it has none.

A record that cannot be read costs no other: reading goes on at the line after its first. The
records stream; memory holds the longest of them, which LONGEST_ROW bounds.
"""

from __future__ import annotations

import csv
import io
import os
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from walk.errors import IntakeError

LONGEST_ROW = 1_000_000
"""Characters of one row, line ends included."""
LONGEST_RE_READ = 20 * LONGEST_ROW
"""Characters read a second time, in all, so that a hostile file costs no more than its size."""

Source = bytes | str | os.PathLike[str] | BinaryIO
"""The bytes of a file, a path to it, or an open binary stream."""

Record = tuple[int, list[str] | str]
"""The line on which a record starts, and its cells or, as one string, why it has none."""

SAVE_AS_CSV = 'Open it in a spreadsheet and save it as "CSV UTF-8 (comma delimited)".'

# What other kinds of file begin with, as it looks once read as UTF-8 text.
_WORKBOOKS = ("PK\x03\x04", "\udcd0\udccf\x11")
_UTF_16 = ("\udcff\udcfe", "\udcfe\udcff")

_TOO_LONG = f"the row is longer than {LONGEST_ROW:,} characters"
_QUOTES = (
    "the quotation marks of this row do not pair up; "
    "inside a quoted cell a quotation mark is written twice"
)


def csv_records(source: Source) -> Generator[Record, None, None]:
    """Every record of a CSV file, the header first; IntakeError when it is no such file."""
    # The limit is one for the whole process, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW))
    try:
        with _opened(source) as stream:
            yield from _split(_Lines(stream))
    except OSError as error:
        raise IntakeError(
            f"The table cannot be read: {error.strerror or 'the disk did not answer'}.",
            "Check its name, and that you may open it.",
        ) from None


@contextmanager
def _opened(source: Source) -> Iterator[TextIO]:
    """The source as text: every kind of line end is one newline, and no byte is an error yet.

    Bytes that are not UTF-8 become lone surrogates, so that only their own row is refused.
    """
    theirs = not isinstance(source, bytes | str | os.PathLike)
    if isinstance(source, bytes):
        binary: BinaryIO = io.BytesIO(source)
    elif isinstance(source, str | os.PathLike):
        binary = open(source, "rb")  # noqa: SIM115 (closed below, with the stream around it)
    else:
        binary = source
    stream = io.TextIOWrapper(binary, encoding="utf-8", errors="surrogateescape", newline=None)
    try:
        yield stream
    finally:
        if theirs:
            stream.detach()
        else:
            stream.close()


class _Lines:
    """The lines of a file, handed to the csv reader, which asks for more inside open quotes.

    `start` begins a record. A quotation mark that is never closed makes the reader swallow the
    rows after it; `give_back` lets those be read as rows of their own.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._taken: list[str] = []
        self._length = 0
        self._before = 0
        self._may_re_read = LONGEST_RE_READ
        first = self._line_of_file().removeprefix("\N{BYTE ORDER MARK}")
        _check_opening(first)
        self._again = deque([first] if first else [])

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


def _check_opening(line: str) -> None:
    """Raise IntakeError when the first line shows another kind of file than a CSV table."""
    if line.startswith(_WORKBOOKS):
        raise IntakeError("This is a workbook, not a CSV table.", SAVE_AS_CSV)
    if line.startswith(_UTF_16):
        raise IntakeError("This table is saved as UTF-16, not as UTF-8.", SAVE_AS_CSV)
    if "\0" in line:
        raise IntakeError("This is not a text file.", SAVE_AS_CSV)
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if mark in line and "," not in line:
            raise IntakeError(
                f"The columns of this table are separated by {word}.",
                "Save it with commas between the columns (CSV UTF-8, comma delimited).",
            )


def _split(lines: _Lines) -> Iterator[Record]:
    """Each record's first line and its cells; strict, so that stray quotes never change words."""
    reader = csv.reader(lines, strict=True)
    while True:
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
