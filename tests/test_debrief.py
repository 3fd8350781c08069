"""Where a theme's evidence comes from: classrooms are counted, however many teams went in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.debrief import Spread, code_mask, of_visits, spread
from walk.model import Note, Placing, placing_id

WALK = "a" * 32
THEME = "b" * 32


def note(number: int, visit: str, kind: str = "noticing") -> Note:
    return Note.from_dict(
        {"id": f"{number:032x}", "walk": WALK, "note_kind": kind, "text": "x", "visit": visit}
    )


def placed(one: Note, contrary: bool = False) -> Placing:
    return Placing(
        id=placing_id(one.id, THEME), walk=WALK, theme=THEME, note=one.id, contrary=contrary
    )


def spread_of(notes: list[tuple[Note, bool]]) -> Spread:
    return spread(
        [placed(one, contrary) for one, contrary in notes], {one.id: one for one, _ in notes}
    )


def drawn() -> st.SearchStrategy[list[tuple[Note, bool]]]:
    """Notes of a few visits with a few kinds, each supporting or running against."""
    one = st.tuples(
        st.sampled_from(["V1", "V2", "V3", "V4"]),
        st.sampled_from(["noticing", "noticing", "wondering"]),
        st.booleans(),
    )
    return st.lists(one, max_size=12).map(
        lambda rows: [
            (note(number, visit, kind), contrary)
            for number, (visit, kind, contrary) in enumerate(rows)
        ]
    )


@given(drawn())
def test_counts_are_of_classrooms_and_not_of_notes(notes: list[tuple[Note, bool]]) -> None:
    found = spread_of(notes)
    noticed = [(one.visit, contrary) for one, contrary in notes if one.note_kind == "noticing"]
    assert found.visits == len({visit for visit, contrary in noticed if not contrary})
    assert found.contrary_visits == len({visit for visit, contrary in noticed if contrary})
    assert found.noticings == sum(not contrary for _, contrary in noticed)
    assert found.wonderings == len(notes) - len(noticed)


@given(drawn(), st.randoms())
def test_the_order_of_placings_says_nothing(notes: list[tuple[Note, bool]], chance: object) -> None:
    again = list(notes)
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert spread_of(again) == spread_of(notes)


@given(drawn())
def test_a_second_team_in_the_same_classroom_adds_no_classroom(
    notes: list[tuple[Note, bool]],
) -> None:
    twice = notes + [
        (note(100 + place, one.visit, one.note_kind), contrary)
        for place, (one, contrary) in enumerate(notes)
    ]
    assert spread_of(twice).visits == spread_of(notes).visits
    assert spread_of(twice).contrary_visits == spread_of(notes).contrary_visits
    assert spread_of(twice).states_a_trend == spread_of(notes).states_a_trend


@given(drawn())
def test_wonderings_are_no_evidence(notes: list[tuple[Note, bool]]) -> None:
    wonderings = [(note(place, one.visit, "wondering"), c) for place, (one, c) in enumerate(notes)]
    found = spread_of(wonderings)
    assert (found.visits, found.contrary_visits, found.noticings) == (0, 0, 0)
    assert not found.states_a_trend


def test_a_note_that_is_gone_counts_for_nothing() -> None:
    here, gone = note(1, "V1"), note(2, "V2")
    found = spread([placed(here), placed(gone)], {here.id: here})
    assert found == Spread(visits=1, contrary_visits=0, noticings=1, wonderings=0)


def test_one_classroom_is_no_trend_and_two_are() -> None:
    assert not spread_of([(note(1, "V1"), False), (note(2, "V1"), False)]).states_a_trend
    assert spread_of([(note(1, "V1"), False), (note(2, "V2"), False)]).states_a_trend
    # What runs against a pattern in a second room does not carry it there.
    assert not spread_of([(note(1, "V1"), False), (note(2, "V2"), True)]).states_a_trend


def test_visits_are_counted_in_words() -> None:
    assert [of_visits(one) for one in (0, 1, 2)] == ["0 visits", "1 visit", "2 visits"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("in V1 they wrote", "in [classroom] they wrote"),
        ("v12: pairs", "[classroom]: pairs"),
        ("V1/V12", "[classroom]/[classroom]"),
        ("V123 and PV1 stay", "V123 and PV1 stay"),
        ("5 of 7 pairs", "5 of 7 pairs"),
    ],
)
def test_visit_codes_in_words_are_masked(said: str, shown: str) -> None:
    assert code_mask(["V1", "V12", ""])(said) == shown


def test_without_codes_words_stay() -> None:
    assert code_mask([])("V1 stays") == "V1 stays"


@given(st.text(max_size=30), st.lists(st.sampled_from(["V1", "V2", "R(3", "Ü1"]), min_size=1))
def test_no_code_is_left_standing_alone(said: str, codes: list[str]) -> None:
    shown = code_mask(codes)(f"{said} {codes[0]} {said}")
    assert not re.search(rf"(?<!\w){re.escape(codes[0])}(?!\w)", shown, re.IGNORECASE)
