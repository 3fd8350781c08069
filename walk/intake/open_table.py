"""Any table that is taken in, CSV or workbook, opened as records by what its first bytes are."""

from __future__ import annotations

from walk.disk import open_plain, why_unread
from walk.errors import IntakeError
from walk.intake.csv_records import csv_records
from walk.intake.records import Fits, Records, Source

_ZIP = b"PK"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def open_table(source: Source, sheet: str = "", fits: Fits | None = None) -> Records:
    """The records of a table; `sheet` and `fits` say which sheet of a workbook is meant.

    IntakeError when it is no table that can be read, with the way to make it one.
    """
    first = _first_bytes(source)
    if first.startswith(_OLD_WORKBOOK):
        raise IntakeError(
            "This is an old workbook (.xls), or one with a password.",
            "Open it in a spreadsheet and save it as .xlsx without a password, or as "
            '"CSV UTF-8 (comma delimited)".',
        )
    if first.startswith(_ZIP):
        from walk.intake.xlsx import xlsx_records

        return xlsx_records(source, sheet, fits)
    if sheet:
        raise IntakeError("Only a workbook has sheets.", "Leave --sheet out.")
    return csv_records(source)


def _first_bytes(source: Source) -> bytes:
    if isinstance(source, bytes):
        return source[:8]
    try:
        with open_plain(source) as stream:
            return stream.read(8)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise IntakeError(
            f"The table cannot be read: {why_unread(error)}.",
            "Check its name, and that you may open it.",
        ) from None
