"""Join: taking a plan pack and saying who one is on its roster."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from walk.errors import PackError, Refused
from walk.exchange.pack import Pack, read_pack
from walk.exchange.receipt import counted
from walk.model import Record, Rules, Visit, Walk, Walker, rules_id
from walk.model.revision import Placed, Revision, heads
from walk.routine import folders
from walk.routine.desk import Desk
from walk.routine.exchanging.collect import take_pack
from walk.routine.exchanging.share import places_beside
from walk.routine.planning import places, prepare
from walk.routine.writing import called
from walk.text import accept, one_line, safe

R = TypeVar("R", bound=Record)
NAMED_MOST = 40
"""Labels of a roster that are named where one is not on it."""


@dataclass(frozen=True, slots=True)
class PlanPack:
    """What a pack says of its plan, before anything of it is taken in."""

    path: Path
    pack: Pack
    walk: Walk
    walkers: tuple[Walker, ...]
    """By label."""
    visits: tuple[Visit, ...]
    """In the order of the plan."""
    open_roster: bool
    """Whoever is not on the roster may add a label."""
    places: Path | None
    """A places file that lies beside it."""

    def check_label(self, label: str) -> None:
        """Refused for a label that nobody on the roster has, unless anybody may join."""
        if called(self.walkers, label) is not None:
            return
        if not accept(label.strip()):
            raise Refused("A label needs at least one letter.", "A word of your choice will do.")
        if not self.open_roster:
            labels = [one_line(one.label, 60) for one in self.walkers[:NAMED_MOST]]
            left = len(self.walkers) - len(labels)
            labels += [f"{left} more"] if left else []
            raise Refused(
                f"{one_line(label, 60)} is not on the roster of this walk.",
                f"On it: {', '.join(labels)}. "
                "Join as one of them, or ask the lead to put you on it.",
            )


def look_at(path: Path, *, passphrase: str = "", pack: Pack | None = None) -> PlanPack:
    """Read a pack and what its plan says; PackError where it holds no walk.

    `pack` is what was read of it already. Takes a while where the pack is long.
    """
    pack = pack or read_pack(path, passphrase=passphrase)
    walk = next(iter(_shown(pack, Walk)), None)
    if walk is None:
        raise PackError(
            f"{one_line(path.name)} holds no walk that this version can read.",
            "Ask for the pack again, or install the newer walk.",
        )
    rules = next((one for one in _shown(pack, Rules) if one.id == rules_id(walk.id)), None)
    beside = places_beside(path)
    return PlanPack(
        path=path,
        pack=pack,
        walk=walk,
        walkers=tuple(sorted(_shown(pack, Walker), key=lambda one: one.label.casefold())),
        visits=tuple(sorted(_shown(pack, Visit), key=lambda one: (one.place, one.code))),
        open_roster=rules is not None and rules.open_roster,
        places=beside if beside.is_file() else None,
    )


def _shown(pack: Pack, noun: type[R]) -> list[R]:
    """The records of a kind as a laptop that took the pack alone would show them."""
    held: dict[bytes, list[tuple[Placed, Revision]]] = defaultdict(list)
    for rev_id, rev in pack.revisions:
        if rev.kind == noun.kind:
            place = Placed(
                rev_id, rev.parents, rev.generation, rev.made_at, True, rev.deleted, rev.body
            )
            held[rev.record].append((place, rev))
    found = []
    for record, revisions in held.items():
        shown = heads(place for place, _ in revisions)[0]
        try:
            if not shown.deleted:
                found.append(noun.from_body(record, bytes.fromhex(pack.manifest.walk), shown.body))
        except (ValueError, RecursionError):
            continue  # of a newer walk: kept, not shown
    return found


def join(
    desk: Desk,
    path: Path,
    label: str,
    *,
    passphrase: str = "",
    places_file: Path | None = None,
    plan: PlanPack | None = None,
) -> list[str]:
    """Take a plan pack in and become one of its walkers; what comes next, in words.

    A places file is taken only where one is named. Refused, with nothing taken in, for a label
    that is not on the roster. `plan` is the pack as it was looked at.
    """
    plan = plan or look_at(path, passphrase=passphrase)
    plan.check_label(label)
    if places_file is not None:
        places.check(places_file)
    take_pack(desk, path, plan.pack, joined=True)
    desk.open_walk(plan.pack.manifest.walk)
    known = called(desk.walkers(), label)
    me = known.id if known else prepare.add_walker(desk, label).id
    desk.become(me)
    folders.used(desk, path.parent)
    visits = prepare.visits(desk)
    own = next((one.label for one in desk.walkers() if one.id == me), label)
    lines = [
        f"Joined “{safe(desk.walk.title)}” as {safe(own)}",
        f"{counted(len(visits), 'visit', 'visits')}: {safe(', '.join(one.code for one in visits))}",
    ]
    if places_file is not None:
        taken = places.take(desk, places_file)
        many = counted(len(taken.changes), "line", "lines")
        lines.append(f"Places taken from {safe(places_file.name)}: {many}")
        lines += taken.warnings
    return lines
