"""Rotation problems for tests, and the hard rules once more, written apart from the planner."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from walk.rotation.problem import Plan, Problem, RotationTeam, RotationVisit


def teams(count: int, **more: Any) -> tuple[RotationTeam, ...]:
    """Teams A, B ... (T0, T1 ... where letters do not suffice), all alike."""
    labels = [chr(ord("A") + n) if count <= 26 else f"T{n}" for n in range(count)]
    return tuple(replace(RotationTeam(label), **more) for label in labels)


def visits(count: int) -> tuple[RotationVisit, ...]:
    return tuple(RotationVisit(f"V{n}") for n in range(1, count + 1))


def stops_at(plan: Plan, code: str) -> int:
    """How many teams stop at a visit."""
    return sum(stop.visit == code for stop in plan.stops)


def minutes_of(begin: int, end: int) -> set[int]:
    """The minutes in [begin, end): a span that ends before it begins runs past midnight."""
    return set(range(begin, end if end >= begin else end + 24 * 60))


def fits(problem: Problem, visit: RotationVisit, enter: int) -> bool:
    """Whether bells and windows allow a stop, minute by minute."""
    stay = minutes_of(enter, enter + problem.visit)
    for begin, end in problem.bells:
        # A bell without length is a moment that must not lie inside the stop.
        if begin == end and enter < begin < enter + problem.visit:
            return False
        if stay & minutes_of(begin, end):
            return False
    if not visit.windows:
        return True
    opened = set().union(*(minutes_of(*window) for window in visit.windows))
    return stay <= opened


def broken(problem: Problem, plan: Plan) -> list[str]:
    """Every hard rule that the plan breaks, in words; none for a right plan."""
    found = []
    for what, of in (
        ("two teams in one classroom", lambda stop: (stop.visit, stop.enter)),
        ("a team in two classrooms", lambda stop: (stop.team, stop.enter)),
        ("a team at a visit twice", lambda stop: (stop.team, stop.visit)),
    ):
        found += [f"{what}: {key}" for key, n in Counter(map(of, plan.stops)).items() if n > 1]
    by_code = {visit.code: visit for visit in problem.visits}
    by_label = {team.label: team for team in problem.teams}
    enters: dict[int, int] = {}
    for stop in plan.stops:
        minutes = (stop.leave - stop.enter, stop.write_until - stop.leave)
        if (*minutes, stop.talk_until - stop.write_until) != (
            problem.visit,
            problem.write,
            problem.hall,
        ):
            found.append(f"minutes of {stop}")
        if by_code[stop.visit].recorded:
            found.append(f"a recorded segment in a slot: {stop}")
        if not fits(problem, by_code[stop.visit], stop.enter):
            found.append(f"window or bell: {stop}")
        if stop.visit in by_label[stop.team].kept_out:
            found.append(f"own room: {stop}")
        if enters.setdefault(stop.slot, stop.enter) != stop.enter:
            found.append(f"slot {stop.slot} begins twice")
        if stop.enter < problem.start + problem.orientation:
            found.append(f"before the orientation is over: {stop}")
        if problem.slots and not 1 <= stop.slot <= problem.slots:
            found.append(f"slot {stop.slot} of {problem.slots}")
    full = problem.visit + problem.write + problem.hall + problem.move
    ordered = [enters[slot] for slot in sorted(enters)]
    found += [
        f"slots overlap: {one}, {other}" for one, other in pairwise(ordered) if other - one < full
    ]
    for team in problem.teams:
        if 0 < team.most_stops < sum(stop.team == team.label for stop in plan.stops):
            found.append(f"stops per team: {team.label}")
    for visit in problem.visits:
        if 0 < problem.stops_per_visit_at_most < stops_at(plan, visit.code):
            found.append(f"stops per visit: {visit.code}")
    return found


def level(plan: Plan) -> int:
    """Most stops at a visit that is seen, less fewest."""
    counts = Counter(stop.visit for stop in plan.stops).values()
    return max(counts, default=0) - min(counts, default=0)


_LENSES = ("math", "language", "inclusion")


def seldom(draw: st.DrawFn) -> bool:
    """One time in four."""
    return draw(st.integers(0, 3)) == 0


@st.composite
def spans(draw: st.DrawFn, longest: int = 150) -> tuple[int, int]:
    begin = draw(st.integers(500, 900))
    return (begin, begin + draw(st.integers(0, longest)))


@st.composite
def problems(
    draw: st.DrawFn, most_teams: int = 4, most_visits: int = 7, lenses: bool = True
) -> Problem:
    """Problems with every rule, each often absent."""
    codes = [f"V{n}" for n in range(1, draw(st.integers(0, most_visits)) + 1)]
    windows = st.lists(spans(), min_size=1, max_size=2)
    team_list = tuple(
        RotationTeam(
            label=f"T{n}",
            walkers=tuple(f"walker {n}.{k}" for k in range(draw(st.integers(0, 4)))),
            lenses=frozenset(draw(st.sets(st.sampled_from(_LENSES), max_size=2))),
            most_stops=draw(st.integers(1, 4)) if seldom(draw) else 0,
            kept_out=frozenset(draw(st.sets(st.sampled_from(codes), max_size=2)))
            if codes and seldom(draw)
            else frozenset(),
        )
        for n in range(draw(st.integers(0, most_teams)))
    )
    return Problem(
        teams=team_list,
        visits=tuple(
            RotationVisit(
                code,
                windows=tuple(draw(windows)) if draw(st.booleans()) else (),
                recorded=seldom(draw) and draw(st.booleans()),
            )
            for code in codes
        ),
        start=draw(st.integers(480, 600)),
        orientation=draw(st.sampled_from((0, 15))),
        visit=draw(st.sampled_from((1, 10, 12, 15))),
        write=draw(st.integers(0, 3)),
        hall=draw(st.integers(0, 4)),
        move=draw(st.integers(0, 2)),
        bells=tuple(draw(st.lists(spans(20), max_size=3))) if seldom(draw) else (),
        slots=draw(st.integers(1, 8)) if draw(st.booleans()) else 0,
        stops_per_visit_at_most=draw(st.integers(1, 3)) if seldom(draw) else 0,
        lens_in_every_visit=tuple(draw(st.sets(st.sampled_from(_LENSES)))) if lenses else (),
        team_size_at_most=draw(st.integers(1, 4)) if seldom(draw) else 0,
    )
