"""An environment full of rubbish: walk runs or says in words what it cannot use."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.runs import ACTS, ROOT, Runs

RUBBISH: tuple[bytes, ...] = (
    *(b"", b" ", b"\xff\xfe", b"x" * 100_000, b"\x1b]0;T\x07", b"/dev/null", b"/proc/self/mem"),
    *(b"..", b"\xe2\x80\xae", b"a\nb", b"%s%n", b"~nobody-at-all", b"-1", b"9" * 30, b"nan"),
)
LATE = (
    *("HOME", "XDG_DATA_HOME", "WALK_STORE", "TMPDIR", "TZ", "COLUMNS", "LINES", "NO_COLOR"),
    *("WALK_PASSPHRASE", "SHELL", "USER", "PWD", "OneDrive", "SQLITE_TMPDIR"),
)
"""Variables that are read when they are needed."""
EARLY = {
    "LC_ALL": (b"C", b"tr_TR.UTF-8", b"\xff", b"x" * 5_000),
    "PYTHONIOENCODING": (b"ascii:strict", b"latin-1:strict", b"cp1252"),
    "PYTHONUTF8": (b"0",),
    "PYTHONWARNINGS": (b"default", b"error"),
    "TERM": (b"", b"\x1b]0;T\x07", b"x" * 5_000),
    "TEXTUAL_FPS": (b"nan", b"-1"),
    "TEXTUAL_COLOR_SYSTEM": (b"\x1b[31m",),
    "PYTHONTZPATH": (b"nowhere",),
}
"""Variables that are read while Python or walk starts, and what each is set to."""
COMMANDS = (["steps"], ["doctor"], ["import", "notes.csv"], ["plan", "plan.toml", "--ics"])


def _late(runs: Runs, name: str, values: tuple[bytes | None, ...]) -> None:
    for number, value in enumerate(values):
        env = runs.environment(WALK_STORE=str(runs.folder / "walk.walkdb"))
        if name in ("HOME", "XDG_DATA_HOME"):
            del env["WALK_STORE"]  # so that the data folder is asked for
        if name == "HOME":
            # Without a whole path there, the system says where home is: not a place for a test.
            env["XDG_DATA_HOME"] = str(runs.folder / "home")
        env.pop(name, None)
        if value is not None:
            env[name] = value
        # A folder down, so that a home of .. is still one that may be written to.
        command = COMMANDS[number % len(COMMANDS)]
        ran = runs.run(*command, env=env, cwd=runs.folder / "a folder")
        assert not ran.wrong(line_ends=True), f"{name}={value!r}: {ran.wrong(line_ends=True)}"


@pytest.mark.parametrize("name", LATE)
def test_a_variable_may_hold_rubbish(runs: Runs, fresh: Callable[[], list[str]], name: str) -> None:
    fresh()
    start = LATE.index(name)
    _late(runs, name, (None, *RUBBISH[start % 5 :: 5]))


@pytest.mark.deep
@pytest.mark.parametrize("name", LATE)
def test_a_variable_may_hold_any_rubbish(
    runs: Runs, fresh: Callable[[], list[str]], name: str
) -> None:
    fresh()
    _late(runs, name, (None, *RUBBISH))


def _started(runs: Runs, env: dict[bytes, bytes], command: list[str]) -> None:
    """Run a command in a Python of its own, and hold it to how commands behave."""
    ended = subprocess.run(
        [sys.executable, "-m", "walk", *command],
        cwd=runs.folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    said = (ended.stdout + ended.stderr).decode("utf-8", "backslashreplace")
    assert ended.returncode in (0, 1), said
    assert "Traceback" not in said
    assert "fault of its own" not in said
    assert not ACTS.search(said.replace("\r\n", "\n")), said


def _plain(runs: Runs) -> dict[bytes, bytes]:
    env = {os.fsencode(name): os.fsencode(value) for name, value in runs.environment().items()}
    return {
        **env,
        b"PYTHONPATH": os.fsencode(ROOT),
        b"WALK_STORE": os.fsencode(Path(runs.folder) / "walk.walkdb"),
    }


def test_all_of_the_rubbish_at_once(runs: Runs, fresh: Callable[[], list[str]]) -> None:
    fresh()
    firsts = {os.fsencode(name): values[0] for name, values in EARLY.items()}
    _started(runs, _plain(runs) | firsts, ["summary"])


def test_next_to_nothing_in_the_environment(runs: Runs, fresh: Callable[[], list[str]]) -> None:
    """Where even the home is not said, it is asked of the system; the store is named."""
    fresh()
    store = str(runs.folder / "walk.walkdb")
    _started(runs, {b"PYTHONPATH": os.fsencode(ROOT)}, ["--store", store, "steps"])


@pytest.mark.deep
@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in EARLY.items() for value in values]
)
def test_what_is_read_at_the_start_may_be_rubbish(
    runs: Runs, fresh: Callable[[], list[str]], name: str, value: bytes
) -> None:
    fresh()
    for command in (["summary"], ["doctor"]):
        _started(runs, _plain(runs) | {os.fsencode(name): value}, command)
