"""The clock of the host school: every time that is shown is on it, wherever the laptop stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.timekeeping import board
from walk.routine.visiting import paper, visit

NIGHT = datetime(2025, 10, 15, 2, 30, tzinfo=UTC)
"""Half past nine in the evening of the day before, in Chicago."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A walk in Chicago, on a laptop whose clock stands in Greenwich."""
    with desk_at(tmp_path / "x.walkdb", FixedClock(NIGHT)) as desk:
        begin_small(desk)
        desk.save("prepare", "zone", desk.walk.changed(zone="America/Chicago"))
        yield desk


def test_time_and_day_are_those_at_the_school(desk: Desk) -> None:
    assert f"{desk.local():%H:%M}" == "21:30"
    assert desk.today() == date(2025, 10, 14)
    assert f"{desk.local(desk.now().wall_ms - 60_000):%H:%M}" == "21:29"


@pytest.mark.parametrize("zone", ["", "America/Nowhere", "../etc/passwd"])
def test_without_a_zone_that_is_known_it_is_the_laptops(desk: Desk, zone: str) -> None:
    desk.save("prepare", "zone", desk.walk.changed(zone=zone))
    assert f"{desk.local():%H:%M}" == "02:30"


class Summer(FixedClock):
    """A laptop where clocks go back an hour on 26 October 2025 at 01:00 UTC, as in Lisbon."""

    def offset_min(self, wall_ms: int) -> int:
        """An hour ahead before that moment."""
        return 60 if wall_ms < 1_761_440_400_000 else 0


def test_without_a_zone_an_old_moment_is_told_as_the_laptops_clock_showed_it(
    tmp_path: Path,
) -> None:
    winter = Summer(datetime(2025, 10, 27, 9, 0, tzinfo=UTC))
    with desk_at(tmp_path / "x.walkdb", winter) as desk:
        begin_small(desk)
        assert f"{desk.local():%H:%M}" == "09:00"
        assert f"{desk.local(desk.now().wall_ms - 72 * 3_600_000):%a %H:%M}" == "Fri 10:00"


def test_the_board_counts_on_the_same_clock(desk: Desk) -> None:
    board.next_phase(desk)
    assert board.view(desk).then[0] == ("silent write", "21:42")


def test_a_time_by_the_clock_in_front_of_a_note_is_read_on_it(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(minutes=12)
    form = visit.leave(desk, form)
    assert visit.seconds_in(form, 21 * 60 + 34) == 4 * 60


def test_who_started_earlier_left_when_they_left(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    form = visit.started_earlier(desk, form, 5)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(minutes=7)
    form = visit.leave(desk, form)
    assert visit.left_at(form) == desk.now().wall_ms
    assert paper.times_of(form) == ("21:25", "21:37")
    assert visit.seconds_in(form, 21 * 60 + 26) == 60
