"""PLAN.toml and PLACES.toml, written by hand or by the app, to frozen plain values.

A plan travels; it names no place and no owner of a room. Places are the lead's alone. A mistake
is a PlanError that names the file, the line, the table and the key.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from walk.intake.toml_tables import Span, Table, Tables, text_of

MODES = ("in_person", "virtual_live", "recorded", "viewed_remotely")
ABOUT = ("students", "teacher", "task")

LONGEST_CODE = 40
"""Characters of a visit's code."""
LONGEST_LOOK_FOR = 28
"""Characters of a look-for's name."""
MOST_MINUTES = 600
"""Minutes of one part of a walk."""

_PLAN_KEYS = {
    "walk": ("id", "host_school", "date", "zone", "title", "keep_until", "notice_given"),
    "focus": (
        *("template", "statement", "inquiry", "set_by", "teachers", "confirmed_on"),
        "professional_learning",
    ),
    "look_for": ("name", "text", "about"),
    "times": (
        *("start", "orientation", "visit", "write", "hall_talk", "move", "debrief", "slots"),
    ),
    "bell": ("from", "to"),
    "visit": ("code", "mode", "windows", "grade_band", "subject_band"),
    "walker": ("label", "roles", "lens", "team", "max_stops"),
    "rules": ("stops_per_visit_at_most", "lens_in_every_visit", "team_size_at_most"),
}
_PLACES_KEYS = {"place": ("code", "place", "own_room_of")}


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
    professional_learning: str = ""


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


@dataclass(frozen=True)
class Plan:
    """A whole PLAN.toml, in the order of the file; what it leaves out has its default."""

    walk: PlanWalk = field(default_factory=PlanWalk)
    focus: PlanFocus = field(default_factory=PlanFocus)
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


def read_plan(path: Path) -> Plan:
    """The plan in a file; PlanError when it cannot be read or does not hold up."""
    return parse_plan(text_of(path), path.name)


def parse_plan(text: str, name: str = "PLAN.toml") -> Plan:
    """The plan that the text says; PlanError, telling `name`, when it does not hold up."""
    tables = Tables(name, text, _PLAN_KEYS)
    return Plan(
        walk=_walk(tables.one("walk")),
        focus=_focus(tables.one("focus")),
        look_fors=tables.each("look_for", _look_for, unique="name"),
        times=_times(tables.one("times")),
        bells=tables.each("bell", _bell),
        visits=tables.each("visit", _visit, unique="code"),
        walkers=tables.each("walker", _walker, unique="label"),
        rules=_rules(tables.one("rules")),
    )


def read_places(path: Path) -> Places:
    """The places in a file; PlanError when it cannot be read or does not hold up."""
    return parse_places(text_of(path), path.name)


def parse_places(text: str, name: str = "PLACES.toml") -> Places:
    """The places that the text says; PlanError when it does not hold up."""
    tables = Tables(name, text, _PLACES_KEYS)
    return Places(tables.each("place", _place, unique="code"))


def _walk(table: Table) -> PlanWalk:
    return PlanWalk(
        id=table.label("id"),
        host_school=table.label("host_school"),
        date=table.day("date"),
        zone=table.label("zone"),
        title=table.label("title"),
        keep_until=table.day("keep_until"),
        notice_given=table.day_or_words("notice_given"),
    )


def _focus(table: Table) -> PlanFocus:
    return PlanFocus(
        template=table.label("template"),
        statement=table.words("statement"),
        inquiry=table.list_of_words("inquiry"),
        set_by=table.label("set_by"),
        teachers=table.count("teachers") or None,
        confirmed_on=table.day("confirmed_on"),
        professional_learning=table.words("professional_learning"),
    )


def _look_for(table: Table) -> PlanLookFor:
    return PlanLookFor(
        name=table.needed("name", LONGEST_LOOK_FOR),
        text=table.words("text"),
        about=table.choice("about", ABOUT, PlanLookFor.about),
    )


def _times(table: Table) -> PlanTimes:
    def minutes(part: str, least: int = 0) -> int:
        return table.count(part, getattr(PlanTimes, part), least, MOST_MINUTES)

    return PlanTimes(
        start=table.moment("start"),
        orientation=minutes("orientation"),
        visit=minutes("visit", least=1),
        write=minutes("write"),
        hall_talk=minutes("hall_talk"),
        move=minutes("move"),
        debrief=minutes("debrief"),
        slots=table.count("slots"),
    )


def _bell(table: Table) -> PlanBell:
    start, end = table.moment("from"), table.moment("to")
    if start is None or end is None:
        raise table.wrong("from" if start is None else "to", "is missing")
    if end < start:
        raise table.wrong("to", f"({end:%H:%M}) is before from ({start:%H:%M})")
    return PlanBell(start, end)


def _visit(table: Table) -> PlanVisit:
    return PlanVisit(
        code=table.needed("code", LONGEST_CODE),
        mode=table.choice("mode", MODES, PlanVisit.mode),
        windows=table.spans("windows"),
        grade_band=table.label("grade_band"),
        subject_band=table.label("subject_band"),
    )


def _walker(table: Table) -> PlanWalker:
    return PlanWalker(
        label=table.needed("label"),
        roles=table.list_of_words("roles"),
        lens=table.label("lens"),
        team=table.label("team"),
        max_stops=table.count("max_stops"),
    )


def _rules(table: Table) -> PlanRules:
    return PlanRules(
        stops_per_visit_at_most=table.count("stops_per_visit_at_most"),
        lens_in_every_visit=table.list_of_words("lens_in_every_visit"),
        team_size_at_most=table.count("team_size_at_most"),
    )


def _place(table: Table) -> Place:
    return Place(
        code=table.needed("code", LONGEST_CODE),
        place=table.label("place"),
        own_room_of=table.list_of_words("own_room_of"),
    )
