"""Receipts of collects: who is in, who is missing and what came, kept with the walk."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from walk.exchange.receipt import PackReceipt, Receipt, counted
from walk.routine.desk import Desk
from walk.routine.settling.unsettled import unsettled
from walk.routine.summary import missing_walkers
from walk.text import one_line

JOINED = "joined"
"""Stands in what is kept of a pack by which somebody joined: no undo of a collect takes it back."""
COLLECT, UNDO = "collect", "undo collect"
"""Kinds of kept receipts."""
LEAD = "The lead's laptop"
SOMEBODY = "A laptop of the team"
LAPTOPS_MOST = 12
"""Laptops of which it is said one by one that entries of theirs are missing."""
ASKED = "Nothing goes until you confirm it on Home."
CUT_OFF = (
    "This collect has no end: it was cut off, or is still under way. What is listed here is in; "
    "collect again for the others."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A receipt as it is kept."""

    id: int
    at: datetime
    """When, local."""
    value: dict[str, Any]
    """The receipt in the shape of its JSON."""
    packs: tuple[int, ...] = ()
    """Numbers of the packs that came in with it."""
    undone: tuple[str, ...] = ()
    """What taking it back did, in words; empty while it stands."""
    may_undo: bool = False
    """It is the collect that an undo takes back next."""

    @property
    def receipt(self) -> Receipt:
        """The receipt itself, made when it is looked at: there may be thousands."""
        return Receipt.of(self.value)


def standing(
    desk: Desk, walk: str, packs: Iterable[PackReceipt], told: Sequence[str] = ()
) -> Receipt:
    """How a walk stands after packs came in. Takes a while where entries are missing."""
    before, desk.walk_id = desk.walk_id, walk
    try:
        missing = missing_walkers(desk)
        return Receipt(
            packs=tuple(packs),
            missing_walkers=tuple(missing),
            missing_numbers=tuple(_missing_numbers(desk)),
            walkers_in=tuple(one.label for one in desk.walkers() if one.label not in missing),
            requests=tuple(_requests(desk)),
            to_know=tuple(told),
            walk=walk,
        )
    finally:
        desk.walk_id = before


def _missing_numbers(desk: Desk) -> list[str]:
    """What must exist but is not here, by whose laptop it is."""
    gaps = desk.store.missing_numbers(desk.walk_id)
    if not gaps:
        return []
    whose = _laptops(desk, set(gaps))
    lines = []
    shown = sorted(gaps.items(), key=lambda one: (whose.get(one[0], SOMEBODY), one[0]))
    for device, runs in shown[:LAPTOPS_MOST]:
        count = sum(last - first + 1 for first, last in runs)
        more = counted(count, "more entry", "more entries")
        laptop = whose.get(device, SOMEBODY)
        lines.append(f"{laptop} has {more} than reached us: ask for a new pack from it.")
    left = len(shown) - LAPTOPS_MOST
    if left > 0:
        lines.append(f"And of {counted(left, 'more laptop', 'more laptops')} entries are missing.")
    return lines


def _laptops(desk: Desk, devices: set[str]) -> dict[str, str]:
    """Whose laptops these are, in words: by who writes most of what came from each."""
    labels = {one.id: one.label for one in desk.walkers()}
    writers: dict[str, Counter[str]] = {}
    found = {}
    for rev in desk.store.published(desk.walk_id):
        device = rev.device.hex()
        if device not in devices:
            continue
        if rev.kind == "walk" and rev.generation == 1:
            found[device] = LEAD
        if rev.kind not in ("note", "form"):
            continue
        if label := labels.get(desk.person(rev.author.hex())):
            writers.setdefault(device, Counter())[label] += 1
    for device, counts in writers.items():
        label = min(counts, key=lambda one: (-counts[one], one))
        found[device] = f"{one_line(label, 40)}'s laptop"
    return found


def _requests(desk: Desk) -> list[str]:
    """Requests to erase or purge that wait for a word here."""
    from walk.routine.keeping import erase, purge

    notes = [one for one in erase.waiting(desk, put_off=True) if one.walk == desk.walk_id]
    walks = [one for one in purge.waiting(desk, put_off=True) if one.walk == desk.walk_id]
    lines = []
    if notes:
        lines.append(f"{counted(len(notes), 'request', 'requests')} to erase a note. {ASKED}")
    if walks:
        lines.append(f"1 request to purge this walk. {ASKED}")
    return lines


# Keeping them


def keep(desk: Desk, receipt: Receipt, walk: str, packs: Sequence[int]) -> None:
    """Keep a receipt with its walk."""
    value = {**receipt.as_json(), "numbers": list(packs)}
    desk.store.keep_receipt(COLLECT, walk, desk.now().wall_ms, value)


def keep_undo(desk: Desk, packs: Sequence[int], lines: Sequence[str]) -> None:
    """Keep what taking a collect back did, with each walk that it was of."""
    walks = {
        one.walk
        for one in desk.store.receipts(pack=packs[0])
        if one.kind == COLLECT and numbers(one.value) == tuple(packs)
    }
    for walk in walks:
        value = {"numbers": list(packs), "lines": list(lines)}
        desk.store.keep_receipt(UNDO, walk, desk.now().wall_ms, value)


def numbers(value: Any) -> tuple[int, ...]:
    """The packs that a kept receipt is of."""
    found = value.get("numbers") if isinstance(value, dict) else None
    return tuple(one for one in found if type(one) is int) if isinstance(found, list) else ()


def listed(desk: Desk) -> list[Kept]:
    """The receipts of the walk on the desk, newest first; of all walks where none is open."""
    held = desk.store.receipts(desk.walk_id)
    undone = {
        numbers(one.value): tuple(map(str, one.value.get("lines", ())))
        for one in held
        if one.kind == UNDO and isinstance(one.value, dict)
    }
    last = tuple(collects(desk)[-1:])
    found = []
    for one in held:
        if one.kind == COLLECT and isinstance(one.value, dict):
            packs = numbers(one.value)
            found.append(
                Kept(
                    one.id,
                    desk.local(one.at),
                    one.value,
                    packs,
                    undone.get(packs, ()) if packs else (),
                    bool(packs) and [packs] == [tuple(one) for one in last],
                )
            )
    found.sort(key=lambda one: one.id, reverse=True)
    for cut in _cut_off(desk, last):
        older = (place for place, kept in enumerate(found) if (0, *kept.packs)[-1] < cut.packs[0])
        found.insert(next((place for place in older if found[place].packs), len(found)), cut)
    return found


def cut_off(desk: Desk) -> list[list[int]]:
    """The packs of each collect that came to no end, the oldest first.

    A pack comes in whole or not at all, but the receipt is written behind the last one: where the
    power went before, packs are in of which no receipt tells.
    """
    told = desk.store.packs_told()
    return [one for one in collects(desk) if not told.intersection(one)]


def told_cut_off(desk: Desk) -> str:
    """That the newest collect came to no end, in words; nothing where it did."""
    last = collects(desk)[-1:]
    if not last or last[0] not in cut_off(desk):
        return ""
    packs = counted(len(last[0]), "pack", "packs")
    return f"The last collect was cut off or still goes on: {packs} of it came in whole."


def _cut_off(desk: Desk, last: tuple[list[int], ...]) -> list[Kept]:
    """What can be told of collects that came to no end, of the walk on the desk."""
    ended = cut_off(desk) if desk.walk_id else []
    if not ended:
        return []
    missing = missing_walkers(desk)
    labels = tuple(one.label for one in desk.walkers() if one.label not in missing)
    rows = {row[0]: row for row in desk.store.packs(desk.walk_id)}
    found = []
    for packs in ended:
        own = [rows[one] for one in packs if one in rows]
        if not own:
            continue
        receipt = Receipt(
            packs=tuple(_of_pack(file, walker, text) for _, file, walker, _, text in own),
            missing_walkers=tuple(missing),
            walkers_in=labels,
            to_know=(CUT_OFF,),
            walk=desk.walk_id,
        )
        at = desk.local(own[-1][3])
        # Its number is none that a kept one has.
        found.append(Kept(-own[-1][0], at, receipt.as_json(), tuple(packs), (), (packs,) == last))
    return found


def _of_pack(file: str, walker: str, text: str) -> PackReceipt:
    """What was written down of a pack when it came in."""
    said = json.loads(text)
    known = said if isinstance(said, dict) else {}
    return PackReceipt.of({**known, "file": file, "walker": walker})


def collects(desk: Desk) -> list[list[int]]:
    """The packs of each collect that an undo can take back, the oldest first.

    Neither those by which somebody joined nor what was read before its walk was purged.
    """
    closed = set()
    for walk in desk.store.walks():
        purged = desk.store.purged(walk)
        for number, _, _, read_at, text in desk.store.packs(walk):
            if f'"{JOINED}": true' in text or (purged is not None and read_at <= purged[1]):
                closed.add(number)
    return [one for one in desk.store.collects() if not closed.intersection(one)]


def to_settle(desk: Desk) -> int:
    """How much of the walk on the desk is told in two ways now, open questions on labels too."""
    if not desk.walk_id:
        return 0
    return sum(unsettled(desk))
