"""Collect: sharing this laptop's part of a walk, joining a plan, and reading everyone's packs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from walk import __version__
from walk.errors import PackError, Refused
from walk.exchange.pack import ENDING, Pack, Written, find_packs, read_pack, write_pack
from walk.exchange.receipt import PackReceipt, Receipt, counted
from walk.model import PLAN_KINDS, Form, Walk
from walk.routine import door, prepare, visit, write
from walk.routine.desk import Desk
from walk.routine.start import called
from walk.routine.summary import missing_walkers
from walk.storage.store import Merged
from walk.text import one_line, safe

COLLECTS = "collects"
"""The local setting that lists the packs of each collect, oldest first, for their undo."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a share wrote, and what stayed."""

    lines: tuple[str, ...]
    """What went in, in words."""
    waiting: tuple[door.AtDoor, ...] = ()
    """What has a likely name in it and waits at the door."""


def share(desk: Desk, path: Path, *, plan_only: bool = False) -> Shared:
    """Write this laptop's pack of the walk to `path`; what went in, and what waits at the door.

    All that changed and may pass is put into team scope first: one revision a record. A plan pack
    holds the plan alone. Sharing again supersedes without harm.
    """
    walk = desk.walk
    _check_name(path)
    if plan_only and not desk.is_lead():
        raise Refused(
            "This laptop did not make the plan.", "The lead's laptop packs it; share your notes."
        )
    if not plan_only:
        _finish_forms(desk)
    kinds = PLAN_KINDS if plan_only else None
    ids = desk.store.unshared(walk.id, kinds)
    waiting = [] if plan_only else door.waiting_at_share(desk)
    words = "plan shared" if plan_only else "notes shared"
    desk.store.publish(desk.by(), words, door.without(ids, waiting), everyone=True)
    now = desk.now()
    walker = desk.own_walker()
    written: Written = write_pack(
        path,
        desk.store.published(walk.id, kinds),
        kind="plan" if plan_only else "share",
        walk=walk.id,
        device=desk.store.device,
        walker="" if plan_only else _label_of(desk, walker),
        walker_id="" if plan_only else walker,
        made_at_ms=now.wall_ms,
        app=__version__,
    )
    what = "the plan" if plan_only else "the plan, forms, notes and what the team has made of them"
    lines = (
        f"Wrote {safe(str(written.path))}",
        f"It holds {what}: {counted(written.count, 'entry', 'entries')}, {written.bytes:,} bytes.",
        "Drafts, first wordings and what was typed since stay on this laptop.",
    )
    return Shared(lines, tuple(waiting))


def _check_name(path: Path) -> None:
    """Refuse a name that no collect would look at, or that may be another kind of file."""
    if path.suffix.lower() != ENDING:
        raise PackError(
            f"{one_line(str(path)) or 'The name'} does not end in {ENDING}.",
            f"Name a file such as notes{ENDING}.",
        )


def _finish_forms(desk: Desk) -> None:
    """Finish the forms that have something on them; a walker still in a room leaves it."""
    before = desk.me
    held = [one.record for one in desk.store.all(Form, desk.walk_id) if one.here]
    try:
        for form in held:
            if form.finished_at is None and (form.nothing_seen or visit.notes(desk, form)):
                desk.write_as(form.walker)
                write.finish(desk, form)
    finally:
        desk.write_as(before)


def _label_of(desk: Desk, walker: str) -> str:
    return next((one.label for one in desk.walkers() if one.id == walker), "")


def join(desk: Desk, path: Path, label: str) -> list[str]:
    """Take a plan pack in and become one of its walkers; what comes next, in words."""
    pack = read_pack(path)
    _take(desk, path, pack)
    desk.open_walk(pack.manifest.walk)
    roster = desk.walkers()
    known = called(roster, label)
    if known is None and not desk.rules.open_roster:
        labels = ", ".join(one.label for one in roster)
        raise Refused(
            f"{label} is not on the roster of this walk.",
            f"On it: {labels}. Join as one of them, or ask the lead to put you on it.",
        )
    me = known.id if known else prepare.add_walker(desk, label).id
    desk.become(me)
    visits = prepare.visits(desk)
    return [
        f"Joined “{safe(desk.walk.title)}” as {safe(_label_of(desk, me))}",
        f"{counted(len(visits), 'visit', 'visits')}: {safe(', '.join(one.code for one in visits))}",
    ]


def collect(desk: Desk, paths: Iterable[Path]) -> Receipt:
    """Read packs in any order, any number of times; what came in, and what is missing.

    A pack that cannot be read is named with its reason, and the others are taken in.
    """
    desk.arrive()
    before = desk.store.setting(COLLECTS, [])
    receipts: list[PackReceipt] = []
    taken: list[int] = []
    walks: set[str] = set()
    found: list[Path] = []
    for path in paths:
        try:
            found += find_packs([path])
        except PackError as error:
            receipts.append(PackReceipt(file=one_line(path.name or str(path)), refused=str(error)))
    for path in find_packs(found):
        try:
            pack = read_pack(path)
            number, receipt = _take(desk, path, pack)
        except PackError as error:
            receipts.append(PackReceipt(file=one_line(path.name), refused=str(error)))
            continue
        receipts.append(receipt)
        taken.append(number)
        # Pack by pack, so that a collect that is cut off can be undone as far as it came.
        desk.store.set(COLLECTS, [*before, taken])
        walks.add(pack.manifest.walk)
    if not receipts:
        raise PackError("No packs were found there.", "A pack is a file whose name ends in .walk.")
    if walks:
        on_desk = desk.walk_id in walks
        desk.open_walk(desk.walk_id if on_desk else sorted(walks)[0])
    return Receipt(
        packs=tuple(receipts),
        missing_walkers=tuple(missing_walkers(desk)) if walks else (),
        missing_numbers=tuple(_missing(desk)) if walks else (),
    )


def _take(desk: Desk, path: Path, pack: Pack) -> tuple[int, PackReceipt]:
    """Take one checked pack in."""
    name = one_line(path.name)  # a name may hold what no database keeps

    def receipt(merged: Merged) -> PackReceipt:
        return PackReceipt(
            file=name,
            walker=pack.manifest.walker,
            added=merged.added,
            already_here=merged.already_here,
            conflicts=merged.conflicts,
            withdrawn=merged.withdrawn,
            unread=merged.unread,
        )

    number, merged = desk.store.collect(
        pack.sha256,
        name,
        pack.manifest.walk,
        pack.manifest.walker,
        pack.revisions,
        desk.now().wall_ms,
        lambda merged: json.dumps(receipt(merged).as_json()),
    )
    if desk.store.get(Walk, pack.manifest.walk) is None:
        desk.store.take_back_pack(number)
        raise PackError(
            f"{name} holds no walk that this version can read.",
            "Ask for the pack again, or install the newer walk.",
        )
    return number, receipt(merged)


def _missing(desk: Desk) -> list[str]:
    """What must exist but is not here, by laptop: "laptop 3f2a…: 41 to 43"."""
    lines = []
    for device, runs in sorted(desk.store.missing_numbers(desk.walk_id).items()):
        said = ", ".join(
            str(first) if first == last else f"{first} to {last}" for first, last in runs
        )
        lines.append(f"laptop {device[:4]}…: {said}")
    return lines


def undo_collect(desk: Desk) -> list[str]:
    """Take the last collect back; what went and what stays, in words."""
    collects: list[list[int]] = desk.store.setting(COLLECTS, [])
    if not collects:
        raise Refused("There is no collect to take back.", "`walk collect` reads packs.")
    *earlier, packs = collects
    removed = 0
    kept: set[tuple[str, str]] = set()
    for pack in reversed(packs):
        taken = desk.store.take_back_pack(pack)
        removed += taken.removed
        kept |= set(taken.kept)
    desk.store.set(COLLECTS, earlier)
    gone = counted(removed, "entry", "entries")
    lines = [f"The last collect is taken back: {gone} removed."]
    if kept:
        kinds: dict[str, int] = {}
        for kind, _ in kept:
            kinds[kind] = kinds.get(kind, 0) + 1
        said = ", ".join(
            f"{count} {safe(kind.replace('_', ' '))}" for kind, count in sorted(kinds.items())
        )
        lines.append(f"Kept, as something made here rests on it: {said}.")
    if desk.walk_id and desk.store.get(Walk, desk.walk_id) is None:
        desk.open_walk("")
    return lines
