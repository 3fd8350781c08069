"""A purge that is killed in the middle is undone or made good."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desks import desk_at
from tests.mishaps import killed_at
from tests.routine.forgetting import says
from tests.routine.walk_to_purge import RAW, whole_walk
from walk.model import Note
from walk.routine import purged
from walk.routine.keeping import purge

PURGES = """
import sys, pathlib
from walk.routine.keeping import purge
from walk.routine.start import open_desk

def tell(words):
    print(words, flush=True)
    sys.stdin.readline()

with open_desk(pathlib.Path(sys.argv[1])) as desk:
    purge.purge(desk, progress=tell)
"""
"""Other programs; the second goes on only when it is told to."""


def test_a_kill_before_the_notes_went_leaves_all_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
        with killed_at("walk.storage.purging._clear_local"):
            purge.purge(desk)
    with desk_at(path) as desk:
        assert purge.finish(desk) == []
        assert len(desk.store.all(Note, desk.walk_id)) == 4
        assert purged.of(desk) is None


@pytest.mark.parametrize("steps_done", [2, 3, 4, 5])
def test_kill_9_in_the_middle_leaves_it_undone_or_to_be_finished(
    tmp_path: Path, steps_done: int
) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
    with subprocess.Popen(
        [sys.executable, "-c", PURGES, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as elsewhere:
        assert elsewhere.stdout is not None
        assert elsewhere.stdin is not None
        for _ in range(steps_done - 1):
            elsewhere.stdout.readline()
            elsewhere.stdin.write(b"\n")
            elsewhere.stdin.flush()
        last = elsewhere.stdout.readline().decode().strip()
        elsewhere.kill()
    with desk_at(path) as desk:
        done = purge.finish(desk)
        if last == "removing the notes":  # said before anything goes
            assert done == []
            assert len(desk.store.all(Note, desk.walk_id)) == 4
        else:
            assert "finished at a later start" in "\n".join(done)
            assert says(path, *RAW) == []
        assert desk.store.check() == []


@pytest.mark.parametrize("where", ["rewrite", "_clean_copy", "_search"])
def test_a_kill_after_they_went_is_made_good_at_the_next_start(tmp_path: Path, where: str) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        whole_walk(desk)
        with killed_at(f"walk.storage.cleaning.{where}"):
            purge.purge(desk)
    with desk_at(path) as desk:
        assert desk.store.all(Note, desk.walk_id) == []
        assert "finished at a later start" in "\n".join(purge.finish(desk))
        assert says(path, *RAW) == []
        assert purge.finish(desk) == []
