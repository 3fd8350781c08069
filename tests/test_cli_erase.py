"""The commands `walk erase` and `walk purge`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.desks import begin_small, desk_at, write_form
from tests.mishaps import killed_at
from tests.routine.forgetting import says
from tests.routine.three import meet, three_laptops, wrote
from walk.cli import walk
from walk.clock import FixedClock
from walk.model import Note
from walk.routine.keeping import purge


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "a.walkdb"
    with desk_at(path, FixedClock()) as desk:
        begin_small(desk)
        write_form(desk, "V1", "T zanzibar asked", "S2 heron answered")
    return path


def run(store: Path, *words: str, typed: str = "") -> Result:
    """One command, as from a script."""
    return CliRunner().invoke(walk, ["--store", str(store), *words], input=typed)


def test_erase_without_a_note_lists_them_with_short_ids(store: Path) -> None:
    result = run(store, "erase")
    first, second = result.stdout.splitlines()
    assert "zanzibar" in first
    assert "heron" in second
    with desk_at(store) as desk:
        ids = [one.record.id for one in desk.store.all(Note, desk.walk_id)]
    assert [line.split()[0] for line in (first, second)] == [one[-8:] for one in ids]


def test_erase_asks_and_says_what_goes_and_what_stays_out_of_reach(store: Path) -> None:
    short = run(store, "erase").stdout.split()[0]
    refused = run(store, "erase", short)
    assert refused.exit_code == 1
    assert "Goes: every wording of it" in refused.stdout
    assert "Out of reach: packs that were handed out" in refused.stdout
    assert "Nothing was erased" in refused.stderr
    assert says(store, "zanzibar") == ["zanzibar"]
    done = run(store, "erase", short, "--yes")
    assert done.exit_code == 0
    assert "nothing of them is left" in done.stdout
    assert says(store, "zanzibar", "heron") == ["heron"]


def test_an_erase_by_the_name_of_a_link_reaches_the_backups_of_the_store(store: Path) -> None:
    assert run(store, "backup").exit_code == 0
    (backup,) = store.with_name(f"{store.name}-backups").glob("*.walkdb")
    assert b"zanzibar" in backup.read_bytes()
    folder = store.with_name("desktop")
    folder.mkdir()
    link = folder / "link.walkdb"
    link.symlink_to(store)
    short = run(link, "erase").stdout.split()[0]
    assert run(link, "erase", short, "--yes").exit_code == 0
    assert b"zanzibar" not in backup.read_bytes()
    assert [one.name for one in folder.iterdir()] == [link.name]


def test_the_lead_s_laptop_lists_the_notes_of_others_too(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as here:
        wrote(here.ana, "S2 zanzibar read page four")
        wrote(here.lead, "T heron waits")
        meet(here.lead, here.ana)
        leads, anas = here.lead.store.path, here.ana.store.path
    own, said, other = run(leads, "erase").stdout.splitlines()
    assert "heron" in own
    assert "Of other laptops" in said
    assert "zanzibar" in other
    assert "heron" not in run(anas, "erase").stdout
    assert run(leads, "erase", other.split()[0], "--yes").exit_code == 0
    assert says(leads, "zanzibar", "heron") == ["heron"]


def test_a_name_of_no_note_is_refused(store: Path) -> None:
    result = run(store, "erase", "ffffffff", "--yes")
    assert result.exit_code == 1
    assert "`walk erase` lists them" in result.stderr


def test_a_name_of_several_notes_lists_them(store: Path) -> None:
    with desk_at(store) as desk:
        start = desk.store.all(Note, desk.walk_id)[0].record.id[:3]
    result = run(store, "erase", start, "--yes")
    assert result.exit_code == 2
    assert says(store, "zanzibar", "heron") == ["zanzibar", "heron"]


def test_purge_asks_and_prints_its_receipt(store: Path) -> None:
    refused = run(store, "purge")
    assert refused.exit_code == 1
    assert "Stays: counts for the summary: 1 classroom, 2 noticings" in refused.stdout
    assert "never shared" not in refused.stdout
    assert says(store, "zanzibar") == ["zanzibar"]
    done = run(store, "purge", "--yes")
    assert done.exit_code == 0
    assert "asked: the next pack" in done.stdout
    assert says(store, "zanzibar", "heron") == []
    assert "Purged on" in run(store, "purge", "--receipts").stdout
    assert "raw notes purged on" in run(store, "history", "--all").stdout


def test_a_purge_that_was_cut_off_is_finished_by_the_next_command_and_told(store: Path) -> None:
    assert run(store, "backup").exit_code == 0
    with desk_at(store) as desk, killed_at("walk.storage.cleaning.rewrite"):
        purge.purge(desk)
    (copy,) = store.with_name(f"{store.name}-backups").glob("*.walkdb")
    assert says(copy, "zanzibar") == ["zanzibar"]
    told = run(store, "purge", "--receipts")
    assert told.exit_code == 0
    assert "was not finished in the files" in told.stderr
    assert "finished at a later start" in told.stdout
    assert says(copy, "zanzibar") == []
    assert run(store, "purge", "--receipts").stderr == ""


def test_purge_here_asks_nobody(store: Path) -> None:
    assert "asked:" not in run(store, "purge", "--here", "--yes").stdout


def test_the_whole_walk_goes_with_all(store: Path) -> None:
    assert run(store, "purge", "--all", "--here", "--yes").exit_code == 0
    assert "no walk here yet" in run(store, "history").stdout
    assert says(store, "zanzibar", "Reasons and sources") == []


def test_nothing_to_put_off_is_told(store: Path) -> None:
    assert run(store, "purge", "--later").exit_code == 1


def test_a_table_of_a_purged_walk_is_not_taken_in_again(tmp_path: Path) -> None:
    store, table = tmp_path / "b.walkdb", tmp_path / "notes.csv"
    table.write_text("visit,at,kind,look_for,text\nV1,0:10,noticing,,T zanzibar asked\n")
    assert run(store, "import", str(table)).exit_code == 0
    assert run(store, "purge", "--all", "--here", "--yes").exit_code == 0
    again = run(store, "import", str(table))
    assert again.exit_code == 1
    assert "were purged on" in again.stderr
    assert "no walk here yet" in run(store, "history").stdout
    assert says(store, "zanzibar") == []
