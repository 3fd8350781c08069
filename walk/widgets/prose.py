"""How wide prose may run: a line that is too long to find the next one from is not read."""

from __future__ import annotations

PROSE_MOST = 90
"""Cells of a line of prose, however wide the window."""
PROSE_LEAST = 20


def prose_width(window: int, beside: int = 2) -> int:
    """Cells for a line of prose in a window of so many cells, `beside` of which are margins."""
    return max(PROSE_LEAST, min(PROSE_MOST, window - beside))
