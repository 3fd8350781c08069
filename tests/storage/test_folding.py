"""How words are compared in a search, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.storage.folding import LONGEST, Needle, fold, holds, needles, spots


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("S2: “It says on Page Four”", "s2 it says on page four"),
        ("Élève, naïve; ÇA", "eleve naive ca"),
        ("Straße ﬁn İ", "strasse fin i"),
        ("5/7 pairs, teacher's", "5 7 pairs teacher s"),
        ("学生が読む", "学 生 か 読 む"),
        ("한국", fold("한국")),
        ("שָׁלוֹם مَرْحَبا", "שלום مرحبا"),
        ("हिन्दी", "हनद"),
        ("a_b", "a b"),
        ("👩‍👧 !? \n\t", ""),
        ("", ""),
    ],
)
def test_case_accents_and_punctuation_make_no_difference(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("", ()),
        ("?!", ()),
        ("pag", (Needle(("pag",), True),)),
        ("on page", (Needle(("on",), False), Needle(("page",), True))),
        ("on ", (Needle(("on",), False),)),
        ("page ", (Needle(("page",), True),)),
        ('"page four"', (Needle(("page", "four"), False),)),
        ("“page fo", (Needle(("page", "fo"), True),)),
        ("teacher's", (Needle(("teacher", "s"), True),)),
        ("Page page page", (Needle(("page",), True),)),
        (
            'a NEAR("b* OR',
            (Needle(("a",), False), Needle(("near",), True), Needle(("b", "or"), True)),
        ),
    ],
)
def test_what_is_looked_for(said: str, wanted: tuple[Needle, ...]) -> None:
    assert needles(said) == wanted


def test_very_long_words_are_cut_and_still_found() -> None:
    word = "w" * 20_000
    (wanted,) = needles(word)
    assert len(wanted.words[0]) < 100
    assert holds(fold(f"so {word} it was"), [wanted])
    assert len(needles("a " * LONGEST)) == 1
    assert len(needles(" ".join(f"word{n}" for n in range(500)))) <= 12


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("it says on page four", "page", ["page"]),
        ("pages and page", "page ", ["page", "page"]),
        ("pages and page", '"page"', ["page"]),
        ("Élèves: “E-le-ves”", "eleves", ["Élèves"]),
        ("page, four", '"page four"', ["page, four"]),
        ("学生が読む", "生か", ["生が"]),
        ("cafe\u0301s", "cafe", ["cafe\u0301"]),
        ("tap map", "ap", []),
        ("a page four page", "pag four", ["pag", "four", "pag"]),
    ],
)
def test_where_it_stands(text: str, said: str, found: list[str]) -> None:
    wanted = needles(said)
    assert [text[start:end] for start, end in spots(text, wanted)] == found


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_each_sign_folds_by_itself(one: str, two: str) -> None:
    assert fold(f"{one} {two}") == f"{fold(one)} {fold(two)}".strip()


@given(st.text(min_size=1), st.data())
def test_what_a_text_holds_is_found_in_it_and_shown(text: str, data: st.DataObject) -> None:
    words = fold(text).split()
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    many = data.draw(st.integers(1, len(words) - first))
    said = " ".join(words[first : first + many])
    wanted = needles(f'"{said}"')
    if len(said) < LONGEST:
        assert holds(fold(text), wanted)
        assert spots(text, wanted)
        for start, end in spots(text, wanted):
            assert 0 <= start < end <= len(text)


@given(st.text(), st.text())
def test_what_is_shown_as_a_hit_is_one(text: str, said: str) -> None:
    wanted = needles(said)
    if wanted:
        assert bool(spots(text, wanted)) == holds(fold(text), wanted)


@given(
    st.lists(st.sampled_from("ab _-éE\u0301生が,"), max_size=14).map("".join),
    st.lists(st.sampled_from('ab _-é"生か '), max_size=6).map("".join),
)
def test_and_so_it_is_with_few_signs(text: str, said: str) -> None:
    wanted = needles(said)
    if wanted:
        assert bool(spots(text, wanted)) == holds(fold(text), wanted)
