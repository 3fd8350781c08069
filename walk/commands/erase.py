"""The commands that make words go for good: erasing one note, purging a walk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from walk.commands.desk import at_terminal, choose, desk_of, say
from walk.errors import Refused

if TYPE_CHECKING:
    from walk.routine.desk import Desk
    from walk.routine.keeping.erase import Done, Request

_yes = click.option("--yes", is_flag=True, help="Do it without asking once more.")


@click.command()
@click.argument("note", metavar="[NOTE]", required=False)
@_yes
@click.option("--later", is_flag=True, help="Put a request of another laptop off until tomorrow.")
@click.pass_context
def erase(ctx: click.Context, note: str | None, yes: bool, later: bool) -> None:
    """Erase a note for good: every wording, draft, backup.

    NOTE is the end of its id. Without it the notes written on this laptop are listed with theirs
    (on the lead's laptop all notes), and what other laptops ask to erase. The next pack asks the
    other laptops.
    """
    from walk.routine.keeping import erase as erasing

    if note is None and (yes or later):
        raise click.UsageError("--yes and --later go with a NOTE; walk erase alone lists them.")
    with desk_of(ctx) as desk:
        _finish(desk)
        if note is None:
            choose(desk, None)
            _list_notes(desk)
            return
        desk.walk_id, id_ = _the_one(desk, note)
        if later:
            _put_off(desk, [one for one in erasing.waiting(desk, put_off=True) if one.note == id_])
            return
        seen = erasing.view(desk, id_)
        say(f"The note: {seen.words}", *seen.in_words())
        if not _agreed(yes, "Type erase to erase it", ("erase",)):
            raise Refused("Nothing was erased.", "Say --yes, or type erase when asked.")
        desk.arrive()
        _tell(ctx, erasing.erase(desk, id_, _step))


def _list_notes(desk: Desk) -> None:
    from walk.routine.keeping import erase as erasing

    lines = erasing.listed(desk)
    say(*(one.in_words() for one in lines))
    others = erasing.listed_of_others(desk)
    if others:
        say("Of other laptops; this one made the plan, so it can erase them too:")
        say(*(one.in_words() for one in others))
    asked = erasing.waiting(desk, put_off=True)
    if asked:
        say("Other laptops ask to erase:")
    for one in asked:
        say(f"{one.note[-erasing.SHORT :]}  {_asked(one)}  {one.words}")
    if not (lines or others or asked):
        say("No note of this walk was written on this laptop.")


def _asked(request: Request) -> str:
    stranger = "neither wrote it nor made the plan" if request.note else "did not make the plan"
    by = "" if request.known else f", by a laptop that {stranger}"
    return f"asked on {request.asked_on or 'a day not said'}{by}"


def _the_one(desk: Desk, named: str) -> tuple[str, str]:
    """The walk and the note that are meant; exit code 2 with the list where several could be."""
    from walk.routine.keeping import erase as erasing
    from walk.text import safe

    found = erasing.find(desk, named)
    if len(found) == 1:
        return found[0]
    ids = "\n".join(f"  {note}" for _, note in found[:20])
    raise click.UsageError(safe(f"“{named}” could mean several notes; name more of its id:\n{ids}"))


@click.command()
@click.argument("which", metavar="[WALK]", required=False)
@click.option("--all", "whole", is_flag=True, help="The whole walk goes, its trends too.")
@click.option("--here", is_flag=True, help="Clear this laptop alone, also on the lead's.")
@click.option("--later", is_flag=True, help="Put a request of another laptop off until tomorrow.")
@click.option("--receipts", is_flag=True, help="Print the receipts of what went so far.")
@_yes
@click.pass_context
def purge(
    ctx: click.Context,
    which: str | None,
    whole: bool,
    here: bool,
    later: bool,
    receipts: bool,
    yes: bool,
) -> None:
    """Purge a walk: raw notes go; trends, steps, counts stay.

    Forms, drafts, places and backups go with them. On the lead's laptop the next pack asks the
    other laptops too, where somebody has to confirm; elsewhere this laptop alone is cleared.
    """
    from walk.routine.keeping import purge as purging

    with desk_of(ctx) as desk:
        _finish(desk)
        if receipts:
            found = purging.receipts(desk)
            for lines in found:
                say(*lines)
            if not found:
                say("Nothing was erased or purged here yet.")
            return
        choose(desk, which)
        if later:
            asked = purging.waiting(desk, put_off=True)
            _put_off(desk, [one for one in asked if one.walk == desk.walk_id])
            return
        seen = purging.view(desk)
        for one in purging.waiting(desk, put_off=True):
            if one.walk == desk.walk_id:
                what = "the whole walk, for which add --all" if one.whole else "its raw notes"
                say(f"Another laptop asks to purge {what} ({_asked(one)})")
        ask = seen.asks and not here
        say(f"{seen.date or 'no date'}  {seen.title}", *seen.in_words(whole=whole, ask=ask))
        words = tuple(one for one in (seen.date, purging.WORD) if one)
        if not _agreed(yes, f"Type {' or '.join(words)} to purge it", words):
            raise Refused("Nothing was purged.", "Say --yes, or type what is asked for.")
        _tell(ctx, purging.purge(desk, whole=whole, ask=ask, progress=_step))


def _finish(desk: Desk) -> None:
    """Finish what was erased or purged while the files were not cleaned to the end, and say so.

    Backups still hold the words until then, and no receipt is there.
    """
    from walk.routine.keeping import purge as purging

    lines = purging.finish(desk, _step)
    if lines:
        say("Something erased or purged before was not finished in the files:", *lines, err=True)


def _put_off(desk: Desk, asked: list[Request]) -> None:
    from walk.routine.keeping import erase as erasing

    if not asked:
        raise Refused("No other laptop asks for that.", "So there is nothing to put off.")
    for one in asked:
        erasing.put_off(desk, one)
    say("Put off until tomorrow.")


def _agreed(yes: bool, question: str, words: tuple[str, ...]) -> bool:
    """Whether a person agrees; without a terminal only --yes does."""
    if yes:
        return True
    if not at_terminal(sys.stdin):
        return False
    typed = str(click.prompt(question, default="", show_default=False))
    return typed.strip().casefold() in words


def _step(words: str) -> None:
    if at_terminal(sys.stderr):
        click.echo(f"… {words}", err=True)


def _tell(ctx: click.Context, done: Done) -> None:
    say(*done.lines)
    if done.waits:
        ctx.exit(1)
