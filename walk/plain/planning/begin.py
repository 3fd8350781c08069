"""Begin in short: a focus, a number of classrooms, and what has to be said with them."""

from __future__ import annotations

from dataclasses import replace

from walk.errors import Refused, WalkError
from walk.paths import own_templates
from walk.plain.questions import number_in
from walk.plain.room import Room
from walk.routine.planning import begin, prepare
from walk.routine.planning.begin import Beginning
from walk.text import one_line

NO_LEARNING = (
    "No professional learning is named. A walk can start without it; the summary then prints that "
    "none was named, and why."
)


class BeginRoom(Room):
    """Five questions at most; each answer is kept at once, and Prepare can change all later."""

    name = "begin"
    title = "Begin"
    about = (
        "Begin a walk: choose the host teachers' focus, say how many classrooms are opened, and "
        "it is there. What was answered is kept if you leave in between."
    )

    def open(self) -> None:
        """Ask, begin, and go Home."""
        self.say("Begin a walk. An empty line at the first question goes back Home.")
        now = begin.taken_up(self.desk) or Beginning()
        asked = self._focus(now)
        if asked is None:
            self.say("No walk was begun.")
            self.go("home")
        now = self._further(asked)
        try:
            begin.start(self.desk, now)
        except WalkError as error:
            self.refuse(error)
            self.say("What was answered is kept; begin takes it up.")
        else:
            self.say(f"Walk begun, with {now.visits} visits. Visit V1 opens the first.")
        self.go("home")

    def _focus(self, now: Beginning) -> Beginning | None:
        if now.chosen and now.wording.statement:
            self.say(f"Begun before: {now.wording.statement}")
            if self.agreed("Go on with it?", "yes goes on with this focus, no chooses one."):
                return now
        found, problems = begin.templates(own_templates())
        self.say(*problems)
        self.say("What would the host teachers like to look into?")
        self.say(*(f"{place}. {one.focus}" for place, one in enumerate(found, 1)))
        while True:
            said = self.ask(
                "Focus, number or the teachers' own words",
                "Type a number, or the focus in one line of the teachers' own words.",
            )
            if said is None:
                return None
            place = number_in(said, len(found))
            if place is not None:
                return self._keep(now.choose(found[place - 1]))
            if said.isdigit():
                self.not_known(said)
                continue
            now = self._keep(now.choose(None).reword(statement=said))
            inquiry = self.ask(
                "Inquiry, may stay empty", "The teachers' own question: In what ways am I …?"
            )
            return self._keep(now.reword(inquiry=inquiry)) if inquiry else now

    def _keep(self, now: Beginning) -> Beginning:
        begin.keep(self.desk, now, now.wording.statement)
        return now

    def _further(self, now: Beginning) -> Beginning:
        self.say(f"Focus: {now.wording.statement}")
        if now.wording.inquiry:
            self.say(f"Inquiry: {now.wording.inquiry}")
        now = self._visits(now)
        if not now.learning:
            said = self.ask(
                "Professional learning it is tied to, may stay empty",
                "What the teachers studied before the walk, and when.",
            )
            now = self._keep(replace(now, learning=said or ""))
        if not now.learning and not now.no_learning_reason:
            self.say(f"Careful: {NO_LEARNING}")
            said = self.ask("Why none is named, may stay empty", "The reason is printed.")
            now = self._keep(replace(now, no_learning_reason=said or ""))
        now = self._confirmation(now)
        said = self.ask(
            f"Your label, empty for {one_line(now.label, 24)}",
            "Initials or a word of your own choice; no name is needed.",
        )
        return self._keep(replace(now, label=said)) if said else now

    def _visits(self, now: Beginning) -> Beginning:
        while True:
            said = self.ask(
                f"How many classrooms, empty for {now.visits}",
                f"A whole number from 1 to {prepare.VISITS_MOST}.",
            )
            if said is None:
                return now
            count = number_in(said, prepare.VISITS_MOST)
            if count is not None:
                return self._keep(now.with_visits(count))
            with self.told():
                raise Refused(
                    "That is no number of classrooms.", f"From 1 to {prepare.VISITS_MOST}."
                )

    def _confirmation(self, now: Beginning) -> Beginning:
        how = now.how or self.ask(
            "Confirmed by the host teachers how, empty for not yet",
            "Such as: agreed in the team meeting. The walk can begin before they have.",
        )
        if not how:
            return now
        count = teachers_counted(self)
        if not have_confirmed(self, how, count):
            self.say("Not confirmed yet; prepare, on Home, confirms it when they have.")
            return self._keep(replace(now, how=""))
        return self._keep(replace(now, how=how, how_many=str(count or "")))


def teachers_counted(room: Room) -> int | None:
    """Ask by how many teachers a focus was confirmed; None where nobody counted."""
    while count := room.ask("By how many teachers, may stay empty", "A whole number."):
        with room.told():
            return begin.count_of(count)
    return None


def have_confirmed(room: Room, how: str, count: int | None) -> bool:
    """Ask once more before the teachers' word stands: no stray line says that they gave it."""
    by = "" if count is None else f", by {count} teacher{'' if count == 1 else 's'}"
    return room.agreed(
        f"The host teachers have confirmed this focus, {one_line(how, 100)}{by}?",
        "yes confirms it; no leaves it not yet confirmed.",
    )
