"""Searching from the shell: what notes, trends and next steps of all walks say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from walk.commands.desk import at_terminal, desk_of, say, say_json

if TYPE_CHECKING:
    from walk.routine.across.search import Hit
    from walk.routine.desk import Desk

_WIDTH = 76
"""Cells of the words around a hit."""


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option(
    "-n",
    "most",
    metavar="N",
    type=click.IntRange(1, 1_000),
    default=20,
    show_default=True,
    help="How many are printed at most.",
)
@click.pass_context
def search(ctx: click.Context, words: tuple[str, ...], as_json: bool, most: int) -> None:
    """Find notes, trends and next steps by their words.

    The newest come first.

    All of the words have to be there, in any order; case and accents make no difference. Words
    in quotation marks stand together: walk search '"page four"'. Classrooms are not looked for.
    """
    from walk.errors import Refused
    from walk.routine.across.search import NO_PEOPLE, Search
    from walk.routine.across.search import as_json as json_of

    with desk_of(ctx) as desk:
        _get_ready(desk)
        # The space says that the last word is typed to its end.
        answer = Search(desk).ask(f"{' '.join(words)} ", limit=most)
        if answer.names_somebody:
            raise Refused(NO_PEOPLE, "Likely names in notes are replaced or cleared at the door.")
        if not answer.asked:
            raise click.UsageError("Name at least one word: letters or digits.")
        if as_json:
            say_json(json_of(answer))
            return
        for hit in answer.hits:
            say(*_lines(hit))
        if not answer.hits:
            click.echo("Nothing in this store says that.")
        elif answer.more:
            click.echo(f"There may be older ones: -n {2 * most} prints more.")


def _get_ready(desk: Desk) -> None:
    """Bring the index up to date; told where it takes long enough to wonder."""
    from walk.routine.across.search import get_ready

    told = False
    for filled in get_ready(desk):
        if not filled.all and at_terminal(sys.stderr):
            share = 100 * filled.upto // max(1, filled.newest)
            click.echo(f"\rGetting search ready: {share} %", nl=False, err=True)
            told = True
    if told:
        click.echo("\r" + " " * 40 + "\r", nl=False, err=True)


def _lines(hit: Hit) -> list[str]:
    from walk.text import around, one_line
    from walk.widgets.dates import short_date

    date = short_date(hit.date) if hit.date else "no date"
    shown, _ = around(hit.words, hit.spots, _WIDTH)
    title = one_line(hit.title, 50) or "(no title)"
    return [f"{date}  {title} · {hit.kind}", f"  {shown}"]
