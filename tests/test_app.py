"""The app as a whole: keys typed ahead, faults, and two of them on one store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from tests.frames import frame
from walk.app import WalkApp
from walk.crash import without_words
from walk.model import Note
from walk.routine.desk import Desk, Place


async def test_from_first_start_to_first_noticing_takes_five_keys(tmp_path: Path) -> None:
    """Besides the note's own letters: n, Enter, Enter, Enter and the Enter that saves."""
    with desk_at(tmp_path / "own.walkdb") as desk:
        app = WalkApp(desk)
        async with app.run_test(size=(80, 24)) as pilot:
            keys = ["n", "enter", "enter", "enter", *"S1 reads line 4", "enter"]
            await pilot.press(*("space" if key == " " else key for key in keys))
            await pilot.pause()
            notes = [one.record.text for one in desk.store.all(Note, desk.walk_id)]
            assert notes == ["S1 reads line 4"], frame(app)
            assert len(keys) - len("S1 reads line 4") == 5


async def test_a_letter_typed_right_after_enter_belongs_to_the_next_screen(tmp_path: Path) -> None:
    """q on Home closes walk; typed while Home gives way to Visit it is a letter of a note."""
    with desk_at(tmp_path / "own.walkdb") as desk:
        begin_small(desk)
        app = WalkApp(desk, Place("home"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            from textual.events import Key

            for key in ("enter", "q", "u", "i", "e", "t"):
                app.post_message(Key(key, "\r" if key == "enter" else key))
            await pilot.pause()
            await pilot.pause()
            await pilot.pause()
            assert app.is_running
            assert "quiet" in frame(app)


class Fault(Exception):
    """What a screen of ours should never do."""


def test_a_crash_is_told_without_anyones_words() -> None:
    def speak(note: str) -> None:
        raise Fault(f"cannot read {note}")

    with pytest.raises(Fault) as caught:
        speak("S1 cries")
    told = without_words(caught.value)
    assert "Fault" in told
    assert "speak" in told
    assert "S1 cries" not in told


async def test_a_second_app_on_the_store_is_told_and_both_stay_right(tmp_path: Path) -> None:
    store = tmp_path / "own.walkdb"
    with desk_at(store) as first:
        begin_small(first)
        assert first.arrive() == ""
        with desk_at(store) as second:
            app = WalkApp(second, Place("home"))
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                assert "also open elsewhere" in frame(app)
            _note_in(first, "from the first")
            _note_in(second, "from the second")
            assert len(second.store.all(Note, second.walk_id)) == 2


def _note_in(desk: Desk, text: str) -> None:
    from walk.routine.visiting import visit

    visit.add_note(desk, visit.enter(desk, the_visit(desk, "V1")), text)


async def test_the_last_place_opens_again(tmp_path: Path) -> None:
    store = tmp_path / "own.walkdb"
    with desk_at(store) as desk:
        begin_small(desk)
        place = Place("visit", desk.walk_id, the_visit(desk, "V2").id)
        app = WalkApp(desk, place)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
    with desk_at(store) as desk:
        app = WalkApp(desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "V2 · in person" in frame(app)
