"""Advice on an inquiry: what is missing is said, and nothing where nothing is."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.focus import Template, load_templates
from walk.language.inquiry import inquiry_advice


def advised(inquiry: str) -> list[str]:
    """The points that the advice on an inquiry would mend."""
    return [advice.point for advice in inquiry_advice(inquiry) if not advice.ok]


WELL_FORMED = """\
In what ways am I asking students to explain so that they hear each other's reasons?
In what ways are we using talk and writing so that students revise their ideas?
in what  ways am i pausing after a question so students think before they talk?
“In what ways am I making time for students to compare the 7 times table?”
In what ways am I supporting students in asking and answering in order to go deeper?
In what ways am I using talk and listening so that every student takes part?
In what ways am I helping students connect tables, graphs and equations?
In what ways am I using Shakespeare's plays so that students argue from the text?
In what ways are we opening talk in grade 5 so that students bring what they know?
In what ways am I using "good" drafts so that students revise their own work?
In what ways am I using more than one graph so that students link them?
In what ways am I using Newton's laws so that students argue from them?
In what ways am I using Monday's lesson so that students look back?
"""
TO_MEND = """\
start | In what ways does the teacher ask so that students explain?
start | How am I pausing so that students think?
start, open | Am I pausing so that students think?
start, open, purpose, no person, no verdict | How well are Mr. Lee and I doing
open | In what ways am I pausing so that students think
open | In what ways am I pausing so that students think or not?
open, one practice | In what ways am I pausing? It is so that students think
one practice | In what ways am I asking for reasons and giving time so that students think?
one practice | In what ways am I planning and leading talk so that students think?
one practice | In what ways am I asking why as well as quietly grouping so that all students talk?
one practice | In what ways am I pausing so that students think? How do they use it?
one practice | In what ways am I so that students think?
one practice, purpose | In what ways am I?
open, one practice, purpose | In what ways am I
purpose | In what ways am I pressing for evidence and fuller explanation in discussion?
purpose | In what ways am I supporting students with disabilities?
no target | In what ways am I pausing so that 80% of students talk?
no target | In what ways am I pausing so that eighty per cent of students talk?
no target | In what ways am I pausing so that at least two students talk?
no target | In what ways am I pausing so that 15 more students talk?
no target | In what ways am I pausing so that students raise test scores?
no person | In what ways am I working with Ms. Ortiz so that students talk?
no person | In what ways am I joining mr lee so that students talk?
no person | In what ways am I changing Ana’s lessons so that students talk?
no person | In what ways am I grouping Deshawn and Priya so that students talk?
no person | In what ways am I using what a@b.org sent so that students talk?
no person | In what ways am I using room 12 so that students talk?
no verdict | In what ways am I pausing effectively so that students talk?
no verdict | In what ways am I asking excellent questions so that students talk?
no verdict | In what ways am I failing to pause so that students talk?
no verdict | In what ways am I asking Good questions so that students talk?
"""
PIECES = (
    "In what ways am I are we asking and giving so that students %|Ms. Ortiz|inappropriately|?|\x1b"
)


class TestAdvice:
    @pytest.mark.parametrize("template", load_templates(), ids=lambda one: one.id)
    def test_the_shipped_inquiries_need_nothing(self, template: Template) -> None:
        assert advised(template.inquiry) == []

    @pytest.mark.parametrize("inquiry", WELL_FORMED.splitlines())
    def test_a_well_formed_inquiry_needs_nothing(self, inquiry: str) -> None:
        assert advised(inquiry) == []

    @pytest.mark.parametrize("line", TO_MEND.splitlines())
    def test_what_is_missing_is_said_and_nothing_else(self, line: str) -> None:
        points, inquiry = line.split(" | ")
        assert advised(inquiry) == points.split(", ")

    @pytest.mark.parametrize("inquiry", ["", "   \n\t", '""', "“”"])
    def test_an_empty_inquiry_gets_a_beginning_and_no_complaints(self, inquiry: str) -> None:
        (advice,) = inquiry_advice(inquiry)
        assert (advice.ok, advice.point) == (False, "start")
        assert "In what ways am I" in advice.words

    def test_a_verdict_is_quoted_as_it_was_typed(self) -> None:
        advice = inquiry_advice("In what ways am I Effectively asking?")[-1]
        assert advice.words.startswith('"Effectively" judges')

    @given(st.text() | st.lists(st.sampled_from(re.split(r"[ |]", PIECES))).map(" ".join))
    def test_every_point_is_there_in_order_and_its_words_fit_a_row(self, inquiry: str) -> None:
        advice = inquiry_advice(inquiry)
        points: tuple[str, ...] = ("start", "open", "one practice", "purpose")
        points += ("no target", "no person", "no verdict")
        empty = not re.sub(r"[\s\"“”'‘’]", "", inquiry)
        assert tuple(one.point for one in advice) == (("start",) if empty else points)
        for one in advice:
            assert 0 < len(one.words) <= 76
            assert one.words.isprintable()

    def test_long_judging_words_are_cut_to_fit_the_row(self) -> None:
        words = inquiry_advice("How well am I? " + "effective " * 9)[-1].words
        assert len(words) <= 76
        assert words.startswith('"How well" judges')


def test_the_form_that_asks_loads_the_rules_only_when_it_is_shown() -> None:
    code = (
        "import sys, walk.screens.planning.plan_asks; print('walk.language.check' in sys.modules)"
    )
    run = [sys.executable, "-c", code]
    assert subprocess.check_output(run, text=True) == "False\n"
