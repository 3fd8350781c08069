"""The plan that the records of a walk say, as a plan file could say it, with nothing left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

from walk.errors import Refused
from walk.intake.plan import (
    READY_KEYS,
    Plan,
    PlanAgreements,
    PlanBell,
    PlanFocus,
    PlanLookFor,
    PlanMeeting,
    PlanQuiet,
    PlanReadiness,
    PlanRules,
    PlanTimes,
    PlanVisit,
    PlanWalk,
    PlanWalker,
)
from walk.model import Agreements, Meeting, Rules, Visit, agreements_id, meeting_id
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.planning.plan_records import ready_order
from walk.text import one_line


def plan_of(desk: Desk) -> Plan:
    """The plan that the records of the walk on the desk say, with nothing left to defaults.

    Visits that were withdrawn, look-fors that came with imported notes, and the trace of a focus
    that was changed are no part of it.
    """
    rules = desk.rules
    agreed = desk.store.get(Agreements, agreements_id(desk.walk_id))
    agreed = agreed or Agreements(id=agreements_id(desk.walk_id), walk=desk.walk_id)
    open_visits = [one for one in prepare.visits(desk) if not one.withdrawn]
    known = [one for one in agreed.readiness if one.key in READY_KEYS]
    return Plan(
        walk=_walk_of(desk, rules),
        focus=_focus_of(desk),
        meeting=_meeting_of(desk),
        agreements=PlanAgreements(
            local_agreement=agreed.local_agreement.strip(),
            notice_days=agreed.notice_days,
            whom_to_tell=agreed.whom_to_tell.strip(),
            individual_notes=agreed.individual_notes,
            who_sees_raw=rules.who_sees_raw.strip(),
            type_in_room=rules.type_in_room,
        ),
        readiness=tuple(
            PlanReadiness(one.key, one.done, one.reason.strip(), one.who.strip(), _day(one.on))
            for one in sorted(known, key=lambda one: ready_order(one.key))
        ),
        quiet=tuple(
            PlanQuiet(start, end, one.why.strip())
            for one in agreed.quiet_days
            if (start := _day(one.start)) and (end := _day(one.end))
        ),
        look_fors=tuple(
            PlanLookFor(one.name.strip(), one.text.strip(), one.about)
            for one in prepare.look_fors(desk, imported=False)
        ),
        times=PlanTimes(
            start=_time(rules.start) if rules.start else None,
            orientation=rules.orientation_minutes,
            visit=rules.visit_minutes,
            write=rules.write_minutes,
            hall_talk=rules.hall_minutes,
            move=rules.move_minutes,
            debrief=rules.debrief_minutes,
            slots=rules.slots,
        ),
        bells=tuple(PlanBell(_time(start), _time(end)) for start, end in rules.bells),
        visits=tuple(map(_visit_of, open_visits)),
        walkers=tuple(
            PlanWalker(
                one.label.strip(),
                plain(one.roles),
                one.lens.strip(),
                one.team.strip(),
                one.max_stops,
            )
            for one in desk.walkers()
        ),
        rules=PlanRules(
            stops_per_visit_at_most=rules.stops_per_visit_at_most,
            lens_in_every_visit=plain(rules.lens_in_every_visit),
            team_size_at_most=rules.team_size_at_most,
            open_roster=rules.open_roster,
        ),
    )


def _walk_of(desk: Desk, rules: Rules) -> PlanWalk:
    walk = desk.walk
    return PlanWalk(
        id=walk.id,
        host_school=walk.host_school.strip(),
        date=_day(walk.date),
        zone=walk.zone.strip(),
        title=walk.title.strip(),
        keep_until=_day(walk.keep_until),
        notice_given=rules.notice_given.strip(),
        talk_spot=rules.talk_spot.strip(),
        mode=walk.mode,
        cycle=walk.cycle.strip(),
        cycle_stage=walk.cycle_stage,
    )


def _focus_of(desk: Desk) -> PlanFocus:
    focus = prepare.focus(desk)
    said = focus.confirmation
    on = _day(said.on) if said else None
    return PlanFocus(
        template=focus.template,
        statement=focus.statement.strip(),
        inquiry=plain(focus.inquiries),
        set_by=focus.set_by.strip(),
        teachers=focus.teachers,
        confirmed_on=on,
        confirmed_how=said.how.strip() if said and on else "",
        confirmed_how_many=(said.how_many or 0) if said and on else None,
        professional_learning=focus.professional_learning.strip(),
        no_learning_reason=focus.no_learning_reason.strip(),
    )


def _meeting_of(desk: Desk) -> PlanMeeting:
    found = desk.store.get(Meeting, meeting_id(desk.walk_id))
    met = found or Meeting(id=meeting_id(desk.walk_id), walk=desk.walk_id)
    return PlanMeeting(
        date=_day(met.date),
        groups=plain(met.groups),
        agreed=met.agreed.strip(),
        may_ask=plain(met.may_ask),
        not_visited=met.not_visited.strip(),
    )


def _visit_of(visit: Visit) -> PlanVisit:
    return PlanVisit(
        code=visit.code.strip(),
        mode=visit.mode,
        windows=tuple((_time(start), _time(end)) for start, end in visit.windows),
        grade_band=visit.grade_band.strip(),
        subject_band=visit.subject_band.strip(),
        inquiry=visit.inquiry.strip(),
        received_on=_day(visit.received_on),
    )


def plain(words: Sequence[str]) -> tuple[str, ...]:
    """Words as a file says them: without blanks at their ends, and none that are empty."""
    return tuple(one.strip() for one in words if one.strip())


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:  # not known, or written by a newer walk
        return None


_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def _time(hhmm: str) -> time:
    found = _CLOCK.fullmatch(hhmm)
    if found is None:
        raise Refused(f"“{one_line(hhmm, 30)}” is no time of day.", "Correct it in Prepare.")
    return time(int(found[1]), int(found[2]))
