"""The visit by keys: type, wonder, tie, correct, undo, leave; nothing typed is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.burst import PASTE_S, key, paste, send, type_keys
from tests.desks import begin_small, desk_at, the_visit
from tests.frames import cursor_cell, frame, rows, strips
from tests.screens.table import SIZES
from walk.app import WalkApp
from walk.clock import FixedClock
from walk.errors import FullDisk
from walk.model import Form, Note
from walk.routine import prepare, visit
from walk.routine.desk import Desk, Place
from walk.screens.base import Go
from walk.screens.visit import VisitScreen

HOSTILE = "[/x] [bob] [1 \x1b[31mred\x07 \u202eturned"
MENU = "1 leave the room  2 longer  3 undo  4 started earlier  5 help  Esc back"
DISK_FULL = FullDisk("The disk is full.", "Free some room and save again.")


class Here(WalkApp):
    """The app, which notes where a screen wants to go and stays here."""

    went: list[tuple[str, str, str]]

    async def on_go(self, message: Go) -> None:
        message.prevent_default()
        self.went.append((message.screen, message.at, message.say))


class Room:
    """A visit open before a person: what they press and what they see."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> Here:
        app = self.pilot.app
        assert isinstance(app, Here)
        return app

    @property
    def screen(self) -> VisitScreen:
        screen = self.app.screen
        assert isinstance(screen, VisitScreen)
        return screen

    async def type(self, text: str) -> None:
        await type_keys(self.pilot, text)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def tick(self) -> None:
        self.screen.tick()
        await self.pilot.pause()

    @property
    def line(self) -> str:
        return self.screen.composer.text

    @property
    def state(self) -> str:
        return self.screen.state_line.words

    @property
    def rule(self) -> str:
        return next(row for row in rows(self.app) if row.startswith("─ ")).strip("─ ")

    @property
    def title(self) -> str:
        return rows(self.app)[0]

    def sees(self, words: str) -> bool:
        return words in frame(self.app)

    def notes(self) -> list[str]:
        """The rows of the list as they are drawn: when, letter, words, look-for number."""
        drawn = [row.partition("│")[2] or row for row in rows(self.app)]
        found = [re.fullmatch(r"([▸ ]) *(\S+ [NW]  .*)", row) for row in drawn]
        return [" ".join((one[1] + one[2]).split()) for one in found if one]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb", clock) as made:
        begin_small(made)
        prepare.give_label(made, made.walkers()[0], "Ana")
        yield made


@asynccontextmanager
async def opened(
    desk: Desk, code: str = "V1", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Room]:
    app = Here(desk, Place("visit", desk.walk_id, the_visit(desk, code).id))
    app.went = []
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Room(pilot)


def form_of(desk: Desk, code: str = "V1") -> Form:
    form = visit.form_of(desk, the_visit(desk, code))
    assert form is not None
    return form


def kept(desk: Desk, code: str = "V1") -> list[Note]:
    return [one.record for one in visit.notes(desk, form_of(desk, code))]


def texts(desk: Desk) -> list[str]:
    return [one.text for one in kept(desk)]


def named(desk: Desk, number: int) -> str:
    return prepare.look_fors(desk)[number - 1].id


def jot(desk: Desk, *lines: str) -> None:
    """Notes typed before, a minute apart."""
    assert isinstance(desk.clock, FixedClock)
    form = visit.enter(desk, the_visit(desk, "V1"))
    for line in lines:
        desk.clock.advance(minutes=1)
        visit.add_note(desk, form, line)


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


# The notes ------------------------------------------------------------------------------------


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


# Esc ------------------------------------------------------------------------------------------


async def test_esc_opens_one_line_and_a_letter_closes_it(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.press("escape")
        assert room.sees(MENU)
        await room.type("x")
        assert not room.sees("1 leave")
        assert room.line == "x"
        await room.press("escape", "escape")
        assert not room.sees("1 leave")


async def test_longer_and_started_earlier_move_the_clock(desk: Desk, clock: FixedClock) -> None:
    async with opened(desk) as room:
        await room.press("escape", "2")
        assert "of 13 min" in room.title
        assert room.state == "The visit aims at 13 min now · saved 09:00"
        await room.press("escape", "4")
        assert room.sees("1-9 minutes")
        await room.press("3")
        assert "3 of 13 min" in room.title
        assert (form_of(desk).target_minutes, form_of(desk).earlier_s) == (13, 180)


async def test_undo_and_redo_go_back_many_steps_and_name_them(
    desk: Desk, clock: FixedClock
) -> None:
    async with opened(desk) as room:
        for line in ("one", "two"):
            clock.advance(minutes=1)
            await room.type(f"{line}\r")
        await room.press("up", "tab", "escape")
        await room.press("escape", "3")
        assert room.state == "Undone: made a wondering"
        await room.press("escape", "3", "escape", "3")
        assert room.state == "Undone: noticing saved"
        assert texts(desk) == []
        await room.press("escape")
        assert room.sees("6 redo")
        await room.press("6")
        assert room.notes() == ["01 N one"]
        await room.press("ctrl+y", "ctrl+y")
        assert room.notes() == ["01 N one", "02 W two"]


async def test_undoing_the_entering_is_no_dead_end(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.press("ctrl+z")
        assert "not entered" in room.title
        await room.press("escape")
        assert room.sees("1 enter the room")
        await room.type("S1 points\r")
        assert texts(desk) == ["S1 points"]
        assert "0 of 12 min" in room.title


async def test_help_tells_every_key(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type("half")
        await room.press("escape", "5")
        assert room.sees("that is a noticing")
        await room.press("escape")
        await room.type(" a line")
        assert room.line == "half a line"


# Leaving --------------------------------------------------------------------------------------


async def test_leaving_opens_the_silent_write_and_keeps_the_line(
    desk: Desk, clock: FixedClock
) -> None:
    async with opened(desk) as room:
        clock.advance(minutes=9)
        await room.type("half a line")
        await room.press("escape", "1")
        screen, at, say = room.app.went[-1]
        assert (screen, at) == ("write", the_visit(desk, "V1").id)
        assert "11 characters" in say
        assert form_of(desk).left_after_s == 540
        assert texts(desk) == []
        draft = desk.draft(f"visit:{form_of(desk).id}")
        assert draft is not None
        assert draft.text == "half a line"


async def test_coming_back_goes_on_with_the_same_clock(desk: Desk, clock: FixedClock) -> None:
    async with opened(desk) as room:
        clock.advance(minutes=9)
        await room.press("escape", "1")
    clock.advance(minutes=1)
    async with opened(desk) as room:
        assert "left · 9 of 12 min" in room.title
        assert room.state.startswith("You have left this room: Esc offers to come back")
        await room.type("remembered later\r")
        assert room.notes() == ["– N remembered later"]
        await room.press("escape")
        assert room.sees("1 come back  2 silent write")
        await room.press("1")
        assert "wrap up" in room.title
        await room.press("escape")
        assert room.sees(MENU)


async def test_home_from_the_menu_keeps_the_line(desk: Desk) -> None:
    async with opened(desk) as room:
        await room.type("half")
        await room.press("escape", "7")
        assert room.app.went[-1][0] == "home"
        assert not visit.has_left(form_of(desk))
    async with opened(desk) as room:
        assert room.line == "half"


async def test_a_visit_that_is_gone_leads_home(desk: Desk) -> None:
    app = Here(desk, Place("visit", desk.walk_id, "0" * 32))
    app.went = []
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.went[-1][0] == "home"
        assert "not in the plan" in app.went[-1][2]


async def test_nobody_writes_unseen(desk: Desk) -> None:
    desk.write_as("")
    async with opened(desk) as room:
        assert room.app.went[-1][0] == "home"
        assert "who is writing" in room.app.went[-1][2]


async def test_a_withdrawn_visit_is_not_entered(desk: Desk) -> None:
    prepare.withdraw_visit(desk, the_visit(desk, "V1"))
    async with opened(desk) as room:
        assert "no longer open" in room.state
        assert visit.form_of(desk, the_visit(desk, "V1")) is None
        await room.type("kept\r")
        assert room.line == "kept"
        assert "no longer open" in room.state


# Nothing is lost ------------------------------------------------------------------------------


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


# Recorded segments ----------------------------------------------------------------------------


async def test_a_recorded_segment_counts_viewings_and_places(tmp_path: Path) -> None:
    with desk_at(tmp_path / "two.walkdb") as desk:
        begin_small(desk)
        prepare.change_visit(desk, the_visit(desk, "V1"), mode="recorded")
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
