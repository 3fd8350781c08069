"""Check in lines: what a visit's mode asks of each walker before the stop starts."""

from __future__ import annotations

from collections.abc import Sequence

from walk.errors import Refused
from walk.model import MODE_WORDS, Visit
from walk.plain.questions import number_in
from walk.plain.room import Room, Word
from walk.routine.papers import checklist
from walk.routine.visiting import visit as visiting


class CheckRoom(Room):
    """The checklist of one visit; nothing of it stops the stop."""

    name = "check"
    stage = checklist.STAGE
    about = (
        "What this visit asks of you before it starts. Type the number of an item to tick it, or "
        "to take its tick away. Nothing of it stops the visit."
    )

    def open(self) -> None:
        """Say the items."""
        self.stand()

    def label(self) -> str:
        """Such as "V1 check, number"."""
        return f"{self._visit.code} check, number"

    @property
    def _visit(self) -> Visit:
        return visiting.find(self.desk, self.at)

    def stand(self) -> None:
        """The items, and whether each is ticked."""
        page = checklist.page(self.desk, self._visit)
        self.say(f"Check before {page.visit.code}, {MODE_WORDS[page.visit.mode]}.")
        for place, line in enumerate(page.lines, 1):
            self.say(f"{place}. {'ticked' if line.done else 'not yet'}: {line.item.words}")
        self.say(f"Cannot be seen: {page.cannot_see}.")

    def words(self) -> Sequence[Word]:
        """On to the visit."""
        return [Word("visit", "enter the room", lambda _: self.go("visit", self.at))]

    def take(self, line: str) -> None:
        """Tick an item, or no longer."""
        lines = checklist.page(self.desk, self._visit).lines
        place = number_in(line, len(lines))
        if place is None:
            raise Refused("That is no item here.", "An empty line says them with their numbers.")
        item = lines[place - 1].item
        ticked = checklist.tick(self.desk, self._visit, item.key)
        self.say(f"{'Ticked' if ticked else 'Not ticked'}: {item.short}.")
