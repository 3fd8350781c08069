"""Grouping and stating through the desk: the table, undo, and what may be stated when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desks import the_visit
from tests.routine.table_of import walk_of, write
from walk.errors import Refused
from walk.model import Note, Theme
from walk.routine import summary
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import visit
from walk.routine.visiting.write import finish


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with walk_of(tmp_path) as found:
        yield found


def view(desk: Desk, theme: Theme) -> debrief.ThemeView:
    return next(one for one in debrief.table(desk).themes if one.theme.id == theme.id)


def pool(desk: Desk) -> list[str]:
    return sorted(one.words for one in debrief.table(desk).pool)


def test_noticings_wait_in_the_pool_and_wonderings_in_their_own_list(desk: Desk) -> None:
    write(desk, [(1, "5 of 7 pairs wrote"), (2, "T waits 6 s")])
    write(desk, [(1, "What do pairs do next?")], kind="wondering")
    table = debrief.table(desk)
    assert pool(desk) == ["5 of 7 pairs wrote", "T waits 6 s"]
    assert [one.words for one in table.wonderings] == ["What do pairs do next?"]


def test_a_visit_code_in_the_words_is_not_shown(desk: Desk) -> None:
    write(desk, [(1, "V1: as in v2, pairs wrote")])
    assert pool(desk) == ["[classroom]: as in [classroom], pairs wrote"]


def test_the_order_of_the_pool_tells_no_rooms_apart(desk: Desk) -> None:
    made = write(desk, [(1 + number % 4, f"note {number}") for number in range(40)])
    shown = [one.note.id for one in debrief.table(desk).pool]
    assert sorted(shown) == sorted(one.id for one in made)
    assert shown != [one.id for one in made]
    assert shown == [one.note.id for one in debrief.table(desk).pool]


def test_a_note_in_a_theme_leaves_the_pool_and_comes_back(desk: Desk) -> None:
    (one, _) = write(desk, [(1, "first"), (2, "second")])
    theme = debrief.put_in_new(desk, [one], " Waiting ")
    assert pool(desk) == ["second"]
    assert view(desk, theme).name == "Waiting"
    debrief.take_out(desk, [one], theme)
    assert pool(desk) == ["first", "second"]


def test_a_note_may_stand_in_two_themes(desk: Desk) -> None:
    (one,) = write(desk, [(1, "first")])
    themes = [debrief.put_in_new(desk, [one], name) for name in ("A", "B")]
    debrief.take_out(desk, [one], themes[0])
    assert pool(desk) == []
    assert view(desk, themes[1]).spread.visits == 1


def test_putting_again_does_not_turn_contrary_evidence(desk: Desk) -> None:
    one, two = write(desk, [(1, "first"), (2, "second")])
    theme = debrief.put_in_new(desk, [one], "A")
    assert debrief.turn_contrary(desk, one, theme)
    assert debrief.put(desk, [one, two], theme) == 1
    assert debrief.put(desk, [one], theme) == 0
    assert view(desk, theme).notes[0].contrary_in or view(desk, theme).notes[1].contrary_in
    assert view(desk, theme).spread.contrary_visits == 1


def test_undo_and_redo_walk_through_the_acts(desk: Desk) -> None:
    notes = write(desk, [(1, "first"), (2, "second"), (3, "third")])
    theme = debrief.put_in_new(desk, notes[:2], "A")
    debrief.put(desk, notes[2:], theme)
    debrief.drop_theme(desk, theme)
    assert pool(desk) == ["first", "second", "third"]
    assert desk.undo(debrief.STAGE) == "theme taken apart"
    assert pool(desk) == []
    assert desk.undo(debrief.STAGE) == "1 note put into A"
    assert pool(desk) == ["third"]
    assert desk.undo(debrief.STAGE) == "2 notes put into A"
    assert debrief.table(desk).themes == ()
    for _ in range(3):
        desk.redo(debrief.STAGE)
    assert pool(desk) == ["first", "second", "third"]


def test_a_pattern_of_one_classroom_is_parked_and_never_asset_or_need(desk: Desk) -> None:
    notes = write(desk, [(1, "team one saw it"), (1, "team two saw it too")])
    theme = debrief.put_in_new(desk, notes, "A")
    trend = stating.state_trend(desk, theme, "Pairs wrote before they spoke.")
    assert trend.parked
    with pytest.raises(Refused, match="one classroom only"):
        stating.decide(desk, trend, "asset")
    assert "Pairs wrote before" not in summary.render(summary.facts(desk), "text")


def test_a_second_classroom_frees_a_parked_pattern_and_losing_it_parks_again(desk: Desk) -> None:
    one, two = write(desk, [(1, "first"), (2, "second")])
    theme = debrief.put_in_new(desk, [one], "A")
    stating.state_trend(desk, theme, "Pairs wrote.")
    debrief.put(desk, [two], theme)
    trend = view(desk, theme).trend
    assert trend is not None
    assert not trend.parked
    stating.decide(desk, trend, "asset")
    debrief.take_out(desk, [two], theme)
    trend = view(desk, theme).trend
    assert trend is not None
    assert (trend.parked, trend.polarity, trend.counts.visits) == (True, "", 1)


def test_deciding_looks_again_at_what_the_trend_rests_on(desk: Desk) -> None:
    one, two = write(desk, [(1, "first"), (2, "second")])
    theme = debrief.put_in_new(desk, [one, two], "A")
    trend = stating.state_trend(desk, theme, "Pairs wrote.")
    visit.withdraw(desk, two)
    with pytest.raises(Refused, match="one classroom only"):
        stating.decide(desk, trend, "need")


@pytest.mark.parametrize("statement", ["", "   "])
def test_a_trend_needs_a_sentence(desk: Desk, statement: str) -> None:
    theme = debrief.put_in_new(desk, write(desk, [(1, "first")]), "A")
    with pytest.raises(Refused, match="needs a sentence"):
        stating.state_trend(desk, theme, statement)


def test_wonderings_alone_state_nothing(desk: Desk) -> None:
    theme = debrief.put_in_new(desk, write(desk, [(1, "How?"), (2, "How?")], kind="wondering"), "A")
    with pytest.raises(Refused, match="no noticing"):
        stating.state_trend(desk, theme, "Pairs wrote.")


def stated(desk: Desk, count: int) -> tuple[Theme, list[Note]]:
    notes = write(desk, [(1 + number % 2, f"note {number}") for number in range(count)])
    theme = debrief.put_in_new(desk, notes, "A")
    stating.state_trend(desk, theme, "Pairs wrote.")
    return theme, notes


def test_examples_are_chosen_one_by_one_and_three_at_most(desk: Desk) -> None:
    theme, notes = stated(desk, 4)
    trend = view(desk, theme).trend
    assert trend is not None
    for one in notes[:3]:
        trend = stating.choose_example(desk, trend, one)
    with pytest.raises(Refused, match="3 examples at most"):
        stating.choose_example(desk, trend, notes[3])
    trend = stating.choose_example(desk, trend, notes[0])
    assert trend.examples == (notes[1].id, notes[2].id)


def test_a_wondering_is_no_example(desk: Desk) -> None:
    theme, _ = stated(desk, 2)
    (wondering,) = write(desk, [(1, "How?")], kind="wondering")
    debrief.put(desk, [wondering], theme)
    trend = view(desk, theme).trend
    assert trend is not None
    with pytest.raises(Refused, match="An example is a noticing"):
        stating.choose_example(desk, trend, wondering)


def test_a_note_that_leaves_the_theme_is_no_example_any_longer(desk: Desk) -> None:
    theme, notes = stated(desk, 3)
    trend = view(desk, theme).trend
    assert trend is not None
    stating.choose_example(desk, trend, notes[0])
    debrief.take_out(desk, [notes[0]], theme)
    trend = view(desk, theme).trend
    assert trend is not None
    assert trend.examples == ()
    desk.undo(debrief.STAGE)
    trend = view(desk, theme).trend
    assert trend is not None
    assert trend.examples == (notes[0].id,)


def test_a_statement_taken_back_leaves_the_theme(desk: Desk) -> None:
    theme, _ = stated(desk, 2)
    trend = view(desk, theme).trend
    assert trend is not None
    stating.take_back(desk, trend)
    assert view(desk, theme).trend is None
    assert view(desk, theme).spread.visits == 2


def test_another_walkers_unfinished_form_stays_theirs_on_a_shared_laptop(desk: Desk) -> None:
    """What another wrote is hidden until they have finished their form."""
    ben = prepare.add_walker(desk, "Ben").id
    ana = desk.me
    desk.write_as(ben)
    form = visit.enter(desk, the_visit(desk, "V1"))
    visit.add_note(desk, form, "S4 saw this")
    desk.write_as(ana)
    assert "S4 saw this" not in [one.note.text for one in debrief.table(desk).pool]
    desk.write_as(ben)
    assert "S4 saw this" in [one.note.text for one in debrief.table(desk).pool]
    finish(desk, visit.leave(desk, form))
    desk.write_as(ana)
    assert "S4 saw this" in [one.note.text for one in debrief.table(desk).pool]


def test_of_a_very_large_pool_a_part_lies_on_the_table_with_all_that_was_placed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(desk, [(number % 3 + 1, f"{number} herons") for number in range(60)])
    whole = debrief.table(desk)
    assert whole.not_laid == 0
    chosen = whole.pool[:3]
    debrief.put_in_new(desk, [one.note for one in chosen], "Herons")
    monkeypatch.setattr(debrief, "TABLE_MOST", 20)
    part = debrief.table(desk)
    assert len(part.notes) + part.not_laid == len(whole.notes)
    placed = {one.note.id for one in chosen}
    spread_out = {one.record.id for one in desk.store.some_of_pool(desk.walk_id, 20, 60)}
    assert set(part.notes) == spread_out | placed
    assert {one.note.visit for one in part.pool} == {one.note.visit for one in whole.pool}
    (theme,) = part.themes
    assert {one.note.id for one in theme.notes} == {one.note.id for one in chosen}
    assert theme.spread == debrief.table(desk).themes[0].spread
    away = next(id_ for id_ in whole.notes if id_ not in part.notes)
    assert away in debrief.table(desk, wanted=away).notes


# What was written meanwhile


def test_what_is_said_of_a_trend_leaves_alone_what_was_written_meanwhile(desk: Desk) -> None:
    one, two = write(desk, [(1, "first"), (2, "second")])
    theme = debrief.put_in_new(desk, [one, two], "A")
    shown = stating.state_trend(desk, theme, "Students wait")
    stating.state_trend(desk, theme, "Students wait six seconds")
    stating.decide(desk, shown, "need")
    stating.choose_example(desk, shown, one)
    found = stating.say_more(desk, shown, lens_remarks="", to_know="How long?", decision="keep")
    assert (found.statement, found.polarity) == ("Students wait six seconds", "need")
    assert (found.examples, found.to_know) == ((one.id,), "How long?")


def test_a_statement_taken_back_is_not_brought_back_by_an_act_on_it(desk: Desk) -> None:
    one, two = write(desk, [(1, "first"), (2, "second")])
    theme = debrief.put_in_new(desk, [one, two], "A")
    shown = stating.state_trend(desk, theme, "Students wait")
    stating.take_back(desk, shown)
    acts: tuple[Callable[[], object], ...] = (
        lambda: stating.decide(desk, shown, "need"),
        lambda: stating.choose_example(desk, shown, one),
        lambda: stating.say_more(desk, shown, lens_remarks="x", to_know="", decision=""),
    )
    for act in acts:
        with pytest.raises(Refused, match="taken back meanwhile"):
            act()
    assert view(desk, theme).trend is None


def test_a_theme_that_was_taken_apart_meanwhile_is_not_renamed_back_to_life(desk: Desk) -> None:
    theme = debrief.make_theme(desk, "Waiting")
    debrief.drop_theme(desk, theme)
    with pytest.raises(Refused):
        debrief.rename(desk, theme, "Pausing")
    assert debrief.table(desk).themes == ()
