"""The written rules: each can be met by words of a note, a school's own patterns too."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from tomllib import loads

import pytest

from walk.language.check import check
from walk.language.flags import CATEGORIES, Own
from walk.language.own import own_phrase
from walk.language.phrases import WORD, BadPhrase
from walk.language.rules import rules_for
from walk.language.tokens import FRACTION, GERUND, NUMBER, read_words


def written() -> Iterator[str]:
    """Every phrase of the files in walk/language/rules."""
    for name in (*CATEGORIES, "literal", "voice"):
        data = loads(files("walk.language").joinpath("rules", f"{name}.toml").read_text("utf-8"))
        for rows in (data["everyone"] if name == "literal" else data).values():
            # Questions are one string, and stems are no phrases.
            if isinstance(rows, list) and rows is not data.get("stems"):
                yield from (row for row in rows if "__" not in row)


def test_every_phrase_can_be_met_by_some_words() -> None:
    rules = rules_for()
    spelled = frozenset(rules.spelling.values())

    def is_met(word: str) -> bool:
        if word in (NUMBER, FRACTION, GERUND) or word in spelled:
            return True
        ways = (word, word.upper(), word.capitalize())
        return any(
            read_words(way, rules.spelling, rules.classes["numbers"]).norm == [word] for way in ways
        )

    met: dict[str, bool] = {}
    phrases = list(written())
    never = []
    for phrase in phrases:
        wanted = [
            [words for op, words in one.steps if op == WORD] for one in rules.reader.read(phrase)
        ]
        for steps in wanted:
            for word in frozenset().union(*steps):
                met.setdefault(word, is_met(word))
        if not any(all(any(met[word] for word in words) for words in steps) for steps in wanted):
            never.append(phrase)
    assert len(phrases) > 3500
    assert never == []


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("ss [really] rocked it", "Ss rocked it today", "Ss rocked it"),
        ("the|T's [own] corner", "T's own corner", "T's own corner"),
        ("#-point plan", "a 4-point plan", "4-point plan"),
        ("self-made|well-worn maps", "well-worn maps on desks", "well-worn maps"),
        ("a (joy-ride|trip) home", "a joy-ride home", "a joy-ride home"),
    ],
)
def test_a_schools_pattern_is_read_as_notes_are(phrase: str, text: str, words: str) -> None:
    own = Own(add=(("sarcasm", own_phrase(phrase)),))
    assert words in [text[flag.start : flag.end] for flag in check(text, "noticing", own)]


def test_a_hyphen_in_words_that_may_be_missing_is_refused() -> None:
    with pytest.raises(BadPhrase, match="two phrases"):
        own_phrase("plain|level [b-side] maps")


def test_a_pattern_that_is_refused_is_named_as_it_was_written() -> None:
    with pytest.raises(BadPhrase, match=r'"well-worn \{maps\}" names a class'):
        own_phrase("well-worn {maps}")


def test_a_pointer_within_a_row_of_choices_is_refused() -> None:
    with pytest.raises(BadPhrase):
        rules_for().reader.read("much of the|<talk|noise>")
