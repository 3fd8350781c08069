"""Noting: what visit, silent write and hall talk have in common: lines that become notes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from walk.errors import Refused, WalkError
from walk.model import Note
from walk.plain.questions import NOWHERE, SIGN, number_in
from walk.plain.room import Word, spoken
from walk.plain.visiting.notes_room import NotesRoom
from walk.plain.visiting.wording import WordingWords
from walk.routine.planning import prepare
from walk.routine.visiting import visit as visiting
from walk.routine.writing import typed_words
from walk.text import one_line

SIGNS = (
    "A line that you type is saved as a noticing; ? before words makes a wondering. T: and S: and "
    "quotation marks are read as quoted speech, 5 of 7 pairs as a tally, #2 as first or last word "
    "ties look-for 2. A line that begins with / is no note: // begins a note with one /."
)


class NotingRoom(NotesRoom):
    """A room in which lines are saved as notes as they are entered."""

    keeps_lines = True

    # Lines

    def take(self, line: str) -> None:
        """Save what was typed; what cannot be saved is kept."""
        try:
            place = self.place()
            words = visiting.read_line(self.desk, self.visit, line).words.strip()
        except WalkError as error:  # such as a visit that another program took out of the plan
            self.refuse(error)
            self.say(NOWHERE, line)
            return
        if not words:
            raise Refused("A sign alone is no note.", "Type what you saw or heard behind it.")
        self.save_words(place, line, lambda: self._save(line))

    def _save(self, line: str, draft_done: str = "", chosen: str = "") -> None:
        saved = self.add(line, draft_done)
        note = self._as_chosen(saved.note, chosen)
        count = len(self.notes())
        parts = [f"Saved: {note.note_kind} {count}"]
        if saved.understood:
            parts.append(spoken(saved.understood))
        self.say(", ".join(parts) + ".")
        self.after_saving()
        self.point_at_word(line)
        self.advise(note, count)

    def _as_chosen(self, note: Note, chosen: str) -> Note:
        """A note of a line that was turned or tied by keys in the full screen, as it was there."""
        try:
            said = json.loads(chosen or "{}")
        except ValueError:
            return note
        if not isinstance(said, dict):
            return note
        if said.get("kind") in {"noticing", "wondering"} - {note.note_kind}:
            note = visiting.turn(self.desk, note)
        if said.get("look_for") in [one.id for one in prepare.look_fors(self.desk)]:
            note = visiting.tie(self.desk, note, said["look_for"])
        return note

    def advise(self, note: Note, number: int) -> None:
        """Say what wording help asks about a note just saved; it stops nothing."""
        if self.wording_place:
            WordingWords(self).advise(note, number)

    def after_saving(self) -> None:
        """Say what else there is to say behind a saved note."""

    def not_known(self, line: str, word: str = "") -> None:
        """A line that begins as a word does: it is kept, as it may have been meant as a note."""
        super().not_known(line, word)
        if " " in line:
            self.keep_words(self.place(), line)
            self.say("/keep saves it as a note, /forget drops it.")

    def keep_half(self, line: str) -> str:
        """Keep a line that was not entered, for the next time here."""
        self.keep_with(self.place(), line)
        return f"for {self.label().partition(',')[0]}; /keep saves it there"

    def tell_kept(self) -> None:
        """Say that a line waits here that was never saved."""
        draft = self.desk.draft(self.place())
        if draft is None or not draft.text.strip():
            return
        at = self.desk.local(draft.saved_at)
        self.say(
            f"Not saved yet, from {at:%H:%M}: {one_line(draft.text)}",
            "/keep saves it as a note, /forget drops it.",
        )

    # Words

    def words(self) -> Sequence[Word]:
        """What can be said about notes."""
        words = [
            Word("notes", "say all notes", self._list),
            Word("look", "say the inquiry and the look-fors", self._look),
            Word("edit", "give note N other words", self._edit, "N WORDS"),
            Word("kind", "make note N a wondering, or a noticing", self._kind, "N"),
            Word("tie", "tie note N to look-for L, 0 for none", self._tie, "N L"),
            Word("speech", "note N quotes somebody, or does not", self._speech, "N"),
            Word("tally", "note N holds a count, or does not", self._tally, "N"),
            Word("erase", "erase note N for good", self._erase, "N"),
            Word("withdraw", "take note N back; undo brings it again", self._withdraw, "N"),
        ]
        if self.wording_place:
            words += WordingWords(self).words()
        if self.desk.draft(self.place()) is not None:
            words += [
                Word("keep", "save the line that waits here as a note", self._keep),
                Word("forget", "drop the line that waits here", self._forget),
            ]
        if len(self.desk.walkers()) > 1:
            words.append(Word("who", "choose who writes on this laptop", self._who))
        return words

    def _list(self, _: str) -> None:
        notes = self.notes()
        if not notes:
            self.say("No notes yet.")
        numbers = {one.id: place for place, one in enumerate(prepare.look_fors(self.desk), 1)}
        for place, one in enumerate(notes, 1):
            tie = numbers.get(one.look_for)
            parts = [when(one), one.note_kind, f"look-for {tie}" if tie else ""]
            parts += ["from paper" if one.from_paper else "", typed_words(self.desk, one)]
            said = ", ".join(part for part in parts if part)
            self.say(f"{place}. {said}: {one_line(one.words)}")

    def _look(self, _: str) -> None:
        self.say(f"Inquiry: {visiting.inquiry(self.desk, self.visit)}")
        for place, one in enumerate(prepare.look_fors(self.desk), 1):
            self.say(f"Look-for {place}: {one.name}. {one.text}".rstrip(" ."))

    def _edit(self, said: str) -> None:
        note, place, words = self.numbered(said)
        kept = visiting.edit_place(note.id)
        given = words or self.ask(
            f"Note {place}, new words",
            "Type the note as it is to read.",
            now=one_line(note.text),
            place=kept,
        )
        if given is None:
            self.say("The note is as it was.")
            return
        self.save_words(kept, given, lambda: self._reword(note, given))

    def _reword(self, note: Note, words: str) -> None:
        saved = visiting.reword(self.desk, note, words)
        self.say(", ".join(filter(None, ("Reworded", spoken(saved.understood)))) + ".")

    def _kind(self, said: str) -> None:
        note, place, _ = self.numbered(said)
        self.say(f"Note {place} is a {visiting.turn(self.desk, note).note_kind}.")

    def _tie(self, said: str) -> None:
        note, place, rest = self.numbered(said)
        look_fors = prepare.look_fors(self.desk)
        number = number_in(rest, len(look_fors))
        if rest != "0" and number is None:
            raise Refused("That is no look-for.", "/look says them with their numbers; 0 is none.")
        visiting.tie(self.desk, note, look_fors[number - 1].id if number else "")
        name = look_fors[number - 1].name if number else "no look-for"
        self.say(f"Note {place} is tied to {name}.")

    def _speech(self, said: str) -> None:
        note, place, _ = self.numbered(said)
        changed = visiting.understand_otherwise(self.desk, note, "speech")
        self.say(f"Note {place} {'quotes speech' if changed.speech else 'quotes nobody'}.")

    def _tally(self, said: str) -> None:
        note, place, _ = self.numbered(said)
        changed = visiting.understand_otherwise(self.desk, note, "tally")
        told = visiting.understood(self.desk, changed) if changed.tally else ""
        self.say(f"Note {place}: {spoken(told) or 'no tally'}.")

    def _withdraw(self, said: str) -> None:
        note, _, _ = self.numbered(said)
        visiting.withdraw(self.desk, note)
        self.say(f"Withdrawn: {one_line(note.words)}", f"{SIGN}undo brings it again.")

    def _erase(self, said: str) -> None:
        from walk.routine.keeping import erase

        note, place, _ = self.numbered(said)
        seen = erase.view(self.desk, note.id)
        self.say(f"Erase note {place} for good: {one_line(seen.words)}", seen.brief())
        if not self.agreed("Erase it?", "yes erases it; undo does not bring it again."):
            self.say("Nothing was erased.")
            return
        self.say(*erase.erase(self.desk, note.id).lines)

    def _keep(self, _: str) -> None:
        draft = self.desk.draft(self.place())
        if draft is not None:
            self._save(draft.text, draft_done=self.place(), chosen=draft.extra)

    def _forget(self, _: str) -> None:
        self.drop_kept(self.place())

    def _who(self, _: str) -> None:
        self.go("who", f"{self.name} {self.at}")


def when(note: Note) -> str:
    """Minutes into the stop, or the place in a recorded segment; nothing where neither is known."""
    if note.position_s is not None:
        return f"at {note.position_s // 60}:{note.position_s % 60:02}"
    return "" if note.at_s is None else f"minute {note.at_s // 60}"


def counted_notes(notes: Sequence[Note]) -> str:
    """Such as "2 noticings, 1 wondering"."""
    wonderings = sum(one.note_kind == "wondering" for one in notes)
    noticings = len(notes) - wonderings
    return (
        f"{noticings} noticing{'' if noticings == 1 else 's'}, "
        f"{wonderings} wondering{'' if wonderings == 1 else 's'}"
    )
