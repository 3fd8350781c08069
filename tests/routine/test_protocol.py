"""The debrief's protocol on a desk: time from the clock, going on when people say, lines typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desks import begin_small, desk_at
from tests.routine import protocol_desk
from tests.routine.protocol_desk import right
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
from walk.routine.debriefing import protocol, said
from walk.routine.debriefing.protocol import ALL, Place
from walk.routine.desk import Desk
from walk.routine.exchanging import collect, share
from walk.routine.home.home import overview
from walk.routine.keeping import purge
from walk.routine.planning import prepare
from walk.routine.settling import conflicts
from walk.routine.visiting import door

clock = protocol_desk.clock
desk = protocol_desk.desk


def _theme(desk: Desk) -> Theme:
    theme = Theme(id=desk.new_id(), walk=desk.walk_id, name="Writing")
    desk.save("debrief", "theme", theme)
    return theme


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
        assert right(other, "norms") == "1 of 2 min"
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
    record = Debriefing.from_dict(
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
    entry = StepEntry.from_dict({"step": "verdict", "at": 5, "colour": "blue"})
    record = Debriefing(id=debriefing_id(desk.walk_id), walk=desk.walk_id, entered=(entry,))
    desk.save("other", "from elsewhere", record)
    protocol.begin(desk, hosts=False)
    kept = protocol.standing(desk).record.entered
    assert kept[0].newer_fields() == {"colour": "blue"}
    assert [one.step for one in kept] == ["verdict", "norms"]
