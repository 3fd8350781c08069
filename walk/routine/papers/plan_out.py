"""A walk becomes a plan file, or brings one up to date with what the screens changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, time
from pathlib import Path
from typing import Any

from walk.disk import open_plain
from walk.errors import PlanError, Refused, TemplateError
from walk.focus import Template
from walk.intake.plan import Plan, parse_plan
from walk.intake.toml_tables import text_of
from walk.model import Walk
from walk.routine.desk import Desk
from walk.routine.planning.plan_file import template_of, walk_id
from walk.routine.planning.plan_full import plan_of
from walk.routine.planning.plan_lean import lean, not_said
from walk.text import one_line

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """What was written to a plan file, or would be."""

    path: Path
    new: bool
    """No file was there."""
    changes: tuple[str, ...]
    """Each difference in words; empty when the file said it all."""

    def verb(self, save: bool) -> str:
        """What was done, or without `save` would be."""
        if not self.new and not self.changes:
            return "Nothing to change in"
        return "Wrote" if save else "Would write"


def save_plan(desk: Desk, path: Path, *, save: bool = True) -> SavedPlan:
    """Write the plan of the walk on the desk to a file, whole or not at all.

    In a file that is there comments and order stay, and so does what it says already. Refused for
    the file of another walk; PlanError for one that cannot be read, changed or written. Without
    `save` it is only told what would change.
    """
    from walk.intake.plan_write import write_plan

    held, text = _held(path)
    old = parse_plan(text, path.name)
    if held is not None and walk_id(old) != desk.walk.id:
        raise Refused(
            f"{one_line(path.name)} is not the plan of this walk.", "Choose another name for it."
        )
    full = plan_of(desk)
    template = _template(full.focus.template)
    plan = lean(old, full, template)
    made = write_plan(text, plan, path.name)
    changes = differences(old, plan) if held is not None else ()
    if save:
        _write(path, made, held)
    return SavedPlan(path, held is None, (*changes, *not_said(plan, full, template)))


def meant_walk(desk: Desk, path: Path) -> str:
    """The walk that was made from a plan file; empty where there is no such file.

    Refused when no walk of the store was.
    """
    held, text = _held(path)
    if held is None:
        return ""
    walk = walk_id(parse_plan(text, path.name))
    if desk.store.get(Walk, walk) is None:
        raise Refused(
            f"No walk here was made from {one_line(path.name)}.",
            f"Make one, without --write-back: walk new {one_line(path.name)}",
        )
    return walk


def keep_id(path: Path, walk: str) -> tuple[str, ...]:
    """Write the walk's id into its plan file and nothing else; what is to be said of it, in lines.

    Where it cannot be, such as in a file that was read from a pipe, they say the id and where to
    write it.
    """
    from walk.intake.plan_write import write_plan

    try:
        held, text = _held(path)
        if held is None:
            raise PlanError(
                f"{one_line(path.name)} is not there any more.",
                "Put it back in its place, then do it again.",
            )
        plan = parse_plan(text, path.name)
        made = write_plan(text, replace(plan, walk=replace(plan.walk, id=walk)), path.name)
        _write(path, made, held)
    except PlanError as error:
        return (
            f"its id could not be written into the file: {error.message}",
            "before you edit title, school, date or focus, write under [walk]:",
            f'id = "{walk}"',
        )
    return (f"its id stands in {one_line(path.name)} now",)


def _write(path: Path, text: str, held: bytes | None) -> None:
    """Put the text into the file that held these bytes; a byte order mark stays."""
    from walk.intake.whole_file import write_whole

    mark = BOM if held is not None and held.startswith(BOM) else b""
    if mark + text.encode() != held:
        write_whole(path, mark + text.encode(), before=held)


def _template(name: str) -> Template | None:
    """The template of that name; None also where this laptop does not have it."""
    try:
        return template_of(name)
    except TemplateError:
        return None


def _held(path: Path) -> tuple[bytes | None, str]:
    """The bytes and the text of a file; None and no text where there is none."""
    if not os.path.exists(path):  # a closed folder is told by the writing
        return None, ""
    text = text_of(path)
    try:
        with open_plain(path) as file:
            return file.read(), text
    except OSError:
        raise PlanError(f"{one_line(path.name)} cannot be read.", "Check its folder.") from None


_NOUNS = {"look_fors": "look-for", "bells": "bell", "visits": "visit", "walkers": "walker"}


def differences(old: Plan, new: Plan) -> tuple[str, ...]:
    """What is in the new plan otherwise than in the old one, in words."""
    lines = []
    for name, was in vars(old).items():
        now = getattr(new, name)
        if isinstance(was, tuple):
            lines += _differences_of_many(_NOUNS.get(name, name), was, now)
        elif was != now:
            keys = [one.name for one in fields(was) if _of(was, one.name) != _of(now, one.name)]
            lines.append(f"changed: {name} ({_words(keys)})")
    return tuple(lines)


def _differences_of_many(noun: str, was: Sequence[Any], now: Sequence[Any]) -> list[str]:
    before, after = ({_key(one): one for one in many} for many in (was, now))
    lines = []
    for key, one in after.items():
        if key not in before:
            lines.append(f"added: {noun} {_name(one)}")
        elif before[key] != one:
            keys = [f.name for f in fields(one) if _of(before[key], f.name) != _of(one, f.name)]
            lines.append(f"changed: {noun} {_name(one)} ({_words(keys)})")
    lines += [f"removed: {noun} {_name(one)}" for key, one in before.items() if key not in after]
    if not lines and list(was) != list(now):
        lines.append(f"changed: {noun} (order)")
    return lines


def _of(part: Any, name: str) -> Any:
    return getattr(part, name)


def _words(keys: Sequence[str]) -> str:
    return ", ".join(key.replace("_", " ") for key in keys)


def _name(one: Any) -> str:
    """What an entry is called: its code, label, name or key, or when it starts."""
    for key in ("code", "label", "name", "key"):
        if hasattr(one, key):
            return str(getattr(one, key))
    start: date | time = one.start
    return start.strftime("%H:%M") if isinstance(start, time) else start.isoformat()


def _key(one: Any) -> Any:
    named = _name(one).casefold()
    return (named, one.end) if hasattr(one, "end") else named
