"""Wording help: what it points at, whose words it leaves alone, and that it holds with rubbish."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.scoring import sentences
from walk.language.check import check
from walk.language.flags import CATEGORIES, NoteKind, Own
from walk.language.phrases import BadPhrase, Reader
from walk.language.rules import QUESTIONS, rules_for


def pointed(text: str, kind: NoteKind = "noticing") -> list[tuple[str, str]]:
    """Category and words of each flag."""
    return [(flag.category, text[flag.start : flag.end]) for flag in check(text, kind)]


POINTED = {
    "praise": ("T did a great job with the timer", "a great job"),
    "deficit": ("Directions were unclear to table 3", "unclear"),
    "vague_quantity": ("Most students had a pencil out", "Most students"),
    "mental_state": ("Table 4 seemed bored", "seemed bored"),
    "global_trait": ("T is a pushover with late work", "is a pushover"),
    "comparison": ("Deeper talk than in the other rooms", "Deeper talk than"),
    "causal": ("Hands went up because of the sentence stems", "because"),
    "jargon_label": ("A rigorous task on erosion", "rigorous"),
    "absolute": ("T always stands at the board", "always"),
    "sarcasm": ("Yet another worksheet", "Yet another"),
    "rating": ("Engagement: 3/4", "3/4"),
    "prescription": ("T should post the agenda", "should"),
    "disguised_advice": ("What if partners went first?", "What if"),
    "disguised_criticism": ("Why didn't anyone check the timer?", "Why didn't"),
    "leading_closed": ("Did students get the main idea?", "Did students get"),
}


@pytest.mark.parametrize("category", CATEGORIES)
def test_each_kind_is_found_at_its_words(category: str) -> None:
    text, words = POINTED[category]
    found = pointed(text, "wondering" if category in QUESTIONS else "noticing")
    assert (category, words) in found


@pytest.mark.parametrize(
    "text",
    [
        'T: "Great job, that was amazing"',
        "“You should have used a ruler,” T said.",
        "S2: this is boring and the worst book ever",
        "T - who is confused, everyone always is",
        "'I never get it,' said a boy in row 2",
        'She said "excellent work and then stopped',
        "S4 says the book is boring because nothing happens",
        "T tells the class that they should always show their work",
        "Students open The Best Christmas Pageant Ever, act one.",
        "A poster reads Always Try Your Best.",
        "Objective: I can write an effective claim",
        "Metals are listed under Good Conductors, wood under Poor Conductors.",
        "Students draw a right angle and a perfect square",
        "The negative charge moves; the strong magnet holds 4 clips",
        "3 desks had no book at 9:10",
        "From 10:03 to 10:09 no one spoke",
        "Row 1 read six pages, row 2 read four.",
        "24/24 exit slips were in the tray; 5 of 7 pairs wrote a reason",
        "S wrote 3 out of 5 on the corner of the quiz",
        "T shows only the left half of the picture",
        "Most recent sheet on top; T cut the paper with sharp scissors",
        "T gives 2 choices: write or draw",
        "T gave 1 example, S gave 3 reasons",
        "S2 gets 2 pages, gives 1 to partner",
        "Ss high-five, T gave S a high five, T lost place in book",
        "S1 helps S2 with zipper; T helped S3 with spelling",
        "T made them a chart and kept them in at recess",
        "T uses equity sticks, draws 6 names",
        'T asks follow-up: "how do you know?" to 5 Ss',
        "T blows whistle, all stop",
        "Table 1 finishes first, table 6 last",
        "T hands prize to table with most points",
        "S ran out to the hall; T ran out of copies",
        "Wall has a chart of growth mindset sentences",
        "Los estudiantes no leen la página y el profesor habla mucho",
        "Die Schüler sind sehr müde und das ist nicht gut",
        "",
        "   \n\t",
        "“”\"\"''",
    ],
)
def test_what_is_not_the_observers_judgement_is_left_alone(text: str) -> None:
    assert pointed(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The objective wasn't clear", "wasn't clear"),
        ("No real closure", "No real closure"),
        ("Kids didn't understand the page", "didn't understand"),
        ("T was not very clear", "not very clear"),
        ("Ss weren't paying attention", "weren't paying attention"),
        ("I didn't like the way it ended", "I didn't like"),
    ],
)
def test_what_is_denied_is_pointed_at_with_its_denial(text: str, words: str) -> None:
    assert [found for _, found in pointed(text)] == [words]


def test_a_no_of_the_sentence_before_denies_nothing() -> None:
    assert pointed("Was it 12? No. Great wait") == [("praise", "Great wait")]


@pytest.mark.parametrize(
    ("text", "category", "words"),
    [
        ("T only calls on the smart kids", "global_trait", "the smart kids"),
        ("T called on boys, which was unfair", "deficit", "unfair"),
        ("3 out of 5 for management", "rating", "3 out of 5"),
        ("I'd give it a 3", "rating", "give it a 3"),
        ("T must improve questioning", "prescription", "must improve"),
        ("T is knowledgeable", "praise", "knowledgeable"),
        ("We got our money's worth today", "praise", "money's worth"),
        ("T did well", "praise", "did well"),
        ("Kids tried hard", "mental_state", "tried hard"),
        ("S2 was being difficult", "global_trait", "being difficult"),
        ("T overuses worksheets", "deficit", "overuses"),
        ("It was a bit chaotic at the start", "deficit", "a bit chaotic"),
        ("S2 is the teacher's pet", "global_trait", "teacher's pet"),
    ],
)
def test_judgements_in_plain_words_are_found(text: str, category: str, words: str) -> None:
    assert (category, words) in pointed(text)


@pytest.mark.parametrize(
    "text",
    [
        "How do students decide which source to trust?",
        "What might explain why five of the eight groups chose B?",
        "In what ways do partners build on each other's words?",
        "I wonder what the four students without headphones listened for.",
        "What would the exit slips tell us about the word evidence?",
        'How do students use the stem "what if we"?',
    ],
)
def test_open_questions_are_left_alone(text: str) -> None:
    assert pointed(text, "wondering") == []


def test_after_a_quotation_the_observer_speaks_again() -> None:
    text = '"Say more," said T. Wonderful wait time, 5 s.'
    assert ("praise", "Wonderful") in pointed(text)


@pytest.mark.parametrize("quote", ["»great job«", "›great job‹", "«great job»", "‹great job›"])
def test_quotation_marks_of_every_direction_hold_speech(quote: str) -> None:
    assert pointed(f"T said {quote} to S1") == []
    assert pointed(f"{quote}, then {quote}. Amazing answers") == [("praise", "Amazing")]


def test_marks_that_quote_nothing_hide_nothing() -> None:
    """A point at the beginning of a line, an arrow."""
    assert pointed("» great job\n» wrote «ok»") == [("praise", "great job")]
    assert pointed("T asked › great answers") == [("praise", "great")]


def test_a_turn_ends_where_a_sentence_about_people_begins() -> None:
    text = "T: open your books. Students seemed confused"
    assert pointed(text) == [("mental_state", "seemed confused")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gr8 modeling on doc cam", "gr8 modeling"),
        ("ss undrstood the gist", "undrstood"),
        ("exellent pacing", "exellent pacing"),
        ("beacuse of the timer, ss ran", "beacuse"),
        ("T nvr calls on the back row", "nvr"),
    ],
)
def test_short_forms_and_slips_of_one_letter_are_read(text: str, words: str) -> None:
    assert words in [found for _, found in pointed(text)]


def test_a_word_of_its_own_is_no_slip() -> None:
    assert pointed("They clamped the board and ran the lathe") == []


def test_a_slip_keeps_its_place_and_its_spelling() -> None:
    (flag,) = check("T was enthusiastik about frogs") or [None]
    assert flag is not None
    assert "enthusiastik" in flag.message


def test_a_message_names_no_kind_and_asks() -> None:
    for category, (text, _) in POINTED.items():
        for flag in check(text, "wondering" if category in QUESTIONS else "noticing"):
            assert flag.message.endswith("?")
            assert not any(kind.replace("_", " ") in flag.message for kind in CATEGORIES)
            assert flag.suggestion.strip()


def test_every_kind_has_stems_and_there_are_many() -> None:
    rules = rules_for()
    stems = {
        stem
        for coach in rules.coach.values()
        for stem in (*coach.any, *coach.teacher, *coach.students)
    }
    assert set(rules.coach) == set(CATEGORIES)
    assert len(stems) >= 30
    assert all(coach.question.endswith("?") for coach in rules.coach.values())
    # A stem that judged would teach the wrong thing.
    for stem in stems:
        assert not check(stem, "noticing"), stem


def test_a_school_can_add_and_allow() -> None:
    own = Own(add=(("praise", "bang up"),), allow=("great job",))
    assert check("A bang-up routine at the door", "noticing", own)[0].category == "praise"
    assert check("T did a great job with the timer", "noticing", own) == ()
    assert check("T did a great job with the timer")


PIECES = (
    "\" ' “ ” T: S2:- great because most students ? — , I wonder if why didn't 3/4 [b]x[/b] é 文 😀"
)
ALPHABET = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*PIECES.split(), "\n", "\x1b[31m", "\u202e"]), max_size=40).map(
        " ".join
    ),
)


@given(ALPHABET, st.sampled_from(["noticing", "wondering"]))
def test_any_text_gets_flags_in_place_and_apart(text: str, kind: NoteKind) -> None:
    flags = check(text, kind)
    assert flags == check(text, kind)
    ends = 0
    for flag in flags:
        assert ends <= flag.start < flag.end <= len(text)
        assert text[flag.start : flag.end].strip() == text[flag.start : flag.end]
        assert flag.category in CATEGORIES
        ends = flag.end


GROWING = [
    "T did a great job and most students seemed bored because of the heat. ",
    '"great" ',
    "'",
    '"',
    "T: ",
    "S2 - wow ",
    "Student A: no ",
    "because ",
    "the the the ",
    "I wonder if students should, or not? ",
    "x" * 50,
    "((",
    "\n",
]


def calls(text: str) -> int:
    """How many functions a check of the text calls: work, told without a clock."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        check(text, "wondering")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", GROWING)
def test_work_grows_with_the_length_and_no_faster(unit: str) -> None:
    rules_for()
    short = (unit * 3000)[:1500]
    long = (unit * 12000)[:6000]
    calls(short)  # what the first check of a program makes once belongs to neither
    assert calls(long) <= 4.6 * calls(short) + 2000


def test_a_note_of_the_greatest_length_is_read() -> None:
    text = ("Ss seemed bored. " * 2000)[:20_000]
    assert len(check(text)) > 1000


@pytest.mark.parametrize("phrase", ["", "...", "{nobody knows}", "a |", "~"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(BadPhrase):
        Reader({}).read(phrase)


def test_the_labelled_sentences_are_what_their_page_says() -> None:
    items = sentences()
    texts = [item["text"] for item in items]
    assert len(items) >= 600
    assert len(set(texts)) == len(texts)
    assert {item["categories"][0] for item in items if item["evaluative"]} == set(CATEGORIES)
    held = sum(item["part"] == "held" for item in items)
    assert 0.3 < held / len(items) < 0.36
    telegraphic = sum(item["style"] == "telegraphic" for item in items)
    assert telegraphic >= len(items) / 4
    for item in items:
        assert all(span in item["text"] for span in item["spans"])
