"""Look-fors: the list that points the eyes, to keep, change, add to and take from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from walk.focus import LOOK_FOR_NAME_LONGEST, LookForTemplate
from walk.routine.planning.begin import about_of, advice_on_look_fors
from walk.routine.planning.prepare import check_look_fors
from walk.screens.ask import Ask, AskScreen, Values
from walk.screens.over import Over, open_over
from walk.widgets.advice import AdviceLines
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.lines import KeyLine, StateLine

LookFors = tuple[LookForTemplate, ...]
ABOUT_WORDS = (
    ("students", "what students do"),
    ("teacher", "what the teacher does"),
    ("task", "what the task asks"),
)
KEEP, ADD = "keep", "add"
NOT_SAVED = "not saved yet"


def look_for_asks(one: LookForTemplate | None) -> list[Ask]:
    """The three fields of a look-for."""
    return [
        Ask(
            f"Name (at most {LOOK_FOR_NAME_LONGEST} characters)",
            one.name if one else "",
            hint="such as: Point, read, measure",
            one_row=True,
        ),
        Ask(
            "Question for the eyes",
            one.text if one else "",
            hint="What do students point to, read aloud or measure?",
        ),
        Ask("About", one.about if one else "students", options=ABOUT_WORDS),
    ]


def look_for_of(values: Values) -> LookForTemplate:
    """The look-for that the three fields say."""
    return LookForTemplate(values[0].strip(), values[1], about_of(values[2]))


class LookForsScreen(Over[bool]):
    """The look-fors of a walk that is being begun. Each change is given on at once."""

    CSS_PATH = "look_fors.tcss"
    AUTO_FOCUS = "ChoiceList"
    heading = "Look-fors: where evidence might show"
    HELP_WORDS = (
        "Look-fors point the eyes: each is a short name and a question, about what students do, "
        "what the teacher does, or what the task asks. A few are enough. They are no list to tick "
        "off, and nothing is counted by them on a visit.\n"
        "Enter on one changes it, a adds one, x takes one out. The first row keeps them all and "
        "goes on. Every change is kept at once, and u takes the last one back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add", id="look_fors.add", tooltip="Add a look-for"),
        Binding("x", "remove", "take out", id="look_fors.remove", tooltip="Take this one out"),
        Binding("u", "undo", "undo", id="look_fors.undo", tooltip="Undo the last change here"),
        Binding("escape", "back", "back", id="look_fors.back", tooltip="Back; changes are kept"),
    ]

    def __init__(
        self,
        look_fors: Sequence[LookForTemplate],
        change: Callable[[LookFors], None],
        hold: Callable[[str, Values], None],
        pending: Mapping[str, Values],
    ) -> None:
        """`change` takes the whole list after every change, `hold` one that is being written.

        `pending` are those held before, by their place. Both calls may raise a WalkError.
        """
        super().__init__()
        self.hold = hold
        self.pending = dict(pending)
        self.look_fors: LookFors = tuple(look_fors)
        self.change = change
        self.before: list[LookFors] = []

    def compose(self) -> ComposeResult:
        """Title, rows, advice, state and keys."""
        with Vertical(id="look-fors-box"):
            yield Static(Content(self.heading), id="look-fors-title")
            yield ChoiceList(lines_most=2)
            yield AdviceLines()
            yield StateLine()
            yield KeyLine()

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(ChoiceList).add_class("-short")
        self._show(KEEP)

    def _show(self, mark: str = "") -> None:
        many = len(self.look_fors)
        keep = f"Keep these {many}" if many != 1 else "Keep this one"
        rows = [Choice(KEEP, keep if many else "Begin without look-fors")]
        for place, one in enumerate(self.look_fors):
            side = NOT_SAVED if str(place) in self.pending else one.about
            words = f"{one.name}: {one.text}"
            rows.append(Choice(f"one {place}", words, label=str(place + 1), side=side))
        side = NOT_SAVED if str(many) in self.pending else ""
        rows.append(Choice(ADD, "Add a look-for", label="a", side=side))
        self.query_one(ChoiceList).show(rows, mark)
        self.query_one(AdviceLines).show(advice_on_look_fors(self.look_fors))

    def _place(self) -> int | None:
        row = self.query_one(ChoiceList).choice
        kind, _, place = row.id.partition(" ") if row else ("", "", "")
        return int(place) if kind == "one" else None

    def _set(self, look_fors: LookFors, words: str, mark: str = "") -> None:
        self.change(look_fors)
        self.before.append(self.look_fors)
        self.look_fors = look_fors
        self._show(mark)
        self.query_one(StateLine).say(words)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Keep them all, add one, or change one."""
        event.stop()
        if not self.is_current:
            return  # a second Enter, typed ahead
        if event.choice.id == KEEP:
            self.dismiss(True)
        elif event.choice.id == ADD:
            self.action_add()
        else:
            self._edit(self._place())

    def action_add(self) -> None:
        """Write another one."""
        self._edit(None)

    def _edit(self, place: int | None) -> None:
        at = len(self.look_fors) if place is None else place
        before = None if place is None else self.look_fors[place]

        def save(values: Values) -> None:
            one = look_for_of(values)
            wanted = (*self.look_fors[:at], one, *self.look_fors[at + 1 :])
            check_look_fors(wanted)
            self._hold(at, ())
            self._set(wanted, f"{one.name}: {'changed' if before else 'added'}", f"one {at}")

        def closed(saved: bool | None) -> None:
            self._show("" if saved else ADD if place is None else f"one {place}")

        open_over(
            self,
            AskScreen(
                "A look-for" if before else "Another look-for",
                look_for_asks(before),
                save,
                lambda values: self._hold(at, values),
                typed=self.pending.get(str(at), ()),
            ),
            closed,
        )

    def _hold(self, at: int, values: Values) -> None:
        """Keep what is being written at a place; no values forget it."""
        self.hold(str(at), values)
        self.pending = {key: one for key, one in self.pending.items() if key != str(at)}
        if values:
            self.pending[str(at)] = values

    def action_remove(self) -> None:
        """Drop words that were not saved, else take the marked one out; u brings it back."""
        place = self._place()
        at = len(self.look_fors) if place is None else place
        row = self.query_one(ChoiceList).choice
        if str(at) in self.pending and row is not None and row.id != KEEP:
            self._hold(at, ())
            self._show()
            self.query_one(StateLine).say("The words that were not saved are dropped")
        elif place is None:
            self.query_one(StateLine).say("Mark a look-for to take it out")
        elif self.pending:
            self.query_one(StateLine).say("First save, or drop with x, what is not saved yet")
        else:
            gone = self.look_fors[place]
            rest = self.look_fors[:place] + self.look_fors[place + 1 :]
            self._set(rest, f"{gone.name}: taken out · u brings it back")

    def action_undo(self) -> None:
        """Undo the last change here."""
        if not self.before:
            self.query_one(StateLine).say("Nothing to undo here")
            return
        self.look_fors = self.before.pop()
        self.change(self.look_fors)
        self._show()
        self.query_one(StateLine).say("Undone")

    def action_back(self) -> None:
        """Back; what was changed is kept."""
        if self.is_current:
            self.dismiss(False)
