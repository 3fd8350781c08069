"""A store that something has damaged: commands tell it, none writes over it, restore mends."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.desks import begin_small, desk_at, the_visit
from tests.faults.after import look_after
from tests.faults.commands import STORE, USES, in_folder, prepare
from tests.screens.table import open_at
from tests.storage.laptops import folder
from walk.cli import walk as root

pytestmark = pytest.mark.faults
PAGE = 4096
DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut off": lambda content, chance: content[: chance.randrange(len(content))],
    "nothing left": lambda content, chance: b"",
    "a page of noise": lambda content, chance: _over(content, chance.randbytes(PAGE), chance),
    "zeros": lambda content, chance: _over(content, bytes(3 * PAGE), chance),
    "a turned bit": lambda content, chance: _turned(content, chance),
    "another file": lambda content, chance: b"PK\x03\x04" + chance.randbytes(9_000),
}


def _over(content: bytes, noise: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) // PAGE) * PAGE
    return (content[:at] + noise + content[at + len(noise) :])[: len(content)]


def _turned(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


@pytest.fixture(scope="module")
def whole() -> Iterator[Path]:
    """A store with a backup beside it."""
    with tempfile.TemporaryDirectory(dir=folder()) as made:
        place = Path(made) / "whole"
        place.mkdir()
        prepare(place)
        yield place


def _shell(place: Path, words: tuple[str, ...], typed: str = "") -> tuple[int, str]:
    """A fault of walk's own is raised here, as no command may end in one."""
    with in_folder(place):
        done = CliRunner().invoke(
            root, ["--store", STORE, *words], input=typed, catch_exceptions=False
        )
    return done.exit_code, done.stderr


def damage_and_try(whole: Path, place: Path, kind: str, seed: int, names: list[str]) -> int:
    """Damage a store, use commands on it, and bring it back; how many have told the damage."""
    chance, told = random.Random(f"{kind} {seed}"), 0
    for name in names:
        shutil.copytree(whole, place)
        with desk_at(place / STORE):
            pass  # it learns where it lies now
        damaged = DAMAGES[kind]((place / STORE).read_bytes(), chance)
        (place / STORE).write_bytes(damaged)
        code, problems = _shell(place, USES[name].words, USES[name].typed)
        if code and "damaged" in problems:
            told += 1
            assert "walk restore" in problems, f"{name}: {problems}"
            same = (place / STORE).read_bytes() == damaged
            assert same, f"{name} wrote over what is damaged"
        shutil.rmtree(place / "unpacked", ignore_errors=True)
        assert _shell(place, ("restore", "--yes"))[0] == 0
        look_after(place / STORE, set())
        shutil.rmtree(place)
    return told


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_store_is_told_and_brought_back(whole: Path, tmp_path: Path, kind: str) -> None:
    names = ["note", "doctor"]
    told = damage_and_try(whole, tmp_path / "laptop", kind, 1, names)
    assert told or kind in ("a turned bit", "a page of noise", "zeros", "another file")


@pytest.mark.deep
@pytest.mark.parametrize("kind", DAMAGES)
def test_every_command_bears_a_damaged_store(whole: Path, tmp_path: Path, kind: str) -> None:
    names = [one for one in USES if one not in ("restore", "erase", "collect --undo")]
    damage_and_try(whole, tmp_path / "laptop", kind, 2, names)


@pytest.mark.parametrize(
    "kind",
    ["cut off", *(pytest.param(one, marks=pytest.mark.deep) for one in ("nothing left", "zeros"))],
)
async def test_a_store_that_is_damaged_under_the_open_app_ends_nothing(
    tmp_path: Path, kind: str
) -> None:
    """Something writes over the file while somebody types: the line stays, and can be read."""
    path = tmp_path / "own.walkdb"
    with desk_at(path) as desk:
        begin_small(desk)
        async with open_at(desk, "visit", at=the_visit(desk, "V1").id) as seen:
            await seen.paste("S1 points to line 4")
            content = DAMAGES[kind](path.read_bytes(), random.Random(1))
            with path.open("r+b") as file:
                file.write(content)
                file.truncate(len(content))
            shown = await seen.keys("enter")
            assert "S1 points to line 4" in shown
            for key in ("up", "escape", "down", "tab", "escape", "question_mark"):
                shown = await seen.keys(key)
            assert "fault of its own" not in shown
