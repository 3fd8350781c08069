"""The pages of a plan: notice, overview, slips, rotation and calendar, gathered from the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from walk.clock import Moment
from walk.errors import Refused
from walk.model import Rotation, Rules, missed
from walk.reports.plan_facts import (
    Minutes,
    PlanFacts,
    ReadyFact,
    RotationFacts,
    StopFact,
    VisitFact,
)
from walk.reports.summary import ConfirmationFact
from walk.routine import zone
from walk.routine.desk import Desk
from walk.routine.following.cycle import cycle_words
from walk.routine.papers import checklist
from walk.routine.planning import prepare, ready, roster, rotation
from walk.routine.visiting import door

if TYPE_CHECKING:  # pages and the calendar are loaded when one is printed
    from walk.intake.plan import Places, Plan
    from walk.reports.pages import Page


def facts(desk: Desk, made: Rotation | None = None) -> PlanFacts:
    """All that the pages say of the walk on the desk; of `made`, else of the rotation it has."""
    plan = prepare.plan(desk)
    meeting, agreed = ready.meeting(desk), ready.agreements(desk)
    standing = ready.readiness(desk)
    made = made or rotation.current(desk)
    visits = tuple(
        VisitFact(one.code, one.mode, one.inquiry) for one in plan.visits if not one.withdrawn
    )
    given = plan.focus.confirmation
    return PlanFacts(
        walk_id=desk.walk_id,
        title=plan.walk.title,
        host_school=plan.walk.host_school,
        date=plan.walk.date,
        start=plan.rules.start,
        minutes=_minutes(plan.rules),
        walkers=len(plan.walkers),
        teams=len(roster.teams_of(plan.walkers)),
        on_no_team=len(roster.on_no_team(plan.walkers)),
        others_may_join=plan.rules.open_roster,
        roles=tuple(dict.fromkeys(role for one in plan.walkers for role in one.roles)),
        visits=visits,
        rotation=rotation_facts(made, plan.walk.zone) if made else None,
        focus=plan.focus.statement,
        inquiries=plan.focus.inquiries,
        set_by=plan.focus.set_by,
        confirmation=ConfirmationFact(given.how, given.on, given.how_many) if given else None,
        changes_after_confirmation=tuple(
            f"Changed on {one.on}; before, it read: {one.before}" for one in plan.focus.changes
        ),
        professional_learning=plan.focus.professional_learning,
        no_learning_reason=plan.focus.no_learning_reason,
        look_fors=tuple((one.name, one.text) for one in plan.look_fors if not one.imported),
        meeting_date=meeting.date,
        met=meeting.groups,
        agreed=meeting.agreed,
        may_ask=meeting.may_ask,
        not_visited=meeting.not_visited,
        type_in_room=plan.rules.type_in_room,
        who_sees_raw=plan.rules.who_sees_raw,
        keep_until=plan.walk.keep_until,
        individual_notes=agreed.individual_notes,
        notice_given=plan.rules.notice_given,
        notice_days=agreed.notice_days,
        local_agreement=agreed.local_agreement,
        whom_to_tell=agreed.whom_to_tell,
        not_ready=tuple(
            ReadyFact(one.words, one.reason) for one in standing if one.said and not one.done
        ),
        not_said=tuple(one.words for one in standing if not one.said),
        warnings=ready.warnings(desk),
        talk_spot=plan.rules.talk_spot,
        cycle=cycle_words(plan.walk.cycle, plan.walk.cycle_stage),
        checklists=_checklists(visits),
    )


def _minutes(rules: Rules | Rotation) -> Minutes:
    return Minutes(
        rules.orientation_minutes,
        rules.visit_minutes,
        rules.write_minutes,
        rules.hall_minutes,
        rules.move_minutes,
        rules.debrief_minutes,
    )


def _checklists(visits: tuple[VisitFact, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    used = {one.mode for one in visits}
    return tuple(
        (mode, tuple(item.short for item in items))
        for mode, items in checklist.ITEMS.items()
        if mode in used
    )


def rotation_facts(made: Rotation, zone_name: str) -> RotationFacts:
    """A rotation in the local time of the host school, as it may be handed on."""
    made = rotation.to_travel(made)
    return RotationFacts(
        made=zone.local(made.made_at, zone_name),
        sequence=made.sequence,
        starts=zone.local(made.starts, zone_name),
        ends=zone.local(made.ends, zone_name),
        minutes=_minutes(made),
        stops=tuple(
            StopFact(
                one.team,
                one.visit,
                one.slot,
                zone.local(one.enter, zone_name),
                zone.local(one.leave, zone_name),
                zone.local(one.write_until, zone_name),
                zone.local(one.talk_until, zone_name),
            )
            for one in made.stops
        ),
        recorded=made.recorded,
        dropped=tuple((one.visit, one.why) for one in made.dropped),
        warnings=made.warnings,
    )


# Pages


def page_of(
    desk: Desk, what: str, *, schedule: bool = False, team: str = "", where: bool = False
) -> tuple[Page, ...]:
    """The notice, the overview or the slips. `schedule` puts codes and times on the notice.

    `team` is the one whose slip is wanted; with `where` the slips name the places that are kept on
    this laptop. Refused for a team that has no stop, and where no place is kept here.
    """
    found = facts(desk)
    if what == "overview":
        from walk.reports.what_happens import overview

        return (overview(found),)
    if what == "slips":
        from walk.reports.slips import slips

        check_team(found, team)
        return slips(found, team=team, places=places_here(desk) if where else None)
    from walk.reports.teacher_notice import notice

    return (notice(found, schedule=schedule),)


def check_team(found: PlanFacts, team: str) -> None:
    """Refuse a team that has no stop; nothing named is every team."""
    teams = found.rotation.teams if found.rotation else ()
    if team and team not in teams:
        raise Refused(
            f"No team {team} has a stop in this rotation.",
            f"Its teams: {', '.join(teams) or 'none yet'}.",
        )


def places_here(desk: Desk) -> dict[str, str]:
    """Where each visit is, by code, as this laptop keeps it; Refused where it keeps none."""
    from walk.routine.planning import places

    return named_places(places.read(desk), tuple(one.code for one in prepare.visits(desk)))


def named_places(known: Places, codes: Iterable[str]) -> dict[str, str]:
    """Where each of these visits is, by its code; Refused where no place is named."""
    named = {one.code.casefold(): one.place for one in known.places if one.place}
    found = {code: named[code.casefold()] for code in codes if code.casefold() in named}
    if not found:
        raise Refused(
            "No places of this walk are kept here.",
            "Only the lead's laptop knows them; print it there, or without them.",
        )
    return found


def likely_names(desk: Desk, found: PlanFacts) -> tuple[str, ...]:
    """What in the plan's texts looks like a person's name; it stops nothing.

    The host school's own name is not looked at, nor what was cleared. Not every name is seen.
    """
    from walk.language.names import find_names

    labels = {one.label for one in desk.walkers()} - {prepare.ME}
    cleared = door.cleared(desk)
    finds = (
        one
        for text in dict.fromkeys(_texts(found))
        for one in find_names(text, labels=labels, cleared=cleared)
    )
    return tuple(dict.fromkeys(one.words for one in finds if one.sure))


def _texts(found: PlanFacts) -> Iterator[str]:
    yield from (found.title, found.focus, *found.inquiries, found.set_by)
    yield from (found.professional_learning, found.no_learning_reason, found.agreed)
    yield from (*found.changes_after_confirmation, *found.met, *found.may_ask, *found.roles)
    yield from (found.not_visited, found.who_sees_raw, found.notice_given, found.local_agreement)
    yield from (found.whom_to_tell, found.talk_spot, *found.warnings)
    yield from (one.reason for one in found.not_ready)
    yield from (one.inquiry for one in found.visits)
    yield from (text for name_and_text in found.look_fors for text in name_and_text)
    if found.confirmation:
        yield found.confirmation.how


# The rotation, of a walk or of a plan file


def made_or_drawn(desk: Desk) -> Rotation:
    """The rotation of the walk on the desk; while there is none, as it would be made now."""
    found = rotation.current(desk)
    return found or rotation.preview(desk).changed(made_at=desk.now().wall_ms)


def drawn(plan: Plan, places: Places | None, now: Moment) -> Rotation:
    """The rotation that a plan file would get; no walk is made of it and no store is needed."""
    return rotation.draw(rotation.basis_of_plan(plan, places, now)).changed(made_at=now.wall_ms)


def facts_of_plan(plan: Plan, made: Rotation, today: date) -> PlanFacts:
    """What the page of a rotation and its calendar say of a plan file."""
    from walk.routine.planning.plan_file import walk_id

    on = plan.focus.confirmed_on
    return PlanFacts(
        # As `walk new` makes it, so that the walk's calendars know the same events.
        walk_id=walk_id(plan),
        title=plan.walk.title or plan.focus.statement,
        host_school=plan.walk.host_school,
        date=(plan.walk.date or today).isoformat(),
        visits=tuple(VisitFact(one.code, one.mode) for one in plan.visits),
        rotation=rotation_facts(made, plan.walk.zone),
        cycle=cycle_words(plan.walk.cycle or "", plan.walk.cycle_stage or ""),
        confirmation=ConfirmationFact("", on.isoformat(), plan.focus.teachers) if on else None,
    )


def rotation_text(found: PlanFacts, form: str, team: str = "") -> str:
    """The rotation as a table, for all teams or for one, as text, md or html."""
    from walk.reports.pages import render
    from walk.reports.rotation_page import rotation_page

    check_team(found, team)
    return render([rotation_page(found, team=team)], form)


def problems(made: Rotation) -> tuple[str, ...]:
    """What stands in the way of a whole rotation, and what is worth a look, in words."""
    left = (missed(one.visit, one.why) for one in made.dropped)
    return (*left, *made.warnings)


# The calendar


@dataclass(frozen=True, slots=True)
class _Given:
    """What calendar files of a walk that were written on this laptop held."""

    sequence: int
    made: int
    """When the rotation of the last one was made, UTC milliseconds."""
    stops: dict[tuple[str, str], tuple[int, int]]
    """Enter and leave, UTC milliseconds, by team and visit code."""


def calendar_of(desk: Desk, made: Rotation, *, team: str = "", where: bool = False) -> bytes:
    """The rotation as an .ics file; stops that an earlier one held and that are gone, cancelled.

    This laptop remembers what it wrote, so that an undone or re-made rotation is always the later
    one to a calendar. Refused for a team that has no stop.
    """
    from walk.reports.calendar import GoneStop, calendar

    found = facts(desk, made)
    check_team(found, team)
    given = _given(desk)
    now = {(one.team, one.visit): (one.enter, one.leave) for one in made.stops}
    gone = {key: when for key, when in given.stops.items() if key not in now}
    sequence = max(made.sequence, given.sequence + (given.made not in (0, made.made_at)))
    assert found.rotation is not None
    found = replace(found, rotation=replace(found.rotation, sequence=sequence))
    zone_name = desk.walk.zone
    written = calendar(
        found,
        team=team,
        places=places_here(desk) if where else None,
        gone=[
            GoneStop(*key, zone.local(enter, zone_name), zone.local(leave, zone_name))
            for key, (enter, leave) in sorted(gone.items())
        ],
    )
    told = {key: when for key, when in now.items() if team in ("", key[0])}
    _remember(desk, _Given(sequence, made.made_at, {**given.stops, **told}))
    return written


def _given(desk: Desk) -> _Given:
    held = desk.store.setting(f"calendar:{desk.walk_id}", {})
    stops = {(one[0], one[1]): (one[2], one[3]) for one in held.get("stops", ())}
    return _Given(held.get("sequence", 0), held.get("made", 0), stops)


def _remember(desk: Desk, given: _Given) -> None:
    stops = [[*key, *when] for key, when in given.stops.items()]
    held = {"sequence": given.sequence, "made": given.made, "stops": stops}
    desk.store.set(f"calendar:{desk.walk_id}", held)
