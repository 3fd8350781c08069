"""Who writes: looking labels up, whose notes count on a shared laptop, what laptops are called."""

from __future__ import annotations

from collections.abc import Sequence

from walk.model import Note, Walker, plain_label
from walk.routine.desk import Desk
from walk.text import one_line

LABEL_CELLS = 24
"""Cells of a label that a sentence repeats."""


def called(walkers: Sequence[Walker], label: str) -> Walker | None:
    """The walker of that label; where nobody has it as written, of one in another case."""
    wanted = label.strip()
    for one in walkers:
        if one.label == wanted:
            return one
    return next((one for one in walkers if plain_label(one.label) == plain_label(label)), None)


def label_of(desk: Desk, walker: str) -> str:
    """The label of a walker's id, or nothing."""
    found = desk.store.get(Walker, walker) if len(walker) == 32 else None
    return one_line(found.label, LABEL_CELLS) if found else ""


def typed_words(desk: Desk, note: Note) -> str:
    """“typed by Ben”, where another than its author typed a note; else nothing."""
    if not note.typed_by:
        return ""
    return f"typed by {label_of(desk, note.typed_by) or 'another walker'}"


Counts = list[tuple[str, str, bool, int]]
"""(look-for id or nothing, visit id, wondering, notes) of a walk's notes."""


def note_counts(desk: Desk) -> Counts:
    """The notes of the walk on the desk, counted: the team's, and those of the one who writes.

    On a shared laptop what another walker has not shared counts only for them.
    """
    hidden = {one[:3]: one[3] for one in hidden_counts(desk)}
    every = desk.store.note_counts(desk.walk_id)
    left = [(*one[:3], one[3] - hidden.get(one[:3], 0)) for one in every]
    return [one for one in left if one[3] > 0]


def hidden_counts(desk: Desk) -> Counts:
    """Of all notes here: those that other walkers of this laptop have not shared."""
    return desk.store.private_counts(desk.walk_id, desk.mine())


class Laptops:
    """How the laptops of a walk are called: by those who typed their own notes on them."""

    def __init__(self, desk: Desk) -> None:
        self.own = desk.store.device
        self.lead = desk.store.made_on(desk.walk_id) if desk.walk_id else ""
        used = desk.store.laptops(desk.walk_id) if desk.walk_id else []
        self.here = {device for _, device, here in used if here} | {self.own}
        self.owners: dict[str, list[str]] = {}
        for author, device, _ in used:
            labels, label = self.owners.setdefault(device, []), label_of(desk, author)
            if label and label not in labels:
                labels.append(label)

    def words(self, device: str) -> str:
        """“this laptop”, “Ana's laptop”, “the lead's laptop”; else a laptop by its first signs."""
        if device in self.here:
            return "this laptop"
        labels = self.owners.get(device, [])
        if not labels:
            return "the lead's laptop" if device == self.lead else f"laptop {device[:4]}"
        if len(labels) > 2:
            return f"a laptop of {len(labels)} walkers ({device[:4]})"
        # Somebody may have two.
        twice = sum(one == labels for one in self.owners.values()) > 1
        sign = f" ({device[:4]})" if twice else ""
        if len(labels) == 2:
            return f"the laptop of {labels[0]} and {labels[1]}{sign}"
        return f"{labels[0]}'s laptop{sign}"
