"""Search: what notes, trends and next steps of all walks say, the newest first.

Classrooms are not looked for: a visit code neither finds a note nor is shown, so nobody asks for
what was seen in one room. Nor is it asked or shown who wrote a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from walk.debrief import code_mask
from walk.model import RECORDS, Form, Note, Record, Step, Trend, Walk
from walk.model.ids import NOBODY
from walk.routine.desk import Desk
from walk.routine.following.step_list import elsewhere
from walk.storage.folding import Needle, needles, spots
from walk.storage.search_index import said as said_in
from walk.storage.searching import Filled, Found
from walk.text import Spot, one_line

PAGE = 20
"""How many are shown at once."""
NO_PEOPLE = "Search looks for no person and no room. Look for what was seen or wondered."
"""Said where the words look like a name, a room or an address."""
LOOKED_MOST = 20_000
"""Entries that are looked at for one page, where the words of nearly all are hidden or outdated."""

_SCREENS = {"note": "debrief", "trend": "trends", "step": "steps"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A note, a trend or a step that says what was looked for."""

    kind: str
    """noticing, wondering, trend, parked or step."""
    id: str
    walk: str
    title: str
    date: str
    """The walk's, as ISO, or nothing."""
    words: str
    """All that it says, on one line, safe to be shown, with visit codes masked."""
    spots: tuple[Spot, ...]
    screen: str
    """Where it is opened in its place."""
    at: str
    """What that screen opens at."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for what a person typed."""

    said: str
    asked: bool
    """There was something to look for: at least a letter or a digit, and nobody's name."""
    hits: tuple[Hit, ...] = ()
    more: bool = False
    """There may be older ones."""
    names_somebody: bool = False
    """The words look like a name, so nothing was looked for."""
    read: int = 100
    """How much of the journal was looked through, in percent; less while the index fills."""


@dataclass(slots=True)
class _Known:
    """What has to be known of a walk to show its hits."""

    title: str
    date: str
    seen_by: frozenset[str]
    """The walker records of who writes there; what nobody alone wrote is theirs too."""
    mask: Callable[[str], str]


class Search:
    """Looks through the store of one desk; keeps what it learns of walks until somebody writes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._walks: dict[str, _Known | None] = {}
        self._as_of = (-1, -1)

    def ask(self, said: str, *, limit: int = PAGE) -> Answer:
        """What says all of these words; never an error, whatever they are."""
        wanted = needles(said)
        if not wanted:
            return Answer(said, asked=False)
        if _names_somebody(said):
            return Answer(said, asked=False, names_somebody=True)
        self._forget_outdated()
        hits: list[Hit] = []
        more = False
        for looked, found in enumerate(self.desk.store.find(wanted), start=1):
            if hit := self._hit(found, wanted):
                hits.append(hit)
            if more := len(hits) == limit or looked == LOOKED_MOST:
                break
        return Answer(said, True, tuple(hits), more, read=read_by(self.desk))

    def _forget_outdated(self) -> None:
        as_of = (self.desk.store.data_version(), self.desk.store.newest_entry())
        if as_of != self._as_of:
            self._walks, self._as_of = {}, as_of

    def _walk(self, walk: str) -> _Known | None:
        if walk not in self._walks:
            store = self.desk.store
            found = store.get(Walk, walk)
            mask = code_mask(store.codes(walk))
            self._walks[walk] = (
                None
                if found is None
                else _Known(
                    title=one_line(mask(found.title)),
                    date=found.date,
                    seen_by=frozenset({NOBODY, *elsewhere(self.desk, walk).mine()}),
                    mask=mask,
                )
            )
        return self._walks[walk]

    def _hit(self, found: Found, wanted: tuple[Needle, ...]) -> Hit | None:
        """What is shown of it; None where it is hidden, or only a visit's code was meant."""
        known = self._walk(found.walk)
        record = _record(found)
        if known is None or record is None or self._is_hidden(found, record, known):
            return None
        words = one_line(known.mask(_words(found, record)))
        found_in = spots(words, wanted)
        if not found_in:
            return None
        return Hit(
            kind=_kind(record),
            id=found.record,
            walk=found.walk,
            title=known.title,
            date=known.date,
            words=words,
            spots=tuple(found_in),
            screen=_SCREENS[found.kind],
            at=record.theme if isinstance(record, Trend) else found.record,
        )

    def _is_hidden(self, found: Found, record: Record, known: _Known) -> bool:
        """On a shared laptop another walker's form stays theirs until they have finished it."""
        if not isinstance(record, Note) or found.shared or found.author in known.seen_by:
            return False
        return bool(record.form) and self.desk.store.get(Form, record.form) is not None


def _names_somebody(said: str) -> bool:
    """Whether what is asked looks like a person's name; not every name is caught."""
    # Its lists take their time to load, and a start must not wait for them.
    from walk.language.names import find_names

    return any(find.sure for find in find_names(said))


def _record(found: Found) -> Record | None:
    try:
        return RECORDS[found.kind].from_body(
            bytes.fromhex(found.record), bytes.fromhex(found.walk), found.body
        )
    except (ValueError, RecursionError):
        return None


def _words(found: Found, record: Record) -> str:
    return record.words if isinstance(record, Note) else said_in(found.kind, found.body)


def _kind(record: Record) -> str:
    if isinstance(record, Note):
        return record.note_kind
    if isinstance(record, Trend):
        return "parked" if record.parked else "trend"
    return Step.kind


def read_by(desk: Desk) -> int:
    """How much of the journal can be found by now, in percent; 100 also where little is left."""
    filled = desk.store.filled()
    return 100 if filled.all else min(99, 100 * filled.upto // max(1, filled.newest))


def get_ready(desk: Desk, stops: Callable[[], bool] = lambda: False) -> Iterator[Filled]:
    """Bring the index up to date by and by; how far it is after each part."""
    yield from desk.store.fill(stops)


def as_json(answer: Answer) -> dict[str, Any]:
    """The shape of `walk search --json`: extended at times, never changed.

    No visit, no author and no time of day is in it.
    """
    return {
        "words": answer.said.strip(),
        "hits": [
            {
                "kind": hit.kind,
                "id": hit.id,
                "walk": hit.walk,
                "title": hit.title,
                "date": hit.date,
                "text": hit.words,
                "matches": [list(spot) for spot in hit.spots],
            }
            for hit in answer.hits
        ],
        "more": answer.more,
        "read_percent": answer.read,
    }
