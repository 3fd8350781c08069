"""A form is taken in by its map: once, on any laptop, also by other headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts
from tests.routine import tables_taken
from tests.routine.tables_taken import FORM, counts, form, notes
from walk.errors import IntakeError
from walk.intake.column_map import Column, ColumnMap
from walk.model import Form
from walk.routine.desk import Desk
from walk.routine.exchanging import collect
from walk.routine.exchanging import share as sharing
from walk.routine.importing import table_maps
from walk.routine.importing.take_in import import_table
from walk.routine.planning import prepare

desk = tables_taken.desk

SUBMITTED = (
    ("10/14/2025 9:22:11", "V1", "Ana", "Asks why, Pointing", "T waited 5 s", "Why?", "opening"),
    ("10/14/2025 9:41:02", "V2", "Ben", "Pointing", "5 of 7 pairs wrote", "", "the end"),
)
MAP = ColumnMap(
    (
        Column("Timestamp", "timestamp"),
        Column("Which room?", "visit"),
        Column("Initials", "walker"),
        Column("Look-fors", "look_for"),
        Column("Noticed", "noticing"),
        Column("Wondered", "wondering"),
        Column("Lesson part", "lesson"),
    )
)


def test_a_form_becomes_notes_by_its_map_and_again_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    taken = import_table(desk, form(tmp_path, *SUBMITTED), columns=MAP)
    assert counts(taken) == (3, 0, 0)
    assert desk.walk.date == "2025-10-14"
    assert texts(desk) == ["5 of 7 pairs wrote", "T waited 5 s", "Why?"]
    assert [one.name for one in prepare.look_fors(desk)] == ["Asks why", "Pointing"]
    turned = form(tmp_path, *reversed(SUBMITTED), name="again.csv")
    assert counts(import_table(desk, turned, columns=MAP)) == (0, 3, 0)
    parts = {one.record.part for one in desk.store.all(Form, desk.walk_id)}
    assert parts == {"opening", "closing"}


def test_the_same_form_on_two_laptops_makes_no_conflict(tmp_path: Path) -> None:
    path, pack = form(tmp_path, *SUBMITTED), tmp_path / "ana.walk"
    with desk_at(tmp_path / "ana.walkdb") as ana:
        walk = import_table(ana, path, columns=MAP).walk
        sharing.share(ana, pack)
    with desk_at(tmp_path / "ben.walkdb") as ben:
        import_table(ben, path, columns=MAP)
        collect.collect(ben, [pack])
        assert ben.store.conflicts(walk) == []
        assert len(texts(ben)) == 3


def test_a_form_s_ticks_find_the_look_fors_of_the_walk(desk: Desk, tmp_path: Path) -> None:
    walk = begin_small(desk)
    own = prepare.look_fors(desk)
    rows = [(*SUBMITTED[0][:3], said, "x", "", "") for said in (own[0].text, own[1].name)]
    import_table(desk, form(tmp_path, *rows), into=walk, columns=MAP)
    assert {one.look_for for one in notes(desk)} == {own[0].id, own[1].id}
    assert prepare.look_fors(desk) == own
    assert len({one.visit for one in notes(desk)}) == 1


def test_a_map_that_was_kept_is_found_again_by_the_header(desk: Desk, tmp_path: Path) -> None:
    path = form(tmp_path, *SUBMITTED)
    with pytest.raises(IntakeError, match="no columns named visit") as told:
        import_table(desk, path)
    assert "--columns MAP.toml" in told.value.mend
    table_maps.keep_map(desk, FORM, MAP)
    assert counts(import_table(desk, path)) == (3, 0, 0)


def test_a_form_that_is_refused_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    other = ColumnMap((Column("Other", "noticing"),), visit="V1")
    before = desk.store.snapshot()
    with pytest.raises(IntakeError):
        import_table(desk, form(tmp_path, *SUBMITTED), columns=other)
    assert desk.store.snapshot() == before
    assert desk.store.receipts() == []
