"""The board in lines: a team's clock, what is entered, and what is said aloud."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from tests.plain.talks import minutes, talk
from tests.routine.board_plans import MORNING, plan
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.timekeeping import board


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two teams through four visits, at the minute at which orientation begins."""
    clock = FixedClock(MORNING)
    with desk_at(tmp_path / "board.walkdb", clock) as desk:
        begin_small(desk, 4)
        plan(desk)
        board.choose_team(desk, "A")
        yield desk


def test_the_clock_is_started_told_held_and_goes_on(desk: Desk) -> None:
    said = talk(
        desk,
        "board",
        "next",
        minutes(desk, 15),
        "next",
        minutes(desk, 4),
        "",
        "hold",
        "hold",
        "next",
        "stops",
        "home",
    )
    assert "Time left: 8 min." in said.after("")
    assert "Team B as planned V3, then V4." in said.after("")
    assert "The clock is held" not in said.after("hold")
    assert board.view(desk, "A").phase == "write"


def test_what_moves_the_end_says_the_new_end_first_and_no_leaves_it(desk: Desk) -> None:
    start = ("next", minutes(desk, 15), "next")
    said = talk(
        desk, "board", *start, "longer 3", "no", "longer 3", "yes", "undo", "longer x", "longer 2"
    )
    assert "3 min more for visit? Ends 11:17, planned 11:14. yes or no: no" in said.text
    assert "Nothing changed." in said.text
    assert "Undone: 3 min more for visit." in said.text
    assert "Minutes are a whole number" in said.after("longer x")
    assert board.view(desk, "A").digits == "12"


def test_a_swap_says_aloud_what_another_team_has_to_do(desk: Desk) -> None:
    said = talk(desk, "board", "swap V1 V3", "yes", "swap V1")
    assert "It would be said aloud: Team B: V3 is taken at 09:05, go to V1" in said.text
    assert "Say aloud: Team B: V3 is taken" in said.after("yes")
    assert "Coming visits: V3, V2, V1, V4." in said.after("swap V1")
    assert board.coming(desk, "A")[0] == "V3"


def test_what_another_team_says_is_entered(desk: Desk) -> None:
    said = talk(
        desk, "board", "late B 5", "yes", "told B", "3", "late C 5", "late 0", "yes", "team B", ""
    )
    assert "Team B 5 min late? Ends 11:19, planned 11:14. yes or no: yes" in said.text
    assert "is not open any more, ends" in said.after("told B")
    assert "Say which team." in said.after("late C 5")
    assert "This is the board of Team B." in said.text
    assert board.told_late_min(desk, "B") is not None
    assert len(board.coming(desk, "B")) == 3


def test_a_visit_is_skipped_withdrawn_and_put_in_again(desk: Desk) -> None:
    said = talk(
        desk,
        "board",
        "skip bell",
        "yes",
        "skip because",
        "insert",
        "insert V1",
        "yes",
        "withdraw V2",
        "yes",
        "withdraw",
    )
    assert "That is no reason that is kept." in said.after("skip because")
    assert "V2" not in board.coming(desk, "A")
    assert "Coming visits:" in said.after("withdraw")


def test_making_up_time_offers_ways_each_with_its_end(desk: Desk) -> None:
    said = talk(
        desk,
        "board",
        "makeup",
        "next",
        minutes(desk, 30),
        "makeup",
        "1",
        "end",
        "yes",
        "anew",
        "yes",
    )
    assert "Nothing to make up: the plan holds." in said.after("makeup")
    assert "Make up time, number: 1" in said.text
    assert board.view(desk, "A").phase == "before"


def test_one_team_alone_is_told_once_where_it_is(tmp_path: Path) -> None:
    with desk_at(tmp_path / "alone.walkdb", FixedClock(MORNING)) as desk:
        begin_small(desk, 2)
        said = talk(desk, "board", "", "next", "")
    assert said.lines.count("Board, before: ") == 1
    assert "→" not in said.text
    told = said.after("").split("\n")
    assert any(line.startswith("Then: ") for line in told)
    assert all(line[:1].isupper() for line in told)


def test_no_key_of_the_full_screen_is_named(desk: Desk) -> None:
    said = talk(desk, minutes(desk, 10), "board", "", "?", "shorter", "undo", "end", "yes", "end")
    assert "Nobody has started the clock" in said.text
    for key in ("Space", "b says", "b then says", "▲", "Esc"):
        assert key not in said.text


def test_a_team_whose_label_says_team_is_called_so_once_and_is_found(tmp_path: Path) -> None:
    with desk_at(tmp_path / "red.walkdb", FixedClock(MORNING)) as desk:
        begin_small(desk, 4)
        plan(desk, teams=["Team Red", "B"])
        board.choose_team(desk, "B")
        said = talk(desk, "board", "late team red 5", "yes", "team Team Red", "team b", "")
    assert "Team Red 5 min late?" in said.text
    assert "This is the board of Team Red." in said.text
    assert "This is the board of Team B." in said.text
    assert "Team Team" not in said.text
