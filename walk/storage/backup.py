"""Backups: whole, checked copies of the store beside it, and which of them stay.

A copy is made under another name and gets its own only once everything in it adds up, so a file
that bears a backup's name was sound when it was made.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

from walk.disk import check_name, remove, replace
from walk.errors import BusyStore, DamagedStore, StoreError
from walk.storage import copies
from walk.storage.database import (
    ASIDE,
    BACKUPS,
    RESTORE,
    found_file,
    put_in_place,
    told,
    traces,
)
from walk.storage.locks import lock

MOST = 7
"""How many backups of a store stay."""

TIMES_THE_STORE = 2
"""How many times its size they may take together."""

DAY_MS = 24 * 60 * 60 * 1000
DAILY = "daily"
BEFORE = "before-"
"""How the reason of a backup begins that was made before something great was done."""

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}-\d{6})Z-([a-z0-9-]+)(?:_\d+)?\.walkdb")
_TIME = "%Y-%m-%d-%H%M%S"
_PART = ".part"
_TURN = "making"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Backup(NamedTuple):
    """A backup by what its name tells: when it was made (UTC milliseconds) and why."""

    path: Path
    at: int
    why: str
    size: int
    """Bytes."""


def backup_folder(store: Path) -> Path:
    """Where the backups of a store lie."""
    return store.with_name(f"{store.name}{BACKUPS}")


def stamp(at: int) -> str:
    """A moment (UTC milliseconds) as it stands in names: 2025-10-14-092201."""
    return f"{_EPOCH + timedelta(milliseconds=at):{_TIME}}"


def kept(store: Path, now: int | None = None) -> list[Backup]:
    """The backups of a store, the newest first; from names and sizes alone.

    With `now` (UTC milliseconds) those that are named by a day yet to come are the last: a clock
    that ran ahead named them, and they would count as the newest until that day.
    """
    found = []
    for path in backup_folder(store).glob("*.walkdb"):
        named = _NAME.fullmatch(path.name)
        if named:
            # ValueError: a day that no calendar has; FileNotFoundError: it goes at this moment.
            with contextlib.suppress(ValueError, FileNotFoundError):
                moment = datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
                at = (moment - _EPOCH) // timedelta(milliseconds=1)
                status = path.stat()
                one = Backup(path, at, named[2], status.st_size)
                due = now is None or at <= now + DAY_MS
                found.append((due, at, status.st_mtime_ns, one))
    return [one for *_, one in sorted(found, key=lambda held: held[:3], reverse=True)]


def aside(store: Path) -> list[Path]:
    """The stores that were set aside as damaged, the newest first; also one of 0 bytes."""
    others = (*copies.SIDES, BACKUPS)
    found = [one for one in traces(store) if one.name.startswith(f"{store.name}{ASIDE}")]
    return sorted((one for one in found if not one.name.endswith(others)), reverse=True)


def every(store: Path) -> list[Path]:
    """Every file beside a store that holds what it held: backups, and what was set aside."""
    named = [one.path for one in kept(store)]
    others = (one for one in sorted(backup_folder(store).glob("*.walkdb")) if one not in named)
    return [*named, *others, *aside(store), *_without_store(store)]


def _without_store(store: Path) -> list[Path]:
    """Journal files that were set aside without the store that they belong to."""
    found = [one for one in traces(store) if one.name.startswith(f"{store.name}{ASIDE}")]
    sides = [(one, end) for one in found for end in copies.SIDES if one.name.endswith(end)]
    return [one for one, end in sides if not Path(str(one).removesuffix(end)).exists()]


def make(store: Path, now: int, why: str) -> Path:
    """Copy the store, check the copy, and let the oldest backups go; `now` in UTC milliseconds.

    Raises DamagedStore where the copy does not add up: then there is no new backup and none goes.
    Raises BusyStore where another program makes one just now.
    """
    folder = backup_folder(store)
    with told(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        with turn(folder):
            _clear(folder)
            part = folder / f"{stamp(now)}{_PART}"
            try:
                copies.new_file(part)
                with told(store):
                    copies.copy(store, part, live=True)
                check(part)
                target = _free_name(folder, f"{stamp(now)}Z-{why}")
                replace(part, target)
            finally:
                copies.remove(part)
            copies.sync(folder)
            _let_go(store, now, target)
    return target


def clear_cut_off(store: Path) -> None:
    """Delete what a kill left of a backup, unless one is being made just now."""
    folder = backup_folder(store)
    if any(folder.glob(f"*{_PART}*")):
        with told(folder), turn(folder):
            _clear(folder)


def _clear(folder: Path) -> None:
    for cut_off in folder.glob(f"*{_PART}*"):
        remove(cut_off)


def make_at(store: Path, target: Path) -> Path:
    """Copy the store into a file of a person's choice and check it; nothing goes for it.

    FileExistsError where there is one of that name.
    """
    if target.exists():
        raise FileExistsError(target)
    # A kill in the middle leaves nothing that bears the name; the next try takes this one away.
    part = target.with_name(f"~{target.name}{_PART}")
    with told(target):
        check_name(target)
        copies.remove(part)
        copies.new_file(part)
        try:
            copies.copy(store, part, live=True)
            check(part)
            placed = put_in_place(part, target)
        finally:
            copies.remove(part)
    if not placed:  # it came meanwhile, or is a link that leads nowhere
        raise FileExistsError(target)
    return target


def check(copy: Path) -> None:
    """Look through a copy, every page and every record's hash; DamagedStore says what is wrong."""
    with copies.opened(copy, Path(f"{copy}-looked-into")) as read:
        wrong = copies.told_wrong(read.check())
    if wrong:
        raise DamagedStore(wrong, RESTORE)


def is_sound(copy: Path) -> bool:
    """Whether everything in a backup adds up."""
    try:
        check(copy)
    except (StoreError, OSError):
        return False
    return True


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[None]:
    """One program at a time makes backups or cleans them; BusyStore while another does."""
    held = lock(folder / _TURN)
    if held is None:
        raise BusyStore("Another walk makes a backup just now.", "Wait until it is done.")
    try:
        yield
    finally:
        held.free()


def _free_name(folder: Path, stem: str) -> Path:
    names = (f"{stem}.walkdb" if n == 1 else f"{stem}_{n}.walkdb" for n in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


# Which of them stay


def surplus(found: Sequence[Backup], size: int, now: int) -> list[Backup]:
    """Of all backups, the newest first, those that have to go; `size` is the store's, in bytes.

    The newest stays whatever it takes, and for a day the newest one that was made before something
    great was done, so that this can still be taken back.
    """
    # A store that has just been begun anew must not throw out what was in the old one.
    room = TIMES_THE_STORE * max([size, *(one.size for one in found)])
    before = next((one for one in found if one.why.startswith(BEFORE)), None)
    gone, count_, taken = [], 0, 0
    for place, one in enumerate(found):
        protected = place == 0 or (one is before and now - one.at < DAY_MS)
        if protected or (count_ < MOST and taken + one.size <= room):
            count_, taken = count_ + 1, taken + one.size
        else:
            gone.append(one)
    return gone


def _let_go(store: Path, now: int, made: Path) -> None:
    for one in surplus(kept(store, now), store.stat().st_size, now):
        # By a clock that was set back, what was made last bears the name of the oldest.
        if one.path != made:
            copies.remove(one.path)


# What a look into the store has found, kept for the next start


def found_damage(store: Path) -> str:
    """What the last look into the store found wrong; nothing where all added up."""
    try:
        return found_file(store).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def keep_found(store: Path, wrong: str) -> None:
    """Keep what was found wrong for the next start, or that nothing is wrong."""
    file = found_file(store)
    with told(file.parent):
        if wrong:
            file.parent.mkdir(mode=0o700, exist_ok=True)
            file.write_text(f"{wrong}\n", encoding="utf-8")
        else:
            remove(file)
