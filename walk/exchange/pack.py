"""Packs, the files that travel between laptops: what the routine needs of them, in one place."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from walk.errors import PackError
from walk.exchange.locked import LockedPack, available, check_new
from walk.exchange.manifest import Manifest, PackKind
from walk.exchange.read import Pack, file_sha256, peek, read_pack, shown_name
from walk.exchange.write import Written, check_place, write_pack
from walk.model.revision import utc_text

ENDING = ".walk"
LOCKED_ENDING = ".walk.age"
"""What a pack is called that somebody locked with the age tool itself."""

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LONGEST_PART = 24

__all__ = [
    "ENDING",
    "LockedPack",
    "Manifest",
    "Pack",
    "PackKind",
    "Written",
    "available",
    "check_new",
    "check_place",
    "file_sha256",
    "find_packs",
    "looks_like_a_pack",
    "pack_name",
    "peek",
    "read_pack",
    "shown_name",
    "write_pack",
]


def pack_name(walk_date: str, walker_label: str, device: str, made_at_ms: int) -> str:
    """A file name that no other pack has, fit for every system: lower-case letters, digits, dashes.

    Like walk-2025-10-14-ana-1a2b3c4d-20251014t092201250z.walk: the walk's date, the label of who
    shares, the laptop (hex) and the moment (UTC milliseconds). A laptop shares at most once a
    millisecond. What of a label or a date is no plain letter is left out, so a label may vanish
    from the name.
    """
    moment = _NOT_PLAIN.sub("", utc_text(made_at_ms).lower())
    parts = (
        "walk",
        _plain(walk_date),
        _plain(walker_label),
        _plain(device[:8]),
        moment,
    )
    return "-".join(part for part in parts if part) + ENDING


def find_packs(paths: Iterable[Path]) -> list[Path]:
    """The packs that the paths name, sorted, none twice.

    A file is taken as it is, whatever its name, so that reading it says what is wrong with it. Of a
    folder its own files that end in .walk are taken, but none that is empty, hidden or half
    written (`.` or `~` before its name). PackError for a path that is not there or cannot be read.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for pack in _packs_at(path):
            found.setdefault(os.path.realpath(pack), pack)
    return sorted(found.values())


def _packs_at(path: Path) -> Iterator[Path]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
        if not is_folder:
            yield path
            return
        yield from [one for one in path.iterdir() if looks_like_a_pack(one)]
    except (OSError, ValueError) as problem:
        if getattr(problem, "errno", 0) == errno.ELOOP:
            yield path  # reading it says so
            return
        raise PackError(
            f"{shown_name(path)} is not there or cannot be read.",
            "Look at the name, and whether the stick is plugged in.",
        ) from problem


def looks_like_a_pack(path: Path) -> bool:
    """True for a file of a folder that is taken for a pack: by its ending, whole and not hidden."""
    name = path.name.lower()
    if name.startswith((".", "~")) or not name.endswith((ENDING, LOCKED_ENDING)):
        return False
    try:
        status = path.stat()
    except OSError:
        return True  # a file that cannot even be looked at is to be told of, not passed over
    return stat.S_ISREG(status.st_mode) and status.st_size > 0


def _plain(text: str) -> str:
    """The text in lower-case ASCII letters and digits, with one dash for anything else."""
    decomposed = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("-", decomposed.lower()).strip("-")[:_LONGEST_PART].strip("-")
