"""Search by keys: as it is typed, through what was found, and open in its place."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, write_form
from tests.screens.carrying import until
from tests.screens.table import SIZES, open_at
from tests.waiting import shows
from walk.model import Note, Step
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.screens.across.search import SearchScreen
from walk.storage import searching


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A walk with notes, a trend and a step."""
    with desk_at(tmp_path / "a.walkdb") as made:
        begin_small(made)
        write_form(made, "V1", "S1: “heron on page two” in V2", "[/x] [bob] heron [1")
        write_form(made, "V2", "14 of 22 drew a heron", "?what would a kestrel do?")
        notes = [one.record for one in made.store.all(Note, made.walk_id)]
        theme = debrief.make_theme(made, "Birds")
        debrief.put(made, [one for one in notes if "heron" in one.text], theme)
        stating.state_trend(made, theme, "Students bring up herons")
        step = Step(id=made.new_id(), walk=made.walk_id, what="Read about kestrels")
        made.save("steps", "step made", step)
        yield made


@pytest.mark.parametrize("size", SIZES)
async def test_it_finds_as_it_is_typed(desk: Desk, size: tuple[int, int]) -> None:
    async with open_at(desk, "search", size) as seen:
        shown = seen.sees()
        assert "notes, trends and next steps of every walk" in " ".join(shown.split())
        assert "? help" in shown
        await seen.type("her")
        shown = await until(seen, "4 found")
        assert "▸ trend · " in shown
        assert "in [classroom]" in shown
        assert "[/x] [bob] heron [1" in shown
        assert "Enter open" in shown
        await seen.type("on page")
        shown = await until(seen, "1 found")
        assert "heron on page two" in shown
        assert "drew" not in shown


async def test_the_words_that_were_looked_for_stand_out(desk: Desk) -> None:
    async with open_at(desk, "search") as seen:
        await seen.type("drew")
        await until(seen, "1 found")
        strips = [strip for line in seen.app.screen._compositor.render_strips() for strip in line]
        (hit,) = [one for one in strips if one.text == "drew" and one.style and one.style.underline]
        assert hit.style is not None
        assert hit.style.bold


@pytest.mark.parametrize(
    ("said", "screen", "stands"),
    [
        ("students bring", "trends", "Students bring up herons"),
        ("14 of 22", "debrief", "14 of 22 drew a heron"),
        ("read about", "steps", "Read about kestrels"),
    ],
)
async def test_enter_opens_it_in_its_place(desk: Desk, said: str, screen: str, stands: str) -> None:
    async with open_at(desk, "search") as seen:
        await seen.type(said)
        await until(seen, "1 found")
        await seen.keys("enter")
        await until(seen, stands)
        assert seen.app.screen.name_in_app == screen  # type: ignore[attr-defined]


async def test_typed_ahead_enter_opens_what_is_found(desk: Desk) -> None:
    async with open_at(desk, "home") as seen:
        await seen.keys("slash", *"kestrels", "enter")
        await until(seen, "Next steps")
        assert "Read about kestrels" in seen.sees()


async def test_another_walk_is_opened_first(desk: Desk) -> None:
    first = desk.walk_id
    begin_small(desk)
    async with open_at(desk, "search") as seen:
        await seen.type("14 of 22")
        await until(seen, "1 found")
        await seen.keys("enter")
        await until(seen, "drew a heron")
        assert desk.walk_id == first


async def test_the_arrows_go_through_it_and_on_to_older_ones(desk: Desk) -> None:
    write_form(desk, "V3", *(f"narwhal {number}" for number in range(25)))
    async with open_at(desk, "search") as seen:
        await seen.type("narwhal")
        shown = await until(seen, "20 or more found")
        assert shown.index("narwhal 24") < shown.index("narwhal 23")
        await seen.keys(*["down"] * 20)
        shown = await until(seen, "25 found")
        assert "narwhal 4" in shown
        await seen.keys("up", "pageup", "pageup", "pageup")
        assert "narwhal 24" in seen.sees()


async def test_what_is_not_found_is_told_and_so_is_no_word(desk: Desk) -> None:
    async with open_at(desk, "search") as seen:
        await seen.type("zebra")
        await until(seen, "Nothing here says “zebra”")
        await seen.keys(*["backspace"] * 5, "!")
        await until(seen, "Type at least one letter or digit.")
        await seen.keys("backspace")
        await until(seen, "Type words:")
        assert "What came in last" not in seen.sees()
        assert "Search looks through" in await seen.keys("question_mark")


async def test_while_the_index_fills_that_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "TAIL_MOST", 2)
    monkeypatch.setattr("walk.screens.across.search._get_ready", lambda desk, job: None)
    async with open_at(desk, "search") as seen:
        await seen.type("heron")
        await until(seen, "reading in older notes: 0 %")
        for _ in desk.store.fill():
            pass
        await until(seen, "4 found")
        assert "reading in" not in seen.sees()


async def test_an_answer_that_comes_late_is_dropped(desk: Desk) -> None:
    async with open_at(desk, "search") as seen:
        screen = seen.app.screen
        assert isinstance(screen, SearchScreen)
        first, second = await asyncio.gather(
            screen.looker.ask("heron", 20), screen.looker.ask("kestrel", 20)
        )
        assert first is None
        assert second is not None
        assert len(second.hits) == 2
        await seen.type("kestrel")
        shown = await until(seen, "2 found")
        assert "herons" not in shown


async def test_coming_back_the_last_words_stand_there_and_typing_replaces_them(
    desk: Desk,
) -> None:
    async with open_at(desk, "search") as seen:
        await seen.type("14 of 22")
        await until(seen, "1 found")
        await seen.keys("escape")
        await until(seen, "/ search")
        await seen.keys("slash")
        await until(seen, "1 found")
        await seen.type("kestrel")
        await until(seen, "2 found")


async def test_a_note_saved_elsewhere_is_found_at_the_next_look(desk: Desk) -> None:
    async with open_at(desk, "search") as seen:
        await seen.type("narwhal")
        await until(seen, "Nothing here says")
        with desk_at(desk.store.path) as other:
            write_form(other, "V3", "a narwhal")
        await until(seen, "1 found")


async def test_coming_back_one_stands_where_one_stood(desk: Desk) -> None:
    write_form(desk, "V3", *(f"narwhal {number}" for number in range(25)))
    async with open_at(desk, "search") as seen:
        await seen.type("narwhal")
        await until(seen, "20 or more found")
        await seen.keys(*["down"] * 21)
        await until(seen, "25 found")
        await seen.keys("enter")
        await until(seen, "Group like with like")
        await seen.keys("escape")
        await until(seen, "/ search")
        await seen.keys("slash")
        shown = await until(seen, "25 found")
        (row,) = [place for place, line in enumerate(shown.splitlines()) if "▸" in line]
        assert "narwhal 3" in shown.splitlines()[row + 1]
        await seen.type("heron")
        shown = await until(seen, "4 found")
        assert "▸ trend" in shown


async def test_an_answer_that_takes_long_is_told_to_be_looked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("walk.screens.across.search.LOOKING_S", 0.01)
    async with open_at(desk, "search") as seen:
        screen = seen.app.screen
        assert isinstance(screen, SearchScreen)
        goes_on = threading.Event()
        screen.looker._thread.submit(goes_on.wait)
        await seen.type("heron")
        await until(seen, "looking for “heron” …")
        goes_on.set()
        await until(seen, "4 found")
        assert "looking for" not in seen.sees()


async def test_a_name_is_not_looked_for_and_that_is_told(desk: Desk) -> None:
    async with open_at(desk, "search") as seen:
        await seen.type("Ms Ortiz")
        await shows(seen.pilot, "looks for no person and no room")
