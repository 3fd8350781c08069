"""What lies at the paths that were given: packs, as far as they can be looked at untaken."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from walk.errors import PackError, PlanError
from walk.exchange.pack import LockedPack, Manifest, Pack, find_packs, peek, read_pack, shown_name
from walk.model import Walk
from walk.routine.desk import Desk
from walk.routine.exchanging.share import places_beside
from walk.routine.folders import is_empty_pack
from walk.routine.planning import places


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a collect is. Counts from 1; `entries` of the pack in hand."""

    pack: int
    packs: int
    file: str
    entries: int = 0
    of: int = 0

    @property
    def words(self) -> str:
        """Such as "3 of 12"."""
        return f"{self.pack} of {self.packs}"


Report = Callable[[Progress], bool]
"""Told how far it is; True stops before the next pack."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be a pack, as far as it was looked at."""

    path: Path
    manifest: Manifest | None = None
    """What it says of itself; None while it is locked, and for what is refused."""
    pack: Pack | None = field(default=None, repr=False)
    """The whole pack, where it had to be opened to be looked at."""
    locked: bool = False
    wrong: bool = False
    """A passphrase was given, and is not the one."""
    refused: str = ""
    """Why nothing of it can be taken in."""

    @property
    def walk(self) -> str:
        """The walk it is of; nothing while that is not known."""
        return self.manifest.walk if self.manifest else ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What lies at the paths that were given, one entry a file, none twice."""

    found: tuple[Found, ...]
    stopped: bool = False

    @property
    def locked(self) -> tuple[Found, ...]:
        """Those that wait for a passphrase."""
        return tuple(one for one in self.found if one.locked)

    def plan_to_join(self, desk: Desk) -> Found | None:
        """The newest plan of a walk that this laptop has not joined."""
        plans = [
            one
            for one in self.found
            if one.manifest is not None
            and one.manifest.kind == "plan"
            and not joined(desk, one.manifest.walk)
        ]
        return max(
            plans, key=lambda one: one.manifest.made_at if one.manifest else "", default=None
        )

    def of_other_walks(self, desk: Desk) -> tuple[Found, ...]:
        """Packs of walks that are not on this laptop."""
        here = set(desk.store.walks())
        return tuple(one for one in self.found if one.walk and one.walk not in here)

    def without(self, files: Iterable[Found]) -> Looked:
        """The same without some files."""
        gone = {one.path for one in files}
        return replace(self, found=tuple(one for one in self.found if one.path not in gone))


def joined(desk: Desk, walk: str) -> bool:
    """True where somebody writes on this laptop in that walk, or where its plan was made here."""
    own = desk.store.setting(f"own:{walk}", "") or desk.store.setting(f"me:{walk}", "")
    return desk.store.get(Walk, walk) is not None and bool(own or desk.store.made_here(walk))


def look(
    paths: Iterable[Path],
    *,
    passphrase: str = "",
    before: Looked | None = None,
    report: Report = lambda _: False,
) -> Looked:
    """Look at files and folders without taking anything in; slow disks and many files take time.

    With `before` only what was locked then is looked at again, with the passphrase. PackError where
    there is no pack at all.
    """
    if before is None:
        files, refused = files_at(paths)
        known = [Found(path, refused=why) for path, why in refused]
    else:
        files = [one.path for one in before.locked]
        known = [one for one in before.found if not one.locked]
    stopped = False
    for number, path in enumerate(files, start=1):
        if stopped := report(Progress(number, len(files), shown_name(path))):
            break
        known.append(_look_at(path, passphrase))
    if not known and not stopped:
        raise PackError("No packs were found there.", "A pack is a file whose name ends in .walk.")
    return Looked(tuple(sorted(known, key=lambda one: one.path)), stopped)


def files_at(paths: Iterable[Path]) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files that the paths name, sorted, none twice, and the paths that cannot be read.

    Of a folder those are named too that hold nothing or lead nowhere: reading one says so.
    """
    found: dict[str, Path] = {}
    refused = []
    for path in paths:
        try:
            for one in [*find_packs([path]), *_empty_in(path)]:
                found.setdefault(os.path.realpath(one), one)
        except PackError as error:
            refused.append((path, str(error)))
    return sorted(found.values()), refused


def _empty_in(path: Path) -> list[Path]:
    try:
        return [one for one in path.iterdir() if is_empty_pack(one)] if path.is_dir() else []
    except OSError:
        return []


def _look_at(path: Path, passphrase: str) -> Found:
    try:
        if not passphrase:
            return Found(path, peek(path))
        # Opening takes seconds, so what was opened is kept.
        pack = read_pack(path, passphrase=passphrase)
        return Found(path, pack.manifest, pack)
    except LockedPack as error:
        return Found(path, locked=True, wrong=error.wrong, refused=str(error))
    except PackError as error:
        return Found(path, refused=str(error))


def new_places(desk: Desk, looked: Looked) -> tuple[str, Path] | None:
    """A places file that lies beside a plan and says what this laptop does not know yet.

    The walk it is of comes first. A file that cannot be read is passed over: it is asked for again
    under Prepare.
    """
    for one in looked.found:
        beside = places_beside(one.path)
        plan = one.manifest is not None and one.manifest.kind == "plan"
        if plan and beside.is_file() and desk.store.get(Walk, one.walk) is not None:
            with suppress(PlanError):
                if places.take(desk, beside, walk=one.walk, save=False).changes:
                    return one.walk, beside
    return None
