"""Backup, restore and doctor by the command line, and the questions at the start."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from tests.desks import begin_small, desk_at
from tests.mishaps import full_at
from tests.routine import backup_desk
from tests.routine.backup_desk import texts, write
from walk.cli import walk as root
from walk.clock import FixedClock
from walk.commands import backup as cli_backup
from walk.errors import FullDisk, Refused
from walk.routine.desk import Desk
from walk.routine.keeping import backups
from walk.storage import backup, copies

path = backup_desk.path
clock = backup_desk.clock
desk = backup_desk.desk


def run(path: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(root, ["--store", str(path), *words], input=typed)


def listed(path: Path) -> Any:
    return json.loads(run(path, "restore", "--list", "--json").stdout)


def test_backup_and_restore_from_the_shell(path: Path) -> None:
    with desk_at(path) as desk:
        begin_small(desk)
        write(desk, "one", "two")
        walk = desk.walk_id
    done = run(path, "backup")
    assert done.exit_code == 0
    assert "Backup made: " in done.stdout
    assert "2 notes" in done.stdout
    with desk_at(path) as desk:
        write(desk, "three")
    found = listed(path)
    (one,) = found["backups"]
    assert (one["number"], one["why"], one["sound"]) == (1, "asked", True)
    (held,) = one["walks"]
    assert (held["walk"], held["notes"], held["notes_now"]) == (walk, 2, 3)
    shown = run(path, "restore", "--list").stdout
    assert "1 note would go" in shown
    refused = run(path, "restore")
    assert refused.exit_code == 1
    assert "--yes" in refused.stderr
    assert len(listed(path)["backups"]) == 1, "nothing is done without a yes"
    done = run(path, "restore", "--yes", "--json")
    result = json.loads(done.stdout)
    assert result["set_aside"] is None
    with desk_at(path) as desk:
        assert texts(desk) == ["one", "two"]
    assert run(path, "restore", "--yes", Path(result["before"]).name).exit_code == 0
    with desk_at(path) as desk:
        assert texts(desk) == ["one", "three", "two"]


def test_a_damaged_store_from_the_shell(path: Path) -> None:
    with desk_at(path) as desk:
        begin_small(desk)
        write(desk, "one")
    run(path, "backup")
    with desk_at(path) as desk:
        write(desk, "written after the backup")
    content = path.read_bytes()
    path.write_bytes(b"\xff" * 4096 + content[4096:])
    refused = run(path, "history")
    assert refused.exit_code == 1
    assert "walk restore" in refused.stderr
    assert listed(path)["damaged"]
    done = run(path, "restore", "--yes")
    assert done.exit_code == 0
    assert "1 note made after the backup was saved from the damaged store." in done.stdout
    (aside,) = listed(path)["set_aside"]
    assert Path(aside).read_bytes()[:4] == b"\xff" * 4
    with desk_at(path) as desk:
        assert texts(desk) == ["one", "written after the backup"]


def test_wrong_uses_are_told(path: Path, tmp_path: Path) -> None:
    assert run(path, "backup").exit_code == 1
    assert not path.exists(), "no store is made by the way"
    assert "no backup" in run(path, "restore", "--yes").stderr
    assert run(path, "restore", "--json").exit_code == 2
    with desk_at(path) as desk:
        begin_small(desk)
    for which in ("7", "none.walkdb"):
        done = run(path, "restore", "--yes", which)
        assert done.exit_code == 1
        assert "--list" in done.stderr
    target = tmp_path / "stick.walkdb"
    assert run(path, "backup", "-o", str(target)).exit_code == 0
    assert "is there already" in run(path, "backup", "-o", str(target)).stderr
    assert backup.kept(path) == []
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    done = run(path, "backup", "-o", str(folder))
    assert "Dropbox keeps its folder in step" in done.stderr
    assert len(os.listdir(folder)) == 1


@pytest.mark.parametrize(
    ("typed", "texts_then", "aside"),
    [("q\n", None, 0), ("x\n1\n", ["one"], 1), ("2\n", [], 1), ("", None, 0)],
)
def test_the_questions_at_the_start(
    path: Path, typed: str, texts_then: list[str] | None, aside: int
) -> None:
    with desk_at(path) as desk:
        begin_small(desk)
        write(desk, "one")
    backup.make(path, 1_760_430_000_000, "daily")
    path.write_bytes(b"")
    found: list[list[str] | None] = []

    @click.command()
    def start() -> None:
        with cli_backup.desk_for_app(path) as desk:
            found.append(None if desk is None else texts(desk))

    done = CliRunner().invoke(start, input=typed)
    assert done.exit_code == 0, done.output
    assert "is empty (0 bytes)" in done.output
    assert "1  bring it back" in done.output
    assert "1 note" in done.output, "what the backup holds is shown before"
    assert found == [texts_then]
    assert len(backup.aside(path)) == aside
    if texts_then is None:
        assert path.read_bytes() == b""


def test_a_store_that_is_gone_is_not_called_damaged(path: Path) -> None:
    with desk_at(path) as desk:
        begin_small(desk)
        write(desk, "one")
    backup.make(path, 1_760_430_000_000, "daily")
    path.unlink()

    @click.command()
    def start() -> None:
        with cli_backup.desk_for_app(path) as desk:
            assert desk is None

    asked = CliRunner().invoke(start, input="q\n")
    assert asked.exit_code == 0, asked.output
    assert "is gone" in asked.output
    for words in ("damaged", "set aside", "can still be read"):
        assert words not in asked.output
    assert "The store is gone." in run(path, "restore", "--list").stdout
    assert "The store is gone." in run(path, "restore", "--yes").stdout
    with desk_at(path) as desk:
        assert texts(desk) == ["one"]
    path.unlink()
    Path(f"{path}-wal").write_bytes(b"what was left")
    done = run(path, "restore", "--yes").stdout
    assert "What was left beside the store is set aside as test.walkdb-damaged-" in done
    named = done.partition("set aside as ")[2].partition(";")[0]
    assert path.with_name(named).read_bytes() == b"what was left"


def test_a_restore_tells_what_it_does_while_it_takes(path: Path, clock: FixedClock) -> None:
    with desk_at(path, clock) as desk:
        begin_small(desk)
    backups.take(path, clock)
    told: list[str] = []
    backups.restore(path, backups.named(path, clock, "1"), clock, report=told.append)
    assert told == [
        "Making the backup ready",
        "Looking through what is there now",
        "Backing up what is there now",
        "Bringing the backup back",
    ]


@pytest.mark.parametrize("is_a_terminal", [True, False])
def test_at_the_shell_it_is_told_on_one_line_of_a_terminal(
    monkeypatch: pytest.MonkeyPatch, is_a_terminal: bool
) -> None:
    written = io.StringIO()
    monkeypatch.setattr(written, "isatty", lambda: is_a_terminal, raising=False)
    monkeypatch.setattr("sys.stderr", written)
    with cli_backup._progress() as report:
        report("Bringing the backup back")
    lines = [one.strip() for one in written.getvalue().split("\r")]
    assert lines == (["", "Bringing the backup back …", "", ""] if is_a_terminal else [""])


def test_a_backup_of_a_newer_walk_says_to_update(path: Path, clock: FixedClock) -> None:
    with desk_at(path, clock) as desk:
        begin_small(desk)
    made = backups.take(path, clock)
    with closing(sqlite3.connect(made)) as conn:
        conn.execute("PRAGMA user_version=9000")
    assert backups.look(made).mend == backups.UPDATE
    done = run(path, "restore", made.name, "--yes")
    assert done.exit_code == 1
    assert "made by a newer walk" in done.stderr
    assert "Update walk on this laptop" in done.stderr


def test_too_little_room_for_a_restore_is_told_before_anything_is_done(
    desk: Desk, path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(desk, "one")
    backups.take(path, clock)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 8, 1))
    with pytest.raises(FullDisk, match="too full to bring a backup back"):
        backups.restore(path, backups.named(path, clock, "1"), clock)
    assert [one.why for one in backup.kept(path)] == ["asked"]
    assert texts(desk) == ["one"]


def test_damage_found_by_the_daily_look_is_asked_about_at_the_next_start(path: Path) -> None:
    with desk_at(path) as desk:
        begin_small(desk)
        write(desk, "one")
        backups.remember(path, "The store does not add up: a page.")
    found: list[bool] = []

    @click.command()
    def start() -> None:
        with cli_backup.desk_for_app(path) as desk:
            found.append(desk is not None)

    for typed, opens in (("q\n", False), ("3\n", True)):
        done = CliRunner().invoke(start, input=typed)
        assert "3  open it as it is" in done.output
        assert "There is no backup of" in done.output
        assert found.pop() is opens
    backups.remember(path, "")
    assert CliRunner().invoke(start).output == ""
    assert found == [True]


def test_a_place_where_no_backup_can_be_written_is_told_by_its_own_name(
    desk: Desk, path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The store is all right, so nobody is told to name another one."""

    def closed(*_: object) -> None:
        raise PermissionError

    with pytest.raises(Refused, match="gone is not there") as gone:
        backups.take(path, clock, to=tmp_path / "gone" / "b.walkdb")
    with (
        full_at("walk.storage.copies.copy"),
        pytest.raises(FullDisk, match="no room for a backup at") as full,
    ):
        backups.take(path, clock, to=tmp_path / "b.walkdb")
    monkeypatch.setattr(copies, "new_file", closed)
    with pytest.raises(Refused, match=r"b\.walkdb cannot be written") as refused:
        backups.take(path, clock, to=tmp_path / "b.walkdb")
    assert not any("--store" in one.value.mend for one in (gone, full, refused))
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize(
    ("named", "told"),
    [("", "without a name"), ("data", "data is a folder"), ("~nobody-here/b", "cannot be read")],
)
def test_what_is_no_backup_is_told(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, named: str, told: str
) -> None:
    path.parent.mkdir()
    monkeypatch.chdir(path.parent.parent)
    with pytest.raises(Refused, match=told):
        backups.named(path, clock, named)
