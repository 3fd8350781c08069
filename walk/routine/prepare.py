"""Prepare: from a focus and a number of classrooms to a walk that can start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from walk.errors import Refused, WalkError
from walk.focus import LOOK_FOR_NAME_LONGEST, LookForTemplate, Template
from walk.model import (
    Confirmation,
    Focus,
    FocusChange,
    LookFor,
    Mode,
    Record,
    Rules,
    Visit,
    Walk,
    Walker,
    derived,
    focus_id,
    rules_id,
    visit_id,
)
from walk.routine.dates import iso_date
from walk.routine.desk import Desk
from walk.text import accept

STAGE = "prepare"
KEEP_DAYS = 60
"""Raw notes are kept this long unless the walk says otherwise."""
VISITS_MOST = 200
UNCONFIRMED = "not yet confirmed by the host teachers"
ME = "me"
"""The label of the one walker of a small walk, until they choose another."""


@dataclass(frozen=True, slots=True)
class SmallWalk:
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
            keep_until=(today + timedelta(days=KEEP_DAYS)).isoformat(),
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
        *_look_for_records(walk, small.look_fors),
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


def _look_for_records(walk: str, look_fors: Sequence[LookForTemplate]) -> list[LookFor]:
    return [
        LookFor(
            id=look_for_id(walk, one.name),
            walk=walk,
            name=accept(one.name),
            text=accept(one.text),
            about=one.about,
            place=place,
        )
        for place, one in enumerate(look_fors, start=1)
    ]


def check_look_fors(wanted: Sequence[LookForTemplate]) -> None:
    """Refuse look-fors without a name, with one that does not fit, or with the same one twice."""
    seen: set[str] = set()
    for one in wanted:
        name = one.name.strip()
        if not name:
            raise Refused("A look-for needs a name.", "Two or three words will do.")
        if len(name) > LOOK_FOR_NAME_LONGEST or "\n" in name:
            raise Refused(
                f"A look-for's name is one line of at most {LOOK_FOR_NAME_LONGEST} characters;"
                f" this one has {len(name)}.",
                "Shorten it, and say the rest in its question.",
            )
        if name.casefold() in seen:
            raise Refused(f"Two look-fors are called {name}.", "Give one of them another name.")
        seen.add(name.casefold())


def look_for_id(walk: str, name: str) -> str:
    """A look-for of one name is one look-for, also when it is made twice."""
    return derived("look_for", walk, name)


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


def plan(desk: Desk) -> PlanView:
    """The plan of the walk on the desk."""
    focus_record = focus(desk)
    return PlanView(
        walk=desk.walk,
        rules=desk.rules,
        focus=focus_record,
        look_fors=tuple(look_fors(desk)),
        visits=tuple(visits(desk)),
        walkers=tuple(desk.walkers()),
        not_yet=tuple(not_yet(desk, focus_record)),
    )


def focus(desk: Desk) -> Focus:
    """The focus of the walk on the desk; an empty one where none was written."""
    found = desk.store.get(Focus, focus_id(desk.walk_id))
    return found or Focus(id=focus_id(desk.walk_id), walk=desk.walk_id)


def look_fors(desk: Desk, *, imported: bool = True) -> list[LookFor]:
    """The look-fors in their order, those that came with imported notes last."""
    held = [one.record for one in desk.store.all(LookFor, desk.walk_id)]
    held.sort(key=lambda one: (one.imported, one.place, one.name))
    return [one for one in held if imported or not one.imported]


def visits(desk: Desk) -> list[Visit]:
    """The visits in the order of the plan."""
    held = [one.record for one in desk.store.all(Visit, desk.walk_id)]
    return sorted(held, key=lambda one: (one.place, one.code))


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


def may_change_focus(desk: Desk) -> bool:
    """Once confirmed, only the lead's laptop can offer a change of focus."""
    return desk.is_lead() or not focus(desk).confirmed


def change_focus(
    desk: Desk,
    *,
    statement: str | None = None,
    inquiries: Iterable[str] | None = None,
    look_for_list: Sequence[LookForTemplate] | None = None,
    template: str | None = None,
) -> None:
    """Change the wording. A confirmed one is reopened, and what was confirmed leaves a trace."""
    if not may_change_focus(desk):
        raise Refused(
            "The host teachers have confirmed this focus.",
            "Only the laptop that made the plan can offer a change.",
        )
    old = focus(desk)
    new = old.changed(
        statement=old.statement if statement is None else accept(statement),
        inquiries=old.inquiries
        if inquiries is None
        else tuple(accept(one) for one in inquiries if one.strip()),
        template=old.template if template is None else template,
    )
    records: list[Record] = []
    withdraw: list[Record] = []
    if look_for_list is not None:
        check_look_fors(look_for_list)
        records, withdraw = look_for_changes(desk, look_for_list)
    reworded = (new.statement, new.inquiries) != (old.statement, old.inquiries)
    if old.confirmed and (reworded or records or withdraw):
        trace = FocusChange(
            on=desk.today().isoformat(), before=" ".join((old.statement, *old.inquiries))
        )
        new = new.changed(confirmation=None, changes=(*old.changes, trace))
    walk = desk.walk
    if walk.title == old.statement:
        records.append(walk.changed(title=new.statement))
    desk.save(STAGE, "focus changed", new, *records, withdraw=withdraw)


def look_for_changes(
    desk: Desk, wanted: Sequence[LookForTemplate]
) -> tuple[list[Record], list[Record]]:
    """The look-fors to save, and those to withdraw, so that the list becomes `wanted`."""
    old = look_fors(desk, imported=False)
    new = _keep_renamed(desk, old, _look_for_records(desk.walk_id, wanted))
    known = {one.id: one for one in old}
    kept = {one.id for one in new}
    changed: list[Record] = [one for one in new if known.get(one.id) != one]
    gone: list[Record] = [one for one in old if one.id not in kept]
    return changed, gone


def _keep_renamed(desk: Desk, old: Sequence[LookFor], new: Sequence[LookFor]) -> list[LookFor]:
    """A look-for that only changed its name stays the same one, so that notes stay tied to it."""
    by_name = {one.name: one for one in old}
    by_place = {one.place: one for one in old}
    names = {one.name for one in new}
    taken = {one.id for one in look_fors(desk)}  # imported ones keep apart
    found = []
    for one in new:
        known = by_name.get(one.name)
        if known is None:
            before = by_place.get(one.place)
            known = before if before is not None and before.name not in names else None
        if known is not None:
            one = one.changed(id=known.id)
        elif one.id in taken:
            one = one.changed(id=desk.new_id())  # that one goes by another name since
        found.append(one)
    return found


def confirm_focus(desk: Desk, how: str, on: str, how_many: int | None) -> None:
    """Record that the host teachers have confirmed this very wording."""
    if not how.strip():
        raise Refused(
            "Confirming says how it was done.", "For example: agreed in the team meeting."
        )
    if how_many is not None and how_many < 1:
        raise Refused("At least one teacher confirms.", "Leave it empty when nobody counted.")
    on = iso_date(on, "when it was confirmed")
    confirmation = Confirmation(how=accept(how), on=on, how_many=how_many)
    desk.save(STAGE, "focus confirmed", focus(desk).changed(confirmation=confirmation))


def name_learning(desk: Desk, learning: str, reason: str = "") -> None:
    """Name the professional learning behind the focus, or why none is named."""
    record = focus(desk).changed(
        professional_learning=accept(learning), no_learning_reason=accept(reason)
    )
    desk.save(STAGE, "professional learning named", record)


def describe_walk(desk: Desk, *, host_school: str, date: str, keep_until: str) -> None:
    """Change what the walk says of itself; dates in ISO form."""
    walk = desk.walk
    record = walk.changed(
        host_school=accept(host_school),
        date=date if date == walk.date else iso_date(date, "the date of the walk"),
        keep_until=keep_until
        if keep_until == walk.keep_until
        else iso_date(keep_until, "the keep-until date"),
    )
    desk.save(STAGE, "walk described", record)


def add_visit(desk: Desk) -> Visit:
    """One more classroom, under the next free code."""
    held = visits(desk)
    if len(held) >= VISITS_MOST:
        raise Refused(f"A walk visits at most {VISITS_MOST} classrooms.", "Begin another walk.")
    codes = {one.code for one in held}
    number = next(n for n in range(1, VISITS_MOST + 2) if f"V{n}" not in codes)
    place = 1 + max((one.place for one in held), default=0)
    code = f"V{number}"
    record = Visit(
        id=visit_id(desk.walk_id, code),
        walk=desk.walk_id,
        code=code,
        place=place,
        mode=desk.walk.mode,
    )
    desk.save(STAGE, f"visit {code} added", record)
    return record


def change_visit(desk: Desk, visit: Visit, *, mode: Mode) -> None:
    """Swap the mode of a visit, also on the day."""
    desk.save(STAGE, f"{visit.code} mode changed", visit.changed(mode=mode))


def withdraw_visit(desk: Desk, visit: Visit) -> None:
    """The teacher takes the visit back; no reason is asked or kept."""
    desk.save(STAGE, f"{visit.code} withdrawn", visit.changed(withdrawn=True))


def give_label(desk: Desk, walker: Walker, label: str) -> None:
    """Let a walker choose another label; their id stays."""
    if not label.strip():
        raise Refused("A label needs at least one letter.", "Initials or a word will do.")
    if any(one.label == label.strip() and one.id != walker.id for one in desk.walkers()):
        raise Refused("Another walker has this label.", "Choose one that differs.")
    desk.save(STAGE, "label changed", walker.changed(label=accept(label.strip())))


def add_walker(desk: Desk, label: str) -> Walker:
    """Put someone on the roster under a label of their own choice."""
    label = accept(label.strip())
    if not label:
        raise Refused("A label needs at least one letter.", "A word of their choice will do.")
    known = next((one for one in desk.walkers() if one.label == label), None)
    if known:
        return known
    id_ = derived("walker", desk.walk_id, label)
    if desk.store.get(Walker, id_):
        id_ = desk.new_id()  # that walker has chosen another label since
    record = Walker(id=id_, walk=desk.walk_id, label=label)
    desk.save(STAGE, f"walker {label} added", record, author=record.id)
    return record
