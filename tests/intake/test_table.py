"""A CSV table of notes: what is read, what is refused and why, and that nothing else can happen."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from walk.errors import IntakeError
from walk.intake import csv_records
from walk.intake.cells import LONGEST_LABEL, LONGEST_VISIT
from walk.intake.records import LONGEST_ROW
from walk.intake.rows import NoteRow, RefusedRow
from walk.intake.table import read_notes
from walk.text import accept

HEADER = "visit,at,kind,look_for,text,walker\n"
WAIT = "T waited 5 s"


def rows(data: bytes | str) -> list[NoteRow | RefusedRow]:
    """Every row of a table given as it would stand in a file."""
    return list(read_notes(data.encode() if isinstance(data, str) else data))


def good(data: bytes | str) -> list[NoteRow]:
    """The rows of a table in which none is refused."""
    found = rows(data)
    assert [row for row in found if isinstance(row, RefusedRow)] == []
    return [row for row in found if isinstance(row, NoteRow)]


def only(record: str | bytes) -> NoteRow | RefusedRow:
    """The one row that a record makes below the usual header."""
    data = record.encode() if isinstance(record, str) else record
    (row,) = rows(HEADER.encode() + data)
    return row


def why(record: str | bytes) -> str:
    """Why the one row below the usual header is refused."""
    row = only(record)
    assert isinstance(row, RefusedRow)
    assert row.line == 2
    return row.why


def written(cells: Iterable[Iterable[object]]) -> bytes:
    """The cells as csv.writer writes them."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(cells)
    return out.getvalue().encode()


def test_a_row_says_all_its_columns() -> None:
    row = only("V3,4:10,noticing,Wait time,T waited 5 s,Ana\n")
    assert row == NoteRow(2, "V3", 250, "noticing", "Wait time", WAIT, "Ana", 0)


def test_columns_come_in_any_order_and_any_case_and_walker_may_be_missing() -> None:
    data = " TEXT ,Kind,Look for,AT,Visit\nT waited 5 s,noticing,,,V1\n"
    table = read_notes(data.encode())
    assert list(table) == [NoteRow(2, "V1", None, "noticing", "", WAIT, "", 0)]


def test_other_columns_are_ignored_and_listed() -> None:
    table = read_notes(b"Timestamp,visit,at,kind,look_for,text,Room \x1b[2J\n9,V1,,n,,x,12\n")
    assert table.ignored[0] == "Timestamp"
    assert "\x1b" not in table.ignored[1]
    assert [type(row) for row in table] == [NoteRow]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(end: str) -> None:
    lines = ["visit,at,kind,look_for,text", 'V1,,n,,"two', 'lines"', "V2,,w,,one", ""]
    first, second = good(end.join(lines))
    assert (first.line, first.text) == (2, "two\nlines")
    assert (second.line, second.text) == (4, "one")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_number_counts_the_lines_of_the_file(end: str) -> None:
    lines = ["", HEADER.strip(), "", 'V1,,n,,"a', "", 'b",', ",,,,,", "V1,,oops,,c,", "V1,,n,,d,"]
    assert [row.line for row in rows(end.join(lines))] == [4, 8, 9]


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert len(good(b"\xef\xbb\xbf" + HEADER.encode() + b"V1,,n,,x,\n")) == 1
    assert len(good(b"\xef\xbb\xbf" + b'"visit",at,kind,look_for,text\nV1,,n,,x\n')) == 1


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("", None),
        (" ", None),
        ("0", 0),
        ("95", 95),
        ("001", 1),
        (" 4:10 ", 250),
        ("0:05", 5),
        ("75:00", 4500),
        ("1:02:03", 3723),
        ("0:4:10", 250),
        ("23:59:59", 86399),
    ],
)
def test_the_time_is_read_as_seconds_or_as_a_clock(cell: str, seconds: int | None) -> None:
    row = only(f"V1,{cell},n,,x,\n")
    assert isinstance(row, NoteRow)
    assert row.at_s == seconds


@pytest.mark.parametrize(
    "cell",
    ["soon", "-5", "4.5", "4:60", "4:1", "1:60:00", ":10", "4:", "1:2:3:4", "٣", "²", "9" * 99],
)
def test_a_time_that_cannot_be_read_is_refused(cell: str) -> None:
    cause = why(f"V1,{cell},n,,x,\n")
    assert "time" in cause
    assert "cannot be read" in cause
    assert len(cause) < 200


@pytest.mark.parametrize("cell", ["86400", "24:00:00"])
def test_a_time_of_a_day_or_more_is_refused(cell: str) -> None:
    assert "a day or more" in why(f"V1,{cell},n,,x,\n")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("noticing", "noticing"),
        (" Noticing ", "noticing"),
        ("N", "noticing"),
        ("WONDERING", "wondering"),
        ("w", "wondering"),
    ],
)
def test_the_kind_is_a_word_or_its_letter(cell: str, kind: str) -> None:
    row = only(f"V1,,{cell},,x,\n")
    assert isinstance(row, NoteRow)
    assert row.kind == kind


@pytest.mark.parametrize(
    ("record", "part"),
    [
        ("V1,,praise,,x,\n", '"praise"; write noticing or wondering'),
        ("V1,,,,x,\n", "the kind is empty"),
        (",,n,,x,\n", "the visit is empty"),
        ("  ,,n,,x,\n", "the visit is empty"),
        ("V1,,n,, \t ,\n", "the text is empty"),
        ("V1,,n,,x\n", "too few cells: 5 where the first row has 6"),
        ("V1,,n,,one, two,Ana\n", "too many cells: 7 where the first row has 6"),
        ("V" * 41 + ",,n,,x,\n", f"the visit code is longer than {LONGEST_VISIT}"),
        ("V\x1b[2J,,n,,x,\n", "the visit code holds a line break or another control"),
        ('"V\n1",,n,,x,\n', "the visit code holds a line break"),
        ("V\0,,n,,x,\n", "the visit code holds"),
        ("V1,,n,a\x07b,x,\n", "the look-for holds"),
        (f"V1,,n,{'x' * 201},x,\n", f"the look-for is longer than {LONGEST_LABEL}"),
        ("V1,,n,,x,A\x9fa\n", "the walker holds"),
        ("V1,,n,,a\0b,\n", "NUL"),
        (f"V1,,n,,{'x' * 20_001},\n", "20,001 characters and 20,000 fit"),
        (b"V1,,n,,caf\xc3\xa9 \xe9,\n", "not UTF-8"),
        (b"V\xff,,n,,caf\xc3\xa9,\n", "not UTF-8"),
        (b"V1,,n,,\x81\x81,\n", "not UTF-8"),
        (b"V1,,n,,half \xed\xa0\xbd,\n", "not UTF-8"),
        ('V1,,n,,"so" she said,\n', "quotation marks"),
    ],
)
def test_a_bad_row_is_refused_with_its_cause(record: str | bytes, part: str) -> None:
    assert part in why(record)


def test_a_cause_quotes_a_cell_briefly_and_harmlessly() -> None:
    cause = why(b"V1,,\x1b]0;gone\x07\xff" + b"\xe2\x80\xae" + b"y" * 500 + b",,x,\n")
    assert len(cause) < 120
    assert not {"\x1b", "\x07", "\u202e"} & set(cause)
    cause.encode()


def test_good_rows_around_a_bad_one_are_kept() -> None:
    found = rows(
        HEADER.encode() + b"V1,,n,,a,\nV1,,n,,\xc3\xa9\xff,\nV1,,n,,b,\nV1,,z,,c,\nV1,,n,,d,\n"
    )
    assert [row.text for row in found if isinstance(row, NoteRow)] == ["a", "b", "d"]
    assert [row.line for row in found if isinstance(row, RefusedRow)] == [3, 5]


def test_the_longest_text_fits() -> None:
    assert isinstance(only(f"V1,,n,,{'é' * 20_000},\n"), NoteRow)


def test_a_garbled_cell_in_an_ignored_column_costs_nothing() -> None:
    assert len(good(b"visit,at,kind,look_for,text,room\nV1,,n,,x,\xff\0\n")) == 1


def test_words_are_not_changed() -> None:
    words = '  =SUM(A1) [bold]x[/] <b> \x1b[2J\ttab T: "Say more" \u202e  '
    (row,) = good(
        written([["visit", "at", "kind", "look_for", "text"], ["V1", "", "n", "", words]])
    )
    assert row.text == words


def test_an_open_quotation_mark_costs_only_its_own_row() -> None:
    data = HEADER + 'V1,,n,,a,\nV1,,n,,"never closed,\nV2,,n,,b,\nV2,,n,,"c, d",\nV3,,n,,e,\n'
    found = rows(data)
    assert [row.text for row in found if isinstance(row, NoteRow)] == ["a", "b", "c, d", "e"]
    assert [(row.line, "pair up" in row.why) for row in found if isinstance(row, RefusedRow)] == [
        (3, True)
    ]
    assert [row.line for row in found] == [2, 3, 4, 5, 6]


def test_an_open_quotation_mark_in_the_last_row_is_told() -> None:
    found = rows(HEADER + 'V1,,n,,a,\nV1,,n,,"b')
    assert [type(row) for row in found] == [NoteRow, RefusedRow]


@pytest.mark.parametrize("size", [131_073, LONGEST_ROW - 20, 3_000_000])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_huge_cell_is_refused_and_the_rows_after_it_are_read(size: int, quoted: bool) -> None:
    cell = '"' + "x" * size + '"' if quoted else "x" * size
    found = rows(HEADER + f"V1,,n,,{cell},\nV1,,n,,next,\n")
    assert [type(row) for row in found] == [RefusedRow, NoteRow]
    assert [row.line for row in found] == [2, 3]


def test_a_row_of_very_many_lines_is_given_up_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(csv_records, "LONGEST_ROW", 2_000)
    found = rows(HEADER + 'V1,,n,,"' + "x\n" * 2_000 + '",\nV9,,n,,next,\n')
    assert isinstance(found[0], RefusedRow)
    assert "the row is longer" in found[0].why
    assert found[-1] == NoteRow(2_003, "V9", None, "noticing", "", "next", "", 0)


def test_a_file_that_opens_quotes_again_and_again_is_not_read_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Each line closes the quotation of the line before and opens its own, so that every record
    # runs on to the longest row. Without a bound each line would be read 500 times.
    monkeypatch.setattr(csv_records, "LONGEST_ROW", 2_500)
    monkeypatch.setattr(csv_records, "LONGEST_RE_READ", 20_000)
    handed_out = 0
    plain_next = csv_records._Lines.__next__

    def counting(lines: csv_records._Lines) -> str:
        nonlocal handed_out
        handed_out += 1
        return plain_next(lines)

    monkeypatch.setattr(csv_records._Lines, "__next__", counting)
    found = rows(HEADER + 'a","\n' * 20_000 + 'a"\nV1,,n,,last,\n')
    assert handed_out < 30_000
    assert {type(row) for row in found[:-1]} == {RefusedRow}
    assert any("were not read" in row.why for row in found if isinstance(row, RefusedRow))


def test_equal_rows_are_numbered_and_unequal_ones_are_not() -> None:
    found = good(
        HEADER + "V1,60,n,,a,Ana\nV1,1:00,noticing,,a, Ana\nV2,60,n,,a,Ana\nV1,60,n,,a,\n"
        "V1,,n,,a,Ana\nV1,60,w,,a,Ana\nV1,60,n,b,a,Ana\nV1,60,n,,A,Ana\n"
        "V1,60,n,,a,Ana\n"
    )
    assert [row.occurrence for row in found] == [0, 1, 0, 0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize(
    ("data", "message", "mend"),
    [
        ("", "empty", "names the columns"),
        ("\n\n  \n", "empty", "names the columns"),
        ("visit,kind,text\n", "no columns named at or look_for", "walker may be left out"),
        ("visit,at,kind,look_for\nV1,,n,\n", "no column named text", "in any order"),
        ("visit,at,kind,look_for,text,Visit\n", "more than one column named visit", "rename"),
        (HEADER.encode("utf-16-le"), "not a text file", "CSV UTF-8"),
        (b"PK\x03\x04\x14\0\x06\0", "damaged", "CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old workbook", "CSV UTF-8"),
        (",".join(f"c{number}" for number in range(1_001)), "1,001 columns", "hold answers"),
        ('visit,at,"kind"x,look_for,text\n', "first row cannot be read", "CSV UTF-8"),
    ],
)
def test_a_file_that_is_no_such_table_says_what_to_do(
    data: bytes | str, message: str, mend: str
) -> None:
    with pytest.raises(IntakeError) as caught:
        read_notes(data.encode() if isinstance(data, str) else data)
    error = caught.value
    assert message in error.message
    assert mend in error.mend


def test_a_table_without_rows_is_no_error() -> None:
    assert rows(HEADER) == []
    assert rows(HEADER.strip()) == []


def test_a_path_says_the_same_as_its_bytes(tmp_path: Path) -> None:
    data = (HEADER + "V1,,n,,é,\nV1,,n,,b\n").encode()
    path = tmp_path / "notes.csv"
    path.write_bytes(data)
    assert list(read_notes(path)) == list(read_notes(str(path))) == rows(data)


def test_a_path_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="cannot be read"):
        read_notes(tmp_path / "nowhere.csv")
    with pytest.raises(IntakeError, match="cannot be read"):
        read_notes(tmp_path)


def test_a_large_file_streams_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(HEADER)
        file.writelines(f"V1,,n,,{number} {'word ' * 200},\n" for number in range(5_000))
    tracemalloc.start()
    try:
        count = sum(isinstance(row, NoteRow) for row in read_notes(path))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 5_000
    assert peak < path.stat().st_size / 4


any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
labels = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)
note_cells = st.tuples(
    labels.filter(bool),
    st.none() | st.integers(0, 86_399),
    st.sampled_from(["noticing", "wondering"]),
    labels,
    any_text.filter(str.strip),
    labels,
)


@given(st.lists(note_cells, max_size=12), st.permutations(range(6)))
@example([("V1", None, "noticing", "", '"\r\n,\r"', "")], [5, 4, 3, 2, 1, 0])
def test_what_csv_writer_writes_comes_back_equal(
    notes: list[tuple[str, int | None, str, str, str, str]], order: list[int]
) -> None:
    """Every row comes back, in its order; line ends inside a cell come back as newlines."""
    names = ("visit", "at", "kind", "look_for", "text", "walker")
    table = [[names[place] for place in order]]
    table += [
        ["" if note[place] is None else str(note[place]) for place in order] for note in notes
    ]
    found = good(written(table))
    text_place = names.index("text")
    for row, note in zip(found, notes, strict=True):
        same = list(note)
        same[text_place] = note[text_place].replace("\r\n", "\n").replace("\r", "\n")  # type: ignore[union-attr]
        assert [*row[1:7]] == same
        assert accept(row.text) == row.text
    keys = [row[1:7] for row in found]
    assert [row.occurrence for row in found] == [keys[:i].count(key) for i, key in enumerate(keys)]


table_bytes = st.lists(
    st.sampled_from(
        [b"V1", b",", b",", b'"', b'""', b"\n", b"\r\n", b"\r", b"n", b"4:10", b"\0", b"\xff", b"x"]
    )
).map(b"".join)


@given(st.binary() | st.binary().map(HEADER.encode().__add__))
def test_any_bytes_give_rows_or_an_intake_error(data: bytes) -> None:
    _check_any(data)


@given(table_bytes.map(HEADER.encode().__add__))
def test_any_table_like_bytes_give_rows_in_the_order_of_their_lines(data: bytes) -> None:
    numbers = [row.line for row in _check_any(data)]
    assert numbers == sorted(set(numbers))


def _check_any(data: bytes) -> list[NoteRow | RefusedRow]:
    try:
        found = rows(data)
    except IntakeError:
        return []
    for row in found:
        if isinstance(row, NoteRow):
            assert accept(row.text) == row.text
        else:
            assert row.why.encode()
    return found
