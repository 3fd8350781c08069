"""Trends across walks: which say the same, in how many walks they recur, and what may be told.

Nothing here guesses. Two trends say the same where their statements are equal after plain folding,
or where a person has marked one as the same as the other. What stands in few walks, or in one host
school alone, is not counted and not named.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

WALKS_AT_LEAST = 3
"""Walks below which nothing is counted."""
SCHOOLS_AT_LEAST = 2
"""Host schools below which nothing is told of a district."""

Kind = Literal["asset", "need"]
KINDS: tuple[Kind, ...] = ("asset", "need")

_QUOTES = str.maketrans("‘’‚‛“”„‟«»", "''''" + '"' * 6)


class Stated(NamedTuple):
    """An asset or a need as the team of one walk stated it."""

    id: str
    walk: str
    school: str
    """The host school by a plain name; empty where the walk names none."""
    statement: str
    kind: Kind


class Mark(NamedTuple):
    """A person's word that one trend says the same as another."""

    trend: str
    same_as: str
    words: str = ""
    """How both are told together; empty where nobody has said."""
    for_several: bool = False
    """The words were meant for several host schools."""


@dataclass(frozen=True, slots=True)
class Group:
    """Trends that say the same. The order of everything in it hangs on its contents alone."""

    members: tuple[Stated, ...]
    marks: tuple[Mark, ...]

    @property
    def key(self) -> str:
        """What tells it from other groups: the smallest id in it."""
        return self.members[0].id


class Recurs(NamedTuple):
    """A group that may be told: an asset or a need that recurs."""

    kind: Kind
    words: str
    """Empty where no words fit all of it yet: then it cannot be told."""
    walks: int
    group: Group


# What says the same


def fold(text: str) -> str:
    """A statement without what makes no difference: case, spaces, kinds of quotation mark, and the
    stop at its end.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return " ".join(plain.split()).rstrip(" .!…")


def plain_name(name: str) -> str:
    """A host school's name without what people spell now so, now so: case, spaces, accents, signs.

    Two spellings that are taken for two schools would tell a district what one school has stated.
    """
    letters = unicodedata.normalize("NFKD", name).casefold()
    kept = (one for one in letters if not unicodedata.combining(one))
    words = "".join(" " if unicodedata.category(one)[0] in "PSZC" else one for one in kept)
    return " ".join(words.split()) or " ".join(name.casefold().split())


def groups(stated: Iterable[Stated], marks: Iterable[Mark] = ()) -> tuple[Group, ...]:
    """The trends in groups that say the same, each trend in one; by the words of each.

    A mark may name a trend that is not among these: two that were said to be the same as a third
    are the same also where the third is gone.
    """
    every = sorted(stated, key=lambda one: one.id)
    known = tuple(marks)
    links: list[tuple[Hashable, Hashable]] = [
        (one.id, ("said", fold(one.statement))) for one in every
    ]
    links += [(one.trend, one.same_as) for one in known if one.same_as]
    joined = _joined(links)
    members: dict[Hashable, list[Stated]] = {}
    for one in every:
        members.setdefault(joined[one.id], []).append(one)
    of_group: dict[Hashable, list[Mark]] = {}
    for mark in known:
        if mark.same_as:
            of_group.setdefault(joined[mark.trend], []).append(mark)
    found = [
        Group(tuple(some), tuple(sorted(of_group.get(key, ()), key=lambda one: one.trend)))
        for key, some in members.items()
    ]
    return tuple(sorted(found, key=lambda one: (fold(told_as(one)), one.key)))


def same_focus(walks: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """For each walk as (id, template, statement) what its focus is known by; empty for no focus.

    Walks have the same focus where it grew from one template, or where its statement is equal
    after plain folding.
    """
    every = sorted(walks)
    links: list[tuple[Hashable, Hashable]] = []
    for walk, template, statement in every:
        marks = [("template", template.strip())] if template.strip() else []
        marks += [("said", fold(statement))] if fold(statement) else []
        links += [(("walk", walk), mark) for mark in marks]
    joined = _joined(links)
    names: dict[Hashable, str] = {}
    for walk, _, _ in every:
        root = joined.get(("walk", walk))
        if root is not None:
            names.setdefault(root, walk)
    return {walk: names.get(joined.get(("walk", walk)), "") for walk, _, _ in every}


def _joined(links: Iterable[tuple[Hashable, Hashable]]) -> dict[Hashable, Hashable]:
    """For everything that is linked, in any number of steps, one and the same thing that stands
    for all of it.
    """
    parent: dict[Hashable, Hashable] = {}

    def root(one: Hashable) -> Hashable:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in links:
        parent[root(one)] = root(other)
    return {one: root(one) for one in tuple(parent)}


# What may be told


def told_as(group: Group) -> str:
    """The words for a group on the laptop that knows all of it: those that a person gave, else the
    statement of most walks.
    """
    return _given(group) or _commonest((one.statement, one.walk) for one in group.members)


def recurring(groups_: Iterable[Group], *, one_school: bool = False) -> tuple[Recurs, ...]:
    """What recurs and may be told, assets before needs, in the order of its words.

    The order says nothing of schools or counts. For a district a group has to stand in at least
    `WALKS_AT_LEAST` walks of at least `SCHOOLS_AT_LEAST` host schools, and no words of one school
    alone are told; with `one_school` it is the walks alone that count.
    """
    found = [
        Recurs(kind, _words(group, members, one_school=one_school), walks, group)
        for group in groups_
        for kind in KINDS
        for members in [[one for one in group.members if one.kind == kind]]
        for walks in [len({one.walk for one in members})]
        if walks >= WALKS_AT_LEAST and (one_school or _schools(members) >= SCHOOLS_AT_LEAST)
    ]
    key = {kind: place for place, kind in enumerate(KINDS)}
    return tuple(sorted(found, key=lambda one: (key[one.kind], fold(one.words), one.group.key)))


def spans_schools(some: Iterable[Group]) -> bool:
    """True where the trends of these groups come from several host schools."""
    return _schools(one for each in some for one in each.members) >= SCHOOLS_AT_LEAST


def _schools(members: Iterable[Stated]) -> int:
    """How many host schools there are at the least; one without a name may be any of them."""
    return len({one.school for one in members} - {""})


def _words(group: Group, members: Sequence[Stated], *, one_school: bool) -> str:
    given = _given(group, one_school=one_school)
    if given or one_school:
        return given or _commonest((one.statement, one.walk) for one in members)
    schools: dict[str, set[str]] = {}
    for one in members:
        schools.setdefault(fold(one.statement), set()).add(one.school)
    shared = {said for said, where in schools.items() if len(where - {""}) >= SCHOOLS_AT_LEAST}
    return _commonest((one.statement, one.walk) for one in members if fold(one.statement) in shared)


def _given(group: Group, *, one_school: bool = True) -> str:
    """Words that a person gave; for a district those alone that were meant for several schools."""
    every = (one for one in group.marks if one.words.strip() and (one_school or one.for_several))
    return _commonest((one.words, one.trend) for one in every)


def _commonest(said: Iterable[tuple[str, str]]) -> str:
    """The words that most have said, as (words, who): each counts once; nothing for nothing."""
    every = list(said)
    counts = Counter(plain for plain, _ in {(fold(words), who) for words, who in every})
    if not counts:
        return ""
    best = min(counts, key=lambda one: (-counts[one], one))
    return min(_spelt(words for words, _ in every if fold(words) == best))


def _spelt(words: Iterable[str]) -> Iterator[str]:
    """Spellings of the same words, those alone that most have used."""
    counts = Counter(" ".join(one.split()) for one in words)
    most = max(counts.values())
    return (one for one, count in counts.items() if count == most)
