"""Proposals of the board: counter-swaps, where a visit fits best, shorter slots, ways to go on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from walk.errors import Refused
from walk.model import DayChange, Visit
from walk.phases import TeamDay
from walk.rotation.reflow import Pace, paces
from walk.routine.desk import Desk
from walk.routine.planning import places
from walk.routine.timekeeping.board_day import MINUTE_MS, OUT, Situation
from walk.routine.timekeeping.board_values import Choice, Offer
from walk.routine.timekeeping.board_view import is_late
from walk.text import team_called

WAYS_AT_MOST = 60
"""More than a list can hold is of no use to somebody in a hallway."""


def coming_of(sit: Situation, team: str) -> tuple[str, ...]:
    """The visits that still come for a team; for one that is as planned, by the time of day."""
    day = sit.days[team]
    if day.started:
        return day.rest
    if sit.other_day:
        return day.rest
    now = sit.now.wall_ms
    behind = {one.visit for one in sit.courses[team].stops if one.enter <= now}
    return tuple(one for one in day.rest if one not in behind)


# Swapping and inserting


def counters(sit: Situation, change: DayChange) -> tuple[DayChange, ...]:
    """For a swap that takes another team's room: the swap that this team makes instead.

    Only one that costs that team nothing and serves all; without one, the swapping team waits.
    """
    found: list[DayChange] = []
    after = sit.after([change])
    for _, team, visit in sorted(_hit(sit, after, change)):
        best, best_score = None, _score(after)
        for other in _first(change, visit, coming_of(sit, team)):
            counter = sit.change("swap", team, visit=visit, other=other)
            trial = after.after([counter])
            theirs = trial.courses[team]
            worse = theirs.free > sit.courses[team].free or len(theirs.not_fitting) > len(
                sit.courses[team].not_fitting
            )
            if not worse and _score(trial) < best_score:
                best, best_score = counter, _score(trial)
        if best is not None:
            found.append(best)
            after = after.after([best])
    return tuple(found)


def _hit(sit: Situation, after: Situation, change: DayChange) -> Iterator[tuple[int, str, str]]:
    """The teams that stand in the way of a swap: from when on, the team, and in which visit."""
    day = after.days[change.team]
    for visit in (change.visit, change.other):
        index = day.rest.index(visit)
        if index >= len(day.places):
            continue
        enter = day.places[index].enter
        leave = enter + day.minutes.visit * MINUTE_MS
        for team in sit.teams:
            if team != change.team and visit in coming_of(sit, team):
                for stop in sit.courses[team].stops:
                    if stop.visit == visit and stop.enter < leave and enter < stop.leave:
                        yield stop.enter, team, visit


def _first(change: DayChange, visit: str, coming: Sequence[str]) -> list[str]:
    """What a team could go to instead: the room that the swap leaves free first."""
    freed = change.other if visit == change.visit else change.visit
    others = [one for one in coming if one != visit]
    return sorted(others, key=lambda one: one != freed)


def _score(sit: Situation) -> tuple[int, int, int]:
    """The less the better: visits that do not fit, when all are free, how long all wait."""
    courses = sit.courses.values()
    return (
        sum(len(one.not_fitting) for one in courses),
        max(one.free for one in courses),
        sum(stop.enter for one in courses for stop in one.stops),
    )


def best_place(sit: Situation, team: str, visit: str) -> str:
    """The coming visit before which another one is put in best; empty for the end."""
    rest = sit.days[team].rest
    best, best_score = "", _score(sit.after([sit.change("insert", team, visit=visit)]))
    for other in reversed(coming_of(sit, team)):
        if other not in rest:
            continue
        score = _score(sit.after([sit.change("insert", team, visit=visit, other=other)]))
        if score < best_score:
            best, best_score = other, score
    return best


def choices_of(sit: Situation, desk: Desk, team: str) -> tuple[Choice, ...]:
    """Every visit that does not come for the team, with whether it can be put in."""
    own = places.own_rooms(desk)
    labels = {one.label for one in desk.walkers() if _on(one.team, team, sit)}
    caps = [one.max_stops for one in desk.walkers() if _on(one.team, team, sit) and one.max_stops]
    found = []
    for visit in sit.visits:
        if visit.code in sit.days[team].rest:
            continue
        why = _why_not(sit, team, visit, min(caps, default=0))
        if not why and labels & own.get(visit.code, frozenset()):
            why = "is a walker's own room"
        found.append(Choice(visit.code, f"{visit.code} {why or 'can be put in'}", not why))
    return tuple(found)


def _on(label: str, team: str, sit: Situation) -> bool:
    return (label.strip() or (team if len(sit.teams) == 1 else "")) == team


def _why_not(sit: Situation, team: str, visit: Visit, stops_at_most: int) -> str:
    day, code = sit.days[team], visit.code
    if day.phase in OUT:
        return "cannot come: the stops of this team are over"
    if visit.withdrawn:
        return "is not open any more today"
    if visit.mode == "recorded":
        return "is recorded: it is watched as a segment and needs no slot"
    if code == day.at and day.phase == "visit":
        return "is where this team is"
    if code == day.at or any(one.visit == code for one in day.done):
        return "has been seen by this team"
    stops = len(day.done) + len(day.rest) + bool(day.at)
    if stops_at_most and stops >= stops_at_most:
        return f"is one too many: a walker of this team goes into {stops_at_most} at most"
    most = sit.rules.stops_per_visit_at_most
    if most and sum(_goes(one, code) for one in sit.days.values()) >= most:
        return f"has its {most} stops already"
    return ""


def _goes(day: TeamDay, code: str) -> bool:
    return code in day.rest or code == day.at or any(one.visit == code for one in day.done)


# Being late


def offers_of(sit: Situation, team: str) -> tuple[Offer, ...]:
    """Later, shorter, or without the last; nothing while the plan holds."""
    if not is_late(sit, team):
        return ()
    later = sit.hhmm(sit.ends(team))
    found = [Offer("later", f"Keep the minutes and end at {later}", later)]
    found += _shorter(sit, team)
    coming = sit.days[team].rest
    if coming:
        last = coming[-1]
        without = sit.after([sit.change("drop", team, visit=last)])
        ends = without.hhmm(without.ends(team))
        alone = "" if any(_goes(day, last) for day in without.days.values()) else "; nobody sees it"
        found.append(Offer(f"drop {last}", f"Leave {last} out and end at {ends}{alone}", ends))
    return tuple(found)


def _shorter(sit: Situation, team: str) -> Iterator[Offer]:
    """The least that brings the end back; where visit and hall talk do not, also the write."""
    day, plan = sit.days[team], sit.plan
    if plan is None:
        return
    now = Pace(day.minutes.visit, day.minutes.write, day.minutes.hall)
    first = Pace(plan.visit_minutes, plan.write_minutes, plan.hall_minutes)
    best_score = _late(sit, team)
    best: dict[bool, Offer] = {}
    for pace in paces(now, first):
        trial = sit.after(pace_changes(sit, team, now, pace))
        score = _late(trial, team)
        if score >= best_score:
            continue
        cuts_write = pace.write < now.write
        if not coming_of(sit, team):
            pace = Pace(now.visit, pace.write, pace.hall)
        best[cuts_write], best_score = _pace_offer(trial, team, now, pace), score
        if score[:2] == (0, 0):
            break
    yield from (best[key] for key in sorted(best))


def _late(sit: Situation, team: str) -> tuple[int, int]:
    """How many visits find no time, and how late the end is; an early end is no gain."""
    late = max(0, sit.ends(team) - sit.planned_ends)
    return len(sit.courses[team].not_fitting), 0 if late < MINUTE_MS else late


def _pace_offer(trial: Situation, team: str, now: Pace, pace: Pace) -> Offer:
    cuts = [
        f"{words} {new} min"
        for words, old, new in (
            ("visits", now.visit, pace.visit),
            ("hall talk", now.hall, pace.hall),
            ("silent write", now.write, pace.write),
        )
        if new != old
    ]
    ends = trial.hhmm(trial.ends(team))
    id = f"pace {pace.visit} {pace.write} {pace.hall}"
    return Offer(id, f"Shorten: {', '.join(cuts)}, and end at {ends}", ends)


def pace_changes(sit: Situation, team: str, now: Pace, pace: Pace) -> list[DayChange]:
    """The changes that bring one pace to another."""
    pairs = (
        ("visit", now.visit, pace.visit),
        ("hall", now.hall, pace.hall),
        ("write", now.write, pace.write),
    )
    return [
        sit.change("pace", team, phase=phase, minutes=new)
        for phase, old, new in pairs
        if new != old
    ]


def offer_changes(sit: Situation, team: str, offer: str) -> list[DayChange]:
    """What accepting an offer enters; nothing for keeping the minutes. Refused for no offer."""
    kind, *rest = offer.split(" ")
    minutes = sit.days[team].minutes
    if kind == "later":
        return []
    if kind == "drop" and rest:
        return [sit.change("drop", team, visit=" ".join(rest))]
    if kind == "pace" and len(rest) == 3 and all(one.isdecimal() for one in rest):
        visit, write, hall = (int(one) for one in rest)
        now = Pace(minutes.visit, minutes.write, minutes.hall)
        return pace_changes(sit, team, now, Pace(visit, write, hall))
    raise Refused("This is no longer on offer.", "Choose one of those shown now.")


# What another team says


def ways_of(sit: Situation, team: str, other: str) -> tuple[Offer, ...]:
    """What another team can have said, what touches this team first."""
    found: list[tuple[bool, Offer]] = []
    for changes, words in _could_say(sit, other):
        try:
            trial = sit.after(changes)
        except Refused:
            continue
        mine = [one for one in changes if one.team == team]
        if mine and mine[0].do == "swap":
            words = f"{words}: we go to {mine[0].other}, not {mine[0].visit}"
        ends = trial.hhmm(trial.ends(team))
        found.append((not mine, Offer(way_id(changes), words, ends)))
    found.sort(key=lambda one: one[0])
    return tuple(offer for _, offer in found[:WAYS_AT_MOST])


def _could_say(sit: Situation, other: str) -> Iterator[tuple[tuple[DayChange, ...], str]]:
    coming = coming_of(sit, other)
    name = team_called(other)
    for index, first in enumerate(coming[:6]):
        for second in coming[index + 1 : 7]:
            swap = sit.change("swap", other, visit=first, other=second)
            words = f"{name} changes {first} and {second}"
            with_counters = (swap, *counters(sit, swap))
            yield with_counters, words
            if len(with_counters) > 1:
                yield (swap,), f"{words}, and waits where it must"
    for visit in coming:
        yield (sit.change("drop", other, visit=visit),), f"{name} leaves {visit} out"
    for visit in coming:
        teams = [one for one in sit.teams if visit in coming_of(sit, one)]
        gone = tuple(sit.change("withdraw", one, visit=visit) for one in teams)
        yield gone, f"{visit} is not open any more"
    for one in sit.visits:
        if one.code not in sit.days[other].rest and not _why_not(sit, other, one, 0):
            place = best_place(sit, other, one.code)
            insert = sit.change("insert", other, visit=one.code, other=place)
            yield (insert,), f"{name} goes to {one.code} too"
    if coming:
        drops = tuple(sit.change("drop", other, visit=one) for one in coming)
        yield drops, f"{name} goes to the debrief now"


def way_id(changes: Iterable[DayChange]) -> str:
    """What a list hands back for a way."""
    return json.dumps([[one.do, one.team, one.visit, one.other] for one in changes])


def way_changes(sit: Situation, team: str, way: str) -> list[DayChange]:
    """The changes of a way; those of other teams were heard. Refused for what is no way."""
    try:
        said = json.loads(way)
        return [
            sit.change(do, who, visit=visit, other=other, heard=who != team)
            for do, who, visit, other in said
        ]
    except (ValueError, TypeError):
        raise Refused("This is no longer on offer.", "Choose one of those shown now.") from None
