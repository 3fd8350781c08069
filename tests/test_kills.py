"""kill -9 while someone types in a real terminal: no saved note is lost, hardly any typing is."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from tests.faults.witness import Witness
from tests.terminal import Terminal, walk_command
from walk.clock import SystemClock
from walk.model import Note
from walk.routine.desk import Place

pytestmark = pytest.mark.faults
DRAFT_S = 0.25
"""What is typed is stored this often at the latest."""
TRAVEL_S = 0.25
"""How long a key may take from this process through the terminal into a busy app."""
WORDS = ("S1 reads", "line four", "aloud and", "points with", "one finger", "while two", "look on")


@dataclass
class Typed:
    """What was typed until the kill: whole lines, and every key with its time."""

    lines: list[str]
    keys: list[tuple[float, str]]
    killed_at: float
    on_screen: str


def rest(terminal: Terminal, seconds: float) -> None:
    """Read the screen for as long as a fast typist takes for a key."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.read(left)


def type_until_killed(store: Path, seed: int) -> Typed:
    """Open the app on a visit, type notes at the speed of a fast typist, and pull the plug."""

    chance = random.Random(seed)
    typed = Typed([], [], 0.0, "")
    with Terminal(walk_command(store)) as terminal:
        terminal.wait_for("menu")
        terminal.settle()
        end = time.monotonic() + chance.uniform(0.5, 4.0)
        number = 0
        while time.monotonic() < end:
            number += 1
            line = f"{number:03} {' '.join(chance.choices(WORDS, k=chance.randint(2, 7)))}"
            typed.lines.append(line)
            for key in [*line, "enter"]:
                typed.keys.append((time.monotonic(), key))
                terminal.send(key)
                rest(terminal, chance.uniform(0.04, 0.09))
                if time.monotonic() >= end:
                    break
        typed.on_screen = terminal.text
        typed.killed_at = time.monotonic()
        terminal.kill()
    return typed


def check_nothing_lost(store: Path, typed: Typed) -> float:
    """Hold the store against what was typed; when the first key was typed that is missing."""
    with desk_at(store) as desk:
        notes = [one.record.text for one in desk.store.all(Note, desk.walk_id)]
        drafts = [one.text for one in desk.store.drafts()]
        assert desk.store.check() == []
    assert notes == typed.lines[: len(notes)], "notes are whole, in order, and none is doubled"
    for line in typed.lines:
        if f"{line[:3]} {line[4:16]}" in typed.on_screen.split("─ noticing")[0]:
            assert line in notes, f"{line!r} was shown as saved"
    # What is stored of the line under way: its draft, or all of it when it was just saved.
    draft = drafts[0] if drafts else ""
    under_way = typed.lines[len(notes)] if len(notes) < len(typed.lines) else ""
    assert under_way.startswith(draft) or draft in notes
    kept = sum(len(line) + 1 for line in notes) + (0 if draft in notes else len(draft))
    missing = typed.keys[kept:]
    return missing[0][0] if missing else typed.killed_at


def one_kill(tmp_path: Path, seed: int) -> float:
    """One round: a walk, a visit, typing, a kill, and a look at what is left; the seconds lost.

    A second in which the machine itself stood still is not counted: no key can arrive in it.
    """
    store = tmp_path / f"{seed}.walkdb"
    with desk_at(store) as desk:
        desk.clock = SystemClock()
        begin_small(desk)
        desk.remember(Place("visit", desk.walk_id, the_visit(desk, "V1").id))
    with Witness(tmp_path) as witness:
        typed = type_until_killed(store, seed)
    missing_from = check_nothing_lost(store, typed)
    lost = typed.killed_at - missing_from
    stood_still = witness.held_up(missing_from, typed.killed_at)
    assert lost - stood_still <= DRAFT_S + TRAVEL_S, (
        f"{lost:.2f} s, {stood_still:.2f} s of it still"
    )
    return lost


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_loses_no_note_and_hardly_a_key(tmp_path: Path, seed: int) -> None:
    one_kill(tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 200))
def test_a_hundred_kills_lose_no_note(
    tmp_path: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    record_property("seconds of typing lost", one_kill(tmp_path, seed))


def test_after_a_kill_the_app_says_what_it_recovered(tmp_path: Path) -> None:
    store = tmp_path / "own.walkdb"
    with Terminal(walk_command(store)) as terminal:
        terminal.wait_for("small walk")
        terminal.send("n")
        terminal.wait_for("focus")
        terminal.settle()
        terminal.send("enter")
        terminal.settle()
        terminal.send("enter")
        terminal.wait_for("V1")
        terminal.settle()
        terminal.send("enter")
        terminal.wait_for("menu")
        terminal.settle()
        terminal.send("S1 reads the fourth li")
        terminal.wait_until(lambda: b"the fourth li" in Path(f"{store}-wal").read_bytes())
        terminal.kill()
    with Terminal(walk_command(store)) as terminal:
        terminal.wait_for("the fourth li")
        assert "ecovered" in terminal.text
