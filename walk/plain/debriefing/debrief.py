"""Debrief in lines: all steps with their minutes, and those at which nothing is typed."""

from __future__ import annotations

from collections.abc import Sequence

from walk import protocol as steps
from walk.errors import Refused
from walk.model import Theme
from walk.plain.debriefing.team import TeamRoom
from walk.plain.questions import number_in
from walk.plain.room import Word
from walk.routine.debriefing import debrief, protocol, said
from walk.routine.debriefing.protocol import ALL
from walk.text import one_line


class DebriefRoom(TeamRoom):
    """All steps, or the step that `at` names."""

    name = "debrief"
    stage = protocol.STAGE
    about = (
        "The debrief in eight steps: description before trends, trends before next steps. "
        "Nothing goes on by itself: on goes on when the team is ready, back goes back. group, on "
        "Home as well, groups without the steps. With host teachers at the table the debrief is "
        "offered from the trends on, unless they agreed otherwise."
    )

    def open(self) -> None:
        """Say the step that is on, or all steps."""
        _ = self.desk.walk
        now = protocol.standing(self.desk)
        if not self.at:
            self.at = now.step if now.under_way else ALL
            if self.at != ALL and protocol.SCREENS[self.at] != "protocol":
                self.follow(protocol.place(self.at))
        if self.at != ALL and self.at not in steps.IDS:
            self.at = ALL
        if self.at in ("predict", "describe"):
            self.go("said", self.at)
        self.stand()

    def label(self) -> str:
        """Such as "Debrief, step 1"."""
        return "Debrief" if self.at == ALL else f"Debrief, step {steps.number(self.at)}"

    def stand(self) -> None:
        """The steps, or the one that is shown."""
        if self.at != ALL:
            self.say_step()
            if self.at == "wonderings":
                self._wonderings()
            return
        now = protocol.standing(self.desk)
        self.say(f"Debrief, {now.total} min.")
        for place, one in enumerate(steps.STEPS, 1):
            here = ", here now" if now.under_way and one.id == now.step else ""
            spent = f", {now.spent(one.id, self.desk.now())} spent" if now.begun else ""
            self.say(f"{place}. {one.title.rstrip('?')}: {now.minutes[one.id]} min{spent}{here}")
        self.say(*(f"{line}." for line in protocol.told(now)))
        if not now.begun:
            self.say("begin begins the steps with their clock; group groups without them.")

    # Words

    def words(self) -> Sequence[Word]:
        """All steps: beginning and minutes; one step: the way on."""
        if self.at == "wonderings":
            know = Word("know", "what it would take to know, for trend T", self._know, "T WORDS")
            return [*super().words(), know]
        if self.at != ALL:
            return super().words()
        now = protocol.standing(self.desk)
        words = [Word("begin", "begin the steps, at step N if one is said", self._begin, "N")]
        if now.begun:
            words = [
                Word("go", "go to step N", self._go_to, "N"),
                Word("break", "stop the clock for a break, or let it go on", self._break),
                Word("hosts", "say whether host teachers are at the table", self._hosts),
            ]
        return [
            *words,
            Word(
                "minutes", "plan the debrief for M minutes, or step N for M", self._minutes, "N M"
            ),
            Word("group", "group notes into themes, without a clock", lambda _: self.go("group")),
            Word("read", "read in silence here, without a clock", lambda _: self.go("read")),
            Word("trends", "what the themes show", lambda _: self.go("trends")),
            Word("steps", "next steps, and closing the walk", lambda _: self.go("steps")),
        ]

    def _number(self, said: str) -> str:
        place = number_in(said, len(steps.IDS))
        if place is None:
            raise Refused("That is no step.", f"Steps go from 1 to {len(steps.IDS)}.")
        return steps.IDS[place - 1]

    def _begin(self, said: str) -> None:
        step = self._number(said) if said else ""
        labels = protocol.hosts_on_roster(self.desk)
        if labels:
            self.say(f"On the roster as host teachers: {', '.join(labels)}.")
        if not self.agreed(
            "Are host teachers at the table?", "yes begins at the trends, unless they agreed."
        ):
            self.follow(protocol.begin(self.desk, step, hosts=False))
        self.say("Notes from their own classrooms are on the table before the trends.")
        if not self.desk.store.all(Theme, self.desk.walk_id):
            self.say("No theme is made yet: the team can group first, and they come in then.")
        agreed = self.agreed(
            "Did they agree to be there from the start?", "no begins at the trends."
        )
        self.follow(
            protocol.begin(self.desk, step if agreed else "", hosts=True, agreed_otherwise=agreed)
        )

    def _hosts(self, _: str) -> None:
        present = self.agreed("Are host teachers at the table?", "It is kept with the debrief.")
        agreed = present and self.agreed(
            "Did they agree to be there for all of it?", "no goes on to the trends."
        )
        protocol.tell_hosts(self.desk, present=present, agreed_otherwise=agreed)
        if present and not agreed:
            self.follow(protocol.go_to(self.desk, "trends"))
        self.say("Kept.")

    def _go_to(self, said: str) -> None:
        self.follow(protocol.go_to(self.desk, self._number(said)))

    def _break(self, _: str) -> None:
        goes = protocol.turn_clock(self.desk)
        self.say("The clock goes on." if goes else "The clock is stopped.")

    def _minutes(self, said: str) -> None:
        numbers = [number_in(one, protocol.MINUTES_MOST) for one in said.split()]
        if said.split()[1:] == ["0"] and numbers[0] is not None:
            protocol.set_minutes(self.desk, self._number(said.split()[0]), 0)
        elif len(numbers) == 1 and numbers[0] is not None:
            protocol.set_total(self.desk, numbers[0])
        elif len(numbers) == 2 and numbers[1] is not None:
            protocol.set_minutes(self.desk, self._number(said.split()[0]), numbers[1])
        else:
            raise Refused("Say whole minutes.", "minutes 40 for all, minutes 5 12 for step 5.")
        self.stand()

    # Wonderings

    def _wonderings(self) -> None:
        table = debrief.table(self.desk)
        for place, view in enumerate(table.themes, 1):
            inside = [one for one in view.notes if one.note.note_kind == "wondering"]
            if not inside and view.trend is None:
                continue
            kind = "Trend" if view.trend else "Theme"
            self.say(f"{kind} {place}: {view.trend.statement if view.trend else view.name}")
            if view.trend and view.trend.to_know:
                self.say(f"To know: {view.trend.to_know}")
            self.say(*(f"Wondering: {one_line(one.words)}" for one in inside))
        loose = [one for one in table.wonderings if not one.themes]
        self.say(*(f"Wondering, in no theme yet: {one_line(one.words)}" for one in loose))

    def _know(self, words: str) -> None:
        first, _, rest = words.partition(" ")
        themes = debrief.table(self.desk).themes
        place = number_in(first, len(themes))
        trend = themes[place - 1].trend if place else None
        if trend is None:
            raise Refused("That is no stated trend.", "Say its number: know 1, and the words.")
        place_kept = f"to_know:{trend.id}"
        text = rest or self.ask(
            "What would it take to know?",
            "What to see or whom to ask.",
            now=one_line(trend.to_know),
            place=place_kept,
        )
        if text is None:
            return

        def save() -> None:
            self.say(said.tell_to_know(self.desk, trend.id, text) or "Kept with the trend.")

        self.save_words(place_kept, text, save)
