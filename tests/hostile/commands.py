"""Every command that walk has, and calls of it in which one thing is hostile.

Commands and options are read from the command line itself, so a new one is tried without being
named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from tests.hostile.world import FILES
from walk.cli import walk

Value = str | bytes

DEVICES = (
    *("/dev/null", "/dev/zero", "/dev/full", "/dev/fd/99"),
    *("/proc/self/mem", "/proc/self/environ", "/proc", "/sys/kernel", "/proc/self/fd"),
)
NAMES: tuple[Value, ...] = (
    *("", ".", " ", "-", "--", "-x", "--store", "--help=1", "~nobody-at-all/x", "x/" * 2000),
    *("x" * 300, "x" * 100_000, "a\nb", "a\x1b]0;T\x07b", "a\u202eb.csv", b"\xff\xfe.toml"),
    *("CON", "NUL.toml", "C:\\x", "file:x?mode=memory", "a?b#c%00", "plan.toml/", "notes.csv/x"),
    *("[x].walk", "*", "$HOME", "walk.walkdb", "walk.walkdb-wal", "none.pdf", "none.docx"),
    *("plan.toml", "notes.csv", "notes.xlsx", "ana.walk", "noise", "home/../x.html"),
)
WORDS: tuple[Value, ...] = (
    *("", "  ", "\t", "\n", "-", "--", "-1", "x" * 100_000, "\x1b]0;T\x07x", b"\xff\xfe"),
    *("\u202e\u2066x", "[/b][@click=app.quit]", "%s%n{0}{x.__class__}", "'; DROP TABLE rev;--"),
    *('"', "'", "*", "AND", "NEAR(", "2026-02-30", "0000-00-00", "9" * 5000, "²", "٣", "V١", "V1"),
    *("\U0010ffff", "e\u0301" * 3000, "\ufeff", "/", "..", "0", "all", "=1+1", "\r\nX: y"),
    *("\u2028", "\x85", "{", "0x10", "∞", "ﬁ", "İ", "0199"),
)
NUMBERS: tuple[Value, ...] = (
    *("", "-1", "0", "99999999999999999999999", "9" * 5000, "1.5", "NaN", "²", "٣", "1_0"),
    *("0x10", " 1", "\x1b[31m", b"\xff", "-0", "+1", "e"),
)
CHOICES: tuple[Value, ...] = ("", "x" * 1000, "\x1b[31mx", b"\xff", "HTML", "text ", "²")


class Call(NamedTuple):
    """A call of one command in which one thing is hostile."""

    what: str
    arguments: tuple[Value, ...]


def all_commands() -> dict[str, click.Command]:
    """Each command by the words that call it."""
    return dict(_within(walk, ()))


def _within(group: click.Group, before: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _within(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


def values_for(param: click.Parameter, litter: Sequence[Value]) -> tuple[Value, ...]:
    """What is tried for an argument or option; `litter` are the odd things in the folder."""
    kind = param.type
    if isinstance(kind, click.Path):
        return (*litter, *DEVICES, *NAMES)
    if isinstance(kind, click.Choice):
        return (*kind.choices, *CHOICES)
    if isinstance(kind, click.types.IntParamType):
        return NUMBERS
    if any(kind in (param.metavar or "") for kind in ("BACKUP", ".toml")):
        return (*WORDS, *litter, *DEVICES, *NAMES)
    return WORDS


def calls(name: str, litter: Sequence[Value], *, every: int = 1, start: int = 0) -> Iterator[Call]:
    """Calls of a command with a hostile value for each of its arguments and options in turn.

    `every` takes one of so many values, `start` says with which to begin.
    """
    command = all_commands()[name]
    words = name.split()
    yield Call("nothing", tuple(words))
    flags = [one for one in command.params if getattr(one, "is_flag", False)]
    for flag in flags:
        yield Call(flag.opts[-1], (*words, *_filled(command, flag, flag.opts[-1])))
    yield Call("all flags", (*words, *(flag.opts[-1] for flag in flags), *_filled(command)))
    for place, param in enumerate(command.params):
        if param in flags:
            continue
        values = values_for(param, litter)
        for value in values[(start + place) % every :: every]:
            yield Call(param.name or "", (*words, *_filled(command, param, value)))


def _filled(
    command: click.Command, hostile: click.Parameter | None = None, value: Value = ""
) -> list[Value]:
    """The arguments of a call: the hostile one, and a good one wherever one is needed."""
    options: list[Value] = []
    arguments: list[Value] = []
    for param in command.params:
        if param is not hostile and not param.required:
            continue
        given = value if param is hostile else good(param)
        if isinstance(param, click.Argument):
            arguments.append(given)
        elif getattr(param, "is_flag", False):
            options.append(given)
        else:
            options += [param.opts[-1], given]
    return [*options, *arguments]


def good(param: click.Parameter) -> str:
    """A value with which a command can do its work."""
    metavar = param.metavar or ""
    for words, file in FILES.items():
        if words in metavar:
            return file
    if isinstance(param.type, click.Choice):
        return str(param.type.choices[0])
    if isinstance(param.type, click.types.IntParamType):
        return "1"
    if isinstance(param.type, click.Path):
        return "out.walk"
    return "V1" if param.name == "visit" else "Ana"
