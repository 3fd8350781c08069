"""Backups in people's words: once a day, what one holds and would change, and the commands."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from tests.mishaps import no_room
from tests.routine import backup_desk
from tests.routine.backup_desk import texts, write
from walk.clock import FixedClock
from walk.errors import BusyStore, Refused
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.keeping import backup_words, backups
from walk.routine.start import health, told_damaged
from walk.storage import backup, copies, synced
from walk.storage.presence import alone

path = backup_desk.path
clock = backup_desk.clock
desk = backup_desk.desk


DAY_S = 24 * 3600


def break_note(path: Path, text: str) -> None:
    content = path.read_bytes()
    assert text.encode() in content
    path.write_bytes(content.replace(text.encode(), text.swapcase().encode()))


# Once a day


def test_one_a_day_is_made_in_silence(desk: Desk, path: Path, clock: FixedClock) -> None:
    for _ in range(3):
        assert backups.daily(path, clock) == ""
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
    assert backups.daily(path, late) == ""
    assert len(backup.kept(path)) == 1
    late.advance(20 * 60)
    backups.daily(path, late)
    assert len(backup.kept(path)) == 2


def test_a_backup_of_a_clock_that_ran_ahead_is_not_the_newest(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    """Brought back unasked it would be old work, and until its day it would take the room."""
    today = clock.now().utc
    clock.set_wall(today + timedelta(days=1500))
    backups.daily(path, clock)
    clock.set_wall(today)
    backups.daily(path, clock)
    own = backups.newest_sound(path, clock)
    assert own.at == clock.now().wall_ms
    assert [one.at > own.at for one in backups.listed(path, clock)] == [False, True]
    for _ in range(backup.MOST):
        clock.advance(DAY_S)
        backups.daily(path, clock)
    assert backups.listed(path, clock)[0].at == clock.now().wall_ms
    assert all(one.at <= clock.now().wall_ms for one in backup.kept(path)), "it went first"


def test_an_empty_store_needs_none(path: Path, clock: FixedClock) -> None:
    with desk_at(path, clock):
        backups.daily(path, clock)
    assert backup.kept(path) == []


def test_damage_is_found_told_and_remembered(desk: Desk, path: Path, clock: FixedClock) -> None:
    write(desk, "students point to line four")
    desk.store.close()
    break_note(path, "students point to line four")
    told = backups.daily(path, clock)
    assert "1 entry is not as written" in told
    assert "walk restore" in told
    assert backup.kept(path) == []
    assert "1 entry is not as written" in told_damaged(path)
    assert backups.daily(path, clock), "and again, as long as it lasts"


def test_after_a_crash_it_looks_also_where_the_day_has_its_backup(
    desk: Desk, path: Path, clock: FixedClock
) -> None:
    write(desk, "students point to line four")
    backups.daily(path, clock)
    desk.store.close()
    break_note(path, "students point to line four")
    assert backups.daily(path, clock) == ""
    assert backups.daily(path, clock, after_a_crash=True)
    assert backups.daily(path, clock), "told until it is mended"


def test_no_room_is_told_and_nothing_raised(
    desk: Desk, path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "copy", no_room)
    told = backups.daily(path, clock)
    assert told.startswith("No backup was made today: ")
    assert "The disk is full" in told


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
    desk.save("visit", "changed", found["one"].changed(text="one more"))
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
    from walk.routine.planning import places

    kept = path.with_name(f"{path.name}-places-{desk.walk_id}.toml")
    places_words = "Room 214, Annex"
    kept.write_text(f'[[place]]\ncode = "V1"\nplace = "{places_words}"\n', encoding="utf-8")
    assert places.entry_of(desk, "V1")
    made = backups.take(path, clock)
    backups.restore(path, backups.named(path, clock, "1"), clock, in_place=True)
    assert kept.exists()
    for file in [made, *backup.every(path), path]:
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
