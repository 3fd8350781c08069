"""The planner: hard rules in every plan, nothing lost, stops level, words for what is not."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rotation.plan_rules import check, codes_seen, places, words
from tests.rotation.problems import broken, problems, stops_at, teams, visits
from walk.errors import Refused
from walk.model import NOT_VISITED
from walk.rotation.explain import Obstacle, explain
from walk.rotation.planner import make
from walk.rotation.problem import RULES, Plan, Problem, RotationTeam, RotationVisit, basis


@given(problems())
def test_every_plan_of_a_small_problem_keeps_every_rule_and_loses_no_visit(
    problem: Problem,
) -> None:
    plan = check(problem)
    if not problem.slots:
        used = {stop.slot for stop in plan.stops}
        assert used == set(range(1, len(used) + 1)), "a slot of its own choice is empty"


@given(problems(most_teams=10, most_visits=24))
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_plan_of_a_middle_problem_keeps_every_rule_and_loses_no_visit(
    problem: Problem,
) -> None:
    check(problem)


@pytest.mark.long
@given(problems(most_teams=5, most_visits=9))
@settings(max_examples=2500)
def test_thousands_of_plans_keep_every_rule(problem: Problem) -> None:
    check(problem)


@given(problems())
def test_the_same_problem_always_gives_the_same_plan(problem: Problem) -> None:
    assert make(problem) == make(replace(problem))


@given(problems())
def test_what_is_explained_names_each_dropped_visit_and_is_empty_when_all_holds(
    problem: Problem,
) -> None:
    plan = make(problem)
    found = explain(problem, plan)
    named = {code for obstacle in found for code in obstacle.visits}
    if problem.teams:
        assert {each.visit for each in plan.dropped} <= named
    for obstacle in found:
        assert obstacle.words.strip()
    if not plan.dropped and not plan.warnings:
        assert found == ()


@given(problems())
def test_a_rule_that_alone_stands_in_the_way_leaves_nothing_dropped_once_lifted(
    problem: Problem,
) -> None:
    for obstacle in explain(problem, make(problem)):
        if obstacle.enough and obstacle.rule in RULES:
            assert make(lifted(problem, obstacle.rule)).dropped == ()


def lifted(problem: Problem, rule: str) -> Problem:
    """The problem without a rule, written apart from the planner."""
    if rule == "slots":
        return replace(problem, slots=0)
    if rule == "bells":
        return replace(problem, bells=())
    if rule == "windows":
        return replace(problem, visits=tuple(replace(v, windows=()) for v in problem.visits))
    if rule == "stops per visit":
        return replace(problem, stops_per_visit_at_most=0)
    if rule == "stops per team":
        return replace(problem, teams=tuple(replace(t, most_stops=0) for t in problem.teams))
    assert rule == "own room"
    free = tuple(replace(t, kept_out=frozenset()) for t in problem.teams)
    return replace(problem, teams=free)


SWEEP = [
    (count, walking, slots)
    for count in range(2, 13)
    for walking in range(1, count + 1)
    for slots in range(1, count + 1)
]


def test_the_cyclic_sweep_never_clashes_and_is_level_within_one() -> None:
    assert len(SWEEP) == 649
    for count, walking, slots in SWEEP:
        problem = Problem(teams(walking), visits(count), slots=slots)
        plan = make(problem)
        assert broken(problem, plan) == []
        assert len(plan.stops) == walking * slots, "a team waits for no reason"
        stops = [stops_at(plan, visit.code) for visit in problem.visits]
        assert max(stops) - min(stops) <= 1
        if walking * slots >= count:
            assert plan.dropped == ()


def test_spread_starts_walk_on_from_visit_to_visit() -> None:
    plan = make(Problem(teams(2), visits(4), slots=3))
    assert places(plan) == [
        ("A", "V1", 1),
        ("B", "V3", 1),
        ("A", "V2", 2),
        ("B", "V4", 2),
        ("A", "V3", 3),
        ("B", "V1", 3),
    ]


def test_times_run_from_orientation_through_stops_and_moves_to_the_debrief() -> None:
    plan = make(Problem(teams(1), visits(2)))
    first, second = plan.stops
    assert (first.enter, first.leave, first.write_until, first.talk_until) == (545, 557, 560, 564)
    assert second.enter == 566
    assert plan.ends == second.talk_until + 2 + 45 == 632
    assert plan.grid == (545, 566)


@pytest.mark.parametrize(
    ("walking", "count", "slots"), [(1, 5, 5), (2, 5, 3), (3, 7, 3), (4, 8, 2)]
)
def test_without_a_number_the_fewest_slots_are_taken(walking: int, count: int, slots: int) -> None:
    plan = make(Problem(teams(walking), visits(count)))
    assert len(plan.grid) == slots
    assert plan.dropped == ()


def test_asked_for_slots_are_filled() -> None:
    plan = make(Problem(teams(3), visits(3), slots=3))
    assert len(plan.stops) == 9


def test_slots_that_no_stop_can_use_are_said() -> None:
    plan = make(Problem(teams(1), visits(2), slots=4))
    assert len(plan.grid) == 4
    assert any("Nobody stops in slots 3 and 4" in each for each in plan.warnings)


# ---- nothing to plan ----------------------------------------------------------------------------


def test_no_team_drops_every_visit_and_says_so() -> None:
    problem = Problem((), visits(2))
    plan = check(problem)
    assert [each.why for each in plan.dropped] == [NOT_VISITED] * 2
    assert plan.warnings == ("No team walks yet: put a walker into a team.",)
    assert explain(problem, plan) == ()


def test_no_visit_leaves_the_meeting_alone() -> None:
    plan = check(Problem(teams(2), ()))
    assert (plan.stops, plan.dropped, plan.ends) == ((), (), 530 + 15 + 45)
    assert plan.warnings == ("There is no visit to plan yet.",)


def test_recorded_segments_need_no_slot() -> None:
    segments = tuple(replace(visit, recorded=True) for visit in visits(3))
    plan = check(Problem(teams(2), segments))
    assert plan.recorded == ("V1", "V2", "V3")
    assert plan.stops == ()
    mixed = check(Problem(teams(1), (*visits(1), RotationVisit("V9", recorded=True))))
    assert (codes_seen(mixed), mixed.recorded) == (["V1"], ("V9",))


def test_more_teams_than_visits_wait_in_turn() -> None:
    plan = check(Problem(teams(3), visits(2), slots=3))
    assert len(plan.stops) == 6
    assert [sum(stop.team == label for stop in plan.stops) for label in "ABC"] == [2, 2, 2]
    assert "3 teams and 2 visits: at least 1 team waits in every slot." in plan.warnings


def test_more_teams_than_visits_and_the_fewest_slots_leave_a_team_without_a_stop() -> None:
    plan = check(Problem(teams(3), visits(2)))
    assert len(plan.grid) == 1
    assert "Team C has no stop." in plan.warnings


# ---- caps, lenses, team size --------------------------------------------------------------------


def test_stops_per_visit_stay_under_the_cap() -> None:
    plan = check(Problem(teams(4), visits(4), slots=4, stops_per_visit_at_most=2))
    assert len(plan.stops) == 8


def test_a_narrow_window_keeps_the_others_level_with_it() -> None:
    narrow = (*visits(3), RotationVisit("V4", ((545, 560),)))
    plan = check(Problem(teams(3), narrow, slots=4))
    assert [stops_at(plan, code) for code in ("V1", "V2", "V3", "V4")] == [2, 2, 2, 1]
    assert plan.stops[-1].slot == 3, "seven stops of three teams need no fourth slot"


def lens_team(label: str, *lenses: str) -> RotationTeam:
    return RotationTeam(label, lenses=frozenset(lenses))


def lens_at(problem: Problem, plan: Plan, lens: str) -> set[str]:
    carriers = {team.label for team in problem.teams if lens in team.lenses}
    return {stop.visit for stop in plan.stops if stop.team in carriers}


def test_a_wanted_lens_is_at_every_visit() -> None:
    problem = Problem(
        (lens_team("A", "math"), lens_team("B")), visits(4), lens_in_every_visit=("math",)
    )
    plan = check(problem)
    assert lens_at(problem, plan, "math") == {"V1", "V2", "V3", "V4"}
    assert len(plan.grid) == 4
    assert plan.warnings == ()


def test_two_wanted_lenses_share_the_stops() -> None:
    walking = (lens_team("A", "math"), lens_team("B", "language"), lens_team("C", "math"))
    problem = Problem(walking, visits(3), slots=3, lens_in_every_visit=("math", "language"))
    plan = check(problem)
    for lens in ("math", "language"):
        assert lens_at(problem, plan, lens) == {"V1", "V2", "V3"}


def test_a_lens_that_does_not_reach_every_visit_is_said_with_the_visits() -> None:
    walking = (lens_team("A", "math"), lens_team("B"))
    problem = Problem(walking, visits(4), slots=2, lens_in_every_visit=("math",))
    plan = check(problem)
    missing = sorted({"V1", "V2", "V3", "V4"} - lens_at(problem, plan, "math"))
    assert len(missing) == 2
    assert f"No team with the lens math stops at {' and '.join(missing)}." in plan.warnings
    (found,) = explain(problem, plan)
    assert (found.rule, found.visits) == ("lens", tuple(missing))
    assert "Without the rule on slots there would be time." in found.words


def test_a_lens_that_nobody_carries_is_said() -> None:
    problem = Problem(teams(1), visits(2), lens_in_every_visit=("math",))
    assert check(problem).warnings == ("No team with the lens math stops at V1 and V2.",)
    assert words(problem) == "No team carries the lens math: put a walker with it into a team."


def test_lenses_alone_make_no_walk_longer_than_a_day() -> None:
    walking = (lens_team("A", "math"), *teams(12)[1:])
    plan = make(Problem(walking, visits(60), lens_in_every_visit=("math",)))
    assert plan.stops[-1].talk_until <= 530 + 8 * 60


def test_a_team_over_the_cap_is_said_and_planned_all_the_same() -> None:
    problem = Problem(
        (RotationTeam("A", walkers=("a", "b", "c")), RotationTeam("B")),
        visits(2),
        team_size_at_most=2,
    )
    plan = check(problem)
    assert plan.warnings == ("Team A has 3 walkers, and a team may have 2.",)
    assert explain(problem, plan) == (
        Obstacle(
            "team size",
            "Team A has 3 walkers, and a team may have 2: move 1 walker to another team, "
            "or make one more.",
        ),
    )


# ---- large plans, fingerprint, refusals ---------------------------------------------------------


def test_two_hundred_visits_and_forty_teams() -> None:
    problem = Problem(teams(40), visits(200), slots=20)
    plan = check(problem)
    assert len(plan.stops) == 800
    assert len(check(replace(problem, slots=0)).grid) == 5


def test_two_hundred_visits_and_one_team_that_has_time_for_three() -> None:
    plan = check(Problem(teams(1), visits(200), slots=3))
    assert len(plan.dropped) == 197
    assert {each.why for each in plan.dropped} == {"slots"}


def test_the_fingerprint_tells_any_two_problems_apart_and_ignores_the_order_of_sets() -> None:
    problem = Problem(teams(2), visits(2))
    changed = [
        problem,
        replace(problem, start=531),
        replace(problem, orientation=16),
        replace(problem, visit=13),
        replace(problem, write=4),
        replace(problem, hall=5),
        replace(problem, move=3),
        replace(problem, debrief=46),
        replace(problem, bells=((600, 610),)),
        replace(problem, slots=3),
        replace(problem, stops_per_visit_at_most=3),
        replace(problem, lens_in_every_visit=("math",)),
        replace(problem, team_size_at_most=3),
        replace(problem, visits=visits(3)),
        replace(problem, visits=(RotationVisit("V1"), RotationVisit("V2", recorded=True))),
        replace(problem, visits=(RotationVisit("V1"), RotationVisit("V2", ((545, 560),)))),
        replace(problem, teams=teams(2, most_stops=1)),
        replace(problem, teams=teams(2, kept_out=frozenset({"V1"}))),
        replace(problem, teams=teams(2, lenses=frozenset({"math"}))),
        replace(problem, teams=teams(2, walkers=("a",))),
    ]
    assert len({basis(each) for each in changed}) == len(changed)
    names = ["math", "language", "inclusion", "history"]
    same = {
        basis(replace(problem, teams=teams(2, lenses=frozenset(order))))
        for order in itertools.permutations(names)
    }
    assert len(same) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"visits": (RotationVisit("V1"), RotationVisit("V1"))}, "Visit V1 stands twice"),
        ({"teams": (RotationTeam("A"), RotationTeam("A"))}, "Team A stands twice"),
        ({"visit": 0}, "at least one minute"),
        ({"slots": -1}, "below zero"),
        ({"bells": ((10, 999_999),)}, "too large"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(more: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        Problem(**{"teams": teams(1), "visits": visits(1), **more})  # type: ignore[arg-type]


@given(st.integers(1, 4), st.integers(1, 6), st.integers(0, 8))
def test_without_windows_no_more_slots_are_taken_than_needed(
    walking: int, count: int, slots: int
) -> None:
    plan = check(Problem(teams(walking), visits(count), slots=slots))
    if not slots:
        assert len(plan.grid) == -(-count // walking)
