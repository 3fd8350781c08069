"""Prepare: the plan of a walk on one page, to complete and to change at any time."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from walk.errors import Refused
from walk.focus import LookForTemplate
from walk.model import MODE_WORDS, LookFor, Mode
from walk.routine import begin, prepare
from walk.routine.prepare import PlanView
from walk.screens.ask import Ask, AskScreen, Values, values_of
from walk.screens.base import WalkScreen
from walk.screens.look_fors import look_for_asks, look_for_of
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.plan_asks import (
    LEARNING_NOTE,
    confirmation_asks,
    inquiry_ask,
    learning_asks,
    statement_ask,
)
from walk.screens.prepare_rows import rows
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.dates import day_and_time, short_date

REOPENED = "Confirmation is open again; the old wording is kept"
MODES = cast("tuple[Mode, ...]", tuple(MODE_WORDS))


class PrepareScreen(WalkScreen):
    """Every line of the plan; Enter changes the marked one in place."""

    CSS_PATH = "prepare.tcss"
    AUTO_FOCUS = "#plan"
    name_in_app = "prepare"
    stage = prepare.STAGE
    HELP_WORDS = (
        "Prepare shows the whole plan, what is not there yet first. Nothing of it stops a walk. "
        "The focus is the host teachers': once they have confirmed it, only the laptop that made "
        "the plan can offer a change, which reopens their confirmation and is printed. A visit "
        "is taken back without a reason."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "go('home')", "back", id="plan.back", tooltip="Back to Home"),
        Binding("a", "add", "add", id="plan.add", tooltip="Add a visit, a walker or a look-for"),
        Binding("m", "mode", "mode", id="plan.mode", tooltip="Change how this visit is seen"),
        Binding(
            "x",
            "withdraw",
            "withdraw",
            id="plan.withdraw",
            tooltip="Withdraw a visit, take out a look-for, or drop words that are not saved",
        ),
        Binding("c", "confirm", "confirmed", id="plan.confirm", tooltip="The hosts confirmed it"),
        Binding("u", "undo", "undo", id="plan.undo", tooltip="Undo the last change here"),
        Binding("r", "redo", "redo", id="plan.redo", tooltip="Do again what was undone"),
    ]

    view: PlanView

    def work(self) -> ComposeResult:
        """One list."""
        yield ChoiceList(id="plan", lines_most=3)

    @property
    def _rows(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def tick(self) -> None:
        """The clock in the title, in whole minutes."""
        self.title_line.right = day_and_time(self.desk.now().local)

    def reload(self, mark: str = "") -> None:
        """Read the plan."""
        self.view = prepare.plan(self.desk)
        self.title_line.left = f"walk · Prepare · {self.view.walk.title}"
        drafts = (one.place.split(":") for one in self.desk.store.drafts(self.desk.walk_id))
        unsaved = {place[1] for place in drafts if place[0] == "prepare" and len(place) == 3}
        self._rows.show(rows(self.view, unsaved, self.desk.today()), mark or self.at)
        self.at = ""

    # Changing the marked line

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Change the marked line in place."""
        with self.told():
            self._change(event.choice.id)

    def _change(self, key: str) -> None:
        kind, _, rest = key.partition(" ")
        plain = {
            "focus": self._ask_focus,
            "learning": self._ask_learning,
            "confirmation": self._ask_confirmation,
        }
        of_one = {
            "look_for": self._ask_look_for,
            "visit": self._pick_mode,
            "walker": self._ask_walker,
        }
        if kind in plain:
            plain[kind]()
        elif kind in of_one:
            of_one[kind](rest)
        elif kind == "inquiry":
            self._ask_inquiry(int(rest))
        else:
            self._ask_of_walk(key)

    def _ask(
        self,
        key: str,
        title: str,
        asks: Sequence[Ask],
        save: Callable[[Values], None],
        *,
        note: str = "",
        told: str = "",
    ) -> None:
        """Ask over the page. What is typed is a draft until it is saved, also after Esc."""
        place = f"prepare:{key}:{self.desk.walk_id}"
        before = tuple(ask.words for ask in asks)
        draft = self.desk.draft(place)

        def store(values: Values) -> None:
            save(values)
            self.desk.keep_draft(place, "")

        def keep(values: Values) -> None:
            words = " · ".join(one for one in values if one) or "(emptied)"
            self.desk.keep_draft(place, "" if values == before else words, json.dumps(values))

        def closed(saved: bool | None) -> None:
            with self.told():
                self.reload()
                if saved:
                    self.say(told) if told else self.say_saved(title)
                elif self.desk.draft(place):
                    self.say("Not saved yet: Enter goes on with it, x drops it")

        typed = values_of(draft.extra) if draft else ()
        open_over(self, AskScreen(title, asks, store, keep, note=note, typed=typed), closed)

    # The focus, which is the host teachers'

    def _note_on_focus(self) -> tuple[str, str]:
        """What to say before and after a change of the wording; Refused where none may be made."""
        if not prepare.may_change_focus(self.desk):
            raise Refused(
                "The host teachers have confirmed this focus.",
                "Only the laptop that made the plan can offer a change.",
            )
        said = self.view.focus.confirmation
        if said is None:
            return "", ""
        on = short_date(said.on, self.desk.today())
        note = (
            f"The host teachers confirmed this wording on {on}. A change reopens their "
            "confirmation; the wording they confirmed is kept and printed."
        )
        return note, REOPENED

    def _ask_focus(self) -> None:
        note, told = self._note_on_focus()

        def save(values: Values) -> None:
            if not values[0].strip():
                raise Refused("A walk needs a focus.", "One line is enough.")
            prepare.change_focus(self.desk, statement=values[0])

        ask = statement_ask(self.view.focus.statement)
        self._ask("focus", "Focus", [ask], save, note=note, told=told)

    def _ask_inquiry(self, number: int) -> None:
        note, told = self._note_on_focus()
        held = self.view.focus.inquiries
        words = held[number] if number < len(held) else ""

        def save(values: Values) -> None:
            wanted = (*held[:number], values[0], *held[number + 1 :])
            prepare.change_focus(self.desk, inquiries=wanted)

        key = f"inquiry {number}"
        self._ask(key, "Inquiry", [inquiry_ask(words)], save, note=note, told=told)

    def _look_fors(self) -> list[LookFor]:
        return [one for one in self.view.look_fors if not one.imported]

    def _ask_look_for(self, id: str) -> None:
        held = self._look_fors()
        known = next((one for one in self.view.look_fors if one.id == id), None)
        if known is not None and known.imported:
            self.say("It came with imported notes; it is not part of the plan")
            return
        note, told = self._note_on_focus()
        before = _template(known) if known else None
        place = held.index(known) if known else len(held)

        def save(values: Values) -> None:
            wanted = [_template(one) for one in held]
            wanted[place : place + 1] = [look_for_of(values)]
            prepare.change_focus(self.desk, look_for_list=wanted)

        title = "A look-for" if known else "Another look-for"
        self._ask(f"look_for {id}", title, look_for_asks(before), save, note=note, told=told)

    def _remove_look_for(self, id: str) -> None:
        known = next((one for one in self._look_fors() if one.id == id), None)
        if known is None:
            self.say("Mark a look-for of the plan to take it out")
            return
        note, told = self._note_on_focus()

        def removed(answer: str | None) -> None:
            if answer == "yes":
                with self.told():
                    rest = [_template(one) for one in self._look_fors() if one.id != id]
                    prepare.change_focus(self.desk, look_for_list=rest)
                    self.reload()
                    self.say(told or f"{known.name}: taken out · u brings it back")

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

        self._ask("learning", "Professional learning", asks, save, note=LEARNING_NOTE)

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
        self._ask("confirmation", title, asks, save, note=note)

    # Visits, walkers and the walk itself

    def _pick_mode(self, id: str) -> None:
        visit = next((one for one in self.view.visits if one.id == id), None)
        if visit is None:
            self._add_visit()
            return

        def picked(mode: str | None) -> None:
            if mode is not None:
                with self.told():
                    prepare.change_visit(self.desk, visit, mode=cast(Mode, mode))
                    self.reload()
                    self.say_saved(f"{visit.code}: {MODE_WORDS[mode]}")

        choices = [Choice(mode, words) for mode, words in MODE_WORDS.items()]
        title = f"How is {visit.code} seen?"
        open_over(self, PickScreen(title, choices, mark=visit.mode), picked)

    def _add_visit(self) -> None:
        visit = prepare.add_visit(self.desk)
        self.reload(f"visit {visit.id}")
        self.say_saved(f"{visit.code} added")

    def _ask_walker(self, id: str) -> None:
        walker = next((one for one in self.view.walkers if one.id == id), None)
        hint = "initials or a word; no name is needed"
        ask = Ask("Label", walker.label if walker else "", hint=hint, one_row=True)

        def save(values: Values) -> None:
            if walker:
                prepare.give_label(self.desk, walker, values[0])
            else:
                prepare.add_walker(self.desk, values[0])

        title = "The walker's own label" if walker else "Another walker"
        self._ask(f"walker {id}", title, [ask], save)

    def _ask_of_walk(self, key: str) -> None:
        walk = self.view.walk
        titles = {"school": "Host school", "date": "Date of the walk", "keep": "Keep until"}
        values = {"school": walk.host_school, "date": walk.date, "keep": walk.keep_until}
        note = "Raw notes are cleared on this date; the summary stays." if key == "keep" else ""

        def save(typed: Values) -> None:
            now = {**values, key: typed[0]}
            prepare.describe_walk(
                self.desk, host_school=now["school"], date=now["date"], keep_until=now["keep"]
            )

        ask = Ask(
            "", values[key], hint="such as 2025-10-14" if key != "school" else "", one_row=True
        )
        self._ask(key, titles[key], [ask], save, note=note)

    # Keys

    def _marked(self) -> tuple[str, str]:
        row = self._rows.choice
        kind, _, rest = (row.id if row else "").partition(" ")
        return kind, rest

    def action_add(self) -> None:
        """Add one more of what is marked; elsewhere ask what to add."""
        kind, _ = self._marked()
        with self.told():
            if kind in ADDS:
                self._add(kind)
            else:
                choices = [Choice(one, words) for one, words in ADDS.items()]
                open_over(self, PickScreen("Add", choices), self._add)

    def _add(self, kind: str | None) -> None:
        with self.told():
            if kind == "visit":
                self._add_visit()
            elif kind == "inquiry":
                self._ask_inquiry(len(self.view.focus.inquiries))
            elif kind:
                self._change(f"{kind} new")

    def action_mode(self) -> None:
        """Turn the marked visit to the next mode."""
        _, id = self._marked()
        visit = next((one for one in self.view.visits if one.id == id), None)
        if visit is None:
            self.say("Mark a visit to change its mode")
            return
        with self.told():
            mode = MODES[(MODES.index(visit.mode) + 1) % len(MODES)]
            prepare.change_visit(self.desk, visit, mode=mode)
            self.reload()
            self.say_saved(f"{visit.code}: {MODE_WORDS[mode]}")

    def action_withdraw(self) -> None:
        """Drop unsaved words, else withdraw the marked visit or take out the marked look-for."""
        kind, id = self._marked()
        with self.told():
            if self._drop_unsaved():
                return
            visit = next((one for one in self.view.visits if one.id == id), None)
            if kind == "look_for":
                self._remove_look_for(id)
            elif visit is None:
                self.say("Mark a visit to withdraw it, or a look-for to take it out")
            elif visit.withdrawn:
                self.say(f"{visit.code} is withdrawn already; u undoes it")
            else:
                prepare.withdraw_visit(self.desk, visit)
                self.reload()
                self.say_saved(f"{visit.code} withdrawn, no reason kept; u undoes it")

    def _drop_unsaved(self) -> bool:
        row = self._rows.choice
        place = f"prepare:{row.id if row else ''}:{self.desk.walk_id}"
        if self.desk.draft(place) is None:
            return False
        self.desk.keep_draft(place, "")
        self.reload()
        self.say("The words that were not saved are dropped")
        return True

    def action_confirm(self) -> None:
        """Record that the host teachers have confirmed."""
        with self.told():
            self._ask_confirmation()


ADDS = {
    "visit": "a visit",
    "walker": "a walker",
    "look_for": "a look-for",
    "inquiry": "another inquiry",
}
"""What can be added, by the kind of row."""


def _template(one: LookFor) -> LookForTemplate:
    return LookForTemplate(one.name, one.text, one.about)
