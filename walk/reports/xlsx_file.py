"""Tables as a workbook: a sheet each, typed cells, a frozen head, and no formula anywhere."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from walk.reports.data import Cell, DataTable
from walk.reports.xml_text import xml_text
from walk.text import cell_width, one_line, wrap

MOST = 32_000
"""Units of UTF-16 that a cell of a workbook is given; it holds 32,767."""
NARROW, WIDE = 9, 70
"""The narrowest and the widest column, in signs."""
ALL_WIDE, LEAST_WIDE = 150, 24
"""Signs across a sheet that can be read on a screen and on paper, and what is left of a column that
gives way for it."""
LINE_PT, HIGHEST = 15.0, 20
"""The height of a line in points, and how many lines of a cell are seen at once."""
ROW_MOST = NARROW * 160
"""Characters of a cell that weigh in the height of its row."""
LOOKED_AT = 300
"""Rows by which the width of a column is chosen."""
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  (a workbook knows no zone, and this says no moment)


def xlsx(tables: Sequence[DataTable], title: str) -> bytes:
    """A workbook with a sheet for each table, in their order."""
    import xlsxwriter  # type: ignore[import-untyped]

    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": cut(title)[:255], "author": "", "created": _MADE})
    looks = {
        "head": book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "count": book.add_format({"num_format": "0", "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    }
    for table in tables:
        _sheet(book.add_worksheet(table.name), table, looks)
    book.close()
    return written.getvalue()


def _sheet(sheet: Any, table: DataTable, looks: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    widths = [
        _width(words, [row[column] for row in table.rows[:LOOKED_AT]])
        for column, words in enumerate(table.head)
    ]
    _give_way(widths)
    sheet.set_row(0, _height(table.head, widths))
    for column, (words, width) in enumerate(zip(table.head, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words, looks["head"])
    for number, row in enumerate(table.rows, start=1):
        sheet.set_row(number, _height(row, widths))
        for column, value in enumerate(row):
            _write(sheet, number, column, value, looks)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.head) - 1)


def _write(sheet: Any, row: int, column: int, value: Cell, looks: dict[str, Any]) -> None:
    match value:
        case None | "":
            return
        case date():
            sheet.write_datetime(row, column, datetime(*value.timetuple()[:3]), looks["day"])  # noqa: DTZ001
        case str():
            sheet.write_string(row, column, cut(value), looks["text"])
        case int():
            sheet.write_number(row, column, value, looks["count"])


def cut(text: str) -> str:
    """Return `text`, made safe, cut where a cell would hold no more of it."""
    said = xml_text(text)
    if said.startswith("<r>") and said.endswith("</r>"):
        said += " "  # else the library takes it for XML of its own, and writes it as such
    units = said.encode("utf-16-le")
    if len(units) <= 2 * MOST:
        return said
    return units[: 2 * (MOST - 1)].decode("utf-16-le", "ignore") + "…"


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """The height of a row in points, so that what is wrapped in it can be read."""
    lines = max(
        len(wrap(one[:ROW_MOST], width)) if isinstance(one, str) else 1
        for one, width in zip(cells, widths, strict=True)
    )
    return LINE_PT * min(max(lines, 1), HIGHEST)


def _give_way(widths: list[int]) -> None:
    """Take from the widest columns until a row can be read as a whole."""
    while sum(widths) > ALL_WIDE and max(widths) > LEAST_WIDE:
        widths[widths.index(max(widths))] -= 1


def _width(head: str, cells: Sequence[Cell]) -> int:
    """A width in signs by what stands in the column."""
    words = [one_line(str(one)[: 2 * WIDE]) for one in cells if one is not None]
    longest = max(map(cell_width, [*words, head.split(" ")[0]]), default=NARROW)
    return max(NARROW, min(WIDE, longest + 2))
