"""What the board shows, as plain values: the team's clock in words and figures, and proposals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from walk.phases import Phase, TeamDay
from walk.routine import zone
from walk.routine.board_day import MINUTE_MS, OUT, Situation, changes_of, phase_ends
from walk.routine.board_say import sayings

BoardStage = Literal["calm", "two minutes", "time", "over", "held", "waiting"]
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


@dataclass(frozen=True, slots=True)
class BoardView:
    """One team's board at one moment. Times are local, HH:MM; an empty text means none."""

    team: str
    teams: tuple[str, ...]
    """Every team's label; a walk without teams has one, with an empty label or none at all."""
    phase: Phase
    word: str
    """The phase, such as VISIT."""
    digits: str
    """Whole minutes left ("8"), m:ss in the last two ("1:40"), minutes over ("+3"), the local start
    time ("09:05") before; empty once the day is over."""
    stage: BoardStage
    slot: int
    """The team's present or next stop, from 1; 0 when there is none."""
    slots: int
    """How many stops the team has today, done ones included."""
    visit: str
    """The code of the visit that the team is in, writes or talks about, or goes to next."""
    behind_min: int
    """Minutes behind the plan at the end of this phase; negative: ahead."""
    in_words: str
    """Where the team is, such as "in V3, Team A"."""
    then: tuple[tuple[str, str], ...]
    """What follows and when, such as ("silent write", "09:38")."""
    lines: tuple[str, ...]
    """Who goes where, a team a line: "Team A V3 → V4", "Team B as planned V1 → V2"."""
    ends: str
    """When the walk ends, debrief included, as things stand now."""
    planned_ends: str
    """When it was planned to end; empty without a plan."""
    guard: str
    """"Nobody has started the clock: …" with what to press; empty while all is well."""
    sayings: tuple[str, ...]
    """What to say aloud to other teams."""
    not_fitting: tuple[str, ...]
    """Coming visits that find no time any more, each with the reason."""
    as_of: str
    """When the plan was made, such as "plan as of 13 Oct 16:20"; empty without one."""
    held: bool
    can: tuple[str, ...] = ()
    """The changes that make sense now: next, earlier, adjust, hold, go_on, skip, withdraw, swap,
    insert, end, shorten (there are offers), told."""
    next_words: str = ""
    """What the next press does, such as "silent write" or "enter V4"."""
    log: tuple[str, ...] = ()
    """Stops that are behind the team, with planned and actual times, newest last."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would bring, before it is accepted."""

    words: str
    """What would be done, or why it cannot be."""
    ends: str
    planned_ends: str
    sayings: tuple[str, ...]
    not_fitting: tuple[str, ...]
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to go on; accepted (or entered as told) by its id."""

    id: str
    words: str
    ends: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A visit that could be put in, or the reason why not."""

    visit: str
    words: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class NextStop:
    """A walker's own next visit."""

    team: str
    visit: str
    mode: str
    """In words, such as "in person"."""
    enter: str
    """Local time, HH:MM."""
    in_min: int
    """Whole minutes until then; negative once it has passed."""


def view_of(sit: Situation, team: str) -> BoardView:
    """The board of one team."""
    day, course, now = sit.days[team], sit.courses[team], sit.now
    coming = course.stops[0] if course.stops else None
    wait = None
    if coming and day.phase in ("orientation", "move"):
        wait = -(-(coming.enter - now.wall_ms) // 1000)
    face = day.face(now, wait)
    digits = face.digits if day.started else sit.hhmm(starts(sit) or now.wall_ms)
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
        log=_log(sit, team),
    )


def starts(sit: Situation) -> int:
    """When orientation was planned to begin; 0 without a plan."""
    return sit.plan.starts if sit.plan and sit.plan.stops else 0


def behind_ms(sit: Situation, team: str) -> int:
    """How far behind the plan the team is at the end of this phase; negative: ahead."""
    day, course, plan = sit.days[team], sit.courses[team], sit.plan
    if plan is None or not plan.stops:
        return 0
    if day.phase == "before":
        late = sit.now.wall_ms - plan.starts
        return late if 0 < late < GUARD_AT_MOST_MS else 0
    if day.place is not None and day.phase in ("visit", "write", "hall"):
        planned = day.place.leave
        planned += plan.write_minutes * MINUTE_MS if day.phase in ("write", "hall") else 0
        planned += plan.hall_minutes * MINUTE_MS if day.phase == "hall" else 0
        return phase_ends(day, sit.now) - planned
    if day.phase in ("orientation", "move") and course.stops and day.places:
        return course.stops[0].enter - day.places[0].enter
    return sit.ends(team) - plan.ends


def name_of(sit: Situation, team: str) -> str:
    """Such as "Team B"; nothing where there is only one."""
    return f"Team {team}" if len(sit.teams) > 1 else ""


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
        if day.phase == "before" and day.minutes.orientation and starts(sit):
            found.append(("orientation", starts(sit)))
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
            how = how if starts(sit) else ""
            inside = [one for one in course.stops if one.enter <= now < one.talk_until]
            at = inside[0].visit if inside else ""
            coming = [one.visit for one in course.stops if one.enter > now]
        way = f"{at} → {coming[0] if coming else 'debrief'}".strip()
    return " ".join(one for one in (name_of(sit, team), how, way) if one)


def _guard(sit: Situation, team: str) -> str:
    day, now = sit.days[team], sit.now.wall_ms
    if day.phase == "before":
        late = now - starts(sit) if starts(sit) else 0
        if not GUARD_MS <= late < GUARD_AT_MOST_MS:
            return ""
        return (
            f"{NOBODY}: it was planned for {sit.hhmm(starts(sit))}. "
            "Space starts it; b says how long ago it began"
        )
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
    if not starts(sit) or sit.plan is None:
        return ""
    made = zone.local(sit.plan.made_at, sit.zone)
    return f"plan as of {made.day} {made:%b %H:%M}"


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
    }
    return tuple(do for do, makes_sense in found.items() if makes_sense)


def is_late(sit: Situation, team: str) -> bool:
    """True where the plan does not hold any more and something could be done about it."""
    day = sit.days[team]
    if not starts(sit) or not day.started or day.phase in OUT:
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
