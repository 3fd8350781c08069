"""Hall talk in lines: one person types for the team what is said between two rooms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from walk.model import HallTalk, Note
from walk.plain.room import Word
from walk.plain.visiting.door import at_the_door
from walk.plain.visiting.noting import SIGNS, NotingRoom, counted_notes
from walk.routine.exchanging import share
from walk.routine.visiting import hall
from walk.routine.visiting.visit import Saved
from walk.text import team_called


class HallRoom(NotingRoom):
    """The prompts, what was said aloud, and what to look for next. No name stands on it."""

    name = "hall"
    stage = hall.STAGE
    wording_place = ""
    about = (
        "The hall talk: one person types for the team, away from the door. Each says one thing, "
        "“I saw” or “I heard”; noticings first, then wonderings. No verdicts, no solutions, no "
        f"talk of the person. What is typed here is the team's: it has no author. {SIGNS}"
    )

    _prompt = 0

    def open(self) -> None:
        """Say how the talk stands; before one's own form is finished that comes first."""
        visit = self.visit
        if not hall.ready(self.desk, visit):
            self.say(
                f"The hall talk comes after the silent write: finish your form for {visit.code}."
            )
            self.go("write", self.at)
        talk = self.talk_now
        of_team = f", {team_called(talk.team, 'team')}" if talk.team else ""
        self.say(f"Hall talk about {visit.code}{of_team}.")
        self.stand()
        self._say_prompt()
        self.say("Type what is said aloud. /prompt says the next prompt, /finish finishes.")
        self.tell_kept()

    def label(self) -> str:
        """Such as "V3 hall talk, note"."""
        return f"{self.visit.code} hall talk, note"

    @property
    def talk_now(self) -> HallTalk:
        """The talk as it is now."""
        return hall.begin(self.desk, self.visit)

    def stand(self) -> None:
        """How long the talk has gone on, and what was said."""
        talk = self.talk_now
        spent, planned = hall.minutes(self.desk, talk), self.desk.rules.hall_minutes
        over = talk.finished_at is not None
        time = f"finished after {spent} min" if over else f"{spent} min, {planned} planned"
        self.say(f"Talk: {time}, {counted_notes(self.notes())}.")
        if talk.seen_differently:
            self.say(f"Seen differently: {talk.seen_differently}")
        if talk.look_next:
            self.say(f"Look for next: {talk.look_next}")

    def _say_prompt(self) -> None:
        self.say(f"Prompt {self._prompt + 1} of {len(hall.PROMPTS)}: {hall.PROMPTS[self._prompt]}")

    # Notes

    def place(self) -> str:
        """Where the line for what is said is kept."""
        return f"hall:{self.at}:{self.talk_now.id}:said"

    def notes(self) -> list[Note]:
        """What was noticed and wondered aloud."""
        return [one.record for one in hall.notes(self.desk, self.talk_now)]

    def add(self, line: str, draft_done: str = "") -> Saved:
        """A noticing or wondering of the team."""
        return hall.add_note(self.desk, self.talk_now, line, draft_done=draft_done)

    def take_back(self) -> str | None:
        """The team's last act."""
        return hall.undo(self.desk)

    def do_again(self) -> str | None:
        """The team's act that was undone last."""
        return hall.redo(self.desk)

    # Words

    def words(self) -> Sequence[Word]:
        """Finishing, prompts, what comes next, and notes."""
        done = self.talk_now.finished_at is not None
        finish = "share again" if done else "finish the talk and share it with your team"
        return [
            Word("finish", finish, self._finish),
            Word("prompt", "say the next prompt", self._next_prompt),
            Word("next", "what to look for in the next room", self._look_next, "WORDS"),
            Word("differently", "where walkers saw different things", self._differently, "WORDS"),
            *super().words(),
        ]

    def _next_prompt(self, _: str) -> None:
        self._prompt = (self._prompt + 1) % len(hall.PROMPTS)
        self._say_prompt()

    def _look_next(self, said: str) -> None:
        talk = self.talk_now
        place = f"hall:{self.at}:{talk.id}:next"
        words = said or self.ask(
            "Look for next",
            "What will you look for in the next room?",
            now=talk.look_next,
            place=place,
        )
        if words is not None:
            self.save_words(place, words, lambda: hall.say(self.desk, talk, look_next=words))
            self.say(f"Look for next: {self.talk_now.look_next}")

    def _differently(self, said: str) -> None:
        talk = self.talk_now
        place = f"hall:{self.at}:{talk.id}:differently"
        words = said or self.ask(
            "Seen differently",
            "Where did walkers see different things? No one is right here.",
            now=talk.seen_differently,
            place=place,
        )
        if words is not None:
            self.save_words(place, words, lambda: hall.say(self.desk, talk, seen_differently=words))
            self.say(f"Seen differently: {self.talk_now.seen_differently}")

    def _finish(self, _: str) -> None:
        self.tell_kept()
        talk = hall.finish(self.desk, self.talk_now)
        at_the_door(self, partial(hall.at_door, self.desk, talk))
        self.say("Hall talk finished and shared with your team on this laptop.")
        if share.is_next(self.desk):
            self.say("Next: give your notes; share on Home writes your pack.")
        self.go("home")
