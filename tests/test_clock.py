"""The clock: what a moment says, and which of its two readings answers which question."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk import clock
from walk.clock import Clock, FixedClock, Moment, SystemClock, elapsed_ms

START = datetime(2025, 10, 14, 23, 30, tzinfo=UTC)
AUTUMN = 1_761_440_400  # 26 October 2025, 01:00 UTC

moments = st.builds(
    Moment,
    wall_ms=st.integers(0, 4_000_000_000_000),
    zone_min=st.integers(-14 * 60, 14 * 60),
    awake_ms=st.integers(0, 10_000_000_000),
    boot=st.sampled_from(["one", "two"]),
)


def test_a_moment_is_read_in_utc_and_where_it_was() -> None:
    moment = FixedClock(START, zone_min=120).now()
    assert moment.utc == START
    assert moment.utc.tzinfo is UTC
    assert moment.local.isoformat() == "2025-10-15T01:30:00+02:00"
    assert moment.local_date == date(2025, 10, 15)
    assert FixedClock(START, zone_min=-210).now().local.isoformat() == "2025-10-14T20:00:00-03:30"


@given(moments)
def test_utc_and_local_are_the_same_instant_to_the_millisecond(moment: Moment) -> None:
    assert moment.utc == moment.local
    assert (moment.utc - clock.EPOCH) == timedelta(milliseconds=moment.wall_ms)
    assert moment.local.utcoffset() == timedelta(minutes=moment.zone_min)


def test_a_closed_lid_counts() -> None:
    fixed = FixedClock(START)
    then = fixed.now()
    fixed.advance(minutes=2)
    fixed.sleep(seconds=240)
    assert elapsed_ms(then, fixed.now()) == 360_000


@pytest.mark.parametrize("hours", [-1, 1, -24 * 365])
def test_setting_the_wall_clock_moves_no_duration(hours: int) -> None:
    fixed = FixedClock(START)
    then = fixed.now()
    fixed.advance(minutes=5)
    fixed.set_wall(fixed.now().utc + timedelta(hours=hours))
    assert elapsed_ms(then, fixed.now()) == 300_000


def test_after_a_restart_the_wall_clock_answers() -> None:
    fixed = FixedClock(START)
    then = fixed.now()
    fixed.advance(minutes=3)
    fixed.reboot(after_seconds=60)
    now = fixed.advance(minutes=1)
    assert now.boot != then.boot
    assert now.awake_ms < then.awake_ms
    assert elapsed_ms(then, now) == 300_000


def test_a_restart_with_the_clock_set_back_gives_nothing_rather_than_less() -> None:
    fixed = FixedClock(START)
    then = fixed.now()
    fixed.reboot(after_seconds=30)
    fixed.set_wall(START - timedelta(days=1))
    assert elapsed_ms(then, fixed.now()) == 0


@given(moments, moments)
def test_elapsed_is_never_negative(then: Moment, now: Moment) -> None:
    assert elapsed_ms(then, now) >= 0
    assert elapsed_ms(then, then) == 0


def test_a_change_of_zone_moves_no_duration() -> None:
    fixed = FixedClock(START, zone_min=120)
    then = fixed.now()
    now = fixed.set_zone(60)
    assert now.local.hour == then.local.hour - 1
    assert elapsed_ms(then, now) == 0


def test_a_fixed_clock_stands_still_and_refuses_what_has_no_meaning() -> None:
    fixed = FixedClock(START)
    assert fixed.now() == fixed.now()
    with pytest.raises(ValueError, match="run back"):
        fixed.advance(seconds=-1)
    with pytest.raises(ValueError, match="run back"):
        fixed.reboot(after_seconds=-1)
    with pytest.raises(ValueError, match="zone"):
        FixedClock(START.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        fixed.set_wall(START.replace(tzinfo=None))


def test_the_machine_is_asked() -> None:
    system: Clock = SystemClock()
    before = time.time_ns() // 1_000_000
    first, second = system.now(), system.now()
    after = time.time_ns() // 1_000_000
    assert before <= first.wall_ms <= after
    assert first.boot == second.boot != ""
    assert 0 <= elapsed_ms(first, second) <= 60_000
    assert first.awake_ms > 0
    assert first.zone_min == clock.local_offset_min(first.wall_ms / 1000)


def test_clocks_of_one_machine_can_be_compared_where_the_boot_has_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boot = tmp_path / "boot_id"
    boot.write_text("named\n", encoding="ascii")
    monkeypatch.setattr(clock, "BOOT_ID_FILE", str(boot))
    assert SystemClock().now().boot == SystemClock().now().boot == "named"


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_without_a_name_for_the_boot_readings_are_not_compared_across_processes(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boot = tmp_path / "boot_id"
    if content is not None:
        boot.write_bytes(content)
    monkeypatch.setattr(clock, "BOOT_ID_FILE", str(boot))
    one, other = SystemClock(), SystemClock()
    assert one.now().boot == one.now().boot
    assert len(one.now().boot) == 32
    assert one.now().boot != other.now().boot


def test_each_system_is_asked_for_the_clock_that_counts_suspend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def answer(which: int) -> int:
        asked.append(which)
        return 7_000_000

    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 70, raising=False)
    monkeypatch.setattr(time, "CLOCK_MONOTONIC", 10, raising=False)
    monkeypatch.setattr(time, "clock_gettime_ns", answer, raising=False)
    monkeypatch.setattr(time, "monotonic_ns", lambda: 9_000_000)
    for platform, reading in [("linux", 7), ("darwin", 7), ("win32", 9)]:
        monkeypatch.setattr(sys, "platform", platform)
        assert clock._awake_ms() == reading
    assert asked == [70, 10]


@pytest.mark.parametrize(
    ("seconds_ahead", "minutes"), [(7200, 120), (3600, 60), (0, 0), (-12_600, -210), (1172, 20)]
)
def test_the_offset_is_the_one_of_the_day_that_is_meant(
    seconds_ahead: int, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whole minutes; the odd seconds are those of Amsterdam before 1940."""
    asked: list[float] = []

    def local(epoch_s: float) -> SimpleNamespace:
        asked.append(epoch_s)
        return SimpleNamespace(tm_gmtoff=seconds_ahead)

    monkeypatch.setattr(time, "localtime", local)
    assert clock.local_offset_min(AUTUMN) == minutes
    assert asked == [AUTUMN]


def test_the_offset_agrees_with_the_calendar_of_the_machine() -> None:
    for epoch_s in range(AUTUMN, AUTUMN + 365 * 86_400, 30 * 86_400):
        offset = datetime.fromtimestamp(epoch_s, UTC).astimezone().utcoffset()
        assert offset == timedelta(minutes=clock.local_offset_min(epoch_s))


def test_an_old_moment_has_the_offset_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    system: Clock = SystemClock()
    monkeypatch.setattr(clock, "local_offset_min", lambda at: 60 if at < AUTUMN else 0)
    assert [system.offset_min((AUTUMN + more) * 1000) for more in (-1, 0)] == [60, 0]
    assert FixedClock(START, zone_min=-30).offset_min(0) == -30


def test_a_moment_beyond_the_calendar_has_the_offset_of_today() -> None:
    system = SystemClock()
    assert system.offset_min(10**20) == system.now().zone_min
