"""A rotation corrected on one laptop: until when it holds, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.desks import begin_small, the_visit
from tests.routine import rotation_plan
from tests.routine.rotation_plan import take
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import Walker
from walk.routine.desk import Desk
from walk.routine.planning import prepare, rotation
from walk.routine.timekeeping import correction
from walk.routine.visiting import visit as visiting

clock = rotation_plan.clock
desk = rotation_plan.desk


def test_a_correction_holds_on_this_laptop_until_the_visit_is_left(
    desk: Desk, clock: FixedClock
) -> None:
    begin_small(desk)
    with pytest.raises(Refused, match="No rotation is made yet"):
        correction.shift(desk, 5)
    rotation.make(desk)
    assert correction.read(desk).words == ""
    correction.shift(desk, 5)
    correction.go_to(desk, "V3")
    assert correction.read(desk).words == "corrected here: 5 min later, next V3"
    form = visiting.enter(desk, the_visit(desk, "V3"))
    clock.advance(minutes=12)
    visiting.leave(desk, form)
    assert correction.read(desk).words == "corrected here: 5 min later"
    with pytest.raises(Refused, match="does not come any more"):
        correction.go_to(desk, "V3")
    correction.clear(desk)
    assert correction.read(desk) == correction.Correction()


def test_a_new_rotation_puts_a_correction_away(desk: Desk) -> None:
    begin_small(desk)
    rotation.make(desk)
    correction.shift(desk, -5)
    assert correction.read(desk).words == "corrected here: 5 min earlier"
    rotation.make(desk, slots=3)
    assert correction.read(desk).words == ""


def test_a_correction_belongs_to_who_writes(desk: Desk) -> None:
    begin_small(desk)
    rotation.make(desk)
    correction.shift(desk, 5)
    ben: Walker = prepare.add_walker(desk, "Ben")
    desk.write_as(ben.id)
    assert correction.read(desk).words == ""


@pytest.mark.parametrize(("typed", "meant"), [("5", 5), ("-5", -5), ("+7", 7), ("−3", -3), ("", 0)])
def test_minutes_of_a_correction_are_read_either_way(typed: str, meant: int) -> None:
    assert correction.minutes_typed(typed) == meant


def test_local_times_are_those_of_the_host_school(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    at = rotation.local_of(desk.now().wall_ms, desk)
    assert at == datetime(2025, 10, 14, 9, tzinfo=UTC)
    assert f"{at:%H:%M}" == "04:00"


def test_a_day_too_far_away_to_be_written_down_is_told(desk: Desk) -> None:
    begin_small(desk)
    desk.save("prepare", "dated", desk.walk.changed(date="9999-12-31"))
    with pytest.raises(Refused, match="too far away"):
        rotation.preview(desk)
