"""What the app really sends to a terminal while every text in its store tries to act on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.desks import desk_at, the_visit
from tests.hostile import hostile_store
from tests.terminal import Terminal, walk_command
from walk.routine.desk import Place
from walk.screens.known import SCREENS

SOME = ("board", "home", "summary", "visit")
"""Always tried in a terminal; that no frame of any screen is harmed, test_hostile_text.py tells."""
WITH_ESC = ("begin", "tour", "visit", "write", "hall", "practice")
"""Screens whose key line names Esc; the others name help."""


@pytest.mark.parametrize(
    "screen",
    [*SOME, *(pytest.param(one, marks=pytest.mark.long) for one in sorted({*SCREENS} - {*SOME}))],
)
def test_no_byte_of_hostile_text_reaches_the_terminal_raw(tmp_path: Path, screen: str) -> None:
    store = hostile_store(tmp_path)
    with desk_at(store) as desk:
        visit = the_visit(desk, "V3" if screen == "visit" else "V1").id
        at = visit if screen in ("visit", "write", "hall") else ""
        desk.remember(Place(screen, desk.walk_id, at))
    with Terminal(walk_command(store)) as terminal:
        terminal.wait_for("Esc" if screen in WITH_ESC else "help")
        terminal.settle()
        terminal.send("down", "down", "tab")
        terminal.settle()
        sent = terminal.raw.decode("utf-8")
        assert terminal.process.isalive(), terminal.text
    for sequence in ("\x1b]0;", "\x1b]52;", "\x1b[2J\x1b[31m", "\x1b[31mred"):
        assert sequence not in sent
    assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", sent)
