"""Classrooms: times as people type them, coarse bands, order, and what is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, the_visit
from walk.errors import Refused
from walk.routine.desk import Desk
from walk.routine.planning import hours, prepare, rooms


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def codes(desk: Desk) -> list[str]:
    return [one.code for one in prepare.visits(desk)]


# Times


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("08:50-09:40", "08:50–09:40"),
        ("8:50 – 9:40, 10:00-10:30", "08:50–09:40, 10:00–10:30"),
        ("10:00-10:30; 8.50 to 9.40", "08:50–09:40, 10:00–10:30"),
        ("0850-0940 and 10-11", "08:50–09:40, 10:00–11:00"),
        ("from 9 until 10", "09:00–10:00"),
        ("12:30-1:20", "12:30–13:20"),
        ("1:10-2:00", "13:10–14:00"),
        ("01:10-02:00", "01:10–02:00"),
        ("9am-1pm", "09:00–13:00"),
        ("12 a.m. - 12 p.m.", "00:00–12:00"),
        ("8:00-9:00, 8:30-9:30", "08:00–09:30"),
        ("8:00-9:00, 9:00-9:30", "08:00–09:00, 09:00–09:30"),
        ("  ", ""),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, read: str) -> None:
    assert hours.windows_words(hours.windows_of(typed)) == read


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("soon", "“soon” does not say from and to"),
        ("10:00", "does not say from and to"),
        ("8:50-9:40-10:00", "does not say from and to"),
        ("25:00-26:00", "holds no time of day"),
        ("8:70-9:00", "holds no time of day"),
        ("13pm-14pm", "holds no time of day"),
        ("10:00-09:00", "ends at 09:00, before it begins"),
        ("9:00-9:00", "before it begins"),
        ("8-9, x-y", "“x-y” holds no time of day"),
    ],
)
def test_what_is_no_time_is_said_in_words(typed: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        hours.windows_of(typed)
    ((fine, _, words),) = hours.advice_on_windows(typed)
    assert not fine
    assert told in words


@given(
    st.lists(
        st.tuples(st.integers(0, 1438), st.integers(1, 600)).map(
            lambda one: (one[0], min(1439, one[0] + one[1]))
        ),
        max_size=8,
    )
)
def test_what_is_shown_back_is_read_the_same(spans: list[tuple[int, int]]) -> None:
    text = ", ".join(
        f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}" for start, end in spans
    )
    read = hours.windows_of(text)
    assert hours.windows_of(hours.windows_words(read)) == read
    assert list(read) == sorted(read)
    assert all(one[1] <= other[0] for one, other in pairwise(read))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    ((fine, _, words),) = hours.advice_on_windows(text)
    assert words
    assert fine or "Write" in words or "Type" in words


# Coarse bands


@pytest.mark.parametrize("words", ["5", "grade 5", "5th grade", "5B", "Kindergarten", "K"])
def test_one_grade_is_too_fine(words: str) -> None:
    ((coarse, _, told),) = rooms.grade_advice(words)
    assert not coarse
    assert "may point to one teacher" in told


@pytest.mark.parametrize("words", ["3–5", "K-2", "grades 6 to 8", "middle grades", "upper school"])
def test_a_band_is_coarse_enough(words: str) -> None:
    assert rooms.grade_advice(words)[0][0]


@pytest.mark.parametrize(
    "words", ["AP Calculus", "Algebra 2", "honors English", "period three", "Ms Ortiz", "ESL II"]
)
def test_one_course_is_too_fine(words: str) -> None:
    assert not rooms.subject_advice(words)[0][0]


@pytest.mark.parametrize("words", ["mathematics", "English language arts", "science", "humanities"])
def test_a_subject_is_coarse_enough(words: str) -> None:
    assert rooms.subject_advice(words)[0][0]


def test_nothing_is_said_about_nothing() -> None:
    assert rooms.grade_advice(" ") == rooms.subject_advice("") == []


# Changing


def test_several_are_added_as_one_act(desk: Desk) -> None:
    assert [one.code for one in rooms.add(desk, 5)] == ["V4", "V5", "V6", "V7", "V8"]
    assert [one.place for one in prepare.visits(desk)] == list(range(1, 9))
    assert desk.undo(rooms.STAGE) == "5 visits added"
    assert codes(desk) == ["V1", "V2", "V3"]


def test_a_walk_holds_two_hundred_classrooms(desk: Desk) -> None:
    rooms.add(desk, 197)
    assert codes(desk)[-1] == "V200"
    with pytest.raises(Refused, match="at most 200 classrooms; it has 200"):
        rooms.add(desk, 1)
    with pytest.raises(Refused):
        rooms.add(desk, 0)


def test_a_classroom_is_described_and_undone(desk: Desk) -> None:
    before = the_visit(desk, "V2")
    rooms.describe(
        desk,
        before,
        windows="8:50-9:40",
        grade_band=" 3 – 5 ",
        subject_band="science",
        inquiry=" In what ways am I waiting? ",
        received_on="2025-10-10",
    )
    now = the_visit(desk, "V2")
    assert now.windows == (("08:50", "09:40"),)
    assert (now.grade_band, now.subject_band, now.received_on) == ("3 – 5", "science", "2025-10-10")
    assert now.inquiry == "In what ways am I waiting?"
    desk.undo(rooms.STAGE)
    assert the_visit(desk, "V2") == before


def test_what_cannot_be_described_changes_nothing(desk: Desk) -> None:
    before = the_visit(desk, "V1")
    fine = {"windows": "", "grade_band": "", "subject_band": "", "inquiry": ""}
    for wrong in (
        {"windows": "soon"},
        {"received_on": "soon"},
        {"grade_band": "g" * 61},
        {"subject_band": "a\0b"},
    ):
        with pytest.raises(Refused):
            rooms.describe(desk, before, **{**fine, **wrong})
    assert the_visit(desk, "V1") == before


def test_a_confirmed_inquiry_is_changed_on_the_leads_laptop_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare.confirm_focus(desk, "team meeting", "2025-10-01", 3)
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    fields = {"windows": "8-9", "grade_band": "", "subject_band": ""}
    with pytest.raises(Refused, match="have confirmed the inquiry"):
        rooms.describe(desk, the_visit(desk, "V1"), inquiry="In what ways am I …?", **fields)
    rooms.describe(desk, the_visit(desk, "V1"), inquiry="", **fields)
    assert the_visit(desk, "V1").windows == (("08:00", "09:00"),)


def test_a_visit_is_withdrawn_and_brought_back(desk: Desk) -> None:
    rooms.withdraw(desk, the_visit(desk, "V2"))
    assert the_visit(desk, "V2").withdrawn
    rooms.bring_back(desk, the_visit(desk, "V2"))
    assert not the_visit(desk, "V2").withdrawn
    desk.undo(rooms.STAGE)
    assert the_visit(desk, "V2").withdrawn


def test_the_order_is_changed_by_places(desk: Desk) -> None:
    assert rooms.move(desk, the_visit(desk, "V3"), -1)
    assert codes(desk) == ["V1", "V3", "V2"]
    assert rooms.move(desk, the_visit(desk, "V1"), 1)
    assert codes(desk) == ["V3", "V1", "V2"]
    assert not rooms.move(desk, the_visit(desk, "V3"), -1)
    assert not rooms.move(desk, the_visit(desk, "V2"), 1)
    desk.undo(rooms.STAGE)
    desk.undo(rooms.STAGE)
    assert codes(desk) == ["V1", "V2", "V3"]


def test_the_modes_turn_round(desk: Desk) -> None:
    mode = the_visit(desk, "V1").mode
    turned = [mode := rooms.next_mode(mode) for _ in range(4)]
    assert turned == ["virtual_live", "recorded", "viewed_remotely", "in_person"]
