"""Prepare in short: what is lacking, the teachers' word, classrooms and labels."""

from __future__ import annotations

from collections.abc import Sequence

from walk.clock import example
from walk.errors import Refused
from walk.model import MODE_WORDS, Mode, Visit
from walk.plain.home.home import LISTED_MOST, about_visit
from walk.plain.planning.begin import have_confirmed, teachers_counted
from walk.plain.questions import number_in
from walk.plain.room import Room, Word
from walk.plain.visiting.write import one_of
from walk.routine.dates import iso_date
from walk.routine.planning import prepare, rooms, roster
from walk.routine.planning.hours import windows_words
from walk.text import one_line

DATE = "A date is written like {such}; an empty line means today."


class PrepareRoom(Room):
    """The plan of a small walk; a whole one is a plan file or the full screen."""

    name = "prepare"
    title = "Prepare"
    stage = prepare.STAGE
    about = (
        "Prepare in short. The focus is the host teachers'; visits can start before they have "
        "confirmed it, and everything says so until then. A whole plan with teams, windows and a "
        "rotation is written as a plan file (walk new, walk plan) or in the full screen."
    )

    def open(self) -> None:
        """Say the plan."""
        self.stand()

    def stand(self) -> None:
        """Focus, what is lacking, visits and walkers."""
        plan = prepare.plan(self.desk)
        self.say(f"Prepare. Walk of {plan.walk.date}, kept until {plan.walk.keep_until}.")
        self.say(f"Focus: {plan.focus.statement}")
        self.say(*(f"Inquiry: {one}" for one in plan.focus.inquiries))
        for place, one in enumerate(plan.look_fors, 1):
            self.say(f"Look-for {place}: {one.name}. {one.text}")
        if plan.focus.professional_learning:
            self.say(f"Professional learning: {plan.focus.professional_learning}")
        self.say(*(f"Lacking: {one}." for one in plan.not_yet))
        for visit in plan.visits[:LISTED_MOST]:
            state = "withdrawn" if visit.withdrawn else "open"
            self.say(f"Visit {visit.code}: {', '.join(about_visit(visit, state, 0))}.")
        if len(plan.visits) > LISTED_MOST:
            self.say(f"And {len(plan.visits) - LISTED_MOST} more visits.")
        self.say(f"Walkers: {', '.join(one.label for one in plan.walkers)}.")

    def words(self) -> Sequence[Word]:
        """Focus, classrooms and labels."""
        words = [
            Word("learning", "the professional learning behind the focus", self._learning, "WORDS"),
            Word("add", "add N classrooms, 1 if none is said", self._add, "N"),
            Word("mode", "see a classroom in another way", self._mode, "V2 MODE"),
            Word("windows", "when a classroom is open", self._windows, "V2 TIMES"),
            Word("withdraw", "a visit is taken back; no reason is asked", self._withdraw, "V2"),
            Word("bring", "a visit is open again", self._bring, "V2"),
            Word("walker", "add a walker by their label", self._walker, "LABEL"),
            Word("label", "choose another label for who writes", self._label, "LABEL"),
        ]
        if not prepare.focus(self.desk).confirmed:
            words.insert(0, Word("confirm", "the host teachers have confirmed it", self._confirm))
        return words

    # The focus

    def _confirm(self, _: str) -> None:
        place = f"prepare:confirmation:{self.desk.walk_id}"
        how = self.ask("Confirmed how", "Such as: agreed in the team meeting.", place=place)
        if how is None:
            return
        with self.held(place, how):
            on = self._day()
            count = teachers_counted(self)
            if have_confirmed(self, how, count):
                prepare.confirm_focus(self.desk, how, on, count)
                self.say("Confirmed by the host teachers.")
            else:
                self.say("Not confirmed yet.")

    def _day(self) -> str:
        """Ask until it is a day; an empty line is today."""
        while on := self.ask("When, empty for today", DATE.format(such=example(self.desk.today()))):
            with self.told():
                return iso_date(on, "when it was confirmed")
        return self.desk.today().isoformat()

    def _learning(self, said: str) -> None:
        focus = prepare.focus(self.desk)
        place = f"prepare:learning:{self.desk.walk_id}"
        words = said or self.ask(
            "What was studied, and when",
            "Or an empty line.",
            now=focus.professional_learning,
            place=place,
        )
        reason = focus.no_learning_reason
        if not words:
            asked = self.ask("Why none is named, printed, may stay empty", "In words.", now=reason)
            reason = asked or reason
        self.save_words(
            place,
            words or reason,
            lambda: prepare.name_learning(
                self.desk, words or focus.professional_learning, "" if words else reason
            ),
        )
        self.say(*(f"Lacking: {one}." for one in prepare.plan(self.desk).not_yet))

    # Classrooms

    def _visit(self, said: str) -> tuple[Visit, str]:
        first, _, rest = said.partition(" ")
        visits = prepare.visits(self.desk)
        found = next((one for one in visits if one.code.casefold() == first.casefold()), None)
        if found is None:
            raise Refused("Say a visit by its code.", "Such as V2; an empty line says them all.")
        return found, rest.strip()

    def _add(self, said: str) -> None:
        count = number_in(said, prepare.VISITS_MOST) if said else 1
        if count is None:
            raise Refused("That is no number of classrooms.", "Such as: add 2.")
        added = rooms.add(self.desk, count)
        self.say(f"Added: {', '.join(one.code for one in added)}.")

    def _mode(self, said: str) -> None:
        visit, rest = self._visit(said)
        words = one_of(rest, list(MODE_WORDS.values()))
        mode: Mode = next(one for one in rooms.MODES if MODE_WORDS[one] == words)
        rooms.change_mode(self.desk, visit, mode)
        self.say(f"{visit.code}: {words}.")

    def _windows(self, said: str) -> None:
        visit, rest = self._visit(said)
        changed = rooms.describe(
            self.desk,
            visit,
            windows=rest,
            grade_band=visit.grade_band,
            subject_band=visit.subject_band,
            inquiry=visit.inquiry,
        )
        self.say(f"{visit.code}: open {windows_words(changed.windows) or 'at any time'}.")

    def _withdraw(self, said: str) -> None:
        visit, _ = self._visit(said)
        rooms.withdraw(self.desk, visit)
        self.say(f"{visit.code} is withdrawn. bring {visit.code} opens it again.")

    def _bring(self, said: str) -> None:
        visit, _ = self._visit(said)
        rooms.bring_back(self.desk, visit)
        self.say(f"{visit.code} is open again.")

    # Labels

    def _walker(self, said: str) -> None:
        self.say(f"Walker: {one_line(prepare.add_walker(self.desk, said).label)}.")

    def _label(self, said: str) -> None:
        me = self.desk.person(self.desk.me)
        own = next((one for one in self.desk.walkers() if one.id == me), None)
        if own is None:
            raise Refused("Nobody writes here yet.", "Say who on Home.")
        roster.change(self.desk, own, label=said)
        self.say(f"Writing: {self.desk.label}.")
