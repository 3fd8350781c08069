"""kill -9 in the middle of every command: all adds up, nothing is half, again it ends well."""

from __future__ import annotations

import pytest

from tests.faults.commands import USES, in_own_process
from walk.cli import walk as root

pytestmark = pytest.mark.faults
QUICK = ("note", "import", "share", "collect", "backup", "purge")
"""Those that write most; the others have their turn in the long form."""


def test_every_command_has_its_turn() -> None:
    assert {name.split()[0] for name in USES} == set(root.commands)


def test_kills_at_any_moment_leave_no_half() -> None:
    assert in_own_process(f"killed_often({QUICK!r}, 3)") >= 6


@pytest.mark.deep
@pytest.mark.parametrize("name", USES)
def test_kills_at_many_moments_leave_no_half(name: str) -> None:
    assert in_own_process(f"killed_often([{name!r}], 14)") >= 5
