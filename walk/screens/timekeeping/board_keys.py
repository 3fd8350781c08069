"""The keys of the board, each with its words and its help; plain keys, none needs a chord."""

from __future__ import annotations

from textual.binding import Binding, BindingType

KEYS: tuple[tuple[str, str, str, str, str], ...] = (
    ("space", "next", "next", "next", "Start the clock, or go on to what comes next"),
    ("plus", "adjust(1)", "minutes", "longer", "More minutes for this phase; again for more"),
    ("minus", "adjust(-1)", "minutes", "shorter", "Fewer minutes for this phase"),
    ("b", "earlier", "earlier", "earlier", "It began some minutes ago: 1 to 9, Enter for 1"),
    ("s", "skip", "skip", "skip", "Leave this visit or the next one out"),
    ("x", "swap", "swap", "swap", "Exchange two coming visits"),
    ("u", "undo", "undo", "undo", "Undo what was entered last; again for the one before"),
    ("h", "hold", "hold", "hold", "Hold the clock; again lets it go on"),
    ("t", "shorten", "make up time", "shorten", "Ways to make up time, each with its end"),
    ("o", "told", "another team says", "told", "Enter what another team says aloud"),
    ("i", "insert", "insert", "insert", "Put a visit in, where it fits"),
    ("w", "withdraw", "withdraw", "withdraw", "A visit is taken back; no reason is asked"),
    ("e", "end", "end early", "end", "Go to the debrief now"),
    ("n", "anew", "begin anew", "anew", "Put away what was entered, as after a rehearsal"),
    ("z,r", "redo", "redo", "redo", "Do again what was undone"),
    ("g", "team", "team", "team", "Choose the team whose board this is"),
    ("d", "done", "done", "done", "The stops so far, as planned and as they were"),
    ("f", "flash", "flash", "flash", "Slow flash at two minutes and at time, on or off"),
    ("l", "bell", "bell", "bell", "Bell at two minutes and at time, on or off"),
    ("escape", "go('home')", "back", "back", "Back to Home; the clock runs on"),
)
"""Key, action, words, name and help, in the order in which the key line has room for them."""

WHY_NOT = {
    "next": "The day is over: nothing comes next",
    "adjust": "No clock is running that could be made longer or shorter",
    "earlier": "Nothing has begun that could have begun earlier",
    "hold": "No clock is running that could be held",
    "skip": "No visit is coming that could be skipped",
    "swap": "There are no two coming visits to swap",
    "withdraw": "No visit is coming that could be withdrawn",
    "insert": "There is no visit that could be put in",
    "end": "The visits are over already",
    "shorten": "Nothing to make up: the plan holds",
    "told": "Nothing that another team can say changes this board",
    "anew": "Nothing was entered on this board yet",
    "done": "No stop is behind this team yet",
    "team": "There is one team",
}
"""By action what to say where it makes no sense now."""
ACTION_OF = {key: action.partition("(")[0] for keys, action, *_ in KEYS for key in keys.split(",")}
"""By key the action, without its figures."""
ACTIONS = frozenset(ACTION_OF.values())

PAIRED = {"longer": "+ -", "shorter": ""}
"""Two keys that the key line shows as one."""


def board_bindings() -> list[BindingType]:
    """The bindings of the board."""
    return [
        Binding(
            key,
            action,
            words,
            id=f"board.{name}",
            show=PAIRED.get(name, name) != "",
            key_display=PAIRED.get(name) or None,
            tooltip=help,
        )
        for key, action, words, name, help in KEYS
    ]
