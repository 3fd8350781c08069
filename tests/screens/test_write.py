"""The silent write by keys: what is typed, filled in, shared, and what is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key

from tests.desks import desk_at, the_visit
from tests.frames import cursor_cell, frame, rows
from tests.screens import write_page
from tests.screens.table import SIZES
from tests.screens.write_page import (
    first_form,
    left_form,
    notes_kept,
    opened,
    press_and_wait,
    state_words,
    write_screen,
)
from walk.clock import FixedClock
from walk.errors import FullDisk
from walk.routine.desk import Desk, Place
from walk.routine.planning import prepare, rooms
from walk.routine.visiting import visit

clock = write_page.clock
desk = write_page.desk


HOSTILE = "[/x] [bob] [1 \x1b[31mred\x07"


# What it shows


async def test_title_says_who_writes_and_whole_minutes_since_leaving(
    desk: Desk, clock: FixedClock
) -> None:
    left_form(desk, "S1 points")
    clock.advance(seconds=150)
    async with opened(desk) as pilot:
        top = rows(pilot.app)[0]
        assert top.startswith(" V1 · silent write · Writing: Ana")
        assert top.endswith("2 of 3 min")
        clock.advance(minutes=3)
        write_screen(pilot).tick()
        await pilot.pause()
        assert rows(pilot.app)[0].endswith("5 min, 3 planned")


async def test_an_unconfirmed_focus_is_said_to_be_so(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        assert "not yet confirmed by the host teachers" in frame(pilot.app)
        assert prepare.focus(desk).inquiries[0].split()[0] in frame(pilot.app)
    prepare.confirm_focus(desk, "in the team meeting", "2025-10-01", 3)
    async with opened(desk) as pilot:
        assert "not yet confirmed" not in frame(pilot.app)


async def test_noticings_stand_before_wonderings_each_in_order(desk: Desk) -> None:
    left_form(desk, "first seen", "? first asked", "second seen", "? second asked")
    async with opened(desk) as pilot:
        shown = [row.words for row in write_screen(pilot).list.rows]
        assert shown == ["first seen", "second seen", "first asked", "second asked"]
        await pilot.press(*"third seen", "enter")
        await pilot.pause()
        shown = [row.words for row in write_screen(pilot).list.rows]
        assert shown[2:4] == ["third seen", "first asked"]


@pytest.mark.parametrize("size", SIZES)
async def test_everything_needed_fits(desk: Desk, size: tuple[int, int]) -> None:
    left_form(desk, "S1 points", HOSTILE)
    async with opened(desk, size=size) as pilot:
        shown = frame(pilot.app)
        for words in ("silent write", "Lesson part", "Activity", "nothing seen on this inquiry"):
            assert words in shown
        assert "[/x] [bob] [1 ␛[31mred␇" in shown
        # Beneath the line: wording help, the state, the keys.
        assert cursor_cell(pilot.app).row == size[1] - 4


# Writing


async def test_what_is_typed_now_carries_no_time(desk: Desk) -> None:
    left_form(desk, "S1 points")
    async with opened(desk) as pilot:
        await press_and_wait(pilot, *"two wait #2", "enter")
        assert "saved 09:" in state_words(pilot)
    assert [one.at_s for one in notes_kept(desk)] == [60, None]
    assert notes_kept(desk)[1].look_for == prepare.look_fors(desk)[1].id


async def test_the_line_left_in_the_room_lies_in_the_composer(desk: Desk) -> None:
    left_form(desk)
    place = visit.line_place(desk, the_visit(desk, "V1"))
    desk.keep_draft(place, "T asks wh")
    async with opened(desk) as pilot:
        assert write_screen(pilot).composer.text == "T asks wh"
        assert "What you were typing lies in the line" in state_words(pilot)
        await press_and_wait(pilot, *"y", "enter")
    assert [one.text for one in notes_kept(desk)] == ["T asks why"]
    assert desk.draft(place) is None


async def test_a_line_half_typed_is_there_after_the_app_closed(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, *"half a li")
    async with opened(desk) as pilot:
        assert write_screen(pilot).composer.text == "half a li"


async def test_letters_are_never_commands(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, *"qnrs12?/", "escape", *"hn", "enter")
    assert [one.text for one in notes_kept(desk)] == ["qnrs12?/hn"]


async def test_a_note_is_reworded_turned_and_withdrawn_from_the_list(desk: Desk) -> None:
    left_form(desk, "S1 points")
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "up", "enter")
        assert "rewording note 1" in frame(pilot.app)
        await press_and_wait(pilot, *" to line 4", "enter")
        assert [one.text for one in notes_kept(desk)] == ["S1 points to line 4"]
        assert desk.draft(visit.edit_place(notes_kept(desk)[0].id)) is None
        assert notes_kept(desk)[0].at_s == 60
        await press_and_wait(pilot, "up", "tab")
        assert notes_kept(desk)[0].note_kind == "wondering"
        await press_and_wait(pilot, "slash", "3")
        assert notes_kept(desk)[0].look_for == prepare.look_fors(desk)[2].id
        await press_and_wait(pilot, "delete")
        assert notes_kept(desk) == []
        assert pilot.app.focused is write_screen(pilot).composer
        await press_and_wait(pilot, "escape", "3")
        assert len(notes_kept(desk)) == 1
        await press_and_wait(pilot, "escape", "7")
        assert notes_kept(desk) == []


async def test_leaving_a_rewording_keeps_both_note_and_new_words(desk: Desk) -> None:
    left_form(desk, "S1 points")
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "up", "enter", *" at", "escape")
        assert write_screen(pilot).composer.text == ""
        assert [one.text for one in notes_kept(desk)] == ["S1 points"]
        await press_and_wait(pilot, "up", "enter")
        assert write_screen(pilot).composer.text == "S1 points at"
        await press_and_wait(pilot, "escape")
    async with opened(desk) as pilot:
        assert "New words for note 1 are kept" in state_words(pilot)


async def test_a_letter_in_the_list_goes_on_in_the_line(desk: Desk) -> None:
    left_form(desk, "S1 points")
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "up", *"dx")
        assert write_screen(pilot).composer.text == "dx"


# The fields


async def test_the_fields_are_filled_in_by_keys_and_undone(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "escape", "2")
        assert pilot.app.focused is write_screen(pilot).part
        await press_and_wait(pilot, "right", "right", "down", "4", "down", "space")
        form = first_form(desk)
        assert (form.part, form.structure, form.nothing_seen) == ("middle", "whole class", True)
        assert "● middle" in frame(pilot.app)
        assert cursor_cell(pilot.app).character == "●"
        await press_and_wait(pilot, "1", "up", "delete")
        assert (first_form(desk).structure, first_form(desk).nothing_seen) == ("", False)
        await press_and_wait(pilot, *"S1", "escape", "3")
        assert first_form(desk).structure == "whole class"
        assert "● whole class" in frame(pilot.app)
        assert write_screen(pilot).composer.text == "S1"


async def test_left_and_right_stop_at_the_ends(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "escape", "2", "left")
        assert first_form(desk).part == "unknown"
        await press_and_wait(pilot, "right", "7")
        assert first_form(desk).part == "unknown"
        await press_and_wait(pilot, "1", "left")
        assert first_form(desk).part == "opening"
        await press_and_wait(pilot, "down", "down", "down")
        assert pilot.app.focused is write_screen(pilot).composer


# From paper


async def test_notes_from_paper_are_marked_until_that_is_over(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "escape", "6")
        assert "from paper" in frame(pilot.app)
        await press_and_wait(
            pilot, *"one", "enter", *"two", "enter", "escape", "6", *"three", "enter"
        )
    assert {one.text: one.from_paper for one in notes_kept(desk)} == {
        "one": True,
        "two": True,
        "three": False,
    }


async def test_a_room_that_was_not_entered_here_is_written_from_paper(desk: Desk) -> None:
    async with opened(desk) as pilot:
        assert rows(pilot.app)[0].endswith("from paper")
        await press_and_wait(pilot, *"S1 reads", "enter", "escape", "1")
        assert first_form(desk).finished_at is not None
    [note] = notes_kept(desk)
    assert (note.from_paper, note.at_s) == (True, None)


async def test_paper_of_a_recorded_segment_gives_the_place(desk: Desk) -> None:
    rooms.change_mode(desk, the_visit(desk, "V1"), "recorded")
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "escape", "6")
        assert "4:30" in state_words(pilot)
        await press_and_wait(pilot, *"4:30 S2 asks", "enter")
        assert "4:30 N" in frame(pilot.app)
    assert notes_kept(desk)[0].position_s == 270


# When something goes wrong


async def test_what_cannot_be_saved_stays_in_the_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_form(desk)
    async with opened(desk) as pilot:
        with monkeypatch.context() as full:
            full.setattr(desk.store, "save", _full_disk)
            full.setattr(desk.store, "keep_draft", _full_disk)
            await press_and_wait(pilot, *"S1 points", "enter")
            assert write_screen(pilot).composer.text == "S1 points"
            assert "disk is full" in frame(pilot.app)
            assert first_form(desk).finished_at is None
        await press_and_wait(pilot, "enter")
        assert [one.text for one in notes_kept(desk)] == ["S1 points"]


def _full_disk(*_args: object, **notes_kept: object) -> None:
    raise FullDisk("The disk is full.", "Make room, then try again.")


async def test_another_program_saving_shows_here_and_leaves_the_line_alone(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    left_form(desk, "S1 points")
    async with opened(desk) as pilot:
        await press_and_wait(pilot, *"half")
        with desk_at(tmp_path / "one.walkdb", clock) as other:
            clock.advance(seconds=1)
            visit.add_note(other, first_form(other), "from the shell")
        write_screen(pilot)._each_second()
        await pilot.pause()
        assert "from the shell" in frame(pilot.app)
        assert write_screen(pilot).composer.text == "half"


async def test_where_it_was_left_is_where_it_opens(desk: Desk) -> None:
    left_form(desk)
    async with opened(desk):
        pass
    assert desk.remembered() == Place("write", desk.walk_id, the_visit(desk, "V1").id)


async def test_keys_in_a_burst_go_where_they_were_meant(desk: Desk) -> None:
    """A row that is left passes on the keys that were on their way to it."""
    left_form(desk)
    async with opened(desk) as pilot:
        await press_and_wait(pilot, "escape", "2")
        part = write_screen(pilot).part
        for key, sign in (("2", "2"), ("down", None), ("4", "4"), ("escape", None), ("S", "S")):
            part.post_message(Key(key, sign))
        await press_and_wait(pilot, "1")
        form = first_form(desk)
        assert (form.part, form.structure) == ("middle", "whole class")
        assert write_screen(pilot).composer.text == "S1"
