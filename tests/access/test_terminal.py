"""What a terminal is sent: no colour where none is wanted, ASCII where it has no more, no blinking.

Each runs the real program in a pseudo-terminal and reads its bytes.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.access.sample import WITH_VISIT
from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.terminal import Terminal, walk_command
from walk.routine import looks
from walk.routine.desk import Place
from walk.routine.looks import Cursor, Looks
from walk.screens.known import SCREENS

SGR = re.compile(r"\x1b\[([0-9;:]*)m")
COLOURS = frozenset({*range(30, 50), *range(58, 60), *range(90, 108)})
BLINKS = frozenset({5, 6})
STEADY, USUAL = "\x1b[2 q", "\x1b[0 q"
"""A cursor that does not blink, and the terminal's own."""
SOME = ("home", "visit")

TYPED_AT = ("visit", "write", "hall", "practice")
"""Screens that open in a line, whose keys say how to leave it first."""


def codes(sent: str) -> set[int]:
    """Every number in the sequences that set how text looks."""
    return {int(part) for found in SGR.findall(sent) for part in re.split("[;:]", found) if part}


def store_at(folder: Path, screen: str, chosen: Looks | None = None) -> Path:
    """A small walk with a form, left on a screen."""
    store = folder / "one.walkdb"
    with desk_at(store) as desk:
        begin_small(desk)
        write_form(desk, "V1", "14 of 22 wrote before talk", "? What happens next?")
        at = the_visit(desk, "V2").id if screen in WITH_VISIT else ""
        desk.remember(Place(screen, desk.walk_id, at))
        if chosen is not None:
            looks.choose(desk, chosen)
    return store


TRIES = 40
"""How often walk is asked to close, and its end is waited for five seconds at a time."""


def session(store: Path, screen: str, **environment: str) -> str:
    """What walk sends while it opens, is helped, is asked, and is closed."""
    with Terminal(walk_command(store), env=environment) as terminal:
        terminal.wait_for("Esc" if screen in TYPED_AT else "help")
        terminal.send("down", "tab")
        if screen == "home":
            terminal.send("v")
            terminal.wait_for("How walk looks")
            terminal.send("esc")
            # A machine that stood still takes Esc and what follows for one key.
            terminal.wait_until(lambda: "How walk looks" not in terminal.text)
            terminal.send("\x10")
            terminal.wait_for("Begin a small walk")
            terminal.send("l", "o", "down")
            terminal.wait_for("Close walk")
        terminal.send("esc")
        terminal.wait_until(lambda: "Close walk" not in terminal.text)
        terminal.settle()
        for _ in range(TRIES):
            # It may be taken for one key with the Esc before it, so it is sent again.
            terminal.send("\x11")
            if terminal.ends(5.0):
                break
        else:
            raise AssertionError(f"walk was not closed; the screen shows:\n{terminal.text}")
        return terminal.raw.decode("utf-8", "replace")


@pytest.mark.parametrize(
    "screen",
    [*SOME, *(pytest.param(one, marks=pytest.mark.deep) for one in sorted({*SCREENS} - {*SOME}))],
)
def test_no_colour_is_sent_where_none_is_wanted(tmp_path: Path, screen: str) -> None:
    """NO_COLOR by its convention: no colour at all, grey and the usual ones included."""
    sent = session(store_at(tmp_path, screen), screen, NO_COLOR="1")
    assert not codes(sent) & COLOURS
    assert not codes(sent) & BLINKS
    assert {1, 7} <= codes(sent), "bold and turned round are what is left to see by"


@pytest.mark.parametrize(
    ("environment", "chosen", "coloured"),
    [
        ({}, None, True),
        ({"NO_COLOR": ""}, None, True),
        ({}, Looks(colours="none"), False),
    ],
    ids=str,
)
def test_when_colours_are_sent(
    tmp_path: Path, environment: dict[str, str], chosen: Looks | None, coloured: bool
) -> None:
    """An empty NO_COLOR is none; any other is one, whatever it says."""
    sent = session(store_at(tmp_path, "board", chosen), "board", **environment)
    assert bool(codes(sent) & COLOURS) is coloured
    assert not codes(sent) & BLINKS


@pytest.mark.parametrize("command", ["summary", "steps", "history", "doctor", "--help", "nothing"])
def test_commands_send_no_look_at_all(tmp_path: Path, command: str) -> None:
    """Not even to a terminal that has colours: their words say it all."""
    store = store_at(tmp_path, "home")
    with Terminal(walk_command(store, command), rows=60) as terminal:
        while terminal.read(10.0):
            pass
        assert terminal.text.strip()
        assert b"\x1b" not in terminal.raw


def test_a_terminal_that_is_not_utf_8_is_sent_ascii(tmp_path: Path) -> None:
    """By itself; letters that it has stay, and what it has not is told in as many cells."""
    store = store_at(tmp_path, "visit")
    with desk_at(store) as desk:
        write_form(desk, "V2", "Zoë reads “我” — 3 ≥ 2")
        desk.remember(Place("home", desk.walk_id))
    sent = session(store, "home", PYTHONIOENCODING="latin-1", LC_ALL="C", LANG="C")
    assert "\ufffd" not in sent
    assert "\\u" not in sent
    assert sent.isascii()


def test_plain_signs_can_be_chosen(tmp_path: Path) -> None:
    """On any terminal, also in the palette."""
    sent = session(store_at(tmp_path, "home", Looks(signs="ascii")), "home")
    assert sent.isascii(), sorted({sign for sign in sent if not sign.isascii()})


@pytest.mark.parametrize("cursor", ["shown", "hidden"])
def test_the_cursor_of_the_terminal_is_shown_where_wanted(tmp_path: Path, cursor: Cursor) -> None:
    """Steady, and given back in the shape that it had."""
    sent = session(store_at(tmp_path, "home", Looks(cursor=cursor)), "home")
    assert (STEADY in sent) is (cursor == "shown")
    assert (USUAL in sent[sent.find(STEADY) :]) is (cursor == "shown")
    assert "\x1b[1 q" not in sent


def test_a_start_without_a_terminal_tells_in_plain_text(tmp_path: Path) -> None:
    """What is piped has no look either."""
    done = subprocess.run(
        walk_command(store_at(tmp_path, "home"), "summary"), capture_output=True, check=True
    )
    assert b"\x1b" not in done.stdout + done.stderr
