"""Room: one place of the plain mode: what it says when one comes in, and what can be said there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from walk.errors import Refused, WalkError
from walk.plain.questions import SIGN, Questions, leave
from walk.plain.talk import Talk
from walk.routine.desk import Desk

_FROM_TO = re.compile(r"([0-9]:[0-5][0-9])–([0-9]{1,2}:[0-5][0-9])")
"""A span of time as it is written for the eye."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something that can be said in a room."""

    name: str
    help: str
    act: Callable[[str], object]
    """It is given what was said behind the word."""
    takes: str = ""
    """What may stand behind it, such as N or WORDS."""
    refuses: bool = False
    """Says itself why nothing may stand behind it."""

    @property
    def shown(self) -> str:
        """The word as help shows it."""
        return f"{self.name} {self.takes}".rstrip()


class Room(Questions):
    """A room. `at` says what it is open at, such as a visit's id."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    """What it is called at its prompt."""
    about: ClassVar[str] = ""
    """What it is for, said by `?`."""
    stage: ClassVar[str] = ""
    """Whose acts undo takes back here; empty where there is nothing to take back."""

    def __init__(self, desk: Desk, talk: Talk, at: str = "") -> None:
        super().__init__(desk, talk)
        self.at = at

    # What a room is

    def open(self) -> None:
        """Say where one is. Raises Go where another room comes first."""

    def label(self) -> str:
        """What the prompt says."""
        return self.title

    def stand(self) -> None:
        """Say briefly how things stand; an empty line asks for it."""

    def words(self) -> Sequence[Word]:
        """What can be said here, beside what can be said everywhere."""
        return ()

    def take(self, line: str) -> None:
        """Take a line that is no word of this room."""
        self.not_known(line)

    def close(self) -> None:
        """Do what has to be done on the way out."""

    # One turn

    def turn(self) -> None:
        """Ask once, and do what was said. Raises Go, Leave, EndOfInput, KeyboardInterrupt."""
        try:
            label = self.label()
        except WalkError as error:  # such as a visit that another program took out of the plan
            self.refuse(error)
            self.go("home")
        line = self.talk.hear(label).strip()
        with self.told():
            self.answer(line)

    def answer(self, line: str) -> None:
        """Do what a line says."""
        if not line:
            self.stand()
        elif line == "?":
            self.help()
        elif not self.keeps_lines:
            first, _, rest = line.removeprefix(SIGN).partition(" ")
            word = self.word(first)
            if word is None:
                self.take(line)
            else:
                self._act(word, rest.strip(), line)
        elif line.startswith(SIGN) and not line.startswith(SIGN * 2):
            first, _, rest = line[1:].partition(" ")
            word = self.word(first)
            if word is None:
                self.not_known(line)
            else:
                self._act(word, rest.strip(), line)
        else:
            self.take(line[1:] if line.startswith(SIGN * 2) else line)

    def _act(self, word: Word, behind: str, line: str) -> None:
        if behind and not (word.takes or word.refuses):
            self.not_known(line, word.name)  # those words would be lost
        else:
            word.act(behind)

    def all_words(self) -> list[Word]:
        """What can be said here, those of every room last."""
        undo = [
            Word(
                "undo", "take the last act back; again for the one before", self._undo, refuses=True
            ),
            Word("redo", "do again what was undone", self._redo),
        ]
        return [
            *self.words(),
            *(undo if self.stage else []),
            *([] if self.name == "home" else [Word("home", "to Home", lambda _: self.go("home"))]),
            Word("quit", "leave walk; all that was entered is saved", lambda _: leave()),
        ]

    def word(self, said: str) -> Word | None:
        """The word that was said, or begun so that only one can be meant."""
        said = said.casefold()
        if said == "help":
            return Word("?", "", lambda _: self.help(), "WORD")
        if said == self.name == "home":  # who is not sure where they are is told, not refused
            return Word("home", "", lambda _: self.stand())
        found = [one for one in self.all_words() if one.name == said]
        if not found and said.isalpha():
            found = [one for one in self.all_words() if one.name.startswith(said)]
        return found[0] if len(found) == 1 else None

    def help(self) -> None:
        """Say what can be said here."""
        sign = SIGN if self.keeps_lines else ""
        self.say(self.about)
        self.say(*(f"{sign}{one.shown}: {one.help}." for one in self.all_words()))
        self.say("An empty line says how things stand. A word may be cut short.")

    # What rooms do

    def not_known(self, line: str, word: str = "") -> None:
        """Say that nothing was done with a line; with a word behind which nothing may stand."""
        self.talk.refused += 1
        if word:
            self.say(f"Not done: nothing stands behind {word}. Say it alone.")
            return
        first = line.removeprefix(SIGN).partition(" ")[0].casefold()
        could = [one.name for one in self.all_words() if first and one.name.startswith(first)]
        if len(could) > 1:
            self.say(f"Not done: this could be {' or '.join(could)}.")
        else:
            self.say(f"Not done: “{line[:60]}” is no word here. ? says what can be said.")

    def point_at_word(self, line: str) -> None:
        """Say that a line that was kept as words reads like a word of this room."""
        if any(one.name == line.casefold() for one in self.all_words()):
            word = line.casefold()
            self.say(f"If you meant the word: {SIGN}{word}. {SIGN}undo takes this line back.")

    def _undo(self, which: str) -> None:
        if which:
            raise Refused(
                "Undo takes the last act back and chooses none.",
                "Say it without words behind it; again takes back the one before.",
            )
        told = self.take_back()
        self.say(f"Undone: {told}." if told else "Nothing to undo here.")

    def _redo(self, _: str) -> None:
        told = self.do_again()
        self.say(f"Done again: {told}." if told else "Nothing to redo here.")

    def take_back(self) -> str | None:
        """Take back what was done last here; its words."""
        return self.desk.undo(self.stage)

    def do_again(self) -> str | None:
        """Do again what was undone last here; its words."""
        return self.desk.redo(self.stage)


def spoken(words: str) -> str:
    """Words that are joined by signs for the eye, joined for the ear."""
    joined = words.replace(" · ", ", ").replace(" → ", ", then ")
    return _FROM_TO.sub(r"\1 to \2", joined)
