"""The chart of a measure: real days, every value once, right for one, equal and negative values."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.reports.measure_chart import POINT, Point, chart, in_words, value_words
from walk.text import cell_width

DAY = date(2025, 11, 3)
days = st.integers(0, 4_000).map(lambda one: DAY + timedelta(days=one))
values = st.floats(-1e12, 1e12) | st.integers(-20, 20).map(float)
series = st.lists(st.tuples(days, values), min_size=1, max_size=30)


def on(*pairs: tuple[int, float]) -> list[Point]:
    """Values by days from the first."""
    return [(DAY + timedelta(days=day), value) for day, value in pairs]


def test_nothing_counted_draws_nothing() -> None:
    assert chart([]) == []
    assert in_words([]) == ""


def test_one_value_stands_at_its_day() -> None:
    drawn = chart(on((0, 4)), height=3)
    assert drawn == ["  │", " 4┤ ●", "  │", "  └─┬─", "  3 Nov"]


def test_days_stand_as_far_apart_as_they_are() -> None:
    drawn = chart(on((0, 1), (7, 1), (28, 1)), height=3)
    (row,) = [one for one in drawn if POINT in one]
    first, second, third = (place for place, sign in enumerate(row) if sign == POINT)
    assert (third - first) == 4 * (second - first)
    assert drawn[-1].split() == ["3", "Nov", "10", "Nov", "1", "Dec"]


def test_equal_values_stand_on_one_row_named_once() -> None:
    drawn = chart(on((0, 4), (7, 4), (14, 4)))
    assert [one.count(POINT) for one in drawn].count(3) == 1
    assert sum("4" in one.split("┤")[0] for one in drawn if "┤" in one) == 1


def test_negative_values_have_their_zero() -> None:
    drawn = chart(on((0, -4), (7, 4)), height=5)
    marks = [one.split("┤")[0].strip() for one in drawn if "┤" in one]
    assert marks == ["4", "0", "-4"]
    assert POINT in drawn[0]
    assert POINT in drawn[4]
    assert POINT not in drawn[2]


def test_a_gap_holds_no_sign() -> None:
    drawn = chart(on((0, 1), (1, 2), (300, 3)), width=60)
    (row,) = [one for one in drawn if "3┤" in one]
    assert row.strip() == "3┤" + " " * (row.index(POINT) - row.index("┤") - 1) + POINT
    assert all(one.strip() in ("", POINT) for one in (line[12:] for line in drawn[:-2]))


def test_other_years_are_named() -> None:
    assert "2026" in chart(on((0, 1), (100, 2)))[-1]
    assert in_words(on((0, 1), (100, 2.5))) == "1 on 3 Nov 2025, 2.5 on 11 Feb 2026"
    assert in_words(on((0, 1), (7, 2))) == "1 on 3 Nov, 2 on 10 Nov"


@given(series, st.integers(24, 100), st.integers(2, 12))
def test_it_fits_its_width_and_draws_every_value(
    points: list[Point], width: int, height: int
) -> None:
    drawn = chart(points, width=width, height=height)
    assert len(drawn) == height + 2
    most = max(len(value_words(value)) for _, value in points)
    assert all(cell_width(line) <= max(width, most + 20) for line in drawn)
    drawn_days = {
        place for line in drawn[:height] for place, sign in enumerate(line) if sign == POINT
    }
    assert 1 <= len(drawn_days) <= len({day for day, _ in points})
    # The least and the greatest stand on the last and the first row, or all on the middle one.
    low, high = min(value for _, value in points), max(value for _, value in points)
    if low < high:
        assert POINT in drawn[0]
        assert POINT in drawn[height - 1]
    else:
        assert POINT in drawn[height // 2]


@given(series)
def test_plain_signs_are_ascii_and_say_the_same(points: list[Point]) -> None:
    plain = chart(points, ascii_signs=True)
    assert all(line.isascii() for line in plain)
    signs = chart(points)
    assert [one.count(POINT) for one in signs] == [one.count("*") for one in plain]
    assert [len(one) for one in signs] == [len(one) for one in plain]


@given(series)
def test_the_order_in_which_values_come_changes_nothing(points: list[Point]) -> None:
    assert chart(points) == chart(points[::-1])


@pytest.mark.parametrize(
    ("value", "words"),
    [(3.0, "3"), (-2.5, "-2.5"), (0.125, "0.125"), (0.1 + 0.2, "0.3"), (1e12, "1000000000000"),
     (-0.0, "0"), (0.0000001, "1e-07")],
)  # fmt: skip
def test_a_value_is_written_as_people_write_it(value: float, words: str) -> None:
    assert value_words(value) == words
