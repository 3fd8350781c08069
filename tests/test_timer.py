"""The visit timer: asked at a moment, it says where the visit stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.clock import FixedClock, Moment
from walk.errors import Refused
from walk.timer import Face, VisitTimer, bar

ENTERED = FixedClock().now()
seconds = st.integers(0, 3 * 3600)
targets = st.integers(1, 60)


def after(passed_s: float) -> Moment:
    return ENTERED._replace(
        wall_ms=ENTERED.wall_ms + int(passed_s * 1000),
        awake_ms=ENTERED.awake_ms + int(passed_s * 1000),
    )


def face_at(passed_s: float, target_min: int = 12) -> Face:
    return VisitTimer(ENTERED, target_min=target_min).face(after(passed_s))


@pytest.mark.parametrize(
    ("passed_s", "target_min", "word", "detail"),
    [
        (0, 12, "in visit", "0 of 12 min"),
        (59, 12, "in visit", "0 of 12 min"),
        (60, 12, "in visit", "1 of 12 min"),
        (6 * 60 + 30, 12, "in visit", "6 of 12 min"),
        (10 * 60 - 1, 12, "in visit", "9 of 12 min"),
        (10 * 60, 12, "wrap up", "2:00 left"),
        (10 * 60 + 20, 12, "wrap up", "1:40 left"),
        (12 * 60 - 1, 12, "wrap up", "0:01 left"),
        (12 * 60 - 0.001, 12, "wrap up", "0:01 left"),
        (12 * 60, 12, "time", "12 of 12 min"),
        (13 * 60 - 1, 12, "time", "12 of 12 min"),
        (13 * 60, 12, "over 1 min", "over 1 min"),
        (14 * 60 + 59, 12, "over 2 min", "over 2 min"),
        (72 * 60, 12, "over 60 min", "over 60 min"),
        (0, 1, "wrap up", "1:00 left"),
        (0, 2, "wrap up", "2:00 left"),
        (0, 3, "in visit", "0 of 3 min"),
        (57 * 60, 60, "in visit", "57 of 60 min"),
    ],
)
def test_the_words_of_the_face(passed_s: float, target_min: int, word: str, detail: str) -> None:
    face = face_at(passed_s, target_min)
    assert (face.word, face.detail) == (word, detail)


def test_the_figures_of_the_face() -> None:
    face = face_at(6 * 60 + 30)
    assert (face.elapsed_s, face.elapsed_min, face.target_min) == (390, 6, 12)


@given(seconds, targets)
def test_the_face_agrees_with_itself(passed_s: int, target_min: int) -> None:
    face = face_at(passed_s, target_min)
    assert face.elapsed_min * 60 <= face.elapsed_s < face.elapsed_min * 60 + 60
    reached = face.stage in {"time", "over"}
    assert reached == (passed_s >= target_min * 60)
    assert (face.stage == "wrap up") == (0 < target_min * 60 - passed_s <= 120)


@given(seconds, targets)
def test_nothing_changes_faster_than_it_must(passed_s: int, target_min: int) -> None:
    """Outside the last two minutes the face reads the same for a whole minute."""
    minute = passed_s - passed_s % 60
    first, later = face_at(minute, target_min), face_at(minute + 59, target_min)
    if first.stage != "wrap up":
        assert (first.word, first.detail) == (later.word, later.detail)


@given(seconds, seconds)
def test_elapsed_only_grows(one: int, other: int) -> None:
    timer = VisitTimer(ENTERED)
    early, late = sorted((one, other))
    assert timer.elapsed_s(after(early)) <= timer.elapsed_s(after(late))
    assert timer.elapsed_s(after(late)) == late


@given(seconds, st.lists(st.integers(0, 60), max_size=4), st.booleans())
def test_earlier_adds_exactly(passed_s: int, earlier: list[int], left: bool) -> None:
    timer = VisitTimer(ENTERED)
    timer = timer.leave(after(passed_s)) if left else timer
    for minutes in earlier:
        timer = timer.started_earlier(minutes)
    now = after(passed_s)
    assert timer.elapsed_s(now) == passed_s + 60 * sum(earlier)
    assert timer.come_back().elapsed_s(now) == passed_s + 60 * sum(earlier)


@given(seconds, st.integers(-10_000_000, 10_000_000))
def test_setting_the_wall_clock_never_matters(passed_s: int, set_by_s: int) -> None:
    clock = FixedClock()
    timer = VisitTimer(clock.now())
    clock.set_wall(clock.now().utc + timedelta(seconds=set_by_s))
    now = clock.advance(seconds=passed_s)
    assert timer.face(now) == VisitTimer(ENTERED).face(after(passed_s))


@given(seconds, seconds, seconds)
def test_coming_back_goes_on_as_if_never_left(inside: int, outside: int, more: int) -> None:
    timer = VisitTimer(ENTERED)
    left = timer.leave(after(inside))
    assert left.elapsed_s(after(inside + outside)) == inside
    assert left.leave(after(inside + outside)) == left
    assert left.come_back() == timer
    assert left.come_back().elapsed_s(after(inside + outside + more)) == inside + outside + more


def test_a_closed_lid_and_a_restart_are_time_in_the_room() -> None:
    clock = FixedClock()
    timer = VisitTimer(clock.now())
    clock.advance(minutes=4)
    clock.sleep(seconds=120)
    assert timer.face(clock.now()).detail == "6 of 12 min"
    clock.reboot(after_seconds=60)
    assert timer.face(clock.now()).detail == "7 of 12 min"


@pytest.mark.parametrize("passed_s", [60, 11 * 60, 12 * 60 + 5, 20 * 60])
def test_after_leaving_the_face_stands_still_and_says_so(passed_s: int) -> None:
    timer = VisitTimer(ENTERED).leave(after(passed_s))
    face = timer.face(after(passed_s + 1000))
    assert (face.word, face.stage) == ("left", "left")
    assert face.detail == f"{passed_s // 60} of 12 min"


def test_longer_raises_the_target_up_to_an_hour() -> None:
    timer = VisitTimer(ENTERED)
    assert timer.longer().target_min == 13
    assert timer.longer(3).target_min == 15
    assert timer.longer(3).face(after(12 * 60)).detail == "12 of 15 min"
    longest = timer.longer(1000)
    assert longest.target_min == 60
    with pytest.raises(Refused, match="60 minutes at most"):
        longest.longer()
    with pytest.raises(Refused, match="one minute"):
        timer.longer(0)


@pytest.mark.parametrize("target_min", [0, -1, 61])
def test_a_target_out_of_bounds_is_refused(target_min: int) -> None:
    with pytest.raises(Refused, match="Give 1 to 60"):
        VisitTimer(ENTERED, target_min=target_min)


def test_less_than_no_time_is_refused() -> None:
    with pytest.raises(Refused, match="less than no time"):
        VisitTimer(ENTERED, earlier_s=-1)
    with pytest.raises(Refused, match="less than no time"):
        VisitTimer(ENTERED, left_s=-1)
    with pytest.raises(Refused, match="started later"):
        VisitTimer(ENTERED).started_earlier(-1)


@pytest.mark.parametrize(
    ("passed_s", "target_min", "drawn"),
    [
        (0, 12, "░░░░░░░░░░│░░░"),
        (6 * 60, 12, "██████░░░░│░░░"),
        (12 * 60, 12, "██████████│░░░"),
        (13 * 60 + 30, 12, "██████████│██░"),
        (40 * 60, 12, "██████████│███"),
        (0, 60, "░░░░░░░░░░░░│░"),
    ],
)
def test_the_bar(passed_s: int, target_min: int, drawn: str) -> None:
    assert bar(face_at(passed_s, target_min), 14) == drawn


@given(seconds, targets, st.integers(-3, 120))
def test_the_bar_fits_and_grows(passed_s: int, target_min: int, width: int) -> None:
    drawn = bar(face_at(passed_s, target_min), width)
    assert len(drawn) == max(0, width)
    assert drawn.count("│") == (1 if width > 0 else 0)
    later = bar(face_at(passed_s + 60, target_min), width)
    assert drawn.count("█") <= later.count("█")
    mark = drawn.find("│")
    if passed_s < target_min * 60:
        assert "█" not in drawn[mark + 1 :]
    else:
        assert "░" not in drawn[: max(0, mark)]
