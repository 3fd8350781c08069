"""The lead's places: which room a code stands for, and whose room it is.

They lie in a file beside the store, one a walk, that only its owner can read. Nothing of them is in
the journal, a pack, a report or a backup, and no error repeats their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from walk.errors import PlanError, Refused
from walk.model import Visit, Walker
from walk.paths import places_file
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.text import accept, listed, one_line

if TYPE_CHECKING:  # loaded when places are read, so that a start stays quick
    from walk.intake.plan import Place, Places, Plan

STRANGE_PLACES = "places: "
"""Begins what is told of a code or a label in them that the walk does not know."""


@dataclass(frozen=True, slots=True)
class TakenPlaces:
    """What a places file did, in words that name codes and labels but no place."""

    changes: tuple[str, ...]
    warnings: tuple[str, ...]
    """Codes that are no visit of the walk, and labels that are not on its roster."""


def path_of(desk: Desk) -> Path:
    """Where the places of the walk on the desk lie; the file need not be there."""
    return places_file(desk.store.path, desk.walk_id)


def read(desk: Desk) -> Places:
    """The places of the walk on the desk, under the labels of today; none where none were kept.

    PlanError, without a word of the file, when they cannot be read.
    """
    return _called_now(desk, _read(desk))


def _read(desk: Desk) -> Places:
    """What the kept file says."""
    from walk.intake.plan import Places, parse_places

    text = _kept_text(desk)
    if not text:
        return Places()
    try:
        return parse_places(text)
    except PlanError:
        raise _unreadable(path_of(desk)) from None


def _called_now(desk: Desk, said: Places) -> Places:
    """The same, with walkers whose label is another by now under that one.

    Undo, redo and other laptops change labels without a look at this file.
    """
    from walk.intake.plan import Places

    owners = {plain(label) for one in said.places for label in one.own_room_of}
    held = desk.walkers() if owners else []
    gone = owners - {plain(one.label) for one in held}
    if not gone:
        return said
    now = {one.id: one.label for one in held}
    called = {
        plain(one.label): now[one.id]
        for one in desk.store.ever_said(Walker, desk.walk_id)
        if one.id in now and plain(one.label) in gone
    }
    return Places(
        tuple(
            replace(one, own_room_of=tuple(called.get(plain(own), own) for own in one.own_room_of))
            for one in said.places
        )
    )


def write(desk: Desk, places: Places) -> None:
    """Keep these places in place of those kept before, whole or not at all; comments stay."""
    from walk.intake.plan_write import write_places

    _keep(desk, write_places(_kept_text(desk), places))


def keep_up(desk: Desk) -> None:
    """Write the labels of today into the file, where it has others.

    Asked before a label is given, too, so that nobody takes over the room of who had it before.
    """
    said = _read(desk)
    now = _called_now(desk, said)
    if now != said:
        write(desk, now)


def check(path: Path) -> Places:
    """What a PLACES.toml says; PlanError names the file, line and key of a mistake."""
    from walk.intake.plan import read_places

    return read_places(path)


def take(
    desk: Desk, path: Path, *, walk: str = "", plan: Path | None = None, save: bool = True
) -> TakenPlaces:
    """Keep what a PLACES.toml says of a walk, that on the desk unless named; others' stay.

    A place that the file leaves out stays. Reads and tells only, without `save`; a walk that is not
    made yet is then judged by its `plan` file. PlanError names the file, line and key of a mistake.
    """
    before = desk.walk_id
    desk.walk_id = walk or before
    try:
        return _take(desk, path, plan, save=save)
    finally:
        desk.walk_id = before


def _take(desk: Desk, path: Path, plan: Path | None, *, save: bool) -> TakenPlaces:
    from walk.intake.plan import Places, parse_places, read_plan
    from walk.intake.plan_write import write_places
    from walk.intake.toml_tables import text_of

    text = text_of(path)
    said = parse_places(text, path.name)
    held = {plain(one.code): one for one in read(desk).places}
    named = {plain(one.code) for one in said.places}
    left = tuple(one for code, one in held.items() if code not in named)
    lines = []
    for one in said.places:
        known = held.get(plain(one.code))
        if known != one:
            lines.append(f"{'changed' if known else 'added'}: place of {one.code}")
    lines += [f"not in {path.name}, and kept: place of {one.code}" for one in left]
    if save:
        _keep(desk, write_places(text, Places((*said.places, *left)), path.name))
    codes, labels = _known(desk)
    if plan is not None and not save:
        planned = read_plan(plan)
        codes |= {plain(one.code) for one in planned.visits}
        labels |= {plain(one.label) for one in planned.walkers}
    return TakenPlaces(tuple(lines), _strange(_called_now(desk, said), codes, labels))


def warnings(desk: Desk, places: Places | None = None) -> tuple[str, ...]:
    """What in the places (those kept, unless given) fits no visit or walker of the walk."""
    return _strange(read(desk) if places is None else places, *_known(desk))


def warnings_of_plan(said: Places, plan: Plan) -> tuple[str, ...]:
    """The same for a plan file that no walk is made of."""
    codes = {plain(one.code) for one in plan.visits}
    return _strange(said, codes, {plain(one.label) for one in plan.walkers})


def _known(desk: Desk) -> tuple[set[str], set[str]]:
    """The codes and the labels of the walk on the desk."""
    codes = {plain(one.code) for one in prepare.visits(desk)}
    return codes, {plain(one.label) for one in desk.walkers()}


def _strange(said: Places, codes: set[str], labels: set[str]) -> tuple[str, ...]:
    strange = [one.code for one in said.places if plain(one.code) not in codes]
    owners = dict.fromkeys(label for one in said.places for label in one.own_room_of)
    unknown = [label for label in owners if plain(label) not in labels]
    lines = [
        _line(strange, "is no visit of this walk", "are no visits of this walk"),
        _line(unknown, "is not on the roster", "are not on the roster"),
    ]
    return tuple(line for line in lines if line)


def _line(names: Sequence[str], one: str, several: str) -> str:
    """What holds for these, in one line; empty for none."""
    if not names:
        return ""
    return f"{STRANGE_PLACES}{listed(names)} {one if len(names) == 1 else several}"


def own_rooms(desk: Desk) -> dict[str, frozenset[str]]:
    """By the code of a visit the labels of those whose own room it is, as visits and roster say."""
    places = read(desk).places
    if not places:
        return {}
    codes = {plain(one.code): one.code for one in prepare.visits(desk)}
    labels = {plain(one.label): one.label for one in desk.walkers()}
    return {
        codes.get(plain(one.code), one.code): frozenset(
            labels.get(plain(label), label) for label in one.own_room_of
        )
        for one in places
        if one.own_room_of
    }


def entry_of(desk: Desk, code: str) -> Place | None:
    """What is kept of a visit's place, and whose own room it is."""
    return next((one for one in read(desk).places if plain(one.code) == plain(code)), None)


def set_place(desk: Desk, code: str, place: str, own_room_of: tuple[str, ...] = ()) -> None:
    """Keep where a visit is and whose own room it is; with neither, its place is forgotten.

    Refused for a code that is no visit, a label that is neither on the roster nor kept there so
    far, and more than one line.
    """
    from walk.intake.plan import Place, Places

    found = _visit(desk, code)
    words = accept(place.strip(), 200)
    if one_line(words) != words:
        raise Refused("A place is one line of plain words.", "Such as Room 12.")
    held = entry_of(desk, code)
    labels = {plain(label): label for label in (held.own_room_of if held else ())}
    labels |= {plain(one.label): one.label for one in desk.walkers()}
    wanted = tuple(dict.fromkeys(label.strip() for label in own_room_of if label.strip()))
    for label in wanted:
        if plain(label) not in labels:
            raise Refused(f"{one_line(label, 40)} is not on the roster.", "Choose a label from it.")
    new = Place(found.code, words, tuple(labels[plain(label)] for label in wanted))
    kept = list(read(desk).places)
    at = next((n for n, one in enumerate(kept) if plain(one.code) == plain(code)), len(kept))
    kept[at : at + 1] = [new] if words or wanted else []
    write(desk, Places(tuple(kept)))


def forget(desk: Desk) -> bool:
    """Remove the places of the walk on the desk from this laptop; False when there were none."""
    from walk.intake.whole_file import remove_whole

    return remove_whole(path_of(desk))


def plain(said: str) -> str:
    """A code or a label however it is written: by it a places file is compared with the plan."""
    return said.strip().casefold()


def _visit(desk: Desk, code: str) -> Visit:
    for one in prepare.visits(desk):
        if plain(one.code) == plain(code):
            return one
    raise Refused(f"{one_line(code, 40)} is no visit of this walk.", "Choose a code of its plan.")


def _kept_text(desk: Desk) -> str:
    """The text of the kept file; empty where there is none."""
    from walk.intake.toml_tables import text_of

    path = path_of(desk)
    if not path.is_file():
        return ""
    try:
        return text_of(path)
    except PlanError:
        raise _unreadable(path) from None


def _keep(desk: Desk, text: str) -> None:
    from walk.intake.whole_file import write_whole

    path = path_of(desk)
    try:
        before = path.read_bytes() if path.is_file() else None
    except OSError:
        raise _unreadable(path) from None
    write_whole(path, text.encode(), before=before, private=True)


def _unreadable(path: Path) -> PlanError:
    return PlanError(
        "The places of this walk cannot be read.",
        f"Mend {one_line(str(path))}, or remove it and read PLACES.toml in again.",
    )
