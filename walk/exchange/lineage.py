"""What no single line of a pack can show: whether its revisions can belong together."""

from __future__ import annotations

from walk.exchange.strict import Unfit
from walk.model.revision import MOST_GENERATIONS, Revision

MOST_OF_A_RECORD = 10_000
"""Lines of one record. A record gets one a share, so people come nowhere near it."""
MOST_STEPS = 100_000
"""How far a generation may run ahead of the parents at hand: saves that were made on one laptop,
between two shares, and stayed there."""

_GENERATION = "an entry says another generation than its parents give it"


class Lineage:
    """The revisions of one pack, as far as they say what they replace."""

    def __init__(self) -> None:
        self._kinds: dict[bytes, str] = {}
        self._again: dict[bytes, int] = {}
        """How often records came that had come before."""
        # Without their words: a pack that was written is checked without keeping these in memory.
        self._revisions: dict[bytes, tuple[bytes, int, tuple[bytes, ...]]] = {}

    def add(self, rev_id: bytes, rev: Revision) -> None:
        """Note a line; Unfit when it is there already, or its record cannot have it."""
        if rev_id in self._revisions:
            raise Unfit("it is there twice")
        record, kind = rev.record, rev.kind
        if (kind == "walk") != (record == rev.walk):
            raise Unfit("it takes another record for the walk")
        if record in self._kinds:
            if self._kinds[record] != kind:
                raise Unfit("it makes a record into another kind of record")
            again = self._again.get(record, 0) + 1
            if again >= MOST_OF_A_RECORD:
                raise Unfit(f"it holds one record more than {MOST_OF_A_RECORD:,} times")
            self._again[record] = again
        else:
            self._kinds[record] = kind
        self._revisions[rev_id] = (record, rev.generation, rev.parents)

    def check(self) -> None:
        """Unfit when a revision is not where its parents put it.

        A generation decides which of two wordings is shown first, so it is believed only as far as
        lines carry it: exactly where all parents are at hand, else within `MOST_STEPS`.
        """
        here = self._revisions.keys()
        for record, generation, parents in self._revisions.values():
            if here.isdisjoint(parents):  # as with nearly all: what they replace stayed at home
                most = 2 + MOST_STEPS if parents else 1
                if not 1 + bool(parents) <= generation <= most:
                    raise Unfit(_GENERATION)
                continue
            present = [self._revisions[one] for one in parents if one in self._revisions]
            if any(one[0] != record for one in present):
                raise Unfit("an entry replaces one of another record")
            least = 1 + max((one[1] for one in present), default=bool(parents))
            most = least if len(present) == len(parents) else least + MOST_STEPS
            if not min(least, MOST_GENERATIONS) <= generation <= min(most, MOST_GENERATIONS):
                raise Unfit(_GENERATION)
