"""Prepare: from a focus and a number of classrooms to a walk that can start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from walk.errors import Refused, WalkError
from walk.focus import LookForTemplate, Template
from walk.model import (
    Confirmation,
    Focus,
    LookFor,
    Mode,
    Record,
    Rules,
    Visit,
    Walk,
    Walker,
    derived,
    focus_id,
    plain_label,
    rules_id,
    visit_id,
)
from walk.routine import zone as zones
from walk.routine.dates import days_after, iso_date
from walk.routine.desk import Desk

# The focus is a part of the plan: whoever works on a plan finds all of it here.
from walk.routine.planning.focus_change import STAGE as STAGE
from walk.routine.planning.focus_change import change_focus as change_focus
from walk.routine.planning.focus_change import check_look_fors as check_look_fors
from walk.routine.planning.focus_change import confirm_focus as confirm_focus
from walk.routine.planning.focus_change import focus as focus
from walk.routine.planning.focus_change import look_for_changes as look_for_changes
from walk.routine.planning.focus_change import look_for_id as look_for_id
from walk.routine.planning.focus_change import look_for_records as look_for_records
from walk.routine.planning.focus_change import look_fors as look_fors
from walk.routine.planning.focus_change import may_change_focus as may_change_focus
from walk.routine.planning.focus_change import name_learning as name_learning
from walk.routine.writing import called
from walk.storage.classrooms import Rooms as Rooms
from walk.text import accept, one_line

KEEP_DAYS = 60
"""Raw notes are kept this long unless the walk says otherwise."""
LISTED_MOST = 1_000
"""Classrooms that a page lists, the first of the plan; more can only come with a table."""
VISITS_MOST = 200
UNCONFIRMED = "not yet confirmed by the host teachers"
BEGIN_DRAFT = "begin"
"""The place of the draft of a walk that is being begun."""
ME = "me"
"""The label of the one walker of a small walk, until they choose another."""


class SmallWalk(NamedTuple):
    """What a small walk is begun with; everything but focus and visits may stay empty."""

    statement: str
    visits: int
    template: str = ""
    inquiry: str = ""
    look_fors: tuple[LookForTemplate, ...] = ()
    professional_learning: str = ""
    no_learning_reason: str = ""
    confirmation: Confirmation | None = None
    mode: Mode = "in_person"
    host_school: str = ""
    label: str = ME
    caution: str = ""

    @classmethod
    def of_template(cls, template: Template, visits: int) -> SmallWalk:
        """A walk on a shipped focus, as it stands."""
        return cls(
            statement=template.focus,
            visits=visits,
            template=template.id,
            inquiry=template.inquiry,
            look_fors=template.look_fors,
            caution=template.caution,
        )


def begin(desk: Desk, small: SmallWalk, *, draft_done: str = "") -> str:
    """Make the walk, put it on the desk and return its id; the draft at `draft_done` goes."""
    if not small.statement.strip():
        raise Refused("A walk needs a focus.", "Choose a template or write one line.")
    if not 1 <= small.visits <= VISITS_MOST:
        raise Refused(
            f"A walk visits 1 to {VISITS_MOST} classrooms, not {small.visits}.",
            "Say how many classrooms are opened.",
        )
    check_look_fors(small.look_fors)
    walk = desk.new_id()
    today = desk.today()
    label = accept(small.label.strip()) or ME
    me = derived("walker", walk, label)
    records: list[Record] = [
        Walk(
            id=walk,
            walk=walk,
            title=accept(small.statement),
            host_school=accept(small.host_school),
            date=today.isoformat(),
            keep_until=days_after(today, KEEP_DAYS).isoformat(),
            mode=small.mode,
        ),
        Rules(id=rules_id(walk), walk=walk, open_roster=True),
        Focus(
            id=focus_id(walk),
            walk=walk,
            statement=accept(small.statement),
            template=small.template,
            inquiries=(accept(small.inquiry),) if small.inquiry.strip() else (),
            professional_learning=accept(small.professional_learning),
            no_learning_reason=accept(small.no_learning_reason),
            confirmation=small.confirmation,
            caution=small.caution,
        ),
        *look_for_records(walk, small.look_fors),
        Walker(id=me, walk=walk, label=label, roles=("lead",)),
        *(_visit(walk, place, small.mode) for place in range(1, small.visits + 1)),
    ]
    before, desk.walk_id = desk.walk_id, walk
    try:
        desk.save(STAGE, "walk begun", *records, draft_done=draft_done, author=me)
    except WalkError:
        desk.walk_id = before  # a full disk must not leave a walk on the desk that is not there
        raise
    desk.open_walk(walk)
    desk.become(me)
    return walk


def _visit(walk: str, place: int, mode: Mode) -> Visit:
    code = f"V{place}"
    return Visit(id=visit_id(walk, code), walk=walk, code=code, place=place, mode=mode)


# What a plan holds


@dataclass(frozen=True, slots=True)
class PlanView:
    """A walk's plan, read whole."""

    walk: Walk
    rules: Rules
    focus: Focus
    look_fors: tuple[LookFor, ...]
    visits: tuple[Visit, ...]
    walkers: tuple[Walker, ...]
    not_yet: tuple[str, ...] = field(default=())
    """What Prepare still lacks, in words; nothing of it stops a walk."""


def plan(desk: Desk, *, with_visits: bool = True) -> PlanView:
    """The plan of the walk on the desk; its visits are left out where nobody asks for them."""
    focus_record = focus(desk)
    return PlanView(
        walk=desk.walk,
        rules=desk.rules,
        focus=focus_record,
        look_fors=tuple(look_fors(desk)),
        visits=tuple(visits(desk)) if with_visits else (),
        walkers=tuple(desk.walkers()),
        not_yet=tuple(not_yet(desk, focus_record)),
    )


def visits(desk: Desk) -> list[Visit]:
    """The visits in the order of the plan."""

    def read() -> list[Visit]:
        held = [one.record for one in desk.store.all(Visit, desk.walk_id)]
        return sorted(held, key=lambda one: (one.place, one.code))

    return list(desk.as_read("visits", read))


def listed_visits(desk: Desk) -> list[Visit]:
    """The first visits in the order of the plan, as many as a page lists."""
    return desk.store.first_visits(desk.walk_id, LISTED_MOST)


def rooms(desk: Desk) -> Rooms:
    """How many visits there are, how many are withdrawn, and the modes of the others."""
    return desk.as_read("rooms", lambda: desk.store.rooms(desk.walk_id))


def not_yet(desk: Desk, focus_record: Focus) -> list[str]:
    """What Prepare still lacks, in words."""
    found = []
    if not focus_record.inquiries:
        found.append("no inquiry yet")
    if not look_fors(desk, imported=False):
        found.append("no look-fors yet")
    if not focus_record.professional_learning and not focus_record.no_learning_reason:
        found.append("no professional learning named")
    if not focus_record.confirmed:
        found.append(UNCONFIRMED)
    return found


def unconfirmed(desk: Desk) -> str:
    """What every screen of the walk says until the host teachers have confirmed its focus."""
    return UNCONFIRMED if desk.walk_id and not focus(desk).confirmed else ""


# Changing the plan


def describe_walk(
    desk: Desk, *, host_school: str, date: str, keep_until: str, zone: str | None = None
) -> None:
    """Change what the walk says of itself; dates in ISO form, `zone` such as America/Chicago."""
    walk = desk.walk
    record = walk.changed(
        host_school=accept(host_school),
        date=date if date == walk.date else iso_date(date, "the date of the walk"),
        keep_until=keep_until
        if keep_until == walk.keep_until
        else iso_date(keep_until, "the keep-until date"),
        zone=walk.zone if zone is None or zone == walk.zone else _known_zone(zone.strip()),
    )
    desk.save(STAGE, "walk described", record)


def _known_zone(name: str) -> str:
    """A time zone by its name; nothing means that of the laptop."""
    if name and not zones.is_known(name):
        raise Refused(
            f"“{one_line(name, 30)}” is no time zone known here.",
            "Write it like America/Chicago, or leave it empty for the zone of this laptop.",
        )
    return name


def withdraw_visit(desk: Desk, visit: Visit) -> None:
    """The teacher takes the visit back; no reason is asked or kept."""
    desk.save(STAGE, f"{visit.code} withdrawn", visit.changed(withdrawn=True))


def give_label(desk: Desk, walker: Walker, label: str) -> None:
    """Let a walker choose another label; their id stays."""
    if not label.strip():
        raise Refused("A label needs at least one letter.", "Initials or a word will do.")
    same = plain_label(label)
    if any(plain_label(one.label) == same and one.id != walker.id for one in desk.walkers()):
        raise Refused("Another walker has this label.", "Choose one that differs.")
    desk.save(STAGE, "label changed", walker.changed(label=accept(label.strip())))


def add_walker(desk: Desk, label: str) -> Walker:
    """Put someone on the roster under a label of their own choice."""
    label = accept(label.strip())
    if not label:
        raise Refused("A label needs at least one letter.", "A word of their choice will do.")
    known = called(desk.walkers(), label)
    if known:
        return known
    record = new_walker(desk, label)
    desk.save(STAGE, f"walker {label} added", record, author=record.id)
    return record


def new_walker(desk: Desk, label: str) -> Walker:
    """A walker of this label, not yet saved; the same record on every laptop that makes it."""
    id_ = derived("walker", desk.walk_id, label)
    if desk.store.get(Walker, id_):
        id_ = desk.new_id()  # that walker has chosen another label since
    return Walker(id=id_, walk=desk.walk_id, label=label)
