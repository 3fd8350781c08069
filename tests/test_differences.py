"""Word differences: both texts come back from their pieces, and long ones cost little."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.differences import Piece, differences, folded

texts = st.text(max_size=200) | st.lists(
    st.sampled_from(["S1", "wrote", "the", "of", "page", ",", "four"]), max_size=60
).map(" ".join)


def joined(pieces: tuple[Piece, ...], *, same: bool | None = None) -> str:
    """The text of the pieces, of all or of those that are alike."""
    return "".join(one.text for one in pieces if same is None or one.same == same)


def plain(text: str) -> str:
    """Without gaps, which go with the words beside them."""
    return "".join(text.split())


@given(texts, texts)
def test_the_pieces_joined_are_both_texts_and_what_is_alike_is_alike(one: str, two: str) -> None:
    found = differences(one, two)
    assert (joined(found.one), joined(found.two)) == (one, two)
    assert plain(joined(found.one, same=True)) == plain(joined(found.two, same=True))


@given(texts)
def test_equal_texts_differ_nowhere(text: str) -> None:
    found = differences(text, text)
    assert all(one.same for one in (*found.one, *found.two))


@given(texts, texts)
def test_texts_that_differ_differ_somewhere(one: str, two: str) -> None:
    found = differences(one, two)
    assert (one != two) == any(not piece.same for piece in (*found.one, *found.two))


def test_only_the_changed_words_are_told() -> None:
    found = differences("S1 wrote four lines, then stopped.", "S1 wrote five lines then stopped!")
    assert [one.text for one in found.one if not one.same] == ["four", ",", "."]
    assert [one.text for one in found.two if not one.same] == ["five", "!"]


def test_words_beside_each_other_are_told_as_one_run() -> None:
    found = differences("T: say more about that", "T: tell us about that")
    assert [one.text for one in found.one if not one.same] == ["say more"]
    assert [one.text for one in found.two if not one.same] == ["tell us"]


def test_a_sentence_put_in_the_middle_of_a_long_text_is_all_that_differs() -> None:
    start = " ".join(f"word{number % 97} of the {number}" for number in range(400))
    end = " ".join(f"and {number} the of" for number in range(400, 800))
    found = differences(f"{start} {end}", f"{start} nobody said this. {end}")
    assert [one.text for one in found.one if not one.same] == []
    assert plain(joined(found.two, same=False)) == "nobodysaidthis."


_RANDOM = random.Random(7)
_HARD = {
    "one word": ("a " * 10_000, "a " * 9_999 + "b"),
    "two words": ("a b " * 5_000, "b a " * 5_000),
    "few words at random": tuple(
        "".join(_RANDOM.choice(["a ", "b ", "c "]) for _ in range(10_000)) for _ in range(2)
    ),
    "signs": ("!?" * 10_000, "?!" * 10_000),
    "upside down": (
        " ".join(str(number) for number in range(4_000)),
        " ".join(str(number) for number in reversed(range(4_000))),
    ),
    "one long word": ("x" * 20_000, "y" * 20_000),
}


@pytest.mark.parametrize("name", _HARD)
def test_the_longest_notes_are_compared_in_bounded_time(name: str) -> None:
    one, two = _HARD[name]
    began = time.process_time()
    found = differences(one, two)
    assert time.process_time() - began < 3
    assert (joined(found.one), joined(found.two)) == (one, two)


def test_long_alike_stretches_fold_and_what_differs_stays() -> None:
    before, after = "so much is alike " * 40, " and this is alike as well" * 40
    found = differences(f"{before}here it was said{after}", f"{before}there it was said{after}")
    shown = folded(found.one, 20)
    told = [one if isinstance(one, int) else one.text for one in shown]
    assert isinstance(told[0], int)
    assert len(before) - 20 <= told[0] < len(before)
    assert told[1] == " so much is alike "
    assert "here" in told
    assert sum(one if isinstance(one, int) else len(one) for one in told) == len(joined(found.one))


def test_a_short_text_folds_nothing() -> None:
    found = differences("S1 wrote four lines", "S1 wrote five lines")
    assert folded(found.one, 20) == list(found.one)
