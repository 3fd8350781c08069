"""The board on a laptop: whatever is entered, whenever, on one board or on two."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.desks import begin_small, desk_at, the_visit
from tests.routine.board_plans import MORNING, STARTS, M, plan
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import (
    StopLog,
    stop_log_id,
)
from walk.routine.desk import Desk
from walk.routine.planning import prepare, rooms
from walk.routine.timekeeping import board, board_acts, board_next, next_visit
from walk.routine.timekeeping.board_day import load


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


def _on_time(desk: Desk, clock: FixedClock, minutes: float, team: str = "A") -> None:
    """Press as planned until so many minutes after the start."""
    end = STARTS + minutes * M
    board.next_phase(desk, team)
    while clock.now().wall_ms < end:
        clock.advance(minutes=1)
        sit = load(desk)
        day = sit.days[team]
        wait = sit.courses[team].stops[0].enter if sit.courses[team].stops else 0
        due = day.remaining_ms(clock.now()) <= 0 and (day.at or wait <= clock.now().wall_ms)
        if due and clock.now().wall_ms <= end:
            board.next_phase(desk, team)


# What it shows


def test_before_the_start_it_shows_when_it_starts(desk: Desk) -> None:
    shown = board.view(desk)
    assert (shown.word, shown.digits, shown.stage) == ("BEFORE", "08:50", "waiting")
    assert shown.lines == ("Team A as planned → V1", "Team B as planned → V3")
    assert (shown.ends, shown.planned_ends) == ("11:14", "11:14")
    assert shown.as_of == "plan as of 13 Oct 16:50"


def test_in_a_visit_it_says_what_follows(desk: Desk, clock: FixedClock) -> None:
    _on_time(desk, clock, 40)
    shown = board.view(desk)
    assert (shown.word, shown.digits, shown.slot, shown.slots) == ("VISIT", "8", 2, 4)
    assert (shown.in_words, shown.behind_min) == ("in V2, Team A", 0)
    assert shown.then == (
        ("silent write", "09:38"),
        ("hall talk", "09:41"),
        ("move to V3", "09:45"),
    )
    assert shown.lines == ("Team A V2 → V3", "Team B as planned V4 → V1")
    assert shown.log == ("V1 09:05–09:17, planned 09:05–09:17",)


def test_started_late_is_behind_and_can_be_shortened(desk: Desk, clock: FixedClock) -> None:
    clock.advance(minutes=4)
    assert board.view(desk).guard.startswith("Nobody has started the clock: it was planned for 08")
    first = board.preview(desk, "A", "next_phase")
    assert (first.allowed, first.ends, first.planned_ends) == (True, "11:18", "11:14")
    board.next_phase(desk)
    shown = board.view(desk)
    assert (shown.behind_min, shown.ends, shown.guard) == (4, "11:18", "")
    ids = {one.id.split()[0]: one for one in board.offers(desk)}
    assert list(ids) == ["later", "pace", "drop"]
    assert ids["pace"].id == "pace 11 3 4"
    board.accept(desk, ids["pace"].id)
    assert board.view(desk).ends == "11:14"
    assert board.offers(desk) == ()


def test_started_four_minutes_ago_is_on_time(desk: Desk, clock: FixedClock) -> None:
    clock.advance(minutes=4)
    board.earlier(desk, 4)
    shown = board.view(desk)
    assert (shown.behind_min, shown.ends, shown.digits) == (0, "11:14", "11")


def test_nobody_pressed_for_the_next_room(desk: Desk, clock: FixedClock) -> None:
    board.next_phase(desk)
    clock.advance(minutes=16.5)
    assert board.view(desk).guard == ""
    clock.advance(minutes=1)
    assert "for V1. Space starts it" in board.view(desk).guard
    board.hold(desk)
    assert board.view(desk).guard == ""


def test_a_missed_start_of_another_day_says_nothing(desk: Desk, clock: FixedClock) -> None:
    clock.advance(minutes=60 * 20)
    assert board.view(desk).guard == ""


def test_the_silent_write_is_offered_for_cutting_last(desk: Desk, clock: FixedClock) -> None:
    clock.advance(minutes=60)
    board.next_phase(desk)
    paces = [one.id for one in board.offers(desk) if one.id.startswith("pace")]
    assert paces == ["pace 10 3 2", "pace 10 2 2"]


# The day's changes


def test_a_swap_brings_the_counter_swap_and_the_sentence(desk: Desk, clock: FixedClock) -> None:
    _on_time(desk, clock, 16)
    shown = board.preview(desk, "A", "swap", visit="V2", other="V4")
    assert shown.sayings == ("Team B: V4 is taken at 09:26, go to V2",)
    assert shown.ends == "11:14"
    words = board.swap(desk, "V2", "V4")
    assert words == "V2 and V4 changed places, Team B: V2 for V4"
    assert board.view(desk).sayings == shown.sayings
    assert board.view(desk).lines == ("Team A V1 → V4", "Team B as told V3 → V2")
    clock.advance(minutes=25)
    assert board.view(desk).sayings == ()


def test_what_was_said_is_one_step_on_the_other_board(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    with _copy(desk, clock, tmp_path) as other:
        board.choose_team(other, "B")
        board.swap(desk, "V2", "V4")
        said = "Team A changes V2 and V4: we go to V2, not V4"
        way = next(one for one in board.ways_out(other, "B", "A") if one.words == said)
        board.told(other, "A", way.id)
        assert load(other).courses == load(desk).courses
        assert board.view(other).sayings == (), "nobody says back what they heard"
        assert other.undo("board") == "Team A: V2 and V4 change places"
        assert board.view(other).lines[0] == "Team B as planned → V3"


@contextmanager
def _copy(desk: Desk, clock: FixedClock, folder: Path) -> Iterator[Desk]:
    """Another laptop with the same plan."""
    path = folder / "two.walkdb"
    desk.store.snapshot()
    for ending in ("", "-wal"):
        source = Path(f"{desk.store.path}{ending}")
        if source.exists():
            shutil.copy(source, f"{path}{ending}")
    with desk_at(path, clock) as other:
        yield other


def test_a_withdrawn_visit_is_withdrawn_for_everyone_and_comes_back(
    desk: Desk, clock: FixedClock
) -> None:
    _on_time(desk, clock, 16)
    board.withdraw(desk, "V2")
    assert the_visit(desk, "V2").withdrawn
    assert "V2" not in board.coming(desk, "A") + board.coming(desk, "B")
    assert board.view(desk).sayings == ("Team B: V2 is not open any more today",)
    log = desk.store.get(StopLog, stop_log_id(desk.walk_id, "A"))
    assert log is not None
    assert {one.reason for one in log.changes} == {""}
    desk.undo("board")
    assert not the_visit(desk, "V2").withdrawn
    assert "V2" in board.coming(desk, "A")
    assert "V2" in board.coming(desk, "B")


def test_a_team_that_starts_late_does_not_go_where_a_visit_was_withdrawn(
    desk: Desk, clock: FixedClock
) -> None:
    clock.advance(minutes=20)  # by the plan Team B has been in V3 since 09:05
    prepare.withdraw_visit(desk, the_visit(desk, "V3"))
    assert board.coming(desk, "B")[0] == "V3"
    shown = board.preview(desk, "B", "next_phase")
    board.next_phase(desk, "B")
    assert board.coming(desk, "B") == ("V4", "V1", "V2")
    assert board.view(desk, "B").ends == shown.ends


def test_withdrawn_on_home_is_gone_from_the_board(desk: Desk) -> None:
    prepare.withdraw_visit(desk, the_visit(desk, "V3"))
    assert board.coming(desk, "A") == ("V1", "V2", "V4")
    assert board.choices(desk, "A")[0].words == "V3 is not open any more today"


@pytest.mark.parametrize("how", ["next_phase", "earlier"])
def test_a_day_that_begins_with_a_visit_does_not_begin_in_a_withdrawn_one(
    tmp_path: Path, clock: FixedClock, how: str
) -> None:
    """The plan from which the log is read still names it."""
    with desk_at(tmp_path / "plain.walkdb", clock) as desk:
        begin_small(desk, 3)
        made = plan(desk, "A", 3, 3)
        desk.save("rotation", "no orientation", made.changed(orientation_minutes=0))
        prepare.withdraw_visit(desk, the_visit(desk, "V1"))
        clock.advance(minutes=20)
        minutes = {"minutes": 2} if how == "earlier" else {}
        shown = board.preview(desk, "A", how, **minutes)
        getattr(board, how)(desk, **minutes)
        assert load(desk).days["A"].at == "V2"
        assert board.view(desk).ends == shown.ends
        prepare.withdraw_visit(desk, the_visit(desk, "V2"))
        prepare.withdraw_visit(desk, the_visit(desk, "V3"))
        _to(desk, "debrief")
        assert [one.visit for one in load(desk).days["A"].done] == ["V2"]


def test_what_can_be_put_in_and_why_not(desk: Desk, clock: FixedClock) -> None:
    _on_time(desk, clock, 38)
    rooms.change_mode(desk, the_visit(desk, "V5"), "recorded")
    found = {one.visit: one for one in board.choices(desk)}
    assert {code: one.allowed for code, one in found.items()} == {
        "V1": False,
        "V2": False,
        "V5": False,
    }
    assert "recorded" in found["V5"].words
    rooms.change_mode(desk, the_visit(desk, "V5"), "in_person")
    assert board.insert(desk, "V5") == "V5 put in last"
    assert board.coming(desk) == ("V3", "V4", "V5")
    assert board.view(desk).ends == "11:35"
    assert board.view(desk).sayings == ("All teams: Team A goes to V5 at 10:29 too",)
    with pytest.raises(Refused, match="been seen"):
        board.insert(desk, "V1")


def test_caps_and_own_rooms_hold_for_what_is_put_in(desk: Desk) -> None:
    from walk.routine.planning import places

    walker = desk.walkers()[0]
    desk.save("prepare", "team", walker.changed(team="A", max_stops=4))
    assert "4 at most" in board.choices(desk)[0].words
    desk.save("prepare", "team", walker.changed(team="A", max_stops=0))
    assert board.choices(desk)[0].allowed
    places.set_place(desk, "V5", "Room 5", (walker.label,))
    assert board.choices(desk)[0].words == "V5 is a walker's own room"
    assert board.choices(desk, "B")[0].allowed
    rules = desk.rules.changed(stops_per_visit_at_most=1)
    desk.save("prepare", "cap", rules)
    board.insert(desk, "V5", "B")
    places.forget(desk)
    assert "1 stops already" in board.choices(desk)[0].words


def test_skipping_keeps_a_reason_about_time_and_no_other(desk: Desk, clock: FixedClock) -> None:
    _on_time(desk, clock, 16)
    board.skip(desk, reason="room in use")
    assert board.view(desk).log == ("V1 skipped: room in use",)
    with pytest.raises(Refused):
        board.skip(desk, reason="a dull lesson")  # type: ignore[arg-type]


def test_a_visit_whose_window_closes_is_named(desk: Desk, clock: FixedClock) -> None:
    plan(desk, windows={"V2": (30, 50)})
    clock.advance(minutes=4)
    board.next_phase(desk)
    assert board.view(desk).not_fitting == ("V2 does not fit any more: it is open until 09:40",)
    # The team goes on to the next one, and V2 stays named.
    _to(desk, "move")
    assert board.view(desk).visit == "V3" or board.view(desk).not_fitting == ()


def test_ending_early_says_so(desk: Desk, clock: FixedClock) -> None:
    _on_time(desk, clock, 16)
    shown = board.preview(desk, "A", "end_early")
    assert shown.ends == "09:51"
    assert shown.sayings == ("All teams: Team A is at the debrief",)
    board.end_early(desk)
    assert board.view(desk).word == "DEBRIEF"
    assert board.view(desk).log[1:] == tuple(f"V{n} not visited" for n in (2, 3, 4))


def test_a_preview_of_what_makes_no_sense_says_why(desk: Desk) -> None:
    shown = board.preview(desk, "A", "go_on")
    assert not shown.allowed
    assert shown.words == "The clock is not on hold. It runs: there is nothing to let go on."
    assert not board.preview(desk, "A", "swap", visit="V1", other="V1").allowed


# A walk without a plan, the next stop, and earlier days


def test_a_walk_without_a_plan_still_has_a_clock(tmp_path: Path, clock: FixedClock) -> None:
    with desk_at(tmp_path / "small.walkdb", clock) as desk:
        begin_small(desk, 3)
        rooms.change_mode(desk, the_visit(desk, "V2"), "recorded")
        assert board.view(desk).digits == "08:50"
        assert board.next_phase(desk) == "V1 entered"
        clock.advance(minutes=13)
        shown = board.view(desk)
        assert (shown.digits, shown.in_words, shown.lines) == ("+1", "in V1", ("V1 → V3",))
        assert (shown.planned_ends, shown.as_of, shown.guard) == ("", "", "")
        assert next_visit.next_visit(desk) is None
        _to(desk, "over")
        assert [one.split()[0] for one in board.view(desk).log] == ["V1", "V3"]


def test_a_walker_sees_their_own_next_stop(desk: Desk, clock: FixedClock) -> None:
    desk.save("prepare", "team", desk.walkers()[0].changed(team="B"))
    stop = board_next.next_of(desk, load(desk))
    assert stop is not None
    assert (stop.visit, stop.enter, stop.in_min) == ("V3", "09:05", 15)
    clock.advance(minutes=40)
    later = board_next.next_of(desk, load(desk), desk.me)
    assert later is not None
    assert (later.visit, later.in_min) == ("V4", -4)
    clock.advance(minutes=600)
    assert board_next.next_of(desk, load(desk)) is None


def test_how_long_stops_ran_over_feeds_the_next_plan(desk: Desk, clock: FixedClock) -> None:
    assert board.over_by(desk) == 0
    _to(desk, "visit")
    for minutes in (14, 15, 11, 14):
        clock.advance(minutes=minutes)
        _to(desk, "move")
        board.next_phase(desk)
    assert board.view(desk).phase == "debrief"
    assert board.over_by(desk) == 2


# Two boards


def test_two_boards_on_one_store_agree(desk: Desk, clock: FixedClock) -> None:
    with desk_at(desk.store.path, clock) as other:
        board.next_phase(desk)
        clock.advance(minutes=15)
        board.next_phase(other)
        clock.advance(minutes=5)
        assert board.view(desk) == board.view(other)
        board.next_phase(desk, "B")
        board.swap(other, "V2", "V3")
        assert board.view(desk) == board.view(other)
        assert load(desk).days == load(other).days


def test_what_another_board_enters_meanwhile_is_kept(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.next_phase(desk)
    usual = board_acts.make
    interrupted: list[bool] = []

    def interrupted_once(*args: Any, **more: Any) -> board_acts.Act:
        if not interrupted:
            interrupted.append(True)
            board.adjust(other, 2)
        return usual(*args, **more)

    with desk_at(desk.store.path, clock) as other:
        monkeypatch.setattr(board_acts, "make", interrupted_once)
        board.hold(desk)
        shown = board.view(other)
        assert (shown.held, shown.digits) == (True, "17")


def test_a_team_that_overstays_tells_the_one_that_waits(desk: Desk, clock: FixedClock) -> None:
    _on_time(desk, clock, 16)
    clock.advance(minutes=41)  # Team B was planned for V1 at 09:47
    assert board.view(desk).sayings == ()
    clock.advance(minutes=2)
    assert board.view(desk).sayings == ("Team B: V1 is still taken, please wait",)
    board.adjust(desk, 40)
    assert board.view(desk).sayings == ("Team B: V1 is taken until 09:57, please wait",)
    plan(desk, windows={"V1": (0, 72)})
    assert board.view(desk).sayings == (
        "Team B: V1 is taken until 09:57 and then closes, leave it out",
    )


def test_two_teams_kept_on_one_laptop_know_of_each_other(desk: Desk, clock: FixedClock) -> None:
    _on_time(desk, clock, 0)
    board.next_phase(desk, "B")
    board.swap(desk, "V2", "V4")
    assert board.coming(desk, "B") == ("V3", "V2", "V1", "V4")
    desk.undo("board")
    assert board.coming(desk, "B") == ("V3", "V4", "V1", "V2")
