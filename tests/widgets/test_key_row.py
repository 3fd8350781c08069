"""The keys of a dialog: in rows that end between two keys, with the way out in one piece."""

from __future__ import annotations

import pytest

from tests.frames import strips
from tests.widgets.test_lines import Alone, drawn
from walk.widgets.key_row import KeyRow

KEYS = "t begin at the trends   a they agreed to be there from the start   Esc back   ? help"


@pytest.mark.parametrize(
    ("width", "found"),
    [
        (100, [KEYS]),
        (
            72,
            [
                "t begin at the trends   a they agreed to be there from the start",
                "Esc back   ? help",
            ],
        ),
    ],
)
async def test_no_key_is_parted_from_its_words_nor_help_from_the_way_out(
    width: int, found: list[str]
) -> None:
    assert await drawn(KeyRow(KEYS), (width, 24)) == found


async def strong(words: str, width: int) -> list[str]:
    """What stands out in the rows of these keys."""
    app = Alone(KeyRow(words))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        drawn_parts = (part for strip in strips(app) for part in strip)
        return [text for text, style, _ in drawn_parts if style is not None and style.bold]


@pytest.mark.parametrize("width", [100, 72, 30])
async def test_each_key_stands_out_and_none_of_the_words_does(width: int) -> None:
    """Also where words go on in the next row."""
    assert await strong(KEYS, width) == ["t", "a", "Esc", "?"]
    assert await strong("e erase for good   ↑ ↓ scroll   Esc back", width) == ["e", "↑ ↓", "Esc"]
    assert await strong("This takes a few seconds.", width) == []


async def test_words_without_keys_stand_as_they_are() -> None:
    assert await drawn(KeyRow("This takes a few seconds."), (60, 24)) == [
        "This takes a few seconds."
    ]
