"""Data as workbook and CSV: typed cells, no formula, no code, time or walker."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.sample import LEADER, ONCE, POINT, USUAL
from tests.reports.test_docx import ODD
from walk.intake.xlsx import xlsx_records
from walk.reports.csv_file import BOM, csv_table, guarded
from walk.reports.data import TABLES, Cell, DataTable, NoteFact, data_tables, table_of
from walk.reports.xlsx_file import LEAST_WIDE, MOST, NARROW, WIDE, cut, xlsx
from walk.reports.xml_text import xml_text

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NOTES = (
    NoteFact("noticing", "S1 points to line 4", "Point, read, measure", ("Pages",)),
    NoteFact("noticing", "T goes on", "", ("Pages", "Waiting"), ("Pages",)),
    NoteFact("wondering", "Who answers first?"),
)
ACTS = st.sampled_from(
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", " =1", "＝1", "\n=1"]
)
TEXTS = st.one_of(ODD, ACTS, st.text(max_size=40))


def members(data: bytes) -> dict[str, ElementTree.Element]:
    """The parts of a workbook, read by another parser than the one that wrote it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            one: ElementTree.fromstring(archive.read(one))
            for one in archive.namelist()
            if one.endswith((".xml", ".rels"))
        }


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a CSV file as any reader finds them."""
    assert data.startswith(BOM)
    return list(csv.reader(io.StringIO(data[3:].decode(), newline="")))


def one(value: Cell) -> DataTable:
    return DataTable("t", ("Words",), ((value,),))


def about_of(tables: Sequence[DataTable]) -> dict[Cell, Cell]:
    """What the first table says of the others."""
    return {what: words for what, words in tables[0].rows}


# What the tables hold


def test_the_tables_say_what_the_team_made_of_the_walk() -> None:
    tables = data_tables(USUAL, NOTES)
    assert tuple(each.name for each in tables) == ("about", *TABLES)
    assert table_of(tables, "notes").rows[1] == (
        "noticing", "T goes on", "", "Pages; Waiting", "Pages",
    )  # fmt: skip
    trends = table_of(tables, "trends")
    assert trends.rows[0][:6] == ("Students point to the page", "asset", 4, 1, 0, 11)
    steps = table_of(tables, "steps")
    assert steps.rows[0][:4] == (
        "One planning hour a week", "school leader", "principal", date(2025, 10, 24),
    )  # fmt: skip
    assert steps.rows[1][3] is None
    assert table_of(tables, "look-fors").rows == (("Point, read, measure", 9, 2, 4),)
    about = about_of(tables)
    assert "This is a snapshot: 5 classrooms" in str(about["Caution"])
    assert about["Date"] == date(2025, 10, 14)
    assert about["Not in yet"] == "notes of walkers: 2; notes not yet shared: 3"


def test_no_table_has_a_column_for_a_code_a_time_or_a_walker() -> None:
    heads = [head for table in data_tables(USUAL, NOTES) for head in table.head]
    assert not [
        head
        for head in heads
        if re.search(r"\b(code|visit|time|walker|author|room)s?\b", head, re.I)
    ]
    told = repr(data_tables(replace(USUAL, steps=(replace(LEADER, what="See V3"),)), NOTES))
    assert not re.search(r"\b[Vv]\d+\b|Brunhilde|Casimir|Ottilie|\b\d{1,2}:\d\d\b", told)


def test_what_is_parked_is_in_no_table() -> None:
    facts = replace(USUAL, steps=(replace(LEADER, basis=ONCE.statement),))
    assert ONCE.statement not in repr(data_tables(facts, ()))


@pytest.mark.parametrize(("visits", "told"), [(2, False), (3, True), (5, True)])
def test_a_small_walk_leaves_out_notes_and_counts_and_says_why(visits: int, told: bool) -> None:
    tables = data_tables(replace(USUAL, visits=visits), NOTES)
    assert bool(table_of(tables, "notes").rows) is told
    assert (table_of(tables, "trends").rows[0][2] == 4) is told
    assert (table_of(tables, "look-fors").rows[0][1] == 9) is told
    assert ("Left out" in about_of(tables)) is not told
    assert table_of(tables, "trends").rows[0][0] == POINT.statement


def test_a_walk_called_off_has_no_notes_and_no_trends() -> None:
    tables = data_tables(replace(USUAL, called_off=True), NOTES)
    assert table_of(tables, "notes").rows == table_of(tables, "trends").rows == ()


# CSV


def test_csv_has_its_mark_its_line_ends_and_its_types() -> None:
    data = csv_table(table_of(data_tables(USUAL, NOTES), "trends"))
    assert data.count(b"\r\n") == 3
    rows = rows_of(data)
    assert rows[0][0] == "Trend"
    assert rows[1][2] == "4"
    assert b'"asset",4,1,0,11,"",""' in data, "counts are numbers, texts are quoted"
    steps = rows_of(csv_table(table_of(data_tables(USUAL, ()), "steps")))
    assert (steps[1][3], steps[2][3]) == ("2025-10-24", "")


@given(TEXTS)
def test_no_text_is_a_formula_wherever_a_spreadsheet_parts_the_columns(text: str) -> None:
    data = csv_table(one(text))
    for delimiter in (",", ";", "\t"):
        reader = csv.reader(io.StringIO(data[3:].decode(), newline=""), delimiter=delimiter)
        cells = [cell for row in reader for cell in row]
        assert len(cells) == 2
        assert (
            not cells[1].lstrip(" \u200e\u200f").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        )
    (_, (cell,)) = rows_of(data)
    assert cell.removeprefix("'") == xml_text(text).removeprefix("'")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A", "\tx", "\rx", " =1", "％", "|x", "＝1"])
def test_only_what_could_act_is_guarded(text: str) -> None:
    assert guarded(text).startswith("'") is (text != "％")
    assert guarded("5 of 7 - all = well") == "5 of 7 - all = well"


# Workbook


def test_a_workbook_has_a_sheet_a_table_with_a_frozen_head_and_typed_cells() -> None:
    parts = members(xlsx(data_tables(USUAL, NOTES), USUAL.title))
    names = [sheet.attrib["name"] for sheet in parts["xl/workbook.xml"].iter(f"{M}sheet")]
    assert names == ["about", *TABLES]
    sheets = {f"xl/worksheets/sheet{n}.xml" for n in range(1, 6)}
    for name in sheets:
        (pane,) = parts[name].iter(f"{M}pane")
        assert (pane.attrib["state"], pane.attrib["ySplit"]) == ("frozen", "1")
    trends = parts["xl/worksheets/sheet3.xml"]
    cells = {cell.attrib["r"]: cell for cell in trends.iter(f"{M}c")}
    assert "t" not in cells["C2"].attrib, "a number"
    assert cells["C2"].findtext(f"{M}v") == "4"
    assert cells["A2"].attrib["t"] == "s"
    day = next(
        cell for cell in parts["xl/worksheets/sheet4.xml"].iter(f"{M}c") if cell.attrib["r"] == "D2"
    )
    assert day.findtext(f"{M}v") == "45954", "24 October 2025, as workbooks count days"
    assert day.attrib["s"] != cells["C2"].attrib["s"], "and it looks like a day"


def test_a_workbook_tells_nothing_of_its_maker_and_is_always_the_same() -> None:
    data = xlsx(data_tables(USUAL, NOTES), USUAL.title)
    assert data == xlsx(data_tables(USUAL, NOTES), USUAL.title)
    core = members(data)["docProps/core.xml"]
    said = {one.tag.rpartition("}")[2]: one.text for one in core}
    assert not said.get("creator")
    assert said["created"] == "2000-01-01T00:00:00Z"


@settings(max_examples=60)
@given(TEXTS)
def test_no_text_is_a_formula_or_breaks_a_workbook(text: str) -> None:
    data = xlsx([one(text)], text)
    for part in members(data).values():
        assert not list(part.iter(f"{M}f"))
        assert not list(part.iter(f"{M}hyperlink"))
    if xml_text(text).strip():  # our own reader passes blank cells over
        records = list(xlsx_records(data).rows)
        assert records[-1][1] == [xml_text(text)]


def test_a_text_that_looks_like_the_librarys_own_xml_is_only_text() -> None:
    text = "<r><t>bold</t></r><f>1+1</f></si><si><r></r>"
    data = xlsx([one(text)], text)
    assert not [part for part in members(data).values() if list(part.iter(f"{M}f"))]
    assert list(xlsx_records(data).rows)[-1][1] == [f"{text} "]


def test_a_very_long_text_is_cut_where_a_cell_ends() -> None:
    assert cut("a" * MOST) == "a" * MOST
    long = cut("😀" * 20_000)
    assert long.endswith("…")
    assert len(long.encode("utf-16-le")) // 2 <= MOST
    assert members(xlsx([one("=" + "x" * 40_000)], "t"))


def widths(table: DataTable) -> list[float]:
    """The width of each column of a sheet, in signs."""
    sheet = members(xlsx([table], "t"))["xl/worksheets/sheet1.xml"]
    found: list[float] = []
    for column in sheet.iter(f"{M}col"):
        alike = int(column.attrib["max"]) - int(column.attrib["min"]) + 1
        found += [float(column.attrib["width"])] * alike
    return found


def test_many_columns_of_words_keep_to_a_width_that_can_be_read() -> None:
    words = "It says on page four that the river was low. " * 3
    table = DataTable("t", tuple(f"h{n}" for n in range(11)), ((*[words] * 9, "", 3),))
    found = widths(table)
    assert sum(found) < 9 * (LEAST_WIDE + 1) + 2 * (NARROW + 1)
    assert min(found) >= NARROW
    assert widths(one(words))[0] >= WIDE
