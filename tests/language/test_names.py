"""The name catcher: what it points out, what it leaves alone, and that it is quick and never wrong
about places.
"""

from __future__ import annotations

import time
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.language.name_data import fold, name_data
from walk.language.names import Find, find_names


def sure(text: str, **more: object) -> list[str]:
    """The words of the sure finds."""
    return [find.words for find in find_names(text, **more) if find.sure]  # type: ignore[arg-type]


def one(text: str, **more: object) -> Find:
    """The only find."""
    (find,) = find_names(text, **more)  # type: ignore[arg-type]
    return find


CAUGHT = {
    "name": [
        ("Devon points to line 3", ["Devon"]),
        ("José wrote 4 of 5 on his board", ["José"]),
        ("Ji-woo explains to a partner", ["Ji-woo"]),
        ("T hands the marker to Thuy", ["Thuy"]),
        ("DEVON raised hand twice", ["DEVON"]),
        ("Maria Lopez and Fatuma share one sheet", ["Maria Lopez", "Fatuma"]),
        ("T called on maria, then jayden", ["maria", "jayden"]),
        ("while Zykeira shares, 4 Ss track", ["Zykeira"]),
        ("K. Osei says the graph shifts", ["K. Osei"]),
    ],
    "a name that is also a word": [
        ("T asked Will to say more", ["Will"]),
        ("Will says 12 because 3x4", ["Will"]),
        ("May asked why the sum is 8", ["May"]),
        ("Grace's paper shows 3 strategies", ["Grace"]),
        ("S sits next to Faith and copies", ["Faith"]),
        ("Jordan raised her hand", ["Jordan"]),
        ("Georgia's notebook is open", ["Georgia"]),
        ("Devon and Grace compare tables", ["Devon", "Grace"]),
    ],
    "a name in speech": [
        ('"Say more, Kwabena." 5 s wait', ["Kwabena"]),
        ("T: Aisha, what did you notice?", ["Aisha"]),
        ('T: "Thank you Mateo"', ["Mateo"]),
    ],
    "title": [
        ('Ms. Lopez: "Say more"', ["Ms. Lopez"]),
        ("mrs lee asked for evidence", ["mrs lee"]),
        ("teacher (Mr. Brown) at the back", ["Mr. Brown"]),
        ("Mr. and Mrs. Smith visit", ["Mrs. Smith"]),
        ("Señora Díaz asks in Spanish", ["Señora Díaz"]),
        ("Mr. de la Cruz circulates", ["Mr. de la Cruz"]),
        ("T thanks Ms. K and moves on", ["Ms. K"]),
    ],
    "initials": [
        ("J.R. answered first", ["J.R."]),
        ("MK raised hand", ["MK"]),
        ("J says it is 12", ["J"]),
    ],
    "room": [
        ("In rm 214 5 of 7 pairs wrote", ["rm 214"]),
        ("Room B-12, seats in rows", ["Room B-12"]),
        ("portable 3, 8:40", ["portable 3"]),
        ("in 214 the T asks why", ["214"]),
    ],
    "address": [
        ("email j.lee+x@school.k12.or.us for a copy", ["j.lee+x@school.k12.or.us"]),
        ("call 503-555-0142 after", ["503-555-0142"]),
        ("(503) 555-0142", ["(503) 555-0142"]),
        ("dial 5035550142", ["5035550142"]),
        ("parent's cell 555-0142", ["555-0142"]),
    ],
}

LEFT_ALONE = [
    "S reads Tubman's letter aloud",
    "T reads a poem by Maya Angelou",
    "In the novel, Jonas leaves the community",
    "Ss label Georgia and Florida on the map",
    "Newton's second law on the board",
    "Pythagorean theorem; 4/5 groups used it",
    "Charlotte's Web on every desk",
    "Dr. King's speech on the slide",
    "President Jackson signed the act",
    "Word problem: Maria has 12 apples",
    'T asks "What would Lincoln say?"',
    "Will you show me where it says that?",
    "May I see your paper?",
    "Mark the text where the author shifts",
    "Mark answers on the whiteboard",
    'T: "Grace period ends at 3"',
    "Summer reading list on the wall",
    "Rose petals and Daisy chains on the desk",
    "Exit Ticket: Why Does The Moon Change?",
    "T asked Students to stand",
    "T asked Why is it 12",
    "T says Look at page 4",
    "the Recorder writes for Group 4",
    "ELA block, IEP goals posted, SPED teacher at table 2",
    "US asked UK for help; DOK says 3",
    "in 214 students' answers",
    "page 214, problem 12, lines 3-7, row 2, table 4, group 3",
    "How many tens in 340?",
    "in V3, S12 and T2",
    "breakout room 2 shares a doc",
    "10/14/2025 9:40-9:52, 24/24, 3.50 m, 120-134",
    "ISBN 978-0-14-243723-0",
    "250 500 1000 2000 on the board",
    "lines 120-1345, pp. 214-1000",
    "S3 @ 9:10",
    "老师问王伟为什么",
    "ученик Иван ответил",
    "",
]


@pytest.mark.parametrize(
    ("text", "words"), [pair for pairs in CAUGHT.values() for pair in pairs], ids=lambda value: None
)
def test_likely_people_and_places_are_found(text: str, words: list[str]) -> None:
    """A capital alone tells little; who asks, says, owns and is spoken to does."""
    assert sure(text) == words


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_lesson_content_and_everyday_words_stop_nothing(text: str) -> None:
    """A stopped note costs somebody time in a short silent write."""
    assert sure(text) == []


def test_lesson_content_is_shown_as_maybe() -> None:
    """An author or a character may still be somebody; it is shown, and stops nothing."""
    (find,) = find_names("S reads Tubman's letter")
    assert (find.words, find.kind, find.sure) == ("Tubman", "name", False)
    assert [find.sure for find in find_names("a poem by Maya Angelou")] == [False]
    assert [find.sure for find in find_names("a map of Georgia")] == [False]


def test_the_same_words_with_and_without_a_person() -> None:
    """Context decides, in both directions."""
    assert sure("T called on Darwin") == ["Darwin"]
    assert sure("Darwin sailed in 1831") == []
    assert sure("T asked Chase to read") == ["Chase"]
    assert sure("Chase the main idea") == []


# Offers --------------------------------------------------------------------------------------


def test_each_student_gets_one_mark_and_marks_in_use_are_left_out() -> None:
    """Two names never share a mark, or two students would become one."""
    finds = find_names("S1 asks Devon. Devon says no, Aisha says yes, S3 nods")
    assert [(find.words, find.offer) for find in finds] == [
        ("Devon", "S2"),
        ("Devon", "S2"),
        ("Aisha", "S4"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "kind", "offer"),
    [
        ("Ms. Lopez asks", "V2", "title", "T"),
        ("in room 12", "V2", "room", "V2"),
        ("in room 12", "", "room", "the room"),
        ("to lee@school.org", "V2", "email", ""),
        ("call 503-555-0142", "V2", "phone", ""),
        ("MK says 12", "V2", "initials", "S1"),
        ("S2 (Marcus) reads", "V2", "name", "S2"),
        ("S3 = Priya, draws", "V2", "name", "S3"),
    ],
)
def test_what_is_offered_instead(text: str, code: str, kind: str, offer: str) -> None:
    """A mark that says as much for the inquiry and nothing about who it was."""
    find = one(text, code=code)
    assert (find.kind, find.offer) == (kind, offer)


# Labels ----------------------------------------------------------------------------------------


def test_roster_labels_are_found_in_any_case_as_whole_words() -> None:
    """A walker's label in a note is a person as well."""
    find = one("with zorblat at table 2", labels=["Zorblat"])
    assert (find.words, find.kind, find.offer) == ("zorblat", "label", "a walker")
    assert sure("Zorblatter", labels=["Zorblat"]) == []
    assert sure("seen by dee  ann o.", labels=["Dee Ann O."]) == ["dee  ann o"]
    assert sure("Zorblat's view", labels=["Zorblat"]) == ["Zorblat"]


@pytest.mark.parametrize(
    "label",
    ["T", "me", "S1", "Ss", "Team A", "Walker 2", "lead", "Coach", "N", "V3", "ELL", "7", ""],
)
def test_a_label_that_is_a_mark_or_a_role_flags_nothing(label: str) -> None:
    """Or else every note of the walk would stand still."""
    text = "T asks S1; Team A and Walker 2 tell me: Coach, lead, N, V3, 7 Ss, ELL"
    assert sure(text, labels=[label]) == []


def test_a_short_or_everyday_label_needs_its_own_writing() -> None:
    """The label Mo is not the mo of a molecule, nor Hope what somebody hopes."""
    assert sure("mo is written on the board", labels=["Mo"]) == []
    assert sure("then Mo wrote it down", labels=["Mo"]) == ["Mo"]
    assert sure("I hope so", labels=["Hope"]) == []
    assert one("beside my Hope today", labels=["Hope"]).kind == "label"


# Cleared -----------------------------------------------------------------------------------------


def test_cleared_words_are_not_pointed_out_again() -> None:
    """ "No person here" is said once a walk."""
    assert sure("T asked Will and Devon", cleared=["will"]) == ["Devon"]
    assert sure("in room 12", cleared=["ROOM 12"]) == []
    assert sure("José says", cleared=["José"]) == []


# Safety ------------------------------------------------------------------------------------------

PIECES = [
    *[
        "Devon",
        " Will ",
        "Ms. ",
        "Lopez",
        "T: ",
        "S1 ",
        "asked ",
        "says ",
        ", ",
        ". ",
        "'s ",
        "paper ",
    ],
    *[
        "rm 214 ",
        "in 214 ",
        "a@b.org ",
        "503-555-0142",
        "J.R. ",
        "MK ",
        "poem by ",
        "and ",
        "\n",
        '"',
    ],
    *[
        "“",
        "’",
        "*",
        "_",
        "[b]",
        "👩‍🏫",
        "\x1b[31m",
        "\u0301",
        "é",
        "中",
        "\u2028",
        "\x00",
        "İ",
        "ß",
        "-",
    ],
]
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=60)


@given(texts, st.lists(st.text(max_size=8) | st.sampled_from(["Devon", "Ana M.", "T"]), max_size=4))
def test_finds_are_in_order_apart_and_exactly_placed(text: str, labels: list[str]) -> None:
    """Whatever is typed or pasted; nothing is raised."""
    finds = find_names(text, labels=labels, cleared=["Lopez"], code="V1")
    last = 0
    for find in finds:
        assert last <= find.start < find.end <= len(text)
        assert find.words == text[find.start : find.end]
        last = find.end
    assert finds == find_names(text, labels=labels, cleared=["Lopez"], code="V1")


@given(texts)
def test_what_was_cleared_is_gone(text: str) -> None:
    """Clearing every find leaves a note with nothing that stops it."""
    words = {find.words for find in find_names(text)}
    assert not any(find.words in words for find in find_names(text, cleared=words))


def test_places_are_right_behind_wide_and_hidden_characters() -> None:
    """Emoji, escape codes and markup are characters like all others."""
    text = "👩‍🏫👍 [b]\x1b[1m Devon says e\u0301 [/b]"
    find = one(text)
    assert text[find.start : find.end] == "Devon"


@pytest.mark.parametrize(
    "unit",
    [
        *[
            "a",
            "A",
            "1",
            "a@",
            "@",
            "a.",
            "J.",
            "'",
            '"',
            "*A ",
            "*",
            "_a",
            "-",
            "a-",
            "(503) ",
            "+1 ",
        ],
        *[
            "Will and ",
            "Devon asked Will to say more. ",
            "Ms. ",
            "rm ",
            "in 214 ",
            "555-0142 ",
            "\n",
        ],
        *["Devon Carter ", "DEVON SAID ", "T: ", "Aa", "S1 ", "a\u0301"],
    ],
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    """A pasted page is read at once; twice as long takes about twice the time."""

    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        began = time.process_time()
        find_names(text, labels=["Ana", "K. Osei"])
        return time.process_time() - began

    seconds(100)
    # The shortest of several, as a busy machine stops and goes.
    short = min(seconds(2_500) for _ in range(3))
    long = min(seconds(10_000) for _ in range(3))
    # Growth with the square would be sixteen times.
    assert long < 0.02 + 10 * short


# The lists ---------------------------------------------------------------------------------------


def test_the_lists_are_broad_and_sound() -> None:
    """Many cultures; no entry that reading would lose; names that are words stand apart."""
    listed = tomllib.loads(
        files("walk.language").joinpath("first_names.toml").read_text(encoding="utf-8")
    )
    given_names = {fold(name) for text in listed["given"].values() for name in text.split()}
    assert len(given_names) > 1_500
    assert all(name.replace("-", "").isalpha() for name in given_names)
    data = name_data()
    for name in ["devon", "maria", "thuy", "jiwoo", "fatima", "priya", "kwame", "oksana", "keanu"]:
        assert name in data.names
    assert not data.names & (data.word_names | data.place_names | data.never)
    assert {"will", "grace", "hope"} <= data.word_names
    assert {"jordan", "georgia", "chad"} <= data.place_names
