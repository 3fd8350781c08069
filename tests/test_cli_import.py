"""`walk import` from the shell: forms by a map, workbooks by a sheet, and a map to begin with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.desks import begin_small, desk_at, texts
from tests.intake.sheets import sheet_xml, workbook
from walk import cli

FORM = """Timestamp,Room visited,Your initials,Look-fors,What did you notice?,What do you wonder?
10/14/2025 9:22:11,V1,Ana,Pointing,T waited 5 s,What do they reach for?
10/14/2025 9:41:02,,Ben,,5 of 7 pairs wrote,
"""


class Shell:
    """Runs walk on one store."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def __call__(self, *said: str | Path, code: int = 0) -> Result:
        """Run a command that ends with this code."""
        command = ["--store", str(self.store), *map(str, said)]
        result = CliRunner().invoke(cli.walk, command, prog_name="walk")
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell on a store that is not there yet."""
    return Shell(tmp_path / "shell.walkdb")


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A form's export."""
    path = tmp_path / "form.csv"
    path.write_text(FORM, "utf-8")
    return path


def test_a_map_is_proposed_looked_through_and_used(
    shell: Shell, tmp_path: Path, form: Path
) -> None:
    assert "--columns MAP.toml" in shell("import", form, code=1).stderr
    file = tmp_path / "m.toml"
    said = shell("import", form, "--save-columns", file).stdout
    assert said.startswith(f"Wrote {file}: look through it")
    assert "there already" in shell("import", form, "--save-columns", file, code=1).stderr
    result = shell("import", form, "--columns", file, code=1)
    assert result.stdout.startswith("2 added, 0 already here, 1 refused · walk ")
    assert "line 3: the visit is empty" in result.stderr
    again = json.loads(shell("import", form, "--columns", file, "--json", code=1).stdout)
    assert list(again) == ["walk", "added", "already_here", "refused"]
    assert (again["added"], again["already_here"]) == (0, 2)


def test_what_a_proposed_map_lacks_is_said(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Where,note\nx,y\n", "utf-8")
    said = shell("import", path, "--save-columns", tmp_path / "m.toml").stdout
    assert "To be said there: which column says the visit" in said
    refused = shell("import", path, "--columns", tmp_path / "m.toml", code=1)
    assert "The map does not say which column says the visit" in refused.stderr
    with (tmp_path / "m.toml").open("r+") as file:
        text = file.read()
        file.seek(0)
        file.write(f'visit = "V3"\n{text}')
    assert shell("import", path, "--columns", tmp_path / "m.toml").stdout.startswith("1 added")


def test_a_form_goes_into_the_walk_that_is_named(shell: Shell, tmp_path: Path, form: Path) -> None:
    with desk_at(shell.store) as desk:
        walk = begin_small(desk)
    shell("import", form, "--save-columns", tmp_path / "m.toml", "--into", walk)
    shell("import", form, "--columns", tmp_path / "m.toml", "--into", walk, code=1)
    with desk_at(shell.store) as desk:
        desk.walk_id = walk
        assert texts(desk) == ["T waited 5 s", "What do they reach for?"]


def test_a_walk_without_a_name_is_no_new_walk(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("visit,at,kind,look_for,text\nV1,,n,,x\n", "utf-8")
    for said in ((), ("--save-columns", tmp_path / "m.toml")):
        assert "no walk here yet" in shell("import", path, "--into", "", *said, code=1).stderr
    assert shell("history", "--all").stdout == "There is no walk here yet.\n"


def test_a_sheet_is_named(shell: Shell, tmp_path: Path) -> None:
    header = ("visit", "at", "kind", "look_for", "text")
    sheets = {
        name: sheet_xml([header, ("V1", None, "n", None, name)]) for name in ("Monday", "Friday")
    }
    book = tmp_path / "notes.xlsx"
    book.write_bytes(workbook(sheets))
    told = json.loads(shell("import", book, "--json").stdout)
    assert told["told"] == ["Read the sheet “Monday”; --sheet NAME reads another"]
    assert shell("import", book, "--sheet", "friday").stdout.startswith("1 added")
    assert "no sheet “x”" in shell("import", book, "--sheet", "x", code=1).stderr
    plain = tmp_path / "plain.csv"
    plain.write_text("visit,at,kind,look_for,text\nV1,,n,,x\n", "utf-8")
    assert "Only a workbook has sheets" in shell("import", plain, "--sheet", "x", code=1).stderr


def test_a_mistake_in_the_map_is_told_by_its_line(shell: Shell, tmp_path: Path, form: Path) -> None:
    file = tmp_path / "m.toml"
    file.write_text('[[column]]\nheader = "a"\nis = "teacher"\n', "utf-8")
    assert "m.toml, line 3" in shell("import", form, "--columns", file, code=1).stderr
    missing = shell("import", form, "--columns", tmp_path / "nix.toml", code=1)
    assert "nix.toml cannot be read" in missing.stderr
    both = shell("import", form, "--columns", file, "--save-columns", file, code=2)
    assert "does not go with" in both.stderr


def test_what_was_assumed_is_told(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes("visit;at;kind;look_for;text\nV1;;n;;café\n".encode("cp1252"))
    told = shell("import", path).stderr.splitlines()
    assert told == ["Read as Windows-1252: it is not UTF-8", "Columns separated by semicolons"]


def test_a_table_that_cannot_be_opened_is_told_in_words(shell: Shell, tmp_path: Path) -> None:
    """Never in the system's own, which are English and speak of errors."""
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    inside = tmp_path / "no.xlsx" / "inside.xlsx"
    for path, why in (
        (tmp_path / "gone.csv", "it is not there"),
        (loop, "it is a link that leads nowhere"),
        (inside, "it is not there"),
    ):
        assert f"cannot be read: {why}." in shell("import", path, code=1).stderr
    assert "cannot be read: it is not there." in shell("new", tmp_path / "no.toml", code=1).stderr
