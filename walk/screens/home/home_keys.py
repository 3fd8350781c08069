"""The keys of Home, those that are wanted most first: the key line shows as many as fit."""

from __future__ import annotations

from textual.binding import Binding

NEED_A_WALK = frozenset(
    {
        *("prepare", "debrief", "steps", "cycle", "summary", "letters", "share"),
        *("conflicts", "purge"),
    }
)
"""Screens that have nothing to show while no walk is open."""


def _to(key: str, screen: str, words: str, tooltip: str, *, shown: bool = True) -> Binding:
    return Binding(key, f"go('{screen}')", words, id=f"home.{screen}", show=shown, tooltip=tooltip)


HOME_KEYS: tuple[Binding, ...] = (
    _to("n", "begin", "new", "Begin a small walk"),
    _to("c", "collect", "collect", "Open a plan, or collect everyone's packs"),
    _to("slash", "search", "search", "Search notes, trends and next steps of all walks"),
    _to("g", "share", "give", "Give your notes, or the plan, as a pack"),
    _to("p", "prepare", "prepare", "See or change the plan"),
    Binding("w", "write_as", "writing as", id="home.write_as", tooltip="Say who is writing"),
    Binding("q", "leave", "quit", id="home.quit", tooltip="Close walk; all is saved"),
    Binding(
        "d", "debrief", "debrief", id="home.debrief", tooltip="The debrief, where it stands now"
    ),
    _to("e", "steps", "next steps", "Next steps, closing"),
    _to("u", "summary", "summary", "See the summary"),
    Binding(
        "s",
        "to_steps",
        "open steps",
        id="home.open_steps",
        tooltip="Open next steps of earlier walks: look, date anew, close with what was learned",
    ),
    Binding(
        "k",
        "check",
        "checklist",
        id="home.check",
        show=False,
        tooltip="What to see to before the stop starts, at the marked visit",
    ),
    _to("l", "letters", "letters", "Letters, sheets and data files: look, then save"),
    _to("h", "history", "history", "Earlier walks: their trends and steps", shown=False),
    _to("y", "cycle", "cycle", "Walks, steps and measures of your inquiry cycle", shown=False),
    _to("r", "receipts", "receipts", "What was collected, and taking it back", shown=False),
    _to("f", "conflicts", "conflicts", "What two laptops tell differently", shown=False),
    _to("i", "import", "tables", "Take in a form export or typed-up paper", shown=False),
    _to("b", "backups", "backups", "What each backup holds, and bringing one back", shown=False),
    _to("z", "purge", "purge", "Raw notes go for good, with a receipt", shown=False),
    _to("t", "tour", "tour", "The one-minute tour"),
    Binding(
        "v",
        "app.looks",
        "looks",
        id="home.looks",
        show=False,
        tooltip="How walk looks: colours, signs, cursor",
    ),
    _to("x", "practice", "practice", "Reword thirty notes, for yourself", shown=False),
)
