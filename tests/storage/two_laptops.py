"""What two laptops do to one record, in few words."""

from __future__ import annotations

from tests.storage.laptops import Laptop, note
from walk.model import Note

PAIRS = note("pairs", "5 of 7 pairs pointed to the text")
WAIT = note("wait", "T: “Say more about that.” 5 s wait")


def give(giver: Laptop, *takers: Laptop) -> None:
    for taker in takers:
        taker.collect(giver.pack())


def both_have(one: Laptop, two: Laptop, *notes: Note) -> None:
    one.save(*notes)
    one.share()
    give(one, two)


def edit(laptop: Laptop, one: Note, text: str) -> None:
    laptop.save(one.changed(text=text))


def disagree(ana: Laptop, ben: Laptop) -> None:
    """Both edit the same note and share; both know both wordings."""
    both_have(ana, ben, PAIRS)
    edit(ana, PAIRS, "Ana's")
    ben.clock += 60_000
    edit(ben, PAIRS, "Ben's")
    for one, two in ((ana, ben), (ben, ana)):
        one.share()
        give(one, two)


def settled(laptop: Laptop, text: str) -> bool:
    """The laptop settles what is told of the note in these words, as the routine does."""
    pairs = [(laptop.me, PAIRS.changed(text=text))]
    return laptop.store.settle(laptop.by(), "write", "settled", pairs)


def texts(laptop: Laptop, one: Note) -> list[str]:
    """The wordings that nothing replaces, the displayed one first."""
    found = [held.record for held in laptop.store.heads(one.id)]
    return [record.text for record in found if isinstance(record, Note)]
