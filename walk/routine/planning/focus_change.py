"""The focus of a walk and its look-fors: read, changed, confirmed, and reopened with a trace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from walk.errors import Refused
from walk.focus import LOOK_FOR_NAME_LONGEST, LookForTemplate
from walk.model import Confirmation, Focus, FocusChange, LookFor, Record, derived, focus_id
from walk.routine.dates import iso_date
from walk.routine.desk import Desk
from walk.text import accept

STAGE = "prepare"
"""Undo and redo of the plan work on the acts of this stage."""


def focus(desk: Desk) -> Focus:
    """The focus of the walk on the desk; an empty one where none was written."""
    found = desk.store.get(Focus, focus_id(desk.walk_id))
    return found or Focus(id=focus_id(desk.walk_id), walk=desk.walk_id)


def look_fors(desk: Desk, *, imported: bool = True) -> list[LookFor]:
    """The look-fors in their order, those that came with imported notes last."""
    held = [one.record for one in desk.store.all(LookFor, desk.walk_id)]
    held.sort(key=lambda one: (one.imported, one.place, one.name))
    return [one for one in held if imported or not one.imported]


# Look-fors


def look_for_records(walk: str, look_fors: Sequence[LookForTemplate]) -> list[LookFor]:
    """New records for look-fors, in their order."""
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


# Changing and confirming


def may_change_focus(desk: Desk) -> bool:
    """Once confirmed, only the lead's laptop can offer a change of focus."""
    return desk.is_lead() or not focus(desk).confirmed


def change_focus(
    desk: Desk,
    *,
    statement: str | None = None,
    inquiries: Iterable[str] | None = None,
    look_for_list: Sequence[LookForTemplate] | None = None,
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
    new = _keep_renamed(desk, old, look_for_records(desk.walk_id, wanted))
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
