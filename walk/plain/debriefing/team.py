"""Team: what the rooms of the debrief have in common: the step, its minutes, going on and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from walk import protocol as steps
from walk.model import SaidIn
from walk.plain.room import Room, Word, spoken
from walk.routine.debriefing import protocol
from walk.routine.debriefing.protocol import ALL, Place
from walk.routine.planning import prepare

ROOM_OF = {"silent_read": "read", "debrief": "group", "trends": "trends", "steps": "steps"}
"""The room for a screen of the debrief that is not the protocol's own."""
NEAR_INQUIRY = ("norms", "predict", "trends")
"""The steps at which the inquiry is said once more."""
SAID_AT: tuple[SaidIn, ...] = ("predict", "describe")
"""The steps at which lines are typed."""


class TeamRoom(Room):
    """A room of the debrief. Nothing goes on by itself."""

    stage = "debrief"
    step: ClassVar[str] = ""
    """The step of the protocol that this room is for; empty where `at` says it."""

    @property
    def shown_step(self) -> str:
        """The step that this room shows now."""
        return self.step or self.at

    def say_step(self) -> None:
        """Say the step, its minutes, and what is read aloud."""
        id_ = self.shown_step
        now = protocol.standing(self.desk)
        left, right = now.title(id_, self.desk.now())
        self.say(", ".join(filter(None, (spoken(left), right))) + ".")
        if id_ in NEAR_INQUIRY:
            self.say(*(f"Inquiry: {words}" for words in prepare.focus(self.desk).inquiries))
            if unconfirmed := prepare.unconfirmed(self.desk):
                self.say(f"Focus: {unconfirmed}.")
        one = steps.step(id_)
        whole = ", never shortened" if one.whole else ""
        self.say(f"Planned: {now.minutes[id_]} min{whole}.")
        self.say(*(f"Read aloud: {prompt}" for prompt in one.prompts))

    def words(self) -> Sequence[Word]:
        """The way through the steps."""
        return [
            Word("on", "on to the next step, when the team is ready", self._on),
            Word("back", "to the step before", self._back),
            Word("time", "say the step and how long it has been on", lambda _: self.say_time()),
            Word("steps", "all steps with their minutes", lambda _: self.go("debrief", ALL)),
        ]

    def say_time(self) -> None:
        """The step that is on, and how long."""
        left, right = protocol.title(self.desk, self.shown_step)
        self.say(", ".join(filter(None, (spoken(left), right))) + ".")

    def _on(self, _: str) -> None:
        self.follow(protocol.go_on(self.desk, self.shown_step))

    def _back(self, _: str) -> None:
        self.follow(protocol.go_back(self.desk, self.shown_step))

    def follow(self, place: Place) -> None:
        """Go where the protocol says."""
        if place.screen == protocol.AFTER_ALL:
            self.say("The debrief has come to its end. summary on Home reads the staff summary.")
            self.go("home")
        if place.screen in ROOM_OF:
            self.go(ROOM_OF[place.screen])
        self.go("said" if place.at in SAID_AT else "debrief", place.at)
