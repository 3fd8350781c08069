"""The door: likely names are pointed out before words go to the team, into a pack or into print.

Saving is never stopped. What holds a find that is not cleared stays as it is on this laptop.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from walk.errors import Refused
from walk.jotting import understand
from walk.model import (
    Closing,
    Form,
    HallTalk,
    Measure,
    NoPerson,
    Note,
    Record,
    Recurring,
    Said,
    Step,
    TeacherNote,
    Theme,
    Trend,
    Waiver,
    no_person_id,
    plain_words,
)
from walk.model.ids import NOBODY
from walk.model.no_person import WORDS_MOST
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import visit as visiting
from walk.storage.store import Held
from walk.text import accept, one_line

if TYPE_CHECKING:
    from walk.language.names import Find

STAGE = "door"
_NAMED = 3
"""So many finds are named; of more, how many there are."""

FIELDS: dict[type[Record], dict[str, str]] = {
    Note: {"text": "note"},
    HallTalk: {"seen_differently": "seen differently", "look_next": "look for next"},
    Said: {"text": "line of the debrief"},
    Theme: {"name": "theme"},
    Trend: {
        "statement": "trend",
        "lens_remarks": "what a lens adds",
        "to_know": "what we would need to know",
    },
    Recurring: {"words": "words for a recurring trend"},
    Step: {
        "what": "next step",
        "owner": "whose next step",
        "support": "support for a step",
        "learned": "what was learned",
        "evidence": "evidence to look for",
        "test_change": "small test",
        "prediction": "prediction",
        "studied": "what a test showed",
    },
    Measure: {"what": "measure", "unit": "unit of a measure", "remarks": "remark on a value"},
    Waiver: {"why": "reason for doing without"},
    # With whom a teacher talked is a person too, and for that teacher to read.
    TeacherNote: {
        "move_1": "what was done",
        "effect_1": "what students did then",
        "move_2": "what was done",
        "effect_2": "what students did then",
        "move_3": "what was done",
        "effect_3": "what students did then",
        "wondering_1": "wondering in a teacher note",
        "wondering_2": "wondering in a teacher note",
        "response": "the teacher's answer",
        "wants_next": "what the teacher wants next",
    },
    # The contact of a walk is a person, and is meant to be read.
    Closing: {"reason": "reason at closing", "next_look": "next look"},
}
"""What is looked at: fields that hold people's words, and what each is called."""


class AtDoor(NamedTuple):
    """Words in which something may tell who or where somebody is."""

    record: Record
    field: str
    words: str
    """As they are shown: a note's without its look-for mark. The finds count their characters."""
    finds: tuple[Find, ...]
    author: str
    """The walker whose words they are, or nothing."""
    changeable: bool
    """The one who writes may reword them here."""
    private: bool
    """Another walker's own words, which are shown to nobody else."""

    @property
    def waits(self) -> bool:
        """True where a find is more than a maybe."""
        return any(find.sure for find in self.finds)

    @property
    def called(self) -> str:
        """What these words are: "noticing", "trend"."""
        if isinstance(self.record, Note):
            return self.record.note_kind
        return FIELDS[type(self.record)][self.field]


# Words that mean no person


def cleared(desk: Desk) -> frozenset[str]:
    """The words of which somebody said that no person is meant, on the walk in hand."""
    return frozenset(
        plain_words(one.record.words) for one in desk.store.all(NoPerson, desk.walk_id)
    )


def no_person(desk: Desk, *said: str) -> bool:
    """Say that no person is meant by these words, for the whole walk; False when that was known."""
    if not said:
        return False
    known: list[tuple[str, Record]] = []
    for words in said:
        plain = plain_words(accept(words))
        if not plain:
            raise Refused("There are no words to clear.", "Give them as they stand in the note.")
        if len(plain) > WORDS_MOST:
            raise Refused(
                f"These are more than {WORDS_MOST} characters.", "Give the likely name alone."
            )
        id_ = no_person_id(desk.walk_id, plain)
        known.append((NOBODY, NoPerson(id=id_, walk=desk.walk_id, words=plain)))
    told = " · ".join(f"no person: “{one_line(words, 40)}”" for words in said)
    return desk.store.save_as(desk.by(), STAGE, told, known)


# Looking


class _Catcher:
    """Looks for likely names with what this walk has on its roster and has cleared."""

    def __init__(self, desk: Desk) -> None:
        # Here, so that a start does not wait for it.
        from walk.language import names

        self._names = names
        self._desk = desk
        self._own = {NOBODY, *desk.mine()}
        labels = {one.label for one in desk.walkers()}
        self._labels = frozenset(labels - {prepare.ME})  # "me" is a word like any other
        self._cleared = cleared(desk)
        self._codes = {one.id: one.code for one in prepare.visits(desk)}

    @cached_property
    def _forms(self) -> set[str]:
        return {one.record.id for one in self._desk.store.all(Form, self._desk.walk_id)}

    def look(self, held: Held[Any], fields: Collection[str] = ()) -> list[AtDoor]:
        """What is found in a record, of two wordings in both; in these fields, or in all."""
        found = self._look(held, fields, shown=True)
        if held.conflict:
            for other in self._desk.store.heads(held.record.id):
                if other.record != held.record:
                    found += self._look(other, fields, shown=False)
        return found

    def _look(self, held: Held[Any], fields: Collection[str], *, shown: bool) -> list[AtDoor]:
        found, record = [], held.record
        for field in FIELDS[type(record)]:
            words = record.words if isinstance(record, Note) else str(getattr(record, field))
            finds = self._finds(record, field, words) if words else ()
            if finds and (not fields or field in fields):
                private = self._private(held)
                own = held.here or held.author in self._own
                changeable = shown and own and not private
                found.append(AtDoor(record, field, words, finds, held.author, changeable, private))
        return found

    def _finds(self, record: Record, field: str, words: str) -> tuple[Find, ...]:
        labels, known = self._labels, self._cleared
        if field == "owner":  # a walker may own a step, by the label they chose
            labels, known = frozenset(), known.union(plain_words(one) for one in labels)
        code = self._codes.get(getattr(record, "visit", ""), "")
        found = self._names.find_names(words, labels=labels, cleared=known, code=code)
        return tuple(one for one in found if plain_words(one.words) not in known)

    def _private(self, held: Held[Any]) -> bool:
        """On a shared laptop another walker's form is theirs, as in the debrief."""
        if held.shared or held.author in self._own or not isinstance(held.record, Note):
            return False
        return held.record.form in self._forms


def open_finds(
    desk: Desk, records: Iterable[Held[Any]], fields: Collection[str] = ()
) -> list[AtDoor]:
    """What may tell who or where somebody is in these records, in these fields or in all.

    Maybes are among them. Not every name is found.
    """
    records = list(records)
    if not records:
        return []
    catcher = _Catcher(desk)
    return [found for held in records for found in catcher.look(held, fields)]


def waiting(desk: Desk, ids: Iterable[str]) -> list[AtDoor]:
    """What holds notes and hall talks of these ids here, in their wording that is not shared."""
    held: list[Held[Any] | None] = []
    for one in ids:  # a form holds no words
        note = desk.store.held(Note, one)
        held.append(note or desk.store.held(HallTalk, one))
    return [one for one in open_finds(desk, filter(None, held)) if one.waits]


def waiting_at_share(desk: Desk) -> list[AtDoor]:
    """What of the whole walk stays here when it is packed."""
    held = (
        desk.store.held(noun, one)
        for noun in FIELDS
        for one in desk.store.unshared(desk.walk_id, (noun.kind,))
    )
    return [one for one in open_finds(desk, filter(None, held)) if one.waits]


def waiting_here(desk: Desk) -> list[AtDoor]:
    """What waits of the finished forms of the one who writes, and of finished hall talks."""
    held: list[Held[Any]] = []
    for form in visiting.forms(desk):
        if form.finished_at is not None:
            held += visiting.notes(desk, form)
    for talk in desk.store.all(HallTalk, desk.walk_id):
        if talk.here and talk.record.finished_at is not None:
            held += [talk, *desk.store.all(Note, desk.walk_id, parent=talk.record.id)]
    unshared = [one for one in held if _goes_on(one)]
    return [one for one in open_finds(desk, unshared) if one.waits and not one.private]


def _goes_on(held: Held[Any]) -> bool:
    """True where a wording may be here that the team does not have."""
    return held.conflict or not held.shared


def without(ids: Iterable[str], stays: Iterable[AtDoor]) -> list[str]:
    """The ids that may go on when these stay."""
    held = {one.record.id for one in stays}
    return [one for one in ids if one not in held]


def not_printed(desk: Desk, record: Record) -> str:
    """Said beside a record just saved: what in it looks like a name; nothing where nothing does."""
    held = desk.store.held(type(record), record.id)
    stays = [one for one in open_finds(desk, [held] if held else []) if one.waits]
    return f"{likely(stays)}: not printed until cleared (summary)" if stays else ""


# What can be done with a find


def take_offer(desk: Desk, at: AtDoor, find: Find) -> None:
    """Put what is offered ("T", "S1", the visit's code) where a likely name stands."""
    if not at.changeable:
        raise Refused(
            "These are another walker's words.",
            "They can reword and share them; n says that no person is meant.",
        )
    if not find.offer:
        raise Refused(
            "Nothing fits in its place by itself.",
            "Reword it by hand; n says that no person is meant.",
        )
    present = desk.store.get(type(at.record), at.record.id)
    if present != at.record:
        raise Refused("These words were changed meanwhile.", "Look at them once more.")
    words = at.words[: find.start] + find.offer + at.words[find.end :]
    told = f"“{one_line(find.words, 40)}” made {find.offer}"
    desk.store.save_as(desk.by(), STAGE, told, [(at.author, _reworded(at, accept(words)))])


def _reworded(at: AtDoor, words: str) -> Record:
    record = at.record
    if isinstance(record, Measure) and at.field == "remarks":
        return record.with_remarks(words)
    if not isinstance(record, Note):
        return record.changed(**{at.field: words})
    # The look-for mark stands before or behind the words that are shown.
    before = len(record.text) - len(at.words) if record.mark == "first" else 0
    text = record.text[:before] + words + record.text[before + len(at.words) :]
    speech = record.speech or bool(understand(text, 0).speech)  # "T:" begins quoted speech
    return record.changed(text=accept(text), speech=speech)


def let_through(desk: Desk, stood: Iterable[AtDoor]) -> int:
    """Share what stood at the door and is clear by now; how many records that were."""
    now: dict[str, Held[Any]] = {}
    for one in stood:
        held = desk.store.held(type(one.record), one.record.id)
        if held is not None and _goes_on(held):
            now[one.record.id] = held
    stays = {one.record.id for one in open_finds(desk, now.values()) if one.waits}
    authors: dict[str, list[str]] = {}
    for id_, held in now.items():
        if id_ not in stays:
            authors.setdefault(held.author, []).append(id_)
    for author, ids in authors.items():
        desk.store.publish(desk.by(author), "notes shared", ids, everyone=False)
    return sum(map(len, authors.values()))


# In words


def likely(stands: Iterable[AtDoor]) -> str:
    """“Ms Ortiz” looks like a name; of many the first few are named."""
    kinds = {
        one_line(find.words, 40): find.kind for one in stands for find in one.finds if find.sure
    }
    said = [f"“{one}”" for one in kinds]
    if len(said) == 1:
        looks = {"room": "a room", "email": "an address", "phone": "a phone number"}
        return f"{said[0]} looks like {looks.get(next(iter(kinds.values())), 'a name')}"
    if len(said) > _NAMED:
        said = [*said[:_NAMED], f"{len(said) - _NAMED} more"]
    return f"{', '.join(said[:-1])} and {said[-1]} may tell who or where it was"


def told(stands: Iterable[AtDoor], *, out: bool = False) -> str:
    """“1 note waits here: “Ms Ortiz” looks like a name”; nothing where nothing waits.

    With `out` they are left out of what is printed. Another walker's private words are counted.
    """
    held = list(stands)
    own = [one for one in held if not one.private]
    hidden = len({one.record.id for one in held if one.private})
    parts = [f"{_counted(own, out)}: {likely(own)}"] if own else []
    if hidden:
        whose = "1 waits" if hidden == 1 else f"{hidden} wait"
        parts.append(f"{whose} here for another walker")
    return " · ".join(parts)


def _counted(stands: list[AtDoor], out: bool) -> str:
    count = len({one.record.id for one in stands})
    noun = "note" if all(isinstance(one.record, Note) for one in stands) else "line"
    if count == 1:
        return f"1 {noun} {'is left out' if out else 'waits here'}"
    return f"{count} {noun}s {'are left out' if out else 'wait here'}"
