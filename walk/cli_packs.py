"""The commands for packs: sharing, joining a plan, collecting."""

from __future__ import annotations

from pathlib import Path

import click

from walk.cli_desk import choose, desk_of, no_person_option, say, say_json, tell_waiting


@click.command()
@click.argument("which", metavar="[WALK]", required=False)
@click.option(
    "-o", "--output", "output", metavar="FILE", required=True, type=click.Path(path_type=Path)
)
@click.option("--plan", "plan_only", is_flag=True, help="Pack the plan alone, for every laptop.")
@no_person_option
@click.pass_context
def share(
    ctx: click.Context,
    which: str | None,
    output: Path,
    plan_only: bool,
    no_person: tuple[str, ...],
) -> None:
    """Finish this laptop's forms and pack its notes, or pack the plan.

    A note in which something looks like a name stays here, and is told.
    """
    from walk.routine import door
    from walk.routine.collect import share as write_share

    with desk_of(ctx) as desk:
        choose(desk, which)
        door.no_person(desk, *no_person)
        shared = write_share(desk, output, plan_only=plan_only)
        say(*shared.lines)
        tell_waiting(shared.waiting)


@click.command()
@click.argument("pack", metavar="PLAN.walk", type=click.Path(path_type=Path))
@click.option("--as", "label", required=True, metavar="LABEL", help="Who you are on its roster.")
@click.pass_context
def join(ctx: click.Context, pack: Path, label: str) -> None:
    """Take a plan and say who you are on its roster."""
    from walk.routine.collect import join as join_walk

    with desk_of(ctx) as desk:
        say(*join_walk(desk, pack, label))


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--undo", is_flag=True, help="Take the last collect back.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
@click.pass_context
def collect(ctx: click.Context, paths: tuple[Path, ...], undo: bool, as_json: bool) -> None:
    """Read packs, or folders of packs, and print the receipt.

    In any order and as often as you like: what is here already is not added again.
    """
    from walk.routine.collect import collect as read_packs
    from walk.routine.collect import undo_collect

    if undo == bool(paths):
        raise click.UsageError("Name the packs to read, or --undo to take the last collect back.")
    with desk_of(ctx) as desk:
        if undo:
            say(*undo_collect(desk))
            return
        receipt = read_packs(desk, paths)
        if as_json:
            say_json(receipt.as_json())
        else:
            for pack in receipt.packs:
                say(*pack.in_words(), err=bool(pack.refused))
            say(*receipt.missing_in_words())
        if all(pack.refused for pack in receipt.packs):
            ctx.exit(1)
