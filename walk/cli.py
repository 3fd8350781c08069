"""The command line: says, imports, shares, collects and reports without the full screen.

Words go to stdout, problems to stderr with their cause and mend. Exit codes: 0 done, 1 refused or
failed, 2 wrong use. Store, models and Textual are imported inside the command that needs them.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from walk import __version__
from walk.commands.across import district, history
from walk.commands.backup import backup, desk_for_app, restore
from walk.commands.desk import (
    WAIT_S,
    choose,
    complain,
    desk_of,
    may_talk,
    named_store,
    say,
    say_json,
)
from walk.commands.erase import erase, purge
from walk.commands.importing import import_
from walk.commands.language import language, print_first_item
from walk.commands.packs import collect, join, share
from walk.commands.plain import fits_lines_only, open_plain
from walk.commands.plan import notice, plan
from walk.commands.reports import agenda, debrief_sheet, summary, teacher_note, visit_sheet
from walk.commands.search import search
from walk.errors import StoreError, WalkError

if TYPE_CHECKING:
    from walk.routine.desk import Desk

NOTICE = (
    "Learning Walk is a registered trademark of the University of Pittsburgh. The name is used "
    "here to describe the routine; no endorsement is claimed."
)


class _Walk(click.Group):
    """The group: turns our errors into words on stderr and exit code 1, also without a command."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a WalkError is told, never traced."""
        try:
            return super().invoke(ctx)
        except WalkError as error:
            complain(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a walk meets them, not of the alphabet."""
        return list(self.commands)


@click.group(
    cls=_Walk,
    invoke_without_command=True,
    context_settings={"max_content_width": 80, "help_option_names": ["-h", "--help"]},
)
@click.option("--store", metavar="FILE", help="The store to use (or WALK_STORE).")
@click.option(
    "--plain",
    is_flag=True,
    help="Instead of the full screen: lines, and one prompt at a time.",
)
@click.version_option(
    __version__,
    message=f"walk %(version)s\n{NOTICE}",
    help="Say the version and the trademark notice.",
)
@click.pass_context
def walk(ctx: click.Context, store: str | None, plain: bool) -> None:
    """Offline notes for a Learning Walk; without a command, open the app where you left off."""
    ctx.obj = store
    if ctx.invoked_subcommand is None:
        if plain or fits_lines_only():
            ctx.exit(open_plain(named_store(store)))
        if not may_talk():
            raise WalkError(
                "The app needs a terminal.",
                "Start it in one, say walk --plain, or use a command: walk --help",
            )
        _open_app(named_store(store))


def _lines_only(ctx: click.Context) -> bool:
    """Whether lines are wanted, or all that this terminal can show."""
    return bool(ctx.find_root().params["plain"]) or fits_lines_only()


def _open_app(path: Path, *, say: str = "", screen: str = "") -> None:
    """Open the full screen on a store, at a screen or where the person left off."""
    with desk_for_app(path) as desk:
        if desk is None:
            return
        from walk.app import WalkApp
        from walk.routine.desk import Place

        first = Place(screen, desk.walk_id) if screen else None
        app = WalkApp(desk, first, say=say)
        last_words = app.run()
    if last_words:
        click.echo(last_words)
    if app.return_code:
        sys.exit(app.return_code)


@walk.command()
@click.option("--json", "as_json", is_flag=True, help="Print its summary as JSON instead.")
@click.pass_context
def demo(ctx: click.Context, as_json: bool) -> None:
    """Open a finished sample walk in a throw-away store.

    With --json, or without a terminal, its summary is printed instead. With --store the sample is
    made in that store.
    """
    import tempfile

    from walk.routine.demo import make_demo
    from walk.routine.start import open_desk

    named = ctx.find_root().obj
    lines = _lines_only(ctx)
    # A virus scanner that looks into the sample just now must not spoil the end of it.
    with tempfile.TemporaryDirectory(prefix="walk-demo-", ignore_cleanup_errors=True) as folder:
        path = named_store(named) if named else Path(folder) / "demo.walkdb"
        with open_desk(path, patience_s=WAIT_S) as desk:
            make_demo(desk)
            if as_json or not (lines or may_talk()):
                from walk.routine.summary import facts, render

                click.echo(render(facts(desk), "json" if as_json else "text"), nl=False)
                return
        told = "A sample walk: look around, nothing here is kept"
        if lines:
            ctx.exit(open_plain(path, say=told))
        _open_app(path, say=told)


@walk.command()
@click.argument("plan", metavar="PLAN.toml", type=click.Path(path_type=Path))
@click.option(
    "--places",
    "rooms",
    metavar="PLACES.toml",
    type=click.Path(path_type=Path),
    help="Take in which rooms the codes stand for; they stay on this laptop.",
)
@click.option(
    "--write-back",
    is_flag=True,
    help="The other way round: bring PLAN.toml up to date with its walk.",
)
@click.option("--dry-run", is_flag=True, help="Show the differences and save nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@click.pass_context
def new(
    ctx: click.Context,
    plan: Path,
    rooms: Path | None,
    write_back: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a walk from a plan file, or bring one up to date.

    The walk's id is written into the file. What the screens changed since comes back into the file
    with --write-back; comments stay, and the walk is not changed. Where there is no such file yet,
    --write-back makes one of the walk made or opened last.
    """
    if write_back and rooms:
        raise click.UsageError("--places does not go with --write-back.")
    with desk_of(ctx) as desk:
        if write_back:
            _write_back(desk, plan, save=not dry_run, as_json=as_json)
        else:
            _take_plan(desk, plan, rooms, save=not dry_run, as_json=as_json)


def _take_plan(desk: Desk, plan: Path, rooms: Path | None, *, save: bool, as_json: bool) -> None:
    from walk.routine.papers.plan_out import keep_id
    from walk.routine.planning import places
    from walk.routine.planning.plan_file import take_plan

    if rooms:
        places.check(rooms)  # a mistake in it is told before anything is done
    made = take_plan(desk, plan, save=save)
    taken = places.take(desk, rooms, walk=made.walk, plan=plan, save=save) if rooms else None
    told = keep_id(plan, made.walk) if save and not made.id_said else ()
    if as_json:
        said = {"walk": made.walk, "new": made.new, "changes": [*made.changes, *told]}
        if taken:
            said["places"] = {"changes": list(taken.changes), "warnings": list(taken.warnings)}
        say_json(said)
        return
    say(f"{made.verb(save)} walk {made.walk[-8:]}")
    say(*(f"  {line}" for line in (*made.changes, *told, *(taken.changes if taken else ()))))
    say(*(f"walk: {line}" for line in (taken.warnings if taken else ())), err=True)


def _write_back(desk: Desk, plan: Path, *, save: bool, as_json: bool) -> None:
    from walk.routine.papers.plan_out import meant_walk, save_plan

    if walk := meant_walk(desk, plan):
        desk.walk_id = walk
    else:
        choose(desk, None)
    saved = save_plan(desk, plan, save=save)
    if as_json:
        say_json({"walk": desk.walk_id, "new": saved.new, "changes": list(saved.changes)})
        return
    say(f"{saved.verb(save)} {plan}")
    say(*(f"  {line}" for line in saved.changes))


walk.add_command(plan)


@walk.command()
@click.argument("visit")
@click.argument("text")
@click.option("--wondering", is_flag=True, help="An open question instead of a noticing.")
@click.option("--look-for", type=int, metavar="N", help="The look-for it belongs to, by number.")
@click.option("--as", "label", metavar="LABEL", help="Whose words these are.")
@click.pass_context
def note(
    ctx: click.Context,
    visit: str,
    text: str,
    wondering: bool,
    look_for: int | None,
    label: str | None,
) -> None:
    """Save one finished note of a visit.

    For example: walk note V1 'T: say more'
    """
    from walk.routine.start import note_from_shell

    with desk_of(ctx) as desk:
        choose(desk, None)
        said = note_from_shell(
            desk, visit, text, wondering=wondering, look_for=look_for, label=label
        )
        say(said)


walk.add_command(import_)
walk.add_command(share)
walk.add_command(join)
walk.add_command(collect)
walk.add_command(summary)
walk.add_command(visit_sheet)
walk.add_command(teacher_note)
walk.add_command(debrief_sheet)
walk.add_command(agenda)
walk.add_command(notice)
walk.add_command(language)


@walk.command()
@click.pass_context
def practice(ctx: click.Context) -> None:
    """Practise wording on thirty notes, for yourself."""
    if may_talk() and not _lines_only(ctx):
        _open_app(named_store(ctx.find_root().obj), screen="practice")
        return
    print_first_item()
    if may_talk():
        raise WalkError(
            "Practice needs the full screen.", "In lines, walk language asks about your sentences."
        )
    raise WalkError("Practice needs a terminal.", "Start it in one: walk practice")


@walk.command()
@click.argument("which", metavar="[WALK]", required=False)
@click.pass_context
def steps(ctx: click.Context, which: str | None) -> None:
    """List the next steps, those still open from earlier first."""
    from walk.routine.following.steps import in_words

    with desk_of(ctx) as desk:
        choose(desk, which)
        say(*in_words(desk))


walk.add_command(history)
walk.add_command(district)
walk.add_command(search)
walk.add_command(backup)
walk.add_command(restore)
walk.add_command(erase)
walk.add_command(purge)


@walk.command()
@click.option("--rebuild", is_flag=True, help="Make the tables again from the journal.")
@click.pass_context
def doctor(ctx: click.Context, rebuild: bool) -> None:
    """Check the store and say where things lie."""
    from walk.routine.start import health

    with desk_of(ctx) as desk:
        said = health(desk, rebuild=rebuild)
        say(*said.lines)
        say(*said.wrong, err=True)
        if said.wrong:
            ctx.exit(1)


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A narrow encoding (a file on Windows) must not end a letter in the middle.
            stream.reconfigure(errors="replace")
    try:
        walk(prog_name="walk")
    except StoreError as error:  # raised while a context closes, after the command is done
        complain(error)
        sys.exit(1)
    except OSError as error:  # such as a full disk behind `>`
        complain(
            WalkError(
                f"The system refused: {error.strerror or error}.",
                "Make room there, or let the words go elsewhere.",
            )
        )
        # What waits to be written would fail once more at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        from walk.crash import write_down

        complain(WalkError(write_down(error)))
        sys.exit(1)
