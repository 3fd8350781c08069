"""Share: putting what may go into team scope, and writing this laptop's pack where it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from walk import __version__
from walk.errors import PackError, Refused, StoreError
from walk.exchange.pack import ENDING, Written, check_place, pack_name, write_pack
from walk.exchange.receipt import counted
from walk.model import PLAN_KINDS, Form
from walk.routine import folders
from walk.routine.desk import Desk

# Whoever shares looks first at what goes, and finds both here.
from walk.routine.exchanging.goes import ENTRIES, no_rotation, sender
from walk.routine.exchanging.goes import Goes as Goes
from walk.routine.exchanging.goes import still_waiting as still_waiting
from walk.routine.exchanging.goes import what_goes as what_goes
from walk.routine.home.home import overview
from walk.routine.home.home_state import GIVEN
from walk.routine.planning import places
from walk.routine.visiting import door, visit, write
from walk.text import one_line, safe

CHUNK = 200
"""Records that are put into team scope at once, so that another writer waits a tenth at most."""
PLACES_END = "-places.toml"
"""What the name of a places file ends in that lies beside its pack."""
KEPT_HERE = "Drafts, first wordings and what was typed since stay on this laptop."
PLAN_KEPT_HERE = "All notes, forms and drafts stay on this laptop."


@dataclass(frozen=True, slots=True)
class Shared:
    """What a share wrote, and what stayed."""

    lines: tuple[str, ...]
    """What went in, in words."""
    waiting: tuple[door.AtDoor, ...] = ()
    """What has a likely name in it and waits at the door."""
    path: Path | None = None
    """The pack."""
    last: str = ""
    """Whether the stick may be taken out, in words; empty where it is none."""


class _Writing(Desk):
    """The same desk with another walker writing: the setting that says who writes here stays."""

    def __init__(self, desk: Desk, walker: str) -> None:
        super().__init__(desk.store, desk.clock)
        self.walk_id = desk.walk_id
        self._walker = walker

    @property
    def me(self) -> str:
        """The walker whose form it is."""
        return self._walker


def is_next(desk: Desk) -> bool:
    """True once the own visits are through and their notes have not been given yet."""
    view = overview(desk)
    return any(one.screen == "share" for one in (view.next, *view.also) if one)


# Writing it


def share(
    desk: Desk,
    path: Path,
    *,
    plan_only: bool = False,
    with_places: bool = False,
    passphrase: str = "",
) -> Shared:
    """Write this laptop's pack of the walk to `path`; what went in, and what waits at the door.

    All that changed and may pass is put into team scope first: one revision a record. A plan pack
    holds the plan alone; `with_places` lays the places beside it as a file of their own. Sharing
    again supersedes without harm. Takes a while where there are many notes.
    """
    walk = desk.walk
    _check_name(path)
    _check_plan(desk, plan_only=plan_only, with_places=with_places)
    check_place(path, desk.store.device, passphrase)  # or forms would be finished for nothing
    if not plan_only:
        _finish_forms(desk)
    kinds = PLAN_KINDS if plan_only else None
    while (waiting := _publish(desk, plan_only=plan_only)) is None:
        continue  # somebody wrote on meanwhile: that has to be looked at too
    written = write_pack(
        path,
        desk.store.published(walk.id, kinds),
        kind="plan" if plan_only else "share",
        walk=walk.id,
        device=desk.store.device,
        walker="" if plan_only else sender(desk),
        walker_id="" if plan_only else desk.own_walker(),
        made_at_ms=desk.now().wall_ms,
        app=__version__,
        passphrase=passphrase,
    )
    beside = _write_places(desk, path) if with_places else None
    told = _told(written, plan_only=plan_only, locked=bool(passphrase), beside=beside)
    if plan_only and (lacks := no_rotation(desk)):
        told.append(lacks)
    told += _remember(desk, written, plan_only=plan_only)
    return Shared(tuple(told), tuple(waiting), written.path, _last_word(written))


def share_into(
    desk: Desk,
    folder: Path,
    *,
    plan_only: bool = False,
    with_places: bool = False,
    passphrase: str = "",
) -> Shared:
    """The same, into a folder, under a name that no other pack there has."""
    label = "plan" if plan_only else sender(desk)
    name = pack_name(desk.walk.date, label, desk.store.device, desk.now().wall_ms)
    return share(
        desk,
        folder / name,
        plan_only=plan_only,
        with_places=with_places,
        passphrase=passphrase,
    )


def places_beside(pack: Path) -> Path:
    """Where the places lie that were sent with a pack; the file need not be there."""
    return pack.with_name(f"{pack.stem}{PLACES_END}")


def _check_name(path: Path) -> None:
    """Refuse a name that no collect would look at, or that may be another kind of file."""
    if path.suffix.lower() != ENDING:
        raise PackError(
            f"{one_line(str(path)) or 'The name'} does not end in {ENDING}.",
            f"Name a file such as notes{ENDING}.",
        )


def _check_plan(desk: Desk, *, plan_only: bool, with_places: bool) -> None:
    if plan_only and not desk.is_lead():
        raise Refused(
            "This laptop did not make the plan.", "The lead's laptop packs it; share your notes."
        )
    if with_places and not plan_only:
        raise Refused(
            "Places never travel with notes.", "They go beside the plan alone: add --plan."
        )
    if with_places and not places.path_of(desk).is_file():
        raise Refused(
            "No places are kept of this walk.", "Type them under Prepare, or leave them out."
        )


def _finish_forms(desk: Desk) -> None:
    """Finish the forms that have something on them; a walker still in a room leaves it."""
    held = [one.record for one in desk.store.all(Form, desk.walk_id) if one.here]
    for form in held:
        if form.finished_at is None and (form.nothing_seen or visit.notes(desk, form)):
            write.finish(_Writing(desk, form.walker), form)


def _publish(desk: Desk, *, plan_only: bool) -> list[door.AtDoor] | None:
    """Put what changed into team scope; what stays at the door.

    None where something was saved while this looked, by another screen or program: a wording that
    nobody has looked at may not pass.
    """
    as_of = desk.store.newest_entry()
    ids = desk.store.unshared(desk.walk_id, PLAN_KINDS if plan_only else None)
    waiting = [] if plan_only else door.waiting_at_share(desk)
    words = "plan shared" if plan_only else "notes shared"
    for chunk in _chunks(door.without(ids, waiting)):
        wrote = desk.store.publish(desk.by(), words, chunk, everyone=True, as_of=as_of)
        if wrote < 0:
            return None
        as_of += wrote
    return waiting


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    todo = iter(ids)
    while chunk := list(islice(todo, CHUNK)):
        yield chunk


def _write_places(desk: Desk, pack: Path) -> Path:
    from walk.intake.whole_file import write_whole

    places.read(desk)  # so that nothing is sent which nobody could read
    beside = places_beside(pack)
    try:
        before = beside.read_bytes() if beside.is_file() else None
        write_whole(beside, places.path_of(desk).read_bytes(), before=before)
    except OSError:
        raise PackError(
            f"The plan is written, but {one_line(beside.name, 60)} beside it could not be.",
            "Choose another folder, or leave the places out.",
        ) from None
    return beside


def _remember(desk: Desk, written: Written, *, plan_only: bool) -> list[str]:
    """Keep where it was given and when; what could not be kept, in words: the pack lies there."""
    try:
        folders.used(desk, written.path.parent)
        if not plan_only:
            desk.store.set(f"{ENTRIES}{desk.walk_id}", written.count)
            desk.store.set(f"{GIVEN}{desk.walk_id}", desk.now().wall_ms)
    except StoreError as error:
        return [
            "The pack is whole and can be handed over; this laptop could not note down that it was "
            f"given. {error.message}"
        ]
    return []


def _told(written: Written, *, plan_only: bool, locked: bool, beside: Path | None) -> list[str]:
    what = "the plan" if plan_only else "the plan, forms, notes and what the team has made of them"
    lines = [
        f"Wrote {safe(str(written.path))}",
        f"It holds {what}: {counted(written.count, 'entry', 'entries')}, {written.bytes:,} bytes.",
        PLAN_KEPT_HERE if plan_only else KEPT_HERE,
    ]
    if locked:
        lines.append("It is locked: whoever collects it needs the passphrase.")
    if beside is not None:
        lines.append(f"Beside it lie the places: {safe(beside.name)}. Only the lead needs them.")
    return lines


def _last_word(written: Written) -> str:
    machine = folders.this_machine()
    if not any(written.path.is_relative_to(one) for one in folders.sticks(machine)):
        return ""
    if written.synced:
        return "You can take the stick out."
    return "Eject the stick before you take it out."
