"""Times and dates as people and form programs write them, in any of the usual local forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from walk.intake.cells import seconds, unreadable_time, within_day

Order = Literal["", "day first", "month first"]
"""Which number of 10/11/2025 is the day."""

_DATE = re.compile(r"([0-9]{1,4})([./-])\s?([0-9]{1,2})\2\s?([0-9]{2,4})\.?")
_TIME = re.compile(
    r"([0-9]{1,2})(?::([0-5][0-9]))?(?::([0-5][0-9])(?:[.,][0-9]{1,6})?)?\s*([ap])\.?m\.?|"
    r"([0-9]{1,2})[:.h]([0-5][0-9])(?:[:.]([0-5][0-9])(?:[.,][0-9]{1,6})?)?"
    r"\s*(?:uhr|h)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s*(?:Z|(?:UTC|GMT)(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?|[+-][0-9]{2}:?[0-9]{2})$"
)
_DECIMAL = re.compile(r"([0-9]{1,6})[.,]([0-9]{1,6})")
LONGEST = 60
"""Characters of a cell that can be a moment."""


@dataclass(frozen=True, slots=True)
class Days:
    """What a column of dates says of the order in which it is written."""

    order: Order
    """The order that fits all its cells; empty where none does, or where both do."""
    both: bool = False
    """Both orders fit every cell, and some cell means two days by them."""


def order_of(cells: Iterable[str]) -> Days:
    """How a column writes its dates, decided from all of its cells."""
    day_first = month_first = True
    differ = False
    for cell in cells:
        numbers = _numbers(cell)
        if numbers is None or len(numbers[0]) == 4:
            continue
        first, second = int(numbers[0]), int(numbers[1])
        day_first = day_first and second <= 12
        month_first = month_first and first <= 12
        differ = differ or first != second
    if day_first and month_first:
        return Days("", both=differ)
    return Days("day first" if day_first else "month first" if month_first else "")


def _numbers(cell: str) -> tuple[str, str, str] | None:
    found = _DATE.match(cell.strip()) if len(cell) <= LONGEST else None
    return (found[1], found[3], found[4]) if found else None


def day_of(cell: str, order: Order = "") -> date | None:
    """The day that a cell begins with; None where it says none.

    Without an order, dots mean that the day comes first, and slashes the month, as those who write
    them mostly do; but where only the other one can be, that is it.
    """
    found = _DATE.match(cell.strip()) if len(cell) <= LONGEST else None
    if found is None:
        return None
    one, mark, two, three = int(found[1]), found[2], int(found[3]), int(found[4])
    if len(found[1]) == 4:
        return _day(one, two, three)
    year = three + 2000 if three < 100 else three
    if (order or ("month first" if mark == "/" else "day first")) == "day first":
        return _day(year, two, one) or (None if order else _day(year, one, two))
    return _day(year, one, two) or (None if order else _day(year, two, one))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def clock_of(cell: str) -> time | None:
    """The time of day that a cell ends with, such as 9:05 AM or 14.10.2025 09:22:11; or None."""
    words = cell.strip()
    if not words or len(words) > LONGEST:
        return None
    words = _ZONE.sub("", words)
    found = _DATE.match(words)
    if found is not None:
        words = words[found.end() :].lstrip(" ,T")
    read = _TIME.fullmatch(words.strip())
    if read is None:
        return None
    twelve = bool(read[4])
    hour, minute, second = (
        int(part or 0) for part in (read.group(1, 2, 3) if twelve else read.group(5, 6, 7))
    )
    if twelve:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if read[4].casefold() == "p" else 0)
    return time(hour, minute, second) if hour < 24 else None


def moment_of(cell: str) -> datetime | None:
    """The local moment that a cell says, at midnight where it says only a day."""
    day = day_of(cell)
    if day is None:
        return None
    return datetime.combine(day, clock_of(cell) or time())


def into_visit(cell: str, unit: str) -> int | None:
    """Seconds into the visit from a number of seconds or minutes, also with a decimal comma.

    A cell with a colon is mm:ss or h:mm:ss whatever the unit. None from an empty cell; Refused for
    anything else.
    """
    at = cell.strip()
    if ":" in at or not at:
        return seconds(at)
    found = _DECIMAL.fullmatch(at)
    digits = at.isascii() and at.isdigit() and len(at) <= 6
    if found is None and not digits:
        raise unreadable_time(at)
    number = float(f"{found[1]}.{found[2]}") if found else float(at)
    return within_day(round(number * (60 if unit == "minutes" else 1)), at)


def between(entered: time, at: time) -> int:
    """Seconds from entering to a time of the same day; negative where it lies before."""

    def of_day(when: time) -> int:
        return when.hour * 3600 + when.minute * 60 + when.second

    return of_day(at) - of_day(entered)
