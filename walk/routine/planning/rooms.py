"""Classrooms: the visits of a walk, when each is open, how it is seen and what it is about."""

from __future__ import annotations

import re

from walk.errors import Refused
from walk.model import MODE_WORDS, Mode, Visit, visit_id
from walk.routine.dates import iso_date
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.planning.hours import windows_of
from walk.text import accept

STAGE = prepare.STAGE
MODES: tuple[Mode, ...] = ("in_person", "virtual_live", "recorded", "viewed_remotely")
"""In the order in which a key turns through them."""
BAND_MOST = 60
"""Characters of a grade or subject band."""

# Coarse bands

_FINE_SUBJECT = re.compile(
    r"\b(?:ap|ib|honou?rs?|advanced|remedial|gifted|intervention|period|section|block"
    r"|sheltered|newcomers?)\b|[0-9]|\b[ivx]{2,}\b",
    re.IGNORECASE,
)
_ONE_GRADE = re.compile(
    r"(?:(?:grade|year|class|form) )?(?:[0-9]{1,2}(?:st|nd|rd|th)?|k|kindergarten|reception"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"
    r"(?: ?[a-z])?(?: (?:grade|year|class|form|graders?))?",
    re.IGNORECASE,
)


def grade_advice(text: str) -> list[tuple[bool, str, str]]:
    """Whether a grade band is coarse enough that it does not point to one teacher."""
    words = " ".join(text.split())
    if not words:
        return []
    if _ONE_GRADE.fullmatch(words) or _has_person(words):
        return [(False, "coarse", "This may point to one teacher; a band such as 3–5 will do.")]
    return [(True, "coarse enough", "coarse enough")]


def subject_advice(text: str) -> list[tuple[bool, str, str]]:
    """Whether a subject is coarse enough that it does not point to one teacher."""
    words = " ".join(text.split())
    if not words:
        return []
    if _FINE_SUBJECT.search(words) or len(words.split()) > 4 or _has_person(words):
        told = "This may point to one teacher; a subject such as mathematics will do."
        return [(False, "coarse", told)]
    return [(True, "coarse enough", "coarse enough")]


def _has_person(words: str) -> bool:
    from walk.language.names import find_names  # its data would slow the start

    kinds = ("title", "name", "initials", "room", "email", "phone")
    return any(one.kind in kinds and one.sure for one in find_names(words[:200]))


# Changing


def add(desk: Desk, count: int) -> tuple[Visit, ...]:
    """So many classrooms more under the next free codes, as one act."""
    here = prepare.rooms(desk).every  # a table may have brought too many to be read
    if not 1 <= count <= prepare.VISITS_MOST - here:
        raise Refused(
            f"A walk visits at most {prepare.VISITS_MOST} classrooms; it has {here}.",
            "Add fewer, or begin another walk.",
        )
    held = prepare.visits(desk)
    codes = {one.code for one in held}
    free = (f"V{number}" for number in range(1, prepare.VISITS_MOST + len(held) + 1))
    chosen = [code for code in free if code not in codes][:count]
    last = max((one.place for one in held), default=0)
    new = tuple(
        Visit(
            id=visit_id(desk.walk_id, code),
            walk=desk.walk_id,
            code=code,
            place=last + number,
            mode=desk.walk.mode,
        )
        for number, code in enumerate(chosen, start=1)
    )
    words = f"visit {chosen[0]} added" if count == 1 else f"{count} visits added"
    desk.save(STAGE, words, *new)
    return new


def describe(
    desk: Desk,
    visit: Visit,
    *,
    windows: str,
    grade_band: str,
    subject_band: str,
    inquiry: str,
    received_on: str | None = None,
) -> Visit:
    """Say when a classroom is open and what it is about, as typed; Refused for no times or date."""
    inquiry = accept(inquiry.strip())
    if inquiry != visit.inquiry and not prepare.may_change_focus(desk):
        raise Refused(
            "The host teachers have confirmed the inquiry.",
            "Only the laptop that made the plan can offer a change.",
        )
    new = visit.changed(
        windows=windows_of(windows),
        grade_band=_band(grade_band, "The grade band"),
        subject_band=_band(subject_band, "The subject"),
        inquiry=inquiry,
        received_on=visit.received_on if received_on is None else _received(received_on),
    )
    desk.save(STAGE, f"{visit.code} described", new)
    return new


def _band(text: str, what: str) -> str:
    words = " ".join(accept(text).split())
    if len(words) > BAND_MOST:
        raise Refused(f"{what} has {len(words)} characters and {BAND_MOST} fit.", "Say it coarser.")
    return words


def _received(text: str) -> str:
    return iso_date(text, "when the segment was received") if text.strip() else ""


def receive(desk: Desk, visit: Visit, on: str, *, stage: str = STAGE) -> Visit:
    """Record on which date a recorded segment was received; nothing typed: not yet."""
    new = visit.changed(received_on=_received(on))
    words = f"{visit.code} segment received" if on.strip() else f"{visit.code} segment not received"
    desk.save(stage, words, new)
    return new


def change_mode(desk: Desk, visit: Visit, mode: Mode, *, stage: str = STAGE) -> Visit:
    """See a classroom in another way, also on the day. Forms and ticks stay."""
    new = visit.changed(mode=mode)
    desk.save(stage, f"{visit.code} mode: {MODE_WORDS[mode]}", new)
    return new


def next_mode(mode: Mode) -> Mode:
    """The mode that a key turns to."""
    return MODES[(MODES.index(mode) + 1) % len(MODES)]


def withdraw(desk: Desk, visit: Visit) -> None:
    """The teacher takes the visit back; no reason is asked or kept."""
    prepare.withdraw_visit(desk, visit)


def bring_back(desk: Desk, visit: Visit) -> None:
    """The visit is open again."""
    desk.save(STAGE, f"{visit.code} brought back", visit.changed(withdrawn=False))


def move(desk: Desk, visit: Visit, by: int) -> bool:
    """Put a visit one place earlier (-1) or later (1) in the plan; False at the end of the list."""
    held = _around(desk, visit)
    here = next((n for n, one in enumerate(held) if one.id == visit.id), -1)
    there = here + by
    if here < 0 or not 0 <= there < len(held):
        return False
    held[here], held[there] = held[there], held[here]
    moved = [one.changed(place=n) for n, one in enumerate(held, start=1) if one.place != n]
    desk.save(STAGE, f"{visit.code} moved {'up' if by < 0 else 'down'}", *moved)
    return True


def _around(desk: Desk, visit: Visit) -> list[Visit]:
    """All visits in their order; of very many, whose places are in order, the first alone.

    One of those that a page lists has its neighbours among them, and the others stay as they are.
    """
    most = prepare.LISTED_MOST + 1
    if prepare.rooms(desk).every > most and desk.store.in_places(desk.walk_id):
        first = desk.store.first_visits(desk.walk_id, most)
        if any(one.id == visit.id for one in first[:-1]):
            return first
    return prepare.visits(desk)
