"""The planner and windows, bells and midnight: what is met, and what stands in the way."""

from __future__ import annotations

from dataclasses import replace

from tests.rotation.plan_rules import check, places, words
from tests.rotation.problems import teams, visits
from walk.rotation.explain import explain
from walk.rotation.planner import make
from walk.rotation.problem import Problem, RotationTeam, RotationVisit

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
