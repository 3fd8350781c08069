"""What every command needs: a desk on the store that was named, the walk that is meant, words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from walk.errors import WalkError

if TYPE_CHECKING:
    from walk.routine.desk import Desk
    from walk.routine.visiting.door import AtDoor

WAIT_S = 5.0
"""How long a command waits for another program that writes to the store."""


def named_store(named: str | None) -> Path:
    """The path of the store that was named, else the usual one."""
    from walk.paths import store_path

    return store_path(named)


@contextmanager
def desk_of(ctx: click.Context) -> Iterator[Desk]:
    """The desk of a command, on the store that was named and that no other has for itself."""
    from walk.routine.start import open_desk

    with open_desk(named_store(ctx.find_root().obj), patience_s=WAIT_S) as desk:
        told = desk.arrive(patience_s=WAIT_S)
        if told and desk.is_alone:
            complain(WalkError(f"{told}."))
        yield desk


def choose(desk: Desk, named: str | None) -> None:
    """Put the walk that is meant on the desk; exit code 2 with the list where several could be."""
    from walk.routine.start import choose_walk, described
    from walk.text import safe

    found = choose_walk(desk, named)
    if len(found) == 1:
        desk.walk_id = found[0]
        return
    lines = "\n".join(f"  {described(desk, one)}" for one in found)
    raise click.UsageError(
        safe(f"“{named}” could mean several walks; name more of its id:\n{lines}")
    )


def complain(error: WalkError) -> None:
    """Tell a problem on stderr, with its mend below it."""
    say(f"walk: {error.message}", err=True)
    if error.mend:
        say(f"      {error.mend}", err=True)


def at_terminal(*streams: TextIO | None) -> bool:
    """Whether somebody sits at each of these streams.

    One that is closed from the start is None, as under some launchers and schedulers.
    """
    return all(one is not None and one.isatty() for one in streams)


def may_talk() -> bool:
    """Whether somebody can be asked here, and reads what is said."""
    return at_terminal(sys.stdin, sys.stdout)


def say(*lines: str, err: bool = False) -> None:
    """Print lines with nothing in them that a terminal would obey."""
    from walk.text import safe

    for line in lines:
        click.echo(safe(line), err=err)


def say_json(value: Any) -> None:
    """Print a value as JSON."""
    # ASCII only: JSON alone would let some control characters reach a terminal.
    click.echo(json.dumps(value, indent=2))


def say_page(text: str) -> None:
    """Print a page as it is.

    What says itself how it is written goes out so, whatever the terminal's encoding: a calendar or
    a table has line ends of its own, and HTML names its letters UTF-8.
    """
    as_written = "\r\n" in text or text.startswith("<!doctype")
    click.echo(text.encode() if as_written else text, nl=False)


class Named(click.Path):
    """A path that was named: an empty name would else be taken for the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; wrong use where the name is empty."""
        if value == "":
            self.fail("A path without a name; . is the folder one is in.", param, ctx)
        return super().convert(value, param, ctx)


no_person_option = click.option(
    "--no-person",
    metavar="WORDS",
    multiple=True,
    help="No person is meant by these words, on this walk; may be given again.",
)
"""Clears words that look like a name, for the walk."""


def tell_waiting(waiting: Sequence[AtDoor], *, out: bool = False) -> None:
    """Tell on stderr what stays because something in it looks like a name, and the mend."""
    from walk.routine.visiting.door import told

    stays = [one for one in waiting if one.waits]
    if stays:
        own = not all(one.private for one in stays)
        complain(
            WalkError(
                f"{told(stays, out=out)}.",
                "Reword it in walk; or, where no person is meant, say --no-person WORDS."
                if own
                else "They find it on Home, once w has chosen them.",
            )
        )
