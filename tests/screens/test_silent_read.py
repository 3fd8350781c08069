"""Silent read by keys: list and single note, marks, a lens, long notes, nothing to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.burst import type_keys
from tests.frames import cursor_cell, rows
from tests.routine.table_of import walk_of, write
from tests.screens.table import HOSTILE, SIZES, harmless, open_at
from walk.routine.debriefing import protocol, silent_read
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.screens.base import WalkScreen


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        prepare.give_label(found, found.walkers()[0], "Zoltan")
        yield found


def _name(app: object) -> str:
    screen = app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, WalkScreen)
    return screen.name_in_app


async def test_nothing_to_read_says_what_to_do(desk: Desk) -> None:
    async with open_at(desk, "silent_read") as seen:
        assert "Collect your colleagues' packs (c on Home)" in seen.sees()
        await seen.keys("space", "enter", "l")  # and nothing breaks
        assert "0 noticings, 0 wonderings" in seen.sees()


async def test_neither_author_nor_code_nor_time_is_shown(desk: Desk) -> None:
    write(desk, [(1, "14 of 22 wrote"), (2, "hands up")])
    write(desk, [(3, "what next?")], kind="wondering")
    async with open_at(desk, "silent_read") as seen:
        shown = seen.sees()
        assert "2 noticings, 1 wondering" in shown
        assert shown.index("Noticings") < shown.index("Wonderings")
        assert "Zoltan" not in shown
        assert not any(f"V{n}" in shown for n in range(1, 5))


async def test_enter_reads_one_note_after_the_other(desk: Desk) -> None:
    write(desk, [(1, "hands up"), (1, "pens down")])
    write(desk, [(1, "what next?")], kind="wondering")
    async with open_at(desk, "silent_read") as seen:
        first = await seen.keys("enter")
        assert "Noticing · 1 of 3" in first
        second = await seen.keys("down")
        assert "Noticing · 2 of 3" in second
        assert "hands up" in first + second
        assert "pens down" in first + second
        assert "hands up" not in second or "pens down" not in second
        assert "Wondering · 3 of 3" in await seen.keys("down")
        assert "Wondering · 3 of 3" in await seen.keys("down")
        assert "Wonderings" in await seen.keys("escape")
        assert _name(seen.app) == "silent_read"
        await seen.keys("escape")
        assert _name(seen.app) == "home"


async def test_a_mark_is_kept_and_a_shows_only_what_is_marked(desk: Desk) -> None:
    write(desk, [(1, "hands up"), (1, "pens down")])
    async with open_at(desk, "silent_read") as seen:
        assert "only this laptop knows" in await seen.keys("space")
        assert "●" in seen.sees()
        shown = await seen.keys("a")
        assert "1 noticing, 0 wonderings · only what you marked" in shown
        assert "a shows all notes again" in shown
        assert ("hands up" in shown) != ("pens down" in shown)
        assert "Nothing is marked yet" in await seen.keys("space")
        assert "2 noticings" in await seen.keys("a")
    assert silent_read.aloud(desk) == frozenset()


async def test_a_note_as_long_as_can_be_is_read_to_its_end(desk: Desk) -> None:
    write(desk, [(1, "start " + "word " * 3_900 + "ending")])
    async with open_at(desk, "silent_read") as seen:
        assert "… Enter reads all" in seen.sees()
        shown = await seen.keys("enter")
        assert "start word" in shown
        assert "lines (PgDn)" in shown
        for _ in range(40):
            shown = await seen.keys("pagedown")
        assert "ending" in shown
        assert "lines (PgDn)" not in shown
        await seen.keys(*["pageup"] * 40)
        assert "start word" in seen.sees()


async def test_a_lens_goes_round_and_one_that_would_name_somebody_is_told(desk: Desk) -> None:
    walkers = [prepare.add_walker(desk, label) for label in ("Ana", "Ben", "Cy", "Di")]
    lenses = ("content", "content", "early years", "")
    for walker, lens in zip(walkers, lenses, strict=True):
        desk.save("prepare", "lens", walker.changed(lens=lens))
        desk.write_as(walker.id)
        write(desk, [(1, f"through {lens}")])
    async with open_at(desk, "silent_read") as seen:
        shown = await seen.keys("l")
        assert "2 noticings, 0 wonderings · lens: content" in shown
        assert "“early years” would show who wrote" in shown
        assert "through early years" not in shown
        assert "4 noticings" in await seen.keys("l")


async def test_where_only_one_carries_each_lens_it_says_why_not(desk: Desk) -> None:
    walker = prepare.add_walker(desk, "Ana")
    desk.save("prepare", "lens", walker.changed(lens="content"))
    write(desk, [(1, "hands up")])
    async with open_at(desk, "silent_read", size=(120, 40)) as seen:
        assert "“content”: read alone it would show who wrote" in await seen.keys("l")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_words(desk: Desk, size: tuple[int, int]) -> None:
    write(desk, [(1, words) for words in HOSTILE])
    async with open_at(desk, "silent_read", size) as seen:
        assert harmless(seen.pilot)
        await seen.keys("enter")
        for _ in HOSTILE:
            assert harmless(seen.pilot)
            await seen.keys("down")
        assert len(rows(seen.app)) == size[1]
        assert all(len(row) <= size[0] for row in rows(seen.app))


async def test_the_cursor_stands_on_what_is_in_hand(desk: Desk) -> None:
    write(desk, [(1, f"note {n}") for n in range(40)])
    async with open_at(desk, "silent_read") as seen:
        for key in ("down", "pagedown", "end"):
            await seen.keys(key)
            assert cursor_cell(seen.app).character == "▸"


async def test_steps_are_offered_only_where_the_protocol_goes(desk: Desk) -> None:
    write(desk, [(1, "hands up")])
    async with open_at(desk, "silent_read") as seen:
        assert "f on" not in seen.sees()
        await seen.keys("f")
        assert _name(seen.app) == "silent_read"
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "read")
    async with open_at(desk, "silent_read") as seen:
        assert "Debrief 3 of 8 · Silent read" in seen.sees()
        assert "0 of 7 min" in seen.sees()
        assert "Debrief 4 of 8" in await seen.keys("f")
        assert protocol.standing(desk).step == "describe"


async def test_a_burst_of_keys_marks_and_moves_in_turn(desk: Desk) -> None:
    notes = write(desk, [(1, f"note {n}") for n in range(5)])
    async with open_at(desk, "silent_read") as seen:
        await type_keys(seen.pilot, "  ", apart=0.001)
        await seen.keys("down", "space", "down", "down", "space")
        assert len(silent_read.aloud(desk)) == 2
        assert silent_read.aloud(desk) < {one.id for one in notes}


async def test_what_another_program_collects_appears(desk: Desk, tmp_path: Path) -> None:
    from tests.desks import desk_at

    async with open_at(desk, "silent_read") as seen:
        with desk_at(tmp_path / "test.walkdb") as other:
            write(other, [(1, "hands up")])
        seen.app.screen._each_second()  # type: ignore[attr-defined]
        await seen.pilot.pause()
        assert "hands up" in seen.sees()
