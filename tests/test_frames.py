"""The text frames say what is drawn: words, places, the screen on top and the cursor."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.constants import TEXTUAL_ANIMATIONS
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tests.frames import Cell, cursor_cell, frame, rows, strips


class Question(ModalScreen[None]):
    CSS = "Question { align: center middle; } Question Static { width: 8; }"

    def compose(self) -> ComposeResult:
        yield Static("Sure?")


class TinyApp(App[None]):
    CSS = "Input { border: none; padding: 0; height: 1; }"

    def compose(self) -> ComposeResult:
        yield Static("[bob] 五 of 7 pairs", markup=False)
        yield Input("wrote")
        yield Static("second\nthird", classes="-red")


async def test_a_frame_is_the_words_at_their_places() -> None:
    app = TinyApp()
    async with app.run_test(size=(24, 5)) as pilot:
        await pilot.pause()
        assert frame(app) == "[bob] 五 of 7 pairs\nwrote\nsecond\nthird\n"


async def test_a_frame_has_a_line_for_every_row_and_follows_the_size() -> None:
    app = TinyApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert len(rows(app)) == 24
        await pilot.resize_terminal(10, 6)
        await pilot.pause()
        assert len(rows(app)) == 6
        assert rows(app)[0] == "[bob] 五"


async def test_a_frame_shows_what_changed() -> None:
    app = TinyApp()
    async with app.run_test(size=(24, 5)) as pilot:
        await pilot.press("end", "!")
        await pilot.pause()
        assert rows(app)[1] == "wrote!"


async def test_a_frame_shows_the_dialog_and_what_lies_beneath() -> None:
    app = TinyApp()
    async with app.run_test(size=(24, 5)) as pilot:
        await app.push_screen(Question())
        await pilot.pause()
        assert "Sure?" in rows(app)[2]
        assert rows(app)[0] == "[bob] 五 of 7 pairs"


async def test_the_cursor_cell_is_where_the_next_letter_goes() -> None:
    app = TinyApp()
    async with app.run_test(size=(24, 5)) as pilot:
        await pilot.press("home", "right")
        await pilot.pause()
        assert cursor_cell(app) == Cell(1, 1, "r")


async def test_a_cursor_off_the_screen_stands_on_nothing() -> None:
    app = TinyApp()
    async with app.run_test(size=(24, 5)) as pilot:
        await pilot.pause()
        app.cursor_position = Offset(24, 1)
        assert cursor_cell(app) == Cell(24, 1, "")


@pytest.mark.parametrize("widget_class", [Input, TextArea])
async def test_no_cursor_blinks_in_a_test(widget_class: type[Widget]) -> None:
    class OneWidget(App[None]):
        def compose(self) -> ComposeResult:
            yield widget_class()

    app = OneWidget()
    async with app.run_test(size=(24, 5)) as pilot:
        await pilot.pause()
        assert app.focused is not None
        before = strips(app)
        _blink_once(app.focused)
        await pilot.pause()
        assert strips(app) == before


def _blink_once(widget: Widget) -> None:
    """Do at once what the widget's own timer would do half a second later."""
    name = "_toggle_cursor" if isinstance(widget, Input) else "_toggle_cursor_blink_visible"
    getattr(widget, name)()


def test_nothing_is_animated_in_a_test() -> None:
    assert TEXTUAL_ANIMATIONS == "none"
