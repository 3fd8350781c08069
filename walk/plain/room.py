"""Room: one place of the plain mode: what it says when one comes in, and what can be said there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, NoReturn

from walk.errors import Refused, StoreError, WalkError
from walk.plain.mends import in_plain
from walk.plain.talk import Talk
from walk.routine.desk import Desk

SIGN = "/"
"""Before a word where what is typed is kept as words."""
BACK = "back"
NOWHERE = "These words are not saved anywhere; they stand here to be copied:"
_BACK = (BACK, SIGN + BACK)
_COMMON = ("home", "quit")
"""What can be said at every prompt, besides `?`."""


class Go(Exception):
    """On to another room."""

    def __init__(self, room: str, at: str = "") -> None:
        super().__init__(room)
        self.room = room
        self.at = at


class Leave(Exception):
    """Somebody said quit."""


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


class Room:
    """A room. `at` says what it is open at, such as a visit's id."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    """What it is called at its prompt."""
    about: ClassVar[str] = ""
    """What it is for, said by `?`."""
    stage: ClassVar[str] = ""
    """Whose acts undo takes back here; empty where there is nothing to take back."""
    keeps_lines: ClassVar[bool] = False
    """What is typed is kept as words; a word that acts has the sign before it."""

    def __init__(self, desk: Desk, talk: Talk, at: str = "") -> None:
        self.desk = desk
        self.talk = talk
        self.at = at
        self.say = talk.say

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

    def keep_half(self, line: str) -> str:
        """Keep a line that was not entered, where this room can; in words where it is."""
        del line
        return ""

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
            Word("quit", "leave walk; all that was entered is saved", lambda _: _quit()),
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

    def go(self, room: str, at: str = "") -> NoReturn:
        """On to another room."""
        raise Go(room, at)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say what goes wrong, with what helps, and go on."""
        try:
            yield
        except WalkError as error:
            self.refuse(error)

    def refuse(self, error: WalkError) -> None:
        """Say that something was not done, why, and what helps."""
        self.talk.refused += 1
        self.say(f"Not done: {error.message}")
        if mend := in_plain(error.mend):
            self.say(f"What helps: {mend}")

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

    # Asking something further

    def ask(self, label: str, help: str, *, now: str = "", common: bool = False) -> str | None:
        """Ask for words; None where an empty line or `back` leaves things as they are.

        With `common` no free words are asked for, so `home` and `quit` need no stroke either.
        """
        if now:
            self.say(f"Now: {now}")
        while True:
            line = self.talk.hear(label).strip()
            if line == "?":
                self.say(help, "An empty line leaves it as it is. /home and /quit leave from here.")
            elif not line or line.casefold() in _BACK:
                return None
            elif line.startswith(SIGN * 2):
                return line[1:]
            elif (common or line[:1] == SIGN) and line.removeprefix(SIGN).casefold() in _COMMON:
                if line.removeprefix(SIGN).casefold() == "quit":
                    _quit()
                self.go("home")
            else:
                return line

    def ask_hidden(self, label: str) -> str:
        """Ask for words that are not shown as they are typed; empty for none."""
        return self.talk.hear(label, hidden=True)

    def choose(self, label: str, rows: Sequence[str], help: str = "") -> int | None:
        """Say numbered rows and ask for one; its place from 0, or None for none of them."""
        if not rows:
            return None
        self.say(*(f"{place}. {row}" for place, row in enumerate(rows, 1)))
        while True:
            said = self.ask(
                f"{label}, number", help or f"Type a number from 1 to {len(rows)}.", common=True
            )
            if said is None:
                return None
            place = number_in(said, len(rows))
            if place is not None:
                return place - 1
            self.talk.refused += 1
            self.say(f"Not done: type a number from 1 to {len(rows)}, or an empty line for none.")

    def agreed(self, question: str, help: str) -> bool:
        """Ask for a plain yes; anything else is no."""
        said = self.ask(f"{question} yes or no", help, common=True)
        return said is not None and said.casefold() in ("y", "yes")

    # Words that must not be lost

    def save_words(self, place: str, text: str, save: Callable[[], object]) -> None:
        """Save words; where that fails they are kept as unsaved, and said once more where not."""
        try:
            save()
        except WalkError as error:
            self.refuse(error)
            self.keep_words(place, text)

    def keep_words(self, place: str, text: str) -> bool:
        """Keep words that were not saved with those that are kept there already."""
        try:
            before = self.desk.draft(place)
            both = f"{before.text}\n{text}" if before and before.text != text else text
            self.desk.keep_draft(place, both)
        except StoreError:
            self.say(NOWHERE, text)
            return False
        self.say("The words are kept; Home lists what is not saved yet.")
        return True


def _quit() -> NoReturn:
    raise Leave


def number_in(said: str, most: int) -> int | None:
    """The number from 1 to `most` that was said; None for anything else."""
    plain = said.strip().rstrip(".")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 6):
        return None
    return int(plain) if 1 <= int(plain) <= most else None


def numbers_in(said: str, most: int) -> list[int] | None:
    """The numbers that were said, as in "1 3-5"; None where anything else stands among them."""
    found: list[int] = []
    for part in said.replace(",", " ").split():
        first, dash, last = part.partition("-")
        start = number_in(first, most)
        end = number_in(last, most) if dash else start
        if start is None or end is None:
            return None
        found += [one for one in range(start, end + 1) if one not in found]
    return found or None


def spoken(words: str) -> str:
    """Words that are joined by signs for the eye, joined for the ear."""
    return words.replace(" · ", ", ").replace(" → ", ", then ")
