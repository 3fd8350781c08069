"""Likely names beside one another, and the same name twice in a text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from walk.language.name_context import Around
from walk.language.name_data import NameData

Kind = Literal["title", "name", "initials"]
_JOINTS = frozenset(["and", "&", ",", "/", "+", ", and", "or", "-", ", then", "then"])


@dataclass(slots=True)
class Likely:
    """Words `first` to `last` that may name somebody; `sure` None: only beside a sure name."""

    start: int
    end: int
    kind: Kind
    sure: bool | None
    first: int
    last: int


def join(found: list[Likely], around: Around, data: NameData) -> None:
    """ "Devon and Kwabena", "Will, Aisha, Bo": what is joined to a sure name is sure."""
    pairs = list(pairwise(found))
    for one, two in [*pairs, *reversed(pairs)]:
        keys = (around.word(one.last).key, around.word(two.first).key)
        if keys in data.pairs and _joined(around, one, two):
            one.sure = two.sure = False
            continue
        if one.sure is None and two.sure is None and around.together(two.last):
            one.sure = two.sure = _joined(around, one, two) or None
            continue
        if (one.sure is True) == (two.sure is True) or not _joined(around, one, two):
            continue
        if one.sure is None:
            one.sure = True
        elif two.sure is None:
            two.sure = True


def again(found: list[Likely], around: Around) -> None:
    """A name that is sure once is sure each time; initials beside sure ones are initials."""
    sure = {around.words[one.first].key for one in found if one.sure}
    initials = any(one.sure and one.kind == "initials" for one in found)
    for one in found:
        if one.sure is None and not around.determined(one.first):
            again = around.words[one.first].key in sure and one.kind == "name"
            one.sure = again or (initials and one.kind == "initials") or None


def _joined(around: Around, one: Likely, two: Likely) -> bool:
    gap = around.text[around.word(one.last).after : two.start]
    return len(gap) < 8 and gap.strip(" ") in _JOINTS
