"""CSV as programs save it: encodings, signs between columns, and what is told of both."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.errors import IntakeError
from walk.intake import csv_records
from walk.intake.dialect import mark_of
from walk.intake.encoding import BLOCK, encoding_of
from walk.intake.open_table import open_table
from walk.intake.records import MOST_COLUMNS
from walk.intake.table import read_notes

ROWS = [["Wann?", "Café, Räume; „Ü“", "note"], ["14.10.2025", 'é "so"', "one\ntwo"], ["", "…", "x"]]
WINDOWS = "Read as Windows-1252: it is not UTF-8"


def written(rows: list[list[str]], mark: str = ",") -> str:
    """The rows as a spreadsheet saves them."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue()


def cells(data: bytes) -> list[list[str] | str]:
    """Every record's cells."""
    return [one for _, one in open_table(data).rows]


ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "cp1252": b"",
}


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_and_every_sign_between_columns_is_read(encoding: str, mark: str) -> None:
    data = ENCODINGS[encoding] + written(ROWS, mark).encode(encoding)
    assert cells(data) == ROWS
    told = open_table(data).told
    assert (WINDOWS in told) == (encoding == "cp1252")
    assert any("separated" in one for one in told) == (mark != ",")


line_text = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1, max_size=12
)
grids = st.integers(2, 5).flatmap(
    lambda wide: st.lists(st.lists(line_text, min_size=wide, max_size=wide), min_size=2, max_size=6)
)


@given(
    grids, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"])
)
def test_what_a_program_writes_comes_back(grid: list[list[str]], mark: str, encoding: str) -> None:
    """With a header of plain words, as forms have, the sign between columns is never mistaken."""
    table = [[f"Question {place}" for place in range(len(grid[0]))], *grid]
    data = ENCODINGS[encoding] + written(table, mark).encode(encoding)
    found = [one for one in cells(data) if isinstance(one, list)]
    assert found == table


@given(grids)
def test_letters_with_accents_come_back_from_windows(grid: list[list[str]]) -> None:
    table = [["Qüestion", "Ñote", *map(str, range(len(grid[0]) - 2))], *grid]
    data = written(table).encode("cp1252")
    records = open_table(data)
    found = [one for _, one in records.rows]
    assert found == table or not records.told
    if not records.told:  # the odd text that is also UTF-8 throughout, or nearly
        assert encoding_of(io.BytesIO(data)).codec == "utf-8"


pieces = [b"a", b",", b",", b'"', b'""', b"\n", b"\n", b"\r\n", b"x" * 30, b";", b"\xff"]


@given(st.lists(st.sampled_from(pieces), max_size=60).map(b"".join), st.sampled_from([1, 3, 64]))
def test_lines_split_many_at_a_time_come_to_the_same(data: bytes, block: int) -> None:
    def read(lines: int) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(csv_records, "BLOCK", lines)
            patch.setattr(csv_records, "LONGEST_ROW", 50)
            try:
                return list(open_table(data).rows)
            except IntakeError as error:
                return error.message

    assert read(block) == read(0)


@pytest.mark.parametrize("begins", csv_records.PAGES_AND_PICTURES)
def test_a_page_or_a_picture_is_called_what_it_is(begins: bytes) -> None:
    with pytest.raises(IntakeError, match="a PDF or a picture"):
        open_table(begins + b"-1.7\r\n1,2\r\n")


def test_utf_8_with_a_damaged_sign_stays_utf_8() -> None:
    data = ("é" * 20).encode() + b"\xe9" + "ß".encode()
    assert encoding_of(io.BytesIO(data)).codec == "utf-8"
    assert encoding_of(io.BytesIO(b"\xe9t\xe9")).codec == "cp1252"
    assert encoding_of(io.BytesIO(b"\xe9t\xe9 \x81")).codec == "utf-8", "no letter of Windows"


@pytest.mark.parametrize("before", range(BLOCK - 3, BLOCK + 2))
def test_a_letter_across_two_blocks_is_seen_whole(before: int) -> None:
    data = b"a" * before + "€".encode() + b"\xe9"
    assert encoding_of(io.BytesIO(data)).codec == "utf-8"


def test_half_a_sign_in_utf_16_costs_its_own_row() -> None:
    text = "visit,at,kind,look_for,text\nV1,,n,,a\nV1,,n,,X\nV1,,n,,b\n"
    data = codecs.BOM_UTF16_LE + text.encode("utf-16-le").replace(b"X\0", b"\0\xd8")
    found = list(read_notes(data))
    assert [len(row) for row in found] == [8, 2, 8]
    assert len(list(read_notes(data[:-1]))) == 3, "the last byte is missing"


def test_utf_16_without_a_mark_is_refused() -> None:
    with pytest.raises(IntakeError, match="not a text file"):
        open_table("visit,at\n".encode("utf-16-le"))


def test_the_line_that_names_the_sign_is_no_row() -> None:
    table = open_table(b"sep=;\r\na;b,c\r\n1;2\r\n")
    assert list(table.rows) == [(2, ["a", "b,c"]), (3, ["1", "2"])]
    assert table.told == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a,b;c\n1,2\n3,4\n", ","),
        ("a;b\n1,5;2,5\n3,5;4\n", ";"),
        ('"one, two";b\n"1";2\n', ";"),
        ("only one column\nof words; and words\n", ","),
        ("a\tb,c\n1\t2\n", "\t"),
        ('visit,at,kind,look_for,text\nV1,,n,,"a;b;c"\n', ","),
    ],
)
def test_the_sign_that_makes_rows_alike_is_taken(text: str, mark: str) -> None:
    assert mark_of(text) == mark


def test_semicolons_in_the_plain_form_are_read() -> None:
    (row,) = read_notes("visit;at;kind;look_for;text\nV1;1:30;n;;a, b\n".encode("utf-16"))
    assert row[1:6] == ("V1", 90, "noticing", "", "a, b")


def test_millions_of_columns_are_refused() -> None:
    data = b"a," * (MOST_COLUMNS + 1) + b"\n"
    with pytest.raises(IntakeError, match="columns and 1,000 fit"):
        read_notes(data)
    with pytest.raises(IntakeError, match="longer than"):
        read_notes(b"a," * 2_000_000 + b"\nx\n")
