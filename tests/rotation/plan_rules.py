"""What every plan of a rotation is held against, and what its tests read in it."""

from __future__ import annotations

from tests.rotation.problems import broken, level
from walk.model import NOT_VISITED
from walk.rotation.explain import explain
from walk.rotation.planner import make
from walk.rotation.problem import RULES, Plan, Problem, rules_in_use


def codes_seen(plan: Plan) -> list[str]:
    return sorted({stop.visit for stop in plan.stops})


def places(plan: Plan) -> list[tuple[str, str, int]]:
    return [(stop.team, stop.visit, stop.slot) for stop in plan.stops]


def words(problem: Problem) -> str:
    return " ".join(obstacle.words for obstacle in explain(problem, make(problem)))


def check(problem: Problem) -> Plan:
    """Make the plan and ask it everything that holds for every plan."""
    plan = make(problem)
    assert broken(problem, plan) == []
    found = [*codes_seen(plan), *plan.recorded, *(each.visit for each in plan.dropped)]
    assert sorted(found) == sorted(visit.code for visit in problem.visits), "a visit is lost"
    assert level(plan) <= 1
    used = rules_in_use(problem)
    for each in plan.dropped:
        assert each.why in (NOT_VISITED, *RULES) or set(each.why.split(" and ")) <= set(used)
        assert each.why != NOT_VISITED or not problem.teams
    last = max((stop.talk_until + problem.move for stop in plan.stops), default=0)
    assert plan.ends == problem.debrief + (last or problem.start + problem.orientation)
    order = [team.label for team in problem.teams]
    assert list(plan.stops) == sorted(
        plan.stops, key=lambda stop: (stop.slot, order.index(stop.team))
    )
    return plan
