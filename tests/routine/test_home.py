"""Home without a screen: what comes next at every stage, and what waits elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import walk
from tests.desks import begin_small, the_visit, write_form
from tests.routine import at_home
from tests.routine.at_home import also, stages, what_next
from tests.routine.laptops import Laptops, wrote
from walk.clock import FixedClock
from walk.model import Closing, Step, Theme, Trend, closing_id, trend_id
from walk.routine.debriefing import protocol
from walk.routine.desk import Desk
from walk.routine.exchanging import collect
from walk.routine.home.home import Overview, overview
from walk.routine.planning import prepare
from walk.routine.visiting import hall, visit

desk = at_home.desk
clock = at_home.clock


def states(view: Overview) -> dict[str, str]:
    return {one.visit.code: one.state for one in view.visits}


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
    step = Step.from_dict({"id": desk.new_id(), "walk": desk.walk_id, "what": "Try", **fields})
    desk.save("steps", "step", step)
    return step


def close(desk: Desk, **fields: object) -> None:
    ends = {"id": closing_id(desk.walk_id), "walk": desk.walk_id, **fields}
    desk.save("steps", "closed", Closing.from_dict(ends))


def test_an_empty_store_has_no_walk_and_nothing_to_do(desk: Desk) -> None:
    assert overview(desk) == Overview()


def test_a_walk_just_begun_goes_to_its_first_visit(desk: Desk) -> None:
    begin_small(desk)
    view = overview(desk)
    assert what_next(desk) == ("visit", "V1", "Next: visit V1, in person")
    assert states(view) == {"V1": "not yet", "V2": "not yet", "V3": "not yet"}
    assert view.label == "me"
    assert view.inquiry.startswith("In what ways am I pressing")
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


def test_the_debrief_is_under_way_until_its_last_step_is_left(desk: Desk) -> None:
    """Also where all themes are stated before: Home would say done beside "step 7 of 8"."""
    begin_small(desk, visits=2)
    write_form(desk, "V1", "14 of 22 wrote")
    write_form(desk, "V2", "5 of 7 pairs")
    protocol.begin(desk, hosts=False)
    a_theme(desk)
    protocol.go_to(desk, "wonderings")
    assert "Debrief  under way" in stages(desk)
    protocol.go_on(desk, "wonderings")
    protocol.go_on(desk, "next")
    assert "Debrief  done" in stages(desk)


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


def test_unsaved_words_of_what_it_takes_to_know_lead_to_the_wonderings(desk: Desk) -> None:
    begin_small(desk)
    desk.keep_draft("to_know:aa", "whom to ask")
    (one,) = overview(desk).unsaved
    assert one.action is not None
    assert (one.where, *one.action[:2]) == ("the debrief", "protocol", "wonderings")


def test_every_place_where_words_wait_leads_somewhere(desk: Desk) -> None:
    begin_small(desk)
    source = Path(walk.__file__).parent
    code = "".join(
        one.read_text("utf-8")
        for room in ("screens", "plain")
        for one in sorted((source / room).rglob("*.py"))
    )
    places = set(re.findall(r'(?:place=|place = |save_words\(\s*)f"([a-z_ ]+:)', code))
    assert len(places) > 15
    for place in places - {"visit:", "hall:", "edit:"}:  # these name a record of the walk
        desk.keep_draft(f"{place}aa", "words")
    assert [one for one in overview(desk).unsaved if one.action is None] == []


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


def test_a_step_that_is_not_carried_on_closes_no_walk(desk: Desk) -> None:
    begin_small(desk, visits=1)
    write_form(desk, "V1", "14 of 22 wrote")
    a_theme(desk)
    a_step(desk, level="school leader", design="agreed", status="dropped")
    assert what_next(desk) == ("steps", "", "Agree next steps")


def test_what_others_finished_since_asks_for_no_second_pack(laptops: Laptops) -> None:
    ana, _ = wrote(laptops, "Ana", "14 of 22 wrote")
    write_form(ana, "V2", "5 of 7 pairs")
    laptops.pack(ana, "ana")
    ben = laptops.joined("Ben")
    assert isinstance(ben.clock, FixedClock)
    ben.clock.advance(minutes=90)
    write_form(ben, "V1", "S3 went back to the text")
    give = "Give your notes: write your pack"
    assert give not in [what_next(ana)[2], *also(ana)]
    collect.collect(ana, [laptops.pack(ben, "ben")])
    assert give not in [what_next(ana)[2], *also(ana)]
