"""A table to take in, and what a desk then holds."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import desk_at
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.importing.take_in import TakenIn


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk without a walk."""
    with desk_at(tmp_path / "own.walkdb") as own:
        yield own


def counts(taken: TakenIn) -> tuple[int, int, int]:
    """Added, already here, refused."""
    return taken.added, taken.already_here, len(taken.refused)


def notes(desk: Desk) -> list[Note]:
    """Every note of the walk on the desk."""
    return [one.record for one in desk.store.all(Note, desk.walk_id)]


FORM = ("Timestamp", "Which room?", "Initials", "Look-fors", "Noticed", "Wondered", "Lesson part")


def form(folder: Path, *rows: tuple[str, ...], name: str = "form.csv") -> Path:
    """A form's export with these submissions."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-16") as file:
        csv.writer(file, delimiter=";").writerows([FORM, *rows])
    return path
