"""The board on any day: no clash, no lost visit, exact undo, and boards that agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at
from tests.routine.board_plans import MORNING, SLOT, STARTS, M, plan
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import (
    DayChange,
    StopLog,
    Visit,
    stop_log_id,
)
from walk.routine.desk import Desk
from walk.routine.timekeeping import board
from walk.routine.timekeeping.board_day import Situation, load


def _entered(desk: Desk, board_of: str, changes: list[DayChange]) -> None:
    """Write changes into the log of one board."""
    log = StopLog(
        id=stop_log_id(desk.walk_id, board_of),
        walk=desk.walk_id,
        team=board_of,
        changes=tuple(changes),
    )
    desk.save("board", "entered", log)


# Any day


@st.composite
def walks(draw: st.DrawFn) -> dict[str, object]:
    visits = draw(st.integers(1, 5))
    teams = "ABC"[: draw(st.integers(1, min(3, visits)))]
    slots = draw(st.integers(1, visits))
    windows = {}
    for code in range(visits):
        if draw(st.integers(0, 3)) == 0:
            spare = draw(st.integers(0, 40))
            windows[f"V{code + 1}"] = (0, 15 + (slots - 1) * SLOT + 12 + spare)
    bells = [(15 + slot * SLOT + 12, 15 + slot * SLOT + 18) for slot in range(slots)]
    rung = tuple(draw(st.lists(st.sampled_from(bells), max_size=2, unique=True)))
    cap = draw(st.sampled_from([0, 2]))
    return {
        **{"teams": teams, "visits": visits, "slots": slots, "cap": cap},
        **{"windows": windows, "bells": rung},
    }


AWAY = st.sampled_from([0, 0, -2, -1, 1, 30])
"""On how many days after the planned one it is held."""


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["next_phase"] * 8
            + ["wait", "wait", "sleep", "reboot", "set", "earlier", "adjust", "hold", "go_on"]
            + ["skip", "withdraw", "swap", "swap", "insert", "end_early", "accept", "told"]
            + ["told_late", "begin_anew"]
        ),
        st.integers(0, 30),
        st.integers(0, 30),
        st.sampled_from([0, 0, 0, 1, 2]),
    ),
    max_size=16,
)


@pytest.fixture(scope="module")
def long_lived() -> Iterator[Desk]:
    """One store for many walks: making a store takes longer than a day on it."""
    with TemporaryDirectory() as folder, desk_at(Path(folder) / "many.walkdb") as desk:
        yield desk


def _begin(desk: Desk, walk: dict[str, object], away: int = 0) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.set_wall(MORNING)
    begin_small(desk, 6)
    plan(desk, **walk)  # type: ignore[arg-type]
    desk.clock.set_wall(MORNING + timedelta(days=away))


def _args(desk: Desk, team: str, do: str, one: int, two: int) -> dict[str, object] | None:
    """Something to say with that change; None where nothing can be said."""
    rest = board.coming(desk, team)
    pick = (lambda held, n: held[n % len(held)]) if rest else (lambda _held, _n: "")
    if do in ("earlier", "adjust"):
        return {"minutes": one - (15 if do == "adjust" else 0)}
    if do in ("withdraw", "swap") and rest:
        args = {"visit": pick(rest, one)}
        return args | ({"other": pick(rest, two)} if do == "swap" else {})
    if do == "insert":
        return {"visit": f"V{one % 6 + 1}"}
    if do == "accept":
        found = board.offers(desk, team)
        _write_is_cut_last(desk, team, [one.id for one in found])
        return {"offer": found[one % len(found)].id} if found else None
    if do in ("told", "told_late"):
        others = [name for name in board.teams(desk) if name != team]
        if not others:
            return None
        other = others[one % len(others)]
        if do == "told_late":
            return {"other": other, "minutes": two}
        ways = board.ways_out(desk, team, other)
        return {"other": other, "way": ways[two % len(ways)].id} if ways else None
    return {} if do not in ("withdraw", "swap") else None


def _write_is_cut_last(desk: Desk, team: str, offers: list[str]) -> None:
    day = load(desk).days[team]
    for words in (one.split() for one in offers if one.startswith("pace")):
        visit, write, hall = (int(one) for one in words[1:])
        assert visit >= 10
        assert hall >= 2
        if write < day.minutes.write:
            assert hall == 2 or day.phase == "hall"
            assert visit == 10 or not day.rest


def _state(desk: Desk) -> tuple[object, ...]:
    logs = {one.record.team: one.record.changes for one in desk.store.all(StopLog, desk.walk_id)}
    visits = [one.record for one in desk.store.all(Visit, desk.walk_id)]
    views = [board.view(desk, team) for team in board.teams(desk)]
    return {team: log for team, log in logs.items() if log}, visits, views


def _any_day(
    desk: Desk, walk: dict[str, object], steps: list[tuple[str, int, int, int]], away: int
) -> None:
    _begin(desk, walk, away)
    first = _state(desk)[:2]
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    known: dict[str, set[str]] = {
        team: {one.visit for one in load(desk).plan.stops if one.team == team}  # type: ignore[union-attr]
        for team in board.teams(desk)
    }
    for do, one, two, whose in steps:
        team = board.teams(desk)[whose % len(board.teams(desk))]
        if do == "wait":
            clock.advance(minutes=one)
        elif do == "sleep":
            clock.sleep(one * 97)
        elif do == "reboot":
            clock.reboot(one * 13)
        elif do == "set":
            clock.set_wall(clock.now().utc + timedelta(minutes=one - 15))
        else:
            _enter(desk, team, do, one, two)
            clock.advance(seconds=two * 20)
        sit = load(desk)
        for name, day in sit.days.items():
            if do == "begin_anew":  # what was put in before it counts no more
                known[name] = {one.visit for one in sit.first[name].places}
                known[name] |= {day.at, *(stop.visit for stop in day.done)} - {""}
                known[name] |= {gone.visit for gone in day.gone}
            known[name] |= set(day.rest)
        _check(sit, walk, known, away)
        _write_is_cut_last(desk, team, [one.id for one in board.offers(desk, team)])
        for name in sit.teams:
            shown = board.view(desk, name)
            assert len(shown.not_fitting) == len(sit.courses[name].not_fitting)
    while desk.undo("board") is not None:
        pass
    assert _state(desk)[:2] == first, "undone to the last, nothing is left"


def _enter(desk: Desk, team: str, do: str, one: int, two: int) -> None:
    args = _args(desk, team, do, one, two)
    if args is None:
        return
    shown = board.preview(desk, team, do, **args)
    before = _state(desk)
    try:
        getattr(board, do)(desk, **args, team=team)
    except Refused:
        assert not shown.allowed
        assert _state(desk) == before
        return
    assert shown.allowed
    after = _state(desk)
    now = board.view(desk, team)
    assert (now.ends, now.not_fitting) == (shown.ends, shown.not_fitting), "as it was shown"
    if after != before and args.get("offer") != "later":
        assert desk.undo("board") is not None
        assert _state(desk) == before, "undo restores exactly"
        assert desk.redo("board") is not None
        assert _state(desk) == after


def _check(sit: Situation, walk: dict[str, object], known: dict[str, set[str]], away: int) -> None:
    """What holds on any day; by intervals in milliseconds, from the plan in minutes.

    From the first press on the plan is of the day on which it is held.
    """
    started = any(day.phase != "before" for day in sit.days.values())
    begins = STARTS + (away * 24 * 60 * M if started else 0)
    _caps_hold(sit, walk)
    windows, bells = walk["windows"], walk["bells"]
    assert isinstance(windows, dict)
    assert isinstance(bells, tuple)
    inside: list[tuple[str, int, int, str]] = []
    for team, day in sit.days.items():
        course = sit.courses[team]
        where = [day.at] if day.at else []
        where += [*day.rest, *(one.visit for one in day.done), *(one.visit for one in day.gone)]
        assert sorted(where) == sorted(known[team]), "a visit is lost, or comes twice"
        named = [*(one.visit for one in course.stops), *(one.visit for one in course.not_fitting)]
        assert sorted(named) == sorted(day.rest)
        if day.phase == "visit":
            began = day.wall_of(day.entered_t or 0, sit.now)
            inside.append((day.at, began, course.leaves, team))
        for stop in course.stops:
            inside.append((stop.visit, stop.enter, stop.leave, team))
            assert not day.started or stop.enter >= sit.now.wall_ms
            a, b = windows.get(stop.visit, (-10_000, 10_000))
            assert begins + a * M <= stop.enter
            assert stop.leave <= begins + b * M
            for ring, stops in bells:
                assert stop.leave <= begins + ring * M or begins + stops * M <= stop.enter
    for index, (room, enter, leave, team) in enumerate(inside):
        for other_room, other_enter, other_leave, other in inside[index + 1 :]:
            if room == other_room and team != other:
                assert leave <= other_enter or other_leave <= enter, f"two teams in {room}"


def _caps_hold(sit: Situation, walk: dict[str, object]) -> None:
    """Nobody is put in a classroom that has its stops, but where the plan had more already."""
    cap = walk["cap"]
    assert isinstance(cap, int)
    goes: dict[str, int] = {}
    planned: dict[str, int] = {}
    for team, day in sit.days.items():
        for visit in {day.at, *day.rest, *(one.visit for one in day.done)} - {""}:
            goes[visit] = goes.get(visit, 0) + 1
        for one in sit.first[team].places:
            planned[one.visit] = planned.get(one.visit, 0) + 1
    for visit, stops in goes.items():
        assert not cap or stops <= max(cap, planned.get(visit, 0))


WITHDRAWN_BEFORE = (
    {"teams": "A", "visits": 1, "slots": 1, "cap": 0, "windows": {}, "bells": ()},
    [("withdraw", 0, 0, 0), ("begin_anew", 0, 0, 0)] + [("next_phase", 0, 0, 0)] * 2,
)
"""The only visit is withdrawn, and the log does not say so any more: nobody goes there."""

FOUND_ELSEWHERE = (
    {"teams": "AB", "visits": 3, "slots": 3, "cap": 0, "windows": {}, "bells": ()},
    [("next_phase", 0, 0, 1)] * 2
    + [("swap", 0, 1, 0), ("wait", 1, 0, 0)]
    + [("next_phase", 0, 0, 0)] * 2
    + [("wait", 30, 0, 0)] * 2,
)
"""A team enters the room of another, for which nobody presses: what comes for that one is ahead."""


@settings(max_examples=12)
@given(walks(), STEPS, AWAY)
@example(*WITHDRAWN_BEFORE, 0)
@example(*FOUND_ELSEWHERE, 0)
def test_on_any_day_nothing_clashes_and_nothing_is_lost(
    long_lived: Desk, walk: dict[str, object], steps: list[tuple[str, int, int, int]], away: int
) -> None:
    _any_day(long_lived, walk, steps, away)


@pytest.mark.long
@settings(max_examples=250)
@given(walks(), STEPS, AWAY)
def test_on_any_day_nothing_clashes_and_nothing_is_lost_long(
    long_lived: Desk, walk: dict[str, object], steps: list[tuple[str, int, int, int]], away: int
) -> None:
    _any_day(long_lived, walk, steps, away)


def _agree(
    desk: Desk,
    walk: dict[str, object],
    steps: list[tuple[str, int, int, int]],
    order: list[bool],
    away: int,
) -> None:
    """Two boards hold the same changes, each in its own order; each team's own order is kept."""
    _begin(desk, walk | {"teams": "AB", "visits": 5, "slots": 4}, away)
    entered: dict[str, list[DayChange]] = {"A": [], "B": []}
    assert isinstance(desk.clock, FixedClock)
    for do, one, two, whose in steps:
        desk.clock.advance(seconds=one * 30)
        team = "AB"[whose % 2]
        sit = load(desk)
        rest = sit.days[team].rest or ("V1",)
        names = {"next_phase": "next", "end_early": "end", "withdraw": "drop", "told": "skip"}
        names |= {"told_late": "late", "begin_anew": "hold"}
        change = sit.change(
            names.get(do, do),
            team,
            visit=rest[one % len(rest)] if do != "next_phase" else "",
            other=rest[two % len(rest)],
            minutes=one,
        )
        entered[team].append(change)
    boards = []
    for board_of, flips in (("A", order), ("B", [not one for one in order])):
        left = {team: list(changes) for team, changes in entered.items()}
        mixed: list[DayChange] = []
        for flip in [*flips, *([True] * 99)]:
            first, second = ("A", "B") if flip else ("B", "A")
            queue = left[first] or left[second]
            if queue:
                mixed.append(queue.pop(0))
        _entered(desk, board_of, mixed)
        sit = load(desk)
        shown = [board.view(desk, team) for team in "AB"]
        said = [(one.lines[0], one.behind_min, one.not_fitting, one.as_of) for one in shown]
        boards.append((sit.courses, [sit.ends(team) for team in "AB"], said))
        _entered(desk, board_of, [])
    assert boards[0] == boards[1]


@settings(max_examples=15)
@given(walks(), STEPS, st.lists(st.booleans(), max_size=16), AWAY)
def test_boards_that_entered_the_same_agree(
    long_lived: Desk,
    walk: dict[str, object],
    steps: list[tuple[str, int, int, int]],
    order: list[bool],
    away: int,
) -> None:
    _agree(long_lived, walk, steps, order, away)


@pytest.mark.long
@given(walks(), STEPS, st.lists(st.booleans(), max_size=16), AWAY)
def test_boards_that_entered_the_same_agree_long(
    long_lived: Desk,
    walk: dict[str, object],
    steps: list[tuple[str, int, int, int]],
    order: list[bool],
    away: int,
) -> None:
    _agree(long_lived, walk, steps, order, away)
