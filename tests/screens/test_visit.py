"""The visit by keys: what it shows, what is typed, recorded segments, and sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.burst import PASTE_S, key, paste, send, type_keys
from tests.desks import begin_small, desk_at, the_visit
from tests.frames import cursor_cell, frame, rows, strips
from tests.screens import visits
from tests.screens.table import SIZES
from tests.screens.visits import form_of, jot, kept, named, opened, texts
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.planning import prepare, rooms
from walk.routine.timekeeping import board

clock = visits.clock
desk = visits.desk

HOSTILE = "[/x] [bob] [1 \x1b[31mred\x07 \u202eturned"


# What it shows --------------------------------------------------------------------------------


async def test_the_room_at_a_glance(desk: Desk) -> None:
    jot(desk, 'T: "Say more about that." 5 s wait #1', "?What do students reach for")
    async with opened(desk) as room:
        assert room.title.startswith(" V1 · in person · Writing: Ana")
        assert "2 of 12 min" in room.title
        assert room.sees("In what ways am I")
        assert room.sees("not yet confirmed by the host teachers")
        for number, look_for in enumerate(prepare.look_fors(desk), 1):
            assert room.sees(f" {number} {look_for.name}")
        assert room.notes() == [
            '01 N T: "Say more about that." 5 s wait 1',
            "02 W What do students reach for",
        ]
        assert room.rule == "noticing"
        assert room.screen.composer.has_focus
        assert rows(room.app)[-1].startswith(" Enter save")


async def test_a_confirmed_inquiry_says_nothing_more(desk: Desk) -> None:
    prepare.confirm_focus(desk, "agreed in the team meeting", "2025-10-01", 5)
    async with opened(desk) as room:
        assert not room.sees("confirmed")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "in visit · 0 of 12 min  ░░░"),
        (6 * 60 + 59, "in visit · 6 of 12 min  ██████░"),
        (10 * 60 + 1, "wrap up · 1:59 left  "),
        (12 * 60, "time · 12 of 12 min  "),
        (15 * 60 + 1, "over 3 min  █"),
    ],
)
async def test_the_clock_says_where_the_visit_stands(
    desk: Desk, clock: FixedClock, seconds: int, words: str
) -> None:
    async with opened(desk) as room:
        clock.advance(seconds=seconds)
        await room.tick()
        assert words in room.title


async def test_the_title_changes_once_a_minute_until_the_last_two(
    desk: Desk, clock: FixedClock
) -> None:
    async with opened(desk) as room:
        seen = set()
        for _ in range(10):
            clock.advance(seconds=5.9)
            await room.tick()
            seen.add(room.title)
        assert len(seen) == 1


# Typing ---------------------------------------------------------------------------------------


async def test_a_typed_line_is_a_note_with_its_minute(desk: Desk, clock: FixedClock) -> None:
    async with opened(desk) as room:
        clock.advance(minutes=4)
        await room.type("5 of 7 pairs turned to page 4\r")
        assert room.notes() == ["04 N 5 of 7 pairs turned to page 4"]
        assert room.state == "saved 09:04 · tally 5 of 7 pairs"
        assert room.line == ""
        note = kept(desk)[0]
        assert (note.at_s, note.note_kind, note.text) == (
            240,
            "noticing",
            "5 of 7 pairs turned to page 4",
        )


async def test_what_was_understood_is_said(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type('?T: "Why?" #2\r')
        name = prepare.look_fors(desk)[1].name
        assert room.state == f"saved 09:00 · wondering · look-for {name} · quoted speech"
        assert room.notes() == ['00 W T: "Why?" 2']
        assert kept(desk)[0].text == 'T: "Why?" #2'


async def test_the_rule_follows_what_is_typed(desk: Desk) -> None:
    async with opened(desk) as room:
        seen = []
        for part in ("?", " why #2", "\b", "\b" * 20, "so", "\t", "\t"):
            await room.type(part)
            seen.append(room.rule)
        assert seen == [
            "wondering",
            "wondering · look-for 2",
            "wondering",
            "noticing",
            "noticing",
            "wondering",
            "noticing",
        ]


async def test_tab_makes_a_wondering(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type("What is on page 4\t\r")
        assert kept(desk)[0].note_kind == "wondering"
        assert room.rule == "noticing"


async def test_slash_ties_a_look_for_to_this_line_only(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type("/")
        assert room.sees("Look-for  1-")
        await room.type("2")
        assert room.rule == "noticing · look-for 2"
        await room.type("S1 points\rS2 reads\r")
        assert [one.look_for for one in kept(desk)] == [named(desk, 2), ""] or [
            one.look_for for one in kept(desk)
        ] == ["", named(desk, 2)]
        assert {one.text for one in kept(desk)} == {"S1 points", "S2 reads"}


async def test_two_notes_typed_in_one_breath_are_two(desk: Desk, clock: FixedClock) -> None:
    async with opened(desk) as room:
        await room.type("one\rtwo\rth")
        assert sorted(texts(desk)) == ["one", "two"]
        assert room.line == "th"


async def test_long_text_wraps_and_is_kept_whole(desk: Desk) -> None:
    words = "S2 ran a finger under the line and read it out while the partner wrote it down. " * 6
    async with opened(desk) as room:
        await room.type(words)
        assert room.screen.composer.size.height == 4
        assert "rows" in room.rule
        await room.press("enter")
        assert texts(desk) == [words.strip()]
        assert room.notes()[0].endswith("…")


async def test_a_pasted_text_is_one_note(desk: Desk) -> None:
    async with opened(desk) as room:
        await paste(room.pilot, "S1: page 4\r\nS2: page 5")
        await type_keys(room.pilot, "\rS3: page 6", PASTE_S)
        assert kept(desk) == []
        await room.press("enter")
        assert texts(desk) == ["S1: page 4\nS2: page 5\nS3: page 6"]
        assert room.notes()[0] == "00 N S1: page 4 · S2: page 5 · S3: page 6"


async def test_nothing_typed_is_markup_or_acts_on_the_terminal(desk: Desk) -> None:
    async with opened(desk) as room:
        await paste(room.pilot, HOSTILE)
        await room.press("enter", "up")
        assert texts(desk) == [HOSTILE]
        drawn = "".join(segment.text for strip in strips(room.app) for segment in strip)
        assert drawn.count("[/x] [bob] [1 ␛[31mred␇") == 2
        assert not set(drawn) & set("\x1b\x07\u202e")


async def test_hostile_words_of_the_plan_are_words(desk: Desk) -> None:
    from walk.focus import LookForTemplate

    prepare.change_focus(
        desk,
        inquiries=[HOSTILE],
        look_for_list=[LookForTemplate("[/x] [b]", "", "students")],
    )
    async with opened(desk, size=(60, 20)) as room:
        await room.type("/")
        assert room.sees("1 [/x] [b]")
        assert room.sees("[/x] [bob] [1 ␛[31mred␇")


async def test_nothing_to_save_is_said(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.press("enter")
        assert room.state == "Nothing to save yet: type what you saw or heard."
        await room.type("#2\r")
        assert "nothing to save" in room.state
        assert room.line == "#2"


# Recorded segments ----------------------------------------------------------------------------


async def test_a_recorded_segment_counts_viewings_and_places(tmp_path: Path) -> None:
    with desk_at(tmp_path / "two.walkdb") as desk:
        begin_small(desk)
        rooms.change_mode(desk, the_visit(desk, "V1"), "recorded")
        async with opened(desk) as room:
            assert "recorded" in room.title
            assert room.title.endswith("viewing 1")
            await room.type("4:30 ? why page 4\r")
            assert room.notes() == ["4:30 W why page 4"]
            await room.press("escape")
            assert room.sees("1 end the viewing  2 viewed again  3 undo  5 help  Esc back")
            await room.press("2")
            assert room.title.endswith("viewing 2")
            assert kept(desk)[0].at_s is None


# Size -----------------------------------------------------------------------------------------


async def test_a_narrow_window_hides_the_look_fors_and_slash_names_them(desk: Desk) -> None:
    jot(desk, "first")
    async with opened(desk, size=(60, 20)) as room:
        assert not room.sees("Look for")
        assert room.notes() == ["01 N first"]
        await room.type("/")
        for number, look_for in enumerate(prepare.look_fors(desk), 1):
            assert room.sees(f"{number} {look_for.name}")
        await room.type("1S1 points\r")
        assert {one.look_for for one in kept(desk)} == {"", named(desk, 1)}


async def test_a_tiny_window_asks_for_room_and_goes_on_keeping(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type("half")
        await room.pilot.resize_terminal(50, 12)
        assert room.sees("60x20 at least")
        await room.type(" a line\r")
        assert texts(desk) == ["half a line"]
        await room.pilot.resize_terminal(80, 24)
        assert room.notes() == ["00 N half a line"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_stands_behind_the_text(desk: Desk, size: tuple[int, int]) -> None:
    async with opened(desk, size=size) as room:
        await room.type("S2 reads")
        cell = cursor_cell(room.app)
        assert rows(room.app)[cell.row] == " S2 reads"
        assert cell.column == len(" S2 reads")
        await room.press("escape")
        cell = cursor_cell(room.app)
        assert rows(room.app)[cell.row] == " S2 reads"


async def test_esc_and_a_digit_pressed_fast_pick_from_the_menu(desk: Desk) -> None:
    async with opened(desk) as room:
        quick = key("2")
        quick.key = "alt+2"
        send(room.app, quick)
        await room.pilot.pause()
        await room.pilot.pause()
        assert form_of(desk).target_minutes == 13


async def test_a_room_that_the_board_had_entered_counts_from_there(desk: Desk) -> None:
    board.next_phase(desk)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(minutes=3)
    async with opened(desk) as room:
        assert "3 of 12 min" in rows(room.app)[0]
        assert "By the board your team entered 3 min ago" in frame(room.app)
        await room.press("escape", "1")
    form = form_of(desk)
    assert form.left_after_s == 180
