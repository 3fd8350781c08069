"""A look into a table before it is taken in, and the maps that a laptop keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from walk.errors import IntakeError
from walk.intake.column_map import Column, ColumnMap
from walk.routine.desk import Desk
from walk.routine.importing import table_maps
from walk.routine.planning import prepare

HEADER = ("Room", "Noticed")
MAP = ColumnMap(
    (Column("Room", "visit"), Column("Noticed", "noticing", "Pointing", True)),
    walker="Ana",
    visits={"Ms X, room 12": "V1"},
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk without a walk."""
    with desk_at(tmp_path / "own.walkdb") as own:
        yield own


def table(folder: Path, text: str) -> Path:
    """A file with this text."""
    path = folder / "form.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_look_reads_the_first_rows_and_says_whether_there_are_more(tmp_path: Path) -> None:
    lines = "".join(f"V1,note {n}\n" for n in range(table_maps.LOOKED_AT))
    seen = table_maps.look(table(tmp_path, f"Room,Noticed\n{lines}"))
    assert (seen.header, len(seen.rows), seen.more, seen.plain) == (HEADER, 200, False, False)
    assert table_maps.look(table(tmp_path, f"Room,Noticed\n{lines}V1,more\n")).more


def test_a_look_at_what_is_no_table_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nix.csv", Path("a\0b.csv")):
        with pytest.raises(IntakeError) as told:
            table_maps.look(path)
        assert told.value.mend


def test_a_pack_is_told_to_be_collected(tmp_path: Path) -> None:
    for name in ("ana.walk", "ana.walk.age"):
        with pytest.raises(IntakeError, match="is a pack, not a table") as told:
            table_maps.look(tmp_path / name)
        assert "walk collect" in told.value.mend


def test_a_table_in_a_closed_folder_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", closed)
    with pytest.raises(IntakeError, match="its folder is closed to you"):
        table_maps.look(tmp_path / "form.csv")


def test_what_a_map_makes_of_the_first_rows_is_shown(tmp_path: Path) -> None:
    seen = table_maps.look(table(tmp_path, 'Room,Noticed\nV1,"a\nb"\n,c\n'))
    shown = table_maps.notes_of(seen, MAP)
    assert [(one.text, one.look_for, one.walker) for one in shown.notes] == [
        ("a", "Pointing", "Ana"),
        ("b", "Pointing", "Ana"),
    ]
    assert [one.line for one in shown.refused] == [4]
    assert len(table_maps.notes_of(seen, MAP).notes) == 2, "looking again finds the same"


def test_a_kept_map_is_proposed_again_and_holds_no_name_of_a_person(desk: Desk) -> None:
    assert table_maps.kept_map(desk, HEADER) is None
    table_maps.keep_map(desk, HEADER, MAP)
    kept = table_maps.kept_map(desk, ["ROOM", " noticed"])
    assert kept is not None
    assert [(one.role, one.look_for, one.lines) for one in kept.columns] == [
        ("visit", "", False),
        ("noticing", "Pointing", True),
    ]
    held = json.dumps(desk.store.setting(table_maps.MAPS))
    assert "Ms X" not in held
    assert "Ana" not in held


def test_only_the_newest_maps_are_kept(desk: Desk) -> None:
    for number in range(table_maps.KEPT + 5):
        table_maps.keep_map(desk, [f"Room {number}", "Noticed"], MAP)
    assert len(desk.store.setting(table_maps.MAPS)) == table_maps.KEPT
    table_maps.keep_map(desk, ["Room 24", "Noticed"], MAP)
    assert len(desk.store.setting(table_maps.MAPS)) == table_maps.KEPT


def test_codes_and_look_fors_of_the_walk_help_to_guess(desk: Desk, tmp_path: Path) -> None:
    begin_small(desk)
    name = prepare.look_fors(desk)[0].name
    seen = table_maps.look(table(tmp_path, f'Wo,Was,Text\nv2,"{name}",x\n'))
    columns, kept = table_maps.proposed(desk, seen)
    assert [one.role for one in columns.columns] == ["visit", "look_for", "note"]
    assert not kept


def test_a_map_is_never_written_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    table_maps.write_map(path, MAP)
    before = path.read_bytes()
    with pytest.raises(IntakeError, match="there already"):
        table_maps.write_map(path, MAP)
    assert path.read_bytes() == before
