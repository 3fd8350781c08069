"""Questions of a room: what is asked further or agreed to, and words that must not be lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, NoReturn

from walk.errors import StoreError, WalkError
from walk.plain.mends import in_plain
from walk.plain.talk import Talk
from walk.routine.desk import Desk
from walk.text import one_line

SIGN = "/"
"""Before a word where what is typed is kept as words."""
BACK = "back"
NOWHERE = "These words are not saved anywhere; they stand here to be copied:"
KEPT = "The words are kept; Home lists what is not saved yet."
_BACK = (BACK, SIGN + BACK)
_KEPT = ("keep", "forget")
"""What can be said at a question for which words are kept."""
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
class Asking:
    """A further question of a room."""

    label: str
    place: str
    """Where words for it are kept while they are not saved; empty where they are not."""


class Questions:
    """What every room can ask, and how it keeps words that are not saved."""

    keeps_lines: ClassVar[bool] = False
    """What is typed is kept as words; a word that acts has the sign before it."""

    def __init__(self, desk: Desk, talk: Talk) -> None:
        self.desk = desk
        self.talk = talk
        self.say = talk.say
        self._asking: Asking | None = None
        """The further question that is waited at, if one is."""
        self._taken = ""
        """The place of kept words that were taken up and are not saved yet."""

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

    # Asking something further

    def ask(
        self, label: str, help: str, *, now: str = "", common: bool = False, place: str = ""
    ) -> str | None:
        """Ask for words; None where an empty line or `back` leaves things as they are.

        `home` and `quit` need no stroke where the room's own words need none, nor with `common`,
        where no free words are asked for. What waits at `place` for this question is offered.
        """
        if now:
            self.say(f"Now: {now}")
        self._offer_kept(place)
        self._taken = "" if place else self._taken
        common = common or not self.keeps_lines
        while True:
            self._asking = Asking(label, place)
            line = self.talk.hear(label).strip()
            self._asking = None
            word = line.removeprefix(SIGN).casefold()
            if line == "?":
                self.say(help, "An empty line leaves it as it is. /home and /quit leave from here.")
            elif not line or line.casefold() in _BACK:
                return None
            elif line.startswith(SIGN * 2):
                return line[1:]
            elif (common or line[:1] == SIGN) and word in _COMMON:
                if word == "quit":
                    leave()
                self.go("home")
            elif line[:1] == SIGN and word in _KEPT and (kept := self._kept_at(place)):
                if word == "keep":
                    self._taken = place
                    return kept
                self.drop_kept(place)
            else:
                return line

    def _kept_at(self, place: str) -> str:
        """The words that wait for a question, as one line; nothing of a form with more fields."""
        draft = self.desk.draft(place) if place else None
        return " ".join(draft.text.split()) if draft and _fields(draft.extra) < 2 else ""

    def _offer_kept(self, place: str) -> None:
        draft = self.desk.draft(place) if place else None
        if draft is None or not draft.text.strip():
            return
        self.say(f"Not saved yet: {one_line(' '.join(draft.text.split()))}")
        if self._kept_at(place):
            self.say("/keep takes these words, /forget drops them.")
        else:
            self.say("They answer several questions at once; the full screen goes on with them.")

    def drop_kept(self, place: str) -> None:
        """Drop what waits at a place, saying it once more."""
        draft = self.desk.draft(place)
        if draft is not None:
            self.desk.keep_draft(place, "")
            self.say("Dropped; these were its words:", draft.text)

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

    def save_words(self, place: str, text: str, save: Callable[[], object]) -> bool:
        """Save words; where that fails they are kept as unsaved, and said once more where not.

        True where they are saved.
        """
        taken, self._taken = self._taken == place, ""
        try:
            save()
            if taken:
                self.desk.keep_draft(place, "")
        except WalkError as error:
            self.refuse(error)
            if taken:
                self.say(KEPT)
            else:
                self.keep_words(place, text)
            return False
        return True

    @contextmanager
    def held(self, place: str, text: str) -> Iterator[None]:
        """Keep an answer while what else belongs to it is asked, however that ends.

        Where it comes to its end, the place is as it was before.
        """
        before = self.desk.draft(place)
        if before is not None and _fields(before.extra) > 1:
            yield  # a form of the full screen waits there, which is not to be mixed up
            return
        self.keep_with(place, text)
        yield
        whole = before is None or before.text == text or self._taken == place
        self._taken = "" if self._taken == place else self._taken
        self.desk.keep_draft(place, "" if whole or before is None else before.text)

    def keep_words(self, place: str, text: str) -> None:
        """Keep words that were not saved with those that are kept there already."""
        try:
            self.keep_with(place, text)
        except StoreError:
            self.say(NOWHERE, text)
        else:
            self.say(KEPT)

    def keep_with(self, place: str, text: str) -> None:
        """Put words behind those that are kept at a place."""
        before = self.desk.draft(place)
        kept = before.text if before else ""
        if self._taken != place and kept != text:
            self.desk.keep_draft(place, f"{kept}\n{text}" if kept else text)

    # Lines that were not entered

    def keep_half(self, line: str) -> str:
        """Keep a line for this room that was not entered, where it can; in words where it is."""
        del line
        return ""

    def keep_unentered(self, line: str) -> str:
        """Keep a line that was not entered for what it was to answer; in words where it is."""
        asking = self._asking
        if asking is None:
            return self.keep_half(line)
        if not asking.place:
            return ""
        self.keep_with(asking.place, line)
        return f"for {asking.label}; Home lists it"


def _fields(extra: str) -> int:
    """How many fields the words of a draft are of, as the full screen keeps them; else 1."""
    try:
        said = json.loads(extra or "[]")
    except ValueError:
        return 1
    return len(said) if isinstance(said, list) else 1


def leave() -> NoReturn:
    """Leave walk."""
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
