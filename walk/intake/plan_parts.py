"""What a plan file can say: its tables as frozen plain values.

None stands for "the file does not say": a walk that is there keeps what it has, and a new one takes
the usual. Empty words ("" in the file) take something back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from walk.intake.toml_tables import Span

MODES = ("in_person", "virtual_live", "recorded", "viewed_remotely")
ABOUT = ("students", "teacher", "task")
CYCLE_STAGES = ("analyse", "set goals", "learn", "implement", "monitor")
READY_KEYS = (
    *("community", "routine", "effort", "platform", "learning", "oriented", "students", "notice"),
)

LONGEST_CODE = 40
"""Characters of a visit's code."""
LONGEST_LOOK_FOR = 28
"""Characters of a look-for's name."""
MOST_MINUTES = 600
"""Minutes of one part of a walk."""
MOST_NOTICE_DAYS = 365


@dataclass(frozen=True)
class PlanWalk:
    """[walk]: where and when, and how long its raw notes are kept."""

    id: str = ""
    """Written by the app; empty in a plan that no walk was made from yet."""
    host_school: str = ""
    date: dt.date | None = None
    """The day at the host school."""
    zone: str = ""
    """A time zone's name, such as America/Chicago."""
    title: str = ""
    keep_until: dt.date | None = None
    notice_given: str = ""
    """When the teachers were told: an ISO date, or words."""
    talk_spot: str | None = None
    """Where hall talks are held, away from doors and ears."""
    mode: str = ""
    """The mode that new visits begin with, one of MODES; empty: that of the first visit."""
    cycle: str | None = None
    """The team's inquiry cycle that the walk is a part of."""
    cycle_stage: str | None = None
    """Where that cycle stands, one of CYCLE_STAGES, or empty."""


@dataclass(frozen=True)
class PlanFocus:
    """[focus]: the host teachers' focus, by template, in their own words, or both."""

    template: str = ""
    statement: str = ""
    inquiry: tuple[str, ...] = ()
    set_by: str = ""
    """The host teachers as a group, never by name."""
    teachers: int | None = None
    """How many host teachers set it; None when the plan does not say."""
    confirmed_on: dt.date | None = None
    confirmed_how: str = ""
    """How they confirmed it; empty when the plan does not say."""
    confirmed_how_many: int | None = None
    """How many confirmed it: 0 when nobody counted, None for as many as set it."""
    professional_learning: str = ""
    no_learning_reason: str | None = None
    """Why no professional learning is named; printed."""


@dataclass(frozen=True)
class PlanMeeting:
    """[meeting]: what the host teachers and an administrator agreed before the walk."""

    date: dt.date | None = None
    groups: tuple[str, ...] | None = None
    """Who met, as groups, never by name."""
    agreed: str | None = None
    may_ask: tuple[str, ...] | None = None
    """What visitors may ask students."""
    not_visited: str | None = None
    """What the teachers do not want visited."""


@dataclass(frozen=True)
class PlanAgreements:
    """[agreements]: how the walk and its notes are used."""

    local_agreement: str | None = None
    notice_days: int | None = None
    whom_to_tell: str | None = None
    """A role, such as "the union representative"."""
    individual_notes: bool | None = None
    who_sees_raw: str | None = None
    type_in_room: bool | None = None


@dataclass(frozen=True)
class PlanReadiness:
    """[[readiness]]: how one prerequisite stands."""

    key: str
    """One of READY_KEYS."""
    done: bool = False
    reason: str = ""
    """Why it is not yet so; the teachers can read it."""
    who: str = ""
    """Who said so, by label."""
    on: dt.date | None = None


@dataclass(frozen=True)
class PlanQuiet:
    """[[quiet]]: days on which no walk should be."""

    start: dt.date
    """The key `from`."""
    end: dt.date
    """The key `to`, the last of the days; that of `from` when left out."""
    why: str = ""


@dataclass(frozen=True)
class PlanLookFor:
    """[[look_for]]: where evidence might show."""

    name: str
    text: str = ""
    about: str = "students"
    """students, teacher or task."""


@dataclass(frozen=True)
class PlanTimes:
    """[times]: when the walk starts, and minutes for each part."""

    start: dt.time | None = None
    orientation: int = 15
    visit: int = 12
    write: int = 3
    hall_talk: int = 4
    move: int = 2
    debrief: int = 45
    slots: int = 0
    """How many slots the plan asks for; 0 when it does not say."""


@dataclass(frozen=True)
class PlanBell:
    """[[bell]]: local times of day that a stop may not cross."""

    start: dt.time
    """The key `from`."""
    end: dt.time
    """The key `to`; not before `from`."""


@dataclass(frozen=True)
class PlanVisit:
    """[[visit]]: one classroom, by its code."""

    code: str
    mode: str = "in_person"
    """One of MODES."""
    windows: tuple[Span, ...] = ()
    """When it is open; empty when at any time."""
    grade_band: str = ""
    subject_band: str = ""
    inquiry: str | None = None
    """An inquiry of this visit's own, in place of the walk's."""
    received_on: dt.date | None = None
    """When a recorded segment reached the walkers."""


@dataclass(frozen=True)
class PlanWalker:
    """[[walker]]: one walker, by a label of their own choice."""

    label: str
    roles: tuple[str, ...] = ()
    lens: str = ""
    team: str = ""
    max_stops: int = 0
    """0: no cap."""


@dataclass(frozen=True)
class PlanRules:
    """[rules]: what the rotation must keep to; 0 is no cap."""

    stops_per_visit_at_most: int = 0
    lens_in_every_visit: tuple[str, ...] = ()
    team_size_at_most: int = 0
    open_roster: bool | None = None
    """Whoever joins is put on the roster; None: only where the plan lists no walker."""


@dataclass(frozen=True)
class Plan:
    """A whole PLAN.toml, in the order of the file; what it leaves out has its default."""

    walk: PlanWalk = field(default_factory=PlanWalk)
    focus: PlanFocus = field(default_factory=PlanFocus)
    meeting: PlanMeeting = field(default_factory=PlanMeeting)
    agreements: PlanAgreements = field(default_factory=PlanAgreements)
    readiness: tuple[PlanReadiness, ...] = ()
    quiet: tuple[PlanQuiet, ...] = ()
    look_fors: tuple[PlanLookFor, ...] = ()
    times: PlanTimes = field(default_factory=PlanTimes)
    bells: tuple[PlanBell, ...] = ()
    visits: tuple[PlanVisit, ...] = ()
    walkers: tuple[PlanWalker, ...] = ()
    rules: PlanRules = field(default_factory=PlanRules)


@dataclass(frozen=True)
class Place:
    """[[place]]: where a visit is, and which walkers' own room it is."""

    code: str
    place: str = ""
    own_room_of: tuple[str, ...] = ()
    """Labels of walkers who never enter that room as walkers."""


@dataclass(frozen=True)
class Places:
    """A whole PLACES.toml."""

    places: tuple[Place, ...] = ()
