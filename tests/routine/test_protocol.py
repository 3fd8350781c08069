"""The debrief's protocol on a desk: time from the clock, going on when people say, lines typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, write_form
from walk import protocol as steps
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import (
    Closing,
    Debriefing,
    Said,
    StepEntry,
    Theme,
    Trend,
    closing_id,
    debriefing_id,
    trend_id,
)
from walk.model.debriefing import LATEST_MS
from walk.routine import collect, conflicts, door, prepare, protocol, purge, said, share
from walk.routine.desk import Desk
from walk.routine.home import overview
from walk.routine.protocol import ALL, Place


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb", clock) as made:
        begin_small(made)
        write_form(made, "V1", "14 of 22 wrote", "?What do they reach for")
        yield made


def _right(desk: Desk, step: str) -> str:
    return protocol.title(desk, step)[1]


def _theme(desk: Desk) -> Theme:
    theme = Theme(id=desk.new_id(), walk=desk.walk_id, name="Writing")
    desk.save("debrief", "theme", theme)
    return theme


# Minutes and the clock -----------------------------------------------------------------------


def test_before_it_begins_no_record_is_made_and_no_number_is_shown(desk: Desk) -> None:
    assert protocol.title(desk, "group") == ("Debrief · Group like with like", "")
    assert protocol.minutes(desk) == steps.USUAL
    assert not desk.store.all(Debriefing, desk.walk_id)


def test_the_title_tells_the_step_and_whole_minutes(desk: Desk, clock: FixedClock) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "group")
    clock.advance(seconds=8 * 60 + 59)
    assert protocol.title(desk, "group") == (
        "Debrief 5 of 8 · Group like with like",
        "8 of 10 min",
    )
    clock.advance(minutes=2)
    assert _right(desk, "group") == "10 of 10 min"
    clock.advance(minutes=2)
    assert _right(desk, "group") == "over by 2 min"
    assert protocol.standing(desk).step == "group"  # nothing goes on by itself


def test_another_steps_screen_says_where_the_team_is(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    assert protocol.title(desk, "trends") == ("Debrief 6 of 8 · State trends", "the team is at 1")


def test_time_goes_on_while_the_lid_is_closed(desk: Desk, clock: FixedClock) -> None:
    protocol.begin(desk, hosts=False)
    clock.sleep(90)
    assert _right(desk, "norms") == "1 of 2 min"


@pytest.mark.parametrize("hours", [-5, 2])
def test_a_clock_that_somebody_sets_changes_nothing(
    desk: Desk, clock: FixedClock, hours: int
) -> None:
    protocol.begin(desk, hosts=False)
    clock.advance(minutes=1)
    clock.set_wall(clock.now().utc + timedelta(hours=hours))
    assert _right(desk, "norms") == "1 of 2 min"
    protocol.go_on(desk, "norms")
    clock.advance(minutes=2)
    assert _right(desk, "predict") == "2 of 3 min"
    entered = [one.at for one in protocol.standing(desk).record.entered]
    assert entered == sorted(entered)


def test_it_survives_a_restart_of_walk_and_of_the_laptop(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    protocol.begin(desk, hosts=False)
    clock.advance(minutes=1)
    with desk_at(tmp_path / "one.walkdb", clock) as again:
        assert _right(again, "norms") == "1 of 2 min"
        clock.reboot(after_seconds=120)
        assert _right(again, "norms") == "over by 1 min"


def test_a_step_that_was_left_open_over_night_is_told_as_since_when(
    desk: Desk, clock: FixedClock
) -> None:
    protocol.begin(desk, hosts=False)
    clock.sleep(20 * 3600)
    assert _right(desk, "norms").startswith("since Tue 14 Oct 09:")
    protocol.turn_clock(desk)
    assert _right(desk, "norms") == "0 of 2 min"


def test_a_break_stops_the_clock_and_counts_nothing(desk: Desk, clock: FixedClock) -> None:
    protocol.begin(desk, hosts=False)
    clock.advance(minutes=1)
    assert not protocol.turn_clock(desk)
    clock.advance(minutes=20)
    assert _right(desk, "norms") == "clock stopped"
    assert protocol.turn_clock(desk)
    assert _right(desk, "norms") == "1 of 2 min"


def test_going_back_to_a_step_counts_all_of_its_time(desk: Desk, clock: FixedClock) -> None:
    protocol.begin(desk, hosts=False)
    clock.advance(minutes=1)
    protocol.go_on(desk, "norms")
    clock.advance(minutes=5)
    protocol.go_back(desk, "predict")
    assert _right(desk, "norms") == "1 of 2 min"


@settings(max_examples=25, deadline=None)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["on", "back", "clock", "lid"]), st.integers(0, 900)), max_size=12
    )
)
def test_whatever_is_pressed_the_steps_share_the_time(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int]]
) -> None:
    """All steps together take the time in which the clock went, to a minute a step."""
    clock = FixedClock()
    with desk_at(tmp_path_factory.mktemp("any") / "one.walkdb", clock) as desk:
        begin_small(desk)
        protocol.begin(desk, hosts=False)
        went = 0
        for do, seconds in moves:
            clock.advance(seconds=seconds)
            now = protocol.standing(desk)
            went += seconds if now.running else 0
            if do == "clock" and now.begun:
                protocol.turn_clock(desk)
            elif do in ("on", "back") and now.under_way:
                (protocol.go_on if do == "on" else protocol.go_back)(desk, now.step)
        now = protocol.standing(desk)
        spent = sum(now.spent(one, clock.now()) for one in steps.IDS)
        assert went // 60 - len(steps.IDS) <= spent <= went // 60


# Going on ------------------------------------------------------------------------------------


def test_going_on_visits_each_screen_in_turn(desk: Desk) -> None:
    place, found, step = protocol.begin(desk, hosts=False), [], "norms"
    while place.screen != protocol.AFTER_ALL:
        found.append(place)
        place = protocol.go_on(desk, step)
        step = protocol.standing(desk).step
    assert [one.screen for one in found] == [
        *("protocol", "protocol", "silent_read", "protocol"),
        *("debrief", "trends", "protocol", "steps"),
    ]
    assert [one.at for one in found if one.at] == ["norms", "predict", "describe", "wonderings"]
    assert protocol.standing(desk).ended
    assert protocol.title(desk, "next")[1] == ""


def test_what_we_expect_is_passed_over_where_it_has_no_minutes(desk: Desk) -> None:
    protocol.set_minutes(desk, "predict", 0)
    protocol.begin(desk, hosts=False)
    assert protocol.go_on(desk, "norms") == Place("silent_read")
    assert protocol.go_back(desk, "read") == Place("protocol", "norms")


def test_two_programs_that_go_on_at_once_skip_nothing(desk: Desk, tmp_path: Path) -> None:
    protocol.begin(desk, hosts=False)
    with desk_at(tmp_path / "one.walkdb") as other:
        other.open_walk(desk.walk_id)
        assert protocol.go_on(desk, "norms") == Place("protocol", "predict")
        assert protocol.go_on(other, "norms") == Place("protocol", "predict")
        assert protocol.standing(other).step == "predict"
        assert len(protocol.standing(desk).record.entered) == 2


def test_from_a_later_step_the_clock_goes_along(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "group")
    # s among the themes leads to the trends; going on there is going on.
    assert protocol.go_on(desk, "trends") == Place("protocol", "wonderings")
    assert protocol.standing(desk).step == "wonderings"
    assert desk.undo(protocol.STAGE) == "on to wonderings"
    assert protocol.standing(desk).step == "group"
    assert protocol.go_on(desk, "read") == Place("protocol", "describe")  # looking back moves none
    assert protocol.standing(desk).step == "group"


def test_a_laptop_that_only_looks_moves_no_clock(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    desk.store.set(f"{protocol.STAGE}:{desk.walk_id}", None)  # it was entered elsewhere
    assert protocol.go_on(desk, "trends") == Place("protocol", "wonderings")
    assert protocol.standing(desk).step == "norms"


def test_without_the_protocol_the_screens_follow_each_other_and_nothing_is_kept(
    desk: Desk,
) -> None:
    assert protocol.go_on(desk, "group") == Place("trends")
    assert protocol.go_on(desk, "trends") == Place("steps")
    assert protocol.go_on(desk, "next") == Place("summary")
    assert protocol.go_back(desk, "next") == Place("trends")
    assert protocol.go_back(desk, "group") == Place("protocol", ALL)
    assert not desk.store.all(Debriefing, desk.walk_id)


def test_undo_takes_a_step_back_also_after_a_restart(desk: Desk, tmp_path: Path) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_on(desk, "norms")
    with desk_at(tmp_path / "one.walkdb") as again:
        assert again.undo(protocol.STAGE) == "on to what do we expect?"
        assert protocol.standing(again).step == "norms"
        assert again.undo(protocol.STAGE) == "debrief begun at inquiry and norms"
        assert not protocol.standing(again).begun
        again.redo(protocol.STAGE)
        assert protocol.standing(again).step == "norms"


def test_home_leads_to_where_the_debrief_stands(desk: Desk) -> None:
    assert protocol.where(desk) == "protocol"
    protocol.begin(desk, hosts=False)
    for step in steps.IDS:
        protocol.go_to(desk, step)
        assert protocol.where(desk) == protocol.SCREENS[step]
    protocol.go_on(desk, "next")
    assert protocol.where(desk) == "debrief"


def test_home_names_the_step_first(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "describe")
    view = overview(desk)
    assert view.next is not None
    assert (view.next.screen, view.next.words) == (
        "debrief",
        "Debrief, step 4 of 8: describe only",
    )
    assert [one.screen for one in (view.next, *view.also)].count("debrief") == 1
    (stage,) = [one for one in view.stages if one.name == "Debrief"]
    assert stage.state == "under way"


def test_a_team_that_groups_without_it_is_led_to_grouping(desk: Desk) -> None:
    _theme(desk)
    assert protocol.where(desk) == "debrief"


def test_closing_the_walk_ends_the_debrief(desk: Desk) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, "next")
    desk.save("steps", "closed", Closing(id=closing_id(desk.walk_id), walk=desk.walk_id))
    assert protocol.standing(desk).ended
    assert protocol.title(desk, "next")[1] == ""
    assert protocol.where(desk) == "debrief"


@pytest.mark.parametrize(("step", "screen"), [("read", "debrief"), ("trends", "trends")])
def test_after_a_purge_no_step_waits_for_notes(desk: Desk, step: str, screen: str) -> None:
    protocol.begin(desk, hosts=False)
    protocol.go_to(desk, step)
    purge.purge(desk)
    assert protocol.where(desk) == screen


def test_without_a_note_there_is_nothing_to_begin(tmp_path: Path) -> None:
    with desk_at(tmp_path / "two.walkdb") as empty:
        begin_small(empty)
        assert protocol.where(empty) == "debrief"


# Host teachers -------------------------------------------------------------------------------


def test_with_host_teachers_it_begins_at_the_trends(desk: Desk) -> None:
    assert protocol.begin(desk, hosts=True) == Place("trends")
    record = protocol.standing(desk).record
    assert (record.hosts, record.agreed_otherwise) == ("present", False)
    assert protocol.go_back(desk, "trends") == Place("protocol", ALL)


def test_unless_they_agreed_otherwise_which_is_written_down(desk: Desk) -> None:
    place = protocol.begin(desk, hosts=True, agreed_otherwise=True)
    assert place == Place("protocol", "norms")
    record = protocol.standing(desk).record
    assert (record.hosts, record.agreed_otherwise) == ("present", True)


def test_nobody_who_is_not_there_agreed_to_anything(desk: Desk) -> None:
    protocol.begin(desk, hosts=False, agreed_otherwise=True)
    assert not protocol.standing(desk).record.agreed_otherwise
    protocol.tell_hosts(desk, present=True, agreed_otherwise=True)
    protocol.tell_hosts(desk, present=False, agreed_otherwise=True)
    record = protocol.standing(desk).record
    assert (record.hosts, record.agreed_otherwise) == ("absent", False)


def test_host_teachers_of_the_roster_are_known(desk: Desk) -> None:
    assert protocol.hosts_on_roster(desk) == []
    walker = prepare.add_walker(desk, "Rosa")
    desk.save("prepare", "role", walker.changed(roles=("recorder", "host teacher")))
    assert protocol.hosts_on_roster(desk) == ["Rosa"]


# Minutes of the team -------------------------------------------------------------------------


def test_the_rules_of_the_walk_say_how_long_it_is(desk: Desk) -> None:
    rules = desk.rules.changed(debrief_minutes=30)
    desk.save("prepare", "rules", rules)
    now = protocol.standing(desk)
    assert now.minutes == steps.shorten(30)
    assert "“Group like with like” 5 min instead of 10" in protocol.told(now)


def test_minutes_are_edited_one_by_one_or_in_all(desk: Desk) -> None:
    protocol.set_minutes(desk, "group", 14)
    assert protocol.minutes(desk) == {**steps.USUAL, "group": 14}
    protocol.set_total(desk, 30)
    assert protocol.minutes(desk) == steps.shorten(30)
    desk.undo(protocol.STAGE)
    assert protocol.minutes(desk)["group"] == 14


def test_setting_the_usual_minutes_again_is_no_edit(desk: Desk) -> None:
    protocol.set_minutes(desk, "group", 14)
    protocol.set_minutes(desk, "group", 10)
    assert protocol.standing(desk).record.minutes == ()


@pytest.mark.parametrize(
    ("step", "minutes"), [("group", 0), ("read", 0), ("group", 241), ("predict", -1)]
)
def test_minutes_that_cannot_be_are_refused(desk: Desk, step: str, minutes: int) -> None:
    with pytest.raises(Refused):
        protocol.set_minutes(desk, step, minutes)


@pytest.mark.parametrize("total", [-1, 0, 20, 241])
def test_a_whole_that_cannot_be_is_refused(desk: Desk, total: int) -> None:
    with pytest.raises(Refused):
        protocol.set_total(desk, total)


# Lines ---------------------------------------------------------------------------------------


def test_lines_stand_in_their_order_and_can_be_changed_and_undone(desk: Desk) -> None:
    first = said.say(desk, "describe", "  14 of 22 wrote  ")
    said.say(desk, "describe", "S1 read aloud")
    said.say(desk, "predict", "much writing")
    said.say_otherwise(desk, first, "14 of 22 wrote first")
    assert [one.text for one in said.lines(desk, "describe")] == [
        "14 of 22 wrote first",
        "S1 read aloud",
    ]
    said.unsay(desk, said.lines(desk, "describe")[1])
    assert len(said.lines(desk, "describe")) == 1
    desk.undo(protocol.STAGE)
    desk.undo(protocol.STAGE)
    assert [one.text for one in said.lines(desk, "describe")] == ["14 of 22 wrote", "S1 read aloud"]
    assert [one.text for one in said.lines(desk, "predict")] == ["much writing"]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_line_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(Refused):
        said.say(desk, "describe", text)


def test_what_it_would_take_to_know_is_written_with_the_trend(desk: Desk) -> None:
    theme = _theme(desk)
    trend = Trend(id=trend_id(theme.id), walk=desk.walk_id, theme=theme.id, statement="Pairs write")
    desk.save("debrief", "trend", trend)
    desk.save("debrief", "decided elsewhere meanwhile", trend.changed(polarity="need"))
    assert said.tell_to_know(desk, trend.id, " ask three students ") == ""
    held = desk.store.get(Trend, trend.id)
    assert held is not None
    assert (held.to_know, held.polarity) == ("ask three students", "need")
    assert "“Ms Ortiz” looks like a name" in said.tell_to_know(desk, trend.id, "ask Ms Ortiz")
    desk.save("debrief", "taken back", withdraw=[held])
    with pytest.raises(Refused, match="taken back meanwhile"):
        said.tell_to_know(desk, trend.id, "too late")


def test_a_purge_takes_the_lines_and_leaves_the_minutes(desk: Desk) -> None:
    protocol.begin(desk, hosts=True, agreed_otherwise=True)
    said.say(desk, "describe", "14 of 22 wrote")
    assert any("1 line typed in the debrief" in one for one in purge.view(desk).goes)
    purge.purge(desk)
    assert not desk.store.all(Said, desk.walk_id)
    assert protocol.standing(desk).record.hosts == "present"
    with pytest.raises(Refused):
        said.say(desk, "describe", "once more")


def test_a_likely_name_in_a_line_stays_on_this_laptop(desk: Desk, tmp_path: Path) -> None:
    said.say(desk, "describe", "Ms Ortiz asked twice")
    said.say(desk, "describe", "14 of 22 wrote")
    assert [one.words for one in door.waiting_at_share(desk)] == ["Ms Ortiz asked twice"]
    share.share(desk, tmp_path / "ana.walk")
    with desk_at(tmp_path / "two.walkdb") as other:
        collect.collect(other, [tmp_path / "ana.walk"])
        assert [one.text for one in said.lines(other, "describe")] == ["14 of 22 wrote"]


# Other laptops -------------------------------------------------------------------------------


def test_it_travels_with_the_pack_and_its_time_goes_by_the_wall_clock(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    protocol.begin(desk, hosts=False)
    protocol.set_total(desk, 30)
    clock.advance(minutes=1)
    share.share(desk, tmp_path / "ana.walk")
    with desk_at(tmp_path / "two.walkdb", clock) as other:
        collect.collect(other, [tmp_path / "ana.walk"])
        assert _right(other, "norms") == "1 of 2 min"
        assert protocol.minutes(other) == steps.shorten(30)


def test_two_laptops_that_both_held_it_are_told_in_words(desk: Desk, tmp_path: Path) -> None:
    share.share(desk, tmp_path / "plan.walk")
    with desk_at(tmp_path / "two.walkdb") as other:
        collect.collect(other, [tmp_path / "plan.walk"])
        other.become(other.walkers()[0].id)
        protocol.begin(other, hosts=True)
        protocol.set_minutes(other, "group", 12)
        share.share(other, tmp_path / "two.walk")
    protocol.begin(desk, hosts=False)
    collect.collect(desk, [tmp_path / "two.walk"])
    (found,) = conflicts.waiting(desk)
    assert found.what == "The minutes and steps of the debrief"
    told = " ".join(value for row in found.rows for value in row.values)
    assert "Inquiry and norms" in told
    assert "Group like with like: 12 min" in told


@pytest.mark.parametrize(
    "fields",
    [
        {"entered": [{"step": "verdict", "at": 5}]},
        {"entered": [{"step": "group", "at": LATEST_MS}]},
        {"entered": [{"step": "norms", "at": 9}, {"step": "verdict", "at": 3}]},
        {"minutes": [{"step": "verdict", "minutes": 5}, {"step": "group", "minutes": 100_000}]},
        {"total": 100_000},
    ],
)
def test_what_a_newer_or_a_hostile_pack_holds_breaks_nothing(
    desk: Desk, clock: FixedClock, fields: dict[str, Any]
) -> None:
    record = Debriefing.model_validate(
        {"id": debriefing_id(desk.walk_id), "walk": desk.walk_id, **fields}
    )
    desk.save("other", "from elsewhere", record)
    clock.advance(minutes=1)
    for step in steps.IDS:
        protocol.title(desk, step)
    assert protocol.where(desk) in {*protocol.SCREENS.values()}
    protocol.go_to(desk, "group")
    clock.advance(minutes=1)
    protocol.go_on(desk, "group")
    assert protocol.standing(desk).step == "trends"


def test_an_entry_of_a_newer_walk_is_carried_over(desk: Desk) -> None:
    entry = StepEntry.model_validate({"step": "verdict", "at": 5, "colour": "blue"})
    record = Debriefing(id=debriefing_id(desk.walk_id), walk=desk.walk_id, entered=(entry,))
    desk.save("other", "from elsewhere", record)
    protocol.begin(desk, hosts=False)
    kept = protocol.standing(desk).record.entered
    assert kept[0].model_extra == {"colour": "blue"}
    assert [one.step for one in kept] == ["verdict", "norms"]
