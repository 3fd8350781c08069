"""The commands that print reports: summary, agenda, debrief sheet, visit sheet, teacher note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from walk.commands.desk import choose, desk_of, no_person_option, say, say_page, tell_waiting
from walk.errors import WalkError

if TYPE_CHECKING:
    from walk.routine.desk import Desk

_PAGE_FORMS = click.Choice(["text", "md", "html", "docx"])
_which = click.argument("which", metavar="[WALK]", required=False)
_form = click.option(
    "--format", "form", type=_PAGE_FORMS, help="Left out, it follows FILE, else plain text."
)
_output = click.option("-o", "--output", "output", metavar="FILE", type=click.Path(path_type=Path))
_replace = click.option(
    "--replace", "replace_it", is_flag=True, help="Write over a file that was not written here."
)


def _one_report(command: Callable[..., None]) -> Callable[..., None]:
    """What every command takes that prints one page; `_give` is handed it as it comes."""
    for option in (click.pass_context, no_person_option, _replace, _output, _form, _which):
        command = option(command)
    return command


@click.command()
@_which
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md", "html", "docx", "xlsx", "csv"]),
    help="Left out, it follows the ending of FILE, else plain text.",
)
@click.option(
    "--table",
    type=click.Choice(["notes", "trends", "steps", "look-fors"]),
    default="notes",
    show_default=True,
    help="What a CSV file holds; a workbook holds them all.",
)
@_output
@_replace
@no_person_option
@click.pass_context
def summary(
    ctx: click.Context,
    which: str | None,
    as_json: bool,
    form: str | None,
    table: str,
    output: Path | None,
    replace_it: bool,
    no_person: tuple[str, ...],
) -> None:
    """Print the staff summary of a walk, or write it to a file.

    As xlsx or csv it is the data behind it, for the team: no code, clock time or walker is in it.
    Words in which something looks like a name are left out, and told beside it.
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError("--json goes with no other --format.")
    form = "json" if as_json else form
    _give(ctx, "summary", which, form, output, replace_it, no_person, table)


@click.command()
@_one_report
def agenda(ctx: click.Context, **given: Any) -> None:
    """Print a page for a meeting that teachers hold anyway."""
    _give(ctx, "agenda", **given)


@click.command("debrief-sheet")
@_one_report
def debrief_sheet(ctx: click.Context, **given: Any) -> None:
    """Print the shared notes for the silent read on paper.

    They come in no order, without authors and without visit codes.
    """
    _give(ctx, "debrief", **given)


@click.command("visit-sheet")
@click.argument("visit")
@_one_report
def visit_sheet(ctx: click.Context, visit: str, **given: Any) -> None:
    """Print what was written about one visit, for its teacher.

    VISIT is one code, such as V3. Only the lead's laptop does it; the lead hands it over.
    """
    _give(ctx, f"visit:{visit}", **given)


@click.command("teacher-note")
@click.argument("visit")
@_one_report
def teacher_note(ctx: click.Context, visit: str, **given: Any) -> None:
    """Print the note that the teacher of one visit asked for.

    It is written in the app; without the teacher's wish there is none.
    """
    _give(ctx, f"note:{visit}", **given)


def _give(
    ctx: click.Context,
    key: str,
    which: str | None,
    form: str | None,
    output: Path | None,
    replace_it: bool,
    no_person: tuple[str, ...],
    table: str = "notes",
) -> None:
    """Print a report or write it to a file, and tell what is left out of it."""
    from walk.routine import exports
    from walk.routine.reporting import letters
    from walk.routine.visiting import door

    form = form or ""
    if output is None and form in exports.BINARY:
        raise click.UsageError(f"--format {form} needs a file: add -o FILE.")
    with desk_of(ctx) as desk:
        choose(desk, which)
        door.no_person(desk, *no_person)
        made = letters.report(desk, key)
        if output is None:
            say_page(letters.data(desk, made.key, form or "text", table).decode())
        else:
            _write(desk, made.key, form, output, table, replace_it=replace_it)
            form = form or exports.form_of_path(output)
        if form == "csv" and table == "notes" and (why := letters.why_no_notes(desk)):
            click.echo(why, err=True)
        tell_waiting(letters.at_door(desk, made.key, form), out=True)


def _write(desk: Desk, key: str, form: str, output: Path, table: str, *, replace_it: bool) -> None:
    from walk.routine import exports
    from walk.routine.reporting import letters

    try:
        letters.write(desk, key, output, form, table=table, replace_it=replace_it)
    except exports.ForeignFile as error:
        raise WalkError(error.message, "Name another file, or add --replace.") from None
    say(f"Wrote {output}")
