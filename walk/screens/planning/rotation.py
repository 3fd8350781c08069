"""Rotation: the times of the walk with its true end, and which team is in which classroom when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType

from walk.disk import is_there
from walk.errors import Refused
from walk.routine.papers import rotation_files
from walk.routine.planning import hours, rotation, times
from walk.routine.timekeeping import correction
from walk.screens.ask import Ask, AskScreen, Values, values_of
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.planning.rotation_asks import asked, print_asks, print_note, start
from walk.screens.planning.rotation_planning import PlanningScreen
from walk.screens.planning.rotation_rows import slot_words
from walk.widgets.choice_list import Choice, ChoiceList

START_STEP = 5
FIRST_START = "m needs to know when the walk starts."


class RotationScreen(PlanningScreen):
    """Every change shows at once when the walk would end; m makes the rotation."""

    CSS_PATH = "rotation.tcss"
    AUTO_FOCUS = "#rotation-list"
    name_in_app = "rotation"
    stage = rotation.STAGE
    HELP_WORDS = (
        "The rotation says which team is in which classroom when. Above stands what would be made "
        "as the plan is now: slots, stops, and when the walk truly ends. Enter changes a row; ← "
        "and → change minutes; + and - ask for more or fewer slots. m makes it: everyone's plan "
        "is as of that moment, and a later change of the plan is told until it is made again. "
        "A visit without a place is named with the rule that stands in the way. "
        "On a walker's own laptop l corrects what that laptop shows; the plan stays the lead's."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="rotation.back", tooltip="Back to Prepare"),
        Binding("m", "make", "make it", id="rotation.make", tooltip="Make the rotation, anew"),
        Binding(
            "plus,equals_sign",
            "slots(1)",
            "slots",
            key_display="+ -",
            id="rotation.more",
            tooltip="+ asks for one slot more, - for one fewer",
        ),
        Binding(
            "minus,underscore",
            "slots(-1)",
            "fewer slots",
            id="rotation.fewer",
            show=False,
            tooltip="One slot fewer",
        ),
        Binding(
            "right,greater_than_sign",
            "step(1)",
            "minutes",
            key_display="← →",
            id="rotation.later",
            tooltip="→ a minute more on the marked row, ← one fewer; the start by five",
        ),
        Binding(
            "left,less_than_sign",
            "step(-1)",
            "fewer minutes",
            id="rotation.sooner",
            show=False,
            tooltip="A minute fewer on the marked row",
        ),
        Binding(
            "t",
            "other_part",
            "table or times",
            id="rotation.part",
            show=False,
            tooltip="From the table to the times, and back",
        ),
        Binding("p", "print", "print", id="rotation.print", tooltip="Pages and calendars to print"),
        Binding(
            "l",
            "correct",
            "correct here",
            id="rotation.correct",
            tooltip="Correct the plan on this laptop alone: times, or your next visit",
        ),
        Binding("u", "undo", "undo", id="rotation.undo", tooltip="Undo the last change"),
        Binding(
            "z,r",
            "redo",
            "redo",
            id="rotation.redo",
            show=False,
            tooltip="Do again what was undone",
        ),
    ]

    def action_back(self) -> None:
        """Back to Prepare, to the row of this page."""
        self.go("prepare", "rotation")

    # Making it

    def action_make(self) -> None:
        """Make the rotation from the plan as it is now."""
        with self.told():
            times.may_plan(self.desk)
            self.reload()
            self.check_plan()
            if not self.desk.rules.start:
                found = start(self.desk, self.desk.rules)
                self._ask(
                    "start", found.title, found.ask, found.save, FIRST_START, then=self.action_make
                )
                return
            if self.holds:
                self.say("It is made already, from the plan as it is now")
                return
            self.keep_sketch()

    def action_slots(self, step: int) -> None:
        """Ask for one slot more or fewer than would be used now."""
        with self.told():
            times.may_plan(self.desk)
            sketch = self.sketch
            used = max((one.slot for one in sketch.stops), default=0) if sketch else 0
            now = self.desk.rules.slots or used
            if not now:
                self.say("Still working it out" if sketch is None else "There is no slot to change")
                return
            times.set_slots(self.desk, max(1, now + step))
            self.changed("slots")

    # Changing the marked row

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Change the marked row, or tell more of it."""
        kind, _, rest = event.choice.id.partition(" ")
        with self.told():
            if kind == "slot":
                self._tell_slot(int(rest.split()[0]))
            elif kind == "correction":
                self.action_correct()
            elif found := asked(self.desk, event.choice.id):
                times.may_plan(self.desk)
                self._ask(event.choice.id, found.title, found.ask, found.save, found.note)
            else:
                self.say(event.choice.words)

    def _tell_slot(self, number: int) -> None:
        table = self.made or self.sketch
        for row in rotation.rows(table, rotation.zone_of(self.desk)) if table else ():
            if row.slot == number:
                self.say(slot_words(row))

    def action_step(self, by: int) -> None:
        """A minute more or fewer on the marked row; on the slots, one slot; the start by five."""
        row = self.rows_shown.choice
        kind, _, part = (row.id if row else "").partition(" ")
        with self.told():
            times.may_plan(self.desk)
            rules = self.desk.rules
            if kind == "minutes":
                times.set_minutes(self.desk, part, times.minutes(rules, part) + by)
                self.changed(f"{kind} {part}")
            elif kind == "start" and rules.start:
                now = hours.minutes_of(rules.start) + by * START_STEP
                times.set_start(self.desk, hours.clock_of(now % hours.DAY))
                self.changed("start")
            elif kind == "slots":
                self.action_slots(by)
            else:
                self.say("Mark one of the times to change it; t goes there")

    def _ask(
        self,
        key: str,
        title: str,
        ask: Ask,
        save: Callable[[str], object],
        note: str = "",
        *,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Ask over the screen. What is typed is a draft until it is saved, also after Esc."""
        place = f"rotation:{key}:{self.desk.walk_id}"
        draft = self.desk.draft(place)

        def store(values: Values) -> None:
            save(values[0])
            self.desk.keep_draft(place, "")

        def keep(values: Values) -> None:
            changed = values[0] != ask.words
            self.desk.keep_draft(
                place, (values[0] or "(emptied)") if changed else "", _json(values)
            )

        def closed(saved: bool | None) -> None:
            with self.told():
                if not saved:
                    self.reload()
                    if self.desk.draft(place):
                        self.say("Not saved yet: Enter on the row goes on with it")
                    return
                self.changed(key)
                if then is not None and self.desk.rules.start:
                    then()

        typed = values_of(draft.extra) if draft else ()
        open_over(self, AskScreen(title, [ask], store, keep, note=note, typed=typed), closed)

    def action_other_part(self) -> None:
        """From the table to the times, and back."""
        row = self.rows_shown.choice
        at_times = row is not None and not row.id.startswith(("slot ", "dropped ", "warning "))
        self.rows_shown.action_edge(-1) if at_times else self.rows_shown.mark("start")

    # On paper

    def action_print(self) -> None:
        """Ask for a folder, and write table, slips and calendars into it."""
        with self.told():
            made = self.made
            if made is None or not made.stops:
                raise Refused(
                    "No rotation is made yet, so there is nothing to print.", "m makes it."
                )
            asks = print_asks(self.desk)

            def closed(saved: bool | None) -> None:
                if saved:
                    self.say(self.printed)

            agreed: list[Path] = []

            def save(values: Values) -> None:
                folder, where = rotation_files.folder_of(values[0]), values[1:] == ("yes",)
                found = rotation_files.paths(made, folder, where=where)
                there = [one for one in found.values() if is_there(one)]
                if there and folder not in agreed:
                    agreed.append(folder)
                    raise Refused(
                        f"{there[0].name} is there already.",
                        "Enter replaces it; another folder keeps it.",
                    )
                written = rotation_files.write(self.desk, folder, where=where)
                self.printed = f"{len(written)} files written to {folder}"

            note = print_note(self.holds or not self.desk.is_lead())
            open_over(
                self, AskScreen("Pages and calendars into a folder", asks, save, note=note), closed
            )

    # Correcting it here

    def action_correct(self) -> None:
        """Shift the plan on this laptop, or say that another visit comes next."""
        with self.told():
            held = correction.read(self.desk)
            if self.made is None:
                raise Refused(
                    "No rotation is made yet, so there is nothing to correct.",
                    "The lead makes it with m.",
                )
            choices = [
                Choice("shift", "all my times run later or earlier"),
                Choice("visit", "my next visit is another one"),
            ]
            if held.words:
                choices.append(Choice("clear", "as planned again"))
            note = "Only what this laptop shows; the plan and the other laptops stay as they are."
            open_over(self, PickScreen("Correct here", choices, note=note), self._correct)

    def _correct(self, what: str | None) -> None:
        with self.told():
            if what == "shift":
                self._ask_shift()
            elif what == "visit":
                codes = [one.code for one in correction.open_visits(self.desk)]
                picks = [Choice(code, code) for code in codes]
                open_over(self, PickScreen("Which visit comes next here?", picks), self._go_to)
            elif what == "clear":
                correction.clear(self.desk)
                self._told_correction("As planned again")

    def _ask_shift(self) -> None:
        now = correction.read(self.desk).minutes
        ask = Ask("Minutes", str(now or ""), hint="5 is later, -5 is earlier", one_row=True)

        def save(values: Values) -> None:
            correction.shift(self.desk, correction.minutes_typed(values[0]))

        def closed(saved: bool | None) -> None:
            if saved:
                self._told_correction()

        open_over(self, AskScreen("My times run later by", [ask], save), closed)

    def _go_to(self, code: str | None) -> None:
        if code is not None:
            with self.told():
                correction.go_to(self.desk, code)
                self._told_correction()

    def _told_correction(self, words: str = "") -> None:
        with self.told():
            self.reload()
            self.say_saved(words or correction.read(self.desk).words)


def _json(values: Sequence[str]) -> str:
    import json

    return json.dumps(values)
