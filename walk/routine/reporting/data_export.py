"""Data export: the shared notes of a walk and what the team made of them, as tables.

No visit code, no clock time, no walker; the order tells no room.
"""

from __future__ import annotations

from dataclasses import replace

from walk.debrief import code_mask
from walk.model import LookFor, Placing, Theme
from walk.reports.data import DataTable, NoteFact, data_tables
from walk.reports.summary import StepFact, WalkFacts
from walk.routine import purged, summary
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.reporting import debrief_sheet
from walk.routine.visiting import door


def tables(desk: Desk) -> tuple[DataTable, ...]:
    """The tables of the walk on the desk. What looks like a name is left out."""
    known = _without_walkers(desk, summary.facts(desk))
    return data_tables(known, () if purged.of(desk) else _notes(desk))


def _without_walkers(desk: Desk, known: WalkFacts) -> WalkFacts:
    """The same facts with "a walker" where a walker's label stands as the owner of a step."""
    labels = {one.label.strip().casefold() for one in desk.walkers()}

    def owned(step: StepFact) -> StepFact:
        inside = step.owner.strip().casefold() in labels
        return replace(step, owner="a walker") if inside else step

    return replace(known, steps=tuple(map(owned, known.steps)))


def at_door(desk: Desk) -> list[door.AtDoor]:
    """What is left out, as something in it looks like a name; maybes come behind."""
    themes = desk.store.all(Theme, desk.walk_id)
    found = [
        *summary.left_out(desk),
        *debrief_sheet.at_door(desk),
        *door.open_finds(desk, themes),
    ]
    each = {(one.record.id, one.field): one for one in found}
    return sorted(each.values(), key=lambda one: not one.waits)


def _notes(desk: Desk) -> list[NoteFact]:
    mask = code_mask(one.code for one in prepare.visits(desk))
    held = debrief_sheet.shared_notes(desk)
    all_themes = desk.store.all(Theme, desk.walk_id)
    waits = {one.record.id for one in door.open_finds(desk, [*held, *all_themes]) if one.waits}
    look_fors = {one.id: _called(one) for one in prepare.look_fors(desk)}
    themes = {
        one.record.id: mask(one.record.name) or "(unnamed)"
        for one in sorted(all_themes, key=lambda one: (one.record.place, one.record.id))
        if one.record.id not in waits
    }
    placed: dict[str, list[Placing]] = {}
    for one in desk.store.all(Placing, desk.walk_id):
        if one.record.theme in themes:
            placed.setdefault(one.record.note, []).append(one.record)
    return [
        NoteFact(
            kind=note.note_kind,
            text=mask(note.words),
            look_for=mask(look_fors.get(note.look_for, "")),
            themes=_in_order(themes, placed.get(note.id, []), contrary=False),
            contrary=_in_order(themes, placed.get(note.id, []), contrary=True),
        )
        for note in (one.record for one in held)
        if note.id not in waits
    ]


def _in_order(themes: dict[str, str], placed: list[Placing], *, contrary: bool) -> tuple[str, ...]:
    inside = {one.theme for one in placed if one.contrary or not contrary}
    return tuple(name for id_, name in themes.items() if id_ in inside)


def _called(look_for: LookFor) -> str:
    """An imported name too long for a screen is kept whole in its text."""
    return look_for.text if look_for.imported and look_for.text else look_for.name
