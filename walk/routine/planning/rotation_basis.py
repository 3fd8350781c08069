"""What a rotation is made from: the plan of a walk or of a plan file, as a planner is asked it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from walk.clock import Moment
from walk.model import Rules, Visit, Walker
from walk.routine import zone
from walk.routine.desk import Desk
from walk.routine.planning import places, prepare, roster
from walk.routine.planning.hours import DAY, clock_of, minutes_of
from walk.text import one_line

if TYPE_CHECKING:  # the planner is loaded when something is planned, so that a start stays quick
    from walk.intake.plan import Places, Plan
    from walk.rotation.problem import Problem, RotationTeam

NINE = 9 * 60
QUARTER = 15
ALL_WITHDRAWN = "Every visit is withdrawn; under Classrooms, x brings one back"
NO_START = "No start is set; this takes {start}"
Own = Mapping[str, Iterable[str]]
"""By a visit's code, the labels of those who never enter it: it is their own room."""


@dataclass(frozen=True, slots=True)
class Basis:
    """All that a rotation is made from; with it no store is needed any more."""

    walk: str
    problem: Problem
    day: date
    """The date of the walk at the host school."""
    zone: str
    """The time zone's name; empty for that of this machine."""
    warnings: tuple[str, ...] = ()
    fingerprint: str = ""


# From the plan to what the planner is asked


def basis_of(desk: Desk) -> Basis:
    """All that the rotation of the walk on the desk is made from, as the plan stands now."""
    return _basis(
        desk.walk_id,
        desk.rules,
        prepare.visits(desk),
        desk.walkers(),
        places.own_rooms(desk),
        (desk.walk_date(), desk.walk.zone),
        desk.now(),
    )


def basis_of_plan(plan: Plan, rooms: Places | None, now: Moment) -> Basis:
    """All that the rotation of a plan file is made from. Codes stand for the records' ids."""
    said = plan.times
    rules = Rules(
        id="",
        walk="",
        start=said.start.strftime("%H:%M") if said.start else "",
        orientation_minutes=said.orientation,
        visit_minutes=said.visit,
        write_minutes=said.write,
        hall_minutes=said.hall_talk,
        move_minutes=said.move,
        debrief_minutes=said.debrief,
        slots=said.slots,
        bells=tuple((f"{one.start:%H:%M}", f"{one.end:%H:%M}") for one in plan.bells),
        stops_per_visit_at_most=plan.rules.stops_per_visit_at_most,
        team_size_at_most=plan.rules.team_size_at_most,
        lens_in_every_visit=plan.rules.lens_in_every_visit,
    )
    visits = [
        Visit.from_dict(
            {
                "id": "",
                "walk": "",
                "code": one.code,
                "mode": one.mode,
                "windows": [[f"{a:%H:%M}", f"{b:%H:%M}"] for a, b in one.windows],
            }
        )
        for one in plan.visits
    ]
    walkers = [
        Walker(
            id="",
            walk="",
            label=one.label,
            roles=one.roles,
            lens=one.lens,
            team=one.team,
            max_stops=one.max_stops,
        )
        for one in plan.walkers
    ] or [Walker(id="", walk="", label=prepare.ME)]
    walkers.sort(key=lambda one: one.label.casefold())
    own = {one.code: one.own_room_of for one in (rooms.places if rooms else ())}
    where = (plan.walk.date or now.local_date, plan.walk.zone)
    basis = _basis("", rules, visits, walkers, own, where, now)
    return replace(basis, warnings=(*basis.warnings, *roster.warnings_of(walkers, rules)))


def _basis(
    walk: str,
    rules: Rules,
    visits: Sequence[Visit],
    walkers: Sequence[Walker],
    own: Own,
    where: tuple[date, str],
    now: Moment,
) -> Basis:
    from walk.rotation.problem import Problem, RotationVisit

    day, zone_name = where
    warnings: list[str] = []
    start = minutes_of(rules.start) if rules.start else _usual_start(day, zone_name, now)
    if not rules.start:
        warnings.append(NO_START.format(start=clock_of(start)))
    open_visits = [one for one in visits if not one.withdrawn]
    codes = {one.code.casefold(): one.code for one in open_visits}
    own = {codes.get(code.casefold(), code): owners for code, owners in own.items()}
    teams = team_lists(walkers)
    if zone_name and not zone.is_known(zone_name):
        warnings.append(
            f"This laptop does not know the time zone {one_line(zone_name, 40)}: times are its own"
        )
    if not open_visits:
        warnings.append(ALL_WITHDRAWN if visits else "No visits yet")
    if not teams:
        warnings.append("No walkers on a team yet: put one into a team")
    problem = Problem(
        teams=tuple(_team(label, held, own) for label, held in teams.items()),
        visits=tuple(
            RotationVisit(
                one.code,
                tuple((minutes_of(a), minutes_of(b)) for a, b in one.windows),
                one.mode == "recorded",
            )
            for one in open_visits
        ),
        start=start,
        orientation=rules.orientation_minutes,
        visit=rules.visit_minutes,
        write=rules.write_minutes,
        hall=rules.hall_minutes,
        move=rules.move_minutes,
        debrief=rules.debrief_minutes,
        bells=tuple((minutes_of(a), minutes_of(b)) for a, b in rules.bells),
        slots=rules.slots,
        stops_per_visit_at_most=rules.stops_per_visit_at_most,
        lens_in_every_visit=rules.lens_in_every_visit,
        team_size_at_most=rules.team_size_at_most,
    )
    return Basis(
        walk=walk,
        problem=problem,
        day=day,
        zone=zone_name,
        warnings=tuple(warnings),
        fingerprint=fingerprint_of(problem, day, zone_name),
    )


def team_lists(walkers: Sequence[Walker]) -> dict[str, tuple[Walker, ...]]:
    """The walkers of each team, teams by their labels; where nobody names one, all are one team."""
    found = roster.teams_of(walkers)
    return {label: found[label] for label in sorted(found, key=in_order)}


def in_order(label: str) -> tuple[object, str]:
    """A key that sorts labels and codes as people do: Team 2 before Team 10."""
    parts = re.split(r"([0-9]+)", label.casefold())
    return tuple(_number(one) if one.isdecimal() else (1, 0, one) for one in parts), label


def _number(digits: str) -> tuple[int, int, str]:
    """A key that sorts numbers by their size, however long: `int` refuses very long ones."""
    counted = digits.lstrip("0")
    return 0, len(counted), counted


def _team(label: str, walkers: Sequence[Walker], own: Own) -> RotationTeam:
    from walk.rotation.problem import RotationTeam

    labels = {one.label.strip().casefold() for one in walkers}
    caps = [one.max_stops for one in walkers if one.max_stops]
    return RotationTeam(
        label,
        tuple(one.label for one in walkers),
        frozenset(one.lens.strip() for one in walkers if one.lens.strip()),
        min(caps, default=0),
        frozenset(
            code
            for code, owners in own.items()
            if labels & {owner.strip().casefold() for owner in owners}
        ),
    )


def _usual_start(day: date, zone_name: str, now: Moment) -> int:
    """Where the plan names no start: today the next full quarter of an hour, else nine."""
    local = zone.local(now.wall_ms, zone_name)
    if local.date() != day:
        return NINE
    since = local.hour * 60 + local.minute
    return min(-(-since // QUARTER) * QUARTER, DAY - QUARTER)


def fingerprint_of(problem: Problem, day: date, zone_name: str) -> str:
    """Tells whether the plan is still the one that a rotation was made from.

    It travels with the rotation, so own rooms are left out: from them one could guess whose room
    a code stands for. Labels are left out, as another label moves nobody.
    """
    from walk.rotation.problem import basis

    teams = tuple(
        replace(one, walkers=("",) * len(one.walkers), kept_out=frozenset())
        for one in problem.teams
    )
    text = f"{basis(replace(problem, teams=teams))}\n{day.isoformat()}\n{zone_name}"
    return hashlib.sha256(text.encode()).hexdigest()


def with_slots(basis: Basis, slots: int) -> Basis:
    """The same with another number of slots asked for; 0 for as few as are needed."""
    problem = replace(basis.problem, slots=slots)
    fingerprint = fingerprint_of(problem, basis.day, basis.zone)
    return replace(basis, problem=problem, fingerprint=fingerprint)
