"""Debrief sheet: the shared notes of a walk for the silent read on paper."""

from __future__ import annotations

from collections.abc import Iterator

from walk import protocol as steps_of_debrief
from walk.debrief import code_mask
from walk.model import Note
from walk.reports.debrief_sheet import DebriefSheetFacts, StepFact
from walk.reports.summary import caution, counted
from walk.routine import purged, summary
from walk.routine.debriefing import protocol
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import door
from walk.storage.store import Held


def facts(desk: Desk) -> DebriefSheetFacts:
    """All that the sheet says; Refused once the raw notes are gone."""
    purged.refuse_notes(desk)
    plan = prepare.plan(desk)
    mask = code_mask(one.code for one in plan.visits)
    held = shared_notes(desk)
    waits = {one.record.id for one in door.open_finds(desk, held) if one.waits}
    notes = [one.record for one in held if one.record.id not in waits]
    known = summary.facts(desk)
    standing = protocol.standing(desk)
    return DebriefSheetFacts(
        title=plan.walk.title,
        host_school=plan.walk.host_school,
        date=plan.walk.date,
        caution=caution(known),
        focus=mask(plan.focus.statement),
        inquiries=tuple(map(mask, plan.focus.inquiries)),
        confirmed=plan.focus.confirmed,
        norms=steps_of_debrief.step("norms").prompts,
        steps=tuple(
            StepFact(one.title, standing.minutes[one.id]) for one in steps_of_debrief.STEPS
        ),
        told=tuple(steps_of_debrief.told(standing.total, standing.minutes)),
        noticings=tuple(mask(one.words) for one in notes if one.note_kind == "noticing"),
        wonderings=tuple(mask(one.words) for one in notes if one.note_kind == "wondering"),
        outstanding=tuple(
            _outstanding(len(waits), known.unshared_notes, len(known.missing_walkers))
        ),
    )


def shared_notes(desk: Desk) -> list[Held[Note]]:
    """The shared notes of the walk, shuffled alike on every laptop.

    The last part of an id is random: no order of rooms, people or time is in it.
    """
    held = [one for one in desk.store.all(Note, desk.walk_id, pool=True) if one.shared]
    return sorted(held, key=lambda one: one.record.id[::-1])


def at_door(desk: Desk) -> list[door.AtDoor]:
    """What is left out, as something in it looks like a name; maybes come behind."""
    return sorted(door.open_finds(desk, shared_notes(desk)), key=lambda one: not one.waits)


def _outstanding(waits: int, unshared: int, missing: int) -> Iterator[str]:
    if waits:
        yield f"{counted(waits, 'note')} in which something looks like a name"
    if unshared:
        yield counted(unshared, "note not yet shared", "notes not yet shared")
    if missing:
        yield f"the notes of {counted(missing, 'walker')}"
