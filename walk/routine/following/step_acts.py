"""Next steps are written, changed, dated anew, and closed with what was learned."""

from __future__ import annotations

from walk.errors import Refused
from walk.model import Step
from walk.model.step import Design, Horizon, Level, StepStatus, SupportType
from walk.routine.desk import Desk
from walk.routine.following.step_list import STAGE, as_it_is, date_text, measure_of
from walk.text import accept


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
    support_type: SupportType = "",
    horizon: Horizon = "",
    evidence: str = "",
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
        support_type=support_type,
        horizon=horizon,
        evidence=accept(evidence.strip()),
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
    support_type: SupportType | None = None,
) -> Step:
    """Change a next step; None for the kind of support leaves it as it is."""
    step = as_it_is(desk, step)
    changed = step.changed(
        what=_needed(what),
        level=level,
        owner=accept(owner.strip()),
        by_when=date_text(by_when),
        design=design,
        support=accept(support.strip()),
        rests_on=rests_on,
        support_type=step.support_type if support_type is None else support_type,
    )
    desk.save(STAGE, "step changed", changed)
    return changed


def look_for(desk: Desk, step: Step, evidence: str, horizon: Horizon) -> Step:
    """Say what we will look for to know that a step helps, and how far it reaches."""
    changed = as_it_is(desk, step).changed(evidence=accept(evidence.strip()), horizon=horizon)
    desk.save(STAGE, "evidence to look for said", changed)
    return changed


def agree(desk: Desk, step: Step) -> Step:
    """Move a step on: not the hosts', proposed to them, agreed with them."""
    following: dict[str, Design] = {"": "proposed", "proposed": "agreed", "agreed": ""}
    step = as_it_is(desk, step)
    changed = step.changed(design=following[step.design])
    words = f"step {changed.design} with hosts" if changed.design else "step not the hosts'"
    desk.save(STAGE, words, changed)
    return changed


def date_anew(desk: Desk, step: Step, by_when: str) -> Step:
    """Give a step another date; the rest stays."""
    changed = as_it_is(desk, step).changed(by_when=date_text(by_when))
    desk.save(STAGE, "step dated anew", changed)
    return changed


def done(desk: Desk, step: Step, learned: str, status: StepStatus = "done") -> Step:
    """Close a step with what was learned: done, or dropped. Refused without a word of it."""
    if not learned.strip():
        raise Refused(
            "A step closes with what was learned.",
            "One sentence is enough; that it was not tried is an answer too.",
        )
    changed = as_it_is(desk, step).changed(
        status=status, learned=accept(learned.strip()), closed_on=desk.today().isoformat()
    )
    desk.save(STAGE, "step done" if status == "done" else "step not carried on", changed)
    return changed


def not_done(desk: Desk, step: Step) -> Step:
    """Open a step again that was closed; what was learned stays."""
    changed = as_it_is(desk, step).changed(status="open", closed_on="")
    desk.save(STAGE, "step open again", changed)
    return changed


def withdraw(desk: Desk, step: Step) -> None:
    """Take a step back with its measure; undo brings both again."""
    measure = measure_of(desk, step)
    desk.save(STAGE, "step withdrawn", withdraw=[step, *([measure] if measure else [])])


def _needed(what: str) -> str:
    if not what.strip():
        raise Refused("A next step says what will be done.", "One sentence is enough.")
    return accept(what.strip())
