"""A team's day folded from what was entered: its order, its clock, and what can be corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import DayChange
from walk.phases import Minutes, Place, TeamDay, apply, boot_mark, fold, start
from walk.phases.day import digits_of

M = 60_000
NINE = 1_760_432_400_000  # 09:00 UTC
VISITS = ("V1", "V2", "V3", "V4")


def _places(*visits: str) -> list[Place]:
    enters = [NINE + (15 + 21 * n) * M for n in range(len(visits))]
    return [
        Place(n + 1, at, at + 12 * M, visit)
        for n, (visit, at) in enumerate(zip(visits, enters, strict=True))
    ]


def _day(*visits: str) -> TeamDay:
    return start("A", _places(*(visits or VISITS)), Minutes())


class Log:
    """A timekeeper at a clock: enters changes and keeps them."""

    def __init__(self, *visits: str) -> None:
        self.clock = FixedClock()
        self.changes: list[DayChange] = []
        self.first = self.day = _day(*visits)

    def do(self, do: str, **fields: object) -> TeamDay:
        now = self.clock.now()
        change = DayChange.from_dict(
            {
                "do": do,
                "team": "A",
                "at": now.wall_ms,
                "zone": now.zone_min,
                "awake_ms": now.awake_ms,
                "boot": boot_mark(now),
                **fields,
            }
        )
        self.day = apply(self.day, change)
        self.changes.append(change)
        return self.day

    def wait(self, minutes: float) -> None:
        self.clock.advance(minutes=minutes)

    def minutes_in(self) -> float:
        return self.day.elapsed_ms(self.clock.now()) / M

    def to(self, phase: str) -> TeamDay:
        while self.day.phase != phase:
            self.do("next")
        return self.day


# The order of a day


def test_a_day_runs_through_every_stop_to_the_debrief() -> None:
    log = Log("V1", "V2")
    seen = [(log.day.phase, log.day.at)]
    while log.day.phase != "over":
        day = log.do("next")
        seen.append((day.phase, day.at))
    stop = ["visit", "write", "hall", "move"]
    assert [phase for phase, _ in seen] == [
        *("before", "orientation"),
        *stop,
        *stop,
        *("debrief", "over"),
    ]
    assert [at for phase, at in seen if phase == "visit"] == ["V1", "V2"]
    with pytest.raises(Refused, match="over"):
        log.do("next")


def test_parts_without_minutes_are_passed_over() -> None:
    log = Log("V1")
    log.day = replace(log.day, minutes=Minutes(orientation=0, write=0, hall=0, move=0))
    assert [log.do("next").phase for _ in range(4)] == ["visit", "move", "debrief", "over"]


def test_done_stops_carry_planned_and_actual_times() -> None:
    log = Log()
    log.to("visit")
    log.wait(14)
    log.do("next")
    log.wait(3)
    log.do("next")
    log.wait(5)
    done = log.do("next").done[0]
    began = log.clock.now().wall_ms - 22 * M
    assert (done.visit, done.slot) == ("V1", 1)
    assert (done.planned_enter, done.planned_leave) == (NINE + 15 * M, NINE + 27 * M)
    assert (done.enter, done.leave) == (began, began + 14 * M)


# The clock


def test_started_four_minutes_ago() -> None:
    log = Log()
    day = log.do("earlier", minutes=4)
    assert day.phase == "orientation"
    assert log.minutes_in() == 4
    assert day.remaining_s(log.clock.now()) == 11 * 60


def test_entering_earlier_never_reaches_back_into_the_last_room() -> None:
    log = Log()
    log.to("visit")
    log.wait(12)
    log.to("move")
    log.wait(3)
    log.do("next")
    with pytest.raises(Refused, match="before the team left"):
        log.do("earlier", minutes=4)
    log.do("earlier", minutes=3)
    assert log.minutes_in() == 3


def test_a_room_that_was_left_before_the_key_was_pressed() -> None:
    log = Log()
    log.to("visit")
    log.wait(16)
    log.do("next")
    log.do("earlier", minutes=4)
    done = log.to("move").done[0]
    assert done.leave - done.enter == 12 * M
    with pytest.raises(Refused, match="before the team entered"):
        log.do("earlier", minutes=17)
    shorter = log.do("earlier", minutes=6).done[0]
    assert shorter.leave - shorter.enter == 10 * M


def test_more_and_fewer_minutes_on_the_running_phase_alone() -> None:
    log = Log()
    log.to("visit")
    assert log.do("adjust", minutes=3).target_min == 15
    assert log.do("adjust", minutes=-14).target_min == 1
    with pytest.raises(Refused, match="at least one minute"):
        log.do("adjust", minutes=-1)
    log.to("move")
    assert log.do("next").target_min == 12


def test_on_hold_the_clock_stands() -> None:
    log = Log()
    log.to("visit")
    log.wait(5)
    log.do("hold")
    log.wait(20)
    assert log.minutes_in() == 5
    assert log.day.face(log.clock.now()).stage == "held"
    log.do("go_on")
    log.wait(2)
    assert log.minutes_in() == 7
    log.do("hold")
    log.wait(1)
    assert not log.do("next").held
    with pytest.raises(Refused, match="not on hold"):
        log.do("go_on")


@pytest.mark.parametrize(
    ("left", "digits"),
    [
        *((720, "12"), (719, "12"), (660, "11"), (121, "3")),
        *((120, "2:00"), (100, "1:40"), (1, "0:01")),
        *((0, "0:00"), (-59, "0:00"), (-60, "+1"), (-239, "+3")),
    ],
)
def test_whole_minutes_until_the_last_two(left: int, digits: str) -> None:
    assert digits_of(left) == digits


def test_the_cue_follows_the_time() -> None:
    log = Log()
    log.to("visit")
    stages = []
    for _ in range(15):
        stages.append(log.day.face(log.clock.now()).stage)
        log.wait(1)
    assert stages == ["calm"] * 10 + ["two minutes"] * 2 + ["time"] + ["over"] * 2


def test_a_wait_for_a_room_is_counted_down() -> None:
    log = Log()
    log.to("move")
    assert log.day.face(log.clock.now(), wait_s=60 * 5).digits == "5"
    log.wait(3)
    waiting = log.day.face(log.clock.now(), wait_s=60 * 4)
    assert (waiting.stage, waiting.digits) == ("waiting", "4")
    assert log.day.face(log.clock.now(), wait_s=0).stage == "over" or log.minutes_in() < 3
    log.wait(1)
    assert log.day.face(log.clock.now(), wait_s=-30).stage == "over"


CLOCK_EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["wait", "sleep", "set", "reboot", "next", "adjust"]),
        st.integers(1, 9_000),
        st.integers(-90_000, 90_000),
    ),
    max_size=25,
)


def _right_whatever_the_clock(events: list[tuple[str, int, int]]) -> None:
    """Only a clock set *and* a restart between two entries leave nothing to tell by."""
    log = Log(*(f"V{n}" for n in range(1, 30)))
    log.to("visit")
    true_s, set_since, booted_since = 0, False, False
    for what, seconds, change in events:
        clock = log.clock
        if what in ("next", "adjust"):
            if log.day.phase in ("debrief", "over"):
                continue
            log.do(what, **({"minutes": 1} if what == "adjust" else {}))
            true_s = 0 if what == "next" else true_s
            set_since = booted_since = False
        elif what == "set" and not booted_since:
            clock.set_wall(clock.now().utc + timedelta(seconds=change))
            set_since = True
        elif what == "reboot" and not set_since:
            clock.reboot(seconds)
            true_s, booted_since = true_s + seconds, True
        elif what in ("wait", "sleep"):
            (clock.sleep if what == "sleep" else clock.advance)(seconds)
            true_s += seconds
        assert log.day.elapsed_ms(clock.now()) // 1000 == true_s
        again = fold(log.first, log.changes)  # another program, started now
        assert again.elapsed_ms(clock.now()) // 1000 == true_s
        assert again == log.day


@given(CLOCK_EVENTS)
def test_right_after_sleep_restart_a_set_clock_and_midnight(
    events: list[tuple[str, int, int]],
) -> None:
    _right_whatever_the_clock(events)


@pytest.mark.long
@given(CLOCK_EVENTS)
def test_right_after_sleep_restart_a_set_clock_and_midnight_long(
    events: list[tuple[str, int, int]],
) -> None:
    _right_whatever_the_clock(events)


# What comes


def test_skipping_before_a_closed_door_goes_on_to_the_next() -> None:
    log = Log()
    log.to("visit")
    day = log.do("skip", reason="room in use")
    assert (day.phase, day.at, day.rest) == ("move", "", ("V2", "V3", "V4"))
    assert [(one.visit, one.how, one.reason) for one in day.gone] == [
        ("V1", "skipped", "room in use")
    ]
    assert log.do("next").place == _places(*VISITS)[1]


def test_those_behind_a_skipped_visit_move_up() -> None:
    log = Log()
    log.to("move")
    log.do("skip", visit="V3")
    day = log.do("swap", visit="V2", other="V4")
    assert day.rest == ("V4", "V2")
    assert log.do("next").place == _places(*VISITS)[1]


def test_a_withdrawn_visit_keeps_no_reason() -> None:
    log = Log()
    day = log.do("withdraw", visit="V2", reason="late")
    assert [(one.visit, one.how, one.reason) for one in day.gone] == [("V2", "withdrawn", "")]


def test_a_visit_comes_once() -> None:
    log = Log()
    log.to("move")
    for visit, why in (("V1", "has been in"), ("V2", "coming already")):
        with pytest.raises(Refused, match=why):
            log.do("insert", visit=visit)
    assert log.do("insert", visit="V9", other="V3").rest == ("V2", "V9", "V3", "V4")
    log.do("skip", visit="V9")
    back = log.do("insert", visit="V9")
    assert back.rest == ("V2", "V3", "V4", "V9")
    assert back.gone == ()


def test_ending_early_leaves_the_room_and_names_what_is_left() -> None:
    log = Log()
    log.to("visit")
    log.wait(6)
    day = log.do("end")
    assert day.phase == "debrief"
    assert [one.visit for one in day.done] == ["V1"]
    assert [(one.visit, one.how) for one in day.gone] == [(v, "ended") for v in VISITS[1:]]


CHANGES = st.builds(
    lambda do, visit, other, minutes, phase: {
        "do": do,
        "visit": visit,
        "other": other,
        "minutes": minutes,
        "phase": phase,
    },
    st.sampled_from(
        ["next"] * 6
        + ["earlier", "adjust", "hold", "go_on", "skip", "withdraw", "swap", "insert", "pace"]
        + ["drop", "late", "end", "made by a newer walk"]
    ),
    st.sampled_from(["", *VISITS, "V9"]),
    st.sampled_from(["", *VISITS, "V9"]),
    st.integers(-20, 20),
    st.sampled_from(["", "visit", "hall", "write", "move", "lunch"]),
)


@given(st.lists(st.tuples(CHANGES, st.integers(0, 30)), max_size=40))
def test_no_visit_is_lost_and_none_comes_twice(steps: list[tuple[dict[str, object], int]]) -> None:
    log = Log()
    known = set(VISITS)
    for change, minutes in steps:
        before = log.day
        log.wait(minutes)
        try:
            log.do(str(change["do"]), **{k: v for k, v in change.items() if k != "do"})
        except Refused:
            assert log.day is before
        known |= set(log.day.rest)
        day = log.day
        held = [day.at] if day.at else []
        held += [*day.rest, *(one.visit for one in day.done), *(one.visit for one in day.gone)]
        assert sorted(held) == sorted(known)
        assert all(one.leave >= one.enter for one in day.done)
        assert fold(log.first, log.changes) == day


def test_what_was_entered_before_a_day_was_begun_anew_counts_no_more() -> None:
    log = Log()
    log.to("visit")
    log.do("skip", visit="V3")
    log.do("anew")
    before = len(log.changes)
    assert fold(log.first, log.changes) == log.first
    log.day = log.first
    log.wait(40)
    log.to("hall")
    assert fold(log.first, log.changes) == fold(log.first, log.changes[before:]) == log.day
    assert log.day.done == ()


def test_how_late_a_team_is_said_to_be() -> None:
    log = Log()
    assert log.do("late", minutes=4).late_min == 4
    assert log.do("late", minutes=9).late_min == 9, "what was said last holds"
    assert log.do("late", minutes=0).late_min == 0
    with pytest.raises(Refused, match="Nobody is"):
        log.do("late", minutes=-1)
    log.to("visit")
    with pytest.raises(Refused, match="runs here"):
        log.do("late", minutes=3)


def test_nonsense_in_a_log_changes_nothing() -> None:
    log = Log()
    log.to("visit")
    odd = [
        log.changes[-1].changed(do=do, visit="V77")
        for do in ("swap", "skip", "drop", "withdraw", "made by a newer walk", "go_on", "insert?")
    ]
    assert fold(log.day, odd) == log.day
