"""Like this: what is proposed shares words with what was asked about, and says which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from walk.likeness import FEWEST_IN_A_THEME, Pool, stem, terms

NOTES = {
    "a": 'S2: "it says on page four that the river was low"',
    "b": "Two pairs pointed to lines on page 7 of the letter",
    "c": "S4 pointing at a line in the letter, finger under it",
    "d": "T waits six seconds after the question",
    "e": "Wait of 4 s, then a second student answers",
    "f": "Desks in rows, dictionaries by the door",
    "g": "Three students point to the map and to a line of the letter",
}


def test_forms_of_a_word_are_one() -> None:
    for words in (
        ("point", "points", "pointed", "pointing"),
        ("page", "pages"),
        ("stop", "stopped"),
    ):
        assert len({stem(one) for one in words}) == 1, words
    assert stem("study") == stem("studies")
    assert stem("letter") != stem("let")
    assert stem("class's") == stem("class")


def test_speakers_numbers_and_everyday_words_say_nothing() -> None:
    assert terms("S2 and T: 14 of 22 were in V3") == {}
    assert list(terms("Students pointed to Page 7").values()) == ["pointed", "Page"]


def test_a_note_finds_those_that_share_its_seldom_words() -> None:
    found = Pool(NOTES).like_note("c", NOTES)
    assert [one.note for one in found[:2]] == ["b", "g"] or [one.note for one in found[:2]] == [
        "g",
        "b",
    ]
    assert "c" not in {one.note for one in found}
    assert "letter" in found[0].shared


def test_words_that_mean_nearly_the_same_and_who_speaks_count_as_well() -> None:
    notes = {
        "a": "S1 drew a bar",
        "b": 'T: "Where does it say that?"',
        "c": "S7 has a sketch with arrows",
        "d": 'T: "What in the text tells you?"',
    }
    assert next(one.note for one in Pool(notes).like_note("a", notes)) == "c"
    found = Pool(notes).like_note("b", notes)[0]
    assert found.note == "d"
    assert "a teacher's question" in found.shared


def test_a_theme_needs_three_notes_and_then_finds_more() -> None:
    pool = Pool(NOTES)
    assert FEWEST_IN_A_THEME == 3
    assert pool.like_theme(["b", "c"], NOTES) == []
    found = pool.like_theme(["a", "b", "c"], NOTES)
    assert found[0].note == "g"
    assert set(found[0].shared) >= {"letter", "line"}
    assert not {"a", "b", "c"} & {one.note for one in found}


def test_what_stands_in_most_other_notes_does_not_speak_for_a_theme() -> None:
    notes = {str(n): f"table word{n}" for n in range(10)} | {
        "x": "table ruler",
        "y": "table ruler",
        "z": "table ruler",
        "w": "ruler",
    }
    found = Pool(notes).like_theme(["x", "y", "z"], notes)
    assert [one.note for one in found] == ["w"]


TOLD = {"a student", "a tally", "the teacher"}
"""How signs are told that stand in the notes below."""
WORDS = st.lists(
    st.sampled_from(
        ["river", "map", "line", "page", "wait", "ask", "row", "table", "7", "S2", "café", "河"]
    ),
    max_size=8,
)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), WORDS.map(" ".join), max_size=12))
def test_answers_are_of_the_notes_asked_among_and_share_what_they_say(
    notes: dict[str, str],
) -> None:
    pool, ids = Pool(notes), sorted(notes)
    half = ids[::2]
    asked = [pool.like_note(one, half) for one in ids] + [pool.like_theme(half, ids)]
    for found in asked:
        scores = [one.score for one in found]
        assert scores == sorted(scores, reverse=True)
        assert len({one.note for one in found}) == len(found)
        for one in found:
            assert one.shared
            assert all(one_of in notes[one.note] or one_of in TOLD for one_of in one.shared)
    assert all(one.note in half for found in asked[:-1] for one in found)


@given(st.text())
def test_any_text_has_terms(text: str) -> None:
    assert all(word in text for word in terms(text).values())
