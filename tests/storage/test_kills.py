"""Killing a walk that saves: no note that was shown as saved is lost, and nothing is damaged."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from walk.model import Note, derived
from walk.storage.store import Store

pytestmark = pytest.mark.faults

_WRITER = """
import sys
from pathlib import Path
from walk.model import Note, derived
from walk.storage.store import By, Draft, Store
path, turn = Path(sys.argv[1]), sys.argv[2]
walk = derived("walk")
by = By(walk, "", 1, 0)
store = Store.open(path, 1, patience_s=5)
number = 0
while True:
    number += 1
    text = f"{turn} {number} " + "x" * 300
    store.keep_draft(Draft("visit", walk, "", text, "", number))
    note = Note(id=derived(turn, str(number)), walk=walk, visit=walk, text=text)
    store.save(by, "write", "saved", [note], draft_done="visit")
    print(note.id, flush=True)
    if number % 5 == 0:
        store.publish(by, "shared", [note.id], everyone=True)
        store.save(by, "write", "edited", [note.changed(text=text + "!")])
        print(note.id + "!", flush=True)
        store.undo(by, "write")
"""


def _kill_after(path: Path, turn: int, acks: int) -> list[str]:
    """Let a walk save until it has said so `acks` times, then kill it; all that it had said."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path), str(turn)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stderr
    said = [process.stdout.readline().strip() for _ in range(acks)]
    process.kill()
    # What it said between the last line read and its death counts as well.
    rest = process.stdout.read().splitlines(keepends=True)
    said += [line.strip() for line in rest if line.endswith("\n")]
    errors = process.stderr.read()
    process.wait(timeout=30)
    process.stdout.close()
    process.stderr.close()
    assert errors == ""
    return said


def _kill_often(path: Path, kills: int) -> None:
    chance = Random(kills)
    said: set[str] = set()
    for turn in range(kills):
        # The first kills come early, where the store is being opened and made.
        said |= set(_kill_after(path, turn, acks=chance.choice((0, 1, 2, 10, 40)) if turn else 0))
        with suppress(FileNotFoundError):
            assert path.stat().st_size > 0
    store = Store.open(path, 1)
    walk = derived("walk")
    shown = {held.record.id for held in store.all(Note, walk)}
    assert len(said) > kills
    assert {line.rstrip("!") for line in said} - shown == set()
    edited = {line.rstrip("!") for line in said if line.endswith("!")}
    wordings = {
        note
        for note in edited
        if any(
            text.endswith("!")
            for (text,) in store._conn.execute(
                "SELECT json_extract(body, '$.text') FROM revision WHERE record = ?",
                (bytes.fromhex(note),),
            )
        )
    }
    assert wordings == edited
    assert store.check() == []
    tables = store.snapshot()
    store.rebuild()
    assert store.snapshot() == tables
    assert store.missing_numbers(walk) == {}
    # At most one draft: of the note that was being typed when the last kill came.
    assert len(store.drafts()) <= 1
    store.close()


def test_no_note_is_lost_by_a_kill(tmp_path: Path) -> None:
    """Ten kills in a row of one store, at any moment."""
    _kill_often(tmp_path / "my.walkdb", 10)


@pytest.mark.long
def test_no_note_is_lost_by_a_hundred_kills(tmp_path: Path) -> None:
    """The same, a hundred times."""
    _kill_often(tmp_path / "my.walkdb", 100)
