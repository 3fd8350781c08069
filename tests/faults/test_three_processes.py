"""Three programs on one store, one of them killed and one stopped: all told is there, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import IO

import pytest

from tests.desks import begin_small, desk_at, texts, the_visit
from tests.faults.after import adds_up
from walk.errors import BusyStore
from walk.routine.desk import Desk
from walk.routine.visiting import visit

pytestmark = pytest.mark.faults

_WRITER = """
import sys
from pathlib import Path
from tests.desks import the_visit
from walk.routine.visiting import visit
from walk.routine.start import open_desk
with open_desk(Path(sys.argv[1]), patience_s=20) as desk:
    desk.arrive(patience_s=20)
    form = visit.enter(desk, the_visit(desk, "V1"))
    for number in range(int(sys.argv[3])):
        text = f"{sys.argv[2]} points to line {number}"
        desk.keep_draft(f"draft:{sys.argv[2]}", text[:9])
        visit.add_note(desk, form, text)
        print(text, flush=True)
    sys.stdin.readline()
"""


class Writer:
    """Another program that saves notes on the same store, and says each once it is saved."""

    def __init__(self, store: Path, name: str, notes: int) -> None:
        self.notes = notes
        self.process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(store), name, str(notes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []

    @property
    def words(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def hear(self, lines: int) -> None:
        """Wait until it has said so many more; what is half said by a kill is not said."""
        for _ in range(lines):
            line = self.words.readline()
            if not line.endswith("\n"):
                break
            self.said.append(line.strip())

    def end(self) -> None:
        """Let it come to its end."""
        self.hear(self.notes - len(self.said))
        self.process.communicate("\n", timeout=60)
        assert self.process.returncode == 0

    def kill(self) -> None:
        """Kill it, and hear what it had still said."""
        self.process.kill()
        self.hear(self.notes)
        self.process.communicate(timeout=60)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.process.kill()
            self.process.communicate(timeout=60)


def laid_out(store: Path) -> None:
    with desk_at(store) as desk:
        begin_small(desk)


def three(store: Path, notes: int, kills: int) -> None:
    """Three programs write at once; one of them is killed again and again and comes back."""
    laid_out(store)
    said: list[str] = []
    with Writer(store, "S1", notes) as first, Writer(store, "S2", notes) as second:
        for number in range(kills):
            with Writer(store, f"S3 for the {number}. time", notes) as third:
                third.hear(2 + 3 * number % 7)
                third.kill()
                said += third.said
        with Writer(store, "S3 at last", notes) as third:
            for one in (first, second, third):
                one.end()
                said += one.said
    with desk_at(store) as desk:
        found = Counter(texts(desk))
        assert set(said) <= set(found), "what was told to be saved is there"
        assert max(found.values()) == 1, "once"
        # A kill may come between the save and its words.
        assert len(found) - len(said) <= kills
        adds_up(desk)
        assert {one.place for one in desk.store.drafts()} >= {"draft:S1", "draft:S2"}


def test_three_programs_write_at_once_and_one_is_killed(tmp_path: Path) -> None:
    three(tmp_path / "own.walkdb", notes=12, kills=2)


@pytest.mark.deep
def test_three_programs_write_much_at_once_and_one_is_killed_often(tmp_path: Path) -> None:
    three(tmp_path / "own.walkdb", notes=150, kills=20)


def write(desk: Desk) -> None:
    visit.add_note(desk, visit.enter(desk, the_visit(desk, "V2")), "written meanwhile")


def test_one_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    """A laptop that sleeps, or Ctrl+Z: others write meanwhile, and both have all of it after."""
    store = tmp_path / "own.walkdb"
    laid_out(store)
    with desk_at(store) as desk, Writer(store, "S1", 10) as stopped:
        stopped.hear(4)
        os.kill(stopped.process.pid, signal.SIGSTOP)
        told = ""
        try:
            write(desk)
        except BusyStore as error:  # it was stopped in the middle of a save
            told = error.mend
        os.kill(stopped.process.pid, signal.SIGCONT)
        stopped.end()
        if told:
            assert told == "Try again in a moment; nothing is lost."
            write(desk)
        assert set(texts(desk)) == {*stopped.said, "written meanwhile"}
        adds_up(desk)
