"""What the plan of next steps lacks: told until it is there, or waived with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from walk.errors import Refused
from walk.model import ABOVE_TEACHER, Closing, Step, Trend, Waiver, closing_id, waiver_id
from walk.routine.desk import Desk
from walk.routine.following.step_list import STAGE, steps
from walk.text import accept, one_line

ABOVE, HOSTS, WALKERS = "above", "hosts", "walkers"
OF_A_WALK = {
    ABOVE: "a step owned above the teacher (coach, school or district leader)",
    HOSTS: "a step designed with the host teachers (proposed or agreed)",
    WALKERS: "a step of the walkers themselves",
}
"""What every walk's plan has, by key."""
_QUOTED = 44
"""Cells of a step's or a trend's words that are named."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that the plan lacks."""

    key: str
    """What a waiver of it names."""
    words: str
    waived_why: str = ""
    """Why it is done without; empty while it is missing."""


def missing(desk: Desk) -> list[Missing]:
    """All that the plan of the walk on the desk lacks; what was waived says why.

    A walk that was called off lacks nothing.
    """
    closing = desk.store.get(Closing, closing_id(desk.walk_id))
    if closing is not None and closing.how == "called off":
        return []
    why = {one.record.missing: one.record.why for one in desk.store.all(Waiver, desk.walk_id)}
    held = [one for one in steps(desk) if one.status != "dropped"]
    lacking = [*_of_the_walk(held), *_of_steps(held), *_of_needs(desk, held)]
    return [Missing(key, words, why.get(key, "")) for key, words in lacking]


def to_close(held: Iterable[Step]) -> list[str]:
    """What a walk needs before it closes, in words; a waiver does not take its place."""
    return [words for key, words in _of_the_walk(held) if key != WALKERS]


def waive(desk: Desk, missing: Missing, why: str) -> None:
    """Do without it, for a reason."""
    if not why.strip():
        raise Refused("To do without it needs a reason.", "One sentence is enough; Esc leaves it.")
    waiver = Waiver(
        id=waiver_id(desk.walk_id, missing.key),
        walk=desk.walk_id,
        missing=missing.key,
        why=accept(why.strip()),
        on=desk.today().isoformat(),
    )
    desk.save(STAGE, f"done without {_short(missing.words)}", waiver)


def want_again(desk: Desk, missing: Missing) -> None:
    """It is wanted after all."""
    waiver = desk.store.get(Waiver, waiver_id(desk.walk_id, missing.key))
    if waiver is not None:
        desk.save(STAGE, f"wanted again: {_short(missing.words)}", withdraw=[waiver])


def reasons(desk: Desk) -> str:
    """Why the plan does without what a walk needs to close, as closing may repeat it."""
    needed = (ABOVE, HOSTS)
    said = (one.waived_why for one in missing(desk) if one.key in needed)
    return "\n".join(dict.fromkeys(one for one in said if one))


def _of_the_walk(held: Iterable[Step]) -> list[tuple[str, str]]:
    found = list(held)
    there = {
        ABOVE: any(one.level in ABOVE_TEACHER for one in found),
        HOSTS: any(one.design for one in found),
        WALKERS: any(one.level == "walkers" for one in found),
    }
    return [(key, words) for key, words in OF_A_WALK.items() if not there[key]]


def _of_steps(held: Iterable[Step]) -> list[tuple[str, str]]:
    """Owners and dates of open steps."""
    lacking = []
    for step in held:
        if step.status != "open":
            continue
        named = f"“{one_line(step.what, _QUOTED)}”"
        if not step.owner:
            lacking.append((f"owner:{step.id}", f"an owner of {named}"))
        if not step.by_when:
            lacking.append((f"date:{step.id}", f"a date for {named}"))
    return lacking


def _of_needs(desk: Desk, held: Iterable[Step]) -> list[tuple[str, str]]:
    """Needs on which no step with support rests."""
    supported = {one.rests_on for one in held if one.support or one.support_type}
    trends = [one.record for one in desk.store.all(Trend, desk.walk_id)]
    return [
        (f"support:{one.id}", f"support for the need “{one_line(one.statement, _QUOTED)}”")
        for one in trends
        if one.polarity == "need" and not one.parked and one.id not in supported
    ]


def _short(words: str) -> str:
    return one_line(words, 60)
