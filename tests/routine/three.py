"""Three laptops of one walk for tests: the lead's, Ana's and Ben's, and packs between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.desks import begin_small, desk_at
from walk.clock import FixedClock
from walk.model import PLAN_KINDS, Form, Note
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import visit


def give(here: Desk, to: Desk, *, plan_only: bool = False) -> None:
    """All that a laptop has for the team, as a pack would bring it; nothing waits at a door."""
    walk = here.walk_id
    kinds = PLAN_KINDS if plan_only else None
    here.store.publish(here.by(), "shared", here.store.unshared(walk, kinds), everyone=True)
    packed = [(rev.rev_id(), rev) for rev in here.store.published(walk, kinds)]
    sha256 = b"".join(rev_id[:1] for rev_id, _ in packed)
    now = to.now().wall_ms
    to.store.collect(sha256, "pack.walk", walk, here.label, packed, now, lambda merged: "{}")


def meet(*desks: Desk) -> None:
    """Everyone gives everyone what they have, until all have all."""
    for one in desks:
        for other in desks:
            if one is not other:
                give(one, other)
    for one in desks:
        for other in desks:
            if one is not other:
                give(one, other)


class Three:
    """The lead's laptop, with a plan of three walkers, and two that joined it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.stack = stack
        self.lead = self.laptop("lead", 0)
        begin_small(self.lead, 3)
        prepare.give_label(self.lead, self.lead.walkers()[0], "Lea")
        for label in ("Ana", "Ben"):
            prepare.add_walker(self.lead, label)
        self.ana, self.ben = self.joined("Ana", 1), self.joined("Ben", 2)

    def laptop(self, name: str, minutes: int) -> Desk:
        """Another laptop, with an empty store, its clock some minutes on."""
        clock = FixedClock()
        clock.advance(minutes=minutes)
        return self.stack.enter_context(desk_at(self.folder / f"{name}.walkdb", clock))

    def joined(self, label: str, minutes: int = 3, name: str = "") -> Desk:
        """A laptop that took the plan and joined under a label of the roster, or a new one."""
        desk = self.laptop(name or label, minutes)
        give(self.lead, desk, plan_only=True)
        desk.open_walk(self.lead.walk_id)
        desk.become(prepare.add_walker(desk, label).id)
        return desk


@contextmanager
def three_laptops(folder: Path) -> Iterator[Three]:
    """Three laptops, closed afterwards."""
    with ExitStack() as stack:
        yield Three(folder, stack)


def code(desk: Desk, named: str) -> str:
    """The id of a visit."""
    return next(one.id for one in prepare.visits(desk) if one.code == named)


def form_at(desk: Desk, named: str = "V1") -> Form:
    """The form of the one who writes, its room entered."""
    return visit.enter(desk, visit.find(desk, code(desk, named)))


def wrote(desk: Desk, words: str, named: str = "V1") -> Note:
    """A note of the one who writes."""
    return visit.add_note(desk, form_at(desk, named), words).note


def note_on(desk: Desk, note: str) -> Note:
    """A note as it is shown on a laptop."""
    found = desk.store.get(Note, note)
    assert found is not None
    return found
