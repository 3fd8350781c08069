"""The rotation on paper and in calendars: a table, a slip and a calendar file for each team."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from walk.errors import Refused, WalkError
from walk.model.rotation import Rotation
from walk.routine.desk import Desk
from walk.routine.exports import write_whole
from walk.routine.planning import rotation

NAME_MOST = 40


def folder_of(typed: str) -> Path:
    """The folder that was typed; it need not be there. Refused for what cannot be one."""
    if not typed.strip():
        raise Refused("The folder needs a name.", "For example rotation.")
    try:
        folder = Path(typed.strip()).expanduser().absolute()
        there = folder.exists()
    except (RuntimeError, OSError, ValueError):
        raise Refused("This folder is not known here.", "Name the folder in full.") from None
    if there and not folder.is_dir():
        raise Refused("A file has this name.", "Name a folder.")
    return folder


def paths(made: Rotation, folder: Path, *, where: bool = False) -> dict[str, Path]:
    """What would be written: the table under "", the slips under " ", calendars by their team."""
    slips = "slips-with-rooms.html" if where else "slips.html"
    found = {"": folder / "rotation.html", " ": folder / slips}
    return found | {team: folder / f"team-{name}.ics" for team, name in _names(made).items()}


def write(desk: Desk, folder: Path, *, where: bool = False) -> tuple[Path, ...]:
    """Write them all, making the folder; with `where`, the slips name the rooms kept here.

    Refused while no rotation is made; WalkError where the folder cannot be written to.
    """
    from walk.reports.pages import render
    from walk.routine.papers import notice

    made = rotation.current(desk)
    if made is None or not made.stops:
        raise Refused("No rotation is made yet, so there is nothing to print.", "m makes it.")
    texts = {
        "": notice.rotation_text(notice.facts(desk), "html"),
        " ": render(notice.page_of(desk, "slips", where=where), "html"),
    }
    texts |= {
        team: notice.calendar_of(desk, made, team=team).decode() for team in rotation.teams(made)
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WalkError(
            f"The folder cannot be made: {error.strerror or error}.",
            "Name one in a folder that you can write to.",
        ) from error
    found = paths(made, folder, where=where)
    for key, path in found.items():
        write_whole(path, texts[key])
    return tuple(found.values())


def _names(made: Rotation) -> Mapping[str, str]:
    """A name for each team's file: its label where a file can be called so, each its own."""
    found: dict[str, str] = {}
    for number, team in enumerate(rotation.teams(made), start=1):
        plain = re.sub(r"[^0-9A-Za-z]+", "-", team).strip("-")[:NAME_MOST]
        taken = {one.casefold() for one in found.values()}
        name = plain
        while not name or name.casefold() in taken:
            name, number = f"{plain}-{number}", number + 1
        found[team] = name
    return found
