"""A form that is begun after the board had the room entered counts from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from walk.clock import FixedClock
from walk.model import Form
from walk.routine.desk import Desk
from walk.routine.timekeeping import board, next_visit
from walk.routine.visiting import visit


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "x.walkdb") as desk:
        begin_small(desk)
        yield desk


def wait(desk: Desk, minutes: int) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(minutes=minutes)


def enter(desk: Desk, code: str = "V1") -> Form:
    room = the_visit(desk, code)
    return visit.enter(desk, room, next_visit.inside_s(desk, room))


def seconds(desk: Desk, form: Form) -> int:
    return visit.timer(desk, form).elapsed_s(desk.now())


def test_the_form_counts_from_when_the_board_had_the_room_entered(desk: Desk) -> None:
    assert board.next_phase(desk) == "V1 entered"
    wait(desk, 3)
    form = enter(desk)
    assert seconds(desk, form) == 180
    wait(desk, 2)
    assert seconds(desk, form) == 300
    assert next_visit.inside_s(desk, the_visit(desk, "V1")) == 0, "it is entered"
    left = visit.leave(desk, form)
    assert (left.left_after_s, visit.left_at(left)) == (300, desk.now().wall_ms)


def test_entering_first_and_the_board_after_changes_nothing(desk: Desk) -> None:
    form = enter(desk)
    wait(desk, 3)
    board.next_phase(desk)
    assert seconds(desk, form) == 180


def test_another_room_and_the_write_behind_it_count_from_nothing(desk: Desk) -> None:
    board.next_phase(desk)
    wait(desk, 3)
    assert next_visit.inside_s(desk, the_visit(desk, "V2")) == 0
    board.next_phase(desk)
    assert board.view(desk).phase == "write"
    assert next_visit.inside_s(desk, the_visit(desk, "V1")) == 0


def test_a_board_that_was_left_running_counts_for_nothing(desk: Desk) -> None:
    board.next_phase(desk)
    wait(desk, 61)
    assert next_visit.inside_s(desk, the_visit(desk, "V1")) == 0


def test_where_entering_is_undone_it_counts_from_now(desk: Desk) -> None:
    board.next_phase(desk)
    wait(desk, 3)
    enter(desk)
    desk.undo(visit.STAGE)
    assert seconds(desk, visit.enter(desk, the_visit(desk, "V1"))) == 0
