"""What a team says aloud to the others, as laptops do not talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from walk.model import DayChange
from walk.phases import ANEW
from walk.routine.timekeeping.board_day import MINUTE_MS, Situation, since_anew, told_places
from walk.text import team_called


def sayings(sit: Situation, team: str, entered: Iterable[DayChange] = ()) -> tuple[str, ...]:
    """What is still to be said by a team: of its log, and of what is being `entered`."""
    changes = tuple(entered)
    anew = any(one.do == ANEW for one in changes)
    log = () if anew else since_anew(sit.logs.get(team))
    found = [_of_change(sit, team, one) for one in (*log, *changes)]
    found += [_of_wait(sit, team, other) for other in sit.teams if other != team]
    return tuple(dict.fromkeys(words for words in found if words))


def _of_change(sit: Situation, team: str, change: DayChange) -> str:
    if change.team == team:
        return _of_own(sit, team, change)
    if change.heard or change.team not in sit.days:
        return ""
    day, now = sit.days[change.team], sit.now.wall_ms
    if change.do == "swap" and change.other in day.rest:
        index = day.rest.index(change.other)
        at = day.places[index].enter if index < len(day.places) else 0
        if at > now:
            return (
                f"{team_called(change.team)}: {change.visit} is taken at {sit.hhmm(at)}, "
                f"go to {change.other}"
            )
    if change.do == "withdraw" and _planned(sit, change.team, change.visit) > now:
        return f"{team_called(change.team)}: {change.visit} is not open any more today"
    return ""


def _of_own(sit: Situation, team: str, change: DayChange) -> str:
    if len(sit.teams) < 2:
        return ""
    day, now = sit.days[team], sit.now.wall_ms
    if change.do == "insert":
        stop = next((one for one in sit.courses[team].stops if one.visit == change.visit), None)
        if stop and change.visit in day.rest:
            where = f"{change.visit} at {sit.hhmm(stop.enter)}"
            return f"All teams: {team_called(team)} goes to {where} too"
    together = sit.planned_ends - day.minutes.debrief * MINUTE_MS
    if change.do == "end" and day.phase == "debrief" and now < together:
        return f"All teams: {team_called(team)} is at the debrief"
    return ""


def _planned(sit: Situation, team: str, visit: str) -> int:
    places = sit.first[team].places if team in sit.first else ()
    enter = next((one.enter for one in places if one.visit == visit), 0)
    return enter + sit.moved_ms if enter else 0


def _of_wait(sit: Situation, team: str, other: str) -> str:
    """Another team, as planned, will stand before a room that this one is in."""
    own, theirs = sit.courses[team], sit.days[other]
    if theirs.started:
        return ""
    if theirs.late_min:
        return _of_late(sit, team, other)
    room = sit.days[team].at if own.leaves else ""
    if not room:
        return ""
    now = sit.now.wall_ms
    until = f"taken until {sit.hhmm(own.leaves)}" if own.leaves > now else "still taken"
    for place, stop in zip(theirs.places, sit.courses[other].stops, strict=False):
        if stop.visit != place.visit or stop.visit != room or place.enter >= own.leaves:
            continue
        if stop.enter - place.enter >= MINUTE_MS and stop.enter >= now:
            return f"{team_called(other)}: {room} is {until}, please wait"
    planned = _planned(sit, other, room)
    shut = any(one.visit == room for one in sit.courses[other].not_fitting)
    if shut and planned < own.leaves and planned + theirs.minutes.visit * MINUTE_MS > now:
        return f"{team_called(other)}: {room} is {until} and then closes, leave it out"
    return ""


def _of_late(sit: Situation, team: str, other: str) -> str:
    """A team that said it is late comes to a room while this one is in it."""
    course, theirs = sit.courses[other], sit.days[other]
    places, _ = told_places(theirs)
    ready, found = 0, []
    for index, stop in enumerate(course.stops):
        could = max(ready, places[index].enter if index < len(places) else 0)
        ready = stop.talk_until + theirs.minutes.move * MINUTE_MS
        if stop.enter - could >= MINUTE_MS:
            found.append((stop.visit, could, "please wait"))
    out = {one.visit for one in course.not_fitting if one.why == "taken"}
    found += [(one.visit, one.enter, "leave it out") for one in places if one.visit in out]
    for visit, could, ask in sorted(found, key=lambda one: one[1]):
        for enter, leave in _inside(sit, team, visit):
            if could < leave and enter < could + theirs.minutes.visit * MINUTE_MS:
                return f"{team_called(other)}: {visit} is {_taken(sit, enter, leave)}, {ask}"
    return ""


def _taken(sit: Situation, enter: int, leave: int) -> str:
    now = sit.now.wall_ms
    if leave <= now:
        return "still taken"
    begins = f"from {sit.hhmm(enter)} " if enter > now else ""
    return f"taken {begins}until {sit.hhmm(leave)}"


def _inside(sit: Situation, team: str, visit: str) -> list[tuple[int, int]]:
    """When a team is in a room, from now on."""
    day, course = sit.days[team], sit.courses[team]
    found = [(one.enter, one.leave) for one in course.stops if one.visit == visit]
    if day.at == visit and course.leaves:
        found.append((day.wall_of(day.entered_t or 0, sit.now), course.leaves))
    return found


def new_sayings(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """What has to be said because of a change."""
    return tuple(one for one in after if one not in before)
