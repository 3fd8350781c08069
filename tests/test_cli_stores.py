"""Stores that the command line cannot use: told, left alone, waited for."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import shells
from tests.shells import Shell, example, notes, table
from walk import cli

shell = shells.shell
planned = shells.planned


def _newer(path: Path) -> None:
    Shell(path)("history")
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA user_version = 99")
    conn.close()


def _other_database(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE pupils (id)")
    conn.close()


def _damaged(path: Path) -> None:
    Shell(path)("new", example(path.parent))
    data = path.read_bytes()
    path.write_bytes(data[:4096] + os.urandom(len(data) - 4096))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_newer, "newer walk"),
        (_other_database, "not a walk store"),
        (_damaged, "damaged"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"Dear staff, " * 900), "not a walk store"),
        (lambda path: path.write_bytes(bytes(range(256)) * 40), "not a walk store"),
        (lambda path: path.mkdir(), "folder"),
    ],
    ids=["newer", "other", "damaged", "empty", "letter", "garbage", "folder"],
)
def test_a_file_that_is_no_store_is_told_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "own.walkdb"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    shell = Shell(path)
    for command in (("history",), ("note", "V1", "x"), ("summary",), ("import", table(tmp_path))):
        assert words in shell.refused(*command)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for place in (tmp_path / "file" / "own.walkdb", Path("/proc/walk/own.walkdb")):
        assert "--store" in Shell(place).refused("history")


@pytest.mark.parametrize("command", [("--plain",), ("demo",), ("doctor",), ("backup",)])
def test_the_root_of_a_disk_is_a_folder_and_no_fault(command: tuple[str, ...]) -> None:
    """It has no name of its own, so no file can be looked for beside it."""
    assert "is a folder." in Shell(Path(Path.cwd().anchor)).refused(*command)


def test_a_command_waits_for_another_program_that_writes(
    planned: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one lets go once the command has begun to write, and not before."""
    holder = (
        "import sqlite3, sys\n"
        "conn = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "conn.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.readline()\n"
        "conn.execute('COMMIT')\n"
    )
    connect, begun = sqlite3.connect, list[str]()
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(planned.store)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        let_go, held = other.stdin, other.stdout
        assert let_go is not None
        assert held is not None

        def told(statement: str) -> None:
            if statement == "BEGIN IMMEDIATE" and not begun:
                begun.append(statement)
                meanwhile.start()

        def refused_too() -> None:
            with (
                contextlib.closing(connect(planned.store, timeout=0)) as third,
                pytest.raises(sqlite3.OperationalError, match="locked"),
            ):
                third.execute("BEGIN IMMEDIATE")
            let_go.write("let go\n")
            let_go.flush()

        meanwhile = threading.Thread(target=refused_too)

        def telling(*rest: Any, **more: Any) -> sqlite3.Connection:
            made: sqlite3.Connection = connect(*rest, **more)
            made.set_trace_callback(told)
            return made

        assert held.readline() == "held\n"
        monkeypatch.setattr(sqlite3, "connect", telling)
        planned("note", "V1", "written meanwhile")
        assert begun
        meanwhile.join()
        assert other.wait(30) == 0
    assert [one.text for one in notes(planned)] == ["written meanwhile"]


def test_a_program_that_holds_on_is_told(planned: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "WAIT_S", 0.01)
    holder = sqlite3.connect(planned.store, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        assert "Another program is writing" in planned.refused("note", "V1", "x")
    finally:
        holder.close()
    planned("note", "V1", "x")


def test_stopping_by_hand_is_no_trace(planned: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("walk.routine.following.steps.in_words", stop)
    assert planned("steps", code=1).stderr == "Stopped.\n"
