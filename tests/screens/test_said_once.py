"""What long labels and odd ones look like, and dates shown as examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from tests.routine.past import a_walk, three
from tests.screens.table import open_at
from walk.model import TeacherNote
from walk.routine.desk import Desk
from walk.routine.planning import prepare, roster
from walk.screens.following.steps_form import weekday
from walk.screens.planning.ready_rows import quiet_asks
from walk.screens.reporting.teacher_note_rows import TALK, fields_of

LONG = "The Comprehensive Lower and Upper Secondary School of the Two Rivers by the Old Mill"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "own.walkdb") as found:
        yield found


async def test_a_long_school_leaves_the_key_behind_it_in_view(desk: Desk) -> None:
    three(desk)
    begin_small(desk)
    prepare.describe_walk(desk, host_school=LONG, date="2025-10-14", keep_until="2025-12-14")
    async with open_at(desk, "history") as seen:
        (head,) = [row for row in seen.sees().splitlines() if "Host school:" in row]
        assert head.startswith(" Host school: The Comprehensive Lower")
        assert head.endswith("… · o: another")


async def test_a_step_ends_before_what_came_of_it_is_said(desk: Desk) -> None:
    a_walk(desk, "2025-09-01", "Lincoln", steps=[{"what": "Plan together.", "status": "done"}])
    async with open_at(desk, "history") as seen:
        assert "Plan together (" in seen.sees()


async def test_a_team_whose_label_says_team_is_called_so_once(desk: Desk) -> None:
    begin_small(desk)
    roster.change(desk, desk.walkers()[0], team="Team Red")
    async with open_at(desk, "roster") as seen:
        assert "Team Red · 1 walker" in seen.sees()
        assert "Team Team" not in seen.sees()


async def test_a_long_label_leaves_the_checklist_one_row_for_its_head(desk: Desk) -> None:
    begin_small(desk)
    prepare.give_label(desk, desk.walkers()[0], "L" * 60)
    async with open_at(desk, "checklist", at=the_visit(desk, "V1").id) as seen:
        (head,) = [row for row in seen.sees().splitlines() if "Before the stop" in row]
        assert head.endswith("…: 3 open, which stops nothing")


def test_a_date_is_shown_as_it_would_be_typed_now(desk: Desk) -> None:
    now = date(2031, 3, 20)
    assert weekday("soon", now) == ((False, "date", "a date is written like 2031-04-03"),)
    assert quiet_asks(None, now)[0].hint == "such as 2031-04-03"
    _, _, asks = fields_of(desk, TeacherNote(id="", walk="", visit=""), TALK)
    assert asks[0].hint == f"like {desk.today().isoformat()}; may stay empty"
