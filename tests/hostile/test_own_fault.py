"""Where walk itself is at fault on the command line: told in words, and nobody's words with it."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

import walk.cli
from tests.desks import desk_at
from walk.crash import write_down
from walk.paths import crash_file

SECRET = "S1 said \x1b]0;T\x07 something"


def _fail(**_named: object) -> None:
    raise ValueError(SECRET)


def test_a_fault_is_told_and_written_down_without_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["walk", "history"])
    monkeypatch.setattr(walk.cli, "walk", _fail)
    with pytest.raises(SystemExit) as ended:
        walk.cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "by a fault of its own. What you saved is kept." in said
    assert str(crash_file()) in said
    written = crash_file().read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "test_own_fault.py" in written
    assert "S1 said" not in said + written


def test_where_nothing_can_be_written_the_words_hold_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("walk.crash.crash_file", lambda: tmp_path / "file" / "crash.txt")
    assert "RecursionError" in write_down(RecursionError(SECRET))
    assert "S1 said" not in write_down(RecursionError(SECRET))


@pytest.mark.parametrize("kept", ['"x"', "5", "[]", '["home"]', '["home", 1, 2]', "{", "[" * 9_000])
def test_where_one_was_is_passed_over_when_it_is_no_place(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path):
        pass
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("INSERT OR REPLACE INTO setting VALUES ('place', ?)", (kept,))
        conn.execute("INSERT OR REPLACE INTO setting VALUES ('walk', ?)", (kept,))
    with desk_at(path) as desk:
        assert desk.remembered().screen == "home"
        assert not desk.has_walk
        assert desk.me == ""
