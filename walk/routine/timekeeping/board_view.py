"""What the board shows: the team's clock in words and figures, what comes, and who goes where."""

from __future__ import annotations

from datetime import date

from walk.clock import day_words, short_day
from walk.phases import TeamDay
from walk.routine import zone
from walk.routine.timekeeping.board_day import (
    MINUTE_MS,
    OUT,
    Situation,
    changes_of,
    phase_ends,
    since_anew,
)
from walk.routine.timekeeping.board_say import sayings
from walk.routine.timekeeping.board_values import BoardView
from walk.text import team_called

GUARD_MS = 2 * MINUTE_MS
"""So long after its time an unstarted clock is spoken of."""
GUARD_AT_MOST_MS = 12 * 60 * MINUTE_MS
"""A start that was missed by more is another day's."""
NOBODY = "Nobody has started the clock"
GONE_WORDS = {
    "skipped": "skipped",
    "withdrawn": "withdrawn",
    "dropped": "left out",
    "ended": "not visited",
}


def view_of(sit: Situation, team: str, corrected: str = "") -> BoardView:
    """The board of one team; `corrected` are the words for what this laptop shows otherwise."""
    day, course, now = sit.days[team], sit.courses[team], sit.now
    coming = course.stops[0] if course.stops else None
    wait = None
    if coming and day.phase in ("orientation", "move"):
        wait = -(-(coming.enter - now.wall_ms) // 1000)
    face = day.face(now, wait)
    digits = face.digits if day.started else sit.hhmm(sit.starts or now.wall_ms)
    at_stop = bool(day.at)
    done = len(day.done)
    return BoardView(
        team=team,
        teams=sit.teams,
        phase=day.phase,
        word=face.word,
        digits=digits,
        stage=face.stage,
        slot=done + 1 if at_stop or (coming and day.phase not in OUT) else 0,
        slots=done + at_stop + len(course.stops),
        visit=day.at or (coming.visit if coming else ""),
        behind_min=int(behind_ms(sit, team) / MINUTE_MS),
        in_words=_in_words(sit, team),
        then=_then(sit, team),
        lines=tuple(_line(sit, one) for one in _own_first(sit, team)),
        ends=sit.hhmm(sit.ends(team)),
        planned_ends=sit.hhmm(sit.planned_ends),
        guard=_guard(sit, team),
        sayings=sayings(sit, team),
        not_fitting=not_fitting(sit, team),
        as_of=_as_of(sit),
        held=day.held,
        can=_can(sit, team),
        next_words=next_words(sit, team),
        day=_planned_day(sit),
        corrected=corrected,
        log=_log(sit, team),
    )


def behind_ms(sit: Situation, team: str) -> int:
    """How far behind the plan the team is at the end of this phase; negative: ahead."""
    day, course, plan = sit.days[team], sit.courses[team], sit.plan
    if plan is None or not plan.stops:
        return 0
    if day.phase == "before":
        late = sit.now.wall_ms - sit.starts
        return late if 0 < late < GUARD_AT_MOST_MS else 0
    if day.place is not None and day.phase in ("visit", "write", "hall"):
        planned = day.place.leave
        planned += plan.write_minutes * MINUTE_MS if day.phase in ("write", "hall") else 0
        planned += plan.hall_minutes * MINUTE_MS if day.phase == "hall" else 0
        return phase_ends(day, sit.now) - planned
    if day.phase in ("orientation", "move") and course.stops and day.places:
        return course.stops[0].enter - day.places[0].enter
    return sit.ends(team) - sit.planned_ends


def name_of(sit: Situation, team: str) -> str:
    """Such as "Team B"; nothing where there is only one."""
    return team_called(team) if len(sit.teams) > 1 else ""


def _in_words(sit: Situation, team: str) -> str:
    day, visit = sit.days[team], _next_visit(sit, team)
    words = {
        "before": "",
        "orientation": f"then {visit or 'the debrief'}",
        "visit": f"in {day.at}",
        "write": f"after {day.at}",
        "hall": f"after {day.at}",
        "move": f"to {visit or 'the debrief'}",
        "debrief": "all together",
        "over": "",
    }[day.phase]
    return ", ".join(one for one in (words, name_of(sit, team)) if one)


def _next_visit(sit: Situation, team: str) -> str:
    stops = sit.courses[team].stops
    return stops[0].visit if stops else ""


def _then(sit: Situation, team: str) -> tuple[tuple[str, str], ...]:
    day, course, now = sit.days[team], sit.courses[team], sit.now
    coming = course.stops[0] if course.stops else None
    if day.phase == "over":
        return ()
    if day.phase == "debrief":
        return (("end", sit.hhmm(sit.ends(team))),)
    found: list[tuple[str, int]] = []
    if day.phase in ("visit", "write", "hall"):
        until = phase_ends(day, now)
        found = _rest_of_slot(day, until)
        found.append((f"move to {coming.visit if coming else 'the debrief'}", _talked(day, until)))
    elif coming:
        if day.phase == "before" and day.minutes.orientation and sit.starts:
            found.append(("orientation", sit.starts))
        found.append((f"enter {coming.visit}", coming.enter))
        if day.phase != "before":
            found.append(("silent write", coming.leave))
            found.append(("hall talk", coming.write_until))
    else:
        found.append(("debrief", max(course.free, now.wall_ms)))
    return tuple((words, sit.hhmm(ms)) for words, ms in found)


def _rest_of_slot(day: TeamDay, until: int) -> list[tuple[str, int]]:
    """What follows in the slot that the team is in, after its present phase."""
    found = []
    if day.phase == "visit" and day.minutes.write:
        found.append(("silent write", until))
    if day.phase == "visit":
        until += day.minutes.write * MINUTE_MS
    if day.phase in ("visit", "write") and day.minutes.hall:
        found.append(("hall talk", until))
    return found


def _talked(day: TeamDay, until: int) -> int:
    """When the team moves on."""
    write = day.minutes.write if day.phase == "visit" else 0
    hall = day.minutes.hall if day.phase in ("visit", "write") else 0
    return until + (write + hall) * MINUTE_MS


def _own_first(sit: Situation, team: str) -> list[str]:
    return [team, *(one for one in sit.teams if one != team)]


def _line(sit: Situation, team: str) -> str:
    """Where a team is and where it goes next."""
    day, course, now = sit.days[team], sit.courses[team], sit.now.wall_ms
    how, at, coming = "", day.at, [one.visit for one in course.stops]
    if day.phase == "over":
        way = "over"
    elif day.phase == "debrief":
        way = "debrief"
    else:
        if not day.started:
            how = "as told" if changes_of(team, sit.logs) else "as planned"
            how = how if sit.starts else ""
            how += f", {day.late_min} min late" if day.late_min else ""
            inside = [one for one in course.stops if one.enter <= now < one.talk_until]
            at = inside[0].visit if inside and not sit.other_day else ""
            if not sit.other_day:
                coming = [one.visit for one in course.stops if one.enter > now]
        way = f"{at} → {coming[0] if coming else 'debrief'}".strip()
    return " ".join(one for one in (name_of(sit, team), how, way) if one)


def _guard(sit: Situation, team: str) -> str:
    day, now = sit.days[team], sit.now.wall_ms
    if day.phase == "before":
        late = now - sit.starts if sit.starts else 0
        if not GUARD_MS <= late < GUARD_AT_MOST_MS:
            return ""
        return (
            f"{NOBODY}: it was planned for {sit.hhmm(sit.starts)}. "
            "Space starts it; b says how long ago it began"
        )
    if day.begun_t is not None and now - day.wall_of(day.begun_t, sit.now) > GUARD_AT_MOST_MS:
        return _long_ago(sit, team)
    if (
        day.phase not in ("orientation", "move")
        or day.held
        or day.remaining_ms(sit.now) > -GUARD_MS
    ):
        return ""
    stops = sit.courses[team].stops
    if stops and stops[0].enter > now:
        return ""  # it waits for a room, a bell or a window
    what = f"for {stops[0].visit}" if stops else "for the debrief"
    return f"{NOBODY} {what}. Space starts it; b then says how long ago it began"


def _long_ago(sit: Situation, team: str) -> str:
    """A clock that was started on an earlier day, as in a rehearsal, and was never put away."""
    day, now = sit.days[team], sit.now
    began = _day(sit, day.wall_of(day.begun_t or 0, now))
    today = _day(sit, now.wall_ms)
    if day.phase == "over" and (sit.plan is None or _day(sit, sit.plan.starts) < today):
        return ""  # that was the walk
    return f"This clock was started on {day_words(began)}. n begins anew"


def not_fitting(sit: Situation, team: str) -> tuple[str, ...]:
    """The coming visits that find no time, each with the reason."""
    found = []
    for one in sit.courses[team].not_fitting:
        why = f"it is open until {sit.hhmm(one.until)}"
        if one.why == "bell":
            why += ", and a bell lies in what is left"
        elif one.why == "taken":
            why += ", and another team is in it"
        found.append(f"{one.visit} does not fit any more: {why}")
    return tuple(found)


def _as_of(sit: Situation) -> str:
    if not sit.starts or sit.plan is None:
        return ""
    if sit.moved_ms:
        planned, held = (_day(sit, ms) for ms in (sit.plan.starts, sit.starts))
        return f"plan of {short_day(planned)}, held on {short_day(held)}"
    made = _day(sit, sit.plan.made_at)
    return f"plan as of {short_day(made)} {sit.hhmm(sit.plan.made_at)}"


def _planned_day(sit: Situation) -> str:
    return f"{day_words(_day(sit, sit.starts))}, {sit.hhmm(sit.starts)}" if sit.other_day else ""


def _day(sit: Situation, ms: int) -> date:
    return zone.local(ms, sit.zone).date()


def _can(sit: Situation, team: str) -> tuple[str, ...]:
    day = sit.days[team]
    rest, inside = len(day.rest), day.phase == "visit"
    known = {*day.rest, *(one.visit for one in day.done), day.at}
    out = day.phase in OUT
    more = [one for one in sit.visits if one.mode != "recorded" and not one.withdrawn]
    found = {
        "next": day.phase != "over",
        "earlier": day.phase != "over",
        "adjust": day.started and day.phase != "over",
        "hold": day.started and day.phase != "over" and not day.held,
        "go_on": day.held,
        "skip": bool(rest) or inside,
        "withdraw": bool(rest) or inside,
        "swap": rest > 1,
        "insert": not out and any(one.code not in known for one in more),
        "end": day.started and not out,
        "shorten": is_late(sit, team),
        "told": len(sit.teams) > 1,
        "anew": bool(since_anew(sit.logs.get(team))),
    }
    return tuple(do for do, makes_sense in found.items() if makes_sense)


def is_late(sit: Situation, team: str) -> bool:
    """True where the plan does not hold any more and something could be done about it."""
    day = sit.days[team]
    if not sit.starts or not day.started or day.phase in OUT:
        return False
    late = sit.ends(team) - sit.planned_ends
    return late >= MINUTE_MS or bool(sit.courses[team].not_fitting)


def next_words(sit: Situation, team: str) -> str:
    """What the next press does."""
    day, visit = sit.days[team], _next_visit(sit, team)
    onward = f"enter {visit}" if visit else "debrief"
    if day.phase == "before":
        return "orientation" if day.minutes.orientation else onward
    if day.phase in ("orientation", "move"):
        return onward
    if day.phase in ("visit", "write", "hall"):
        if day.phase == "visit" and day.minutes.write:
            return "silent write"
        if day.phase != "hall" and day.minutes.hall:
            return "hall talk"
        return f"move to {visit or 'the debrief'}"
    return "end" if day.phase == "debrief" else ""


def _log(sit: Situation, team: str) -> tuple[str, ...]:
    found = []
    for one in sit.days[team].done:
        words = f"{one.visit} {sit.hhmm(one.enter)}–{sit.hhmm(one.leave)}"
        if one.planned_enter:
            words += f", planned {sit.hhmm(one.planned_enter)}–{sit.hhmm(one.planned_leave)}"
        found.append(words)
    for gone in sit.days[team].gone:
        reason = f": {gone.reason}" if gone.reason else ""
        found.append(f"{gone.visit} {GONE_WORDS[gone.how]}{reason}")
    return tuple(found)
