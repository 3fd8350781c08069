"""The day as this laptop knows it: the plan, what every log says, and the course of every team."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from walk.clock import Moment
from walk.model import (
    DayChange,
    Rotation,
    Rules,
    StopLog,
    Visit,
    Walker,
    stop_log_id,
)
from walk.phases import ANEW, Minutes, Place, TeamDay, apply, boot_mark, fold, start, without
from walk.rotation.reflow import Course, Doors, Lengths, Planned, Span, Stand, forecast
from walk.routine import zone
from walk.routine.desk import Desk
from walk.routine.planning import prepare, roster, rotation
from walk.routine.planning.hours import minutes_of
from walk.routine.timekeeping.board_been import been_before
from walk.routine.timekeeping.board_held import MINUTE_MS, move_day, move_doors, moved_by

__all__ = ["MINUTE_MS", "OUT", "Situation", "load"]

LATE = "late"
OUT: tuple[str, ...] = ("debrief", "over")


@dataclass(frozen=True)
class Situation:
    """All that a board is worked out from. Times are UTC milliseconds."""

    now: Moment
    zone: str
    plan: Rotation | None
    """As it was made; `starts` and `planned_ends` are of the day on which it is held."""
    teams: tuple[str, ...]
    rules: Rules
    visits: tuple[Visit, ...]
    logs: dict[str, StopLog]
    """By team; those that are here."""
    own_logs: frozenset[str]
    """The teams whose log this laptop keeps."""
    first: dict[str, TeamDay]
    """Every team's day as planned, before anything was entered."""
    days: dict[str, TeamDay]
    doors: Doors
    closed: dict[str, int]
    """Visits that were taken back, with the moment."""
    moved_ms: int = 0
    """By how much the plan is moved, as whole days, as it is held on another day."""

    @cached_property
    def courses(self) -> dict[str, Course]:
        """What comes for every team."""
        stands = [stand_of(day, self.now) for day in self.days.values()]
        return forecast(stands, self.doors)

    @property
    def starts(self) -> int:
        """When orientation was planned to begin; 0 without a plan."""
        return self.plan.starts + self.moved_ms if self.plan and self.plan.stops else 0

    @property
    def planned_ends(self) -> int:
        """When the walk was planned to end; 0 without a plan."""
        return self.plan.ends + self.moved_ms if self.plan else 0

    @property
    def other_day(self) -> bool:
        """True where no clock was started, and the plan is not of today."""
        if not self.starts or any(day.started for day in self.days.values()):
            return False
        planned = zone.local(self.starts, self.zone).date()
        return planned != zone.local(self.now.wall_ms, self.zone).date()

    def ends(self, team: str) -> int:
        """When the walk ends for a team, debrief included; teams sit down together."""
        day = self.days[team]
        if day.phase == "over":
            return day.wall_of(day.began_t, self.now)
        if day.phase == "debrief":
            return phase_ends(day, self.now)
        free = max(course.free for course in self.courses.values())
        return free + day.minutes.debrief * MINUTE_MS

    def after(self, changes: Iterable[DayChange]) -> Situation:
        """How things would stand after these changes; Refused where one makes no sense."""
        sit, closed = self, dict(self.closed)
        for change in changes:
            if change.do == ANEW:
                sit = sit._begun_anew(change)
                continue
            days = dict(sit.days)
            days[change.team] = apply(days[change.team], change)
            sit = replace(sit, days=days)
            if change.do == "withdraw":
                closed.setdefault(change.visit, self.now.wall_ms)
        return settled(replace(sit, closed=closed))

    def _begun_anew(self, change: DayChange) -> Situation:
        """Every day as it is known without what this team's log held before."""
        log = self.logs.get(change.team) or StopLog(id="", walk="", team=change.team)
        logs = {**self.logs, change.team: log.changed(changes=(*log.changes, change))}
        days = {team: fold(day, changes_of(team, logs)) for team, day in self.first.items()}
        moved = {team: move_day(day, self.moved_ms) for team, day in days.items()}
        return replace(self, logs=logs, days=moved)

    def hhmm(self, ms: int) -> str:
        """A moment as a local time of day; empty for none."""
        return rotation.hhmm(ms, self.zone) if ms else ""

    def change(self, do: str, team: str, **fields: object) -> DayChange:
        """A change entered now."""
        now = self.now
        return DayChange.from_dict(
            {
                "do": do,
                "team": team,
                "at": now.wall_ms,
                "zone": now.zone_min,
                "awake_ms": now.awake_ms,
                "boot": boot_mark(now),
                **fields,
            }
        )


def load(desk: Desk) -> Situation:
    """Read everything fresh. Refused when no walk is open."""
    walk, now, rules, plan = desk.walk, desk.now(), desk.rules, rotation.current(desk)
    visits = _visits(desk, plan)
    closed = _withdrawn(desk, visits)
    labels = team_labels(desk, plan)
    held = {one.record.team: one for one in desk.store.all(StopLog, desk.walk_id)}
    logs = {team: one.record for team, one in held.items()}
    first = {team: first_day(team, plan, rules, visits) for team in labels}
    if plan is None or not plan.stops:
        been = {team: been_before(desk, team, visits, changes_of(team, logs)) for team in labels}
        first = {team: _not_again(day, been[team]) for team, day in first.items()}
    sit = Situation(
        now=now,
        zone=walk.zone,
        plan=plan,
        teams=labels,
        rules=rules,
        visits=visits,
        logs=logs,
        own_logs=frozenset(team for team, one in held.items() if one.here),
        first=first,
        days={team: fold(day, changes_of(team, logs)) for team, day in first.items()},
        doors=_doors(plan, rules, visits, walk.zone, now),
        closed=closed,
    )
    return settled(sit)


def _not_again(day: TeamDay, been: Collection[str]) -> TeamDay:
    return replace(day, rest=tuple(code for code in day.rest if code not in been))


def _visits(desk: Desk, plan: Rotation | None) -> tuple[Visit, ...]:
    """The visits of the plan; without one, as many as a day can have, in the order of Prepare.

    An imported walk may have tens of thousands.
    """
    if plan is not None and plan.stops:
        return tuple(prepare.visits(desk))
    most = prepare.VISITS_MOST
    return desk.as_read(
        "visits of the board", lambda: tuple(desk.store.first_visits(desk.walk_id, most))
    )


def _withdrawn(desk: Desk, visits: Iterable[Visit]) -> dict[str, int]:
    """Those that were taken back, with the moment."""
    held = (desk.store.held(Visit, one.id) for one in visits if one.withdrawn)
    return {one.record.code: one.at for one in held if one}


def settled(sit: Situation) -> Situation:
    """The plan as of the day on which it is held, and without visits that were taken back."""
    moved = moved_by(sit.plan, sit.days.values(), sit.zone, sit.now)
    by = moved - sit.moved_ms
    days = {team: _close(move_day(day, by), sit.closed) for team, day in sit.days.items()}
    return replace(sit, days=days, doors=move_doors(sit.doors, by), moved_ms=moved)


def _close(day: TeamDay, closed: dict[str, int]) -> TeamDay:
    """The day without visits that were taken back, with the moment of each.

    A team that is as planned may have been there before.
    """
    for code in sorted(closed):
        index = day.rest.index(code) if code in day.rest else len(day.places)
        been = index < len(day.places) and day.places[index].enter <= closed[code]
        if day.started or not been:
            day = without(day, code)
    return day


def team_labels(desk: Desk, plan: Rotation | None) -> tuple[str, ...]:
    """The teams of the rotation; without one, the team of this laptop alone."""
    if plan is not None and plan.stops:
        return rotation.teams(plan)
    me = desk.store.get(Walker, desk.person(desk.me)) if desk.me else None
    return ((me.team.strip() if me else "") or roster.ONE_TEAM,)


def changes_of(team: str, logs: dict[str, StopLog]) -> tuple[DayChange, ...]:
    """What is known to have happened to a team, in order.

    Its own log counts where it is here. Else what was told aloud, whichever boards wrote it
    down and have not begun anew since; the same thing told to two boards counts once.
    """
    log = logs.get(team)
    if log is not None and any(one.team == team for one in log.changes):
        return tuple(one for one in since_anew(log) if one.team == team)
    found: list[DayChange] = []
    for other in sorted(logs):
        known = {_what(one) for one in found}
        heard = (one for one in since_anew(logs[other]) if one.team == team)
        found += [one for one in heard if _what(one) not in known]
    return _late_once(found, [since_anew(one) for one in logs.values()], team)


def _late_once(
    found: Sequence[DayChange], logs: Iterable[Sequence[DayChange]], team: str
) -> tuple[DayChange, ...]:
    """What was told, and of how late the team said it is only what was told last."""
    told = [[one for one in log if (one.do, one.team) == (LATE, team)][-1:] for log in logs]
    last = sorted((one for held in told for one in held), key=lambda one: (one.at, one.minutes))[
        -1:
    ]
    return (*(one for one in found if one.do != LATE), *last)


def since_anew(log: StopLog | None) -> tuple[DayChange, ...]:
    """What a log holds since its team began anew; all of it where it did not."""
    changes = log.changes if log else ()
    for index in range(len(changes), 0, -1):
        last = changes[index - 1]
        if log and (last.do, last.team) == (ANEW, log.team):
            return changes[index:]
    return changes


def told_places(day: TeamDay) -> tuple[tuple[Place, ...], int]:
    """The planned places as a team said they are, and how many of them it has entered by that.

    A team that is late made its stops late so far; what comes after takes up any slack.
    """
    if day.started or not day.late_min:
        return day.places, 0
    by = day.late_min * MINUTE_MS
    entered = sum(one.enter + by <= day.late_told for one in day.places)
    late = max(1, entered)
    shifted = [replace(one, enter=one.enter + by, leave=one.leave + by) for one in day.places]
    return (*shifted[:late], *day.places[late:]), entered


def _what(change: DayChange) -> tuple[str, str, str, str, int]:
    return (change.do, change.visit, change.other, change.phase, change.minutes)


def with_changes(
    sit: Situation, desk: Desk, own: str, changes: Sequence[DayChange]
) -> tuple[StopLog, ...]:
    """The logs with these changes at their ends.

    A change of another team is written down in this board's log, as told aloud; where that team's
    log is kept on this laptop too, it stands there as well.
    """
    logs = {own: _log(sit, desk, own)}
    for change in changes:
        logs[own] = logs[own].changed(changes=(*logs[own].changes, change))
        if change.team != own and change.team in sit.own_logs:
            theirs = logs.get(change.team) or _log(sit, desk, change.team)
            logs[change.team] = theirs.changed(changes=(*theirs.changes, change))
    return tuple(logs.values())


def _log(sit: Situation, desk: Desk, team: str) -> StopLog:
    found = sit.logs.get(team) or StopLog(
        id=stop_log_id(desk.walk_id, team), walk=desk.walk_id, team=team
    )
    if any(one.team == team for one in found.changes):
        return found
    # Before its own first change: what other boards of this laptop know of it stays known.
    told = changes_of(team, sit.logs)
    return found.changed(changes=(*found.changes, *told)) if told else found


def first_day(team: str, plan: Rotation | None, rules: Rules, visits: Sequence[Visit]) -> TeamDay:
    """The team's day as planned; without a plan, through the visits in order."""
    if plan is not None and plan.stops:
        minutes = Minutes(
            plan.orientation_minutes,
            plan.visit_minutes,
            plan.write_minutes,
            plan.hall_minutes,
            plan.move_minutes,
            plan.debrief_minutes,
        )
        mine = sorted((one for one in plan.stops if one.team == team), key=lambda one: one.enter)
        return start(
            team, (Place(one.slot, one.enter, one.leave, one.visit) for one in mine), minutes
        )
    minutes = Minutes(
        0,
        rules.visit_minutes,
        rules.write_minutes,
        rules.hall_minutes,
        rules.move_minutes,
        rules.debrief_minutes,
    )
    day = start(team, (), minutes)
    return replace(day, rest=tuple(one.code for one in visits if one.mode != "recorded"))


def _doors(
    plan: Rotation | None, rules: Rules, visits: Sequence[Visit], zone_name: str, now: Moment
) -> Doors:
    """Windows and bells on the day of the plan, counted as its stops are."""
    starts = plan.starts if plan and plan.stops else now.wall_ms
    local = zone.local(starts, zone_name)
    if plan and plan.stops:
        midnight = starts - (local.hour * 60 + local.minute) * MINUTE_MS
    else:
        midnight = zone.to_ms(local.date(), 0, zone_name)

    def spans(pairs: Iterable[tuple[str, str]]) -> tuple[Span, ...]:
        return tuple(
            (midnight + minutes_of(a) * MINUTE_MS, midnight + minutes_of(b) * MINUTE_MS)
            for a, b in pairs
        )

    return Doors({one.code: spans(one.windows) for one in visits}, spans(rules.bells))


def phase_ends(day: TeamDay, now: Moment) -> int:
    """When the present phase is up; now, where its minutes are over."""
    return now.wall_ms + max(0, day.remaining_ms(now))


def stand_of(day: TeamDay, now: Moment) -> Stand:
    """Where a team stands, for the re-flow."""
    minutes = day.minutes
    write, hall, move = (one * MINUTE_MS for one in (minutes.write, minutes.hall, minutes.move))
    lengths = Lengths(minutes.visit * MINUTE_MS, write, hall, move)
    places, sure = told_places(day)
    planned = tuple(Planned(one.enter, one.visit) for one in places)
    been = [(one.visit, one.enter, one.leave) for one in day.done]
    stand = Stand(day.team, lengths, 0, day.rest, planned, been=tuple(been), sure=sure)
    if not day.started:
        return replace(stand, ready=0 if day.places else now.wall_ms)
    if day.phase in OUT:
        return replace(stand, rest=(), ready=day.wall_of(day.began_t, now))
    until = phase_ends(day, now)
    if day.phase == "visit":
        return replace(
            stand,
            room=day.at,
            entered=day.wall_of(day.entered_t or 0, now),
            leaves=until,
            ready=until + lengths.after,
            asked=now.wall_ms,
        )
    if day.phase in ("write", "hall") and day.entered_t is not None and day.left_t is not None:
        last = (day.at, day.wall_of(day.entered_t, now), day.wall_of(day.left_t, now))
        stand = replace(stand, been=(*stand.been, last))
    later = {"write": hall + move, "hall": move}
    return replace(stand, ready=until + later.get(day.phase, 0))
