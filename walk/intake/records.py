"""What a table is read into, whatever kind of file it is: numbered rows of cells that are text."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

Source = bytes | str | os.PathLike[str]
"""The bytes of a file, or a path to one."""

Record = tuple[int, list[str] | str]
"""The line on which a record starts, and its cells or, as one string, why it has none."""

Fits = Callable[[Sequence[str]], bool]
"""Whether the first row of a sheet is the header of the table that is looked for."""

LONGEST_ROW = 1_000_000
"""Characters of one row, line ends included."""
MOST_COLUMNS = 1_000
"""Columns of a table."""


@dataclass(slots=True)
class Records:
    """The records of an open table, in one pass."""

    rows: Generator[Record, None, None]
    told: list[str] = field(default_factory=list)
    """What was assumed about the file, in words; it may grow while the rows are read."""
    sheet: str = ""
    """The name of the sheet, in a workbook."""
    sheets: tuple[str, ...] = ()
    """The names of all sheets of a workbook that are not hidden."""

    def close(self) -> None:
        """Let the file go."""
        self.rows.close()
