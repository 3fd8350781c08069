"""What other screens ask of the board: a walker's next visit, and how long stops took lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from walk.clock import day_words
from walk.model import (
    Closing,
    Rotation,
    Rules,
    StopLog,
    Visit,
    Walk,
    Walker,
    closing_id,
    rotation_id,
    rules_id,
)
from walk.phases import Done, fold
from walk.routine import zone
from walk.routine.desk import Desk
from walk.routine.timekeeping.board_day import MINUTE_MS, OUT, Situation, changes_of, first_day
from walk.routine.timekeeping.board_values import NextStop


def own_team(desk: Desk, labels: Sequence[str]) -> str:
    """The team whose board this laptop shows: as chosen, else that of the one who writes."""
    chosen = str(desk.store.setting(f"board:{desk.walk_id}", ""))
    if chosen in labels:
        return chosen
    return team_of(desk, desk.me, labels) or labels[0]


def keep_team(desk: Desk, team: str) -> None:
    """Remember the choice of a team on this laptop."""
    desk.store.set(f"board:{desk.walk_id}", team)


def team_of(desk: Desk, walker: str, labels: Sequence[str]) -> str:
    """The team of a walker (a record id); nothing where none can be told."""
    found = desk.store.get(Walker, desk.person(walker)) if walker else None
    label = found.team.strip() if found else ""
    if label in labels:
        return label
    return labels[0] if len(labels) == 1 and not label else ""


def next_of(desk: Desk, sit: Situation, walker: str = "", later_min: int = 0) -> NextStop | None:
    """The next visit of a walker, as far as this laptop knows; None when none comes.

    One that comes `later_min` minutes later than the board has it is also passed over later.
    """
    team = team_of(desk, walker, sit.teams) if walker else own_team(desk, sit.teams)
    if not team or sit.days[team].phase in OUT:
        return None
    now = sit.now.wall_ms - later_min * MINUTE_MS
    stop = next((one for one in sit.courses[team].stops if one.leave > now), None)
    if stop is None:
        return None
    return stop_at(sit, stop.visit, stop.enter)


def stop_at(sit: Situation, visit: str, enter: int) -> NextStop:
    """A stop at a visit that is entered at `enter` (UTC milliseconds)."""
    in_min = -((sit.now.wall_ms - enter) // MINUTE_MS)
    day, today = (zone.local(ms, sit.zone).date() for ms in (enter, sit.now.wall_ms))
    on = "" if day == today else day_words(day)
    return NextStop(visit, sit.hhmm(enter), in_min, on)


# How long stops took


def over_by(desk: Desk) -> int:
    """Median minutes that stops ran over in the newest finished walk with a log; 0 without one.

    Negative where they ran short.
    """
    walks = [one for id in desk.store.walks() if (one := desk.store.get(Walk, id))]
    for walk in sorted(walks, key=lambda one: one.date, reverse=True):
        over = [_over_ms(one, minutes) for one, minutes in _finished_stops(desk, walk.id)]
        if over:
            return round(median(over) / MINUTE_MS)
    return 0


def _over_ms(stop: Done, minutes: int) -> int:
    return stop.leave - stop.enter - minutes * MINUTE_MS


def _finished_stops(desk: Desk, walk: str) -> Iterator[tuple[Done, int]]:
    """The stops of a finished walk that were timed, with the minutes that were planned."""
    logs = {one.record.team: one.record for one in desk.store.all(StopLog, walk)}
    if not logs:
        return
    plan = desk.store.get(Rotation, rotation_id(walk))
    rules = desk.store.get(Rules, rules_id(walk)) or Rules(id=rules_id(walk), walk=walk)
    closed = desk.store.get(Closing, closing_id(walk)) is not None
    visits = sorted((one.record for one in desk.store.all(Visit, walk)), key=lambda one: one.place)
    minutes = plan.visit_minutes if plan else rules.visit_minutes
    for team in sorted(logs):
        day = fold(first_day(team, plan, rules, visits), changes_of(team, logs))
        if closed or day.phase in OUT:
            yield from ((one, minutes) for one in day.done)
