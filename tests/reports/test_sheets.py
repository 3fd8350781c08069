"""Agenda page, debrief sheet, visit sheet and teacher note: what each says and never says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from tests.reports.plan_sample import USUAL as PLAN_FACTS
from tests.reports.sample import EMPTY, POINT, USUAL, rendered, tokens_of, words
from tests.reports.sample import Page as Read
from tests.reports.sheets_sample import DEBRIEF, NOTE, SHEET, VISIT, every_page
from tests.reports.test_summary_safety import TEXT
from walk.reports.agenda import PLAN, agenda
from walk.reports.bidi import MARK, closed, runs_to_the_left
from walk.reports.blocks import Page, Section, Table
from walk.reports.debrief_sheet import RAW, debrief_sheet
from walk.reports.letter import letter
from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.pages import FORMATS, html, markdown, plain, render
from walk.reports.paper import is_close, is_open, paper_lines
from walk.reports.summary import UNCONFIRMED, caution
from walk.reports.teacher_note import teacher_note
from walk.reports.teacher_notice import notice
from walk.reports.visit_sheet import NO_JUDGEMENT, visit_sheet
from walk.reports.what_happens import overview
from walk.text import cell_width, safe


def told(page: Page, form: str = "text") -> str:
    """What a person reads."""
    source = render([page], form)
    if form == "html":
        return words(Read(source).text)
    return words(rendered(source) + source if form == "md" else source)


every_form = pytest.mark.parametrize("form", FORMATS)


# The agenda page


@every_form
def test_the_agenda_holds_trends_wonderings_a_try_and_what_others_do(form: str) -> None:
    said = told(agenda(USUAL), form)
    for part in (
        caution(USUAL),
        "Students point to the page (evidence in 4 classrooms",
        "5 of 7 pairs pointed",
        "What do students reach for when nobody names a page?",
        "the team's own agenda goes first",
        "What we change",
        "One planning hour a week",
    ):
        assert part in said
    assert "S2 read aloud" not in said, "one example a trend is enough here"
    assert "Graphs drawn twice" not in said, "parked"
    assert sum(int(minutes) for minutes, _ in PLAN) == 40


def test_the_agenda_keeps_the_rules_of_small_numbers() -> None:
    said = told(agenda(replace(USUAL, visits=2)))
    assert "evidence in" not in said
    assert "5 of 7 pairs" not in said
    assert "Fewer than three classrooms" in said
    assert "No trends have been stated yet." in told(agenda(EMPTY))
    off = told(agenda(replace(USUAL, called_off=True)))
    assert "called off" in off
    assert POINT.statement not in off


# The debrief sheet


@every_form
def test_the_debrief_sheet_numbers_the_notes_and_leaves_room(form: str) -> None:
    said = told(debrief_sheet(DEBRIEF), form)
    places = [
        said.find(one)
        for one in ("Description first.", "Silent read 7", "S1 points to line 4", "Who answers")
    ]
    assert places == sorted(places)
    assert -1 not in places
    assert RAW.lower() in said.lower()
    assert UNCONFIRMED.lower() in said.lower()
    assert "“What do we expect?” is left out" in said
    assert "Not on this sheet: the notes of 1 walker." in said
    assert "My words" in said


def test_steps_without_minutes_are_not_in_the_row_of_steps() -> None:
    assert "What do we expect? 0" not in told(debrief_sheet(DEBRIEF))
    assert "7 minutes in all" in told(debrief_sheet(DEBRIEF))


# The visit sheet


@every_form
def test_the_visit_sheet_is_about_one_visit_and_leaves_room_to_answer(form: str) -> None:
    said = told(visit_sheet(SHEET), form)
    for part in (
        "Visit sheet V3",
        "This is a snapshot: 1 classroom, 12 minutes at a time, recorded.",
        "the chat, the small groups",
        NO_JUDGEMENT,
        "Part of the lesson seen: the opening and the middle.",
        "S1 points to line 4",
        "Who answers first?",
        "What would you add or put right?",
        "until 13 December 2025",
        "no reason is asked or kept",
    ):
        assert part in said
    assert not re.search(r"\btrend|\basset|\bneed\b", said.replace(TRADEMARK_NOTICE, ""), re.I)


def test_a_visit_on_which_nothing_was_seen_says_so() -> None:
    nothing = replace(SHEET, noticings=(), wonderings=(), teams=1)
    assert "that is a full answer" in told(visit_sheet(nothing))
    assert "None was written." in told(visit_sheet(replace(nothing, teams=0)))
    left = replace(SHEET, left_out=2)
    assert "2 notes are left out" in told(visit_sheet(left))


def test_an_unconfirmed_focus_is_called_so_on_every_sheet() -> None:
    unconfirmed = replace(VISIT, confirmation=None)
    pages = (
        visit_sheet(replace(SHEET, visit=unconfirmed)),
        teacher_note(replace(NOTE, visit=unconfirmed)),
        agenda(replace(USUAL, confirmation=None)),
        debrief_sheet(DEBRIEF),
    )
    for page in pages:
        assert f"PLEASE NOTE: {UNCONFIRMED}" in told(page)


# The teacher note


@every_form
def test_the_teacher_note_names_moves_and_effects_and_compares_nothing(form: str) -> None:
    said = told(teacher_note(NOTE), form)
    for part in (
        "You asked for this note.",
        "Asked for the line",
        "S1 read two lines aloud",
        "What helps a partner disagree?",
        "to see a colleague do it",
        "on 20 October 2025 with the coach.",
        "Given to you on 17 October 2025.",
        "You keep the only copy on paper.",
    ):
        assert part in said
    assert not re.search(r"other classroom|trend|[0-9] classrooms", said)


def test_a_bare_teacher_note_hides_nothing_and_leaves_room() -> None:
    bare = replace(
        NOTE, progress=(), noticings=(), wonderings=(), wants_next="", talked_on="",
        talked_with="", shown_on="", copies="",
    )  # fmt: skip
    said = told(teacher_note(bare))
    assert "Nothing has been chosen for this note yet." in said
    assert said.count("_" * 80) == 6
    assert "when and with whom is for you to say" in said
    assert "has not been agreed yet" in said
    answered = told(teacher_note(replace(NOTE, response="It was a good hour")))
    assert "It was a good hour" in answered


# All of them


@pytest.mark.parametrize("page", every_page(), ids=lambda page: page.title)
def test_every_report_carries_a_caution_and_the_notice(page: Page) -> None:
    for form in FORMATS:
        said = told(page, form)
        assert "This is a snapshot" in said
        assert said.endswith(TRADEMARK_NOTICE)


CALM = Read(html(every_page("calm"))).tags
CALM_TOKENS = tokens_of(markdown(every_page("calm")))


@given(TEXT)
def test_no_text_becomes_a_tag_and_none_is_lost(text: str) -> None:
    page = Read(html(every_page(text)))
    assert page.tags == CALM
    assert page.text.count(safe(text)) >= 50


@given(TEXT)
def test_no_text_becomes_markdown(text: str) -> None:
    assert tokens_of(markdown(every_page(text))) == CALM_TOKENS


@given(TEXT)
def test_plain_text_stays_in_its_width_and_moves_no_cursor(text: str) -> None:
    lines = plain(every_page(text)).split("\n")
    assert max(map(cell_width, lines)) <= 80
    assert all(line == safe(line) and "\t" not in line for line in lines)


@pytest.mark.parametrize("width", [60, 40])
def test_a_narrow_screen_gets_narrow_lines(width: int) -> None:
    for page in every_page():
        lines = plain([page], width).split("\n")
        assert max(map(cell_width, lines)) <= width
        assert (
            "".join("".join(lines).split())
            .replace("_", "")
            .replace("|", "")
            .endswith("".join(TRADEMARK_NOTICE.split()))
        )


def test_a_page_with_everything_loads_nothing() -> None:
    source = html(every_page())
    named = [tag for tag, _ in Read(source).tags]
    assert not {"script", "link", "iframe", "img", "object", "form", "a"} & set(named)
    assert "url(" not in source
    assert "//" not in source
    assert named.count("table") == named.count("caption") == named.count("thead")
    assert len(set(re.findall(r'id="([^"]+)"', source))) == len(re.findall(r'id="', source))


# One sheet of paper


def test_a_full_letter_is_set_close_and_a_usual_one_is_not() -> None:
    long = "When students are asked what in the text makes them say so, they go back to it. " * 2
    full = replace(
        USUAL,
        trends=tuple(replace(POINT, statement=f"{long} {n}") for n in range(7)),
        steps=USUAL.steps * 2,
    )
    assert not any(map(is_close, every_page()))
    assert is_close(letter(full))
    assert '<article class="close">' in html([letter(full)])


def test_short_pages_have_larger_letters_and_all_of_one_file_the_same() -> None:
    short, full = visit_sheet(SHEET), letter(replace(USUAL, steps=USUAL.steps * 6))
    assert is_open(short)
    assert '<article class="open">' in html([short])
    assert html([short, short]).count('<article class="open">') == 2
    assert 'class="open"' not in html([short, full])
    assert not is_open(full)
    assert 'class="open"' not in html([full])


def test_what_no_sheet_could_hold_is_not_made_small() -> None:
    many = replace(DEBRIEF, noticings=("S1 points to line 4",) * 40)
    assert not is_close(debrief_sheet(many))
    assert not is_close(visit_sheet(replace(SHEET, noticings=("S1 points to line 4",) * 150)))


def test_a_notice_that_fits_in_the_usual_size_is_not_made_small() -> None:
    # In a browser it fills 0.96 of a sheet of US Letter with ten sentences, and 1.05 with more.
    said = "We look at discussion after independent reading. "
    assert not is_close(notice(replace(PLAN_FACTS, agreed=said * 10)))
    assert is_close(notice(replace(PLAN_FACTS, agreed=said * 24)))


def test_a_table_with_one_long_column_is_not_counted_as_if_all_were_as_wide() -> None:
    # In a browser this page fills three quarters of a sheet in larger letters.
    assert is_open(overview(PLAN_FACTS))
    even = Table("c", ("a", "b"), (("w " * 60, "w " * 60),) * 10)
    uneven = Table("c", ("a", "b"), (("w " * 6, "w " * 60),) * 10)
    lines = [paper_lines(Page("t", "", (Section("", (one,)),))) for one in (even, uneven)]
    assert lines[0] > lines[1] + 5


def test_letters_that_are_wider_on_paper_count_for_more() -> None:
    lines = [
        paper_lines(visit_sheet(replace(SHEET, noticings=(letter_ * 100,) * 20)))
        for letter_ in ("aé", "א", "学")
    ]
    latin, hebrew, chinese = lines
    assert latin == paper_lines(visit_sheet(replace(SHEET, noticings=("a" * 200,) * 20)))
    assert hebrew == paper_lines(visit_sheet(replace(SHEET, noticings=("a" * 125,) * 20)))
    assert chinese == latin


# Words of people among ours


def test_a_sentence_loses_its_full_stop_where_ours_goes_on() -> None:
    stopped = replace(POINT, statement="Students point to the page.")
    facts = replace(USUAL, title="Reasons and sources.", trends=(stopped,))
    said = plain([letter(facts)])
    assert said.startswith("Staff summary: Reasons and sources\n")
    assert "1. Students point to the page (evidence in 4" in said
    assert "1 Students point to the page  █" in said
    assert plain([agenda(facts)]).startswith("Agenda page: Reasons and sources\n")
    sheet = debrief_sheet(replace(DEBRIEF, title="What now?"))
    assert plain([sheet]).startswith("Debrief sheet: What now?\n")


# From right to left


@pytest.mark.parametrize(
    ("text", "left"), [("שלום", True), ("5 مرحبا", True), ("S1: שלום", False), ("", False)]
)
def test_a_text_runs_as_its_first_letter_does(text: str, left: bool) -> None:
    assert runs_to_the_left(text) is left


def test_our_words_keep_their_place_behind_words_that_run_to_the_left() -> None:
    assert closed("abc") == "abc"
    assert closed("abc שלום.") == f"abc שלום.{MARK}"
    turned = replace(USUAL, host_school="לינקולן", trends=(replace(POINT, statement="שלום"),))
    said = plain([letter(turned)])
    assert f"לינקולן{MARK}, 14 October 2025" in said
    assert f"1. שלום{MARK} (evidence in 4 classrooms" in said
