"""A form's export by a map: several notes a row, ticked boxes, times, days, and what is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.errors import IntakeError
from walk.intake.column_map import Column, ColumnMap
from walk.intake.mapped import MappedTable
from walk.intake.open_notes import open_notes
from walk.intake.rows import NoteRow, RefusedRow
from walk.intake.ticked import ticked

HEADER = ("When", "Room", "Who", "Ticked", "Noticed", "Wondered")
MAP = ColumnMap(
    (
        Column("When", "timestamp"),
        Column("Room", "visit"),
        Column("Who", "walker"),
        Column("Ticked", "look_for"),
        Column("Noticed", "noticing"),
        Column("Wondered", "wondering"),
    )
)
KNOWN = ("Points, reads, measures", "Asks why")


def table(
    rows: Sequence[Sequence[str]],
    columns: ColumnMap = MAP,
    header: Sequence[str] = HEADER,
    known: Sequence[str] = KNOWN,
) -> MappedTable:
    """The table of a file with these rows."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    found = open_notes(out.getvalue().encode(), columns, known=known)
    assert isinstance(found, MappedTable)
    return found


def good(found: MappedTable) -> list[NoteRow]:
    """Its notes; every row is one."""
    made = list(found)
    assert [row for row in made if isinstance(row, RefusedRow)] == []
    return [row for row in made if isinstance(row, NoteRow)]


def notes(*rows: Sequence[str], columns: ColumnMap = MAP) -> list[NoteRow]:
    """The notes of rows of which none is refused."""
    return good(table(rows, columns))


def why(row: Sequence[str], columns: ColumnMap = MAP, header: Sequence[str] = HEADER) -> str:
    """Why the one row is refused."""
    (found,) = table([row], columns, header)
    assert isinstance(found, RefusedRow)
    assert found.line == 2
    return found.why


def test_one_submission_gives_a_note_a_column() -> None:
    row = ("10/14/2025 9:22:11", "V1", "Ana", "Asks why", "T waited 5 s", "What do they reach for?")
    assert notes(row) == [
        NoteRow(2, "V1", None, "noticing", "Asks why", "T waited 5 s", "Ana", 0),
        NoteRow(2, "V1", None, "wondering", "Asks why", "What do they reach for?", "Ana", 0),
    ]


def test_equal_submissions_are_counted_and_blank_rows_passed_over() -> None:
    row = ("", "V1", "", "", "same", "")
    assert [one.occurrence for one in notes(row, ("",) * 6, row, (" ",) * 6)] == [0, 1]


def test_each_line_is_a_note_where_the_map_says_so() -> None:
    columns = replace(
        MAP, columns=(*MAP.columns[:4], Column("Noticed", "noticing", "Pointing", True))
    )
    found = notes(("", "V1", "", "Asks why", " - one\n\n- two, \n", "unread"), columns=columns)
    assert [(one.text, one.look_for) for one in found] == [
        ("- one", "Pointing"),
        ("- two,", "Pointing"),
    ]


def test_one_visit_for_all_rows_and_the_kind_from_a_column() -> None:
    columns = ColumnMap(
        (Column("Kind", "kind"), Column("Text", "note")), visit="V3", walker="Ana", kind="noticing"
    )
    found = list(table([("w", "a"), ("", "b")], columns, ("Kind", "Text")))
    assert [one[1:7] for one in found] == [
        ("V3", None, "wondering", "", "a", "Ana"),
        ("V3", None, "noticing", "", "b", "Ana"),
    ]


def test_what_a_form_calls_a_visit_becomes_its_code() -> None:
    columns = replace(MAP, visits={"First Stop": "V1", "2": "V2"})
    rows = [("", one, "", "", "x", "") for one in ("first  stop", "2", "V9")]
    assert [one.visit for one in notes(*rows, columns=columns)] == ["V1", "V2", "V9"]


def test_a_tick_alone_is_no_noticing_and_many_ticks_make_no_more_notes() -> None:
    made = table(
        [
            ("", "V1", "", "Points, reads, measures, Asks why", "x", ""),
            ("", "V1", "", "Asks why", "", ""),
        ]
    )
    (note,) = made
    assert isinstance(note, NoteRow)
    assert note.look_for == "Points, reads, measures"
    assert made.told == [
        "1 row with several look-fors ticked: each note is tied to the first",
        "1 row without words: no note, as a tick alone is no noticing",
    ]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Asks why, Points, reads, measures", ["Asks why", "Points, reads, measures"]),
        ("points, READS, measures", ["points, READS, measures"]),
        ("Points, reads, measures more", ["Points", "reads", "measures more"]),
        ("One;Two;", ["One", "Two"]),
        ("One, one, Two", ["One", "Two"]),
        (" , ;", []),
        ("", []),
    ],
)
def test_ticked_answers_come_apart(cell: str, found: list[str]) -> None:
    assert ticked(cell, KNOWN) == found


@given(st.lists(st.sampled_from([*KNOWN, "Wait time", "Uses a text"]), unique=True))
def test_what_google_joins_comes_apart_again(answers: list[str]) -> None:
    assert ticked(", ".join(answers), KNOWN) == answers


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
def test_any_cell_comes_apart(cell: str, known: list[str]) -> None:
    for answer in ticked(cell, known):
        assert answer == answer.strip() != ""


def test_the_map_may_name_look_fors_that_hold_a_comma() -> None:
    columns = replace(MAP, look_fors=KNOWN)
    (note,) = table([("", "V1", "", KNOWN[0], "x", "")], columns, known=())
    assert isinstance(note, NoteRow)
    assert note.look_for == KNOWN[0]


def test_only_one_day_of_a_form_used_again_and_again() -> None:
    columns = replace(MAP, only_on="2025-10-14")
    rows = [(f"10/{day}/2025 9:00:00", "V1", "", "", f"day {day}", "") for day in (13, 14, 15)]
    made = table([*rows, ("", "V1", "", "", "no day", "")], columns)
    assert [row.text for row in good(made)] == ["day 14"]
    assert made.told == ["3 rows of other days left out"]


def test_the_first_day_is_that_of_the_column_as_a_whole() -> None:
    made = table([(one, "V1", "", "", "x", "") for one in ("11/10/2025 9:00", "13/10/2025 9:00")])
    list(made)
    assert made.first_day == "2025-10-11"
    assert made.told == []


def test_dates_that_can_be_read_in_two_ways_are_told() -> None:
    made = table([("10/11/2025 9:00", "V1", "", "", "x", "")])
    list(made)
    assert made.first_day == "2025-10-11"
    assert made.told == [
        '10/11/2025 was read as 11 October; dates = "day first" or "month first" in the map says '
        "which it is"
    ]
    said = table([("10/11/2025 9:00", "V1", "", "", "x", "")], replace(MAP, dates="day first"))
    list(said)
    assert (said.first_day, said.told) == ("2025-11-10", [])


CLOCKS = ColumnMap(
    (
        Column("In", "entered"),
        Column("At", "clock"),
        Column("Min", "ignore"),
        Column("Part", "lesson"),
        Column("Text", "noticing"),
    ),
    visit="V1",
    walker="Ana",
)


def test_a_time_of_day_counts_from_entering() -> None:
    header = [one.header for one in CLOCKS.columns]
    rows = [
        ("9:05 AM", "9:07:30", "", "", "a"),
        ("", "9:07", "", "", "b"),
        ("9:05", "", "", "", "c"),
    ]
    assert [row.at_s for row in good(table(rows, CLOCKS, header))] == [150, None, None]
    assert "before entering" in why(("9:05", "9:04", "", "", "x"), CLOCKS, header)
    assert "time of day" in why(("9:05", "soon", "", "", "x"), CLOCKS, header)


def test_a_bare_number_is_of_the_unit_that_the_map_says() -> None:
    header = [one.header for one in CLOCKS.columns]
    columns = replace(
        CLOCKS, columns=(Column("Min", "at"), Column("Text", "noticing")), times="minutes"
    )
    found = table([("", "", "1,5", "", "a"), ("", "", "1:30", "", "b")], columns, header)
    assert [row.at_s for row in good(found)] == [90, 90]
    assert "cannot be read" in why(("", "", "soon", "", "x"), columns, header)


def test_the_part_of_the_lesson_is_kept_by_visit_and_walker() -> None:
    header = [one.header for one in CLOCKS.columns]
    made = table([("", "", "", "The opening", "a")], CLOCKS, header)
    list(made)
    assert made.parts == {("V1", "Ana"): "opening"}
    rows = [("", "", "", part, "a") for part in ("End of lesson", "the middle")]
    two = table(rows, CLOCKS, header)
    list(two)
    assert two.parts == {("V1", "Ana"): "unknown"}, "two parts are no part"


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (("", "", "Ana", "", "x", ""), "the visit is empty"),
        (("", "V" * 41, "", "", "x", ""), "the visit code is longer"),
        (("", "V1", "A\x07", "", "x", ""), "the walker holds"),
        (("", "V1", "", "a\x1bb", "x", ""), "the look-for holds"),
        (("", "V1", "", "", "a\0b", ""), "NUL"),
        (("", "V1", "", "", "w" * 20_001, ""), "20,000 fit"),
        (("", "V1", "", "", "x"), "too few cells"),
    ],
)
def test_a_bad_row_is_refused_with_its_cause(row: tuple[str, ...], part: str) -> None:
    assert part in why(row)


def test_a_note_that_is_refused_costs_no_other_of_its_row() -> None:
    found = list(table([("", "V1", "", "", "w" * 20_001, "fine")]))
    assert [type(one) for one in found] == [RefusedRow, NoteRow]


def test_a_table_of_another_form_is_refused() -> None:
    with pytest.raises(IntakeError, match="no column “Room”") as caught:
        table([], header=("When", "Who", "Ticked", "Noticed", "Wondered"))
    assert caught.value.mend
    with pytest.raises(IntakeError, match="does not say which column says the visit"):
        table([], ColumnMap((Column("Noticed", "noticing"),)))


def test_columns_that_are_not_read_are_named_harmlessly() -> None:
    made = table([], header=(*HEADER, "Teacher \x1b[2J", ""))
    assert len(made.ignored) == 1
    assert "\x1b" not in made.ignored[0]


@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), max_size=6))
def test_any_answers_give_rows_in_the_order_of_their_lines(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADER, *rows])
    data = out.getvalue().encode("utf-8", "surrogatepass")
    found = list(open_notes(data, MAP))
    assert [one.line for one in found] == sorted(one.line for one in found)
    for one in found:
        "\n".join(map(str, one)).encode()
