"""The filter above a list: keys in their order, whoever has them by now, and nothing saved."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key

from tests.burst import paste, type_keys
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.filter_line import FilterLine


class FilterApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.line = FilterLine(self.to_list, self.behind, hint="words")
        self.list = ChoiceList([Choice("one", "first"), Choice("two", "second")])
        self.left: list[str] = []
        self.late = ""

    def compose(self) -> ComposeResult:
        yield self.line
        yield self.list

    def to_list(self) -> None:
        self.left.append(self.line.words)
        self.screen.set_focus(self.list)

    async def behind(self, event: Key) -> None:
        self.late += event.character or ""


async def test_enter_goes_on_with_the_words_and_esc_without_them() -> None:
    app = FilterApp()
    async with app.run_test(size=(40, 8)) as pilot:
        app.line.focus()
        await pilot.press("w", "a", "i", "t", "enter")
        assert app.left == ["wait"]
        assert app.focused is app.list
        app.line.focus()
        await pilot.press("s", "escape")
        assert app.left == ["wait", ""]
        app.line.focus()
        await pilot.press("b", "down")
        assert app.left[-1] == "b"


async def test_keys_behind_enter_are_for_the_list() -> None:
    app = FilterApp()
    async with app.run_test(size=(40, 8)) as pilot:
        app.line.focus()
        await pilot.pause()
        await type_keys(pilot, "boat\r1a", apart=0.001)
        assert app.left == ["boat"]
        assert app.late == "1a"
        assert app.line.words == "boat"


async def test_a_paste_of_several_lines_is_one_line() -> None:
    app = FilterApp()
    async with app.run_test(size=(40, 8)) as pilot:
        app.line.focus()
        await paste(pilot, "six\nseconds\x1b[31m")
        await pilot.press("enter")
        assert app.left[0].startswith("six seconds")
        assert "\x1b" not in app.left[0]
