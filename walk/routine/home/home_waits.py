"""What waits for a person on Home, of whatever walk: requests of other laptops, dates passed.

The rooms that act on it are imported where there is something to ask, as a start must be quick.
"""

from __future__ import annotations

from collections.abc import Iterator

from walk.model import Erase, Purge, Walk
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.following.steps_before import due_here
from walk.routine.settling.unsettled import unsettled
from walk.routine.waiting import Action
from walk.storage import backup, synced
from walk.text import one_line


def waits(desk: Desk) -> list[Action]:
    """Each with the screen that settles it."""
    found = [*_cut_off(desk), *_told_differently(desk), *_to_study(desk)] if desk.walk_id else []
    if any(desk.store.every(noun) for noun in (Erase, Purge)):
        found += _requests(desk)
    if _some_are_late(desk):
        found += _due(desk)
    return [*found, *_about_the_store(desk)]


def _about_the_store(desk: Desk) -> Iterator[Action]:
    """Damage that the last look found, and a folder that a cloud keeps in step."""
    if backup.found_damage(desk.store.path):
        yield Action("backups", "", "Something in the store does not add up: see the backups")
    if service := synced.service_of(desk.store.path):
        yield Action("backups", "", f"Careful: {service} keeps the folder of your notes in step")


def _cut_off(desk: Desk) -> Iterator[Action]:
    """A collect of this walk that came to no end: its packs are in, and no receipt was written."""
    newest = next(iter(desk.store.packs(desk.walk_id)), None)
    if newest is None or newest[0] in desk.store.packs_told():
        return
    from walk.routine.settling import receipts

    if told := receipts.told_cut_off(desk):
        yield Action("receipts", "", told.removesuffix("."))


def _told_differently(desk: Desk) -> Iterator[Action]:
    """What two laptops tell differently, and labels that may be one person or two."""
    told, questions = unsettled(desk)
    if not told and not questions:
        return
    from walk.routine.settling import conflicts

    labels = "1 label: same person or two?" if questions == 1 else f"{questions} labels to look at"
    words = [conflicts.told(told), labels if questions else ""]
    yield Action("conflicts", "", " · ".join(one for one in words if one))


def _to_study(desk: Desk) -> Iterator[Action]:
    """Small tests of this walk whose day to be looked at has come."""
    for step in due_here(desk):
        day = purged.day(step.study_on)
        words = f"Small test to study, since {day}: {one_line(step.test_change or step.what, 40)}"
        yield Action("steps", step.id, words)


def _requests(desk: Desk) -> Iterator[Action]:
    from walk.routine.keeping import erase, purge

    for count, what in (
        (len(erase.waiting(desk)), "erase a note"),
        (len(purge.waiting(desk)), "purge a walk"),
    ):
        if count:
            many = (
                f"1 request to {what} waits" if count == 1 else f"{count} requests to {what} wait"
            )
            yield Action("purge", "", f"{many} for your yes or not now")


def _some_are_late(desk: Desk) -> bool:
    today = desk.today().isoformat()
    kept_until = (said.get("keep_until") for *_, said in desk.store.bodies(Walk))
    return any(day and day < today for day in kept_until)


def _due(desk: Desk) -> Iterator[Action]:
    from walk.routine.keeping import purge

    for walk in purge.due(desk):
        day = purged.day(walk.keep_until)
        yield Action("purge", walk.id, f"Keep-until date was {day}: purge the raw notes")
