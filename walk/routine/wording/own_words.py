"""A school's own words for wording help: read from beside the store, and kept while the file stays.

A file that cannot be read takes nothing away: wording help goes on with its own rules, and says
once what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from walk.errors import WalkError
from walk.language.flags import CATEGORIES, Own
from walk.paths import wording_file

_Stamp = tuple[int, int]


@dataclass(slots=True)
class _Known:
    """What the file said when it was last read. `stamp` is when it was changed, and its bytes."""

    stamp: _Stamp
    own: Own | None
    untold: str


_known: dict[Path, _Known] = {}


def is_read(store: Path) -> bool:
    """Whether the file was read as it is now, or is not there; reading makes the rules ready."""
    path = wording_file(store)
    stamp = _stamp(path)
    known = _known.get(path)
    return stamp is None or (known is not None and known.stamp == stamp)


def own_words(store: Path) -> Own | None:
    """The school's own words beside a store; None without a file, or with one that is broken.

    Read again only where the file has changed. Never raises.
    """
    found = _look(wording_file(store))
    return found.own if found else None


def trouble(store: Path) -> str:
    """What is wrong with the file, in words; told once until it is changed, and else nothing."""
    found = _look(wording_file(store))
    if found is None:
        return ""
    words, found.untold = found.untold, ""
    return words


def read_own(path: Path) -> Own:
    """The own words in a file; WordingError says what is wrong with it."""
    from walk.intake.wording_file import bytes_of, read_wording
    from walk.language.own import own_phrase

    found = read_wording(bytes_of(path), CATEGORIES, own_phrase, path.name)
    return Own(found.add, found.allow)


def standing(store: Path) -> tuple[str, str]:
    """The file as it stands, and what is wrong with it; either in words, or nothing."""
    path = wording_file(store)
    if _stamp(path) is None:
        return f"No own words for wording help; they would stand in {path}", ""
    try:
        own = read_own(path)
    except WalkError as error:
        return "", str(error)
    counts = f"{len(own.add)} to ask about, {len(own.allow)} to leave alone"
    return f"Own words for wording help: {path} ({counts})", ""


def _look(path: Path) -> _Known | None:
    stamp = _stamp(path)
    known = _known.get(path)
    if stamp is None:
        _known.pop(path, None)
        return None
    if known is None or known.stamp != stamp:
        known = _known[path] = _read(path, stamp)
    return known


def _read(path: Path, stamp: _Stamp) -> _Known:
    try:
        return _Known(stamp, read_own(path), "")
    except WalkError as error:
        words = f"Wording help goes on without your own words. {error}"
        return _Known(stamp, None, words)


def _stamp(path: Path) -> _Stamp | None:
    """When it was changed, in nanoseconds, and its bytes; None where nothing is there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
