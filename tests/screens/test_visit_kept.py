"""Nothing typed in a visit is lost: crashes, full disks, other programs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.desks import desk_at
from tests.screens import visits
from tests.screens.visits import form_of, jot, kept, opened, texts
from walk.clock import FixedClock
from walk.errors import FullDisk
from walk.routine.desk import Desk
from walk.routine.visiting import visit

clock = visits.clock
desk = visits.desk

DISK_FULL = FullDisk("The disk is full.", "Free some room and save again.")


async def test_after_a_crash_the_line_stands_where_it_stood(
    tmp_path: Path, desk: Desk, clock: FixedClock
) -> None:
    """A killed program leaves its files as they are at that moment: no exit runs."""
    async with opened(desk) as room:
        clock.advance(minutes=3)
        await room.type("S2 reads page 4 alound\t")
        room.screen.composer.flush()
        for file in (one for one in tmp_path.glob("one.walkdb*") if one.is_file()):
            shutil.copy(file, tmp_path / file.name.replace("one", "killed"))
    clock.advance(minutes=2)
    with desk_at(tmp_path / "killed.walkdb", clock) as later:
        async with opened(later) as room:
            assert room.line == "S2 reads page 4 alound"
            assert room.state.startswith("Recovered 22 characters typed at 09:03")
            assert room.rule == "wondering"
            await room.type("\b\b\bud\r")
            assert [(one.text, one.note_kind) for one in kept(later)] == [
                ("S2 reads page 4 aloud", "wondering")
            ]


async def test_each_key_is_in_the_store_within_a_quarter_second(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type("S")
        draft = desk.draft(f"visit:{form_of(desk).id}")
        assert draft is not None
        assert draft.text == "S"


async def test_a_saved_line_is_recovered_no_more(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type("S2 reads\r")
        await room.press("up", "enter")
        await room.type(" on\r")
        assert desk.draft(f"visit:{form_of(desk).id}") is None
        assert visit.kept_rewordings(desk) == set()
    async with opened(desk) as room:
        assert (room.line, room.state) == ("", "")
        assert texts(desk) == ["S2 reads on"]


async def test_a_full_disk_keeps_the_text_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(desk) as room:
        await room.type("S2 reads")
        with monkeypatch.context() as full:

            def refuse(*_: Any, **__: Any) -> None:
                raise DISK_FULL

            full.setattr(desk, "save", refuse)
            await room.type("\r on")
            assert room.line == "S2 reads on"
            assert room.sees("! The disk is full. Free some room and save again.")
            await room.press("escape", "1")
            assert room.app.went == []
            assert "disk is full" in room.state
        await room.press("enter")
        assert texts(desk) == ["S2 reads on"]
        assert room.state.startswith("saved")


async def test_a_draft_that_cannot_be_kept_is_told_and_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(desk) as room:
        with monkeypatch.context() as full:

            def refuse(*_: Any) -> None:
                raise DISK_FULL

            full.setattr(desk, "keep_draft", refuse)
            await room.type("S2")
            assert "The disk is full" in room.state
            assert "still stands here" in room.state
            await room.press("escape", "1")
            assert room.app.went == []
        assert room.screen.composer.flush()
        assert room.state == "What you type is being kept again"


async def test_a_rewording_that_cannot_be_stored_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    jot(desk, "first")
    async with opened(desk) as room:
        await room.press("up", "enter")

        def refuse(*_: Any, **__: Any) -> None:
            raise DISK_FULL

        monkeypatch.setattr(desk, "save", refuse)
        await room.type(" in order\r")
        await room.pilot.pause()
        assert room.line == "first in order"
        assert "rewording note 1" in room.rule


async def test_what_another_program_writes_leaves_the_line_alone(
    tmp_path: Path, desk: Desk, clock: FixedClock
) -> None:
    async with opened(desk) as room:
        await room.type("half a line")
        with desk_at(tmp_path / "one.walkdb", clock) as other:
            visit.add_note(other, form_of(other), "from the shell")
        assert desk.changed_elsewhere()
        room.screen.reload()
        await room.pilot.pause()
        assert room.notes() == ["00 N from the shell"]
        assert room.line == "half a line"
