"""kill -9 while somebody types into the plain mode: every line that was called saved is there."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from tests.faults.after import entries, look_after
from tests.terminal import walk_command
from walk.clock import SystemClock
from walk.model import Note

pytestmark = pytest.mark.faults


def one_life(store: Path, chance: random.Random, life: int) -> list[str]:
    """Enter a room, type lines, and kill it; the lines that it called saved."""
    told: list[str] = []
    with subprocess.Popen(
        walk_command(store, "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        lines = [f"S1 points to line {life}.{number}" for number in range(chance.randint(1, 9))]
        try:
            process.stdin.write("\n".join(["v V1", *lines, ""]))
            process.stdin.flush()
            asked = chance.randint(0, len(lines))
            for said in process.stdout:
                if len(told) < len(lines) and "Saved" in said:
                    told.append(lines[len(told)])
                    if len(told) >= asked:
                        break
        finally:
            process.kill()
    return told


def lives(store: Path, kills: int) -> None:
    """Kill it again and again on one store."""
    chance, told = random.Random(kills), []
    with desk_at(store) as desk:
        desk.clock = SystemClock()
        begin_small(desk)
    for life in range(kills):
        had = entries(store)
        told += one_life(store, chance, life)
        look_after(store, had)
    with desk_at(store) as desk:
        found = [one.record.text for one in desk.store.all(Note, desk.walk_id)]
    assert set(told) <= set(found)
    assert len(found) == len(set(found)), "none is there twice"
    assert told


def test_kills_of_the_plain_mode_lose_no_line(tmp_path: Path) -> None:
    lives(tmp_path / "own.walkdb", 3)


@pytest.mark.deep
def test_many_kills_of_the_plain_mode_lose_no_line(tmp_path: Path) -> None:
    lives(tmp_path / "own.walkdb", 60)
