"""The command line as a new user meets it: its words, its exit codes, its files; never a trace."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import shells
from tests.desks import begin_small, desk_at, oddly_named, texts, the_visit
from tests.shells import Shell, notes, table
from walk import cli
from walk.routine.debriefing import debrief, stating
from walk.routine.following import steps
from walk.routine.start import open_desk
from walk.routine.visiting import visit

shell = shells.shell
planned = shells.planned


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
        ("summary", "--json", "--format", "html"),
        ("backup", "-o", ""),
        ("erase", "--yes"),
        ("erase", "--later"),
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
