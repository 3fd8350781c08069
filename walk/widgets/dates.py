"""Dates and times as the screens write them: by us, alike under every locale."""

from __future__ import annotations

from datetime import date, datetime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_and_time(local: datetime) -> str:
    """A local moment for a title line: "Tue 14 Oct  09:22"."""
    day = f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}"
    return f"{day}  {local.hour:02}:{local.minute:02}"


def short_date(iso: str, today: date | None = None) -> str:
    """An ISO date as "21 Sep", with the year where it is not today's; other text as it is."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    words = f"{found.day} {MONTHS[found.month - 1]}"
    return words if today is not None and found.year == today.year else f"{words} {found.year}"


def clock_time(local: datetime) -> str:
    """A local time of day: "09:22"."""
    return f"{local.hour:02}:{local.minute:02}"
