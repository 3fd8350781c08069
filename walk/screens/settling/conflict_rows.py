"""What can be done with a conflict, or answered of a label that was used twice, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from walk.routine.settling.conflicts import Conflict
from walk.routine.settling.same_person import Question
from walk.widgets.choice_list import Choice, heading

KEEPS_ALL = {"note": "keep all, each as a note of its own", "measure": "keep the values of all"}


def choices_of(item: Conflict) -> Sequence[Choice]:
    """What can be done with a conflict."""
    if item.stop:
        return [heading(item.stop)]
    rows = [
        Choice(
            f"keep {side.number}",
            f"{'withdraw it' if side.wording.withdrawn else 'keep'}: {side.by}",
            label=str(side.number),
        )
        for side in item.sides
    ]
    more: list[tuple[Any, str, str, str]] = [
        (item.keeps_all, "both", "b", KEEPS_ALL.get(item.kind, KEEPS_ALL["note"])),
        (item.texts, "anew", "t", "say it in new words"),
        (item.by_field, "fields", "f", "field by field"),
    ]
    return [*rows, *(Choice(id_, words, label=key) for can, id_, key, words in more if can)]


def answers_of(item: Question) -> Sequence[Choice]:
    """What can be said of a label that was used twice."""
    return [
        Choice("keep 1", "the same person", label="1"),
        Choice("keep 2", f"two people; another label for {item.one.words}", label="2"),
        Choice("keep 3", f"two people; another label for {item.two.words}", label="3"),
    ]
