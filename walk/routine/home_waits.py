"""What waits for a person on Home, of whatever walk: requests of other laptops, dates passed.

The rooms that act on it are imported where there is something to ask, as a start must be quick.
"""

from __future__ import annotations

from collections.abc import Iterator

from walk.model import Erase, Purge, Walk
from walk.routine.desk import Desk
from walk.routine.waiting import Action
from walk.storage import backup, synced


def waits(desk: Desk) -> list[Action]:
    """Each with the screen that settles it."""
    found = [*_told_differently(desk)] if desk.walk_id else []
    walks = desk.store.walks()
    if any(desk.store.all(noun, one) for noun in (Erase, Purge) for one in walks):
        found += _requests(desk)
    if any(_late(desk, one) for one in walks):
        found += _due(desk)
    return [*found, *_about_the_store(desk)]


def _about_the_store(desk: Desk) -> Iterator[Action]:
    """Damage that the last look found, and a folder that a cloud keeps in step."""
    if backup.found_damage(desk.store.path):
        yield Action("backups", "", "Something in the store does not add up: see the backups")
    if service := synced.service_of(desk.store.path):
        yield Action("backups", "", f"Careful: {service} keeps the folder of your notes in step")


def _told_differently(desk: Desk) -> Iterator[Action]:
    """What two laptops tell differently, and labels that may be one person or two."""
    asked = desk.store.setting(f"asked same person:{desk.walk_id}")
    told = len(desk.store.conflicts(desk.walk_id))
    if not asked and not told:
        return
    from walk.routine import conflicts, same_person

    questions = len(same_person.open_questions(desk)) if asked else 0
    labels = "1 label: same person or two?" if questions == 1 else f"{questions} labels to look at"
    words = [conflicts.told(told), labels if questions else ""]
    said = " · ".join(one for one in words if one)
    if said:
        yield Action("conflicts", "", said)


def _requests(desk: Desk) -> Iterator[Action]:
    from walk.routine import erase, purge

    for count, what in (
        (len(erase.waiting(desk)), "erase a note"),
        (len(purge.waiting(desk)), "purge a walk"),
    ):
        if count:
            many = (
                f"1 request to {what} waits" if count == 1 else f"{count} requests to {what} wait"
            )
            yield Action("purge", "", f"{many} for your yes or not now")


def _late(desk: Desk, id_: str) -> bool:
    walk = desk.store.get(Walk, id_)
    kept_until = walk.keep_until if walk else ""
    return bool(kept_until) and kept_until < desk.today().isoformat()


def _due(desk: Desk) -> Iterator[Action]:
    from walk.routine import purge, purged

    for walk in purge.due(desk):
        day = purged.day(walk.keep_until)
        yield Action("purge", walk.id, f"Keep-until date was {day}: purge the raw notes")
