"""The checklist of a visit: what its mode asks of each walker before the stop starts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from walk.errors import Refused
from walk.model import Checklist, Mode, Visit, Walker, checklist_id
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import visit as visiting

STAGE = "checklist"
"""An undo of its own: ticks and what else is put right here on the day."""


class Item(NamedTuple):
    """One thing to see to before the stop starts."""

    key: str
    """What is stored; an item of two modes has one key, so that its tick holds for both."""
    short: str
    """A few words, as Home names it."""
    words: str


_MUTED = Item("muted", "microphone and camera off", "microphone and camera are off")
ITEMS: dict[Mode, tuple[Item, ...]] = {
    "in_person": (
        Item("stand", "place to stand", "where to stand is clear, out of the way"),
        Item("quiet", "quiet device", "no sound comes from this device, and its screen is dim"),
        Item("lid", "lid angle", "the lid stands so that nobody else reads the screen"),
    ),
    "virtual_live": (
        Item("entry", "entry rights", "this class can be entered on its platform with my account"),
        Item("name", "display name", "my display name is the one that was agreed"),
        _MUTED,
        Item("waiting", "waiting room", "someone lets walkers in from the waiting room"),
        Item("breakout", "breakout plan", "who goes along into which breakout room is agreed"),
    ),
    "recorded": (
        Item("segment", "segment received", "the segment is here and plays"),
        Item("chosen", "teacher chose the segment", "the teacher chose this segment"),
        Item("samples", "names removed", "work samples that came with it show no names"),
        Item("permission", "permission", "permission to watch it is given"),
    ),
    "viewed_remotely": (
        Item("link", "link", "the link opens"),
        Item("camera", "camera place", "where the camera stands is agreed with the teacher"),
        _MUTED,
    ),
}
"""What each mode asks; nothing of it is about the teacher."""


class Line(NamedTuple):
    """An item as it stands for one walker."""

    item: Item
    done: bool


class Page(NamedTuple):
    """All that the checklist of a visit shows."""

    visit: Visit
    lines: tuple[Line, ...]
    cannot_see: str
    """What cannot be seen in this mode, as the summary will print it."""
    watched: tuple[tuple[str, int], ...] = ()
    """Label and times, by label, of those who watched a recorded segment; on this page only."""
    entered: bool = False
    """The one who is writing has been in this room."""
    before: str = ""
    """Id of the visit before it in the plan, or nothing."""
    after: str = ""
    """Id of the visit after it, or nothing."""

    @property
    def open_items(self) -> tuple[str, ...]:
        """What is not ticked yet, in a few words each."""
        return tuple(line.item.short for line in self.lines if not line.done)


def cannot_see(mode: Mode) -> str:
    """What cannot be seen in this mode, in the words of the summary's caution."""
    from walk.reports.summary import NOT_SEEN  # Home needs the open lines, and no report

    unseen = [NOT_SEEN["in_person"]]
    unseen += [NOT_SEEN[mode]] if mode != "in_person" else []
    return "; ".join(unseen)


def page(desk: Desk, visit: Visit) -> Page:
    """The checklist of a visit for the one who is writing."""
    held = [one for one in prepare.visits(desk) if not one.withdrawn or one.id == visit.id]
    ids = [one.id for one in held]
    here = ids.index(visit.id) if visit.id in ids else -1
    form = visiting.form_of(desk, visit) if desk.me else None
    return Page(
        visit=visit,
        lines=_lines(visit, _done(desk, visit)),
        cannot_see=cannot_see(visit.mode),
        watched=tuple(watched(desk, visit)) if visit.mode == "recorded" else (),
        entered=form is not None and form.entered_at is not None,
        before=ids[here - 1] if here > 0 else "",
        after=ids[here + 1] if 0 <= here < len(ids) - 1 else "",
    )


def first_open(desk: Desk) -> Visit | None:
    """The visit that the one who is writing makes next; the first of all where none is left."""
    from walk.routine.timekeeping import next_visit  # the rotation behind it is heavy

    held = [one for one in prepare.visits(desk) if not one.withdrawn]
    been = {form.visit for form in visiting.forms(desk)} if desk.me else set()
    coming = next_visit.next_visit(desk, {one.code for one in held if one.id in been})
    left = [one for one in held if one.id not in been]
    planned = [one for one in left if coming and one.code == coming.code]
    return next(iter((*planned, *left, *held)), None)


def open_items(desk: Desk, visit: Visit) -> tuple[str, ...]:
    """What the one who is writing has not ticked for this visit; nothing of it stops the stop."""
    return tuple(line.item.short for line in _lines(visit, _done(desk, visit)) if not line.done)


def open_by_visit(desk: Desk, visits: Iterable[Visit]) -> dict[str, tuple[str, ...]]:
    """The same for many visits at once, by the visit's id."""
    mine = desk.mine()
    done: dict[str, set[str]] = {}
    for held in desk.store.all(Checklist, desk.walk_id):
        if held.record.walker in mine:
            done.setdefault(held.record.visit, set()).update(held.record.done)
    return {
        one.id: tuple(
            line.item.short for line in _lines(one, done.get(one.id, ())) if not line.done
        )
        for one in visits
    }


def told_open(items: Sequence[str]) -> str:
    """What is still to be seen to, in words; empty where all is ticked."""
    return f"Still to check: {', '.join(items)}" if items else ""


def watched(desk: Desk, visit: Visit) -> Iterable[tuple[str, int]]:
    """Who watched a recorded segment, by label, and how often; never part of an export."""
    for walker in desk.walkers():
        form = visiting.form_of(desk, visit, walker.id)
        if form is not None and form.viewings:
            yield walker.label, form.viewings


def _done(desk: Desk, visit: Visit) -> frozenset[str]:
    return frozenset(key for one in _held(desk, visit) for key in one.done)


def _held(desk: Desk, visit: Visit) -> list[Checklist]:
    """A person's checklists of a visit, one for each record of theirs, that being written first."""
    found = []
    for walker in desk.mine():
        id_ = checklist_id(desk.walk_id, visit.id, walker)
        found += [
            desk.store.get(Checklist, id_)
            or Checklist(id=id_, walk=desk.walk_id, visit=visit.id, walker=walker)
        ]
    return found


def _lines(visit: Visit, done: Collection[str]) -> tuple[Line, ...]:
    return tuple(Line(item, item.key in done) for item in ITEMS[visit.mode])


# Changing


def tick(desk: Desk, visit: Visit, key: str) -> bool:
    """Tick an item, or take the tick away; whether it is ticked then.

    Ticks are the walker's own. Those of another mode's items are kept: the mode may turn back.
    """
    if not desk.me or desk.store.get(Walker, desk.me) is None:
        raise Refused("It is not known who is writing.", "Choose a walker on Home with w.")
    item = next((one for one in ITEMS[visit.mode] if one.key == key), None)
    if item is None:
        raise Refused("This is not on the checklist of this mode.", "Choose a line of the list.")
    held = _held(desk, visit)
    inside = [one for one in held if key in one.done]
    changed = [one.changed(done=tuple(k for k in one.done if k != key)) for one in inside]
    if not inside:
        changed = [held[0].changed(done=(*held[0].done, key))]
    words = f"{item.short} {'open again' if inside else 'ticked'}"
    desk.save(STAGE, words, *changed)
    return not inside


def change_mode(desk: Desk, visit: Visit, mode: Mode) -> Visit:
    """See the classroom in another way today; ticks of items that both modes have stay."""
    from walk.routine.planning import rooms  # Home ticks nothing, and is what a start waits for

    return rooms.change_mode(desk, visit, mode, stage=STAGE)


def receive(desk: Desk, visit: Visit, on: str) -> Visit:
    """Record on which date the segment was received; nothing typed: not yet."""
    from walk.routine.planning import rooms  # as above

    return rooms.receive(desk, visit, on, stage=STAGE)
