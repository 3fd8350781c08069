"""Erase: one note's every wording goes from this laptop for good, and others are asked to follow.

Withdrawing a note keeps its words in the journal, so that undo can bring them back. Erasing does
not, and nothing brings them back: no undo, no old pack, no backup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from walk.errors import Refused, WalkError
from walk.model import Erase, Form, Note, Record, erase_id
from walk.model.ids import NOBODY
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.keeping import forget_words
from walk.routine.planning import prepare
from walk.routine.wording import wording
from walk.storage import backup, cleaning
from walk.storage.cleaning import Progress
from walk.storage.forgetting import Job
from walk.storage.traces import Traces
from walk.text import one_line

SHORT = 8
"""Characters at the end of an id that name a note."""
PUT_OFF = "put off:"
"""Begins the key of the setting that holds until when a request is put off."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note that can be erased here."""

    id: str
    code: str
    """Of its visit."""
    kind: str
    words: str
    withdrawn: bool
    shared: bool

    @property
    def short(self) -> str:
        """What names it on the command line."""
        return self.id[-SHORT:]

    def in_words(self) -> str:
        """One line for a list."""
        state = " · withdrawn" if self.withdrawn else " · shared" if self.shared else ""
        return f"{self.short}  {self.code}  {self.kind}{state}  {one_line(self.words, 50)}"


@dataclass(frozen=True, slots=True)
class Request:
    """A request of another laptop, which waits until a person here confirms it."""

    id: str
    walk: str
    note: str
    """Of a request to erase; empty where a walk is to be purged."""
    whole: bool
    words: str
    """The note's words as the team has them, or the walk's date and title."""
    asked_on: str
    """ISO date."""
    known: bool
    """It came from a laptop that may ask so: the note's own, or the one that made the plan."""


@dataclass(frozen=True, slots=True)
class View:
    """What erasing one note does, in words, before it is done."""

    note: str
    kind: str
    """Noticing or wondering."""
    words: str
    goes: tuple[str, ...]
    others: str
    """What other laptops do."""

    def in_words(self) -> list[str]:
        """All of it, a line each."""
        return [
            *(f"Goes: {one}" for one in self.goes),
            self.others,
            *(f"Out of reach: {one}" for one in forget_words.OUT_OF_REACH),
            forget_words.FOR_GOOD,
        ]

    def brief(self) -> str:
        """The same for a dialog."""
        return "\n".join(
            (
                f"Goes: {'; '.join(self.goes)}.",
                self.others,
                forget_words.OUT_OF_REACH_SHORT,
                forget_words.FOR_GOOD,
            )
        )


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words."""

    lines: tuple[str, ...]
    waits: bool = False
    """The files could not be cleaned yet; that is finished at the next start."""


# Which notes


def listed(desk: Desk) -> list[NoteLine]:
    """The notes of the walk on the desk that were written here, and are not hidden from who writes.

    Withdrawn ones are among them: their words are kept until they are erased.
    """
    codes = {one.id: one.code for one in prepare.visits(desk)}
    unshared = set(desk.store.unshared(desk.walk_id, (Note.kind,)))
    return [
        NoteLine(
            note.id,
            codes.get(note.visit, "–"),
            note.note_kind,
            note.words,
            withdrawn,
            note.id not in unshared,
        )
        for note, withdrawn in _own(desk)
    ]


def _own(desk: Desk, note: str = "") -> Iterator[tuple[Note, bool]]:
    """The notes that were written here and are not hidden from who writes, or the one of them.

    Each with whether it is withdrawn.
    """
    open_forms = {
        one.record.id
        for one in desk.store.all(Form, desk.walk_id)
        if one.record.finished_at is None
    }
    seen_by = (NOBODY, *desk.mine())
    for one in desk.store.written_here(desk.walk_id, note):
        found = _read(one.id, desk.walk_id, one.body)
        if found is not None and (one.author in seen_by or found.form not in open_forms):
            yield found, one.withdrawn


def listed_of_others(desk: Desk) -> list[NoteLine]:
    """The notes of other laptops in the walk on the desk, which its lead's laptop can erase too."""
    if not desk.is_lead():
        return []
    codes = {one.id: one.code for one in prepare.visits(desk)}
    here = {one.id for one in desk.store.written_here(desk.walk_id)}
    return [
        NoteLine(
            one.record.id,
            codes.get(one.record.visit, "–"),
            one.record.note_kind,
            one.record.words,
            withdrawn=False,
            shared=True,
        )
        for one in desk.store.all(Note, desk.walk_id)
        if one.record.id not in here
    ]


def _read(id_: str, walk: str, body: str) -> Note | None:
    try:
        return Note.from_body(bytes.fromhex(id_), bytes.fromhex(walk), body)
    except (ValueError, RecursionError):
        return None


def find(desk: Desk, named: str) -> list[tuple[str, str]]:
    """The notes (walk id, note id) that a name could mean: an id's end or beginning.

    Looks at the notes written here and at those that another laptop asks to erase; where this is
    the lead's laptop, at every note. Refused where there is none.
    """
    wanted = named.strip().lower()
    known = [(one.walk, one.note) for one in waiting(desk, put_off=True)]
    known = [
        one for one in known if wanted and wanted in (one[1][: len(wanted)], one[1][-len(wanted) :])
    ]
    before, walks = desk.walk_id, set(desk.store.walks())
    try:
        for walk, note in desk.store.notes_named(wanted):
            desk.walk_id = walk
            if walk in walks and _is_listed(desk, note):
                known.append((walk, note))
    finally:
        desk.walk_id = before
    pairs = dict.fromkeys(known)
    ends = [one for one in pairs if one[1].endswith(wanted)]
    found = ends or list(pairs)
    if not found:
        raise Refused(
            f"No note that can be erased here is called {one_line(named, 40)}.",
            "`walk erase` lists them.",
        )
    return found


def _is_listed(desk: Desk, note: str) -> bool:
    """True for a note that `listed` has, or `listed_of_others`."""
    if any(_own(desk, note)):
        return True
    return desk.is_lead() and desk.store.get(Note, note) is not None


def may(desk: Desk, note: str) -> bool:
    """True for a note written here, on the lead's laptop, and where another laptop asks for it."""
    asked = any(one.note == note for one in waiting(desk, put_off=True))
    return asked or desk.is_lead() or desk.store.made_here(note)


# Erasing


def view(desk: Desk, note: str) -> View:
    """What erasing this note does, before it is done; Refused where it cannot be done here."""
    wordings = desk.store.wordings(note)
    if not wordings:
        raise Refused("This note is not here any more.", "There is nothing to erase.")
    if not may(desk, note):
        raise Refused(
            "This note was written on another laptop.",
            "The one who wrote it, or the lead's laptop, can erase it.",
        )
    shown = _read(note, desk.walk_id, wordings[-1])
    drafts = [one for one in desk.store.drafts(desk.walk_id) if note in one.place]
    goes = [f"every wording of it ({len(wordings)})"]
    if drafts:
        goes.append("new words for it that were typed and not saved")
    copies = len(backup.every(desk.store.path))
    if copies:
        goes.append(f"it in {forget_words.copies(copies)}")
    goes.append("its place in themes; trends keep the counts that were stated")
    others = "No other laptop has it."
    if desk.store.get(Erase, erase_id(note)):
        others = "Other laptops: the request travels on with your next pack."
    elif desk.store.devices(note):
        others = (
            "Other laptops: your next pack asks them to erase it too; on each of them a person "
            "confirms that."
        )
    kind, words = (shown.note_kind, shown.words) if shown else ("note", "")
    return View(note, kind, words, tuple(goes), others)


def erase(desk: Desk, note: str, progress: Progress = lambda words: None) -> Done:
    """Take every wording of a note out of this laptop's files, and ask the other laptops.

    Takes a while, so it belongs into a worker with a desk of its own. Undo does not cross it.
    """
    seen = view(desk, note)
    wordings = desk.store.wordings(note)
    for body in wordings:
        found = _read(note, desk.walk_id, body)
        if found:
            wording.forget(desk, found)
    request: Record | None = None
    if desk.store.devices(note) and not desk.store.get(Erase, erase_id(note)):
        request = Erase(
            id=erase_id(note),
            walk=desk.walk_id,
            note=note,
            asked_on=desk.today().isoformat(),
        )
    _, traces = desk.store.erase_note(desk.by(NOBODY), "note erased", seen.note, request)
    return clean_up(desk, traces, progress)


def clean_up(desk: Desk, traces: Traces | None, progress: Progress) -> Done:
    """Clean the files after what was erased or purged, the newest with the words that went.

    Where another program reads the store, the rest is left to the next start, which is told.
    """
    jobs = desk.store.jobs()
    lines: list[str] = []
    for job in jobs:
        known = traces if job is jobs[-1] else None
        try:
            lines += _clean_one(desk, job, known, progress)
        except WalkError as error:
            return Done(
                (
                    "It is erased." if job.kind == "erase" else "It is purged.",
                    f"Its traces in the files are left: {error.message}",
                    "They go when walk starts the next time and is alone.",
                ),
                waits=True,
            )
    return Done(tuple(lines))


def _clean_one(desk: Desk, job: Job, traces: Traces | None, progress: Progress) -> list[str]:
    places_gone = _remove_places(desk, job) if job.kind == "purge" else False
    cleaned = cleaning.clean(desk.store, job, traces, progress)
    about = job.about
    receipt = {
        "gone": about["gone"],
        "whole": bool(about.get("whole")),
        "asked": bool(about.get("asked")),
        "walk_date": str(about.get("walk_date", "")),
        "places": places_gone,
        "cut_off": traces is None,
        **cleaned.as_json(),
    }
    at = desk.now().wall_ms
    desk.store.end_job(job.id, job.kind, job.walk, at, receipt)
    return forget_words.receipt_lines(job.kind, purged.day(purged.date_of(desk, at)), receipt)


def _remove_places(desk: Desk, job: Job) -> bool:
    from walk.routine.planning import places

    before, desk.walk_id = desk.walk_id, job.walk
    try:
        return places.forget(desk)
    finally:
        desk.walk_id = before


# Requests of other laptops


def waiting(desk: Desk, *, put_off: bool = False) -> list[Request]:
    """The notes that other laptops ask to erase and that are here, in every walk.

    Those that were put off until a later day are left out, unless asked for.
    """
    found = []
    for walk in desk.store.walks():
        for held in desk.store.all(Erase, walk):
            asked = held.record
            if asked.note in desk.store.forgotten(walk) or (
                not put_off and is_put_off(desk, asked.id)
            ):
                continue
            wordings = desk.store.wordings(asked.note)
            if not wordings:
                continue
            note = _read(asked.note, walk, wordings[-1])
            may_ask = desk.store.devices(asked.note) | desk.store.devices(walk)
            found.append(
                Request(
                    id=asked.id,
                    walk=walk,
                    note=asked.note,
                    whole=False,
                    words=note.words if note else "",
                    asked_on=asked.asked_on,
                    known=bool(desk.store.devices(asked.id) & may_ask),
                )
            )
    return found


def put_off(desk: Desk, request: Request) -> None:
    """Ask again tomorrow; until then the request waits under its walk."""
    until = desk.today() + timedelta(days=1)
    desk.store.set(f"{PUT_OFF}{request.id}", until.isoformat())


def is_put_off(desk: Desk, request: str) -> bool:
    """True until the day on which it is asked again."""
    until = str(desk.store.setting(f"{PUT_OFF}{request}", ""))
    return bool(until) and desk.today() < date.fromisoformat(until)
