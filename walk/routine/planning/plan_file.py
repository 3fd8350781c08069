"""A plan file becomes a walk, or brings one up to date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from walk.errors import Refused
from walk.exchange.receipt import counted
from walk.focus import Template, load_template
from walk.intake.plan import Plan, read_plan
from walk.model import (
    Agreements,
    Closing,
    Focus,
    LookFor,
    Record,
    Visit,
    Walk,
    Walker,
    agreements_id,
    closing_id,
    derived,
)
from walk.paths import own_templates
from walk.routine.desk import Desk
from walk.routine.planning import plan_records, prepare
from walk.text import one_line

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan file did, or would do."""

    walk: str
    new: bool
    changes: tuple[str, ...]
    """Each difference in words."""
    id_said: bool = True
    """Whether the file names its walk by id, so that its title, school and date may change."""

    def verb(self, save: bool) -> str:
        """What was done, or without `save` would be."""
        if self.new:
            return "Made" if save else "Would make"
        return "Up to date:" if save else "Would change"


def take_plan(desk: Desk, path: Path, *, save: bool = True) -> Planned:
    """Make the walk that a plan file describes, or update it where the file says otherwise.

    The walk is known by the id in the file, else by school, date, title and focus. The file's
    look-fors replace those of the walk. Visits and walkers that stand in the walk but not in the
    file stay, and are named. A confirmed focus that reads otherwise now is to be confirmed again.
    Without `save` it is only told what would change. After an error all is as it was.
    """
    plan = read_plan(path)
    before, desk.walk_id = desk.walk_id, walk_id(plan)
    try:
        made = _take(desk, plan, save=save)
    except BaseException:
        desk.walk_id = before
        raise
    if not save:
        desk.walk_id = before
    return made


def _take(desk: Desk, plan: Plan, *, save: bool) -> Planned:
    """Take the plan of the walk on the desk, which need not be there yet."""
    walk = desk.walk_id
    new = desk.store.get(Walk, walk) is None
    _check(plan, new=new)
    template = template_of(plan.focus.template)
    if not new and not desk.store.made_here(walk):
        raise Refused(
            "This plan was made on another laptop.",
            "Only the lead's laptop changes it; take its new plan pack with `walk collect`.",
        )
    if not new:
        _check_open(desk, plan)
    look_fors, gone = prepare.look_for_changes(desk, plan_records.look_fors_of(plan, template))
    focus = plan_records.focus_record(
        desk, plan, template, look_fors_changed=bool(look_fors or gone)
    )
    walkers = plan_records.walker_records(desk, plan)
    records: list[Record] = [
        plan_records.walk_record(desk, plan, focus),
        plan_records.rules_record(desk, plan),
        focus,
        *plan_records.agreed_records(desk, plan),
        *look_fors,
        *walkers,
        *plan_records.visit_records(desk, plan),
    ]
    changes = _counted(records) if new else _differences(desk, plan, records, gone)
    if save:
        leads = [one.id for one in walkers if "lead" in one.roles] or [one.id for one in walkers]
        me = desk.me or leads[0]
        desk.save(prepare.STAGE, "plan file taken", *records, withdraw=gone, author=me)
        desk.open_walk(walk)
        if new:
            desk.become(me)
        else:
            desk.write_as(me)
    return Planned(walk, new, (*changes, *_to_confirm(focus)), bool(plan.walk.id))


def _check(plan: Plan, *, new: bool) -> None:
    """Refuse a plan that no walk can be made from."""
    if not (plan.focus.statement or plan.focus.template):
        raise Refused(
            "The plan has no focus.", "Under [focus], name a template or write a statement."
        )
    # In a walk that is there every teacher may have taken the visit back.
    if len(plan.visits) > prepare.VISITS_MOST or (new and not plan.visits):
        raise Refused(
            f"A walk visits 1 to {prepare.VISITS_MOST} classrooms; the plan lists "
            f"{len(plan.visits)}.",
            "Write a [[visit]] with a code for each.",
        )


def _check_open(desk: Desk, plan: Plan) -> None:
    """Refuse another date for a walk that has ended: its file was copied for the next one."""
    date = plan.walk.date.isoformat() if plan.walk.date else desk.walk.date
    if date != desk.walk.date and desk.store.get(Closing, closing_id(desk.walk_id)):
        raise Refused(
            f"The walk of this file's id has ended; it was on {desk.walk.date}.",
            "For another walk, take the line with the id out of the file.",
        )


def walk_id(plan: Plan) -> str:
    """The id of the walk that a plan means, whether it is there yet or not."""
    if plan.walk.id:
        if not _ID.fullmatch(plan.walk.id):
            raise Refused(
                f"“{one_line(plan.walk.id, 40)}” under [walk] is no id of a walk.",
                "Leave it out: it is 32 hex digits, made by walk.",
            )
        return plan.walk.id
    about = plan.focus.statement or plan.focus.template
    return derived("plan", plan.walk.host_school, str(plan.walk.date or ""), plan.walk.title, about)


def template_of(name: str) -> Template | None:
    """The template of that name; None for no name."""
    return load_template(name, own_templates()) if name else None


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


def _counted(records: list[Record]) -> list[str]:
    """What a new walk holds."""
    nouns = {Visit: "visit", LookFor: "look-for", Walker: "walker"}
    return [
        counted(sum(isinstance(one, kind) for one in records), noun, f"{noun}s")
        for kind, noun in nouns.items()
    ]


def _differences(desk: Desk, plan: Plan, records: list[Record], gone: list[Record]) -> list[str]:
    """What the file changes in a walk that is there already, and what it leaves."""
    lines = []
    for record in records:
        known = desk.store.get(type(record), record.id)
        if known is None:
            lines.append(f"added: {_called(record)}")
        elif known != record:
            before, after = known.as_dict(), record.as_dict()
            fields = [name.replace("_", " ") for name in after if before.get(name) != after[name]]
            lines.append(f"changed: {_called(record)} ({', '.join(fields)})")
    lines += [f"withdrawn: {_called(record)}" for record in gone]
    return [*(lines or ["nothing has changed"]), *_left(desk, plan, records)]


def _left(desk: Desk, plan: Plan, records: list[Record]) -> list[str]:
    """What the file leaves as it is in the walk, and how to take it out."""
    said = {one.id for one in records}
    visits, walkers = prepare.visits(desk), desk.walkers()
    still = {one.id for one in visits if one.withdrawn}
    lines = [
        f"in the file, and still withdrawn: visit {one.code}"
        for one in visits
        if one.id in still & said
    ]
    lines += [
        f"not in the file, and kept: visit {one.code} (withdraw it in Prepare)"
        for one in visits
        if one.id not in still | said
    ]
    lines += [
        f"not in the file, and kept: walker {one.label} (take out in Prepare)"
        for one in walkers
        if one.id not in said
    ]
    agreed = desk.store.get(Agreements, agreements_id(desk.walk_id))
    if agreed and plan.readiness:
        keys = {one.key for one in plan.readiness}
        lines += [
            f"not in the file, and kept: readiness {one.key}"
            for one in agreed.readiness
            if one.key not in keys
        ]
    if agreed and agreed.quiet_days and not plan.quiet:
        lines.append("not in the file, and kept: quiet days")
    return lines
