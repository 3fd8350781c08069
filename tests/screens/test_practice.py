"""Practice by keys: reword, look, go on, leave, and start over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.desks import desk_at
from tests.frames import cursor_cell, rows
from tests.hostile import PAYLOADS
from tests.screens.table import Seen, open_at
from walk.cli import walk
from walk.language.practice import items
from walk.routine.desk import Desk
from walk.routine.wording import practice
from walk.screens.base import WalkScreen
from walk.screens.visiting.practice import PracticeLine

FIRST, SECOND = items()[:2]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        yield made


def put(seen: Seen, words: str) -> None:
    """Have these words in the line, as if typed."""
    seen.app.screen.query_one(PracticeLine).load_text(words)


def at(seen: Seen) -> str:
    screen = seen.app.screen
    return screen.name_in_app if isinstance(screen, WalkScreen) else type(screen).__name__


async def test_a_slip_is_asked_about_then_one_way_is_shown_then_the_next(desk: Desk) -> None:
    async with open_at(desk, "practice") as seen:
        assert FIRST.text in seen.sees()
        assert "0 of 30 looked at" in seen.sees()
        await seen.type("2n?")  # digits, letters and ? are text
        assert seen.app.screen.query_one(PracticeLine).text == "2n?"
        put(seen, "T did a great job.")
        shown = await seen.keys("enter")
        assert "As it reads now:" in shown
        assert "“a great job” · " in shown
        assert "1 of 30 looked at" in shown
        assert FIRST.model[:30] not in shown
        shown = await seen.keys("enter")
        assert f"One way: {FIRST.model[:30]}" in shown
        assert f"Why: {FIRST.why[:30]}" in shown
        shown = await seen.keys("enter")
        assert SECOND.text in shown
        shown = await seen.keys("enter")  # the empty line keeps it
        assert "Reads as evidence as it stands." in shown
        await seen.keys("up")
        assert seen.app.screen.query_one(PracticeLine).text == "T did a great job."
        put(seen, FIRST.model)
        assert "Reads as evidence: a camera could" in await seen.keys("enter")
    assert practice.progress(desk).words == {FIRST.id: FIRST.model}
    assert desk.store.drafts() == []


async def test_leaving_and_coming_back_goes_on_where_it_was(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        assert "x opens practice" in await seen.keys("question_mark")
        await seen.keys("escape", "x")
        await seen.keys("pagedown", "S", "1", "escape", "1")
        assert at(seen) == "home"
        await seen.keys("x")
        assert at(seen) == "practice"
        assert SECOND.text in seen.sees()
        assert seen.app.screen.query_one(PracticeLine).text == "S1"


async def test_starting_over_asks_first(desk: Desk) -> None:
    practice.keep_words(desk, FIRST, "19 of 22 sat")
    practice.go_to(desk, 30)
    async with open_at(desk, "practice", (60, 20)) as seen:
        assert "To the first one not looked at yet" in seen.sees()
        await seen.keys("ctrl+r", "n")
        assert practice.progress(desk).words
        shown = await seen.keys("ctrl+r", "y")
        assert FIRST.text[:40] in shown
        assert practice.progress(desk) == practice.Progress(FIRST.id)
        assert isinstance(seen.app.focused, PracticeLine)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_rubbish_is_fine_and_all_fits(desk: Desk, size: tuple[int, int]) -> None:
    practice.go_to(desk, max(range(30), key=lambda n: len(items()[n].model)))
    async with open_at(desk, "practice", size) as seen:
        put(seen, " ".join(PAYLOADS) + " great work because they are always lazy and bored")
        await seen.keys("enter")
        shown = await seen.keys("enter")
        assert "\x1b" not in shown
        assert "Enter goes on." in shown
        assert len(rows(seen.app)) == size[1]
        column, row, _ = cursor_cell(seen.app)
        assert 0 <= row < size[1] - 2
        assert 0 <= column < size[0]
        put(seen, "a " * 9_000)
        assert "That is long for one note" in await seen.keys("enter")


def test_without_a_terminal_the_first_one_is_printed(tmp_path: Path) -> None:
    said = CliRunner().invoke(walk, ["--store", str(tmp_path / "one.walkdb"), "practice"])
    assert said.exit_code == 1
    assert FIRST.text in said.stdout
    assert said.stderr.startswith("walk: Practice needs a terminal.\n      Start it in one")
    assert not (tmp_path / "one.walkdb").exists()
