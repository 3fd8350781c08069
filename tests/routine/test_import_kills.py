"""Killing an import in its middle: it is gone whole at the next start; importing finishes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.desks import begin_small, desk_at, texts, the_visit
from tests.mishaps import killed
from walk.cli import walk as root
from walk.errors import FullDisk, StoreError
from walk.intake.column_map import Column, ColumnMap
from walk.model import Form, Note
from walk.routine.importing import take_in
from walk.routine.importing.take_in import STAGE, import_table
from walk.routine.keeping import purge
from walk.routine.planning import prepare
from walk.routine.visiting import visit
from walk.storage import merge
from walk.storage.store import Store

pytestmark = pytest.mark.faults
ROWS = 400
CHUNK = 20

_IMPORTER = f"""
import sys
from pathlib import Path
from walk.clock import FixedClock
from walk.routine.start import open_desk
from walk.routine.importing.take_in import import_table
from walk.storage import merge
merge.CHUNK = {CHUNK}
store, table, into = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
with open_desk(store, clock=FixedClock(), patience_s=5) as desk:
    def told(done, of):
        if done:
            print(done, flush=True)
            sys.stdin.readline()  # so that each chunk waits until it may go on
    import_table(desk, table, into=into, progress=told)
"""


def table(folder: Path) -> Path:
    """A table of many rows."""
    path = folder / "notes.csv"
    lines = [f"V{n % 3 + 1},{n},n,Pointing,note {n},Ana" for n in range(ROWS)]
    path.write_text("\n".join(["visit,at,kind,look_for,text,walker", *lines]), "utf-8")
    return path


def kill_at(store: Path, path: Path, chunks: int, into: str = "") -> int:
    """Import in another process, and kill it when it has said so many chunks; the rows then in."""
    process = subprocess.Popen(
        [sys.executable, "-c", _IMPORTER, str(store), str(path), into],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    done = 0
    for _ in range(chunks):
        done = int(process.stdout.readline())
        process.stdin.write("\n")
        process.stdin.flush()
    process.kill()
    errors = process.stderr.read()
    process.wait(timeout=30)
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()
    assert errors == ""
    return done


@pytest.mark.parametrize("chunks", [1, 3])
def test_an_import_that_was_killed_is_taken_back_at_the_next_start(
    tmp_path: Path, chunks: int
) -> None:
    store, path = tmp_path / "my.walkdb", table(tmp_path)
    with desk_at(store) as desk:
        walk = begin_small(desk)
        own = prepare.look_fors(desk)
    assert kill_at(store, path, chunks, walk) == chunks * CHUNK
    with desk_at(store) as desk:
        assert "import was cut off; it was taken back" in desk.arrive()
        assert texts(desk) == []
        assert [one.label for one in desk.walkers()] == ["me"]
        assert [one.code for one in prepare.visits(desk)] == ["V1", "V2", "V3"]
        assert desk.store.check() == []
        tables = desk.store.snapshot()
        desk.store.rebuild()
        assert desk.store.snapshot() == tables
        assert [one.name for one in prepare.look_fors(desk)] == [one.name for one in own]
        assert import_table(desk, path, into=walk).added == ROWS
        assert desk.undo(STAGE) == "notes.csv imported"
        assert texts(desk) == []
    with desk_at(store) as desk:
        assert desk.arrive() == "", "what was finished is no longer under way"


def test_a_walk_that_was_made_for_it_goes_with_it(tmp_path: Path) -> None:
    store, path = tmp_path / "my.walkdb", table(tmp_path)
    with desk_at(store) as desk:
        before = begin_small(desk)
        shown = desk.store.snapshot()
    kill_at(store, path, 2)
    with desk_at(store) as desk:
        assert desk.walk_id == before, "the walk in hand is the one that was in hand before"
        assert "taken back" in desk.arrive()
        assert desk.store.walks() == [before]
        assert desk.store.snapshot() == shown
        assert desk.store.check() == []
        taken = import_table(desk, path)
        assert (taken.added, desk.walk_id) == (ROWS, taken.walk)
        assert len(desk.walkers()) == 1
    with desk_at(store) as desk:
        assert desk.arrive() == ""
        assert sorted(desk.store.walks()) == sorted([before, taken.walk])


def test_one_that_was_cut_off_before_its_first_note_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path = tmp_path / "my.walkdb", table(tmp_path)
    with desk_at(store) as desk:
        walk = begin_small(desk)
        shown = desk.store.snapshot()
        monkeypatch.setattr(take_in, "fresh_notes", killed)
        with pytest.raises(KeyboardInterrupt):
            import_table(desk, path, into=walk)
        assert desk.store.snapshot() != shown
    with desk_at(store) as desk:
        assert "taken back" in desk.arrive()
        assert desk.store.snapshot() == shown


def test_what_walkers_say_they_saw_goes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path = tmp_path / "my.walkdb", tmp_path / "form.csv"
    path.write_text("Room,Saw,Who,Lesson\nV1,one waits,Ana,beginning\n", "utf-8")
    columns = ColumnMap(
        columns=(
            Column("Room", "visit"),
            Column("Saw", "noticing"),
            Column("Who", "walker"),
            Column("Lesson", "lesson"),
        )
    )
    with desk_at(store) as desk:
        walk = begin_small(desk)
        shown = desk.store.snapshot()
        with monkeypatch.context() as patch:
            patch.setattr(take_in, "fresh_notes", killed)
            with pytest.raises(KeyboardInterrupt):
                import_table(desk, path, into=walk, columns=columns)
        assert desk.store.all(Form, walk)
        assert "taken back" in desk.arrive()
        assert desk.store.snapshot() == shown
        assert import_table(desk, path, into=walk, columns=columns).added == 1
        assert len(desk.store.all(Form, walk)) == 1
    with desk_at(store) as desk:
        assert desk.arrive() == ""


def test_on_a_full_disk_what_is_here_is_read_and_it_goes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path = tmp_path / "my.walkdb", table(tmp_path)
    with desk_at(store) as desk:
        walk = begin_small(desk)
    kill_at(store, path, 1, walk)

    def full(_: Store) -> int:
        raise FullDisk("The disk is full.", "Free some room, then try again.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "take_back_unfinished", full)
        done = CliRunner().invoke(root, ["--store", str(store), "history"])
        assert done.exit_code == 0
        assert walk[-8:] in done.stdout
        assert "what is here can be read" in done.stderr
        assert "screen" not in done.stderr
    with desk_at(store) as desk:
        assert "taken back" in desk.arrive()
        assert texts(desk) == []


def test_importing_again_without_a_start_between_finishes_it(tmp_path: Path) -> None:
    store, path = tmp_path / "my.walkdb", table(tmp_path)
    done = kill_at(store, path, 2)
    with desk_at(store) as desk:
        taken = import_table(desk, path)
        # The chunk after the last one that was told may have been saved as well.
        assert done <= taken.already_here <= done + CHUNK
        assert taken.added + taken.already_here == ROWS
    with desk_at(store) as desk:
        assert desk.arrive() == ""
        assert len(desk.store.all(Note, taken.walk)) == ROWS


def test_a_note_that_somebody_has_worked_on_since_stays(tmp_path: Path) -> None:
    store, path = tmp_path / "my.walkdb", table(tmp_path)
    with desk_at(store) as desk:
        walk = begin_small(desk)
    kill_at(store, path, 2, walk)
    with desk_at(store) as desk:
        note = desk.store.all(Note, walk)[0].record
        desk.save("form", "reworded", note.changed(text="worked on"))
        desk.arrive()
        assert texts(desk) == ["worked on"]
        # What that note rests on stays with it, and nothing else of the table does.
        assert [one.label for one in desk.walkers()] == ["Ana", "me"]
        assert desk.store.check() == []
        assert import_table(desk, path, into=walk).already_here == 1


def test_a_cut_off_walk_that_was_purged_takes_nothing_else_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers of its acts are given out again: what bears them by then is a person's own."""
    store, path = tmp_path / "my.walkdb", table(tmp_path)
    monkeypatch.setattr(merge, "CHUNK", CHUNK)

    def cut_off(done: int, _: int) -> None:
        if done:
            killed()

    with desk_at(store) as desk:
        own = begin_small(desk)
        with pytest.raises(KeyboardInterrupt):
            import_table(desk, path, progress=cut_off)
        desk.open_walk(next(one for one in desk.store.walks() if one != own))
        purge.purge(desk, whole=True)
        desk.open_walk(own)
        form = visit.enter(desk, the_visit(desk, "V1"))
        for number in range(6):
            visit.add_note(desk, form, f"S{number} points to the text")
        written = texts(desk)
    with desk_at(store) as desk:
        assert desk.arrive() == ""
        assert texts(desk) == written
        assert len(written) == 6


@pytest.mark.parametrize("whole", [False, True])
def test_an_import_beside_a_purge_brings_nothing_in_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    store, path = tmp_path / "my.walkdb", table(tmp_path)
    monkeypatch.setattr(merge, "CHUNK", CHUNK)
    with desk_at(store) as desk:
        walk = begin_small(desk)
        beside = desk_at(store)

        def purged_meanwhile(done: int, _: int) -> None:
            if done == CHUNK:
                purge.purge(desk, whole=whole)

        with beside as other, pytest.raises(StoreError, match="started meanwhile"):
            import_table(other, path, into=walk, progress=purged_meanwhile)
        assert desk.store.all(Note, walk) == []
