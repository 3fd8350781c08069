"""A plan file makes a walk, and brings it up to date without undoing what people decided."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, oddly_named, the_visit
from tests.routine import plan_files
from tests.routine.plan_files import edit, focus
from walk.clock import FixedClock
from walk.errors import PlanError, Refused, TemplateError, WalkError
from walk.model import LookFor
from walk.routine.desk import Desk
from walk.routine.exchanging import join as joining
from walk.routine.exchanging import share as sharing
from walk.routine.following import steps
from walk.routine.planning import prepare, ready
from walk.routine.planning.plan_file import take_plan
from walk.routine.visiting import visit

desk = plan_files.desk
plan = plan_files.plan


EXAMPLE = Path(__file__).parents[2] / "docs" / "plan-example.toml"


def test_the_example_is_taken_whole(desk: Desk) -> None:
    made = take_plan(desk, EXAMPLE)
    assert made.new
    assert made.changes[:3] == ("3 visits", "3 look-fors", "3 walkers")
    assert not made.id_said
    plan = prepare.plan(desk)
    assert (plan.walk.host_school, plan.walk.date, plan.walk.keep_until) == (
        "Lincoln", "2026-11-24", "2027-01-31",
    )  # fmt: skip
    assert [(one.code, one.mode) for one in plan.visits] == [
        ("V1", "in_person"), ("V2", "in_person"), ("V3", "recorded"),
    ]  # fmt: skip
    assert plan.visits[1].windows == (("09:00", "09:40"), ("09:45", "10:30"))
    assert plan.visits[0].subject_band == "humanities"
    assert [(one.name, one.about) for one in plan.look_fors] == [
        ("Asks for more", "teacher"), ("Point, read, measure", "students"),
        ("Sources within reach", "task"),
    ]  # fmt: skip
    assert plan.focus.template == "press_for_evidence"
    assert plan.focus.statement
    assert plan.focus.confirmation is not None
    assert (plan.focus.confirmation.on, plan.focus.confirmation.how_many) == ("2026-11-10", 4)
    assert plan.focus.confirmation.how == "agreed in the team meeting"
    assert plan.walk.zone == "America/Chicago"
    assert plan.rules.talk_spot == "the library, away from the doors"
    assert (plan.visits[1].inquiry, plan.visits[2].received_on) == (
        "In what ways am I waiting for a second answer?", "2026-11-20",
    )  # fmt: skip
    met, agreed = ready.meeting(desk), ready.agreements(desk)
    assert (met.date, met.groups[0]) == ("2026-11-10", "the grade 6 team")
    assert met.may_ask == ("What are you working on?", "How do you know?")
    assert met.not_visited == "the test in the third period"
    assert (agreed.notice_days, agreed.whom_to_tell) == (5, "the union representative")
    assert agreed.local_agreement == "Article 12 of the local agreement"
    assert [(one.key, one.done, one.on) for one in agreed.readiness] == [
        ("oriented", True, "2026-11-12"), ("students", False, ""),
    ]  # fmt: skip
    assert [(one.start, one.end) for one in agreed.quiet_days] == [("2026-12-14", "2026-12-18")]
    assert plan.rules.start == "08:50"
    assert plan.rules.bells == (("09:40", "09:45"),)
    assert plan.rules.lens_in_every_visit == ("multilingual learners",)
    assert plan.rules.notice_given == "2026-11-17"
    assert [(one.label, one.team, one.max_stops) for one in plan.walkers] == [
        ("Ana", "A", 0), ("Ben", "B", 0), ("Cleo", "A", 2),
    ]  # fmt: skip
    assert desk.label == "Ana"
    assert desk.own_walker() == desk.me
    assert desk.is_lead()


def test_again_changes_nothing(desk: Desk) -> None:
    take_plan(desk, EXAMPLE)
    before = desk.store.snapshot()
    again = take_plan(desk, EXAMPLE)
    assert (again.new, again.changes) == (False, ("nothing has changed",))
    assert desk.store.snapshot() == before


def test_edits_are_shown_and_taken(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    edit(
        plan,
        ('title = "Evidence"', 'title = "Evidence in talk"'),
        ('code = "V2"', 'code = "V2"\nmode = "recorded"\n[[visit]]\ncode = "V3"'),
        ('label = "Ben"', 'label = "Ben"\nteam = "B"'),
    )
    changes = take_plan(desk, plan).changes
    assert changes == (
        "changed: walk (title)",
        "changed: walker Ben (team)",
        "changed: visit V2 (mode)",
        "added: visit V3",
    )
    assert desk.walk.title == "Evidence in talk"
    assert the_visit(desk, "V2").mode == "recorded"


def test_what_left_the_file_stays_and_is_named(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    edit(plan, ('[[visit]]\ncode = "V2"\n', ""), ('[[walker]]\nlabel = "Ben"\n', ""))
    assert take_plan(desk, plan).changes == (
        "nothing has changed",
        "not in the file, and kept: visit V2 (withdraw it in Prepare)",
        "not in the file, and kept: walker Ben (take out in Prepare)",
    )
    assert [one.code for one in prepare.visits(desk)] == ["V1", "V2"]


def test_an_update_is_one_act_that_undo_takes_back(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    before = prepare.plan(desk)
    edit(plan, ('"Evidence"', '"Other"'), ('"Point"', '"Pointing"'))
    take_plan(desk, plan)
    assert prepare.plan(desk) != before
    assert desk.undo(prepare.STAGE) == "plan file taken"
    assert prepare.plan(desk) == before


def test_what_was_decided_in_the_app_is_not_undone_by_the_file(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    desk.save(prepare.STAGE, "on paper", desk.rules.changed(type_in_room=False))
    edit(plan, ('code = "V2"', 'code = "v2"'))
    take_plan(desk, plan)
    assert the_visit(desk, "V2").withdrawn
    assert len(prepare.visits(desk)) == 2
    assert not desk.rules.type_in_room


# Look-fors


def test_a_look_for_that_got_another_name_stays_the_same_one(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    ids = [one.id for one in prepare.look_fors(desk)]
    edit(plan, ('"Point"', '"Pointing"'))
    assert "changed: look-for Pointing (name)" in take_plan(desk, plan).changes
    assert [one.id for one in prepare.look_fors(desk)] == ids


def test_a_look_for_that_left_the_file_is_withdrawn(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    edit(plan, ('[[look_for]]\nname = "Press"\n', ""))
    assert "withdrawn: look-for Press" in take_plan(desk, plan).changes
    assert [one.name for one in prepare.look_fors(desk)] == ["Point"]


def test_imported_look_fors_are_left_alone(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    own = LookFor(id=desk.new_id(), walk=desk.walk_id, name="From paper", place=3, imported=True)
    desk.save("import", "look-for made", own)
    assert take_plan(desk, plan).changes == ("nothing has changed",)
    assert prepare.look_fors(desk)[-1] == own


# The focus that was confirmed


@pytest.mark.parametrize(
    "pair",
    [
        ("am I pressing", "do I press"),
        ("Reasons and sources", "Reasons"),
        ('"Point"', '"Pointing"'),
        ('[[look_for]]\nname = "Press"\n', ""),
    ],
)
def test_a_reworded_focus_is_open_again_and_leaves_a_trace(
    desk: Desk, plan: Path, pair: tuple[str, str]
) -> None:
    take_plan(desk, plan)
    assert focus(desk).confirmed
    said = take_plan(desk, edit(plan, pair)).changes
    assert "to be confirmed again by the host teachers" in said[-1]
    assert not focus(desk).confirmed
    trace = focus(desk).changes
    assert [(one.on, one.before) for one in trace] == [
        ("2025-10-14", "Reasons and sources In what ways am I pressing for evidence?")
    ]


def test_the_old_date_never_confirms_the_new_words(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    edit(plan, ("am I pressing", "do I press"))
    for _ in range(3):
        assert "to be confirmed again" in take_plan(desk, plan).changes[-1]
        assert not focus(desk).confirmed
    assert len(focus(desk).changes) == 1
    edit(plan, ("confirmed_on = 2025-10-01", "confirmed_on = 2025-10-15"))
    assert take_plan(desk, plan).changes == ("changed: focus (confirmation)",)
    assert focus(desk).confirmed


def test_new_words_with_a_new_date_are_confirmed_and_traced(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    edit(plan, ("am I pressing", "do I press"), ("2025-10-01", "2025-10-14"))
    take_plan(desk, plan)
    take_plan(desk, plan)
    assert focus(desk).confirmed
    assert len(focus(desk).changes) == 1


def test_what_the_app_says_of_confirming_outlives_an_older_date(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    prepare.confirm_focus(desk, "agreed in the team meeting", "2025-10-12", 5)
    assert take_plan(desk, plan).changes == ("nothing has changed",)
    confirmation = focus(desk).confirmation
    assert confirmation is not None
    assert confirmation.how == "agreed in the team meeting"


# Refused


@pytest.mark.parametrize(
    ("pair", "where"),
    [
        (("date = 2025-10-14", 'date = "soon"'), "plan.toml, line 5, [walk]: date"),
        (('label = "Ben"', 'label = "Ben"\nroom = "12"'), "line 23, [[walker]] 2: room"),
        (('name = "Point"', f'name = "{"x" * 29}"'), "line 13, [[look_for]] 2: name"),
        (('name = "Point"', 'name = "press"'), "line 13, [[look_for]] 2: name"),
        (("[walk]", "[walk"), "plan.toml, line 2"),
    ],
)
def test_a_mistake_is_told_by_file_line_and_key(
    desk: Desk, plan: Path, pair: tuple[str, str], where: str
) -> None:
    with pytest.raises(PlanError) as told:
        take_plan(desk, edit(plan, pair))
    assert where in told.value.message
    assert desk.store.walks() == []


@pytest.mark.parametrize(
    ("pairs", "kind", "words"),
    [
        ([('statement = "Reasons and sources"', "")], Refused, "no focus"),
        ([('statement = "Reasons and sources"', 'template = "nix"')], TemplateError, "nix"),
        ([("[[visit]]\n", ""), ('code = "V1"\ncode = "V2"\n', "")], Refused, "1 to 200"),
        ([("00000000000000000000000000000001", "x1")], Refused, "id"),
    ],
)
def test_a_plan_that_no_walk_can_be_made_from_is_refused(
    desk: Desk, plan: Path, pairs: list[tuple[str, str]], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        take_plan(desk, edit(plan, *pairs))
    assert desk.store.walks() == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        bytes(range(256)),
        b"SQLite format 3\x00" * 20,
        b"#" * 1_000_001,
        b"[" * 100_000,
        b"\xff\xfe[\x00w\x00",
        b"[walk]\r\r\n",
        b'[walk]\ndate = "2025-10-14"\ndate = 2025-10-14\n',
        b'[focus]\nstatement = "\\u001b]8;;x\\u0007"\n',
        "[focus]\nstatement = '[red]\u202e'\n".encode(),
    ],
)
def test_rubbish_is_told_in_words_and_leaves_nothing(desk: Desk, plan: Path, data: bytes) -> None:
    plan.write_bytes(data)
    with pytest.raises(WalkError) as told:
        take_plan(desk, plan)
    assert told.value.message
    assert not {"\x1b", "\u202e", "\x07"} & set(told.value.message)
    assert (desk.store.walks(), desk.walk_id) == ([], "")
    assert plan.read_bytes() == data


def test_a_folder_and_a_file_that_is_gone_are_told(desk: Desk, plan: Path) -> None:
    for path in (plan.parent, plan.with_name("gone.toml"), oddly_named(plan.parent, ".toml")):
        with pytest.raises(PlanError, match="cannot be read"):
            take_plan(desk, path)


def test_another_laptop_does_not_change_the_plan(desk: Desk, plan: Path, tmp_path: Path) -> None:
    take_plan(desk, plan)
    pack = tmp_path / "plan.walk"
    sharing.share(desk, pack, plan_only=True)
    with desk_at(tmp_path / "ben.walkdb") as ben:
        joining.join(ben, pack, "Ben")
        before = ben.store.snapshot()
        with pytest.raises(Refused, match="another laptop"):
            take_plan(ben, edit(plan, ('"Evidence"', '"Mine"')))
        assert ben.store.snapshot() == before


def test_a_walk_of_the_app_is_taken_up_by_its_id(desk: Desk, plan: Path) -> None:
    walk = begin_small(desk)
    visit.enter(desk, the_visit(desk, "V1"))
    edit(plan, ("00000000000000000000000000000001", walk))
    made = take_plan(desk, plan)
    assert (made.walk, made.new) == (walk, False)
    assert desk.label == "me"  # who was writing goes on
    assert "not in the file, and kept: visit V3 (withdraw it in Prepare)" in made.changes


def test_without_dates_today_and_sixty_days_are_taken_and_stay(plan: Path, tmp_path: Path) -> None:
    edit(plan, ("date = 2025-10-14\n", ""))
    for day in (14, 20):
        clock = FixedClock(datetime(2025, 10, day, 9, 0, tzinfo=UTC))
        with desk_at(tmp_path / "lead.walkdb", clock) as desk:
            take_plan(desk, plan)
            assert (desk.walk.date, desk.walk.keep_until) == ("2025-10-14", "2025-12-13")


def test_the_file_of_a_walk_that_has_ended_does_not_move_it_to_another_day(
    desk: Desk, plan: Path
) -> None:
    take_plan(desk, plan)
    steps.call_off(desk, "snow")
    assert not take_plan(desk, plan).new
    edit(plan, ("date = 2025-10-14", "date = 2025-11-18"))
    with pytest.raises(Refused, match="take the line with the id out of the file"):
        take_plan(desk, plan)
    assert desk.walk.date == "2025-10-14"
