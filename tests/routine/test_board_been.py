"""A board without a rotation, opened when somebody has been in a room: it goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.timekeeping import board
from walk.routine.visiting import paper, visit


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "x.walkdb") as desk:
        begin_small(desk)
        yield desk


def test_a_visit_that_was_left_does_not_come_again(desk: Desk) -> None:
    write_form(desk, "V1", "pens down")
    assert board.coming(desk) == ("V2", "V3")
    assert board.next_phase(desk) == "V2 entered"
    assert board.view(desk).lines == ("V2 → V3",)


def test_the_room_that_one_is_in_still_comes_first(desk: Desk) -> None:
    visit.enter(desk, the_visit(desk, "V1"))
    assert board.next_phase(desk) == "V1 entered"


def test_what_is_left_while_the_board_goes_stays_where_it_is(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    board.next_phase(desk)
    desk.clock.advance(minutes=1)
    write_form(desk, "V1", "pens down")
    write_form(desk, "V2", "pens up", minutes=3)
    assert board.view(desk).visit == "V1"
    assert board.coming(desk) == ("V2", "V3")


def test_times_typed_up_from_paper_take_nothing_out_of_a_day(desk: Desk) -> None:
    board.next_phase(desk)
    form = visit.enter(desk, the_visit(desk, "V1"))
    paper.give_times(desk, form, "8:40", "8:50")
    assert board.view(desk).visit == "V1"
    assert board.view(desk).phase == "visit"


def test_a_room_can_be_put_in_again(desk: Desk) -> None:
    write_form(desk, "V1", "pens down")
    board.insert(desk, "V1")
    assert "V1" in board.coming(desk)


def test_another_teams_visit_still_comes(desk: Desk) -> None:
    me = desk.me
    other = prepare.add_walker(desk, "Ben")
    desk.save("prepare", "teams", other.changed(team="B"))
    desk.write_as(other.id)
    write_form(desk, "V1", "pens down")
    desk.write_as(me)
    assert board.coming(desk) == ("V1", "V2", "V3")
