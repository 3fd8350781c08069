"""The composer: whatever is typed or pasted is kept in its order, and saved or told."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.burst import PASTE_S, type_keys
from tests.frames import cursor_cell, rows
from tests.widgets.composing import MENU, Desk
from walk.widgets import drafts
from walk.widgets.composer import Composer
from walk.widgets.drafts import Extra, Line

# Order ----------------------------------------------------------------------------------------


async def test_corrections_in_a_burst_stay_in_their_place() -> None:
    """Textual acts on Backspace later than on letters; here every key acts in its turn."""
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "teh\b\bhe paeg\b\bge 4", PASTE_S)
        assert app.composer.text == "the page 4"


async def test_typing_on_after_enter_begins_the_next_line() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "one\rtwo\rthree")
        assert app.texts == ["one", "two"]
        assert app.composer.text == "three"


def _as_typed(keys: str) -> tuple[list[str], str]:
    """The lines saved and the text left, by the simplest typewriter there is."""
    saved, line = [], ""
    for sign in keys:
        if sign == "\b":
            line = line[:-1]
        elif sign != "\r":
            line += sign
        elif line.strip():
            saved.append(line)
            line = ""
    return saved, line


@pytest.mark.parametrize("seed", range(4))
async def test_no_key_is_lost_or_misplaced_whatever_is_typed(seed: int) -> None:
    chance = random.Random(seed)
    keys = "".join(chance.choices("ab[? \b\r", weights=[6, 6, 1, 1, 3, 4, 2], k=300))
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, keys + "z")
        assert (app.texts, app.composer.text) == _as_typed(keys + "z")


async def test_what_could_not_be_stored_stays_and_typing_goes_on_behind_it() -> None:
    app = Desk(saves=False)
    async with app.run_test() as pilot:
        await type_keys(pilot, "one\r two")
        assert app.texts == ["one"]
        assert app.composer.text == "one two"


async def test_enter_alone_saves_without_another_key() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "one")
        await pilot.press("enter")
        await pilot.pause()
        assert app.texts == ["one"]
        assert app.composer.text == ""


async def test_in_a_terminal_enter_saves_after_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal may have more of a paste on its way, so there Enter waits for a moment."""
    monkeypatch.setattr(Desk, "is_headless", False)
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "one\r")
        for _ in range(100):
            if app.lines:
                break
            await pilot.pause()
        assert app.texts == ["one"]
        assert app.composer.text == ""


async def test_enter_in_an_empty_line_saves_nothing() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "  \r")
        await pilot.pause()
        assert app.lines == []
        assert isinstance(app.told[-1], Composer.Blank)


# Kind and look-for ----------------------------------------------------------------------------


async def test_a_question_mark_in_front_shows_a_wondering_as_it_is_typed() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        kinds = []
        for sign in ("?", " why", "\b" * 5):
            await type_keys(pilot, sign)
            kinds.append(app.composer.kind)
        assert kinds == ["wondering", "wondering", "noticing"]


async def test_tab_turns_the_line_and_the_next_line_is_new() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "S2 reads\t on\r")
        await pilot.pause()
        assert app.lines == [Line("S2 reads on", "wondering", "")]
        await type_keys(pilot, "?x\t\r")
        await pilot.pause()
        assert app.lines[-1] == Line("?x", "noticing", "")
        assert app.composer.turned is None


async def test_a_slash_in_the_empty_line_asks_for_a_look_for() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "/2")
        assert app.answers() == [("look-for", "2")]
        app.composer.tie("b" * 32)
        await type_keys(pilot, "and/or\r")
        await pilot.pause()
        assert app.lines == [Line("and/or", None, "b" * 32)]
        assert app.composer.tied == ""


async def test_a_pasted_slash_is_text() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "/usr", PASTE_S)
        assert app.composer.text == "/usr"


# Questions ------------------------------------------------------------------------------------


async def test_esc_opens_the_menu_and_any_letter_closes_it_and_is_typed() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "a\x1b")
        assert app.composer.question is MENU
        await type_keys(pilot, "bc\x1b\x1bd")
        assert app.composer.question is None
        assert app.composer.text == "abcd"
        assert [answer for answer in app.answers() if answer[1]] == []


async def test_a_digit_after_esc_is_an_answer_however_fast() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "a\x1b12", PASTE_S)
        assert app.answers() == [("menu", "1")]
        assert app.composer.text == "a2"


# Moving ---------------------------------------------------------------------------------------


async def test_up_leaves_only_the_empty_line_and_down_only_the_last_row() -> None:
    app = Desk()
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.press("up")
        assert isinstance(app.told.pop(), Composer.Up)
        await type_keys(pilot, "one two three four five six")
        await pilot.press("up", "up")
        assert app.told == []
        assert app.composer.cursor_location[1] < 10
        await pilot.press("down")
        assert app.told == []
        await pilot.press("down", "down")
        assert isinstance(app.told.pop(), Composer.Down)


async def test_it_grows_to_four_rows_and_the_cursor_is_where_it_is_drawn() -> None:
    app = Desk()
    async with app.run_test(size=(20, 12)) as pilot:
        heights = []
        for _ in range(6):
            await type_keys(pilot, "123456789 12345 ")
            heights.append(app.composer.size.height)
        assert heights == [1, 2, 3, 4, 4, 4]
        assert rows(app)[1:6] == [*[" 123456789 12345"] * 4, "below"]
        assert cursor_cell(app)[:2] == (17, 4)


async def test_undo_works_in_the_text_first() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "one")
        await pilot.press("ctrl+u")
        assert app.composer.text == ""
        await pilot.press("ctrl+z")
        assert app.composer.text == "one"
        await pilot.press("enter", "ctrl+z", "ctrl+y")
        assert app.composer.text == ""
        assert [type(one) for one in app.told] == [Composer.UndoWanted, Composer.RedoWanted]


async def test_typing_that_goes_as_a_whole_is_told_with_what_brings_it_back() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "half a li")
        await pilot.press("ctrl+z")
        assert app.composer.text == ""
        assert app.words() == ["Typing undone; Ctrl+Y brings it back"]
        await pilot.press("ctrl+y")
        assert app.composer.text == "half a li"


# Drafts ---------------------------------------------------------------------------------------


async def test_the_first_key_is_kept_at_once_and_the_rest_by_throttle() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "a")
        assert app.kept == ["a"]
        await type_keys(pilot, "bcd")
        assert len(app.kept) <= 2
        app.composer.flush()
        assert app.kept[-1] == "abcd"
        app.composer.flush()
        assert app.kept.count("abcd") == 1


async def test_the_throttle_keeps_the_rest_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "EVERY_S", 0.001)
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "a")
        await type_keys(pilot, "b")
        await pilot.pause()
        assert app.kept[-1] == "ab"


async def test_leaving_keeps_what_is_there() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "a")
        await type_keys(pilot, "bc")
    assert app.kept[-1] == "abc"


async def test_a_draft_is_taken_up_as_it_stood() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "S2 reads\t")
        await pilot.press("left", "left")
        app.composer.tie("b" * 32)
        app.composer.flush()
    again = Desk()
    async with again.run_test() as pilot:
        again.composer.begin(app.kept[-1], extra=app.extras[-1])
        await type_keys(pilot, "X\r")
        await pilot.pause()
    assert again.lines == [Line("S2 reaXds", "wondering", "b" * 32)]


@pytest.mark.parametrize(
    "extra", ["", "no JSON", "[]", '{"kind": "[/x]", "cursor": ["a", 1]}', '{"cursor": [9, 9]}']
)
async def test_a_draft_whose_extra_cannot_be_read_keeps_its_text(extra: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.composer.begin("S2 reads", extra=extra)
        await type_keys(pilot, " on\r")
        await pilot.pause()
    assert app.lines == [Line("S2 reads on", None, "")]


@given(
    st.sampled_from(["", "noticing", "wondering"]),
    st.text("0123456789abcdef"),
    st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99)),
)
def test_an_extra_is_read_as_it_was_written(
    kind: str, look_for: str, cursor: tuple[int, int] | None
) -> None:
    extra = Extra(kind, look_for, cursor)
    assert Extra.read(extra.text()) == extra
