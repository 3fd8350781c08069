"""Laptops for tests of packs: a lead's with a plan of three walkers, and what joins it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.desks import desk_at, texts, write_form
from walk.clock import FixedClock
from walk.model import Note
from walk.routine.desk import Desk
from walk.routine.exchanging import join as joining
from walk.routine.exchanging import share as sharing
from walk.routine.planning.plan_file import take_plan
from walk.routine.summary import facts, render

PLAN = """
[walk]
title = "Evidence"
date = 2025-10-14
[focus]
statement = "Reasons and sources"
[[visit]]
code = "V1"
[[visit]]
code = "V2"
[[walker]]
label = "Lea"
roles = ["lead"]
[[walker]]
label = "Ana"
[[walker]]
label = "Ben"
"""


class Laptops:
    """The lead's laptop, with a plan of three walkers, and what joins it; each has a store."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.stack = stack
        plan = folder / "plan.toml"
        plan.write_text(PLAN, "utf-8")
        self.lead = self.laptop("lead")
        take_plan(self.lead, plan)
        self.plan = folder / "plan.walk"
        sharing.share(self.lead, self.plan, plan_only=True)

    def laptop(self, name: str) -> Desk:
        """Another laptop, with an empty store."""
        return self.stack.enter_context(desk_at(self.folder / f"{name}.walkdb", FixedClock()))

    def joined(self, label: str) -> Desk:
        """A laptop that took the plan and joined under a label of the roster."""
        desk = self.laptop(label)
        joining.join(desk, self.plan, label)
        return desk

    def pack(self, desk: Desk, name: str) -> Path:
        """What a laptop shares, as a file."""
        path = self.folder / f"{name}.walk"
        sharing.share(desk, path)
        return path


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    """A lead's laptop with a plan."""
    with ExitStack() as stack:
        yield Laptops(tmp_path, stack)


def wrote(laptops: Laptops, label: str, *lines: str) -> tuple[Desk, Path]:
    """A laptop that joined and wrote a form about V1, and its pack."""
    desk = laptops.joined(label)
    write_form(desk, "V1", *lines)
    return desk, laptops.pack(desk, label)


def seen(desk: Desk) -> list[Any]:
    """Everything the tables and the letter say."""
    return [desk.store.snapshot(), render(facts(desk), "text"), texts(desk), desk.walk_id]


def note_of(desk: Desk, text: str) -> Note:
    """The note that says this."""
    held = [one.record for one in desk.store.all(Note, desk.walk_id)]
    return next(one for one in held if one.text == text)
