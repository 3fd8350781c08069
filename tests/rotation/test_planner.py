"""The planner: hard rules in every plan, nothing lost, stops level, words for what is not."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rotation.problems import broken, level, problems, stops_at, teams, visits
from walk.errors import Refused
from walk.model import NOT_VISITED
from walk.rotation.explain import Obstacle, explain
from walk.rotation.planner import make
from walk.rotation.problem import (
    RULES,
    Plan,
    Problem,
    RotationTeam,
    RotationVisit,
    basis,
    rules_in_use,
)


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


# ---- windows, bells, midnight -------------------------------------------------------------------


def test_a_stop_never_runs_from_one_window_into_the_next() -> None:
    touching = (RotationVisit("V1", ((545, 550), (550, 565))),)
    plan = check(Problem(teams(1), touching))
    assert plan.stops[0].enter == 550, "two windows that touch are two lessons"
    too_short = check(Problem(teams(1), (RotationVisit("V1", ((545, 550), (550, 557))),)))
    assert [one.why for one in too_short.dropped] == ["windows"]


def test_a_visit_that_cannot_be_seen_makes_the_walk_no_longer() -> None:
    carriers = (RotationTeam("A"), RotationTeam("B", lenses=frozenset({"math"})))
    shut = (RotationVisit("V4", ((500, 500),)), RotationVisit("V5", ((500, 500),)))
    plan = check(Problem(carriers, (*visits(3), *shut), lens_in_every_visit=("math",)))
    assert max(stop.slot for stop in plan.stops) == 3


def test_windows_given_twice_are_one() -> None:
    once = Problem(teams(1), (RotationVisit("V1", ((600, 620),)),))
    twice = Problem(teams(1), (RotationVisit("V1", ((600, 620), (600, 620))),))
    assert make(once).stops == make(twice).stops


def test_a_slot_waits_for_a_window_that_the_plain_grid_misses() -> None:
    problem = Problem(teams(1), (RotationVisit("V1"), RotationVisit("V2", ((570, 582),))))
    plan = check(problem)
    assert [(stop.visit, stop.enter) for stop in plan.stops] == [("V1", 545), ("V2", 570)]
    assert plan.warnings == ("Slot 2 waits until 09:30 for a window to open.",)


def test_a_window_long_after_the_others_takes_one_slot_not_many() -> None:
    plan = check(Problem(teams(2), (*visits(3), RotationVisit("V4", ((780, 800),)))))
    assert len(plan.grid) == 3
    assert plan.stops[-1].enter == 780


def test_narrow_windows_that_need_two_waits_are_both_met() -> None:
    late = (
        RotationVisit("V1", ((550, 562),)),
        RotationVisit("V2", ((575, 587),)),
        RotationVisit("V3"),
    )
    plan = check(Problem(teams(1), late))
    assert plan.dropped == ()


def test_stops_are_pushed_past_bells_and_may_touch_them() -> None:
    plan = check(Problem(teams(1), visits(2), bells=((557, 560), (570, 575))))
    assert [stop.enter for stop in plan.stops] == [545, 575]


def test_one_minute_of_a_bell_is_a_crossing() -> None:
    plan = check(Problem(teams(1), visits(1), bells=((556, 560),)))
    assert plan.stops[0].enter == 560


def test_a_window_one_minute_short_is_not_met() -> None:
    plan = check(
        Problem(teams(1), (RotationVisit("V1", ((545, 556),)), RotationVisit("V2")), slots=2)
    )
    assert [each.why for each in plan.dropped] == ["windows"]
    assert check(Problem(teams(1), (RotationVisit("V1", ((545, 557),)),))).dropped == ()


def test_a_team_at_its_cap_gives_a_visit_to_another_where_only_it_may_enter_the_next() -> None:
    walking = (RotationTeam("A", most_stops=1), RotationTeam("B", kept_out=frozenset({"V2"})))
    seen = (RotationVisit("V1", ((545, 557),)), RotationVisit("V2", ((566, 578),)))
    assert places(check(Problem(walking, seen))) == [("B", "V1", 1), ("A", "V2", 2)]


def test_a_visit_that_cannot_be_seen_takes_no_slot() -> None:
    plan = check(Problem(teams(2), (*visits(2), RotationVisit("V3", ((545, 550),)))))
    assert len(plan.grid) == 1


def test_a_bell_without_length_is_not_crossed() -> None:
    plan = check(Problem(teams(1), visits(1), bells=((550, 550),)))
    assert plan.stops[0].enter == 550
    touched = check(Problem(teams(1), visits(1), bells=((557, 557),)))
    assert touched.stops[0].enter == 545


def test_a_walk_may_run_past_midnight() -> None:
    problem = Problem(
        teams(1),
        (RotationVisit("V1"), RotationVisit("V2", ((1430, 30),))),
        start=1415,
        orientation=5,
    )
    plan = check(problem)
    assert {stop.visit: stop.enter for stop in plan.stops} == {"V1": 1420, "V2": 1441}
    assert "The walk runs past midnight." in plan.warnings


# ---- what stands in the way ---------------------------------------------------------------------


def why(problem: Problem) -> dict[str, str]:
    return {each.visit: each.why for each in check(problem).dropped}


def test_a_window_shorter_than_a_visit() -> None:
    problem = Problem(teams(1), (*visits(3), RotationVisit("V4", ((530, 540),))))
    assert why(problem) == {"V4": "windows"}
    assert words(problem) == (
        "V4 is open 08:50–09:00 only, and a visit takes 12 minutes: a longer window would do."
    )


def test_a_visit_longer_than_every_window() -> None:
    short = tuple(replace(visit, windows=((560, 580),)) for visit in visits(3))
    problem = Problem(teams(2), short, visit=30)
    assert set(why(problem).values()) == {"windows"}
    assert words(problem).count("a visit takes 30 minutes") == 3


def test_a_window_before_the_first_stop() -> None:
    problem = Problem(teams(1), (RotationVisit("V1", ((480, 540),)), RotationVisit("V2")))
    assert why(problem) == {"V1": "windows"}
    assert "the first stop is entered at 09:05" in words(problem)


def test_a_window_when_every_team_is_elsewhere() -> None:
    problem = Problem(teams(1), tuple(replace(v, windows=((545, 560),)) for v in visits(2)))
    assert why(problem) == {"V2": "windows"}
    assert "every team that could go is elsewhere: another window would do" in words(problem)


def test_a_window_that_a_bell_cuts() -> None:
    problem = Problem(teams(1), (RotationVisit("V1", ((600, 620),)),), bells=((610, 611),))
    found = make(problem)
    assert [each.why for each in found.dropped] == ["windows"]
    obstacles = explain(problem, found)
    assert [obstacle.rule for obstacle in obstacles] == ["windows", "bells"]
    assert "bells leave less than 12 minutes" in obstacles[0].words
    assert all(obstacle.enough for obstacle in obstacles)


def test_a_room_that_is_every_teams_own() -> None:
    own = (
        RotationTeam("A", kept_out=frozenset({"V1"})),
        RotationTeam("B", kept_out=frozenset({"V1"})),
    )
    problem = Problem(own, visits(2))
    assert why(problem) == {"V1": "own room"}
    assert "put that walker into another team" in words(problem)


def test_teams_that_may_make_too_few_stops() -> None:
    problem = Problem(teams(2, most_stops=1), visits(3))
    assert why(problem) == {"V3": "stops per team"}
    assert "1 for Team A and 1 for Team B" in words(problem)


def test_too_few_slots_and_how_many_would_do() -> None:
    problem = Problem(teams(2), visits(6), slots=2)
    assert set(why(problem).values()) == {"slots"}
    assert "3 slots would do" in words(problem)


def test_two_rules_that_only_together_stand_in_the_way() -> None:
    problem = Problem(teams(1, most_stops=1), visits(2), slots=1)
    assert why(problem) == {"V2": "stops per team and slots"}
    found = explain(problem, make(problem))
    assert [(each.rule, each.enough) for each in found] == [
        ("stops per team", False),
        ("slots", False),
    ]
    assert all("not enough" in each.words for each in found)


def test_a_plan_that_holds_everything_has_nothing_to_explain() -> None:
    problem = Problem(teams(2), visits(4), bells=((600, 610),), slots=4)
    assert explain(problem, make(problem)) == ()


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
