"""The rotation of a walk: what is asked of the planner, what is kept, and what programs read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import begin_small, the_visit
from tests.routine import rotation_plan
from tests.routine.rotation_plan import PLAN, take
from walk.clock import FixedClock
from walk.errors import Refused
from walk.intake.plan import MOST_MINUTES, Place, Places, parse_plan
from walk.model.rotation import DroppedVisit
from walk.routine.desk import Desk
from walk.routine.papers import rotation_told
from walk.routine.planning import places, prepare, rotation, rotation_basis, times

clock = rotation_plan.clock
desk = rotation_plan.desk


def test_a_team_over_the_cap_is_told_once_and_moves_no_stop(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    before = rotation.preview(desk)
    times.set_team_size(desk, "1")
    told = [one for one in rotation_told.as_json(desk)["warnings"] if "2 walkers" in one]
    assert told == ["team A has 2 walkers, and 1 are the most"]
    assert rotation.preview(desk).stops == before.stops


# What is asked


def test_a_plan_file_asks_the_same_as_the_walk_made_of_it(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    own = Places((Place("v3", "Room 12", ("ana",)),))
    places.write(desk, own)
    asked = rotation.basis_of(desk).problem
    assert asked == rotation.basis_of_plan(parse_plan(PLAN), own, desk.now()).problem
    assert [one.label for one in asked.teams] == ["A", "B"]
    assert asked.teams[0].lenses == {"language"}
    assert asked.teams[0].most_stops == 3  # the least of its walkers' caps
    assert asked.teams[1].kept_out == {"V3"}
    assert [one.code for one in asked.visits if one.recorded] == ["V4"]
    assert asked.visits[1].windows == ((530, 640),)
    assert asked.start == 530


def test_walkers_without_a_team_are_one_team(desk: Desk) -> None:
    begin_small(desk)
    prepare.add_walker(desk, "Ben")
    (team,) = rotation.basis_of(desk).problem.teams
    assert (team.label, sorted(team.walkers)) == ("A", ["Ben", "me"])


def test_a_walker_without_a_team_beside_others_is_named(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    prepare.add_walker(desk, "Dan")
    told = rotation_told.as_json(desk)["warnings"]
    assert [one for one in told if "Dan" in one] == ["Dan is on no team, while others are"]


def test_a_withdrawn_visit_is_asked_for_no_more(desk: Desk) -> None:
    begin_small(desk)
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    assert [one.code for one in rotation.basis_of(desk).problem.visits] == ["V1", "V3"]


def test_without_a_start_today_begins_at_the_next_quarter(desk: Desk, clock: FixedClock) -> None:
    begin_small(desk)
    clock.advance(minutes=7)
    assert rotation.basis_of(desk).problem.start == 9 * 60 + 15
    told = rotation_told.as_json(desk)
    assert told["slots"][0]["enter"] == "2025-10-14T09:30:00+00:00"
    assert "No start is set; this takes 09:15" in told["warnings"]
    prepare.describe_walk(desk, host_school="", date="2025-10-20", keep_until="2025-12-13")
    assert rotation.basis_of(desk).problem.start == 9 * 60


def test_neither_visits_nor_walkers_is_said(desk: Desk) -> None:
    begin_small(desk, visits=1)
    prepare.withdraw_visit(desk, the_visit(desk, "V1"))
    told = rotation_told.as_json(desk)
    assert told["slots"] == told["rooms"] == []
    assert rotation_basis.ALL_WITHDRAWN in told["warnings"]
    assert not any("visit to plan" in one for one in told["warnings"])
    nobody = parse_plan(PLAN.replace('team = "A"', "").replace('team = "B"', ""))
    assert len(rotation.basis_of_plan(nobody, None, desk.now()).problem.teams) == 1


# What programs read


def test_the_shape_that_programs_rely_on(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    told = rotation_told.as_json(desk)
    assert list(told) == ["slots", "dropped", "rooms", "recorded", "ends", "warnings"]
    assert told["slots"][0] == {
        "team": "A",
        "visit": told["slots"][0]["visit"],
        "slot": 1,
        "enter": "2025-10-14T09:05:00-05:00",
        "leave": "2025-10-14T09:17:00-05:00",
        "write_until": "2025-10-14T09:20:00-05:00",
        "talk_until": "2025-10-14T09:24:00-05:00",
    }
    assert {one["visit"] for one in told["slots"]} == {"V1", "V2", "V3"}
    assert {one["visit"] for one in told["rooms"]} == {"V1", "V2", "V3"}
    assert sum(one["stops"] for one in told["rooms"]) == len(told["slots"])
    assert told["recorded"] == ["V4"]
    assert told["dropped"] == []
    last = max(one["talk_until"] for one in told["slots"])
    ended = datetime.fromisoformat(told["ends"]) - datetime.fromisoformat(last)
    assert ended.total_seconds() == (2 + 45) * 60


@pytest.mark.parametrize(
    ("day", "offset"),
    [
        ("2026-03-27", "+01:00"),
        ("2026-03-29", "+02:00"),
        ("2025-10-25", "+02:00"),
        ("2025-10-26", "+01:00"),
    ],
)
def test_the_offset_is_that_of_the_day_of_the_walk(
    clock: FixedClock, day: str, offset: str
) -> None:
    text = PLAN.replace("2025-10-14", day).replace("America/Chicago", "Europe/Berlin")
    basis = rotation.basis_of_plan(parse_plan(text), None, clock.now())
    told = rotation.shape(rotation.draw(basis), basis.zone)
    assert told["slots"][0]["enter"] == f"{day}T09:05:00{offset}"


def test_minutes_stay_minutes_through_a_change_to_summer_time(clock: FixedClock) -> None:
    text = PLAN.replace("2025-10-14", "2026-03-29").replace("America/Chicago", "Europe/Berlin")
    text = text.replace("08:50:00", "01:30:00").replace('windows = [["08:50", "10:40"]]', "")
    basis = rotation.basis_of_plan(parse_plan(text), None, clock.now())
    first, second = rotation.rows(rotation.draw(basis), basis.zone)[:2]
    assert (first.enter, first.leave) == ("01:45", "01:57")
    assert (second.enter, second.leave) == ("03:06", "03:18")


def test_a_time_zone_that_is_not_known_here_is_said(desk: Desk) -> None:
    begin_small(desk)
    desk.save("prepare", "zone", desk.walk.changed(zone="Mars/Olympus"))
    told = rotation.preview(desk).warnings
    assert any("does not know the time zone Mars/Olympus" in one for one in told)


def test_a_dropped_visit_comes_with_its_rule_and_a_mend(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path, PLAN.replace('"08:50", "10:40"', '"06:50", "07:40"'))
    told = rotation_told.as_json(desk)
    assert told["dropped"] == [{"visit": "V2", "why": "windows"}]
    assert {"visit": "V2", "stops": 0} in told["rooms"]
    assert any("V2" in one and "earlier start" in one for one in told["warnings"])
    assert "1 not visited" in rotation.in_words(rotation.preview(desk), "")


# What is kept


def test_making_it_is_one_act_and_undo_restores_what_was(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    first = rotation.make(desk)
    assert rotation.current(desk) == first
    assert (first.sequence, first.made_at) == (1, desk.now().wall_ms)
    second = rotation.make(desk, slots=3)
    assert second.sequence == 2
    assert desk.rules.slots == 3
    assert max(one.slot for one in second.stops) == 3
    assert desk.undo("prepare") == "rotation made"
    assert rotation.current(desk) == first
    assert desk.rules.slots == 0
    assert rotation.make(desk).sequence == 3  # 2 may be in somebody's calendar


def test_a_rotation_is_stale_once_the_plan_says_otherwise(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    assert not rotation.stale(desk)
    rotation.make(desk)
    assert not rotation.stale(desk)
    times.set_minutes(desk, "visit", 10)
    assert rotation.stale(desk)
    assert any(
        "made before the plan changed" in one for one in rotation_told.as_json(desk)["warnings"]
    )
    times.set_minutes(desk, "visit", 12)
    assert not rotation.stale(desk)


def test_another_label_moves_nobody(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    rotation.make(desk)
    prepare.give_label(desk, next(one for one in desk.walkers() if one.label == "Ben"), "Bo")
    assert not rotation.stale(desk)


def test_the_usual_start_makes_nothing_stale_as_time_passes(desk: Desk, clock: FixedClock) -> None:
    begin_small(desk)
    rotation.make(desk)
    clock.advance(minutes=40)
    assert not rotation.stale(desk)
    times.set_start(desk, "9:10")
    assert rotation.stale(desk)


def test_an_own_room_that_is_entered_makes_it_stale_and_never_travels(
    desk: Desk, tmp_path: Path
) -> None:
    take(desk, tmp_path)
    before = rotation.make(desk)
    code = next(one.visit for one in before.stops if one.team == "B")
    places.write(desk, Places((Place(code, "Room 12", ("Ana",)),)))
    assert rotation.stale(desk)
    after = rotation.make(desk)
    assert not any(one.visit == code for one in after.stops if one.team == "B")
    assert not rotation.stale(desk)
    assert after.basis == before.basis
    assert "own room" not in " ".join(after.warnings)


def test_the_mend_for_an_own_room_is_told_here_after_it_was_made(
    desk: Desk, tmp_path: Path
) -> None:
    take(desk, tmp_path)
    places.write(desk, Places((Place("V1", "Room 12", ("Ana", "Ben")),)))
    made = rotation.make(desk)
    assert [(one.visit, one.why) for one in made.dropped] == [("V1", "not visited")]
    (mend,) = rotation.own_rooms_told(desk)
    assert mend.startswith("Teams A and B may not enter V1")
    assert mend in rotation_told.as_json(desk)["warnings"]
    assert "own room" not in " ".join(rotation.current(desk).warnings)  # type: ignore[union-attr]
    times.set_minutes(desk, "visit", 10)
    assert rotation.own_rooms_told(desk) == (), "it is told of what would be made now instead"


def test_only_the_laptop_of_the_plan_makes_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk, tmp_path)
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    with pytest.raises(Refused, match="another laptop"):
        rotation.make(desk)
    with pytest.raises(Refused, match="another laptop"):
        times.set_minutes(desk, "visit", 10)


def test_the_table_is_by_time_and_team(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    made = rotation.make(desk)
    zone = rotation.zone_of(desk)
    table = rotation.rows(made, zone)
    assert [one.enter for one in table] == ["09:05", "09:26"]
    assert rotation.teams(made) == ("A", "B")
    assert {(row.slot, team, code) for row in table for team, code in row.at.items()} == {
        (one.slot, one.team, one.visit) for one in made.stops
    }
    assert rotation.in_words(made, zone) == (
        "2 slots · each classroom 1–2 stops · 1 recorded · ends 10:32"
    )


def test_a_classroom_without_a_stop_is_not_counted_among_each(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path)
    whole = rotation.make(desk)
    stops = tuple(one for one in whole.stops if one.visit != "V1")
    made = whole.changed(stops=stops, dropped=(DroppedVisit(visit="V1", why="windows"),))
    words = rotation.in_words(made, rotation.zone_of(desk))
    assert "each classroom" not in words
    assert " · each visited classroom " in words
    assert " · 1 not visited · " in words


def test_teams_are_in_the_order_that_people_expect() -> None:
    labels = ["Team 10", "team 2", "A", "Team 1"]
    assert sorted(labels, key=rotation.in_order) == ["A", "Team 1", "team 2", "Team 10"]
    long = "9" * 5_000
    assert sorted([long, "0100", "20"], key=rotation.in_order) == ["20", "0100", long]


@given(st.lists(st.text(max_size=8), max_size=6))
def test_any_labels_can_be_put_in_order(labels: list[str]) -> None:
    once = sorted(labels, key=rotation.in_order)
    assert sorted(reversed(labels), key=rotation.in_order) == once


# Times as they are typed


@pytest.mark.parametrize(("typed", "kept"), [("8:50", "08:50"), (" 08.50 ", "08:50"), ("", "")])
def test_a_start_is_read_as_people_type_it(desk: Desk, typed: str, kept: str) -> None:
    begin_small(desk)
    times.set_start(desk, "10:00")
    times.set_start(desk, typed)
    assert desk.rules.start == kept


@pytest.mark.parametrize("typed", ["25:00", "nine", "9", "09:60", "\x1b[31m"])
def test_what_is_no_time_of_day_is_refused(desk: Desk, typed: str) -> None:
    begin_small(desk)
    with pytest.raises(Refused, match="no time of day") as refused:
        times.set_start(desk, typed)
    assert "\x1b" not in str(refused.value)


def test_numbers_have_their_bounds(desk: Desk) -> None:
    begin_small(desk)
    assert times.MINUTES_MOST == MOST_MINUTES
    with pytest.raises(Refused, match="Visit: 0 does not fit"):
        times.set_minutes(desk, "visit", 0)
    with pytest.raises(Refused, match="no number"):
        times.set_stops_at_most(desk, "many")
    with pytest.raises(Refused, match="does not fit"):
        times.set_team_size(desk, "99999")
    times.set_stops_at_most(desk, "2")
    times.set_team_size(desk, "")
    times.set_bells(desk, "10:30-10:35, 9:40 to 9:45")
    times.set_lenses(desk, "language, ,mathematics,language")
    rules = desk.rules
    assert (rules.stops_per_visit_at_most, rules.team_size_at_most) == (2, 0)
    assert rules.bells == (("09:40", "09:45"), ("10:30", "10:35"))
    assert rules.lens_in_every_visit == ("language", "mathematics")
