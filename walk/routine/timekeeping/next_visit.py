"""Where the one who is writing goes next and when: their team's rotation, as corrected here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from walk.model import MODE_WORDS, StopLog, Visit, Walker
from walk.model.rotation import Rotation
from walk.routine.desk import Desk
from walk.routine.planning import prepare, roster, rotation
from walk.routine.planning.hours import DAY, clock_of, minutes_of
from walk.routine.timekeeping import correction
from walk.routine.visiting import visit as visiting
from walk.timer import LONGEST_MIN

if TYPE_CHECKING:
    from walk.routine.timekeeping.board_day import Situation
    from walk.routine.timekeeping.board_values import NextStop

HOUR = 60
WITH_A_ROOM = ("visit", "write", "hall")
"""Phases of a team's day in which the form of one visit is due: in the room and after it."""


@dataclass(frozen=True, slots=True)
class NextVisit:
    """The visit that comes next, and when, in words."""

    code: str
    words: str
    """Such as "starts 09:26 (in 4 min), in person"."""


def team_of(desk: Desk) -> str:
    """The team of the one who is writing; empty where they are on none."""
    person = desk.person(desk.me)
    me = desk.store.get(Walker, person) if person else None
    if me is not None and me.team:
        return me.team
    for label, walkers in roster.teams(desk).items():
        if any(one.id == person for one in walkers):
            return label
    return ""


def follows(desk: Desk) -> Rotation | None:
    """The rotation that says where the one who is writing goes; None where none does."""
    made = rotation.current(desk)
    return made if made is not None and team_of(desk) in rotation.teams(made) else None


def next_visit(
    desk: Desk, seen: Collection[str] = (), made: Rotation | None = None
) -> NextVisit | None:
    """What comes next by rotation, the day's changes entered here, and the correction made here.

    `seen` are the codes of visits that the one who is writing has entered; `made` is what `follows`
    found, where that was asked already.
    """
    made = made or follows(desk)
    if made is None:
        return None
    corrected = correction.read(desk)
    stop, entered = _next_stop(desk, made, seen, corrected.minutes)
    word = f" · {correction.WORD}" if corrected.words else ""
    modes = {one.code: MODE_WORDS[one.mode] for one in prepare.visits(desk)}
    if corrected.visit and corrected.visit not in seen:
        time = f"{_when(stop, corrected.minutes)}, " if stop else ""
        return NextVisit(corrected.visit, f"{time}{modes.get(corrected.visit, '')}{word}")
    if stop is None:
        return None
    time = _since(stop) if entered else _when(stop, corrected.minutes)
    return NextVisit(stop.visit, f"{time}, {modes.get(stop.visit, '')}{word}")


def _next_stop(
    desk: Desk, made: Rotation, seen: Collection[str], later: int
) -> tuple[NextStop | None, bool]:
    """As the board has it, and whether the team has entered it already.

    Where a team is ahead of the board, or it was never started, as planned.
    """
    # Loaded where there is a rotation only: it would slow the start of every other walk.
    from walk.routine.timekeeping import board_day, board_next

    sit = board_day.load(desk)
    team = team_of(desk)
    now_in = _now_in(sit, team)
    if now_in is not None and now_in.visit not in seen:
        return now_in, True
    stop = board_next.next_of(desk, sit, desk.me, later)
    if stop is not None and stop.visit not in seen:
        return stop, False
    planned = [one for one in made.stops if one.team == team]
    if stop is not None:
        codes = [one.visit for one in planned]
        planned = planned[codes.index(stop.visit) + 1 :] if stop.visit in codes else []
    elif team in sit.days and sit.days[team].started:
        return None, False
    coming = next((one for one in planned if one.visit not in seen), None)
    if coming is None:
        return None, False
    return board_next.stop_at(sit, coming.visit, coming.enter + sit.moved_ms), False


def _now_in(sit: Situation, team: str) -> NextStop | None:
    """The room that the team is in or writes about by the board here, which entered it already."""
    from walk.routine.timekeeping import board_next

    day = sit.days.get(team)
    if day is None or day.phase not in WITH_A_ROOM or not day.at or day.entered_t is None:
        return None
    return board_next.stop_at(sit, day.at, day.wall_of(day.entered_t, sit.now))


def inside_s(desk: Desk, visit: Visit) -> int:
    """Whole seconds since the writer's team entered a visit, for a form that begins now.

    Zero where the board kept here does not have them in that room, of a recorded segment, of a form
    that was begun, and where so much time cannot be meant. Another laptop's board is not asked: its
    clock may be another.
    """
    form = visiting.form_of(desk, visit)
    begun = form is not None and form.entered_at is not None
    logs = any(one.here for one in desk.store.all(StopLog, desk.walk_id))
    if begun or not logs or visit.mode == "recorded":
        return 0
    # Loaded where a board was kept only, as above.
    from walk.routine.timekeeping import board_day

    sit, team = board_day.load(desk), team_of(desk)
    day = sit.days.get(team)
    if team not in sit.own_logs or day is None or day.entered_t is None:
        return 0
    if day.phase != "visit" or day.at != visit.code:
        return 0
    inside = (sit.now.wall_ms - day.wall_of(day.entered_t, sit.now)) // 1000
    return inside if 0 < inside <= LONGEST_MIN * 60 else 0


def _since(stop: NextStop) -> str:
    """When its team entered it, in words."""
    return f"entered {stop.enter} ({-stop.in_min} min ago)"


def _when(stop: NextStop, later: int) -> str:
    """When it starts, in words that fit how far off it is."""
    at = clock_of((minutes_of(stop.enter) + later) % DAY)
    away = stop.in_min + later
    if away > DAY and stop.on:
        return f"starts {at} on {stop.on}"
    if away > HOUR:
        return f"starts {at} (in {away // HOUR} h {away % HOUR} min)"
    if away >= 0:
        return f"starts {at} (in {away} min)"
    if away >= -HOUR:
        return f"planned for {at} ({-away} min ago)"
    return f"planned for {at} on {stop.on}" if stop.on else f"planned for {at}"
