"""The time: the only file that asks the machine what time it is.

Everything else is given a `Moment`. A moment carries two readings. The wall clock says when
something happened, and people and time servers may set it. The awake clock says how long something
took; nobody can set it, and it counts a closed lid where the operating system can.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple, Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BOOT_ID_FILE = "/proc/sys/kernel/random/boot_id"


class Moment(NamedTuple):
    """One reading of the clocks.

    `wall_ms`: milliseconds since 1970 in UTC. `zone_min`: local time minus UTC, in minutes.
    `awake_ms`: milliseconds on a clock that nobody sets. `boot`: two `awake_ms` can be compared
    only where `boot` is the same.
    """

    wall_ms: int
    zone_min: int
    awake_ms: int
    boot: str

    @property
    def utc(self) -> datetime:
        """The wall clock as an aware datetime in UTC, exact to the millisecond."""
        return EPOCH + timedelta(milliseconds=self.wall_ms)

    @property
    def local(self) -> datetime:
        """The wall clock as an aware datetime with the fixed offset that held at this moment."""
        return self.utc.astimezone(timezone(timedelta(minutes=self.zone_min)))

    @property
    def local_date(self) -> date:
        """The day on the wall calendar where the moment was read."""
        return self.local.date()


def elapsed_s() -> float:
    """Seconds on a clock of no meaning by itself: two readings say how long something took."""
    return time.perf_counter()


FORTNIGHT = 14
"""Days ahead that a day yet to come is shown at, where an example is given."""


def example(today: date, ahead: int = 0) -> str:
    """A date as it is typed, to show how: today's, or that of so many days later."""
    return date.fromordinal(min(today.toordinal() + ahead, date.max.toordinal())).isoformat()


def day_words(day: date) -> str:
    """A date by us, alike under every locale: "Tue 24 Nov"."""
    return f"{DAYS[day.weekday()]} {short_day(day)}"


def short_day(day: date) -> str:
    """A date without its weekday: "24 Nov"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def elapsed_ms(then: Moment, now: Moment) -> int:
    """Milliseconds from `then` to `now`, never negative.

    Within one boot the awake clock answers, so that setting the wall clock changes nothing. Across
    a restart only the wall clock is left to ask.
    """
    if then.boot == now.boot:
        return max(0, now.awake_ms - then.awake_ms)
    return max(0, now.wall_ms - then.wall_ms)


def local_offset_min(epoch_s: float) -> int:
    """Minutes by which this machine's local time is ahead of UTC at `epoch_s` (seconds since 1970).

    The machine's own rules are asked, so summer time is right for the day that is meant. Raises
    OverflowError, ValueError or OSError for a time that the machine cannot place in its calendar.
    """
    return round(time.localtime(epoch_s).tm_gmtoff / 60)


class Clock(Protocol):
    """Whatever can say what time it is."""

    def now(self) -> Moment:
        """Return the present moment."""
        ...

    def offset_min(self, wall_ms: int) -> int:
        """Minutes by which local time is ahead of UTC at a moment, which may be long past."""
        ...


class SystemClock:
    """The clock of this machine."""

    def __init__(self) -> None:
        self._boot = _read_boot()

    def now(self) -> Moment:
        """Return the present moment."""
        wall_ms = time.time_ns() // 1_000_000
        return Moment(wall_ms, local_offset_min(wall_ms / 1000), _awake_ms(), self._boot)

    def offset_min(self, wall_ms: int) -> int:
        """By this machine's rules; today's for a moment that it cannot place in its calendar."""
        try:
            return local_offset_min(wall_ms / 1000)
        except (OverflowError, ValueError, OSError):
            return self.now().zone_min


class FixedClock:
    """A clock for tests, examples and rehearsals: it stands still until it is told otherwise."""

    def __init__(
        self, start: datetime = datetime(2025, 10, 14, 9, 0, tzinfo=UTC), zone_min: int = 0
    ) -> None:
        self._boots = 1
        self._awake_ms = 3_600_000
        self._zone_min = zone_min
        self._wall_ms = _epoch_ms(start)

    def now(self) -> Moment:
        """Return the moment at which the clock stands."""
        return Moment(self._wall_ms, self._zone_min, self._awake_ms, f"boot-{self._boots}")

    def offset_min(self, wall_ms: int) -> int:
        """The same at all times, as it was given."""
        return self._zone_min

    def advance(self, seconds: float = 0, minutes: float = 0) -> Moment:
        """Let time pass and return the new moment. Raises ValueError for time running back."""
        passed_ms = _milliseconds(seconds + 60 * minutes)
        self._wall_ms += passed_ms
        self._awake_ms += passed_ms
        return self.now()

    def sleep(self, seconds: float) -> Moment:
        """Close the lid for `seconds`: the awake clock counts them too. Return the new moment."""
        return self.advance(seconds=seconds)

    def set_wall(self, when: datetime) -> Moment:
        """Let someone set the wall clock to the aware `when`; the awake clock runs on unmoved."""
        self._wall_ms = _epoch_ms(when)
        return self.now()

    def set_zone(self, zone_min: int) -> Moment:
        """Move to another time zone or into summer time; no time passes."""
        self._zone_min = zone_min
        return self.now()

    def reboot(self, after_seconds: float) -> Moment:
        """Restart the machine, which takes `after_seconds`: a new boot, the awake clock at zero."""
        self._wall_ms += _milliseconds(after_seconds)
        self._awake_ms = 0
        self._boots += 1
        return self.now()


def _awake_ms() -> int:
    # time.monotonic stands still during suspend on Linux and macOS; these two do not.
    if sys.platform == "linux":
        nanoseconds = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":
        nanoseconds = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    else:
        nanoseconds = time.monotonic_ns()
    return nanoseconds // 1_000_000


def _read_boot() -> str:
    try:
        with open(BOOT_ID_FILE, encoding="ascii") as file:
            boot = file.read().strip()
    except (OSError, ValueError):
        boot = ""
    # Without a boot id a second process may not compare its readings with ours.
    return boot or os.urandom(16).hex()


def _epoch_ms(when: datetime) -> int:
    if when.tzinfo is None:
        raise ValueError("a time without a zone cannot be placed")
    return (when - EPOCH) // timedelta(milliseconds=1)


def _milliseconds(seconds: float) -> int:
    if seconds < 0:
        raise ValueError("time does not run back; set_wall sets the wall clock")
    return round(seconds * 1000)
