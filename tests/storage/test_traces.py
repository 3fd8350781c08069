"""Looking for removed words in the bytes of files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from walk.storage.traces import PIECE, Traces


def _of(*texts: str) -> Traces:
    traces = Traces()
    for text in texts:
        traces.add(text)
    return traces


@given(
    text=st.text(st.characters(codec="utf-8"), min_size=8, max_size=200).filter(
        lambda text: len(text.encode()) <= 64 or " " in text[:-40]
    ),
    before=st.binary(max_size=100),
    after=st.binary(max_size=100),
)
def test_a_text_is_found_wherever_it_stands(text: str, before: bytes, after: bytes) -> None:
    assert _of(text).found_in(before + text.encode() + after)


def test_a_part_of_a_text_is_found_too() -> None:
    text = "fourteen of twenty-two students wrote a line before the talk began"
    traces = _of(text)
    assert traces.found_in(b"\x00\x00" + text.encode()[30:] + b"\x00")
    assert not traces.found_in(b"fourteen of them wrote nothing at all, and talked instead")


def test_words_in_another_script_are_found_in_part() -> None:
    text = "学生たちは教科書の行を指さしながら理由を説明していた"
    assert _of(text).found_in(text.encode()[12:])


def test_what_is_shorter_than_a_piece_is_looked_for_whole() -> None:
    traces = _of("kestrel")
    assert traces.found_in(b"a kestrel!")
    assert not traces.found_in(b"a kestre")


def test_what_is_too_short_to_tell_is_not_looked_for() -> None:
    traces = _of("yes")
    assert traces.texts == 0
    assert not traces.found_in(b"yes")


def test_few_pieces_of_a_long_text_still_reach_its_end() -> None:
    words = [f"word{number:04}isthis" for number in range(400)]
    traces = Traces(most=6)
    traces.add(" ".join(words))
    content = " ".join(words).encode()
    assert 3 <= len(traces.found_in(content)) <= 6
    assert traces.found_in(content[len(content) // 2 :])
    assert PIECE == 16
