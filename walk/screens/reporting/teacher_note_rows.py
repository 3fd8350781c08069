"""A teacher note as rows to move through, and the fields behind each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from walk.errors import Refused
from walk.model import Note, TeacherNote, Visit
from walk.reports.teacher_note import COPIES
from walk.routine.debriefing import stating
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.reporting import teacher_note
from walk.routine.wording import wording
from walk.screens.ask import Ask, Points
from walk.text import one_line
from walk.widgets.choice_list import Choice, heading
from walk.widgets.dates import example, short_date

PAIR, WONDERINGS, RESPONSE, NEXT, TALK = "pair", "wonderings", "response", "next", "talk"
NOTE = "note"
"""Begins the id of a row that stands for a noticing."""
PICKED, NOT_PICKED = "✓", "○"
MOVE_HINT = "what was said or done, as a camera would have it"
EFFECT_HINT = "what students said, did or wrote then"
NO_NOTES = "None here: one's own noticings of this visit; on the lead's laptop all shared ones."


def visit_rows(both: Sequence[tuple[Visit, TeacherNote]]) -> list[Choice]:
    """The visits, and for which of them a note was asked."""
    rows = [
        Choice(
            visit.id,
            "the teacher asked for a note" if note.asked else "no note",
            label=visit.code,
            side=_how_far(note),
        )
        for visit, note in both
    ]
    return rows or [
        heading("This walk has no visit yet. Esc leads Home; p there, then a, adds one.")
    ]


def _how_far(note: TeacherNote) -> str:
    if not note.asked:
        return ""
    if note.response:
        return "answered ✓"
    return f"given {short_date(note.shown_on)}" if note.shown_on else "not yet given"


def note_rows(
    note: TeacherNote, noticings: Sequence[Note], mask: Callable[[str], str]
) -> list[Choice]:
    """What the note on a visit holds, a row each."""
    rows = [heading("Mark Progress: a move → what students did then")]
    pairs = [
        (str(getattr(note, f"move_{one}")), str(getattr(note, f"effect_{one}")))
        for one in range(1, teacher_note.PAIRS + 1)
    ]
    rows += [
        Choice(f"{PAIR} {number}", _pair(*pair), label=str(number))
        for number, pair in enumerate(pairs, start=1)
    ]
    rows.append(heading(f"Noticings of this visit: {len(note.noticings)} picked (Space)"))
    rows += [
        Choice(
            f"{NOTE} {one.id}",
            mask(one.words)[:400],
            label=PICKED if one.id in note.noticings else NOT_PICKED,
        )
        for one in noticings
    ] or [heading(NO_NOTES)]
    return [
        *rows,
        heading("To think about together, and the teacher's own words"),
        Choice(WONDERINGS, " · ".join(note.wonderings) or "one or two open questions", "ask"),
        Choice(RESPONSE, note.response or "what the teacher answered", "answer"),
        Choice(NEXT, note.wants_next or "what the teacher wants next", "next"),
        Choice(TALK, talk_words(note), "talk"),
    ]


def _pair(move: str, effect: str) -> str:
    return f"{move or '…'} → {effect or '…'}" if move or effect else "Enter writes a pair"


def talk_words(note: TeacherNote) -> str:
    """When and with whom it is talked about, when it was given, and who keeps a copy."""
    parts = [
        f"on {short_date(note.talked_on)}" if note.talked_on else "",
        f"with {note.talked_with}" if note.talked_with else "",
        f"given {short_date(note.shown_on)}" if note.shown_on else "",
        COPIES[note.copies] if note.copies else "",
    ]
    said = " · ".join(one for one in parts if one)
    return one_line(said or "when it is talked about, with whom, who keeps a copy")


# Fields


def fields_of(desk: Desk, note: TeacherNote, row: str) -> tuple[str, tuple[str, ...], list[Ask]]:
    """(title, names of the fields, what to ask) behind a row; no field for a noticing."""
    kind, _, number = row.partition(" ")
    if kind == PAIR:
        names = (f"move_{number}", f"effect_{number}")
        return (
            f"Mark Progress {number}: no praise, what was done and what it led to",
            names,
            [
                Ask("The move", getattr(note, names[0]), MOVE_HINT, advise=_plainly(desk)),
                Ask("Then students", getattr(note, names[1]), EFFECT_HINT, advise=_plainly(desk)),
            ],
        )
    if kind == WONDERINGS:
        hint = "an honest open question, answered by nobody yet"
        return (
            "One or two wonderings, from what was noticed",
            ("wondering_1", "wondering_2"),
            [
                Ask("First", note.wondering_1, hint, advise=_openly(desk)),
                Ask("Second; may stay empty", note.wondering_2, hint, advise=_openly(desk)),
            ],
        )
    if kind == RESPONSE:
        return "The teacher's answer, in their words", ("response",), [Ask("", note.response)]
    if kind == NEXT:
        hint = "what they want to try, see or get"
        return "What the teacher wants next", ("wants_next",), [Ask("", note.wants_next, hint)]
    if kind == TALK:
        return (
            "The conversation",
            ("talked_on", "talked_with", "shown_on", "copies"),
            [
                _date("Talked about on", note.talked_on, desk.today()),
                Ask("With whom", note.talked_with, "a label, such as coach", one_row=True),
                _date("Note given on", note.shown_on, desk.today()),
                Ask("On paper", note.copies, options=tuple(COPIES.items())),
            ],
        )
    return "", (), []


def _date(label: str, words: str, today: date) -> Ask:
    like = f"like {example(today)}"

    def advise(text: str) -> Points:
        try:
            steps.date_text(text)
        except Refused:
            return ((False, "date", f"a date is written {like}"),)
        return ()

    return Ask(label, words, f"{like}; may stay empty", one_row=True, advise=advise)


def _plainly(desk: Desk) -> Callable[[str], Points]:
    """What wording help says of a move and its effect: description, no praise."""
    return lambda words: stating.advice(desk, words, typing=True)


def _openly(desk: Desk) -> Callable[[str], Points]:
    """What it says of a wondering."""

    def said(words: str) -> Points:
        if wording.setting(desk) == "off" or not wording.ready() or not words.strip():
            return []
        looked = wording.look(wording.Words(words, "wondering"))
        return [(False, "wording", flag.message) for flag in looked.flags]

    return said
