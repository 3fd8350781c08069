"""Framed dialogs look alike: one left edge, a blank row before the keys, keys as on screens."""

from __future__ import annotations

import pytest
from textual.color import Color

from tests.access.opening import Samples, open_place
from tests.access.painted import runs
from tests.access.routes import ROUTES
from tests.frames import frame, rows

FRAMELESS = {
    "CommandPalette",
    "DoorScreen",
    "RecurringScreen",
    "StepTestScreen",
    "StepsBeforeScreen",
}
"""Those that take the whole window."""


@pytest.mark.parametrize("name", sorted(set(ROUTES) - FRAMELESS))
async def test_framed_dialogs_look_alike(samples: Samples, name: str) -> None:
    async with open_place(samples, name) as (app, _):
        shown = rows(app)
        (top,) = (place for place, row in enumerate(shown) if "╭" in row)
        (foot,) = (place for place, row in enumerate(shown) if "╰" in row)
        left, right = shown[top].index("╭"), shown[top].index("╮")
        inside = [row[left + 1 : right] for row in shown[top + 1 : foot]]
        assert not inside[-2].strip(), f"no blank row before the keys\n{frame(app)}"
        edges = {len(row) - len(row.lstrip()) for row in (inside[0], inside[-1])}
        assert edges == {2}, frame(app)
        marked = [row.index("▸") for row in inside if "▸" in row]
        assert set(marked) <= {2}, frame(app)
        words = {
            run.colour for run in runs(app) if run.row == foot - 1 and not run.strong and run.by
        }
        text = Color.parse(app.current_theme.variables["text"]).rgb
        assert text in words, "what keys do is said as on screens"
        muted = Color.parse(app.current_theme.variables["text-muted"]).rgb
        assert muted not in words


@pytest.mark.parametrize("name", sorted(ROUTES))
async def test_ctrl_q_closes_walk_from_over_each_of_them(samples: Samples, name: str) -> None:
    async with open_place(samples, name) as (app, pilot):
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.return_code == 0, frame(app)
        assert not app.is_running
