"""Whatever is typed, the plain mode says what it makes of it; nothing ends it but leaving."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.desks import desk_at
from tests.plain.talks import talk
from tests.plain.test_plain_page import said_words
from walk.clock import FixedClock
from walk.model import Note
from walk.plain.rooms import ROOMS
from walk.routine.demo import make_demo

NEVER = {"quit", "share", "collect", "join"}
"""Left out: what ends the talk, and what reads or writes files by the paths that are typed."""
SOME = ("group", "visit")
"""Always tried; the others in the long tests."""
JUNK = (
    *("", " ", "0", "1", "2", "3", "99", "-1", "1-3", "²", "1 2", "2 1", "V1", "v2", "V9", "yes"),
    *("no", "1 in 2", "1 of 1", "1 2 in Neu", "1 of 2 to 3", "1 of 1 as x", "theme 1", "B1 x"),
    *("1 x", "2 2026-05-01", "1 2026-13-45", "9:05 9:17", "25:99 x", "\x1b[31m", "\ud800", "\x00"),
    *("a" * 300, "…", "؟ مرحبا", "e\u0301", "pairs", "V1 recorded", "V1 08:00-09:00", "//", "/"),
)


def lines_of(seed: int, count: int) -> list[str]:
    """So many lines: words of any room with anything behind them, and anything alone."""
    chance = random.Random(seed)
    words = sorted(said_words() - NEVER)
    lines = []
    for _ in range(count):
        said = chance.choice(words)
        rest = chance.choice(JUNK)
        sign = chance.choice(("", "/"))
        lines.append(chance.choice((f"{sign}{said} {rest}", f"{sign}{said}", rest)))
    return lines


@pytest.mark.parametrize(
    "room",
    [
        *SOME,
        *(pytest.param(one, marks=pytest.mark.deep) for one in sorted({*ROOMS} - {*SOME, *NEVER})),
    ],
)
def test_anything_said_in_any_room_is_answered(tmp_path: Path, room: str) -> None:
    """A talk on a finished walk that somebody opened again, from each room."""
    with desk_at(tmp_path / "fuzz.walkdb", FixedClock()) as desk:
        make_demo(desk)
        said = talk(desk, *lines_of(sum(map(ord, room)), 80), first=room)
        assert said.lines[-2].startswith(("End of input.", "Goodbye."))
        assert all(one.record.text for one in desk.store.all(Note, desk.walk_id))


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(40))
def test_long_talks_of_anything(tmp_path: Path, seed: int) -> None:
    with desk_at(tmp_path / "fuzz.walkdb", FixedClock()) as desk:
        make_demo(desk)
        said = talk(desk, *lines_of(seed, 600))
        assert said.lines[-2].startswith(("End of input.", "Goodbye."))
