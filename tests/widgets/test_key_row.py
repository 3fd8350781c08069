"""The keys of a dialog: in rows that end between two keys, with the way out in one piece."""

from __future__ import annotations

import pytest

from tests.widgets.test_lines import drawn
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


async def test_words_without_keys_stand_as_they_are() -> None:
    assert await drawn(KeyRow("This takes a few seconds."), (60, 24)) == [
        "This takes a few seconds."
    ]
