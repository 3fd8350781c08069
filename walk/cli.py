"""The command line: says, imports, shares, collects and reports without the full screen.

Words go to stdout, problems to stderr with their cause and mend. Exit codes: 0 done, 1 refused or
failed, 2 wrong use. Store, models and Textual are imported inside the command that needs them.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from walk import __version__
from walk.errors import StoreError, WalkError

if TYPE_CHECKING:
    from walk.routine.desk import Desk

WAIT_S = 5.0
"""How long a command waits for another program that writes to the store."""

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
            _complain(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a walk meets them, not of the alphabet."""
        return list(self.commands)


def _complain(error: WalkError) -> None:
    _say(f"walk: {error.message}", err=True)
    if error.mend:
        _say(f"      {error.mend}", err=True)


@click.group(
    cls=_Walk,
    invoke_without_command=True,
    context_settings={"max_content_width": 80, "help_option_names": ["-h", "--help"]},
)
@click.option("--store", metavar="FILE", help="The store to use (or WALK_STORE).")
@click.version_option(
    __version__,
    message=f"walk %(version)s\n{NOTICE}",
    help="Say the version and the trademark notice.",
)
@click.pass_context
def walk(ctx: click.Context, store: str | None) -> None:
    """Offline notes for a Learning Walk; without a command, open the app where you left off."""
    ctx.obj = store
    if ctx.invoked_subcommand is None:
        if not sys.stdout.isatty() or not sys.stdin.isatty():
            raise WalkError(
                "The app needs a terminal.", "Start it in one, or use a command: walk --help"
            )
        _open_app(_store_path(store))


def _store_path(named: str | None) -> Path:
    from walk.paths import store_path

    return store_path(named)


def _open_app(path: Path, *, say: str = "") -> None:
    """Open the full screen on a store."""
    from walk.routine.start import open_desk

    with open_desk(path) as desk:
        from walk.app import WalkApp

        last_words = WalkApp(desk, say=say).run()
    if last_words:
        click.echo(last_words)


@contextmanager
def _desk(ctx: click.Context) -> Iterator[Desk]:
    """The desk of a command, on the store that was named."""
    from walk.routine.start import open_desk

    with open_desk(_store_path(ctx.find_root().obj), patience_s=WAIT_S) as desk:
        yield desk


def _choose(desk: Desk, named: str | None) -> None:
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


def _say(*lines: str, err: bool = False) -> None:
    """Print lines with nothing in them that a terminal would obey."""
    from walk.text import safe

    for line in lines:
        click.echo(safe(line), err=err)


def _json(value: Any) -> None:
    # ASCII only: JSON alone would let some control characters reach a terminal.
    click.echo(json.dumps(value, indent=2))


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
    with tempfile.TemporaryDirectory(prefix="walk-demo-") as folder:
        path = _store_path(named) if named else Path(folder) / "demo.walkdb"
        with open_desk(path, patience_s=WAIT_S) as desk:
            make_demo(desk)
            if as_json or not sys.stdout.isatty() or not sys.stdin.isatty():
                from walk.routine.summary import facts, render

                click.echo(render(facts(desk), "json" if as_json else "text"), nl=False)
                return
        _open_app(path, say="A sample walk: look around, nothing here is kept")


@walk.command()
@click.argument("plan", metavar="PLAN.toml", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@click.pass_context
def new(ctx: click.Context, plan: Path, as_json: bool) -> None:
    """Make a walk from a plan file, or bring one up to date with it."""
    from walk.routine.plan_file import take_plan

    with _desk(ctx) as desk:
        made = take_plan(desk, plan)
        if as_json:
            _json({"walk": made.walk, "new": made.new, "changes": list(made.changes)})
            return
        _say(f"{'Made' if made.new else 'Up to date:'} walk {made.walk[-8:]}")
        _say(*(f"  {line}" for line in made.changes))


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

    with _desk(ctx) as desk:
        _choose(desk, None)
        said = note_from_shell(
            desk, visit, text, wondering=wondering, look_for=look_for, label=label
        )
        _say(said)


@walk.command(name="import")
@click.argument("table", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option("--into", metavar="WALK", help="Add to this walk instead of a new one.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def import_(ctx: click.Context, table: Path, into: str | None, as_json: bool) -> None:
    """Take in the rows of a table; doing it again adds nothing.

    Columns by name, in any order: visit, at, kind, look_for, text and, if there, walker. A note
    that was withdrawn since stays withdrawn.
    """
    from walk.routine.take_in import import_table

    with _desk(ctx) as desk:
        if into:
            _choose(desk, into)
        taken = import_table(
            desk,
            table,
            into=desk.walk_id if into else "",
            progress=_progress() if sys.stderr.isatty() else lambda done, of: None,
        )
        if as_json:
            _json(taken.as_json())
        else:
            _say(taken.in_words())
            _say(*taken.problems(), err=True)
        if taken.refused and not taken.added and not taken.already_here:
            ctx.exit(1)


def _progress() -> Callable[[int, int], None]:
    def show(done: int, of: int) -> None:
        click.echo(f"\r{done:,} of {of:,} rows", nl=done >= of, err=True)

    return show


@walk.command()
@click.argument("which", metavar="[WALK]", required=False)
@click.option(
    "-o", "--output", "output", metavar="FILE", required=True, type=click.Path(path_type=Path)
)
@click.option("--plan", "plan_only", is_flag=True, help="Pack the plan alone, for every laptop.")
@click.pass_context
def share(ctx: click.Context, which: str | None, output: Path, plan_only: bool) -> None:
    """Finish this laptop's forms and pack its notes, or pack the plan."""
    from walk.routine.collect import share as write_share

    with _desk(ctx) as desk:
        _choose(desk, which)
        _say(*write_share(desk, output, plan_only=plan_only))


@walk.command()
@click.argument("pack", metavar="PLAN.walk", type=click.Path(path_type=Path))
@click.option("--as", "label", required=True, metavar="LABEL", help="Who you are on its roster.")
@click.pass_context
def join(ctx: click.Context, pack: Path, label: str) -> None:
    """Take a plan and say who you are on its roster."""
    from walk.routine.collect import join as join_walk

    with _desk(ctx) as desk:
        _say(*join_walk(desk, pack, label))


@walk.command()
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
    with _desk(ctx) as desk:
        if undo:
            _say(*undo_collect(desk))
            return
        receipt = read_packs(desk, paths)
        if as_json:
            _json(receipt.as_json())
        else:
            for pack in receipt.packs:
                _say(*pack.in_words(), err=bool(pack.refused))
            _say(*receipt.missing_in_words())
        if all(pack.refused for pack in receipt.packs):
            ctx.exit(1)


@walk.command()
@click.argument("which", metavar="[WALK]", required=False)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md", "html"]),
    help="Left out, it follows the ending of FILE, else plain text.",
)
@click.option("-o", "--output", "output", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_context
def summary(
    ctx: click.Context,
    which: str | None,
    as_json: bool,
    form: str | None,
    output: Path | None,
) -> None:
    """Print the staff summary of a walk, or write it to a file."""
    from walk.routine.summary import facts, render, write_summary

    wanted = "json" if as_json else form or ""
    with _desk(ctx) as desk:
        _choose(desk, which)
        if output:
            write_summary(desk, output, wanted)
            _say(f"Wrote {output}")
        else:
            click.echo(render(facts(desk), wanted or "text"), nl=False)


@walk.command()
@click.argument("which", metavar="[WALK]", required=False)
@click.pass_context
def steps(ctx: click.Context, which: str | None) -> None:
    """List the next steps of a walk, the earliest first."""
    from walk.routine.steps import in_words

    with _desk(ctx) as desk:
        _choose(desk, which)
        _say(*in_words(desk))


@walk.command()
@click.pass_context
def history(ctx: click.Context) -> None:
    """List the walks in this store, the one changed last first."""
    from walk.routine.start import described

    with _desk(ctx) as desk:
        walks = desk.store.walks()
        for one in walks:
            _say(described(desk, one))
        if not walks:
            click.echo("There is no walk here yet.")


@walk.command()
@click.option("--rebuild", is_flag=True, help="Make the tables again from the journal.")
@click.pass_context
def doctor(ctx: click.Context, rebuild: bool) -> None:
    """Check the store and say where things lie."""
    from walk.routine.start import health

    with _desk(ctx) as desk:
        said = health(desk, rebuild=rebuild)
        _say(*said.lines)
        _say(*said.wrong, err=True)
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
        _complain(error)
        sys.exit(1)
    except OSError as error:  # such as a full disk behind `>`
        _complain(
            WalkError(
                f"The system refused: {error.strerror or error}.",
                "Make room there, or let the words go elsewhere.",
            )
        )
        # What waits to be written would fail once more at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
