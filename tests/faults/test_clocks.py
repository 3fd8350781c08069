"""Clocks that somebody set, zones that change, lids that close: a whole walk by such clocks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, texts, the_visit, write_form
from tests.faults.after import adds_up
from tests.screens.table import open_at
from tests.storage.laptops import folder
from walk.clock import FixedClock
from walk.routine.exchanging import collect, share
from walk.routine.keeping import backups
from walk.routine.visiting import visit
from walk.storage import backup

pytestmark = pytest.mark.faults

MISHAPS: dict[str, Callable[[FixedClock], object]] = {
    "an hour back": lambda clock: clock.set_wall(clock.now().utc - timedelta(hours=1)),
    "a year back": lambda clock: clock.set_wall(clock.now().utc - timedelta(days=365)),
    "into 2080": lambda clock: clock.set_wall(datetime(2080, 1, 1, tzinfo=UTC)),
    "summer time": lambda clock: clock.set_zone(60),
    "another end of the world": lambda clock: clock.set_zone(-720),
    "a closed lid": lambda clock: clock.sleep(40 * 60),
    "a restart": lambda clock: clock.reboot(120),
}


@given(st.lists(st.sampled_from(sorted(MISHAPS)), min_size=4, max_size=4))
@settings(max_examples=8)
def test_a_walk_by_a_clock_that_is_set_again_and_again_is_whole(mishaps: list[str]) -> None:
    """Nothing is lost, doubled or put in another order, and no time in a room is less than none."""
    with tempfile.TemporaryDirectory(dir=folder()) as made:
        place, clock = Path(made), FixedClock()
        with desk_at(place / "ana.walkdb", clock) as desk:
            begin_small(desk)
            form = visit.enter(desk, the_visit(desk, "V1"))
            for number, mishap in enumerate(mishaps):
                MISHAPS[mishap](clock)
                clock.advance(minutes=2)
                visit.add_note(desk, form, f"S1 points to line {number}")
            form = visit.leave(desk, form)
            assert form.left_after_s is not None
            assert form.left_after_s >= 0
            found = [one.record for one in visit.notes(desk, form)]
            assert [one.text for one in found] == [f"S1 points to line {n}" for n in range(4)]
            assert all(one.at_s is None or one.at_s >= 0 for one in found)
            if not {"a restart"} & set(mishaps):
                lid = 40 * 60 * mishaps.count("a closed lid")
                assert form.left_after_s == 4 * 2 * 60 + lid, "whatever the wall clock said"
            share.share(desk, place / "ana.walk")
            adds_up(desk)
        with desk_at(place / "lead.walkdb") as lead:
            collect.collect(lead, [place / "ana.walk"])
            assert texts(lead) == sorted(one.text for one in found)
            adds_up(lead)


QUICK = ("a closed lid", "into 2080")


@pytest.mark.parametrize(
    "mishap",
    [pytest.param(one, marks=[] if one in QUICK else pytest.mark.deep) for one in MISHAPS],
)
async def test_a_visit_that_is_open_while_it_happens_keeps_its_line_and_its_time(
    tmp_path: Path, mishap: str
) -> None:
    clock = FixedClock()
    with desk_at(tmp_path / "own.walkdb", clock) as desk:
        begin_small(desk)
        async with open_at(desk, "visit", at=the_visit(desk, "V1").id) as seen:
            await seen.paste("S1 points")
            clock.advance(minutes=3)
            MISHAPS[mishap](clock)
            shown = await seen.keys("space", "t", "o")
            assert "S1 points to" in shown
            await seen.keys("enter")
        assert texts(desk) == ["S1 points to"]
        form = visit.under_way(desk)
        assert form is not None
        passed = {"a closed lid": 43, "a restart": 5}.get(mishap, 3)
        assert visit.timer(desk, form).elapsed_s(clock.now()) == passed * 60


def test_a_day_with_a_clock_far_back_keeps_its_backup(tmp_path: Path) -> None:
    """Its battery is empty: the laptop begins in 2015, with a row of later backups beside."""
    path, clock = tmp_path / "own.walkdb", FixedClock()
    with desk_at(path, clock) as desk:
        begin_small(desk)
        for _ in range(backup.MOST + 1):
            backups.daily(path, clock)
            clock.advance(minutes=24 * 60)
        clock.set_wall(datetime(2015, 1, 1, tzinfo=UTC))
        write_form(desk, "V1", "S1 points to line 4")
        assert backups.daily(path, clock) == ""
        oldest = backup.kept(path)[-1]
        assert oldest.path.name.startswith("2015-01-01"), "the work of this day is backed up"
        backup.check(oldest.path)
