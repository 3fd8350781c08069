"""Wording help by keys: one calm line, stems that one undo takes back, and words that are kept."""

from __future__ import annotations

import threading

import pytest

from tests.burst import key, send
from tests.desks import the_visit
from tests.frames import cursor_cell, rows
from tests.screens import wording_page
from tests.screens.wording_page import ASKED, IN_NOTES, MANY, PRAISE, find, left, opened, texts
from tests.waiting import shows
from walk.language.flags import Flag, NoteKind, Own
from walk.routine.desk import Desk
from walk.routine.visiting import visit
from walk.screens.visiting import looking

few_cues = wording_page.few_cues
desk = wording_page.desk


# The line


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_pause_asks_what_was_seen_and_moves_no_other_line(
    desk: Desk, size: tuple[int, int]
) -> None:
    left(desk, "S1 points")
    async with opened(desk, size=size) as writer:
        await writer.type(PRAISE)
        before = rows(writer.pilot.app)
        assert not before[-3]
        await writer.pause()
        after = rows(writer.pilot.app)
        assert after[-3].startswith(f" {ASKED}")
        assert after[-3].endswith("↓")
        assert (before[:-3], before[-2]) == (after[:-3], after[-2])
        assert "praise" not in "\n".join(after)
        await writer.press("down")
        assert [row[:20] for row in rows(writer.pilot.app)[:-3]] == [
            row[:20] for row in before[:-3]
        ]
        assert cursor_cell(writer.pilot.app) == (0, size[1] - 3, "▸")


async def test_it_stays_while_it_applies_and_goes_with_its_words(desk: Desk) -> None:
    left(desk)
    async with opened(desk) as writer:
        await writer.type(PRAISE)
        await writer.pause()
        assert ASKED in await writer.type(" and most students")
        assert MANY not in await writer.sees()
        assert ASKED not in await writer.press("home", *["right"] * 8, "x")
        assert MANY in await writer.pause()
        assert "↓ wording" in rows(writer.pilot.app)[-1]
        await writer.press("ctrl+z")
        assert ASKED in await writer.pause()


async def test_it_comes_by_itself_after_a_second(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "QUARTER_S", 0.001)
    left(desk)
    async with opened(desk) as writer:
        await writer.type(PRAISE)
        await shows(writer.pilot, ASKED)


async def test_before_a_second_is_over_nothing_is_said(desk: Desk) -> None:
    left(desk)
    async with opened(desk) as writer:
        await writer.type(PRAISE)
        for _ in range(looking.QUARTERS - 1):
            writer.screen._quarter()
        assert ASKED not in await writer.type("s")
        for _ in range(looking.QUARTERS - 1):
            writer.screen._quarter()
        assert "“" not in await writer.sees()


async def test_long_text_is_looked_at_beside_the_typing_and_late_answers_are_dropped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow(text: str, kind: NoteKind = "noticing", own: Own | None = None) -> tuple[Flag, ...]:
        assert gate.wait(30)
        return find(text)

    monkeypatch.setattr("walk.language.check.check", slow)
    left(desk)
    async with opened(desk) as writer:
        long = f"{PRAISE} {'and S1 wrote ' * 30}"
        writer.screen.composer.begin(long)
        writer.screen.paused()
        send(writer.pilot.app, key("s"), key("o"))
        await writer.pilot.pause()
        assert writer.line == f"{long}so"
        gate.set()
        assert ASKED not in await writer.sees()
        assert ASKED in await writer.pause()


async def test_a_message_is_never_read_as_markup_and_a_fault_of_the_rules_ends_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(desk)
    async with opened(desk) as writer:
        await writer.type("[/x]")
        assert "“[/x]” · what␛[31m was seen?" in await writer.pause()
        assert "Enter: [red]" in await writer.press("down")
        await writer.press("escape")
        monkeypatch.setattr("walk.language.check.check", lambda *_: 1 / 0)
        assert "Wording help has failed; all else goes on" in await writer.pause()
        await writer.type("y")
        await writer.press("enter")
    assert texts(desk) == ["[/x]y"]


# Stepping in


async def test_a_stem_is_taken_over_and_one_undo_brings_the_words_back(desk: Desk) -> None:
    left(desk)
    async with opened(desk) as writer:
        await writer.type(f"? {PRAISE} #2")
        await writer.pause()
        assert "Enter: T said “__”, then" in await writer.press("down")
        shown = await writer.press("enter")
        assert writer.line == "? T said “__”, then  #2"
        assert f"was: ? {PRAISE} #2" in shown
        assert cursor_cell(writer.pilot.app).character == "_"
        await writer.press("ctrl+z")
        assert writer.line == f"? {PRAISE} #2"
        await writer.press("ctrl+y", "a")
        assert writer.line == "? T said “__”, then a #2"
        await writer.press("escape", "3")
        assert writer.line == f"? {PRAISE} #2"
        assert "was:" not in await writer.sees()


async def test_the_words_before_a_stem_outlive_the_note_saved_from_it(desk: Desk) -> None:
    left(desk)
    async with opened(desk) as writer:
        await writer.type(PRAISE)
        await writer.pause()
        await writer.press("down", "enter")
        await writer.press("enter")
        assert "A blank (__) stands open" in await writer.sees()
        assert texts(desk) == []
        await writer.type("Say more")
        await writer.press("enter")
        (saved,) = texts(desk)
        assert "Say more" in saved
        await writer.press("escape", "3")
        assert texts(desk) == [PRAISE]
        await writer.press("escape", "3")
        assert texts(desk) == []


async def test_the_words_before_a_stem_outlive_a_kill_and_an_emptied_line(desk: Desk) -> None:
    left(desk)
    place = visit.line_place(desk, the_visit(desk, "V1"))
    async with opened(desk) as writer:
        await writer.type(PRAISE)
        await writer.pause()
        await writer.press("down", "enter")
        draft = desk.draft(place)
        assert draft is not None
        assert PRAISE in draft.extra
    async with opened(desk) as writer:
        assert f"was: {PRAISE}" in await writer.sees()
        await writer.press("ctrl+z")
        assert writer.line == PRAISE
        await writer.press("ctrl+z")
        writer.screen.composer.clear()
        writer.screen.composer.flush()
        draft = desk.draft(place)
        assert draft is not None
        assert draft.text == PRAISE


async def test_several_are_gone_through_and_kept_words_do_not_come_again(desk: Desk) -> None:
    left(desk)
    async with opened(desk) as writer:
        await writer.type(f"{PRAISE} as most students wrote")
        await writer.pause()
        assert MANY in await writer.press("down", "down")
        assert ASKED in await writer.press("up")
        assert MANY in await writer.press("delete")
        assert writer.state == "Kept as it is"
        await writer.press("up")
        assert writer.pilot.app.focused is writer.screen.composer
        await writer.type(" a line")
        assert MANY in await writer.pause()  # the kept words stay kept as their sentence grows
        await writer.press("enter")
        assert MANY in await writer.press("down")
        await writer.press("delete", "x")
        assert writer.line == "x"
        shown = await writer.pause()
        assert not any(one in shown for one in (ASKED, MANY, IN_NOTES))
    assert texts(desk) == [f"{PRAISE} as most students wrote a line"]


async def test_after_enter_it_is_about_the_saved_note_and_undo_gives_its_words_back(
    desk: Desk,
) -> None:
    left(desk)
    async with opened(desk) as writer:
        await writer.type(PRAISE)
        assert ASKED in await writer.press("enter")
        await writer.type("half a li")
        shown = await writer.press("down", "enter")
        assert "rewording note 1" in shown
        assert f"was: {PRAISE}" in shown
        await writer.type("go")
        await writer.press("enter")
        assert texts(desk) == ["T said “go”, then"]
        assert writer.line == "half a li"
        await writer.press("escape", "3")
        assert texts(desk) == [PRAISE]
    assert desk.store.unshared(desk.walk_id, ("note",))


async def test_keys_in_one_burst_keep_their_order(desk: Desk) -> None:
    left(desk)
    async with opened(desk) as writer:
        await writer.type(PRAISE)
        await writer.pause()
        await writer.press("down", "enter", *"go")
        assert writer.line == "T said “go”, then "
        assert "was:" not in await writer.press("enter")
        assert not writer.line
    assert texts(desk) == ["T said “go”, then"]
    assert desk.draft(visit.line_place(desk, the_visit(desk, "V1"))) is None
