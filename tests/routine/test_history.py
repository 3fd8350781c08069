"""Walks over time: one host school at a time, nothing that a small walk could tell, its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import desk_at
from tests.routine.past import POINT, WAIT, a_walk, three
from walk.clock import FixedClock
from walk.model import Focus, focus_id
from walk.routine.across import across, history
from walk.routine.across.across import View
from walk.routine.desk import Desk
from walk.routine.following import cycle, steps
from walk.routine.keeping import purge
from walk.routine.planning import prepare


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "own.walkdb", FixedClock()) as found:
        yield found


def view(desk: Desk, focus: str | None = None) -> View:
    shelf = history.read(desk)
    return View(shelf, history.usual_school(desk, shelf), focus)


def page(desk: Desk, focus: str | None = None) -> str:
    made, _ = across.page(desk, "history", view(desk, focus))
    return across.data(made, "text").decode()


def test_walks_stand_by_date_the_newest_last_with_what_came_of_them(desk: Desk) -> None:
    late = a_walk(desk, "2025-10-01", "Lincoln", ("need", WAIT), ("asset", POINT))
    learned = {"what": "Plan together", "status": "done", "learned": "it needs a model"}
    early = a_walk(desk, "2025-03-01", "lincoln ", steps=[learned, {"what": "Later"}])
    walks = view(desk).shelf.of(history.usual_school(desk, view(desk).shelf))
    assert [one.id for one in walks] == [early, late]
    assert walks[1].came_of_it() == "1 asset · 1 need"
    assert walks[0].came_of_it() == "1 open step"
    assert [one.what for one in walks[0].steps] == ["Later", "Plan together"]
    said = page(desk)
    assert said.index("1 MARCH 2025") < said.index("1 OCTOBER 2025")
    for words in (POINT, WAIT, "it needs a model", "done", "3 classrooms"):
        assert words in said


def test_host_schools_never_stand_side_by_side(desk: Desk) -> None:
    a_walk(desk, "2025-03-01", "Hill", ("asset", "Only on the hill"))
    a_walk(desk, "2025-04-01", "Lincoln", ("asset", POINT))
    shelf = history.read(desk)
    assert shelf.schools() == [("hill", "Hill"), ("lincoln", "Lincoln")]
    assert "hill" not in page(desk).casefold()
    made, _ = across.page(desk, "history", View(shelf, "hill"))
    told = across.data(made, "text").decode()
    assert "Only on the hill" in told
    assert "Lincoln" not in told
    assert POINT not in told


def test_a_walk_that_names_no_school_is_of_the_one_that_is_known(desk: Desk) -> None:
    a_walk(desk, "2025-03-01", "")
    a_walk(desk, "2025-04-01", "Lincoln")
    assert len(view(desk).shelf.of("lincoln")) == 2
    a_walk(desk, "2025-05-01", "Hill")
    assert len(history.read(desk).of("lincoln")) == 1
    assert history.read(desk).schools()[0] == ("", history.NO_SCHOOL)


def test_a_small_walk_tells_no_counts(desk: Desk) -> None:
    a_walk(desk, "2025-03-01", "Lincoln", ("asset", POINT, 2), visits=2)
    assert POINT in page(desk)
    assert "2 classrooms" not in page(desk)
    facts, _ = across.history(desk, view(desk))
    assert "visits" not in across.history_json(facts)["walks"][0]["trends"][0]
    a_walk(desk, "2025-04-01", "Lincoln", ("asset", WAIT, 2), visits=3)
    assert "evidence in 2 classrooms" in page(desk)


@pytest.mark.parametrize(
    "said", [("", "Parked or undecided", 2), ("need", "Seen in one room only", 1)]
)
def test_what_is_no_trend_is_not_told(desk: Desk, said: tuple[str, str, int]) -> None:
    a_walk(desk, "2025-03-01", "Lincoln", said)
    assert said[1] not in page(desk)
    assert history.read(desk).of()[0].trends == ()


def test_nothing_is_concluded_from_a_walk_that_was_called_off(desk: Desk) -> None:
    a_walk(desk, "2025-03-01", "Lincoln", ("asset", POINT), how="called off")
    assert POINT not in page(desk)
    assert "called off" in page(desk)


def test_trends_and_counts_outlive_the_raw_notes(desk: Desk) -> None:
    a_walk(desk, "2025-03-01", "Lincoln", ("asset", POINT, 3), visits=4)
    before = page(desk)
    purge.purge(desk)
    assert page(desk) == before
    assert "evidence in 3 classrooms" in before


def test_walks_of_one_focus_are_found_by_template_or_statement(desk: Desk) -> None:
    one = a_walk(desk, "2025-03-01", focus="Press for evidence.")
    two = a_walk(desk, "2025-04-01", focus="Our own words")
    desk.save(prepare.STAGE, "template", _templated(desk, two))
    three = a_walk(desk, "2025-05-01", focus="press for  evidence")
    desk.save(prepare.STAGE, "template", _templated(desk, three))
    a_walk(desk, "2025-06-01", focus="Something else")
    shelf = history.read(desk)
    (key,) = {shelf.focus_of[walk] for walk in (one, two, three)}
    assert [each.id for each in shelf.of(None, key)] == [one, two, three]
    assert shelf.focus_words(key, "lincoln") == "press for  evidence"
    assert "Something else" not in page(desk, key)
    assert len(shelf.foci()) == 2


def _templated(desk: Desk, walk: str) -> Focus:
    held = desk.store.get(Focus, focus_id(walk))
    assert held is not None
    return held.changed(template="press_for_evidence")


def test_a_focus_is_told_in_the_words_of_the_school_that_is_shown(desk: Desk) -> None:
    one = a_walk(desk, "2025-03-01", "Hill", focus="As we say on the hill")
    desk.save(prepare.STAGE, "template", _templated(desk, one))
    two = a_walk(desk, "2025-02-01", "Lincoln", focus="Press for evidence")
    desk.save(prepare.STAGE, "template", _templated(desk, two))
    shelf = history.read(desk)
    (key,) = set(shelf.focus_of.values())
    assert "hill" not in page(desk, key)
    assert shelf.focus_named("PRESS for evidence.", "lincoln") == [(key, "Press for evidence")]
    assert shelf.focus_named("on the hill", "lincoln") == []
    assert [found for found, _ in shelf.focus_named("on the hill")] == [key]


def test_cycle_and_stage_are_told(desk: Desk) -> None:
    a_walk(desk, "2025-03-01")
    cycle.name_cycle(desk, "Evidence in talk", "implement")
    assert "Evidence in talk: implement" in " ".join(page(desk).split())


def test_a_focus_that_was_not_confirmed_says_so_on_both_pages(desk: Desk) -> None:
    for walk in three(desk):
        assert said_unconfirmed(desk) == (True, True)
        held = desk.store.get(Focus, focus_id(walk))
        assert held is not None
        desk.open_walk(walk)
        confirmation = {"how": "in a meeting", "on": "2025-01-01"}
        desk.save(prepare.STAGE, "confirmed", held.changed(confirmation=confirmation))
        desk.open_walk(held.walk)
    assert said_unconfirmed(desk) == (False, False)


def said_unconfirmed(desk: Desk) -> tuple[bool, bool]:
    """Whether the pages of both schools, and the district page, say so."""
    shelf = history.read(desk)
    pages = [across.page(desk, "history", View(shelf, one))[0] for one, _ in shelf.schools()]
    text = " ".join(across.data(one, "text").decode() for one in pages)
    facts, _ = across.district(desk, View(shelf))
    return "not yet confirmed" in " ".join(text.split()), not facts.confirmed


def test_no_code_and_no_likely_name_is_on_the_page(desk: Desk) -> None:
    a_walk(desk, "2025-03-01", "Lincoln", ("asset", "In V1 they wait"), ("need", "Ms Ortiz asks"))
    steps.add(desk, "Talk with Ms Ortiz", by_when="2025-11-01")
    said = page(desk)
    assert "In [classroom] they wait" in said
    assert "Ortiz" not in said
    assert "(left out for now)" in said
    _, (left,) = across.page(desk, "history", view(desk))
    assert "Ms Ortiz" in across.told([left])
    assert {one.field for one in left.finds} == {"statement", "what"}


def test_what_recurs_within_a_school_needs_three_walks_and_says_so(desk: Desk) -> None:
    for month in (3, 4):
        a_walk(desk, f"2025-0{month}-01", "Lincoln", ("asset", POINT))
    assert "Nothing so far." in page(desk)
    a_walk(desk, "2025-05-01", "Hill", ("asset", POINT))
    a_walk(desk, "2025-06-01", "Lincoln", ("asset", f"{POINT}."))
    said = page(desk)
    assert "(on 3 walks)" in said
    assert "It speaks for no other school." in " ".join(said.split())


def test_no_code_is_told_in_a_focus_or_a_cycle(desk: Desk) -> None:
    a_walk(desk, "2025-03-01", "Lincoln", ("asset", POINT), focus="Waiting in V1")
    cycle_named = desk.walk.changed(cycle="After V2", cycle_stage="learn")
    desk.save("prepare", "cycle named", cycle_named)
    shelf = history.read(desk)
    ((focus, _),) = shelf.foci()
    for kept in (None, focus):
        said = page(desk, kept)
        assert "waiting in [classroom]" in said.casefold()
        assert "After [classroom]: learn" in said
        assert "V1" not in said
        assert "V2" not in said
    a_walk(desk, "2025-04-01", "Hill", ("asset", POINT), focus="Waiting in V1")
    ((focus, _),) = history.read(desk).foci()
    facts, _ = across.district(desk, view(desk, focus))
    assert facts.focus == "Waiting in [classroom]"


def test_a_store_without_walks_has_a_page_too(desk: Desk) -> None:
    assert "There is no walk here yet." in page(desk)
    facts, _ = across.history(desk, view(desk))
    assert across.history_lines(facts, name_school=False) == ["There is no walk here yet."]


@pytest.mark.parametrize("said", ['"3.0"', '"3"', "3.0", "true"])
def test_numbers_that_a_stranger_wrote_in_words_stop_no_page(desk: Desk, said: str) -> None:
    """A record reads them; what looks at many walks reads no record."""
    a_walk(desk, "2025-03-01", "Lincoln", ("asset", POINT))
    conn = desk.store._conn
    conn.execute("UPDATE rev SET body = replace(body, '\"visits\":3', '\"visits\":' || ?)", (said,))
    assert len(view(desk).shelf.of()) == 1
    assert "Walks over time" in page(desk)
