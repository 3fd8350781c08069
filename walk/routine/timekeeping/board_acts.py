"""What a timekeeper can enter, as the changes that are written down and the words for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from walk.errors import Refused
from walk.model import DayChange, Visit
from walk.phases import ANEW, PHASE_WORDS
from walk.routine.desk import Desk
from walk.routine.timekeeping.board_day import Situation, since_anew
from walk.routine.timekeeping.board_offers import (
    best_place,
    choices_of,
    coming_of,
    counters,
    offer_changes,
    way_changes,
)
from walk.text import team_called

REASONS = ("", "late", "bell", "room in use")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing entered: the changes, the visits that are saved with it, and how undo names it."""

    words: str
    changes: tuple[DayChange, ...]
    visits: tuple[Visit, ...] = ()


def make(what: str, desk: Desk, sit: Situation, team: str, **args: Any) -> Act:
    """The act of that name. Refused, or another error in plain words, where it makes no sense."""
    return _ACTS[what](desk, sit, team, **args)


def _next_phase(_desk: Desk, sit: Situation, team: str) -> Act:
    day, stops = sit.days[team], sit.courses[team].stops
    where = _entering(sit, team)
    if where and day.started and day.rest and not stops:
        change = sit.change("end", team)  # what is left finds no time any more
    else:
        change = sit.change("next", team, **where)
    after = sit.after([change]).days[team]
    entered = change.visit
    words = f"{entered} entered" if entered else PHASE_WORDS[after.phase].lower()
    return Act(words, (change,))


def _entering(sit: Situation, team: str) -> dict[str, str]:
    """Where the team goes from here, named in the change; nothing where it enters no room now.

    Named, as a visit that was taken back is still in the plan from which the log is read.
    """
    day, stops = sit.days[team], sit.courses[team].stops
    begins = day.phase == "before" and not day.minutes.orientation
    if not begins and day.phase not in ("orientation", "move"):
        return {}
    visit = stops[0].visit if stops else day.rest[0] if day.rest else ""
    return {"visit": visit} if visit else {"phase": "debrief"}


def _earlier(_desk: Desk, sit: Situation, team: str, minutes: int) -> Act:
    where = _entering(sit, team) if sit.days[team].phase == "before" else {}
    change = sit.change("earlier", team, minutes=minutes, **where)
    return Act(f"began {minutes} min earlier", (change,))


def _adjust(_desk: Desk, sit: Situation, team: str, minutes: int) -> Act:
    words = f"{minutes} min more" if minutes >= 0 else f"{-minutes} min less"
    phase = PHASE_WORDS[sit.days[team].phase].lower()
    return Act(f"{words} for {phase}", (sit.change("adjust", team, minutes=minutes),))


def _hold(_desk: Desk, sit: Situation, team: str) -> Act:
    return Act("clock on hold", (sit.change("hold", team),))


def _go_on(_desk: Desk, sit: Situation, team: str) -> Act:
    return Act("clock goes on", (sit.change("go_on", team),))


def _skip(_desk: Desk, sit: Situation, team: str, visit: str = "", reason: str = "") -> Act:
    if reason not in REASONS:
        raise Refused("This reason is not kept.", "Late, bell, room in use, or none.")
    day, stops = sit.days[team], sit.courses[team].stops
    visit = visit or (day.at if day.phase == "visit" else "")
    visit = visit or (stops[0].visit if stops else "")
    change = sit.change("skip", team, visit=visit, reason=reason)
    gone = visit or (day.rest[0] if day.rest else "a visit")
    return Act(f"{gone} skipped" + (f": {reason}" if reason else ""), (change,))


def _withdraw(_desk: Desk, sit: Situation, team: str, visit: str) -> Act:
    others = [one for one in sit.teams if one != team and visit in coming_of(sit, one)]
    day = sit.days[team]
    own = visit in day.rest or (day.phase == "visit" and day.at == visit)
    concerned = [team, *others] if own else others
    changes = tuple(sit.change("withdraw", one, visit=visit) for one in concerned or [team])
    return Act(f"{visit} withdrawn", changes, _closed(sit, visit))


def _closed(sit: Situation, code: str) -> tuple[Visit, ...]:
    return tuple(
        one.changed(withdrawn=True) for one in sit.visits if one.code == code and not one.withdrawn
    )


def _swap(_desk: Desk, sit: Situation, team: str, visit: str, other: str) -> Act:
    change = sit.change("swap", team, visit=visit, other=other)
    more = counters(sit, change)
    words = f"{visit} and {other} changed places"
    for one in more:
        words += f", {team_called(one.team)}: {one.other} for {one.visit}"
    return Act(words, (change, *more))


def _insert(desk: Desk, sit: Situation, team: str, visit: str) -> Act:
    found = next((one for one in choices_of(sit, desk, team) if one.visit == visit), None)
    if found is not None and not found.allowed:
        raise Refused(f"{found.words}.", "Choose another visit.")
    if found is None and visit not in sit.days[team].rest:
        raise Refused(f"{visit} is no visit of this walk.", "Choose a code of its plan.")
    sit.after([sit.change("insert", team, visit=visit)])
    before = best_place(sit, team, visit)
    words = f"{visit} put in {f'before {before}' if before else 'last'}"
    return Act(words, (sit.change("insert", team, visit=visit, other=before),))


def _end_early(_desk: Desk, sit: Situation, team: str) -> Act:
    return Act("to the debrief", (sit.change("end", team),))


def _accept(_desk: Desk, sit: Situation, team: str, offer: str) -> Act:
    changes = tuple(offer_changes(sit, team, offer))
    if offer == "later":
        return Act("the minutes stay, the end moves", ())
    if changes and changes[0].do == "drop":
        return Act(f"{changes[0].visit} left out", changes)
    names = {"visit": "visits", "hall": "hall talk", "write": "silent write"}
    cuts = [f"{names.get(one.phase, one.phase)} {one.minutes} min" for one in changes]
    return Act(", ".join(cuts) or "nothing to shorten", changes)


def _told(_desk: Desk, sit: Situation, team: str, other: str, way: str) -> Act:
    changes = tuple(one for one in way_changes(sit, team, way) if one.team in sit.days)
    if not changes:
        raise Refused("Their board has moved on since.", "Choose one of those shown now.")
    closed = {one.visit for one in changes if one.do == "withdraw"}
    visits = tuple(visit for code in sorted(closed) for visit in _closed(sit, code))
    first = changes[0]
    words = {
        "swap": f"{team_called(other)}: {first.visit} and {first.other} change places",
        "withdraw": f"{first.visit} withdrawn",
        "insert": f"{team_called(other)}: {first.visit} put in",
    }.get(first.do, f"{team_called(other)}: {first.visit} left out")
    return Act(words, changes, visits)


def _told_late(_desk: Desk, sit: Situation, team: str, other: str, minutes: int) -> Act:
    if other not in sit.days or other == team:
        raise Refused("This walk has no such team today.", "Choose one of those shown.")
    change = sit.change("late", other, minutes=minutes, heard=True)
    return Act(f"{team_called(other)} {f'{minutes} min late' if minutes else 'on time'}", (change,))


def _begin_anew(_desk: Desk, sit: Situation, team: str) -> Act:
    held = len(since_anew(sit.logs.get(team)))
    if not held:
        raise Refused("Nothing was entered on this board yet.", "Space starts its clock.")
    entries = "1 entry" if held == 1 else f"{held} entries"
    return Act(f"begin anew, {entries} put away", (sit.change(ANEW, team),))


_ACTS: dict[str, Callable[..., Act]] = {
    "next_phase": _next_phase,
    "next": _next_phase,
    "earlier": _earlier,
    "adjust": _adjust,
    "hold": _hold,
    "go_on": _go_on,
    "skip": _skip,
    "withdraw": _withdraw,
    "swap": _swap,
    "insert": _insert,
    "end_early": _end_early,
    "end": _end_early,
    "accept": _accept,
    "told": _told,
    "told_late": _told_late,
    "begin_anew": _begin_anew,
}
