"""Wording help in lines: what it asks about a note, a stem to go on from, and when it speaks."""

from __future__ import annotations

from typing import cast

from walk.errors import Refused, WalkError
from walk.model import Note
from walk.plain.room import Word, spoken
from walk.plain.visiting.notes_room import NotesRoom
from walk.routine.visiting import visit as visiting
from walk.routine.wording import wording
from walk.routine.wording.own_words import own_words, trouble
from walk.routine.wording.wording import Looked, Setting
from walk.text import one_line

SETTINGS: dict[str, Setting] = {"on": "room and writing", "writing": "writing", "off": "off"}
"""By what is said: when it speaks."""


class WordingWords:
    """What can be said about wording in a room where notes are typed. It stops nothing."""

    def __init__(self, room: NotesRoom) -> None:
        self.room = room
        self.desk = room.desk

    def words(self) -> list[Word]:
        """Its words."""
        return [
            Word("wording", "say what wording help asks of the notes", self._all, "on/writing/off"),
            Word("stem", "write note N on from the stem that is offered", self._stem, "N"),
            Word("fine", "the words of note N are meant so; ask no more", self._fine, "N"),
        ]

    def advise(self, note: Note, number: int) -> None:
        """After a note was saved: one question about its words, where it may speak here."""
        if not wording.speaks(self.desk, cast("wording.Place", self.room.wording_place)):
            return
        try:
            self._say(self._looked(note), number)
        except WalkError as error:  # advice that fails is not told as something not done
            self.room.say(error.message)

    def _looked(self, note: Note) -> Looked:
        store = self.desk.store.path
        own = own_words(store)
        if wrong := trouble(store):
            self.room.say(wrong)
        return wording.without_kept(self.desk, wording.look(wording.of_note(note), own))

    def _say(self, looked: Looked, number: int) -> bool:
        if not looked.flags:
            return False
        flag = looked.flags[0]
        self.room.say(f"Wording of note {number}: {spoken(flag.message)}")
        if flag.suggestion:
            self.room.say(f"To go on from: {flag.suggestion}")
        self.room.say(f"/edit {number} rewords it, /fine {number} keeps your words, or go on.")
        return True

    def _all(self, said: str) -> None:
        if said:
            chosen = SETTINGS.get(said.casefold())
            if chosen is None:
                raise Refused("Wording help is on, writing or off.", "Such as /wording off.")
            wording.choose(self.desk, chosen)
            self.room.say(f"Wording help: {wording.SETTINGS[chosen]}.")
            return
        found = [self._say(self._looked(one), at) for at, one in enumerate(self.room.notes(), 1)]
        if not any(found):
            self.room.say("Wording help asks nothing of these notes.")
        self.room.say(f"It speaks {wording.SETTINGS[wording.setting(self.desk)]}.")

    def _open(self, said: str) -> tuple[Note, int, Looked]:
        note, number, _ = self.room.numbered(said)
        looked = self._looked(note)
        if not looked.flags:
            raise Refused(f"Wording help asks nothing of note {number}.", "/edit rewords any note.")
        return note, number, looked

    def _fine(self, said: str) -> None:
        _, number, looked = self._open(said)
        wording.keep(self.desk, looked, looked.flags)
        self.room.say(f"Kept: the words of note {number} stay as they are.")

    def _stem(self, said: str) -> None:
        note, number, looked = self._open(said)
        stem = wording.stem(looked, looked.flags[0])
        self.room.say(f"Stem: {stem.text}")
        filled = self.room.ask(
            f"Note {number}, what goes into the stem",
            "Type what you saw or heard; it takes the place of the blank, or stands behind it.",
            now=one_line(note.words),
        )
        if filled is None:
            self.room.say("The note is as it was.")
            return
        start, end = stem.blank
        gap = "" if start < end or stem.text.endswith(" ") else " "
        text = f"{stem.text[:start]}{gap}{filled}{stem.text[end:]}"
        line = note.text[: stem.start] + text + note.text[stem.end :]

        def save() -> None:
            visiting.reword(self.desk, note, line)
            self.room.say(f"Reworded: {one_line(line)}")

        self.room.save_words(visiting.edit_place(note.id), line, save)
