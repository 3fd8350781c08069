"""Coverage: what the trends may have passed over, asked as questions before anything is decided."""

from __future__ import annotations

from walk.debrief import of_visits
from walk.model import Form
from walk.reports.summary import listed
from walk.routine import summary
from walk.routine.debriefing import stating
from walk.routine.debriefing.debrief import Table
from walk.routine.desk import Desk
from walk.text import one_line

LENS_CELLS = 40


def questions(desk: Desk, table: Table) -> list[str]:
    """Questions about classrooms without notes and voices that are missing; none after a purge.

    A classroom is counted and never named, so that nothing here points at a room or a person; a
    walker is named only where a pack has not come in, which everybody may help with.
    """
    if table.purged:
        return []
    return [*_classrooms(desk, table), *_missing(desk), *_voices(table), *_polarity(table)]


def _classrooms(desk: Desk, table: Table) -> list[str]:
    placed = {one.note.visit for view in table.themes for one in view.notes}
    reach = desk.store.reach(desk.walk_id, desk.mine(), stating.entered(desk), placed)
    found = []
    if reach.nobody:
        found.append(
            f"{of_visits(reach.nobody)} of the plan: nothing is here from there. "
            "Was nobody in, or is a pack missing?"
        )
    if reach.silent:
        found.append(
            f"{of_visits(reach.silent)} with a form and no note. What was to be seen there that "
            "these trends do not tell of?"
        )
    if placed and reach.apart:
        found.append(
            f"{of_visits(reach.apart)}: the notes from there stand in no theme. What do they say "
            "beside these trends?"
        )
    return found


def _missing(desk: Desk) -> list[str]:
    labels = summary.missing_walkers(desk)
    if not labels:
        return []
    found = [
        f"Nothing has come in from {one_line(listed(labels), 60)}. What did they see that we "
        "cannot read here?"
    ]
    heard = {desk.person(one.record.walker) for one in desk.store.all(Form, desk.walk_id)}
    lenses: dict[str, bool] = {}
    for walker in desk.walkers():
        if walker.lens.strip():
            lens = one_line(walker.lens.strip(), LENS_CELLS)
            lenses[lens] = lenses.get(lens, False) or walker.id in heard
    silent = [lens for lens, is_heard in lenses.items() if not is_heard]
    if silent:
        found.append(
            f"No form looks through this lens: {listed(silent)}. Which students might we not see?"
        )
    return found


def _voices(table: Table) -> list[str]:
    inside = [one for view in table.themes for one in view.notes if view.trend]
    noticings = [one for one in inside if one.note.note_kind == "noticing"]
    found = []
    if noticings and not any(one.note.speech for one in noticings):
        found.append("No trend rests on words that somebody said. Whose voice is missing?")
    if noticings and not any(one.contrary_in for one in noticings):
        found.append("Nothing runs against any trend. What did we see that does not fit?")
    return found


def _polarity(table: Table) -> list[str]:
    said = {view.trend.polarity for view in table.themes if view.trend and view.trend.polarity}
    if said == {"asset"}:
        return ["Every trend is an asset. Where, in light of the inquiry, is attention due?"]
    if said == {"need"}:
        return ["Every trend is a need. What works for learning that could be used again?"]
    return []
