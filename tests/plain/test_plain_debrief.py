"""The debrief in lines, from its first step to a closed walk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plain.talks import minutes, talk
from tests.routine.table_of import walk_of, write
from tests.screens.table import open_at
from walk.model import Step, Trend
from walk.plain.debriefing.said import SaidRoom
from walk.plain.talk import Talk
from walk.routine.debriefing import debrief, protocol, said, stating
from walk.routine.desk import Desk
from walk.routine.following import steps


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Four classrooms, six noticings and a wondering."""
    with walk_of(tmp_path) as desk:
        write(desk, [(1, "pairs wrote"), (2, "pairs wrote first"), (3, "T waited 5 s")])
        write(desk, [(1, "S read line 4"), (2, "S points to line 2")], speech=True)
        write(desk, [(4, "pens down")])
        write(desk, [(1, "How do pairs choose?")], kind="wondering")
        yield desk


def number(desk: Desk, words: str) -> int:
    """The number that a note has while grouping."""
    table = debrief.table(desk)
    return next(at for at, (_, said) in enumerate(table.notes.values(), 1) if said == words)


def test_the_steps_go_on_when_somebody_says_so(desk: Desk) -> None:
    heard = talk(
        desk, "debrief", "begin", "no", minutes(desk, 2), "on", "Students will write", "/on", "on"
    )
    assert "Inquiry: In what ways" in heard.after("no")
    assert "Debrief 2 of 8" in heard.after("on")
    assert [one.text for one in said.lines(desk, "predict")] == ["Students will write"]
    assert protocol.standing(desk).step == "describe"
    again = talk(desk, "1", "/steps", "go 2", "/back", "break", "minutes 30", "minutes 5 9")
    assert "4. Describe only: 8 min, 0 spent, here now" in again.after("/steps")
    assert protocol.standing(desk).step == "norms"


def test_with_host_teachers_it_begins_at_the_trends(desk: Desk) -> None:
    heard = talk(desk, "debrief", "begin", "yes", "no", "home", "debrief", "steps", "hosts", "no")
    assert "No theme is made yet" in heard.text
    assert protocol.standing(desk).step == "trends"
    assert protocol.standing(desk).record.hosts == "absent"


def test_the_silent_read_reads_one_note_an_empty_line_and_marks(desk: Desk) -> None:
    heard = talk(
        desk, "debrief", "read", "", "mark", "", "all", "marked", "mark 99", "lens x", "again"
    )
    assert heard.text.count("1 of 7, noticing") >= 2
    assert "Note 1 is marked." in heard.text
    assert "1 of 7, noticing, marked: " in heard.after("marked")
    for hidden in ("V1", "me:", "Writing"):
        assert hidden not in heard.after("all")


def test_where_a_line_explains_it_is_asked_about_and_kept(desk: Desk) -> None:
    heard = talk(
        desk, "debrief", "begin 4", "no", "They wrote because of the timer", "/out 1", "/undo"
    )
    assert "stop at “because”: what did you see or hear?" in heard.text
    assert [one.text for one in said.lines(desk, "describe")] == ["They wrote because of the timer"]


async def test_words_that_could_not_be_saved_stand_in_the_field_of_the_full_screen(
    desk: Desk,
) -> None:
    words = "Students will write first " * 1_000
    heard = talk(desk, "steps", f"add {words}")
    assert "The words are kept" in heard.text
    assert desk.draft(f"step:new:{desk.walk_id}") is not None
    async with open_at(desk, "steps") as seen:
        shown = await seen.keys("n")
        assert "write first" in shown
        assert "These words were not saved yet" in shown


def test_a_half_typed_line_takes_no_place_of_one_that_was_kept(desk: Desk) -> None:
    place = f"said:describe:{desk.walk_id}"
    desk.keep_draft(place, "words that could not be saved")
    SaidRoom(desk, Talk(bytes, io.StringIO(), live=False), "describe").keep_half("half a li")
    kept = desk.draft(place)
    assert kept is not None
    assert kept.text == "words that could not be saved\nhalf a li"


def test_notes_keep_their_numbers_while_they_are_grouped(desk: Desk) -> None:
    first, second = number(desk, "pairs wrote"), number(desk, "pairs wrote first")
    third, odd = number(desk, "pens down"), number(desk, "T waited 5 s")
    heard = talk(
        desk,
        "group",
        f"put {first} {second} in Writing in pairs",
        f"put {third} in 1",
        f"against {third} in 1",
        f"odd {odd}",
        "themes",
        "put 99 in 1",
        "put 1 in 7",
        "put",
    )
    assert "Theme 1: Writing in pairs, 2 visits, 2 noticings, against it in 1 visit." in heard.text
    assert "Put 2 notes into it." in heard.text
    assert number(desk, "pairs wrote") == first
    assert "There is no theme 7" in heard.after("put 1 in 7")
    assert "put 1 3 in 2, or" in heard.after("put")
    assert "Not done: Say which theme." in talk(desk, "group", "theme", "drop").after("theme")
    (view,) = debrief.table(desk).themes
    assert (view.spread.visits, view.spread.contrary_visits) == (2, 1)


def test_themes_are_named_split_merged_moved_ordered_and_dropped(desk: Desk) -> None:
    talk(
        desk,
        "group",
        "put 1-3 in One",
        "put 4 5 in Two",
        "name 1 First",
        "split 3 of 1 as Third",
        "move 4 of Two to Third",
        "out 1 of First",
        "order Third 1",
        "themes",
    )
    assert [one.name for one in debrief.table(desk).themes] == ["Third", "First", "Two"]
    heard = talk(desk, "group", "merge Two into First", "drop Third", "undo", "undo", "like 1")
    assert "Undone: " in heard.text
    assert len(debrief.table(desk).themes) == 3


def test_a_trend_is_stated_before_it_is_asset_or_need(desk: Desk) -> None:
    first, second = number(desk, "S read line 4"), number(desk, "S points to line 2")
    heard = talk(
        desk,
        "group",
        f"put {first} {second} in Lines",
        "on",
        "asset 1",
        "state 1",
        "Students point to lines",
        "asset 1",
        "example 1 1",
        "yes",
        "example 1 1",
        "no",
        "know 1 what the task asks",
        "lens 1 in a second language",
        "practice 1 keep",
        "practice 1 praise",
        "evidence 1",
        "missing",
    )
    assert "This theme is not stated yet" in heard.after("asset 1")
    (trend,) = [one.record for one in desk.store.all(Trend, desk.walk_id)]
    assert (trend.statement, trend.polarity, trend.decision) == (
        "Students point to lines",
        "asset",
        "keep",
    )
    assert (trend.to_know, trend.lens_remarks) == ("what the task asks", "in a second language")
    assert len(stating.examples(desk, trend)) == 1
    assert "Would colleagues know who said this?" in heard.text
    assert "keep, strengthen, reconsider, open." in heard.after("practice 1 praise")


def test_what_was_seen_in_one_classroom_is_parked(desk: Desk) -> None:
    put = f"put {number(desk, 'pens down')} in Alone"
    heard = talk(desk, "group", put, "on", "state 1 One room", "need 1", "takeback 1", "undo")
    assert "parked: kept in mind, never printed" in heard.text
    assert "one classroom only" in heard.after("need 1")
    (trend,) = [one.record for one in desk.store.all(Trend, desk.walk_id)]
    assert (trend.parked, trend.polarity) == (True, "")


def test_a_next_step_is_there_with_its_first_answer(desk: Desk) -> None:
    """The input ends in the middle of the questions: what was answered is saved."""
    talk(desk, "steps", "add Free Tuesdays", "coach", "the principal", "in May", "2026-05-01")
    (step,) = [one.record for one in desk.store.all(Step, desk.walk_id)]
    assert (step.what, step.level, step.owner) == ("Free Tuesdays", "coach", "the principal")
    assert step.by_when == "2026-05-01"


def test_steps_are_dated_agreed_closed_and_the_walk_with_them(desk: Desk) -> None:
    heard = talk(
        desk,
        "steps",
        "add Free Tuesdays",
        *("", "", "", "2", "", "", ""),
        "agree 1",
        "date 1 2026-05-01",
        "done 1",
        "it helped",
        "tell 1",
        "staff",
        "1",
        "",
        "close",
        "yes",
        "in spring",
        "",
        "reopen",
        "undo",
    )
    (step,) = steps.steps(desk)
    assert (step.status, step.learned, step.design) == ("done", "it helped", "agreed")
    assert "Chosen for the staff." in heard.text
    assert "Walk closed." in heard.text
    closing = steps.closing(desk)
    assert closing is not None
    assert closing.next_look == "in spring"


def test_closing_without_a_step_asks_why_and_prints_it(desk: Desk) -> None:
    heard = talk(
        desk, "steps", "close", "", "close", "hosts are ill", "yes", "", "", "home", "summary"
    )
    assert "The walk is not closed." in heard.text
    assert "at closing: hosts are ill." in " ".join(heard.after("summary").split())
    closing = steps.closing(desk)
    assert closing is not None
    assert closing.reason == "hosts are ill"


def test_names_that_are_not_printed_are_gone_through(desk: Desk) -> None:
    heard = talk(
        desk, "steps", "add Ask Mr Smith", "/home", "summary", "names", "no 1", "summary", "quit"
    )
    assert "“Mr Smith” looks like a name. names goes through it." in heard.after("summary")
    assert "Nothing is left out." in heard.text
    heard = talk(
        desk, "steps", "add Read the task", "coach", "Ms Jones", *("",) * 5, "home", "names", ""
    )
    assert "“Ms Jones”, whose next step: Ms Jones" in heard.after("names")


def test_nothing_here_scores_or_counts_a_person(desk: Desk) -> None:
    heard = talk(
        desk,
        "debrief",
        "home",
        "group",
        "put 1-3 in A",
        "?",
        "on",
        "?",
        "on",
        "?",
        "home",
        "?",
        "summary",
    )
    for never in ("score", "rating", "rank", "percent", "%", "level of performance"):
        assert never not in heard.text.casefold()


def test_a_step_is_tried_small_and_studied(desk: Desk) -> None:
    heard = talk(
        desk,
        "steps",
        "add Wait longer",
        "/home",
        "steps",
        "study 1",
        "test 1 one question a lesson",
        "answers grow",
        "soon",
        "2026-05-01",
        "study 1",
        "they grew",
        "2",
        "value 1 2026-05-01 4",
        "measure 1",
        "answers over a line",
        "a lesson",
        "value 1 2026-05-01 4 first try",
        "measure 1",
        "undo",
    )
    (step,) = steps.steps(desk)
    assert (step.test_change, step.prediction) == ("one question a lesson", "answers grow")
    assert (step.outcome, step.studied, step.study_on) == ("adapt", "they grew", "2026-05-01")
    assert "There is no small test to study." in heard.after("study 1")
    assert "It is not said yet what is counted." in heard.after("value 1 2026-05-01 4")
    assert "never one teacher's" in heard.after("measure 1")
    assert "answers over a line (a lesson)" in heard.text
    assert "first try" in heard.text
    measure = steps.measure_of(desk, step)
    assert measure is not None
    assert measure.values == ()


def test_a_large_pool_is_said_page_by_page(desk: Desk) -> None:
    write(desk, [(1 + at % 4, f"line {at}") for at in range(70)])
    heard = talk(desk, "group", "pool 2", "pool 3")
    assert "That was page 1 of 2; pool 2 says the next one." in heard.after("group")
    assert heard.after("pool 2").count(": ") < heard.after("group").count(". ")
    assert "Pages go from 1 to 2." in heard.after("pool 3")
    both = heard.after("group") + heard.after("pool 2")
    assert all(f". line {at}\n" in f"{both}\n" for at in range(70))


def test_steps_means_the_next_steps_where_they_are_and_where_all_steps_are(desk: Desk) -> None:
    heard = talk(desk, "steps", "steps", "debrief", "steps", "home")
    assert heard.text.count("No next step yet in this walk.") == 3
