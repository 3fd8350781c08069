"""What a double click on Linux starts: in this terminal, in a new one, or words that say why not.

A shell and a pseudo-terminal are needed, so it is tried on POSIX systems alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pexpect
import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts" / "folder"
NAME = "Start walk.sh"
_PROGRAM = '#!/bin/sh\necho "walk says: $*"\nexit ${ENDS:-0}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as it is built, its program a stand-in that says what it is told."""
    made = tmp_path / "my stick" / "walk"
    made.mkdir(parents=True)
    shutil.copy(SCRIPTS / NAME, made)
    program = made / "walk"
    program.write_text(_PROGRAM, encoding="utf-8")
    program.chmod(0o755)
    return made


def _clicked(folder: Path, path: Path) -> subprocess.CompletedProcess[str]:
    """What a file manager does: no terminal, and only the programs in one folder."""
    for tool in ("dirname", "sh"):
        if not (path / tool).exists():
            (path / tool).symlink_to(str(shutil.which(tool)))
    return subprocess.run(
        [folder / NAME],
        cwd="/",
        env={"PATH": str(path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_in_a_terminal_it_starts_there(folder: Path) -> None:
    said, code = pexpect.run(
        "sh 'Start walk.sh' --store x", cwd=str(folder), withexitstatus=True, encoding="utf-8"
    )
    assert said.strip() == "walk says: --store x"
    assert code == 0


def test_a_double_click_opens_a_terminal(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "bin"
    path.mkdir()
    terminal = path / "konsole"
    terminal.write_text('#!/bin/sh\necho "konsole $1 $2 own=$WALK_OWN_WINDOW"\n', encoding="utf-8")
    terminal.chmod(0o755)
    done = _clicked(folder, path)
    assert done.stdout == f"konsole -e {folder / NAME} own=yes\n"


def test_without_any_terminal_it_says_so(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "bin"
    path.mkdir()
    done = _clicked(folder, path)
    assert done.returncode == 1
    assert "No terminal was found" in done.stderr


def test_a_window_of_its_own_stays_until_a_fault_was_read(folder: Path) -> None:
    child = pexpect.spawn(
        "sh",
        [NAME],
        cwd=str(folder),
        env={**os.environ, "WALK_OWN_WINDOW": "yes", "ENDS": "1"},
        encoding="utf-8",
        timeout=30,
    )
    child.expect("walk says")
    child.expect("Press Enter to close")
    child.sendline("")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1


def test_a_stick_that_marks_no_programs_is_told_apart(folder: Path) -> None:
    (folder / "walk").chmod(0o644)
    done = subprocess.run(
        ["sh", folder / NAME], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=30
    )
    assert done.returncode == 1
    assert "home folder" in done.stderr
