"""The steps of the debrief in words: a row each, and what is said of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from walk import protocol
from walk.clock import Moment
from walk.model import Said
from walk.routine.debriefing.debrief import PoolNote, Table
from walk.routine.debriefing.protocol import Standing
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, heading

WORDS_LOOKED_AT = 400
BULLET = "· "
NO_LINES = {
    "predict": "Nothing typed yet. It can be left out: Esc, then f goes on.",
    "describe": "Nothing typed yet. n types a line, where the team wants to keep it; f goes on.",
}


def step_rows(now: Standing, at: Moment) -> list[Choice]:
    """Every step with its minutes; the one that is on is marked by word and sign."""
    held = {one.step for one in now.record.entered}
    rows = []
    for number, one in enumerate(protocol.STEPS, 1):
        sign = "●" if one.id == now.step and not now.ended else "✓" if one.id in held else " "
        rows.append(Choice(one.id, _words(one), label=f"{number} {sign}", side=_side(now, one, at)))
    return rows


def _words(one: protocol.ProtocolStep) -> str:
    return f"{one.title} (if you like)" if one.optional else one.title


def _side(now: Standing, one: protocol.ProtocolStep, at: Moment) -> str:
    minutes = now.minutes[one.id]
    if one.id == now.step and not now.ended:
        return f"now · {now.time(one.id, at)}" if now.running else "clock stopped"
    if not minutes and one.optional:
        return f"left out, usually {one.minutes} min"
    if minutes < one.minutes:
        return f"shortened from {one.minutes} to {minutes} min"
    return f"{minutes} min"


def about_all(now: Standing) -> list[str]:
    """What stands above the steps: the whole, what was shortened, and who is there."""
    come = sum(now.minutes.values())
    parts = [f"{len(protocol.STEPS)} steps, {come} min in all"]
    if now.record.hosts == "present":
        agreed = "agreed to all of it" if now.record.agreed_otherwise else "from the trends on"
        parts.append(f"host teachers at the table: {agreed}")
    if any(one.minutes < one.usual for one in protocol.changed(now.minutes)):
        parts.insert(1, "silent read and describe are never shortened")
    lines = [" · ".join(parts)]
    if come != now.total:
        lines.append(f"{now.total} min were planned for it.")
    if now.ended:
        lines.append("The debrief has ended. Enter on a step goes back to it.")
    if not now.begun:
        lines.append(
            "Nothing goes on by itself. Enter begins; r reads in silence here, without a clock; "
            "d groups without the steps."
        )
    return lines


def about_step(id: str, minutes: int) -> list[str]:
    """A step's prompts, as they are read aloud; a line each."""
    one = protocol.step(id)
    whole = " · never shortened" if one.whole else ""
    return [f"{one.title} · {minutes} min{whole}", *(f"{BULLET}{said}" for said in one.prompts)]


def hanging(words: str, width: int) -> list[str]:
    """Lines of at most so many cells; what follows the first line of a prompt is set in."""
    if not words.startswith(BULLET):
        return wrap(words, width)
    first, *more = wrap(words.removeprefix(BULLET), width - len(BULLET))
    return [BULLET + first, *(" " * len(BULLET) + line for line in more)]


def said_rows(lines: Sequence[Said], step: str) -> list[Choice]:
    """The lines that were typed at a step."""
    rows = [
        Choice(one.id, one.text[:WORDS_LOOKED_AT], label=str(number))
        for number, one in enumerate(lines, 1)
    ]
    return rows or [heading(NO_LINES.get(step, ""))]


def wondering_rows(table: Table, width: int) -> list[Choice]:
    """The wonderings of each theme, then those in none; headings take one row of so many cells."""
    rows: list[Choice] = []
    for view in table.themes:
        inside = [one for one in view.notes if one.note.note_kind == "wondering"]
        trend = view.trend
        if not inside and trend is None:
            continue
        said = trend.statement if trend else view.name
        rows.append(heading(one_line(said, width)))
        to_know = trend.to_know if trend else ""
        if trend:
            rows.append(
                Choice(
                    f"know {trend.id}",
                    to_know[:WORDS_LOOKED_AT] or "what would it take to know? (k)",
                    label="to know",
                )
            )
        rows += [_wondering(one, f"{view.theme.id} ") for one in inside]
    loose = [one for one in table.wonderings if not one.themes]
    if loose:
        rows += [heading("With no theme yet"), *(_wondering(one, " ") for one in loose)]
    return rows or [heading("No wonderings yet. f goes on to next steps.")]


def _wondering(one: PoolNote, before: str) -> Choice:
    return Choice(f"note {before}{one.note.id}", one.words[:WORDS_LOOKED_AT], label="?")
