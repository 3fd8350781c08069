"""A desk, a small plan, and edits of its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import desk_at
from walk.model import Focus
from walk.routine.desk import Desk
from walk.routine.planning import prepare

SMALL = """
[walk]
id = "00000000000000000000000000000001"
title = "Evidence"
date = 2025-10-14
[focus]
statement = "Reasons and sources"
inquiry = ["In what ways am I pressing for evidence?"]
confirmed_on = 2025-10-01
[[look_for]]
name = "Press"
[[look_for]]
name = "Point"
[[visit]]
code = "V1"
[[visit]]
code = "V2"
[[walker]]
label = "Ana"
roles = ["lead"]
[[walker]]
label = "Ben"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk without a walk."""
    with desk_at(tmp_path / "lead.walkdb") as own:
        yield own


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan file with a confirmed focus."""
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, "utf-8")
    return path


def edit(path: Path, *pairs: tuple[str, str]) -> Path:
    """Put other words into the file; each must be there."""
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return path


def focus(desk: Desk) -> Focus:
    """The focus of the walk on the desk."""
    return prepare.focus(desk)
