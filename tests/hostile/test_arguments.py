"""Every argument and option of every command, given what no one should give it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.hostile.commands import DEVICES, NAMES, Call, all_commands, calls
from tests.hostile.runs import Runs
from walk.cli import walk

COMMANDS = sorted(all_commands())
RUBBISH = b"\x00\xff\x1b]0;T\x07\n? \xe2\x80\xae\n{\n" * 3
"""What commands that read their input find there."""
ONE_OF = 31
"""Of so many values one is tried in the quick form, another one for each option."""
STORE_COMMANDS = (
    *(["steps"], ["doctor", "--rebuild"], ["backup"], ["restore", "--list"], ["restore", "--yes"]),
    *(["restore", "--yes", "backup.walkdb"], ["demo", "--json"], ["language"], ["--plain"]),
    *(["collect", "ana.walk"], ["join", "plan.walk", "--as", "Ana"], ["import", "notes.csv"]),
)


def _tried(runs: Runs, made: list[Call]) -> None:
    wrong = []
    for call in made:
        ran = runs.run(
            *call.arguments,
            stdin=RUBBISH,
            env=runs.environment(WALK_STORE=str(runs.folder / "walk.walkdb")),
        )
        # A calendar, and a table as text, have two signs at the end of each line.
        if found := ran.wrong(line_ends=True):
            wrong.append(f"{call.what}: {found}")
    assert not wrong, f"{len(wrong)} of {len(made)}\n" + "\n\n".join(wrong[:5])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_takes_or_refuses_hostile_arguments(
    runs: Runs, fresh: Callable[[], list[str]], command: str
) -> None:
    _tried(runs, list(calls(command, fresh(), every=ONE_OF, start=COMMANDS.index(command))))


@pytest.mark.deep
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_takes_or_refuses_all_of_them(
    runs: Runs, fresh: Callable[[], list[str]], command: str
) -> None:
    made = list(calls(command, fresh()))
    for start in range(0, len(made), 40):
        fresh()
        _tried(runs, made[start : start + 40])


def _stores(litter: list[str], every: int) -> list[Call]:
    places = [*litter, *DEVICES, *NAMES]
    if every == 1:
        return [
            Call("--store", ("--store", place, *command))
            for place in places
            for command in STORE_COMMANDS
        ]
    return [
        Call("--store", ("--store", place, *STORE_COMMANDS[number % len(STORE_COMMANDS)]))
        for number, place in enumerate(places)
        if number % every == 0 or place in DEVICES[:2] or place in litter[-2:]
    ]


def test_a_store_may_be_named_anything(runs: Runs, fresh: Callable[[], list[str]]) -> None:
    _tried(runs, _stores(fresh(), 3))


@pytest.mark.deep
def test_every_command_finds_every_odd_store(runs: Runs, fresh: Callable[[], list[str]]) -> None:
    made = _stores(fresh(), 1)
    for start in range(0, len(made), 40):
        fresh()
        _tried(runs, made[start : start + 40])


def test_every_command_is_tried() -> None:
    """The walk over them is whole, and each option has values of its kind."""
    assert {name.split()[0] for name in COMMANDS} == set(walk.commands)
    for name, command in all_commands().items():
        made = list(calls(name, ["pipe"]))
        tried = {call.what for call in made}
        for param in command.params:
            named = param.opts[-1] if getattr(param, "is_flag", False) else param.name
            assert named in tried, f"{name}: {named}"
