"""What a collect has to say aloud of the focus: a confirmed one that reads otherwise since."""

from __future__ import annotations

from walk.model import Focus, focus_id
from walk.routine.desk import Desk


def focus_of(desk: Desk, walk: str) -> Focus | None:
    """The focus of a walk as it stands here."""
    return desk.store.get(Focus, focus_id(walk))


def confirmed_before(before: Focus | None, after: Focus | None) -> str:
    """The wording that the host teachers confirmed, where it no longer stands; else nothing."""
    if before is None or not before.confirmed:
        return ""
    said = (before.statement, *before.inquiries)
    if after is not None and said == (after.statement, *after.inquiries):
        return ""
    return " ".join(said)
