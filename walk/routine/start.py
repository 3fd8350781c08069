"""What the command line starts with: a desk, the walk that is meant, notes, the health."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from walk.clock import Clock, SystemClock
from walk.errors import Refused
from walk.model import Closing, Form, Walk, closing_id, form_id
from walk.paths import crash_file
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import door, visit, write
from walk.routine.wording import own_words
from walk.routine.writing import called as called
from walk.storage.database import UI_PATIENCE_S, found_file, was_left_open
from walk.storage.store import Store
from walk.text import one_line


@contextmanager
def open_desk(
    path: Path, *, clock: Clock | None = None, patience_s: float = UI_PATIENCE_S
) -> Iterator[Desk]:
    """A desk on the store at `path`, closed afterwards. The clock is the machine's unless given."""
    clock = clock or SystemClock()
    left_open = was_left_open(path)
    store = Store.open(path, clock.now().wall_ms, patience_s=patience_s)
    desk = Desk(store, clock)
    desk.after_a_crash = left_open
    try:
        yield desk
    finally:
        desk.part()
        store.close()


def told_damaged(path: Path) -> str:
    """What the last look into the store found wrong, to be told before it is opened again."""
    file = found_file(path)
    try:
        return file.read_text(encoding="utf-8").strip() if file.exists() else ""
    except (OSError, UnicodeDecodeError):
        return ""


def choose_walk(desk: Desk, named: str | None) -> list[str]:
    """The walks that a name could mean: an id's beginning or end, or a date. Refused for none.

    Without a name: the walk with a stop under way, else the one opened or made last.
    """
    walks = desk.store.walks()
    if not walks:
        raise Refused(
            "There is no walk here yet.",
            "Begin one with `walk`, or bring notes in with `walk import`.",
        )
    if named is None:
        return _usual(desk, walks)
    found = _named(desk, walks, named)
    if not found:
        raise Refused(
            f"No walk here is called “{one_line(named, 40)}”.",
            "`walk history --all` lists the walks here.",
        )
    return found


def _named(desk: Desk, walks: list[str], named: str) -> list[str]:
    wanted = named.strip().lower()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", wanted):
        return [one for one in walks if _walk(desk, one).date == wanted]
    if not wanted:
        return []
    return [one for one in walks if one.startswith(wanted)] or [
        one for one in walks if one.endswith(wanted)
    ]


def _usual(desk: Desk, walks: list[str]) -> list[str]:
    last = desk.walk_id
    for one in walks:
        desk.walk_id = one
        if visit.under_way(desk):
            return [one]
    desk.walk_id = last
    if last in walks:
        return [last]
    return walks[:1]


def _walk(desk: Desk, walk: str) -> Walk:
    found = desk.store.get(Walk, walk)
    return found or Walk(id=walk, walk=walk)


def described(desk: Desk, walk: str) -> str:
    """A walk on one line: the end of its id, its date, its title and how it ended."""
    found = _walk(desk, walk)
    closing = desk.store.get(Closing, closing_id(walk))
    ended = closing.how if closing else "open"
    gone = purged.words(desk, walk)
    after = f"{ended} · {gone}" if gone else ended
    # The end of an id differs between walks made in one minute; its beginning is their time.
    return f"{walk[-8:]}  {found.date or 'no date'}  {one_line(found.title, 44)}  {after}"


def note_from_shell(
    desk: Desk, code: str, text: str, *, wondering: bool, look_for: int | None, label: str | None
) -> str:
    """Save one finished note of a visit and share its form; says what was saved."""
    wanted = code.strip().casefold()
    found = next((one for one in prepare.visits(desk) if one.code.casefold() == wanted), None)
    if found is None:
        codes = ", ".join(one.code for one in prepare.visits(desk)) or "none yet"
        raise Refused(f"This walk has no visit {code}.", f"Its visits: {codes}.")
    if found.withdrawn:
        raise Refused(f"{found.code} is no longer open.", "Choose another visit.")
    purged.refuse_notes(desk)
    walker = _who(desk, label)
    held = prepare.look_fors(desk)
    if look_for is not None and not 1 <= look_for <= len(held):
        raise Refused(
            f"This walk has no look-for {look_for}.", f"Its look-fors count from 1 to {len(held)}."
        )
    before = desk.me
    desk.write_as(walker)
    waits = ""
    try:
        form = visit.form_of(desk, found) or Form(
            id=form_id(desk.walk_id, found.id, walker),
            walk=desk.walk_id,
            visit=found.id,
            walker=walker,
        )
        saved = visit.add_note(
            desk,
            form,
            text,
            kind="wondering" if wondering else None,
            look_for=held[look_for - 1].id if look_for else "",
            from_paper=form.entered_at is None,
        )
        if form.entered_at is None or visit.has_left(form):
            write.finish(desk, form)  # inside the room the form is still being written
            waits = door.told(door.waiting(desk, [saved.note.id]))
    finally:
        desk.write_as(before or walker)
    said = f" · {saved.understood}" if saved.understood else ""
    line = f"{saved.note.note_kind.capitalize()} saved for {found.code}{said}"
    return f"{line}\n{waits}" if waits else line


def _who(desk: Desk, label: str | None) -> str:
    if label is None:
        if desk.me:
            return desk.me
        raise Refused("It is not known who is writing.", "Say so with --as LABEL.")
    found = called(desk.walkers(), label)
    if found is None:
        labels = ", ".join(one.label for one in desk.walkers()) or "nobody yet"
        raise Refused(f"{label} is not on the roster.", f"On it: {labels}.")
    return found.id


class Health(NamedTuple):
    """What a check of the store found, in words."""

    lines: tuple[str, ...]
    wrong: tuple[str, ...]


def health(desk: Desk, *, rebuild: bool = False) -> Health:
    """Check the store's pages, every record's hash and the own words; say where things lie.

    What is found wrong with the store is kept for the next start, as the daily look keeps it.
    """
    from walk.routine.keeping import backups, lies_on
    from walk.routine.settling import conflicts, same_person

    said, broken = own_words.standing(desk.store.path)
    lines = [f"Store: {desk.store.path}", *backups.standing(desk.store.path, desk.clock)]
    lines += [said] if said else []
    if rebuild:
        lines.append(f"Tables made again from the journal: {desk.store.rebuild()} records")
    wrong = desk.store.check()
    backups.remember_check(desk.store.path, wrong)
    index, astray = ("", "") if wrong else _search_index(desk)
    lines += [index] if index else []
    for walk in desk.store.walks():
        lines.append(described(desk, walk))
        unread = desk.store.unread(walk)
        if unread:
            kinds = ", ".join(sorted({kind for kind, _ in unread}))
            lines.append(f"  {len(unread)} records kept unread, made by a newer walk: {kinds}")
        differing = len(desk.store.conflicts(walk))
        if differing:
            lines.append(f"  {differing} records that two laptops tell differently; both are kept")
        if walk == desk.walk_id:
            lines += [
                f"    {one}" for one in (*conflicts.in_words(desk), *same_person.in_words(desk))
            ]
    for draft in desk.store.drafts():
        lines.append(f"Draft kept: {len(draft.text)} characters at {draft.place.split(':')[0]}")
    lines.append("Every page and record adds up" if not wrong else "Something does not add up:")
    if wrong:
        wrong.append("`walk restore` sets the store aside and brings the newest backup back.")
    wrong = [*wrong, *(one for one in (astray, broken) if one)]
    if synced := backups.folders_told(desk.store.path):
        lines.append(f"Careful: {synced}")
    if place := lies_on.careful(desk.store.path):
        lines.append(f"Careful: {place}")
    if crash_file().exists():
        lines.append(f"The last crash is written down in {crash_file()}")
    return Health(tuple(lines), tuple(wrong))


def _search_index(desk: Desk) -> tuple[str, str]:
    """How far the search index goes, and what is wrong with it; no backup is needed to mend it."""
    if wrong := desk.store.wrong_in_search():
        return "", f"{wrong[:1].upper()}{wrong[1:]}: `walk doctor --rebuild` makes it again."
    filled = desk.store.filled()
    done = f"{filled.upto:,} of {filled.newest:,} entries"
    return f"Search index: {done} are in it; it fills while somebody searches", ""
