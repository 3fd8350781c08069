"""What comes through the keyboard: pasted text, and bytes that no keyboard sends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tests.desks import desk_at, the_visit
from tests.frames import frame
from tests.hostile.runs import ACTS, Runs
from tests.hostile.texts import hostile_store
from tests.terminal import Terminal, walk_command
from walk.app import WalkApp
from walk.routine.desk import Desk, Place
from walk.screens.known import SCREENS
from walk.text import safe

PASTED = {
    "signs": "a\0b\ud800c\x1b]0;T\x07\x1b[201~q\x1b\u202ed\u2066e\r\nf\u2028g\x85h\t\x0b\x0ci",
    "one long word": "w" * 300_000,
    "many words": "word " * 60_000,
    "marks": "e" + "\u0301" * 50_000,
    "joined": "👩\u200d👩\u200d👧" * 3_000,
    "lines": "line\n" * 20_000,
}
TYPED_INTO = ("visit", "begin", "search")
"""Screens whose fields are tried in the quick form."""
ANSWERS = (
    *(
        b"\x1b[?1;2c",
        b"\x1b[>0;276;0c",
        b"\x1b[24;80R",
        b"\x1b[?2026;2$y",
        b"\x1b]11;rgb:0/0/0\x1b\\",
    ),
    *(
        b"\x1bP>|term\x1b\\",
        b"\x1b[M\xff\xff\xff",
        b"\x1b[<0;99999;99999M",
        b"\x1b[<;;M",
        b"\x1b[I",
    ),
    *(b"\x1b[200~\x1b]52;c;UFdORUQ=\x07pasted\nmore\x1b[201~", b"\x1b[99999999999u", b"\xff\xfe"),
    *(
        b"\xe2\x80",
        b"\xc2\x9b31m",
        b"\x80\x9b\x9d",
        b"\xf5\xf5",
        b"\x1b[1;2;3;4;5;6;7~",
        b"\x1b\x1b[",
    ),
    *(b"\x1b[" + b"9" * 3_000 + b"A", b"\x1b]" + b"x" * 5_000, b"\x1b\\", b"\x07"),
)
"""What a terminal may answer unasked, cut off or made up, and bytes that are no text."""


def _opened(desk: Desk, screen: str) -> WalkApp:
    visit = the_visit(desk, "V3" if screen == "visit" else "V1").id
    at = visit if screen in ("visit", "write", "hall", "teacher_note") else ""
    return WalkApp(desk, Place(screen, desk.walk_id, at))


async def _paste(tmp_path: Path, screen: str, text: str) -> None:
    with desk_at(hostile_store(tmp_path)) as desk:
        app = _opened(desk, screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            fields: list[Widget] = [
                one
                for one in app.screen.query("*")
                if isinstance(one, Input | TextArea) and one.focusable
            ]
            for field in fields[:2]:
                field.focus()
                await pilot.pause()
                field.post_message(events.Paste(text))
                await pilot.pause()
                await pilot.press("a", "enter")
                await pilot.pause()
                assert not ACTS.search(frame(app))
            assert app.is_running
        assert not desk.store.check()


@pytest.mark.parametrize("screen", TYPED_INTO)
async def test_any_signs_may_be_pasted(tmp_path: Path, screen: str) -> None:
    await _paste(tmp_path, screen, PASTED["signs"])


@pytest.mark.deep
@pytest.mark.parametrize("what", PASTED)
@pytest.mark.parametrize("screen", sorted(SCREENS))
async def test_anything_may_be_pasted_into_every_screen(
    tmp_path: Path, screen: str, what: str
) -> None:
    await _paste(tmp_path, screen, PASTED[what])


def _bytes_of(store: Path, screen: str, sent: bytes, *, types_on: bool = True) -> None:
    """Send bytes to the app in a terminal; it lives on, and sends none of them back raw."""
    with desk_at(store) as desk:
        at = the_visit(desk, "V3").id if screen == "visit" else ""
        desk.remember(Place(screen, desk.walk_id, at))
    with Terminal(walk_command(store)) as terminal:
        terminal.wait_for("Esc" if screen == "visit" else "help")
        terminal.settle()
        before = len(terminal.raw)
        terminal.process.send(sent)
        terminal.settle(0.3)
        assert terminal.process.isalive(), terminal.text
        if screen == "visit" and types_on:
            terminal.send("x")  # what was cut off may take one letter more
            terminal.send("enter")
            terminal.send("lives on")
            terminal.wait_for("lives on", 60)  # thousands of letters are taken key by key
        came = bytes(terminal.raw[before:])
        assert b"\x1b]52;" not in came
        assert b"\x1b]0;" not in came
        assert b"\xc2\x9b" not in came
        assert "fault of its own" not in terminal.text


def test_what_a_terminal_answers_unasked_harms_nothing(tmp_path: Path) -> None:
    # The long ones are taken key by key, for half a minute; the deep form waits for that.
    _bytes_of(hostile_store(tmp_path), "visit", b"".join(ANSWERS), types_on=False)


def test_after_what_a_terminal_answers_unasked_one_types_on(tmp_path: Path) -> None:
    short = [one for one in ANSWERS if len(one) < 1_000]
    _bytes_of(hostile_store(tmp_path), "visit", b"".join(short))


@pytest.mark.deep
@pytest.mark.parametrize("screen", ["home", "visit", "board"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_of_a_terminal_harms_a_screen(tmp_path: Path, screen: str, answer: bytes) -> None:
    _bytes_of(hostile_store(tmp_path), screen, answer)


PLAIN_LINES = (
    *(
        "?",
        "1",
        "2",
        "3",
        "4",
        "h",
        "n",
        "b",
        "x" * 30_000,
        "\x1b]0;T\x07",
        "²",
        "٣",
        "1-999999999",
    ),
    *("/dev/zero", "pipe", "a folder", "\x1b[200~paste\x1b[201~", "V1", "", "\u202ex", "#²", "q"),
)


def test_the_plain_mode_takes_any_lines(runs: Runs, fresh: Callable[[], list[str]]) -> None:
    fresh()
    env = runs.environment(WALK_STORE=str(runs.folder / "walk.walkdb"))
    for turn in range(6):
        lines = [PLAIN_LINES[(place * (turn + 3)) % len(PLAIN_LINES)] for place in range(60)]
        ran = runs.run("--plain", stdin="\n".join(lines).encode() + b"\n\xff\xfe", env=env)
        assert not ran.wrong(), ran.wrong()


@given(st.integers(0, 200), st.sampled_from("\u0301\u20dd\u200d\ufe0f\u0651"))
def test_a_tower_of_marks_is_cut_and_words_are_not(many: int, mark: str) -> None:
    """Tens of thousands of marks on one letter keep a terminal busy for seconds."""
    shown = safe("e" + mark * many)
    assert safe(shown) == shown
    assert shown == ("e" + mark * many if many <= 30 else "e" + mark * 30 + "\ufffd")
