"""Backups by keyboard: what each holds, making one, bringing one back, and the daily look."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.frames import cursor_cell
from tests.routine.table_of import walk_of, write
from tests.screens.table import HOSTILE, SIZES, Seen, open_at
from tests.waiting import held_up, job_over, painted
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.keeping import backups
from walk.screens import jobs
from walk.screens.keeping.backups import JOB
from walk.storage import backup, copies, synced


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        write(found, [(1, "S1 reads line four"), (2, "14 of 22 wrote first")])
        yield found


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app makes none by itself meanwhile."""
    monkeypatch.setattr(backups, "daily", lambda *_, **__: "")


def take(desk: Desk) -> Path:
    return backups.take(desk.store.path, desk.clock)


def texts(desk: Desk) -> list[str]:
    return sorted(one.record.text for one in desk.store.all(Note, desk.walk_id))


async def until(seen: Seen, there: Callable[[], bool]) -> str:
    """Wait for a thread's work to be seen."""
    return await painted(seen.pilot, there)


async def ended(seen: Seen) -> str:
    shown = await job_over(seen.pilot, JOB)
    assert jobs.job_of(seen.app, JOB) is None
    return shown


def damage(path: Path) -> None:
    """Change a letter of a note's words in the file."""
    content = path.read_bytes()
    assert b"line four" in content
    path.write_bytes(content.replace(b"line four", b"line fouR"))


@pytest.mark.usefixtures("by_hand")
async def test_without_one_it_says_how_they_come(desk: Desk) -> None:
    async with open_at(desk, "backups") as seen:
        assert "No backup yet" in seen.sees()
        assert "b back up now" in seen.sees()


@pytest.mark.usefixtures("by_hand")
async def test_what_enter_does_is_said_before_it_is_pressed(desk: Desk) -> None:
    take(desk)
    async with open_at(desk, "backups") as seen:
        assert "Enter bring it back …" in seen.sees()


@pytest.mark.parametrize("size", SIZES)
async def test_it_shows_what_each_holds_and_what_would_change(
    desk: Desk, size: tuple[int, int]
) -> None:
    take(desk)
    write(desk, [(3, "a third note")])
    async with open_at(desk, "backups", size) as seen:
        shown = await until(seen, lambda: "adds up" in seen.sees())
        assert "today 09:00" in shown
        assert "2 notes" in shown
        assert "1 note would go" in shown
        assert cursor_cell(seen.app).character == "▸"


async def test_one_that_is_made_meanwhile_comes_into_the_list(desk: Desk) -> None:
    async with open_at(desk, "backups") as seen:
        shown = await until(seen, lambda: "made by itself · adds up" in seen.sees())
        assert "2 notes" in shown


@pytest.mark.usefixtures("by_hand")
async def test_one_is_made_by_a_key_while_the_screen_goes_on(desk: Desk) -> None:
    async with open_at(desk, "backups") as seen:
        await seen.keys("b")
        shown = await ended(seen)
        assert "Backup made; everything in it adds up" in shown
        assert "asked for" in shown
        assert len(backup.kept(desk.store.path)) == 1


async def test_bringing_back_asks_first_and_can_be_taken_back(desk: Desk) -> None:
    take(desk)
    write(desk, [(3, "a third note")])
    async with open_at(desk, "backups") as seen:
        await until(seen, lambda: "adds up" in seen.sees())
        assert "1 note would go" in await seen.keys("enter")
        assert "What is there now is backed up first" in seen.sees()
        await seen.keys("escape")
        assert len(texts(desk)) == 3, "nothing happened"
        await seen.keys("enter", "y")
        shown = await ended(seen)
        assert "Brought back" in shown
        assert len(texts(desk)) == 2
        shown = await until(seen, lambda: "before a restore · adds up" in seen.sees())
        await seen.keys("home", "enter")
        assert "1 note would come back" in seen.sees()
        await seen.keys("y")
        await ended(seen)
        assert len(texts(desk)) == 3


async def test_it_goes_on_as_another_laptop(desk: Desk) -> None:
    take(desk)
    device = desk.store.device
    async with open_at(desk, "backups") as seen:
        await until(seen, lambda: "adds up" in seen.sees())
        await seen.keys("enter", "y")
        await ended(seen)
    assert desk.store.device != device


async def test_no_key_does_anything_while_it_is_brought_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = held_up(monkeypatch, backups, "restore")
    take(desk)
    async with open_at(desk, "backups") as seen:
        await until(seen, lambda: "adds up" in seen.sees())
        await seen.keys("enter", "y")
        try:
            assert "Bringing the backup back" in seen.sees()
            assert "Bringing the backup back" in await seen.keys("escape", "b", "enter", "q")
        finally:
            go.set()
        assert "Brought back" in await ended(seen)


async def test_one_that_does_not_add_up_is_named_and_not_brought_back(desk: Desk) -> None:
    damage(take(desk))
    async with open_at(desk, "backups") as seen:
        shown = await until(seen, lambda: "does not add up" in seen.sees())
        assert "1 entry is not as written" in shown
        assert "cannot be brought back" in await seen.keys("enter")
        assert len(texts(desk)) == 2


async def test_a_store_that_another_walk_has_open_is_not_filled_anew(
    desk: Desk, tmp_path: Path
) -> None:
    import subprocess
    import sys

    take(desk)
    write(desk, [(3, "a third note")])
    code = (
        "import sys; from pathlib import Path; from walk.storage.presence import Presence\n"
        "one = Presence(Path(sys.argv[1])); one.claim(); print('open', flush=True)\n"
        "sys.stdin.readline(); one.leave()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(desk.store.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout
    assert other.stdout.readline() == "open\n"
    try:
        async with open_at(desk, "backups") as seen:
            await until(seen, lambda: "adds up" in seen.sees())
            await seen.keys("enter", "y")
            assert "Another walk has this store open" in await ended(seen)
            assert len(texts(desk)) == 3
    finally:
        other.communicate("\n", timeout=60)


async def test_what_is_wrong_with_the_place_or_the_store_stands_above(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk)
    path = desk.store.path
    monkeypatch.setattr(synced, "service_of", lambda _: "Nextcloud")
    backups.remember(path, "The store does not add up: a page.")
    path.with_name(f"{path.name}-damaged-2025-10-01-080000").write_bytes(b"x")
    async with open_at(desk, "backups") as seen:
        shown = " ".join((await until(seen, lambda: "adds up" in seen.sees())).split())
        assert "kept in step by Nextcloud" in shown
        assert "Close walk and type: walk restore" in shown
        assert "damaged-2025-10-01" in shown
        assert "This store is damaged" in await seen.keys("enter")


async def test_what_people_typed_stays_harmless(desk: Desk) -> None:
    for words in HOSTILE:
        walk = desk.walk.changed(title=words)
        desk.save("prepare", "titled", walk)
        take(desk)
        async with open_at(desk, "backups") as seen:
            shown = await until(seen, lambda: "adds up" in seen.sees())
            assert not {sign for sign in shown if sign < " " and sign != "\n"}


# Once the first screen is there


async def test_the_day_s_backup_is_made_in_silence(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        before = seen.sees()
        await seen.app.workers.wait_for_complete()
        await seen.pilot.pause()
        assert seen.sees() == before
    assert [one.why for one in backup.kept(desk.store.path)] == ["daily"]


async def test_damage_is_told_on_the_screen_that_is_open(desk: Desk) -> None:
    path = desk.store.path
    with contextlib.closing(copies.open_file(path, live=True)) as conn:
        conn.execute("UPDATE rev SET body = replace(body, 'line four', 'line five')")
    async with open_at(desk, "home") as seen:
        shown = " ".join((await until(seen, lambda: "store is damaged" in seen.sees())).split())
        assert "1 entry is not as written" in shown
    assert backup.kept(path) == []
