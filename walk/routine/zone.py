"""Local time at the host school: from UTC milliseconds to the clock on its wall and back.

The zone is the walk's own. Where it names none, or one that this machine does not know, it is the
machine's.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from walk.clock import EPOCH, local_offset_min

MINUTE_MS = 60_000


@lru_cache(maxsize=8)
def _known(zone_name: str) -> tzinfo | None:
    if not zone_name:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(zone_name)
    except (KeyError, ValueError, OSError):  # unknown here, or not a name at all
        return None


def is_known(zone_name: str) -> bool:
    """Whether this machine knows a zone of that name; none is named by nothing."""
    return _known(zone_name) is not None


def _machine_offset_min(utc_ms: int) -> int:
    try:
        return local_offset_min(utc_ms / 1000)
    except (OverflowError, ValueError, OSError):
        return 0


def offset_min(utc_ms: int, zone_name: str) -> int:
    """Minutes by which local time is ahead of UTC at a moment; summer time is that of the moment.

    `zone_name` such as America/Chicago; empty for this machine's.
    """
    known = _known(zone_name)
    if known is None:
        return _machine_offset_min(utc_ms)
    return ahead_min((EPOCH + timedelta(milliseconds=utc_ms)).astimezone(known))


def ahead_min(moment: datetime) -> int:
    """Minutes by which the clock of an aware moment is ahead of UTC."""
    return round((moment.utcoffset() or timedelta()).total_seconds() / 60)


def local(utc_ms: int, zone_name: str) -> datetime:
    """The moment as an aware datetime with the offset that holds at it."""
    ahead = timezone(timedelta(minutes=offset_min(utc_ms, zone_name)))
    return (EPOCH + timedelta(milliseconds=utc_ms)).astimezone(ahead)


def to_ms(day: date, minutes: int, zone_name: str) -> int:
    """UTC milliseconds of so many minutes after local midnight of a day; more than 1440 is later.

    A time that summer time skips is read with the offset before it; one that comes twice is the
    first.
    """
    naive = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
    as_utc = (naive - EPOCH) // timedelta(milliseconds=1)
    before = offset_min(as_utc - 24 * 60 * MINUTE_MS, zone_name)
    found = as_utc - before * MINUTE_MS
    after = offset_min(found, zone_name)
    moved = as_utc - after * MINUTE_MS
    return moved if offset_min(moved, zone_name) == after else found
