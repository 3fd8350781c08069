"""The door on the command line: what waits is told on stderr, and the work is done all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.desks import begin_small, desk_at, texts, the_visit
from tests.names import known_names  # noqa: F401
from walk.cli import walk
from walk.routine.following import steps
from walk.routine.visiting import visit, write

MEND = "      Reword it in walk; or, where no person is meant, say --no-person WORDS.\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with a walk on which one form holds two notes, one with a name."""
    path = tmp_path / "own.walkdb"
    with desk_at(path) as desk:
        begin_small(desk)
        form = write.form_for(desk, the_visit(desk, "V1"))
        for line in ("S1 points", "Ms Ortiz \x1b[31mwaits"):
            visit.add_note(desk, form, line, from_paper=True)
    return path


def run(store: Path, *said: str) -> Result:
    result = CliRunner().invoke(walk, ["--store", str(store), *said])
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.output
    return result


def collected(pack: Path) -> list[str]:
    """The texts that a pack brings to an empty laptop."""
    other = pack.with_suffix(".walkdb")
    run(other, "collect", str(pack))
    with desk_at(other) as desk:
        return texts(desk)


def test_share_tells_what_waits_and_packs_the_rest(store: Path, tmp_path: Path) -> None:
    said = run(store, "share", "-o", str(tmp_path / "one.walk"))
    assert said.stdout.startswith("Wrote ")
    assert said.stderr == f"walk: 1 note waits here: “Ms Ortiz” looks like a name.\n{MEND}"
    assert collected(tmp_path / "one.walk") == ["S1 points"]
    cleared = ("--no-person", "ms ortiz", "--no-person", "Mr Bell")
    assert run(store, "share", "-o", str(tmp_path / "two.walk"), *cleared).stderr == ""
    assert len(collected(tmp_path / "two.walk")) == 2
    assert run(store, "share", "-o", str(tmp_path / "three.walk")).stderr == ""  # remembered


def test_a_plan_pack_waits_for_nothing(store: Path, tmp_path: Path) -> None:
    assert run(store, "share", "--plan", "-o", str(tmp_path / "plan.walk")).stderr == ""


def test_a_note_from_the_shell_is_saved_and_its_name_told(store: Path) -> None:
    said = run(store, "note", "V2", "Mr Bell asks").stdout
    assert said == "Noticing saved for V2\n1 note waits here: “Mr Bell” looks like a name\n"


def test_the_summary_leaves_out_and_tells_in_every_form(store: Path, tmp_path: Path) -> None:
    with desk_at(store) as desk:
        steps.add(desk, "Mr Bell plans", owner="principal")
    said = run(store, "summary", "--json")
    shape = json.loads(said.stdout)
    assert (shape["notes"], shape["steps"][0]["what"]) == (2, "(left out for now)")
    assert said.stderr == f"walk: 1 line is left out: “Mr Bell” looks like a name.\n{MEND}"
    file = tmp_path / "letter.html"
    assert "“Mr Bell”" in run(store, "summary", "-o", str(file)).stderr
    assert "Mr Bell" not in file.read_text("utf-8")
    said = run(store, "summary", "--no-person", "Mr Bell")
    assert (said.stderr, "Mr Bell plans" in said.stdout) == ("", True)
