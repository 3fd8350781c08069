"""What a plan file leaves open stays, and what it says it changes."""

from __future__ import annotations

from pathlib import Path

from tests.desks import the_visit
from tests.routine import plan_files
from tests.routine.plan_files import edit, focus
from walk.focus import load_template
from walk.model import Agreements, Meeting, agreements_id, meeting_id
from walk.routine.desk import Desk
from walk.routine.planning import prepare, ready
from walk.routine.planning.plan_file import take_plan

desk = plan_files.desk
plan = plan_files.plan


MORE = """
[walk]
id = "00000000000000000000000000000001"
date = 2025-10-14
talk_spot = "by the stairs"
[focus]
statement = "Reasons"
no_learning_reason = "none yet"
[meeting]
date = 2025-09-30
groups = ["grade 6"]
agreed = '''One line
and another'''
may_ask = ["Why?"]
not_visited = "tests"
[agreements]
local_agreement = "Article 12"
notice_days = 5
whom_to_tell = "the representative"
individual_notes = true
who_sees_raw = "the team"
type_in_room = false
[[readiness]]
key = "learning"
done = true
who = "Ana"
on = 2025-10-01
[[readiness]]
key = "notice"
reason = "next week"
[[quiet]]
from = 2025-12-01
to = 2025-12-05
why = "test"
[[quiet]]
from = 2025-11-11
[[visit]]
code = "V1"
inquiry = "Own?"
received_on = 2025-10-10
"""


def test_what_is_agreed_is_taken_and_stays_when_the_file_is_silent(desk: Desk, plan: Path) -> None:
    plan.write_text(MORE, "utf-8")
    take_plan(desk, plan)
    assert take_plan(desk, plan).changes == ("nothing has changed",)
    before = desk.store.snapshot()
    assert ready.meeting(desk).agreed == "One line\nand another"
    assert ready.agreements(desk).individual_notes
    assert (desk.rules.who_sees_raw, desk.rules.type_in_room) == ("the team", False)
    assert [one.key for one in ready.agreements(desk).readiness] == ["learning", "notice"]
    assert [one.start for one in ready.agreements(desk).quiet_days] == ["2025-11-11", "2025-12-01"]
    head, rest = MORE.split("[meeting]")
    visit_only = "[[visit]]" + rest.split("[[visit]]")[1].split("inquiry")[0]
    silent = head.replace('talk_spot = "by the stairs"\n', "") + visit_only
    plan.write_text(silent.replace('no_learning_reason = "none yet"\n', ""), "utf-8")
    assert take_plan(desk, plan).changes == (
        "nothing has changed",
        "not in the file, and kept: quiet days",
    )
    assert desk.store.snapshot() == before


def test_what_the_file_says_otherwise_changes(desk: Desk, plan: Path) -> None:
    plan.write_text(MORE, "utf-8")
    take_plan(desk, plan)
    edit(
        plan,
        ("'''One line\nand another'''", '""'),
        ("individual_notes = true", "individual_notes = false"),
        ('[[readiness]]\nkey = "notice"\nreason = "next week"\n', ""),
        ("to = 2025-12-05", "to = 2025-12-06"),
        ('inquiry = "Own?"', 'inquiry = ""'),
    )
    assert take_plan(desk, plan).changes == (
        "changed: meeting (agreed)",
        "changed: agreements (quiet days, individual notes)",
        "changed: visit V1 (inquiry)",
        "not in the file, and kept: readiness notice",
    )
    assert ready.meeting(desk).agreed == ""
    assert the_visit(desk, "V1").inquiry == ""


def test_a_new_walk_without_agreements_has_no_records_of_them(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    assert desk.store.get(Meeting, meeting_id(desk.walk_id)) is None
    assert desk.store.get(Agreements, agreements_id(desk.walk_id)) is None


def test_how_it_was_confirmed_may_be_corrected_in_the_file(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    edit(
        plan, ("confirmed_on = 2025-10-01", 'confirmed_on = 2025-10-01\nconfirmed_how = "by vote"')
    )
    assert take_plan(desk, plan).changes == ("changed: focus (confirmation)",)
    edit(plan, ("by vote", "by a vote"))
    assert take_plan(desk, plan).changes == ("changed: focus (confirmation)",)
    edit(plan, ('"by a vote"', '"by a vote"\nconfirmed_how_many = 3'))
    take_plan(desk, plan)
    said = focus(desk).confirmation
    assert said is not None
    assert (said.how, said.how_many) == ("by a vote", 3)


def test_a_dry_run_tells_and_saves_nothing(desk: Desk, plan: Path) -> None:
    told = take_plan(desk, plan, save=False)
    assert (told.new, told.changes) == (True, ("2 visits", "2 look-fors", "2 walkers"))
    assert (desk.store.walks(), desk.walk_id) == ([], "")
    take_plan(desk, plan)
    before = desk.store.snapshot()
    edit(plan, ('"Evidence"', '"Other"'))
    assert take_plan(desk, plan, save=False).changes == ("changed: walk (title)",)
    assert desk.store.snapshot() == before


def test_a_gap_that_a_withdrawn_visit_left_is_no_change(desk: Desk, plan: Path) -> None:
    edit(plan, ('code = "V2"', 'code = "V2"\n[[visit]]\ncode = "V3"'))
    take_plan(desk, plan)
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    assert take_plan(desk, plan).changes == (
        "nothing has changed",
        "in the file, and still withdrawn: visit V2",
    )
    edit(plan, ('code = "V2"\n[[visit]]\n', ""))
    assert take_plan(desk, plan).changes == ("nothing has changed",)
    edit(plan, ('code = "V1"\n[[visit]]\ncode = "V3"', 'code = "V3"\n[[visit]]\ncode = "V1"'))
    take_plan(desk, plan)
    assert [one.code for one in prepare.visits(desk) if not one.withdrawn] == ["V3", "V1"]


def test_a_walker_written_in_other_letters_is_the_same_one(desk: Desk, plan: Path) -> None:
    take_plan(desk, plan)
    edit(plan, ('label = "Ben"', 'label = "BEN"'))
    assert take_plan(desk, plan).changes == ("nothing has changed",)


def test_the_caution_of_a_template_comes_along(desk: Desk, plan: Path) -> None:
    edit(plan, ('statement = "Reasons and sources"', 'template = "disability_access"'))
    take_plan(desk, plan)
    assert focus(desk).caution == load_template("disability_access").caution != ""
