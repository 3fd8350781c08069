"""`walk plan` and `walk notice` as a person at a shell meets them: words, files and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from tests.desks import desk_at
from tests.routine.test_notice import PLAN
from walk.cli import walk
from walk.routine.planning import ready, rotation

PLACES = """
[[place]]
code = "V1"
place = "Room 12"
own_room_of = ["Ottilie"]
"""


class Shell:
    """Runs the two commands on one store."""

    def __init__(self, folder: Path) -> None:
        self.store = folder / "own.walkdb"

    def __call__(self, *said: str, code: int = 0) -> Result:
        """Run a command that ends with this code, and never with a trace."""
        result = CliRunner().invoke(
            walk, ["--store", str(self.store), *said], prog_name="walk", color=True
        )
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        assert "\x1b" not in result.output
        return result

    def refused(self, *said: str) -> str:
        """Run a command that is refused with a cause and a mend."""
        result = self(*said, code=1)
        assert result.stdout == ""
        cause, mend = result.stderr.splitlines()[:2]
        assert cause.startswith("walk: ")
        assert mend.startswith("      ")
        return cause


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in a folder with a plan file."""
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    return Shell(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "plan.toml")


@pytest.fixture
def planned(shell: Shell, file: str) -> Shell:
    """A shell with a walk that has a rotation."""
    shell("new", file)
    with desk_at(shell.store) as desk:
        rotation.make(desk)
    return shell


# A plan file


def test_a_plan_file_is_planned_without_a_store(shell: Shell, file: str) -> None:
    said = shell("plan", file)
    assert "1     09:05–09:17  09:20        09:24" in said.stdout
    assert not shell.store.exists()


def test_the_json_has_its_fixed_shape(shell: Shell, file: str) -> None:
    said = shell("plan", file, "--json").stdout
    assert said.isascii()
    shape = json.loads(said)
    assert {"slots", "dropped", "rooms", "ends", "warnings"} <= shape.keys()
    assert shape["slots"][0] == {
        "team": "A",
        "visit": shape["slots"][0]["visit"],
        "slot": 1,
        "enter": "2026-12-01T09:05:00-06:00",
        "leave": "2026-12-01T09:17:00-06:00",
        "write_until": "2026-12-01T09:20:00-06:00",
        "talk_until": "2026-12-01T09:24:00-06:00",
    }
    assert shape["dropped"] == []


def test_a_plan_without_a_focus_can_be_planned(shell: Shell, tmp_path: Path) -> None:
    bare = tmp_path / "bare.toml"
    bare.write_text('[[visit]]\ncode = "V1"\n[[visit]]\ncode = "V2"\n', "utf-8")
    said = shell("plan", str(bare), "--json")
    assert len(json.loads(said.stdout)["slots"]) == 2
    assert "No start is set" in said.stderr


def test_an_empty_plan_is_told_and_printed(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty.toml").write_text("", "utf-8")
    for form in ((), ("--json",), ("--ics",), ("--html",)):
        said = shell("plan", str(tmp_path / "empty.toml"), *form)
        assert said.stdout
        assert "walk: No visits yet" in said.stderr


def test_what_is_dropped_is_told_on_stderr_and_the_rest_is_printed(
    shell: Shell, file: str, tmp_path: Path
) -> None:
    rooms = tmp_path / "places.toml"
    rooms.write_text(PLACES.replace('["Ottilie"]', '["Ottilie", "Casimir"]'), "utf-8")
    said = shell("plan", file, "--places", str(rooms))
    assert "walk: V1 is not visited: own room" in said.stderr
    assert "NOT VISITED\n- V1\n" in said.stdout
    assert "own room" not in said.stdout, "a page is handed on"
    assert "V2" in said.stdout


@pytest.mark.parametrize("name", ["n.pdf", "n.DOCX"])
def test_a_text_is_not_written_as_what_it_is_not(shell: Shell, file: str, name: str) -> None:
    path = Path(file).with_name(name)
    said = shell("plan", file, "-o", str(path), code=1)
    assert "file can be written: these pages are text." in said.stderr
    assert not path.exists()


def test_an_owner_whom_the_plan_does_not_know_is_told(
    shell: Shell, file: str, tmp_path: Path
) -> None:
    rooms = tmp_path / "places.toml"
    rooms.write_text(PLACES.replace('["Ottilie"]', '["Otilie"]'), "utf-8")
    said = shell("plan", file, "--places", str(rooms))
    assert "walk: places: Otilie is not on the roster" in said.stderr
    assert "Otilie" not in said.stdout


def test_own_rooms_come_from_the_places_file_and_no_place_is_said(
    shell: Shell, file: str, tmp_path: Path
) -> None:
    rooms = tmp_path / "places.toml"
    rooms.write_text(PLACES, "utf-8")
    for form in ("--json", "--ics", "--html"):
        assert "Room 12" not in shell("plan", file, "--places", str(rooms), form).stdout
    slots = json.loads(shell("plan", file, "--places", str(rooms), "--json").stdout)["slots"]
    assert {one["visit"] for one in slots if one["team"] == "A"} == {"V2"}
    asked = shell("plan", file, "--places", str(rooms), "--ics", "--where")
    assert "LOCATION:Room 12" in asked.stdout
    assert "This calendar names rooms" in asked.stderr
    assert "No places" in shell.refused("plan", file, "--ics", "--where")


def test_a_file_and_its_walk_have_the_same_calendar_events(planned: Shell, file: str) -> None:
    def uids(*said: str) -> set[str]:
        written = planned("plan", *said, "--ics").stdout_bytes
        return {str(one["uid"]) for one in Calendar.from_ical(written).walk("VEVENT")}

    assert uids() == uids(file)


# A walk in the store


def test_the_rotation_of_a_walk_is_printed(planned: Shell) -> None:
    said = planned("plan")
    assert said.stdout.startswith("Rotation: Press for evidence\nLincoln, 1 December 2026")
    assert json.loads(planned("plan", "2026-12-01", "--json").stdout)["slots"]
    assert "<h1" in planned("plan", "--html").stdout
    assert "V3" in planned("plan", "--team", "B").stdout
    assert "no walk here is called" in planned.refused("plan", "1999-01-01").lower()
    assert "No team Z" in planned.refused("plan", "--team", "Z")


def test_what_is_not_made_or_no_longer_holds_is_told(shell: Shell, file: str) -> None:
    shell("new", file)
    assert "No rotation has been made yet" in shell("plan").stderr
    with desk_at(shell.store) as desk:
        rotation.make(desk)
    assert "rotation" not in shell("plan").stderr
    Path(file).write_text(PLAN.replace("08:50", "09:10"), "utf-8")
    shell("new", file)
    for form in ((), ("--json",), ("--ics",)):
        told = shell("plan", *form).stderr
        assert told.count("The rotation was made before the plan changed") == 1


def test_the_calendar_goes_out_byte_by_byte(planned: Shell, tmp_path: Path) -> None:
    printed = planned("plan", "--ics").stdout_bytes
    assert printed.count(b"\r\n") == printed.count(b"\n") > 20
    out = tmp_path / "walk.ics"
    assert planned("plan", "-o", str(out)).stdout == f"Wrote {out}\n"
    assert out.read_bytes() == printed


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.html", "<!doctype html>"),
        ("a.md", "# Rotation"),
        ("a.txt", "Rotation: "),
        ("a.json", "{"),
        ("a", "Rotation: "),
    ],
)
def test_the_form_follows_the_ending(
    planned: Shell, tmp_path: Path, name: str, begins: str
) -> None:
    planned("plan", "-o", str(tmp_path / name))
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_nothing_that_is_read_is_written_over(planned: Shell, file: str) -> None:
    before = Path(file).read_bytes()
    assert "is read for this" in planned.refused("plan", file, "-o", file)
    assert "is read for this" in planned.refused("plan", "-o", str(planned.store))
    assert "is read for this" in planned.refused("notice", "-o", str(planned.store))
    assert Path(file).read_bytes() == before
    assert "cannot be written" in planned.refused("plan", "-o", f"{file}/nowhere/a.md")


@pytest.mark.parametrize(
    "said",
    [
        ("plan", "--json", "--ics"),
        ("plan", "--where"),
        ("plan", "--json", "--team", "A"),
        ("plan", "--places", "places.toml"),
        ("notice", "--what", "letter"),
        ("notice", "--what", "slips", "--schedule"),
        ("notice", "--team", "A"),
        ("notice", "--format", "docx"),
    ],
)
def test_wrong_use_is_told_with_code_two(planned: Shell, said: tuple[str, ...]) -> None:
    result = planned(*said, code=2)
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: walk")


def test_a_plan_that_cannot_be_read_is_refused(shell: Shell, tmp_path: Path) -> None:
    assert "nothere.toml" in shell.refused("plan", str(tmp_path / "nothere.toml"))
    (tmp_path / "odd.toml").write_text("[walk\n", "utf-8")
    assert "odd.toml" in shell.refused("plan", str(tmp_path / "odd.toml"))
    assert "no walk here yet" in shell.refused("plan")


# The pages


def test_the_notice_is_printed_in_three_forms(planned: Shell, tmp_path: Path) -> None:
    assert planned("notice").stdout.startswith("Notice of a Learning Walk\n")
    assert planned("notice", "--format", "md").stdout.startswith("# Notice")
    page = planned("notice", "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    out = tmp_path / "notice.html"
    assert planned("notice", "-o", str(out)).stdout == f"Wrote {out}\n"
    assert out.read_text("utf-8") == page
    assert "V1: 09:" in planned("notice", "--schedule").stdout


def test_overview_and_slips_are_printed(planned: Shell) -> None:
    assert "What will happen" in planned("notice", "--what", "overview").stdout
    both = planned("notice", "--what", "slips").stdout
    assert "Team A" in both
    assert "Team B" in both
    alone = planned("notice", "2026-12-01", "--what", "slips", "--team", "B").stdout
    assert "Team A" not in alone
    assert "No places" in planned.refused("notice", "--what", "slips", "--where")


def test_slips_without_a_rotation_say_so(shell: Shell, file: str) -> None:
    shell("new", file)
    said = shell("notice", "--what", "slips")
    assert "No stops are planned" in said.stdout
    assert "No rotation has been made yet" in said.stderr
    assert "m under Rotation makes it" in said.stderr
    for team in ("A", "Z"):  # a plan may name teams before they have stops
        refused = shell("notice", "--what", "slips", "--team", team, code=1).stderr
        assert "m under Rotation makes it" in refused


def test_likely_names_are_printed_told_and_cleared(planned: Shell) -> None:
    with desk_at(planned.store) as desk:
        ready.record_meeting(desk, agreed="Ms Ortiz opens her room")
    said = planned("notice")
    assert "Ms Ortiz" in said.stdout
    assert "“Ms Ortiz” looks like a name; the page is printed as it is." in said.stderr
    assert "--no-person" in said.stderr
    assert "Ms Ortiz" not in planned("notice", "--no-person", "Ms Ortiz").stderr
    assert "Ms Ortiz" not in planned("notice").stderr  # remembered
