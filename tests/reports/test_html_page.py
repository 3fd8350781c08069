"""How a page looks on a screen: its colours, its tables on a phone, words that run to the left."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.reports.plan_sample import ROTATION
from tests.reports.plan_sample import USUAL as PLAN
from tests.reports.sample import POINT, USUAL
from tests.reports.sample import Page as Read
from walk.reports.bidi import MARK, within
from walk.reports.blocks import Block, Lines, Page, Points, Quote, Say, Section, Table
from walk.reports.district import RecursFact, recurring_points
from walk.reports.history import PastTrendFact, trend_line
from walk.reports.html import html
from walk.reports.letter import letter
from walk.reports.rotation_page import rotation_page
from walk.reports.summary import ConfirmationFact, StepFact

HEBREW = "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}"


def page(*blocks: Block) -> str:
    """A page of these blocks alone, below its style."""
    return html([Page("t", "", (Section("", blocks),))]).split("<main>")[1]


# Light and dark


def luminance(colour: str) -> float:
    """Relative luminance of a colour, #rgb or #rrggbb, as WCAG has it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def schemes() -> tuple[str, str]:
    """The style for a light screen and what a dark one adds to it."""
    light, dark = html([letter(USUAL)]).split("@media screen and (prefers-color-scheme: dark) {")
    return light, dark.split("@page")[0]


@pytest.mark.parametrize("place", [0, 1])
def test_words_and_lines_stand_out_in_light_and_in_dark(place: int) -> None:
    style = schemes()[place]
    found = re.search(r"body \{[^}]*color: (#\w+);\s*background: (#\w+);", style)
    assert found
    ink, ground = found.groups()
    assert contrast(ink, ground) >= 7
    lines = set(re.findall(r"#[0-9a-f]{3,6}", style)) - {ink, ground}
    assert lines
    assert min(contrast(line, ground) for line in lines) >= 4.5


def test_whatever_has_a_colour_in_light_has_one_in_dark() -> None:
    light, dark = schemes()
    coloured = {
        selector.strip()
        for rule in re.findall(r"([^{}]+)\{[^{}]*#[0-9a-f]{3,6}[^{}]*\}", light.split("<style>")[1])
        for selector in rule.split(",")
    }
    known = {one.strip() for rule in re.findall(r"([^{}]+)\{", dark) for one in rule.split(",")}
    assert coloured - known <= {".stack tr:first-child"}
    assert "body" in known


def test_paper_is_never_dark() -> None:
    style = html([letter(USUAL)])
    assert style.count("prefers-color-scheme") == style.count(
        "@media screen and (prefers-color-scheme: dark)"
    )


# On a phone


def test_cells_that_stand_below_each_other_name_their_columns() -> None:
    wide = Table("c", ("What", "Who", "By when", "How"), (("try", "", "May", "open"),))
    shown = Read(page(wide)).tags
    heads = [dict(pairs).get("data-head") for tag, pairs in shown if tag == "td"]
    assert heads == ["What", "Who", "By when", "How"]
    assert '<td data-head="Who"></td>' in page(wide)  # an empty one is not shown there


@pytest.mark.parametrize(
    ("columns", "said", "by_hand", "stacked"),
    [
        (2, True, False, False),
        (3, False, False, False),
        (3, True, False, True),
        (4, False, False, True),
        (4, False, True, False),
    ],
)
def test_narrow_tables_and_those_to_write_in_stay_tables(
    columns: int, said: bool, by_hand: bool, stacked: bool
) -> None:
    row = ("words",) * columns
    table = Table("c", row, (row,), ("words",) if said else (), by_hand)
    assert ("stack" in page(table)) is stacked
    assert ("data-head" in page(table)) is stacked


def test_no_word_of_people_stands_in_an_attribute() -> None:
    hostile = '"><b onclick=x>'
    stops = tuple(replace(one, team=hostile) for one in ROTATION.stops)
    plan = replace(PLAN, rotation=replace(ROTATION, stops=stops))
    shown = Read(html([rotation_page(plan, team=hostile)]))
    assert f"team {hostile}" in shown.text
    values = [value or "" for _, pairs in shown.tags for _, value in pairs]
    assert not any(hostile in value for value in values)


def test_a_time_of_day_is_never_broken_and_a_sentence_is() -> None:
    cells = ("09:05–09:17", "10:02", "debrief at 10:31", "24 October 2025")
    shown = Read(page(Table("c", cells, (cells,)))).tags
    whole = ["clock" in str(dict(pairs)["class"]) for tag, pairs in shown if tag == "span"]
    assert whole == [True, True, False, False]


# On paper


def test_what_introduces_a_list_stays_with_it() -> None:
    shown = page(Say("Alone."), Say("Assets:"), Points(("one",)), Say("At the end."))
    assert '<p class="words lead">Assets:</p>' in shown
    assert shown.count("lead") == 1


def test_lines_to_write_on_stay_with_each_other_and_give_room_to_a_hand() -> None:
    # Nothing holds empty boxes to the heading above them unless they are kept in one piece.
    assert '<div class="lines" role="img"' in page(Lines("Room for your answer"))
    paper = html([]).split("@media print")[1]
    assert re.search(r"\.lines \{ break-inside: avoid; \}", paper)
    heights = re.findall(r"\.(?:line|hand\S* td:empty) \{ height: (\d+)mm; \}", paper)
    assert sorted(map(int, heights)) == [8, 20]


# From right to left


def test_a_list_and_a_table_keep_in_line_while_a_quotation_turns() -> None:
    shown = page(Points((HEBREW, "S1 reads")), Table("c", ("a", "b"), ((HEBREW, "x"),)))
    turning = [tag for tag, pairs in Read(shown).tags if ("dir", "auto") in pairs]
    assert set(turning) - {"h1"} == {"span"}
    assert '<blockquote class="words" dir="auto">' in page(Quote(HEBREW))


def test_words_of_ours_go_on_from_left_to_right() -> None:
    assert within("abc") == "abc"
    assert within(HEBREW) == f"{MARK}{HEBREW}{MARK}"
    assert trend_line(PastTrendFact(HEBREW, 4)).startswith(f"{MARK}{HEBREW}{MARK} (evidence in 4")
    (said,) = recurring_points([RecursFact("need", HEBREW, 5)]).items
    assert said == f"{MARK}{HEBREW}{MARK} (on 5 walks)"


def test_numbers_of_ours_do_not_join_words_that_run_to_the_left() -> None:
    asked = ConfirmationFact(HEBREW, "2025-09-30", 5)
    step = StepFact("Try", "coach", HEBREW, "")
    shown = Read(html([letter(replace(USUAL, confirmation=asked, steps=(step,)))])).text
    assert f"({HEBREW}{MARK}, 5 teachers)" in shown
    assert f"{MARK}{HEBREW}{MARK} (coach)" in shown


def test_the_number_of_a_trend_stands_before_its_words_in_the_chart() -> None:
    shown = html([letter(replace(USUAL, trends=(replace(POINT, statement=HEBREW),)))])
    assert f'<td><span class="words">1 {HEBREW}</span></td>' in shown
