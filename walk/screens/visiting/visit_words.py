"""The words of the visit screen: clock, rule, menus, rows and what was recovered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from walk.clock import Moment
from walk.model import Form, LookFor, Note, NoteKind, Visit
from walk.timer import VisitTimer, bar
from walk.widgets.asking import Question
from walk.widgets.dates import clock_time, short_date
from walk.widgets.note_list import NoteRow

SMALL = "Make the window larger (60x20 at least). What you type is kept."
LEFT = "You have left this room: Esc offers to come back. Notes now carry no time"
NO_NOTES = "No notes yet: what you save stands above the line."
BEGIN = "Type what you see and hear; Enter saves it"
NOTHING_YET = "Nothing to save yet: type what you saw or heard."
REWORDING = "Enter saves the new words, Esc leaves the note as it was"
LIVE_MOST = 2_000
"""Characters up to which the rule says, while they are typed, what the words mean."""
BAR_CELLS = 14
BAR_CELLS_NARROW = 8
ONE_KEY_MOST = 9
"""Look-fors that one digit can name."""


def clock_words(
    visit: Visit, form: Form | None, clock: VisitTimer | None, now: Moment, *, narrow: bool
) -> str:
    """The right end of the title: how long the visit has lasted, in words and as a bar."""
    if form is None or clock is None:
        return "not entered"
    if visit.mode == "recorded":
        times = "viewing 1" if form.viewings <= 1 else f"viewing {form.viewings}"
        return f"left · {times}" if clock.left_s is not None else times
    face = clock.face(now)
    words = face.detail if face.word == face.detail else f"{face.word} · {face.detail}"
    if narrow and face.stage == "visit":
        words = face.detail
    # The bar moves with the minutes that the words say, and not in between.
    whole = face._replace(elapsed_s=60 * face.elapsed_min)
    return f"{words}  {bar(whole, BAR_CELLS_NARROW if narrow else BAR_CELLS)}"


def by_board(minutes: int) -> str:
    """Told where the clock of a room goes on from the board on this laptop."""
    return f"By the board your team entered {minutes} min ago; the clock goes on from there"


# Questions


def menu(visit: Visit, form: Form | None, *, can_redo: bool) -> Question:
    """What Esc offers, by where the visit stands."""
    recorded = visit.mode == "recorded"
    if form is None or form.entered_at is None:
        first = [("1", "enter the room")]
    elif form.left_after_s is not None:
        first = [("1", "come back"), ("2", "silent write")]
    elif recorded:
        first = [("1", "end the viewing"), ("2", "viewed again")]
    else:
        first = [("1", "leave the room"), ("2", "longer")]
    timed = [] if recorded else [("4", "started earlier")]
    further = [("7", "redo")] if can_redo else []
    return Question(
        "menu",
        (*first, ("3", "undo"), *timed, ("5", "help")),
        further=(*further, ("0", "home")),
        then={} if recorded else {"4": EARLIER},
    )


EARLIER = Question(
    "earlier",
    (("1-9", "minutes"),),
    ask="In the room earlier by",
    digits="123456789",
)


def look_for_question(name: str, look_fors: Sequence[LookFor], *, listed: bool) -> Question | None:
    """Which look-for; with their names where the pane that lists them is not shown."""
    if not look_fors:
        return None
    count = min(len(look_fors), ONE_KEY_MOST)
    digits = "123456789"[:count]
    if listed:
        shown = [(str(place), one.name) for place, one in enumerate(look_fors[:count], 1)]
    else:
        shown = [("1" if count == 1 else f"1-{count}", "as listed")]
    ask = "Look-for" if count == len(look_fors) else "Look-for (beyond 9: type #10 as last word)"
    return Question(name, (*shown, ("0", "none")), ask=ask, digits=f"0{digits}")


def note_menu(look_fors: Question | None) -> Question:
    """What Space offers on a note."""
    choices = [("2", "kind"), ("3", "quoted speech"), ("4", "tally"), ("5", "withdraw")]
    last = (("6", "erase for good …"),)
    if look_fors is None:
        return Question("note", tuple(choices), further=last)
    return Question("note", (("1", "look-for"), *choices), further=last, then={"1": look_fors})


# Notes


def note_row(note: Note, numbers: Mapping[str, int], typed: str = "") -> NoteRow:
    """A note as the list shows it; `numbers` are the look-fors' by id, `typed` says by whom."""
    return NoteRow(
        id=note.id,
        when=when(note),
        letter="W" if note.note_kind == "wondering" else "N",
        words=note.words,
        number=numbers.get(note.look_for, 0),
        by=typed.removeprefix("typed "),
    )


def when(note: Note) -> str:
    """Minutes into the stop, the place in a recorded segment, or a dash."""
    if note.position_s is not None:
        minutes, seconds = divmod(note.position_s, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return "–" if note.at_s is None else f"{note.at_s // 60:02}"


def line_rule(kind: NoteKind, number: int) -> str:
    """What the line being typed is going to be; `number` is a look-for's, or 0."""
    return f"{kind} · look-for {number}" if number else kind


def note_rule(note: Note, place: int, count: int, understood: str) -> str:
    """Which note is marked, and what is understood from it."""
    parts = [f"note {place} of {count}", note.note_kind]
    if understood:
        parts.append(understood)
    if note.from_paper:
        parts.append("from paper")
    return " · ".join(parts)


# What was kept


def characters(count: int) -> str:
    """A number of characters in words."""
    return "1 character" if count == 1 else f"{count:,} characters"


def recovered(text: str, then: datetime, today: date) -> str:
    """That unfinished text was found, from when, and where it is now."""
    day = "" if then.date() == today else f"{short_date(then.date().isoformat())} "
    return f"Recovered {characters(len(text))} typed at {day}{clock_time(then)}, in the line above"


def kept_line(text: str) -> str:
    """Told when the room is left with a line that is not saved."""
    if not text:
        return ""
    return f"The line you were typing ({characters(len(text))}) is kept: it stands in the line here"
