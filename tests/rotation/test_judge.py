"""Small rotations before a judge: a real solver never sees more visits than the planner does.

Visits seen are always the most there can be, and in the fewest slots: that is exact by the method.
Lenses, stops and the last slot are found by trying; in a thousand small problems no gap was met,
and one is let pass here. As that is measured and not proved, the problems are the same each time.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, reject, settings

from tests.rotation.judge import Model, judge
from tests.rotation.problems import fits, problems, teams, visits
from walk.rotation.planner import make
from walk.rotation.problem import Plan, Problem, RotationTeam, RotationVisit

SMALL = problems(most_teams=3, most_visits=5)


def plain_grid(problem: Problem, count: int) -> tuple[int, ...]:
    """The grid that never waits, found minute by minute."""
    any_time = RotationVisit("any")
    enters: list[int] = []
    minute = problem.start + problem.orientation
    while len(enters) < count:
        if fits(problem, any_time, minute):
            enters.append(minute)
            minute += problem.visit + problem.write + problem.hall + problem.move
        else:
            minute += 1
    return tuple(enters)


def lenses_there(problem: Problem, plan: Plan) -> int:
    """The wanted lenses that are at the visits, summed."""
    carried = {team.label: team.lenses for team in problem.teams}
    wanted = set(problem.lens_in_every_visit)
    return len({(stop.visit, lens) for stop in plan.stops for lens in wanted & carried[stop.team]})


def before_the_judge(problem: Problem) -> None:
    """Everything that the judge is asked about one problem."""
    plan = make(problem)
    if not problem.teams or not problem.to_see:
        return
    seen = len({stop.visit for stop in plan.stops})
    try:
        plain = Model(problem, plain_grid(problem, problem.slots or 12)).most_seen()
        verdict = judge(problem, plan.grid) if plan.stops else None
    except TimeoutError:
        reject()
    assert plain <= seen, "the grid that never waits shows more"
    if verdict is None:
        return
    assert seen == verdict.seen
    last = max(stop.slot for stop in plan.stops)
    if not problem.slots and not problem.lens_in_every_visit:
        assert last == verdict.seen_last, "fewer slots would do"
    lenses = lenses_there(problem, plan)
    assert verdict.lenses - 1 <= lenses <= verdict.lenses
    if lenses == verdict.lenses:
        assert verdict.stops - 1 <= len(plan.stops) <= verdict.stops
        if len(plan.stops) == verdict.stops:
            assert verdict.last <= last <= verdict.last + 1


@given(SMALL)
@settings(max_examples=15, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_solver_never_sees_more_visits(problem: Problem) -> None:
    before_the_judge(problem)


@pytest.mark.long
@given(SMALL)
@settings(max_examples=200, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_solver_never_sees_more_visits_in_hundreds_of_problems(problem: Problem) -> None:
    before_the_judge(problem)


def test_the_judge_knows_a_full_rotation() -> None:
    problem = Problem(teams(3), visits(4), slots=4)
    verdict = judge(problem, make(problem).grid)
    assert (verdict.seen, verdict.stops, verdict.last, verdict.seen_last) == (4, 12, 4, 2)


def test_the_judge_keeps_to_windows_own_rooms_and_caps() -> None:
    walking = tuple(
        type(team)(team.label, most_stops=2, kept_out=frozenset({"V1"})) for team in teams(2)
    )
    problem = Problem(walking, (*visits(3), RotationVisit("V4", ((545, 560),))), slots=3)
    verdict = judge(problem, plain_grid(problem, 3))
    assert (verdict.seen, verdict.stops, verdict.lenses) == (3, 4, 0)


def test_the_judge_counts_lenses() -> None:
    walking = (RotationTeam("A", lenses=frozenset({"math"})), RotationTeam("B"))
    problem = Problem(walking, visits(3), slots=2, lens_in_every_visit=("math", "art"))
    assert judge(problem, plain_grid(problem, 2)).lenses == 2
