"""Packs broken and forged by the thousand, read through the real collect into a store.

`python -m tests.exchange.fuzz` does it thoroughly and prints the table of docs/reliability.md; the
tests do a part of it. Chance comes from a seed that is said, so a run can be done again.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.desks import begin_small, desk_at, write_form
from tests.exchange import by_hand
from tests.exchange.forge import patched, zipped
from tests.exchange.views import look_at_everything
from walk.errors import WalkError
from walk.model import RECORDS, Note
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.exchanging.collect import collect, undo_collect
from walk.routine.exchanging.share import share
from walk.routine.planning import prepare
from walk.routine.visiting import visit

SEED = 20251014


@dataclass
class Counts:
    """What became of packs of one sort."""

    tried: int = 0
    refused: int = 0
    harmless: int = 0
    """Taken, and they said nothing that was not here."""
    taken: int = 0
    """Taken, and something new came of it: every law held, and an undo took all of it back."""
    wrong: list[str] = field(default_factory=list)
    """What should not have been."""

    def row(self, name: str, seconds: float) -> str:
        """A row of the table in docs/reliability.md."""
        counts = f"{self.tried:,} | {self.refused:,} | {self.harmless:,} | {self.taken:,}"
        return f"| {name} | {counts} | {len(self.wrong)} | {seconds:.0f} s |"


class Target:
    """A laptop with a small walk, and packs of it that are whole."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self._path = folder / "fuzzed.walk"
        one, two = folder / "one.walk", folder / "two.walk"
        share(desk, one)
        with desk_at(folder / "other.walkdb") as other:
            collect(other, [one])
            other.become(other.walkers()[0].id)
            note = next(held.record for held in other.store.all(Note, other.walk_id))
            visit.reword(other, note, "told on another laptop")
            share(other, two)
        collect(desk, [two])
        self.one, self.two = one.read_bytes(), two.read_bytes()
        self.lines = by_hand.read(two).lines
        self._before = self.state()

    def state(self) -> tuple[Any, ...]:
        """All that packs can change: what is shown, and every entry."""
        store = self.desk.store
        entries = sorted(rev.rev_id() for rev in store.published(self.desk.walk_id))
        return store.snapshot(), entries, sorted(store.walks())

    def try_bytes(self, data: bytes, counts: Counts, name: str) -> None:
        """Collect these bytes, see what became of them, and take them back."""
        counts.tried += 1
        self._path.write_bytes(data)
        receipt = collect(self.desk, [self._path]).packs[0]
        if receipt.refused:
            counts.refused += 1
            return
        if receipt.added:
            counts.taken += 1
            counts.wrong += [f"{name}: {what}" for what in self._broken_laws()]
        else:
            counts.harmless += 1
        undo_collect(self.desk)

    def see_untouched(self, counts: Counts, name: str) -> None:
        """What was tried left nothing behind."""
        if self.state() != self._before:
            counts.wrong.append(f"{name}: the store is not as it was")

    def _broken_laws(self) -> list[str]:
        store = self.desk.store
        wrong = store.check()
        shown = store.snapshot()
        store.rebuild()
        if store.snapshot() != shown:
            wrong.append("the tables made anew differ")
        return wrong + look_at_everything(self.desk)


@contextmanager
def target() -> Iterator[Target]:
    """A target in a folder of its own."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        with desk_at(folder / "walk.walkdb") as desk:
            begin_small(desk, 2)
            for code in ("V1", "V2"):
                write_form(desk, code, f"{code}: 5 of 7 pairs wrote #1", "? who began")
            theme = debrief.make_theme(desk, "Writing")
            pool = debrief.table(desk).pool
            debrief.put(desk, [one.note for one in pool], theme)
            stating.state_trend(desk, theme, "Pairs write before they talk")
            prepare.confirm_focus(desk, "in the team meeting", "2025-10-01", 3)
            yield Target(desk, folder)


# Sorts of packs


def truncations(to: Target, step: int = 1) -> Counts:
    """The pack cut off after every `step`th byte."""
    counts = Counts()
    for length in range(0, len(to.one), step):
        to.try_bytes(to.one[:length], counts, f"cut at {length}")
    to.see_untouched(counts, "cut")
    return counts


def flips(to: Target, bits: tuple[int, ...], step: int = 1) -> Counts:
    """The pack with one bit turned round, in every `step`th byte."""
    counts = Counts()
    for place in range(0, len(to.one), step):
        for bit in bits:
            turned = bytes([to.one[place] ^ 1 << bit])
            to.try_bytes(patched(to.one, place, turned), counts, f"bit {bit} of byte {place}")
    if counts.taken:
        counts.wrong.append("something new came of a turned bit")
    to.see_untouched(counts, "flips")
    return counts


def splices(to: Target, chance: random.Random, many: int) -> Counts:
    """The beginning of one pack and the end of another, or of itself, at any two places."""
    counts = Counts()
    for _ in range(many):
        one, two = chance.choice([to.one, to.two]), chance.choice([to.one, to.two])
        start, end = chance.randrange(len(one) + 1), chance.randrange(len(two) + 1)
        to.try_bytes(one[:start] + two[end:], counts, f"splice {start} {end}")
    if counts.taken:
        counts.wrong.append("something new came of a splice")
    to.see_untouched(counts, "splices")
    return counts


def zips(to: Target, chance: random.Random, many: int) -> Counts:
    """Zips of any members: names that climb out, twice, empty, the true ones with other bytes."""
    names = [
        "manifest.json",
        "revisions.jsonl",
        "../manifest.json",
        "/etc/x",
        "a/",
        "MANIFEST.JSON",
    ]
    raw = [b"", b"{}", b"[]", b"\0" * 50, json.dumps(to.lines[0]).encode() + b"\n"]
    counts = Counts()
    for _ in range(many):
        members = [
            (chance.choice(names), chance.choice([*raw, chance.randbytes(40)]))
            for _ in range(chance.randrange(4))
        ]
        data = zipped(members, comment=chance.choice([b"", b"", b"PK\5\6"]))
        for _ in range(chance.randrange(3)):
            at = chance.randrange(len(data))
            data = patched(data, at, chance.randbytes(chance.randrange(1, 5)))
        to.try_bytes(data, counts, "zip")
    if counts.taken or counts.harmless:
        counts.wrong.append("a zip of anything was taken for a pack")
    to.see_untouched(counts, "zips")
    return counts


def forgeries(to: Target, chance: random.Random, many: int) -> Counts:
    """Packs whose hashes and sums are right and whose entries lie."""
    counts = Counts()
    for number in range(many):
        laptop = by_hand.Laptop(to.desk.walk_id, chance.choice([to.desk.store.device, "d1" * 16]))
        laptop.lines = [line for line in to.lines if chance.random() < 0.95]
        for _ in range(chance.randrange(1, 4)):
            laptop.lines.append(_lie(chance, chance.choice(to.lines), to.lines))
        to.try_bytes(_packed(laptop, number), counts, f"forgery {number}")
    to.see_untouched(counts, "forgeries")
    return counts


def _packed(laptop: by_hand.Laptop, number: int) -> bytes:
    # What is laid out as walk does it is read in a quicker way.
    laptop.as_walk = number % 2 == 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forged.walk"
        laptop.write(path)
        return path.read_bytes()


_EDGES = (0, 1, 2, 3, 1_000, 100_001, 2**31, 2**53)


def _lie(chance: random.Random, line: by_hand.Line, others: list[by_hand.Line]) -> by_hand.Line:
    """A line like `line` that says something else, with its true hash."""
    other = chance.choice(others)
    lies: dict[str, Callable[[], Any]] = {
        "record": lambda: chance.choice([other["record"], chance.randbytes(16).hex()]),
        "kind": lambda: chance.choice([other["kind"], "sound_map"]),
        "generation": lambda: chance.choice([*_EDGES, line["generation"] + 1]),
        "parents": lambda: sorted(
            {chance.choice([other["rev"], line["rev"], chance.randbytes(32).hex()])}
        ),
        "author": lambda: chance.choice(["", other["author"], chance.randbytes(16).hex()]),
        "device": lambda: chance.choice([other["device"], chance.randbytes(16).hex()]),
        "number": lambda: chance.choice([*_EDGES, other["number"]]),
        "made_at": lambda: chance.choice(["1970-01-01T00:00:00.000Z", "9997-12-31T23:59:59.999Z"]),
        "zone": lambda: chance.choice([-1439, 0, 1439]),
        "schema": lambda: chance.choice([1, 2, 2**31]),
        "deleted": lambda: not line["deleted"],
        "body": lambda: _other_body(chance, line, other),
    }
    said = {**line, "parents": [line["rev"]], "generation": line["generation"] + 1}
    for name in chance.sample(sorted(lies), chance.randrange(1, 4)):
        said[name] = lies[name]()
    said["body"] = "" if said["deleted"] else said["body"] or "{}"
    said["rev"] = by_hand.rev_of(said)
    return said


def _other_body(chance: random.Random, line: by_hand.Line, other: by_hand.Line) -> str:
    if chance.random() < 0.3 or not line["body"]:
        return str(chance.choice(["", "[]", "no JSON", "{}", other["body"], '{"text": "\x1b[2J"}']))
    fields = json.loads(line["body"])
    names = [*fields, *RECORDS[line["kind"]].field_names()]
    for _ in range(chance.randrange(1, 3)):
        fields[chance.choice(names)] = chance.choice(VALUES)
    return json.dumps(fields)


VALUES: tuple[Any, ...] = (
    *(None, True, {}, [], "", 0, -1, 1.5, 10**6, 2**31, 2**53, 2**63, -(2**63), 10**18, 10**30),
    *(253_402_300_799_999, -(10**15), "x" * 20_001, "\x1b]0;x\x07", "\u202e", "zz" * 16, "f" * 64),
    *("0000-00-00", "9999-12-31", "0001-01-01", "2025-13-45", "25:99", "09:22", "../../etc/passwd"),
    *("/etc/localtime", "Asia/../../etc/passwd", "Etc/GMT+12", "V1", "0" * 32, "Ana\nBen"),
    *(["x"], [["a"]], [["25:00", "x"]], [["09:00", "08:00"]], ["x"] * 1_000, [{"text": 1}]),
    *({"a": {"b": 1}}, {"how": "x", "on": "y", "how_many": 10**30}),
    *("next", "end", "skip", "hold", "adjust", "earlier", "late", "anew", "withdraw", "insert"),
)
"""What a body may say in place of what a field expects."""


def bodies(to: Target, chance: random.Random, many: int = 0) -> Counts:
    """Every field of every kind of record saying each of `VALUES`; or only so many rounds of that.

    A pack says one value in one field of half of the kinds at once: the other half is sound, so
    that what one record says wrongly does not hide another.
    """
    counts = Counts()
    newest = {line["kind"]: line for line in to.lines if line["body"]}
    lines = {kind: newest.get(kind) or _first_of(to, kind) for kind in RECORDS}
    names = {kind: [*set(noun.field_names()) - {"id", "walk"}] for kind, noun in RECORDS.items()}
    rounds = [(at, value) for at in range(max(map(len, names.values()))) for value in VALUES]
    chance.shuffle(rounds)
    for at, value in rounds[: many or None]:
        kinds = sorted(kind for kind in RECORDS if at < len(names[kind]))
        chance.shuffle(kinds)
        for half in (kinds[::2], kinds[1::2]):
            laptop = by_hand.Laptop(to.desk.walk_id, "d1" * 16, list(to.lines))
            for kind in half:
                fields = {**json.loads(lines[kind]["body"]), sorted(names[kind])[at]: value}
                laptop.change(kind, lines[kind]["record"], body=fields)
            said = f"field {at} of {half} = {value!r:.40}"
            to.try_bytes(_packed(laptop, counts.tried), counts, said)
    to.see_untouched(counts, "bodies")
    return counts


_NEEDED = {
    "hall_talk": ("visit", "team"),
    "checklist": ("visit", "walker"),
    "no_person": ("words",),
    "erase": ("note",),
    "step": ("what",),
    "said": ("text",),
}


def _first_of(to: Target, kind: str) -> by_hand.Line:
    """A first entry of a kind of which the walk has none."""
    walk = to.desk.walk_id
    room = next(line["record"] for line in to.lines if line["kind"] == "visit")
    parts = {"visit": room, "walker": to.desk.me, "words": "ana", "note": "0" * 32, "what": "ask"}
    body = {name: parts.get(name, "") for name in _NEEDED.get(kind, ())}
    derived = by_hand.derived(kind, walk, *(body.values() if kind != "step" else ()))
    return {"record": derived, "kind": kind, "body": json.dumps(body)}


def main() -> None:
    """Do all of it and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--many", type=int, default=5_000, help="packs of the sorts by chance")
    many = asked.parse_args().many
    sorts: dict[str, Callable[[Target], Counts]] = {
        "cut off at every byte": truncations,
        "three bits of every byte turned": lambda to: flips(to, (0, 3, 7)),
        "two packs spliced anywhere": lambda to: splices(to, random.Random(SEED), many),
        "zips of anything": lambda to: zips(to, random.Random(SEED), many),
        "true hashes, false entries": lambda to: forgeries(to, random.Random(SEED), many // 5),
        "every field of every body": lambda to: bodies(to, random.Random(SEED)),
    }
    print("| packs | tried | refused | harmless | taken, all laws held | wrong | took |")
    print("|---|---|---|---|---|---|---|")
    for name, sort in sorts.items():
        began = time.perf_counter()
        with target() as to:
            counts = sort(to)
        print(counts.row(name, time.perf_counter() - began), flush=True)
        for wrong in counts.wrong[:20]:
            print("   ", wrong)


if __name__ == "__main__":
    try:
        main()
    except WalkError as problem:
        raise SystemExit(str(problem)) from problem
