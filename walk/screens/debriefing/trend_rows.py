"""How the trends screen says trends and their evidence: a row each, and one of them in full."""

from __future__ import annotations

from walk.debrief import of_visits
from walk.model import Trend
from walk.routine.debriefing.debrief import PoolNote, Table, ThemeView
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, heading

PARKED_WHY = "seen in one classroom only, so it is parked: kept in mind, never printed"
WORDS_LOOKED_AT = 400
DECISIONS = (
    ("", "not decided"),
    ("keep", "keep it"),
    ("strengthen", "strengthen it"),
    ("reconsider", "reconsider it"),
)
"""What the team means to do about the practice."""


def title(view: ThemeView) -> str:
    """The statement, or the theme's name while there is none."""
    return view.trend.statement if view.trend else view.name


def overview(table: Table, questions: int) -> list[Choice]:
    """Stated trends, parked ones, themes not yet stated, and how many questions are open."""
    themes = table.themes
    stated = [one for one in themes if one.trend and not one.trend.parked]
    parked = [one for one in themes if one.trend and one.trend.parked]
    bare = [one for one in themes if not one.trend]
    rows: list[Choice] = []
    for words, group in (
        ("Trends", stated),
        ("Parked: seen in one classroom, never printed", parked),
        ("Themes not yet stated: s states one", bare),
    ):
        if group:
            rows += [heading(words), *(_trend_row(one) for one in group)]
    if rows and questions:
        asked = "1 question" if questions == 1 else f"{questions} questions"
        rows += [heading(), heading(f"What may be missing: {asked}, v asks")]
    return rows or [
        heading("No themes yet. Group the notes first: b goes to the pool and the themes.")
    ]


def evidence(view: ThemeView) -> list[Choice]:
    """One theme's notes: what supports it, what runs against it, and what is wondered."""
    theme = view.theme.id
    noticings = [one for one in view.notes if one.note.note_kind == "noticing"]
    supports = [one for one in noticings if theme not in one.contrary_in]
    against = [one for one in noticings if theme in one.contrary_in]
    wonderings = [one for one in view.notes if one.note.note_kind == "wondering"]
    rows: list[Choice] = []
    for words, notes in (
        (f"Supports it · {of_visits(view.spread.visits)}", supports),
        (f"Runs against it · {of_visits(view.spread.contrary_visits)}", against),
        ("Wonderings", wonderings),
    ):
        if notes:
            rows += [heading(words), *(_note_row(one, view.trend) for one in notes)]
    return rows or [
        heading("No notes in this theme. Esc goes back; b leads to the pool, to put some in.")
    ]


def about_note(one: PoolNote) -> str:
    """What there is to know of a note in hand."""
    return f"{one.note.note_kind} · quoted speech" if one.note.speech else one.note.note_kind


def in_full(view: ThemeView, width: int, room: int) -> tuple[list[str], list[str]]:
    """A trend's words, and what there is to know of it, in at most so many lines of a width."""
    trend = view.trend
    if trend is None:
        told = [_counts(view), "Not stated yet: s. Description comes before asset or need."]
        return [one_line(view.name, width)], [one_line(one, width) for one in told]
    told = [_counts(view), *_said_of(trend, {one.note.id: one.words for one in view.notes})]
    # The statement keeps a line at least; what does not fit is told whole by Enter.
    told = told[: max(1, room - 1)]
    said = wrap(trend.statement, width)
    left = max(1, room - len(told))
    if len(said) > left:
        said = [*said[: left - 1], one_line(" ".join(said[left - 1 : left + 1]), width)]
    return said, [one_line(one, width) for one in told]


def _counts(view: ThemeView) -> str:
    """Where its evidence comes from, in classrooms, and whether it is asset or need."""
    spread, trend = view.spread, view.trend
    noticings = "1 noticing" if spread.noticings == 1 else f"{spread.noticings} noticings"
    parts = [of_visits(spread.visits), noticings]
    if spread.contrary_visits:
        parts.append(f"evidence against it in {of_visits(spread.contrary_visits)}")
    if spread.none_visits:
        parts.append(f"nothing in {of_visits(spread.none_visits)}")
    if trend and not trend.parked:
        parts.append(trend.polarity or "neither asset nor need yet")
    return " · ".join(parts)


def _said_of(trend: Trend, words: dict[str, str]) -> list[str]:
    told = [f"▪ {PARKED_WHY}"] if trend.parked else []
    if trend.decision:
        told.append(f"The practice: {dict(DECISIONS)[trend.decision]}")
    if trend.lens_remarks:
        told.append(f"Through a lens: {trend.lens_remarks}")
    if trend.to_know:
        told.append(f"To know more: {trend.to_know}")
    return [*told, *(f"Example: {words[one]}" for one in trend.examples if one in words)]


def whole(view: ThemeView) -> str:
    """Everything that was said of a trend, a paragraph each, to be read in a box."""
    trend = view.trend
    words = {one.note.id: one.words for one in view.notes}
    wonderings = [one.words for one in view.notes if one.note.note_kind == "wondering"]
    said = [trend.statement, *_said_of(trend, words)] if trend else [view.name]
    return "\n\n".join([*said, _counts(view), *(f"Wondering: {one}" for one in wonderings)])


def _trend_row(view: ThemeView) -> Choice:
    trend = view.trend
    side = of_visits(view.spread.visits)
    if view.spread.contrary_visits:
        side += f", {view.spread.contrary_visits} against"
    label = "" if trend is None else trend.polarity or ("▪" if trend.parked else "?")
    return Choice(view.theme.id, title(view)[:WORDS_LOOKED_AT], label=label, side=side)


def _note_row(one: PoolNote, trend: Trend | None) -> Choice:
    chosen = trend.examples if trend else ()
    side = f"example {chosen.index(one.note.id) + 1} ●" if one.note.id in chosen else ""
    return Choice(one.note.id, one.words[:WORDS_LOOKED_AT], side=side)
