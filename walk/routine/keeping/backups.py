"""Backups: making and listing them, looking into them, bringing one back, and what to warn of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from walk.clock import Clock
from walk.disk import is_folder
from walk.errors import (
    BusyStore,
    DamagedStore,
    FullDisk,
    NewerStore,
    ReadOnlyStore,
    Refused,
    StoreError,
)
from walk.routine.keeping.backup_words import day_of, saved_words, size_words, when
from walk.storage import backup, copies, leftover, synced
from walk.storage import restore as restoring
from walk.storage.aside import Saved
from walk.storage.copies import Holding
from walk.text import safe

WHY = {
    "daily": "made by itself",
    "asked": "asked for",
    "before-restore": "before a restore",
    "before-purge": "before a purge",
}
"""Why a backup was made, by the word in its name."""

_NUMBER = re.compile("[0-9]{1,9}")
"""How a backup is named by its number in the list."""

MEND = "Close walk and type: walk restore"
ELSEWHERE = "Look at the name and whether the stick is plugged in, or choose another folder."
UPDATE = "Update walk on this laptop, then bring it back."
ROOM = "Make room there, or choose another stick or folder; the store is as it was."


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup as it is listed: from its name alone, nothing of it is opened."""

    number: int
    """Its place in the list, the newest being 1."""
    path: Path
    when: str
    why: str
    size: str
    at: int
    bytes: int
    reason: str = ""
    """Why it was made, as its name says it: "daily", "asked", "before-restore" …"""

    @property
    def words(self) -> str:
        """All of it on one line."""
        return f"{self.when}, {self.size}, {self.why}"


@dataclass(frozen=True, slots=True)
class Look:
    """What a store or a backup holds; `wrong` says why it cannot be brought back."""

    holding: Holding | None
    wrong: str = ""
    mend: str = ""
    """What to do about it, where another backup is not the answer."""

    @property
    def sound(self) -> bool:
        """Everything in it adds up."""
        return not self.wrong


# Making


def take(store: Path, clock: Clock, why: str = "asked", to: Path | None = None) -> Path:
    """Make a backup now, checked; where it is. With `to` it is a file of a person's choice.

    Raises a StoreError where it cannot be made; Refused where the file of a person's choice is
    there already or cannot be written.
    """
    now = clock.now()
    if to is None:
        return backup.make(store, now.wall_ms, why)
    try:
        target = to / f"{backup.stamp(now.wall_ms)}Z-{why}.walkdb" if is_folder(to) else to
        if not is_folder(target.parent):
            raise Refused(f"The folder {safe(str(target.parent))} is not there.", ELSEWHERE)
        return backup.make_at(store, target)
    except FileExistsError:
        raise Refused(f"{safe(str(target))} is there already.", "Name another file.") from None
    except FullDisk:
        raise FullDisk(f"There is no room for a backup at {safe(str(to))}.", ROOM) from None
    except StoreError as error:
        if type(error) is not StoreError and not isinstance(error, ReadOnlyStore):
            raise  # it is about the store itself
        raise Refused(f"{safe(str(to))} cannot be written.", ELSEWHERE) from None
    except (OSError, ValueError):
        raise Refused(f"{safe(str(to))} cannot be written.", ELSEWHERE) from None


def daily(store: Path, clock: Clock, *, after_a_crash: bool = False) -> str:
    """Make the backup of the day where there is none yet, and look through the store by it.

    What was found wrong comes back in words, or nothing. For a thread of its own; raises nothing.
    After a crash the store is looked through also where today's backup is there.
    """
    now = clock.now()
    try:
        backup.clear_cut_off(store)
        leftover.clear_after_a_crash(store)
        if any(day_of(one.at) == now.local_date for one in backup.kept(store)):
            wrong = restoring.damage(store) if after_a_crash else backup.found_damage(store)
        elif restoring.holds_nothing(store):
            return ""
        else:
            backup.make(store, now.wall_ms, backup.DAILY)
            wrong = ""
        backup.keep_found(store, wrong)
    except DamagedStore as error:
        wrong = error.message
        remember(store, wrong)
    except BusyStore:
        return ""
    except (StoreError, OSError) as error:
        return f"No backup was made today: {error}"
    return f"{wrong} {MEND}" if wrong else ""


def remember(store: Path, wrong: str) -> None:
    """Keep for the next start what was found wrong, or that nothing was, where that can be kept."""
    try:
        backup.keep_found(store, wrong)
    except (StoreError, OSError):
        return  # it is told now, and found again


def remember_check(store: Path, wrong: list[str]) -> None:
    """Keep what a check of the store (`Store.check`) found, in people's words."""
    remember(store, copies.told_wrong(wrong))


# Looking


def listed(store: Path, clock: Clock) -> list[Kept]:
    """The backups of a store, the newest first."""
    now = clock.now()
    return [
        Kept(
            number,
            one.path,
            when(one.at, now),
            WHY.get(one.why, one.why.replace("-", " ")),
            size_words(one.size),
            one.at,
            one.size,
            one.why,
        )
        for number, one in enumerate(backup.kept(store, now.wall_ms), start=1)
    ]


def set_aside(store: Path) -> list[Path]:
    """The stores that were set aside as damaged, the newest first."""
    return backup.aside(store)


def look(copy: Path, *, quick: bool = False) -> Look:
    """What a backup holds and whether all of it adds up; `quick` leaves the second aside."""
    try:
        holding = copies.holding(copy)
        if not quick:
            backup.check(copy)
    except FileNotFoundError:
        return Look(None, f"{copy.name} is not there.")
    except NewerStore:
        return Look(None, "It was made by a newer walk than this one.", UPDATE)
    except StoreError as error:
        return Look(None, error.message)
    return Look(holding)


def look_at_store(store: Path) -> Look:
    """What the store holds now; `wrong` where it is damaged as far as opening it shows."""
    try:
        return Look(copies.holding(store, live=True))
    except FileNotFoundError:
        return Look(None, "There is no store yet.")
    except StoreError as error:
        return Look(None, error.message)


def named(store: Path, clock: Clock, which: str | None) -> Kept:
    """The backup that is meant: by its number, its file, or, left out, the newest sound one."""
    found = listed(store, clock)
    if which is None:
        return newest_sound(store, clock)
    if _NUMBER.fullmatch(which) and not Path(which).exists():
        for one in found:
            if one.number == int(which):
                return one
        raise Refused(f"There is no backup {which}.", "`walk restore --list` shows them.")
    for one in found:
        if which in (one.path.name, str(one.path)):
            return one
    try:
        path = Path(which).expanduser().absolute()
        what = "" if path.is_file() else "is a folder" if path.is_dir() else "is not there"
        size = 0 if what else path.stat().st_size
    except (OSError, ValueError, RuntimeError):  # the last for a person whom nobody knows
        path, what, size = Path(), "cannot be read", 0
    if what or not which:
        name = safe(which) or "A backup without a name"
        raise Refused(f"{name} {what}.", "`walk restore --list` shows the backups.")
    return Kept(0, path, f"the file {path.name}", "", size_words(size), 0, size)


def newest_sound(store: Path, clock: Clock) -> Kept:
    """The newest backup in which everything adds up; Refused where there is none."""
    found = listed(store, clock)
    for one in found:
        if backup.is_sound(one.path):
            return one
    raise Refused(
        f"No backup of {store} adds up." if found else f"There is no backup of {store}.",
        "A backup that lies elsewhere is brought back by its name: walk restore FILE.",
    )


# Restoring


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    lines: tuple[str, ...]
    before: Path | None
    aside: Path | None
    saved: Saved


def restore(
    store: Path,
    chosen: Kept | None,
    clock: Clock,
    *,
    in_place: bool = False,
    report: restoring.Report = lambda words: None,
) -> Restored:
    """Bring a backup back; without one, save what can be read of a damaged store into a new one.

    `in_place` where this program has the store open itself: a damaged one is only told then.
    `report` is told in words what is done now.
    Raises a StoreError, and nothing is changed then.
    """
    now = clock.now()
    backup_file = chosen.path if chosen else None
    done = restoring.bring_back(store, backup_file, now.wall_ms, in_place=in_place, report=report)
    lines = [f"The backup is back: {chosen.when}."] if chosen else ["A new store is there."]
    if done.before:
        lines.append(
            f"What was there is kept as a backup too ({done.before.name}); bringing that one back "
            "takes this back."
        )
    if done.aside:
        lines.append(f"{set_aside_words(done.aside)}; it was left as it was.")
    lines += saved_words(done.saved, bool(chosen))
    return Restored(tuple(lines), done.before, done.aside, done.saved)


def begin_empty(store: Path, clock: Clock) -> Path | None:
    """Set a damaged store aside and make an empty one; where the damaged one is now."""
    return restoring.begin_empty(store, clock.now().wall_ms)


def set_aside_words(where: Path) -> str:
    """What was set aside, and its name now: the store, or what lay there without one."""
    if where.exists():
        return f"The damaged store is set aside as {where.name}"
    left = "-wal" if Path(f"{where}-wal").exists() else "-shm"
    return f"What was left beside the store is set aside as {where.name}{left}"


def damage(store: Path) -> str:
    """Look through the whole store: what is wrong with it, in words, or nothing."""
    return restoring.damage(store)


def found_damage(store: Path) -> str:
    """What the last look into the store found wrong; nothing where all added up."""
    return backup.found_damage(store)


# Where things lie


def folders_told(store: Path) -> str:
    """A warning where the store lies in a folder that a cloud or another laptop keeps in step."""
    service = synced.service_of(store)
    if not service:
        return ""
    whose = "the cloud" if service == "a cloud" else service
    return (
        f"{store.parent} is kept in step by {whose}. A store that is in use can be damaged there, "
        "and private notes leave this laptop: name another place with --store or WALK_STORE."
    )


def copy_told(copy: Path) -> str:
    """A warning where a backup was written into such a folder; it holds private notes too."""
    service = synced.service_of(copy)
    return f"This file holds private notes too, and {service} keeps its folder in step." * bool(
        service
    )


def standing(store: Path, clock: Clock) -> list[str]:
    """Where backups lie, how many, the newest, and what was set aside; for `walk doctor`."""
    found = listed(store, clock)
    folder = backup.backup_folder(store)
    if found:
        total = size_words(sum(one.bytes for one in found))
        lines = [f"Backups: {folder}", f"  {len(found)}, {total}, the newest {found[0].words}"]
    else:
        lines = [f"Backups: none yet; they come into {folder}"]
    lines += [f"Set aside as damaged: {one}" for one in backup.aside(store)]
    return lines
