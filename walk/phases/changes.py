"""What a change does to a team's day: one small function for each, and folding a whole log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from walk.clock import Moment, elapsed_ms
from walk.errors import Refused
from walk.model.stop_log import DayChange
from walk.phases.day import (
    LONGEST_MIN,
    MINUTE_MS,
    UNTIMED,
    Done,
    Gone,
    How,
    Minutes,
    Phase,
    Place,
    TeamDay,
)
from walk.text import team_called

ANEW = "anew"
"""Begins the day anew; only a whole log can say what that leaves."""
_AT_A_STOP: tuple[Phase, ...] = ("visit", "write", "hall")
_AFTER_THE_STOPS: tuple[Phase, ...] = ("debrief", "over")


def start(team: str, places: Iterable[Place], minutes: Minutes) -> TeamDay:
    """A day that has not begun, with the planned places in order."""
    held = tuple(places)
    return TeamDay(team, minutes, rest=tuple(one.visit for one in held), places=held)


def fold(day: TeamDay, changes: Iterable[DayChange]) -> TeamDay:
    """The day after all these changes; one that cannot be applied changes nothing.

    Where the day was begun anew, what had been entered before counts no more.
    """
    first = day
    for change in changes:
        if change.do == ANEW:
            day = first
            continue
        try:
            day = apply(day, change)
        except Refused:
            continue
    return day


def apply(day: TeamDay, change: DayChange) -> TeamDay:
    """The day after one change. Refused where it makes no sense; an unknown one changes nothing."""
    move = _MOVES.get(change.do)
    if move is None:
        return day
    moment = _moment(change)
    t = 0 if day.last is None else day.last_t + elapsed_ms(day.last, moment)
    after = move(replace(day, last=moment, last_t=t), change)
    return replace(after, begun_t=t) if after.started and not day.started else after


def _moment(change: DayChange) -> Moment:
    return Moment(change.at, change.zone, change.awake_ms, change.boot)


# Going on


def _next(day: TeamDay, change: DayChange) -> TeamDay:
    if day.phase == "over":
        raise Refused("The day is over.", "Undo brings the debrief back.")
    if day.phase == "debrief":
        return _phase(day, "over")
    if day.phase == "before" and day.minutes.orientation:
        return _phase(day, "orientation")
    if day.phase in ("before", "orientation", "move"):
        return _enter(day, change)
    if day.phase == "visit":
        day = replace(day, left_t=day.last_t, bound_t=day.entered_t)
        if day.minutes.write:
            return _phase(day, "write")
    if day.phase in ("visit", "write") and day.minutes.hall:
        return _phase(day, "hall")
    return _phase(_kept(day), "move")


def _phase(day: TeamDay, phase: Phase) -> TeamDay:
    return replace(
        day,
        phase=phase,
        began_t=day.last_t,
        held_t=None,
        paused_ms=0,
        target_min=day.minutes.of(phase),
    )


def _enter(day: TeamDay, change: DayChange) -> TeamDay:
    if not day.rest or change.phase == "debrief":
        return _phase(day, "debrief")
    visit = change.visit or day.rest[0]
    day = replace(
        day,
        at=visit,
        place=day.places[0] if day.places else None,
        rest=_rest_without(day, visit),
        places=day.places[1:],
        entered_t=day.last_t,
        bound_t=day.left_t,
    )
    return _phase(day, "visit")


def _kept(day: TeamDay) -> TeamDay:
    """Put the stop that the team is at behind it, with its times by the clock of now."""
    entered, left = day.entered_t or 0, day.left_t or 0
    place = day.place or Place(0, 0, 0)
    wall = day.last.wall_ms if day.last else 0
    stop = Done(
        day.at,
        place.slot,
        place.enter,
        place.leave,
        wall - (day.last_t - entered),
        wall - (day.last_t - left),
    )
    return replace(day, done=(*day.done, stop), at="", place=None)


def _end(day: TeamDay, _change: DayChange) -> TeamDay:
    if day.phase == "before" or day.phase in _AFTER_THE_STOPS:
        raise Refused("There is nothing to end early now.", "Space goes on.")
    if day.phase == "visit":
        day = replace(day, left_t=day.last_t, bound_t=day.entered_t)
    if day.phase in _AT_A_STOP:
        day = _kept(day)
    gone = tuple(Gone(visit, "ended") for visit in day.rest)
    return _phase(replace(day, rest=(), places=(), gone=(*day.gone, *gone)), "debrief")


# The clock


def _earlier(day: TeamDay, change: DayChange) -> TeamDay:
    if not 1 <= change.minutes <= LONGEST_MIN:
        raise Refused(
            f"Nothing began {change.minutes} minutes earlier.", f"Say 1 to {LONGEST_MIN}."
        )
    if day.phase == "over":
        raise Refused("The day is over.", "Undo brings the debrief back.")
    if day.phase == "before":
        day = _next(day, change)
    began = day.began_t - change.minutes * MINUTE_MS
    if day.bound_t is not None and began < day.bound_t:
        before = "entered this room" if day.phase != "visit" else "left the last room"
        raise Refused(f"That is before the team {before}.", "Say fewer minutes.")
    if day.phase == "visit":
        return replace(day, began_t=began, entered_t=began)
    if day.left_t is not None and began < day.left_t:
        day = _left_earlier(day, day.left_t - began)
    return replace(day, began_t=began)


def _left_earlier(day: TeamDay, ms: int) -> TeamDay:
    if day.left_t is None or (day.at == "" and not day.done):
        return day
    done = day.done
    if not day.at:
        done = (*done[:-1], replace(done[-1], leave=done[-1].leave - ms))
    return replace(day, left_t=day.left_t - ms, done=done)


def _adjust(day: TeamDay, change: DayChange) -> TeamDay:
    _timed(day)
    target = day.target_min + change.minutes
    if change.minutes < 0 and target < 1:
        raise Refused("A phase takes at least one minute.", "Space goes on to the next.")
    if target > LONGEST_MIN:
        raise Refused(
            f"A phase takes {LONGEST_MIN} minutes at most.", "The clock counts on after them."
        )
    return replace(day, target_min=target)


def _hold(day: TeamDay, _change: DayChange) -> TeamDay:
    _timed(day)
    if day.held:
        raise Refused("The clock is on hold already.", "Holding it once more lets it go on.")
    return replace(day, held_t=day.last_t)


def _go_on(day: TeamDay, _change: DayChange) -> TeamDay:
    if day.held_t is None:
        raise Refused("The clock is not on hold.", "It runs: there is nothing to let go on.")
    paused = day.paused_ms + day.last_t - day.held_t
    return replace(day, held_t=None, paused_ms=paused)


def _timed(day: TeamDay) -> None:
    if day.phase in UNTIMED:
        why = "The clock has not been started." if day.phase == "before" else "The day is over."
        raise Refused(why, "Space starts it." if day.phase == "before" else "Undo goes back.")


# What comes


def _skip(day: TeamDay, change: DayChange) -> TeamDay:
    visit = change.visit or (day.at if day.phase == "visit" else "")
    if not visit and not day.rest:
        raise Refused("No visit is left to skip.", "Space goes on.")
    return _leave_out(day, visit or day.rest[0], "skipped", change.reason)


def _withdraw(day: TeamDay, change: DayChange) -> TeamDay:
    return _leave_out(day, change.visit, "withdrawn")


def _drop(day: TeamDay, change: DayChange) -> TeamDay:
    if change.visit == day.at:
        raise Refused("The team is there already.", "Skip leaves it out.")
    return _leave_out(day, change.visit, "dropped")


def _leave_out(day: TeamDay, visit: str, how: How, reason: str = "") -> TeamDay:
    gone = (*(one for one in day.gone if one.visit != visit), Gone(visit, how, reason))
    if day.phase == "visit" and visit == day.at:
        return _phase(replace(day, at="", place=None, gone=gone), "move")
    return replace(day, rest=_rest_without(day, visit), gone=gone)


def without(day: TeamDay, visit: str) -> TeamDay:
    """The day without a visit that was taken back elsewhere; unchanged where it does not come."""
    return _leave_out(day, visit, "withdrawn") if visit in day.rest else day


def _swap(day: TeamDay, change: DayChange) -> TeamDay:
    first, second = _index(day, change.visit), _index(day, change.other)
    if first == second:
        raise Refused("A swap needs two different visits.", "Choose another one.")
    rest = list(day.rest)
    rest[first], rest[second] = rest[second], rest[first]
    return replace(day, rest=tuple(rest))


def _insert(day: TeamDay, change: DayChange) -> TeamDay:
    visit = change.visit
    if day.phase in _AFTER_THE_STOPS:
        raise Refused("The stops of this team are over.", "Undo goes back to them.")
    if not visit or visit in day.rest:
        raise Refused(f"{visit or 'It'} is coming already.", "Swap changes the order.")
    if visit == day.at or any(one.visit == visit for one in day.done):
        raise Refused(f"The team has been in {visit}.", "A team enters a classroom once.")
    index = day.rest.index(change.other) if change.other in day.rest else len(day.rest)
    gone = tuple(one for one in day.gone if one.visit != visit)
    return replace(day, rest=(*day.rest[:index], visit, *day.rest[index:]), gone=gone)


def _pace(day: TeamDay, change: DayChange) -> TeamDay:
    if change.phase not in ("visit", "write", "hall", "move"):
        return day
    if not 1 <= change.minutes <= LONGEST_MIN:
        raise Refused("A phase takes at least one minute.", "Give 1 or more.")
    return replace(day, minutes=replace(day.minutes, **{change.phase: change.minutes}))


def _late(day: TeamDay, change: DayChange) -> TeamDay:
    """What a team says of itself; where its clock runs here, that says it."""
    if day.started:
        raise Refused(
            f"The clock of {team_called(day.team)} runs here.", "Its board says how late it is."
        )
    if not 0 <= change.minutes <= LONGEST_MIN:
        raise Refused(f"Nobody is {change.minutes} minutes late.", f"Say 0 to {LONGEST_MIN}.")
    return replace(day, late_min=change.minutes, late_told=change.at)


def _index(day: TeamDay, visit: str) -> int:
    if visit not in day.rest:
        name = team_called(day.team) if day.team else "the team"
        raise Refused(f"{visit or 'It'} is not coming for {name}.", "Choose a coming visit.")
    return day.rest.index(visit)


def _rest_without(day: TeamDay, visit: str) -> tuple[str, ...]:
    index = _index(day, visit)
    return (*day.rest[:index], *day.rest[index + 1 :])


_MOVES: dict[str, Callable[[TeamDay, DayChange], TeamDay]] = {
    "next": _next,
    "end": _end,
    "earlier": _earlier,
    "adjust": _adjust,
    "hold": _hold,
    "go_on": _go_on,
    "skip": _skip,
    "withdraw": _withdraw,
    "drop": _drop,
    "swap": _swap,
    "insert": _insert,
    "pace": _pace,
    "late": _late,
}
