"""Grouping by keyboard alone: what the team sees, where the note goes, and how it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.burst import press_ahead
from tests.frames import cursor_cell, rows
from tests.routine.table_of import INQUIRY, walk_of, write
from tests.screens.table import HOSTILE, SIZES, open_at
from walk.routine.debriefing import debrief
from walk.routine.desk import Desk
from walk.routine.planning import prepare


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def themes(desk: Desk) -> dict[str, list[str]]:
    return {
        one.name: sorted(note.words for note in one.notes) for one in debrief.table(desk).themes
    }


def left_of(desk: Desk) -> int:
    return len(debrief.table(desk).pool)


async def test_an_empty_pool_says_what_to_do(desk: Desk) -> None:
    async with open_at(desk, "debrief") as seen:
        assert "Visit first" in seen.sees()
        assert "Pool · 0 left" in seen.sees()
        assert "makes" in await seen.keys("1", "space", "c", "delete", "right", "x", "r", "s")


async def test_when_everything_is_placed_it_says_so(desk: Desk) -> None:
    notes = write(desk, [(1, "first")])
    debrief.put_in_new(desk, notes, "A")
    async with open_at(desk, "debrief") as seen:
        assert "Everything is placed" in seen.sees()


async def test_the_screen_shows_inquiry_prompt_counts_and_the_note_in_full(desk: Desk) -> None:
    long = "S2 said: " + "it says on page four that the river was low " * 3
    notes = write(desk, [(1, "one"), (2, "two"), (2, "three")])
    debrief.put_in_new(desk, notes, "Waiting")
    write(desk, [(1, long)])
    async with open_at(desk, "debrief") as seen:
        shown = " ".join(seen.sees().split())
        assert " ".join(INQUIRY.split()) in shown
        assert "stop at “because”" in shown
        assert "Pool · 1 left" in shown
        assert "Waiting 2 visits 3" in shown
        assert " ".join(long.split()) in shown


async def test_neither_author_nor_code_nor_time_is_shown(desk: Desk) -> None:
    prepare.give_label(desk, desk.walkers()[0], "Zebulon")
    notes = write(desk, [(3, "as in V3, pairs wrote"), (2, "V2 too")])
    debrief.put_in_new(desk, notes[1:], "A")
    async with open_at(desk, "debrief", size=(120, 40)) as seen:
        for keys in ((), ("enter",), ("escape", "right"), ("enter",)):
            shown = await seen.keys(*keys) if keys else seen.sees()
            assert "V3" not in shown
            assert "V2" not in shown
            assert "Zebulon" not in shown


async def test_it_is_said_while_the_focus_is_unconfirmed(desk: Desk) -> None:
    words = "not yet confirmed by the host teachers"
    async with open_at(desk, "debrief", size=(60, 20)) as seen:
        assert words in " ".join(seen.sees().split())
    prepare.confirm_focus(desk, "in the team meeting", "2025-10-14", 4)
    async with open_at(desk, "debrief") as seen:
        assert words not in " ".join(seen.sees().split())


async def test_a_digit_puts_the_note_in_hand_into_that_theme(desk: Desk) -> None:
    for name in ("A", "B"):
        debrief.make_theme(desk, name)
    write(desk, [(1, "first")])
    async with open_at(desk, "debrief") as seen:
        shown = await seen.keys("2")
        assert themes(desk) == {"A": [], "B": ["first"]}
        assert "1 note put into B · saved 09:00" in shown
        assert "Pool · 0 left" in shown


async def test_marked_notes_go_together_and_undo_brings_them_back(desk: Desk) -> None:
    debrief.make_theme(desk, "A")
    write(desk, [(1, "first"), (2, "second"), (3, "third")])
    async with open_at(desk, "debrief") as seen:
        assert "2 notes marked" in await seen.keys("space", "space")
        assert "2 notes put into A" in await seen.keys("1")
        assert left_of(desk) == 1
        assert "Undone: 2 notes put into A" in await seen.keys("u")
        assert left_of(desk) == 3
        await seen.keys("z")
        assert left_of(desk) == 1


async def test_a_digit_without_a_theme_changes_nothing(desk: Desk) -> None:
    write(desk, [(1, "first")])
    async with open_at(desk, "debrief") as seen:
        assert "There is no theme 7 yet" in await seen.keys("7")
        assert left_of(desk) == 1


async def test_t_finds_a_theme_among_forty_by_part_of_its_name(desk: Desk) -> None:
    for number in range(40):
        debrief.make_theme(desk, f"Theme {number} about wait time")
    write(desk, [(1, "first")])
    async with open_at(desk, "debrief") as seen:
        assert "more" in seen.sees()
        await seen.keys("t")
        shown = await seen.type("eme 37")
        assert "Theme 37" in shown
        await seen.keys("enter")
        assert themes(desk)["Theme 37 about wait time"] == ["first"]


async def test_t_makes_a_theme_where_none_has_that_name(desk: Desk) -> None:
    debrief.make_theme(desk, "Waiting")
    write(desk, [(1, "first"), (2, "second")])
    async with open_at(desk, "debrief") as seen:
        await seen.keys("t")
        await seen.type("Sources [/x")
        await seen.keys("enter")
        assert "Sources [/x" in seen.sees()
        assert len(themes(desk)["Sources [/x"]) == 1
        # Where a name only begins like another, down leads to the new one.
        await seen.keys("t")
        await seen.type("Wait")
        await seen.keys("down", "enter")
        assert len(themes(desk)["Wait"]) == 1
        assert themes(desk)["Waiting"] == []


async def test_esc_leaves_the_filter_and_nothing_is_put(desk: Desk) -> None:
    write(desk, [(1, "first")])
    async with open_at(desk, "debrief") as seen:
        await seen.keys("t", "A", "escape")
        assert "Pool · 1 left" in seen.sees()
        assert themes(desk) == {}


async def test_in_the_themes_enter_opens_and_c_turns_and_del_takes_out(desk: Desk) -> None:
    notes = write(desk, [(1, "first"), (2, "second")])
    debrief.put_in_new(desk, notes, "A")
    async with open_at(desk, "debrief") as seen:
        shown = await seen.keys("right", "enter")
        assert "Theme 1 · A" in shown
        assert "against" in await seen.keys("c")
        assert debrief.table(desk).themes[0].spread.contrary_visits == 1
        assert "1 note taken out of A" in await seen.keys("delete")
        assert left_of(desk) == 1
        assert "Pool · 1 left" in await seen.keys("escape")


async def test_a_theme_is_renamed_and_the_words_outlive_esc(desk: Desk) -> None:
    debrief.make_theme(desk, "A")
    async with open_at(desk, "debrief") as seen:
        await seen.keys("right", "r", "B", "escape")
        assert list(themes(desk)) == ["A"]
        assert "AB" in await seen.keys("r")
        await seen.keys("enter")
        assert list(themes(desk)) == ["AB"]
        assert desk.draft(f"rename:{debrief.table(desk).themes[0].theme.id}") is None


async def test_a_theme_taken_apart_comes_back_with_its_notes(desk: Desk) -> None:
    debrief.put_in_new(desk, write(desk, [(1, "first")]), "A")
    async with open_at(desk, "debrief") as seen:
        assert "taken apart" in await seen.keys("right", "x")
        assert (themes(desk), left_of(desk)) == ({}, 1)
        await seen.keys("u")
        assert themes(desk) == {"A": ["first"]}


async def test_wonderings_have_their_own_list_and_go_into_themes_too(desk: Desk) -> None:
    debrief.make_theme(desk, "A")
    write(desk, [(1, "How do pairs start?")], kind="wondering")
    async with open_at(desk, "debrief") as seen:
        assert "How do pairs" not in seen.sees()
        shown = await seen.keys("w")
        assert "Wonderings · 1" in shown
        assert "How do pairs start?" in shown
        assert "in 1" in await seen.keys("1")
        assert debrief.table(desk).themes[0].spread.wonderings == 1


async def test_the_cursor_stands_on_what_is_in_hand(desk: Desk) -> None:
    debrief.put_in_new(desk, write(desk, [(1, "first"), (2, "second")])[:1], "A")
    write(desk, [(3, "third")])
    async with open_at(desk, "debrief") as seen:
        assert cursor_cell(seen.app).character == "▸"
        first = cursor_cell(seen.app).row
        await seen.keys("down")
        assert cursor_cell(seen.app).row == first + 1
        await seen.keys("right")
        at = cursor_cell(seen.app)
        assert rows(seen.app)[at.row][at.column] == "▸"
        assert "A" in rows(seen.app)[at.row][at.column :]


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_only_words(desk: Desk, size: tuple[int, int]) -> None:
    notes = write(desk, [(1 + n % 4, words) for n, words in enumerate(HOSTILE)], speech=True)
    for words in HOSTILE:
        debrief.put_in_new(desk, notes[:2], words)
    async with open_at(desk, "debrief", size=size) as seen:
        shown = seen.sees()
        assert "[/x] [bob]" in shown
        for keys in (("enter",), ("escape", "t"), ("escape", "right"), ("r",), ("escape", "enter")):
            shown = await seen.keys(*keys)
            assert "\x1b" not in shown
            assert "‮" not in shown


async def test_what_another_program_groups_appears(desk: Desk) -> None:
    write(desk, [(1, "first")])
    async with open_at(desk, "debrief") as seen:
        debrief.make_theme(desk, "From elsewhere")
        seen.app.screen.reload()  # type: ignore[attr-defined]
        await seen.pilot.pause()
        assert "From elsewhere" in seen.sees()


async def test_keys_typed_faster_than_the_dialog_opens_are_not_lost(desk: Desk) -> None:
    write(desk, [(1, "first")])
    async with open_at(desk, "debrief") as seen:
        from textual.events import Key

        for sign in "tusx":  # u, s and x would act, were they not typed into the line
            seen.app.post_message(Key(sign, sign))
        await seen.pilot.pause()
        await seen.pilot.pause()
        assert "usx" in seen.sees()
        await seen.keys("enter")
        assert themes(desk) == {"usx": ["first"]}


async def test_help_says_what_the_screen_is_for_and_every_key(desk: Desk) -> None:
    async with open_at(desk, "debrief", size=(120, 60)) as seen:
        shown = await seen.keys("question_mark")
        assert "without authors" in shown
        assert "1-9" in shown
        assert "Pool" in await seen.keys("escape")


async def test_a_new_name_typed_at_once_is_never_taken_for_the_theme_that_is_there(
    desk: Desk,
) -> None:
    debrief.make_theme(desk, "Waiting")
    write(desk, [(1, "first")])
    async with open_at(desk, "debrief") as seen:
        await press_ahead(seen.pilot, "t", *"usx", "enter")
        await seen.pilot.pause()
        assert themes(desk) == {"Waiting": [], "usx": ["first"]}
