"""The fewest words in which a plan file can say a plan, and what it says already left as it is.

A template gives statement, inquiry and look-fors, and most of a plan is usual. A value is written
only where a new walk made from the file would have another one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import time
from typing import Any, TypeVar

from walk.focus import Template
from walk.intake.plan import (
    Plan,
    PlanAgreements,
    PlanBell,
    PlanFocus,
    PlanLookFor,
    PlanMeeting,
    PlanVisit,
    PlanWalker,
)
from walk.model import Rules
from walk.routine.dates import days_after
from walk.routine.planning import prepare
from walk.routine.planning.plan_full import plain
from walk.routine.planning.plan_records import AS_THE_FILE_SAYS

T = TypeVar("T")


def lean(raw: Plan, full: Plan, template: Template | None) -> Plan:
    """The plan for a file that says `raw` so far: where it means the same, it stays as it is."""
    walkers = _walkers(raw, full)
    found = replace(full, walkers=walkers)
    meant = _meant(replace(raw, walkers=walkers), full, template)
    usual = Plan(walkers=walkers)
    usually = _meant(usual, full, template)
    singles = ("walk", "focus", "meeting", "agreements", "times", "rules")
    made: dict[str, Any] = {
        name: _lean_part(*(getattr(one, name) for one in (raw, meant, usual, usually, full)))
        for name in singles
    }
    for name in ("quiet", "bells", "look_fors"):
        same = getattr(meant, name) == getattr(full, name)
        usual_too = getattr(usually, name) == getattr(full, name)
        made[name] = getattr(raw, name) if same else () if usual_too else getattr(full, name)
    made["visits"] = tuple(
        _lean_visit(one, {held.code.casefold(): held for held in raw.visits}) for one in full.visits
    )
    made["readiness"] = _in_order_of(raw.readiness, full.readiness, lambda one: one.key)
    return replace(found, **made)


def _lean_part(raw: T, meant: T, usual: T, usually: T, full: T) -> T:
    """Key by key what the file says, else nothing, else what is so: the first that means it."""
    chosen = {}
    for one in fields(full):  # type: ignore[arg-type]
        wanted = getattr(full, one.name)
        if getattr(meant, one.name) == wanted:
            chosen[one.name] = getattr(raw, one.name)
        elif getattr(usually, one.name) == wanted:
            chosen[one.name] = getattr(usual, one.name)
        else:
            chosen[one.name] = wanted
    return replace(full, **chosen)  # type: ignore[type-var]


def _walkers(raw: Plan, full: Plan) -> tuple[PlanWalker, ...]:
    """In the order of the file; none where it lists none and only the usual one is there."""
    if not raw.walkers and full.rules.open_roster and full.walkers == _JUST_ME:
        return ()
    return _in_order_of(raw.walkers, full.walkers, lambda one: one.label.casefold())


_JUST_ME = (PlanWalker(prepare.ME, ("lead",)),)


def _in_order_of(raw: Sequence[T], full: Sequence[T], key: Callable[[T], str]) -> tuple[T, ...]:
    places = {key(one): place for place, one in enumerate(raw)}
    return tuple(sorted(full, key=lambda one: places.get(key(one), len(places))))


def _lean_visit(full: PlanVisit, raw: dict[str, PlanVisit]) -> PlanVisit:
    usual = PlanVisit(full.code)
    held = raw.get(full.code.casefold(), usual)
    return _lean_part(held, _meant_visit(held), usual, _meant_visit(usual), full)


def _meant(plan: Plan, full: Plan, template: Template | None) -> Plan:
    """What a new walk made of the plan would hold, where all else is as in `full`."""
    said, agreed = plan.walk, plan.agreements
    day = full.walk.date
    until = said.keep_until or (days_after(day, prepare.KEEP_DAYS) if day else None)
    first = full.visits[0].mode if full.visits else "in_person"
    usual = Rules(id="", walk="")
    open_roster = plan.rules.open_roster
    return replace(
        plan,
        walk=replace(
            said,
            title=said.title or full.focus.statement,
            keep_until=until,
            talk_spot=said.talk_spot or "",
            mode=said.mode or first,
            cycle=said.cycle or "",
            cycle_stage=said.cycle_stage or "",
        ),
        focus=_meant_focus(plan.focus, full.focus, template),
        meeting=PlanMeeting(
            plan.meeting.date,
            plan.meeting.groups or (),
            plan.meeting.agreed or "",
            plan.meeting.may_ask or (),
            plan.meeting.not_visited or "",
        ),
        agreements=PlanAgreements(
            local_agreement=agreed.local_agreement or "",
            notice_days=agreed.notice_days or 0,
            whom_to_tell=agreed.whom_to_tell or "",
            individual_notes=bool(agreed.individual_notes),
            who_sees_raw=agreed.who_sees_raw or usual.who_sees_raw,
            type_in_room=usual.type_in_room if agreed.type_in_room is None else agreed.type_in_room,
        ),
        quiet=tuple(sorted(plan.quiet, key=lambda one: (one.start, one.end))),
        look_fors=plan.look_fors or _look_fors(template),
        times=replace(plan.times, start=_minute(plan.times.start) if plan.times.start else None),
        bells=tuple(PlanBell(_minute(one.start), _minute(one.end)) for one in plan.bells),
        visits=tuple(map(_meant_visit, plan.visits)),
        rules=replace(
            plan.rules, open_roster=not plan.walkers if open_roster is None else open_roster
        ),
    )


def _meant_focus(said: PlanFocus, full: PlanFocus, template: Template | None) -> PlanFocus:
    how, many = said.confirmed_how, said.confirmed_how_many
    if full.confirmed_on:
        how = how or AS_THE_FILE_SAYS
        many = (full.teachers or 0) if many is None else many
    return replace(
        said,
        statement=said.statement or (template.focus.strip() if template else ""),
        inquiry=said.inquiry or (plain((template.inquiry,)) if template else ()),
        confirmed_how=how,
        confirmed_how_many=many,
        no_learning_reason=said.no_learning_reason or "",
    )


def _meant_visit(said: PlanVisit) -> PlanVisit:
    windows = tuple((_minute(start), _minute(end)) for start, end in said.windows)
    return replace(said, windows=windows, inquiry=said.inquiry or "")


def _minute(at: time) -> time:
    return at.replace(second=0, microsecond=0)


def _look_fors(template: Template | None) -> tuple[PlanLookFor, ...]:
    listed = template.look_fors if template else ()
    return tuple(PlanLookFor(one.name.strip(), one.text.strip(), one.about) for one in listed)


def not_said(plan: Plan, full: Plan, template: Template | None) -> list[str]:
    """What no file with this template can say: that there is none of what the template gives."""
    meant = _meant(plan, full, template)
    lines = []
    if meant.look_fors != full.look_fors:
        lines.append("a file with this template cannot say that there are no look-fors")
    if meant.focus.inquiry != full.focus.inquiry:
        lines.append("a file with this template cannot say that there is no inquiry")
    return lines
