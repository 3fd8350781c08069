"""Recurring trends: a person says which trends of different walks say the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from walk.errors import Refused
from walk.routine.across import history, recurring
from walk.routine.across.history import Shelf
from walk.routine.debriefing import stating
from walk.routine.desk import Desk
from walk.routine.wording import wording
from walk.screens.ask import Ask, Values
from walk.screens.dialogs import FieldsDialog, ReadDialog
from walk.screens.following.step_over import LAST_KEYS, StepOver
from walk.text import one_line, wrap
from walk.trends import KINDS, Group, fold, told_as
from walk.widgets.choice_list import Choice, ChoiceList, heading

WORDS_LOOKED_AT = 400
MARKED = "✓ "
NO_TRENDS = "No walk here has an asset or a need yet: a debrief says them. Esc goes back."
NOTHING_HOLDS = "Nothing holds these words. / and an empty line show all."


class RecurringScreen(StepOver):
    """All assets and needs of all walks in the order of their words. No school is told."""

    heading = "Which trends say the same?"
    HELP_WORDS = (
        "Trends of different walks say the same where their words are equal, apart from capitals, "
        "spaces and the stop at the end. Where the words differ, only a person can tell: mark "
        "them with Space, then j joins them and asks for words that fit all of them. Nothing is "
        "suggested and nothing is joined by itself.\n"
        "Words that one host school alone has used are never told on the district page, so joined "
        "trends need words of their own there. w words them anew, x takes the joins of a row "
        "apart, / shows only what holds some words.\n"
        "No school and no date stands here, and the order is that of the words."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark", id="recurring.mark", tooltip="Mark it, to join it"),
        Binding("j", "join", "join", id="recurring.join", tooltip="Say that the marked are one"),
        Binding("w", "words", "words", id="recurring.words", tooltip="Word what was joined anew"),
        Binding("x", "apart", "apart", id="recurring.apart", tooltip="Take its joins apart"),
        Binding("slash", "filter", "filter", id="recurring.filter", tooltip="Only some words"),
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk, focus: str | None = None, focus_words: str = "") -> None:
        """`focus` is the one focus whose walks are looked at, None for all; and how it is said."""
        super().__init__(desk)
        self.focus_kept = focus
        self.focus_words = focus_words
        self.shelf = Shelf((), {}, {}, {}, {})
        self.held: dict[str, Group] = {}
        """The groups by what tells them apart, in the order of their words."""
        self.said: dict[str, str] = {}
        """How each group is told."""
        self._as_of = (-1, -1)
        """The state of the store that was read."""
        self.marked: set[str] = set()
        self.wanted = ""
        """Words that a row must hold."""

    # Reading

    def head(self) -> str:
        """How many are marked, and what is looked at."""
        parts = [
            f"{len(self.marked)} marked" if self.marked else "Space marks, j joins",
            f"holding “{one_line(self.wanted, 30)}”" if self.wanted else "",
            f"focus: {self.focus_words}" if self.focus_words else "",
        ]
        return " · ".join(one for one in parts if one)

    def read(self) -> Sequence[Choice]:
        """Assets, then needs, each group once in each."""
        as_of = (self.desk.store.newest_entry(), self.desk.store.data_version())
        if as_of != self._as_of:
            self._as_of = as_of
            self.shelf = history.read(self.desk)
            found = recurring.all_groups(self.desk, self.shelf, None, self.focus_kept)
            self.held = {one.key: one for one in found}
            self.said = {key: told_as(one) for key, one in self.held.items()}
            self.marked &= self.held.keys()
        wanted = [one for one in self.held.values() if self._is_wanted(one)]
        rows: list[Choice] = []
        for kind in KINDS:
            some = [one for one in wanted if any(each.kind == kind for each in one.members)]
            rows += [heading(f"{kind.capitalize()}s")] if some else []
            rows += [self._row(kind, one) for one in some]
        return rows or [heading(NOTHING_HOLDS if self.held else NO_TRENDS)]

    def _is_wanted(self, one: Group) -> bool:
        if not self.wanted:
            return True
        said = fold(" ".join([self.said[one.key], *(each.statement for each in one.members)]))
        return all(word in said for word in fold(self.wanted).split())

    def _row(self, kind: str, one: Group) -> Choice:
        mark = MARKED if one.key in self.marked else ""
        words = f"{mark}{self.said[one.key][:WORDS_LOOKED_AT]}"
        return Choice(f"{kind} {one.key}", words, side="joined" if one.marks else "")

    @property
    def in_hand(self) -> Group | None:
        """The group the marker stands on."""
        row = self.rows.choice
        return self.held.get(row.id.partition(" ")[2]) if row else None

    def full(self, width: int) -> list[str]:
        """The words in full, and the statements that were joined under them."""
        one = self.in_hand
        return self._lines(one, width) if one else []

    def _lines(self, one: Group, width: int) -> list[str]:
        words = told_as(one)
        others = {fold(each.statement): each.statement for each in one.members}
        others.pop(fold(words), None)
        told = [words, *(f"joined with: {others[said]}" for said in sorted(others))]
        return [line for text in told for line in wrap(text, width)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        if not self.is_mounted:
            return False
        one = self.in_hand
        if action in ("mark", "join"):
            return one is not None
        if action in ("words", "apart"):
            return one is not None and bool(one.marks)
        return True

    # Keys

    @on(ChoiceList.Chosen)
    def _read(self) -> None:
        one = self.in_hand
        if one:
            width = max(30, min(90, self.app.size.width - 10))
            self.app.push_screen(
                ReadDialog("Trends that say the same", "\n".join(self._lines(one, width)))
            )

    def action_mark(self) -> None:
        """Mark what is in hand, or no longer, and go on to the next."""
        one = self.in_hand
        if one:
            self.marked ^= {one.key}
            self.reload()
            self.rows.action_move(1)

    def action_join(self) -> None:
        """Ask for words that fit all of the marked, and join them."""
        some = [self.held[key] for key in sorted(self.marked)]
        if len(some) < 2:
            self.say("Mark two or more that say the same first (Space)")
            return
        statements = [told_as(one) for one in some]

        def save(values: Values) -> str:
            if not values[0].strip():
                raise Refused("They need words.", "Say plainly what was seen, so that all fit.")
            made = recurring.join(self.desk, some, values[0])
            self.marked.clear()
            return recurring.not_told(self.desk, made) or "Joined"

        self.ask(
            "In which words do all of these fit?",
            [self._words_asked("")],
            save,
            place=f"recurring:join:{' '.join(one.key for one in some)}",
            note=" / ".join(one_line(one, 60) for one in statements[:4]),
        )

    def _words_asked(self, words: str) -> Ask:
        """A field for words, with wording help as for any trend."""
        # Its rules take their time to load, and no key may wait for them.
        self.run_worker(partial(wording.look, wording.Words("")), thread=True, exit_on_error=False)
        return Ask(
            "",
            words,
            "plain words of what was seen, naming no school",
            advise=lambda said: stating.advice(self.desk, said, typing=True),
        )

    def action_words(self) -> None:
        """Word what was joined anew."""
        one = self.in_hand
        if one is None:
            return

        def save(values: Values) -> str:
            made = recurring.reword(self.desk, one, values[0])
            return recurring.not_told(self.desk, made) or "Worded anew"

        self.ask(
            "In which words are these told together?",
            [self._words_asked(told_as(one))],
            save,
            place=f"recurring:words:{one.key}",
        )

    def action_apart(self) -> None:
        """Take the joins of the row in hand apart."""
        one = self.in_hand
        if one:
            self.do(lambda: recurring.take_apart(self.desk, one), "Taken apart")

    def action_filter(self) -> None:
        """Show only what holds some words."""

        def saved(values: Values) -> None:
            self.wanted = values[0].strip()
            self.say("" if self.wanted else "All shown again")
            self.reload()
            self.rows.action_edge(-1)

        asks = [Ask("", self.wanted, "leave it empty to see all again", one_row=True)]
        dialog = FieldsDialog("Which words must they hold?", asks, saved, lambda values: None)
        self.app.push_screen(dialog)

    def turn_back(self) -> str | None:
        """Undo the last join, in every walk it wrote into."""
        return recurring.undo(self.desk)

    def turn_again(self) -> str | None:
        """Do it again."""
        return recurring.redo(self.desk)
