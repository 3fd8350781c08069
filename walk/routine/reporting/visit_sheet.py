"""Visit sheet: what was written about one visit, for the lead to hand to the teacher of that room.

One code at a time, shared notes alone, no author, no trend.
"""

from __future__ import annotations

from walk.debrief import code_mask
from walk.errors import Refused
from walk.model import Form, Note, Visit
from walk.reports.summary import ConfirmationFact
from walk.reports.visit_sheet import VisitFacts, VisitSheetFacts
from walk.routine import purged, summary
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import prepare
from walk.routine.visiting import door
from walk.storage.store import Held

NOT_THE_LEAD = "Visit sheets are made on the lead's laptop, and handed over by the lead."


def refuse(desk: Desk) -> None:
    """Refused where no visit sheet can be made: on another laptop, or after a purge."""
    if not desk.is_lead():
        raise Refused(NOT_THE_LEAD, "A teacher who asks for theirs asks the lead.")
    purged.refuse_notes(desk)


def the_visit(desk: Desk, code: str) -> Visit:
    """The visit of that code, in any case; Refused for none, also where it was taken back."""
    wanted = code.strip().casefold()
    known = prepare.visits(desk)
    found = next((one for one in known if one.code.casefold() == wanted), None)
    if found is None:
        codes = ", ".join(one.code for one in known) or "none"
        raise Refused(f"There is no visit “{code}” on this walk.", f"Its visits: {codes}.")
    return found


def facts(desk: Desk, visit: Visit) -> VisitSheetFacts:
    """All that the sheet of a visit says; Refused on another than the lead's laptop."""
    refuse(desk)
    mask = code_mask(one.code for one in prepare.visits(desk))
    held = shared_notes(desk, visit)
    waits = {one.record.id for one in door.open_finds(desk, held) if one.waits}
    notes = [one.record for one in held if one.record.id not in waits]
    forms = [one.record for one in desk.store.all(Form, desk.walk_id, pool=True) if one.shared]
    return VisitSheetFacts(
        visit=about(desk, visit),
        noticings=tuple(mask(one.words) for one in notes if one.note_kind == "noticing"),
        wonderings=tuple(mask(one.words) for one in notes if one.note_kind == "wondering"),
        left_out=len(waits),
        teams=sum(one.visit == visit.id and one.nothing_seen for one in forms),
    )


def at_door(desk: Desk, visit: Visit) -> list[door.AtDoor]:
    """What of its shared notes is left out, as something in it looks like a name; maybes too."""
    found = door.open_finds(desk, shared_notes(desk, visit))
    return sorted(found, key=lambda one: not one.waits)


def shared_notes(desk: Desk, visit: Visit) -> list[Held[Note]]:
    """The shared notes of one visit, in an order that says nothing of people or of time."""
    held = desk.store.all(Note, desk.walk_id, pool=True)
    found = [one for one in held if one.shared and one.record.visit == visit.id]
    return sorted(found, key=lambda one: one.record.id[::-1])


def about(desk: Desk, visit: Visit) -> VisitFacts:
    """What any paper on one visit says of the visit: how little was seen, and of which inquiry."""
    plan = prepare.plan(desk)
    mask = code_mask(one.code for one in plan.visits)
    held = desk.store.all(Form, desk.walk_id, pool=True)
    forms = [one.record for one in held if one.record.visit == visit.id and one.shared]
    closing = steps.closing(desk)
    asked = plan.focus.confirmation
    return VisitFacts(
        code=visit.code,
        title=plan.walk.title,
        host_school=plan.walk.host_school,
        date=plan.walk.date,
        mode=visit.mode,
        minutes=tuple(
            round(one.left_after_s / 60) for one in forms if one.left_after_s is not None
        ),
        parts=tuple(
            sorted({one.part for one in forms if one.part not in ("", "unknown")}, key=_ORDER.index)
        ),
        inquiries=(mask(visit.inquiry),)
        if visit.inquiry
        else tuple(map(mask, plan.focus.inquiries)),
        focus=mask(plan.focus.statement),
        confirmation=ConfirmationFact(asked.how, asked.on, asked.how_many) if asked else None,
        who_sees_raw=plan.rules.who_sees_raw,
        keep_until=plan.walk.keep_until,
        contact=(closing.contact if closing else "") or summary.lead_label(plan),
    )


_ORDER = ("opening", "middle", "closing", "whole")
"""Parts of a lesson as they follow each other."""
