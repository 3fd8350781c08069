"""The keys of the debrief, each with its words, and the pane in which it works."""

from __future__ import annotations

from textual.binding import Binding

from walk.screens.team import LAST_KEYS, STEP_KEYS


def _key(
    key: str, action: str, words: str, id: str, tooltip: str, *, display: str | None = None
) -> Binding:
    return Binding(key, action, words, key_display=display, id=f"debrief.{id}", tooltip=tooltip)


_FIRST = (
    _key(
        "1",
        "digit(1)",
        "put",
        "put",
        "Put the note in hand, or the marked ones, into the theme of that number",
        display="1-9",
    ),
    _key(
        "t",
        "put",
        "new",
        "other",
        "Find any theme by its number or part of its name, or make one of a new name",
    ),
    _key("space", "mark", "mark", "mark", "Mark notes to put them together"),
    _key("right", "pane_right", "themes", "right", "Go to the themes"),
    _key("s", "state", "state", "state", "State the theme as a trend"),
    _key("m", "merge", "merge", "merge", "Make one theme of this one and another"),
)
_THEN = (
    _key(
        "c",
        "contrary",
        "against",
        "contrary",
        "The note, or the marked ones, run against the theme, or support it after all",
    ),
)
_MORE = (
    _key("r", "rename", "name", "rename", "Give the theme another name"),
    _key(
        "l",
        "like",
        "like",
        "like",
        "Notes like the note or theme in hand, and the words they share; nothing is placed",
    ),
    _key("v", "move", "move", "move", "Move what is in hand from this theme into another one"),
    _key("slash", "filter", "filter", "filter", "Show only notes that hold some words"),
    _key(
        "o",
        "odd",
        "odd",
        "odd",
        "The note fits nowhere yet: set it aside, in view; among the odd ones: back to the pool; "
        "among the themes: to the odd ones",
    ),
    _key(
        "a",
        "mark_all",
        "all",
        "all",
        "Mark all notes that are shown, also those that the filter left; again: none of them",
    ),
    _key(
        "n",
        "split",
        "new of these",
        "split",
        "Split the theme: what is in hand goes into a new one, and out of this one",
    ),
    _key("delete,backspace", "take_out", "take out", "take_out", "Take the note out again"),
    _key("left", "pane_left", "notes", "left", "Go to the notes"),
    _key(
        "x",
        "apart",
        "take apart",
        "apart",
        "Take the theme apart; its notes go back, and undo brings it again",
    ),
    _key("minus", "shift(-1)", "number", "up", "One number lower: up", display="-"),
    _key("plus,equals_sign", "shift(1)", "number", "down", "One number higher: down", display="+"),
    _key("g", "number", "number …", "number", "Give the theme any number"),
    _key("i", "read_all", "read", "read", "Read the note in full"),
    _key(
        "w",
        "lists",
        "wonderings",
        "wonderings",
        "The wonderings, which wait in a list of their own; again: the odd ones, the pool",
    ),
    _key(
        "p",
        "roomy",
        "projector",
        "roomy",
        "Fewer rows, to be read from afar; again: as many as fit",
    ),
    Binding(
        "1",
        "to_theme(1)",
        "go to it",
        show=False,
        key_display="1-9",
        id="debrief.to_theme",
        tooltip="Go to the theme of that number",
    ),
    _key(
        "e",
        "erase",
        "erase …",
        "erase",
        "Erase the note for good: every wording of it, from this laptop and by request",
    ),
)
_UNDO, *_REST = LAST_KEYS
_ON, *_STEPS = STEP_KEYS

KEYS: tuple[Binding, ...] = (*_FIRST, _ON, *_THEN, _UNDO, *_MORE, *_STEPS, *_REST)
"""In the order of the footer: where it is narrow, what stands last is left out first.

Going on stands where it is never left out, in any pane of 60 columns: no other key leads out of the
step.
"""

LEFT_ONLY = {"digit", "mark", "mark_all", "pane_right", "read_all", "erase"}
NEEDS_NOTE = {"digit", "put", "mark", "mark_all", "read_all", "erase", "like"}
NOTE_IN_THEME = {"contrary", "move", "split"}
RIGHT_ONLY = {"pane_left", "rename", "merge", "apart", "state", "shift", "number", "to_theme"}
"""Actions by the pane that the keys are in."""
