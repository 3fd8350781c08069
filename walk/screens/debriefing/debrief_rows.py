"""How the debrief says notes and themes: a row each in a list, and what is in hand in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from walk.debrief import of_visits
from walk.model import Trend
from walk.routine.debriefing.debrief import PoolNote, Table, ThemeView
from walk.text import one_line
from walk.widgets.choice_list import Choice, heading

POOL = "pool"
WONDERINGS = "wonderings"
ODD = "odd"
"""What the left list shows; else it is the id of a theme."""
AGAINST = "≠"
"""The sign for what runs against a theme."""
NAME_MOST = 40
DIGITS = 9
"""So many themes have a key of their own."""
"""Cells of a theme's name within what is said."""
FIRST_WORDS = 400
"""Characters of a note that a list looks at; one row shows fewer."""


def number_of(table: Table, theme: str) -> int:
    """The number by which a theme is called, from 1; 0 for one that is gone."""
    places = (n for n, one in enumerate(table.themes, 1) if one.theme.id == theme)
    return next(places, 0)


def notes_in_words(count: int) -> str:
    """A count of notes: "1 note", "3 notes"."""
    return "1 note" if count == 1 else f"{count} notes"


def notes_of(table: Table, showing: str) -> tuple[PoolNote, ...]:
    """The notes of the left list."""
    if showing in (POOL, WONDERINGS, ODD):
        return {POOL: table.pool, WONDERINGS: table.wonderings, ODD: table.odd}[showing]
    theme = table.theme(showing)
    return theme.notes if theme else ()


def note_rows(
    table: Table, notes: Iterable[PoolNote], showing: str, marked: set[str]
) -> list[Choice]:
    """A row a note. Of a theme, what runs against it comes first, so that it stays in sight."""
    view = table.theme(showing)
    if view is None:
        return [_note_row(table, one, showing, one.note.id in marked) for one in notes]
    parts: dict[str, list[PoolNote]] = {"against": [], "for": [], "wonderings": []}
    for one in notes:
        if one.note.note_kind == "wondering":
            parts["wonderings"].append(one)
        else:
            parts["against" if showing in one.contrary_in else "for"].append(one)
    heads = {
        "against": f"{AGAINST} Against it · {of_visits(view.spread.contrary_visits)}",
        "for": f"Supports it · {of_visits(view.spread.visits)}",
        "wonderings": "Wonderings",
    }
    rows: list[Choice] = []
    for part, inside in parts.items():
        if inside:
            rows.append(heading(heads[part]))
            rows += [_note_row(table, one, showing, one.note.id in marked) for one in inside]
    return rows


def _note_row(table: Table, one: PoolNote, showing: str, marked: bool) -> Choice:
    side = "●" if marked else ""
    others = [id_ for id_ in one.themes if id_ != showing]
    if showing != POOL and others:
        side = f"in {_numbers(table, others)} {side}".rstrip()
    return Choice(one.note.id, one.words[:FIRST_WORDS], side=side)


def left_head(table: Table, showing: str, shown: int, wanted: str) -> str:
    """What the left list shows, and how many of how many."""
    count = len(notes_of(table, showing))
    view = table.theme(showing)
    if view:
        against = view.spread.contrary_visits
        sign = f" · {AGAINST}{against}" if against else ""
        number = number_of(table, showing)
        head = f"Theme {number}{sign} · {one_line(view.name, NAME_MOST)}"
    else:
        head = {POOL: "Pool", WONDERINGS: "Wonderings"}.get(showing, "Odd, fits nowhere yet")
    if wanted:
        return f"{shown} of {count} · “{wanted}” · {head}"
    if view:
        return head
    return f"{head} · {count} left" if showing == POOL else f"{head} · {count}"


def in_part(table: Table) -> str:
    """That a very large pool is on the table in part; nothing where it is there whole."""
    if not table.not_laid:
        return ""
    here = len(table.notes)
    return f"{here:,} of {here + table.not_laid:,} notes lie here, from all rooms; Home / finds any"


def right_head(table: Table) -> str:
    """How many themes there are, how those beyond the digits are found, and what a sign means."""
    found = " · t finds any" if len(table.themes) > DIGITS else ""
    signs = f" · {AGAINST} runs against" if _contrary(table) else ""
    return f"Themes · {len(table.themes)}{found}{signs}"


def odd_words(table: Table) -> str:
    """The odd ones on one line, always in view; nothing where there are none."""
    if not table.odd:
        return ""
    return f"o  Odd, fits nowhere yet · {len(table.odd)} · {table.odd[0].words[:FIRST_WORDS]}"


def theme_rows(table: Table) -> list[Choice]:
    """The themes with number, whether each is stated, and where its evidence comes from."""
    contrary = _contrary(table)
    digits = len(str(len(table.themes)))
    return [_theme_row(f"{n:<{digits}}", one, contrary) for n, one in enumerate(table.themes, 1)]


def _theme_row(number: str, one: ThemeView, contrary: bool) -> Choice:
    # The sign stands in the label, so that the names line up under each other.
    sign = "" if one.trend is None else " ▪" if one.trend.parked else " ✓"
    side = f"{of_visits(one.spread.visits):<8} {one.spread.noticings:>3}"
    if contrary and one.spread.contrary_visits:
        side = f"{AGAINST}{one.spread.contrary_visits} {side}"
    return Choice(one.theme.id, one.name[:FIRST_WORDS], label=number + sign, side=side)


def _contrary(table: Table) -> bool:
    return any(one.spread.contrary_visits for one in table.themes)


def pick_rows(table: Table, without: str = "") -> list[Choice]:
    """The themes to pick one from, each by its number and name."""
    return [
        Choice(one.theme.id, one.name, label=str(n), side=of_visits(one.spread.visits))
        for n, one in enumerate(table.themes, 1)
        if one.theme.id != without
    ]


def about_note(table: Table, one: PoolNote, marked: int) -> str:
    """What there is to know of a note in hand, on one line."""
    parts: list[str] = [one.note.note_kind]
    if one.note.speech:
        parts.append("quoted speech")
    if one.themes:
        parts.append(f"in theme {_numbers(table, one.themes)}")
    if one.contrary_in:
        parts.append(f"{AGAINST} runs against {_numbers(table, one.contrary_in)}")
    if marked:
        parts.append(f"{marked} marked ●")
    return " · ".join(parts)


def about_theme(view: ThemeView) -> str:
    """Where a theme's evidence comes from, and how it stands, on one line."""
    spread = view.spread
    noticings = "1 noticing" if spread.noticings == 1 else f"{spread.noticings} noticings"
    parts = [f"{of_visits(spread.visits)}, {noticings}"]
    if spread.contrary_visits:
        parts.append(f"{AGAINST} against it: {of_visits(spread.contrary_visits)}")
    if spread.wonderings:
        parts.append(f"wonderings: {spread.wonderings}")
    if view.trend is not None:
        parts.append("▪ stated, parked" if view.trend.parked else "✓ stated as a trend")
    return " · ".join(parts)


def nothing_words(table: Table, showing: str, wanted: str = "") -> str:
    """What an empty list says: why, and what to do next."""
    if wanted and notes_of(table, showing):
        return f"No other note here says “{wanted}”. Esc shows all again."
    if table.purged:
        return "The raw notes were purged. Trends (f), next steps and the summary are still here."
    if showing == WONDERINGS:
        return "No wonderings yet. Notes typed with ? in front come here; w shows the odd ones."
    if showing == ODD:
        return "No odd ones. Esc shows the pool: there, o sets aside what fits nowhere yet."
    if showing != POOL:
        return "No notes in this theme. Esc shows the pool: put some in, or take it apart (x)."
    if table.odd:
        return "Only the odd ones are left: w shows them. Go on to the trends with f."
    if any(one.notes for one in table.themes):
        return "Everything is placed. Go on to the trends with f; w shows the wonderings."
    if table.wonderings:
        return "No noticings yet, only wonderings: w shows them."
    return (
        "No notes here yet. Visit first, or collect your colleagues' packs (c on Home); "
        "then the team groups them here."
    )


def recounted(before: Table, after: Table) -> str:
    """What to tell of trends whose theme was changed by an act: on what they rest now."""
    known = {one.theme.id: one.trend for one in before.themes if one.trend}
    told = [
        f"Trend {number} was recounted: {words}"
        for number, one in enumerate(after.themes, 1)
        if one.trend
        and (was := known.get(one.theme.id))
        and (words := _what_changed(one.trend, was))
    ]
    return told[0] if len(told) == 1 else f"{len(told)} trends were recounted" if told else ""


def _what_changed(now: Trend, was: Trend) -> str:
    counts = now.counts
    parts = []
    if counts.visits != was.counts.visits:
        parts.append(f"{of_visits(counts.visits)}, was {was.counts.visits}")
    if counts.contrary_visits != was.counts.contrary_visits:
        against = of_visits(counts.contrary_visits)
        parts.append(f"against it {against}, was {was.counts.contrary_visits}")
    if counts.noticings != was.counts.noticings and not parts:
        parts.append(f"noticings {counts.noticings}, was {was.counts.noticings}")
    if now.parked != was.parked:
        parts.append("parked now" if now.parked else "no longer parked")
    return " · ".join(parts)


def _numbers(table: Table, themes: Sequence[str]) -> str:
    return ", ".join(str(number) for number in sorted(number_of(table, id_) for id_ in themes))
