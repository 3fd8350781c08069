"""Times of day as people type them, and when a classroom is open: read, and told again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from walk.errors import Refused
from walk.text import accept, one_line

DAY = 24 * 60
"""Minutes of a day."""
WINDOWS_MOST = 20
SUCH_AS = "Write it like 08:50-09:40; with commas between several."
_AFTERNOON = 6
"""An hour below it, typed without a zero in front, is one of the afternoon: school days are."""
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.h]?(?P<minute>[0-9]{2}))?\s*(?P<half>[ap])?(?:\.?m\.?)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:-|–|—|~|\bto\b|\btill\b|\buntil\b)\s*", re.IGNORECASE)
_PARTS = re.compile(r"[,;\n]|\band\b", re.IGNORECASE)

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")

Window = tuple[str, str]
"""From and to, as HH:MM."""


# A time of day


def minutes_of(clock: str) -> int:
    """Minutes after midnight of a time of day such as 09:05; Refused for anything else."""
    found = _CLOCK.fullmatch(clock.strip())
    if not found:
        raise Refused(f"“{one_line(clock, 30)}” is no time of day.", "Write it like 08:50.")
    return int(found[1]) * 60 + int(found[2])


def clock_of(minutes: int) -> str:
    """Minutes after midnight as a time of day; those of the next day begin at 00:00 again."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


# When a classroom is open


def windows_of(text: str) -> tuple[Window, ...]:
    """The times that a line says, from and to, in their order; none where it says nothing.

    Those that overlap become one. Refused, naming the part, for what is no time.
    """
    parts = [part for part in _PARTS.split(accept(text, 2000)) if part.strip()]
    if len(parts) > WINDOWS_MOST:
        raise Refused(f"{len(parts)} times are more than a day has.", SUCH_AS)
    found = sorted(_window(part) for part in parts)
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple((clock_of(start), clock_of(end)) for start, end in joined)


def _window(part: str) -> tuple[int, int]:
    """Minutes after midnight at which one window begins and ends."""
    shown = one_line(" ".join(part.split()), 30)
    ends = _BETWEEN.split(" ".join(part.lower().replace("from ", "").split()))
    if len(ends) != 2:
        raise Refused(f"“{shown}” does not say from and to.", SUCH_AS)
    start, end = (_minutes(one, shown) for one in ends)
    if end <= start:
        raise Refused(f"“{shown}” ends at {clock_of(end)}, before it begins.", SUCH_AS)
    return start, end


def _minutes(words: str, shown: str) -> int:
    found = _TIME.fullmatch(words.strip())
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (99, 99)
    if found and found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0) if 1 <= hour <= 12 else 99
    elif found and 1 <= hour < _AFTERNOON and len(found["hour"]) == 1:
        hour += 12
    if hour > 23 or minute > 59:
        raise Refused(f"“{shown}” holds no time of day.", SUCH_AS)
    return 60 * hour + minute


def windows_words(windows: Sequence[Window]) -> str:
    """The times in words, which `windows_of` reads back."""
    return ", ".join(f"{start}–{end}" for start, end in windows)


def advice_on_windows(text: str) -> list[tuple[bool, str, str]]:
    """How typed times are read, or what is not understood, while they are typed."""
    try:
        windows = windows_of(text)
    except Refused as error:
        return [(False, "open", str(error))]
    told = f"open {windows_words(windows)}" if windows else "open at any time"
    return [(True, told, told)]
