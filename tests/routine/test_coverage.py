"""What the trends may have passed over is asked in questions that name no room and no person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.table_of import walk_of, write
from walk.model import Visit
from walk.routine import summary
from walk.routine.debriefing import coverage, debrief, stating
from walk.routine.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def asked(desk: Desk) -> str:
    return "\n".join(coverage.questions(desk, debrief.table(desk)))


def test_a_classroom_of_which_nothing_is_here_is_asked_about_by_number_alone(desk: Desk) -> None:
    write(desk, [(1, "one"), (2, "two")])
    said = asked(desk)
    assert "nothing is here from there" in said
    assert "V3" not in said


def test_notes_in_no_theme_are_asked_about_once_something_is_placed(desk: Desk) -> None:
    notes = write(desk, [(1, "one"), (2, "two")])
    assert "stand in no theme" not in asked(desk)
    debrief.put_in_new(desk, notes[:1], "a theme")
    assert "1 visit: the notes from there stand in no theme" in asked(desk)


def test_every_trend_a_need_is_asked_about_and_both_kinds_are_not(desk: Desk) -> None:
    for name, polarity in (("a", "need"), ("b", "asset")):
        theme = debrief.put_in_new(desk, write(desk, [(1, name), (2, name)]), name)
        trend = stating.state_trend(desk, theme, f"Students do {name}.")
        stating.decide(desk, trend, polarity)  # type: ignore[arg-type]
        assert ("Every trend is a need" in asked(desk)) == (polarity == "need")


def test_quoted_words_and_contrary_evidence_answer_their_questions(desk: Desk) -> None:
    theme = debrief.put_in_new(desk, write(desk, [(1, "one"), (2, "two")]), "a")
    stating.state_trend(desk, theme, "Students do.")
    assert "Whose voice is missing?" in asked(desk)
    assert "Nothing runs against any trend" in asked(desk)
    spoken = write(desk, [(1, '"because it floats"')], speech=True)
    debrief.put(desk, spoken, theme, contrary=True)
    assert "Whose voice is missing?" not in asked(desk)
    assert "Nothing runs against any trend" not in asked(desk)


def test_a_strangers_visit_that_says_no_number_stops_no_page(desk: Desk) -> None:
    """Python reads NaN where JSON knows none, and SQLite refuses it: such a body stays unread."""
    odd = Visit(id=desk.new_id(), walk=desk.walk_id, code="V9")
    desk.save("prepare", "as a pack would", odd)
    said = '{"code":"V9","later":NaN}'
    desk.store._conn.execute("UPDATE rev SET body = ? WHERE body = ?", (said, odd.body()))
    desk.store.rebuild()
    assert ("visit", odd.id) in desk.store.unread(desk.walk_id)
    assert summary.facts(desk).codes
    assert debrief.table(desk).themes == ()
