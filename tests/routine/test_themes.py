"""Themes as a whole: merged, split, moved, numbered; nothing is lost, and undo gives all back."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.routine import theme_desk
from tests.routine.table_of import walk_of, write
from tests.routine.theme_desk import names, stated, three_notes
from walk.errors import Refused
from walk.model import Step, trend_id
from walk.routine.debriefing import debrief, stating, themes
from walk.routine.debriefing.debrief import Table, ThemeView
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.start import open_desk

desk = theme_desk.desk


def view(desk: Desk, name: str) -> ThemeView:
    return next(one for one in debrief.table(desk).themes if one.theme.name == name)


def inside(desk: Desk, name: str) -> dict[str, bool]:
    """The words of a theme's notes, and whether each runs against it."""
    found = view(desk, name)
    return {one.words: found.theme.id in one.contrary_in for one in found.notes}


# Merging


def test_merging_keeps_every_note_and_what_runs_against(desk: Desk) -> None:
    one, two, three = three_notes(desk)
    a = debrief.put_in_new(desk, [one, two], "A")
    b = debrief.put_in_new(desk, [two, three], "B")
    debrief.turn_contrary(desk, one, a)
    debrief.turn_contrary(desk, two, b)
    before = debrief.table(desk)
    themes.merge(desk, a, b)
    assert names(desk) == ["B"]
    # In both, the second stays as it was in the theme whose name stays.
    assert inside(desk, "B") == {"first": True, "second": True, "third": False}
    desk.undo(debrief.STAGE)
    assert debrief.table(desk) == before
    desk.redo(debrief.STAGE)
    assert inside(desk, "B") == {"first": True, "second": True, "third": False}


def test_a_theme_without_a_name_takes_the_others(desk: Desk) -> None:
    one, two, _ = three_notes(desk)
    a = debrief.put_in_new(desk, [one], "A")
    bare = debrief.put_in_new(desk, [two], "")
    themes.merge(desk, a, bare)
    assert names(desk) == ["A"]


@pytest.mark.parametrize("into_stated", [True, False])
def test_the_one_statement_stays_recounted_with_what_rests_on_it(
    desk: Desk, into_stated: bool
) -> None:
    one, two, three = three_notes(desk)
    a = stated(desk, [one, two], "A", "Students wait.")
    b = debrief.put_in_new(desk, [three], "B")
    trend = stating.trends(desk)[0]
    step = steps.add(desk, "Try it", rests_on=trend.id)
    merged = themes.merge(desk, b, a) if into_stated else themes.merge(desk, a, b)
    found = view(desk, "A" if into_stated else "B")
    assert found.trend is not None
    assert (found.trend.statement, found.trend.counts.visits) == ("Students wait.", 3)
    assert merged.id == found.theme.id
    assert [one.id for one in stating.trends(desk)] == [trend.id]
    assert desk.store.get(Step, step.id) == step


def test_of_two_statements_a_person_chooses_and_steps_rest_on_that_one(desk: Desk) -> None:
    one, two, three = three_notes(desk)
    a = stated(desk, [one, two], "A", "Students wait.")
    b = stated(desk, [two, three], "B", "Students read.")
    step = steps.add(desk, "Try it", rests_on=trend_id(b.id))
    with pytest.raises(Refused, match="Both themes are stated"):
        themes.merge(desk, a, b)
    before = debrief.table(desk)
    themes.merge(desk, a, b, says=a)
    (found,) = debrief.table(desk).themes
    assert found.trend is not None
    assert (found.name, found.trend.statement) == ("B", "Students wait.")
    assert found.trend.counts.visits == 3
    moved = desk.store.get(Step, step.id)
    assert moved is not None
    assert moved.rests_on == found.trend.id
    desk.undo(debrief.STAGE)
    assert debrief.table(desk) == before
    assert desk.store.get(Step, step.id) == step


def test_a_theme_is_not_merged_with_itself(desk: Desk) -> None:
    a = debrief.make_theme(desk, "A")
    with pytest.raises(Refused, match="the same theme"):
        themes.merge(desk, a, a)


# Splitting and moving


def test_splitting_takes_notes_out_of_the_old_theme_into_a_new_one(desk: Desk) -> None:
    notes = three_notes(desk)
    a = debrief.put_in_new(desk, notes, "A")
    debrief.turn_contrary(desk, notes[0], a)
    before = debrief.table(desk)
    themes.split(desk, notes[:2], a, "  B ")
    assert inside(desk, "A") == {"third": False}
    assert inside(desk, "B") == {"first": True, "second": False}
    assert desk.undo(debrief.STAGE) == "2 notes split off into B"
    assert debrief.table(desk) == before


def test_what_ran_against_a_theme_may_make_up_one_of_its_own(desk: Desk) -> None:
    notes = three_notes(desk)
    a = debrief.put_in_new(desk, notes, "A")
    for one in notes[:2]:
        debrief.turn_contrary(desk, one, a)
    themes.split(desk, notes[:2], a, "B")
    assert inside(desk, "B") == {"first": False, "second": False}
    assert view(desk, "B").spread.visits == 2


def test_a_split_needs_notes_of_the_theme(desk: Desk) -> None:
    one, two, _ = three_notes(desk)
    a = debrief.put_in_new(desk, [one], "A")
    with pytest.raises(Refused, match="No note is marked"):
        themes.split(desk, [two], a, "B")


def test_moving_recounts_both_trends(desk: Desk) -> None:
    one, two, three = three_notes(desk)
    a = stated(desk, [one, two, three], "A", "Students wait.")
    b = stated(desk, [one], "B", "Students read.")
    before = debrief.table(desk)
    assert themes.move(desk, [two, three], a, b) == 2
    first, second = (view(desk, name).trend for name in "AB")
    assert first is not None
    assert second is not None
    assert (first.counts.visits, first.parked) == (1, True)
    assert (second.counts.visits, second.parked) == (3, False)
    desk.undo(debrief.STAGE)
    assert debrief.table(desk) == before


def test_a_note_that_is_there_already_stays_as_it_is_there(desk: Desk) -> None:
    one, two, _ = three_notes(desk)
    a = debrief.put_in_new(desk, [one, two], "A")
    b = debrief.put_in_new(desk, [one], "B")
    debrief.turn_contrary(desk, one, b)
    themes.move(desk, [one, two], a, b)
    assert inside(desk, "A") == {}
    assert inside(desk, "B") == {"first": True, "second": False}


def test_several_notes_are_turned_at_once_and_back(desk: Desk) -> None:
    notes = three_notes(desk)
    notes += write(desk, [(1, "How?")], kind="wondering")
    a = stated(desk, notes, "A", "Students wait.")
    debrief.turn_contrary(desk, notes[0], a)
    before = debrief.table(desk)
    assert themes.turn(desk, notes, a)
    assert inside(desk, "A") == {"first": True, "second": True, "third": True, "How?": False}
    assert view(desk, "A").spread.contrary_visits == 3
    assert desk.undo(debrief.STAGE) == "2 notes marked contrary evidence"
    assert debrief.table(desk) == before
    desk.redo(debrief.STAGE)
    assert not themes.turn(desk, notes, a)
    assert set(inside(desk, "A").values()) == {False}
    with pytest.raises(Refused, match="A wondering runs neither"):
        themes.turn(desk, notes[3:], a)


# Order


@pytest.mark.parametrize(
    ("place", "order"),
    [(1, "CABD"), (2, "ACBD"), (4, "ABDC"), (99, "ABDC"), (-3, "CABD"), (3, "ABCD")],
)
def test_a_theme_takes_any_number(desk: Desk, place: int, order: str) -> None:
    made = {name: debrief.make_theme(desk, name) for name in "ABCD"}
    themes.order(desk, made["C"], place)
    assert "".join(names(desk)) == order
    if order != "ABCD":
        desk.undo(debrief.STAGE)
        assert "".join(names(desk)) == "ABCD"


def test_a_theme_that_is_gone_takes_no_number(desk: Desk) -> None:
    made = debrief.make_theme(desk, "A")
    debrief.drop_theme(desk, made)
    with pytest.raises(Refused, match="taken apart"):
        themes.order(desk, made, 1)


# Undo of everything, also tomorrow


def test_undo_goes_on_after_a_restart(tmp_path: Path) -> None:
    with walk_of(tmp_path) as desk:
        notes = three_notes(desk)
        before = debrief.table(desk)
        a = debrief.put_in_new(desk, notes[:2], "A")
        b = debrief.put_in_new(desk, notes[2:], "B")
        themes.order(desk, b, 1)
        themes.set_aside(desk, notes[2:])
        themes.split(desk, notes[:1], a, "C")
        themes.merge(desk, b, a)
        after = debrief.table(desk)
        walk = desk.walk_id
    with open_desk(tmp_path / "test.walkdb") as desk:
        desk.open_walk(walk)
        for _ in range(6):
            assert desk.undo(debrief.STAGE)
        assert debrief.table(desk) == before
        for _ in range(6):
            assert desk.redo(debrief.STAGE)
        assert debrief.table(desk) == after


ACTS = st.tuples(
    st.sampled_from(("merge", "split", "move", "order", "odd", "contrary", "out", "apart")),
    st.integers(0, 7),
    st.integers(0, 7),
    st.sets(st.integers(0, 7), min_size=1),
)


def act(desk: Desk, table: Table, what: str, one: int, other: int, picked: set[int]) -> None:
    """Do something to whatever stands there; nothing where there is nothing for it."""
    if not table.themes:
        return
    view = table.themes[one % len(table.themes)]
    into = table.themes[other % len(table.themes)]
    held = [note.note for note in view.notes]
    some = [held[n % len(held)] for n in sorted(picked)] if held else []
    some = list({note.id: note for note in some}.values())
    if what == "merge" and view.theme.id != into.theme.id:
        says = view.theme if one % 2 else into.theme
        themes.merge(desk, view.theme, into.theme, says=says)
    elif what == "split" and some:
        themes.split(desk, some, view.theme, "new")
    elif what == "move" and some and view.theme.id != into.theme.id:
        themes.move(desk, some, view.theme, into.theme)
    elif what == "order":
        themes.order(desk, view.theme, other)
    elif what == "odd" and table.pool:
        themes.set_aside(desk, [note.note for note in table.pool[:1]])
    elif what == "contrary" and some and some[0].note_kind == "noticing":
        debrief.turn_contrary(desk, some[0], view.theme)
    elif what == "out" and some:
        debrief.take_out(desk, some, view.theme)
    elif what == "apart":
        debrief.drop_theme(desk, view.theme)


@settings(max_examples=20)
@given(st.lists(ACTS, max_size=6))
def test_whatever_is_done_no_note_is_lost_and_undo_gives_the_table_before(
    acts: list[tuple[str, int, int, set[int]]],
) -> None:
    """Each act is undone to the table before it, done again, and so on; then all are undone."""
    with tempfile.TemporaryDirectory() as folder, walk_of(Path(folder)) as desk:
        notes = write(desk, [(1 + n % 4, f"note {n}") for n in range(6)])
        notes += write(desk, [(2, "How?")], kind="wondering")
        for number, name in enumerate("ABC"):
            theme = debrief.put_in_new(desk, notes[number * 2 : number * 2 + 3], name)
            if name != "B":
                stating.state_trend(desk, theme, f"Students {name}.")
        start = debrief.table(desk)
        done = 0
        for what, one, other, picked in acts:
            before = debrief.table(desk)
            placed = {id_ for view in before.themes for id_ in (n.note.id for n in view.notes)}
            version = desk.store.newest_entry()
            act(desk, before, what, one, other, picked)
            if desk.store.newest_entry() == version:
                continue  # there was nothing for it
            done += 1
            after = debrief.table(desk)
            everywhere = [*after.pool, *after.odd, *after.wonderings]
            everywhere += [note for view in after.themes for note in view.notes]
            assert {note.note.id for note in everywhere} == {note.id for note in notes}
            if what in ("merge", "split", "move", "order"):
                now = {id_ for view in after.themes for id_ in (n.note.id for n in view.notes)}
                assert now == placed
            for view in after.themes:
                if view.trend:  # a trend is never told by old counts
                    assert view.trend.counts.visits == view.spread.visits
                    assert view.trend.counts.contrary_visits == view.spread.contrary_visits
            assert desk.undo(debrief.STAGE)
            assert debrief.table(desk) == before
            assert desk.redo(debrief.STAGE)
            assert debrief.table(desk) == after
        for _ in range(done):
            desk.undo(debrief.STAGE)
        assert debrief.table(desk) == start
