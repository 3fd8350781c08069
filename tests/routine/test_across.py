"""The district page: no school, no place for one, nothing below the bar, in no form of it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import desk_at
from tests.routine.past import POINT, WAIT, a_walk, group_of, three
from walk.clock import FixedClock
from walk.errors import WalkError
from walk.routine import exports
from walk.routine.across import across, history, recurring
from walk.routine.across.across import View
from walk.routine.desk import Desk
from walk.routine.following.step_list import elsewhere
from walk.routine.visiting import door
from walk.trends import SCHOOLS_AT_LEAST, WALKS_AT_LEAST

FOUND = "They find the line"
SCHOOLS = ("Lincoln", "Hill", "Riverside")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as found:
        yield found


def view(desk: Desk, focus: str | None = None) -> View:
    shelf = history.read(desk)
    return View(shelf, history.usual_school(desk, shelf), focus)


def told(desk: Desk, focus: str | None = None) -> list[tuple[str, str, int]]:
    facts, _ = across.district(desk, view(desk, focus))
    return [(one.kind, one.words, one.walks) for one in facts.recurs]


def text(desk: Desk, focus: str | None = None) -> str:
    made, _ = across.page(desk, "district", view(desk, focus))
    return across.data(made, "text").decode()


def test_what_recurs_is_told_with_the_number_of_its_walks(desk: Desk) -> None:
    three(desk)
    three(desk, kind="need", said=WAIT)
    assert told(desk) == [("asset", POINT, 3), ("need", WAIT, 3)]
    assert f"- {POINT} (on 3 walks)" in text(desk)


def test_below_three_walks_or_two_schools_nothing_is_named_or_counted(desk: Desk) -> None:
    three(desk, "Lincoln", "Hill")
    three(desk, "Hill", "Hill", "Hill", "Hill", said=WAIT)
    assert told(desk) == []
    said = text(desk)
    assert POINT not in said
    assert WAIT not in said
    plain = " ".join(said.split())
    assert f"at least {WALKS_AT_LEAST} walks, held at {SCHOOLS_AT_LEAST} host schools" in plain
    numbers = {word for word in plain.split() if word.isdigit()}
    assert numbers == {str(WALKS_AT_LEAST), str(SCHOOLS_AT_LEAST)}


def test_another_walk_below_the_bar_changes_no_letter_of_the_page(desk: Desk) -> None:
    three(desk)
    before = text(desk)
    a_walk(desk, "2025-08-01", "Riverside", ("need", WAIT), ("asset", "Only here"))
    assert text(desk) == before


@pytest.mark.parametrize("form", across.PAGE_FORMS)
def test_no_school_walk_date_or_code_is_on_the_page(desk: Desk, form: str) -> None:
    for number, school in enumerate((*SCHOOLS, "Lincoln"), start=1):
        a_walk(desk, f"2025-0{number}-09", school, ("asset", "In V1 they wait"))
    made, left = across.page(desk, "district", view(desk))
    assert left == []
    data = across.data(made, form)
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            said = parts.read("word/document.xml").decode()
    else:
        said = data.decode()
    assert "classroom" in said
    assert "V1" not in said
    assert not any(school in said for school in SCHOOLS)
    assert not any(walk[-8:] in said for walk in desk.store.walks())
    assert "2025" not in said


def test_the_page_is_the_same_whatever_the_schools_are_called(desk: Desk, tmp_path: Path) -> None:
    pages = []
    for place, names in enumerate((("Ash", "Birch", "Cedar"), ("Cedar", "Ash", "Birch"))):
        with desk_at(tmp_path / f"{place}.walkdb", FixedClock()) as other:
            for said in (POINT, WAIT, FOUND):
                three(other, names[0], names[1], names[2], names[0], said=said)
            pages.append(text(other))
    assert pages[0] == pages[1]


def test_words_of_one_school_alone_are_never_told(desk: Desk) -> None:
    three(desk, "Lincoln", "Lincoln")
    a_walk(desk, "2025-06-01", "Hill", ("asset", FOUND))
    recurring.join(desk, [group_of(desk, POINT), group_of(desk, FOUND)], "")
    assert told(desk) == []
    assert across.waits_for_words(desk, view(desk))
    recurring.reword(desk, group_of(desk, POINT), "Students find the line they mean")
    assert told(desk) == [("asset", "Students find the line they mean", 3)]
    assert not across.waits_for_words(desk, view(desk))


def test_a_focus_is_quoted_only_in_words_that_schools_share(desk: Desk) -> None:
    three(desk)
    shelf = history.read(desk)
    (key, _), *_ = shelf.foci()
    assert "Press for evidence" in text(desk, key)
    a_walk(desk, "2025-08-01", "Riverside", ("asset", POINT), focus="Wait at Riverside")
    found = dict((words, key) for key, words in history.read(desk).foci())
    said = text(desk, found["Wait at Riverside"])
    assert "Riverside" not in said
    assert "in its own words" in said
    assert told(desk, found["Wait at Riverside"]) == []
    assert told(desk) == [("asset", POINT, 4)]


def test_what_looks_like_a_name_is_left_out_until_it_is_cleared(desk: Desk) -> None:
    said = "Ms Ortiz waits"
    walks = three(desk, said=said)
    assert told(desk) == []
    _, left = across.page(desk, "district", view(desk))
    assert "Ms Ortiz" in across.told(left)
    assert {one.walk.id for one in left} == set(walks)
    for walk in walks:
        door.no_person(elsewhere(desk, walk), "Ms Ortiz")
    assert told(desk) == [("asset", said, 3)]


def test_for_programs_it_says_the_bars_and_nothing_more(desk: Desk) -> None:
    three(desk)
    facts, _ = across.district(desk, view(desk))
    found = json.loads(json.dumps(across.district_json(facts)))
    assert found == {
        "focus": "",
        "recurring": [{"statement": POINT, "kind": "asset", "walks": 3}],
        "walks_at_least": WALKS_AT_LEAST,
        "schools_at_least": SCHOOLS_AT_LEAST,
    }


def test_a_page_is_written_whole_and_never_over_a_foreign_file(desk: Desk, tmp_path: Path) -> None:
    three(desk)
    made, _ = across.page(desk, "district", view(desk))
    path = across.write(desk, made, tmp_path / "page.html")
    assert path.read_text("utf-8").startswith("<!doctype html>")
    path.write_text("mine", "utf-8")
    with pytest.raises(exports.ForeignFile):
        across.write(desk, made, path)
    across.write(desk, made, path, replace=True)
    with pytest.raises(WalkError):
        across.write(desk, made, tmp_path / "page.xlsx", "xlsx")
