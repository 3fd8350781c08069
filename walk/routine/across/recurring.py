"""Recurring trends: a person says which trends of different walks are the same, and takes it back.

A mark is a record of the walk of the trend that is marked. So one act may write into several walks;
undo here goes back over all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from walk.errors import Refused, WalkError
from walk.model import Recurring, Trend, recurring_id
from walk.routine.across.history import Shelf
from walk.routine.desk import Desk
from walk.routine.following.step_list import elsewhere
from walk.routine.visiting import door
from walk.text import accept
from walk.trends import Group, Mark, groups, spans_schools

STAGE = "recurring"
ACTS = "recurring acts"
"""The local setting that says in which walks each act here wrote, for undo and redo."""
ACTS_MOST = 50


@dataclass(frozen=True, slots=True)
class _Acts:
    """The walks of each act, the newest last."""

    done: list[list[str]]
    undone: list[list[str]]


# Looking


def marks(desk: Desk) -> list[Mark]:
    """All marks in this store."""
    return [
        Mark(
            str(one.get("trend", "")),
            str(one.get("same_as", "")),
            str(one.get("words", "")),
            one.get("for_several") is True,
        )
        for _, _, one in desk.store.bodies(Recurring)
    ]


def all_groups(
    desk: Desk, shelf: Shelf, school: str | None = None, focus: str | None = None
) -> tuple[Group, ...]:
    """What says the same among the trends of these walks."""
    return groups(shelf.stated(shelf.of(school, focus)), marks(desk))


# Joining


def join(desk: Desk, some: Sequence[Group], words: str = "") -> list[Recurring]:
    """Say that these groups say the same, in words that fit all of it; the marks that say so.

    Words that were given to one of them before give way.
    """
    known = {one.trend: one for one in marks(desk)}
    first, *others = dict.fromkeys(_root(known, one.key) for one in some)
    if not others:
        raise Refused("There is nothing to join.", "Mark two or more that say the same.")
    said = accept(" ".join(words.split()))
    several = spans_schools(some)
    wanted = _reworded(desk, some, said, several) if said else []
    for other in others:
        if desk.store.get(Trend, other) is None:  # what stood for all of these is gone
            first, other = other, first
        held = desk.store.get(Trend, other)
        if held is None:
            raise Refused("Neither of these trends is here.", "Collect the walk they belong to.")
        id_ = recurring_id(other)
        mark = Recurring(id=id_, walk=held.walk, trend=other, same_as=first, words=said)
        wanted.append(mark.changed(for_several=several))
    _write(desk, "trends joined", wanted)
    return wanted


def _reworded(desk: Desk, some: Iterable[Group], said: str, several: bool) -> list[Recurring]:
    """The marks of these groups with other words; a save leaves alone what says so already."""
    ids = (recurring_id(mark.trend) for one in some for mark in one.marks)
    held = (desk.store.get(Recurring, one) for one in ids)
    new = {"words": said, "for_several": several}
    return [one.changed(**new) for one in held if one is not None]


def reword(desk: Desk, group: Group, words: str) -> list[Recurring]:
    """Say in which words trends that were joined are told together; the marks that say so."""
    if not group.marks:
        raise Refused("These say the same in the same words.", "Join them with others first (j).")
    said = accept(" ".join(words.split()))
    changed = _reworded(desk, [group], said, spans_schools([group]))
    _write(desk, "words for a recurring trend", changed)
    return changed


def not_told(desk: Desk, made: Iterable[Recurring]) -> str:
    """What in these words looks like a name, so that no page tells them; else nothing."""
    for one in made:
        held = desk.store.held(Recurring, one.id)
        finds = door.open_finds(elsewhere(desk, one.walk), [held] if held else [])
        if stays := [find for find in finds if find.waits]:
            return f"{door.likely(stays)}: on no page until cleared"
    return ""


def take_apart(desk: Desk, group: Group) -> None:
    """Take every mark of a group back; equal statements stay together by themselves."""
    held = [desk.store.get(Recurring, recurring_id(one.trend)) for one in group.marks]
    found = [one for one in held if one is not None]
    if not found:
        raise Refused(
            "Nobody has joined this one with another.",
            "Equal statements stand together by themselves; reword one under Trends.",
        )
    _write(desk, "trends taken apart", found, withdraw=True)


def _root(known: dict[str, Mark], trend: str) -> str:
    """The trend at the end of a chain of marks; it carries none itself."""
    seen: set[str] = set()
    while trend in known and known[trend].same_as and trend not in seen:
        seen.add(trend)
        trend = known[trend].same_as
    return trend


def _write(desk: Desk, told: str, records: Iterable[Recurring], *, withdraw: bool = False) -> None:
    by_walk: dict[str, list[Recurring]] = {}
    for one in records:
        by_walk.setdefault(one.walk, []).append(one)
    wrote = []
    for walk, some in by_walk.items():
        there = elsewhere(desk, walk)
        gone, new = (some, []) if withdraw else ([], some)
        if there.save(STAGE, told, *new, withdraw=gone):
            wrote.append(walk)
    if wrote:
        acts = _acts(desk)
        _keep(desk, _Acts([*acts.done, wrote], []))


# Undo over several walks


def undo(desk: Desk) -> str | None:
    """Take the last act here back, in every walk it wrote into; its words, or None."""
    acts = _acts(desk)
    while acts.done:
        walks = acts.done.pop()
        words = _in_all(desk, walks[::-1], Desk.undo, Desk.redo)
        if said := next((one for one in words if one), None):
            _keep(desk, _Acts(acts.done, [*acts.undone, walks]))
            return said
    _keep(desk, acts)  # what is left was shared meanwhile, or its walk is gone
    return None


def redo(desk: Desk) -> str | None:
    """Do the act again that was undone last; its words, or None."""
    acts = _acts(desk)
    if not acts.undone:
        return None
    walks = acts.undone.pop()
    words = _in_all(desk, walks, Desk.redo, Desk.undo)
    _keep(desk, _Acts([*acts.done, walks], acts.undone))
    return next((one for one in words if one), None)


_Turn = Callable[[Desk, str], str | None]


def _in_all(desk: Desk, walks: Sequence[str], turn: _Turn, back: _Turn) -> list[str | None]:
    """Turn the last act of each walk; where one refuses, all of them stay as they were."""
    done: list[tuple[Desk, str | None]] = []
    try:
        for one in walks:
            there = elsewhere(desk, one)
            done.append((there, turn(there, STAGE)))
    except WalkError:
        for there, words in reversed(done):
            if words is not None:
                back(there, STAGE)
        raise
    return [words for _, words in done]


def _acts(desk: Desk) -> _Acts:
    held = desk.store.setting(ACTS, {})
    return _Acts(list(held.get("done", [])), list(held.get("undone", [])))


def _keep(desk: Desk, acts: _Acts) -> None:
    kept = {"done": acts.done[-ACTS_MOST:], "undone": acts.undone[-ACTS_MOST:]}
    desk.store.set(ACTS, kept)
