"""How much two laptops tell differently that a person has not settled yet."""

from __future__ import annotations

from walk.routine.desk import Desk
from walk.routine.waiting import ASKED


def unsettled(desk: Desk) -> tuple[int, int]:
    """How many records of the walk on the desk are told in two ways; open questions on labels."""
    told = len(desk.store.conflicts(desk.walk_id))
    # Questions are looked for in every note, so only where a collect has found one.
    if not desk.store.setting(f"{ASKED}{desk.walk_id}"):
        return told, 0
    from walk.routine.settling import same_person

    return told, len(same_person.open_questions(desk))
