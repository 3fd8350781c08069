"""Silent write and hall talk without a screen: what is shared, kept private and undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, texts, the_visit, write_form
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import Form, HallTalk, Note, Record
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import hall, visit, write


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb", clock) as made:
        begin_small(made)
        yield made


def _left(desk: Desk, *lines: str, code: str = "V1") -> Form:
    form = visit.enter(desk, the_visit(desk, code))
    for line in lines:
        visit.add_note(desk, form, line)
        _a_second_later(desk)
    return visit.leave(desk, form)


def _a_second_later(desk: Desk) -> None:
    """Notes are told apart by when they were begun."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(seconds=1)


def _notes(desk: Desk, form: Form) -> list[Note]:
    return [one.record for one in visit.notes(desk, form)]


def _team(desk: Desk, kind: str) -> list[str]:
    """The newest published body of each record of a kind."""
    found: dict[bytes, str] = {}
    for rev in desk.store.published(desk.walk_id, (kind,)):
        found[rev.record] = "withdrawn" if rev.deleted else rev.body
    return list(found.values())


def _talk(desk: Desk) -> HallTalk:
    return hall.begin(desk, the_visit(desk, "V1"))


def _said(desk: Desk, talk: HallTalk) -> list[str]:
    return [one.record.text for one in hall.notes(desk, talk)]


# The form


def test_the_form_is_filled_in_field_by_field_and_undone_so(desk: Desk) -> None:
    form = _left(desk)
    write.describe(desk, form, part="middle")
    form = write.form_for(desk, the_visit(desk, "V1"))
    write.describe(desk, form, structure="whole class")
    form = write.form_for(desk, the_visit(desk, "V1"))
    assert (form.part, form.structure) == ("middle", "whole class")
    assert desk.undo(write.STAGE) == "form filled in"
    form = write.form_for(desk, the_visit(desk, "V1"))
    assert (form.part, form.structure) == ("middle", "")
    assert write.describe(desk, form, part="").part == ""


@pytest.mark.parametrize("happens", ["time", "lid closed", "clock set", "restart"])
def test_minutes_since_leaving(desk: Desk, clock: FixedClock, happens: str) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    clock.advance(minutes=12)
    form = visit.leave(desk, form)
    if happens == "lid closed":
        clock.sleep(150)
    elif happens == "restart":
        clock.reboot(150)
    else:
        clock.advance(seconds=150)
    if happens == "clock set":
        clock.set_wall(clock.now().utc - timedelta(hours=5))
    assert write.minutes_since_leaving(desk, form) == 2


def test_nobody_has_left_a_room_that_was_never_entered(desk: Desk) -> None:
    assert write.minutes_since_leaving(desk, write.form_for(desk, the_visit(desk, "V3"))) == 0


def test_a_form_from_paper_can_be_finished_and_has_no_minutes(desk: Desk) -> None:
    form = write.form_for(desk, the_visit(desk, "V3"))
    visit.add_note(desk, form, "S1 reads", from_paper=True)
    done = write.finish(desk, form)
    assert done.finished_at is not None
    assert done.finished_after_min is None


def test_finishing_in_the_room_leaves_it(desk: Desk, clock: FixedClock) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    visit.add_note(desk, form, "S1 reads")
    clock.advance(minutes=12)
    done = write.finish(desk, form)
    assert (done.left_after_s, done.finished_after_min) == (720, 0)


def test_finishing_shares_the_form_and_its_notes_once(desk: Desk, clock: FixedClock) -> None:
    form = _left(desk, "S1 points to line 4", "? what would help")
    clock.advance(minutes=3)
    assert _team(desk, "note") == []
    done = write.finish(desk, form)
    assert done.finished_after_min == 3
    assert len(_team(desk, "form")) == 1
    assert len(_team(desk, "note")) == 2
    assert write.unshared(desk, done) == 0
    before = list(desk.store.published(desk.walk_id))
    assert write.finish(desk, done) == done  # again: same time, nothing new
    assert list(desk.store.published(desk.walk_id)) == before


def test_another_walkers_form_is_not_shared_along(desk: Desk) -> None:
    ana = _left(desk, "mine")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    ben = _left(desk, "his")
    write.finish(desk, ben)
    assert [body for body in _team(desk, "note") if "mine" in body] == []
    assert write.unshared(desk, ana) == 2


def test_edits_after_finishing_stay_private_until_shared_again(desk: Desk) -> None:
    form = write.finish(desk, _left(desk, "S1 points", "S2 reads"))
    first, second = _notes(desk, form)
    visit.reword(desk, first, "S1 points to line 4")
    visit.withdraw(desk, second)
    visit.add_note(desk, form, "S3 asks")
    form = write.describe(desk, form, part="closing")
    assert write.unshared(desk, form) == 4
    assert texts(desk) == ["S1 points", "S2 reads", "S3 asks"]  # the pool: shared, and one's own
    assert len(_team(desk, "note")) == 2
    assert write.share_again(desk, form) == 4
    assert write.unshared(desk, form) == 0
    assert _team(desk, "note").count("withdrawn") == 1
    assert texts(desk) == ["S1 points to line 4", "S3 asks"]


def test_a_note_made_and_withdrawn_before_sharing_leaves_no_trace(desk: Desk) -> None:
    form = _left(desk, "S1 points", "typed by mistake")
    visit.withdraw(desk, _notes(desk, form)[1])
    write.finish(desk, form)
    assert len(_team(desk, "note")) == 1


def test_undo_does_not_cross_finishing_but_works_after_it(desk: Desk) -> None:
    form = write.finish(desk, _left(desk, "S1 points"))
    assert desk.undo(write.STAGE) is None
    visit.turn(desk, _notes(desk, form)[0])
    assert desk.undo(write.STAGE) == "made a wondering"
    assert write.unshared(desk, form) == 0


def test_promise_8_an_empty_form_is_asked_and_nothing_seen_is_a_full_answer(desk: Desk) -> None:
    form = _left(desk)
    assert write.is_empty(desk, form)
    with pytest.raises(Refused, match="nothing was seen"):
        write.finish(desk, form)
    form = write.describe(desk, form, nothing_seen=True)
    assert not write.is_empty(desk, form)
    assert write.finish(desk, form).finished_at is not None
    assert '"nothing_seen":true' in _team(desk, "form")[0]


# The hall talk


def test_promise_7_the_own_form_comes_before_talk(desk: Desk) -> None:
    form = _left(desk, "S1 points")
    assert not hall.ready(desk, the_visit(desk, "V1"))
    with pytest.raises(Refused, match="after the silent write"):
        _talk(desk)
    write.finish(desk, form)
    assert hall.ready(desk, the_visit(desk, "V1"))
    assert _talk(desk).visit == the_visit(desk, "V1").id


def test_another_walkers_form_does_not_open_the_talk(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    with pytest.raises(Refused):
        _talk(desk)


def test_a_look_into_the_talk_leaves_no_record_and_starts_one_clock(
    desk: Desk, clock: FixedClock
) -> None:
    write_form(desk, "V1", "S1 points")
    talk = _talk(desk)
    clock.advance(minutes=2)
    assert desk.store.all(HallTalk, desk.walk_id) == []
    assert _talk(desk) == talk
    assert hall.minutes(desk, _talk(desk)) == 2


def test_the_minutes_of_a_talk_survive_sleep_restart_and_a_set_clock(
    desk: Desk, clock: FixedClock
) -> None:
    write_form(desk, "V1", "S1 points")
    talk = _talk(desk)
    clock.set_wall(clock.now().utc + timedelta(hours=3))
    clock.sleep(100)
    assert hall.minutes(desk, talk) == 1
    clock.set_wall(clock.now().utc - timedelta(hours=3))
    clock.reboot(100)
    assert hall.minutes(desk, talk) == 3
    ended = hall.finish(desk, talk)
    clock.advance(minutes=30)
    assert hall.minutes(desk, ended) == 3


def test_hall_notes_have_no_author_and_no_time(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    talk = _talk(desk)
    saved = hall.add_note(desk, talk, '5/7 pairs say "because" #1')
    _a_second_later(desk)
    hall.add_note(desk, talk, "? what came before")
    assert saved.note.tally is not None
    assert saved.note.look_for == prepare.look_fors(desk)[0].id
    hall.finish(desk, talk)
    held = hall.notes(desk, talk)
    assert [one.record.note_kind for one in held] == ["noticing", "wondering"]
    assert {one.author for one in held} == {""}
    assert {one.record.at_s for one in held} == {None}
    assert {one.record.typed_by for one in held} == {""}
    published = desk.store.published(desk.walk_id, ("note", "hall_talk"))
    assert [rev.author for rev in published if '"form"' not in rev.body] == [b""] * 3


def test_rewording_turning_and_tying_keep_a_hall_note_the_teams(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    talk = _talk(desk)
    note = hall.add_note(desk, talk, "pairs talk").note
    note = visit.reword(desk, note, "5 of 7 pairs talk").note
    note = visit.turn(desk, note)
    visit.tie(desk, note, prepare.look_fors(desk)[0].id)
    assert [one.author for one in hall.notes(desk, talk)] == [""]
    assert desk.undo(visit.STAGE) is None  # nothing of it is an act of the silent write


def test_undo_and_redo_of_each_act_of_the_team(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    talk = _talk(desk)
    note = hall.add_note(desk, talk, "pairs talk").note
    visit.reword(desk, note, "5 of 7 pairs talk")
    talk = hall.say(desk, talk, look_next="who begins")
    hall.say(desk, talk, seen_differently="how long the pause was")
    steps = [hall.undo(desk) for _ in range(5)]
    assert steps == [
        "hall talk noted",
        "hall talk noted",
        "note reworded",
        "noticing saved",
        None,
    ]
    assert _said(desk, talk) == []
    assert desk.store.get(HallTalk, talk.id) is None
    assert [hall.redo(desk) for _ in range(5)] == [*reversed(steps[:4]), None]
    assert _said(desk, talk) == ["5 of 7 pairs talk"]
    found = desk.store.get(HallTalk, talk.id)
    assert found is not None
    assert (found.look_next, found.seen_differently) == ("who begins", "how long the pause was")


def test_whoever_types_for_the_team_can_undo(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    hall.add_note(desk, _talk(desk), "pairs talk")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    write_form(desk, "V1", "S2 reads")
    assert hall.undo(desk) == "noticing saved"


def test_finishing_shares_and_later_changes_wait(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    own = len(_team(desk, "note"))
    talk = _talk(desk)
    hall.add_note(desk, talk, "pairs talk")
    _a_second_later(desk)
    hall.add_note(desk, talk, "typed twice")
    talk = hall.finish(desk, talk)
    assert len(_team(desk, "note")) == own + 2
    assert hall.undo(desk) is None
    visit.withdraw(desk, hall.notes(desk, talk)[1].record)
    talk = hall.say(desk, talk, look_next="who begins")
    assert hall.unshared(desk, talk) == 2
    assert "who begins" not in _team(desk, "hall_talk")[0]
    again = hall.finish(desk, talk)
    assert again.finished_at == talk.finished_at
    assert hall.unshared(desk, again) == 0
    assert "withdrawn" in _team(desk, "note")
    assert "who begins" in _team(desk, "hall_talk")[0]


def test_a_talk_without_words_can_end(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    hall.finish(desk, _talk(desk))
    assert len(_team(desk, "hall_talk")) == 1


@pytest.mark.parametrize("line", ["", "  ", "?"])
def test_no_words_are_no_note_of_the_talk(desk: Desk, line: str) -> None:
    write_form(desk, "V1", "S1 points")
    talk = _talk(desk)
    with pytest.raises(Refused):
        hall.add_note(desk, talk, line)
    assert _said(desk, talk) == []


def test_the_next_visit_hears_what_its_own_team_ended_with(desk: Desk, clock: FixedClock) -> None:
    write_form(desk, "V1", "S1 points")
    talk = hall.say(desk, _talk(desk), look_next="who begins")
    assert hall.look_next(desk) == ""  # still under way
    hall.finish(desk, talk)
    clock.advance(minutes=20)
    write_form(desk, "V2", "S2 reads")
    second = hall.begin(desk, the_visit(desk, "V2"))
    hall.finish(desk, hall.say(desk, second, look_next="what is on paper"))
    assert hall.look_next(desk) == "what is on paper"
    ben = prepare.add_walker(desk, "Ben")
    desk.save(prepare.STAGE, "team", ben.changed(team="B"))
    desk.write_as(ben.id)
    assert hall.look_next(desk) == ""


def test_a_talk_has_one_record_a_team(desk: Desk) -> None:
    write_form(desk, "V1", "S1 points")
    first = hall.say(desk, _talk(desk), look_next="who begins")
    ben = prepare.add_walker(desk, "Ben")
    desk.save(prepare.STAGE, "team", ben.changed(team="B"))
    desk.write_as(ben.id)
    write_form(desk, "V1", "S2 reads")
    assert _talk(desk).id != first.id
    records: list[Record] = [one.record for one in desk.store.all(HallTalk, desk.walk_id)]
    assert records == [first]
