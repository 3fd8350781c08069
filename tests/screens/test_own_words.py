"""A school's own words in the silent write: asked about at the pause, and a fault told once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from tests.screens.table import open_at
from walk.routine.desk import Desk
from walk.routine.visiting import visit
from walk.screens.visiting.looking import LookingScreen


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        visit.leave(made, visit.enter(made, the_visit(made, "V1")))
        yield made


async def looked_at(desk: Desk, text: str) -> tuple[str, list[str]]:
    """What the silent write shows, and the words it asks about in a line."""
    (desk.store.path.parent / "wording.toml").write_text(text, "utf-8")
    async with open_at(desk, "write", at=the_visit(desk, "V1").id) as seen:
        screen = seen.app.screen
        assert isinstance(screen, LookingScreen)
        await seen.app.workers.wait_for_complete()
        await seen.pilot.pause()
        shown = seen.sees()
        await seen.type("S1 sang limbo time")
        screen.paused()
        await seen.app.workers.wait_for_complete()
        looked = screen.looked
        return shown, [looked.quoted(one) for one in looked.flags] if looked else []


async def test_own_words_are_asked_about(desk: Desk) -> None:
    shown, asked = await looked_at(desk, '[add]\npraise = ["limbo time"]')
    assert asked == ["limbo time"]
    assert "wording.toml" not in shown


async def test_a_broken_file_is_told_and_typing_goes_on(desk: Desk) -> None:
    shown, asked = await looked_at(desk, "praise = 3")
    assert "Wording help goes on without your own words" in shown
    assert asked == []
