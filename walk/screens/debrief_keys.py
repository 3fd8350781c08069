"""The keys of the debrief, each with its words, and the pane in which it works."""

from __future__ import annotations

from textual.binding import Binding

KEYS: tuple[Binding, ...] = (
    Binding(
        "1",
        "digit(1)",
        "put",
        key_display="1-9",
        id="debrief.put",
        tooltip="Put the note in hand, or the marked ones, into the theme of that number",
    ),
    Binding(
        "t",
        "put",
        "other, new",
        id="debrief.other",
        tooltip="Find any theme by part of its name, or make one of a new name",
    ),
    Binding("right", "pane_right", "themes", id="debrief.right", tooltip="Go to the themes"),
    Binding("r", "rename", "rename", id="debrief.rename", tooltip="Give the theme another name"),
    Binding("s", "state", "state", id="debrief.state", tooltip="State the theme as a trend"),
    Binding("f", "go('trends')", "trends", id="debrief.on", tooltip="Go on to the trends"),
    Binding("space", "mark", "mark", id="debrief.mark", tooltip="Mark notes to put them together"),
    Binding(
        "c",
        "contrary",
        "contrary",
        id="debrief.contrary",
        tooltip="The note runs against its theme, or supports it after all",
    ),
    Binding(
        "delete,backspace",
        "take_out",
        "take out",
        id="debrief.take_out",
        tooltip="Take the note out of this theme",
    ),
    Binding(
        "x",
        "apart",
        "take apart",
        id="debrief.apart",
        tooltip="Take the theme apart; its notes go back, and undo brings it again",
    ),
    Binding("left", "pane_left", "notes", id="debrief.left", tooltip="Go to the notes"),
    Binding(
        "w",
        "wonderings",
        "wonderings",
        id="debrief.wonderings",
        tooltip="The wonderings, which wait in a list of their own; again: the pool",
    ),
    Binding(
        "e",
        "erase",
        "erase …",
        id="debrief.erase",
        tooltip="Erase the note for good: every wording of it, from this laptop and by request",
    ),
)
"""In the order of the footer: where it is narrow, what stands last is left out first."""

LEFT_ONLY = {"put", "digit", "mark", "pane_right", "wonderings", "erase"}
NOTE_IN_THEME = {"contrary", "take_out"}
RIGHT_ONLY = {"pane_left", "rename", "apart", "state"}
"""Actions that need the keys to be in one of the panes."""
