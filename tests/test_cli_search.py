"""`walk search` from the shell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.desks import begin_small, desk_at, write_form
from tests.hostile import hostile_store
from walk.commands.search import search
from walk.routine.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A small walk with notes."""
    with desk_at(tmp_path / "a.walkdb") as made:
        begin_small(made)
        write_form(
            made, "V1", "S1 reads page four of it", "T: four pages, in V2", "?why page four?"
        )
        yield made


def run(store: Path, *args: str) -> Result:
    """Run the command on a store."""
    return CliRunner().invoke(search, args, obj=str(store))


def test_newest_first_with_date_title_kind_and_words(desk: Desk) -> None:
    found = run(desk.store.path, "PAGE", "four")
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert [line.strip() for line in lines[1::2]] == [
        "why page four?",
        "T: four pages, in [classroom]",
        "S1 reads page four of it",
    ]
    assert lines[0].endswith(f"{desk.walk.title} · wondering")


def test_words_in_quotation_marks_stand_together(desk: Desk) -> None:
    assert "in [classroom]" not in run(desk.store.path, '"page four"').stdout
    assert run(desk.store.path, '"four page"').stdout == "Nothing in this store says that.\n"


def test_as_json_it_names_no_room_and_no_writer(desk: Desk) -> None:
    said = json.loads(run(desk.store.path, "four", "--json", "-n", "2").stdout)
    assert said["words"] == "four"
    assert said["more"] is True
    assert said["read_percent"] == 100
    hit = said["hits"][1]
    assert hit.keys() == {"kind", "id", "walk", "title", "date", "text", "matches"}
    assert [hit["text"][start:end] for start, end in hit["matches"]] == ["four"]
    assert hit["walk"] == desk.walk_id


def test_there_may_be_more_and_that_is_told(desk: Desk) -> None:
    assert "-n 2 prints more" in run(desk.store.path, "four", "-n", "1").stdout


@pytest.mark.parametrize("words", ["?!", "", "“”"])
def test_no_word_at_all_is_wrong_use(desk: Desk, words: str) -> None:
    found = run(desk.store.path, "--", words)
    assert found.exit_code == 2
    assert "at least one word" in found.stderr


def test_a_store_without_a_walk_says_nothing_is_there(tmp_path: Path) -> None:
    found = run(tmp_path / "new.walkdb", "page")
    assert found.exit_code == 0
    assert found.stdout == "Nothing in this store says that.\n"


def test_nothing_printed_moves_a_terminal(tmp_path: Path) -> None:
    out = run(hostile_store(tmp_path), "pwned").stdout
    assert "PWNED" in out
    assert not {sign for sign in out if sign < " " and sign != "\n"}


def test_a_name_is_not_looked_for_and_the_mend_is_said(desk: Desk) -> None:
    found = run(desk.store.path, "Ms Ortiz")
    assert found.exit_code == 1
    assert "looks for no person" in str(found.exception)
