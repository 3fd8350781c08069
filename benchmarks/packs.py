"""Packs to measure with: those of many laptops with one plan, before and after they went on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import small_walk, words
from walk.model import Note, derived
from walk.routine.desk import Desk
from walk.routine.exchanging import join, share
from walk.routine.planning import prepare
from walk.routine.start import open_desk


@dataclass(frozen=True)
class Packs:
    """The packs of so many laptops."""

    plan: Path
    older: list[Path]
    """Half of the notes, in a first version."""
    newer: list[Path]
    """All of the notes, that half in a second version beside its first."""
    copies: list[Path]
    """The same entries in other files."""


def make_packs(place: Path, packs: int, notes: int) -> Packs:
    """Make them; each laptop has its own notes."""
    made = Packs(place / "plan.walk", [], [], [])
    with open_desk(place / "maker.walkdb") as lead:
        small_walk(lead)
        share.share(lead, made.plan, plan_only=True)
    for number in range(packs):
        with open_desk(place / f"laptop-{number}.walkdb") as desk:
            join.join(desk, made.plan, f"W{number}")
            for files, records in (
                (made.older, _notes(desk, number, range(0, notes, 2), "first")),
                (made.newer, _notes(desk, number, range(notes), "second")),
                (made.copies, ()),
            ):
                by = desk.by()
                desk.store.save_as(by, "benchmark", "notes", [(desk.me, one) for one in records])
                files.append(place / f"{number}-{len(files)}-{id(files)}.walk")
                share.share(desk, files[-1])
    return made


def new_packs(place: Path, packs: int, notes: int) -> Packs:
    """The same with new notes alone, so only `plan` and `newer`: many of these are made sooner."""
    made = Packs(place / "plan.walk", [], [], [])
    with open_desk(place / "maker.walkdb") as lead:
        small_walk(lead)
        share.share(lead, made.plan, plan_only=True)
    for number in range(packs):
        laptop = place / f"laptop-{number}.walkdb"
        with open_desk(laptop) as desk:
            join.join(desk, made.plan, f"W{number}")
            by, records = desk.by(), _notes(desk, number, range(notes), "first")
            desk.store.save_as(by, "benchmark", "notes", [(desk.me, one) for one in records])
            made.newer.append(place / f"{number}.walk")
            share.share(desk, made.newer[-1])
        laptop.unlink()
    return made


def _notes(desk: Desk, number: int, places: range, version: str) -> Iterator[Note]:
    rng = random.Random(f"{number} {version}")
    visits, look_fors = prepare.visits(desk), prepare.look_fors(desk)
    for place in places:
        yield Note(
            id=derived("benchmark", str(number), str(place)),
            walk=desk.walk_id,
            visit=visits[place % len(visits)].id,
            look_for=look_fors[place % len(look_fors)].id,
            text=words(rng),
            at_s=place % 720,
        )
