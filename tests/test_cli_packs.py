"""Packs from the shell: places beside a plan, locked packs, receipts for programs, and undo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.desks import desk_at, texts
from tests.routine.laptops import PLAN
from walk.cli import walk
from walk.commands.passphrase import VARIABLE
from walk.intake.plan import Place, Places
from walk.routine.planning import places

WORDS = "four plain words"


class Laptop:
    """One laptop and its shell."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def __call__(self, *said: str, code: int = 0, env: dict[str, str] | None = None) -> Result:
        """Run a command; its exit code is as it has to be."""
        done = CliRunner().invoke(walk, ("--store", str(self.store), *said), env=env)
        assert done.exit_code == code, done.output + done.stderr
        return done


@pytest.fixture
def lead(tmp_path: Path) -> Laptop:
    """The lead's laptop with a plan of three walkers, and places of its visits."""
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    laptop = Laptop(tmp_path / "lead.walkdb")
    laptop("new", str(tmp_path / "plan.toml"))
    with desk_at(laptop.store) as desk:
        places.write(desk, Places((Place("V1", "Room 12"),)))
    return laptop


def test_places_go_beside_the_plan_and_are_taken_by_name(lead: Laptop, tmp_path: Path) -> None:
    plan = tmp_path / "day.walk"
    lead("share", "--plan", "-o", str(plan))
    assert not (tmp_path / "day-places.toml").exists()
    said = lead("share", "--plan", "--places", "-o", str(plan)).stdout
    assert "day-places.toml" in said
    assert "Room 12" not in said
    assert "add --plan" in lead("share", "--places", "-o", str(plan), code=1).stderr
    ana, ben = Laptop(tmp_path / "ana.walkdb"), Laptop(tmp_path / "ben.walkdb")
    ana("join", str(plan), "--as", "Ana")
    taken = ben("join", str(plan), "--as", "Ben", "--places", str(tmp_path / "day-places.toml"))
    assert "Places taken from day-places.toml" in taken.stdout
    with desk_at(ana.store) as desk:
        assert places.read(desk).places == ()
    with desk_at(ben.store) as desk:
        assert [one.place for one in places.read(desk).places] == ["Room 12"]


def test_a_locked_plan_and_pack_open_with_their_passphrase(lead: Laptop, tmp_path: Path) -> None:
    plan, pack = tmp_path / "plan.walk", tmp_path / "ana.walk"
    env = {VARIABLE: WORDS}
    assert (
        "It is locked" in lead("share", "--plan", "--passphrase", "-o", str(plan), env=env).stdout
    )
    assert WORDS.encode() not in plan.read_bytes()
    ana = Laptop(tmp_path / "ana.walkdb")
    assert "is locked" in ana("join", str(plan), "--as", "Ana", code=1).stderr
    ana("join", str(plan), "--as", "Ana", env=env)
    ana("note", "V1", "S1 points to line 4")
    ana("share", "--passphrase", "-o", str(pack), env=env)
    assert "locked" in lead("collect", str(pack), code=1).stderr
    assert (
        "does not open" in lead("collect", str(pack), code=1, env={VARIABLE: "other words"}).stderr
    )
    lead("collect", str(pack), env=env)
    with desk_at(lead.store) as desk:
        assert texts(desk) == ["S1 points to line 4"]


def test_the_receipt_for_programs_is_extended_and_never_changed(
    lead: Laptop, tmp_path: Path
) -> None:
    ana, pack = Laptop(tmp_path / "ana.walkdb"), tmp_path / "ana.walk"
    lead("share", "--plan", "-o", str(tmp_path / "plan.walk"))
    ana("join", str(tmp_path / "plan.walk"), "--as", "Ana")
    ana("note", "V1", "S1 points to line 4")
    ana("share", "-o", str(pack))
    said = json.loads(lead("collect", str(pack), str(tmp_path), "--json").stdout)
    assert [one["file"] for one in said["packs"]] == ["ana.walk", "plan.walk"]
    first = said["packs"][0]
    assert {name: type(first[name]) for name in ("added", "already_here", "conflicts")} == {
        "added": int,
        "already_here": int,
        "conflicts": int,
    }
    assert (first["walker"], first["refused"], first["kind"]) == ("Ana", "", "share")
    assert said["missing_walkers"] == ["Ben", "Lea"]
    assert said["walkers_in"] == ["Ana"]
    assert "2 entries removed" in lead("collect", "--undo").stdout
    assert "no collect" in lead("collect", "--undo", code=1).stderr


def test_what_the_system_calls_unreadable_is_told_pack_by_pack(
    lead: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the command line refused it, one bad path would keep all the others out."""
    plan = tmp_path / "day.walk"
    lead("share", "--plan", "-o", str(plan))
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    said = lead("collect", str(plan), str(tmp_path / "gone.walk"), code=1)
    assert "day.walk: nothing new" in said.stdout
    assert "gone.walk is not there" in said.stderr


def test_a_plan_that_is_a_folder_is_named(lead: Laptop) -> None:
    assert ". cannot be read" in lead("new", ".", code=1).stderr


def test_an_empty_name_is_not_the_folder_one_is_in(lead: Laptop) -> None:
    assert "A path without a name" in lead("collect", "", code=2).stderr


def test_a_link_that_leads_to_itself_is_told_as_that(lead: Laptop, tmp_path: Path) -> None:
    loop = tmp_path / "loop.walk"
    loop.symlink_to(loop)
    for named in (loop, tmp_path):
        said = lead("collect", str(named), code=1)
        assert "loop.walk is a link that leads nowhere" in said.stderr
