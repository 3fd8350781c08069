"""wording.toml: what it may hold, and how each fault in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.errors import WordingError
from walk.intake.wording_file import HOW, LARGEST, MOST_PHRASES, Wording, bytes_of, read_wording
from walk.language.check import check
from walk.language.flags import CATEGORIES, Own
from walk.language.own import MOST_GAPS, own_phrase
from walk.language.patterns import Phrases
from walk.language.phrases import BadPhrase
from walk.language.rules import rules_for
from walk.language.tokens import read_words

GOOD = """\
# Ours.
allow = ["exit ticket"]

[add]
praise = [
    "knocked it out of the park",
    "crushed|nailed it",
]
rating = ["a solid three"]
"""


def read(text: str | bytes) -> Wording:
    data = text if isinstance(text, bytes) else text.encode()
    return read_wording(data, CATEGORIES, own_phrase)


def refusal(text: str | bytes) -> WordingError:
    with pytest.raises(WordingError) as caught:
        read(text)
    assert caught.value.mend
    return caught.value


class TestFile:
    def test_phrases_are_read_by_category_in_the_order_of_the_file(self) -> None:
        found = read(GOOD)
        assert found.allow == ("exit ticket",)
        assert found.add == (
            ("praise", "knocked it out of the park"),
            ("praise", "crushed|nailed it"),
            ("rating", "a solid three"),
        )

    def test_allow_may_stand_above_or_below_the_heading(self) -> None:
        below = read('[add]\npraise = "nailed it"\nallow = ["b"]\n')
        assert below == Wording((("praise", "nailed it"),), ("b",))
        assert read('allow = ["a"]\n[add]\nallow = ["b"]\n').allow == ("a", "b")

    @pytest.mark.parametrize("text", ["", "# nothing yet\n", "[add]\n", "allow = []"])
    def test_an_empty_file_adds_nothing(self, text: str) -> None:
        assert read(text) == Wording()

    def test_a_byte_order_mark_and_windows_line_ends_are_read(self) -> None:
        assert read(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == read(GOOD)

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("rating =", "ratings =", "wording.toml, line 9, [add]: ratings: not known here; the"),
            ("rating =", "teacher =", "line 9, [add]: teacher: not known here"),
            ("[add]", "[adds]", "line 4: adds: not known here; the nearest is add"),
            ("[add]", "[[add]]", "line 4: add is there once and is written [add]"),
            ('"a solid three"', "3", "line 9, [add]: rating must be words in quotation marks"),
            ('"a solid three"', '"a\\u001b[2J"', "rating holds a line break, a tab or another"),
            ('"a solid three"', f'"{"w" * 201}"', "rating is longer than 200 characters"),
            ('["exit ticket"]', "{ a = 1 }", "line 2: allow must be words in quotation marks"),
            ('"a solid three"', '"..."', 'rating cannot be used: "..." has to'),
            ('"a solid three"', '"{colours} pens"', '"{colours} pens" names a class that is not'),
            ('"a solid three"', '"— ?"', 'line 9, [add]: rating cannot be used: "— ?" holds no'),
            ('["exit ticket"]', '["[a"]', 'line 2: allow cannot be used: "[a" cannot be read at'),
            ('["a solid', '["a solid\n', "line 9: this cannot be read"),
        ],
    )
    def test_a_fault_is_told_with_line_and_key(self, old: str, new: str, said: str) -> None:
        assert old in GOOD
        error = refusal(GOOD.replace(old, new))
        assert error.message.startswith("wording.toml, line ")
        assert said in error.message
        assert "\x1b" not in str(error)

    def test_an_unknown_category_lists_the_fifteen(self) -> None:
        mend = refusal('[add]\nkindness = ["nice"]').mend
        assert all(category in mend for category in CATEGORIES)

    def test_a_phrase_that_cannot_be_read_says_where_to_look(self) -> None:
        assert HOW in refusal('allow = ["..."]').mend

    def test_caps_are_kept(self) -> None:
        many = ", ".join(f'"word{n} said"' for n in range(MOST_PHRASES))
        assert len(read(f"allow = [{many}]").allow) == MOST_PHRASES
        error = refusal(f'allow = [{many}]\n[add]\npraise = ["one more"]')
        assert "501 phrases and 500 fit" in error.message
        assert "64 kilobytes" in refusal(b"#" * (LARGEST + 1)).message

    @pytest.mark.parametrize("text", [b"allow = ['\xff']", "a = " + "[" * 30_000, "a = 1\na = 2"])
    def test_rubbish_is_refused_in_words(self, text: str | bytes) -> None:
        assert refusal(text).message.startswith("wording.toml")

    @given(st.binary(max_size=60))
    def test_any_bytes_are_read_or_refused(self, data: bytes) -> None:
        said = "wording.toml"
        try:
            read(data)
        except WordingError as error:
            said = error.message
        assert said.startswith("wording.toml")

    def test_what_is_no_file_is_told(self, tmp_path: Path) -> None:
        for path in (tmp_path, tmp_path / "none.toml"):
            with pytest.raises(WordingError):
                bytes_of(path)
        path = tmp_path / "wording.toml"
        path.write_bytes(b"#" * (LARGEST + 900))
        assert len(bytes_of(path)) == LARGEST + 1


class TestPhrases:
    @pytest.mark.parametrize(
        ("written", "read_as"),
        [
            ("Knocked it out!", "knocked it out"),
            ("hands-on learning", "hands on learning"),
            ("“it didn’t land”.", "it didn't land"),
            ("the teacher's room", "the teacher room"),
            ("[very] rich talk", "[very] rich talk"),
        ],
    )
    def test_plain_words_are_read_as_notes_are(self, written: str, read_as: str) -> None:
        assert own_phrase(written) == read_as

    @pytest.mark.parametrize(
        "phrase", ["[a] " * 40 + "b", "(a b|c d|e f) " * 9, "a " + "... a " * (MOST_GAPS + 1)]
    )
    def test_what_would_take_for_ever_is_refused(self, phrase: str) -> None:
        with pytest.raises(BadPhrase):
            own_phrase(phrase)

    def test_what_was_added_is_asked_about_and_what_was_allowed_is_not(self) -> None:
        found = read(GOOD)
        own = Own(found.add, (*found.allow, "what a joy to watch"))
        text = "S1 nailed it. A solid three."
        said = [text[one.start : one.end] for one in check(text, "noticing", own)]
        assert said == ["nailed it", "A solid three"]
        joy = "What a joy to watch."
        assert check(joy)
        assert check(joy, "noticing", own) == ()

    @given(st.text("ab {}[]()<>|~^$#!.'\"-?students", max_size=30))
    def test_every_phrase_is_refused_or_can_be_looked_for(self, phrase: str) -> None:
        try:
            found = own_phrase(phrase)
        except BadPhrase as error:
            found = str(error)
            assert f'"{phrase}"' in found
        else:
            phrases = Phrases()
            phrases.add(rules_for().reader.read(found), "own")
            list(phrases.find(read_words(f"a b {phrase} students b a", {}, frozenset())))
