"""Looks: how one person wants walk to look on this laptop: colours, signs, cursor."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Literal, NamedTuple, cast, get_args

from walk.routine.desk import Desk

Colours = Literal["dark", "light", "dark contrast", "light contrast", "none"]
Signs = Literal["drawn", "ascii", "by itself"]
Cursor = Literal["hidden", "shown"]

COLOURS: dict[Colours, str] = {
    "dark": "dark",
    "light": "light",
    "dark contrast": "high contrast, dark",
    "light contrast": "high contrast, light",
    "none": "none but the terminal's own",
}
"""What may be chosen, and how it is said."""
SIGNS: dict[Signs, str] = {
    "by itself": "as the terminal allows",
    "drawn": "drawn: arrows, ticks, lines",
    "ascii": "plain ASCII",
}
CURSOR: dict[Cursor, str] = {
    "hidden": "drawn by walk",
    "shown": "the terminal's too, for braille and magnifiers",
}
_OLDER = {"textual-dark": "dark", "textual-light": "light"}
"""What an older version called them."""
_NO_COLOUR_TERMINALS = frozenset({"dumb", "unknown", "vt100", "vt102", "vt220", "vt320"})
_FEW_SIGNS_TERMINALS = _NO_COLOUR_TERMINALS | {"linux", "cons25"}
"""The consoles of systems have a few hundred signs, and our ticks and arrows are not among them."""

_NARROW_LOCALES = frozenset({"C", "POSIX"})


class Looks(NamedTuple):
    """What a person chose; what they never chose is as it comes."""

    colours: Colours = "dark"
    signs: Signs = "by itself"
    cursor: Cursor = "hidden"


def read(desk: Desk) -> Looks:
    """What was chosen on this laptop; a value that this version does not know counts as none."""
    store, usual = desk.store, Looks()
    colours = store.setting("theme", usual.colours)
    colours = _OLDER.get(colours, colours)
    signs, cursor = store.setting("signs", usual.signs), store.setting("cursor", usual.cursor)
    return Looks(
        cast("Colours", colours) if colours in COLOURS else usual.colours,
        cast("Signs", signs) if signs in get_args(Signs) else usual.signs,
        cast("Cursor", cursor) if cursor in get_args(Cursor) else usual.cursor,
    )


def choose(desk: Desk, looks: Looks) -> None:
    """From now on it looks so here, also at the next start."""
    before = read(desk)
    if looks.colours != before.colours:
        desk.store.set("theme", looks.colours)
    if looks.signs != before.signs:
        desk.store.set("signs", looks.signs)
    if looks.cursor != before.cursor:
        desk.store.set("cursor", looks.cursor)


def other_looks(now: Looks) -> list[tuple[str, Looks]]:
    """All that could be chosen instead, each with how it is said."""
    return [
        *((f"Colours: {words}", now._replace(colours=one)) for one, words in COLOURS.items()),
        *((f"Signs: {words}", now._replace(signs=one)) for one, words in SIGNS.items()),
        *((f"Cursor: {words}", now._replace(cursor=one)) for one, words in CURSOR.items()),
    ]


def colour_is_unwanted(environment: Mapping[str, str] = os.environ) -> bool:
    """True where NO_COLOR is set and not empty, and on terminals that have no colours."""
    return bool(environment.get("NO_COLOR")) or environment.get("TERM") in _NO_COLOUR_TERMINALS


def draws_signs(
    encoding: str | None,
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
) -> bool:
    """Whether arrows, ticks and lines can be expected on a terminal that is written in `encoding`.

    The old console of Windows knows UTF-8, but its fonts lack the signs; newer terminals there say
    who they are.
    """
    if (encoding or "").lower().replace("_", "-") not in ("utf-8", "utf8", "cp65001"):
        return False
    if platform == "win32":
        return any(environment.get(name) for name in ("WT_SESSION", "TERM_PROGRAM", "ConEmuANSI"))
    if narrow_locale(environment):
        return False
    return environment.get("TERM", "") not in _FEW_SIGNS_TERMINALS


def narrow_locale(environment: Mapping[str, str] = os.environ) -> bool:
    """True where a locale of letters alone, C or POSIX, was asked for.

    Python turns a locale of C into UTF-8 by itself, and says so in LC_CTYPE: that is not counted.
    """
    if asked := environment.get("LC_ALL"):
        return asked in _NARROW_LOCALES
    said = environment.get("LC_CTYPE", "")
    if said and said != "C.UTF-8":
        return said in _NARROW_LOCALES
    return environment.get("LANG", "") in _NARROW_LOCALES
