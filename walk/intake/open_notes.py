"""A table of notes of either form: the plain one, or any other with a map of its columns."""

from __future__ import annotations

from collections.abc import Collection

from walk.errors import IntakeError
from walk.intake.column_map import ColumnMap, fitted
from walk.intake.mapped import MappedTable
from walk.intake.open_table import open_table
from walk.intake.records import Source
from walk.intake.table import NoteTable, read_notes

AnyTable = NoteTable | MappedTable


def open_notes(
    source: Source, columns: ColumnMap | None = None, sheet: str = "", known: Collection[str] = ()
) -> AnyTable:
    """The note rows of a table; IntakeError when it is no table of notes that can be read.

    `known` are the look-fors of the walk, as a ticked name may hold a comma.
    """
    if columns is None:
        return read_notes(source, sheet)
    records = open_table(source, sheet, lambda header: fitted(columns, header) is not None)
    try:
        return MappedTable(records, columns, known)
    except IntakeError:
        records.close()
        raise
