"""The thirty notes agree with wording help, and nothing said of a rewording is a verdict."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.language.check import check
from walk.language.flags import CATEGORIES
from walk.language.names import find_names
from walk.language.practice import LONGEST, Item, items, look

BY_ID = {item.id: item for item in items()}
VERDICT = re.compile(
    r"\b(correct|wrong|right answer|score|points?|well done|good|mistake|praise|sarcasm)\b", re.I
)


def test_there_are_thirty_of_every_kind_and_some_need_no_change() -> None:
    assert len(BY_ID) == 30
    assert {item.about for item in items() if item.about} == set(CATEGORIES)
    assert len([one for one in items() if one.stands and one.kind == "noticing"]) >= 4
    assert len([one for one in items() if one.stands and one.kind == "wondering"]) >= 3
    assert len({item.text for item in items()}) == 30
    assert len({item.where for item in items()}) >= 20


@pytest.mark.parametrize("item", items(), ids=lambda item: item.id)
def test_each_sentence_is_what_it_is_there_for(item: Item) -> None:
    assert bool(check(item.text, item.kind)) is bool(item.about)
    assert bool(item.model) is bool(item.about)
    assert check(item.model, item.kind) == ()
    assert (item.model or item.text).endswith("?") is (item.kind == "wondering") or (
        item.kind == "noticing"
    )
    assert not any(find.sure for find in find_names(f"{item.text} {item.model}"))
    assert len(item.text) <= 100
    assert re.fullmatch(r"[^.?!]+(…|\?”)?[^.?!]*\.", item.why), "one sentence"


def test_an_open_slip_is_asked_about_and_the_model_reads() -> None:
    item = BY_ID["calm-start"]
    for line in ("", item.text, "t did a WONDERFUL job getting the class settled after lunch"):
        answer = look(item, line)
        assert (answer.reads, [flag.category for flag in answer.flags]) == (False, ["praise"])
    assert look(item, item.model).says == "Reads as evidence: a camera could have caught it."


def test_what_stands_as_it_is_needs_no_change() -> None:
    assert look(BY_ID["link-cubes"], "").says == "Reads as evidence as it stands."
    assert look(BY_ID["reach-for"], " ").says == "Reads as an open question as it stands."


def test_a_question_mark_in_front_makes_a_wondering() -> None:
    asked = look(BY_ID["quiet-after"], "? Do students care about a mole?")
    assert asked.flags
    opened = look(BY_ID["quiet-after"], "? What do students reach for in the pause?")
    assert opened.says == "Reads as an open question: any answer would be news."


@pytest.mark.parametrize("line", ["ok", "...", "\x1b[2J", "?", "a " * LONGEST, "w" * LONGEST * 9])
def test_too_little_and_too_much_is_never_said_to_read(line: str) -> None:
    assert not look(BY_ID["calm-start"], line).reads


@given(st.sampled_from(items()), st.text(max_size=60))
def test_whatever_is_typed_no_verdict_comes_back(item: Item, line: str) -> None:
    assert not VERDICT.search(look(item, line).says)
