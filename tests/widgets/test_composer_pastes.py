"""The composer: pastes, and signs that might get lost or act on the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from tests.burst import PASTE_S, key, paste, send, type_keys
from tests.frames import strips
from tests.widgets.composing import Desk
from walk.text import LIMIT
from walk.widgets.enter import PASTED_S, RUN_S, Enter
from walk.widgets.typed import line_ends, shown, undamaged

# Pastes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
async def test_a_paste_typed_by_the_terminal_keeps_its_line_breaks(end: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, end.join(["S1: page 4", "", "S2: no\tpage 5"]), PASTE_S)
        assert app.lines == []
        assert app.composer.text == "S1: page 4\n\nS2: no\tpage 5"
        assert all("kept" in words for words in app.words())
        await pilot.press("enter")
        await pilot.pause()
        assert app.texts == ["S1: page 4\n\nS2: no\tpage 5"]


async def test_a_paste_in_brackets_is_one_draft() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "<>")
        await pilot.press("left")
        await paste(pilot, "one\r\ntwo\rthree\u2028four")
        assert app.composer.text == "<one\ntwo\nthree\nfour>"
        assert app.lines == []


async def test_a_paste_too_long_changes_nothing_and_says_how_much_fits() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "kept")
        await paste(pilot, "x" * LIMIT)
        assert app.composer.text == "kept"
        assert "20,000 characters and 19,996 more fit" in app.words()[-1]
        await paste(pilot, "x" * (LIMIT - 4))
        assert len(app.composer.text) == LIMIT
        await type_keys(pilot, "y")
        assert len(app.composer.text) == LIMIT
        assert "20,000" in app.words()[-1]


async def test_damaged_characters_are_left_out_with_a_word() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await paste(pilot, "a\0b\ud800c")
        assert app.composer.text == "abc"
        assert app.words() == ["2 damaged characters were left out of the pasted text."]
        send(app, Key("x", "\udc00"))
        await pilot.pause()
        assert app.composer.text == "abc"
        assert "left out" in app.words()[-1]


@given(st.floats(0, 1), st.floats(0, PASTED_S * 0.99) | st.floats(PASTED_S, 10), st.floats(0, 1))
def test_an_enter_is_pasted_only_where_no_hand_could_follow(
    time: float, gap: float, after: float
) -> None:
    """A law of the times alone: slower than a run it is pressed, faster than a hand it is not."""
    pasted = Enter(time, gap).is_pasted(time + after)
    if after < PASTED_S * 0.99:
        assert pasted
    if after > RUN_S * 1.01 or (gap >= PASTED_S and after > PASTED_S * 1.01):
        assert not pasted


# Signs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "sign"),
    [
        (Key("alt+t", "t"), "t"),
        (Key("alt+shift+t", "T"), "T"),
        (Key("alt+t", None), "t"),
        (Key("alt+shift+t", None), "T"),
        (Key("zero_width_joiner", "\u200d"), "\u200d"),
        (Key("no_break_space", "\xa0"), "\xa0"),
        (key("["), "["),
        (key("ñ"), "ñ"),
    ],
)
async def test_signs_that_might_get_lost_are_typed(event: Key, sign: str) -> None:
    """Esc and a letter pressed fast arrive as Alt and the letter: the letter is typed."""
    app = Desk()
    async with app.run_test() as pilot:
        await type_keys(pilot, "a")
        send(app, event)
        await pilot.pause()
        assert app.composer.text == f"a{sign}"
        assert app.answers() == []


def test_the_terminal_parser_tells_esc_and_a_digit_from_typed_signs() -> None:
    """Textual would read Esc 3 as £; with the composer it is Esc and a digit."""
    from textual._xterm_parser import XTermParser

    parser = XTermParser()
    found = [*parser.feed("\x1b3"), *parser.feed("")]
    assert [(one.key, one.character) for one in found if isinstance(one, Key)] == [("alt+3", "3")]


async def test_esc_and_a_digit_pressed_fast_pick_from_the_menu() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        send(app, Key("alt+2", "2"), Key("alt+9", "9"))
        await pilot.pause()
        assert app.answers() == [("menu", "2")]
        assert app.composer.text == "9"


async def test_nothing_in_the_text_reaches_the_terminal() -> None:
    hostile = "[/x] [b]\x1b[31m\x07\x9b2J \u202eright\u2066"
    app = Desk()
    async with app.run_test() as pilot:
        await paste(pilot, hostile)
        assert app.composer.text == hostile
        drawn = "".join(segment.text for strip in strips(app) for segment in strip)
        assert "[/x] [b]␛[31m␇" in drawn
        assert not set(drawn) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"}


@given(st.text())
def test_every_character_is_drawn_as_one(text: str) -> None:
    """As many characters as there are, or the cursor would stand beside its place."""
    line = undamaged(text)
    assert len(shown(line)) == len(line)
    assert "\x1b" not in shown(line)


@given(st.text())
def test_line_ends_become_one_kind_and_nothing_else_changes(text: str) -> None:
    kept = line_ends(text)
    assert len(kept.split("\n")) == len(kept.splitlines() or [""]) + kept.endswith("\n")
    assert "".join(kept.split()) == "".join(text.split())
    assert line_ends(kept) == kept
