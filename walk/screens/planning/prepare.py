"""Prepare: the plan of a walk on one page, to complete and to change at any time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from walk.errors import Refused
from walk.focus import LookForTemplate
from walk.model import LookFor
from walk.routine.following.steps_before import OpenStep, open_before, told
from walk.routine.planning import begin, prepare
from walk.routine.planning.prepare import PlanView
from walk.screens.ask import Ask, Values
from walk.screens.following.steps_before import open_steps_before
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.planning.concerns import ConcernedScreen
from walk.screens.planning.look_fors import look_for_asks, look_for_of
from walk.screens.planning.plan_asks import (
    LEARNING_NOTE,
    confirmation_asks,
    inquiry_ask,
    learning_asks,
    statement_ask,
)
from walk.screens.planning.prepare_cycle import NOTE as CYCLE_NOTE
from walk.screens.planning.prepare_cycle import cycle_asks, cycle_row, saved_cycle
from walk.screens.planning.prepare_notice import offer_papers
from walk.screens.planning.prepare_pages import PAGES, pages
from walk.screens.planning.prepare_rows import rows, to_give, with_unsaved
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.dates import example, short_date

REOPENED = "Confirmation is open again; the old wording is kept"
KEEP_NOTE = "Raw notes are cleared on this date; the summary stays."
ZONE_NOTE = "All times of the plan are local times there. Empty: the zone of this laptop."


class PrepareScreen(ConcernedScreen):
    """Every line of the plan; Enter changes the marked one in place."""

    CSS_PATH = "prepare.tcss"
    name_in_app = "prepare"
    stage = prepare.STAGE
    heading = "Prepare"
    HELP_WORDS = (
        "Prepare shows the whole plan, what is not there yet first. Nothing of it stops a walk. "
        "Under Pages, Enter opens a page of the plan; Esc leads back here. g gives the plan to "
        "every laptop, as a pack on a stick.\n"
        "The focus is the host teachers': once they have confirmed it, only the laptop that made "
        "the plan can offer a change, which reopens their confirmation and is printed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "go('home')", "back", id="plan.back", tooltip="Back to Home"),
        Binding("a", "add", "add", id="plan.add", tooltip="Add a look-for, a visit, a walker …"),
        Binding(
            "x",
            "withdraw",
            "take out",
            id="plan.withdraw",
            tooltip="Take out a look-for, or drop words that are not saved",
        ),
        Binding("c", "confirm", "confirmed", id="plan.confirm", tooltip="The hosts confirmed it"),
        Binding(
            "g",
            "give",
            "give the plan",
            id="plan.give",
            tooltip="Give the plan to every laptop: to a stick or a folder",
        ),
        Binding(
            "s",
            "before",
            "open steps",
            id="plan.before",
            tooltip="Open next steps of earlier walks of this host school",
        ),
        Binding(
            "y",
            "go('cycle')",
            "cycle",
            id="plan.cycle",
            show=False,
            tooltip="Walks, steps and measures of the inquiry cycle, by date",
        ),
        Binding("u", "undo", "undo", id="plan.undo", tooltip="Undo the last change of the plan"),
        Binding("z,r", "redo", "redo", id="plan.redo", tooltip="Do again what was undone"),
    ]

    view: PlanView
    before: Sequence[OpenStep] = ()
    """Open steps of earlier walks; they come first."""

    def work(self) -> ComposeResult:
        """One list."""
        rows = ChoiceList(id="rows", lines_most=3)
        rows.lines_up = True
        yield rows

    def read_rows(self) -> Sequence[Choice]:
        """Read the plan."""
        desk, today = self.desk, self.desk.today()
        self.view = prepare.plan(desk, with_visits=False)
        led = [*pages(desk, self.view, today), *to_give(desk.is_lead())]
        found = rows(self.view, led, self.read_concerns(), today)
        found.insert(_behind(found, "zone"), cycle_row(self.view.walk))
        self.before = open_before(desk)
        if self.before:
            found.insert(0, Choice("before", told(self.before, today), label="s", side="to see"))
        return with_unsaved(found, self.unsaved())

    # Changing the marked line

    def change(self, kind: str, id: str) -> None:
        """Change a line in place, or go to its page."""
        plain: dict[str, Callable[[], None]] = {
            "focus": self._ask_focus,
            "learning": self._ask_learning,
            "confirmation": self._ask_confirmation,
            "notice": partial(offer_papers, self),
            "give": self.action_give,
            "before": self.action_before,
            "cycle": self._ask_cycle,
        }
        if kind.startswith("again"):
            self._look_at(id)
        elif kind in PAGES:
            self.go(*PAGES[kind])
        elif kind in plain:
            plain[kind]()
        elif kind == "look_for":
            self._ask_look_for(id)
        elif kind == "inquiry":
            self._ask_inquiry(int(id))
        else:
            self._ask_of_walk(kind)

    def _look_at(self, at: str) -> None:
        """Where what does not fit can be changed."""
        if at == "given":
            self.go("ready", at)
        else:
            self.change(at, "")

    # The focus, which is the host teachers'

    def _note_on_focus(self) -> str:
        """What to say before a change of a confirmed wording; Refused where none may be made."""
        if not prepare.may_change_focus(self.desk):
            raise Refused(
                "The host teachers have confirmed this focus.",
                "Only the laptop that made the plan can offer a change.",
            )
        said = self.view.focus.confirmation
        if said is None:
            return ""
        on = short_date(said.on, self.desk.today())
        return (
            f"The host teachers confirmed this wording on {on}. A change reopens their "
            "confirmation; the wording they confirmed is kept and printed."
        )

    def _ask_wording(
        self, key: str, title: str, asks: Sequence[Ask], save: Callable[[Values], None]
    ) -> None:
        """Ask for words that the host teachers confirm; what that means is said first."""
        note = self._note_on_focus()
        saved = partial(self.say, REOPENED) if note else None
        self.ask(key, title, asks, save, note=note, saved=saved)

    def _ask_focus(self) -> None:
        def save(values: Values) -> None:
            if not values[0].strip():
                raise Refused("A walk needs a focus.", "One line is enough.")
            prepare.change_focus(self.desk, statement=values[0])

        self._ask_wording("focus", "Focus", [statement_ask(self.view.focus.statement)], save)

    def _ask_inquiry(self, number: int) -> None:
        held = self.view.focus.inquiries
        words = held[number] if number < len(held) else ""

        def save(values: Values) -> None:
            wanted = (*held[:number], values[0], *held[number + 1 :])
            prepare.change_focus(self.desk, inquiries=wanted)

        self._ask_wording(f"inquiry {number}", "Inquiry", [inquiry_ask(words)], save)

    def _look_fors(self) -> list[LookFor]:
        return [one for one in self.view.look_fors if not one.imported]

    def _ask_look_for(self, id: str) -> None:
        held = self._look_fors()
        known = next((one for one in self.view.look_fors if one.id == id), None)
        if known is not None and known.imported:
            self.say("It came with imported notes; it is not part of the plan")
            return
        before = _template(known) if known else None
        place = held.index(known) if known else len(held)

        def save(values: Values) -> None:
            wanted = [_template(one) for one in held]
            wanted[place : place + 1] = [look_for_of(values)]
            prepare.change_focus(self.desk, look_for_list=wanted)

        title = "A look-for" if known else "Another look-for"
        self._ask_wording(f"look_for {id}", title, look_for_asks(before), save)

    def _remove_look_for(self, id: str) -> None:
        known = next((one for one in self._look_fors() if one.id == id), None)
        if known is None:
            self.say("Mark a look-for of the plan to take it out")
            return
        note = self._note_on_focus()

        def removed(answer: str | None) -> None:
            if answer == "yes":
                with self.told():
                    rest = [_template(one) for one in self._look_fors() if one.id != id]
                    prepare.change_focus(self.desk, look_for_list=rest)
                    self.reload()
                    self.say(REOPENED if note else f"{known.name}: taken out · u brings it back")

        if not note:
            removed("yes")
            return
        choices = [Choice("no", "Leave it"), Choice("yes", "Take it out, reopen confirmation")]
        open_over(self, PickScreen(f"Take out: {known.name}", choices, note=note), removed)

    def _ask_learning(self) -> None:
        focus = self.view.focus
        asks = learning_asks(focus.professional_learning, focus.no_learning_reason)

        def save(values: Values) -> None:
            prepare.name_learning(self.desk, *values)

        self.ask("learning", "Professional learning", asks, save, note=LEARNING_NOTE)

    def _ask_confirmation(self) -> None:
        said = self.view.focus.confirmation
        on = said.on if said else self.desk.today().isoformat()
        how_many = str(said.how_many) if said and said.how_many else ""
        asks = confirmation_asks(said.how if said else "", on, how_many)

        def save(values: Values) -> None:
            prepare.confirm_focus(self.desk, values[0], values[1], begin.count_of(values[2]))

        note = (
            "This records that the host teachers agree to focus, inquiry and look-fors as they "
            "stand. Afterwards only this laptop can offer a change."
            if self.desk.is_lead()
            else "This records that the host teachers agree to the wording as it stands."
        )
        title = "Confirmed by the host teachers"
        self.ask("confirmation", title, asks, save, note=note)

    # The walk itself

    def _ask_of_walk(self, key: str) -> None:
        walk = self.view.walk
        if key not in OF_WALK:
            return
        title, hint, note = OF_WALK[key]
        if key in AHEAD:
            hint = f"such as {example(self.desk.today(), AHEAD[key])}"
        values = {
            "school": walk.host_school,
            "date": walk.date,
            "keep": walk.keep_until,
            "zone": walk.zone,
        }

        def save(typed: Values) -> None:
            now = {**values, key: typed[0]}
            prepare.describe_walk(
                self.desk,
                host_school=now["school"],
                date=now["date"],
                keep_until=now["keep"],
                zone=now["zone"],
            )

        ask = Ask("", values[key], hint=hint, one_row=True)
        self.ask(key, title, [ask], save, note=note)

    def _ask_cycle(self) -> None:
        walk = self.view.walk
        asks = cycle_asks(walk.cycle, walk.cycle_stage)

        def save(values: Values) -> None:
            saved_cycle(self.desk, values)

        self.ask("cycle", "Inquiry cycle", asks, save, note=CYCLE_NOTE)

    # Keys

    def action_before(self) -> None:
        """Look at the open next steps of earlier walks."""
        open_steps_before(self)

    def action_add(self) -> None:
        """Add one more of what is marked; elsewhere ask what to add."""
        kind, _ = self.marked()
        with self.told():
            if kind in ("look_for", "inquiry"):
                self._add(kind)
            else:
                choices = [Choice(one, words) for one, words in ADDS.items()]
                open_over(self, PickScreen("Add", choices), self._add)

    def _add(self, kind: str | None) -> None:
        with self.told():
            if kind == "inquiry":
                self._ask_inquiry(len(self.view.focus.inquiries))
            elif kind == "look_for":
                self._ask_look_for("new")
            elif kind:
                self.go(kind)

    def action_withdraw(self) -> None:
        """Drop unsaved words, else take out the marked look-for."""
        kind, id = self.marked()
        with self.told():
            if self.drop_unsaved():
                return
            if kind == "look_for":
                self._remove_look_for(id)
            else:
                self.say("Mark a look-for to take it out")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the laptop that made the plan gives it."""
        if action == "before":
            return bool(self.before)
        if action == "give":
            return bool(self.desk.walk_id) and self.desk.is_lead()
        return super().check_action(action, parameters)

    def action_give(self) -> None:
        """Give the plan to every laptop."""
        self.go("share", "plan")

    def action_confirm(self) -> None:
        """Record that the host teachers have confirmed."""
        with self.told():
            self._ask_confirmation()


ADDS = {
    "look_for": "a look-for",
    "inquiry": "another inquiry",
    "rooms": "a visit, under Classrooms",
    "roster": "a walker, under Walkers and teams",
}
"""What can be added, by the kind of row or the page where it is done."""
OF_WALK = {
    "school": ("Host school", "", ""),
    "date": ("Date of the walk", "", ""),
    "keep": ("Keep until", "", KEEP_NOTE),
    "zone": ("Time zone of the host school", "such as America/Chicago", ZONE_NOTE),
}
"""What the walk says of itself: title, hint and note, by row."""
AHEAD = {"date": 14, "keep": prepare.KEEP_DAYS}
"""How many days ahead the example of a date lies, by row."""


def _behind(rows: Sequence[Choice], id_: str) -> int:
    """The place behind a row."""
    return next((n + 1 for n, one in enumerate(rows) if one.id == id_), len(rows))


def _template(one: LookFor) -> LookForTemplate:
    return LookForTemplate(one.name, one.text, one.about)
