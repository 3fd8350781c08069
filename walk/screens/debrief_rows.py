"""How the debrief says notes and themes: a row each in a list, and what is in hand in words."""

from __future__ import annotations

from walk.debrief import of_visits
from walk.routine.debrief import PoolNote, Table, ThemeView
from walk.widgets.choice_list import Choice

POOL = "pool"
WONDERINGS = "wonderings"
"""What the left list shows; else it is the id of a theme."""
FIRST_WORDS = 400
"""Characters of a note that a list looks at; one row shows fewer."""


def number_of(table: Table, theme: str) -> int:
    """The number by which a theme is called, from 1; 0 for one that is gone."""
    places = (n for n, one in enumerate(table.themes, 1) if one.theme.id == theme)
    return next(places, 0)


def notes_in_words(count: int) -> str:
    """A count of notes: "1 note", "3 notes"."""
    return "1 note" if count == 1 else f"{count} notes"


def note_row(table: Table, one: PoolNote, showing: str, *, marked: bool) -> Choice:
    """A note in the pool, among the wonderings, or in the theme whose notes are shown."""
    side = "●" if marked else ""
    label = ""
    if showing == WONDERINGS and one.themes:
        side = f"in {_numbers(table, one)} {side}".rstrip()
    elif showing in one.contrary_in:
        label = "against"
    elif showing in one.themes:
        label = "?" if one.note.note_kind == "wondering" else "for"
    return Choice(one.note.id, one.words[:FIRST_WORDS], label=label, side=side)


def theme_row(number: int, one: ThemeView) -> Choice:
    """A theme with its number, whether it is stated, and where its evidence comes from."""
    sign = " " if one.trend is None else "▪" if one.trend.parked else "✓"
    label = f"{number if number < 10 else '·'} {sign}"
    side = f"{of_visits(one.spread.visits)} {one.spread.noticings:>3}"
    return Choice(one.theme.id, one.name, label=label, side=side)


def about_note(table: Table, one: PoolNote, marked: int) -> str:
    """What there is to know of a note in hand, on one line."""
    parts: list[str] = [one.note.note_kind]
    if one.note.speech:
        parts.append("quoted speech")
    if one.themes:
        parts.append(f"in theme {_numbers(table, one)}")
    if marked:
        parts.append(f"{marked} marked ●")
    return " · ".join(parts)


def about_theme(view: ThemeView) -> str:
    """Where a theme's evidence comes from, and how it stands, on one line."""
    spread = view.spread
    noticings = "1 noticing" if spread.noticings == 1 else f"{spread.noticings} noticings"
    parts = [f"{of_visits(spread.visits)}, {noticings}"]
    if spread.contrary_visits:
        parts.append(f"against it: {of_visits(spread.contrary_visits)}")
    if spread.wonderings:
        parts.append(f"wonderings: {spread.wonderings}")
    if view.trend is not None:
        parts.append("▪ stated, parked" if view.trend.parked else "✓ stated as a trend")
    return " · ".join(parts)


def nothing_words(table: Table, showing: str) -> str:
    """What an empty list says: why, and what to do next."""
    if table.purged:
        return "The raw notes were purged. Trends (f), next steps and the summary are still here."
    if showing == WONDERINGS:
        return "No wonderings yet."
    if showing != POOL:
        return "No notes in this theme. Esc shows the pool: put some in, or take it apart (x)."
    if any(one.notes for one in table.themes):
        return "Everything is placed. Go on to the trends with f; w shows the wonderings."
    if table.wonderings:
        return "No noticings yet, only wonderings: w shows them."
    return (
        "No notes here yet. Visit first, or collect your colleagues' packs from Home; "
        "then the team groups them here."
    )


def _numbers(table: Table, one: PoolNote) -> str:
    return ", ".join(str(number) for number in sorted(number_of(table, id_) for id_ in one.themes))
