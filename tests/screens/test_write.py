"""The silent write by keys: what is typed, filled in, shared, and what is never lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from tests.desks import begin_small, desk_at, the_visit
from tests.frames import cursor_cell, frame, rows
from tests.screens.table import SIZES
from walk.app import WalkApp
from walk.clock import FixedClock
from walk.errors import FullDisk
from walk.model import Form, Note
from walk.routine import prepare, visit, write
from walk.routine.desk import Desk, Place
from walk.screens.base import WalkScreen
from walk.screens.write import WriteScreen

HOSTILE = "[/x] [bob] [1 \x1b[31mred\x07"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb", clock) as made:
        begin_small(made)
        prepare.give_label(made, made.walkers()[0], "Ana")
        yield made


def _left(desk: Desk, *lines: str) -> Form:
    """A form whose room was left after a few notes, a minute apart."""
    assert isinstance(desk.clock, FixedClock)
    form = visit.enter(desk, the_visit(desk, "V1"))
    for line in lines:
        desk.clock.advance(minutes=1)
        visit.add_note(desk, form, line)
    desk.clock.advance(minutes=5)
    return visit.leave(desk, form)


@asynccontextmanager
async def _open(
    desk: Desk, code: str = "V1", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[str]]:
    app = WalkApp(desk, Place("write", desk.walk_id, the_visit(desk, code).id))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def _screen(pilot: Pilot[str]) -> WriteScreen:
    screen = pilot.app.screen
    assert isinstance(screen, WriteScreen)
    return screen


def _form(desk: Desk) -> Form:
    return write.form_for(desk, the_visit(desk, "V1"))


def _kept(desk: Desk) -> list[Note]:
    return [one.record for one in visit.notes(desk, _form(desk))]


def _shared(desk: Desk) -> int:
    return len(list(desk.store.published(desk.walk_id, ("note",))))


async def _press(pilot: Pilot[str], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()  # what the keys asked for is done
    await pilot.pause()  # and drawn


def _state(pilot: Pilot[str]) -> str:
    return _screen(pilot).state_line.words


# What it shows


async def test_title_says_who_writes_and_whole_minutes_since_leaving(
    desk: Desk, clock: FixedClock
) -> None:
    _left(desk, "S1 points")
    clock.advance(seconds=150)
    async with _open(desk) as pilot:
        top = rows(pilot.app)[0]
        assert top.startswith(" V1 · silent write · Writing: Ana")
        assert top.endswith("2 of 3 min")
        clock.advance(minutes=3)
        _screen(pilot).tick()
        await pilot.pause()
        assert rows(pilot.app)[0].endswith("5 min, 3 planned")


async def test_an_unconfirmed_focus_is_said_to_be_so(desk: Desk) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        assert "not yet confirmed by the host teachers" in frame(pilot.app)
        assert prepare.focus(desk).inquiries[0].split()[0] in frame(pilot.app)
    prepare.confirm_focus(desk, "in the team meeting", "2025-10-01", 3)
    async with _open(desk) as pilot:
        assert "not yet confirmed" not in frame(pilot.app)


async def test_noticings_stand_before_wonderings_each_in_order(desk: Desk) -> None:
    _left(desk, "first seen", "? first asked", "second seen", "? second asked")
    async with _open(desk) as pilot:
        shown = [row.words for row in _screen(pilot).list.rows]
        assert shown == ["first seen", "second seen", "first asked", "second asked"]
        await pilot.press(*"third seen", "enter")
        await pilot.pause()
        shown = [row.words for row in _screen(pilot).list.rows]
        assert shown[2:4] == ["third seen", "first asked"]


@pytest.mark.parametrize("size", SIZES)
async def test_everything_needed_fits(desk: Desk, size: tuple[int, int]) -> None:
    _left(desk, "S1 points", HOSTILE)
    async with _open(desk, size=size) as pilot:
        shown = frame(pilot.app)
        for words in ("silent write", "Lesson part", "Activity", "nothing seen on this inquiry"):
            assert words in shown
        assert "[/x] [bob] [1 ␛[31mred␇" in shown
        # Beneath the line: wording help, the state, the keys.
        assert cursor_cell(pilot.app).row == size[1] - 4


# Writing


async def test_what_is_typed_now_carries_no_time(desk: Desk) -> None:
    _left(desk, "S1 points")
    async with _open(desk) as pilot:
        await _press(pilot, *"two wait #2", "enter")
        assert "saved 09:" in _state(pilot)
    assert [one.at_s for one in _kept(desk)] == [60, None]
    assert _kept(desk)[1].look_for == prepare.look_fors(desk)[1].id


async def test_the_line_left_in_the_room_lies_in_the_composer(desk: Desk) -> None:
    _left(desk)
    place = visit.line_place(desk, the_visit(desk, "V1"))
    desk.keep_draft(place, "T asks wh")
    async with _open(desk) as pilot:
        assert _screen(pilot).composer.text == "T asks wh"
        assert "What you were typing lies in the line" in _state(pilot)
        await _press(pilot, *"y", "enter")
    assert [one.text for one in _kept(desk)] == ["T asks why"]
    assert desk.draft(place) is None


async def test_a_line_half_typed_is_there_after_the_app_closed(desk: Desk) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, *"half a li")
    async with _open(desk) as pilot:
        assert _screen(pilot).composer.text == "half a li"


async def test_letters_are_never_commands(desk: Desk) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, *"qnrs12?/", "escape", *"hn", "enter")
    assert [one.text for one in _kept(desk)] == ["qnrs12?/hn"]


async def test_a_note_is_reworded_turned_and_withdrawn_from_the_list(desk: Desk) -> None:
    _left(desk, "S1 points")
    async with _open(desk) as pilot:
        await _press(pilot, "up", "enter")
        assert "rewording note 1" in frame(pilot.app)
        await _press(pilot, *" to line 4", "enter")
        assert [one.text for one in _kept(desk)] == ["S1 points to line 4"]
        assert desk.draft(visit.edit_place(_kept(desk)[0].id)) is None
        assert _kept(desk)[0].at_s == 60
        await _press(pilot, "up", "tab")
        assert _kept(desk)[0].note_kind == "wondering"
        await _press(pilot, "slash", "3")
        assert _kept(desk)[0].look_for == prepare.look_fors(desk)[2].id
        await _press(pilot, "delete")
        assert _kept(desk) == []
        assert pilot.app.focused is _screen(pilot).composer
        await _press(pilot, "escape", "3")
        assert len(_kept(desk)) == 1
        await _press(pilot, "escape", "7")
        assert _kept(desk) == []


async def test_leaving_a_rewording_keeps_both_note_and_new_words(desk: Desk) -> None:
    _left(desk, "S1 points")
    async with _open(desk) as pilot:
        await _press(pilot, "up", "enter", *" at", "escape")
        assert _screen(pilot).composer.text == ""
        assert [one.text for one in _kept(desk)] == ["S1 points"]
        await _press(pilot, "up", "enter")
        assert _screen(pilot).composer.text == "S1 points at"
        await _press(pilot, "escape")
    async with _open(desk) as pilot:
        assert "New words for note 1 are kept" in _state(pilot)


async def test_a_letter_in_the_list_goes_on_in_the_line(desk: Desk) -> None:
    _left(desk, "S1 points")
    async with _open(desk) as pilot:
        await _press(pilot, "up", *"dx")
        assert _screen(pilot).composer.text == "dx"


# The fields


async def test_the_fields_are_filled_in_by_keys_and_undone(desk: Desk) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, "escape", "2")
        assert pilot.app.focused is _screen(pilot).part
        await _press(pilot, "right", "right", "down", "4", "down", "space")
        form = _form(desk)
        assert (form.part, form.structure, form.nothing_seen) == ("middle", "whole class", True)
        assert "● middle" in frame(pilot.app)
        assert cursor_cell(pilot.app).character == "●"
        await _press(pilot, "1", "up", "delete")
        assert (_form(desk).structure, _form(desk).nothing_seen) == ("", False)
        await _press(pilot, *"S1", "escape", "3")
        assert _form(desk).structure == "whole class"
        assert "● whole class" in frame(pilot.app)
        assert _screen(pilot).composer.text == "S1"


async def test_left_and_right_stop_at_the_ends(desk: Desk) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, "escape", "2", "left")
        assert _form(desk).part == "unknown"
        await _press(pilot, "right", "7")
        assert _form(desk).part == "unknown"
        await _press(pilot, "1", "left")
        assert _form(desk).part == "opening"
        await _press(pilot, "down", "down", "down")
        assert pilot.app.focused is _screen(pilot).composer


# From paper


async def test_notes_from_paper_are_marked_until_that_is_over(desk: Desk) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, "escape", "6")
        assert "from paper" in frame(pilot.app)
        await _press(pilot, *"one", "enter", *"two", "enter", "escape", "6", *"three", "enter")
    assert {one.text: one.from_paper for one in _kept(desk)} == {
        "one": True,
        "two": True,
        "three": False,
    }


async def test_a_room_that_was_not_entered_here_is_written_from_paper(desk: Desk) -> None:
    async with _open(desk) as pilot:
        assert rows(pilot.app)[0].endswith("from paper")
        await _press(pilot, *"S1 reads", "enter", "escape", "1")
        assert _form(desk).finished_at is not None
    [note] = _kept(desk)
    assert (note.from_paper, note.at_s) == (True, None)


async def test_paper_of_a_recorded_segment_gives_the_place(desk: Desk) -> None:
    prepare.change_visit(desk, the_visit(desk, "V1"), mode="recorded")
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, "escape", "6")
        assert "4:30" in _state(pilot)
        await _press(pilot, *"4:30 S2 asks", "enter")
        assert "4:30 N" in frame(pilot.app)
    assert _kept(desk)[0].position_s == 270


# Finishing


async def test_finishing_shares_and_offers_the_hall_talk(desk: Desk, clock: FixedClock) -> None:
    _left(desk, "S1 points")
    clock.advance(minutes=2)
    async with _open(desk) as pilot:
        assert _shared(desk) == 0
        await _press(pilot, "escape", "1")
        assert (
            "Form finished and shared with your team on this laptop; nothing left it"
            in " ".join(frame(pilot.app).split())
        )
        assert (_form(desk).finished_after_min, _shared(desk)) == (2, 1)
        await _press(pilot, "1")
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "hall"


async def test_finishing_leads_home_too(desk: Desk) -> None:
    _left(desk, "S1 points")
    async with _open(desk) as pilot:
        await _press(pilot, "escape", "1", "2")
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "home"


async def test_finishing_never_shares_words_that_were_not_saved(desk: Desk) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, *"S1 points", "escape", "1")
        assert "These words are not saved yet." in frame(pilot.app)
        assert _screen(pilot).composer.text == "S1 points"
        assert (_form(desk).finished_at, _kept(desk)) == (None, [])
        await _press(pilot, "enter", "escape", "1")
    assert [one.text for one in _kept(desk)] == ["S1 points"]
    assert _shared(desk) == 1


async def test_promise_8_an_empty_form_is_asked_in_one_line(desk: Desk) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, "escape", "1")
        assert "Was nothing seen on this inquiry?" in frame(pilot.app)
        await _press(pilot, "n")
        assert _form(desk).finished_at is None
        assert _screen(pilot).composer.text == ""
        await _press(pilot, "escape", "1", "y")
    form = _form(desk)
    assert form.nothing_seen
    assert form.finished_at is not None


async def test_a_finished_form_goes_on_being_changed_and_is_shared_again(desk: Desk) -> None:
    _left(desk, "S1 points")
    write.finish(desk, _form(desk))
    async with _open(desk) as pilot:
        assert "finished" in rows(pilot.app)[0]
        await _press(pilot, *"S2 reads", "enter", "escape", "2", "1")
        assert "2 changes not shared yet" in _state(pilot)
        await _press(pilot, "escape", "escape")
        assert "1 share again" in frame(pilot.app)
        assert "come back" not in frame(pilot.app)
        await _press(pilot, "1")
        assert "Shared again" in _state(pilot)
    assert write.unshared(desk, _form(desk)) == 0
    async with _open(desk) as pilot:
        assert "not shared" not in _state(pilot)


async def test_reopening_says_what_is_not_shared_yet(desk: Desk) -> None:
    _left(desk, "S1 points")
    form = write.finish(desk, _form(desk))
    visit.add_note(desk, form, "S2 reads")
    async with _open(desk) as pilot:
        assert "1 change not shared yet" in _state(pilot)


# Where else it leads


async def test_coming_back_to_the_room_goes_on_there(desk: Desk, clock: FixedClock) -> None:
    _left(desk, "S1 points")
    async with _open(desk) as pilot:
        await _press(pilot, *"half", "escape", "4")
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "visit"
    assert not visit.has_left(_form(desk))
    draft = desk.draft(visit.line_place(desk, the_visit(desk, "V1")))
    assert draft is not None
    assert draft.text == "half"


async def test_a_walker_in_the_room_is_led_back_to_it(desk: Desk) -> None:
    visit.enter(desk, the_visit(desk, "V1"))
    async with _open(desk) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "visit"
    assert not visit.has_left(_form(desk))


async def test_undoing_the_leaving_leads_back_too(desk: Desk) -> None:
    _left(desk, "S1 points")
    async with _open(desk) as pilot:
        await _press(pilot, "escape", "3")
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "visit"


async def test_a_visit_that_is_gone_leads_home(desk: Desk) -> None:
    app = WalkApp(desk, Place("write", desk.walk_id, "0" * 32))
    async with app.run_test() as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, WalkScreen)
        assert screen.name_in_app == "home"


async def test_help_names_the_keys_and_comes_back_to_the_line(desk: Desk) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, *"ha", "escape", "5")
        assert "full answer" in " ".join(frame(pilot.app).split())
        await _press(pilot, "escape", *"lf")
        assert _screen(pilot).composer.text == "half"


# When something goes wrong


async def test_what_cannot_be_saved_stays_in_the_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _left(desk)
    async with _open(desk) as pilot:
        with monkeypatch.context() as full:
            full.setattr(desk.store, "save", _full_disk)
            full.setattr(desk.store, "keep_draft", _full_disk)
            await _press(pilot, *"S1 points", "enter")
            assert _screen(pilot).composer.text == "S1 points"
            assert "disk is full" in frame(pilot.app)
            assert _form(desk).finished_at is None
        await _press(pilot, "enter")
        assert [one.text for one in _kept(desk)] == ["S1 points"]


def _full_disk(*_args: object, **_kept: object) -> None:
    raise FullDisk("The disk is full.", "Make room, then try again.")


async def test_another_program_saving_shows_here_and_leaves_the_line_alone(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    _left(desk, "S1 points")
    async with _open(desk) as pilot:
        await _press(pilot, *"half")
        with desk_at(tmp_path / "one.walkdb", clock) as other:
            clock.advance(seconds=1)
            visit.add_note(other, _form(other), "from the shell")
        _screen(pilot)._each_second()
        await pilot.pause()
        assert "from the shell" in frame(pilot.app)
        assert _screen(pilot).composer.text == "half"


async def test_where_it_was_left_is_where_it_opens(desk: Desk) -> None:
    _left(desk)
    async with _open(desk):
        pass
    assert desk.remembered() == Place("write", desk.walk_id, the_visit(desk, "V1").id)


async def test_keys_in_a_burst_go_where_they_were_meant(desk: Desk) -> None:
    """A row that is left passes on the keys that were on their way to it."""
    _left(desk)
    async with _open(desk) as pilot:
        await _press(pilot, "escape", "2")
        part = _screen(pilot).part
        for key, sign in (("2", "2"), ("down", None), ("4", "4"), ("escape", None), ("S", "S")):
            part.post_message(Key(key, sign))
        await _press(pilot, "1")
        form = _form(desk)
        assert (form.part, form.structure) == ("middle", "whole class")
        assert _screen(pilot).composer.text == "S1"
