"""Hall talk: what the team says between two rooms, typed by one person for all.

What is said here is the team's: notes and talk carry no author, and undo is the team's too.
"""

from __future__ import annotations

from walk.clock import Moment, elapsed_ms
from walk.errors import Refused
from walk.model import HallTalk, Note, NoteKind, Record, Visit, Walker, hall_talk_id
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.visiting import door
from walk.routine.visiting import visit as visiting
from walk.routine.visiting.visit import Saved
from walk.storage.store import Held
from walk.text import accept

STAGE = visiting.HALL_STAGE
TEAM = ""
"""The author of what is said here: nobody alone."""

PROMPTS: tuple[str, ...] = (
    "What did students say, do, write?",
    "What was the task asking of them?",
    "What did the teacher do just before?",
    "Who took part, and how?",
    "What does the evidence say about the inquiry?",
    "What did each lens show?",
    "What would we need to see or ask to know?",
)
"""Read aloud one at a time; no verdicts, no solutions, no talk of the person."""


def ready(desk: Desk, visit: Visit) -> bool:
    """Own form before talk: true once the one who is writing has finished theirs."""
    form = visiting.form_of(desk, visit)
    return form is not None and form.finished_at is not None


def begin(desk: Desk, visit: Visit) -> HallTalk:
    """Open the team's hall talk about a visit and start its clock once.

    Nothing is saved before something is said: a look into the screen leaves no record.
    """
    if not ready(desk, visit):
        raise Refused(
            "The hall talk comes after the silent write.",
            f"Finish your own form for {visit.code} first.",
        )
    team = _team(desk)
    id_ = hall_talk_id(desk.walk_id, visit.id, team)
    known = desk.store.get(HallTalk, id_)
    if known:
        return known
    begun = _begun(desk, id_)
    if begun is None:
        now = begun = desk.now()
        desk.store.set(f"talk:{id_}", [now.wall_ms, now.zone_min, now.awake_ms, now.boot])
    return HallTalk(id=id_, walk=desk.walk_id, visit=visit.id, team=team, begun_at=begun.wall_ms)


def _begun(desk: Desk, talk: str) -> Moment | None:
    """The moment a talk was opened on this laptop."""
    kept = desk.store.setting(f"talk:{talk}")
    return Moment(*kept) if kept else None


def minutes(desk: Desk, talk: HallTalk) -> int:
    """Whole minutes of talk until now, or until it was finished; sleep counts, a set clock not."""
    if talk.finished_at is not None:
        return max(0, talk.finished_at - (talk.begun_at or talk.finished_at)) // 60_000
    # On another laptop than the one it was opened on only the wall clock is left to ask.
    now = desk.now()
    begun = _begun(desk, talk.id) or Moment(talk.begun_at or now.wall_ms, now.zone_min, 0, "")
    return elapsed_ms(begun, now) // 60_000


def _team(desk: Desk) -> str:
    walker = desk.store.get(Walker, desk.person(desk.me)) if desk.me else None
    return walker.team if walker else ""


def notes(desk: Desk, talk: HallTalk) -> list[Held[Note]]:
    """What was noticed and wondered aloud, in the order it was typed."""
    return desk.store.all(Note, desk.walk_id, parent=talk.id)


def add_note(
    desk: Desk,
    talk: HallTalk,
    line: str,
    *,
    kind: NoteKind | None = None,
    look_for: str = "",
    draft_done: str = "",
) -> Saved:
    """Type one thing that was said. It has no time and no single author."""
    visit = desk.store.get(Visit, talk.visit)
    if visit is None:
        raise Refused("This visit is no longer in the plan.", "Its notes are kept.")
    jot = visiting.read_line(desk, visit, accept(line))
    if not jot.words.strip():
        raise Refused("There is nothing to save yet.", "Type what the team noticed.")
    note = Note(
        id=desk.new_id(),
        walk=desk.walk_id,
        visit=talk.visit,
        hall=talk.id,
        position_s=jot.position_s,
        **visiting.fields_of(desk, jot, kind, look_for),
    )
    _save(desk, talk, f"{note.note_kind} saved", note, draft_done=draft_done)
    return Saved(note, visiting.understood(desk, note))


def _save(desk: Desk, talk: HallTalk, words: str, *records: Record, draft_done: str = "") -> None:
    """Save an act of the team, and the talk itself with its first one."""
    purged.refuse_notes(desk)
    new = () if desk.store.get(HallTalk, talk.id) or talk in records else (talk,)
    desk.save(STAGE, words, *new, *records, draft_done=draft_done, author=TEAM)


def say(
    desk: Desk,
    talk: HallTalk,
    *,
    look_next: str | None = None,
    seen_differently: str | None = None,
    draft_done: str = "",
) -> HallTalk:
    """What to look for in the next room, and what was seen differently."""
    changed = talk.changed(
        look_next=talk.look_next if look_next is None else accept(look_next),
        seen_differently=talk.seen_differently
        if seen_differently is None
        else accept(seen_differently),
    )
    _save(desk, changed, "hall talk noted", changed, draft_done=draft_done)
    return changed


def undo(desk: Desk) -> str | None:
    """Take back the team's last act; its words, or None."""
    return desk.store.undo(desk.by(TEAM), STAGE)


def redo(desk: Desk) -> str | None:
    """Do the team's act again that was undone last; its words, or None."""
    return desk.store.redo(desk.by(TEAM), STAGE)


def finish(desk: Desk, talk: HallTalk) -> HallTalk:
    """End the hall talk and share it with the team; one that is ended is shared again.

    What has a likely name in it waits at the door.
    """
    if talk.finished_at is None:
        # By the clock that nobody sets, so that the length of the talk is right.
        after = minutes(desk, talk) * 60_000
        at = max(desk.now().wall_ms, (talk.begun_at or 0) + after)
        talk = talk.changed(finished_at=at)
        _save(desk, talk, "hall talk finished", talk)
    changed = _unshared_ids(desk, talk)
    passing = door.without(changed, door.waiting(desk, changed))
    desk.store.publish(desk.by(TEAM), "hall talk shared", passing, everyone=False)
    return talk


def at_door(desk: Desk, talk: HallTalk) -> list[door.AtDoor]:
    """What of a finished talk waits at the door."""
    return door.waiting(desk, _unshared_ids(desk, talk)) if talk.finished_at is not None else []


def unshared(desk: Desk, talk: HallTalk) -> int:
    """How many records of a finished talk have changed since the team got them."""
    return len(_unshared_ids(desk, talk))


def _unshared_ids(desk: Desk, talk: HallTalk) -> list[str]:
    changed = set(desk.store.unshared(desk.walk_id, ("hall_talk", "note")))
    return [one for one in (talk.id, *desk.store.children(talk.id)) if one in changed]


def look_next(desk: Desk) -> str:
    """What the own team's last finished hall talk said to look for, for the next visit's screen."""
    held = [one.record for one in desk.store.all(HallTalk, desk.walk_id)]
    team = _team(desk)
    ended = [one for one in held if one.finished_at is not None and one.team == team]
    last = max(ended, key=lambda one: one.finished_at or 0, default=None)
    return last.look_next if last else ""
