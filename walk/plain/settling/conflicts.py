"""Conflicts in lines: what two laptops tell differently, and labels that may be one person."""

from __future__ import annotations

from collections.abc import Sequence

from walk.errors import Refused
from walk.plain.mends import keys_in_plain
from walk.plain.questions import number_in
from walk.plain.room import Room, Word, spoken
from walk.routine.settling import conflicts, same_person
from walk.routine.settling.conflict import Conflict
from walk.routine.settling.same_person import Question
from walk.text import one_line


class ConflictsRoom(Room):
    """One conflict or question at a time; a number settles it."""

    name = "conflicts"
    stage = conflicts.STAGE
    about = (
        "Two laptops tell a record differently; all wordings are kept until you settle it. The "
        "number of a wording keeps that one. What you settle goes to your team on this laptop "
        "when you leave; from then on undo does not go back beyond that. Where one label was used "
        "on two laptops, you are asked whether that is one person. New words, and fields taken "
        "one by one, are given in the full screen."
    )

    _place = 0

    def open(self) -> None:
        """Say the first one."""
        _ = self.desk.walk
        self.stand()

    def label(self) -> str:
        """Such as "Conflict 1 of 2, number"."""
        items = self._items()
        return f"Conflict {self._place + 1} of {len(items)}, number" if items else "Conflicts"

    def _items(self) -> list[Conflict | Question]:
        items: list[Conflict | Question] = [*conflicts.waiting(self.desk)]
        items += same_person.open_questions(self.desk)
        self._place = max(0, min(self._place, len(items) - 1))
        return items

    def _item(self) -> Conflict | Question:
        items = self._items()
        if not items:
            raise Refused("There is nothing to settle.", "Say home.")
        return items[self._place]

    def stand(self) -> None:
        """What is in hand, and what settles it."""
        items = self._items()
        if not items:
            self.say("Nothing is told differently, and no label is asked about.")
            return
        item = items[self._place]
        if isinstance(item, Question):
            self.say(item.words, f"The one: {item.one.words}", f"The other: {item.two.words}")
            self.say("1. They are one person.", "2. Two people: the one gets another label.")
            self.say("3. Two people: the other gets another label.")
            return
        self.say(spoken(item.what))
        for side in item.sides:
            self.say(f"{side.number}. {spoken(side.said)}")
            for row in item.rows:
                self.say(f"{row.name}: {one_line(row.values[side.number - 1]) or 'nothing'}")
        if item.stop:
            self.say(f"{keys_in_plain(item.stop)}.")

    def words(self) -> Sequence[Word]:
        """The next one, and keeping all."""
        return [
            Word("next", "on to the next; this one waits", self._next),
            Word("both", "keep all wordings, each as a note of its own", self._both),
        ]

    def take(self, line: str) -> None:
        """A number settles what is in hand."""
        item = self._item()
        if isinstance(item, Question):
            self._answer(item, number_in(line, 3))
            return
        number = number_in(line, len(item.sides))
        if number is None:
            raise Refused("That is no wording here.", f"Type 1 to {len(item.sides)}, or next.")
        self._done(conflicts.keep(self.desk, item, number))

    def _answer(self, item: Question, number: int | None) -> None:
        if number is None:
            raise Refused("That is no answer here.", "Type 1, 2 or 3, or next.")
        if number == 1:
            self._done(same_person.same(self.desk, item))
            return
        other = item.one if number == 2 else item.two
        label = self.ask(f"Another label for {other.words}", "Initials or a word of their own.")
        if label is not None:
            self._done(same_person.two_people(self.desk, item, other, label))

    def _done(self, told: str) -> None:
        self.say(f"{spoken(told)}.")
        self.stand()

    def _both(self, _: str) -> None:
        item = self._item()
        if not isinstance(item, Conflict) or not item.keeps_all:
            raise Refused("These cannot all stand.", "Type the number of the one that does.")
        self._done(conflicts.keep_all(self.desk, item))

    def _next(self, _: str) -> None:
        self._place = (self._place + 1) % max(1, len(self._items()))
        self.stand()

    def close(self) -> None:
        """What was settled goes to the team."""
        walk = self.desk.walk_id
        if not walk or not self.desk.store.settled_here(walk, conflicts.SHARED_KINDS):
            return
        told = conflicts.give(self.desk)
        self.say(f"{spoken(told or 'What was settled is with your team on this laptop')}.")

    def take_back(self) -> str | None:
        """The last act here; who writes is looked at anew."""
        told = super().take_back()
        same_person.taken_back(self.desk)
        return told

    def do_again(self) -> str | None:
        """What was undone last; what was answered is carried out anew."""
        told = super().do_again()
        same_person.settle_known(self.desk)
        return told
