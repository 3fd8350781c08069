"""A plan held on another day, a day begun anew, and how late another team says it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import walk
from tests.desks import begin_small, desk_at
from tests.routine.board_plans import MORNING, plan
from walk.clock import FixedClock
from walk.errors import Refused
from walk.routine.desk import Desk
from walk.routine.home import home
from walk.routine.planning import prepare, roster
from walk.routine.timekeeping import board, board_next, correction, next_visit
from walk.routine.timekeeping.board_day import load

EARLY = MORNING - timedelta(days=2)
"""A rehearsal two days before, at the same time of day."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb", clock) as made:
        begin_small(made, 5)
        plan(made)
        yield made


def _to(desk: Desk, phase: str, team: str = "A") -> None:
    while board.view(desk, team).phase != phase:
        board.next_phase(desk, team)


def _in_team(desk: Desk, team: str) -> None:
    """The one who is writing joins a team."""
    me = next(one for one in desk.walkers() if one.id == desk.me)
    desk.save("prepare", "team", me.changed(team=team))


# Another day


@pytest.mark.parametrize("days", [-2, -1, 1, 40])
def test_before_the_start_on_another_day_the_date_is_said(
    desk: Desk, clock: FixedClock, days: int
) -> None:
    clock.set_wall(MORNING + timedelta(days=days, minutes=30))
    shown = board.view(desk)
    assert (shown.word, shown.digits, shown.day) == ("BEFORE", "08:50", "Tue 14 Oct, 08:50")
    assert (shown.guard, shown.behind_min, shown.not_fitting) == ("", 0, ())
    assert shown.lines == ("Team A as planned → V1", "Team B as planned → V3")
    assert "next" in shown.can


def test_on_the_planned_day_no_date_is_needed(desk: Desk, clock: FixedClock) -> None:
    assert board.view(desk).day == ""
    clock.set_wall(MORNING.replace(hour=0, minute=1))
    assert board.view(desk).day == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "held on 12 Oct"), (1, "held on 15 Oct"), (7, "held on 21 Oct"), (80, "held on 2 Jan")],
)
def test_a_walk_begun_on_another_day_is_read_as_of_that_day(
    desk: Desk, clock: FixedClock, days: int, words: str
) -> None:
    clock.set_wall(MORNING + timedelta(days=days))
    board.next_phase(desk)
    shown = board.view(desk)
    assert shown.as_of == f"plan of 14 Oct, {words}"
    assert (shown.behind_min, shown.ends, shown.planned_ends) == (0, "11:14", "11:14")
    assert (shown.then[0], shown.day) == (("enter V1", "09:05"), "")
    clock.advance(minutes=19)
    board.next_phase(desk)
    shown = board.view(desk)
    assert (shown.behind_min, shown.ends) == (4, "11:18")
    assert shown.lines[1] == "Team B as planned V3 → V4"
    clock.advance(minutes=12)
    _to(desk, "move")
    assert board.view(desk).log == ("V1 09:09–09:21, planned 09:05–09:17",)


def test_windows_and_bells_move_with_the_plan(desk: Desk, clock: FixedClock) -> None:
    plan(desk, windows={"V1": (10, 35)}, bells=((62, 70),))
    clock.set_wall(EARLY + timedelta(minutes=12))
    board.next_phase(desk)
    assert board.view(desk).not_fitting == ("V1 does not fit any more: it is open until 09:25",)
    stops = load(desk).courses["A"].stops
    bell = [int((EARLY + timedelta(minutes=n)).timestamp()) * 1000 for n in (62, 70)]
    assert all(one.leave <= bell[0] or bell[1] <= one.enter for one in stops)
    assert all(one.enter >= int(EARLY.timestamp()) * 1000 for one in stops)


def test_up_to_half_a_day_is_late_and_more_is_another_day(desk: Desk, clock: FixedClock) -> None:
    clock.set_wall(MORNING + timedelta(hours=12))
    board.next_phase(desk)
    assert board.view(desk).behind_min == 12 * 60
    desk.undo("board")
    clock.set_wall(MORNING + timedelta(hours=12, minutes=1))
    board.next_phase(desk)
    assert board.view(desk).as_of == "plan of 14 Oct, held on 15 Oct"
    assert board.view(desk).behind_min == 0, "it waits until 09:05 of the next day"


def test_local_times_are_kept_across_a_change_to_winter_time(desk: Desk, clock: FixedClock) -> None:
    desk.save("prepare", "zone", desk.walk.changed(zone="America/Chicago"))
    assert board.view(desk).digits == "03:50"
    clock.set_wall(datetime(2025, 11, 4, 9, 50, tzinfo=UTC))  # 03:50 in Chicago again
    board.next_phase(desk)
    shown = board.view(desk)
    assert (shown.behind_min, shown.then[0]) == (0, ("enter V1", "04:05"))
    assert shown.as_of == "plan of 14 Oct, held on 4 Nov"


def test_midnight_is_no_other_day(desk: Desk, clock: FixedClock) -> None:
    clock.set_wall(MORNING + timedelta(hours=-9))  # 23:50 of the day before
    assert board.view(desk).day == "Tue 14 Oct, 08:50"
    board.next_phase(desk)
    clock.advance(minutes=30)
    assert board.view(desk).as_of == "plan as of 13 Oct 16:50"


def test_a_walk_that_is_looked_at_the_next_day_was_still_held_as_planned(
    desk: Desk, clock: FixedClock
) -> None:
    board.next_phase(desk)
    clock.sleep(30 * 3600)
    assert board.view(desk).as_of == "plan as of 13 Oct 16:50"


def test_a_clock_that_was_wrong_at_the_start_moves_nothing(desk: Desk, clock: FixedClock) -> None:
    clock.set_wall(MORNING - timedelta(days=900))
    board.next_phase(desk)
    clock.advance(minutes=3)
    clock.set_wall(MORNING + timedelta(minutes=3))
    assert board.view(desk).as_of == "plan as of 13 Oct 16:50"
    assert board.view(desk).behind_min == 0


def test_undo_of_the_first_press_brings_the_planned_day_back(desk: Desk, clock: FixedClock) -> None:
    clock.set_wall(EARLY)
    before = board.view(desk)
    board.next_phase(desk)
    desk.undo("board")
    assert board.view(desk) == before


def test_home_follows_the_day_on_which_it_is_held(desk: Desk, clock: FixedClock) -> None:
    _in_team(desk, "A")
    clock.set_wall(EARLY)
    first = next_visit.next_visit(desk)
    assert first is not None
    assert first.words == "starts 09:05 on Tue 14 Oct, in person"
    board.next_phase(desk)
    held = next_visit.next_visit(desk)
    assert held is not None
    assert held.words == "starts 09:05 (in 15 min), in person"
    seen = next_visit.next_visit(desk, ["V1", "V2"])
    assert seen is not None
    assert (seen.code, seen.words[:12]) == ("V3", "starts 09:47")


def test_home_after_the_planned_day_names_the_date(desk: Desk, clock: FixedClock) -> None:
    _in_team(desk, "A")
    clock.set_wall(MORNING + timedelta(days=3))
    after = home.overview(desk).next
    assert after is not None
    assert "planned for 09:05 on Tue 14 Oct" in after.words


# Corrected here


def test_what_is_corrected_here_is_said_on_the_own_board(desk: Desk) -> None:
    _in_team(desk, "A")
    assert board.view(desk, "A").corrected == ""
    correction.shift(desk, 5)
    correction.go_to(desk, "V4")
    assert board.view(desk, "A").corrected == "corrected here: 5 min later, next V4"
    assert board.view(desk, "B").corrected == ""


# Begun anew


def test_a_rehearsal_is_put_away_by_one_act(desk: Desk, clock: FixedClock) -> None:
    clock.set_wall(EARLY)
    fresh = board.view(desk)
    assert "anew" not in fresh.can
    _to(desk, "visit")
    board.skip(desk, "V3", "late")
    board.told_late(desk, "B", 4)
    rehearsed = board.view(desk)
    shown = board.preview(desk, "A", "begin_anew")
    assert (shown.words, shown.ends) == ("begin anew, 4 entries put away", "11:14")
    board.begin_anew(desk)
    assert board.view(desk) == fresh
    with pytest.raises(Refused, match="Nothing was entered"):
        board.begin_anew(desk)
    clock.set_wall(MORNING)
    board.next_phase(desk)
    assert board.view(desk).as_of == "plan as of 13 Oct 16:50"
    desk.undo("board")
    desk.undo("board")
    clock.set_wall(EARLY)
    assert board.view(desk) == rehearsed


def test_beginning_anew_leaves_the_other_boards_of_the_laptop(
    desk: Desk, clock: FixedClock
) -> None:
    plan(desk, windows={"V1": (0, 100)})
    clock.set_wall(EARLY)
    _to(desk, "visit", "B")
    board.next_phase(desk, "A")
    other = board.view(desk, "B")
    shown = board.preview(desk, "A", "begin_anew")
    board.begin_anew(desk, "A")
    now = board.view(desk, "A")
    assert (now.phase, now.ends, now.behind_min) == ("before", shown.ends, 0)
    assert now.not_fitting == shown.not_fitting == ()
    assert now.as_of == "plan of 14 Oct, held on 12 Oct", "the other team still goes by it"
    assert board.view(desk, "B").phase == other.phase
    assert load(desk).days["B"].at == "V3"


def test_what_was_told_in_a_rehearsal_is_put_away_with_it(desk: Desk) -> None:
    before = load(desk).days["B"]
    board.told(desk, "B", board.ways_out(desk, "A", "B")[0].id)
    assert load(desk).days["B"].rest != before.rest
    board.begin_anew(desk)
    assert load(desk).days["B"] == before


def test_what_a_teacher_took_back_stays_taken_back(desk: Desk) -> None:
    board.next_phase(desk)
    board.withdraw(desk, "V2")
    board.begin_anew(desk)
    assert "V2" not in load(desk).days["A"].rest
    assert [one.code for one in prepare.visits(desk) if one.withdrawn] == ["V2"]


@pytest.mark.parametrize("phase", ["orientation", "move", "over"])
def test_a_rehearsal_that_was_left_is_spoken_of_on_the_day(
    desk: Desk, clock: FixedClock, phase: str
) -> None:
    clock.set_wall(EARLY)
    _to(desk, phase)
    assert "begins anew" not in board.view(desk).guard
    clock.sleep(48 * 3600)
    assert board.view(desk).guard == "This clock was started on Sun 12 Oct. n begins anew"
    board.begin_anew(desk)
    assert board.view(desk).guard == ""


def test_a_walk_that_is_over_is_not_spoken_of(desk: Desk, clock: FixedClock) -> None:
    _to(desk, "over")
    clock.sleep(48 * 3600)
    assert board.view(desk).guard == ""


def test_stops_of_a_rehearsal_do_not_feed_the_next_plan(desk: Desk, clock: FixedClock) -> None:
    board.next_phase(desk)
    board.next_phase(desk)
    clock.advance(minutes=30)
    board.end_early(desk)
    assert board.over_by(desk) == 18
    board.begin_anew(desk)
    assert board.over_by(desk) == 0


# How late another team says it is


def _inside(desk: Desk, clock: FixedClock, minutes: int) -> None:
    """Team A is on time, in its first room or after, so many minutes after the start."""
    board.next_phase(desk)
    clock.advance(minutes=15)
    board.next_phase(desk)
    clock.advance(minutes=minutes - 15)


def test_a_late_team_is_awaited_in_its_room(desk: Desk, clock: FixedClock) -> None:
    plan(desk, "AB", visits=2, slots=2)  # A: V1 V2, B: V2 V1
    _inside(desk, clock, 20)
    assert load(desk).courses["A"].stops[0].enter == _ms(15 + 21)
    board.told_late(desk, "B", 5)  # in V2 since now
    shown = board.view(desk)
    assert shown.lines[1] == "Team B as told, 5 min late V2 → V1"
    assert load(desk).courses["B"].stops[0].leave == _ms(15 + 5 + 12)
    assert load(desk).courses["A"].stops[0].enter == _ms(15 + 21), "it has left by then"
    board.told_late(desk, "B", 0)
    assert board.view(desk).lines[1] == "Team B as told V2 → V1"


def test_a_team_whose_room_another_entered_goes_on_from_now(desk: Desk, clock: FixedClock) -> None:
    _in_team(desk, "A")
    _inside(desk, clock, 20)  # Team A is in V1, and nobody presses for it any more
    board.swap(desk, "V3", "V1", team="B")
    board.next_phase(desk, "B")
    board.next_phase(desk, "B")  # in V1: Team A has left it, and by the plan is in V2 at 09:26
    assert load(desk).courses["A"].leaves == _ms(20)
    clock.advance(minutes=45)
    assert load(desk).courses["A"].stops[0].enter == _ms(65), "it did not press for V2 so far"
    coming = board_next.next_of(desk, load(desk))
    assert coming is not None
    assert (coming.visit, coming.in_min) == ("V2", 0)


def test_a_room_that_a_late_team_still_holds_is_waited_for(desk: Desk, clock: FixedClock) -> None:
    plan(desk, "AB", visits=2, slots=2)
    _inside(desk, clock, 27)
    board.next_phase(desk)
    clock.advance(minutes=1)
    assert load(desk).courses["A"].stops[0].enter == _ms(15 + 21)
    board.told_late(desk, "B", 12)  # in V2 since a minute ago
    assert load(desk).courses["A"].stops[0].enter == _ms(15 + 12 + 12)
    assert board.view(desk).sayings == (), "it is this team that waits"


def test_a_late_team_that_would_meet_this_one_is_told_to_wait(
    desk: Desk, clock: FixedClock
) -> None:
    """B is not yet in its first room when this team is due there."""
    plan(desk, "AB", visits=3, slots=3)  # A: V1 V2 V3, B: V2 V3 V1
    _inside(desk, clock, 17)
    shown = board.preview(desk, "A", "told_late", other="B", minutes=13)
    assert shown.sayings == ("Team B: V2 is taken from 09:26 until 09:38, please wait",)
    board.told_late(desk, "B", 13)
    assert board.view(desk).sayings == shown.sayings
    assert board.view(desk).ends == shown.ends
    assert load(desk).courses["A"].stops[0].enter == _ms(15 + 21), "on time goes first"


def test_a_team_whose_clock_runs_here_is_not_said_to_be_late(desk: Desk) -> None:
    assert board.told_late_min(desk, "B") == 0
    board.next_phase(desk, "B")
    assert board.told_late_min(desk, "B") is None
    with pytest.raises(Refused, match="runs here"):
        board.told_late(desk, "B", 3)
    with pytest.raises(Refused, match="no such team"):
        board.told_late(desk, "A", 3, team="A")


def test_a_walk_in_one_team_has_nobody_else_to_be_late(tmp_path: Path) -> None:
    with desk_at(tmp_path / "two.walkdb", FixedClock(MORNING)) as desk:
        begin_small(desk, 3)
        assert board.told_late_min(desk, "B") is None
        assert roster.ONE_TEAM in board.teams(desk)


def _ms(minutes: int) -> int:
    return int((MORNING + timedelta(minutes=minutes)).timestamp()) * 1000


def test_of_two_boards_that_were_told_the_later_word_holds(desk: Desk, clock: FixedClock) -> None:
    begin_small(desk, 6)
    plan(desk, "ABC", visits=6, slots=3)
    board.told_late(desk, "C", 8, team="B")
    clock.advance(minutes=2)
    board.told_late(desk, "C", 3, team="A")
    assert load(desk).days["C"].late_min == 3
    clock.advance(minutes=2)
    board.told_late(desk, "C", 8, team="B")
    assert load(desk).days["C"].late_min == 8


def test_dates_are_written_by_us_and_not_by_the_locale() -> None:
    """Names of days and months follow the machine's language where Python is asked for them."""
    package = Path(walk.__file__).parent
    asked = re.compile(r"""[{"'][^{}"']*%[aAbBcpxX]\b[^"']*["']""")
    found = [
        f"{path.name}: {line.strip()}"
        for folder in ("phases", "rotation", "routine", "screens", "widgets")
        for path in sorted((package / folder).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if asked.search(line)
    ]
    assert found == []
    assert (package / "routine" / "timekeeping" / "board.py").is_file(), "it is looked at"
    assert asked.search('f"{made.day} {made:%b %H:%M}"')
