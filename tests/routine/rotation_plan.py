"""A plan with a rotation, and a desk that takes it in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import desk_at
from walk.clock import FixedClock
from walk.routine.desk import Desk
from walk.routine.planning import plan_file

PLAN = """
[walk]
host_school = "Lincoln"
date = 2025-10-14
zone = "America/Chicago"
[focus]
statement = "Reasons and sources in discussion"
[times]
start = 08:50:00
[[visit]]
code = "V1"
[[visit]]
code = "V2"
windows = [["08:50", "10:40"]]
[[visit]]
code = "V3"
[[visit]]
code = "V4"
mode = "recorded"
[[walker]]
label = "Ana"
team = "B"
roles = ["lead", "timekeeper"]
[[walker]]
label = "Ben"
team = "A"
lens = "language"
roles = ["timekeeper"]
max_stops = 5
[[walker]]
label = "Cem"
team = "A"
max_stops = 3
"""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb", clock) as made:
        yield made


def take(desk: Desk, folder: Path, text: str = PLAN) -> None:
    file = folder / "PLAN.toml"
    file.write_text(text, encoding="utf-8")
    plan_file.take_plan(desk, file)
