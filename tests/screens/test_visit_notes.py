"""The notes of a visit by keys: gone through, reworded, tied, corrected, drawn as far as shown."""

from __future__ import annotations

from typing import Any

import pytest

from tests.burst import PASTE_S, paste, type_keys
from tests.desks import the_visit
from tests.frames import cursor_cell
from tests.screens import visits
from tests.screens.visits import jot, kept, named, opened, texts
from walk.clock import FixedClock
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.visiting import visit

clock = visits.clock
desk = visits.desk


async def test_up_goes_to_the_notes_and_shows_the_newest_in_full(desk: Desk) -> None:
    jot(desk, "first", "S2 ran a finger under the line and read it out, then wrote it down twice")
    async with opened(desk) as room:
        await room.press("up")
        assert room.rule == "note 2 of 2 · noticing"
        assert room.sees("wrote it down twice")
        cell = cursor_cell(room.app)
        assert cell.character == "▸"
        await room.press("up")
        assert room.rule == "note 1 of 2 · noticing"
        assert cursor_cell(room.app)[:2] == (cell.column, cell.row - 1)
        await room.press("down", "down")
        assert room.screen.composer.has_focus


async def test_letters_go_back_to_the_line_in_their_order(desk: Desk) -> None:
    jot(desk, "first")
    async with opened(desk) as room:
        await room.press("up")
        await type_keys(room.pilot, "?Why\b\by so\r", PASTE_S)
        await room.pilot.pause()
        assert sorted(texts(desk)) == ["Wy so", "first"]
        assert room.screen.composer.has_focus


async def test_a_paste_among_the_notes_goes_into_the_line(desk: Desk) -> None:
    jot(desk, "first")
    async with opened(desk) as room:
        await room.press("up")
        await paste(room.pilot, "S1: page 4")
        await room.type("!")
        assert room.line == "S1: page 4!"
        assert texts(desk) == ["first"]


async def test_where_nothing_has_the_keys_the_line_has(desk: Desk) -> None:
    async with opened(desk) as room:
        room.screen.set_focus(None)
        await room.type("S1 points")
        assert room.line == "S1 points"
        room.screen.set_focus(None)
        await paste(room.pilot, " on")
        assert room.line == "S1 points on"


async def test_enter_rewords_a_note_in_its_place(desk: Desk, clock: FixedClock) -> None:
    jot(desk, "first #2", "?second")
    async with opened(desk) as room:
        await room.press("up", "up", "enter")
        assert room.rule == "rewording note 1 · noticing · look-for 2"
        assert room.line == "first #2"
        clock.advance(minutes=5)
        await room.type("\b\bin order #1\r")
        assert texts(desk) == ["first in order #1", "second"]
        assert room.notes() == ["01 N first in order 1", "02 W second"]
        assert (room.rule, room.line) == ("noticing", "")
        assert kept(desk)[0].at_s == 60


async def test_the_keys_say_that_esc_leaves_a_note_that_is_reworded(desk: Desk) -> None:
    jot(desk, "first")
    async with opened(desk) as room:
        assert room.sees("Esc menu")
        await room.press("up", "enter")
        assert room.sees("Esc back")
        assert not room.sees("Esc menu")
        await room.press("escape")
        assert room.sees("Esc menu")
        assert texts(desk) == ["first"]


async def test_a_wondering_reworded_stays_one_and_tab_turns_it(desk: Desk) -> None:
    jot(desk, "?second")
    async with opened(desk) as room:
        await room.press("up", "enter")
        await room.type(" thought\r")
        assert (kept(desk)[0].text, kept(desk)[0].note_kind) == ("second thought", "wondering")
        await room.press("up", "enter", "tab", "enter")
        assert kept(desk)[0].note_kind == "noticing"
        await room.press("up", "enter", "home", "question_mark", "enter")
        assert (kept(desk)[0].text, kept(desk)[0].note_kind) == ("second thought", "wondering")


@pytest.mark.parametrize("end", [("escape",), ("ctrl+u", "enter")])
async def test_esc_or_an_emptied_line_leaves_the_note_as_it_was(
    desk: Desk, end: tuple[str, ...]
) -> None:
    jot(desk, "first")
    async with opened(desk) as room:
        await room.press("up", "enter", *end)
        assert texts(desk) == ["first"]
        assert (room.rule, room.line) == ("noticing", "")
        assert room.state == "The note is as it was"
        assert desk.draft(visit.edit_place(kept(desk)[0].id)) is None


async def test_new_words_left_with_esc_come_back_with_enter(desk: Desk) -> None:
    jot(desk, "first")
    async with opened(desk) as room:
        await room.press("up", "enter")
        await room.type(" in order\x1b")
        assert texts(desk) == ["first"]
        assert "The new words are kept" in room.state
    async with opened(desk) as room:
        assert "New words for note 1 are kept" in room.state
        assert room.line == ""
        await room.press("up", "enter")
        assert room.line == "first in order"
        await room.press("enter")
        assert texts(desk) == ["first in order"]


async def test_rewording_by_mouse_keeps_the_line_that_was_being_typed(desk: Desk) -> None:
    jot(desk, "first")
    async with opened(desk) as room:
        await room.type("half a line")
        await room.pilot.click(room.screen.list, offset=(2, 0))
        await room.press("enter")
        assert room.line == "first"
        await room.type("!\r")
        assert texts(desk) == ["first!"]
        assert room.line == "half a line"


async def test_tab_and_delete_work_on_the_marked_note(desk: Desk) -> None:
    jot(desk, "first", "second")
    async with opened(desk) as room:
        await room.press("up", "up", "tab")
        assert room.notes() == ["▸01 W first", "02 N second"]
        await room.press("delete")
        assert room.notes() == ["▸02 N second"]
        await room.press("delete")
        assert kept(desk) == []
        assert room.screen.composer.has_focus
        await room.press("ctrl+z", "ctrl+z")
        assert room.notes() == ["01 W first", "02 N second"]


async def test_slash_ties_a_note_and_zero_unties_it(desk: Desk) -> None:
    jot(desk, "first")
    async with opened(desk) as room:
        await room.press("up", "slash", "2")
        assert kept(desk)[0].look_for == named(desk, 2)
        assert room.notes() == ["▸01 N first 2"]
        await room.press("slash", "0")
        assert kept(desk)[0].look_for == ""


async def test_space_corrects_what_was_understood(desk: Desk) -> None:
    jot(desk, "5 of 7 pairs: yes")
    async with opened(desk) as room:
        await room.press("up", "space")
        assert room.sees("1 look-for  2 kind  3 quoted speech  4 tally  5 withdraw  Esc back")
        await room.press("3")
        assert "quoted speech" in room.rule
        await room.press("space", "4")
        assert kept(desk)[0].tally is None
        await room.press("space", "2")
        assert kept(desk)[0].note_kind == "wondering"
        await room.press("space", "1", "1")
        assert kept(desk)[0].look_for == named(desk, 1)
        await room.press("space", "5")
        assert kept(desk) == []


async def test_no_notes_yet_is_said(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.press("up")
        assert "No notes yet" in room.state
        assert room.screen.composer.has_focus


async def test_five_hundred_notes_are_drawn_only_where_they_are_seen(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    pairs = []
    for place in range(500):
        clock.advance(seconds=1)
        pairs.append(
            Note(
                id=desk.new_id(),
                walk=desk.walk_id,
                visit=form.visit,
                form=form.id,
                text=f"note {place}",
                at_s=place,
            )
        )
    desk.save(visit.STAGE, "many", *pairs)
    async with opened(desk) as room:
        drawn: list[str] = []
        line = room.screen.list.line

        def count(row: Any, *args: Any, **kwargs: Any) -> str:
            drawn.append(row.id)
            return line(row, *args, **kwargs)

        monkeypatch.setattr(room.screen.list, "line", count)
        read = []
        monkeypatch.setattr(visit, "notes", lambda *_: read.append(1))
        await room.type("the newest\r")
        assert room.notes()[-1] == "08 N the newest"
        assert len(set(drawn)) < 24
        assert read == []
        await room.press("up", "home")
        assert room.rule == "note 1 of 501 · noticing"
        assert room.notes()[0] == "▸00 N note 0"
