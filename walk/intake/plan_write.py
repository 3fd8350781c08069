"""A plan, or places, put into the text of a file: comments, order and style of the file stay."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from walk.errors import PlanError
from walk.intake.plan import PLAN_KEYS, parse_places, parse_plan
from walk.intake.plan_parts import (
    Place,
    Places,
    Plan,
    PlanAgreements,
    PlanBell,
    PlanFocus,
    PlanLookFor,
    PlanMeeting,
    PlanQuiet,
    PlanReadiness,
    PlanRules,
    PlanTimes,
    PlanVisit,
    PlanWalk,
    PlanWalker,
)
from walk.intake.toml_edit import Keys, Section, edited

NEW_PLAN = """\
# A plan for `walk new`. Run it again after every edit: it says what has changed.
# It travels to every laptop, so it names no place and no teacher: a classroom has a code.
"""
NEW_PLACES = """\
# Which room a code stands for. This file is the lead's alone: it travels with nothing.
"""

T = TypeVar("T")

_PARTS: dict[str, tuple[str, type, str]] = {
    "walk": ("walk", PlanWalk, ""),
    "focus": ("focus", PlanFocus, ""),
    "meeting": ("meeting", PlanMeeting, ""),
    "agreements": ("agreements", PlanAgreements, ""),
    "readiness": ("readiness", PlanReadiness, "key"),
    "quiet": ("quiet", PlanQuiet, "from"),
    "look_for": ("look_fors", PlanLookFor, "name"),
    "times": ("times", PlanTimes, ""),
    "bell": ("bells", PlanBell, "from"),
    "visit": ("visits", PlanVisit, "code"),
    "walker": ("walkers", PlanWalker, "label"),
    "rules": ("rules", PlanRules, ""),
}
"""By table: where a plan holds it, its kind, and for a repeated one its telling key."""
_SPELLED = {PlanBell: {"start": "from", "end": "to"}, PlanQuiet: {"start": "from", "end": "to"}}
"""Keys that are called otherwise in the file, as Python keeps the word for itself."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def write_plan(text: str, plan: Plan, name: str = "PLAN.toml") -> str:
    """The text of a plan file with this plan in it; an empty text gives a new file.

    What the file says already is left as it is, byte for byte. PlanError when the text cannot be
    read, when a table is written in a way that cannot be changed here, and when the plan holds what
    no plan file can say.
    """
    old = parse_plan(text, name)
    if old == plan and text:
        return text
    there = _tables(text)
    sections = []
    for table in PLAN_KEYS:
        field, kind, unique = _PARTS[table]
        was, now = getattr(old, field), getattr(plan, field)
        if not unique:
            was, now = [was], [now]
        sections.append(_section(table, kind, unique, was, now, table in there))
    made = _made(text or NEW_PLAN, sections, name)
    if _read_back(parse_plan, made, name) != plan:
        raise _not_said(name)
    return made


def write_places(text: str, places: Places, name: str = "PLACES.toml") -> str:
    """The text of a places file with these places in it; otherwise the same as `write_plan`."""
    old = parse_places(text, name)
    if old == places and text:
        return text
    section = _section("place", Place, "code", old.places, places.places, "place" in _tables(text))
    made = _made(text or NEW_PLACES, [section], name)
    if _read_back(parse_places, made, name) != places:
        raise _not_said(name)
    return made


def _made(text: str, sections: list[Section], name: str) -> str:
    try:
        return edited(text, sections, name)
    except (ValueError, KeyError, IndexError, TypeError):  # a style that the library cannot change
        raise _not_said(name) from None


def _not_said(name: str) -> PlanError:
    return PlanError(
        f"{name} could not be changed so that it says this.",
        "Its layout is unusual, or a text starts or ends with a blank; change it by hand.",
    )


def _tables(text: str) -> frozenset[str]:
    """The names of the tables in a text that was read before."""
    import tomllib

    return frozenset(tomllib.loads(text))


def _section(
    table: str, kind: type, unique: str, old: Sequence[Any], new: Sequence[Any], there: bool
) -> Section:
    """`unique` is empty for a table that is there once."""
    was, now = [_keys(one) for one in old], [_keys(one) for one in new]
    return Section(table, bool(unique), unique, was, now, there, _usual(kind))


def _read_back(parse: Callable[[str, str], T], text: str, name: str) -> T:
    """What the new text says; a value that no file can hold is told as such."""
    try:
        return parse(text, name)
    except PlanError as error:
        raise PlanError(
            f"{name} cannot hold this: {error.message}",
            "Change it in the app, and write the file again.",
        ) from None


def _keys(part: Any) -> Keys:
    """The keys that a part has in a file."""
    spelled = _SPELLED.get(type(part), {})
    return {
        spelled.get(one.name, one.name): _value(one.name, getattr(part, one.name))
        for one in fields(part)
    }


def _usual(kind: type) -> Keys:
    """What a key of this part means when it is left out; a key that has to stand is not in it."""
    found = {one.name: one.default for one in fields(kind) if one.default is not MISSING}
    found.pop("done", None)  # said for each prerequisite, so that nobody has to guess
    return found


def _value(key: str, value: Any) -> Any:
    if key == "notice_given" and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value
