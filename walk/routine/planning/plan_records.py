"""What a plan file says, as the records of a walk; what it leaves open stays as the walk has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from walk.focus import LookForTemplate, Template
from walk.intake.plan import READY_KEYS, Plan
from walk.model import (
    Agreements,
    Confirmation,
    Focus,
    FocusChange,
    Meeting,
    QuietDays,
    Readiness,
    Record,
    Rules,
    Visit,
    Walk,
    Walker,
    agreements_id,
    derived,
    meeting_id,
    plain_label,
    visit_id,
)
from walk.routine.dates import days_after
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.planning.begin import about_of

AS_THE_FILE_SAYS = "as the plan file says"
"""How a focus was confirmed, when only the file's confirmed_on says so."""


def hhmm(at: time) -> str:
    """A time of day as records say it."""
    return at.strftime("%H:%M")


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that the file says."""
    return {name: value for name, value in fields.items() if value is not None}


def walk_record(desk: Desk, plan: Plan, focus: Focus) -> Walk:
    """The walk itself; without dates it is today's, and a title is the focus."""
    walk, said = desk.walk_id, plan.walk
    held = desk.store.get(Walk, walk)
    known = held or Walk(id=walk, walk=walk).changed(mode=plan.visits[0].mode)
    today = desk.today()
    keep = said.keep_until
    if keep is None and not known.keep_until:
        keep = days_after(said.date or today, prepare.KEEP_DAYS)
    return known.changed(
        title=said.title or focus.statement,
        host_school=said.host_school,
        date=said.date.isoformat() if said.date else known.date or today.isoformat(),
        keep_until=keep.isoformat() if keep else known.keep_until,
        zone=said.zone or known.zone,
        mode=said.mode or known.mode,
        **_said({"cycle": said.cycle, "cycle_stage": said.cycle_stage}),
    )


def rules_record(desk: Desk, plan: Plan) -> Rules:
    """Times, bells, caps and the agreements that are rules."""
    times, rules, agreed = plan.times, plan.rules, plan.agreements
    return desk.rules.changed(
        start=hhmm(times.start) if times.start else "",
        orientation_minutes=times.orientation,
        visit_minutes=times.visit,
        write_minutes=times.write,
        hall_minutes=times.hall_talk,
        move_minutes=times.move,
        debrief_minutes=times.debrief,
        slots=times.slots,
        bells=tuple((hhmm(one.start), hhmm(one.end)) for one in plan.bells),
        stops_per_visit_at_most=rules.stops_per_visit_at_most,
        team_size_at_most=rules.team_size_at_most,
        lens_in_every_visit=rules.lens_in_every_visit,
        notice_given=plan.walk.notice_given,
        open_roster=not plan.walkers if rules.open_roster is None else rules.open_roster,
        **_said(
            {
                "talk_spot": plan.walk.talk_spot,
                "type_in_room": agreed.type_in_room,
                "who_sees_raw": agreed.who_sees_raw,
            }
        ),
    )


def agreed_records(desk: Desk, plan: Plan) -> list[Record]:
    """The focus meeting and the agreements, where the file says anything of them."""
    walk, said, agreed = desk.walk_id, plan.meeting, plan.agreements
    meeting = desk.store.get(Meeting, meeting_id(walk)) or Meeting(id=meeting_id(walk), walk=walk)
    agreements = desk.store.get(Agreements, agreements_id(walk)) or Agreements(
        id=agreements_id(walk), walk=walk
    )
    met = meeting.changed(
        **_said(
            {
                "date": said.date.isoformat() if said.date else None,
                "groups": said.groups,
                "agreed": said.agreed,
                "may_ask": said.may_ask,
                "not_visited": said.not_visited,
            }
        )
    )
    now = agreements.changed(
        readiness=_readiness(agreements, plan),
        quiet_days=_quiet(agreements, plan),
        **_said(
            {
                "local_agreement": agreed.local_agreement,
                "notice_days": agreed.notice_days,
                "whom_to_tell": agreed.whom_to_tell,
                "individual_notes": agreed.individual_notes,
            }
        ),
    )
    pairs: tuple[tuple[Record, Record], ...] = ((meeting, met), (agreements, now))
    return [one for before, one in pairs if one != before]


def _readiness(held: Agreements, plan: Plan) -> tuple[Readiness, ...]:
    """Every prerequisite that the walk or the file knows, as the file says it where it does."""
    found = {one.key: one for one in held.readiness}
    for one in plan.readiness:
        before = found[one.key].as_dict() if one.key in found else {}
        on = one.on.isoformat() if one.on else ""
        said = {"key": one.key, "done": one.done, "reason": one.reason, "who": one.who, "on": on}
        found[one.key] = Readiness.from_dict({**before, **said})
    return tuple(sorted(found.values(), key=lambda one: ready_order(one.key)))


def ready_order(key: str) -> int:
    """The place of a prerequisite in the list; what this walk does not know comes last."""
    return READY_KEYS.index(key) if key in READY_KEYS else len(READY_KEYS)


def _quiet(held: Agreements, plan: Plan) -> tuple[QuietDays, ...]:
    """The quiet days of the file; those of the walk where the file lists none."""
    if not plan.quiet:
        return held.quiet_days
    known = {(one.start, one.end): one.as_dict() for one in held.quiet_days}
    days = []
    for one in plan.quiet:
        start, end = one.start.isoformat(), one.end.isoformat()
        fields = {**known.get((start, end), {}), "start": start, "end": end, "why": one.why}
        days.append(QuietDays.from_dict(fields))
    return tuple(sorted(days, key=lambda one: (one.start, one.end)))


def visit_records(desk: Desk, plan: Plan) -> list[Visit]:
    """The plan's visits; one that its teacher took back stays taken back."""
    known = {one.code.casefold(): one for one in prepare.visits(desk)}
    found: list[Visit] = []
    for one in plan.visits:
        held = known.get(
            one.code.casefold(),
            Visit(id=visit_id(desk.walk_id, one.code), walk=desk.walk_id, code=one.code),
        )
        # A place is kept where the order allows: a visit that was withdrawn leaves a gap.
        last = found[-1].place if found else 0
        found.append(
            held.changed(
                place=held.place if held.place > last else last + 1,
                mode=one.mode,
                windows=tuple((hhmm(start), hhmm(end)) for start, end in one.windows),
                grade_band=one.grade_band,
                subject_band=one.subject_band,
                **_said({"inquiry": one.inquiry, "received_on": _iso(one.received_on)}),
            )
        )
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def look_fors_of(plan: Plan, template: Template | None) -> tuple[LookForTemplate, ...]:
    """The look-fors of the file, else those of its template."""
    if not plan.look_fors:
        return template.look_fors if template else ()
    listed = tuple(
        LookForTemplate(one.name, one.text, about_of(one.about)) for one in plan.look_fors
    )
    prepare.check_look_fors(listed)
    return listed


def walker_records(desk: Desk, plan: Plan) -> list[Walker]:
    """The plan's walkers; those of the walk where it lists none, and one "me" in a new one."""
    walk = desk.walk_id
    known = {plain_label(one.label): one for one in desk.walkers()}
    if not plan.walkers and not known:
        me = derived("walker", walk, prepare.ME)
        return [Walker(id=me, walk=walk, label=prepare.ME, roles=("lead",))]
    if not plan.walkers:
        return list(known.values())
    found = []
    for one in plan.walkers:
        held = known.get(plain_label(one.label)) or prepare.new_walker(desk, one.label)
        fields = {"roles": one.roles, "lens": one.lens, "team": one.team}
        found.append(held.changed(max_stops=one.max_stops, **fields))
    return found


# The focus, and whether it is still the one that was confirmed


def focus_record(
    desk: Desk, plan: Plan, template: Template | None, *, look_fors_changed: bool
) -> Focus:
    """The focus; one that was confirmed and reads otherwise now is open again, with a trace."""
    said, known = plan.focus, prepare.focus(desk)
    statement = said.statement or (template.focus if template else "")
    inquiries = said.inquiry or ((template.inquiry,) if template else ())
    focus = known.changed(
        statement=_unless_same(statement, known.statement),
        template=said.template,
        inquiries=inquiries if inquiries != _plain(known.inquiries) else known.inquiries,
        set_by=said.set_by,
        teachers=said.teachers,
        professional_learning=_unless_same(said.professional_learning, known.professional_learning),
        caution=template.caution if template else "",
        **_said({"no_learning_reason": said.no_learning_reason}),
    )
    reworded = (known.statement, known.inquiries) != (focus.statement, focus.inquiries)
    changed = reworded or look_fors_changed
    confirmation = _confirmation(plan, known, changed=changed)
    if not (known.confirmed and changed):
        return focus.changed(confirmation=confirmation)
    before = " ".join((known.statement, *known.inquiries))
    trace = FocusChange(on=desk.today().isoformat(), before=before)
    return focus.changed(confirmation=confirmation, changes=(*known.changes, trace))


def _unless_same(said: str, known: str) -> str:
    """A file says words without blanks at their ends; that alone is no change."""
    return known if known.strip() == said else said


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.strip() for one in words)


def _confirmation(plan: Plan, known: Focus, *, changed: bool) -> Confirmation | None:
    """How the focus stands confirmed by the file; words that changed since need a later date."""
    held, focus = known.confirmation, plan.focus
    if focus.confirmed_on is None:
        return None if changed else held
    many = focus.teachers if focus.confirmed_how_many is None else focus.confirmed_how_many
    said = Confirmation(
        how=focus.confirmed_how or AS_THE_FILE_SAYS,
        on=focus.confirmed_on.isoformat(),
        how_many=many or None,
    )
    if held is None:
        reopened = known.changes[-1].on if known.changes else ""
        return said if said.on > reopened else None
    if changed:
        return said if said.on > held.on else None
    # What the file has said it may correct, and of the same day it may say how; what was said in
    # the app only a later date replaces.
    corrects = held.how == AS_THE_FILE_SAYS or (focus.confirmed_how and said.on == held.on)
    return said if corrects or said.on > held.on else held
