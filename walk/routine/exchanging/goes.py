"""What a share would hold and what it would leave here: looked at before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from walk.exchange.receipt import counted
from walk.model import Form, HallTalk, Note, Said, Step, Theme, Trend, Visit
from walk.routine.desk import Desk
from walk.routine.planning import places
from walk.routine.visiting import door
from walk.storage.store import Held
from walk.text import one_line

ENTRIES = "given entries:"
"""The local setting, with a walk's id behind it, of how many entries the last pack held."""
EDIT = "edit:"
"""Begins the place of a draft that is other words for a note."""


@dataclass(frozen=True, slots=True)
class Goes:
    """What a share would hold, and what it would leave here. Counts of records."""

    label: str
    """Who shares."""
    notes: int = 0
    forms: int = 0
    finishing: tuple[str, ...] = ()
    """Codes of the visits whose form is finished with it."""
    talks: int = 0
    made: int = 0
    """Themes, trends and next steps."""
    typed_for: tuple[str, ...] = ()
    """Labels of others whose notes were typed here; they go along."""
    from_others: int = 0
    """Notes that came from other laptops and go along."""
    again: bool = False
    """All of it was in the pack that was written last."""
    lead: bool = False
    """This laptop made the plan, and may pack it alone."""
    has_places: bool = False
    no_rotation: str = ""
    """What the laptops would lack that keep time by the plan, in words; empty where nothing."""
    waiting: tuple[door.AtDoor, ...] = ()
    """What has a likely name in it, and stays."""
    lines: int = 0
    """Lines that were typed and not saved."""
    rewordings: int = 0
    """Other words for a note that were typed and not saved."""
    empty: tuple[str, ...] = ()
    """Codes of the visits whose form has nothing on it yet."""

    @property
    def nothing_yet(self) -> bool:
        """There is nothing to give but the plan."""
        return not (self.notes or self.forms or self.talks or self.made or self.from_others)

    def goes_in(self, *, plan_only: bool = False) -> list[str]:
        """What the pack will hold, in words."""
        if plan_only:
            plan = "The plan: focus, look-fors, visits, roster, times. No notes, no forms."
            return [plan, self.no_rotation] if self.no_rotation else [plan]
        own = [
            _some(self.notes, "note", "notes"),
            _some(self.forms + len(self.finishing), "form", "forms"),
            _some(self.talks, "hall talk", "hall talks"),
            _some(
                self.made,
                "theme, trend, step or line of the debrief",
                "themes, trends, steps and lines of the debrief",
            ),
        ]
        said = ", ".join(one for one in own if one) or "no notes yet"
        lines = [f"{said[:1].upper()}{said[1:]}, and the plan."]
        if self.typed_for:
            lines.append(f"With what was typed here for {_codes(self.typed_for)}.")
        if self.from_others:
            lines.append(f"Also {counted(self.from_others, 'note', 'notes')} from other laptops.")
        if self.finishing:
            verb = "form is" if len(self.finishing) == 1 else "forms are"
            lines.append(f"Open {verb} finished with it: {_codes(self.finishing)}.")
        if self.again:
            lines.append("Nothing new since the last time; giving it again does no harm.")
        return lines

    def stays(self, *, plan_only: bool = False) -> list[str]:
        """What stays on this laptop, in words."""
        if plan_only:
            return ["All notes, forms and drafts."]
        typed = [
            _some(self.lines, "line not saved yet", "lines not saved yet"),
            _some(self.rewordings, "rewording not saved yet", "rewordings not saved yet"),
        ]
        first = ", ".join(one for one in typed if one)
        lines = [f"{first}, and earlier wordings." if first else "Drafts and earlier wordings."]
        if self.waiting:
            lines.append(f"{door.told(self.waiting)} (n).")
        if self.empty:
            verb = "form has" if len(self.empty) == 1 else "forms have"
            lines.append(f"{verb.capitalize()} nothing on it yet: {_codes(self.empty)}.")
        return lines


def _some(count: int, one: str, more: str) -> str:
    return counted(count, one, more) if count else ""


def _codes(codes: tuple[str, ...]) -> str:
    return one_line(", ".join(codes), 60)


# Looking


def what_goes(desk: Desk) -> Goes:
    """Look at what a share would hold; Refused where no walk is open.

    Takes a while where there are many notes.
    """
    walk, store = desk.walk.id, desk.store
    notes = store.all(Note, walk)
    own_forms = [one.record for one in store.all(Form, walk) if one.here]
    codes = {one.record.id: one.record.code for one in store.all(Visit, walk)}
    held = {one.record.form for one in notes if one.record.form}
    open_forms = [one for one in own_forms if one.finished_at is None]
    begun = [one for one in open_forms if one.nothing_seen or one.id in held]
    typed = [one.place for one in store.drafts(walk)]
    own_notes = sum(one.here for one in notes)
    waiting = tuple(door.waiting_at_share(desk))
    held_back = {one.record.id for one in waiting if isinstance(one.record, Note)}
    authors = {one.author for one in notes if one.here and one.record.form}
    others = {desk.person(one) for one in authors} - {desk.person(desk.own_walker())}
    new = door.without(store.unshared(walk), waiting)
    entries = store.setting(f"{ENTRIES}{walk}", 0)
    return Goes(
        label=sender(desk),
        typed_for=tuple(one.label for one in desk.walkers() if one.id in others),
        notes=own_notes - len(held_back),
        forms=len(own_forms) - len(open_forms),
        finishing=tuple(codes.get(one.visit, "") for one in begun),
        talks=sum(one.here for one in store.all(HallTalk, walk)),
        made=sum(one.here for noun in (Theme, Trend, Step, Said) for one in store.all(noun, walk)),
        from_others=len(notes) - own_notes,
        again=not begun and not new and sum(1 for _ in store.published(walk)) == entries,
        lead=desk.is_lead(),
        has_places=places.path_of(desk).is_file(),
        no_rotation=no_rotation(desk),
        waiting=waiting,
        lines=sum(not one.startswith(EDIT) for one in typed),
        rewordings=sum(one.startswith(EDIT) for one in typed),
        empty=tuple(codes.get(one.visit, "") for one in open_forms if one not in begun),
    )


def no_rotation(desk: Desk) -> str:
    """What laptops that keep time by the plan would lack, in words; nothing where it is whole."""
    from walk.routine.planning import rotation  # the planner is heavy, and few packs are a plan's

    return rotation.not_to_give(desk)


def still_waiting(desk: Desk, stood: Iterable[door.AtDoor]) -> list[door.AtDoor]:
    """What of that which stood at the door still does, as it reads now.

    Another walker's own words are not among it.
    """
    records = {one.record.id: type(one.record) for one in stood if not one.private}
    held: Iterable[Held[Any] | None] = (desk.store.held(of, id_) for id_, of in records.items())
    return [one for one in door.open_finds(desk, filter(None, held)) if not one.private]


def sender(desk: Desk) -> str:
    """The label of who joined on this laptop, as the roster has it; nothing where nobody did."""
    own = desk.person(desk.own_walker())
    return next((one.label for one in desk.walkers() if one.id == own), "")
