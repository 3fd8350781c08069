"""The commands for backups, and the plain questions at the start where a store is damaged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from walk.commands.desk import (
    WAIT_S,
    Named,
    at_terminal,
    complain,
    desk_of,
    may_talk,
    named_store,
    say,
    say_json,
)
from walk.errors import DamagedStore, Refused, WalkError

if TYPE_CHECKING:
    from walk.routine.desk import Desk
    from walk.routine.keeping.backups import Kept, Look, Restored


_LINE = 40
"""Columns that a line of progress takes."""


@click.command()
@click.option(
    "-o",
    "--output",
    "output",
    metavar="FILE",
    type=Named(path_type=Path, readable=False),
    help="Write it to this file or into this folder instead; older backups stay as they are.",
)
@click.pass_context
def backup(ctx: click.Context, output: Path | None) -> None:
    """Make a backup of the store now, and look through it.

    It holds everything, private notes too, but no places.
    """
    from walk.routine.keeping import backup_words, backups

    store = named_store(ctx.find_root().obj)
    _must_be_there(store)
    with desk_of(ctx) as desk:
        made = backups.take(store, desk.clock, to=output.absolute() if output else None)
        size = backup_words.size_words(made.stat().st_size)
        say(f"Backup made: {made} ({size})")
        holding = backups.look(made, quick=True).holding
        say(*(f"  {line}" for line in backup_words.changes(None, holding)))
        say("Every page and record in it adds up.")
    if output and (careful := backups.copy_told(made)):
        complain(WalkError(careful))


def _refuse_no_file(store: Path) -> None:
    """ForeignStore where a folder, a pipe or a device lies in the place of a store."""
    from walk.storage.database import told
    from walk.storage.foreign import check_place

    with told(store):
        check_place(store)


def _must_be_there(store: Path) -> None:
    from walk.storage.database import traces

    _refuse_no_file(store)
    if not store.exists() and not traces(store):
        raise Refused(f"There is no store at {store} yet.", "Name another with --store.")


@click.command()
@click.argument("which", metavar="[BACKUP]", required=False)
@click.option("--list", "only_list", is_flag=True, help="Show the backups and what they hold.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the list or the result as JSON.")
@click.pass_context
def restore(
    ctx: click.Context, which: str | None, only_list: bool, yes: bool, as_json: bool
) -> None:
    """Bring a backup back; it is shown before.

    BACKUP is its number in the list or a file; left out, it is the newest in which everything adds
    up. What is there now is backed up first. A damaged store is set aside, never overwritten, and
    what can still be read of it is saved.
    """
    from walk.clock import SystemClock
    from walk.routine.keeping import backups

    store, clock = named_store(ctx.find_root().obj), SystemClock()
    _refuse_no_file(store)
    if only_list:
        _show_list(store, as_json=as_json)
        return
    if as_json and not yes:
        raise click.UsageError("--json goes with --list, or with --yes.")
    with _progress() as report:
        report("Looking through the store")
        wrong = backups.damage(store) if store.exists() else _missing(store)
        report("Looking through the backup")
        chosen = _chosen(store, which, wrong)
    if not as_json:
        _show_chosen(store, chosen, wrong)
    if not yes and not _agreed("Bring it back?" if chosen else "Do this?"):
        return
    with _progress() as report:
        done = backups.restore(store, chosen, clock, report=report)
    if as_json:
        say_json(_as_json(done, chosen))
    else:
        say(*done.lines)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """One line on stderr that tells what is done now; nothing where it is no terminal."""
    shown = at_terminal(sys.stderr)

    def tell(words: str) -> None:
        if shown:
            click.echo(f"\r{words} …".ljust(_LINE), nl=False, err=True)

    try:
        yield tell
    finally:
        if shown:
            click.echo(f"\r{' ' * _LINE}\r", nl=False, err=True)


def _missing(store: Path) -> str:
    """What is told where there is no store, or no more."""
    return "The store is gone." if _lost(store) else "There is no store yet."


def _lost(store: Path) -> bool:
    from walk.storage.database import traces

    return bool(traces(store)) or Path(f"{store}-wal").exists()


def _chosen(store: Path, which: str | None, wrong: str) -> Kept | None:
    """The backup that is meant; None where a damaged store has none, and is saved from alone."""
    from walk.clock import SystemClock
    from walk.routine.keeping import backups

    try:
        chosen = backups.named(store, SystemClock(), which)
    except Refused:
        if which is None and wrong and _lost_or_there(store):
            return None
        raise
    found = backups.look(chosen.path)
    if not found.sound:
        raise DamagedStore(
            f"This backup cannot be brought back. {found.wrong}",
            found.mend or "Choose another one: walk restore --list",
        )
    return chosen


def _lost_or_there(store: Path) -> bool:
    return store.exists() or _lost(store)


def _show_chosen(store: Path, chosen: Kept | None, wrong: str) -> None:
    from walk.routine.keeping import backup_words, backups

    if wrong:
        say(wrong)
    if chosen is None:
        say("There is no backup in which everything adds up.")
        say("What can still be read of the store is saved into a new one; it is set aside itself.")
        return
    say(f"Backup: {chosen.words}" if chosen.why else f"Backup: {chosen.when}, {chosen.size}")
    now = None if wrong else backups.look_at_store(store).holding
    held = backups.look(chosen.path, quick=True).holding
    say(*(f"  {line}" for line in backup_words.changes(now, held)))
    if wrong and store.exists():
        say("What is newer in the damaged store and can still be read is saved too.")
    elif not wrong:
        say("What is there now is backed up first, so this can be taken back.")


def _agreed(question: str) -> bool:
    if not may_talk():
        raise WalkError(
            "Nothing is brought back without a yes.", "Say --yes, or look: walk restore --list"
        )
    try:
        return click.confirm(question, default=False)
    except click.Abort:
        say("Nothing is changed.")
        return False


def _as_json(done: Restored, chosen: Kept | None) -> dict[str, Any]:
    return {
        "restored": str(chosen.path) if chosen else None,
        "before": str(done.before) if done.before else None,
        "set_aside": str(done.aside) if done.aside else None,
        "saved": {"notes": done.saved.notes, "entries": done.saved.entries},
    }


def _show_list(store: Path, *, as_json: bool) -> None:
    from walk.clock import SystemClock
    from walk.routine.keeping import backup_words, backups

    now = backups.look_at_store(store)
    found = [(one, backups.look(one.path)) for one in backups.listed(store, SystemClock())]
    if as_json:
        say_json(
            {
                "store": str(store),
                "damaged": _told_wrong(store, now) or None,
                "backups": [_one_as_json(one, held, now) for one, held in found],
                "set_aside": [str(one) for one in backups.set_aside(store)],
            }
        )
        return
    say(f"Store: {store}")
    if wrong := _told_wrong(store, now):
        say(f"  {wrong}")
    for one, held in found:
        say(f"{one.number}  {one.words} · {'adds up' if held.sound else held.wrong}")
        if held.holding:
            say(*(f"     {line}" for line in backup_words.changes(now.holding, held.holding)))
    if not found:
        say("There is no backup yet.")
    say(*(f"Set aside as damaged: {one}" for one in backups.set_aside(store)))


def _told_wrong(store: Path, now: Look) -> str:
    from walk.routine.keeping import backups

    if not store.exists():
        return _missing(store)
    return backups.found_damage(store) or now.wrong


def _one_as_json(one: Kept, held: Look, now: Look) -> dict[str, Any]:
    from walk.model.revision import utc_text
    from walk.routine.keeping.backup_words import notes_in

    walks = held.holding.walks if held.holding else {}
    return {
        "number": one.number,
        "file": str(one.path),
        "made_at": utc_text(one.at),
        "why": one.reason,
        "bytes": one.bytes,
        "sound": held.sound,
        "wrong": held.wrong or None,
        "walks": [
            {
                "walk": walk,
                "date": day,
                "title": title,
                "notes": notes_in(held.holding, walk),
                "notes_now": notes_in(now.holding, walk),
            }
            for walk, (day, title) in walks.items()
        ],
    }


# At the start of the app


@contextmanager
def desk_for_app(store: Path) -> Iterator[Desk | None]:
    """The desk of the app; where the store is damaged, a person is asked what is to be done.

    None where they leave everything as it is.
    """
    from walk.routine.start import open_desk, told_damaged

    _refuse_no_file(store)  # the root of a disk has no name that files beside it could go by
    with ExitStack() as stack:
        wrong = told_damaged(store)
        if wrong and not _mended(store, wrong, opens=True):
            yield None
            return
        try:
            desk = stack.enter_context(open_desk(store))
        except DamagedStore as error:
            if not _mended(store, error.message, opens=False):
                yield None
                return
            desk = stack.enter_context(open_desk(store, patience_s=WAIT_S))
        yield desk


def _mended(store: Path, wrong: str, *, opens: bool) -> bool:
    """Ask until one of the ways is taken; False for leaving everything as it is."""
    from walk.clock import SystemClock
    from walk.routine.keeping import backup_words, backups

    clock = SystemClock()
    there = store.exists() or Path(f"{store}-wal").exists()
    chosen: Kept | None = None
    say(f"walk: {wrong}", "")
    try:
        chosen = backups.newest_sound(store, clock)
        say(f"The newest sound backup: {chosen.words}")
        held = backups.look(chosen.path, quick=True).holding
        say(*(f"  {line}" for line in backup_words.changes(None, held)))
        first = "bring it back"
        if there:
            first += "; what is newer and can still be read is saved too"
    except Refused as error:
        say(error.message)
        first = "save what can still be read into a new store"
    ways = {"1": first, "2": "begin with an empty store"}
    if opens:
        ways["3"] = "open it as it is"
    ways["q"] = "leave everything as it is"
    say("", *(f"  {key}  {words}" for key, words in ways.items()), "")
    if there:
        say("With 1 and 2 what is there now is set aside under another name.")
    while True:
        answer = _asked()
        if answer == "q":
            say("Everything is left as it is.")
            return False
        if answer == "3" and opens:
            return True
        try:
            if answer == "1":
                say(*backups.restore(store, chosen, clock).lines)
            elif answer == "2":
                where = backups.begin_empty(store, clock)
                say(f"{backups.set_aside_words(where)}." if where else "An empty store is there.")
            else:
                continue
        except WalkError as error:
            complain(error)
            continue
        click.pause("Press a key to go on.")
        return True


def _asked() -> str:
    try:
        return str(click.prompt("Which", prompt_suffix=" ? ")).strip().lower()
    except click.Abort:
        return "q"
