"""Big digits: as large as fits, never larger, drawn only from blocks and spaces, told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from tests.frames import frame, rows
from walk.widgets.big_digits import FULL, FULL_ASCII, LOWEST, BigDigits, block_for, draw

FIGURES = st.text(alphabet="0123456789:+- ", min_size=1, max_size=8)
FACES = ("8", "12", "+3", "-2", "1:40", "09:05", "0:00", "+125")


class DigitsApp(App[None]):
    def __init__(self, figures: str) -> None:
        super().__init__()
        self.digits = BigDigits()
        self.figures = figures

    def compose(self) -> ComposeResult:
        yield self.digits

    def on_mount(self) -> None:
        self.digits.figures = self.figures


@given(FIGURES, st.integers(-2, 210), st.integers(-2, 70), st.integers(0, 70))
def test_never_larger_than_its_room_and_only_blocks(
    text: str, width: int, height: int, least: int
) -> None:
    drawn = draw(text, width, height, least)
    assert len(drawn) <= max(0, height)
    assert all(len(row) <= max(0, width) for row in drawn)
    if len(drawn) > 1:
        assert set("".join(drawn)) <= {FULL, " "}
        assert len(drawn) >= LOWEST
        assert len({len(row) for row in drawn}) == 1


@given(FIGURES, st.integers(1, 210), st.integers(5, 70))
def test_more_room_never_makes_it_smaller(text: str, width: int, height: int) -> None:
    small = draw(text, width, height, height)
    assert len(draw(text, width + 1, height, height)) >= len(small)
    wider = draw(text, width + 1, height, height)
    if len(small) > 1:
        assert len(wider[0]) >= len(small[0])


@pytest.mark.parametrize("size", [(78, 14), (58, 10), (118, 30), (20, 5), (3, 5), (200, 50)])
def test_no_two_signs_look_alike(size: tuple[int, int]) -> None:
    drawn = {sign: tuple(draw(sign, *size)) for sign in "0123456789:+-"}
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("text", FACES)
@pytest.mark.parametrize("window", [(60, 20), (80, 24), (120, 40), (200, 60)])
def test_half_the_window_is_reached_at_every_size(text: str, window: tuple[int, int]) -> None:
    width, height = window
    assert len(draw(text, width - 2, height // 2 + 2, height // 2)) >= height // 2


def test_one_figure_is_drawn_as_it_says() -> None:
    assert draw("4", 5, 5) == ["█   █", "█   █", "█████", "    █", "    █"]
    assert draw("1", 5, 5, full="#") == ["## ", " # ", " # ", " # ", "###"]
    assert draw("1:4", 11, 5) == [
        "██    █   █",
        " █  █ █   █",
        " █    █████",
        " █  █     █",
        "███       █",
    ]


def test_a_tall_window_leaves_the_digits_upright() -> None:
    drawn = draw("8", 12, 60)
    assert len(drawn) <= 16
    assert len(draw("8", 12, 60, least=30)) == 30


def test_without_room_it_is_plain_text_and_then_nothing() -> None:
    assert draw("1:40", 10, 20) == ["1:40"]
    assert draw("1:40", 80, 4) == ["1:40"]
    assert draw("1:40", 3, 1) == ["1:…"]
    assert draw("1:40", 0, 9) == []
    assert draw("1:40", 9, 0) == []
    assert draw("", 9, 9) == []


def test_other_words_stand_as_plain_text_and_act_on_nothing() -> None:
    assert draw("held \x1b[31m", 80, 20) == ["held ␛[31m"]


def test_a_terminal_without_blocks_is_given_ascii() -> None:
    assert block_for("utf-8") == block_for(None) == FULL
    assert block_for("ascii") == block_for("latin-1") == block_for("no such") == FULL_ASCII
    assert block_for("cp437") == FULL
    assert "".join(draw("8", 40, 9, full=FULL_ASCII)).isascii()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20), (200, 60)])
async def test_in_a_window_it_stands_in_the_middle(size: tuple[int, int]) -> None:
    app = DigitsApp("8")
    async with app.run_test(size=size) as pilot:
        for text in FACES:
            app.digits.figures = text
            await pilot.pause()
            _is_in_the_middle(rows(app), size)


def _is_in_the_middle(shown: list[str], size: tuple[int, int]) -> None:
    drawn = [row for row in shown if row.strip()]
    assert len(drawn) >= size[1] // 2
    left = min(len(row) - len(row.lstrip()) for row in drawn)
    right = size[0] - max(len(row) for row in drawn)
    assert abs(left - right) <= size[0] // 8


async def test_it_follows_the_window_at_once_down_to_plain_text() -> None:
    app = DigitsApp("1:40")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        heights = []
        for size in ((80, 24), (60, 20), (30, 10), (12, 3), (2, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            heights.append(len([row for row in rows(app) if row.strip()]))
        assert heights[0] == heights[-1] >= 12
        assert heights[1] >= 10
        assert heights[3] == 1
        assert heights[4] == 1


async def test_bars_and_turning_are_seen_without_colour() -> None:
    app = DigitsApp("+3")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        calm = rows(app)
        app.digits.bars = True
        await pilot.pause()
        assert rows(app)[0] == rows(app)[-1] == FULL * 80
        assert calm[0] == ""
        assert len([row for row in rows(app)[1:-1] if row.strip()]) >= 12
        app.digits.turned = True
        await pilot.pause()
        strip = app.screen._compositor.render_strips()[5]
        assert any(segment.style and segment.style.reverse for segment in strip)


async def test_hostile_figures_are_words() -> None:
    app = DigitsApp("[/x] [bob]")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "[/x] [bob]" in frame(app)
