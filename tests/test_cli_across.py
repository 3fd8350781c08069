"""History and the district page from the shell: words, exit codes, JSON and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner, Result

from tests.desks import desk_at
from tests.routine.past import POINT, WAIT, a_walk, three
from walk.clock import FixedClock
from walk.commands.across import district, history
from walk.routine.across import history as past
from walk.routine.across import recurring
from walk.trends import told_as


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "own.walkdb"
    with desk_at(path, FixedClock()) as desk:
        three(desk)
        a_walk(desk, "2025-08-01", "Riverside", ("need", WAIT), focus="Wait longer")
        learned = {"what": "Plan together", "status": "done", "learned": "it needs a model"}
        a_walk(desk, "2025-09-01", "Lincoln", ("need", WAIT), steps=[learned])
    return path


def run(store: Path, *said: str, code: int = 0) -> Result:
    """History, or district where that is said first."""
    command = district if said[:1] == ("district",) else history
    words = said[1:] if said[:1] == ("district",) else said
    result = CliRunner().invoke(command, words, obj=str(store))
    if code == 1:  # the group tells it in words
        assert result.exception is not None
        return result
    assert result.exit_code == code, result.output
    return result


def test_walks_of_the_school_in_hand_are_listed_the_newest_last(store: Path) -> None:
    said = run(store).stdout.splitlines()
    assert said[0] == "Host school: Lincoln"
    assert [one[10:20] for one in said if one[:1].isalnum() and "  2025" in one] == [
        "2025-01-01", "2025-03-01", "2025-09-01",
    ]  # fmt: skip
    assert f"    asset: {POINT} (evidence in 3 classrooms)" in said
    assert "    step, school leader: Plan together (done)" in said
    assert "        learned: it needs a model" in said
    assert said[-1].startswith("Other host schools are in this store")
    assert "Riverside" not in "\n".join(said)


def test_another_school_and_one_focus_are_asked_for_by_name(store: Path) -> None:
    assert "Wait longer" in run(store, "--school", " riverside").stdout
    assert len(run(store, "--school", "Hill", "--focus", "press").stdout.splitlines()) == 4
    hill = ("--school", "Hill", "--focus", "wait")  # which Riverside alone walked for
    assert "No walk here" in str(run(store, *hill, code=1).exception)
    assert "Host schools here: Hill, Lincoln" in str(run(store, "--school", "x", code=1).exception)
    assert "no walk" in str(run(store, "--focus", "nothing", code=1).exception).casefold()
    assert "could mean several" in run(store, "district", "--focus", "e", code=2).stderr


def test_a_part_of_a_schools_name_will_do_where_one_alone_is_meant(store: Path) -> None:
    assert "Wait longer" in run(store, "--school", "side").stdout
    several = run(store, "--school", "l", code=2).stderr
    assert "could mean several host schools: Hill, Lincoln." in several
    assert "None" not in str(run(store, "--school", " ", code=1).exception)


def test_a_page_is_not_written_under_the_ending_of_a_table(store: Path, tmp_path: Path) -> None:
    for ending in ("csv", "xlsx", "json"):
        file = tmp_path / f"page.{ending}"
        refused = str(run(store, "district", "-o", str(file), code=1).exception)
        assert "does not say a form that this page has" in refused
        assert not file.exists()
    file = tmp_path / "page.csv"
    run(store, "district", "-o", str(file), "--format", "text")
    assert file.exists()


def test_the_newest_walks_alone(store: Path) -> None:
    found = json.loads(run(store, "--last", "1", "--json").stdout)
    assert [one["date"] for one in found["walks"]] == ["2025-09-01"]
    said = " ".join(run(store, "--last", "1", "--format", "text").stdout.split())
    assert "The newest walk; 2 earlier walks are left off." in said


def test_every_walk_is_one_line(store: Path) -> None:
    assert len(run(store, "--all").stdout.splitlines()) == 5
    run(store, "--all", "--json", code=2)


def test_history_as_json(store: Path) -> None:
    found = json.loads(run(store, "--json").stdout)
    assert found["host_school"] == "Lincoln"
    assert [one["date"] for one in found["walks"]] == ["2025-01-01", "2025-03-01", "2025-09-01"]
    assert found["walks"][0]["trends"] == [
        {"statement": POINT, "kind": "asset", "visits": 3, "contrary_visits": 0}
    ]
    assert found["walks"][2]["steps"][0]["learned"] == "it needs a model"
    run(store, "--json", "--format", "md", code=2)


def test_the_district_page_is_printed_and_written(store: Path, tmp_path: Path) -> None:
    said = run(store, "district").stdout
    assert f"- {POINT} (on 3 walks)" in said
    assert WAIT not in said
    found = json.loads(run(store, "district", "--json").stdout)
    assert found["recurring"] == [{"statement": POINT, "kind": "asset", "walks": 3}]
    page = tmp_path / "page.md"
    assert run(store, "district", "-o", str(page)).stdout == f"Wrote {page}\n"
    assert "# What recurs across host schools" in page.read_text("utf-8")
    page.write_text("mine", "utf-8")
    assert "there already" in str(run(store, "district", "-o", str(page), code=1).exception)
    run(store, "district", "-o", str(page), "--replace")
    run(store, "district", "--format", "docx", code=2)


def test_what_has_no_words_for_all_schools_is_told_beside_the_page(store: Path) -> None:
    assert "fit all of it" not in run(store, "district").stderr
    with desk_at(store, FixedClock()) as desk:
        for number, school in enumerate(("Lincoln", "Hill", "Riverside"), start=1):
            a_walk(desk, f"2026-01-0{number}", school, ("need", f"Own words {number}"))
        shelf = past.read(desk)
        found = [one for one in recurring.all_groups(desk, shelf) if "Own words" in told_as(one)]
        recurring.join(desk, found)
    for said in (("district",), ("district", "--json")):
        result = run(store, *said)
        assert "Some recurs without words that fit all of it" in result.stderr
        assert "Own words" not in result.stdout


def test_history_as_a_page(store: Path, tmp_path: Path) -> None:
    assert run(store, "--format", "text").stdout.startswith("Walks over time\nLincoln\n")
    page = tmp_path / "page.html"
    run(store, "-o", str(page))
    assert ">Walks over time</h1>" in page.read_text("utf-8")


@pytest.mark.parametrize("command", [history, district])
def test_a_web_page_is_printed_in_the_encoding_that_it_names(
    store: Path, tmp_path: Path, command: Command
) -> None:
    page = tmp_path / "page.html"
    narrow = CliRunner(charset="cp1252")
    narrow.invoke(command, ["-o", str(page)], obj=str(store))
    printed = narrow.invoke(command, ["--format", "html"], obj=str(store))
    assert "·".encode() in printed.stdout_bytes
    assert printed.stdout_bytes == page.read_bytes()


def test_what_looks_like_a_name_is_told_beside_it(store: Path) -> None:
    with desk_at(store, FixedClock()) as desk:
        a_walk(desk, "2025-10-01", "Lincoln", ("asset", "Ms Ortiz waits"))
    result = run(store)
    assert "Ortiz" not in result.stdout
    assert "“Ms Ortiz” looks like a name" in result.stderr


def test_a_store_without_walks(tmp_path: Path) -> None:
    empty = tmp_path / "empty.walkdb"
    for said in ((), ("--all",)):
        assert run(empty, *said).stdout == "There is no walk here yet.\n"
    assert json.loads(run(empty, "--json").stdout)["walks"] == []
    assert "Nothing can be told yet." in run(empty, "district").stdout
