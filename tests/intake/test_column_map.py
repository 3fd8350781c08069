"""Maps of columns: their file, how they fit a header, and what a first guess proposes."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.errors import IntakeError
from walk.intake.column_map import (
    ONCE,
    ROLES,
    Column,
    ColumnMap,
    absent,
    as_values,
    fitted,
    of_values,
    one_header,
    signature,
)
from walk.intake.columns_file import columns_text, read_columns
from walk.intake.guess import guessed

GOOGLE = (
    "Timestamp",
    "Email Address",
    "Which classroom did you visit?",
    "Your initials",
    "Look-fors",
    "What did you notice?",
    "What do you wonder?",
    "Teacher",
)
MICROSOFT = (
    "ID",
    "Start time",
    "Completion time",
    "Email",
    "Name",
    "Visit code",
    "Minutes into the visit",
    "I saw or heard …",
    "I wonder …",
    "Which part of the lesson did you see?",
)

words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=15
).filter(lambda said: one_header(said) == said.strip() != "")
labels = words.map(str.strip)
columns = st.lists(
    st.builds(
        Column, words.map(one_header), st.sampled_from(ROLES), st.just("") | labels, st.booleans()
    ),
    max_size=6,
)
maps = st.builds(
    ColumnMap,
    columns.map(tuple),
    visit=st.just("") | labels,
    kind=st.sampled_from(["", "noticing", "wondering"]),
    walker=st.just("") | labels,
    dates=st.sampled_from(["", "day first", "month first"]),
    only_on=st.sampled_from(["", "2025-10-14"]),
    look_fors=st.lists(labels, max_size=2).map(tuple),
    visits=st.dictionaries(labels, st.sampled_from(["V1", "V2"]), max_size=3),
)


def read_back(text: str) -> ColumnMap:
    """The map that a file with this text says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "MAP.toml")
        path.write_text(text, encoding="utf-8", newline="")
        return read_columns(path)


@given(maps)
def test_a_map_is_the_same_once_written_and_read(said: ColumnMap) -> None:
    if any(len(said.places(role)) > 1 for role in ONCE):
        with pytest.raises(IntakeError, match="more than one column"):
            read_back(columns_text(said))
        return
    assert read_back(columns_text(said)) == said


@given(maps)
def test_a_map_is_kept_without_what_visits_are_called(said: ColumnMap) -> None:
    kept = of_values(json.loads(json.dumps(as_values(said))))
    assert kept is not None
    assert (kept.columns, kept.visit, kept.dates) == (said.columns, said.visit, said.dates)
    assert kept.visits == {}
    assert "walker" not in as_values(said)


def test_values_that_say_no_map_are_none() -> None:
    strange: list[Any] = [None, 3, [], {}, {"columns": [["a"]]}, {"columns": "x"}]
    for values in strange:
        assert of_values(values) is None


def test_the_example_in_the_docs_is_a_map() -> None:
    example = Path(__file__).parents[2] / "docs" / "columns-example.toml"
    found = read_columns(example)
    assert found.lacks() == []
    assert {one.role for one in found.columns} >= {"visit", "noticing", "wondering", "look_for"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("visit = 3", "line 1: visit must be words"),
        ('[[column]]\nheader = "a"\nis = "note"\nlines = true', "lines: not known here"),
        ('[[column]]\nheader = "a"', "is is missing"),
        ('[[column]]\nis = "note"', "header is missing"),
        ('[[column]]\nheader = "a"\nis = "teacher"', "is must be one of visit"),
        ('dates = "year first"', "dates must be one of"),
        ("only_on = 14", "only_on must be a date"),
        ('[[classroom]]\ncalled = ["x"]', "code is missing"),
        ('[[classroom]]\ncode = "V1"\n[[classroom]]\ncode = "v1"', "already that of"),
        ('visit = "\\u0007"', "control character"),
        ("[[column", "cannot be read"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(text: str, part: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read_back(text)
    assert part in caught.value.message
    assert caught.value.message.startswith("MAP.toml, line")
    assert caught.value.mend


def test_a_map_fits_a_header_in_any_order_with_more_columns() -> None:
    said = ColumnMap((Column("What did you  notice?", "noticing"), Column("Visit", "visit")))
    found = fitted(said, ["visit", "Extra", "what did you notice?\n"])
    assert found is not None
    assert [one.role for one in found.columns] == ["visit", "ignore", "noticing"]
    assert fitted(said, ["visit"]) is None
    assert absent(said, ["visit"]) == ["What did you  notice?"]
    lost = ColumnMap((*said.columns, Column("Email", "ignore")))
    assert fitted(lost, ["Visit", "What did you notice?"]) is not None, "it was not read anyway"


def test_of_columns_with_one_header_the_first_is_the_first() -> None:
    said = ColumnMap((Column("Notes", "noticing"), Column("Notes", "wondering")))
    found = fitted(said, ["Visit", "notes", "NOTES"])
    assert found is not None
    assert [one.role for one in found.columns] == ["ignore", "noticing", "wondering"]


def test_a_header_row_is_known_again() -> None:
    assert signature(["A b", "c"]) == signature(["a  B ", "C"])
    assert signature(["A", "b"]) != signature(["b", "A"])


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (ColumnMap(), "which column says the visit"),
        (ColumnMap(visit="V1"), "the words of notes"),
        (ColumnMap((Column("a", "note"),), visit="V1"), "noticings or wonderings"),
        (
            ColumnMap((Column("a", "noticing"), Column("b", "clock")), visit="V1"),
            "when the walker entered",
        ),
        (ColumnMap((Column("a", "noticing"),), visit="V1", only_on="2025-10-14"), "submitted"),
        (ColumnMap((Column("a", "visit"), Column("b", "visit"))), "only one column"),
    ],
)
def test_what_a_map_lacks_is_said(said: ColumnMap, part: str) -> None:
    assert any(part in one for one in said.lacks())


# The first guess -------------------------------------------------------------------------------


def roles(header: tuple[str, ...], rows: list[list[str]], **known: list[str]) -> list[str]:
    """What each column is guessed to be."""
    return [one.role for one in guessed(header, rows, **known).columns]


def test_a_form_of_google_is_guessed_whole() -> None:
    row = ["10/14/2025 9:22:11", "a@b.org", "V1", "AB", "Asks why", "T waited", "Why?", "Ms X"]
    assert roles(GOOGLE, [row]) == [
        "timestamp",
        "ignore",
        "visit",
        "walker",
        "look_for",
        "noticing",
        "wondering",
        "ignore",
    ]
    assert guessed(GOOGLE, [row]).lacks() == []


def test_a_form_of_microsoft_is_guessed_whole() -> None:
    row = [
        "1",
        "10/14/25 9:12:00",
        "10/14/25 9:22:11",
        "a@b.org",
        "Zoe",
        "V1",
        "1,5",
        "x",
        "y",
        "e",
    ]
    found = guessed(MICROSOFT, [row])
    assert [one.role for one in found.columns] == [
        *("ignore", "timestamp", "ignore", "ignore", "ignore", "visit", "at"),
        *("noticing", "wondering", "lesson"),
    ]
    assert found.times == "minutes"
    assert found.lacks() == []


def test_cells_tell_what_headers_do_not() -> None:
    header = ("Zeitstempel", "Raum", "Kriterium", "Art", "Text")
    row = ["14.10.2025 09:22:11", "V2", "Asks why", "N", "was zu sehen war"]
    assert roles(header, [row], look_fors=["Asks why"]) == [
        *("timestamp", "visit", "look_for", "kind"),
        "note",
    ]


def test_a_teacher_or_an_address_is_never_proposed() -> None:
    header = ("Teacher observed", "Email", "Name", "Score")
    assert set(roles(header, [["Ms X", "a@b.c", "Zoe", "5 / 5"]])) == {"ignore"}


@given(
    st.lists(st.text(max_size=20), max_size=8), st.lists(st.lists(st.text(max_size=20)), max_size=4)
)
def test_any_table_is_guessed_without_a_fault(header: list[str], rows: list[list[str]]) -> None:
    found = guessed(header, rows)
    assert len(found.columns) == len(header)
    assert all(len(found.places(role)) <= 1 for role in ONCE)
