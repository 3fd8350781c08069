"""PLAN.toml and PLACES.toml: every key is read, what is agreed holds, defaults are full."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import FrozenInstanceError

import pytest

from tests.intake.plan_text import FULL, error_in
from walk.intake.plan import (
    ABOUT,
    MODES,
    READY_KEYS,
    Plan,
    PlanAgreements,
    PlanBell,
    PlanFocus,
    PlanLookFor,
    PlanMeeting,
    PlanQuiet,
    PlanReadiness,
    PlanRules,
    PlanTimes,
    PlanVisit,
    PlanWalk,
    PlanWalker,
    parse_plan,
)


def test_every_table_and_key_is_read() -> None:
    assert parse_plan(FULL) == Plan(
        walk=PlanWalk(
            id="0192f0c1a2b37000800000000000abcd",
            host_school="Lincoln",
            date=dt.date(2026, 10, 14),
            zone="America/Chicago",
            title="Evidence in talk",
            keep_until=dt.date(2026, 12, 13),
            notice_given="2026-10-01",
        ),
        focus=PlanFocus(
            template="accountable-talk",
            statement="Pressing students for evidence",
            inquiry=(
                "In what ways am I pressing students for evidence?",
                "In what ways am I waiting?",
            ),
            set_by="the grade 7 teachers",
            teachers=4,
            confirmed_on=dt.date(2026, 9, 30),
            professional_learning="Talk moves, three sessions in September",
        ),
        look_fors=(
            PlanLookFor("Teacher asks for more", "Press moves after a first answer", "teacher"),
            PlanLookFor("Point, read, measure", "", "students"),
        ),
        times=PlanTimes(dt.time(8, 50), 10, 10, 2, 3, 1, 30, 4),
        bells=(PlanBell(dt.time(9, 40), dt.time(9, 45)),),
        visits=(
            PlanVisit(
                "V1",
                "in_person",
                ((dt.time(8, 50), dt.time(9, 40)), (dt.time(10), dt.time(10, 40))),
                "6-8",
                "science",
            ),
            PlanVisit("V2", "virtual_live"),
        ),
        walkers=(
            PlanWalker("Ana", ("lead", "timekeeper"), "multilingual learners", "A", 3),
            PlanWalker("Ben", ("recorder",)),
        ),
        rules=PlanRules(2, ("special education",), 4),
    )


AGREED = """\
[walk]
talk_spot = "by the stairs"
mode = "recorded"
cycle = "Evidence in talk"
cycle_stage = "Set goals"

[focus]
confirmed_on = 2026-09-30
confirmed_how = "by a show of hands"
confirmed_how_many = 0
no_learning_reason = ""

[meeting]
date = "2026-09-29"
groups = ["the grade 6 team"]
agreed = '''First,
\tand second'''
may_ask = "How do you know?"
not_visited = "tests"

[agreements]
local_agreement = "Article 12"
notice_days = 5
whom_to_tell = "the representative"
individual_notes = true
who_sees_raw = "the team"
type_in_room = false

[[readiness]]
key = "Learning"
done = true
who = "Ana"
on = 2026-10-01

[[readiness]]
key = "notice"
reason = "next week"

[[quiet]]
from = 2026-12-01
to = 2026-12-05
why = "test"

[[quiet]]
from = "2026-11-11"

[[visit]]
code = "V1"
inquiry = "Own?"
received_on = 2026-10-10

[rules]
open_roster = true
"""


def test_what_was_agreed_is_read() -> None:
    assert parse_plan(AGREED) == Plan(
        walk=PlanWalk(
            talk_spot="by the stairs",
            mode="recorded",
            cycle="Evidence in talk",
            cycle_stage="set goals",
        ),
        focus=PlanFocus(
            confirmed_on=dt.date(2026, 9, 30),
            confirmed_how="by a show of hands",
            confirmed_how_many=0,
            no_learning_reason="",
        ),
        meeting=PlanMeeting(
            dt.date(2026, 9, 29),
            ("the grade 6 team",),
            "First,\n\tand second",
            ("How do you know?",),
            "tests",
        ),
        agreements=PlanAgreements("Article 12", 5, "the representative", True, "the team", False),
        readiness=(
            PlanReadiness("learning", True, "", "Ana", dt.date(2026, 10, 1)),
            PlanReadiness("notice", False, "next week"),
        ),
        quiet=(
            PlanQuiet(dt.date(2026, 12, 1), dt.date(2026, 12, 5), "test"),
            PlanQuiet(dt.date(2026, 11, 11), dt.date(2026, 11, 11)),
        ),
        visits=(PlanVisit("V1", inquiry="Own?", received_on=dt.date(2026, 10, 10)),),
        rules=PlanRules(open_roster=True),
    )


@pytest.mark.parametrize(
    ("old", "new", "where", "part"),
    [
        ('"recorded"', '"hybrid"', "[walk]", "mode must be one of"),
        ('"by the stairs"', "3", "[walk]", "talk_spot must be words in quotation marks"),
        ('"Set goals"', '"plan"', "[walk]", "cycle_stage must be one of analyse, set_goals, learn"),
        ("no_learning_reason = ", "no_reason = ", "[focus]", "no_reason: not known here"),
        ("how_many = 0", "how_many = -1", "[focus]", "confirmed_how_many must be a whole number"),
        ('"2026-09-29"', '"29 Sep"', "[meeting]", "date must be a date"),
        ('["the grade 6 team"]', "[6]", "[meeting]", "groups must be words in quotation marks"),
        ('not_visited = "tests"', 'not_visited = "\\u001b"', "[meeting]", "a control character"),
        ('"tests"', f'"{"x" * 20_001}"', "[meeting]", "not_visited is longer than 20000"),
        ("notice_days = 5", "notice_days = 366", "[agreements]", "from 0 to 365"),
        ("individual_notes = true", 'individual_notes = "yes"', "[agreements]", "true or false"),
        ("type_in_room = false", "type_in_room = 0", "[agreements]", "must be true or false"),
        ('"the team"', '""', "[agreements]", "who_sees_raw is empty"),
        ('key = "Learning"', 'key = "lessons"', "[[readiness]] 1", "key must be one of community"),
        ('key = "notice"', 'key = "learning"', "[[readiness]] 2", "already that of"),
        ('key = "notice"', "", "[[readiness]] 2", "key is missing"),
        ("done = true", "done = 1", "[[readiness]] 1", "done must be true or false"),
        ("on = 2026-10-01", 'on = "soon"', "[[readiness]] 1", "on must be a date"),
        ("from = 2026-12-01", "", "[[quiet]] 1", "from is missing"),
        ("to = 2026-12-05", "to = 2026-11-05", "[[quiet]] 1", "to (2026-11-05) is before from"),
        ("received_on = 2026-10-10", "received_on = true", "[[visit]] 1", "received_on must be"),
        ("open_roster = true", "open_roster = []", "[rules]", "open_roster must be true or false"),
    ],
)
def test_an_agreement_that_does_not_hold_up(old: str, new: str, where: str, part: str) -> None:
    assert AGREED.count(old) == 1
    message = error_in(AGREED.replace(old, new)).message
    assert re.match(rf"PLAN\.toml, line \d+, {re.escape(where)}: ", message)
    assert part in message


def test_how_it_was_confirmed_needs_a_date() -> None:
    said = error_in('[focus]\nconfirmed_how = "by vote"\n').message
    assert said == "PLAN.toml, line 2, [focus]: confirmed_how stands without confirmed_on."
    assert "confirmed_how_many stands" in error_in("[focus]\nconfirmed_how_many = 3\n").message


@pytest.mark.parametrize("zone", ["Mars/Phobos", "../../etc/passwd", "/etc/localtime", "America"])
def test_a_zone_is_one_that_is_known(zone: str) -> None:
    assert "zone must be a time zone such as" in error_in(f'[walk]\nzone = "{zone}"\n').message


def test_the_keys_of_readiness_are_those_of_the_record() -> None:
    from typing import get_args

    from walk.model.agreements import ReadyKey

    assert get_args(ReadyKey) == READY_KEYS


def test_what_is_left_out_has_the_defaults_of_a_full_slot() -> None:
    plan = parse_plan('[[visit]]\ncode = "V1"\n')
    times = plan.times
    assert (times.orientation, times.visit, times.write) == (15, 12, 3)
    assert (times.hall_talk, times.move, times.debrief) == (4, 2, 45)
    assert (times.start, times.slots) == (None, 0)
    assert plan.visits == (PlanVisit("V1", "in_person", (), "", ""),)
    assert parse_plan("") == Plan()


def test_a_plan_is_frozen() -> None:
    plan = parse_plan(FULL)
    with pytest.raises(FrozenInstanceError):
        plan.walk.title = "other"  # type: ignore[misc]


def test_modes_and_about_are_those_of_the_records() -> None:
    from typing import get_args

    from walk.model.focus import About
    from walk.model.visit import Mode

    assert get_args(Mode) == MODES
    assert get_args(About) == ABOUT


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ("in person", "in_person"),
        ("Virtual Live", "virtual_live"),
        ("viewed-remotely", "viewed_remotely"),
        (" recorded ", "recorded"),
    ],
)
def test_a_mode_may_be_written_in_words(said: str, mode: str) -> None:
    assert parse_plan(f'[[visit]]\ncode = "V1"\nmode = "{said}"\n').visits[0].mode == mode


def test_one_inquiry_may_stand_without_brackets() -> None:
    assert parse_plan('[focus]\ninquiry = "In what ways am I …?"\n').focus.inquiry == (
        "In what ways am I …?",
    )
