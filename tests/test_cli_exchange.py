"""Tables, plans, packs and receipts by the command line, as a new user meets them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import shells
from tests.shells import EXAMPLE, TABLE, Shell, example, notes, table
from walk import cli
from walk.commands import importing
from walk.routine.planning import prepare, rooms
from walk.routine.start import open_desk

shell = shells.shell
planned = shells.planned


# Import


def test_an_import_prints_a_fixed_shape(shell: Shell, tmp_path: Path) -> None:
    path = table(tmp_path, f"{TABLE}V1,xx,n,,late,Ana\n")
    command = ["--store", str(shell.store), "import", path, "--json"]
    done = CliRunner().invoke(cli.walk, command)
    assert (done.exit_code, done.stderr) == (1, "")  # the refused row stands in the answer
    first = json.loads(done.stdout)
    assert list(first) == ["walk", "added", "already_here", "refused"]
    assert re.fullmatch(r"[0-9a-f]{32}", first["walk"])
    assert (first["added"], first["already_here"]) == (2, 0)
    assert [(one["line"], list(one)) for one in first["refused"]] == [(4, ["line", "why"])]
    again = json.loads(CliRunner().invoke(cli.walk, command).stdout)
    assert again == {**first, "added": 0, "already_here": 2}


def test_an_import_says_its_counts_and_names_bad_rows(shell: Shell, tmp_path: Path) -> None:
    path = table(tmp_path, "visit,at,kind,look_for,text,walker,mood\nV1,,n,,a,,x\n,,n,,b,,x\n")
    result = CliRunner().invoke(cli.walk, ["--store", str(shell.store), "import", path])
    assert result.exit_code == 1  # as a collect of which one pack was refused
    assert re.fullmatch("1 added, 0 already here, 1 refused · walk [0-9a-f]{8}\n", result.stdout)
    assert result.stderr.splitlines() == [
        "line 3: the visit is empty; write its code, such as V1", "Columns not read: mood",
    ]  # fmt: skip
    bad = table(tmp_path, "visit,at,kind,look_for,text\n,,n,,b\n", "bad.csv")
    assert shell("import", bad, code=1).stdout == "0 added, 0 already here, 1 refused\n"


def test_an_import_goes_into_the_walk_that_is_named(planned: Shell, tmp_path: Path) -> None:
    said = json.loads(planned("import", table(tmp_path), "--into", "2026-11-24", "--json").stdout)
    assert len(planned("history").stdout.splitlines()) == 1
    assert said["walk"][-8:] in planned("history").stdout
    assert "nix" in planned.refused("import", table(tmp_path), "--into", "nix")


def test_progress_is_shown_row_by_row_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    show = importing._progress()
    show(0, 2500)
    show(1000, 2500)
    show(2500, 2500)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.split("\r") == [
        "",
        "2,500 notes read   ",
        "1,000 of 2,500 notes   ",
        "2,500 of 2,500 notes   \n",
    ]


# Plan, packs and receipts


def test_a_plan_says_what_it_made_and_what_it_changed(shell: Shell, tmp_path: Path) -> None:
    path = Path(example(tmp_path))
    would = shell("new", str(path), "--dry-run").stdout
    assert would.startswith("Would make walk ")
    assert path.read_bytes() == EXAMPLE.read_bytes()
    made = shell("new", str(path)).stdout
    assert made == would.replace("Would make", "Made") + "  its id stands in example.toml now\n"
    assert "  3 visits\n  3 look-fors\n  3 walkers\n" in made
    text = path.read_text("utf-8")
    (id_line,) = [line for line in text.splitlines() if line.startswith("id = ")]
    path.write_text(text.replace("Press for evidence, Nov", "Evidence, Nov"), "utf-8")
    told = shell("new", str(path), "--dry-run").stdout
    assert told.startswith("Would change walk ")
    assert "  changed: walk (title)\n" in told
    assert "  changed: walk (title)\n" in shell("new", str(path)).stdout
    said = json.loads(shell("new", str(path), "--json").stdout)
    assert said == {"walk": id_line[6:-1], "new": False, "changes": ["nothing has changed"]}
    path.write_text(text.replace("teachers = 4", 'teachers = "four"'), "utf-8")
    told = shell("new", str(path), code=1).stderr
    assert re.match(r"walk: example\.toml, line \d+, \[focus\]: teachers must be", told)


def test_what_the_app_changed_comes_back_into_the_plan(planned: Shell, tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    assert planned("new", str(path), "--write-back").stdout == f"Nothing to change in {path}\n"
    with open_desk(planned.store) as desk:
        rooms.change_mode(desk, prepare.visits(desk)[1], "recorded")
    before = path.read_bytes()
    told = planned("new", str(path), "--write-back", "--dry-run").stdout
    assert told == f"Would write {path}\n  changed: visit V2 (mode)\n"
    assert path.read_bytes() == before
    wrote = planned("new", str(path), "--write-back").stdout
    assert wrote == told.replace("Would write", "Wrote")
    assert path.read_text("utf-8").count('mode = "recorded"') == 2
    assert "nothing has changed" in planned("new", str(path)).stdout
    fresh = tmp_path / "fresh.toml"
    said = json.loads(planned("new", str(fresh), "--write-back", "--json").stdout)
    assert (said["new"], said["changes"]) == (True, [])
    assert "nothing has changed" in planned("new", str(fresh)).stdout
    other = Shell(tmp_path / "other.walkdb")
    assert "No walk here was made from" in other.refused("new", str(path), "--write-back")


def test_places_are_taken_apart_from_the_plan(planned: Shell, tmp_path: Path) -> None:
    plan, rooms = str(tmp_path / "example.toml"), tmp_path / "PLACES.toml"
    rooms.write_text('[[place]]\ncode = "V1"\nplace = "Quill"\n[[place]]\ncode = "V7"\n', "utf-8")
    command = ["--store", str(planned.store), "new", plan, "--places", str(rooms)]
    said = CliRunner().invoke(cli.walk, command)
    assert said.exit_code == 0
    assert "  added: place of V1\n  added: place of V7\n" in said.stdout
    assert said.stderr == "walk: places: V7 is no visit of this walk\n"
    assert "Quill" not in said.stdout + said.stderr
    said = json.loads(planned("new", plan, "--places", str(rooms), "--json").stdout)
    assert said["places"] == {"changes": [], "warnings": ["places: V7 is no visit of this walk"]}
    rooms.write_text("[[place]]\n", "utf-8")
    empty = Shell(tmp_path / "empty.walkdb")
    told = empty.refused("new", plan, "--places", str(rooms))
    assert "PLACES.toml, line 1, [[place]] 1: code is missing" in told
    assert empty("history").stdout == "There is no walk here yet.\n"
    empty("new", plan, "--places", str(rooms), "--write-back", code=2)


def test_three_laptops_share_one_walk(planned: Shell, tmp_path: Path) -> None:
    plan, anas, bens = (str(tmp_path / f"{name}.walk") for name in ("plan", "cleo", "ben"))
    assert planned("share", "--plan", "-o", plan).stdout.startswith(f"Wrote {plan}\n")
    cleo, ben = Shell(tmp_path / "cleo.walkdb"), Shell(tmp_path / "ben.walkdb")
    assert cleo("join", plan, "--as", "cleo").stdout == (
        "Joined “Press for evidence, November” as Cleo\n3 visits: V1, V2, V3\n"
    )
    ben("join", plan, "--as", "Ben")
    assert "Ana, Ben, Cleo" in Shell(tmp_path / "zoe.walkdb").refused("join", plan, "--as", "Zoe")
    cleo("note", "V1", "from walker 1")
    cleo("share", "-o", anas)
    said = planned("collect", anas).stdout
    assert "cleo.walk (Cleo): 2 new entries" in said
    assert "Nothing yet from: Ana, Ben.\n" in said
    ben("note", "V1", "from walker 2")
    ben("share", "-o", bens)
    receipt = json.loads(planned("collect", str(tmp_path), "--json").stdout)
    assert {one["file"] for one in receipt["packs"]} == {"ben.walk", "cleo.walk", "plan.walk"}
    assert receipt["missing_walkers"] == ["Ana"]
    assert set(receipt["packs"][0]) >= {
        "file", "walker", "added", "already_here", "conflicts", "refused",
    }  # fmt: skip
    assert sorted(one.text for one in notes(planned)) == ["from walker 1", "from walker 2"]
    assert "entries removed" in planned("collect", "--undo").stdout
    assert [one.text for one in notes(planned)] == ["from walker 1"]
    planned("collect", "--undo")
    assert "no collect" in planned.refused("collect", "--undo")


def test_a_pack_that_cannot_be_read_is_a_problem_beside_the_receipt(
    planned: Shell, tmp_path: Path
) -> None:
    pack = tmp_path / "all.walk"
    planned("share", "-o", str(pack))
    cut = tmp_path / "cut.walk"
    cut.write_bytes(pack.read_bytes()[:-100])
    late = Shell(tmp_path / "late.walkdb")
    command = ["--store", str(late.store), "collect", str(cut), str(pack), str(tmp_path / "gone")]
    result = CliRunner().invoke(cli.walk, command)
    assert result.exit_code == 1  # one was refused, though what could be read was taken in
    assert result.stdout.startswith("all.walk")
    assert "cut.walk: not taken in." in result.stderr
    assert "gone: not taken in." in result.stderr
    assert "not taken in" in late("collect", str(cut), code=1).stderr
    result = CliRunner().invoke(
        cli.walk, ["--store", str(late.store), "collect", "--json", str(cut)]
    )
    assert result.exit_code == 1
    assert json.loads(result.stdout)["packs"][0]["refused"]
    late.refused("join", str(cut), "--as", "Ana")
    late.refused("join", str(EXAMPLE), "--as", "Ana")
    for name in ("", "all", str(late.store), str(tmp_path / "gone" / "x.walk"), "/proc/x.walk"):
        late.refused("share", "-o", name)
