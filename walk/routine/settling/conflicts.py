"""Conflicts: what two laptops say differently, in words, and settling it.

All wordings are kept whatever is chosen: settling is an act like any other, which can be undone
and which travels with the next pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from walk.errors import Refused
from walk.jotting import understand
from walk.model import (
    PLAN_KINDS,
    Focus,
    FocusChange,
    Measure,
    Note,
    Record,
    Trend,
    Visit,
    derived,
)
from walk.model.ids import NOBODY
from walk.routine.debriefing import stating
from walk.routine.desk import Desk
from walk.routine.settling.conflict import Conflict as Conflict
from walk.routine.settling.conflict import Row, Side
from walk.routine.settling.conflict_words import (
    KINDS,
    LINKED,
    TEXTS,
    Names,
    field_words,
    fields,
    value_words,
    what,
    what_note,
)
from walk.routine.visiting import door, visit
from walk.routine.writing import Laptops
from walk.storage.store import Wording
from walk.text import accept, one_line

STAGE = "conflicts"
"""Undo and redo of settling work on the acts of this stage."""
SHARED_KINDS = ("note", "form")
"""What the debrief takes from the team's wordings, so that settling is given to the team too."""
WHOLE_PAGES = frozenset({"walk", "rules", "focus", "meeting", "agreements", "rotation", "closing"})
"""Kinds with one record a walk and many fields: a single one that differs is named."""
LEADS = "The plan is the lead's: this is settled on the lead's laptop and comes with its next pack"
NEWER = "A newer walk wrote one of these: it is settled where that is installed"
KEPT_AS_IS = "(withdrawn)"
NOT_SHARED = "(not shared yet, so not shown here)"


# Reading


def told(number: int) -> str:
    """“2 conflicts to settle”; nothing where there is none."""
    return f"{number} {'conflict' if number == 1 else 'conflicts'} to settle" if number else ""


def waiting(desk: Desk) -> list[Conflict]:
    """All conflicts of the walk on the desk: the plan first, then notes, then what was made of
    them.
    """
    if not desk.walk_id:
        return []
    records = desk.store.conflicts(desk.walk_id)
    if not records:
        return []
    names, laptops = Names(desk), Laptops(desk)
    found = [_read(names, laptops, one) for one in records]
    order = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (order.get(one.kind, len(order)), one.what, one.record),
    )


def _read(names: Names, laptops: Laptops, record: str) -> Conflict | None:
    desk = names.desk
    heads = list({_says(one): one for one in reversed(desk.store.told_as(record))}.values())[::-1]
    if len(heads) < 2:
        return None
    sides = tuple(
        Side(
            number,
            one,
            names.label(one.author),
            laptops.words(one.device),
            names.local(one.at, one.zone),
            hidden=_is_hidden(desk, one),
        )
        for number, one in enumerate(heads, 1)
    )
    readable = next((one for one in heads if one.record is not None), heads[0])
    kind, shown = readable.kind, readable.record
    if isinstance(shown, Note):
        said = what_note(names, shown, readable.author)
    else:
        said = what(names, shown) if shown else KINDS.get(kind, "A record of a newer walk")
    rows = _rows(names, sides)
    if kind in WHOLE_PAGES and len(rows) == 1:
        said = f"{said}: {rows[0].name.lower()}"
    return Conflict(record, kind, said, sides, rows, _stop(desk, kind, sides))


def _says(wording: Wording) -> tuple[bool, str]:
    return wording.withdrawn, wording.body


def _is_hidden(desk: Desk, wording: Wording) -> bool:
    """On a shared laptop what another walker has not shared is not shown."""
    own = wording.author in (NOBODY, *desk.mine())
    return not wording.shared and not own and wording.kind in SHARED_KINDS


def _stop(desk: Desk, kind: str, sides: Sequence[Side]) -> str:
    hidden = next((side for side in sides if side.hidden), None)
    if hidden is not None:
        return f"{hidden.who or 'Another walker'} settles this: w on Home says who is writing"
    if any(side.record is None and not side.wording.withdrawn for side in sides):
        return NEWER
    if kind in PLAN_KINDS and not desk.is_lead():
        return LEADS
    return ""


def _rows(names: Names, sides: Sequence[Side]) -> tuple[Row, ...]:
    readable = [side.record for side in sides if side.record is not None]
    if not readable:
        return ()
    listed = list(dict.fromkeys(field for record in readable for field in fields(record)))
    differing = [one for one in listed if len({_raw(record, one) for record in readable}) > 1]
    if len(readable) == 1 or not differing:
        # Withdrawn beside a wording: show what it is about.
        differing = differing or [*TEXTS.get(readable[0].kind, listed[:1])[:1]]
    return tuple(
        Row(
            field,
            field_words(readable[0].kind, field),
            tuple(_value(names, side, field) for side in sides),
        )
        for field in differing
    )


def _raw(record: Record, field: str) -> str:
    return repr(record.as_dict().get(field))


def _value(names: Names, side: Side, field: str) -> str:
    if side.hidden:
        return NOT_SHARED
    if side.record is None:
        return KEPT_AS_IS if side.wording.withdrawn else "(cannot be read here)"
    return value_words(names, side.record, field)


# Settling


def keep(desk: Desk, conflict: Conflict, number: int) -> str:
    """This wording stands, and the others no longer; what was done, in words."""
    _may(desk, conflict)
    side = conflict.side(number)
    if side.record is None:
        base = conflict.base
        assert base is not None
        words = f"withdrawn: {conflict.what}"
        _settle(desk, words, withdraw=[(side.wording.author, base)])
        return "Withdrawn"
    kept = _traced(desk, conflict, _weighed(desk, side.record))
    _settle(desk, f"kept: {conflict.what}", [(side.wording.author, kept)])
    return f"Wording {number} stands"


def keep_all(desk: Desk, conflict: Conflict) -> str:
    """Every wording stands: each as a note of its own, of a measure the values of all."""
    if not conflict.keeps_all:
        raise Refused(
            "Only notes can all be kept.",
            "Keep one wording, or say it anew; the other is not lost.",
        )
    _may(desk, conflict)
    readable = [(side.wording.author, side.record) for side in conflict.sides if side.record]
    (author, first), *others = readable
    if isinstance(first, Measure):
        every = [value for _, one in readable if isinstance(one, Measure) for value in one.values]
        together = sorted(dict.fromkeys(every), key=lambda one: one.on)
        _settle(desk, f"all kept: {conflict.what}", [(author, first.changed(values=together))])
        return "All values stand"
    own = [
        (other, record.changed(id=derived("kept beside", record.id, record.body())))
        for other, record in others
    ]
    _settle(desk, f"all kept: {conflict.what}", [(author, first), *own])
    return "Both stand, each as a note" if len(own) == 1 else "All stand, each as a note"


def choose(desk: Desk, conflict: Conflict, picks: Mapping[str, int]) -> str:
    """Take each field from the wording of that number; the first where none is said."""
    _may(desk, conflict)
    base = conflict.base
    if base is None or not conflict.by_field:
        raise Refused("This is kept or left as a whole.", "Choose one of the wordings.")
    taken = base.as_dict()  # and not its known fields alone: a newer walk's can be chosen, too
    for field, number in picks.items():
        record = conflict.side(number).record
        assert record is not None
        said = record.as_dict()
        for one in LINKED.get(conflict.kind, {}).get(field, (field,)):
            if one in said:
                taken[one] = said[one]
            else:
                taken.pop(one, None)
    first = conflict.sides[0]
    settled = type(base).from_dict(taken)
    _settle(desk, f"settled: {conflict.what}", [(first.wording.author, settled)])
    return "Settled field by field"


def say_anew(desk: Desk, conflict: Conflict, texts: Mapping[str, str]) -> str:
    """Settle with new words for these fields; the rest is as the first wording has it."""
    _may(desk, conflict)
    side = next((one for one in conflict.sides if one.record is not None), None)
    if side is None or side.record is None or not set(texts) <= set(TEXTS.get(conflict.kind, ())):
        raise Refused("This cannot be worded anew here.", "Choose one of the wordings.")
    said = {field: accept(words.strip()) for field, words in texts.items()}
    record, author = side.record, side.wording.author
    if isinstance(record, Note):
        settled: Record = _note_anew(desk, record, author, said["text"])
    else:
        _needs_words(conflict.kind, said)
        settled, author = _weighed(desk, record.changed(**said)), desk.me
    _settle(desk, f"said anew: {conflict.what}", [(author, settled)])
    return "Said anew"


def _needs_words(kind: str, said: Mapping[str, str]) -> None:
    first = TEXTS[kind][0]
    if kind in ("trend", "step", "measure", "waiver", "walker") and said.get(first) == "":
        raise Refused("Some words are needed here.", "Esc leaves it as it was.")


def _note_anew(desk: Desk, note: Note, author: str, words: str) -> Note:
    """The note in other words, read anew; typed for its author where another one types."""
    of = desk.store.get(Visit, note.visit)
    jot = visit.read_line(desk, of, words) if of else understand(words, 0)
    if not jot.words.strip():
        raise Refused("A note needs words.", "Keep one of the wordings, or withdraw it.")
    read_anew = visit.fields_of(desk, jot, note.note_kind, "")
    read_anew["look_for"] = read_anew["look_for"] or ("" if note.mark else note.look_for)
    if jot.position_s is not None:
        read_anew["position_s"] = jot.position_s
    typist = "" if author in (NOBODY, *desk.mine()) else desk.own_walker()
    return note.changed(**read_anew, typed_by=typist or note.typed_by)


def _traced(desk: Desk, conflict: Conflict, record: Record) -> Record:
    """A focus kept over one that was confirmed otherwise leaves a trace, as any change does."""
    if not isinstance(record, Focus):
        return record
    known = {one.before for one in record.changes}
    for side in conflict.sides:
        other = side.record
        if not isinstance(other, Focus) or not other.confirmed:
            continue
        said = " ".join((other.statement, *other.inquiries))
        same = (other.statement, other.inquiries) == (record.statement, record.inquiries)
        if not same and said not in known:
            trace = FocusChange(on=desk.today().isoformat(), before=said)
            record = record.changed(changes=(*record.changes, trace))
            known.add(said)
    return record


def _weighed(desk: Desk, record: Record) -> Record:
    """A trend is weighed anew, as placings of both laptops are together now."""
    if not isinstance(record, Trend):
        return record

    return stating.weighed_anew(desk, record)


def _may(desk: Desk, conflict: Conflict) -> None:
    if conflict.stop:
        raise Refused(f"{conflict.stop}.", "Go on with the next one.")
    now = {_says(one) for one in desk.store.told_as(conflict.record)}
    if now != {_says(side.wording) for side in conflict.sides}:
        raise Refused("This was changed or settled meanwhile.", "Look at it once more.")


def _settle(
    desk: Desk,
    words: str,
    pairs: Iterable[tuple[str, Record]] = (),
    *,
    withdraw: Iterable[tuple[str, Record]] = (),
) -> None:
    desk.store.settle(desk.by(), STAGE, one_line(words, 100), pairs, withdraw=withdraw)


# Giving to the team


def give(desk: Desk) -> str:
    """Give the team the settled wordings of notes and forms; what waits at the door, in words.

    Undo does not cross it. The debrief reads what the team has, so that without this it would show
    a wording that was settled otherwise.
    """
    ids = desk.store.settled_here(desk.walk_id, SHARED_KINDS)
    stays = door.waiting(desk, ids)
    desk.store.publish(desk.by(), "settled", door.without(ids, stays), everyone=False)
    return door.told(stays)


# For the command line


def in_words(desk: Desk) -> list[str]:
    """A line a conflict, for `walk doctor`."""
    return [f"{one.what}: {' | '.join(side.said for side in one.sides)}" for one in waiting(desk)]
