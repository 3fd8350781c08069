"""Lines in and out: what a label, a line, a width and an interrupt come to."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.plain.interrupts import Interrupts
from walk.plain.questions import number_in, numbers_in
from walk.plain.room import spoken
from walk.plain.talk import CUT, LINE_MOST, EndOfInput, Talk, decoded, is_ascii


def talk(*chunks: bytes, live: bool = False, ascii: bool = False, width: int = 0) -> Talk:
    """A talk whose input comes in these chunks."""
    found: Iterator[bytes] = iter(chunks)
    return Talk(
        lambda: next(found, b""), io.StringIO(), live=live, ascii=ascii, width=lambda: width
    )


def out(one: Talk) -> str:
    """All that was said."""
    assert isinstance(one._out, io.StringIO)
    return one._out.getvalue()


@given(st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]))))
def test_lines_come_whole_however_they_are_cut_into_chunks(lines: list[str]) -> None:
    raw = "".join(f"{line}\r\n" for line in lines).encode()
    one = talk(*(raw[at : at + 3] for at in range(0, len(raw), 3)))
    heard = [one.hear("x") for _ in lines]
    assert [line.removeprefix("\ufeff") for line in lines[:1]] == heard[:1]
    assert lines[1:] == heard[1:]
    with pytest.raises(EndOfInput):
        one.hear("x")


def test_a_last_line_without_its_end_counts() -> None:
    one = talk(b"first\nlast")
    assert [one.hear("x"), one.hear("x")] == ["first", "last"]


def test_keys_that_a_terminal_hands_on_are_no_words() -> None:
    assert decoded(b"pens\x1b[A\x1b[1;5C\x1bOP down\x1b", live=True) == "pens down"
    assert decoded(b"pens \x1b[A", live=False) == "pens \x1b[A"


@pytest.mark.parametrize("words", ["T: say more", "Only two wrote", "école"])
def test_a_stray_esc_takes_no_letter_with_it(words: str) -> None:
    assert decoded(b"\x1b" + words.encode(), live=True) == words


@given(st.binary(max_size=40))
def test_no_byte_is_thrown_away(line: bytes) -> None:
    said = decoded(line, live=False)
    assert len(said) >= line.count(b"a")
    assert said.count("a") == line.count(b"a")


def test_a_long_line_says_that_its_end_may_be_missing() -> None:
    one = talk(b"x" * LINE_MOST + b"\n", live=True)
    one.hear("x")
    assert CUT in out(one)


def test_a_hidden_line_is_not_said() -> None:
    one = talk(b"open sesame\n")
    assert one.hear("Passphrase", hidden=True) == "open sesame"
    assert "sesame" not in out(one)


def test_a_hidden_line_is_asked_for_once_the_terminal_hides_and_not_before() -> None:
    said = io.StringIO()
    told: list[str] = []

    @contextmanager
    def unseen() -> Iterator[None]:
        told.append(said.getvalue())
        yield
        told.append(said.getvalue())

    chunks = iter([b"open sesame\n"])
    one = Talk(lambda: next(chunks, b""), said, live=True, unseen=unseen)
    one.hear("Passphrase", hidden=True)
    assert told == ["", "Passphrase: "]


def test_nothing_said_can_act_on_a_terminal_and_lines_keep_to_the_width() -> None:
    one = talk(width=40)
    one.say("\x1b[31mred\x07 " + "long words stand in this line " * 4)
    assert "\x1b" not in out(one)
    assert max(map(len, out(one).split("\n"))) <= 39


@pytest.mark.parametrize(
    ("encoding", "env", "narrow"),
    [
        ("utf-8", {"LANG": "en_GB.UTF-8"}, False),
        ("utf-8", {}, False),
        ("utf-8", {"LC_ALL": "C.UTF-8", "LANG": "C"}, False),
        ("utf-8", {"LANG": "C"}, True),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ("utf-8", {"LANG": "de_DE.UTF-8", "LC_ALL": "POSIX"}, True),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "en_US.UTF-8"}, False),
        ("cp1252", {}, True),
        ("ascii", {"LANG": "en_GB.UTF-8"}, True),
        (None, {}, True),
    ],
)
def test_ascii_is_chosen_by_encoding_and_locale(
    encoding: str | None, env: dict[str, str], narrow: bool
) -> None:
    assert is_ascii(encoding, env) is narrow


def test_in_ascii_our_signs_are_ascii_and_words_stay() -> None:
    one = talk(ascii=True)
    one.say("“élan” … V1 → V2")
    assert out(one) == '"élan" ... V1 > V2\n'


# Interrupts


def test_an_interrupt_amid_a_save_waits_for_the_next_prompt() -> None:
    with Interrupts() as interrupts:
        signal.raise_signal(signal.SIGINT)
        assert interrupts.asked
        with pytest.raises(KeyboardInterrupt):
            interrupts.while_waiting(lambda: b"x")


def test_an_interrupt_while_a_line_is_awaited_is_taken_at_once() -> None:
    with Interrupts() as interrupts, pytest.raises(KeyboardInterrupt):
        interrupts.while_waiting(lambda: signal.raise_signal(signal.SIGINT))


def test_who_asks_twice_does_not_wait() -> None:
    with Interrupts():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_what_is_kept_on_the_way_out_is_not_cut_off_by_another_interrupt() -> None:
    with Interrupts() as interrupts:
        with pytest.raises(KeyboardInterrupt):
            interrupts.while_waiting(lambda: signal.raise_signal(signal.SIGINT))
        interrupts.leave()
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)


def test_long_work_takes_an_interrupt_for_itself() -> None:
    with Interrupts() as interrupts:
        signal.raise_signal(signal.SIGINT)
        assert interrupts.taken()
        assert not interrupts.taken()
        assert interrupts.while_waiting(lambda: b"x") == b"x"


def test_signals_are_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupts():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


def interrupted(typed: bytes) -> Talk:
    """A talk at a keyboard: this was typed, and Ctrl+C behind it, before any of it was taken."""
    interrupts = Interrupts()

    def wait() -> None:
        interrupts.asked = True
        raise KeyboardInterrupt

    left = iter([typed])
    return Talk(
        lambda: pytest.fail("this would lose what an interrupt cuts off"),
        io.StringIO(),
        live=True,
        interrupts=interrupts,
        ready=wait,
        held=lambda: next(left, b""),
    )


def test_a_line_entered_before_an_interrupt_is_done_and_those_behind_it_are_not() -> None:
    one = interrupted(b"pens down\nyes\nhalf a li")
    assert one.hear("x") == "pens down"
    with pytest.raises(KeyboardInterrupt):
        one.hear("x")
    assert one.unfinished() == "yes\nhalf a li"


def test_a_half_line_is_not_done() -> None:
    one = interrupted(b"half a li")
    with pytest.raises(KeyboardInterrupt):
        one.hear("x")
    assert one.unfinished() == "half a li"


# Numbers


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("1 3-5, 3", [1, 3, 4, 5]),
        ("2", [2]),
        ("5-3", None),
        ("0", None),
        ("9", None),
        ("1 x", None),
        ("", None),
        ("²", None),
        ("1-", None),
    ],
)
def test_numbers_are_read_one_by_one_and_from_to(said: str, found: list[int] | None) -> None:
    assert numbers_in(said, 7) == found


def test_a_number_may_end_in_a_dot_and_no_more() -> None:
    assert number_in("3.", 5) == 3
    assert number_in("3.5", 5) is None
    assert number_in("9" * 5_000, 5) is None


def test_what_is_joined_for_the_eye_is_joined_for_the_ear() -> None:
    assert spoken("V3 · in person → V4") == "V3, in person, then V4"
    assert spoken("V1 09:05–9:17, pages 3–4") == "V1 09:05 to 9:17, pages 3–4"
