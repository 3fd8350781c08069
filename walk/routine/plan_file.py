"""A plan file becomes a walk, or brings one up to date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

from walk.errors import Refused
from walk.exchange.receipt import counted
from walk.focus import LookForTemplate, Template, load_template
from walk.intake.plan import Plan, read_plan
from walk.model import (
    Confirmation,
    Focus,
    FocusChange,
    LookFor,
    Record,
    Rules,
    Visit,
    Walk,
    Walker,
    derived,
    visit_id,
)
from walk.paths import own_templates
from walk.routine import prepare
from walk.routine.begin import about_of
from walk.routine.desk import Desk

_ID = re.compile(r"[0-9a-f]{32}")
AS_THE_FILE_SAYS = "as the plan file says"
"""How a focus was confirmed, when only the file's confirmed_on says so."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan file did."""

    walk: str
    new: bool
    changes: tuple[str, ...]
    """Each difference in words."""


def take_plan(desk: Desk, path: Path) -> Planned:
    """Make the walk that a plan file describes, or update it where the file says otherwise.

    The walk is known by the id in the file, else by school, date, title and focus. The file's
    look-fors replace those of the walk. Visits and walkers that stand in the walk but not in the
    file stay, and are named. A confirmed focus that reads otherwise now is to be confirmed again.
    """
    plan = read_plan(path)
    _check(plan)
    template = load_template(plan.focus.template, own_templates()) if plan.focus.template else None
    walk = _walk_id(plan)
    new = desk.store.get(Walk, walk) is None
    if not new and not desk.store.made_here(walk):
        raise Refused(
            "This plan was made on another laptop.",
            "Only the lead's laptop changes it; take its new plan pack with `walk collect`.",
        )
    desk.walk_id = walk
    look_fors, gone = prepare.look_for_changes(desk, _look_fors(plan, template))
    focus = _focus(desk, plan, template, look_fors_changed=bool(look_fors or gone))
    walkers = _walkers(desk, plan)
    records = [
        _walk(desk, plan, focus),
        _rules(desk, plan),
        focus,
        *look_fors,
        *walkers,
        *_visits(desk, plan),
    ]
    changes = _counted(plan, records) if new else _differences(desk, records, gone)
    leads = [one.id for one in walkers if "lead" in one.roles] or [one.id for one in walkers]
    me = desk.me or leads[0]
    desk.save(prepare.STAGE, "plan file taken", *records, withdraw=gone, author=me)
    desk.open_walk(walk)
    if new:
        desk.become(me)
    else:
        desk.write_as(me)
    return Planned(walk, new, (*changes, *_to_confirm(focus)))


def _check(plan: Plan) -> None:
    """Refuse a plan that no walk can be made from."""
    if not (plan.focus.statement or plan.focus.template):
        raise Refused(
            "The plan has no focus.", "Under [focus], name a template or write a statement."
        )
    if not 1 <= len(plan.visits) <= prepare.VISITS_MOST:
        raise Refused(
            f"A walk visits 1 to {prepare.VISITS_MOST} classrooms; the plan lists "
            f"{len(plan.visits)}.",
            "Write a [[visit]] with a code for each.",
        )


def _walk_id(plan: Plan) -> str:
    if plan.walk.id:
        if not _ID.fullmatch(plan.walk.id):
            raise Refused(
                f"[walk] id is {plan.walk.id!r}.",
                "Leave it out: it is 32 hex digits, made by walk.",
            )
        return plan.walk.id
    about = plan.focus.statement or plan.focus.template
    return derived("plan", plan.walk.host_school, str(plan.walk.date or ""), plan.walk.title, about)


def _hhmm(at: time) -> str:
    return at.strftime("%H:%M")


def _walk(desk: Desk, plan: Plan, focus: Focus) -> Walk:
    walk = desk.walk_id
    known = desk.store.get(Walk, walk) or Walk(id=walk, walk=walk)
    date = plan.walk.date.isoformat() if plan.walk.date else known.date
    today = desk.today()
    keep = plan.walk.keep_until
    if keep is None and not known.keep_until:
        keep = (plan.walk.date or today) + timedelta(days=prepare.KEEP_DAYS)
    return known.changed(
        title=plan.walk.title or focus.statement,
        host_school=plan.walk.host_school,
        date=date or today.isoformat(),
        keep_until=keep.isoformat() if keep else known.keep_until,
        mode=plan.visits[0].mode,
    )


def _rules(desk: Desk, plan: Plan) -> Rules:
    times, rules = plan.times, plan.rules
    return desk.rules.changed(
        start=_hhmm(times.start) if times.start else "",
        orientation_minutes=times.orientation,
        visit_minutes=times.visit,
        write_minutes=times.write,
        hall_minutes=times.hall_talk,
        move_minutes=times.move,
        debrief_minutes=times.debrief,
        slots=times.slots,
        bells=tuple((_hhmm(one.start), _hhmm(one.end)) for one in plan.bells),
        stops_per_visit_at_most=rules.stops_per_visit_at_most,
        team_size_at_most=rules.team_size_at_most,
        lens_in_every_visit=rules.lens_in_every_visit,
        notice_given=plan.walk.notice_given,
        open_roster=not plan.walkers,
    )


def _visits(desk: Desk, plan: Plan) -> list[Visit]:
    """The plan's visits; one that its teacher took back stays taken back."""
    known = {one.code.casefold(): one for one in prepare.visits(desk)}
    return [
        known.get(
            one.code.casefold(),
            Visit(id=visit_id(desk.walk_id, one.code), walk=desk.walk_id, code=one.code),
        ).changed(
            place=place,
            mode=one.mode,
            windows=tuple((_hhmm(start), _hhmm(end)) for start, end in one.windows),
            grade_band=one.grade_band,
            subject_band=one.subject_band,
        )
        for place, one in enumerate(plan.visits, start=1)
    ]


def _look_fors(plan: Plan, template: Template | None) -> tuple[LookForTemplate, ...]:
    """The look-fors of the file, else those of its template."""
    if not plan.look_fors:
        return template.look_fors if template else ()
    listed = tuple(
        LookForTemplate(one.name, one.text, about_of(one.about)) for one in plan.look_fors
    )
    prepare.check_look_fors(listed)
    return listed


def _walkers(desk: Desk, plan: Plan) -> list[Walker]:
    walk = desk.walk_id
    known = {one.label: one for one in desk.walkers()}
    if not plan.walkers and not known:
        me = derived("walker", walk, prepare.ME)
        return [Walker(id=me, walk=walk, label=prepare.ME, roles=("lead",))]
    if not plan.walkers:
        return list(known.values())
    return [
        known.get(
            one.label, Walker(id=derived("walker", walk, one.label), walk=walk, label=one.label)
        ).changed(roles=one.roles, lens=one.lens, team=one.team, max_stops=one.max_stops)
        for one in plan.walkers
    ]


# The focus, and whether it is still the one that was confirmed


def _focus(desk: Desk, plan: Plan, template: Template | None, *, look_fors_changed: bool) -> Focus:
    said, known = plan.focus, prepare.focus(desk)
    focus = known.changed(
        statement=said.statement or (template.focus if template else ""),
        template=said.template,
        inquiries=said.inquiry or ((template.inquiry,) if template else ()),
        set_by=said.set_by,
        teachers=said.teachers,
        professional_learning=said.professional_learning,
        caution=template.caution if template else "",
    )
    reworded = (known.statement, known.inquiries) != (focus.statement, focus.inquiries)
    changed = reworded or look_fors_changed
    confirmation = _confirmation(plan, known, changed=changed)
    if not (known.confirmed and changed):
        return focus.changed(confirmation=confirmation)
    before = " ".join((known.statement, *known.inquiries))
    trace = FocusChange(on=desk.today().isoformat(), before=before)
    return focus.changed(confirmation=confirmation, changes=(*known.changes, trace))


def _confirmation(plan: Plan, known: Focus, *, changed: bool) -> Confirmation | None:
    """How the focus stands confirmed by the file; words that changed since need a later date."""
    held, on = known.confirmation, plan.focus.confirmed_on
    if on is None:
        return None if changed else held
    said = Confirmation(how=AS_THE_FILE_SAYS, on=on.isoformat(), how_many=plan.focus.teachers)
    if held is None:
        reopened = known.changes[-1].on if known.changes else ""
        return said if said.on > reopened else None
    if changed:
        return said if said.on > held.on else None
    # What the file has said it may correct; what was said in the app only a later date replaces.
    return said if held.how == AS_THE_FILE_SAYS or said.on > held.on else held


def _to_confirm(focus: Focus) -> list[str]:
    """What is to be known of a focus that was changed after it was confirmed."""
    if focus.confirmed or not focus.changes:
        return []
    on = focus.changes[-1].on
    return [
        f"to be confirmed again by the host teachers: the focus or its look-fors changed on {on} "
        "(a later confirmed_on says that they have)"
    ]


# What a file changes, in words

_CALLED: dict[str, str] = {"code": "visit", "label": "walker", "name": "look-for"}


def _called(record: Record) -> str:
    """What a record is called in a list of differences."""
    for field, noun in _CALLED.items():
        if isinstance(value := getattr(record, field, None), str):
            return f"{noun} {value}"
    return record.kind


def _counted(plan: Plan, records: list[Record]) -> list[str]:
    """What a new walk holds, and how the file keeps hold of it."""
    nouns = {Visit: "visit", LookFor: "look-for", Walker: "walker"}
    lines = [
        counted(sum(isinstance(one, kind) for one in records), noun, f"{noun}s")
        for kind, noun in nouns.items()
    ]
    if not plan.walk.id:
        lines.append("before you edit title, school, date or focus, write under [walk]:")
        lines.append(f'id = "{records[0].walk}"')
    return lines


def _differences(desk: Desk, records: list[Record], gone: list[Record]) -> list[str]:
    """What the file changes in a walk that is there already, and what it leaves."""
    lines = []
    for record in records:
        known = desk.store.get(type(record), record.id)
        if known is None:
            lines.append(f"added: {_called(record)}")
        elif known != record:
            before, after = known.model_dump(), record.model_dump()
            fields = [name.replace("_", " ") for name in after if before.get(name) != after[name]]
            lines.append(f"changed: {_called(record)} ({', '.join(fields)})")
    lines += [f"withdrawn: {_called(record)}" for record in gone]
    said = {one.id for one in records}
    there: list[Record] = [*prepare.visits(desk), *desk.walkers()]
    kept = [f"not in the file, and kept: {_called(one)}" for one in there if one.id not in said]
    return [*(lines or ["nothing has changed"]), *kept]
