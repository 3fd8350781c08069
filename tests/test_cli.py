"""The command line as a new user meets it: its words, its exit codes, its files; never a trace."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.desks import begin_small, desk_at, oddly_named, texts, the_visit
from walk import cli, cli_import
from walk.model import Form, Note
from walk.routine import debrief, prepare, stating, steps, visit
from walk.routine.start import open_desk

EXAMPLE = Path(__file__).parents[1] / "docs" / "plan-example.toml"
TABLE = """visit,at,kind,look_for,text,walker
V1,30,noticing,Pointing,S1 points to line 4,Ana
V2,1:30,wondering,,What do students reach for?,Ben
"""
ACTS_ON_A_TERMINAL = re.compile(r"[\x00-\x08\x0b-\x1f\x80-\x9f\u202a-\u202e\u2066-\u2069]")


class Shell:
    """Runs walk on one store and looks at what everyone may rely on."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def __call__(self, *said: str, code: int = 0) -> Result:
        """Run a command that ends with this code; a refusal has its cause and mend on stderr."""
        command = ("--store", str(self.store), *said)
        result = CliRunner().invoke(cli.walk, command, prog_name="walk", color=True)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        assert not ACTS_ON_A_TERMINAL.search(result.output)
        assert (result.stderr == "") is (code == 0)
        if code == 2:
            assert result.stderr.startswith("Usage: walk")
        return result

    def refused(self, *said: str) -> str:
        """Run a command that is refused in words: a cause, and a mend below it."""
        result = self(*said, code=1)
        assert result.stdout == ""
        cause, mend = result.stderr.splitlines()[:2]
        assert cause.startswith("walk: ")
        assert mend.startswith("      ")
        return result.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell with an empty store."""
    return Shell(tmp_path / "own.walkdb")


@pytest.fixture
def planned(shell: Shell, tmp_path: Path) -> Shell:
    """A shell with the walk of the example plan."""
    shell("new", example(tmp_path))
    return shell


def example(folder: Path) -> str:
    """The path of a copy of the example plan: `walk new` writes an id into it."""
    path = folder / "example.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    return str(path)


def table(folder: Path, text: str = TABLE, name: str = "notes.csv") -> str:
    """The path of a table with this text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def notes(shell: Shell) -> list[Note]:
    """Every note of the walk that was opened last."""
    with open_desk(shell.store) as desk:
        return [one.record for one in desk.store.all(Note, desk.walk_id)]


def python(*said: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `python -m walk` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "walk", *said],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **(env or {})},
        timeout=60,
        check=False,
    )


# The program itself


def test_help_names_every_command_in_one_line(shell: Shell) -> None:
    said = shell("--help").stdout
    assert shell("-h").stdout == said
    listed = said.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in listed] == [
        "demo", "new", "plan", "note", "import", "share", "join", "collect", "summary",
        "visit-sheet", "teacher-note", "debrief-sheet", "agenda", "notice", "language",
        "practice", "steps", "history", "district", "search", "backup", "restore", "erase",
        "purge", "doctor",
    ]  # fmt: skip
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


@pytest.mark.parametrize("command", list(cli.walk.commands))
def test_each_command_has_help(shell: Shell, command: str) -> None:
    assert f"Usage: walk {command}" in shell(command, "--help").stdout
    assert not shell.store.exists()


def test_the_version_carries_the_notice(shell: Shell) -> None:
    said = shell("--version").stdout
    assert said.startswith("walk 0.")
    assert "registered trademark of the University of Pittsburgh" in said
    assert "no endorsement is claimed" in said


@pytest.mark.parametrize(
    "said",
    [
        ("nosuch",),
        ("--nosuch",),
        ("note", "V1"),
        ("import",),
        ("share",),
        ("join", "plan.walk"),
        ("collect",),
        ("collect", "--undo", "a.walk"),
        ("summary", "--format", "docx"),
        ("summary", "a", "b"),
        ("note", "V1", "x", "--look-for", "two"),
    ],
)
def test_wrong_use_is_told_with_the_usage(shell: Shell, said: tuple[str, ...]) -> None:
    shell(*said, code=2)


@pytest.mark.parametrize(
    "said",
    [
        (),
        ("note", "V1", "x"),
        ("share", "-o", "x.walk"),
        ("summary",),
        ("summary", "abc"),
        ("summary", "2025-10-14"),
        ("summary", ""),
        ("steps",),
        ("collect", "--undo"),
        ("new", "nix.toml"),
        ("import", "nix.csv"),
        ("join", "nix.walk", "--as", "Ana"),
    ],
)
def test_where_nothing_is_yet_the_way_on_is_named(shell: Shell, said: tuple[str, ...]) -> None:
    shell.refused(*said)


def test_walk_needs_a_terminal_for_the_app(tmp_path: Path) -> None:
    done = python("--store", str(tmp_path / "own.walkdb"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "needs a terminal" in done.stderr
    assert "walk --help" in done.stderr


def test_the_store_is_named_by_option_then_by_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALK_STORE", str(tmp_path / "by variable.walkdb"))
    said = CliRunner().invoke(cli.walk, ["doctor"]).stdout
    assert f"Store: {tmp_path / 'by variable.walkdb'}" in said
    said = Shell(tmp_path / "by option.walkdb")("doctor").stdout
    assert f"Store: {tmp_path / 'by option.walkdb'}" in said
    monkeypatch.delenv("WALK_STORE")
    said = CliRunner().invoke(cli.walk, ["doctor"]).stdout
    assert "walk.walkdb" in said
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    Shell(Path("~/at home.walkdb"))("history")
    assert (tmp_path / "at home.walkdb").exists()


def test_a_narrow_encoding_ends_no_letter_in_the_middle(tmp_path: Path) -> None:
    with open_desk(tmp_path / "own.walkdb") as desk:
        begin_small(desk)
        steps.add(desk, "claim → source")
    said = ("--store", str(tmp_path / "own.walkdb"), "steps")
    done = python(*said, env={"PYTHONIOENCODING": "latin-1"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "no date yet  school leader: claim ? source"


def test_words_that_cannot_be_written_are_no_trace(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with open(tmp_path / "out", "rb") as closed_to_writing:
        done = subprocess.run(
            [sys.executable, "-m", "walk", "history"],
            stdout=closed_to_writing,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("walk: The system refused")
    assert len(done.stderr.splitlines()) == 2


# The demo


def test_the_demo_prints_its_summary_and_keeps_nothing(shell: Shell, tmp_path: Path) -> None:
    said = CliRunner().invoke(cli.walk, ["demo"])
    assert said.exit_code == 0
    assert "Lincoln (sample)" in said.stdout
    assert json.loads(CliRunner().invoke(cli.walk, ["demo", "--json"]).stdout)["visits"] == 4
    assert list(tmp_path.glob("*.walkdb")) == []
    shell("demo", "--json")
    assert "closed" in shell("history").stdout


# The summary


def test_the_summary_has_a_fixed_shape(shell: Shell) -> None:
    shell("demo")
    said = json.loads(shell("summary", "--json").stdout)
    assert said == json.loads(shell("summary", "--format", "json").stdout)
    assert {
        "walk": str, "visits": int, "notes": int, "noticings": int, "wonderings": int,
        "look_fors": list, "trends": list, "parked": int, "steps": list, "caution": str,
    }.items() <= {name: type(value) for name, value in said.items()}.items()  # fmt: skip
    assert set(said["look_fors"][0]) >= {"name", "noticings", "wonderings", "visits"}
    assert set(said["trends"][0]) >= {
        "statement", "kind", "visits", "contrary_visits", "noticings",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "ending", "starts"),
    [
        ("text", "txt", "Staff summary"),
        ("json", "json", "{"),
        ("md", "md", "# "),
        ("html", "HTML", "<!doctype html>"),
    ],
)
def test_a_file_has_what_is_printed_by_its_ending_or_by_format(
    planned: Shell, tmp_path: Path, form: str, ending: str, starts: str
) -> None:
    printed = planned("summary", "--format", form).stdout
    assert printed.startswith(starts)
    by_ending, by_format = tmp_path / f"letter.{ending}", tmp_path / "letter"
    assert planned("summary", "-o", str(by_ending)).stdout == f"Wrote {by_ending}\n"
    planned("summary", "--format", form, "-o", str(by_format))
    assert by_ending.read_text("utf-8") == by_format.read_text("utf-8") == printed
    assert not list(tmp_path.glob(".*"))


def test_a_letter_that_cannot_be_written_leaves_what_is_there(
    planned: Shell, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    for name in ("", "/", "..", str(tmp_path), "/proc/x.md", "gone/x.md", f"{tmp_path}/file/x.md"):
        planned.refused("summary", "-o", name)
    before = planned.store.read_bytes()
    assert "is the store itself" in planned.refused("summary", "-o", str(planned.store))
    assert planned.store.read_bytes() == before


def test_a_walk_is_found_by_id_or_date_and_never_guessed(shell: Shell, tmp_path: Path) -> None:
    ids = []
    for title, date in (("one", "2026-11-24"), ("two", "2026-11-24"), ("three", "2026-12-01")):
        path = tmp_path / "plan.toml"
        path.write_text(
            f'[walk]\ntitle = "{title}"\ndate = {date}\n[focus]\nstatement = "x"\n'
            '[[visit]]\ncode = "V1"\n'
        )
        ids.append(json.loads(shell("new", str(path), "--json").stdout)["walk"])
    assert shell("summary").stdout.startswith("Staff summary: three")  # made last
    for name in (ids[0], ids[0][:12].upper(), ids[0][-8:]):
        assert shell("summary", name).stdout.startswith("Staff summary: one")
    assert shell("summary", "2026-12-01").stdout.startswith("Staff summary: three")
    told = shell("summary", "2026-11-24", code=2).stderr
    assert [one for one in ids if one[-8:] in told] == ids[:2]
    assert "two" in told
    for name in ("2026-11-25", "zz", " "):
        assert "walk history" in shell.refused("summary", name)
    listed = shell("history", "--all").stdout.splitlines()
    assert [line[:8] for line in listed] == [one[-8:] for one in reversed(ids)]


def test_without_a_name_the_walk_with_a_stop_under_way_is_meant(shell: Shell) -> None:
    with open_desk(shell.store) as desk:
        begin_small(desk)
        visit.enter(desk, the_visit(desk, "V1"))
        first = desk.walk_id
        begin_small(desk)
    assert json.loads(shell("summary", "--json").stdout)["walk"] == first


# Notes


def test_a_note_from_the_shell_is_finished_and_shared(planned: Shell) -> None:
    assert planned("note", "v2", 'S: "line 4" 5/7 pairs', "--look-for", "2").stdout == (
        "Noticing saved for V2 · look-for Point, read, measure · quoted speech · "
        "tally 5 of 7 pairs\n"
    )
    assert planned("note", "V1", "what next", "--wondering", "--as", "ben").stdout == (
        "Wondering saved for V1\n"
    )
    with open_desk(planned.store) as desk:
        held = {one.record.text: one for one in desk.store.all(Note, desk.walk_id)}
        labels = {one.id: one.label for one in desk.walkers()}
        bens = held["what next"]
        assert (labels[bens.author], labels[bens.record.typed_by]) == ("Ben", "Ana")
        assert all(one.shared and one.record.from_paper for one in held.values())
        forms = [one.record for one in desk.store.all(Form, desk.walk_id)]
        assert all(one.finished_at and one.entered_at is None for one in forms)
        assert desk.label == "Ana"


def test_a_note_in_the_room_does_not_finish_the_form(shell: Shell) -> None:
    with open_desk(shell.store) as desk:
        begin_small(desk)
        visit.enter(desk, the_visit(desk, "V1"))
    shell("note", "V1", "typed beside the app")
    with open_desk(shell.store) as desk:
        form = visit.under_way(desk)
        assert form is not None
        assert form.finished_at is None
        (held,) = visit.notes(desk, form)
        assert held.record.at_s is not None
        assert not held.shared


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("V9", "x"), "V1, V2, V3"),
        (("V1", "x", "--as", "Zoe"), "Ana, Ben, Cleo"),
        (("V1", "x", "--look-for", "4"), "from 1 to 3"),
        (("V1", "x", "--look-for", "0"), "from 1 to 3"),
        (("V1", " "), "Type what you saw"),
        (("V1", "a\0b"), "damaged"),
        (("V1", "a\udcff"), "damaged"),
        (("V1", "x" * 20_001), "two or more parts"),
    ],
)
def test_a_note_that_cannot_be_saved_is_refused_in_words(
    planned: Shell, said: tuple[str, ...], words: str
) -> None:
    assert words in planned.refused("note", *said)
    assert notes(planned) == []


def test_a_visit_that_was_taken_back_takes_no_note(planned: Shell) -> None:
    with open_desk(planned.store) as desk:
        prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    assert "no longer open" in planned.refused("note", "V2", "x")


def test_who_writes_is_asked_where_it_is_not_known(shell: Shell, tmp_path: Path) -> None:
    shell("import", table(tmp_path))
    assert "--as LABEL" in shell.refused("note", "V1", "x")
    shell("note", "V1", "x", "--as", "Ana")
    shell("note", "V1", "y")
    assert len(notes(shell)) == 4


# Import


def test_an_import_prints_a_fixed_shape(shell: Shell, tmp_path: Path) -> None:
    path = table(tmp_path, f"{TABLE}V1,xx,n,,late,Ana\n")
    first = json.loads(shell("import", path, "--json").stdout)
    assert list(first) == ["walk", "added", "already_here", "refused"]
    assert re.fullmatch(r"[0-9a-f]{32}", first["walk"])
    assert (first["added"], first["already_here"]) == (2, 0)
    assert [(one["line"], list(one)) for one in first["refused"]] == [(4, ["line", "why"])]
    again = json.loads(shell("import", path, "--json").stdout)
    assert again == {**first, "added": 0, "already_here": 2}


def test_an_import_says_its_counts_and_names_bad_rows(shell: Shell, tmp_path: Path) -> None:
    path = table(tmp_path, "visit,at,kind,look_for,text,walker,mood\nV1,,n,,a,,x\n,,n,,b,,x\n")
    result = CliRunner().invoke(cli.walk, ["--store", str(shell.store), "import", path])
    assert result.exit_code == 0
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
    show = cli_import._progress()
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
        prepare.change_visit(desk, prepare.visits(desk)[1], mode="recorded")
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
    assert result.exit_code == 0  # what could be read was taken in
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


# Steps, history, doctor


def test_steps_are_listed_the_earliest_first(planned: Shell) -> None:
    lacks = "Missing until it is there, or waived with a reason:"
    assert planned("steps").stdout.splitlines()[:3] == ["No next step yet.", "", lacks]
    with open_desk(planned.store) as desk:
        steps.add(desk, "Later", owner="principal", by_when="2026-12-20")
        steps.add(desk, "Undated", level="walkers")
        done = steps.add(desk, "Sooner", by_when="2026-12-01", design="agreed")
        steps.done(desk, done, "it helped")
    assert planned("steps").stdout.splitlines() == [
        "2026-12-01  school leader: Sooner · agreed with the hosts · done",
        "    learned: it helped",
        "2026-12-20  school leader, principal: Later",
        "no date yet  walkers: Undated",
        "",
        lacks,
        "  an owner of “Undated”",
        "  a date for “Undated”",
    ]
    assert planned("steps", "2026-11-24").stdout == planned("steps").stdout


def test_doctor_says_where_things_lie_and_that_all_adds_up(planned: Shell) -> None:
    planned("note", "V1", "S1 points to line 4")
    said = planned("doctor").stdout
    assert said.startswith(f"Store: {planned.store}\n")
    assert said.endswith("Every page and record adds up\n")
    rebuilt = planned("doctor", "--rebuild").stdout
    assert re.search(r"Tables made again from the journal: \d+ records\n", rebuilt)
    assert "S1 points to line 4" not in said + rebuilt
    assert [one.text for one in notes(planned)] == ["S1 points to line 4"]


def test_doctor_names_a_record_with_a_flipped_byte(planned: Shell) -> None:
    planned("note", "V1", "S1 points to line 4")
    (note,) = notes(planned)
    before = planned.store.read_bytes()
    assert before.count(b"S1 points to line 4")
    planned.store.write_bytes(before.replace(b"S1 points to", b"S2 points to"))
    result = planned("doctor", code=1)
    assert "Something does not add up:" in result.stdout
    assert f"note {note.id}: a revision does not match its hash" in result.stderr
    planned("doctor", "--rebuild", code=1)
    planned("summary")  # what can be read is still there


def test_doctor_counts_drafts_and_says_nothing_of_their_words(planned: Shell) -> None:
    with open_desk(planned.store) as desk:
        desk.keep_draft("visit:x", "half a sentence")
    assert "Draft kept: 15 characters at visit\n" in planned("doctor").stdout


# Stores that cannot be used


def _newer(path: Path) -> None:
    Shell(path)("history")
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA user_version = 99")
    conn.close()


def _other_database(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE pupils (id)")
    conn.close()


def _damaged(path: Path) -> None:
    Shell(path)("new", example(path.parent))
    data = path.read_bytes()
    path.write_bytes(data[:4096] + os.urandom(len(data) - 4096))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_newer, "newer walk"),
        (_other_database, "not a walk store"),
        (_damaged, "damaged"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"Dear staff, " * 900), "not a walk store"),
        (lambda path: path.write_bytes(bytes(range(256)) * 40), "not a walk store"),
        (lambda path: path.mkdir(), "folder"),
    ],
    ids=["newer", "other", "damaged", "empty", "letter", "garbage", "folder"],
)
def test_a_file_that_is_no_store_is_told_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "own.walkdb"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    shell = Shell(path)
    for command in (("history",), ("note", "V1", "x"), ("summary",), ("import", table(tmp_path))):
        assert words in shell.refused(*command)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for place in (tmp_path / "file" / "own.walkdb", Path("/proc/walk/own.walkdb")):
        assert "--store" in Shell(place).refused("history")


def test_a_command_waits_for_another_program_that_writes(
    planned: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one lets go once the command has begun to write, and not before."""
    holder = (
        "import sqlite3, sys\n"
        "conn = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "conn.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.readline()\n"
        "conn.execute('COMMIT')\n"
    )
    connect, begun = sqlite3.connect, list[str]()
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(planned.store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        let_go, held = other.stdin, other.stdout
        assert let_go is not None
        assert held is not None

        def told(statement: str) -> None:
            if statement == "BEGIN IMMEDIATE" and not begun:
                begun.append(statement)
                meanwhile.start()

        def refused_too() -> None:
            with (
                contextlib.closing(connect(planned.store, timeout=0)) as third,
                pytest.raises(sqlite3.OperationalError, match="locked"),
            ):
                third.execute("BEGIN IMMEDIATE")
            let_go.write("let go\n")
            let_go.flush()

        meanwhile = threading.Thread(target=refused_too)

        def telling(*rest: Any, **more: Any) -> sqlite3.Connection:
            made: sqlite3.Connection = connect(*rest, **more)
            made.set_trace_callback(told)
            return made

        assert held.readline() == "held\n"
        monkeypatch.setattr(sqlite3, "connect", telling)
        planned("note", "V1", "written meanwhile")
        assert begun
        meanwhile.join()
        assert other.wait(30) == 0
    assert [one.text for one in notes(planned)] == ["written meanwhile"]


def test_a_program_that_holds_on_is_told(planned: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "WAIT_S", 0.01)
    holder = sqlite3.connect(planned.store, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        assert "Another program is writing" in planned.refused("note", "V1", "x")
    finally:
        holder.close()
    planned("note", "V1", "x")


def test_stopping_by_hand_is_no_trace(planned: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("walk.routine.steps.in_words", stop)
    assert planned("steps", code=1).stderr == "Stopped.\n"


# Words that would act on a terminal

HOSTILE = "a\x1b[31mred\x1b]0;t\x07 \x9b31m [red]b[/] <script>x</script> \u202eevil\u2066"


def test_hostile_words_are_printed_harmlessly_by_every_command(
    shell: Shell, tmp_path: Path
) -> None:
    """The shell of these tests refuses any output with ESC, C1 or a direction override."""
    rows = f'V1\u202e,,n,Lo\u202eok,"{HOSTILE}",An\u202ea\nV2,,w,,"{HOSTILE}",\nV3,,n,,c,\n'
    shell("import", table(tmp_path, f"visit,at,kind,look_for,text,walker\n{rows}"))
    said = shell("note", "V1\u202e", HOSTILE, "--look-for", "1", "--as", "An\u202ea").stdout
    assert "Lo⟨U+202E⟩ok" in said
    with desk_at(shell.store) as desk:
        assert HOSTILE in texts(desk)  # kept as it was written
        desk.save("prepare", "odd", desk.walk.changed(title=HOSTILE, date=HOSTILE))
        steps.add(desk, HOSTILE, owner=HOSTILE)
        pool = [one.note for one in debrief.table(desk).pool]
        trend = stating.state_trend(desk, debrief.put_in_new(desk, pool, HOSTILE), HOSTILE)
        stating.decide(desk, trend, "asset")
        stating.choose_example(desk, stating.trends(desk)[0], pool[0])
        steps.close(desk, reason=HOSTILE, contact=HOSTILE, next_look=HOSTILE)
        desk.keep_draft("vi\x1bsit:x", HOSTILE)
    for form in ("text", "json", "md", "html"):
        said = shell("summary", "--format", form).stdout
        assert "red" in said
        assert form != "html" or "<script" not in said
    for command in ("steps", "history", "doctor"):
        shell(command)
    pack = oddly_named(tmp_path, ".walk")
    shell("share", "-o", str(pack))
    other = Shell(tmp_path / "other\x9b.walkdb")
    other("join", str(pack), "--as", "An\u202ea")
    other("collect", str(tmp_path))
    other("collect", str(tmp_path), "--json")
    other("collect", "--undo")
    other("doctor")
    for said_by_them in (
        ("note", "\x1b", "x"),
        ("summary", "\x1b[2J"),
        ("join", "\x1b", "--as", "x"),
    ):
        other.refused(*said_by_them)
    assert "⟨U+202E⟩" in other.refused("note", "V9", "x", "--as", "\x9b")
