"""The commands for packs: sharing, joining a plan, collecting."""

from __future__ import annotations

from pathlib import Path

import click

from walk.commands.desk import Named, choose, desk_of, no_person_option, say, say_json, tell_waiting
from walk.commands.passphrase import asked_once, asked_twice, may_ask, passphrase_option


@click.command()
@click.argument("which", metavar="[WALK]", required=False)
@click.option(
    "-o",
    "--output",
    "output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, readable=False),
    help="The pack to write; its name ends in .walk.",
)
@click.option("--plan", "plan_only", is_flag=True, help="Pack the plan alone, for every laptop.")
@click.option(
    "--places",
    "with_places",
    is_flag=True,
    help="With --plan: lay the places beside it, in a file.",
)
@passphrase_option
@no_person_option
@click.pass_context
def share(
    ctx: click.Context,
    which: str | None,
    output: Path,
    plan_only: bool,
    with_places: bool,
    locked: bool,
    no_person: tuple[str, ...],
) -> None:
    """Finish and pack this laptop's notes, or pack the plan.

    A note in which something looks like a name stays here, and is told.
    """
    from walk.routine.exchanging import share as sharing
    from walk.routine.visiting import door

    with desk_of(ctx) as desk:
        choose(desk, which)
        passphrase = asked_twice() if locked else ""
        door.no_person(desk, *no_person)
        shared = sharing.share(
            desk, output, plan_only=plan_only, with_places=with_places, passphrase=passphrase
        )
        say(*shared.lines, *([shared.last] if shared.last else []))
        tell_waiting(shared.waiting)


@click.command()
@click.argument("pack", metavar="PLAN.walk", type=click.Path(path_type=Path, readable=False))
@click.option("--as", "label", required=True, metavar="LABEL", help="Who you are on its roster.")
@click.option(
    "--places",
    "places_file",
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    help="Take the places from this file too.",
)
@click.pass_context
def join(ctx: click.Context, pack: Path, label: str, places_file: Path | None) -> None:
    """Take a plan and say who you are on its roster."""
    from walk.exchange.pack import LockedPack
    from walk.routine.exchanging.join import join as join_walk
    from walk.routine.exchanging.join import look_at

    with desk_of(ctx) as desk:
        try:
            plan = look_at(pack)
        except LockedPack:
            if not may_ask():
                raise
            plan = look_at(pack, passphrase=asked_once(pack.name))
        say(*join_walk(desk, pack, label, places_file=places_file, plan=plan))


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=Named(path_type=Path, readable=False))
@click.option("--undo", is_flag=True, help="Take the last collect back.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt as JSON.")
@click.pass_context
def collect(ctx: click.Context, paths: tuple[Path, ...], undo: bool, as_json: bool) -> None:
    """Read packs, or folders of packs, and print the receipt.

    In any order and as often as you like: what is here already is not added again. For packs that
    are locked one passphrase is asked for, or taken from WALK_PASSPHRASE.
    """
    from walk.routine.exchanging.collect import collect_found, undo_collect
    from walk.routine.exchanging.found import look
    from walk.routine.settling.receipts import told_cut_off

    if undo == bool(paths):
        raise click.UsageError("Name the packs to read, or --undo to take the last collect back.")
    with desk_of(ctx) as desk:
        if undo:
            say(*undo_collect(desk))
            return
        if told := told_cut_off(desk):
            say(told, err=True)
        looked = look(paths)
        locked = looked.locked
        passphrase = asked_once(locked[0].path.name) if locked and may_ask() else ""
        receipt = collect_found(desk, looked.found, passphrase=passphrase)
        if as_json:
            say_json(receipt.as_json())
        else:
            for pack in receipt.packs:
                say(*pack.in_words(), err=bool(pack.refused))
            say(*receipt.missing_in_words())
        if any(pack.refused for pack in receipt.packs):
            ctx.exit(1)  # a script learns that notes may be missing, though the others came in
