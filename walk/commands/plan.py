"""The commands for a plan on paper: its rotation as table, JSON or calendar, and its pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from walk.commands.desk import choose, complain, desk_of, no_person_option, say, say_page
from walk.errors import WalkError

if TYPE_CHECKING:
    from walk.reports.plan_facts import PlanFacts

STALE = "The rotation was made before the plan changed; make it again"
NOT_MADE = (
    "No rotation has been made yet; this is what it would be. "
    "In the app, m under Rotation makes it."
)
NO_STOPS = (
    "No rotation has been made yet, so no stop has a time. In the app, m under Rotation makes it."
)
NAMES_ROOMS = "This calendar names rooms; keep it apart from every note."
PAGES = ("notice", "overview", "slips")
_NAMED = 3
"""So many words that look like a name are named; of more, how many there are."""
_NO_TEXT = frozenset((".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx"))
"""Endings under which other programs would not open a text."""
_ENDINGS = {
    ".json": "json",
    ".ics": "ics",
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".txt": "text",
}

_out_option = click.option(
    "-o", "--output", "output", metavar="FILE", type=click.Path(path_type=Path)
)
_team_option = click.option("--team", default="", metavar="TEAM", help="Of this team alone.")


@click.command()
@click.argument("which", metavar="[WALK|PLAN.toml]", required=False)
@click.option(
    "--places",
    "rooms",
    metavar="PLACES.toml",
    type=click.Path(path_type=Path),
    help="With a plan file: walkers never enter their own room.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--ics", "as_ics", is_flag=True, help="Print it as a calendar file.")
@click.option("--html", "as_html", is_flag=True, help="Print it as a page for a browser.")
@_team_option
@click.option(
    "--where", is_flag=True, help="Let the calendar say where to go; such a file names rooms."
)
@_out_option
@click.pass_context
def plan(
    ctx: click.Context,
    which: str | None,
    rooms: Path | None,
    as_json: bool,
    as_ics: bool,
    as_html: bool,
    team: str,
    where: bool,
    output: Path | None,
) -> None:
    """Print the rotation of a walk or of a plan file.

    Which team is at which visit when. A plan file is read without making a walk of it. Left out,
    the form follows the ending of FILE (.json, .ics, .html, .md), else it is plain text. What
    could not be planned is told beside it.
    """
    form = _form((as_json, "json"), (as_ics, "ics"), (as_html, "html"), output=output)
    if where and form != "ics":
        raise click.UsageError("--where goes with --ics.")
    if team and form == "json":
        raise click.UsageError("--team goes with the table and with --ics.")
    if which is not None and _is_plan_file(which):
        _check_output(output, Path(which), rooms)
        _plan_of_file(Path(which), rooms, form, team, where=where, output=output)
        return
    if rooms is not None:
        raise click.UsageError(
            "--places goes with a PLAN.toml; a walk takes its own: walk new PLAN.toml --places …"
        )
    _plan_of_walk(ctx, which, form, team, where=where, output=output)


def _is_plan_file(named: str) -> bool:
    """Whether words name a plan file; an id or a date never ends in .toml."""
    if named.lower().endswith(".toml"):
        return True
    try:
        return Path(named).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _form(*asked: tuple[bool, str], output: Path | None) -> str:
    """The form that was asked for, else the one of the file's ending, else plain text."""
    wanted = [form for flag, form in asked if flag]
    if len(wanted) > 1:
        raise click.UsageError(f"Choose one of {', '.join(f'--{form}' for form in wanted)}.")
    return (
        wanted[0] if wanted else _ENDINGS.get(output.suffix.lower(), "text") if output else "text"
    )


def _plan_of_file(
    path: Path, rooms: Path | None, form: str, team: str, *, where: bool, output: Path | None
) -> None:
    from walk.clock import SystemClock
    from walk.intake.plan import read_places, read_plan
    from walk.routine.papers import notice
    from walk.routine.planning.places import warnings_of_plan
    from walk.routine.planning.rotation import shape

    read = read_plan(path)
    known = read_places(rooms) if rooms else None
    now = SystemClock().now()
    made = notice.drawn(read, known, now)
    found = notice.facts_of_plan(read, made, now.local_date)
    notice.check_team(found, team)
    if form == "json":
        _give(_json_text(shape(made, read.walk.zone)), output)
    elif form == "ics":
        from walk.intake.plan import Places
        from walk.reports.calendar import calendar

        codes = tuple(one.code for one in read.visits)
        places = notice.named_places(known or Places(), codes) if where else None
        _give(calendar(found, team=team, places=places).decode(), output)
    else:
        _give(notice.rotation_text(found, form, team), output)
    strange = warnings_of_plan(known, read) if known else ()
    _tell((*notice.problems(made), *strange, *([NAMES_ROOMS] if where else [])))


def _plan_of_walk(
    ctx: click.Context,
    which: str | None,
    form: str,
    team: str,
    *,
    where: bool,
    output: Path | None,
) -> None:
    from walk.routine.papers import notice, rotation_told
    from walk.routine.planning import rotation

    with desk_of(ctx) as desk:
        choose(desk, which)
        _check_output(output, desk.store.path)
        standing = () if rotation.current(desk) else (NOT_MADE,)
        standing = (STALE,) if rotation.stale(desk) else standing
        if form == "json":
            shape = rotation_told.as_json(desk)
            _give(_json_text(shape), output)
            _tell((*standing, *_problems(shape)))
            return
        made = notice.made_or_drawn(desk)
        own_rooms = rotation.own_rooms_told(desk)
        told = (*standing, *notice.problems(made), *own_rooms, *rotation_told.to_know(desk))
        if form == "ics":
            _give(notice.calendar_of(desk, made, team=team, where=where).decode(), output)
        else:
            _give(notice.rotation_text(notice.facts(desk, made), form, team), output)
        _tell((*told, *([NAMES_ROOMS] if where else [])))


def _problems(shape: dict[str, Any]) -> tuple[str, ...]:
    """The problems that the JSON shape of a rotation names, in words."""
    from walk.model import missed

    left = (missed(one["visit"], one["why"]) for one in shape["dropped"])
    return (*left, *shape["warnings"])


def _json_text(value: object) -> str:
    import json

    # ASCII only: JSON alone would let some control characters reach a terminal.
    return json.dumps(value, indent=2) + "\n"


@click.command()
@click.argument("which", metavar="[WALK]", required=False)
@click.option(
    "--what",
    type=click.Choice(PAGES),
    default="notice",
    show_default=True,
    help="The notice to host teachers, what will happen, or a slip for each team.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "html"]),
    help="Left out, it follows the ending of FILE, else plain text.",
)
@click.option("--schedule", is_flag=True, help="On the notice: when which visit code is entered.")
@_team_option
@click.option("--where", is_flag=True, help="On slips: where to go; such a paper names rooms.")
@_out_option
@no_person_option
@click.pass_context
def notice(
    ctx: click.Context,
    which: str | None,
    what: str,
    form: str | None,
    schedule: bool,
    team: str,
    where: bool,
    output: Path | None,
    no_person: tuple[str, ...],
) -> None:
    """Print the notice to teachers, what will happen, or slips.

    HTML is made for printing, a page each. What looks like a person's name is printed and told.
    """
    if schedule and what != "notice":
        raise click.UsageError("--schedule goes with --what notice.")
    if (team or where) and what != "slips":
        raise click.UsageError("--team and --where go with --what slips.")
    from walk.reports.pages import render
    from walk.routine.papers import notice as printed
    from walk.routine.planning import rotation
    from walk.routine.visiting import door

    wanted = form or _page_form(output)
    with desk_of(ctx) as desk:
        choose(desk, which)
        _check_output(output, desk.store.path)
        if team and rotation.current(desk) is None:
            raise WalkError(
                "No rotation has been made yet.", "In the app, m under Rotation makes it."
            )
        door.no_person(desk, *no_person)
        pages = printed.page_of(desk, what, schedule=schedule, team=team, where=where)
        _give(render(pages, wanted), output)
        found = printed.facts(desk)
        _tell_names(printed.likely_names(desk, found))
        _tell(_of_rotation(found) if what == "slips" or schedule else ())


def _page_form(output: Path | None) -> str:
    found = _form(output=output)
    return found if found in ("text", "md", "html") else "text"


def _of_rotation(found: PlanFacts) -> tuple[str, ...]:
    """What keeps a page that rests on the rotation from being whole."""
    made = found.rotation
    if made is None:
        return (NO_STOPS,)
    from walk.model import missed

    return tuple(missed(code, why) for code, why in made.dropped)


# Giving, and telling


def _check_output(output: Path | None, *sources: Path | None) -> None:
    """Refuse to write over what is read, the store, the plan, the places; and text as a .pdf."""
    if output is not None and output.suffix.lower() in _NO_TEXT:
        raise WalkError(
            f"No {output.suffix.lower()} file can be written: these pages are text.",
            "End it in .html, which a browser prints; or in .md or .txt.",
        )
    for source in sources:
        if output is not None and source is not None and _same_file(output, source):
            raise WalkError(f"{output} is read for this.", "Name another file.")


def _same_file(one: Path, other: Path) -> bool:
    """Whether both are there and are one; what else is wrong with them is told by their use."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _give(text: str, output: Path | None) -> None:
    """Print the text as it is, or write it to the file, whole or not at all."""
    if output is None:
        say_page(text)
        return
    from walk.routine.exports import write_whole

    write_whole(output, text)
    say(f"Wrote {output}")


def _tell(lines: tuple[str, ...]) -> None:
    """Say each problem once on stderr; what was asked for is printed all the same."""
    say(*(f"walk: {line}" for line in dict.fromkeys(lines)), err=True)


def _tell_names(words: tuple[str, ...]) -> None:
    if not words:
        return
    shown = [f"“{one}”" for one in words[:_NAMED]]
    if len(words) > _NAMED:
        shown.append(f"{len(words) - _NAMED} more")
    looks = "looks like a name" if len(words) == 1 else "look like names"
    complain(
        WalkError(
            f"{', '.join(shown)} {looks}; the page is printed as it is.",
            "Reword it in the plan; or, where no person is meant, say --no-person WORDS.",
        )
    )
