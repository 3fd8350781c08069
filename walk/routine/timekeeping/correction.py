"""A walker's own correction of the plan, on this laptop alone; the plan stays the lead's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from walk.errors import Refused
from walk.model import Visit
from walk.routine.desk import Desk
from walk.routine.planning import prepare, rotation
from walk.routine.planning.times import MINUTES_MOST, number_of
from walk.routine.visiting import visit as visiting

WORD = "corrected here"
"""Stands wherever a corrected time or visit is shown."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What differs here from the plan."""

    minutes: int = 0
    """Later by so many; negative: earlier."""
    visit: str = ""
    """The code of the visit that comes next here, in place of the planned one."""

    @property
    def words(self) -> str:
        """Such as "corrected here: 5 min later, next V4"; empty where nothing differs."""
        parts = []
        if self.minutes:
            way = "later" if self.minutes > 0 else "earlier"
            parts.append(f"{abs(self.minutes)} min {way}")
        if self.visit:
            parts.append(f"next {self.visit}")
        return f"{WORD}: {', '.join(parts)}" if parts else ""


def read(desk: Desk) -> Correction:
    """The correction of the one who is writing, as far as it still holds.

    A rotation that was made since puts it away, and a visit that was left needs it no longer.
    """
    settings = (desk.store.setting(key, None) for key in _keys(desk))
    held = next((one for one in settings if isinstance(one, list) and len(one) == 3), None)
    if held is None:
        return Correction()  # asked once a second by the board, so the plan is not read for it
    made = rotation.current(desk)
    sequence, minutes, code = held
    if made is None or sequence != made.sequence:
        return Correction()
    found = Correction(int(minutes), str(code))
    if found.visit not in {one.code for one in open_visits(desk)}:
        found = replace(found, visit="")
    return found


def open_visits(desk: Desk) -> list[Visit]:
    """The visits that can come next for the one who is writing."""
    found = []
    for one in prepare.visits(desk):
        form = visiting.form_of(desk, one)
        if not one.withdrawn and (form is None or not visiting.has_left(form)):
            found.append(one)
    return found


def minutes_typed(words: str) -> int:
    """Minutes later, or with a minus sign earlier, as typed; nothing typed is 0."""
    words = words.strip().replace("−", "-").replace("–", "-").removeprefix("+")
    sign = -1 if words.startswith("-") else 1
    return sign * number_of(words.removeprefix("-"), "Minutes")


def shift(desk: Desk, minutes: int) -> Correction:
    """From now on all planned times are shown so many minutes later (negative: earlier)."""
    if abs(minutes) > MINUTES_MOST:
        raise Refused(
            f"{minutes} minutes do not fit.", f"Choose at most {MINUTES_MOST} either way."
        )
    return _save(desk, replace(read(desk), minutes=minutes))


def go_to(desk: Desk, code: str) -> Correction:
    """Another visit comes next here; an empty code: the planned one."""
    if code and code not in {one.code for one in open_visits(desk)}:
        raise Refused(f"{code} does not come any more.", "Choose a visit that is still open.")
    return _save(desk, replace(read(desk), visit=code))


def clear(desk: Desk) -> None:
    """As planned again."""
    for key in _keys(desk):
        desk.store.set(key, None)


def _save(desk: Desk, correction: Correction) -> Correction:
    made = rotation.current(desk)
    if made is None:
        raise Refused(
            "No rotation is made yet, so there is nothing to correct.",
            "The lead makes it under Prepare, Rotation.",
        )
    desk.store.set(_keys(desk)[0], [made.sequence, correction.minutes, correction.visit])
    return correction


def _keys(desk: Desk) -> list[str]:
    """Where it is kept, for each record of the person who writes; the one to be written first."""
    records = desk.records_of(desk.person(desk.me))
    return [f"corrected:{desk.walk_id}:{one}" for one in records]
