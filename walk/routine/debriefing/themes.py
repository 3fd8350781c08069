"""Themes as a whole: merged, split, put in order; notes moved between them, odd ones set aside."""

from __future__ import annotations

from collections.abc import Iterable

from walk.errors import Refused
from walk.model import Note, Placing, Record, Step, Theme, Trend, placing_id, trend_id
from walk.model.theme import odd_id
from walk.routine import purged
from walk.routine.debriefing import stating
from walk.routine.debriefing.debrief import STAGE, act_words, called, new_theme, placed
from walk.routine.desk import Desk

# Merging and splitting


def merge(desk: Desk, theme: Theme, into: Theme, *, says: Theme | None = None) -> Theme:
    """Make one theme of two, as one act; it bears the name, place and number of `into`.

    Every note of both is in it. A note that stood in both is for or against as it was in `into`;
    each other note as it was. Where one of the two is stated as a trend, its statement stays, with
    what rests on it; where both are, `says` is the one whose statement stays. Returns the theme.
    """
    if theme.id == into.id:
        raise Refused("That is the same theme.", "Merge it into another one.")
    _needs_notes(desk)
    stays = _stated_one(desk, theme, into, says)
    goes = theme if stays.id == into.id else into
    here = {one.note: one for one in stating.placings_of(desk, stays)}
    gone = {one.note: one for one in stating.placings_of(desk, goes)}
    # The record that stays may be the other one: what was said in `into` holds all the same.
    first, second = (here, gone) if stays.id == into.id else (gone, here)
    marks = {**second, **first}
    changed = [
        placed(desk, note, stays.id, contrary=one.contrary)
        for note, one in sorted(marks.items())
        if note not in here or here[note].contrary != one.contrary
    ]
    merged = stays.changed(name=into.name or theme.name, place=into.place)
    lost = desk.store.get(Trend, trend_id(goes.id))
    withdrawn: list[Record] = [goes, *gone.values()]
    rests: list[Step] = []
    if lost:
        withdrawn.append(lost)
        rests = _steps_on(desk, lost.id, trend_id(stays.id))
    desk.save(
        STAGE,
        f"{called(theme)} merged into {called(into)}",
        merged,
        *changed,
        *stating.recounted(desk, stays, add=changed),
        *rests,
        withdraw=withdrawn,
    )
    return merged


def _stated_one(desk: Desk, theme: Theme, into: Theme, says: Theme | None) -> Theme:
    """The one of two themes whose record stays: what rests on a trend goes on resting on it."""
    stated = [one for one in (into, theme) if desk.store.get(Trend, trend_id(one.id))]
    if len(stated) == 1:
        return stated[0]
    if not stated:
        return into
    if says is None or says.id not in (theme.id, into.id):
        raise Refused("Both themes are stated as trends.", "Choose whose sentence stays.")
    return says


def _steps_on(desk: Desk, trend: str, then: str) -> list[Step]:
    held = [one.record for one in desk.store.all(Step, desk.walk_id)]
    return [one.changed(rests_on=then) for one in held if one.rests_on == trend]


def split(desk: Desk, notes: Iterable[Note], theme: Theme, name: str) -> Theme:
    """Put notes of a theme into a new one and out of the old, as one act.

    They are for or against as they were; where all of them ran against the old theme, they make
    up the new one and support it.
    """
    _needs_notes(desk)
    gone = _in(desk, notes, theme)
    if not gone:
        raise Refused("No note is marked.", "Mark those that belong together with Space.")
    made = new_theme(desk, name)
    against = not all(one.contrary for one in gone)
    put = [placed(desk, one.note, made.id, contrary=against and one.contrary) for one in gone]
    desk.save(
        STAGE,
        act_words(len(gone), "split off into", made),
        made,
        *put,
        *stating.recounted(desk, theme, drop=gone),
        withdraw=gone,
    )
    return made


def move(desk: Desk, notes: Iterable[Note], theme: Theme, into: Theme) -> int:
    """Put notes of one theme into another and out of the first, as one act; how many that were.

    In the other theme they support it, unless they stand there already: then they stay as they
    are there.
    """
    if theme.id == into.id:
        raise Refused("They are in that theme.", "Move them into another one.")
    gone = _in(desk, notes, theme)
    there = {one.note for one in stating.placings_of(desk, into)}
    put = [placed(desk, one.note, into.id) for one in gone if one.note not in there]
    desk.save(
        STAGE,
        act_words(len(gone), "moved into", into),
        *put,
        *stating.recounted(desk, theme, drop=gone),
        *stating.recounted(desk, into, add=put),
        withdraw=gone,
    )
    return len(gone)


def _in(desk: Desk, notes: Iterable[Note], theme: Theme) -> list[Placing]:
    ids = {placing_id(note.id, theme.id) for note in notes}
    return [one for one in stating.placings_of(desk, theme) if one.id in ids]


def _needs_notes(desk: Desk) -> None:
    if purged.of(desk):
        raise Refused("The raw notes were purged.", "Themes and trends stay as they were counted.")


def turn(desk: Desk, notes: Iterable[Note], theme: Theme) -> bool:
    """Mark noticings of a theme as running against it, as one act; whether they do now.

    Where all of them did already, they support it again.
    """
    held = _in(desk, (one for one in notes if one.note_kind == "noticing"), theme)
    if not held:
        raise Refused("A wondering runs neither with a theme nor against it.", "Noticings do.")
    against = not all(one.contrary for one in held)
    changed = [one.changed(contrary=against) for one in held if one.contrary != against]
    desk.save(
        STAGE,
        _counted(len(changed), f"marked {'contrary' if against else 'supporting'} evidence"),
        *changed,
        *stating.recounted(desk, theme, add=changed),
    )
    return against


# Order


def order(desk: Desk, theme: Theme, place: int) -> int:
    """Give a theme this number, from 1; the others move on. Returns the number it has now."""
    held = sorted(
        (one.record for one in desk.store.all(Theme, desk.walk_id)),
        key=lambda one: (one.place, one.id),
    )
    others = [one for one in held if one.id != theme.id]
    if len(others) == len(held):
        raise Refused("This theme was taken apart.", "Undo brings it back.")
    place = max(1, min(place, len(held)))
    others.insert(place - 1, next(one for one in held if one.id == theme.id))
    if others != held:
        moved = [one.changed(place=n) for n, one in enumerate(others, 1) if one.place != n]
        desk.save(STAGE, f"{called(theme)} made number {place}", *moved)
    return place


# Odd ones


def set_aside(desk: Desk, notes: Iterable[Note]) -> int:
    """Set noticings aside that fit nowhere yet; how many that were. They stay in view."""
    place = odd_id(desk.walk_id)
    known = {one.record.note for one in desk.store.all(Placing, desk.walk_id, parent=place)}
    put = [
        placed(desk, note.id, place)
        for note in notes
        if note.note_kind == "noticing" and note.id not in known
    ]
    if put:
        desk.save(STAGE, _counted(len(put), "set aside as odd"), *put)
    return len(put)


def bring_back(desk: Desk, notes: Iterable[Note]) -> int:
    """Take odd notes into the pool again; how many that were."""
    place = odd_id(desk.walk_id)
    ids = {placing_id(note.id, place) for note in notes}
    held = [one.record for one in desk.store.all(Placing, desk.walk_id, parent=place)]
    gone = [one for one in held if one.id in ids]
    if gone:
        desk.save(STAGE, _counted(len(gone), "back in the pool"), withdraw=gone)
    return len(gone)


def _counted(count: int, words: str) -> str:
    return f"{'1 note' if count == 1 else f'{count} notes'} {words}"
