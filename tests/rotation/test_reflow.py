"""Re-flow: whatever happens, no clash, no lost visit, no broken rule; the write is cut last.

The checker knows nothing of how a course is found: it goes minute by minute.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walk.rotation.reflow import (
    Course,
    Doors,
    Lengths,
    Pace,
    Planned,
    Stand,
    earliest,
    forecast,
    paces,
)

START = 550
PARTS = Lengths(12, 3, 4, 2)
SLOT = 21


@dataclass(frozen=True)
class Plan:
    """A plan that holds: teams through visits in a circle. Times in minutes, as all here."""

    stands: tuple[Stand, ...]
    doors: Doors


def circle(teams: int, visits: int, slots: int) -> tuple[Stand, ...]:
    codes = [f"V{n + 1}" for n in range(visits)]
    found = []
    for team in range(teams):
        places = tuple(
            Planned(START + slot * SLOT, codes[(team * visits // teams + slot) % visits])
            for slot in range(slots)
        )
        rest = tuple(one.visit for one in places)
        found.append(Stand("ABCDEFGH"[team], PARTS, 0, rest, places))
    return tuple(found)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    visits = draw(st.integers(1, 6))
    teams = draw(st.integers(1, visits))
    stands = circle(teams, visits, draw(st.integers(1, visits)))
    windows = {}
    for visit in {one.visit for stand in stands for one in stand.places}:
        at = [one.enter for stand in stands for one in stand.places if one.visit == visit]
        if draw(st.booleans()):
            first, last = min(at) - draw(st.integers(0, 30)), max(at) + 12
            windows[visit] = ((first, last + draw(st.integers(0, 40))),)
    bells = draw(
        st.lists(st.tuples(st.integers(0, 7), st.integers(12, 20), st.integers(0, 9)), max_size=2)
    )
    rings = tuple(
        (START + slot * SLOT + at, START + slot * SLOT + min(SLOT, at + length))
        for slot, at, length in bells
    )
    return Plan(stands, Doors(windows, rings))


@st.composite
def days(draw: st.DrawFn) -> Plan:
    """A plan some way into its day: teams late, elsewhere, and with another order."""
    plan = draw(plans())
    stands = []
    for stand in plan.stands:
        rest, places = list(stand.rest), stand.places
        if draw(st.booleans()):
            rest = list(draw(st.permutations(stand.rest)))
        left_out = draw(st.booleans())
        if rest and left_out:
            del rest[draw(st.integers(0, len(rest) - 1))]
        if draw(st.booleans()) and "V9" not in rest:
            rest.insert(draw(st.integers(0, len(rest))), "V9")
        lengths = replace(PARTS, visit=draw(st.integers(8, 13)))
        ready, room, entered, leaves, sure = 0, "", 0, 0, 0
        been: tuple[tuple[str, int, int], ...] = ()
        begun = draw(st.sampled_from(["as planned", "ready", "inside", "told late"]))
        if begun == "told late":
            late, sure = draw(st.integers(1, 30)), draw(st.integers(0, len(rest)))
            moved = max(1, sure)
            shifted = tuple(replace(one, enter=one.enter + late) for one in places[:moved])
            places = (*shifted, *places[moved:])
        elif begun != "as planned" and rest:
            done = draw(st.integers(0, len(rest) - 1))
            ready = START + done * SLOT + draw(st.integers(-3, 50))
            gone = zip(rest[:done], places, strict=False)
            late = draw(st.integers(-3, 9))
            been = tuple((visit, one.enter + late, one.enter + late + 12) for visit, one in gone)
            rest, places = rest[done:], places[done:]
            if begun == "inside":
                room, rest, places = rest[0], rest[1:], places[1:]
                entered, leaves = ready, ready + draw(st.integers(0, 40))
                ready = leaves + lengths.after
        was = (room, entered, leaves, been, sure)
        stands.append(Stand(stand.team, lengths, ready, tuple(rest), places, *was))
    return Plan(tuple(stands), plan.doors)


# The checker


def minutes_of(begin: int, end: int) -> set[int]:
    return set(range(begin, end))


def is_open(visit: str, at: int, length: int, doors: Doors) -> bool:
    """By the minute: inside one window, and no minute of it in a bell."""
    inside = minutes_of(at, at + length)
    windows = doors.windows.get(visit, ())
    if windows and not any(a <= at and at + length <= b for a, b in windows):
        return False
    return not any(
        inside & minutes_of(a, b) or (a == b and at < a < at + length) for a, b in doors.bells
    )


def check(plan: Plan, courses: dict[str, Course]) -> None:
    rooms: dict[tuple[str, int], str] = {}
    facts: dict[str, list[tuple[int, str, int]]] = {}
    for stand in plan.stands:
        if stand.room:
            facts.setdefault(stand.room, []).append((stand.entered, stand.team, stand.leaves))
    for room, found in facts.items():
        # Whoever was seen there last: the others have left by then.
        for (entered, team, leaves), later in zip(
            sorted(found), [*sorted(found)[1:], None], strict=True
        ):
            left = min(leaves, later[0]) if later else leaves
            for minute in minutes_of(entered, left):
                rooms[room, minute] = team
    passed = {
        (visit, minute, stand.team)
        for stand in plan.stands
        for visit, entered, left in stand.been
        for minute in minutes_of(entered, left)
    }
    for stand in plan.stands:
        course = courses[stand.team]
        placed = [one.visit for one in course.stops]
        out = [one.visit for one in course.not_fitting]
        assert sorted(placed + out) == sorted(stand.rest), "a visit is lost, or comes twice"
        assert placed == [one for one in stand.rest if one in placed], "the order is kept"
        until: int | None = None
        for number, stop in enumerate(course.stops):
            length = stand.lengths.visit
            assert stop.leave - stop.enter == length
            assert stop.write_until - stop.leave == stand.lengths.write
            assert stop.talk_until - stop.write_until == stand.lengths.hall
            assert is_open(stop.visit, stop.enter, length, plan.doors)
            if number < len(stand.places):
                assert stop.enter >= stand.places[number].enter, "no teacher is surprised"
            if until is not None:
                assert stop.enter >= until, "a team in two places"
            until = stop.talk_until + stand.lengths.move
            for minute in minutes_of(stop.enter, stop.leave):
                other = rooms.setdefault((stop.visit, minute), stand.team)
                assert other == stand.team, f"two teams in {stop.visit} at {minute}"
                was = {team for visit, at, team in passed if (visit, at) == (stop.visit, minute)}
                assert was <= {stand.team}, f"{was} were in {stop.visit} at {minute}"
        if until is not None:
            assert course.free == until
        for one in course.not_fitting:
            if one.why != "taken":
                _never_fits(plan, stand, course, one.visit)


def _never_fits(plan: Plan, stand: Stand, course: Course, visit: str) -> None:
    ahead = stand.rest[: stand.rest.index(visit)]
    before = [one for one in course.stops if one.visit in ahead]
    since = before[-1].talk_until + stand.lengths.move if before else stand.ready
    if len(before) < len(stand.places):
        since = max(since, stand.places[len(before)].enter)
    last = max(b for _, b in plan.doors.windows[visit])
    length = stand.lengths.visit
    assert not any(is_open(visit, at, length, plan.doors) for at in range(since, last + 1))


def _holds(plan: Plan) -> None:
    check(plan, forecast(plan.stands, plan.doors))


@given(days())
def test_no_clash_no_lost_visit_and_every_rule_kept(plan: Plan) -> None:
    _holds(plan)


@pytest.mark.long
@settings(max_examples=5_000)
@given(days())
def test_no_clash_no_lost_visit_and_every_rule_kept_long(plan: Plan) -> None:
    _holds(plan)


@given(plans(), st.integers(8, 20), st.data())
def test_what_a_late_team_said_stands_before_every_plan(
    plan: Plan, late: int, data: st.DataObject
) -> None:
    """It is in that room, whoever was to come there next."""
    team = data.draw(st.sampled_from(plan.stands))
    sure = data.draw(st.integers(1, len(team.rest)))
    places = tuple(replace(one, enter=one.enter + late) for one in team.places[:sure])
    told = replace(team, places=(*places, *team.places[sure:]), sure=sure)
    doors = Doors()
    stands = [told if one.team == told.team else one for one in plan.stands]
    courses = forecast(stands, doors)
    check(Plan(tuple(stands), doors), courses)
    found = [(one.visit, one.enter) for one in courses[told.team].stops[:sure]]
    assert found == [(one.visit, one.enter) for one in places]


@given(plans())
def test_a_plan_that_holds_is_left_as_it_is(plan: Plan) -> None:
    for team, course in forecast(plan.stands, plan.doors).items():
        stand = next(one for one in plan.stands if one.team == team)
        assert [(one.enter, one.visit) for one in course.stops] == [
            (one.enter, one.visit) for one in stand.places
        ]


@given(plans(), st.integers(0, 60))
def test_a_late_team_fits_around_those_on_time(plan: Plan, late: int) -> None:
    own = replace(plan.stands[0], ready=START + late)
    courses = forecast((own, *plan.stands[1:]), plan.doors)
    for stand in plan.stands[1:]:
        course = courses[stand.team]
        assert [one.enter for one in course.stops] == [one.enter for one in stand.places]
    check(Plan((own, *plan.stands[1:]), plan.doors), courses)


@given(days(), st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_who_asks(plan: Plan, order: object) -> None:
    shuffled = list(plan.stands)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert forecast(shuffled, plan.doors) == forecast(plan.stands, plan.doors)


# Cases


def test_a_team_that_overstays_holds_up_the_next_one_and_nobody_else() -> None:
    a, b, c = circle(3, 3, 3)
    inside = replace(
        b, room="V3", entered=571, leaves=600, ready=609, rest=b.rest[2:], places=b.places[2:]
    )
    courses = forecast((a, inside, c), Doors())
    assert [(one.visit, one.enter) for one in courses["A"].stops] == [
        *(("V1", 550), ("V2", 571)),
        ("V3", 600),
    ]
    assert [one.enter for one in courses["C"].stops] == [550, 571, 592]


def test_a_room_where_a_team_is_found_was_left_by_the_other() -> None:
    a = Stand("A", PARTS, 700, room="V1", entered=550, leaves=691)
    b = Stand("B", PARTS, 609, room="V1", entered=560, leaves=600)
    courses = forecast((a, b), Doors())
    assert courses["A"].leaves == 560
    assert courses["A"].free == 569


@pytest.mark.parametrize(
    ("doors", "why", "then"),
    [
        (Doors({"V1": ((540, 565),)}), "window", 560),
        (Doors({"V1": ((540, 580),)}, ((570, 571),)), "bell", 571),
    ],
)
def test_a_visit_that_finds_no_time_is_named_with_the_reason(
    doors: Doors, why: str, then: int
) -> None:
    late = Stand("A", PARTS, 560, ("V1", "V2"), (Planned(550, "V1"), Planned(571, "V2")))
    course = forecast([late], doors)["A"]
    assert [(one.visit, one.why) for one in course.not_fitting] == [("V1", why)]
    assert [(one.visit, one.enter) for one in course.stops] == [("V2", then)]


def test_a_visit_that_others_have_taken_says_so() -> None:
    inside = Stand("A", PARTS, 579, room="V1", entered=550, leaves=570)
    waits = Stand("B", PARTS, 560, ("V1",))
    course = forecast((inside, waits), Doors({"V1": ((540, 575),)}))["B"]
    assert [(one.visit, one.why) for one in course.not_fitting] == [("V1", "taken")]


def test_touching_a_bell_or_a_stop_is_fine_and_crossing_is_not() -> None:
    doors = Doors({}, ((562, 567),))
    assert earliest("V1", 550, 12, doors) == 550
    assert earliest("V1", 551, 12, doors) == 567
    assert earliest("V1", 567, 12, doors, [(579, 590)]) == 567
    assert earliest("V1", 568, 12, doors, [(579, 590)]) == 590
    assert earliest("V1", 550, 12, Doors({}, ((555, 555),))) == 555, "a bell may be a moment"


# Shorter slots


@given(
    st.integers(1, 30),
    st.integers(0, 8),
    st.integers(0, 8),
    st.integers(0, 6),
    st.integers(0, 3),
)
def test_the_silent_write_is_cut_last(
    visit: int, write: int, hall: int, cut: int, cut_hall: int
) -> None:
    planned = Pace(visit, write, hall)
    now = Pace(max(1, visit - cut), write, max(0, hall - cut_hall))
    before = now
    for pace in paces(now, planned):
        assert pace.visit >= min(10, visit, now.visit)
        assert pace.hall >= min(2, hall, now.hall)
        assert pace.write >= min(2, write)
        shorter = [a - b for a, b in zip(_parts(before), _parts(pace), strict=True)]
        assert sorted(shorter) == [0, 0, 1]
        if pace.hall < now.hall:
            assert pace.visit <= min(10, visit)
        if pace.write < now.write:
            assert pace.visit <= min(10, visit)
            assert pace.hall <= min(2, hall)
        before = pace


def _parts(pace: Pace) -> tuple[int, int, int]:
    return pace.visit, pace.write, pace.hall


def test_the_usual_slot_shortened_step_by_step() -> None:
    usual = Pace(12, 3, 4)
    assert [_parts(one) for one in paces(usual, usual)] == [
        *((11, 3, 4), (10, 3, 4)),
        *((10, 3, 3), (10, 3, 2)),
        (10, 2, 2),
    ]
