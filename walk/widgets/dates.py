"""Dates and times as the screens write them: by us, alike under every locale."""

from __future__ import annotations

from datetime import date, datetime

from walk.clock import DAYS, MONTHS, day_words, example, short_day

__all__ = ["DAYS", "MONTHS", "clock_time", "day_and_time", "example", "short_date"]


def day_and_time(local: datetime) -> str:
    """A local moment for a title line: "Tue 14 Oct  09:22"."""
    return f"{day_words(local)}  {local.hour:02}:{local.minute:02}"


def short_date(iso: str, today: date | None = None) -> str:
    """An ISO date as "21 Sep", with the year where it is not today's; other text as it is."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    words = short_day(found)
    return words if today is not None and found.year == today.year else f"{words} {found.year}"


def clock_time(local: datetime) -> str:
    """A local time of day: "09:22"."""
    return f"{local.hour:02}:{local.minute:02}"
