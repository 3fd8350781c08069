"""What holds for every printed page of a plan: its words, widths and size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from tests.reports.plan_forms import Make, every_form, notices, of, rotations, scheduled, told
from tests.reports.plan_sample import EMPTY, ROTATION, USUAL, crowd, planted
from tests.reports.sample import Page as Read
from tests.reports.sample import tokens_of, words
from tests.reports.test_summary_safety import TEXT
from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.pages import FORMATS, Page, html, markdown, plain
from walk.reports.plan_facts import PlanFacts, VisitFact
from walk.reports.rotation_page import rotation_page
from walk.reports.slips import slips
from walk.reports.teacher_notice import notice
from walk.reports.what_happens import overview
from walk.text import cell_width, safe


def overviews(facts: PlanFacts) -> Sequence[Page]:
    return [overview(facts)]


MAKES: tuple[Make, ...] = (notices, scheduled, overviews, slips, rotations)
every_page = pytest.mark.parametrize("make", MAKES)


# All pages


@every_page
@every_form
def test_every_page_says_that_a_focus_is_unconfirmed_and_carries_the_notice(
    make: Make, form: str
) -> None:
    said = "please note: the focus is not yet confirmed by the host teachers."
    unconfirmed = told(make(replace(USUAL, confirmation=None)), form).lower()
    # Bold in Markdown, which is read rendered and as it stands.
    assert said in unconfirmed.replace("**", "")
    usual = told(make(USUAL), form)
    assert said not in usual.lower().replace("**", "")
    assert words(TRADEMARK_NOTICE) in usual


@every_page
def test_no_plan_at_all_still_makes_every_page(make: Make) -> None:
    for form in FORMATS:
        assert words(TRADEMARK_NOTICE) in told(make(EMPTY), form)
    nothing = replace(USUAL, rotation=replace(ROTATION, stops=(), recorded=(), dropped=()))
    assert words(TRADEMARK_NOTICE) in of(make, nothing)


@every_page
def test_no_page_scores_ranks_or_counts_look_fors(make: Make) -> None:
    said = of(make).lower()
    said = said.replace("there is no score, rating or level", "")
    for word in ("score", "rating", "level", "rubric", "rank", "compare", "%", "proficien"):
        assert word not in said


def test_forty_teams_and_two_hundred_visits_keep_to_their_width() -> None:
    facts = crowd()
    for make in (rotations, slips):
        lines = plain(make(facts)).splitlines()
        assert max(map(cell_width, lines)) <= 80
    assert len(slips(facts)) == 40
    assert html(slips(facts)).count("<article") == 40
    said = plain([rotation_page(facts)]).replace("\N{NO-BREAK SPACE}", " ")
    for one in facts.rotation.stops if facts.rotation else ():
        assert one.code in said


def test_a_table_squeezes_words_before_times() -> None:
    places = dict.fromkeys(("V1", "V2", "V3", "V4"), "Room 12 on the second floor of the old wing")
    said = plain(slips(USUAL, team="A", places=places))
    assert "09:05–09:17" in said
    assert max(map(cell_width, said.splitlines())) <= 80


def every(facts: PlanFacts) -> list[Page]:
    """All pages at once."""
    return [page for make in MAKES[1:] for page in make(facts)]


CALM = Read(html(every(planted("calm")))).tags
CALM_TOKENS = tokens_of(markdown(every(planted("calm"))))


@given(TEXT)
def test_no_text_becomes_a_tag_and_none_is_lost(text: str) -> None:
    page = Read(html(every(planted(text))))
    assert page.tags == CALM
    assert page.text.count(safe(text)) >= 30


@given(TEXT)
def test_no_text_becomes_markdown(text: str) -> None:
    assert tokens_of(markdown(every(planted(text)))) == CALM_TOKENS


@given(TEXT)
def test_plain_text_stays_in_its_width_and_moves_no_cursor(text: str) -> None:
    lines = plain(every(planted(text))).split("\n")
    assert max(map(cell_width, lines)) <= 80
    assert all(line == safe(line) and "\t" not in line for line in lines)


def test_very_long_words_break_and_keep_to_the_width() -> None:
    pages = every(planted("w" * 20_000))
    assert max(map(len, plain(pages).splitlines())) == 80
    assert html(pages).count("w" * 20_000) == markdown(pages).count("w" * 20_000) >= 30


def test_a_page_loads_nothing_runs_nothing_and_can_be_read_aloud() -> None:
    source = html([*slips(USUAL), notice(USUAL)])
    tags = Read(source).tags
    named = [tag for tag, _ in tags]
    assert not {"script", "link", "iframe", "img", "object", "form", "a"} & set(named)
    attributes = [pair for _tag, pairs in tags for pair in pairs]
    assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in attributes)
    assert "url(" not in source
    assert "//" not in source
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    assert ("meta", (("http-equiv", "Content-Security-Policy"), ("content", policy))) in tags
    assert named.count("table") == named.count("caption")
    assert ("scope", "col") in attributes
    assert ("lang", "en") in attributes


# One page of paper, roughly


LINE_PT, HEADING_PT = 11, 19
"""Points that a line and a heading take in print, with the space around them."""
SIGNS = 104
"""Signs of 9 points in a line of 182 mm, in a usual sans-serif."""
LETTER_PT = (279 - 22) / 25.4 * 72


def height(page: Page) -> float:
    """About how high a page is in print, in points: lines of its text, as wide as the paper."""
    source = plain([page])
    lines = 0
    for block in re.split(r"\n(?=\S|\n)", source):  # what hangs below a line belongs to it
        text = " ".join(block.split())
        lines += -(-len(text) // SIGNS) if text else 0
    headings = sum(bool(section.heading) for section in page.sections) + 1
    return lines * LINE_PT + headings * (HEADING_PT - LINE_PT)


@pytest.mark.parametrize("page", [notice(USUAL), overview(USUAL), *slips(USUAL)])
def test_an_ordinary_page_fits_on_one_sheet(page: Page) -> None:
    """Measured with room to spare; the sheets themselves were looked at in print."""
    assert height(page) < LETTER_PT


def test_the_measure_of_a_sheet_sees_a_page_that_does_not_fit() -> None:
    visits = tuple(VisitFact(f"V{n}", "in_person", f"In what ways {n}?") for n in range(40))
    assert height(notice(replace(USUAL, visits=visits))) > LETTER_PT
