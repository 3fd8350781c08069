"""Next steps and closing: who does what by when, and how a walk ends."""

from __future__ import annotations

import re

from walk.errors import Refused
from walk.model import ABOVE_TEACHER, Closing, Note, Step, closing_id
from walk.model.step import Design, Level
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.writing import note_counts
from walk.text import accept, safe

STAGE = "steps"

LEVELS: tuple[Level, ...] = (
    "teacher",
    "teacher team",
    "coach",
    "school leader",
    "district leader",
    "walkers",
)
"""The nested learning community, from the classroom up, then the walkers themselves."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def steps(desk: Desk) -> list[Step]:
    """The walk's next steps, the earliest date first, undated ones last."""
    held = [one.record for one in desk.store.all(Step, desk.walk_id)]
    return sorted(held, key=lambda one: (one.by_when or "9999", one.id))


def add(
    desk: Desk,
    what: str,
    *,
    level: Level = "school leader",
    owner: str = "",
    by_when: str = "",
    design: Design = "",
    support: str = "",
    rests_on: str = "inquiry",
) -> Step:
    """Add a next step."""
    step = Step(
        id=desk.new_id(),
        walk=desk.walk_id,
        what=_needed(what),
        level=level,
        owner=accept(owner.strip()),
        by_when=date_text(by_when),
        design=design,
        support=accept(support.strip()),
        rests_on=rests_on,
    )
    desk.save(STAGE, "step added", step)
    return step


def change(
    desk: Desk,
    step: Step,
    *,
    what: str,
    level: Level,
    owner: str,
    by_when: str,
    design: Design,
    support: str,
    rests_on: str,
) -> Step:
    """Change a next step."""
    changed = step.changed(
        what=_needed(what),
        level=level,
        owner=accept(owner.strip()),
        by_when=date_text(by_when),
        design=design,
        support=accept(support.strip()),
        rests_on=rests_on,
    )
    desk.save(STAGE, "step changed", changed)
    return changed


def agree(desk: Desk, step: Step) -> Step:
    """Move a step on: not the hosts', proposed to them, agreed with them."""
    following: dict[str, Design] = {"": "proposed", "proposed": "agreed", "agreed": ""}
    changed = step.changed(design=following[step.design])
    words = f"step {changed.design} with hosts" if changed.design else "step not the hosts'"
    desk.save(STAGE, words, changed)
    return changed


def done(desk: Desk, step: Step, learned: str) -> Step:
    """Close a step with what was learned."""
    changed = step.changed(
        status="done", learned=accept(learned.strip()), closed_on=desk.today().isoformat()
    )
    desk.save(STAGE, "step done", changed)
    return changed


def not_done(desk: Desk, step: Step) -> Step:
    """Open a step again that was closed; what was learned stays."""
    changed = step.changed(status="open", closed_on="")
    desk.save(STAGE, "step open again", changed)
    return changed


def withdraw(desk: Desk, step: Step) -> None:
    """Take a step back; undo brings it again."""
    desk.save(STAGE, "step withdrawn", withdraw=[step])


def _needed(what: str) -> str:
    if not what.strip():
        raise Refused("A next step says what will be done.", "One sentence is enough.")
    return accept(what.strip())


def date_text(text: str) -> str:
    """An ISO date or nothing; Refused for anything else."""
    from datetime import date

    text = text.strip()
    if not text:
        return ""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"“{text}” is not a date.", "Write it like 2025-10-28, or leave it empty."
        ) from None
    return text


def in_words(desk: Desk) -> list[str]:
    """The steps a line each, for the command line."""
    lines = []
    for step in steps(desk):
        owner = f"{step.level}, {step.owner}" if step.owner else step.level
        design = f" · {step.design} with the hosts" if step.design else ""
        status = "" if step.status == "open" else f" · {step.status}"
        lines.append(safe(f"{step.by_when or 'no date yet'}  {owner}: {step.what}{design}{status}"))
    return lines or ["No next step yet."]


# Closing


def missing_to_close(desk: Desk) -> list[str]:
    """What a walk should have before it closes; the lead may close without, with a reason."""
    held = [step for step in steps(desk) if step.status != "dropped"]
    missing = []
    if not any(step.level in ABOVE_TEACHER for step in held):
        missing.append("a step owned above the teacher (coach, school or district leader)")
    if not any(step.design for step in held):
        missing.append("a step designed with the host teachers (proposed or agreed)")
    return missing


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
    missing = missing_to_close(desk)
    if missing and not reason.strip():
        raise Refused(
            "Before it closes, a walk has " + " and ".join(missing) + ".",
            "Add it, or close with a reason, which is printed.",
        )
    if missing and not desk.is_lead():
        raise Refused(
            "Only the lead closes a walk without " + " and ".join(missing) + ".",
            "Add the step, or let the lead's laptop close it.",
        )
    return _end(
        desk,
        "closed",
        reason=reason if missing else "",
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
