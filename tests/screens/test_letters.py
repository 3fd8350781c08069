"""Letters and sheets on screen: listed, read, cleared of names, saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.routine.three import meet, three_laptops
from tests.screens.table import HOSTILE, SIZES, open_at
from walk.routine.demo import make_demo
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.keeping import purge
from walk.routine.planning import prepare
from walk.routine.reporting import teacher_note
from walk.routine.waiting import unsaved


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.chdir(tmp_path)
    with desk_at(tmp_path / "own.walkdb") as own:
        begin_small(own, visits=3)
        write_form(own, "V1", "S1 points to line 4", "? Who answers first?")
        write_form(own, "V2", "T waits 6 s")
        steps.add(own, "Keep one hour free", owner="principal")
        yield own


@pytest.mark.parametrize("size", SIZES)
async def test_every_report_is_listed_with_whom_it_is_for(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with open_at(desk, "letters", size) as seen:
        shown = seen.sees()
        for name in ("Staff summary", "Agenda page", "Data as tables", "Debrief sheet"):
            assert name in shown
        shown += await seen.keys("end")
        assert "Visit sheet V3" in shown
        assert "Teacher note" not in shown
        assert "handed over by the lead" in shown


async def test_a_report_is_read_in_place_and_left_again(desk: Desk) -> None:
    async with open_at(desk, "letters") as seen:
        shown = await seen.keys("down", "enter")
        assert "Agenda page · lines 1 to" in shown
        assert "Debrief sheet" not in shown
        await seen.keys("escape")
        shown = await seen.keys("home", "down", "down", "enter")
        assert "Debrief sheet · lines 1 to" in shown
        assert "S1 points to line 4" in shown + await seen.keys("space")
        shown = await seen.keys("escape")
        assert "Letters and sheets" in shown
        assert "▸ Debrief sheet" in shown
        assert "Lincoln" not in await seen.keys("escape"), "and then Home"


async def test_keys_typed_at_once_lose_nothing(desk: Desk, tmp_path: Path) -> None:
    async with open_at(desk, "letters") as seen:
        shown = await seen.keys("down", "enter", "s", "enter", "enter", "enter")
        assert "Written to" in shown
        assert [one.suffix for one in tmp_path.glob("walk-agenda*")] == [".html"]


async def test_a_name_that_no_disk_takes_is_told(desk: Desk, tmp_path: Path) -> None:
    async with open_at(desk, "letters") as seen:
        await seen.keys("down", "enter", "s", "enter", "enter")
        await seen.keys("ctrl+u")
        await seen.paste("n" * 260)
        shown = await seen.keys("enter")
        assert "cannot be written" in shown
        await seen.keys(*["ctrl+u"] * 9)  # each takes a row away
        await seen.paste("short")
        await seen.keys("enter")
    assert (tmp_path / "short.html").is_file()


async def test_data_is_saved_as_workbook_or_as_the_table_that_is_chosen(
    desk: Desk, tmp_path: Path
) -> None:
    async with open_at(desk, "letters", at="data") as seen:
        await seen.keys("s", "enter", "enter", "enter", "enter")
        assert len(list(tmp_path.glob("walk-data*.xlsx"))) == 1
        await seen.keys("s", "right", "enter", "right", "right", "enter", "enter", "enter")
        (table,) = tmp_path.glob("walk-data*.csv")
        assert "Keep one hour free" in table.read_text("utf-8-sig")


async def test_what_looks_like_a_name_is_told_and_cleared_in_place(desk: Desk) -> None:
    steps.add(desk, "Ms Ortiz plans with the team")
    async with open_at(desk, "letters", at="read summary") as seen:
        shown = seen.sees()
        assert "1 line is left out: “Ms Ortiz” looks like a name (n)" in shown
        assert "At the door" in await seen.keys("n")
        await seen.keys("n", "escape")
        assert "Ms Ortiz” looks like" not in seen.sees()
        read = "".join([await seen.keys("space") for _ in range(6)])
        assert "Ms Ortiz plans" in read


async def test_where_nothing_looks_like_a_name_it_is_said(desk: Desk) -> None:
    async with open_at(desk, "letters") as seen:
        assert "Nothing in it looks like a name" in await seen.keys("n")


async def test_another_laptop_lists_no_visit_sheets(tmp_path: Path) -> None:
    with three_laptops(tmp_path) as laptops:
        write_form(laptops.ana, "V1", "S1 points")
        meet(laptops.lead, laptops.ana)
        async with open_at(laptops.ana, "letters") as seen:
            assert "Visit sheet" not in seen.sees() + await seen.keys("end")


async def test_after_a_purge_it_says_what_is_gone(desk: Desk) -> None:
    purge.purge(desk)
    async with open_at(desk, "letters", at="debrief") as seen:
        assert "It cannot be made any more: raw notes purged" in seen.sees()
        assert "cannot be made any more" in await seen.keys("enter")
        assert "Save:" not in await seen.keys("s")
        assert "Staff summary ·" in await seen.keys("home", "enter")


async def test_hostile_words_are_only_words(desk: Desk) -> None:
    for words in HOSTILE:
        steps.add(desk, words, design="proposed")
    async with open_at(desk, "letters", (120, 60), at="read summary") as seen:
        shown = "".join([seen.sees(), await seen.keys("end")])
        assert "[/x] [bob]" in shown
        assert "\x1b" not in shown
        assert "‮" not in shown


# The teacher note


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_is_begun_by_the_teachers_wish_alone(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with open_at(desk, "teacher_note", size) as seen:
        shown = await seen.keys("enter")
        assert "has not asked for a note" in shown
        assert "Mark Progress" not in shown
        assert "Save:" not in await seen.keys("f")
        shown = await seen.keys("a")
        assert "Mark Progress: a move → what students did then" in shown
        assert "Kept on this laptop alone" in shown
        assert "saved" in shown


async def test_moves_noticings_and_answers_are_written_by_keyboard(desk: Desk) -> None:
    async with open_at(desk, "teacher_note", (120, 40), at="V1") as seen:
        await seen.keys("a", "enter")
        await seen.type("asked twice")
        await seen.keys("enter")
        await seen.type("S1 read on")
        shown = await seen.keys("enter")
        assert "asked twice → S1 read on" in shown
        shown = await seen.keys("down", "down", "down", "space")
        assert "✓" in shown
        assert "1 picked" in shown
        await seen.keys("down", "enter")
        await seen.type("who else spoke")
        await seen.keys("enter", "enter")
        await seen.keys("down", "enter")
        await seen.type("it was fine")
        await seen.keys("enter")
        note = teacher_note.of_visit(desk, the_visit(desk, "V1"))
        assert (note.wondering_1, note.response) == ("who else spoke", "it was fine")
        shown = await seen.keys("f")
        assert "Teacher note V1 · lines 1 to" in shown
        assert "asked twice" in shown
        assert "S1 points to line 4" in shown
        assert "note" in await seen.keys("escape")


async def test_a_note_is_taken_back_and_comes_again_by_undo(desk: Desk) -> None:
    async with open_at(desk, "teacher_note", at="V2") as seen:
        await seen.keys("a", "a")
        assert not teacher_note.notes(desk)
        shown = await seen.keys("u")
        assert "Undone: no note for V2" in shown
        assert len(teacher_note.notes(desk)) == 1


async def test_what_is_typed_survives_leaving(desk: Desk) -> None:
    async with open_at(desk, "teacher_note", at="V2") as seen:
        await seen.keys("a", "enter")
        await seen.type("asked for the line")
        await seen.keys("escape")
    (waits,) = unsaved(desk)
    assert waits.action is not None
    assert (waits.where, waits.action.screen) == ("a teacher note", "teacher_note")
    async with open_at(desk, "teacher_note", at=waits.action.at) as seen:
        assert "asked for the line" in await seen.keys("enter")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    assert [one.words for one in unsaved(desk)] == [""], "another walker's words are not shown"


async def test_a_name_in_a_note_is_told_and_left_out_of_print(desk: Desk) -> None:
    note = teacher_note.ask(desk, the_visit(desk, "V1"), asked=True)
    assert note is not None
    teacher_note.change(desk, note, move_1="Ms Ortiz asked")
    async with open_at(desk, "teacher_note", at="V1") as seen:
        assert "“Ms Ortiz” looks like a name (n)" in seen.sees()
        await seen.keys("n", "n", "escape")
        assert "looks like a name" not in seen.sees()


async def test_a_wrong_date_stays_with_its_reason(desk: Desk) -> None:
    teacher_note.ask(desk, the_visit(desk, "V1"), asked=True)
    async with open_at(desk, "teacher_note", at="V1") as seen:
        await seen.keys("end", "enter")
        await seen.type("soon")
        shown = await seen.keys("enter", "enter", "enter", "enter")
        assert "The conversation" in shown
        assert not teacher_note.of_visit(desk, the_visit(desk, "V1")).talked_on


async def test_saving_shows_the_notes_with_somebodys_own_words(tmp_path: Path) -> None:
    with desk_at(tmp_path / "demo.walkdb") as demo:
        make_demo(demo)
        async with open_at(demo, "letters") as seen:
            shown = await seen.keys("s")
            assert "somebody's own words" in " ".join(shown.split())
            assert "T at table 3" in shown
