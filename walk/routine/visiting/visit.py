"""Visit: entering a room, the clock of the stop, and notes as they are typed."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from walk.clock import Moment
from walk.errors import Refused
from walk.jotting import Jot, understand
from walk.model import Closing, Form, Note, NoteKind, TallyCount, Visit, closing_id, form_id
from walk.routine import purged, zone
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.storage.store import Held
from walk.text import accept
from walk.timer import LONGEST_MIN, SHORTEST_MIN, VisitTimer

STAGE = "form"
"""Visit and silent write share one undo: both work on the walker's form."""
HALL_STAGE = "hall"
"""What the team says in a hall talk has an undo of its own."""


class Saved(NamedTuple):
    """A note as it was saved, with what was understood from the words."""

    note: Note
    understood: str
    """In words for the state line, such as "quoted speech · tally 5 of 7"; may be empty."""


# The stop


def form_of(desk: Desk, visit: Visit, walker: str = "") -> Form | None:
    """The form a walker (the one writing, unless named) has for a visit."""
    walker = walker or desk.me
    own = desk.store.get(Form, form_id(desk.walk_id, visit.id, walker))
    if own is not None or not walker:
        return own
    others = (form_id(desk.walk_id, visit.id, one) for one in desk.records_of(walker)[1:])
    return next(filter(None, (desk.store.get(Form, one) for one in others)), None)


def forms(desk: Desk) -> list[Form]:
    """Every form of the one who is writing, in no order."""
    mine = desk.records_of(desk.me)
    return [one.record for one in desk.store.all(Form, desk.walk_id) if one.record.walker in mine]


def find(desk: Desk, visit: str) -> Visit:
    """A visit of the plan by its id; Refused when the plan does not hold it."""
    found = desk.store.get(Visit, visit) if visit else None
    if found is None:
        raise Refused("This visit is not in the plan.", "Choose one on Home.")
    return found


def visit_of(desk: Desk, form: Form) -> Visit:
    """The visit a form belongs to; Refused when the plan no longer holds it."""
    visit = desk.store.get(Visit, form.visit)
    if visit is None:
        raise Refused("This visit is no longer in the plan.", "Its notes are kept; see Home.")
    return visit


def under_way(desk: Desk) -> Form | None:
    """The stop that the one who is writing has entered and not left."""
    inside = [one for one in forms(desk) if one.entered_at is not None and not has_left(one)]
    return max(inside, key=lambda one: one.entered_at or 0, default=None)


def has_left(form: Form) -> bool:
    """True once the walker has left the room."""
    return form.left_after_s is not None


def may_enter(desk: Desk, visit: Visit) -> None:
    """Refused, with the reason, where the room cannot be entered, or not any more."""
    if visit.withdrawn:
        raise Refused(f"{visit.code} is no longer open today.", "Choose another visit.")
    known = form_of(desk, visit)
    if known is not None and known.entered_at is not None:
        return
    purged.refuse_notes(desk)
    if desk.store.get(Closing, closing_id(desk.walk_id)):
        raise Refused(
            "This walk has ended, so no room is entered.",
            "Under Next steps it can be opened again.",
        )


def enter(desk: Desk, visit: Visit, earlier_s: int = 0) -> Form:
    """Enter a room, or come back to the form that is there already. Starts the clock once.

    `earlier_s` are seconds that the walker's team has been in it by the board on this laptop.
    """
    may_enter(desk, visit)
    known = form_of(desk, visit)
    if known is not None and known.entered_at is not None:
        return known
    now = desk.now()
    base = known or Form(
        id=form_id(desk.walk_id, visit.id, desk.me),
        walk=desk.walk_id,
        visit=visit.id,
        walker=desk.me,
    )
    form = base.changed(
        entered_at=now.wall_ms,
        earlier_s=earlier_s,
        zone=zone.ahead_min(desk.local(now.wall_ms)),
        target_minutes=desk.rules.visit_minutes,
        viewings=1 if visit.mode == "recorded" else 0,
    )
    # The awake clock's reading stays on this laptop: nowhere else would it mean anything.
    desk.store.set(f"entered:{form.id}", [now.awake_ms, now.boot])
    desk.save(STAGE, f"{visit.code} entered", form)
    return form


def timer(desk: Desk, form: Form) -> VisitTimer:
    """The clock of a stop, right also after sleep, a restart or a changed system clock.

    Figures that no clock can show, from a long plan or a stranger's pack, are brought into range:
    a visit has to be open for notes whatever its form says.
    """
    if form.entered_at is None:
        raise Refused("This room has not been entered.", "Enter it from Home.")
    awake_ms, boot = desk.store.setting(f"entered:{form.id}", [0, ""])
    return VisitTimer(
        entered=Moment(form.entered_at, form.zone, awake_ms, boot),
        earlier_s=max(0, form.earlier_s),
        target_min=min(max(form.target_minutes, SHORTEST_MIN), LONGEST_MIN),
        left_s=None if form.left_after_s is None else max(0, form.left_after_s),
    )


def _keep(desk: Desk, form: Form, words: str, clock: VisitTimer) -> Form:
    changed = form.changed(
        earlier_s=clock.earlier_s, target_minutes=clock.target_min, left_after_s=clock.left_s
    )
    desk.save(STAGE, words, changed)
    return changed


def leave(desk: Desk, form: Form) -> Form:
    """Leave the room; the silent write opens next."""
    return _keep(desk, form, "room left", timer(desk, form).leave(desk.now()))


def come_back(desk: Desk, form: Form) -> Form:
    """Go on as if the room had not been left."""
    return _keep(desk, form, "come back", timer(desk, form).come_back())


def longer(desk: Desk, form: Form, minutes: int = 1) -> Form:
    """Aim at more minutes."""
    return _keep(desk, form, f"{minutes} min longer", timer(desk, form).longer(minutes))


def started_earlier(desk: Desk, form: Form, minutes: int = 1) -> Form:
    """The room was entered before the key was pressed."""
    moved = timer(desk, form).started_earlier(minutes)
    return _keep(desk, form, f"started {minutes} min earlier", moved)


def viewed_again(desk: Desk, form: Form) -> Form:
    """One more viewing of a recorded segment."""
    changed = form.changed(viewings=form.viewings + 1)
    desk.save(STAGE, "viewed again", changed)
    return changed


def inquiry(desk: Desk, visit: Visit) -> str:
    """What a visit is seen through: an inquiry of its own, else the walk's, else the focus."""
    focus = prepare.focus(desk)
    return visit.inquiry or " ".join(focus.inquiries) or focus.statement


# Notes


def notes(desk: Desk, form: Form) -> list[Held[Note]]:
    """The notes of a form in the order they were begun."""
    return desk.store.all(Note, desk.walk_id, parent=form.id)


def read_line(desk: Desk, visit: Visit | None, line: str, *, timed: bool = False) -> Jot:
    """What a typed line means in this walk and mode; a `timed` one may begin with its time."""
    # Only a mark such as #2 asks how many there are, and a line is saved while somebody types on.
    count = len(prepare.look_fors(desk)) if "#" in line else 0
    timed = timed or (visit is not None and visit.mode == "recorded")
    return understand(line, count, recorded=timed)


def left_at(form: Form) -> int | None:
    """When the room was left, UTC milliseconds; None where that is not known or not yet so."""
    if form.entered_at is None or form.left_after_s is None:
        return None
    # Both seconds are counted from when the room was entered, which may be before the key for it.
    return form.entered_at + (form.left_after_s - form.earlier_s) * 1000


def seconds_in(form: Form, given: int) -> int:
    """Seconds into the visit of a time in front of a note: 4:30 into it, or 9:05 by the clock.

    `given` is 60 times the number before the colon, and the one behind it.
    """
    if form.entered_at is None or form.left_after_s is None:
        return given
    local = Moment(form.entered_at - form.earlier_s * 1000, form.zone, 0, "").local
    start = local.hour * 60 + local.minute
    if start <= given <= start + form.left_after_s // 60:
        return (given - start) * 60
    return given


def add_note(
    desk: Desk,
    form: Form,
    line: str,
    *,
    kind: NoteKind | None = None,
    look_for: str = "",
    draft_done: str = "",
    from_paper: bool = False,
    timed: bool = False,
    before: str = "",
) -> Saved:
    """Save a typed line as a note. `kind` and `look_for`, when given, win over the marks in it.

    `before` is how the line read before a stem was taken over: it is saved first, so that one undo
    brings it back; like any earlier wording it stays on this laptop.
    A note written in the room carries its seconds in the stop; one written after leaving carries
    none, and with `timed` one from paper the time that stands in front of it, if any.
    """
    purged.refuse_notes(desk)
    if before:
        first = add_note(
            desk, form, before, kind=kind, look_for=look_for, from_paper=from_paper, timed=timed
        ).note
        return reword(desk, first, line, kind=kind, look_for=look_for, draft_done=draft_done)
    visit = visit_of(desk, form)
    jot = read_line(desk, visit, accept(line), timed=timed)
    if not jot.words.strip():
        raise Refused("There is nothing to save yet.", "Type what you saw or heard.")
    in_room = form.entered_at is not None and not has_left(form) and not from_paper
    recorded = visit.mode == "recorded"
    at_s = timer(desk, form).elapsed_s(desk.now()) if in_room and not recorded else None
    if not recorded and jot.position_s is not None:
        at_s = seconds_in(form, jot.position_s)
    note = Note(
        id=desk.new_id(),
        walk=desk.walk_id,
        visit=form.visit,
        form=form.id,
        at_s=at_s,
        position_s=jot.position_s if recorded else None,
        from_paper=from_paper,
        typed_by=_typist(desk),
        **fields_of(desk, jot, kind, look_for),
    )
    # A form written from paper is not entered: it begins with its first note.
    new = (form,) if desk.store.get(Form, form.id) is None else ()
    desk.save(STAGE, f"{note.note_kind} saved", *new, note, draft_done=draft_done)
    return Saved(note, understood(desk, note))


def _typist(desk: Desk) -> str:
    """Who types, when it is not the one whose words they are."""
    own, me = desk.own_walker(), desk.me
    return own if own != me and desk.person(own) != desk.person(me) else ""


def fields_of(
    desk: Desk, jot: Jot, kind: NoteKind | None = None, look_for: str = ""
) -> dict[str, Any]:
    """The fields of a note that its words say; a given kind or look-for wins over the marks."""
    tied = ""
    if jot.look_for is not None:
        tied = prepare.look_fors(desk)[jot.look_for - 1].id
    return {
        "note_kind": kind or jot.kind,
        "text": jot.text,
        "look_for": look_for or tied,
        "mark": jot.mark if not look_for else "",
        "speech": bool(jot.speech),
        "tally": TallyCount(count=jot.tally.count, of=jot.tally.of, unit=jot.tally.unit)
        if jot.tally
        else None,
    }


def _whose(desk: Desk, note: Note) -> tuple[str, str]:
    """The stage and the author of a change: what was said in a hall talk is the team's."""
    return (HALL_STAGE, "") if note.hall else (STAGE, desk.me)


def _keep_note(desk: Desk, words: str, note: Note, *, draft_done: str = "") -> None:
    stage, author = _whose(desk, note)
    desk.save(stage, words, note, draft_done=draft_done, author=author)


def reword(
    desk: Desk,
    note: Note,
    line: str,
    *,
    kind: NoteKind | None = None,
    look_for: str = "",
    draft_done: str = "",
) -> Saved:
    """Give a note other words; what they mean is read anew, its time and tie stay.

    `kind` and `look_for`, when given, win over the marks in them.
    """
    visit = desk.store.get(Visit, note.visit)
    recorded = visit is not None and visit.mode == "recorded"
    jot = read_line(desk, visit, accept(line), timed=note.from_paper and note.at_s is not None)
    if not jot.words.strip():
        raise Refused("A note needs words.", "Del withdraws it instead.")
    asked = jot.kind if jot.kind == "wondering" else note.note_kind
    fields = fields_of(desk, jot, kind or asked, look_for)
    if not fields["look_for"]:
        fields["look_for"] = "" if note.mark else note.look_for
    if jot.position_s is not None and recorded:
        fields["position_s"] = jot.position_s
    elif jot.position_s is not None:
        form = desk.store.get(Form, note.form) if note.form else None
        fields["at_s"] = seconds_in(form, jot.position_s) if form else jot.position_s
    changed = note.changed(**fields)
    _keep_note(desk, "note reworded", changed, draft_done=draft_done)
    return Saved(changed, understood(desk, changed))


def turn(desk: Desk, note: Note) -> Note:
    """Make a noticing a wondering, or back."""
    other: NoteKind = "wondering" if note.note_kind == "noticing" else "noticing"
    changed = note.changed(note_kind=other)
    _keep_note(desk, f"made a {other}", changed)
    return changed


def tie(desk: Desk, note: Note, look_for: str) -> Note:
    """Tie a note to a look-for, or to none; a mark in the words then shows as plain words."""
    changed = note.changed(look_for=look_for, mark="")
    _keep_note(desk, "look-for tied" if look_for else "look-for untied", changed)
    return changed


def understand_otherwise(desk: Desk, note: Note, what: Literal["speech", "tally"]) -> Note:
    """Correct what was understood: turn quoted speech on or off, or take a tally away."""
    if what == "speech":
        changed = note.changed(speech=not note.speech)
    elif note.tally is None:
        jot = understand(note.text, 0)
        if jot.tally is None:
            raise Refused("No count is seen in these words.", "Write it like 5 of 7 pairs.")
        tally = TallyCount(count=jot.tally.count, of=jot.tally.of, unit=jot.tally.unit)
        changed = note.changed(tally=tally)
    else:
        changed = note.changed(tally=None)
    _keep_note(desk, f"{what} corrected", changed)
    return changed


# What is being typed


def line_place(desk: Desk, visit: Visit) -> str:
    """Where the line for a visit is kept while it is typed, in the room and in the silent write."""
    return f"visit:{form_id(desk.walk_id, visit.id, desk.me)}"


def edit_place(note: str) -> str:
    """Where other words for a note are kept while they are typed."""
    return f"edit:{note}"


def kept_rewordings(desk: Desk) -> set[str]:
    """The notes for which other words were typed and not saved."""
    places = (one.place for one in desk.store.drafts(desk.walk_id))
    return {place.removeprefix("edit:") for place in places if place.startswith("edit:")}


def withdraw(desk: Desk, note: Note) -> None:
    """Take a note back; undo brings it again."""
    stage, author = _whose(desk, note)
    desk.save(stage, f"{note.note_kind} withdrawn", withdraw=[note], author=author)


def understood(desk: Desk, note: Note) -> str:
    """What was understood from a note's words, in words."""
    parts = []
    if note.look_for:
        names = {one.id: one for one in prepare.look_fors(desk)}
        if note.look_for in names:
            parts.append(f"look-for {names[note.look_for].name}")
    if note.speech:
        parts.append("quoted speech")
    if note.tally:
        parts.append(f"tally {note.tally.count} of {note.tally.of} {note.tally.unit}".rstrip())
    return " · ".join(parts)
