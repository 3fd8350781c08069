"""PLAN.toml and PLACES.toml, written by hand or by the app, to frozen plain values.

A plan travels; it names no place and no owner of a room. Places are the lead's alone. A mistake
is a PlanError that names the file, the line, the table and the key.
"""

from __future__ import annotations

from pathlib import Path

from walk.intake.plan_parts import ABOUT as ABOUT
from walk.intake.plan_parts import CYCLE_STAGES as CYCLE_STAGES
from walk.intake.plan_parts import LONGEST_CODE as LONGEST_CODE
from walk.intake.plan_parts import LONGEST_LOOK_FOR as LONGEST_LOOK_FOR
from walk.intake.plan_parts import MODES as MODES
from walk.intake.plan_parts import MOST_MINUTES as MOST_MINUTES
from walk.intake.plan_parts import MOST_NOTICE_DAYS as MOST_NOTICE_DAYS
from walk.intake.plan_parts import READY_KEYS as READY_KEYS
from walk.intake.plan_parts import Place as Place
from walk.intake.plan_parts import Places as Places
from walk.intake.plan_parts import Plan as Plan
from walk.intake.plan_parts import PlanAgreements as PlanAgreements
from walk.intake.plan_parts import PlanBell as PlanBell
from walk.intake.plan_parts import PlanFocus as PlanFocus
from walk.intake.plan_parts import PlanLookFor as PlanLookFor
from walk.intake.plan_parts import PlanMeeting as PlanMeeting
from walk.intake.plan_parts import PlanQuiet as PlanQuiet
from walk.intake.plan_parts import PlanReadiness as PlanReadiness
from walk.intake.plan_parts import PlanRules as PlanRules
from walk.intake.plan_parts import PlanTimes as PlanTimes
from walk.intake.plan_parts import PlanVisit as PlanVisit
from walk.intake.plan_parts import PlanWalk as PlanWalk
from walk.intake.plan_parts import PlanWalker as PlanWalker
from walk.intake.toml_tables import Table, Tables, text_of

PLAN_KEYS = {
    "walk": (
        *("id", "host_school", "date", "zone", "title", "keep_until", "notice_given"),
        *("talk_spot", "mode", "cycle", "cycle_stage"),
    ),
    "focus": (
        *("template", "statement", "inquiry", "set_by", "teachers"),
        *("confirmed_on", "confirmed_how", "confirmed_how_many"),
        *("professional_learning", "no_learning_reason"),
    ),
    "meeting": ("date", "groups", "agreed", "may_ask", "not_visited"),
    "agreements": (
        *("local_agreement", "notice_days", "whom_to_tell", "individual_notes"),
        *("who_sees_raw", "type_in_room"),
    ),
    "readiness": ("key", "done", "reason", "who", "on"),
    "quiet": ("from", "to", "why"),
    "look_for": ("name", "text", "about"),
    "times": (
        *("start", "orientation", "visit", "write", "hall_talk", "move", "debrief", "slots"),
    ),
    "bell": ("from", "to"),
    "visit": (
        *("code", "mode", "windows", "grade_band", "subject_band", "inquiry", "received_on"),
    ),
    "walker": ("label", "roles", "lens", "team", "max_stops"),
    "rules": (
        *("stops_per_visit_at_most", "lens_in_every_visit", "team_size_at_most", "open_roster"),
    ),
}
"""The tables of a plan and the keys of each, in the order in which the app writes them."""
PLACES_KEYS = {"place": ("code", "place", "own_room_of")}


def read_plan(path: Path) -> Plan:
    """The plan in a file; PlanError when it cannot be read or does not hold up."""
    return parse_plan(text_of(path), path.name)


def parse_plan(text: str, name: str = "PLAN.toml") -> Plan:
    """The plan that the text says; PlanError, telling `name`, when it does not hold up."""
    tables = Tables(name, text, PLAN_KEYS)
    return Plan(
        walk=_walk(tables.one("walk")),
        focus=_focus(tables.one("focus")),
        meeting=_meeting(tables.one("meeting")),
        agreements=_agreements(tables.one("agreements")),
        readiness=tables.each("readiness", _readiness, unique="key"),
        quiet=tables.each("quiet", _quiet),
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
    tables = Tables(name, text, PLACES_KEYS)
    return Places(tables.each("place", _place, unique="code"))


def _walk(table: Table) -> PlanWalk:
    return PlanWalk(
        id=table.label("id"),
        host_school=table.label("host_school"),
        date=table.day("date"),
        zone=_zone(table),
        title=table.words("title"),
        keep_until=table.day("keep_until"),
        notice_given=table.day_or_words("notice_given"),
        talk_spot=table.words("talk_spot") if table.says("talk_spot") else None,
        mode=table.choice("mode", MODES, "") if table.label("mode") else "",
        cycle=table.words("cycle") if table.says("cycle") else None,
        cycle_stage=_stage(table) if table.says("cycle_stage") else None,
    )


def _stage(table: Table) -> str:
    """A stage of the inquiry cycle, with blanks between its words; or nothing."""
    if not table.label("cycle_stage"):
        return ""
    spelled = {"_".join(one.split()): one for one in CYCLE_STAGES}
    return spelled[table.choice("cycle_stage", tuple(spelled), "")]


def _zone(table: Table) -> str:
    from zoneinfo import ZoneInfo  # only where a plan is read: it would slow the start

    name = table.label("zone")
    try:
        return ZoneInfo(name).key if name else ""
    except (KeyError, ValueError, OSError):  # unknown, or no name at all: a folder, a path
        raise table.wrong("zone", "must be a time zone such as America/Chicago") from None


def _focus(table: Table) -> PlanFocus:
    on, how = table.day("confirmed_on"), table.words("confirmed_how")
    many = table.count("confirmed_how_many") if table.says("confirmed_how_many") else None
    if on is None and (how or many is not None):
        said = "confirmed_how" if how else "confirmed_how_many"
        raise table.wrong(said, "stands without confirmed_on", "Say when, or take it out.")
    return PlanFocus(
        template=table.label("template"),
        statement=table.words("statement"),
        inquiry=table.list_of_words("inquiry"),
        set_by=table.label("set_by"),
        teachers=table.count("teachers") or None,
        confirmed_on=on,
        confirmed_how=how,
        confirmed_how_many=many,
        professional_learning=table.passage("professional_learning"),
        no_learning_reason=table.passage("no_learning_reason")
        if table.says("no_learning_reason")
        else None,
    )


def _meeting(table: Table) -> PlanMeeting:
    def passage(key: str) -> str | None:
        return table.passage(key) if table.says(key) else None

    def listed(key: str) -> tuple[str, ...] | None:
        return table.list_of_words(key) if table.says(key) else None

    return PlanMeeting(
        date=table.day("date"),
        groups=listed("groups"),
        agreed=passage("agreed"),
        may_ask=listed("may_ask"),
        not_visited=passage("not_visited"),
    )


def _agreements(table: Table) -> PlanAgreements:
    def passage(key: str) -> str | None:
        return table.passage(key) if table.says(key) else None

    days = table.count("notice_days", most=MOST_NOTICE_DAYS)
    who_sees = table.words("who_sees_raw")
    if table.says("who_sees_raw") and not who_sees:
        raise table.wrong("who_sees_raw", "is empty", "Say who as a group, or leave it out.")
    return PlanAgreements(
        local_agreement=passage("local_agreement"),
        notice_days=days if table.says("notice_days") else None,
        whom_to_tell=passage("whom_to_tell"),
        individual_notes=table.yes_or_no("individual_notes"),
        who_sees_raw=who_sees or None,
        type_in_room=table.yes_or_no("type_in_room"),
    )


def _readiness(table: Table) -> PlanReadiness:
    table.needed("key")
    return PlanReadiness(
        key=table.choice("key", READY_KEYS, ""),
        done=bool(table.yes_or_no("done")),
        reason=table.passage("reason"),
        who=table.label("who"),
        on=table.day("on"),
    )


def _quiet(table: Table) -> PlanQuiet:
    start, end = table.day("from"), table.day("to")
    if start is None:
        raise table.wrong("from", "is missing")
    end = end or start
    if end < start:
        raise table.wrong("to", f"({end}) is before from ({start})")
    return PlanQuiet(start, end, table.words("why"))


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
        inquiry=table.words("inquiry") if table.says("inquiry") else None,
        received_on=table.day("received_on"),
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
        open_roster=table.yes_or_no("open_roster"),
    )


def _place(table: Table) -> Place:
    return Place(
        code=table.needed("code", LONGEST_CODE),
        place=table.label("place"),
        own_room_of=table.list_of_words("own_room_of"),
    )
