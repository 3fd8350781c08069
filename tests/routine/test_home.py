"""Home without a screen: what comes next at every stage, and what waits elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from walk.clock import FixedClock
from walk.model import Closing, Step, Theme, Trend, Walker, closing_id, trend_id
from walk.routine import (
    board,
    correction,
    hall,
    prepare,
    receipts,
    rotation,
    share,
    times,
    visit,
)
from walk.routine.collect import collect
from walk.routine.desk import Desk
from walk.routine.home import Overview, overview
from walk.routine.join import join
from walk.routine.waiting import Action


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        yield made


@pytest.fixture
def clock(desk: Desk) -> FixedClock:
    assert isinstance(desk.clock, FixedClock)
    return desk.clock


def what_next(desk: Desk) -> tuple[str, str, str]:
    """Screen, visit code and words of the next action."""
    found = overview(desk).next
    assert found is not None
    code = next((one.code for one in prepare.visits(desk) if one.id == found.at), found.at)
    return found.screen, code, found.words


def also(desk: Desk) -> list[str]:
    return [one.words for one in overview(desk).also]


def offered(desk: Desk) -> list[str]:
    """The screens that Home offers, the obvious one first."""
    view = overview(desk)
    return [one.screen for one in (view.next, *view.also) if one]


def states(view: Overview) -> dict[str, str]:
    return {one.visit.code: one.state for one in view.visits}


def stages(desk: Desk) -> list[str]:
    return [f"{one.name} {one.count} {one.state}" for one in overview(desk).stages]


def a_theme(desk: Desk, *, stated: bool = True, parked: bool = False) -> None:
    theme = Theme(id=desk.new_id(), walk=desk.walk_id, name="Students point to the text")
    trend = Trend(
        id=trend_id(theme.id),
        walk=desk.walk_id,
        theme=theme.id,
        statement="Students point to the text",
        polarity="" if parked else "asset",
        parked=parked,
    )
    desk.save("debrief", "theme", theme, *([trend] if stated else []))


def a_step(desk: Desk, **fields: str) -> Step:
    step = Step.model_validate({"id": desk.new_id(), "walk": desk.walk_id, "what": "Try", **fields})
    desk.save("steps", "step", step)
    return step


def close(desk: Desk, **fields: object) -> None:
    ends = {"id": closing_id(desk.walk_id), "walk": desk.walk_id, **fields}
    desk.save("steps", "closed", Closing.model_validate(ends))


def test_an_empty_store_has_no_walk_and_nothing_to_do(desk: Desk) -> None:
    assert overview(desk) == Overview()


def test_a_walk_just_begun_goes_to_its_first_visit(desk: Desk) -> None:
    begin_small(desk)
    view = overview(desk)
    assert what_next(desk) == ("visit", "V1", "Next: visit V1, in person")
    assert states(view) == {"V1": "not yet", "V2": "not yet", "V3": "not yet"}
    assert view.label == "me"
    assert view.inquiry.startswith("In what ways am I pressing")
    assert not view.confirmed
    assert "See the summary" not in also(desk), "there is nothing to summarise"


def test_the_room_entered_comes_first_then_its_form(desk: Desk, clock: FixedClock) -> None:
    begin_small(desk)
    form = visit.enter(desk, the_visit(desk, "V2"))
    assert what_next(desk) == ("visit", "V2", "Continue: visit V2, in person")
    clock.advance(minutes=10)
    visit.leave(desk, form)
    assert what_next(desk) == ("write", "V2", "Finish the form for V2")
    assert states(overview(desk)) == {"V1": "not yet", "V2": "form to finish", "V3": "not yet"}


def test_a_walker_alone_goes_on_and_may_note_a_hall_talk(desk: Desk) -> None:
    begin_small(desk)
    write_form(desk, "V1", "14 of 22 wrote")
    assert what_next(desk) == ("visit", "V2", "Next: visit V2, in person")
    assert "Hall talk about V1" in also(desk)


def test_a_team_talks_in_the_hall_before_the_next_room(desk: Desk) -> None:
    begin_small(desk)
    prepare.add_walker(desk, "Ben")
    write_form(desk, "V1", "14 of 22 wrote")
    assert what_next(desk) == ("hall", "V1", "Hall talk about V1")
    talk = hall.say(desk, hall.begin(desk, the_visit(desk, "V1")), look_next="wait time")
    assert what_next(desk) == ("hall", "V1", "Go on with the hall talk about V1")
    hall.finish(desk, talk)
    assert what_next(desk) == ("visit", "V2", "Next: visit V2, in person")


def test_after_the_last_room_comes_the_debrief(desk: Desk) -> None:
    begin_small(desk, visits=2)
    write_form(desk, "V1", "14 of 22 wrote")
    write_form(desk, "V2")
    assert what_next(desk) == ("debrief", "", "Debrief: group what was noticed")
    assert states(overview(desk)) == {"V1": "done", "V2": "done"}


def test_themes_then_steps_then_closing_then_the_summary(desk: Desk) -> None:
    begin_small(desk, visits=1)
    write_form(desk, "V1", "14 of 22 wrote")
    a_theme(desk, stated=False)
    assert what_next(desk) == ("debrief", "", "Debrief: say what the themes show")
    assert not [words for words in also(desk) if words.startswith("Hall talk")]
    for held in overview(desk).stages:
        assert held.name != "Debrief" or held.state == "under way"
    desk.undo("debrief")
    a_theme(desk)
    assert what_next(desk) == ("steps", "", "Agree next steps")
    a_step(desk, level="school leader")
    assert what_next(desk) == ("steps", "", "Agree next steps")
    a_step(desk, level="teacher team", design="proposed")
    assert what_next(desk) == ("steps", "", "Close the walk")
    close(desk)
    assert what_next(desk) == ("summary", "", "See the summary")


def test_a_parked_theme_counts_as_stated(desk: Desk) -> None:
    begin_small(desk, visits=1)
    write_form(desk, "V1", "14 of 22 wrote")
    a_theme(desk, parked=True)
    assert what_next(desk) == ("steps", "", "Agree next steps")


def test_a_withdrawn_visit_is_left_out_of_every_count(desk: Desk) -> None:
    begin_small(desk, visits=2)
    prepare.withdraw_visit(desk, the_visit(desk, "V1"))
    view = overview(desk)
    assert what_next(desk) == ("visit", "V2", "Next: visit V2, in person")
    assert view.visits[0].action is None
    assert "Visits 0/1 not yet" in stages(desk)


def test_a_walk_with_every_visit_withdrawn_asks_for_one(desk: Desk) -> None:
    begin_small(desk, visits=1)
    prepare.withdraw_visit(desk, the_visit(desk, "V1"))
    assert what_next(desk) == ("prepare", "", "Prepare: add a visit")


def test_stages_say_how_far_the_walk_is(desk: Desk) -> None:
    begin_small(desk, visits=2)
    assert stages(desk) == [
        "Prepare  under way",
        "Visits 0/2 not yet",
        "Silent write  not yet",
        "Debrief  not yet",
        "Next steps  not yet",
    ]
    prepare.name_learning(desk, "Talk moves, in September")
    prepare.confirm_focus(desk, "team meeting", "2025-10-01", 4)
    write_form(desk, "V1", "14 of 22 wrote")
    assert stages(desk)[:3] == [
        "Prepare  done",
        "Visits 1/2 under way",
        "Silent write 1/1 under way",
    ]
    write_form(desk, "V2", "5 of 7 pairs")
    a_theme(desk)
    a_step(desk)
    assert stages(desk)[1:] == [
        "Visits 2/2 done",
        "Silent write 2/2 done",
        "Debrief  done",
        "Next steps  under way",
    ]


def test_on_a_shared_laptop_everything_is_told_for_who_writes(desk: Desk) -> None:
    begin_small(desk, visits=2)
    write_form(desk, "V1", "14 of 22 wrote")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    view = overview(desk)
    assert view.label == "Ben"
    assert states(view) == {"V1": "visited by others", "V2": "not yet"}
    assert what_next(desk) == ("visit", "V2", "Next: visit V2, in person")


def test_a_room_that_others_have_seen_is_no_longer_what_comes_next(desk: Desk) -> None:
    begin_small(desk, visits=1)
    write_form(desk, "V1", "14 of 22 wrote")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    assert what_next(desk) == ("collect", "", "Collect packs: 1 of 2 walkers are in")
    assert "Debrief: group what was noticed" in also(desk)


def test_earlier_walks_are_listed_newest_first_with_their_counts(
    desk: Desk, clock: FixedClock
) -> None:
    first = begin_small(desk, visits=4)
    a_theme(desk)
    a_theme(desk, parked=True)
    close(desk, visits=3)
    clock.advance(minutes=24 * 60)
    second = begin_small(desk, visits=2)
    close(desk, how="called off")
    clock.advance(minutes=24 * 60)
    begin_small(desk)
    earlier = overview(desk).earlier
    assert [one.id for one in earlier] == [second, first]
    assert [(one.state, one.visits, one.trends) for one in earlier] == [
        ("called off", 0, 0),
        ("closed", 3, 1),
    ]


def test_open_steps_of_earlier_walks_come_back_soonest_first(desk: Desk) -> None:
    first = begin_small(desk)
    later = a_step(desk, what="Later", by_when="2025-12-01", owner="principal")
    a_step(desk, what="Done", status="done")
    undated = a_step(desk, what="Some day")
    begin_small(desk)
    sooner_walk = desk.walk_id
    sooner = a_step(desk, what="Sooner", by_when="2025-11-01")
    assert [one.id for one in overview(desk).open_steps] == [later.id, undated.id]
    begin_small(desk)
    found = overview(desk).open_steps
    assert [one.id for one in found] == [sooner.id, later.id, undated.id]
    assert {one.walk for one in found} == {first, sooner_walk}
    assert found[1].owner == "principal"


def test_unsaved_words_say_where_they_wait(desk: Desk) -> None:
    begin_small(desk)
    form = visit.enter(desk, the_visit(desk, "V2"))
    note = visit.add_note(desk, form, "14 of 22 wrote").note
    desk.keep_draft(f"visit:{form.id}", "T: say mo")
    (one,) = overview(desk).unsaved
    assert (one.words, one.where) == ("T: say mo", "visit V2")
    assert one.action is not None
    assert (one.action.screen, one.action.at) == ("visit", form.visit)
    visit.leave(desk, form)
    desk.keep_draft(f"edit:{note.id}", "15 of 22")
    places = [
        (found.where, found.action and found.action.screen) for found in overview(desk).unsaved
    ]
    assert places == [("form V2", "write"), ("form V2", "write")]


def test_unsaved_words_of_a_screen_lead_to_its_line(desk: Desk) -> None:
    begin_small(desk)
    desk.keep_draft(f"prepare:inquiry 0:{desk.walk_id}", "In what ways")
    desk.keep_draft("somewhere new", "words")
    found = {one.where: one.action for one in overview(desk).unsaved}
    assert found["this walk"] is None
    there = found["prepare"]
    assert there is not None
    assert (there.screen, there.at) == ("prepare", "inquiry 0")


def test_unsaved_words_of_a_form_lead_to_the_screen_that_asks_for_them(desk: Desk) -> None:
    begin_small(desk)
    for place in ("step:new:aa", "step:aa", "closing", "state:bb", "rename:cc", "summary file"):
        desk.keep_draft(place, "words")
    found = {
        (one.where, one.action.screen, one.action.at)
        for one in overview(desk).unsaved
        if one.action
    }
    assert found == {
        ("next steps", "steps", ""),
        ("next steps", "steps", "aa"),
        ("trends", "trends", "bb"),
        ("debrief", "debrief", "cc"),
        ("summary", "summary", ""),
    }


def test_unsaved_words_of_another_walker_are_not_shown(desk: Desk) -> None:
    begin_small(desk)
    form = visit.enter(desk, the_visit(desk, "V1"))
    desk.keep_draft(f"visit:{form.id}", "secret")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    (one,) = overview(desk).unsaved
    assert one.words == ""
    assert one.where.endswith("by me")
    assert one.action is None


def test_unsaved_words_of_another_walk_wait_there(desk: Desk) -> None:
    first = begin_small(desk)
    desk.keep_draft("debrief", "words")
    begin_small(desk)
    assert overview(desk).unsaved == ()
    desk.open_walk(first)
    assert len(overview(desk).unsaved) == 1


# The rotation


def two_teams(desk: Desk, visits: int = 4) -> None:
    """A walk that starts at nine, on Team A the one who writes, on Team B Ben; made."""
    begin_small(desk, visits=visits)
    (me,) = desk.walkers()
    ben = Walker(id=desk.new_id(), walk=desk.walk_id, label="Ben", team="B")
    desk.save("prepare", "teams", me.changed(team="A"), ben)
    times.set_start(desk, "09:00")
    rotation.make(desk)


def way_of(desk: Desk, team: str) -> list[str]:
    made = rotation.current(desk)
    assert made is not None
    return [one.visit for one in made.stops if one.team == team]


def test_the_rotation_of_the_own_team_says_where_and_when(desk: Desk, clock: FixedClock) -> None:
    two_teams(desk)
    mine, others = way_of(desk, "A"), way_of(desk, "B")
    words = f"Next: visit {mine[0]}, starts 09:15 (in 15 min), in person"
    assert what_next(desk) == ("visit", mine[0], words)
    assert overview(desk).timed
    clock.advance(minutes=17)
    assert what_next(desk)[2].endswith("started 09:15 (2 min ago), in person")
    write_form(desk, mine[0], "14 of 22 wrote", minutes=10)
    words = f"Continue: visit {mine[1]}, starts 09:36 (in 9 min), in person"
    assert words in (overview(desk).next.words, *also(desk))  # type: ignore[union-attr]
    desk.write_as(next(one.id for one in desk.walkers() if one.label == "Ben"))
    assert what_next(desk)[1] == others[1]


def test_a_small_walk_without_a_rotation_stays_quiet(desk: Desk) -> None:
    begin_small(desk)
    assert what_next(desk) == ("visit", "V1", "Next: visit V1, in person")
    assert not [one for one in also(desk) if "Board" in one]
    assert not overview(desk).timed


def test_several_walkers_without_a_rotation_find_the_board(desk: Desk) -> None:
    begin_small(desk)
    prepare.add_walker(desk, "Ben")
    assert "Board: keep time for your team" in also(desk)


def test_the_board_is_offered_while_visits_are_open(desk: Desk) -> None:
    two_teams(desk, visits=2)
    assert "Board: keep time for your team" in also(desk)
    for code in ("V1", "V2"):
        write_form(desk, code, "5 of 7 pairs")
    assert "Board: keep time for your team" not in also(desk)


def test_a_walk_that_runs_late_without_a_board_still_says_what_comes_next(
    desk: Desk, clock: FixedClock
) -> None:
    two_teams(desk)
    clock.advance(minutes=5 * 60)
    first = way_of(desk, "A")[0]
    assert what_next(desk)[2] == f"Next: visit {first}, planned for 09:15, in person"
    clock.advance(minutes=24 * 60)
    assert what_next(desk)[1] == first


def test_days_ahead_the_date_is_said(desk: Desk) -> None:
    two_teams(desk)
    prepare.describe_walk(desk, host_school="", date="2025-10-20", keep_until="2025-12-13")
    rotation.make(desk)
    assert "starts 09:15 on Mon 20 Oct" in what_next(desk)[2]


def test_what_the_board_changed_is_followed(desk: Desk, clock: FixedClock) -> None:
    two_teams(desk)
    mine = way_of(desk, "A")
    clock.advance(minutes=3)
    board.next_phase(desk)
    board.skip(desk, mine[0])
    assert what_next(desk)[1] == mine[1]


def test_whoever_is_on_no_team_is_told_as_without_a_rotation(desk: Desk) -> None:
    two_teams(desk)
    desk.write_as(prepare.add_walker(desk, "Cem").id)
    assert what_next(desk)[2] == "Next: visit V1, in person"


def test_a_recorded_segment_waits_beside_the_rotation(desk: Desk) -> None:
    two_teams(desk, visits=3)
    prepare.change_visit(desk, the_visit(desk, "V3"), mode="recorded")
    rotation.make(desk)
    assert "Next: visit V3, recorded" in also(desk)
    for code in way_of(desk, "A"):
        write_form(desk, code, "5 of 7 pairs")
    offered = [what_next(desk)[2], *also(desk)]
    assert "Next: visit V3, recorded" in offered
    assert not [one for one in offered if "visit V1" in one or "visit V2" in one]


def test_a_correction_made_here_is_marked(desk: Desk) -> None:
    two_teams(desk)
    correction.shift(desk, 5)
    assert what_next(desk)[2].endswith("starts 09:20 (in 20 min), in person · corrected here")
    correction.go_to(desk, "V4")
    words = "Next: visit V4, starts 09:20 (in 20 min), in person · corrected here"
    assert what_next(desk) == ("visit", "V4", words)
    prepare.withdraw_visit(desk, the_visit(desk, "V4"))
    assert what_next(desk)[1] == way_of(desk, "A")[0]


def test_a_plan_from_another_laptop_says_as_of_when(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_teams(desk)
    assert overview(desk).as_of is None
    monkeypatch.setattr(Desk, "is_lead", lambda _: False)
    assert overview(desk).as_of == desk.now().local


def test_where_several_walk_the_stages_say_who_is_in(desk: Desk) -> None:
    begin_small(desk, visits=1)
    ben = prepare.add_walker(desk, "Ben").id
    write_form(desk, "V1", "14 of 22 wrote")
    assert "Collect 1/2 not yet" in stages(desk)
    desk.write_as(ben)
    write_form(desk, "V1", "5 of 7 pairs")
    assert "Collect 2/2 done" in stages(desk)
    assert offered(desk)[:2] == ["hall", "debrief"]


def test_a_walker_gives_their_notes_once_all_their_visits_are_done(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    begin_small(desk, visits=2)
    prepare.add_walker(desk, "Ben")
    share.share(desk, tmp_path / "plan.walk", plan_only=True)
    with desk_at(tmp_path / "bens.walkdb", clock) as bens:
        join(bens, tmp_path / "plan.walk", "Ben")
        write_form(bens, "V1", "14 of 22 wrote")
        assert offered(bens)[:2] == ["hall", "visit"]
        write_form(bens, "V2", "5 of 7 pairs")
        assert offered(bens)[:3] == ["hall", "share", "collect"]
        share.share(bens, tmp_path / "ben.walk")
        assert offered(bens)[:2] == ["hall", "collect"]
        clock.advance(minutes=1)
        prepare.add_visit(bens)
        write_form(bens, "V3", "a late one")
        assert offered(bens)[:2] == ["hall", "share"]
    assert "share" not in offered(desk)


def test_what_is_told_in_two_ways_waits_to_be_settled(desk: Desk, tmp_path: Path) -> None:
    begin_small(desk, visits=1)
    share.share(desk, tmp_path / "plan.walk", plan_only=True)
    with desk_at(tmp_path / "bens.walkdb") as bens:
        join(bens, tmp_path / "plan.walk", "Ben")
        prepare.change_visit(bens, the_visit(bens, "V1"), mode="recorded")
        share.share(bens, tmp_path / "ben.walk")
    prepare.change_visit(desk, the_visit(desk, "V1"), mode="virtual_live")
    collect(desk, [tmp_path / "ben.walk"])
    assert [one.words for one in overview(desk).waits] == ["1 conflict to settle"]


def test_a_collect_that_was_cut_off_is_told_and_leads_to_its_receipt(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_small(desk, visits=1)
    share.share(desk, tmp_path / "plan.walk", plan_only=True)
    with desk_at(tmp_path / "bens.walkdb") as bens:
        join(bens, tmp_path / "plan.walk", "Ben")
        share.share(bens, tmp_path / "ben.walk")
        assert overview(bens).waits == (), "a plan that was joined is no collect"
    with monkeypatch.context() as patch:
        patch.setattr(receipts, "keep", lambda *_: None)
        collect(desk, [tmp_path / "ben.walk"])
    assert overview(desk).waits == (
        Action(
            "receipts",
            "",
            "The last collect was cut off or still goes on: 1 pack of it came in whole",
        ),
    )
    collect(desk, [tmp_path / "ben.walk"])
    assert overview(desk).waits == ()


def test_a_laptop_that_collected_without_joining_asks_who_writes_on_it(
    desk: Desk, tmp_path: Path
) -> None:
    begin_small(desk, visits=1)
    prepare.add_walker(desk, "Ben")
    share.share(desk, tmp_path / "all.walk")
    with desk_at(tmp_path / "bens.walkdb") as bens:
        collect(bens, [tmp_path / "all.walk"])
        assert offered(bens)[:2] == ["who", "visit"]
        bens.become(next(one.id for one in bens.walkers() if one.label == "Ben"))
        assert "who" not in offered(bens)
