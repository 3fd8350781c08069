"""Purge: the raw notes of a walk go from this laptop; trends, steps and counts stay, or all goes.

A walker's purge clears this laptop alone. The lead's may ask the other laptops, by the next pack;
there nothing goes until a person confirms it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from walk.debrief import spread
from walk.errors import Refused
from walk.model import (
    Closing,
    Measure,
    Note,
    Placing,
    Purge,
    Step,
    Trend,
    Walk,
    closing_id,
    purge_id,
)
from walk.model.erasure import ASKS, STAYS
from walk.model.ids import NOBODY
from walk.model.record import Record
from walk.routine import purged, summary
from walk.routine.debriefing import stating
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.keeping import forget_words
from walk.routine.keeping.erase import Done, Request, clean_up, is_put_off
from walk.routine.planning import places
from walk.routine.purged import Kept
from walk.storage import backup
from walk.storage.cleaning import Progress
from walk.storage.forgetting import JOBS
from walk.storage.presence import alone
from walk.storage.purging import EVERY

RAW = ("note", "form", "hall_talk", "placing", "said", "teacher_note")
"""Kinds of record that make a walk one with raw notes."""
WORD = "purge"
"""What can be typed to confirm, beside the date of the walk."""
NO_TREND = "No trend was stated, so of what was seen only the counts stay."
UNTIL_IT_TRAVELLED = (
    "the walk's title and date, so that the request can travel; once it has, purging the whole "
    "walk for this laptop alone takes those too"
)


@dataclass(frozen=True, slots=True)
class View:
    """What a purge of the walk on the desk does, before it is done."""

    date: str
    title: str
    goes: tuple[str, ...]
    stays: tuple[str, ...]
    """What stays unless the whole walk goes."""
    warnings: tuple[str, ...]
    asks: bool
    """This is the lead's laptop, so the others can be asked."""
    done: str
    """That the raw notes were purged before, and when; else nothing."""
    open: bool
    """There is something to purge."""

    def warned(self, *, whole: bool) -> list[str]:
        """What a person should know before; of the whole walk no counts stay."""
        return [one for one in self.warnings if not (whole and one == NO_TREND)]

    def in_words(self, *, whole: bool, ask: bool) -> list[str]:
        """All of it, a line each."""
        stays = self.stays
        if whole:
            stays = (UNTIL_IT_TRAVELLED,) if ask else ()
        others = (
            "Other laptops: your next pack asks them; on each of them a person confirms it."
            if ask
            else "Other laptops: nothing goes there; this clears this laptop alone."
        )
        return [
            *(f"Goes: {one}" for one in self.goes),
            *(["Goes: everything else of this walk too"] if whole else []),
            *(f"Stays: {one}" for one in stays or ("nothing",)),
            *self.warned(whole=whole),
            others,
            *(f"Out of reach: {one}" for one in forget_words.OUT_OF_REACH),
            forget_words.FOR_GOOD,
        ]


# Looking


def view(desk: Desk) -> View:
    """What a purge of the walk on the desk does, in words and counts."""
    walk = desk.walk
    store = desk.store
    held = store.holds(walk.id, [*RAW, "stop_log", "checklist", "no_person"])
    drafts = len(store.drafts(walk.id))
    notes = _those_there((held["note"], "note", "notes"))
    goes = [f"{words}, every wording of them" for words in notes]
    goes += _those_there(
        (held["form"], "form", "forms"),
        (held["hall_talk"], "hall talk", "hall talks"),
        (held["placing"], "place in a theme", "places in themes"),
        (held["said"], "line typed in the debrief", "lines typed in the debrief"),
        (held["teacher_note"], "teacher note", "teacher notes"),
    )
    if drafts:
        goes.append(_several(drafts, "draft that was not saved", "drafts that were not saved"))
    others = held["stop_log"] + held["checklist"] + held["no_person"]
    if others:
        goes.append("the timekeeper's log, ticks of checklists, words cleared as no person's")
    if places.path_of(desk).exists():
        goes.append("the places file: which room a code stands for")
    copies = len(backup.every(store.path))
    if copies:
        goes.append(f"all this in {forget_words.copies(copies)}")
    gone = purged.of(desk)
    return View(
        date=walk.date,
        title=walk.title,
        goes=tuple(goes),
        stays=tuple(_stays(desk)),
        warnings=tuple(_warnings(desk)),
        asks=desk.is_lead(),
        done=gone.words if gone else "",
        open=bool(held) or bool(drafts) or gone is None,
    )


def _several(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _those_there(*counts: tuple[int, str, str]) -> list[str]:
    """“3 forms, 1 hall talk” as one line; what there is none of is left out."""
    words = ", ".join(_several(*one) for one in counts if one[0])
    return [words] if words else []


def _stays(desk: Desk) -> list[str]:
    trends = [one.record for one in desk.store.all(Trend, desk.walk_id)]
    kept = gather(desk)
    return [
        "the plan, the focus and the roster",
        *_those_there(
            (len(trends), "trend with its counts", "trends with their counts"),
            (len(desk.store.all(Step, desk.walk_id)), "next step", "next steps"),
            (
                len(desk.store.all(Measure, desk.walk_id)),
                "measure with its values",
                "measures with their values",
            ),
        ),
        *(["how the walk ended"] if desk.store.get(Closing, closing_id(desk.walk_id)) else []),
        *(
            f"counts for the summary: {words}"
            for words in _those_there(
                (kept.visits, "classroom", "classrooms"),
                (kept.noticings, "noticing", "noticings"),
                (kept.wonderings, "wondering", "wonderings"),
            )
        ),
    ]


def _warnings(desk: Desk) -> list[str]:
    """What a person should know before it is too late."""
    lines = []
    unshared = desk.store.unshared_notes(desk.walk_id)
    if unshared:
        verb = "was" if unshared == 1 else "were"
        lines.append(f"{_several(unshared, 'note', 'notes')} here {verb} never shared.")
    trends = [one.record for one in desk.store.all(Trend, desk.walk_id)]
    chosen = sum(len(one.examples) for one in trends) + len(steps.for_staff(desk))
    if chosen:
        words = _several(chosen, "example or wondering", "examples and wonderings")
        lines.append(
            f"{words} chosen for the staff go with the notes: write the summary to a file first."
        )
    if not trends:
        lines.append(NO_TREND)
    return lines


def due(desk: Desk) -> list[Walk]:
    """The walks here that still have raw notes after their keep-until date."""
    today = desk.today().isoformat()
    found = []
    for id_ in desk.store.walks():
        walk = desk.store.get(Walk, id_)
        late = walk is not None and walk.keep_until and walk.keep_until < today
        if walk is not None and late and +desk.store.holds(id_, RAW):
            found.append(walk)
    return found


def waiting(desk: Desk, *, put_off: bool = False) -> list[Request]:
    """The walks that another laptop asks to purge here.

    Those that were put off until a later day are left out, unless asked for.
    """
    found = []
    for id_ in desk.store.walks():
        asked = desk.store.get(Purge, purge_id(id_))
        if asked is None or desk.store.made_here(asked.id) or _did(desk, asked):
            continue
        if not put_off and is_put_off(desk, asked.id):
            continue
        walk = desk.store.get(Walk, id_) or Walk(id=id_, walk=id_)
        found.append(
            Request(
                id=asked.id,
                walk=id_,
                note="",
                whole=asked.whole,
                words=f"{walk.date or 'no date'} {walk.title}".strip(),
                asked_on=asked.asked_on,
                known=bool(desk.store.devices(asked.id) & desk.store.devices(id_)),
            )
        )
    return found


def _did(desk: Desk, asked: Purge) -> bool:
    """True where this laptop has done what is asked."""
    gone = desk.store.purged(asked.walk)
    return gone is not None and (EVERY in gone[0] or not asked.whole)


# Purging


def confirmed(desk: Desk, typed: str) -> None:
    """Refused unless the date of the walk, or the word, was typed."""
    date = desk.walk.date
    if typed.strip().casefold() not in {WORD, date} - {""}:
        like = f"{date} or {WORD}" if date else WORD
        raise Refused("Nothing was purged.", f"To confirm, type {like}.")


def purge(
    desk: Desk, *, whole: bool = False, ask: bool = False, progress: Progress = lambda words: None
) -> Done:
    """Purge the walk on the desk: its raw notes, or the whole of it; what was done, in words.

    With `ask`, on the lead's laptop alone, the next pack asks the other laptops too. Takes a while,
    so it belongs into a worker with a desk of its own. BusyStore where another program has the
    store open.
    """
    walk = desk.walk
    if ask and not desk.is_lead():
        raise Refused(
            "Only the lead's laptop asks others to purge a walk.", "This laptop alone is cleared."
        )
    with alone(desk.store.path):
        progress("writing down the counts")
        kept = gather(desk)
        if not whole:
            _keep_counts(desk, kept)
        request: Record | None = None
        if ask:
            today = desk.today().isoformat()
            request = Purge(id=purge_id(walk.id), walk=walk.id, whole=whole, asked_on=today)
        stays = (ASKS if ask else frozenset()) if whole else STAYS
        progress("removing the notes")
        _, traces = desk.store.purge_walk(
            desk.by(NOBODY),
            "raw notes purged",
            stays,
            request,
            {} if whole else kept.as_json(),
            {"whole": whole, "asked": ask, "walk_date": walk.date},
            blocks_all=whole and not ask,
        )
        if not stays:
            desk.walk_id = ""
        return clean_up(desk, traces, progress)


def finish(desk: Desk, progress: Progress = lambda words: None) -> list[str]:
    """Finish what was erased or purged while the files could not be cleaned; what it was, in words.

    For a worker, after a start: a kill in the middle of a purge is made good by it.
    """
    if not desk.store.jobs():
        return []
    return list(clean_up(desk, None, progress).lines)


# What is kept


def gather(desk: Desk) -> Kept:
    """The counts of the walk on the desk, to outlive its raw notes; those kept before, if gone."""
    found = summary.counted(desk, purged.of(desk), steps.closing(desk))
    seen = [minutes for minutes in found.minutes if minutes > 0]
    return replace(found, minutes=(min(seen), max(seen)) if seen else ())


def _keep_counts(desk: Desk, kept: Kept) -> None:
    """Write counts into trends that have none, and on the lead's laptop into the closing.

    What another laptop stated is left to it: two would say it differently.
    """
    lead = desk.is_lead()
    notes: dict[str, Note] = {}
    changed: list[Record] = []
    for held in desk.store.all(Trend, desk.walk_id):
        trend = held.record
        counted = trend.counts.visits or trend.counts.noticings
        if counted or not (lead or held.here):
            continue
        notes = notes or {
            one.record.id: one.record for one in desk.store.all(Note, desk.walk_id, pool=True)
        }
        inside = desk.store.all(Placing, desk.walk_id, parent=trend.theme)
        counts = spread([one.record for one in inside], notes, stating.visited(desk)).counts()
        if counts != trend.counts:
            changed.append(trend.changed(counts=counts))
    closing = desk.store.get(Closing, closing_id(desk.walk_id))
    if closing is not None and closing.how == "closed" and lead:
        most = closing.changed(
            visits=max(closing.visits, kept.visits),
            noticings=max(closing.noticings, kept.noticings),
            wonderings=max(closing.wonderings, kept.wonderings),
        )
        if most != closing:
            changed.append(most)
    if changed:
        desk.save(steps.STAGE, "counts written down", *changed)


# Receipts


def receipts(desk: Desk) -> list[tuple[str, ...]]:
    """The kept receipts of erasing and purging in every walk, newest first, in words."""
    return [
        tuple(
            forget_words.receipt_lines(
                one.kind, purged.day(purged.date_of(desk, one.at)), one.value
            )
        )
        for one in desk.store.receipts()
        if one.kind in JOBS
    ]
