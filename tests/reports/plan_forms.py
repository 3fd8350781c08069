"""The pages of a plan, made in every form, and what tests read of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.reports.plan_sample import USUAL
from tests.reports.sample import Page as Read
from tests.reports.sample import rendered, words
from walk.reports.pages import FORMATS, Page, render
from walk.reports.plan_facts import PlanFacts
from walk.reports.rotation_page import rotation_page
from walk.reports.teacher_notice import notice


def told(pages: Sequence[Page], form: str) -> str:
    """What a person reads in one form of the pages."""
    source = render(pages, form)
    if form == "html":
        return words(Read(source).text)
    return words(rendered(source) + source if form == "md" else source)


def notices(facts: PlanFacts) -> Sequence[Page]:
    return [notice(facts)]


def scheduled(facts: PlanFacts) -> Sequence[Page]:
    return [notice(facts, schedule=True)]


def rotations(facts: PlanFacts) -> Sequence[Page]:
    return [rotation_page(facts)]


Make = Callable[[PlanFacts], Sequence[Page]]
every_form = pytest.mark.parametrize("form", FORMATS)


def of(make: Make, facts: PlanFacts = USUAL) -> str:
    return told(make(facts), "text")
