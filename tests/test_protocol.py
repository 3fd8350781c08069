"""The steps of the debrief: minutes that are shortened fairly, and the stop on "because"."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk import protocol

totals = st.integers(0, 400)


# Minutes -------------------------------------------------------------------------------------


def test_at_forty_five_minutes_every_step_has_its_own() -> None:
    assert protocol.TOTAL == 45
    assert list(protocol.shorten(45).values()) == [2, 3, 7, 8, 10, 5, 3, 7]
    assert protocol.told(45, protocol.shorten(45)) == []


@given(totals)
def test_the_minutes_come_to_what_was_planned_where_that_can_be(total: int) -> None:
    assert sum(protocol.shorten(total).values()) == max(total, protocol.LEAST)


@given(totals)
def test_silent_read_describe_and_norms_are_never_shortened(total: int) -> None:
    minutes = protocol.shorten(total)
    assert [minutes[one] for one in ("norms", "read", "describe")] == [2, 7, 8]


@given(totals)
def test_a_longer_debrief_takes_no_minute_from_any_step(total: int) -> None:
    less, more = protocol.shorten(total), protocol.shorten(total + 1)
    assert all(less[one] <= more[one] for one in protocol.IDS)


@given(totals)
def test_what_we_expect_goes_before_any_other_step_gives_a_minute(total: int) -> None:
    minutes = protocol.shorten(total)
    others = any(minutes[one] < protocol.USUAL[one] for one in protocol.SHARED)
    assert not (others and minutes["predict"])


@given(totals)
def test_every_other_step_keeps_at_least_a_minute(total: int) -> None:
    minutes = protocol.shorten(total)
    assert all(minutes[one] >= 1 for one in protocol.IDS if one != "predict")


@given(st.integers(protocol.LEAST, 42))
def test_the_steps_give_in_proportion(total: int) -> None:
    """No step is more than a minute and a half off its share, but for its last minute."""
    minutes = protocol.shorten(total)
    have = sum(minutes[one] for one in protocol.SHARED)
    whole = sum(protocol.USUAL[one] for one in protocol.SHARED)
    for one in protocol.SHARED:
        share = protocol.USUAL[one] * have / whole
        assert abs(minutes[one] - share) <= 1.5 or minutes[one] == 1


def test_at_thirty_it_says_which_step_was_shortened_and_by_how_much() -> None:
    told = protocol.told(30, protocol.shorten(30))
    assert told == [
        "“What do we expect?” is left out (usually 3 min)",
        "“Group like with like” 5 min instead of 10",
        "“State trends” 3 min instead of 5",
        "“Wonderings” 2 min instead of 3",
        "“Next steps and support” 3 min instead of 7",
        "Whole: silent read and describe only",
    ]


def test_more_time_goes_to_next_steps_first() -> None:
    assert protocol.shorten(58) == {**protocol.USUAL, "next": 20}
    longer = protocol.shorten(62)
    assert longer == {**protocol.USUAL, "next": 21, "group": 11, "trends": 6, "wonderings": 4}


def test_too_short_a_debrief_says_what_it_takes() -> None:
    assert protocol.told(15, protocol.shorten(15))[-1] == "All steps take 21 min; 15 were planned."


@given(totals, st.dictionaries(st.sampled_from(protocol.IDS), st.integers(0, 60)))
def test_what_the_team_set_stands_and_no_other_moves(total: int, edited: dict[str, int]) -> None:
    minutes = protocol.with_edits(total, edited)
    plain = protocol.shorten(total)
    assert minutes == {one: edited.get(one, plain[one]) for one in protocol.IDS}


def test_a_step_that_the_team_shortened_itself_is_told_too() -> None:
    minutes = protocol.with_edits(45, {"read": 4})
    told = protocol.told(45, minutes)
    assert "“Silent read” 4 min instead of 7" in told
    assert "Whole: describe only" in told


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (0, "0 of 10 min"),
        (8, "8 of 10 min"),
        (10, "10 of 10 min"),
        (11, "over by 1 min"),
        (25, "over by 15 min"),
    ],
)
def test_overtime_is_told_calmly(spent: int, words: str) -> None:
    assert protocol.spent_words(spent, 10) == words


# Order ---------------------------------------------------------------------------------------


@given(totals)
def test_going_on_and_back_visits_the_same_steps(total: int) -> None:
    minutes = protocol.shorten(total)
    there = ["norms"]
    while coming := protocol.after(there[-1], minutes):
        there.append(coming)
    back = [there[-1]]
    while earlier := protocol.before(back[-1], minutes):
        back.append(earlier)
    assert back[::-1] == there
    assert [one for one in protocol.IDS if one != "predict" or minutes["predict"]] == there


def test_back_stops_where_the_debrief_began() -> None:
    assert protocol.before("wonderings", protocol.USUAL, "trends") == "trends"
    assert protocol.before("trends", protocol.USUAL, "trends") == ""


def test_an_unknown_step_is_no_step() -> None:
    with pytest.raises(KeyError):
        protocol.step("verdict")


def test_prompts_never_judge() -> None:
    """Every step has something to read aloud, and none of it praises, rates or names anyone."""
    for one in protocol.STEPS:
        assert one.prompts
        said = " ".join(one.prompts).casefold()
        assert not any(word in said for word in ("great", "effective", "weak", "score", "rating"))


# The stop on "because" -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("S1 points to page four because she likes it", "because"),
        ("It seems they were bored", "It seems"),
        ("it  seemed quiet", "it seemed"),
        ("This shows that the task was too easy", "This shows"),
        ("14 of 22 wrote, which means they knew", "which means"),
        ("students probably knew the answer", "probably"),
        ("I think the task was hard", "I think"),
        ("They must have read it before", "must have"),
        ('S2: "because of the river"\nso it appears to be clear', "it appears"),
        ("“because it says so” and because they were asked", "because"),
    ],
)
def test_it_stops_where_a_line_explains(text: str, words: str) -> None:
    assert protocol.stop_words(text) == f"stop at “{words}”: what did you see or hear?"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "14 of 22 wrote before they talked",
        'S2 said "because the river was already low"',
        "“It seems to me that the dam held”, one pair wrote",
        "T: because of what? 5 s wait",
        "S2: I think it was the dam, because the river was low",
        "one wrote 'because it says so' on the board",
        'still typing what was said: "because the',
        "The word becausewords and seemsters are no words",
        "The student's book shows a river; the students' hands point to it",
    ],
)
def test_what_was_said_by_others_is_no_stop(text: str) -> None:
    assert protocol.stop_words(text) == ""


@given(st.text(max_size=200))
def test_a_stop_stands_where_it_says(text: str) -> None:
    found = protocol.stop_at(text)
    if found is not None:
        assert " ".join(text[found.start : found.end].split()) == found.words


@pytest.mark.parametrize("piece", ["'a", "a'b ", "'", '"', "“", "it seem", "T:", " \n"])
def test_a_long_text_is_read_at_once(piece: str) -> None:
    """However many quotation marks it holds; it is asked at every key."""
    began = time.process_time()
    protocol.stop_words(piece * (20_000 // len(piece)))
    assert time.process_time() - began < 1


@given(st.text(alphabet="abc “”\"'\nbecause", max_size=60))
def test_more_words_behind_a_stop_do_not_take_it_away(text: str) -> None:
    found = protocol.stop_at(f"because {text}")
    assert found is not None
    assert found.start == 0
