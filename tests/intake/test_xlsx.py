"""Workbooks: read as a judge reads them, and nothing hostile in one costs more than a word."""

from __future__ import annotations

import io
import re
import tracemalloc
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.intake import sheets
from tests.intake.sheets import cell_xml, sheet_xml, table_book, workbook, wrapped
from walk.errors import IntakeError
from walk.intake import workbook_file, workbook_xml, xlsx
from walk.intake.number_format import as_shown, shows
from walk.intake.open_notes import open_notes
from walk.intake.open_table import open_table
from walk.intake.records import LONGEST_ROW
from walk.intake.rows import NoteRow, RefusedRow
from walk.intake.table import is_plain

HEADER = ("visit", "at", "kind", "look_for", "text", "walker")


def cells(data: bytes, sheet: str = "") -> list[tuple[int, list[str] | str]]:
    """Every record of a workbook."""
    return list(open_table(data, sheet, is_plain).rows)


def told(data: bytes, sheet: str = "") -> list[str]:
    """What is told of a workbook that was read to its end."""
    records = open_table(data, sheet, is_plain)
    list(records.rows)
    return records.told


def refused(data: bytes, sheet: str = "") -> str:
    """Why a workbook is refused."""
    with pytest.raises(IntakeError) as caught:
        cells(data, sheet)
    assert caught.value.mend
    return caught.value.message


def one_cell(xml: str, **named: object) -> str:
    """The text of the one cell of a sheet."""
    data = workbook({"S": wrapped(f'<row r="1">{xml}</row>')}, **named)  # type: ignore[arg-type]
    ((_line, row),) = cells(data)
    return row[0]


# What is read ----------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [True, False])
def test_a_table_of_notes_is_read_as_its_csv_would_be(share: bool) -> None:
    rows: list[Sequence[sheets.Cell]] = [
        HEADER,
        ("V1", 95, "noticing", "Wait time", "T waited\n5 s", "Ana"),
        ("V2",),
    ]
    found = list(open_notes(table_book(rows, share=share)))
    assert found[0] == NoteRow(2, "V1", 95, "noticing", "Wait time", "T waited\n5 s", "Ana", 0)
    assert isinstance(found[1], RefusedRow)
    assert found[1].line == 3


def test_the_line_is_that_of_the_sheet_and_columns_may_be_left_out() -> None:
    row = cell_xml("B3", "two") + cell_xml("D3", "four")
    data = workbook({"S": wrapped(f'<row r="3">{row}</row><row r="9">{cell_xml("A9", 1)}</row>')})
    assert cells(data) == [(3, ["", "two", "", "four"]), (9, ["1", "", "", ""])]


def test_cells_and_rows_without_a_place_follow_each_other() -> None:
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    assert cells(workbook({"S": wrapped(row * 2)})) == [(1, ["1", "2"]), (2, ["1", "2"])]


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ('<c r="A1"><v>3.0</v></c>', "3"),
        ('<c r="A1"><v>4.5</v></c>', "4.5"),
        ('<c r="A1"><v>1E+3</v></c>', "1000"),
        (f'<c r="A1"><v>{"9" * 99}</v></c>', "9" * 99),
        ('<c r="A1"><v>1e999</v></c>', "inf"),
        ('<c r="A1"><v>no number</v></c>', "no number"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="str"><f>1+1</f><v>two</v></c>', "two"),
        ('<c r="A1"><f>SUM(B1:B9)</f><v>12</v></c>', "12"),
        ('<c r="A1" t="d"><v>2025-10-14T09:22:11</v></c>', "2025-10-14 09:22:11"),
        ('<c r="A1" s="1"><v>45944.390405092592</v></c>', "2025-10-14 09:22:11"),
        ('<c r="A1" s="1"><v>45944</v></c>', "2025-10-14"),
        ('<c r="A1" s="2"><v>0.0625</v></c>', "1:30"),
        ('<c r="A1" s="3"><v>1.0416666666666667E-3</v></c>', "01:30"),
        ('<c r="A1" s="4"><v>1.0416666666666667E-3</v></c>', "0:01:30"),
        ('<c r="A1" s="5"><v>0.5</v></c>', "0.5"),
        ('<c r="A1" t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r></is></c>', "a b"),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_&#10;b</t><rPh><t>no</t></rPh></is></c>', "a\nb"),
        ('<c r="A1" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>', "_x000D_"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(xml: str, words: str) -> None:
    assert one_cell(xml) == words


def test_the_calendar_of_1904_is_known() -> None:
    assert one_cell('<c r="A1" s="1"><v>44482</v></c>', from_1904=True) == "2025-10-14"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", ""),
        ("0.00%", ""),
        ('#,##0 "days"', ""),
        ("[Red]0", ""),
        ("dd/mm/yyyy", "d"),
        ("mmm yy", "d"),
        ("h:mm AM/PM", "hm"),
        ("[$-409]m/d/yy h:mm;@", "dhm"),
        ("mm:ss.0", "ms"),
        ("[mm]:ss", "ms"),
    ],
)
def test_what_a_format_shows(code: str, shown: str) -> None:
    assert shows(164, code) == shown


def test_a_number_that_is_no_date_stays_a_number() -> None:
    for value in (-1.5, 1e12, float("inf"), float("nan")):
        assert as_shown(value, "d", from_1904=False) == repr(value) or value == 1e12


# Which sheet -----------------------------------------------------------------------------------


def test_the_first_sheet_that_fits_is_read_and_said() -> None:
    plain = sheet_xml([HEADER, ("V1", None, "n", None, "found", None)])
    data = workbook(
        {"About": sheet_xml([("Read me", "x")]), "Old": plain, "Notes": plain}, hidden=["Old"]
    )
    assert cells(data)[1][1][4] == "found"
    assert "Read the sheet “Notes”; --sheet NAME reads another" in told(data)
    assert cells(data, "about") == [(1, ["Read me", "x"])]
    assert len(cells(data, "OLD")) == 2, "a hidden sheet can be named"
    assert refused(data, "None") == "The workbook has no sheet “None”."


def test_a_sheet_with_a_title_alone_gives_way_to_one_with_columns() -> None:
    data = workbook({"T": sheet_xml([("Title",)]), "E": wrapped(""), "C": sheet_xml([("a", "b")])})
    assert cells(data) == [(1, ["a", "b"])]


def test_merged_cells_and_hidden_rows_are_told() -> None:
    rows = f'<row r="1">{cell_xml("A1", "a")}</row><row r="2" hidden="1">{cell_xml("A2", 1)}</row>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
    words = " ".join(told(workbook({"S": wrapped(rows, merged)})))
    assert "merged: only the first" in words
    assert "1 row is hidden" in words


# The judge -------------------------------------------------------------------------------------


def judged(data: bytes) -> list[list[str]]:
    """The rows of the first sheet as another reader has them, in our words for values."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return [[_in_words(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        whole = value.time() == time()
        return value.strftime("%Y-%m-%d" if whole else "%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value)


xml_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)
values = st.none() | xml_text | st.integers(-(10**9), 10**9) | st.booleans()
grids = st.integers(1, 6).flatmap(
    lambda wide: st.lists(st.lists(values, min_size=wide, max_size=wide), min_size=1, max_size=8)
)


@given(grids, st.booleans())
def test_a_judge_reads_the_same_cells(grid: list[list[sheets.Cell]], share: bool) -> None:
    data = table_book([["head", *grid[0][1:]], *grid], share=share)
    ours = {line: row for line, row in cells(data) if isinstance(row, list)}
    theirs = {
        number: [cell if cell.strip() else "" for cell in row]
        for number, row in enumerate(judged(data), 1)
        if any(map(str.strip, row))
    }
    trimmed = {line: [*row] for line, row in ours.items()}
    for row in (*trimmed.values(), *theirs.values()):
        while row and not row[-1]:
            row.pop()
    assert trimmed == theirs


# What is hostile -------------------------------------------------------------------------------


def test_a_cell_far_away_costs_its_row_and_nothing_else() -> None:
    # Libraries that make room for every cell between ask here for half a terabyte.
    rows = f'<row r="1">{cell_xml("A1", "a")}{cell_xml("B1", "b")}</row>'
    rows += f'<row r="1048576">{cell_xml("XFD1048576", "far")}</row>'
    tracemalloc.start()
    found = cells(workbook({"S": wrapped(rows)}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [
        (1, ["a", "b"]),
        (1_048_576, "too many cells: 16384 where the first row has 2"),
    ]
    assert peak < 3_000_000


@pytest.mark.parametrize("place", ["XFE1", "A1048577", "AAAA1", "1", "a1", "A99999999999"])
def test_a_place_that_no_sheet_has_is_refused(place: str) -> None:
    row = place.lstrip("ABCDEFX") or "1"
    data = workbook({"S": wrapped(f'<row r="{row}">{cell_xml(place, 1)}</row>')})
    assert "damaged" in refused(data)


def test_more_columns_than_a_form_has_are_refused() -> None:
    data = table_book([[f"c{place}" for place in range(1_001)]])
    with pytest.raises(IntakeError, match="1,001 columns"):
        open_notes(data)


def test_a_document_type_is_refused_unread() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    xml = sheet_xml([("a", "b")]).replace("<worksheet", f"{bomb}<worksheet")
    assert "damaged" in refused(workbook({"S": xml}))


def test_elements_in_elements_without_end_are_refused() -> None:
    assert "damaged" in refused(workbook({"S": wrapped("<x>" * 100_000)}))


def test_a_tag_without_end_is_refused_early() -> None:
    xml = wrapped(f'<row r="1" x="{"y" * 10_000_000}"></row>')
    tracemalloc.start()
    said = refused(workbook({"S": xml}))
    tracemalloc.stop()
    assert "damaged" in said


def test_a_bomb_is_refused_when_it_has_unpacked_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_file, "MOST_INFLATED", 2_000_000)
    assert "more than 2,000,000 bytes" in refused(workbook({"S": wrapped(" " * 3_000_000)}))


def test_a_size_that_lies_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_file, "MOST_INFLATED", 2_000_000)
    data = workbook({"S": wrapped(" " * 3_000_000)})
    size = len(wrapped(" " * 3_000_000)).to_bytes(4, "little")
    assert data.count(size) == 2
    assert refused(data.replace(size, (10).to_bytes(4, "little")))


def test_shared_words_used_again_and_again_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_SIGNS", 100_000)
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 500))
    assert "100,000 characters" in refused(workbook({"S": wrapped(rows)}, ["w" * 1_000]))


def test_many_shared_words_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_xml, "MOST_SHARED_SIGNS", 1_000)
    assert "damaged" in refused(workbook({"S": sheet_xml([("a", "b")])}, ["w" * 2_000]))


def test_a_row_of_endless_words_is_refused_and_the_next_is_read() -> None:
    rows = sheet_xml([("a", "b"), ("w" * 1_500_000, "x" * 1_500_000), ("c", "d")])
    found = cells(workbook({"S": rows}))
    assert found[0] == (1, ["a", "b"])
    assert isinstance(found[1][1], str)
    assert found[2] == (3, ["c", "d"])


@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("length", [200_000, 400_000, 999_000 // 2, 600_000])
def test_a_long_row_is_read_whole_or_refused_and_never_in_part(length: int, share: bool) -> None:
    shared: list[str] | None = [] if share else None
    rows = [("a", "b", "c", "d"), ("w" * length, "x" * length, "said", "S2 asks why")]
    xml = sheet_xml(rows, shared)
    found = cells(workbook({"S": xml}, shared or ()))
    line, row = found[1]
    assert line == 2
    if 2 * length + 15 > LONGEST_ROW:
        assert row == "the row is longer than 1,000,000 characters"
    else:
        assert row == list(rows[1])


def test_a_workbook_that_goes_before_it_is_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="cannot be read"):
        xlsx.xlsx_records(tmp_path / "stick" / "notes.xlsx")


def test_a_place_outside_the_shared_words_is_refused() -> None:
    for said in ("7", "-1", "x", "9" * 400):
        xml = wrapped(f'<row r="1"><c r="A1" t="s"><v>{said}</v></c></row>')
        assert "damaged" in refused(workbook({"S": xml}, ["one"]))


def test_signs_that_no_note_may_hold_are_refused_by_row() -> None:
    rows = [
        HEADER,
        ("V1", None, "n", None, "a_x0000_b", None),
        ("V1", None, "n", None, "_xD800_", None),
    ]
    found = list(open_notes(table_book(rows)))
    assert [type(row) for row in found] == [RefusedRow, RefusedRow]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", ".ods"),
        ("xl/workbook.bin", "x", ".xlsb"),
    ],
)
def test_other_kinds_of_workbook_are_told_apart(name: str, data: str, words: str) -> None:
    assert words in refused(sheets.zipped({name: data}))


def test_macros_are_never_looked_at() -> None:
    data = workbook({"S": sheet_xml([("a", "b")])}, more={"xl/vbaProject.bin": b"\xd0\xcf macro"})
    assert cells(data) == [(1, ["a", "b"])]


def test_what_is_no_workbook_is_refused() -> None:
    good = table_book([("a", "b")])
    twice = sheets.zipped({"xl/workbook.xml": "<w/>", "xl/workbook.xmX": "<w/>"})
    twice = twice.replace(b"xmX", b"xml")
    for data in (b"PK\x03\x04", good[:200], good[:-1], twice, sheets.zipped({"a": "b"})):
        assert "damaged" in refused(data)
    assert "no rows" in refused(workbook({"S": wrapped("")}))
    assert "old workbook" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def test_a_password_is_told() -> None:
    data = bytearray(table_book([("a", "b")]))
    for place in [found.start() for found in re.finditer(b"PK\x01\x02", bytes(data))]:
        data[place + 8] |= 1
    assert "password" in refused(bytes(data))


@given(st.data())
def test_flipped_bytes_give_rows_or_a_word(data: st.DataObject) -> None:
    whole = bytearray(table_book([HEADER, ("V1", 60, "n", "a", "b", "c")]))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(IntakeError):
        list(open_notes(bytes(whole)))


@given(st.text("<>/crovstiA1\"= 'x&;#0", max_size=200))
def test_any_sheet_gives_rows_or_a_word(inside: str) -> None:
    with suppress(IntakeError):
        cells(workbook({"S": wrapped(inside)}))
