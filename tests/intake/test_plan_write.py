"""A plan is put into the text of its file: what is said already, and every comment, stays."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.plans import next_plan, plans
from walk.errors import PlanError
from walk.intake.plan import (
    Place,
    Places,
    Plan,
    PlanBell,
    PlanMeeting,
    PlanQuiet,
    PlanVisit,
    PlanWalk,
    PlanWalker,
    parse_places,
    parse_plan,
)
from walk.intake.plan_write import write_places, write_plan

EXAMPLE = (Path(__file__).parents[2] / "docs" / "plan-example.toml").read_text("utf-8")
PLAN = """\
# our plan

# where
[walk]   # the walk
title = 'Evidence'  # short
date = "2026-10-14"
# before the rest
zone = "America/Chicago"

# apart

[focus]
inquiry = [
  "one?",  # first
  # second
  "two?",
  "three?",
] # all

[times]
start = "08:50"

[[visit]]
# the first
code = "V1" # by the door
windows = [["08:50", "09:40"], [
   "10:00", "10:40" ]]   # two

[[visit]]
code = "V2"

# the third
[[visit]]
code = "V3"
mode = "recorded" # by mail
# end of the third

# Walkers

[[walker]]
label = "Ana"
roles = "lead"
[[walker]]
label = "Ben"
# the end"""


def rewritten(plan: Plan, text: str = PLAN) -> str:
    """The text with the plan in it; it says the plan."""
    made = write_plan(text, plan)
    assert parse_plan(made) == plan
    return made


def lines_of(text: str) -> tuple[list[str], list[str]]:
    """The lines that the new text lacks, and those that it has besides."""
    old, new = PLAN.splitlines(), text.splitlines()
    return [one for one in old if one not in new], [one for one in new if one not in old]


def visit(plan: Plan, number: int, **fields: object) -> Plan:
    """The plan with one visit changed."""
    visits = list(plan.visits)
    visits[number] = replace(visits[number], **fields)  # type: ignore[arg-type]
    return replace(plan, visits=tuple(visits))


# The laws


@given(plans)
def test_a_new_file_says_the_plan(plan: Plan) -> None:
    text = write_plan("", plan)
    assert parse_plan(text) == plan
    assert write_plan(text, plan) == text


def noted(text: str, chance: Random) -> str:
    """The text with comments and blank lines put in where TOML allows them."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        apart = "\n# apart {} = 1\n" if line.startswith("[") else "\n"
        above = chance.choice(["", "", "", "# above {} [x]", apart])
        lines += [above.format(number)] if above else []
        beside = chance.choice(["", "", "  # beside {} '\""]) if line else ""
        lines.append(line + beside.format(number))
    return "\n".join(lines)


@settings(max_examples=settings().max_examples // 2)
@given(plans, plans, st.integers(0, 2**32), st.booleans())
def test_an_older_file_says_the_plan_and_keeps_its_comments(
    plan: Plan, other: Plan, seed: int, windows: bool
) -> None:
    chance = Random(seed)
    text = noted(write_plan("", plan), chance)
    if windows:
        text = text.replace("\n", "\r\n")
    assert write_plan(text, plan) == text
    wanted = next_plan(plan, other, chance)
    made = write_plan(text, wanted)
    assert parse_plan(made) == wanted
    if windows:
        assert "\n" not in made.replace("\r\n", "")
    else:
        assert "\r" not in made
    lines = made.replace("\r\n", "\n").split("\n")
    for line in kept_lines(text.replace("\r\n", "\n"), plan, wanted):
        assert line in lines
    assert write_plan(made, wanted) == made


def kept_lines(text: str, plan: Plan, wanted: Plan) -> list[str]:
    """The commented lines of tables that both plans hold alike, and comments that stand apart."""
    tables = re.split(r"(?m)^(?=\[)", text)
    kept = [one for one in text.split("\n") if one.startswith("# apart")]
    seen: dict[str, int] = {}
    fields = {"look_for": "look_fors", "bell": "bells", "visit": "visits", "walker": "walkers"}
    for table in tables[1:]:
        name = table.strip("[").split("]")[0]
        number = seen[name] = seen.get(name, -1) + 1
        was = getattr(plan, fields.get(name, name))
        now = getattr(wanted, fields.get(name, name))
        alike = was == now
        if isinstance(was, tuple):
            alike = now.count(was[number]) >= was.count(was[number])
        if alike:
            kept += [one for one in table.split("\n") if "# beside" in one]
    return kept


# By example


def test_a_key_is_changed_in_its_style_and_keeps_its_comment() -> None:
    plan = parse_plan(PLAN)
    walk = replace(plan.walk, title="Other", date=dt.date(2026, 10, 15))
    times = replace(plan.times, start=dt.time(9), visit=10)
    text = rewritten(replace(plan, walk=walk, times=times))
    assert lines_of(text) == (
        ["title = 'Evidence'  # short", 'date = "2026-10-14"', 'start = "08:50"'],
        ['title = "Other"  # short', 'date = "2026-10-15"', 'start = "09:00"', "visit = 10"],
    )


def test_lists_are_changed_entry_by_entry() -> None:
    plan = parse_plan(PLAN)
    focus = replace(plan.focus, inquiry=("one?", "2?", "three?", "four?"))
    assert lines_of(rewritten(replace(plan, focus=focus))) == (
        ['  "two?",'],
        ['  "2?",', '  "four?",'],
    )
    text = rewritten(replace(plan, focus=replace(plan.focus, inquiry=("one?", "three?"))))
    assert '  "one?",  # first\n' in text
    spans = (*plan.visits[0].windows, (dt.time(11), dt.time(11, 30, 15)))
    text = rewritten(visit(plan, 0, windows=spans))
    assert '"10:00", "10:40" ], ["11:00", "11:30:15"]]   # two\n' in text
    ana = replace(plan.walkers[0], roles=("coach",))
    assert 'roles = "coach"\n' in rewritten(replace(plan, walkers=(ana, plan.walkers[1])))
    ana = replace(plan.walkers[0], roles=("coach", "lead"))
    assert 'roles = ["coach", "lead"]' in rewritten(replace(plan, walkers=(ana, plan.walkers[1])))


def test_bare_times_in_a_span_stay_bare() -> None:
    text = '[[visit]]\ncode = "V1"\nwindows = [[08:50:00, 09:40:00]]\n'
    plan = visit(parse_plan(text), 0, windows=((dt.time(8, 50), dt.time(9, 30)),))
    assert "windows = [[08:50:00, 09:30:00]]" in rewritten(plan, text)


def test_what_is_removed_goes_and_what_stands_apart_stays() -> None:
    plan = parse_plan(PLAN)
    text = rewritten(replace(plan, visits=plan.visits[:2]))
    assert lines_of(text)[0] == [
        "# the third",
        'code = "V3"',
        'mode = "recorded" # by mail',
        "# end of the third",
    ]
    assert "# Walkers" in text
    assert rewritten(replace(plan, visits=())).count("[[visit]]") == 0
    assert 'label = "Ana"' not in rewritten(replace(plan, walkers=plan.walkers[1:]))


def test_entries_move_with_their_comments() -> None:
    plan = parse_plan(PLAN)
    text = rewritten(replace(plan, visits=plan.visits[::-1]))
    assert lines_of(text) == ([], [])
    assert text.index("# the third") < text.index('"V3"') < text.index('"V2"')
    assert text.index('"V2"') < text.index("# the first") < text.index("# Walkers")


def test_new_ones_stand_after_their_neighbours() -> None:
    plan = parse_plan(PLAN)
    new = PlanVisit("V4", "virtual_live", inquiry="Own?")
    text = rewritten(replace(plan, visits=(plan.visits[0], new, *plan.visits[1:])))
    assert '# two\n\n[[visit]]\ncode = "V4"\nmode = "virtual_live"\ninquiry = "Own?"\n\n' in text
    text = rewritten(replace(plan, walkers=(*plan.walkers, PlanWalker("Cleo"))))
    assert text.endswith('label = "Ben"\n# the end\n\n[[walker]]\nlabel = "Cleo"\n')
    text = rewritten(replace(plan, bells=(PlanBell(dt.time(9, 40), dt.time(9, 45)),)))
    assert 'start = "08:50"\n\n[[bell]]\nfrom = 09:40:00\nto = 09:45:00\n\n[[visit]]\n' in text


def test_a_table_that_is_not_there_is_made() -> None:
    plan = replace(parse_plan(PLAN), meeting=PlanMeeting(agreed="Line\nand line", groups=()))
    assert '] # all\n\n[meeting]\ngroups = []\nagreed = "Line\\nand line"\n\n[times]' in rewritten(
        plan
    )


def test_two_quiet_spells_of_one_day_are_kept_apart() -> None:
    day = dt.date(2026, 5, 4)
    plan = Plan(quiet=(PlanQuiet(day, day, "test"), PlanQuiet(day, day, "trip")))
    text = rewritten(plan, "")
    kept = replace(plan, quiet=plan.quiet[:1])
    assert rewritten(kept, text).count("[[quiet]]") == 1


def test_of_two_bells_that_begin_together_the_right_one_stays() -> None:
    text = (
        "[[bell]]\nfrom = 09:00:00 # a\nto = 09:05:00\n\n"
        "[[bell]]\nfrom = 09:00:00 # b\nto = 09:10:00\n"
    )
    plan = parse_plan(text)
    assert "# b" in rewritten(replace(plan, bells=plan.bells[1:]), text)
    assert rewritten(replace(plan, bells=plan.bells[::-1]), text).count("from") == 2


def test_a_byte_of_an_odd_layout_is_not_touched() -> None:
    text = "walk = {title = 'a'}\r\n[[visit]]\ncode='V1'\n\t[times]\r\n  start=08:50:00\n"
    assert write_plan(text, parse_plan(text)) == text
    plan = visit(parse_plan(text), 0, code="V2", mode="recorded")
    assert rewritten(plan, text).startswith("walk = {title = 'a'}\r\n")


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("walk = {title = 'a'}\n", r"\[walk\]"),
        ("walk.title = 'a'\n", r"\[walk\]"),
        ("visit = [{code = 'V1'}]\n", r"\[\[visit\]\]"),
        ("visit = []\n", r"\[\[visit\]\]"),
    ],
)
def test_a_table_in_a_line_is_not_changed(text: str, header: str) -> None:
    plan = replace(parse_plan(text), walk=PlanWalk(title="b"), visits=(PlanVisit("V2"),))
    with pytest.raises(PlanError, match=f"is not written under {header}"):
        write_plan(text, plan)


@pytest.mark.parametrize(
    ("walk", "words"),
    [
        (PlanWalk(title=" blank at the ends "), "could not be changed"),
        (PlanWalk(title="two\nlines"), "title holds a line break"),
        (PlanWalk(title="\ud800"), "title holds a line break"),
        (PlanWalk(host_school="x" * 201), "longer than 200"),
    ],
)
def test_what_no_file_can_say_is_refused(walk: PlanWalk, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        write_plan(EXAMPLE, replace(parse_plan(EXAMPLE), walk=walk))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            '[[visit]]\ncode="V1"\n[rules]\nteam_size_at_most=3\n[[visit]]\ncode="V2" # e\n',
            'code="V2" # e\nmode = "recorded"\n',
        ),
        ('["walk"]\n[[ visit ]] # h\n"code" = "V1"\n', '[[ visit ]] # h\n"code" = "V1"\nmode = '),
        ('[meeting]\nagreed = """\n[[visit]]\n# no\n"""\n[[visit]]\ncode=\'a\'', "# no\n"),
        ("\t[[visit]]\n\tcode = '#' # c\n\t# d\n\n\n# e", "\tcode = '#' # c\n\t# d\nmode"),
        ("[[visit]]\ncode = 'V1'\nwindows = [\n[08:00:00, 09:00:00]\n] # w\n", "\n] # w\nmode"),
    ],
)
def test_an_odd_layout_is_kept(text: str, part: str) -> None:
    plan = parse_plan(text)
    assert part in rewritten(visit(plan, len(plan.visits) - 1, mode="recorded"), text)


def test_what_cannot_be_read_is_not_written_over() -> None:
    with pytest.raises(PlanError, match="line 1"):
        write_plan("[walk\n", Plan())


# Places


def test_places_are_written_the_same_way() -> None:
    text = '# ours\n[[place]]\ncode = "V1" # near\nplace = "Room 12"\n'
    places = Places((Place("V1", "Room 14"), Place("V2", "", ("Ana",))))
    made = write_places(text, places)
    assert made == (
        '# ours\n[[place]]\ncode = "V1" # near\nplace = "Room 14"\n\n'
        '[[place]]\ncode = "V2"\nown_room_of = ["Ana"]\n'
    )
    assert parse_places(made) == places
    assert write_places(made, places) == made
    assert parse_places(write_places("", places)) == places
