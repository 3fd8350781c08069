"""Practice: where a person is in it, and their last rewording of each sentence.

It is their own and stays on this laptop, in a setting of its own: it is no record, belongs to no
walk, stands in no journal and no pack, and nobody is told of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from walk.language.practice import LONGEST, Item, items
from walk.routine.desk import Desk

KEY = "practice"
"""The setting that holds it all."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person is: the id of the item at hand, those looked at, and rewordings by id."""

    at: str
    looked: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> int:
        """The item at hand, from 0; one past the last at the end."""
        return next((n for n, item in enumerate(items()) if item.id == self.at), len(items()))

    @property
    def item(self) -> Item | None:
        """The item at hand; None at the end."""
        return items()[self.place] if self.place < len(items()) else None

    def in_words(self) -> str:
        """How many were looked at."""
        return f"{len(self.looked)} of {len(items())} looked at"


END = "end"
"""In place of an item's id, once the last one was passed."""


def progress(desk: Desk) -> Progress:
    """Where the person is; at the first item where nothing, or nothing sensible, is kept."""
    kept = desk.store.setting(KEY)
    found: dict[str, Any] = kept if isinstance(kept, dict) else {}
    known = {item.id for item in items()}
    looked, words, at = found.get("looked"), found.get("words"), found.get("at")
    return Progress(
        at if at == END or (isinstance(at, str) and at in known) else items()[0].id,
        frozenset(one for one in looked if isinstance(one, str) and one in known)
        if isinstance(looked, list)
        else frozenset(),
        {id_: text for id_, text in words.items() if id_ in known and isinstance(text, str)}
        if isinstance(words, dict)
        else {},
    )


def go_to(desk: Desk, place: int) -> Progress:
    """Have another item at hand, by its place from 0; beyond the last one is the end."""
    place = max(0, place)
    at = items()[place].id if place < len(items()) else END
    return _keep(desk, replace(progress(desk), at=at))


def unlooked(desk: Desk) -> int | None:
    """The place of the first item that was not looked at; None when all were."""
    looked = progress(desk).looked
    return next((n for n, item in enumerate(items()) if item.id not in looked), None)


def keep_words(desk: Desk, item: Item, words: str) -> Progress:
    """Keep a rewording, cut where it is longer than it can be; an empty one is forgotten."""
    now = progress(desk)
    others = {id_: text for id_, text in now.words.items() if id_ != item.id}
    added = {item.id: words[:LONGEST]} if words.strip() else {}
    return _keep(desk, replace(now, words={**others, **added}))


def looked_at(desk: Desk, item: Item) -> Progress:
    """Remember that an item was looked at."""
    now = progress(desk)
    return _keep(desk, replace(now, looked=now.looked | {item.id}))


def start_over(desk: Desk) -> Progress:
    """Forget all of it."""
    desk.store.set(KEY, None)
    return progress(desk)


def _keep(desk: Desk, now: Progress) -> Progress:
    shape = {"at": now.at, "looked": sorted(now.looked), "words": dict(now.words)}
    if desk.store.setting(KEY) != shape:
        desk.store.set(KEY, shape)
    return now
