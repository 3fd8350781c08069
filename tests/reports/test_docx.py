"""Word documents: real headings and tables, nothing of the maker, and no text that breaks one."""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import docx as library
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.plan_sample import USUAL as PLAN
from tests.reports.sample import POINT, USUAL
from tests.reports.sheets_sample import DEBRIEF, SHEET, every_page
from tests.reports.test_summary_safety import TEXT
from walk.errors import MissingExtra
from walk.reports.blocks import Page, Points, Say, Section, Table
from walk.reports.chart import described
from walk.reports.debrief_sheet import debrief_sheet
from walk.reports.docx_file import docx
from walk.reports.letter import letter
from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.pages import written
from walk.reports.slips import slips
from walk.reports.visit_sheet import visit_sheet
from walk.reports.xml_text import xml_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODD = st.one_of(
    TEXT,
    st.text(st.characters(max_codepoint=0x20), min_size=1, max_size=8),
    st.sampled_from(["\ufffe\uffff", "a\x0bb\x00", "_x0041_", "\u202eabc\u2066", "&amp;<w:p>"]),
)


def read(data: bytes) -> Any:
    """The document as the library reads it."""
    return library.Document(io.BytesIO(data))


def said(data: bytes) -> str:
    """All that it says, in its order."""
    document = read(data)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def body(data: bytes) -> ElementTree.Element:
    """The body of the document, read by another parser than the one that wrote it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


LETTER = docx([letter(USUAL)])


def test_headings_lists_and_tables_are_real() -> None:
    document = read(LETTER)
    styles = [one.style.name for one in document.paragraphs]
    assert styles[0] == "Heading 1"
    assert styles.count("Heading 1") == 1
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    assert headings[0] == "The focus and the inquiry"
    assert headings[-1] == "What comes next"
    assert {"List Bullet", "List Bullet 2", "Quote", "Notice"} <= set(styles)
    assert document.paragraphs[-1].text == TRADEMARK_NOTICE


def test_every_table_has_a_header_row_and_words_for_who_does_not_see_it() -> None:
    tables = body(LETTER).iter(f"{W}tbl")
    found = list(tables)
    assert len(found) == 2
    for table in found:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblDescription") is not None
    chart = found[0].find(f"{W}tblPr/{W}tblDescription")
    assert chart is not None
    assert "trend 1 Students point to the page, 4 classrooms" in chart.attrib[f"{W}val"]
    assert "████ 4" in said(LETTER)


def test_the_chart_of_the_document_and_of_the_page_tell_the_same() -> None:
    from walk.reports.chart import Bar

    bars = (Bar("1 Pages", 4), Bar("2 Waiting", 1))
    assert described(bars).endswith("trend 1 Pages, 4 classrooms; trend 2 Waiting, 1 classroom.")


def test_nothing_tells_who_made_it_or_when() -> None:
    known = read(LETTER).core_properties
    assert (known.author, known.comments, known.last_modified_by) == ("", "", "")
    assert known.created is None
    assert known.modified is None
    assert known.title == "Staff summary: Explaining solutions"
    with zipfile.ZipFile(io.BytesIO(LETTER)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx([letter(USUAL)]) == LETTER


def test_what_is_read_in_it_is_what_is_read_in_the_page() -> None:
    text = said(LETTER)
    for part in (
        "Thank you for opening 5 classrooms",
        "Trend 1: Students point to the page (evidence in 4 classrooms, the other way in 1",
        "One planning hour a week",
        "open; agreed with the host teachers; rests on trend 2",
    ):
        assert part in text
    assert "V3" not in text
    assert said(docx([letter(replace(USUAL, confirmation=None))])).count("Please note: ") == 1


def test_pages_begin_on_sheets_of_their_own() -> None:
    document = read(docx([visit_sheet(SHEET), visit_sheet(SHEET)]))
    heads = [one for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [bool(one.paragraph_format.page_break_before) for one in heads] == [False, True]


def test_there_is_room_to_write() -> None:
    document = read(docx([debrief_sheet(DEBRIEF)]))
    rows = [row for row in document.tables[0].rows[1:]]
    assert all(row.height.mm >= 8 for row in rows)
    widths = [cell.width.mm for cell in rows[0].cells]
    assert widths[2] > 25 > widths[0] > 8
    lines = [one for one in document.paragraphs if one.style.name == "Line to Write On"]
    assert len(lines) == 4
    kept = [one.paragraph_format.keep_with_next for one in lines]
    assert kept == [True, True, True, False], "all on the sheet of their heading"


def test_a_short_column_keeps_its_words_whole() -> None:
    rows = (("w" * 300, "24 October 2025"), ("x" * 300, "3 May 2026"))
    page = Page("t", "", (Section("", (Table("c", ("What", "By when"), rows),)),))
    (table,) = read(docx([page])).tables
    widths = [cell.width.mm for cell in table.rows[1].cells]
    assert widths[0] > widths[1] > 28


def test_many_columns_leave_room_to_the_one_with_words() -> None:
    places = dict.fromkeys(("V1", "V2", "V3", "V4"), "Room 12 on the second floor")
    (table, _) = read(docx(slips(PLAN, places=places))).tables
    head = [cell.text for cell in table.rows[0].cells]
    widths = dict(zip(head, (cell.width.mm for cell in table.rows[1].cells), strict=True))
    assert widths["Where"] > 40
    assert widths["In the room"] > 20
    assert widths["Write until"] > 10


def test_a_paragraph_stays_with_the_list_that_it_introduces() -> None:
    blocks = (Say("Alone."), Say("Assets:"), Points(("one",)), Say("At the end."))
    said = read(docx([Page("t", "", (Section("", blocks),))])).paragraphs
    kept = {one.text: one.paragraph_format.keep_with_next for one in said}
    assert [kept[text] for text in ("Alone.", "Assets:", "At the end.")] == [None, True, None]


@settings(max_examples=5)
@given(ODD)
def test_no_text_breaks_a_document_and_none_is_lost(text: str) -> None:
    data = docx(every_page(text))
    body(data)
    shown = xml_text(text)
    # Word keeps tabs and line ends as elements of their own; the library reads them back.
    assert said(data).count(shown) >= 50


@settings(max_examples=8)
@given(ODD)
def test_no_text_becomes_an_element_of_the_document(text: str) -> None:
    calm = [one.tag for one in body(docx([Page("t", "", (Section("", (Say("calm"),)),))])).iter()]
    own = body(docx([Page("t", "", (Section("", (Say(text),)),))]))
    plain = {f"{W}br", f"{W}tab", f"{W}t", f"{W}rtl", f"{W}rPr", f"{W}bidi"}
    assert [one.tag for one in own.iter() if one.tag not in plain] == [
        one for one in calm if one not in plain
    ]


def test_words_from_right_to_left_are_marked_as_such() -> None:
    trends = (replace(POINT, examples=("שלום עולם",)),)
    data = docx([letter(replace(USUAL, focus="שלום", trends=trends))])
    turned = [
        "".join(one.itertext())
        for one in body(data).iter(f"{W}p")
        if one.find(f"{W}pPr/{W}bidi") is not None
    ]
    # A quotation turns; an item of a list keeps in line with the others.
    assert turned == ["שלום"]
    runs = [one for one in body(data).iter(f"{W}r") if one.find(f"{W}rPr/{W}rtl") is not None]
    assert ["".join(one.itertext()) for one in runs] == ["שלום", "שלום עולם"]


def test_without_the_extra_it_is_said_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtra) as told:
        written([letter(USUAL)], "docx")
    assert "pip install 'classroom-walk[docx]'" in str(told.value)
    assert ".html" in told.value.mend
