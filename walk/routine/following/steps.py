"""Next steps and closing: who does what by when, and how a walk ends."""

from __future__ import annotations

from walk.errors import Refused
from walk.model import Closing, Note, closing_id
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.following import plan_missing

# Whoever works on next steps finds all of it here.
from walk.routine.following.plan_missing import Missing as Missing
from walk.routine.following.plan_missing import missing as missing
from walk.routine.following.plan_missing import waive as waive
from walk.routine.following.plan_missing import want_again as want_again
from walk.routine.following.step_acts import add as add
from walk.routine.following.step_acts import agree as agree
from walk.routine.following.step_acts import change as change
from walk.routine.following.step_acts import done as done
from walk.routine.following.step_acts import not_done as not_done
from walk.routine.following.step_acts import withdraw as withdraw
from walk.routine.following.step_list import LEVELS as LEVELS
from walk.routine.following.step_list import STAGE as STAGE
from walk.routine.following.step_list import SUPPORT_TYPES as SUPPORT_TYPES
from walk.routine.following.step_list import date_text as date_text
from walk.routine.following.step_list import measure_of as measure_of
from walk.routine.following.step_list import steps as steps
from walk.routine.following.steps_before import open_before as open_before
from walk.routine.following.steps_told import in_words as in_words
from walk.routine.writing import note_counts
from walk.text import accept


def missing_to_close(desk: Desk) -> list[str]:
    """What a walk should have before it closes; the lead may close without, with a reason."""
    return plan_missing.to_close(one for one in steps(desk) if one.status != "dropped")


def closing(desk: Desk) -> Closing | None:
    """How the walk ended; None while it is open."""
    return desk.store.get(Closing, closing_id(desk.walk_id))


def for_staff(desk: Desk) -> tuple[str, ...]:
    """The ids of the wonderings chosen so far for the staff summary; none that was erased."""
    found = closing(desk)
    chosen = (
        found.wonderings_for_staff
        if found
        else tuple(desk.store.setting(f"for staff:{desk.walk_id}", ()))
    )
    gone = desk.store.forgotten(desk.walk_id) if chosen else set()
    return tuple(one for one in chosen if one not in gone)


def choose_for_staff(desk: Desk, wondering: Note) -> bool:
    """Choose a wondering for the staff summary, or no longer; how it stands now.

    While the walk is open the choice waits on this laptop; closing writes it down.
    """
    if wondering.note_kind != "wondering":
        raise Refused("Only wonderings stand here.", "Noticings are chosen as examples of trends.")
    old = for_staff(desk)
    chosen = wondering.id not in old
    new = (*old, wondering.id) if chosen else tuple(one for one in old if one != wondering.id)
    found = closing(desk)
    if found:
        desk.save(STAGE, "wonderings chosen", found.changed(wonderings_for_staff=new))
    else:
        desk.store.set(f"for staff:{desk.walk_id}", new)
    return chosen


def close(
    desk: Desk,
    *,
    reason: str = "",
    wonderings_for_staff: tuple[str, ...] | None = None,
    next_look: str | None = None,
    contact: str | None = None,
) -> Closing:
    """Close the walk; its counts are written down to outlive the raw notes.

    What is left None stays as it was chosen before.
    """
    lacking = missing_to_close(desk)
    if lacking and not reason.strip():
        raise Refused(
            "Before it closes, a walk has " + " and ".join(lacking) + ".",
            "Add it, or close with a reason, which is printed.",
        )
    if lacking and not desk.is_lead():
        raise Refused(
            "Only the lead closes a walk without " + " and ".join(lacking) + ".",
            "Add the step, or let the lead's laptop close it.",
        )
    return _end(
        desk,
        "closed",
        reason=reason if lacking else "",
        wonderings_for_staff=wonderings_for_staff,
        next_look=next_look,
        contact=contact,
    )


def call_off(desk: Desk, reason: str = "") -> Closing:
    """The walk did not take place."""
    return _end(desk, "called off", reason=reason)


def _end(
    desk: Desk,
    how: str,
    *,
    reason: str,
    wonderings_for_staff: tuple[str, ...] | None = None,
    next_look: str | None = None,
    contact: str | None = None,
) -> Closing:
    known = closing(desk) or Closing(id=closing_id(desk.walk_id), walk=desk.walk_id)
    visits, noticings, wonderings = _counts(desk, known)
    record = known.changed(
        how=how,
        reason=accept(reason.strip()),
        closed_on=desk.today().isoformat(),
        visits=visits,
        noticings=noticings,
        wonderings=wonderings,
        wonderings_for_staff=for_staff(desk)
        if wonderings_for_staff is None
        else wonderings_for_staff,
        next_look=known.next_look if next_look is None else accept(next_look.strip()),
        contact=known.contact if contact is None else accept(contact.strip()),
    )
    desk.save(STAGE, f"walk {how}", record)
    return record


def _counts(desk: Desk, known: Closing) -> tuple[int, int, int]:
    """Classrooms, noticings and wonderings; once the raw notes are gone, as they were."""
    gone = purged.of(desk)
    if gone:
        kept = gone.kept or known
        return kept.visits, kept.noticings, kept.wonderings
    counts = note_counts(desk)
    wonderings = sum(count for _, _, wondering, count in counts if wondering)
    every = sum(count for _, _, _, count in counts)
    return len({visit for _, visit, _, _ in counts}), every - wonderings, wonderings


def reopen(desk: Desk) -> None:
    """Open a closed walk again; the wonderings chosen for the staff stay chosen."""
    found = closing(desk)
    if found:
        desk.store.set(f"for staff:{desk.walk_id}", found.wonderings_for_staff)
        desk.save(STAGE, "walk opened again", withdraw=[found])
