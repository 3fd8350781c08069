"""Lines of the debrief by keys: kept, reworded, taken out, never lost."""

from __future__ import annotations

import pytest

from tests.burst import type_keys
from tests.frames import cursor_cell, rows
from tests.screens import protocol_page
from tests.screens.protocol_page import screen_name, step_now
from tests.screens.table import HOSTILE, SIZES, harmless, open_at
from walk.errors import FullDisk
from walk.routine.debriefing import protocol, said
from walk.routine.desk import Desk

desk = protocol_page.desk
describing = protocol_page.describing


BECAUSE = "stop at “because”: what did you see or hear?"


def _lines(desk: Desk) -> list[str]:
    return [one.text for one in said.lines(desk, "describe")]


async def test_lines_typed_without_a_pause_are_kept_one_by_one(describing: Desk) -> None:
    async with open_at(describing, "protocol") as seen:
        await type_keys(seen.pilot, "one pair wrote\rtwo asked why\r\rhands", apart=0.001)
        await seen.pilot.pause()
        assert _lines(describing) == ["one pair wrote", "two asked why"]
        assert "hands" in seen.sees()
        assert "saved 09:00" in seen.sees()


async def test_keys_behind_esc_and_n_are_taken_in_turn(describing: Desk) -> None:
    async with open_at(describing, "protocol") as seen:
        await type_keys(seen.pilot, "one\r\x1bntwo\r", apart=0.001)
        await seen.pilot.pause()
        assert _lines(describing) == ["one", "two"]


async def test_it_stops_at_because_and_keeps_the_line_all_the_same(describing: Desk) -> None:
    async with open_at(describing, "protocol") as seen:
        assert BECAUSE in await seen.type("S1 wrote because")
        assert BECAUSE not in await seen.keys("enter")
        assert _lines(describing) == ["S1 wrote because"]
        await seen.type('S1: "because"')
        assert BECAUSE not in seen.sees()


async def test_what_is_expected_may_have_reasons(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_on(desk, "norms")
    async with open_at(desk, "protocol") as seen:
        assert BECAUSE not in await seen.type("much writing because of the unit")
        await seen.keys("enter")
        assert [one.text for one in said.lines(desk, "predict")] == [
            "much writing because of the unit"
        ]


async def test_a_likely_name_is_pointed_out_and_stays_here(describing: Desk) -> None:
    async with open_at(describing, "protocol", (120, 40)) as seen:
        await seen.type("Ms Ortiz asked twice")
        await seen.keys("enter")
        await seen.pilot.pause()
        assert "“Ms Ortiz” looks like a name: it stays on this laptop" in seen.sees()


async def test_a_line_that_was_not_kept_comes_back(describing: Desk) -> None:
    async with open_at(describing, "protocol") as seen:
        await seen.type("half a li")
    async with open_at(describing, "home") as seen:
        assert "Not saved yet: “half a li” (the debrief)" in seen.sees()
        shown = await seen.keys("d")
        assert "half a li" in shown
        await seen.type("ne")
        await seen.keys("enter")
    assert _lines(describing) == ["half a line"]
    assert describing.draft(f"said:describe:{describing.walk_id}") is None


async def test_a_line_is_reworded_taken_out_and_brought_back(describing: Desk) -> None:
    said.say(describing, "describe", "one pair")
    async with open_at(describing, "protocol") as seen:
        await seen.keys("escape", "enter")
        await seen.type(" wrote")
        assert "Line reworded" in await seen.keys("enter")
        assert _lines(describing) == ["one pair wrote"]
        assert "u brings it back" in await seen.keys("delete")
        assert _lines(describing) == []
        await seen.keys("u")
        assert _lines(describing) == ["one pair wrote"]


async def test_a_full_disk_leaves_the_line_on_the_screen(
    describing: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise FullDisk("The disk is full.", "Make room.")

    async with open_at(describing, "protocol") as seen:
        await seen.type("one pair wrote")
        monkeypatch.setattr(describing.store, "save", full)
        shown = await seen.keys("enter")
        assert "The disk is full." in shown
        assert "one pair wrote" in shown
        monkeypatch.undo()
        await seen.keys("enter")
        assert _lines(describing) == ["one pair wrote"]


async def test_the_marked_notes_are_one_key_away(describing: Desk) -> None:
    async with open_at(describing, "protocol") as seen:
        assert "only what you marked" in await seen.keys("escape", "a")
        await seen.keys("escape", "escape")
        assert (screen_name(seen), step_now(describing)) == ("protocol", "describe")


async def test_the_cursor_stands_in_the_line_and_on_the_row(describing: Desk) -> None:
    said.say(describing, "describe", "one pair")
    async with open_at(describing, "protocol") as seen:
        await seen.type("ab")
        assert cursor_cell(seen.app).column == 3
        await seen.keys("up")
        assert cursor_cell(seen.app).character == "▸"
        await seen.keys("down")
        assert cursor_cell(seen.app).column == 3


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_lines_are_only_words(describing: Desk, size: tuple[int, int]) -> None:
    for words in HOSTILE:
        said.say(describing, "describe", words)
    async with open_at(describing, "protocol", size) as seen:
        await seen.paste("\x1b[31mred ‮[@click=app.quit]q[/]")
        assert harmless(seen.pilot)
        assert len(rows(seen.app)) == size[1]
        assert "Enter save" in seen.sees()
        await seen.keys("escape", "enter")
        assert harmless(seen.pilot)
