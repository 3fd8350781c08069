"""A whole plan as text, and what its tests change in it and ask of it."""

from __future__ import annotations

import pytest

from walk.errors import PlanError
from walk.intake.plan import parse_plan

FULL = """\
# Our plan. [[visit]] is a header only at the start of a line.
[walk]
id = "0192f0c1a2b37000800000000000abcd"
host_school = "Lincoln"
date = 2026-10-14
zone = "America/Chicago"
title = "Evidence in talk"
keep_until = "2026-12-13"
notice_given = 2026-10-01

[focus]
template = "accountable-talk"
statement = "Pressing students for evidence"
inquiry = ["In what ways am I pressing students for evidence?", "In what ways am I waiting?"]
set_by = "the grade 7 teachers"
teachers = 4
confirmed_on = 2026-09-30
professional_learning = "Talk moves, three sessions in September"

[[look_for]]
name = "Teacher asks for more"
text = "Press moves after a first answer"
about = "teacher"

[[look_for]]
name = "Point, read, measure"

[times]
start = 08:50:00
orientation = 10
visit = 10
write = 2
hall_talk = 3
move = 1
debrief = 30
slots = 4

[[bell]]
from = "09:40"
to = 09:45:00

[[visit]]
code = "V1"
mode = "In person"
windows = [["08:50", "09:40"], [10:00:00, "10:40"]]
grade_band = "6-8"
subject_band = "science"

[[visit]]
code = "V2"
mode = "virtual-live"

[[walker]]
label = "Ana"
roles = ["lead", "timekeeper"]
lens = "multilingual learners"
team = "A"
max_stops = 3

[[walker]]
label = "Ben"
roles = "recorder"

[rules]
stops_per_visit_at_most = 2
lens_in_every_visit = ["special education"]
team_size_at_most = 4
"""


def error_in(text: str) -> PlanError:
    """The error that a plan of this text raises."""
    with pytest.raises(PlanError) as caught:
        parse_plan(text)
    return caught.value
