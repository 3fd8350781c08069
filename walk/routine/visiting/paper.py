"""Paper: forms that were written by hand and are typed up, by their walker or for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from walk.clock import Moment
from walk.errors import Refused
from walk.model import Form, Visit
from walk.model.form import LessonPart
from walk.routine import zone
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import visit, write
from walk.text import one_line

LONGEST_MIN = 12 * 60
"""Minutes in a room; more are a slip."""
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.h ]?([0-5][0-9])")


# Whether a form comes from paper


def on_paper(desk: Desk, form: Form) -> bool:
    """Notes typed on this form now come from paper: as was said last, else where nobody entered."""
    return bool(desk.store.setting(_key(form), form.entered_at is None))


def set_paper(desk: Desk, form: Form, paper: bool) -> None:
    """Remember it on this laptop, also over a restart."""
    desk.store.set(_key(form), paper)


def _key(form: Form) -> str:
    return f"paper:{form.id}"


# Times by hand


def give_times(desk: Desk, form: Form, entered: str, left: str) -> Form:
    """Say by hand when the room was entered and left, in the time of the host school.

    Both or neither: a form that was entered and not left would be a visit under way.
    """
    if not entered.strip() and not left.strip():
        changed = form.changed(entered_at=None, left_after_s=None, earlier_s=0)
        desk.save(visit.STAGE, "times taken away", changed)
        return changed
    start, end = _minutes(entered, "entered"), _minutes(left, "left")
    if end <= start:
        raise Refused(
            f"The room was left at {left.strip()}, not after it was entered at {entered.strip()}.",
            "Write both like 9:05, the earlier one first.",
        )
    if end - start > LONGEST_MIN:
        raise Refused(
            f"From {entered.strip()} to {left.strip()} is longer than any visit.",
            "Write both like 9:05, or 13:05 in the afternoon.",
        )
    day = desk.walk_date()
    at = zone.to_ms(day, start, desk.walk.zone)
    changed = form.changed(
        entered_at=at,
        zone=zone.offset_min(at, desk.walk.zone),
        left_after_s=(end - start) * 60,
        earlier_s=0,
        target_minutes=desk.rules.visit_minutes,
    )
    set_paper(desk, changed, True)
    desk.save(visit.STAGE, "times given", changed)
    return changed


def _minutes(text: str, what: str) -> int:
    """Minutes after midnight of a time like 9:05."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise Refused(
            f"“{one_line(text, 20)}” is no time for when the room was {what}.",
            "Write it like 9:05; leave both empty where they are not known.",
        )
    return int(found[1]) * 60 + int(found[2])


def times_of(form: Form) -> tuple[str, str]:
    """When a room was entered and left, as "9:05"; empty where that is not known."""
    left = visit.left_at(form)
    if form.entered_at is None or left is None:
        return "", ""
    entered = form.entered_at - form.earlier_s * 1000
    local = (Moment(one, form.zone, 0, "").local for one in (entered, left))
    first, last = (f"{one.hour}:{one.minute:02}" for one in local)
    return first, last


# Several forms in a row


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A walker, or a visit, as it stands while forms are typed up."""

    id: str
    name: str
    state: str
    """Which forms are here, in words."""


def walkers(desk: Desk) -> list[PaperForm]:
    """Whose form it may be, each with the visits of which one is here."""
    codes = prepare.visits(desk)
    held = [one.record for one in desk.store.all(Form, desk.walk_id)]
    forms = {(desk.person(one.walker), one.visit) for one in held}
    found = []
    for walker in desk.walkers():
        here = [one.code for one in codes if (walker.id, one.id) in forms]
        found.append(PaperForm(walker.id, walker.label, ", ".join(here)))
    return found


def visits(desk: Desk, walker: str) -> list[PaperForm]:
    """Which visit it may be about, each with how the walker's form stands."""
    found = []
    for one in prepare.visits(desk):
        form = visit.form_of(desk, one, walker)
        state = "" if form is None else "finished" if form.finished_at is not None else "begun"
        if not one.withdrawn or form is not None:
            found.append(PaperForm(one.id, one.code, state))
    return found


def begin(desk: Desk, walker: str, of: Visit, part: LessonPart = "") -> Form:
    """Type up a walker's form about a visit: from now on this laptop writes as them."""
    desk.write_as(walker)
    form = write.form_for(desk, of)
    inside = form.entered_at is not None and not visit.has_left(form)
    if inside and form.finished_at is None:
        raise Refused(
            f"{desk.label} is in {of.code} on this laptop.", "Leave the room first: Esc, then 1."
        )
    set_paper(desk, form, True)
    desk.store.set(f"typing up:{desk.walk_id}", walker)
    if part and part != form.part:
        form = write.describe(desk, form, part=part)
    return form


def end(desk: Desk) -> str:
    """Done with paper: whose laptop this is writes again, unless that was changed; their label."""
    typed_for = desk.store.setting(f"typing up:{desk.walk_id}", "")
    if typed_for and typed_for == desk.me:
        desk.write_as(desk.own_walker())
    if typed_for:
        desk.store.set(f"typing up:{desk.walk_id}", None)
    return desk.label
