"""What a rotation is made from and what comes out: teams, visits, minutes, rules; stops, drops.

All times are whole minutes after local midnight of the walk's date and may exceed 1440.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace

from walk.errors import Refused

Span = tuple[int, int]
"""From and to in minutes. A span that ends before it begins runs past midnight."""

DAY = 24 * 60
FARTHEST = 4 * DAY
"""No time of a walk lies later: four days cover every window that a plan can mean."""

OWN_ROOM = "own room"
TEAM_CAP = "stops per team"
VISIT_CAP = "stops per visit"
WINDOWS = "windows"
BELLS = "bells"
SLOTS = "slots"
RULES = (OWN_ROOM, TEAM_CAP, VISIT_CAP, WINDOWS, BELLS, SLOTS)
"""The hard rules that a lead can ease, from the one that concerns fewest to the widest."""


@dataclass(frozen=True, slots=True)
class RotationTeam:
    """A team as the planner needs it."""

    label: str
    walkers: tuple[str, ...] = ()
    lenses: frozenset[str] = frozenset()
    """What its walkers look for beside the focus."""
    most_stops: int = 0
    """0: no cap."""
    kept_out: frozenset[str] = frozenset()
    """Codes of the visits that are some walker's own room."""


@dataclass(frozen=True, slots=True)
class RotationVisit:
    """A visit as the planner needs it."""

    code: str
    windows: tuple[Span, ...] = ()
    """When it can be visited; none means at any time. A stop lies within one of them."""
    recorded: bool = False
    """Watched as a segment: it needs no slot."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What to plan. Refused: a label or code stands twice, or a figure cannot be meant."""

    teams: tuple[RotationTeam, ...]
    visits: tuple[RotationVisit, ...]
    start: int = 8 * 60 + 50
    orientation: int = 15
    visit: int = 12
    write: int = 3
    hall: int = 4
    move: int = 2
    debrief: int = 45
    bells: tuple[Span, ...] = ()
    """A stop may touch a bell, never cross it; the write and the hall talk may lie in one."""
    slots: int = 0
    """How many slots to use; 0: the fewest that do."""
    stops_per_visit_at_most: int = 0
    lens_in_every_visit: tuple[str, ...] = ()
    team_size_at_most: int = 0

    def __post_init__(self) -> None:
        _refuse_twice("Team", [team.label for team in self.teams])
        _refuse_twice("Visit", [visit.code for visit in self.visits])
        if self.visit < 1:
            raise Refused("A visit takes at least one minute.", "Give the visit some minutes.")
        figures = [self.orientation, self.write, self.hall, self.move, self.debrief, self.slots]
        figures += [self.stops_per_visit_at_most, self.team_size_at_most, self.start]
        figures += [team.most_stops for team in self.teams]
        spans = [*self.bells, *(span for visit in self.visits for span in visit.windows)]
        figures += [minute for span in spans for minute in span]
        if any(not 0 <= figure <= FARTHEST for figure in figures):
            raise Refused(
                "A time or a number of the plan is below zero or too large.",
                "Look at times, bells, windows and rules.",
            )

    @property
    def slot_minutes(self) -> int:
        """A full slot: visit, write, hall talk and move."""
        return self.visit + self.write + self.hall + self.move

    @property
    def first_enter(self) -> int:
        """When the first stop would be entered, if no bell were in the way."""
        return self.start + self.orientation

    @property
    def to_see(self) -> tuple[RotationVisit, ...]:
        """The visits that need a slot."""
        return tuple(visit for visit in self.visits if not visit.recorded)


@dataclass(frozen=True, slots=True)
class Stop:
    """One team at one visit in one slot."""

    team: str
    visit: str
    slot: int
    """From 1; slots of one number begin at the same time for every team."""
    enter: int
    leave: int
    write_until: int
    talk_until: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A visit that no team sees."""

    visit: str
    why: str
    """The rule that stands in the way, or several joined by "and", or NOT_VISITED."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A rotation. Every visit of the problem is stopped at, recorded, or dropped with a why."""

    stops: tuple[Stop, ...]
    """By slot, then in the order of the teams."""
    recorded: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    ends: int
    """When the debrief ends."""
    warnings: tuple[str, ...]
    grid: tuple[int, ...] = field(default=())
    """When each slot is entered, also one in which nobody stops."""


def basis(problem: Problem) -> str:
    """A fingerprint of all that a plan is made from: sha-256 in hex of a canonical text."""
    parts = {
        "teams": [
            [team.label, team.walkers, sorted(team.lenses), team.most_stops, sorted(team.kept_out)]
            for team in problem.teams
        ],
        "visits": [[visit.code, visit.windows, visit.recorded] for visit in problem.visits],
        "minutes": [
            problem.start,
            problem.orientation,
            problem.visit,
            problem.write,
            problem.hall,
            problem.move,
            problem.debrief,
        ],
        "bells": problem.bells,
        "rules": [
            problem.slots,
            problem.stops_per_visit_at_most,
            problem.lens_in_every_visit,
            problem.team_size_at_most,
        ],
    }
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def rules_in_use(problem: Problem) -> tuple[str, ...]:
    """The hard rules of RULES that this problem has at all."""
    used = {
        OWN_ROOM: any(team.kept_out for team in problem.teams),
        TEAM_CAP: any(team.most_stops for team in problem.teams),
        VISIT_CAP: problem.stops_per_visit_at_most > 0,
        WINDOWS: any(visit.windows for visit in problem.to_see),
        BELLS: bool(problem.bells),
        SLOTS: problem.slots > 0,
    }
    return tuple(rule for rule in RULES if used[rule])


def without(problem: Problem, *rules: str) -> Problem:
    """The same problem with these hard rules lifted."""
    teams, visits = problem.teams, problem.visits
    if OWN_ROOM in rules:
        teams = tuple(replace(team, kept_out=frozenset()) for team in teams)
    if TEAM_CAP in rules:
        teams = tuple(replace(team, most_stops=0) for team in teams)
    if WINDOWS in rules:
        visits = tuple(replace(visit, windows=()) for visit in visits)
    return replace(
        problem,
        teams=teams,
        visits=visits,
        bells=() if BELLS in rules else problem.bells,
        slots=0 if SLOTS in rules else problem.slots,
        stops_per_visit_at_most=0 if VISIT_CAP in rules else problem.stops_per_visit_at_most,
    )


def _refuse_twice(what: str, names: list[str]) -> None:
    """Refuse a name that stands twice."""
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Refused(f"{what} {twice} stands twice in the plan.", "Give each its own name.")
