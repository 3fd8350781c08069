"""Rules as data: reads the TOML files of this folder, and what a school adds, into phrases."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from walk.language.flags import CATEGORIES, Own
from walk.language.patterns import Phrases
from walk.language.phrases import Reader

LITERAL = "literal"
ALLOWED = "allowed"
QUESTIONS = CATEGORIES[12:]
SHORTEST_CUE = 6  # letters: shorter words have too many real words one letter away
SHORTEST_SLIP = 5


@dataclass(frozen=True, slots=True)
class Coach:
    """The question of a category, and its stems by whom the sentence is about."""

    question: str
    any: tuple[str, ...]
    teacher: tuple[str, ...] = ()
    students: tuple[str, ...] = ()


@dataclass(slots=True)
class Rules:
    """Everything the check looks words up in."""

    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    spelling: dict[str, str] = field(default_factory=dict)
    reported: Phrases = field(default_factory=Phrases)
    noticing: Phrases = field(default_factory=Phrases)
    wondering: Phrases = field(default_factory=Phrases)
    coach: dict[str, Coach] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    cues: dict[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    longest_slip: int = 0
    met: dict[str, str] = field(default_factory=dict)
    reader: Reader = field(default_factory=lambda: Reader({}))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("rules", f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=4)
def rules_for(own: Own | None = None) -> Rules:
    """The rules, made ready once; with what a school adds and allows. BadPhrase for those."""
    if own is not None:
        return _with_own(rules_for(), own)
    rules = Rules(classes=_classes(_read("classes")))
    rules.spelling = {
        short: full for full, shorts in _read("spelling").items() for short in shorts.split()
    }
    rules.reader = Reader(rules.classes, rules.spelling)
    for name, phrases in _read("voice").items():
        for phrase in phrases:
            rules.reported.add(rules.reader.read(phrase), f"voice {name}")
    for phrases in _read("literal")["everyone"].values():
        for phrase in phrases:
            _add(rules, phrase, LITERAL)
    for number, category in enumerate(CATEGORIES):
        data = _read(category)
        rules.order[category] = number
        rules.coach[category] = _coach(data)
        for phrase in data["phrases"]:
            _add(rules, phrase, category)
        for phrase in data["literal"]:
            _add(rules, phrase, f"{LITERAL} {category}")
    _learn_cues(rules, frozenset(_read("real_words")["words"].split()))
    return rules


def _with_own(base: Rules, own: Own) -> Rules:
    rules = replace(base, noticing=base.noticing.copy(), wondering=base.wondering.copy())
    for category, phrase in own.add:
        _add(rules, phrase, category)
    for phrase in own.allow:
        _add(rules, phrase, ALLOWED)
    _learn_cues(rules, base.known)
    return rules


def _classes(table: Mapping[str, str | list[str]]) -> dict[str, frozenset[str]]:
    """Read classes; a class may name earlier ones in braces."""
    classes: dict[str, frozenset[str]] = {}
    for name, value in table.items():
        found: set[str] = set()
        for word in (value if isinstance(value, str) else " ".join(value)).split():
            found |= classes[word[1:-1]] if word.startswith("{") else {word}
        classes[name] = frozenset(found)
    return classes


def _add(rules: Rules, phrase: str, label: str) -> None:
    """Add a phrase for wonderings and, unless it is about their questions, for noticings."""
    readings = rules.reader.read(phrase)
    cue = label in CATEGORIES
    # What would be advice in a noticing is advice in the clothes of a question here.
    asked = label.replace("prescription", "disguised_advice")
    rules.wondering.add(readings, asked, cue=cue)
    if label.removeprefix(f"{LITERAL} ") not in QUESTIONS:
        rules.noticing.add(readings, label, cue=cue)


def _coach(data: Mapping[str, Any]) -> Coach:
    def stems(key: str) -> tuple[str, ...]:
        return tuple(data.get(key, ()))

    return Coach(data["question"], stems("stems"), stems("stems_teacher"), stems("stems_students"))


def _learn_cues(rules: Rules, known: frozenset[str]) -> None:
    """Index the words that rules look for under all they become when one letter is left out."""
    rules.known = known | rules.noticing.words | rules.wondering.words | rules.reported.words
    rules.cues = {}
    for cue in sorted(rules.noticing.cues | rules.wondering.cues):
        if len(cue) >= SHORTEST_CUE and cue.isalpha():
            for short in (cue, *left_out(cue)):
                rules.cues.setdefault(short, cue)
    rules.longest_slip = 1 + max(map(len, rules.cues))


def left_out(word: str) -> Iterable[str]:
    """`word` with one letter left out, each way."""
    return (word[:n] + word[n + 1 :] for n in range(len(word)))
