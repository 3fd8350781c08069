"""Killing an import in its middle: it is gone whole at the next start; importing finishes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts
from walk.model import Note
from walk.routine import prepare
from walk.routine.take_in import STAGE, import_table

ROWS = 400
CHUNK = 20

_IMPORTER = f"""
import sys
from pathlib import Path
from walk.clock import FixedClock
from walk.routine.start import open_desk
from walk.routine.take_in import import_table
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
        assert desk.store.check() == []
        tables = desk.store.snapshot()
        desk.store.rebuild()
        assert desk.store.snapshot() == tables
        assert [one.name for one in prepare.look_fors(desk)][: len(own)] == [o.name for o in own]
        assert import_table(desk, path, into=walk).added == ROWS
        assert desk.undo(STAGE) == "notes.csv imported"
        assert texts(desk) == []
    with desk_at(store) as desk:
        assert desk.arrive() == "", "what was finished is no longer under way"


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
        assert desk.store.check() == []
        assert import_table(desk, path, into=walk).already_here == 1
