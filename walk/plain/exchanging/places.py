"""Places to carry packs to and from: folders by number, or a path that is typed or pasted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from walk.plain.questions import number_in
from walk.routine import folders
from walk.routine.desk import Desk
from walk.routine.folders import Spot, size_words


def spots(desk: Desk) -> list[Spot]:
    """The folders that are there: sticks first, then those used last, then usual ones."""
    return folders.spots(folders.recent(desk))


def told(found: Sequence[Spot], *, packs: bool) -> list[str]:
    """A line for each folder, with its number; with the packs in it, or the room that is left."""
    lines = []
    for place, one in enumerate(found, 1):
        if one.why:
            side = one.why
        elif packs:
            side = "1 pack" if one.packs == 1 else f"{one.packs} packs"
        else:
            side = f"{size_words(one.free)} free" if one.free is not None else ""
        name = f"{one.name}, {one.path}" if one.name and one.name != str(one.path) else one.path
        lines.append(", ".join(filter(None, (f"{place}. {name}", side))))
    return lines


def paths_in(said: str, found: Sequence[Spot]) -> list[Path]:
    """The folder that a number means, or the paths that were typed."""
    place = number_in(said, len(found))
    return [found[place - 1].path] if place is not None else folders.paths_of(said)


def is_there(path: Path) -> bool:
    """True where something lies at a path, whatever it is; False for what can be no path."""
    try:
        return os.path.lexists(path)
    except ValueError:  # it holds a NUL
        return False
