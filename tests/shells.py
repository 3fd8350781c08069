"""The command line as a new user has it: a shell, an example walk, a table, its notes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from walk import cli
from walk.model import Note
from walk.routine.start import open_desk

EXAMPLE = Path(__file__).parents[1] / "docs" / "plan-example.toml"
TABLE = """visit,at,kind,look_for,text,walker
V1,30,noticing,Pointing,S1 points to line 4,Ana
V2,1:30,wondering,,What do students reach for?,Ben
"""
ACTS_ON_A_TERMINAL = re.compile(r"[\x00-\x08\x0b-\x1f\x80-\x9f\u202a-\u202e\u2066-\u2069]")


class Shell:
    """Runs walk on one store and looks at what everyone may rely on."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def __call__(self, *said: str, code: int = 0) -> Result:
        """Run a command that ends with this code; a refusal has its cause and mend on stderr."""
        command = ("--store", str(self.store), *said)
        result = CliRunner().invoke(cli.walk, command, prog_name="walk", color=True)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        assert not ACTS_ON_A_TERMINAL.search(result.output)
        assert (result.stderr == "") is (code == 0)
        if code == 2:
            assert result.stderr.startswith("Usage: walk")
        return result

    def refused(self, *said: str) -> str:
        """Run a command that is refused in words: a cause, and a mend below it."""
        result = self(*said, code=1)
        assert result.stdout == ""
        cause, mend = result.stderr.splitlines()[:2]
        assert cause.startswith("walk: ")
        assert mend.startswith("      ")
        return result.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell with an empty store."""
    return Shell(tmp_path / "own.walkdb")


@pytest.fixture
def planned(shell: Shell, tmp_path: Path) -> Shell:
    """A shell with the walk of the example plan."""
    shell("new", example(tmp_path))
    return shell


def example(folder: Path) -> str:
    """The path of a copy of the example plan: `walk new` writes an id into it."""
    path = folder / "example.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    return str(path)


def table(folder: Path, text: str = TABLE, name: str = "notes.csv") -> str:
    """The path of a table with this text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def notes(shell: Shell) -> list[Note]:
    """Every note of the walk that was opened last."""
    with open_desk(shell.store) as desk:
        return [one.record for one in desk.store.all(Note, desk.walk_id)]
