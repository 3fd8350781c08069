"""Teacher note: one visit, for the teacher who asked for it. It stays on this laptop.

Who writes sees their own alone, also on a shared laptop. On the lead's laptop the shared notes of
the visit can be picked; elsewhere one's own.
"""

from __future__ import annotations

from typing import Any

from walk.debrief import code_mask
from walk.errors import Refused
from walk.model import Note, TeacherNote, Visit, teacher_note_id
from walk.reports.teacher_note import TeacherNoteFacts
from walk.routine import purged
from walk.routine.dates import iso_date
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.reporting import visit_sheet
from walk.routine.visiting import door
from walk.storage.store import Held
from walk.text import accept

STAGE = "teacher_note"
PAIRS = 3
"""Pairs of move and effect in a note."""
NOT_ASKED = "This teacher has not asked for a note."
MEND = "Where they ask for one: l on Home, t, then a says so; nobody else decides it."
TEXTS = (
    *(f"{what}_{number}" for number in range(1, PAIRS + 1) for what in ("move", "effect")),
    *("wondering_1", "wondering_2", "response", "wants_next", "talked_with"),
)
DATES = {"talked_on": "the date of the conversation", "shown_on": "the date it was given"}


def of_visit(desk: Desk, visit: Visit) -> TeacherNote:
    """The note of the one who writes on a visit; a blank one where nobody has asked for it."""
    if found := _held(desk, visit):
        return found.record
    id_ = teacher_note_id(desk.walk_id, visit.id, desk.me)
    return TeacherNote(id=id_, walk=desk.walk_id, visit=visit.id)


def notes(desk: Desk) -> list[tuple[Visit, TeacherNote]]:
    """The notes that were asked for and are one's own, in the order of the visits."""
    both = ((visit, of_visit(desk, visit)) for visit in prepare.visits(desk))
    return [(visit, note) for visit, note in both if note.asked]


def _held(desk: Desk, visit: Visit) -> Held[TeacherNote] | None:
    """The note as the one who writes wrote it here, under whichever of their records.

    One that a stranger's pack put in its place is none.
    """
    for walker in desk.records_of(desk.me):
        found = desk.store.held(TeacherNote, teacher_note_id(desk.walk_id, visit.id, walker))
        if found is not None and found.here and not found.shared:
            return found
    return None


# Writing


def ask(desk: Desk, visit: Visit, *, asked: bool) -> TeacherNote | None:
    """The teacher of a visit asks for a note, or no longer: then it goes, and undo brings it back.

    None where there is none any more.
    """
    purged.refuse_notes(desk)
    note = of_visit(desk, visit)
    if not asked:
        if note.asked:
            desk.save(STAGE, f"no note for {visit.code}", withdraw=[note])
        return None
    if not note.asked:
        note = note.changed(asked=True)
        desk.save(STAGE, f"a note asked for, {visit.code}", note)
    return note


def change(desk: Desk, note: TeacherNote, **fields: Any) -> TeacherNote:
    """Change what a note says; Refused where the teacher has not asked for it."""
    _refuse_unasked(note)
    given: dict[str, Any] = {}
    for field, value in fields.items():
        if field in DATES:
            words = str(value).strip()
            old = getattr(note, field)
            given[field] = words if words in ("", old) else iso_date(words, DATES[field])
        else:
            given[field] = accept(str(value).strip()) if field in TEXTS else value
    changed = note.changed(**given)
    desk.save(STAGE, "teacher note changed", changed)
    return changed


def pick(desk: Desk, note: TeacherNote, noticing: Note) -> TeacherNote:
    """Put a noticing of this visit into the note, or take it out again."""
    _refuse_unasked(note)
    if noticing.visit != note.visit:
        raise Refused("This was noticed in another classroom.", "A note is on one visit alone.")
    if noticing.note_kind != "noticing":
        raise Refused("Only noticings are picked.", "A wondering is written in your own words.")
    inside = noticing.id in note.noticings
    kept = tuple(one for one in note.noticings if one != noticing.id)
    changed = note.changed(noticings=kept if inside else (*kept, noticing.id))
    desk.save(STAGE, "taken out" if inside else "noticing picked", changed)
    return changed


def may_pick(desk: Desk, visit: Visit) -> list[Note]:
    """The noticings of a visit that can stand in a note, in no order."""
    held = [one for one in _there(desk) if one.record.visit == visit.id]
    found = [one.record for one in held if one.record.note_kind == "noticing"]
    return sorted(found, key=lambda one: one.id[::-1])


def _there(desk: Desk) -> list[Held[Note]]:
    """One's own notes, and on the lead's laptop those that were shared."""
    mine = set(desk.mine())
    lead = desk.is_lead()
    held = desk.store.all(Note, desk.walk_id, pool=True)
    return [one for one in held if one.author in mine or (lead and one.shared)]


def _refuse_unasked(note: TeacherNote) -> None:
    if not note.asked:
        raise Refused(NOT_ASKED, MEND)


# Reading


def facts(desk: Desk, visit: Visit) -> TeacherNoteFacts:
    """All that the note on a visit says; Refused where it was not asked for.

    What looks like a name is left out, until it is cleared or reworded.
    """
    purged.refuse_notes(desk)
    note = of_visit(desk, visit)
    _refuse_unasked(note)
    mask = code_mask(one.code for one in prepare.visits(desk))
    waits = {(one.record.id, one.field) for one in at_door(desk, visit) if one.waits}

    def said(field: str) -> str:
        return "" if (note.id, field) in waits else mask(str(getattr(note, field)))

    pairs = [(said(f"move_{one}"), said(f"effect_{one}")) for one in range(1, PAIRS + 1)]
    wonderings = (said("wondering_1"), said("wondering_2"))
    there = {one.record.id: one.record for one in _there(desk)}
    picked = [there[one] for one in note.noticings if one in there and (one, "text") not in waits]
    return TeacherNoteFacts(
        visit=visit_sheet.about(desk, visit),
        progress=tuple(pair for pair in pairs if any(pair)),
        noticings=tuple(mask(one.words) for one in picked),
        wonderings=tuple(one for one in wonderings if one),
        response=said("response"),
        wants_next=said("wants_next"),
        talked_on=note.talked_on,
        talked_with=note.talked_with,
        shown_on=note.shown_on,
        copies=note.copies,
    )


def at_door(desk: Desk, visit: Visit) -> list[door.AtDoor]:
    """What of the note is left out, as something in it looks like a name; maybes come behind."""
    note = _held(desk, visit)
    if note is None:
        return []
    picked = [one for one in _there(desk) if one.record.id in note.record.noticings]
    found = door.open_finds(desk, [note, *picked])
    return sorted(found, key=lambda one: not one.waits)
