"""Dates that people type: taken as they are stored, or refused in words."""

from __future__ import annotations

import re
from datetime import date, timedelta

from walk.errors import Refused
from walk.text import one_line

AS_WRITTEN = "Write year, month and day as YYYY-MM-DD"
"""The mend for what is no date. An example would be of a year that is over some day."""


def iso_date(text: str, what: str) -> str:
    """A date as it is stored, such as 2025-10-14; Refused, naming `what`, for anything else."""
    text = text.strip()
    try:
        # fromisoformat also takes week dates and dates without hyphens, which nobody means here.
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{one_line(text, 30)}” is no date for {what}.", f"{AS_WRITTEN}.") from None
    return text


def days_after(day: date, days: int) -> date:
    """The day so many days later; the last one of the calendar where there is none so late."""
    return day + timedelta(days=min(days, (date.max - day).days))
