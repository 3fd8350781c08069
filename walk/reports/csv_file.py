"""A table as CSV: UTF-8 with a mark at its start, every text quoted, none acting as a formula."""

from __future__ import annotations

import csv
import io
from datetime import date

from walk.reports.data import Cell, DataTable
from walk.reports.xml_text import xml_text

BOM = b"\xef\xbb\xbf"
"""By which spreadsheets know UTF-8."""
_ACTS = tuple("=+-@\t\r\n|%＝＋－＠")
"""What a formula, or a call of another program, can begin with; full-width signs act in some."""
_GUARD = "'"
"""Stands before it; spreadsheets then read plain words."""


def csv_table(table: DataTable) -> bytes:
    """The table with its head, CRLF at the ends of lines."""
    written = io.StringIO()
    # All texts are quoted: where a spreadsheet parts columns at another sign than the comma, no
    # text falls apart into cells of which a later one could begin with a formula.
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(table.head)
    writer.writerows([_cell(one) for one in row] for row in table.rows)
    return BOM + written.getvalue().encode()


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else value


def guarded(text: str) -> str:
    """Return `text`, made safe, so that no spreadsheet takes it for a formula."""
    said = xml_text(text)
    first = said.lstrip(" \u00a0\u200b\u200e\u200f\u061c\ufeff")
    acts = any(one.startswith(_ACTS) for one in (text, said, first))
    return f"{_GUARD}{said}" if acts else said
