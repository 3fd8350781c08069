"""Somebody who presses any key on any screen of the real program until the plug is pulled."""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from tests.desks import desk_at, the_visit
from tests.faults.after import entries, look_after
from tests.faults.commands import STORE, prepare, run
from tests.terminal import PATIENCE_S, Terminal, walk_command
from walk.clock import SystemClock
from walk.model import Trend
from walk.routine.desk import Place
from walk.routine.visiting import hall, visit
from walk.screens.known import SCREENS

PLAIN_KEYS = ("enter", "enter", "down", "up", "tab", "esc", "1", "2", "3", "y", " ", "?", "/")
NO_NOTES = ("Find:", "Lock the pack", "  Folder", "which folder")
"""By a word on the screen: where what is typed finds, locks or names a place, and is not kept."""
SEARCH = " Search "
"""How the first line of the search begins, where it is no note either."""
OFTEN = 0.25
"""What is typed is stored this often."""
TRAVEL = 0.25
"""How long a key may take through the terminal into the app."""


def keys_of(screen: str) -> list[str]:
    """The letters that a screen has a use for, without those that leave walk."""
    module, name = SCREENS[screen]
    made = getattr(import_module(module), name)
    found = []
    for one in made.BINDINGS:
        keys = one.key if hasattr(one, "key") else one[0]
        action = one.action if hasattr(one, "action") else one[1]
        if "quit" not in action:
            found += [key for key in keys.split(",") if len(key) == 1]
    return sorted(set(found) - {"q"})


def lay_out(place: Path) -> None:
    """A store on which every screen has something to show, with a stop under way."""
    prepare(place)
    assert run(["collect", "ana.walk"], place) == 0
    with desk_at(place / STORE) as desk:
        desk.clock = SystemClock()
        desk.open_walk(max(desk.store.walks(), key=lambda one: len(desk.store.all(Trend, one))))
        form = visit.enter(desk, the_visit(desk, "V2"))
        visit.add_note(desk, form, "S1 points to line 4")
        talk = hall.begin(desk, the_visit(desk, "V1"))
        hall.add_note(desk, talk, "both of us heard the pause")


@dataclass
class Kills:
    """What a row of kills on one screen came to."""

    kills: int = 0
    ended: int = 0
    """Times at which a key had closed walk before."""
    typed: int = 0
    """Words that stood on the screen long enough to have been kept."""
    not_kept: list[str] = field(default_factory=list)


def at_screen(store: Path, screen: str) -> None:
    """Let the next start open this screen."""
    with desk_at(store) as desk:
        at = ""
        if screen in ("visit", "write", "hall"):
            at = the_visit(desk, "V1" if screen == "hall" else "V2").id
        desk.remember(Place(screen, desk.walk_id, at))


def kill_on(screen: str, place: Path, kills: int, seed: int = 0) -> Kills:
    """Start walk on a screen, press keys, kill it, look what is left; and again on what is left."""
    chance, told = random.Random(f"{screen} {seed}"), Kills()
    letters = keys_of(screen)
    place.mkdir()
    lay_out(place)
    store = place / STORE
    for number in range(kills):
        at_screen(store, screen)
        had = entries(store)
        with Terminal(walk_command(store), env={"HOME": str(place)}) as terminal:
            word = _one_life(terminal, chance, letters, number)
            ended = not terminal.process.isalive()
            assert "fault of its own" not in terminal.text, terminal.text
            text = terminal.text
            if not ended:
                terminal.kill()
        told.ended += ended
        told.kills += not ended
        look_after(store, had)
        if word and not ended and word in "".join(text.split()):
            told.typed += 1
            is_note = not text.startswith(SEARCH) and not any(one in text for one in NO_NOTES)
            if is_note and not _is_kept(store, word):
                told.not_kept.append(text)
    shutil.rmtree(place, ignore_errors=True)
    return told


def _one_life(terminal: Terminal, chance: random.Random, letters: list[str], life: int) -> str:
    """Press keys for a while, or for none; the last word if it had the time to be kept."""
    if life % 6 == 5:
        terminal.read(chance.uniform(0.0, 0.8))  # a kill while it starts
        return ""
    while not terminal.text.strip() and terminal.read(PATIENCE_S):
        pass  # until something is painted
    terminal.settle()
    word = ""
    for number in range(chance.randint(1, 9)):
        if not terminal.process.isalive():
            return ""
        if chance.random() < (0.2 if number else 0.5):
            word = f"zk{chance.randrange(10_000):04}"
            for sign in word:
                terminal.send(sign)
                terminal.read(0.03)
            if chance.random() < 0.5:
                return ""  # in the middle of typing
            # Now it lies there long enough to be kept.
            end = time.monotonic() + OFTEN + TRAVEL
            while (left := end - time.monotonic()) > 0 and terminal.read(left):
                pass
            if chance.random() < 0.7:
                return word
        else:
            word = ""
            terminal.send(chance.choice((*PLAIN_KEYS, *letters)))
            terminal.read(chance.uniform(0.0, 0.15))
    return word


def _is_kept(store: Path, word: str) -> bool:
    """Whether a word is in the store, saved or as a draft."""
    files = (store, Path(f"{store}-wal"))
    return any(word.encode() in one.read_bytes() for one in files if one.exists())
