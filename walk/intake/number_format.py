"""What a number in a workbook is by its format: a date, a time of day, or just a number."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58), "d"),
    **dict.fromkeys((18, 20), "hm"),
    **dict.fromkeys((19, 21), "hms"),
    22: "dhm",
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "hm"),
    45: "ms",
    46: "hms",
    47: "ms",
}
"""The formats that every workbook has without naming them, and what they show."""

_NOT_SIGNS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""Parts of a format that show fixed words, colours or conditions."""

DAY_S = 86_400
LONGEST = 2_958_466
"""Days from the epoch to the end of the year 9999."""


def shows(number: int, code: str = "") -> str:
    """Of the letters d, h, m and s those that a format shows: "dhm", "ms"; nothing for a number."""
    if not code:
        return _BUILT_IN.get(number, "")
    signs = _NOT_SIGNS.sub("", code.split(";")[0]).casefold()
    if not re.search(r"[dhsym]", signs) or "general" in signs:
        return ""
    has = {sign: sign in signs for sign in "ydhms"}
    # An m is a month unless it stands beside hours or seconds.
    minutes = bool(re.search(r"h+\]?[^a-z]*m|m+\]?[^a-z]*s|\[m+\]", signs))
    date = has["y"] or has["d"] or (has["m"] and not minutes)
    return "d" * date + "h" * has["h"] + "m" * minutes + "s" * has["s"]


def as_shown(value: float, kind: str, *, from_1904: bool) -> str:
    """A number as its format shows it, in one form: 2025-10-14, 09:22:11 or both; 9:05, 01:30."""
    if not kind or not -LONGEST < value < LONGEST:
        return plain(value)
    if "d" in kind and value >= 1:
        return _date(value, from_1904=from_1904)
    seconds = round(value * DAY_S)
    if seconds < 0:
        return plain(value)
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    if "h" not in kind and "d" not in kind:
        return f"{hours * 60 + minutes:02}:{rest:02}"
    if "s" in kind or rest:
        return f"{hours}:{minutes:02}:{rest:02}"
    return f"{hours}:{minutes:02}"


def _date(value: float, *, from_1904: bool) -> str:
    # The first of the two calendars counts a 29 February 1900 that never was.
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 (local)
    days = value + 1 if value < 60 and not from_1904 else value
    try:
        moment = epoch + timedelta(seconds=round(days * DAY_S))
    except OverflowError:
        return plain(value)
    whole = moment.hour == moment.minute == moment.second == 0
    return moment.strftime("%Y-%m-%d" if whole else "%Y-%m-%d %H:%M:%S")


def plain(value: float) -> str:
    """A number without a fraction that says nothing."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
