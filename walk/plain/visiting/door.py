"""The door in lines: what looks like a name, one by one, before the team or a reader gets it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from walk.errors import Refused
from walk.plain.questions import number_in
from walk.plain.room import Room, Word
from walk.routine.visiting import door
from walk.routine.visiting.door import AtDoor
from walk.text import one_line

if TYPE_CHECKING:
    from walk.language.names import Find

AROUND = 60
"""Characters said before and behind a likely name."""
HELP = (
    "Here stands what looks like a name, a room or an address. put N puts what is offered in its "
    "place; no N says that no person is meant, on this whole walk; an empty line leaves the rest "
    "waiting with you. walk does not catch every name: read once more before you share."
)


def at_the_door(room: Room, look: Callable[[], Sequence[AtDoor]], *, shares: bool = True) -> None:
    """Ask about what stands at the door, until it is clear or left waiting.

    With `shares` what is clear goes on to the team then; without it words wait for print alone.
    """
    stood: dict[str, AtDoor] = {}
    passed = 0
    try:
        _ask_each(room, look, stood)
    finally:  # also where /home or the end of input leaves: what was cleared does not stay behind
        if shares and stood:
            passed = door.let_through(room.desk, stood.values())
    waits = door.told(look(), out=not shares)
    if not shares:
        room.say(f"{waits}." if waits else "Nothing is left out.")
    elif stood:
        room.say(*([f"{waits}."] if waits else []))
        if passed:
            room.say(f"Gone on to your team: {passed}.")


def _ask_each(room: Room, look: Callable[[], Sequence[AtDoor]], stood: dict[str, AtDoor]) -> None:
    """Ask until nothing stands there or the rest is left waiting; `stood` takes what stood."""
    first = True
    while True:
        stands = [one for one in look() if not one.private]
        for one in stands:
            stood.setdefault(one.record.id, one)
        pairs = [(one, find) for one in stands for find in one.finds if find.sure]
        if not pairs:
            return
        if first:
            room.say("At the door: these words may tell who or where somebody is.", HELP)
            first = False
        room.say(*(_line(place, *pair) for place, pair in enumerate(pairs, 1)))
        said = room.ask("Door, put N or no N", HELP, common=True)
        if said is None:
            return
        with room.told():
            _answer(room, said, pairs)


def _line(place: int, one: AtDoor, find: Find) -> str:
    start = max(0, find.start - AROUND)
    words = one_line(one.words[start : find.end + AROUND])
    offer = f"; put {place} makes it {find.offer}" if find.offer and one.changeable else ""
    return f"{place}. “{one_line(find.words)}”, {one.called}: {words}{offer}"


def _answer(room: Room, said: str, pairs: Sequence[tuple[AtDoor, Find]]) -> None:
    verb, _, rest = said.partition(" ")
    if verb.casefold() == "undo":
        told = room.desk.undo(door.STAGE)
        room.say(f"Undone: {told}." if told else "Nothing to undo here.")
        return
    place = number_in(rest, len(pairs))
    if verb.casefold() not in ("put", "no") or place is None:
        raise Refused("That is no answer here.", "Say put or no, and a number: no 1.")
    one, find = pairs[place - 1]
    if verb.casefold() == "put":
        door.take_offer(room.desk, one, find)
        room.say(f"“{one_line(find.words)}” made {find.offer}.")
    else:
        door.no_person(room.desk, find.words)
        room.say(f"No person: “{one_line(find.words)}”, on this whole walk.")


class DoorRoom(Room):
    """All that waits here, of finished forms and hall talks."""

    name = "door"
    title = "Door"
    stage = door.STAGE
    about = HELP

    def open(self) -> None:
        """Go through what waits, then Home."""
        _ = self.desk.walk
        self._go_through()
        self.go("home")

    def words(self) -> Sequence[Word]:
        """Look again."""
        return [Word("look", "go through what waits", lambda _: self._go_through())]

    def _go_through(self) -> None:
        waits = door.waiting_here(self.desk)
        if not waits:
            self.say("Nothing waits at the door.")
        at_the_door(self, lambda: door.waiting_here(self.desk))
