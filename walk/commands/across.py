"""The commands that look across walks: history of one host school, and the district page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from walk.commands.desk import complain, desk_of, say, say_json, say_page
from walk.errors import WalkError
from walk.text import safe

if TYPE_CHECKING:
    from walk.routine.across.across import View, Which
    from walk.routine.across.history import Shelf
    from walk.routine.desk import Desk

USUAL_MOST = 60
"""Walks that are listed unless more are asked for: looking for names takes its time."""
_focus = click.option(
    "--focus", metavar="WORDS", help="Only walks of the one focus that holds these words."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
_form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "html", "docx"]),
    help="As a page to print or to give away; with -o it follows FILE, else plain text.",
)
_output = click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path))
_replace = click.option(
    "--replace", "replace_it", is_flag=True, help="Write over a file that was not written here."
)


@click.command()
@click.option(
    "--school",
    metavar="NAME",
    help="Another host school than that of the walk in hand; a part of its name will do.",
)
@_focus
@click.option("--all", "every", is_flag=True, help="Every walk in this store, one line each.")
@click.option(
    "--last",
    metavar="N",
    type=click.IntRange(1),
    help=f"The newest N walks, in place of {USUAL_MOST}.",
)
@_json
@_form
@_output
@_replace
@click.pass_context
def history(
    ctx: click.Context,
    school: str | None,
    focus: str | None,
    every: bool,
    last: int | None,
    as_json: bool,
    form: str | None,
    output: Path | None,
    replace_it: bool,
) -> None:
    """List the walks of one host school, with what came of them.

    The newest comes last. Host schools are never shown side by side.
    """
    _check(form, output, as_json=as_json)
    if every and (school or focus or last or as_json or form or output):
        raise click.UsageError("--all goes with no other option.")
    with desk_of(ctx) as desk:
        if every:
            _list_all(desk)
            return
        view = replace(_view(desk, school, focus, one_school=True), newest=last or USUAL_MOST)
        if output or form:
            _give(desk, "history", view, form, output, replace_it=replace_it)
            return
        from walk.routine.across import across

        facts, left = across.history(desk, view)
        if as_json:
            say_json(across.history_json(facts))
        else:
            several = len(view.shelf.schools()) > 1
            say(*across.history_lines(facts, name_school=several))
            if several and school is None:
                click.echo("Other host schools are in this store: --school NAME, or --all.")
        _tell(across.told(left))


@click.command()
@_focus
@_json
@_form
@_output
@_replace
@click.pass_context
def district(
    ctx: click.Context,
    focus: str | None,
    as_json: bool,
    form: str | None,
    output: Path | None,
    replace_it: bool,
) -> None:
    """Print which assets and needs recur across host schools.

    No school is named or put beside another, and what few walks have stated is neither named nor
    counted.
    """
    _check(form, output, as_json=as_json)
    with desk_of(ctx) as desk:
        view = _view(desk, None, focus, one_school=False)
        if as_json:
            from walk.routine.across import across

            facts, left = across.district(desk, view)
            say_json(across.district_json(facts))
            _tell(across.told(left))
            _tell_wordless(desk, view)
            return
        _give(desk, "district", view, form, output, replace_it=replace_it)
        _tell_wordless(desk, view)


def _check(form: str | None, output: Path | None, *, as_json: bool) -> None:
    if as_json and (form or output):
        raise click.UsageError("--json goes with neither --format nor -o.")
    if form == "docx" and output is None:
        raise click.UsageError("--format docx needs a file: add -o FILE.")


def _list_all(desk: Desk) -> None:
    from walk.routine.start import described

    walks = desk.store.walks()
    for one in walks:
        say(described(desk, one))
    if not walks:
        click.echo("There is no walk here yet.")


def _view(desk: Desk, school: str | None, focus: str | None, *, one_school: bool) -> View:
    """The walks that are meant; WalkError where the store has no such school or focus."""
    from walk.routine.across import history as past
    from walk.routine.across.across import View

    shelf = past.read(desk)
    at = past.usual_school(desk, shelf) if school is None else _school(shelf, school)
    where = at if one_school else None
    return View(shelf, at, None if focus is None else _focus_named(shelf, focus, where))


def _school(shelf: Shelf, named: str) -> str:
    """The one host school that is meant by its name, or by words that no other name holds."""
    from walk.routine.across.history import plain_school

    known = {plain: name for plain, name in shelf.schools() if plain}
    wanted = plain_school(named)
    if wanted in known or (not wanted and "" in dict(shelf.schools())):
        return wanted
    found = [plain for plain in known if wanted and wanted in plain]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(known[plain] for plain in found)
        raise click.UsageError(safe(f"“{named}” could mean several host schools: {names}."))
    names = ", ".join(known.values()) or "none named yet"
    raise WalkError(f"No walk here was held at {named}.", f"Host schools here: {names}.")


def _focus_named(shelf: Shelf, named: str, school: str | None) -> str:
    """The one focus that is meant by words that it holds, at a host school or at all of them."""
    found = shelf.focus_named(named, school)
    if len(found) == 1:
        return found[0][0]
    if not found:
        raise WalkError(
            f"No walk here has a focus that holds “{named}”.", "`walk history --all` lists walks."
        )
    lines = "\n".join(f"  {words}" for _, words in found)
    raise click.UsageError(safe(f"“{named}” could mean several; name more of it:\n{lines}"))


def _give(
    desk: Desk,
    which: Which,
    view: View,
    form: str | None,
    output: Path | None,
    *,
    replace_it: bool,
) -> None:
    """Print a page or write it to a file, and tell what is left out of it."""
    from walk.routine import exports
    from walk.routine.across import across

    made, left = across.page(desk, which, view)
    if output is None:
        say_page(across.data(made, form or "text").decode())
    else:
        try:
            across.write(desk, made, output, form or "", replace=replace_it)
        except exports.ForeignFile as error:
            raise WalkError(error.message, "Name another file, or add --replace.") from None
        say(f"Wrote {output}")
    _tell(across.told(left))


def _tell_wordless(desk: Desk, view: View) -> None:
    from walk.routine.across import across

    if across.waits_for_words(desk, view):
        complain(
            WalkError(
                "Some recurs without words that fit all of it, so the page is silent on it.",
                "Word it in walk: h on Home, r, then w.",
            )
        )


def _tell(left_out: str) -> None:
    if left_out:
        complain(
            WalkError(f"{left_out}.", "Reword it in walk, or clear it there: h on Home, p, n.")
        )
