"""The rotation of a walk: made from its plan, kept as a record, told as table, words or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from walk.errors import Refused
from walk.exchange.receipt import counted
from walk.model.rotation import NOT_VISITED, DroppedVisit, PlannedStop, Rotation, rotation_id
from walk.routine import zone
from walk.routine.desk import Desk
from walk.routine.planning import prepare, roster
from walk.routine.planning.rotation_basis import (
    Basis,
    basis_of,
    basis_of_plan,
    fingerprint_of,
    in_order,
    with_slots,
)
from walk.routine.planning.times import may_plan

__all__ = [
    "Basis",
    "Row",
    "basis_of",
    "basis_of_plan",
    "current",
    "draw",
    "hhmm",
    "holds",
    "in_order",
    "in_words",
    "keep",
    "local_of",
    "make",
    "not_to_give",
    "preview",
    "rows",
    "shape",
    "stale",
    "stops_by_visit",
    "teams",
    "with_slots",
    "zone_of",
]

STAGE = prepare.STAGE
NOT_MADE = "No rotation is made yet: each team's board would begin at the first visit."
STALE = "The rotation was made before the plan changed: make it again, then give the plan."


@dataclass(frozen=True, slots=True)
class Row:
    """One slot of the table: its local times, HH:MM, and where each team is."""

    slot: int
    enter: str
    leave: str
    write_until: str
    talk_until: str
    at: Mapping[str, str]
    """A visit's code by team; a team that waits is not in it."""


# From the basis to a rotation

LAST_YEAR = 9996
"""Later moments cannot be written down."""


def draw(basis: Basis) -> Rotation:
    """Plan it. Needs no store, so it can run beside the screen; large plans take seconds."""
    from walk.rotation.explain import explain
    from walk.rotation.planner import make as plan_of

    if basis.day.year > LAST_YEAR:
        raise Refused("The day of this walk is too far away to plan.", "Give the walk its date.")
    # Which teams are too large moves no stop, and the roster says it already, in one line.
    problem = replace(basis.problem, team_size_at_most=0)
    plan = plan_of(problem)
    obstacles = [one.words for one in explain(problem, plan)]
    midnight = zone.to_ms(basis.day, problem.start, basis.zone) - problem.start * 60_000

    def ms(minutes: int) -> int:
        # From the start on minutes are minutes, also through a change to summer time.
        return midnight + minutes * 60_000

    # Where there is nothing to plan, the basis says so already.
    found = plan.warnings if problem.visits and problem.teams else ()
    warnings = (*basis.warnings, *found, *obstacles)
    return Rotation(
        id=rotation_id(basis.walk),
        walk=basis.walk,
        basis=basis.fingerprint,
        starts=ms(problem.start),
        orientation_minutes=problem.orientation,
        visit_minutes=problem.visit,
        write_minutes=problem.write,
        hall_minutes=problem.hall,
        move_minutes=problem.move,
        debrief_minutes=problem.debrief,
        stops=tuple(
            PlannedStop(
                team=one.team,
                visit=one.visit,
                slot=one.slot,
                enter=ms(one.enter),
                leave=ms(one.leave),
                write_until=ms(one.write_until),
                talk_until=ms(one.talk_until),
            )
            for one in sorted(plan.stops, key=lambda one: (one.enter, in_order(one.team)))
        ),
        recorded=plan.recorded,
        dropped=tuple(DroppedVisit(visit=one.visit, why=one.why) for one in plan.dropped),
        warnings=tuple(dict.fromkeys(warnings)),
        ends=ms(plan.ends),
    )


def preview(desk: Desk) -> Rotation:
    """The rotation as the plan stands now; nothing is saved."""
    return draw(basis_of(desk))


def keep(desk: Desk, drawn: Rotation, *, slots: int | None = None) -> Rotation:
    """Save what was drawn as the walk's rotation, with its moment and the next number. One act.

    With `slots`, so many are asked for from now on. Refused on a laptop that did not make the plan.
    """
    may_plan(desk)
    made, rules = current(desk), desk.rules
    place = f"rotation:{desk.walk_id}"
    # One that was undone may be in somebody's calendar: its number is not given again.
    sequence = 1 + max(made.sequence if made else 0, int(desk.store.setting(place, 0)))
    rotation = to_travel(drawn).changed(made_at=desk.now().wall_ms, sequence=sequence)
    others = []
    if slots is not None and slots != rules.slots:
        others.append(rules.changed(slots=slots))
    desk.save(STAGE, "rotation made", rotation, *others)
    desk.store.set(place, sequence)
    return rotation


def to_travel(drawn: Rotation) -> Rotation:
    """The same without its words on own rooms: whose room a code stands for does not travel."""
    hidden = own_room_words(drawn)
    return drawn.changed(
        warnings=tuple(one for one in drawn.warnings if one not in hidden),
        dropped=tuple(
            DroppedVisit(visit=one.visit, why=_why_to_travel(one.why)) for one in drawn.dropped
        ),
    )


def _why_to_travel(why: str) -> str:
    """The rules that stand in the way, own rooms left unsaid."""
    from walk.rotation.problem import OWN_ROOM

    rules = [one for one in why.split(" and ") if one != OWN_ROOM]
    return " and ".join(rules) or NOT_VISITED


def own_room_words(drawn: Rotation) -> tuple[str, ...]:
    """What a rotation as it was drawn says of own rooms; for the lead's laptop alone."""
    from walk.rotation.problem import OWN_ROOM

    return tuple(one for one in drawn.warnings if OWN_ROOM in one)


def keeps_out(made: Rotation) -> bool:
    """Whether a visit may not be seen since it is somebody's own room; the record does not say."""
    return bool(made.dropped)


def own_rooms_told(desk: Desk) -> tuple[str, ...]:
    """The mend for each visit that own rooms keep out of the rotation as it was made.

    It is drawn anew from the places kept here, which takes as long as `draw`; empty on a laptop
    that keeps none, and once the plan was changed since.
    """
    made = current(desk)
    if made is None or not keeps_out(made):
        return ()
    basis = basis_of(desk)
    if not holds(made, basis, started=bool(desk.rules.start)):
        return ()
    return own_room_words(draw(basis))


def make(desk: Desk, slots: int | None = None) -> Rotation:
    """Draw it from the plan and keep it; with `slots`, with so many."""
    may_plan(desk)
    basis = basis_of(desk)
    if slots is not None:
        basis = with_slots(basis, slots)
    return keep(desk, draw(basis), slots=slots)


# The rotation that was made


def current(desk: Desk) -> Rotation | None:
    """The rotation of the walk on the desk as it was made last."""
    return desk.store.get(Rotation, rotation_id(desk.walk_id)) if desk.walk_id else None


def stale(desk: Desk) -> bool:
    """True when the plan was edited since the rotation was made from it.

    On the lead's laptop also when a team would enter the room of one of its own walkers.
    """
    made = current(desk)
    return made is not None and not holds(made, basis_of(desk), started=bool(desk.rules.start))


def not_to_give(desk: Desk) -> str:
    """Why several teams could meet in one doorway by this plan, where its lead can mend that."""
    if not desk.is_lead() or len(roster.teams(desk)) < 2:
        return ""
    if current(desk) is None:
        return NOT_MADE
    return STALE if stale(desk) else ""


def holds(made: Rotation, basis: Basis, *, started: bool = True) -> bool:
    """Whether a rotation was made from this basis; `started` where the plan says when it begins."""
    problem = basis.problem
    if not started:  # the usual start moves with the clock and makes nothing stale
        since = (made.starts - zone.to_ms(basis.day, 0, basis.zone)) // 60_000
        problem = replace(problem, start=since)
    if made.basis != fingerprint_of(problem, basis.day, basis.zone):
        return False
    kept_out = {one.label: one.kept_out for one in problem.teams}
    return not any(one.visit in kept_out.get(one.team, ()) for one in made.stops)


def zone_of(desk: Desk) -> str:
    """The time zone of the walk on the desk; empty for that of this machine."""
    return desk.walk.zone


def local_of(ms: int, desk: Desk) -> datetime:
    """A moment, UTC milliseconds, in the local time of the walk on the desk."""
    return zone.local(ms, desk.walk.zone)


def hhmm(ms: int, zone_name: str) -> str:
    """A moment, UTC milliseconds, as a local time of day."""
    return f"{zone.local(ms, zone_name):%H:%M}"


def teams(rotation: Rotation) -> tuple[str, ...]:
    """The teams that have a stop."""
    return tuple(sorted({one.team for one in rotation.stops}, key=in_order))


def rows(rotation: Rotation, zone_name: str) -> tuple[Row, ...]:
    """The table, slot by slot."""
    by_slot: dict[int, list[PlannedStop]] = {}
    for one in rotation.stops:
        by_slot.setdefault(one.slot, []).append(one)
    return tuple(
        Row(
            slot=slot,
            enter=hhmm(stops[0].enter, zone_name),
            leave=hhmm(stops[0].leave, zone_name),
            write_until=hhmm(stops[0].write_until, zone_name),
            talk_until=hhmm(stops[0].talk_until, zone_name),
            at={one.team: one.visit for one in stops},
        )
        for slot, stops in sorted(by_slot.items())
    )


def stops_by_visit(rotation: Rotation) -> dict[str, int]:
    """How many stops each visit has that needs a slot; 0 for a dropped one."""
    found: dict[str, int] = {}
    for one in rotation.stops:
        found[one.visit] = found.get(one.visit, 0) + 1
    found |= {one.visit: 0 for one in rotation.dropped if one.visit not in found}
    return {code: found[code] for code in sorted(found, key=in_order)}


def in_words(rotation: Rotation, zone_name: str) -> str:
    """Such as "4 slots · each classroom 1–2 stops · ends 11:16"."""
    slots = max((one.slot for one in rotation.stops), default=0)
    held = [number for number in stops_by_visit(rotation).values() if number]
    parts = [counted(slots, "slot", "slots")]
    if held:
        least, most = min(held), max(held)
        many = counted(most, "stop", "stops")
        each = "each visited classroom" if rotation.dropped else "each classroom"
        parts.append(f"{each} {many}" if least == most else f"{each} {least}–{many}")
    if rotation.dropped:
        parts.append(f"{len(rotation.dropped)} not visited")
    if rotation.recorded:
        parts.append(f"{len(rotation.recorded)} recorded")
    return " · ".join([*parts, f"ends {hhmm(rotation.ends, zone_name)}"])


# For programs


def shape(rotation: Rotation, zone_name: str) -> dict[str, Any]:
    """A rotation as JSON values; times are ISO 8601, local with offset."""

    def iso(ms: int) -> str:
        return zone.local(ms, zone_name).isoformat(timespec="seconds")

    return {
        "slots": [
            {
                "team": one.team,
                "visit": one.visit,
                "slot": one.slot,
                "enter": iso(one.enter),
                "leave": iso(one.leave),
                "write_until": iso(one.write_until),
                "talk_until": iso(one.talk_until),
            }
            for one in rotation.stops
        ],
        "dropped": [{"visit": one.visit, "why": one.why} for one in rotation.dropped],
        "rooms": [
            {"visit": code, "stops": stops} for code, stops in stops_by_visit(rotation).items()
        ],
        "recorded": list(rotation.recorded),
        "ends": iso(rotation.ends),
        "warnings": list(rotation.warnings),
    }
