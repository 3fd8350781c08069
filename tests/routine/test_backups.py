"""Backups in people's words: once a day, what one holds and would change, and the commands."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from tests.desks import begin_small, desk_at, the_visit
from tests.mishaps import full_at, no_room
from walk import cli_backup
from walk.cli import walk as root
from walk.clock import FixedClock
from walk.errors import BusyStore, FullDisk, Refused
from walk.model import Note
from walk.routine import backup_words, backups, visit
from walk.routine.desk import Desk
from walk.routine.start import health, told_damaged
from walk.storage import backup, copies, synced
from walk.storage.presence import alone

DAY_S = 24 * 3600


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "test.walkdb"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(path, clock) as found:
        begin_small(found)
        yield found


def write(desk: Desk, *texts: str) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    for text in texts:
        visit.add_note(desk, form, text)


def texts(desk: Desk) -> list[str]:
    return sorted(one.record.text for one in desk.store.all(Note, desk.walk_id))


def break_note(path: Path, text: str) -> None:
    content = path.read_bytes()
    assert text.encode() in content
    path.write_bytes(content.replace(text.encode(), text.swapcase().encode()))


# Once a day


def test_one_a_day_is_made_in_silence(desk: Desk, path: Path, clock: FixedClock) -> None:
    for _ in range(3):
        assert backups.daily(path, clock) == backups.Told()
    assert [one.why for one in backup.kept(path)] == ["daily"]
    clock.advance(DAY_S)
    backups.daily(path, clock)
    assert len(backup.kept(path)) == 2


def test_what_a_kill_left_of_one_goes_at_the_next_start(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    """It holds notes; where the day has its backup nothing else would clear it away."""
    backups.daily(path, clock)
    part = backup.backup_folder(path) / "2025-10-14-100000.part"
    part.write_bytes(b"half a store")
    scratch = path.with_name(f"{path.name}-new-0a1b2c3d")
    scratch.write_bytes(b"half a restore")
    backups.daily(path, clock)
    assert not part.exists()
    assert not scratch.exists()
    assert len(backup.kept(path)) == 1


def test_the_day_is_the_local_one(desk: Desk, path: Path) -> None:
    """At nine in the evening it is the same day, whatever UTC says."""
    late = FixedClock(datetime(2025, 10, 14, 23, 30, tzinfo=UTC))
    backups.daily(path, late)
    late.advance(20 * 60)
    assert backups.daily(path, late) == backups.Told()
    assert len(backup.kept(path)) == 1
    late.advance(20 * 60)
    backups.daily(path, late)
    assert len(backup.kept(path)) == 2


def test_an_empty_store_needs_none(path: Path, clock: FixedClock) -> None:
    with desk_at(path, clock):
        backups.daily(path, clock)
    assert backup.kept(path) == []


def test_damage_is_found_told_and_remembered(desk: Desk, path: Path, clock: FixedClock) -> None:
    write(desk, "students point to line four")
    desk.store.close()
    break_note(path, "students point to line four")
    told = backups.daily(path, clock)
    assert told.wrong
    assert "1 entry is not as written" in told.words
    assert "walk restore" in told.words
    assert backup.kept(path) == []
    assert "1 entry is not as written" in told_damaged(path)
    assert backups.daily(path, clock).wrong, "and again, as long as it lasts"


def test_after_a_crash_it_looks_also_where_the_day_has_its_backup(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    write(desk, "students point to line four")
    backups.daily(path, clock)
    desk.store.close()
    break_note(path, "students point to line four")
    assert backups.daily(path, clock) == backups.Told()
    assert backups.daily(path, clock, after_a_crash=True).wrong
    assert backups.daily(path, clock).wrong, "told until it is mended"


def test_no_room_is_told_and_nothing_raised(
    desk: Desk, path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "copy", no_room)
    told = backups.daily(path, clock)
    assert told.wrong
    assert told.words.startswith("No backup was made today: ")
    assert "The disk is full" in told.words


def test_an_unclean_end_is_noticed_at_the_next_start(path: Path, clock: FixedClock) -> None:
    with desk_at(path, clock) as desk:
        begin_small(desk)
        beside = Path(f"{path}-wal").read_bytes()
        with desk_at(path, clock) as other:
            desk.arrive()
            other.arrive()
            assert not other.after_a_crash, "what lies there is the first one's"
    with desk_at(path, clock) as desk:
        assert not desk.after_a_crash
    Path(f"{path}-wal").write_bytes(beside)
    with desk_at(path, clock) as desk:
        desk.arrive()
        assert desk.after_a_crash


def test_nothing_is_saved_into_a_store_that_was_set_aside_while_one_waited(
    path: Path, clock: FixedClock
) -> None:
    with desk_at(path, clock) as desk:
        begin_small(desk)
        backups.take(path, clock)
        if os.name == "posix":  # elsewhere a file that is open cannot be set aside
            os.rename(path, path.with_name(f"{path.name}-damaged-2025-10-14-090000"))
            shutil.copyfile(backups.listed(path, clock)[0].path, path)
            with pytest.raises(BusyStore, match="brought back"):
                desk.arrive()
    with desk_at(path, clock) as desk:
        assert desk.arrive() == ""


# What one holds


def test_it_says_what_would_go_and_come_back(desk: Desk, path: Path, clock: FixedClock) -> None:
    write(desk, "one", "two")
    made = backups.take(path, clock)
    write(desk, "three")
    found = {one.record.text: one.record for one in desk.store.all(Note, desk.walk_id)}
    desk.save("visit", "changed", found["one"].model_copy(update={"text": "one more"}))
    desk.save("visit", "withdrawn", withdraw=[found["two"]])
    now, then = backups.look_at_store(path), backups.look(made)
    assert then.sound
    assert then.holding
    lines = backup_words.changes(now.holding, then.holding)
    assert "2 notes" in lines[0]
    assert desk.walk.title[:20] in lines[0]
    assert lines[1].strip() == (
        "1 note would go; 1 note would come back; 1 note would read as then"
    )


def test_another_walk_would_go_whole(desk: Desk, path: Path, clock: FixedClock) -> None:
    made = backups.take(path, clock)
    first = desk.walk_id
    clock.advance(minutes=1)
    begin_small(desk)
    write(desk, "one")
    now, then = backups.look_at_store(path), backups.look(made)
    assert then.holding
    assert list(then.holding.walks) == [first]
    lines = backup_words.changes(now.holding, then.holding)
    assert lines[1].strip() == "as it is now"
    assert lines[-1].strip() == "not in this backup: all of it would go"


def test_moments_and_sizes_as_people_say_them(clock: FixedClock) -> None:
    now = clock.now()
    said = [
        backup_words.when(now.wall_ms - ms, now)
        for ms in (0, DAY_S * 1000, 3 * DAY_S * 1000, 400 * DAY_S * 1000)
    ]
    assert said == ["today 09:00", "yesterday 09:00", "Sat 11 Oct 09:00", "Mon 9 Sep 2024 09:00"]
    assert [backup_words.size_words(size) for size in (1, 240_000, 1_240_000)] == [
        "1 kB",
        "240 kB",
        "1.2 MB",
    ]


def test_the_newest_sound_one_is_found_past_a_damaged_one(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    with pytest.raises(Refused, match="no backup"):
        backups.newest_sound(path, clock)
    write(desk, "students point to line four")
    sound = backups.take(path, clock)
    clock.advance(60)
    break_note(backups.take(path, clock), "students point to line four")
    assert backups.newest_sound(path, clock).path == sound


def test_restoring_tells_what_it_did(desk: Desk, path: Path, clock: FixedClock) -> None:
    write(desk, "one")
    backups.take(path, clock)
    write(desk, "two")
    clock.advance(60)
    kept = backups.named(path, clock, "1")
    done = backups.restore(path, kept, clock, in_place=True)
    desk.begin_again()
    assert texts(desk) == ["one"]
    assert done.lines[0] == "The backup is back: today 09:00."
    assert "takes this back" in done.lines[1]


def test_a_restore_waits_for_nobody_who_has_it_open(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    """Another program's writes would be lost, so it is refused while one runs."""
    write(desk, "one")
    made = backups.take(path, clock)
    with alone(path):
        pass
    desk.arrive()
    done = backups.restore(path, backups.named(path, clock, made.name), clock, in_place=True)
    assert done.before


# Places, doctor


def test_places_are_in_no_backup(desk: Desk, path: Path, clock: FixedClock) -> None:
    from walk.routine import places

    kept = path.with_name(f"{path.name}-places-{desk.walk_id}.toml")
    places_words = "Room 214, Annex"
    kept.write_text(f'[[place]]\ncode = "V1"\nplace = "{places_words}"\n', encoding="utf-8")
    assert places.entry_of(desk, "V1")
    made = backups.take(path, clock)
    backups.restore(path, backups.named(path, clock, "1"), clock, in_place=True)
    assert kept.exists()
    for file in [made, *backups.every(path), path]:
        assert places_words.encode() not in file.read_bytes() if file.exists() else True


def test_doctor_says_where_they_lie(
    desk: Desk, path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert any("Backups: none yet" in line for line in health(desk).lines)
    backups.take(path, clock)
    (path.parent / f"{path.name}-damaged-2025-10-01-080000").write_bytes(b"x")
    monkeypatch.setattr(synced, "service_of", lambda _: "Dropbox")
    lines = health(desk).lines
    assert f"Backups: {path}-backups" in lines
    assert any(line.startswith("  1, ") and "today 09:00" in line for line in lines)
    assert any("Set aside as damaged" in line and "2025-10-01" in line for line in lines)
    assert any("kept in step by Dropbox" in line for line in lines)


def test_doctor_remembers_damage_and_names_the_mend(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    write(desk, "students point to line four")
    desk.store.close()
    break_note(path, "students point to line four")
    with desk_at(path, clock) as found:
        wrong = health(found).wrong
    assert "walk restore" in wrong[-1]
    assert told_damaged(path)


# The commands


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
