"""Collect: reading everyone's packs in any order, any number of times, and taking that back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from walk.errors import PackError, PlanError, Refused, StoreError
from walk.exchange.pack import Pack, file_sha256, read_pack, shown_name
from walk.exchange.receipt import PackReceipt, Receipt, counted
from walk.model import Walk
from walk.model.revision import Revision
from walk.routine import folders
from walk.routine.desk import Desk
from walk.routine.exchanging.focus_told import confirmed_before, focus_of
from walk.routine.exchanging.found import Found, Progress, Report, files_at
from walk.routine.planning import places
from walk.routine.settling import receipts, same_person
from walk.storage.purging import EVERY
from walk.storage.store import Merged
from walk.text import one_line, safe

STEP = 250
"""Entries between two words on how far a pack is."""
STOPPED = "Stopped after {done} of {packs} packs, as you asked; collect again for the others."
CUT_OFF = "Cut off after {done} of {packs} packs; collect again for the others."
CLONED = (
    "Another laptop shares under this laptop's number: one is a copy of the other. This laptop "
    "goes on under a number of its own; nothing is lost."
)


# Taking in


def collect(
    desk: Desk,
    paths: Iterable[Path],
    *,
    passphrase: str = "",
    report: Report = lambda _: False,
) -> Receipt:
    """Read packs in any order, any number of times; what came in, and what is missing.

    A pack that cannot be read is named with its reason, and the others are taken in. A folder gives
    its packs; a file that is named twice, or is a copy of another one, is read once.
    """
    files, refused = files_at(paths)
    if not files and not refused:
        raise PackError("No packs were found there.", "A pack is a file whose name ends in .walk.")
    found = [Found(path, refused=why) for path, why in refused]
    found += [Found(path) for path in files]
    return collect_found(desk, found, passphrase=passphrase, report=report)


def collect_found(
    desk: Desk,
    found: Sequence[Found],
    *,
    passphrase: str = "",
    report: Report = lambda _: False,
    places_file: tuple[str, Path] | None = None,
    open_walk: bool = True,
) -> Receipt:
    """The same with files that were looked at: what is refused already is told, the rest read.

    What comes in belongs to one collect, which one undo takes back. Its receipt is kept. A places
    file, with the walk it is of, is taken along. The walk is put on the desk, unless told not to.
    """
    run = _Run(desk, len(found), passphrase, report, open_walk=open_walk)
    with desk.store.many_at_once():
        for number, one in enumerate(found, start=1):
            try:
                run.take(number, one)
            except StoreError:
                with suppress(StoreError):  # on a full disk there may be no room for it either
                    run.keep(CUT_OFF.format(done=number - 1, packs=len(found)))
                raise
            if run.stop and number < len(found):
                return run.keep(STOPPED.format(done=number, packs=len(found)))
    return run.keep(*(_take_places(desk, *places_file) if places_file else ()))


def _take_places(desk: Desk, walk: str, path: Path) -> tuple[str, ...]:
    """Take a places file along; what is told of it. The packs are in, whatever becomes of it."""
    name = one_line(path.name)
    try:
        taken = places.take(desk, path, walk=walk)
    except PlanError as error:
        return (f"No places were taken from {name}: {error}",)
    return (f"Places taken from {name}.", *taken.warnings)


class _Run:
    """One collect while it runs."""

    def __init__(
        self, desk: Desk, packs: int, passphrase: str, report: Report, *, open_walk: bool
    ) -> None:
        self._desk = desk
        self._open_walk = open_walk
        self._packs = packs
        self._passphrase = passphrase
        self._report = report
        self._device = desk.store.device
        self._here = set(desk.store.walks())
        self._read: dict[bytes, tuple[str, PackReceipt, str]] = {}
        """The files read so far, by their sha-256: name, receipt and walk."""
        self._receipts: list[tuple[str, PackReceipt]] = []
        """The walk, or nothing, and what became of each pack."""
        self._packs_before: dict[int, tuple[str, str, str, str]] | None = None
        """Walk, file, walker and kept receipt of the packs that were here, by their number."""
        self._taken: list[int] = []
        self.stop = False

    def take(self, number: int, one: Found) -> None:
        """Take one file in, or say why not."""
        name = one_line(one.path.name or str(one.path))
        self.stop = self._report(Progress(number, self._packs, shown_name(one.path)))
        if one.refused and not one.locked:
            self._receipts.append(("", PackReceipt(name, refused=one.refused)))
            return
        try:
            sha256 = one.pack.sha256 if one.pack else file_sha256(one.path)
            walk, receipt = (
                self._read_before(sha256, name)
                or self._known(sha256, name)
                or self._take(number, one)
            )
        except PackError as error:
            self._receipts.append((one.walk, PackReceipt(name, refused=str(error))))
            return
        self._read.setdefault(sha256, (name, receipt, walk))
        self._receipts.append((walk, receipt))

    def _read_before(self, sha256: bytes, name: str) -> tuple[str, PackReceipt] | None:
        """A copy of a file that this collect has read."""
        if sha256 not in self._read:
            return None
        first, receipt, walk = self._read[sha256]
        held = receipt.added + receipt.already_here
        return walk, PackReceipt(name, receipt.walker, already_here=held, same_as=first)

    def _known(self, sha256: bytes, name: str) -> tuple[str, PackReceipt] | None:
        """A file that an earlier collect has read, and of which nothing went since."""
        store = self._desk.store
        known = store.known_pack(sha256)
        walk, before = self._about(known) if known else ("", PackReceipt(name))
        if not walk:
            return None

        def receipt(merged: Merged) -> PackReceipt:
            return _receipt(name, before.walker, before.kind, merged)

        at = self._desk.now().wall_ms
        found = store.collect_known(
            known, name, at, lambda merged: _text(receipt(merged)), collect=self._first
        )
        if found is None:
            return None
        number, merged = found
        self._taken.append(number)
        return walk, receipt(merged)

    def _about(self, pack: int) -> tuple[str, PackReceipt]:
        """The walk of a pack that was here before, and what it was."""
        if self._packs_before is None:
            self._packs_before = {
                number: (walk, file, walker, text)
                for walk in self._here
                for number, file, walker, _, text in self._desk.store.packs(walk)
            }
        walk, file, walker, text = self._packs_before.get(pack, ("", "", "", "{}"))
        said = json.loads(text)
        kind = said.get("kind", "") if isinstance(said, dict) else ""
        return walk, PackReceipt(file, walker, kind=str(kind))

    @property
    def _first(self) -> int:
        """The first pack of this collect: what ties them together for an undo."""
        return self._taken[0] if self._taken else 0

    def _take(self, number: int, one: Found) -> tuple[str, PackReceipt]:
        pack = one.pack or read_pack(one.path, passphrase=self._passphrase)
        walk, shown = pack.manifest.walk, shown_name(one.path)

        def counting() -> Iterator[tuple[bytes, Revision]]:
            for place, pair in enumerate(pack.revisions):
                if place % STEP == 0:
                    there = Progress(number, self._packs, shown, place, len(pack.revisions))
                    self.stop |= self._report(there)
                yield pair

        taken, receipt = take_pack(self._desk, one.path, pack, counting(), first=self._first)
        if not self._taken:
            folders.used(self._desk, one.path.parent)
        self._taken.append(taken)
        if walk not in self._here:
            self._here.add(walk)
            found = self._desk.store.get(Walk, walk)
            if len(self._here) > 1 and found is not None:
                receipt = replace(receipt, own_walk=found.title or found.date or "no title")
        return walk, receipt

    def keep(self, *told: str) -> Receipt:
        """Put the receipt together, keep it with each walk, and put the walk on the desk."""
        desk = self._desk
        walks = list(dict.fromkeys(walk for walk, _ in self._receipts if walk in self._here))
        walks = walks or ([desk.walk_id] if desk.walk_id else [])
        if not walks:
            return Receipt(tuple(one for _, one in self._receipts), to_know=told)
        first = desk.walk_id if desk.walk_id in walks else sorted(walks)[0]
        if self._open_walk:
            desk.open_walk(first)
        if desk.walk_id == first and any(one.added for _, one in self._receipts):
            told = (*told, *same_person.after_collect(desk))
        if desk.store.device != self._device:
            told = (*told, CLONED)
        found = {}
        for walk in walks:
            own = [one for of, one in self._receipts if of == walk or (not of and walk == first)]
            found[walk] = receipts.standing(desk, walk, own, told)
            receipts.keep(desk, found[walk], walk, self._taken)
        return replace(found[first], packs=tuple(one for _, one in self._receipts))


def take_pack(
    desk: Desk,
    path: Path,
    pack: Pack,
    revisions: Iterable[tuple[bytes, Revision]] | None = None,
    *,
    first: int = 0,
    joined: bool = False,
) -> tuple[int, PackReceipt]:
    """Take one checked pack in; its number here, and what it brought.

    `first` is the first pack of the same collect, 0 for the first; one by which somebody has
    `joined` is no collect and is not taken back as one. PackError, with nothing taken in, for a
    pack that holds no walk.
    """
    name = one_line(path.name)  # a name may hold what no database keeps
    manifest = pack.manifest

    def receipt(merged: Merged) -> PackReceipt:
        return _receipt(name, manifest.walker, manifest.kind, merged)

    gone = desk.store.purged(manifest.walk)
    if gone and EVERY in gone[0]:
        raise PackError(
            f"{name} is of a walk that was purged on this laptop, all of it.",
            "Nothing of it comes in again here.",
        )
    if why := desk.store.misplaced(manifest.walk, pack.revisions):
        raise PackError(
            f"{name} {why}; nothing of it was taken in.",
            "Ask whoever sent it to share again, and tell them of this.",
        )
    before = focus_of(desk, manifest.walk)
    number, merged = desk.store.collect(
        pack.sha256,
        name,
        manifest.walk,
        manifest.walker,
        pack.revisions if revisions is None else revisions,
        desk.now().wall_ms,
        lambda merged: _text(receipt(merged), joined=joined),
        collect=first,
    )
    if desk.store.get(Walk, manifest.walk) is None:
        desk.store.take_back_pack(number)
        raise PackError(
            f"{name} holds no walk that this version can read.",
            "Ask for the pack again, or install the newer walk.",
        )
    changed = confirmed_before(before, focus_of(desk, manifest.walk))
    return number, replace(receipt(merged), focus_before=changed)


def _receipt(file: str, walker: str, kind: str, merged: Merged) -> PackReceipt:
    return PackReceipt(
        file=file,
        walker=walker,
        added=merged.added,
        already_here=merged.already_here,
        conflicts=merged.conflicts,
        withdrawn=merged.withdrawn,
        unread=merged.unread,
        forgotten=merged.forgotten,
        copies=merged.clones,
        kind=kind,
    )


def _text(receipt: PackReceipt, *, joined: bool = False) -> str:
    return json.dumps(receipt.as_json() | ({receipts.JOINED: True} if joined else {}))


# Taking it back


def undo_collect(desk: Desk) -> list[str]:
    """Take the last collect back; what went and what stays, in words."""
    collects = receipts.collects(desk)
    if not collects:
        raise Refused("There is no collect to take back.", "`walk collect` reads packs.")
    packs = collects[-1]
    taken = desk.store.take_back_packs(reversed(packs))
    gone = counted(taken.removed, "entry", "entries")
    lines = [f"The last collect is taken back: {gone} removed."]
    if taken.kept:
        lines.append(f"Kept, as something made here rests on it: {_kinds(taken.kept)}.")
    receipts.keep_undo(desk, packs, lines)
    if desk.walk_id and desk.store.get(Walk, desk.walk_id) is None:
        desk.open_walk("")
    return lines


def _kinds(kept: Iterable[tuple[str, str]]) -> str:
    kinds: dict[str, int] = {}
    for kind, _ in kept:
        kinds[kind] = kinds.get(kind, 0) + 1
    return ", ".join(
        f"{count} {safe(kind.replace('_', ' '))}" for kind, count in sorted(kinds.items())
    )
