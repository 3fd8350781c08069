"""The keys of the protocol, each with its words, and where it works."""

from __future__ import annotations

from textual.binding import Binding

from walk.screens.team import STEP_KEYS

KEYS: tuple[Binding, ...] = (
    Binding("n", "line", "new line", id="protocol.line", tooltip="Type another line"),
    Binding(
        "k",
        "to_know",
        "to know",
        id="protocol.to_know",
        tooltip="What would it take to know? It is written with the trend",
    ),
    Binding(
        "a",
        "marked",
        "marked notes",
        id="protocol.marked",
        tooltip="The notes that you marked in the silent read, to say them aloud",
    ),
    *STEP_KEYS,
    Binding(
        "m", "minutes", "minutes", id="protocol.minutes", tooltip="Other minutes for this step"
    ),
    Binding(
        "t",
        "total",
        "in all",
        id="protocol.total",
        tooltip="Other minutes for the whole; it shows which steps are shortened",
    ),
    Binding("d", "without", "group", id="protocol.without", tooltip="Group without the steps"),
    Binding(
        "r",
        "read_here",
        "read",
        id="protocol.read",
        tooltip="Read all notes in silence on this laptop, without a clock",
    ),
    Binding(
        "h", "hosts", "hosts", id="protocol.hosts", tooltip="Say whether host teachers are here"
    ),
    Binding(
        "p",
        "clock",
        "stop or go on",
        id="protocol.clock",
        tooltip="Stop the clock for a break, or let it go on",
    ),
    Binding(
        "delete,backspace",
        "take_out",
        "take out",
        id="protocol.take_out",
        show=False,
        tooltip="Take the line out",
    ),
)
"""In the order of the footer: where it is narrow, what stands last is left out first."""

ON_ALL = {"minutes", "total", "without", "read_here", "hosts", "clock"}
ON_LINES = {"line", "take_out"}
NEEDS_BEGUN = {"step_on", "step_back"}
"""Actions that need all steps, the lines, or a step to be shown."""
