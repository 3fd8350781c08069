"""The plain mode in a real pseudo-terminal and behind a pipe: Ctrl+C, Ctrl+D, kills, locales."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts, the_visit
from tests.terminal import Terminal, walk_command
from walk.model import Form
from walk.routine.visiting import visit

PLAIN = "--plain"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with a small walk."""
    path = tmp_path / "plain.walkdb"
    with desk_at(path) as desk:
        begin_small(desk)
    return path


@pytest.fixture
def terminal(store: Path) -> Iterator[Terminal]:
    """The plain mode in a terminal, in the room of V1."""
    with Terminal(walk_command(store, PLAIN), rows=40) as terminal:
        terminal.process.setecho(True)
        terminal.wait_for("Home, number or word:")
        terminal.send("visit V1", "enter")
        terminal.wait_for("V1, note:")
        yield terminal


def ended(terminal: Terminal) -> int:
    """Wait for the end of the program; its exit code."""
    while terminal.read(5.0):
        pass
    terminal.process.wait()
    code = terminal.process.exitstatus
    assert code is not None
    return int(code)


def piped(store: Path, *lines: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Say lines through a pipe."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    return subprocess.run(
        walk_command(store, PLAIN),
        input="".join(f"{line}\n" for line in lines).encode(),
        capture_output=True,
        env={**known, **env},
        timeout=60,
    )


def saved(store: Path) -> list[str]:
    """The notes that are in a store."""
    with desk_at(store) as desk:
        return texts(desk)


def kept(store: Path) -> str:
    """What is kept of a line for V1 that was not entered."""
    with desk_at(store) as desk:
        draft = desk.draft(visit.line_place(desk, the_visit(desk, "V1")))
        return draft.text if draft else ""


# At a keyboard ---------------------------------------------------------------------------------


def test_a_visit_by_keyboard_sends_no_terminal_code(store: Path, terminal: Terminal) -> None:
    """Nothing moves a cursor, paints a colour or draws again: what is read aloud stays as read."""
    terminal.send("pens down", "enter")
    terminal.wait_for("Saved: noticing 1")
    terminal.send("\x1b[A\x1b[Bpens up", "enter")
    terminal.wait_for("Saved: noticing 2")
    terminal.send("/quit", "enter")
    assert ended(terminal) == 0
    # The terminal itself shows Esc as ^[ when it is typed.
    assert b"\x1b" not in terminal.raw
    assert b"\x07" not in terminal.raw
    assert re.search(rb"\r(?!\n)", terminal.raw) is None
    assert saved(store) == ["pens down", "pens up"]


def test_ctrl_c_keeps_the_line_that_was_half_typed(store: Path, terminal: Terminal) -> None:
    terminal.send("pens down", "enter")
    terminal.wait_for("Saved: noticing 1")
    terminal.send("half a li")
    terminal.wait_for("half a li")
    terminal.send("\x03")
    assert ended(terminal) == 1
    assert "All that was entered is saved." in terminal.text
    assert saved(store) == ["pens down"]
    assert kept(store) == "half a li"


def test_a_line_entered_right_before_ctrl_c_is_saved(store: Path, terminal: Terminal) -> None:
    terminal.send("pens down\rhalf a li\x03")
    assert ended(terminal) == 1
    assert saved(store) == ["pens down"]
    assert kept(store) == "half a li"


def test_a_passphrase_half_typed_is_not_shown_by_ctrl_c(terminal: Terminal) -> None:
    for line in ("/home", "share", "lock"):
        terminal.send(line, "enter")
    terminal.wait_for("Passphrase:")
    terminal.send("four plain wo")
    terminal.settle()
    terminal.send("\x03")
    assert ended(terminal) == 1
    assert "four" not in terminal.text


def test_ctrl_d_leaves_and_a_line_before_it_counts(store: Path, terminal: Terminal) -> None:
    terminal.send("last words", "\x04", "\x04", "\x04")
    assert ended(terminal) == 0
    assert saved(store) == ["last words"]


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.deep)]
)
def test_a_program_that_is_asked_to_end_keeps_the_half_line(
    store: Path, terminal: Terminal, number: int
) -> None:
    terminal.send("half a li")
    terminal.wait_for("half a li")
    os.kill(terminal.process.pid, number)
    ended(terminal)
    assert kept(store) == "half a li"


@pytest.mark.deep
def test_a_window_that_is_closed_takes_nothing_that_was_entered(
    store: Path, terminal: Terminal
) -> None:
    terminal.send("pens down", "enter")
    terminal.wait_for("Saved: noticing 1")
    terminal.send("half a li")
    terminal.process.ptyproc.fileobj.close()
    terminal.process.ptyproc.wait()
    assert saved(store) == ["pens down"]


def test_killed_at_once_everything_entered_is_there(store: Path, terminal: Terminal) -> None:
    for count in range(1, 6):
        terminal.send(f"line {count}", "enter")
        terminal.wait_for(f"Saved: noticing {count}")
    terminal.send("not entered")
    terminal.kill()
    assert saved(store) == [f"line {count}" for count in range(1, 6)]
    with desk_at(store) as desk:
        (form,) = [one.record for one in desk.store.all(Form, desk.walk_id)]
        assert form.entered_at is not None


def test_a_line_longer_than_the_terminal_hands_on_says_so(store: Path, terminal: Terminal) -> None:
    terminal.send("word " * 1_200, "enter")
    terminal.wait_for("hands on 4,095 bytes")
    terminal.wait_for("Saved: noticing 1")
    (note,) = saved(store)
    assert note.startswith("word word")
    assert len(note) > 4_000


@pytest.mark.deep
def test_lines_are_broken_between_words(store: Path) -> None:
    with Terminal(walk_command(store, PLAIN), rows=60, columns=60) as terminal:
        terminal.wait_for("Home, number or word:")
        lines = [line for line in terminal.text.split("\n") if line]
    assert max(map(len, lines)) < 60
    said = " ".join(terminal.text.split())
    assert "extended explanation" in said or "fuller explanation" in said


def test_a_dumb_terminal_gets_lines_without_being_asked(store: Path) -> None:
    with Terminal(walk_command(store), env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("Home, number or word:")
        terminal.send("quit", "enter")
        assert ended(terminal) == 0


def test_the_sample_walk_comes_in_lines_on_a_dumb_terminal(tmp_path: Path) -> None:
    sample = walk_command(tmp_path / "sample.walkdb", "demo")
    with Terminal(sample, env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("Home, number or word:")
        terminal.send("quit", "enter")
        assert ended(terminal) == 0


@pytest.mark.parametrize(
    ("said", "kind"), [((PLAIN, "practice"), "xterm"), (("practice",), "dumb")]
)
def test_practice_without_the_full_screen_says_what_helps(
    store: Path, said: tuple[str, ...], kind: str
) -> None:
    with Terminal(walk_command(store, *said), env={"TERM": kind}) as terminal:
        terminal.wait_for("walk language")
        assert "One way:" in terminal.text
        assert ended(terminal) == 1


# Behind a pipe ---------------------------------------------------------------------------------


def test_a_pipe_reads_as_it_was_said_and_tells_a_refusal_by_its_code(store: Path) -> None:
    done = piped(store, "visit V1", "pens down", "/leave", "/finish", "no such word", "quit")
    assert done.returncode == 1
    assert "V1, note: pens down\nSaved: noticing 1.\n" in done.stdout.decode()
    assert done.stderr == b""
    assert "“no such word” is no word here." in done.stdout.decode()


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C"},
        pytest.param({"LANG": "C", "LC_ALL": "C"}, marks=pytest.mark.deep),
        pytest.param({"PYTHONIOENCODING": "ascii"}, marks=pytest.mark.deep),
    ],
)
def test_where_the_output_is_no_unicode_our_own_signs_are_ascii(
    store: Path, env: dict[str, str]
) -> None:
    done = piped(store, "visit V1", "T: “élan” …", "/notes", "?", "/home", "debrief", **env)
    said = done.stdout.decode()
    assert done.returncode == 0
    own = said.replace("élan", "")
    assert [sign for sign in own if not sign.isascii() and sign not in "“”…"] == []
    assert "Goodbye" not in said
    assert saved(store) == ["T: “élan” …"]


@pytest.mark.parametrize(("number", "name"), [(0, "input"), (1, "output")])
def test_a_stream_that_is_closed_from_the_start_is_told(
    store: Path, number: int, name: str
) -> None:
    done = subprocess.run(
        walk_command(store, PLAIN),
        stderr=subprocess.PIPE,
        preexec_fn=lambda: os.close(number),
        timeout=60,
    )
    assert done.returncode == 1
    assert f"The standard {name} is closed." in done.stderr.decode()


def test_bytes_that_are_no_unicode_are_kept_as_signs(store: Path) -> None:
    done = subprocess.run(
        walk_command(store, PLAIN),
        input=b"\xef\xbb\xbfvisit V1\r\nS: caf\xe9\r\na\x00b\r\nlast",
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 1  # a NUL cannot be saved; it is refused, and the rest goes on
    assert "damaged character" in done.stdout.decode()
    assert saved(store) == ["S: café", "last"]


def test_nothing_of_the_full_screen_is_loaded(store: Path) -> None:
    """It starts at once, and runs where no screen library could."""
    words = ["visit V1", "pens down", "/wording on", "so great", "/leave", "/finish", "board"]
    words += ["home", "group", "home", "trends", "home", "steps", "home", "debrief", "read", "home"]
    words += ["share", "home", "collect", "home", "begin", "", "summary", "quit"]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *walk_command(store, PLAIN)[1:]],
        input="".join(f"{one}\n" for one in words).encode(),
        capture_output=True,
        timeout=60,
    )
    loaded = set(re.findall(r"\| +([\w.]+)$", done.stderr.decode(), flags=re.MULTILINE))
    assert done.returncode == 0, done.stdout.decode()
    assert {
        "walk.plain.debriefing.team",
        "walk.routine.timekeeping.board",
        "walk.routine.following.step_acts",
    } <= loaded
    assert {one for one in loaded if one.split(".")[0] == "textual"} == set()
    assert not any(one.startswith(("walk.screens", "walk.widgets", "walk.app")) for one in loaded)


def test_the_sample_walk_is_read_in_lines(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "walk", PLAIN, "demo"],
        input=b"trends\nhome\nsummary\nsteps\ntell 1\nquit\n",
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    said = done.stdout.decode()
    assert "asset: Students point to" in said
    assert set("█|·→") & set(said) == set(), "signs that readers spell out"
    assert re.search("^Thank you for opening 4 classrooms .* learn with you.$", said, re.MULTILINE)
