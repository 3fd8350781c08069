"""The app as a whole: keys typed ahead, faults, and two of them on one store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit
from tests.frames import frame
from walk.app import WalkApp
from walk.crash import without_words
from walk.errors import FullDisk
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


def _refuse(*_: object) -> None:
    raise FullDisk("The disk is full.", "Free some room and save again.")


@pytest.mark.parametrize("mended", [False, True], ids=["given up", "room is made"])
async def test_words_that_cannot_be_kept_are_told_before_walk_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mended: bool
) -> None:
    """The first Ctrl+Q tells, the next one closes; as ever where they can be kept again by then."""
    store = tmp_path / "own.walkdb"
    with desk_at(store) as desk:
        begin_small(desk)
        app = WalkApp(desk, Place("visit", desk.walk_id, the_visit(desk, "V2").id))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            with monkeypatch.context() as full:
                full.setattr(desk, "keep_draft", _refuse)
                await pilot.press("S", "2")
                await pilot.press("ctrl+q")
                await pilot.pause()
                assert app.is_running
                said = " ".join(frame(app).split())
                assert "The disk is full." in said
                assert "Ctrl+Q once more closes walk without what is not kept" in said
                if not mended:
                    await pilot.press("ctrl+q")
            if mended:
                await pilot.press("ctrl+q")
            await pilot.pause()
        assert app.return_code == 0
        assert [one.text for one in desk.store.drafts()] == (["S2"] if mended else [])


async def test_an_end_from_outside_while_words_cannot_be_kept_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a closed terminal: no page is there any more on which it could be told."""
    with desk_at(tmp_path / "own.walkdb") as desk:
        begin_small(desk)
        app = WalkApp(desk, Place("visit", desk.walk_id, the_visit(desk, "V2").id))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            monkeypatch.setattr(desk, "keep_draft", _refuse)
            await pilot.press("S", "2")
            app.exit()
        assert app.return_code == 0
