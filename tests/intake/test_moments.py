"""Times and dates in every form that people and programs write."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.errors import Refused
from walk.intake.moments import Order, clock_of, day_of, into_visit, moment_of, order_of

DAY = datetime(2025, 10, 14, 9, 22, 11)  # noqa: DTZ001 (a form says no zone)


@pytest.mark.parametrize(
    "cell",
    [
        "10/14/2025 9:22:11",
        "10/14/2025 9:22:11 AM",
        "14.10.2025 09:22:11",
        "14.10.25, 09:22:11",
        "2025-10-14T09:22:11",
        "2025-10-14 09:22:11.123",
        "2025/10/14 9:22:11 AM GMT+1",
        "2025-10-14T09:22:11+02:00",
        "14-10-2025 9.22.11",
    ],
)
def test_a_moment_is_read(cell: str) -> None:
    assert moment_of(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("9:05 AM", time(9, 5)),
        ("9:05 p.m.", time(21, 5)),
        ("12:00 am", time(0)),
        ("12:30PM", time(12, 30)),
        ("9 am", time(9)),
        ("09:05", time(9, 5)),
        ("9.05 Uhr", time(9, 5)),
        ("9h05", time(9, 5)),
        ("13:00 PM", None),
        ("25:00", None),
        ("soon", None),
        ("", None),
        ("9" * 100, None),
    ],
)
def test_a_time_of_day_is_read(cell: str, read: time | None) -> None:
    assert clock_of(cell) == read


@pytest.mark.parametrize(
    ("cell", "order", "read"),
    [
        ("10/11/2025", "", date(2025, 10, 11)),
        ("10/11/2025", "day first", date(2025, 11, 10)),
        ("10.11.2025", "", date(2025, 11, 10)),
        ("10.11.2025", "month first", date(2025, 10, 11)),
        ("13/11/2025", "", date(2025, 11, 13)),
        ("13/11/2025", "month first", None),
        ("2025-02-30", "", None),
        ("31/31/2025", "", None),
        ("0000-01-01", "", None),
        ("1/2/03x", "", date(2003, 1, 2)),
    ],
)
def test_a_day_is_read(cell: str, order: Order, read: date | None) -> None:
    assert day_of(cell, order) == read


def test_the_order_is_that_of_the_whole_column() -> None:
    assert order_of(["1/2/2025", "13/2/2025"]).order == "day first"
    assert order_of(["1/2/2025", "2/13/2025"]).order == "month first"
    both = order_of(["1/2/2025", "3/3/2025"])
    assert (both.order, both.both) == ("", True)
    assert not order_of(["3/3/2025", "2025-01-02", "x"]).both
    assert order_of(["13/2/2025", "2/13/2025"]) == order_of([]), "neither fits all"


@given(st.lists(st.dates(date(1990, 1, 1), date(2090, 12, 31)), min_size=1), st.booleans())
def test_a_column_that_says_its_order_is_read_right(days: list[date], day_first: bool) -> None:
    form = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    cells = [day.strftime(form) for day in days]
    found = order_of(cells)
    if found.order:
        assert [day_of(cell, found.order) for cell in cells] == days
    else:
        assert all(day.day <= 12 for day in days)


@pytest.mark.parametrize(
    ("cell", "unit", "seconds"),
    [
        ("", "seconds", None),
        ("90", "seconds", 90),
        ("1,5", "minutes", 90),
        ("1.5", "minutes", 90),
        ("89,6", "seconds", 90),
        ("00:01:30", "minutes", 90),
        ("1:30", "minutes", 90),
    ],
)
def test_a_time_into_the_visit_is_read(cell: str, unit: str, seconds: int | None) -> None:
    assert into_visit(cell, unit) == seconds


@pytest.mark.parametrize("cell", ["-1", "1,2,3", "soon", "1e9", "9" * 50, "1441"])
def test_what_is_no_time_into_the_visit_is_refused(cell: str) -> None:
    with pytest.raises(Refused, match="time"):
        into_visit(cell, "minutes")


@given(st.text(max_size=70))
def test_any_cell_is_a_moment_or_none(cell: str) -> None:
    moment_of(cell)
    for order in ("", "day first", "month first"):
        day_of(cell, order)
    clock_of(cell)
    order_of([cell])
