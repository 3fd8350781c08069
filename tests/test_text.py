"""Text: what comes in through the door, and what may reach a screen."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from walk.errors import Refused
from walk.text import LIMIT, accept, around, ascii_only, cell_width, one_line, safe, wrap

# Few signs, so that the awkward ones meet each other often.
AWKWARD = "ab 9,\t\n\r\x1b\x07\x7f\x9b\u00e9\u0301\u0327\u200d\ufe0f\u2764\u4e2d\u0915\u093f\u094d"
AWKWARD += (
    "\u05d0\u200f\u202e\u2066\u2028\U0001f469\U0001f3fd\U0001f1e9\U0001f1ea\u1100\u1161\u3000"
)
awkward = st.text(st.sampled_from(AWKWARD), max_size=60)
anything = st.text(st.characters(), max_size=60) | awkward
widths = st.integers(0, 30)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1e9\U0001f1ea"
THUMB = "\U0001f44d\U0001f3fd"
ACCENT = "e\u0301"
SYLLABLE = "\u0928\u093f"  # a letter and its vowel sign
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("T: [T] asked [/] [b", "T: [T] asked [/] [b"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x00 \x08 \r \x7f", "␀ ␈ ␍ ␡"),
        ("\x9b31m \x85", "�31m �"),
        ("a\u202eb\u202c", "a⟨U+202E⟩b⟨U+202C⟩"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        ("half \ud83d", "half �"),
        ("שלום \u200fעולם\u200e", "שלום \u200fעולם\u200e"),
        (FAMILY, FAMILY),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_safe_shows_what_would_act_and_leaves_the_rest(raw: str, shown: str) -> None:
    assert safe(raw) == shown


@given(st.text(st.characters(), max_size=80) | awkward)
def test_nothing_that_acts_gets_through_safe(text: str) -> None:
    shown = safe(text)
    assert not FORBIDDEN.search(shown)
    assert safe(shown) == shown


def test_safe_knows_every_control_character() -> None:
    for code in [*range(0x20), *range(0x7F, 0xA0)]:
        char = chr(code)
        assert (safe(char) == char) == (char in "\n\t")
    assert {safe(chr(code)) for code in range(0xD800, 0xE000)} == {"�"}


@given(anything)
def test_the_door_changes_nothing_but_line_ends(text: str) -> None:
    text = text.replace("\0", "")
    text = text.encode("utf-8", "ignore").decode("utf-8")
    taken = accept(text)
    assert "\r" not in taken
    assert taken == re.sub("\r\n?", "\n", text)
    assert accept(taken) == taken


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d", "\udc9b"])
def test_the_door_refuses_what_no_file_can_keep(text: str) -> None:
    with pytest.raises(Refused, match="damaged character") as refused:
        accept(text)
    assert refused.value.mend


def test_the_door_refuses_more_than_fits() -> None:
    assert accept("x" * LIMIT) == "x" * LIMIT
    assert accept("\r\n" * LIMIT) == "\n" * LIMIT
    with pytest.raises(Refused, match="20,001 characters and 20,000 fit"):
        accept("x" * (LIMIT + 1))
    with pytest.raises(Refused, match="3 characters and 2 fit"):
        accept("abc", limit=2)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("plain", 5),
        ("déjà", 4),
        (ACCENT, 1),
        ("中文", 4),
        ("“…”", 3),
        ("█░│✓●○▸", 7),
        (FAMILY, 2),
        (FLAG, 2),
        (THUMB, 2),
        ("␛�", 2),
        ("a\tb\n", 2),
    ],
)
def test_cell_width(text: str, cells: int) -> None:
    assert cell_width(text) == cells


@given(anything)
def test_cell_width_is_the_measure_of_the_screens(text: str) -> None:
    text = safe(text)
    assert cell_width(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "width", "line"),
    [
        ("one\ntwo", None, "one · two"),
        ("  one \r\n\n two\u2028three\n", None, "one ␍ · two · three"),
        ("a\tb", None, "a b"),
        ("", 5, ""),
        ("\n\n", 5, ""),
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("abc def", 5, "abc…"),
        ("abcdef", 1, "…"),
        ("abcdef", 0, ""),
        ("abcdef", -2, ""),
        ("中中中", 6, "中中中"),
        ("中中中", 5, "中中…"),
        ("中中中", 4, "中…"),
        ("xe\u0301yz", 3, "xe\u0301…"),
        (f"x{FAMILY}yz", 3, "x…"),
        (f"x{FAMILY}yz", 4, f"x{FAMILY}…"),
        (f"x{FLAG}yz", 3, "x…"),
        (f"{FLAG}{FLAG}{FLAG}", 5, f"{FLAG}{FLAG}…"),
        (f"{THUMB}yz", 3, f"{THUMB}…"),
        (f"x{SYLLABLE}yz", 3, f"x{SYLLABLE}…"),
        ("\x1b[2Jx", 4, "␛[2…"),
    ],
)
def test_one_line(text: str, width: int | None, line: str) -> None:
    assert one_line(text, width) == line


@given(anything, widths)
def test_one_line_fits_and_is_one(text: str, width: int) -> None:
    line = one_line(text, width)
    assert cell_width(line) <= width
    assert "\n" not in line
    assert "\t" not in line
    whole = one_line(text)
    assert line == whole or whole.startswith(line.removesuffix("…").rstrip())
    assert (line == whole) == (cell_width(whole) <= width) or not whole.strip()


@given(anything, widths)
def test_one_line_says_that_it_was_cut(text: str, width: int) -> None:
    line = one_line(text, width)
    assert line == one_line(text) or line.endswith("…"[:width])


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 13, ["one two three"]),
        ("one  two", 8, ["one  two"]),
        ("one  two", 7, ["one", "two"]),
        ("  indented line", 10, ["  indented", "line"]),
        ("one\n\ntwo", 10, ["one", "", "two"]),
        ("a\tb", 10, ["a b"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("x abcdefghij", 4, ["x", "abcd", "efgh", "ij"]),
        ("abcdef xy", 5, ["abcde", "f xy"]),
        ("中文中文中", 5, ["中文", "中文", "中"]),
        (f"{FAMILY}{FAMILY}{FAMILY}", 5, [FAMILY * 2, FAMILY]),
        (ACCENT * 5, 4, [ACCENT * 4, ACCENT]),
        ("no\u00a0break here", 8, ["no\u00a0break", "here"]),
        ("abcde", 1, ["ab", "cd", "e"]),
        ("\x1b[31m red", 5, ["␛[31m", "red"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(anything, widths)
@example("\u0915" + "\u093f" * 9, 2)
@example("\u2764\ufe0f\u0301\ufe0f\u2764\ufe0f", 2)
@example(f"{FAMILY}\u200d \u200d{FLAG}\u200d", 2)
def test_wrap_fits_and_loses_only_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_width(line) <= max(width, 2) for line in lines)
    assert not any("\n" in line or "\t" in line for line in lines)
    kept = re.sub(r"[ \t\n]", "", safe(text))
    assert "".join(lines).replace(" ", "") == kept


@given(
    st.lists(st.sampled_from(["a", "four", "中文", ACCENT, FAMILY, FLAG]), max_size=12),
    st.integers(4, 30),
)
def test_wrap_keeps_words_that_fit(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width)
    assert " ".join(lines).split() == words
    for line, following in pairwise(lines):
        assert cell_width(line) + 1 + cell_width(following.split()[0]) > width


def test_a_full_note_is_shown_at_once() -> None:
    """The largest note, in the shapes that cost most, takes no time to wrap and to cut."""
    for text in ["e\u0301" * 10_000, "中" * LIMIT, "a" + "\u0301" * (LIMIT - 1), "x " * 10_000]:
        start = time.process_time()
        assert wrap(text, 40)
        assert one_line(text, 40)
        assert (
            time.process_time() - start < 3
        )  # a tenth of it is usual; by squares it would take minutes


@pytest.mark.parametrize(
    ("drawn", "plain"),
    [
        (
            "Prepare ✓ ── Visits 2/5 ● ── Collect 1/3 ○",
            "Prepare x -- Visits 2/5 * -- Collect 1/3 o",
        ),
        ("██████░░░░│░░░", "######....|..."),
        ("▸ ↑ ↓ → ←", "> ^ v > <"),
        ("“great job” · what …?", '"great job" - what ...?'),
        ("␛[0m �⟨U+202E⟩", "?[0m ?<U+202E>"),
        ("déjà 中文", "déjà 中文"),
    ],
)
def test_ascii_only(drawn: str, plain: str) -> None:
    assert ascii_only(drawn) == plain


@given(anything)
def test_ascii_only_keeps_places_but_for_the_ellipsis(text: str) -> None:
    text = text.replace("…", "")
    plain = ascii_only(text)
    assert len(plain) == len(text)
    for before, now in zip(text, plain, strict=True):
        assert before == now or (now.isascii() and now.isprintable() and not before.isalnum())


def test_plain_text_needs_no_table_of_widths() -> None:
    """Starting up stays quick: the table is loaded for the first sign outside ASCII."""
    code = (
        "import sys; from walk import text, clock, timer, jotting; "
        "text.one_line('plain words', 5); text.wrap('plain words', 5); "
        "print('rich' in sys.modules, 'textual' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["False", "False"]


@given(
    words=st.lists(
        st.sampled_from(["page", "élève", "学生", "a", "e\u0301e\u0301", "x" * 40]), max_size=30
    ),
    data=st.data(),
    width=st.integers(12, 90),
)
def test_around_shows_the_first_spot_and_is_never_wider(
    words: list[str], data: st.DataObject, width: int
) -> None:
    line = one_line(" ".join(words))
    places = [0, *(place + 1 for place, sign in enumerate(line) if sign == " ")]
    start = data.draw(st.sampled_from(places))
    end = start + len(line[start:].split(" ")[0])
    found = ((start, end),) if end > start else ()
    shown, spots = around(line, found, width)
    assert cell_width(shown) <= width
    if found and cell_width(line[start:end]) <= width - 4:
        ((first, last),) = spots
        assert shown[first:last] == line[start:end]
    if cell_width(line) <= width:
        assert (shown, spots) == (line, found)


def test_around_begins_at_a_word_and_says_that_more_stands_before() -> None:
    line = "one two three four five six seven eight nine ten eleven"
    shown, ((start, end),) = around(line, [(line.index("nine"), line.index("nine") + 4)], 30)
    assert shown[start:end] == "nine"
    assert shown.startswith("… ")
    assert shown[2:].split()[0] in line.split()
    assert around(line, [(0, 3)], 20) == ("one two three four…", ((0, 3),))
