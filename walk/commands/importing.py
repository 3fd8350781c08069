"""`walk import`: the rows of a table become notes, by the plain columns or by a map of a form's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from walk.commands.desk import at_terminal, choose, desk_of, say, say_json

if TYPE_CHECKING:
    from walk.routine.desk import Desk


@click.command(name="import")
@click.argument("table", metavar="FILE.csv|.xlsx", type=click.Path(path_type=Path, readable=False))
@click.option("--into", metavar="WALK", help="Add to this walk instead of a new one.")
@click.option(
    "--columns",
    "map_file",
    metavar="MAP.toml",
    type=click.Path(path_type=Path, readable=False),
    help="What the columns of a form export are (docs/import.md).",
)
@click.option("--sheet", metavar="NAME", default="", help="The sheet of a workbook to read.")
@click.option(
    "--save-columns",
    "save_to",
    metavar="MAP.toml",
    type=click.Path(path_type=Path, readable=False),
    help="Import nothing: write a proposed map of this table's columns, to look through.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def import_(
    ctx: click.Context,
    table: Path,
    into: str | None,
    map_file: Path | None,
    sheet: str,
    save_to: Path | None,
    as_json: bool,
) -> None:
    """Take in the rows of a table; doing it again adds nothing.

    Columns by name, in any order: visit, at, kind, look_for, text and, if there, walker. Any other
    table needs a map of its columns. A note that was withdrawn since stays withdrawn.
    """
    from walk.intake.columns_file import read_columns
    from walk.routine.importing.take_in import import_table

    with desk_of(ctx) as desk:
        if into is not None:
            choose(desk, into)
        if save_to:
            if map_file:
                raise click.UsageError("--save-columns does not go with --columns.")
            if into is None:
                desk.walk_id = ""
            _save_proposed(desk, table, sheet, save_to)
            return
        columns = read_columns(map_file) if map_file else None
        if told := desk.arrive():
            say(told, err=True)
        taken = import_table(
            desk,
            table,
            into="" if into is None else desk.walk_id,
            columns=columns,
            sheet=sheet,
            progress=_progress() if at_terminal(sys.stderr) else lambda done, of: None,
        )
        if as_json:
            say_json(taken.as_json())
        else:
            say(taken.in_words())
            say(*taken.problems(), err=True)
        if taken.refused:
            ctx.exit(1)  # a script learns that rows are missing, though the others came in


def _save_proposed(desk: Desk, table: Path, sheet: str, file: Path) -> None:
    from walk.routine.importing.table_maps import look, proposed, write_map

    seen = look(table, sheet)
    columns, _kept = proposed(desk, seen)
    write_map(file, columns)
    say(f"Wrote {file}: look through it, then use it with --columns {file}")
    say(*(f"To be said there: {one}" for one in columns.lacks()))


def _progress() -> Callable[[int, int], None]:
    def show(done: int, of: int) -> None:
        words = f"{done:,} of {of:,} notes" if done else f"{of:,} notes read"
        click.echo(f"\r{words}   ", nl=bool(done) and done >= of, err=True)

    return show
