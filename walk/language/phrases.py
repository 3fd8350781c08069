"""The little language in which rules are written, and how a phrase of it is read.

A phrase is a row of items parted by spaces:

    word            this word          a|b|c     one of these
    {students}      a class of words   #  #/#    a number, a fraction such as 3/4
    [word]          may be missing     !word     the next word is not this one
    ...             up to five words   ~         any one word
    -ing            a word ending so   (a b|c)   one of these rows of words
    ^  ^^           begins a sentence; begins a sentence or a clause
    $               ends a sentence or a clause
    <  >            what to point at, when it is less than the whole phrase
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from walk.language.tokens import FRACTION, GERUND, NUMBER, normal

WORD, NOT, GAP, ANY, SENTENCE, CLAUSE, END = range(7)
"""What a step asks for."""

Step = tuple[int, frozenset[str]]
NO_WORDS: frozenset[str] = frozenset()

_SIGNS = {"...": GAP, "~": ANY, "^": SENTENCE, "^^": CLAUSE, "$": END}
_IDIOM = 6  # choices of one word that still make an idiom
_BROKEN = re.compile(r"\|\s+")
_COMMON_COST = 40
# Words of almost every note; a phrase is better looked up by one of its others.
_COMMON = frozenset(
    "the a an of to in on at and or for with is are was were be it this that t teacher student "  # noqa: SIM905
    "students group class she he they her his their i we you one two three # no not as by from so "
    "had has have did do does what how more all out up when where who if could would".split()
)


class BadPhrase(ValueError):
    """A phrase that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One reading of a phrase, ready to match.

    `first` and `last` are the steps pointed at. The phrase is looked up by the words of step
    `lead`, which has `before` words in front of it; `beside` words from there (0: nowhere) one of
    `wanted` has to stand. `fixed` is an idiom: words that hardly vary, nothing between them.
    """

    steps: tuple[Step, ...]
    first: int
    last: int
    lead: int
    before: int
    beside: int
    wanted: frozenset[str]
    fixed: bool


class Reader:
    """Reads phrases that may name the given classes of words.

    `spelling` writes short forms out, as in the words of a note: else a phrase with "t" or "ss"
    would be looked for in vain.
    """

    def __init__(
        self, classes: Mapping[str, frozenset[str]], spelling: Mapping[str, str] | None = None
    ) -> None:
        self._classes = classes
        self._spelling = spelling or {}
        self._steps: dict[str, Step] = {}

    def read(self, phrase: str) -> list[Phrase]:
        """The readings of a phrase: one for each choice of what may be missing; BadPhrase."""
        # A long row of choices may be written on several lines.
        plain = _ungrouped(_BROKEN.sub("|", phrase))
        return [self._reading(items, phrase) for one in plain for items in _choices(one.split())]

    def _reading(self, items: list[str], phrase: str) -> Phrase:
        steps: list[Step] = []
        first, last = 0, -1
        for item in items:
            if item.startswith("<"):
                first, item = len(steps), item[1:]
            closes = item.endswith(">") and item != ">"
            bare = item.removesuffix(">")
            if bare:
                steps.append(self._step(bare, phrase))
            if closes or item == ">":
                last = len(steps) - 1
        if not steps:
            raise BadPhrase(f'"{phrase}" holds no word')
        lead, before = _lead(steps)
        if lead < 0:
            raise BadPhrase(f'"{phrase}" has to hold a word before "..."')
        beside, wanted = _neighbor(steps, lead)
        last = len(steps) - 1 if last < 0 else last
        fixed = all(op == WORD and len(words) <= _IDIOM for op, words in steps)
        return Phrase(tuple(steps), first, last, lead, before, beside, wanted, fixed)

    def _step(self, item: str, phrase: str) -> Step:
        found = self._steps.get(item)
        if found is None:
            found = self._steps[item] = self._new_step(item, phrase)
        return found

    def _new_step(self, item: str, phrase: str) -> Step:
        if item in _SIGNS:
            return _SIGNS[item], NO_WORDS
        op = WORD
        if item.startswith("!") and item[1:2] not in ("", "|"):
            op, item = NOT, item[1:]
        return op, frozenset(self._words(item, phrase))

    def _words(self, item: str, phrase: str) -> Iterator[str]:
        for part in item.split("|"):
            if part.startswith("{") and part.endswith("}"):
                if part[1:-1] not in self._classes:
                    raise BadPhrase(f'"{phrase}" names a class that is not there: {part}')
                yield from (normal(word, self._spelling) for word in self._classes[part[1:-1]])
            elif part in (NUMBER, FRACTION, GERUND):
                yield part
            elif not part or part[0] in "[]{}^" or (part[0] == "<" and part != "<"):
                raise BadPhrase(f'"{phrase}" cannot be read at "{part}"')
            else:
                yield normal(part, self._spelling)


def _ungrouped(phrase: str) -> Iterator[str]:
    """Write out a group of rows: its single words stay together, each longer row by itself."""
    before, opened, rest = phrase.partition("(")
    inside, closed, after = rest.partition(")")
    if not opened or not closed:
        yield phrase
        return
    rows = [row.strip() for row in inside.split("|") if row.strip()]
    single = "|".join(row for row in rows if " " not in row)
    for row in (*([single] if single else []), *(row for row in rows if " " in row)):
        yield from _ungrouped(f"{before}{row}{after}")


def _choices(items: list[str]) -> Iterator[list[str]]:
    """Write out what may be missing, and the end of a sentence among other words."""
    for number, item in enumerate(items):
        bare = item.strip("<>")
        if "|" in bare and "$" in bare.split("|"):
            others = "|".join(part for part in bare.split("|") if part != "$")
            for rest in _choices(items[number + 1 :]):
                yield [*items[:number], item.replace(bare, others), *rest]
                yield [*items[:number], item.replace(bare, "$"), *rest]
            return
        if bare.startswith("[") and bare.endswith("]"):
            inside = item.replace("[", "").replace("]", "")
            marks = ("<" if item.startswith("<") else "") + (">" if item.endswith(">") else "")
            for rest in _choices(items[number + 1 :]):
                yield [*items[:number], inside, *rest]
                yield [*items[:number], *([marks] if marks else []), *rest]
            return
    yield items


def _lead(steps: list[Step]) -> tuple[int, int]:
    """The step to look a phrase up by, and how many words stand before it; -1 where there is none.

    The rarest word will do, as long as its distance from the beginning is fixed.
    """
    best, before, cheapest, passed = -1, 0, 0, 0
    for number, (op, words) in enumerate(steps):
        if op == GAP:
            break
        cost = len(words) + (_COMMON_COST - 1) * len(words & _COMMON)
        if op == WORD and (best < 0 or cost < cheapest):
            best, before, cheapest = number, passed, cost
        passed += op in (WORD, ANY)
    return best, before


def _neighbor(steps: list[Step], lead: int) -> tuple[int, frozenset[str]]:
    """Where, from the lead, another word of the phrase stands, and which; 0 where none does."""
    for number in (lead + 1, lead - 1):
        if 0 <= number < len(steps) and steps[number][0] == WORD:
            return number - lead, steps[number][1]
    return 0, NO_WORDS
