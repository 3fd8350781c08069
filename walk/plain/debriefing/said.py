"""Said in lines: what is expected, and what is described, typed by one person for the team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from walk import protocol as steps
from walk.errors import Refused
from walk.model import Said, SaidIn
from walk.plain.debriefing.team import TeamRoom
from walk.plain.questions import number_in
from walk.plain.room import Word
from walk.routine.debriefing import protocol, said, silent_read
from walk.text import one_line


class SaidRoom(TeamRoom):
    """The step "what do we expect?" or "describe only"; `at` says which."""

    name = "said"
    stage = protocol.STAGE
    keeps_lines = True
    about = (
        "One person types what the team wants to keep, a line each; it has no author. Where a "
        "line explains, walk asks what was seen or heard; the line is kept either way. A line "
        "that begins with / is a word of this room: // begins a line with one /."
    )

    def open(self) -> None:
        """Say the step and its prompts."""
        if self.at not in ("predict", "describe"):
            self.go("debrief", self.at)
        self.say_step()
        self._list("")
        self.say("Type a line to keep it. /on goes on, ? says all else.")

    def label(self) -> str:
        """Such as "Debrief, step 4, line"."""
        return f"Debrief, step {steps.number(self.at)}, line"

    def stand(self) -> None:
        """The time of the step."""
        self.say_time()

    @property
    def _step(self) -> SaidIn:
        return cast("SaidIn", self.at)

    @property
    def _place(self) -> str:
        return f"said:{self.at}:{self.desk.walk_id}"

    def take(self, line: str) -> None:
        """Keep a line; a line of advice may follow, which stops nothing."""

        def save() -> None:
            kept = said.say(self.desk, self._step, line)
            self.say(f"Kept: line {len(said.lines(self.desk, self._step))}.")
            self.point_at_word(line)
            self._advise(kept)

        self.save_words(self._place, line, save)

    def keep_half(self, line: str) -> str:
        """For the next time at this step."""
        self.keep_with(self._place, line)
        return f"for {self.label()}; Home lists it"

    def _advise(self, kept: Said) -> None:
        advice = steps.stop_words(kept.text) if self.at == "describe" else ""
        self.say(*filter(None, (advice, said.stays_here(self.desk, kept))))

    def words(self) -> Sequence[Word]:
        """Lines, and the way on."""
        words = [
            Word("lines", "say the lines that were kept", self._list),
            Word("edit", "word line N anew", self._edit, "N WORDS"),
            Word("out", "take line N out", self._out, "N"),
            Word("prompts", "say the prompts again", lambda _: self.say_step()),
        ]
        if self.at == "describe":
            words.append(Word("marked", "say the notes marked in the silent read", self._marked))
        return [*words, *super().words()]

    def _list(self, _: str) -> None:
        found = said.lines(self.desk, self._step)
        self.say(*(f"{place}. {one_line(one.text)}" for place, one in enumerate(found, 1)))
        if not found:
            self.say("No lines yet.")

    def _line(self, words: str) -> tuple[Said, str]:
        first, _, rest = words.partition(" ")
        found = said.lines(self.desk, self._step)
        place = number_in(first, len(found))
        if place is None:
            raise Refused("That is no line here.", "/lines says them with their numbers.")
        return found[place - 1], rest.strip()

    def _edit(self, words: str) -> None:
        line, rest = self._line(words)
        place = f"said:{self.at}:{line.id}"
        text = rest or self.ask(
            "New words", "The line as it is to read.", now=one_line(line.text), place=place
        )
        if text is not None:

            def save() -> None:
                said.say_otherwise(self.desk, line, text)
                self.say(said.stays_here(self.desk, line) or "Line reworded.")

            self.save_words(place, text, save)

    def _out(self, words: str) -> None:
        line, _ = self._line(words)
        said.unsay(self.desk, line)
        self.say(f"Taken out: {one_line(line.text)}", "/undo brings it back.")

    def _marked(self, _: str) -> None:
        marked = silent_read.aloud(self.desk)
        notes = [one for one in silent_read.reading(self.desk).notes if one.id in marked]
        self.say(*(f"{one.kind}: {one_line(one.words)}" for one in notes))
        if not notes:
            self.say("No note was marked on this laptop.")
