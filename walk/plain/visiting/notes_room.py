"""A room with notes in it, whatever is done with them."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from walk.errors import Refused
from walk.model import Note, Visit
from walk.plain.questions import number_in
from walk.plain.room import Room
from walk.routine.visiting import visit as visiting
from walk.routine.visiting.visit import Saved


class NotesRoom(Room):
    """Says which notes there are, and finds one by its number."""

    wording_place: ClassVar[str] = "writing"
    """Where wording help knows this room to be: "room", "writing", or nothing."""

    # What the rooms say for themselves

    @abstractmethod
    def place(self) -> str:
        """Where a line for this room is kept while it is not saved."""

    @abstractmethod
    def notes(self) -> list[Note]:
        """The notes, in their order."""

    @abstractmethod
    def add(self, line: str, draft_done: str = "") -> Saved:
        """Save a line as a note."""

    @property
    def visit(self) -> Visit:
        """The visit it is about; Refused where it is no longer in the plan."""
        return visiting.find(self.desk, self.at)

    def numbered(self, said: str) -> tuple[Note, int, str]:
        """The note that a number means, its number, and what was said behind it."""
        number, _, rest = said.partition(" ")
        notes = self.notes()
        place = number_in(number, len(notes))
        if place is None:
            raise Refused(
                "That is no note here." if notes else "There is no note here yet.",
                "/notes says them with their numbers.",
            )
        return notes[place - 1], place, rest.strip()
