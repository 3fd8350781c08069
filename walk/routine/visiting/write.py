"""Silent write: each walker finishes their own form alone, straight after the visit."""

from __future__ import annotations

from walk.errors import Refused
from walk.model import Form, Visit, form_id
from walk.model.form import LessonPart, Structure
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.visiting import door, visit

STAGE = visit.STAGE


def form_for(desk: Desk, of: Visit) -> Form:
    """The form of the one who is writing; a fresh one, saved with its first note, from paper."""
    return visit.form_of(desk, of) or Form(
        id=form_id(desk.walk_id, of.id, desk.me),
        walk=desk.walk_id,
        visit=of.id,
        walker=desk.me,
    )


def describe(
    desk: Desk,
    form: Form,
    *,
    part: LessonPart | None = None,
    structure: Structure | None = None,
    nothing_seen: bool | None = None,
) -> Form:
    """Say which part of the lesson was seen, how work was organised, or that nothing was seen."""
    purged.refuse_notes(desk)
    changed = form.changed(
        part=form.part if part is None else part,
        structure=form.structure if structure is None else structure,
        nothing_seen=form.nothing_seen if nothing_seen is None else nothing_seen,
    )
    desk.save(STAGE, "form filled in", changed)
    return changed


def minutes_since_leaving(desk: Desk, form: Form) -> int:
    """Whole minutes since the room was left, by the same clock that timed the stop."""
    if form.left_after_s is None:
        return 0
    clock = visit.timer(desk, form).come_back()
    return max(0, clock.elapsed_s(desk.now()) - form.left_after_s) // 60


def is_empty(desk: Desk, form: Form) -> bool:
    """True while the form holds neither a note nor the word that nothing was seen."""
    return not form.nothing_seen and not visit.notes(desk, form)


def finish(desk: Desk, form: Form) -> Form:
    """Finish the form and share it with the team: one team revision a record.

    Refused while nothing is on it: an empty form must say that nothing was seen. A form that is
    finished already keeps its time and is shared again.
    """
    if is_empty(desk, form):
        raise Refused(
            "The form is empty.",
            "Add a note, or say that nothing was seen on this inquiry: that is a full answer.",
        )
    if form.entered_at is not None and not visit.has_left(form):
        form = visit.leave(desk, form)
    if form.finished_at is None:
        timed = visit.has_left(form) and not desk.store.setting(f"paper:{form.id}")
        after = minutes_since_leaving(desk, form) if timed else None
        form = form.changed(finished_at=desk.now().wall_ms, finished_after_min=after)
        desk.save(STAGE, "form finished", form)
    share_again(desk, form)
    return form


def share_again(desk: Desk, form: Form) -> int:
    """Give the team the present wording of a form and its notes; how many revisions it took.

    A note with a likely name in it waits at the door.
    """
    changed = _unshared_ids(desk, form)
    passing = door.without(changed, door.waiting(desk, changed))
    return desk.store.publish(desk.by(), "form shared", passing, everyone=False)


def at_door(desk: Desk, form: Form) -> list[door.AtDoor]:
    """The notes of a finished form that wait at the door."""
    return door.waiting(desk, _unshared_ids(desk, form)) if form.finished_at is not None else []


def unshared(desk: Desk, form: Form) -> int:
    """How many records of a finished form have changed since the team got them."""
    return len(_unshared_ids(desk, form))


def _unshared_ids(desk: Desk, form: Form) -> list[str]:
    changed = set(desk.store.unshared(desk.walk_id, ("form", "note")))
    return [one for one in (form.id, *desk.store.children(form.id)) if one in changed]
