"""The debrief's minutes: time from the clock, and what the team sets."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at
from tests.routine import protocol_desk
from tests.routine.protocol_desk import right
from walk import protocol as steps
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import Debriefing
from walk.routine.debriefing import protocol
from walk.routine.desk import Desk

clock = protocol_desk.clock
desk = protocol_desk.desk


# Minutes and the clock -----------------------------------------------------------------------


def test_before_it_begins_no_record_is_made_and_no_number_is_shown(desk: Desk) -> None:
    assert protocol.title(desk, "group") == ("Debrief · Group like with like", "")
    assert protocol.minutes(desk) == steps.USUAL
    assert not desk.store.all(Debriefing, desk.walk_id)


def test_the_title_tells_the_step_and_whole_minutes(desk: Desk, clock: FixedClock) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "group")
    clock.advance(seconds=8 * 60 + 59)
    assert protocol.title(desk, "group") == (
        "Debrief 5 of 8 · Group like with like",
        "8 of 10 min",
    )
    clock.advance(minutes=2)
    assert right(desk, "group") == "10 of 10 min"
    clock.advance(minutes=2)
    assert right(desk, "group") == "over by 2 min"
    assert protocol.standing(desk).step == "group"  # nothing goes on by itself


def test_another_steps_screen_says_where_the_team_is(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    assert protocol.title(desk, "trends") == ("Debrief 6 of 8 · State trends", "the team is at 1")


def test_time_goes_on_while_the_lid_is_closed(desk: Desk, clock: FixedClock) -> None:
    protocol.begin(desk, hosts=False)
    clock.sleep(90)
    assert right(desk, "norms") == "1 of 2 min"


@pytest.mark.parametrize("hours", [-5, 2])
def test_a_clock_that_somebody_sets_changes_nothing(
    desk: Desk, clock: FixedClock, hours: int
) -> None:
    protocol.begin(desk, hosts=False)
    clock.advance(minutes=1)
    clock.set_wall(clock.now().utc + timedelta(hours=hours))
    assert right(desk, "norms") == "1 of 2 min"
    protocol.go_on(desk, "norms")
    clock.advance(minutes=2)
    assert right(desk, "predict") == "2 of 3 min"
    entered = [one.at for one in protocol.standing(desk).record.entered]
    assert entered == sorted(entered)


def test_it_survives_a_restart_of_walk_and_of_the_laptop(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    protocol.begin(desk, hosts=False)
    clock.advance(minutes=1)
    with desk_at(tmp_path / "one.walkdb", clock) as again:
        assert right(again, "norms") == "1 of 2 min"
        clock.reboot(after_seconds=120)
        assert right(again, "norms") == "over by 1 min"


def test_a_step_that_was_left_open_over_night_is_told_as_since_when(
    desk: Desk, clock: FixedClock
) -> None:
    protocol.begin(desk, hosts=False)
    clock.sleep(20 * 3600)
    assert right(desk, "norms").startswith("since Tue 14 Oct 09:")
    protocol.turn_clock(desk)
    assert right(desk, "norms") == "0 of 2 min"


def test_a_break_stops_the_clock_and_counts_nothing(desk: Desk, clock: FixedClock) -> None:
    protocol.begin(desk, hosts=False)
    clock.advance(minutes=1)
    assert not protocol.turn_clock(desk)
    clock.advance(minutes=20)
    assert right(desk, "norms") == "clock stopped"
    assert protocol.turn_clock(desk)
    assert right(desk, "norms") == "1 of 2 min"


def test_going_back_to_a_step_counts_all_of_its_time(desk: Desk, clock: FixedClock) -> None:
    protocol.begin(desk, hosts=False)
    clock.advance(minutes=1)
    protocol.go_on(desk, "norms")
    clock.advance(minutes=5)
    protocol.go_back(desk, "predict")
    assert right(desk, "norms") == "1 of 2 min"


@settings(max_examples=25, deadline=None)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["on", "back", "clock", "lid"]), st.integers(0, 900)), max_size=12
    )
)
def test_whatever_is_pressed_the_steps_share_the_time(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int]]
) -> None:
    """All steps together take the time in which the clock went, to a minute a step."""
    clock = FixedClock()
    with desk_at(tmp_path_factory.mktemp("any") / "one.walkdb", clock) as desk:
        begin_small(desk)
        protocol.begin(desk, hosts=False)
        went = 0
        for do, seconds in moves:
            clock.advance(seconds=seconds)
            now = protocol.standing(desk)
            went += seconds if now.running else 0
            if do == "clock" and now.begun:
                protocol.turn_clock(desk)
            elif do in ("on", "back") and now.under_way:
                (protocol.go_on if do == "on" else protocol.go_back)(desk, now.step)
        now = protocol.standing(desk)
        spent = sum(now.spent(one, clock.now()) for one in steps.IDS)
        assert went // 60 - len(steps.IDS) <= spent <= went // 60


# Minutes of the team -------------------------------------------------------------------------


def test_the_rules_of_the_walk_say_how_long_it_is(desk: Desk) -> None:
    rules = desk.rules.changed(debrief_minutes=30)
    desk.save("prepare", "rules", rules)
    now = protocol.standing(desk)
    assert now.minutes == steps.shorten(30)
    assert "“Group like with like” 5 min instead of 10" in protocol.told(now)


def test_minutes_are_edited_one_by_one_or_in_all(desk: Desk) -> None:
    protocol.set_minutes(desk, "group", 14)
    assert protocol.minutes(desk) == {**steps.USUAL, "group": 14}
    protocol.set_total(desk, 30)
    assert protocol.minutes(desk) == steps.shorten(30)
    desk.undo(protocol.STAGE)
    assert protocol.minutes(desk)["group"] == 14


def test_setting_the_usual_minutes_again_is_no_edit(desk: Desk) -> None:
    protocol.set_minutes(desk, "group", 14)
    protocol.set_minutes(desk, "group", 10)
    assert protocol.standing(desk).record.minutes == ()


@pytest.mark.parametrize(
    ("step", "minutes"), [("group", 0), ("read", 0), ("group", 241), ("predict", -1)]
)
def test_minutes_that_cannot_be_are_refused(desk: Desk, step: str, minutes: int) -> None:
    with pytest.raises(Refused):
        protocol.set_minutes(desk, step, minutes)


@pytest.mark.parametrize("total", [-1, 0, 20, 241])
def test_a_whole_that_cannot_be_is_refused(desk: Desk, total: int) -> None:
    with pytest.raises(Refused):
        protocol.set_total(desk, total)
