"""kill -9 at every step of a backup, a restore and a mending: nothing is lost, the next one works.

A process forks for each step: the child counts what it asks of the system, and kills itself there.
POSIX only.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.storage.laptops import START, WALK, folder, note, walker
from walk.errors import DamagedStore
from walk.model import Note
from walk.storage import backup, copies, restore
from walk.storage.store import By, Store

pytestmark = pytest.mark.faults
BY = By(WALK, walker("Ana"), START, 0)
LATER = START + 3_600_000
STEPS = {
    "open",
    "os.rename",
    "os.link",
    "os.remove",
    "os.mkdir",
    "shutil.copyfile",
    "sqlite3.connect",
    "sqlite3.connect/handle",
}
"""Events at which a process touches the disk by name, as Python tells them."""


def texts(path: Path) -> set[str]:
    store = Store.open(path, LATER)
    try:
        assert store.check() == []
        return {one.record.text.split()[0] for one in store.all(Note, WALK)}
    finally:
        store.close()


def prepare(place: Path, *, damaged: bool) -> Path:
    """A store with "new" in it and a backup without."""
    path = place / "my.walkdb"
    store = Store.open(path, START)
    store.save(BY, "write", "saved", [note(f"old{n}", f"old{n} said " * 40) for n in range(20)])
    backup.make(path, START, "daily")
    store.save(BY, "write", "saved", [note(f"new{n}", f"new{n} said " * 40) for n in range(9)])
    store.close()
    if damaged:
        content = path.read_bytes().replace(b"new7 said", b"new7 sais", 1)
        path.write_bytes(content)
    return path


OLD = {f"old{n}" for n in range(20)}
NEW = OLD | {f"new{n}" for n in range(9)}


def act_backup(path: Path) -> None:
    backup.make(path, LATER, "asked")


def act_restore(path: Path) -> None:
    restore.bring_back(
        path, path.parent / "my.walkdb-backups/2025-10-14-082000Z-daily.walkdb", LATER
    )


ACTS: dict[str, Callable[[Path], None]] = {
    "backup": act_backup,
    "restore": act_restore,
    "mend": act_restore,
}


def in_child(act: Callable[[Path], None], path: Path, at: int) -> bool:
    """Do it in a child that is killed at its `at`-th step; True where it came to its end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    count = 0

    def watch(event: str, _: object) -> None:
        nonlocal count
        if event in STEPS:
            count += 1
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    act(path)
    os._exit(0)


def look_after(name: str, path: Path) -> None:
    """What has to hold after a kill, at whatever step."""
    for one in backup.kept(path):
        backup.check(one.path)
    left = backup.kept(path)
    assert left, "a sound backup is always there"
    if name == "backup":
        assert texts(path) == NEW
    elif name == "restore":
        assert texts(path) in (OLD, NEW), "before or after, nothing between"
        if texts(path) == OLD:
            held = [copies.holding(one.path).shown[WALK] for one in backup.kept(path)]
            assert any(len(one) == len(NEW) for one in held), "what was there is kept"
    else:
        # Damaged still, or set aside with nothing in its place yet, or mended.
        try:
            whole = path.exists() and not restore.damage(path)
        except DamagedStore:
            whole = False
        if not whole:
            restore.bring_back(path, left[-1].path, LATER + 60_000)
        assert texts(path) == NEW - {"new7"}, "what could be read is not lost by the kill"
        assert backup.aside(path), "nor is the damaged store"
    # Whatever was left lying, the next one works and clears it away.
    backup.make(path, LATER + 120_000, "asked")
    restore.bring_back(path, backup.kept(path)[0].path, LATER + 180_000)
    names = [one.name for one in path.parent.iterdir() if "-new-" in one.name]
    names += [one.name for one in backup.backup_folder(path).iterdir() if ".part" in one.name]
    assert names == []


def every_step(name: str, apart: int = 1) -> int:
    """Kill it at one after the other of its steps, or only at some; how many it came to."""
    at = 1 - apart
    with tempfile.TemporaryDirectory(dir=folder()) as made:
        whole = Path(made) / "whole"
        whole.mkdir()
        prepare(whole, damaged=name == "mend")
        while True:
            at += apart
            place = Path(made) / "now"
            shutil.copytree(whole, place)
            path = place / "my.walkdb"
            ended = in_child(ACTS[name], path, at)
            look_after(name, path)
            shutil.rmtree(place)
            if ended:
                return at - 1


WINDOW_S = {"backup": 0.01, "restore": 0.06, "mend": 0.06}


def at_random(name: str, kills: int) -> int:
    """Kill it at random moments, also within SQLite's own work; how many kills came in time."""
    chance, killed = random.Random(name), 0
    with tempfile.TemporaryDirectory(dir=folder()) as made:
        whole = Path(made) / "whole"
        whole.mkdir()
        prepare(whole, damaged=name == "mend")
        for number in range(kills):
            place = Path(made) / "now"
            shutil.copytree(whole, place)
            path = place / "my.walkdb"
            reading, writing = os.pipe()
            child = os.fork()
            if not child:
                ACTS[name](path)
                os.write(writing, b"done")
                os._exit(0)
            # Until it is done, or the moment has come.
            ready, _, _ = select.select(
                [reading], [], [], chance.uniform(0.0, WINDOW_S[name]) if number else 0.0
            )
            killed += not ready
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(reading)
            os.close(writing)
            look_after(name, path)
            shutil.rmtree(place)
    return killed


def run(what: str, name: str) -> int:
    """One of the two above in a process of its own, where forking is safe."""
    code = (
        f"import json, tests.storage.test_backup_kills as kills\nprint(json.dumps(kills.{what}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=1_200, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return int(json.loads(done.stdout))


LEAST = {"backup": 8, "restore": 20, "mend": 20}
"""Steps that there must be, or the test looks at something else."""


@pytest.mark.parametrize("name", ACTS)
def test_a_kill_at_any_step_loses_nothing(name: str) -> None:
    assert run(f"every_step({name!r}, 4)", name) >= LEAST[name]


@pytest.mark.parametrize("name", ACTS)
def test_a_kill_at_any_moment_loses_nothing(name: str) -> None:
    assert run(f"at_random({name!r}, 8)", name) >= 1


@pytest.mark.long
@pytest.mark.parametrize("name", ACTS)
def test_a_kill_at_each_step_loses_nothing(name: str) -> None:
    assert run(f"every_step({name!r})", name) >= LEAST[name]


@pytest.mark.long
@pytest.mark.parametrize("name", ACTS)
def test_hundreds_of_kills_lose_nothing(name: str) -> None:
    assert run(f"at_random({name!r}, 300)", name) >= 30
