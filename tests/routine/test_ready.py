"""Before a walk, without a screen: meeting, readiness, agreements, quiet days and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks import begin_small, desk_at, the_visit
from walk.errors import Refused, WalkError
from walk.model import Agreements, QuietDays, Readiness, agreements_id
from walk.routine.desk import Desk
from walk.routine.planning import prepare, ready, rooms
from walk.text import LIMIT

WALK_DAY = date(2025, 10, 14)
"""The day of the walk, and the one on which the clock of these tests stands still."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        yield made


def on(days: int) -> str:
    """The date so many days after the walk."""
    return (WALK_DAY + timedelta(days=days)).isoformat()


def plan_walk(desk: Desk, day: str, keep_until: str = "2026-06-30") -> None:
    prepare.describe_walk(desk, host_school="", date=day, keep_until=keep_until)


# The focus meeting


def test_a_meeting_is_written_down_part_by_part(desk: Desk) -> None:
    ready.record_meeting(desk, date="2025-10-07", groups="the grade 6 team,\n a principal ; ,")
    ready.record_meeting(desk, agreed="We look at reasons.", may_ask=["Why?", "  ", "How, then? "])
    held = ready.meeting(desk)
    assert held.date == "2025-10-07"
    assert held.groups == ("the grade 6 team", "a principal")
    assert held.agreed == "We look at reasons."
    assert held.may_ask == ("Why?", "How, then?")


def test_a_meeting_is_undone_and_done_again(desk: Desk) -> None:
    ready.record_meeting(desk, agreed="first")
    ready.record_meeting(desk, agreed="second")
    assert desk.undo(prepare.STAGE) == "focus meeting written down"
    assert ready.meeting(desk).agreed == "first"
    desk.undo(prepare.STAGE)
    assert ready.meeting(desk).agreed == ""
    desk.redo(prepare.STAGE)
    desk.redo(prepare.STAGE)
    assert ready.meeting(desk).agreed == "second"


def test_what_stands_already_is_no_act(desk: Desk) -> None:
    ready.record_meeting(desk, agreed="the same")
    ready.record_meeting(desk, agreed="the same")
    ready.agree(desk, notice_days=7)
    ready.agree(desk, notice_days=7)
    desk.undo(prepare.STAGE)
    assert ready.agreements(desk).notice_days == 0
    desk.undo(prepare.STAGE)
    assert ready.meeting(desk).agreed == ""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the grade 6 team, a building administrator", ()),
        ("Ms Lee, the grade 6 team", ("Ms Lee",)),
        ("the union representative", ()),
        ("lee@school.org", ("lee@school.org",)),
        ("", ()),
    ],
)
def test_what_looks_like_a_name_among_groups(words: str, found: tuple[str, ...]) -> None:
    assert ready.likely_names(words) == found


def test_a_name_among_groups_is_saved_all_the_same(desk: Desk) -> None:
    ready.record_meeting(desk, groups="Ms Lee")
    assert ready.meeting(desk).groups == ("Ms Lee",)


def test_too_many_questions_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="At most"):
        ready.record_meeting(desk, may_ask=["Why?"] * (ready.MAY_ASK_MOST + 1))


# Readiness


def test_every_prerequisite_is_asked_and_platforms_only_where_one_is_entered(desk: Desk) -> None:
    keys = [one.key for one in ready.readiness(desk)]
    assert keys == [key for key in ready.READY_WORDS if key != "platform"]
    rooms.change_mode(desk, the_visit(desk, "V2"), "virtual_live")
    assert [one.key for one in ready.readiness(desk)] == list(ready.READY_WORDS)
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    assert "platform" not in [one.key for one in ready.readiness(desk)]


def test_what_is_so_says_who_and_when(desk: Desk) -> None:
    ready.say_ready(desk, "community", done=True, reason="a reason that is over")
    line = ready.readiness(desk)[0]
    assert (line.said, line.done, line.reason, line.who) == (True, True, "", "me")
    assert line.on == WALK_DAY.isoformat()
    desk.undo(prepare.STAGE)
    assert not ready.readiness(desk)[0].said


def test_what_is_not_yet_so_asks_for_a_reason(desk: Desk) -> None:
    with pytest.raises(Refused, match="asks for a reason"):
        ready.say_ready(desk, "students", done=False, reason="  ")
    ready.say_ready(desk, "students", done=False, reason="next week", who="Ana", on="2025-10-09")
    (line,) = [one for one in ready.readiness(desk) if one.key == "students"]
    assert (line.done, line.settled, line.reason) == (False, True, "next week")
    assert (line.who, line.on) == ("Ana", "2025-10-09")


def test_what_a_newer_walk_asks_is_kept_and_shown_last(desk: Desk) -> None:
    newer = Readiness.from_dict({"key": "parents", "done": True, "how": "by letter"})
    own = Readiness.from_dict({"key": "notice", "seen": "yes"})
    record = Agreements(id=agreements_id(desk.walk_id), walk=desk.walk_id, readiness=(newer, own))
    desk.save(prepare.STAGE, "from elsewhere", record)
    ready.say_ready(desk, "notice", done=True)
    ready.say_ready(desk, "community", done=True)
    lines = ready.readiness(desk)
    assert (lines[-1].key, lines[-1].words, lines[-1].done) == ("parents", "parents", True)
    held = {one.key: one for one in ready.agreements(desk).readiness}
    assert held["parents"].newer_fields() == {"how": "by letter"}
    assert held["notice"].newer_fields() == {"seen": "yes"}
    assert list(held) == ["community", "notice", "parents"]


def test_a_notice_that_is_recorded_stands_for_itself(desk: Desk) -> None:
    ready.agree(desk, notice_given="2025-10-01")
    line = ready.readiness(desk)[-1]
    assert (line.key, line.said, line.done, line.on) == ("notice", True, True, "2025-10-01")
    ready.say_ready(desk, "notice", done=False, reason="two teachers were away")
    assert not ready.readiness(desk)[-1].done


# Agreements


def test_agreements_are_recorded_where_they_belong(desk: Desk) -> None:
    ready.agree(
        desk,
        local_agreement=" article 12 ",
        notice_days=7,
        whom_to_tell="the union representative",
        individual_notes=True,
        who_sees_raw="the walkers and the coach",
        type_in_room=False,
        notice_given="2025-10-01",
        talk_spot="by the library",
    )
    held, rules = ready.agreements(desk), desk.rules
    assert (held.local_agreement, held.notice_days) == ("article 12", 7)
    assert (held.whom_to_tell, held.individual_notes) == ("the union representative", True)
    assert (rules.who_sees_raw, rules.type_in_room) == ("the walkers and the coach", False)
    assert (rules.notice_given, rules.talk_spot) == ("2025-10-01", "by the library")
    desk.undo(prepare.STAGE)
    assert desk.rules.talk_spot == ""
    assert ready.agreements(desk).notice_days == 0, "one act, one undo"


def test_agreements_that_mean_nothing_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Somebody sees"):
        ready.agree(desk, who_sees_raw=" ")
    for days in (-1, 366):
        with pytest.raises(Refused, match="number of days"):
            ready.agree(desk, notice_days=days)
    with pytest.raises(Refused, match="no date for the notice"):
        ready.agree(desk, notice_given="last week")


def test_words_of_a_plan_file_about_the_notice_stay_until_changed(desk: Desk) -> None:
    desk.save("plan", "taken", desk.rules.changed(notice_given="in the September letter"))
    ready.agree(desk, notice_given="in the September letter", talk_spot="the library")
    assert desk.rules.notice_given == "in the September letter"
    assert ready.warnings(desk) == ()


@pytest.mark.parametrize(("typed", "days"), [("7", 7), (" 10 days", 10), ("1 Day", 1), ("", 0)])
def test_days_of_notice_as_typed(typed: str, days: int) -> None:
    assert ready.days_of(typed) == days


@pytest.mark.parametrize("typed", ["a week", "-3", "7.5", "1234", "٣"])
def test_days_that_are_no_number_are_refused(typed: str) -> None:
    with pytest.raises(Refused, match="no number of days"):
        ready.days_of(typed)


def test_text_that_is_too_long_or_cannot_be_kept_is_refused(desk: Desk) -> None:
    ready.agree(desk, local_agreement="w" * LIMIT)
    for bad in ("w" * (LIMIT + 1), "a\0b", "a\ud800"):
        for act in (
            lambda words: ready.agree(desk, local_agreement=words),
            lambda words: ready.record_meeting(desk, agreed=words),
            lambda words: ready.say_ready(desk, "notice", done=False, reason=words),
            lambda words: ready.set_quiet(desk, None, on(0), "", words),
        ):
            with pytest.raises(WalkError):
                act(bad)
    assert ready.agreements(desk).local_agreement == "w" * LIMIT


# Quiet days


def test_quiet_days_are_kept_in_order_changed_and_taken_out(desk: Desk) -> None:
    later = ready.set_quiet(desk, None, "2025-12-22", "2026-01-02", "holidays")
    first = ready.set_quiet(desk, None, "2025-11-03", "", "state test")
    assert first.end == "2025-11-03", "no last day means one day"
    assert ready.agreements(desk).quiet_days == (first, later)
    moved = ready.set_quiet(desk, first, "2026-02-02", "2026-02-06", "state test")
    assert ready.agreements(desk).quiet_days == (later, moved)
    ready.drop_quiet(desk, later)
    assert ready.agreements(desk).quiet_days == (moved,)
    desk.undo(prepare.STAGE)
    assert ready.agreements(desk).quiet_days == (later, moved)


def test_quiet_days_changed_elsewhere_are_not_overwritten(desk: Desk) -> None:
    gone = QuietDays(start="2025-11-03", end="2025-11-03")
    for act in (
        lambda: ready.drop_quiet(desk, gone),
        lambda: ready.set_quiet(desk, gone, "2025-11-04", "", ""),
    ):
        with pytest.raises(Refused, match="changed elsewhere"):
            act()


def test_quiet_days_that_are_none_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="before the first"):
        ready.set_quiet(desk, None, "2025-11-03", "2025-11-02", "")
    with pytest.raises(Refused, match="no date for the first quiet day"):
        ready.set_quiet(desk, None, "", "2025-11-02", "")


def test_only_so_many_quiet_days_fit(desk: Desk) -> None:
    days = tuple(QuietDays(start=on(n), end=on(n)) for n in range(ready.QUIET_MOST))
    desk.save("plan", "taken", ready.agreements(desk).changed(quiet_days=days))
    with pytest.raises(Refused, match="entries fit"):
        ready.set_quiet(desk, None, on(-5), "", "")
    assert ready.set_quiet(desk, days[0], on(-5), "", "") in ready.agreements(desk).quiet_days


# Warnings


@pytest.mark.parametrize(
    ("given_on", "agreed", "told"),
    [
        (on(-4), 7, "4 days of notice; 7 were agreed"),
        (on(-1), 2, "1 day of notice; 2 were agreed"),
        (on(0), 1, "0 days of notice; 1 was agreed"),
        (on(-7), 7, ""),
        (on(-4), 0, ""),
        (on(1), 0, "The notice is dated 15 Oct 2025, after the walk on 14 Oct 2025"),
        ("", 7, "No notice is recorded, on the day of the walk; 7 were agreed"),
        ("", 0, ""),
    ],
)
def test_the_notice_and_what_was_agreed(desk: Desk, given_on: str, agreed: int, told: str) -> None:
    ready.agree(desk, notice_given=given_on, notice_days=agreed)
    assert ready.warnings(desk) == ((told,) if told else ())


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (10, ""),
        (7, ""),
        (6, "No notice is recorded, 6 days before the walk; 7 were agreed"),
        (1, "No notice is recorded, 1 day before the walk; 7 were agreed"),
        (-1, "No notice is recorded; 7 were agreed"),
    ],
)
def test_while_no_notice_is_given_the_days_that_are_left_count(
    desk: Desk, ahead: int, told: str
) -> None:
    plan_walk(desk, on(ahead))
    ready.agree(desk, notice_days=7)
    assert ready.warnings(desk) == ((told,) if told else ())


@given(start=st.integers(-9, 9), length=st.integers(0, 9), day=st.integers(-12, 20))
def test_quiet_days_hold_from_the_first_to_the_last(start: int, length: int, day: int) -> None:
    quiet = QuietDays(start=on(start), end=on(start + length), why="state test")
    found = list(ready._on_quiet_days(WALK_DAY + timedelta(days=day), (quiet,)))
    assert len(found) == (start <= day <= start + length)


def test_a_walk_on_quiet_days_is_told_with_the_reason(desk: Desk) -> None:
    ready.set_quiet(desk, None, on(0), "", "")
    ready.set_quiet(desk, None, on(-1), on(3), "state test")
    ready.set_quiet(desk, None, on(1), on(3), "not yet")
    assert ready.warnings(desk) == (
        "The walk on 14 Oct 2025 is within quiet days (13 Oct 2025 to 17 Oct 2025, state test)",
        "The walk on 14 Oct 2025 is within quiet days (14 Oct 2025)",
    )


def test_many_quiet_days_on_one_day_are_told_in_few_words(desk: Desk) -> None:
    for number in range(6):
        ready.set_quiet(desk, None, on(-number), on(1), f"why {number}")
    told = ready.warnings(desk)
    assert len(told) == ready.QUIET_TOLD + 1
    assert told[-1] == "and within 3 more entries of quiet days"


def test_notes_kept_until_before_the_walk_are_told(desk: Desk) -> None:
    plan_walk(desk, on(0), on(-1))
    (one,) = ready.concerns(desk)
    assert one.at == "keep"
    assert one.words == (
        "Notes are kept until 13 Oct 2025, which is before the walk on 14 Oct 2025"
    )
    plan_walk(desk, on(0), on(0))
    assert ready.concerns(desk) == ()


def test_dates_that_cannot_be_read_say_nothing(desk: Desk) -> None:
    bad = QuietDays(start="", end="zzz", why="[/x]")
    desk.save("plan", "taken", ready.agreements(desk).changed(quiet_days=(bad,), notice_days=7))
    assert all(isinstance(words, str) for words in ready.warnings(desk))
    desk.save("plan", "taken", desk.walk.changed(date="soon", keep_until="later"))
    assert ready.warnings(desk) == ()


# The time zone of the walk


@pytest.mark.parametrize(
    "name", ["Chicago", "../etc", "/etc/passwd", "America", "a\x1b[31m", "x" * 5000, "[/x]"]
)
def test_a_zone_that_is_none_is_refused(desk: Desk, name: str) -> None:
    walk = desk.walk
    with pytest.raises(Refused, match="no time zone"):
        prepare.describe_walk(
            desk, host_school="", date=walk.date, keep_until=walk.keep_until, zone=name
        )
    assert desk.walk.zone == ""


def test_a_zone_is_kept_by_what_leaves_it_out(desk: Desk) -> None:
    walk = desk.walk
    prepare.describe_walk(
        desk, host_school="", date=walk.date, keep_until=walk.keep_until, zone=" Europe/Paris "
    )
    plan_walk(desk, on(3))
    assert desk.walk.zone == "Europe/Paris"
