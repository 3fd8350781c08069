"""Silent read in lines: the pool without author, title or room, one note at a time."""

from __future__ import annotations

from collections.abc import Sequence

from walk.errors import Refused
from walk.plain.debriefing.team import TeamRoom
from walk.plain.questions import number_in
from walk.plain.room import Word
from walk.routine.debriefing import silent_read
from walk.routine.debriefing.silent_read import ReadNote
from walk.text import one_line


class ReadRoom(TeamRoom):
    """An empty line reads the next note; mark keeps one to say aloud, on this laptop alone."""

    name = "read"
    title = "Read, empty line for the next note"
    step = "read"
    stage = ""
    about = (
        "Read in silence, noticings first, then wonderings. An empty line reads the next note. "
        "mark marks what you want to say aloud; the marks stay on this laptop."
    )

    _at = 0
    _lens = ""

    def open(self) -> None:
        """Say the step, and how much there is to read."""
        _ = self.desk.walk
        self.say_step()
        reading = silent_read.reading(self.desk)
        if reading.purged:
            self.say("The raw notes of this walk are gone.")
        self.say(f"Notes to read: {len(reading.notes)}. An empty line reads the next one.")
        if reading.lenses:
            self.say(f"Lenses that can be read alone: {', '.join(reading.lenses)}.")
        if reading.alone:
            alone = ", ".join(reading.alone)
            self.say(f"Not alone, as that would show who wrote: {alone}.")

    @property
    def _notes(self) -> tuple[ReadNote, ...]:
        return silent_read.reading(self.desk).seen_through(self._lens)

    def stand(self) -> None:
        """The next note."""
        notes = self._notes
        if self._at >= len(notes):
            self.say("All notes are read. again begins anew, on goes on.")
            return
        self._at += 1
        self._say(self._at, notes[self._at - 1])

    def _say(self, place: int, note: ReadNote) -> None:
        marked = ", marked" if note.id in silent_read.aloud(self.desk) else ""
        of = len(self._notes)
        self.say(f"{place} of {of}, {note.kind}{marked}: {one_line(note.words)}")

    def words(self) -> Sequence[Word]:
        """Reading, marking, and the way on."""
        return [
            Word("mark", "mark the note read last, or note N, or no longer", self._mark, "N"),
            Word("all", "read all notes", self._all),
            Word("marked", "read the marked notes", self._marked),
            Word("again", "begin with the first note, or with note N", self._again, "N"),
            Word("lens", "read the notes of one lens; alone: of all", self._choose_lens, "NAME"),
            *super().words(),
        ]

    def _mark(self, said: str) -> None:
        notes = self._notes
        place = number_in(said, len(notes)) if said else self._at
        if not place or place > len(notes):
            raise Refused("No note was read yet.", "An empty line reads the first one.")
        marked = silent_read.mark(self.desk, notes[place - 1].id)
        self.say(f"Note {place} is {'marked' if marked else 'no longer marked'}.")

    def _all(self, _: str) -> None:
        notes = self._notes
        for place, one in enumerate(notes, 1):
            self._say(place, one)
        self._at = len(notes)

    def _marked(self, _: str) -> None:
        marked = silent_read.aloud(self.desk)
        found = [pair for pair in enumerate(self._notes, 1) if pair[1].id in marked]
        for place, one in found:
            self._say(place, one)
        if not found:
            self.say("No note is marked.")

    def _again(self, said: str) -> None:
        place = number_in(said, max(1, len(self._notes))) if said else 1
        if place is None:
            raise Refused("That is no note here.", "again 1 begins anew.")
        self._at = place - 1
        self.stand()

    def _choose_lens(self, said: str) -> None:
        lenses = silent_read.reading(self.desk).lenses
        found = next((one for one in lenses if one.casefold() == said.casefold()), "")
        if said and not found:
            raise Refused("That lens cannot be read alone.", "lens, without a name, reads all.")
        self._lens, self._at = found, 0
        self.say(f"Notes to read: {len(self._notes)}.")
