"""A power cut at any moment takes no saved note and damages no store; replayed from a trace."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.power import Asked, cut, record
from tests.storage.laptops import START, WALK
from walk.errors import StoreError
from walk.model import Note
from walk.storage.store import Store

pytestmark = pytest.mark.faults


def images(asked: list[Asked], where: Path, count: int, seed: int) -> tuple[int, int]:
    """Cut the power so many times; how often a told note was lost, and a store not usable."""
    chance, lost, broken = random.Random(seed), 0, 0
    first = next(number for number, one in enumerate(asked) if one.name == "told")
    for number in range(count):
        files, told = cut(asked, first, chance)
        folder = where / f"{number}"
        folder.mkdir()
        for path, content in files.items():
            if not path.endswith("-shm"):
                (folder / Path(path).name).write_bytes(content)
        try:
            with closing(Store.open(folder / "power.walkdb", START)) as store:
                shown = {one.record.text.split()[0] for one in store.all(Note, WALK)}
                broken += bool(store.check())
        except StoreError:
            broken += 1
            continue
        lost += not told <= shown
    return lost, broken


def test_no_power_cut_takes_a_saved_note(tmp_path: Path) -> None:
    asked = record(tmp_path / "power.walkdb", 30, "FULL")
    assert images(asked, tmp_path, 40, 1) == (0, 0)


@pytest.mark.parametrize(("how", "bad"), [("NORMAL", "lost"), ("OFF", "broken")])
def test_the_replay_notices_what_is_not_synced(tmp_path: Path, how: str, bad: str) -> None:
    """A simulator that finds nothing where there is something to find proves nothing."""
    asked = record(tmp_path / "power.walkdb", 30, how)
    lost, broken = images(asked, tmp_path, 24, 2)
    assert (lost if bad == "lost" else lost + broken) >= 3
    assert how == "OFF" or not broken, "NORMAL may lose the newest, and damages nothing"


@pytest.mark.deep
def test_no_power_cut_of_a_thousand_takes_a_saved_note(tmp_path: Path) -> None:
    asked = record(tmp_path / "power.walkdb", 200, "FULL")
    assert images(asked, tmp_path, 1_000, 3) == (0, 0)
