"""Home without a screen, with a rotation, a board and several laptops."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.routine import at_home
from tests.routine.at_home import also, stages, what_next
from walk.clock import FixedClock
from walk.model import Walker
from walk.routine.desk import Desk
from walk.routine.exchanging import share
from walk.routine.exchanging.collect import collect
from walk.routine.exchanging.join import join
from walk.routine.home.home import overview
from walk.routine.planning import prepare, rooms, rotation, times
from walk.routine.settling import receipts
from walk.routine.timekeeping import board, correction
from walk.routine.waiting import Action

desk = at_home.desk
clock = at_home.clock


def offered(desk: Desk) -> list[str]:
    """The screens that Home offers, the obvious one first."""
    view = overview(desk)
    return [one.screen for one in (view.next, *view.also) if one]


def two_teams(desk: Desk, visits: int = 4) -> None:
    """A walk that starts at nine, on Team A the one who writes, on Team B Ben; made."""
    begin_small(desk, visits=visits)
    (me,) = desk.walkers()
    ben = Walker(id=desk.new_id(), walk=desk.walk_id, label="Ben", team="B")
    desk.save("prepare", "teams", me.changed(team="A"), ben)
    times.set_start(desk, "09:00")
    rotation.make(desk)


def way_of(desk: Desk, team: str) -> list[str]:
    made = rotation.current(desk)
    assert made is not None
    return [one.visit for one in made.stops if one.team == team]


def test_the_rotation_of_the_own_team_says_where_and_when(desk: Desk, clock: FixedClock) -> None:
    two_teams(desk)
    mine, others = way_of(desk, "A"), way_of(desk, "B")
    words = f"Next: visit {mine[0]}, starts 09:15 (in 15 min), in person"
    assert what_next(desk) == ("visit", mine[0], words)
    assert overview(desk).timed
    clock.advance(minutes=17)
    assert what_next(desk)[2].endswith("planned for 09:15 (2 min ago), in person")
    write_form(desk, mine[0], "14 of 22 wrote", minutes=10)
    words = f"Continue: visit {mine[1]}, starts 09:36 (in 9 min), in person"
    assert words in (overview(desk).next.words, *also(desk))  # type: ignore[union-attr]
    desk.write_as(next(one.id for one in desk.walkers() if one.label == "Ben"))
    assert what_next(desk)[1] == others[1]


def test_a_stop_that_was_put_off_here_is_not_passed_over_at_its_planned_end(
    desk: Desk, clock: FixedClock
) -> None:
    two_teams(desk)
    mine = way_of(desk, "A")
    correction.shift(desk, 15)
    clock.advance(minutes=30)
    word = correction.WORD
    assert f"visit {mine[0]}, starts 09:30 (in 0 min), in person · {word}" in what_next(desk)[2]
    clock.advance(minutes=12)
    assert f"visit {mine[1]}, starts 09:51 (in 9 min)" in what_next(desk)[2]


def test_a_small_walk_without_a_rotation_stays_quiet(desk: Desk) -> None:
    begin_small(desk)
    assert what_next(desk) == ("visit", "V1", "Next: visit V1, in person")
    boards = [place for place, one in enumerate(also(desk)) if one.startswith("Board")]
    assert boards == [len(also(desk)) - 2], "behind all but Prepare, and there for who needs it"
    assert not overview(desk).timed


def test_several_walkers_without_a_rotation_find_the_board(desk: Desk) -> None:
    begin_small(desk)
    prepare.add_walker(desk, "Ben")
    assert "Board: keep time for your team" in also(desk)


def test_the_board_is_offered_while_visits_are_open(desk: Desk) -> None:
    two_teams(desk, visits=2)
    assert "Board: keep time for your team" in also(desk)
    for code in ("V1", "V2"):
        write_form(desk, code, "5 of 7 pairs")
    assert "Board: keep time for your team" not in also(desk)


def test_a_walk_that_runs_late_without_a_board_still_says_what_comes_next(
    desk: Desk, clock: FixedClock
) -> None:
    two_teams(desk)
    clock.advance(minutes=5 * 60)
    first = way_of(desk, "A")[0]
    assert what_next(desk)[2] == f"Next: visit {first}, planned for 09:15, in person"
    clock.advance(minutes=24 * 60)
    assert what_next(desk)[1] == first


def test_days_ahead_the_date_is_said(desk: Desk) -> None:
    two_teams(desk)
    prepare.describe_walk(desk, host_school="", date="2025-10-20", keep_until="2025-12-13")
    rotation.make(desk)
    assert "starts 09:15 on Mon 20 Oct" in what_next(desk)[2]


def test_what_the_board_changed_is_followed(desk: Desk, clock: FixedClock) -> None:
    two_teams(desk)
    mine = way_of(desk, "A")
    clock.advance(minutes=3)
    board.next_phase(desk)
    board.skip(desk, mine[0])
    assert what_next(desk)[1] == mine[1]


def test_the_room_that_the_board_entered_comes_first(desk: Desk, clock: FixedClock) -> None:
    two_teams(desk)
    mine = way_of(desk, "A")
    clock.advance(minutes=25)
    board.next_phase(desk)
    board.next_phase(desk)
    clock.advance(minutes=2)
    here = f"Next: visit {mine[0]}, entered 09:25 (2 min ago), in person"
    assert what_next(desk) == ("visit", mine[0], here)
    board.next_phase(desk)
    assert what_next(desk)[1] == mine[0], "its form is still to be written"
    write_form(desk, mine[0], "14 of 22 wrote")
    assert not [one for one in (what_next(desk)[2], *also(desk)) if f"visit {mine[0]}" in one]


def test_a_team_that_moves_on_is_led_to_the_next_room(desk: Desk, clock: FixedClock) -> None:
    two_teams(desk)
    mine = way_of(desk, "A")
    clock.advance(minutes=25)
    while board.view(desk).phase != "move":
        board.next_phase(desk)
    assert what_next(desk)[1] == mine[1]


def test_whoever_is_on_no_team_is_told_as_without_a_rotation(desk: Desk) -> None:
    two_teams(desk)
    desk.write_as(prepare.add_walker(desk, "Cem").id)
    assert what_next(desk)[2] == "Next: visit V1, in person"


def test_a_recorded_segment_waits_beside_the_rotation(desk: Desk) -> None:
    two_teams(desk, visits=3)
    rooms.change_mode(desk, the_visit(desk, "V3"), "recorded")
    rotation.make(desk)
    assert "Next: visit V3, recorded" in also(desk)
    for code in way_of(desk, "A"):
        write_form(desk, code, "5 of 7 pairs")
    offered = [what_next(desk)[2], *also(desk)]
    assert "Next: visit V3, recorded" in offered
    assert not [one for one in offered if "visit V1" in one or "visit V2" in one]


def test_a_correction_made_here_is_marked(desk: Desk) -> None:
    two_teams(desk)
    correction.shift(desk, 5)
    assert what_next(desk)[2].endswith("starts 09:20 (in 20 min), in person · corrected here")
    correction.go_to(desk, "V4")
    words = "Next: visit V4, starts 09:20 (in 20 min), in person · corrected here"
    assert what_next(desk) == ("visit", "V4", words)
    prepare.withdraw_visit(desk, the_visit(desk, "V4"))
    assert what_next(desk)[1] == way_of(desk, "A")[0]


def test_a_plan_from_another_laptop_says_as_of_when(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_teams(desk)
    assert overview(desk).as_of is None
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    assert overview(desk).as_of == desk.now().local


def test_where_several_walk_the_stages_say_who_is_in(desk: Desk) -> None:
    begin_small(desk, visits=1)
    ben = prepare.add_walker(desk, "Ben").id
    write_form(desk, "V1", "14 of 22 wrote")
    assert "Collect 1/2 not yet" in stages(desk)
    desk.write_as(ben)
    write_form(desk, "V1", "5 of 7 pairs")
    assert "Collect 2/2 done" in stages(desk)
    assert offered(desk)[:2] == ["hall", "debrief"]


def test_a_walker_gives_their_notes_once_all_their_visits_are_done(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    begin_small(desk, visits=2)
    prepare.add_walker(desk, "Ben")
    share.share(desk, tmp_path / "plan.walk", plan_only=True)
    with desk_at(tmp_path / "bens.walkdb", clock) as bens:
        join(bens, tmp_path / "plan.walk", "Ben")
        write_form(bens, "V1", "14 of 22 wrote")
        assert offered(bens)[:2] == ["hall", "visit"]
        write_form(bens, "V2", "5 of 7 pairs")
        assert offered(bens)[:3] == ["hall", "share", "collect"]
        share.share(bens, tmp_path / "ben.walk")
        assert offered(bens)[:2] == ["hall", "collect"]
        clock.advance(minutes=1)
        rooms.add(bens, 1)
        write_form(bens, "V3", "a late one")
        assert offered(bens)[:2] == ["hall", "share"]
    assert "share" not in offered(desk)


def test_what_is_told_in_two_ways_waits_to_be_settled(desk: Desk, tmp_path: Path) -> None:
    begin_small(desk, visits=1)
    share.share(desk, tmp_path / "plan.walk", plan_only=True)
    with desk_at(tmp_path / "bens.walkdb") as bens:
        join(bens, tmp_path / "plan.walk", "Ben")
        rooms.change_mode(bens, the_visit(bens, "V1"), "recorded")
        share.share(bens, tmp_path / "ben.walk")
    rooms.change_mode(desk, the_visit(desk, "V1"), "virtual_live")
    collect(desk, [tmp_path / "ben.walk"])
    assert [one.words for one in overview(desk).waits] == ["1 conflict to settle"]


def test_a_collect_that_was_cut_off_is_told_and_leads_to_its_receipt(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_small(desk, visits=1)
    share.share(desk, tmp_path / "plan.walk", plan_only=True)
    with desk_at(tmp_path / "bens.walkdb") as bens:
        join(bens, tmp_path / "plan.walk", "Ben")
        share.share(bens, tmp_path / "ben.walk")
        assert overview(bens).waits == (), "a plan that was joined is no collect"
    with monkeypatch.context() as patch:
        patch.setattr(receipts, "keep", lambda *_: None)
        collect(desk, [tmp_path / "ben.walk"])
    assert overview(desk).waits == (
        Action(
            "receipts",
            "",
            "The last collect was cut off or still goes on: 1 pack of it came in whole",
        ),
    )
    collect(desk, [tmp_path / "ben.walk"])
    assert overview(desk).waits == ()


def test_a_laptop_that_collected_without_joining_asks_who_writes_on_it(
    desk: Desk, tmp_path: Path
) -> None:
    begin_small(desk, visits=1)
    prepare.add_walker(desk, "Ben")
    share.share(desk, tmp_path / "all.walk")
    with desk_at(tmp_path / "bens.walkdb") as bens:
        collect(bens, [tmp_path / "all.walk"])
        assert offered(bens)[:2] == ["who", "visit"]
        bens.become(next(one.id for one in bens.walkers() if one.label == "Ben"))
        assert "who" not in offered(bens)
