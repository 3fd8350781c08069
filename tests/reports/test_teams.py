"""What a team is called where its label says the word already."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports.plan_sample import ROTATION, USUAL, stop
from walk.reports.pages import plain
from walk.reports.rotation_page import rotation_page
from walk.reports.slips import slips
from walk.text import team_called


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("A", "Team A"),
        ("Team Red", "Team Red"),
        ("team red", "team red"),
        ("Teamwork", "Team Teamwork"),
        ("", "Team "),
    ],
)
def test_the_word_is_said_once(label: str, found: str) -> None:
    assert team_called(label) == found


def test_pages_of_such_a_team_say_it_once() -> None:
    red = replace(USUAL, rotation=replace(ROTATION, stops=(stop("Team Red", "V1", 1),)))
    assert plain(slips(red)).startswith("Team Red")
    assert "Team Red · 1 slot" in plain([rotation_page(red, team="Team Red")])
