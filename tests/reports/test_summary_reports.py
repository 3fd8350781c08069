"""The staff summary in all its forms: what it says and what it leaves out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.reports.sample import (
    EMPTY,
    FORMS,
    LEADER,
    LETTERS,
    ONCE,
    POINT,
    TOGETHER,
    USUAL,
    Page,
    html,
    markdown,
    plain,
    read,
    words,
)
from walk.reports.chart import Bar, shares, text_bars
from walk.reports.jsonform import summary_form, summary_json
from walk.reports.letter import long_date
from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.summary import (
    WalkFacts,
    caution,
    lacking_steps,
    may_show,
    printed_trends,
    without_codes,
)
from walk.text import cell_width

# Small numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visits", "bands", "counts", "examples"),
    [
        (0, False, False, False),
        (2, False, False, False),
        (3, False, True, True),
        (4, False, True, True),
        (5, True, True, True),
        (12, True, True, True),
    ],
)
def test_what_a_walk_may_print_by_its_size(
    visits: int, bands: bool, counts: bool, examples: bool
) -> None:
    shown = may_show(visits)
    assert (shown.bands, shown.counts, shown.examples) == (bands, counts, examples)
    assert bool(shown.why) != bands


@pytest.mark.parametrize("form", LETTERS)
@pytest.mark.parametrize("visits", [2, 4, 5])
def test_the_letter_of_a_small_walk_leaves_out_and_says_why(
    form: Callable[[WalkFacts], str], visits: int
) -> None:
    text = read(form, replace(USUAL, visits=visits))
    assert ("grades 6-8" in text, "science" in text) == (visits >= 5, visits >= 5)
    for telling in ("evidence in 3 classrooms", "5 of 7 pairs pointed", "evidence for each trend"):
        assert (telling.lower() in text.lower()) == (visits >= 3)
    assert POINT.statement in text
    assert ("Fewer than" in text) == (visits < 5)
    assert f"{visits} classrooms" in text


def test_a_picture_of_counts_goes_with_the_counts() -> None:
    assert "<svg" not in html(replace(USUAL, visits=2))
    assert "█" not in plain(replace(USUAL, visits=2)) + markdown(replace(USUAL, visits=2))
    assert "█" in plain(USUAL)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_parked_is_printed_nowhere(form: Callable[[WalkFacts], str]) -> None:
    """Not as a trend, not through a step that rests on it, not when the team forgot to park it."""
    step = replace(LEADER, basis=ONCE.statement)
    told = replace(USUAL, trends=(POINT, replace(ONCE, parked=False)), steps=(step,))
    for facts in (replace(USUAL, steps=(step,)), told):
        assert "Graphs drawn twice" not in read(form, facts)
        assert "S1 drew it again" not in read(form, facts)
        assert "parked" not in read(form, facts).replace('"parked": 1', "")


def test_a_step_tells_no_wondering_that_was_not_chosen() -> None:
    facts = replace(USUAL, steps=(replace(LEADER, basis="Why do so few ask?"),))
    assert all("so few" not in read(form, facts) for form in FORMS)
    chosen = replace(facts, open_wonderings=("Why do so few ask?",))
    assert "rests on a wondering above" in read(plain, chosen)


@pytest.mark.parametrize("form", FORMS)
def test_no_form_names_a_walker_a_code_or_a_time(form: Callable[[WalkFacts], str]) -> None:
    example = replace(POINT, statement="In V3 pages turn", examples=("V12: S2 read", "again, v4"))
    steps = (replace(LEADER, what="Visit V3 again", owner="host of V2", support="V1"),)
    text = read(form, replace(USUAL, trends=(example,), steps=steps, title="V1 to V5"))
    assert re.findall(r"\b[Vv]\d+\b", text) == []
    assert "[classroom] pages turn" in text or form is markdown
    assert re.findall(r"\b\d{1,2}:\d\d\b", text) == []
    for label in (*USUAL.missing_walkers, USUAL.lead):
        assert label not in text


def test_a_code_is_told_from_a_word_that_holds_one() -> None:
    def kept(title: str) -> str:
        return without_codes(replace(USUAL, title=title, codes=("V1", "V2", "V3", "V12"))).title

    assert kept("V3, (v12) V3's and V1-V2") == (
        "[classroom], ([classroom]) [classroom]'s and [classroom]-[classroom]"
    )
    assert kept("TV3 and V3x, level V, V1234") == "TV3 and V3x, level V, V1234"
    assert kept("a V8 engine at v4 = 3 m/s") == "a V8 engine at v4 = 3 m/s"


def test_the_letter_has_no_look_for_and_the_json_has() -> None:
    for form in LETTERS:
        assert "Point, read, measure" not in read(form, USUAL)
    assert summary_form(USUAL)["look_fors"] == [
        {"name": "Point, read, measure", "noticings": 9, "wonderings": 2, "visits": 4}
    ]


# The caution ---------------------------------------------------------------------------------


def test_the_caution_says_classrooms_minutes_modes_and_what_was_not_seen() -> None:
    assert caution(USUAL) == (
        "This is a snapshot: 5 classrooms, 10 to 14 minutes at a time, in person and recorded. "
        "What could not be seen: the rest of the lesson; the chat, the small groups, and what came "
        "before and after (recorded). It says nothing about any one teacher."
    )


@pytest.mark.parametrize(
    ("modes", "unseen"),
    [
        ((("virtual_live", 3),), "breakout rooms"),
        ((("viewed_remotely", 3),), "outside the camera's view"),
        ((("virtual_live", 0), ("in_person", 3)), "the rest of the lesson. It says"),
    ],
)
def test_the_caution_goes_by_the_modes_that_were_used(
    modes: tuple[tuple[str, int], ...], unseen: str
) -> None:
    assert unseen in caution(replace(USUAL, modes=modes))


@pytest.mark.parametrize(
    ("stops", "said"),
    [((), "minutes not written down"), ((0,), "not written down"), ((12, 12), " 12 minutes at")],
)
def test_the_caution_makes_up_no_minutes(stops: tuple[int, ...], said: str) -> None:
    assert said in caution(replace(USUAL, stops_minutes=stops))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_carries_the_caution_and_every_letter_the_notice(
    form: Callable[[WalkFacts], str],
) -> None:
    for facts in (USUAL, EMPTY, replace(USUAL, called_off=True)):
        text = read(form, facts)
        assert caution(facts) in text
        assert form is summary_json or text.endswith(TRADEMARK_NOTICE)


# What the letter says ------------------------------------------------------------------------


@pytest.mark.parametrize("form", LETTERS)
def test_the_parts_of_the_letter_stand_in_their_order(form: Callable[[WalkFacts], str]) -> None:
    text = read(form, USUAL)
    parts = (
        "Thank you for opening 5 classrooms",
        "This is a snapshot",
        "In what ways am I pressing students for evidence?",
        "Confirmed by the host teachers on 30 September 2025 (in the team meeting, 5 teachers).",
        "two sessions on talk moves",
        "kept until 13 December 2025",
        "Students point to the page (evidence in 4 classrooms, the other way in 1 classroom)",
        "5 of 7 pairs pointed",
        "Follow-ups ask for the answer (evidence in 3 classrooms)",
        "What do students reach for",
        "One planning hour a week",
        "10 February 2026",
        "the school office",
    )
    places = [text.find(part) for part in parts]
    assert places == sorted(places)
    assert -1 not in places
    assert "the notes of 2 walkers and 3 notes not yet shared" in text
    assert "no date yet" in text
    assert "rests on trend 2" in text


def test_assets_come_first_and_three_examples_are_the_most() -> None:
    assert [trend.polarity for trend in printed_trends(USUAL)] == ["asset", "need"]
    many = replace(POINT, examples=("one said", "two said", "three said", "four said"))
    text = plain(replace(USUAL, trends=(many,)))
    assert ("three said" in text, "four said" in text) == (True, False)


@pytest.mark.parametrize("form", LETTERS)
def test_the_letter_says_what_the_team_decided_and_would_need_to_know(
    form: Callable[[WalkFacts], str],
) -> None:
    trend = replace(POINT, decision="strengthen", to_know="Whether it holds in pairs")
    step = replace(
        LEADER,
        horizon="this term",
        support_type="planning together",
        support="cover for one hour",
        evidence="more answers that name a line",
    )
    text = read(form, replace(USUAL, trends=(trend,), steps=(step,)))
    assert "The team's decision: strengthen this practice." in text
    assert "What we would need to see or ask: Whether it holds in pairs." in text
    assert (
        "open; this term; support: planning together (cover for one hour); "
        "we will look for: more answers that name a line" in text
    )
    assert "The team's decision" not in read(form, USUAL)


@pytest.mark.parametrize("form", FORMS)
def test_an_unconfirmed_focus_is_called_so(form: Callable[[WalkFacts], str]) -> None:
    said = "not yet confirmed by the host teachers"
    for facts in (USUAL, replace(USUAL, called_off=True)):
        assert said not in read(form, facts)
        assert said in read(form, replace(facts, confirmation=None))
    loud = "please note: the focus is not yet confirmed"
    assert form is summary_json or loud in read(form, replace(USUAL, confirmation=None)).lower()


@pytest.mark.parametrize("form", LETTERS)
def test_no_professional_learning_is_said_loudly_with_its_reason(
    form: Callable[[WalkFacts], str],
) -> None:
    loud = "Please note: No professional learning was named for this focus."
    lacking = replace(USUAL, professional_learning="")
    given = read(form, replace(lacking, no_learning_reason="A new school"))
    assert f"{loud} Reason given: A new school.".lower() in given.lower()
    assert f"{loud} No reason was written.".lower() in read(form, lacking).lower()


@pytest.mark.parametrize("form", LETTERS)
def test_changes_after_confirming_are_printed(form: Callable[[WalkFacts], str]) -> None:
    changed = replace(USUAL, changes_after_confirmation=("On 2 October: was Talk in pairs",))
    assert "Changed after it was confirmed: - On 2 October: was Talk in pairs" in words(
        plain(changed)
    )
    assert "was Talk in pairs" in read(form, changed)


def test_a_closing_names_what_it_goes_without() -> None:
    assert lacking_steps((LEADER, TOGETHER)) == ()
    assert len(lacking_steps((TOGETHER,))) == len(lacking_steps((LEADER,))) == 1
    assert len(lacking_steps((replace(LEADER, status="dropped"), TOGETHER))) == 1
    assert "closed without" not in words(plain(USUAL))
    alone = replace(USUAL, steps=(), closing_reason="The school closes in June")
    assert (
        "This walk was closed without a next step owned above the teacher and without a next step "
        "designed with the host teachers. Reason given at closing: The school closes in June."
    ) in words(plain(alone))
    assert "No reason was written." in words(plain(replace(alone, closing_reason="")))
    assert "closed without" not in words(plain(replace(alone, closed=False)))


@pytest.mark.parametrize("form", LETTERS)
def test_what_is_not_there_yet_is_said_in_words(form: Callable[[WalkFacts], str]) -> None:
    text = read(form, EMPTY)
    for said in (
        "No classroom has been visited",
        "No trends have been stated yet.",
        "No wonderings have been chosen for the staff yet.",
        "No next steps have been written down yet.",
        "No date has been set for clearing the raw notes.",
        "No date has been set for the next look.",
    ):
        assert said in text
    assert "None stated." in read(form, replace(USUAL, trends=(POINT,)))


@pytest.mark.parametrize("form", LETTERS)
def test_a_walk_called_off_says_so_and_draws_no_trend(form: Callable[[WalkFacts], str]) -> None:
    off = replace(USUAL, called_off=True, visits=0, closing_reason="Snow")
    text = read(form, off)
    assert "It was called off and did not take place. Reason given: Snow." in words(plain(off))
    assert "No trends were drawn." in text
    assert POINT.statement not in text
    assert len(plain(off).splitlines()) < 15
    assert "before its end" in read(form, replace(off, visits=2))
    assert summary_form(off)["trends"] == []


def test_the_lead_is_named_only_when_nobody_else_answers() -> None:
    assert "Questions and answers: Ottilie." in words(plain(replace(USUAL, contact="")))
    assert "Questions" not in plain(replace(USUAL, contact="", lead=""))


def test_dates_are_words() -> None:
    assert long_date("2025-10-04") == "4 October 2025"
    assert long_date("in spring") == "in spring"


# JSON ----------------------------------------------------------------------------------------


def test_the_json_has_its_fixed_shape() -> None:
    form = json.loads(summary_json(USUAL))
    assert ", ".join(form) == (
        "walk, visits, notes, noticings, wonderings, look_fors, trends, parked, steps, caution"
    )
    assert form["trends"] == [
        {
            "statement": "Students point to the page",
            "kind": "asset",
            "visits": 4,
            "contrary_visits": 1,
            "noticings": 11,
            "none_visits": 0,
            "decision": "",
            "to_know": "",
        },
        {
            "statement": "Follow-ups ask for the answer",
            "kind": "need",
            "visits": 3,
            "contrary_visits": 0,
            "noticings": 7,
            "none_visits": 0,
            "decision": "",
            "to_know": "",
        },
    ]
    assert form["steps"][1] == {
        "what": "Try one follow-up question",
        "level": "teacher team",
        "owner": "grade 6",
        "by_when": "",
        "design": "agreed",
        "status": "open",
        "support": "",
        "basis": "Follow-ups ask for the answer",
        "support_type": "",
        "horizon": "",
        "evidence": "",
    }
    assert (form["walk"], form["visits"], form["parked"]) == ("0199a1b2", 5, 1)
    assert (form["notes"], form["noticings"], form["wonderings"]) == (61, 44, 17)
    assert all(type(form[key]) is int for key in ("visits", "notes", "parked"))


# The chart -----------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_numbers() -> None:
    assert text_bars([Bar("1 Pages", 4), Bar("2 数学", 2)]) == ["1 Pages  ████ 4", "2 数学   ██ 2"]
    assert text_bars([]) == []


def test_bars_of_many_classrooms_fit_a_line() -> None:
    long, short = text_bars([Bar("x" * 90, 200), Bar("2 few", 100)])
    assert cell_width(long) <= 80
    assert (long.count("█"), short.count("█")) == (24, 12)


def test_the_picture_and_the_text_tell_the_same() -> None:
    rows = shares([Bar("1 Pages", 4), Bar("2 Waiting", 2)])
    assert rows == (("1 Pages", 85.0, 4), ("2 Waiting", 42.5, 2))
    assert shares([Bar("1 None yet", 0)]) == (("1 None yet", 0.0, 0),)
    shown = Page(html(USUAL))
    lengths = [dict(pairs)["width"] for tag, pairs in shown.tags if tag == "svg"]
    assert lengths == ["85.0%", "63.75%"]
    said = words(shown.text)
    assert "1 Students point to the page 4 2 Follow-ups ask for the answer 3" in said


def test_a_label_of_the_chart_is_cut_between_two_words() -> None:
    said = "1 Students point to, read aloud or re-measure a source when they answer"
    assert shares([Bar(said, 4)])[0][0] == "1 Students point to, read aloud or…"
    whole = "1 Students point to, read aloud or measure"
    assert shares([Bar(f"{whole} a source", 4)])[0][0] == "1 Students point to, read aloud or…"
    assert shares([Bar(whole, 4)])[0][0] == whole
    assert shares([Bar(f"{whole[:-1]} now", 4)])[0][0] == f"{whole[:-1]}…"
    one_word = shares([Bar("数" * 40, 4)])[0][0]
    assert (cell_width(one_word), one_word[-1]) == (41, "…"), "words without blanks keep their room"
