"""How walk looks: what is chosen and kept, signs in ASCII, and that nothing moves by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual import constants
from textual.color import Color
from textual.widgets import Input, TextArea

import walk
from tests.access.opening import Samples, open_place
from tests.access.sample import SCREEN_NAMES, some_quick
from tests.access.walking import press
from tests.desks import begin_small, desk_at
from tests.frames import frame, strips
from walk.app import WalkApp
from walk.routine import looks
from walk.routine.desk import Desk
from walk.routine.looks import COLOURS, Looks
from walk.text import cell_width
from walk.widgets.painting import AsciiSigns, NoColours, sign

DRAWING = ("screens", "widgets", "routine", "errors.py", "timer.py", "protocol.py")
"""The rooms whose own words and signs come to the screen."""
WORDS_OF_LANGUAGES = "đéñ"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


# What is chosen


def test_what_was_never_chosen_is_as_it_comes(desk: Desk) -> None:
    assert looks.read(desk) == Looks("dark", "by itself", "hidden")


@pytest.mark.parametrize("colours", COLOURS)
def test_a_choice_is_kept(desk: Desk, colours: looks.Colours) -> None:
    looks.choose(desk, Looks(colours, "ascii", "shown"))
    assert looks.read(desk) == Looks(colours, "ascii", "shown")


@pytest.mark.parametrize("stored", ["walk-dark", "", "../x", "textual-ansi"])
def test_a_choice_of_another_version_is_none(desk: Desk, stored: str) -> None:
    """And the names of an older one are known."""
    for name in ("theme", "signs", "cursor"):
        desk.store.set(name, stored)
    assert looks.read(desk) == Looks()
    desk.store.set("theme", "textual-light")
    assert looks.read(desk).colours == "light"


async def test_v_on_home_asks_and_the_next_start_looks_the_same(desk: Desk) -> None:
    """Three rows to turn through: colours, signs, cursor; Enter on the last keeps them."""
    app = WalkApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "v")
        assert "How walk looks" in frame(app)
        await press(pilot, "right", "right", "enter", "right", "right", "enter", "enter")
        await pilot.pause()
        assert app.looks == Looks("dark contrast", "ascii", "hidden")
        assert app.theme == "walk-dark-contrast"
        assert frame(app).isascii(), frame(app)
    again = WalkApp(desk)
    assert again.theme == "walk-dark-contrast"
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert frame(again).isascii()
        await press(pilot, "v", "right", "escape")
        assert again.looks.colours == "dark contrast", "Esc chooses nothing"


@pytest.mark.parametrize(
    ("environment", "unwanted"),
    [
        ({}, False),
        ({"NO_COLOR": ""}, False),
        ({"NO_COLOR": "1"}, True),
        ({"NO_COLOR": "0"}, True),
        ({"NO_COLOR": " "}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "dumb"}, True),
        ({"TERM": "vt220"}, True),
    ],
    ids=str,
)
def test_when_colour_is_unwanted(environment: dict[str, str], unwanted: bool) -> None:
    assert looks.colour_is_unwanted(environment) is unwanted


@pytest.mark.parametrize(
    ("encoding", "environment", "platform", "drawn"),
    [
        ("utf-8", {"TERM": "xterm"}, "linux", True),
        ("UTF-8", {"TERM": "screen"}, "darwin", True),
        ("utf_8", {}, "linux", True),
        ("iso8859-1", {"TERM": "xterm"}, "linux", False),
        ("ascii", {"TERM": "xterm"}, "linux", False),
        (None, {}, "linux", False),
        ("utf-8", {"TERM": "xterm", "LC_ALL": "C"}, "linux", False),
        ("utf-8", {"TERM": "xterm", "LANG": "C", "LC_CTYPE": "C.UTF-8"}, "darwin", False),
        ("utf-8", {"TERM": "xterm", "LC_ALL": "C.UTF-8", "LANG": "C"}, "linux", True),
        ("utf-8", {"TERM": "linux"}, "linux", False),
        ("utf-8", {"TERM": "vt220"}, "linux", False),
        ("utf-8", {}, "win32", False),
        ("utf-8", {"WT_SESSION": "1"}, "win32", True),
        ("cp850", {"WT_SESSION": "1"}, "win32", False),
    ],
)
def test_when_signs_are_drawn(
    encoding: str | None, environment: dict[str, str], platform: str, drawn: bool
) -> None:
    assert looks.draws_signs(encoding, environment, platform) is drawn


# Without colours


async def test_colours_can_be_put_away_and_brought_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = WalkApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        for colours, coloured in (("dark", True), ("none", False), ("light", True)):
            app.look(Looks(colours))  # type: ignore[arg-type]
            await pilot.pause()
            await pilot.pause()
            painted = {
                bool(style.color or style.bgcolor)
                for strip in strips(app)
                for _, style, _ in strip
                if style is not None
            }
            assert painted == {coloured}, colours


@pytest.mark.parametrize("screen", some_quick(SCREEN_NAMES))
async def test_without_colours_title_and_place_stand_out(
    samples: Samples, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The title is turned round, and what has the focus is bold, underlined or turned round."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_place(samples, screen) as (app, _):
        lines = strips(app)
        title = [style for text, style, _ in lines[0] if text.strip() and style is not None]
        assert all(style.reverse and style.bold for style in title), "the title"
        focused = app.screen.focused
        if focused is None or type(focused).__name__ == "Page":
            return  # the board, and a page of text: all of it is what one reads
        region = focused.region
        styles = [
            style
            for strip in lines[region.y : region.bottom]
            for _, style, _ in strip.crop(region.x, region.right)
            if style is not None
        ]
        assert any(one.bold or one.reverse or one.underline for one in styles), frame(app)


def test_what_is_left_of_a_style_without_colours() -> None:
    """Also what Textual needs to find out what was clicked."""
    style = Style(color="red", bgcolor="blue", bold=True, dim=True, blink=True, meta={"a": 1})
    (left,) = NoColours().apply([Segment("x", style)], Color(0, 0, 0))
    assert left.style is not None
    assert (left.style.color, left.style.bgcolor, left.style.bold) == (None, None, True)
    assert not left.style.dim
    assert not left.style.blink
    assert left.style.meta == {"a": 1}
    assert NoColours().apply([Segment("x", None)], Color(0, 0, 0)) == [Segment("x", None)]


# Signs


def drawn_signs() -> set[str]:
    """Every sign beyond ASCII in the words that walk itself shows."""
    found: set[str] = set()
    root = Path(walk.__file__).parent
    for name in DRAWING:
        paths = [root / name] if name.endswith(".py") else (root / name).rglob("*.py")
        for path in paths:
            tree = ast.parse(path.read_text("utf-8"))
            said = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
            for one in ast.walk(tree):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    found |= set(one.value) if id(one) not in said else set()
    return {one for one in found if not one.isascii() and one.isprintable()}


def test_every_sign_that_walk_draws_has_one_in_ascii() -> None:
    """Of as many cells, and told: none is a question mark."""
    signs = drawn_signs() - set(WORDS_OF_LANGUAGES) - {"\ufffd"}
    assert {"✓", "●", "○", "▸", "…", "·", "→"} <= signs
    for one in sorted(signs):
        plain = sign(one, "utf-8")
        assert plain.isascii(), f"{one} U+{ord(one):04X} has none"
        assert plain != "?" * len(plain), f"{one} U+{ord(one):04X} has none"
        assert len(plain) == cell_width(one)


def test_states_have_signs_of_their_own_in_ascii() -> None:
    """What is done, under way, open, parked, contrary and loud stays apart."""
    apart = [sign(one, "ascii") for one in "✓●○▪≠▲▸"]
    assert len(set(apart)) == len(apart), apart


@pytest.mark.parametrize(
    ("written", "encoding", "shown"),
    [
        ("Zoë → “V3”", "utf-8", 'Zoë > "V3"'),
        ("Zoë → “V3”", "latin-1", 'Zoë > "V3"'),
        ("Zoë → “V3”", "ascii", 'Zoe > "V3"'),
        ("漢字…", "ascii", "????~"),
        ("漢字…", "utf-8", "漢字~"),
        ("ś ﷺ", "ascii", "s ?"),
        ("e\u0301", "ascii", "e"),
        ("plain", "no such encoding", "plain"),
        ("👨\u200d👩\u200d👧 sit", "ascii", "?? sit"),
        ("❤\ufe0f 1\ufe0f\u20e3 end", "ascii", "?  1  end"),
    ],
)
def test_words_of_people_keep_their_letters_where_they_can(
    written: str, encoding: str, shown: str
) -> None:
    (made,) = AsciiSigns(encoding).apply([Segment(written)], Color(0, 0, 0))
    assert made.text == shown
    assert cell_width(made.text) == cell_width(written)


@pytest.mark.parametrize("screen", SCREEN_NAMES)
async def test_every_screen_can_be_painted_in_ascii(samples: Samples, screen: str) -> None:
    async with open_place(samples, screen) as (app, pilot):
        app.look(Looks(signs="ascii"))
        await pilot.pause()
        await pilot.pause()
        shown = frame(app)
        assert shown.isascii(), sorted({one for one in shown if not one.isascii()})
        assert shown.strip()


# Nothing moves


async def test_nothing_moves_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment asks of Textual: no animation and no smooth scrolling."""
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "full")
    app = WalkApp(desk)
    assert app.animation_level == "none"
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await pilot.pause()
        assert not app.screen.query_one(Input).cursor_blink


@pytest.mark.parametrize("screen", some_quick(SCREEN_NAMES))
async def test_no_cursor_blinks(samples: Samples, screen: str) -> None:
    async with open_place(samples, screen) as (app, _):
        lines = [*app.screen.query(TextArea), *app.screen.query(Input)]
        assert not [one for one in lines if one.cursor_blink]
        assert not [
            text
            for strip in strips(app)
            for text, style, _ in strip
            if style is not None and (style.blink or style.blink2)
        ]
