"""Conflicts: what laptops say differently, one after the other, and what is to stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from walk.model import Focus
from walk.routine.desk import Desk
from walk.routine.settling import conflicts, same_person
from walk.routine.settling.conflict_words import field_words
from walk.routine.settling.conflicts import Conflict
from walk.routine.settling.same_person import Question
from walk.screens.ask import Ask, Values
from walk.screens.settling.conflict_rows import answers_of, choices_of
from walk.screens.settling.conflict_text import Beside, Field
from walk.screens.team import LAST_KEYS, KeyedList, TeamScreen
from walk.text import one_line, wrap
from walk.widgets.choice_list import ChoiceList
from walk.widgets.prose import PROSE_MOST, prose_width

PLACE = "settle"
"""The first part of the place where new words for a record are kept while they are typed."""
NOTHING = "Nothing is told differently. Esc goes back."
GIVEN = "Settled, and given to your team on this laptop; the next pack brings it to the others"


class Choices(KeyedList):
    """What can be done. A page up or down moves the wordings above instead."""

    def action_page(self, side: int) -> None:
        """Scroll the wordings."""
        words = self.screen.query_one("#words", VerticalScroll)
        if side > 0:
            words.scroll_page_down(animate=False)
        else:
            words.scroll_page_up(animate=False)


class ConflictsScreen(TeamScreen):
    """One conflict with its wordings beside each other, and what can be done with it."""

    CSS_PATH = "conflicts.tcss"
    name_in_app = "conflicts"
    stage = conflicts.STAGE
    heading = "Conflicts"
    HELP_WORDS = (
        "Where two laptops say different things, all wordings are kept and stand here, one "
        "conflict after the other. Words that differ stand between ⟨ and ⟩ and are underlined. A "
        "digit keeps that wording; of a note both can be kept, each as a note of its own. t says "
        "it in new words. What is not chosen is kept out of sight, and u brings the conflict "
        "back.\n"
        "The plan is settled on the lead's laptop. When you leave, settled notes are given to "
        "your team on this laptop; from then on undo does not go back beyond that. The next pack "
        "brings it to the other laptops.\n"
        "Where one label was used on two laptops, you are asked whether that is one person."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "1",
            "digit(1)",
            "keep",
            key_display="1-9",
            id="conflicts.keep",
            tooltip="Keep the wording of that number",
        ),
        Binding("escape", "out", "back", id="conflicts.out", tooltip="One step back, then Home"),
        Binding(
            "a", "whole", "all words", id="conflicts.whole", tooltip="Show or fold what is alike"
        ),
        Binding(
            "b",
            "both",
            "both",
            id="conflicts.both",
            tooltip="Keep all: each as a note of its own, of a measure the values of all",
        ),
        Binding("t", "anew", "new text", id="conflicts.anew", tooltip="Say it in new words"),
        Binding(
            "f",
            "fields",
            "by field",
            id="conflicts.fields",
            tooltip="Take each field from one of the wordings",
        ),
        Binding(
            "right,n", "next(1)", "next", id="conflicts.next", tooltip="On to the next; it waits"
        ),
        Binding(
            "left,p",
            "next(-1)",
            "before",
            id="conflicts.before",
            show=False,
            tooltip="Back to the one before",
        ),
        Binding(
            "tab",
            "other",
            "other wording",
            id="conflicts.other",
            tooltip="Another wording beside the first",
        ),
        Binding(
            "pagedown",
            "scroll(1)",
            "scroll",
            id="conflicts.scroll",
            show=False,
            tooltip="The wordings, further down",
        ),
        LAST_KEYS[0],
        LAST_KEYS[2],
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the record to begin with."""
        super().__init__(desk, at, say)
        self.items: list[Conflict | Question] = []
        self.place = 0
        self.beside = 2
        """The number of the wording that stands beside the first."""
        self.whole = False
        self.turns = False
        """An act is being undone: what comes back by it is shown."""

    def body(self) -> ComposeResult:
        """Which one it is, the wordings, and what can be done."""
        yield Static(id="which")
        with VerticalScroll(id="words", can_focus=False):
            yield Static(id="wordings")
        yield Choices(id="list", lines_most=2)

    def on_mount(self) -> None:
        """The list of what can be done is as high as its rows."""
        self.rows.add_class("-short")

    def over_all(self, focus: Focus) -> str:
        """Nothing: the wordings need the room."""
        return ""

    @property
    def rows(self) -> Choices:
        """What can be done."""
        return self.query_one(Choices)

    @property
    def item(self) -> Conflict | Question | None:
        """What is in hand."""
        return self.items[self.place] if self.place < len(self.items) else None

    @property
    def conflict(self) -> Conflict | None:
        """The conflict in hand."""
        return self.item if isinstance(self.item, Conflict) else None

    # Reading

    def read(self) -> None:
        """Everything that waits; the one in hand stays in hand, or what has come back is."""
        before = [_id(one) for one in self.items]
        held = self.at or (_id(self.item) if self.item else "")
        self.items = [*conflicts.waiting(self.desk), *same_person.open_questions(self.desk)]
        ids = [_id(one) for one in self.items]
        back = [one for one in ids if before and one not in before]
        self.at = ""
        if back and (self.turns or held not in ids):
            self.place = ids.index(back[0])
        elif held in ids:
            self.place = ids.index(held)
        else:
            self.place = max(0, min(self.place, len(ids) - 1))
        self._show()

    def _show(self) -> None:
        item = self.item
        which = self.query_one("#which", Static)
        self.rows.set_class(item is None, "-none")
        if item is None:
            which.update(Content(NOTHING))
            self.query_one("#wordings", Static).update("")
            self.rows.show([])
            self.refresh_bindings()
            return
        what = item.what if isinstance(item, Conflict) else item.words
        told = f"{self.place + 1} of {len(self.items)} · {what}"
        lines = wrap(one_line(told), prose_width(self.app.size.width))
        which.update(Content("\n".join(lines[:2])))
        self.query_one("#wordings", Static).update(self._wordings(item))
        self.query_one("#words").scroll_home(animate=False)
        self.rows.show(
            choices_of(item) if isinstance(item, Conflict) else answers_of(item),
            mark="keep 1",
        )
        self.refresh_bindings()

    def _wordings(self, item: Conflict | Question) -> Content:
        width = max(20, self.app.size.width - 3)
        if isinstance(item, Question):
            lines = [
                f"The one: {item.one.words}",
                f"The other: {item.two.words}",
                "",
                "One person may use two laptops, or write on paper that another one types. "
                "Two people need two labels, so that nobody's notes are missed.",
            ]
            most = min(width, PROSE_MOST)
            return Content("\n".join(line for one in lines for line in wrap(one, most)))
        return self._pair(item).content(width)

    def _pair(self, item: Conflict) -> Beside:
        self.beside = min(max(2, self.beside), len(item.sides))
        one, two = item.side(1), item.side(self.beside)
        compared = not (one.hidden or two.hidden or one.record is None or two.record is None)
        pairs = [(row.name, row.values[0], row.values[self.beside - 1]) for row in item.rows]
        return Beside(
            (f"{one.number}  {one.said}", f"{two.number}  {two.said}"),
            tuple(Field(name, first, second, compared) for name, first, second in pairs),
            self.whole,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        allowed = super().check_action(action, parameters)
        if not allowed:
            return allowed
        item = self.conflict
        if action == "digit":
            return self.item is not None and not (item and item.stop)
        if action in ("both", "anew", "fields", "other", "whole"):
            if item is None:
                return False
            return {
                "both": item.keeps_all,
                "anew": bool(item.texts),
                "fields": item.by_field,
                "other": len(item.sides) > 2,
                "whole": self._pair(item).long,
            }[action]
        return not (action == "next" and len(self.items) < 2)

    # Moving

    def action_next(self, by: int) -> None:
        """On to the next one, or back; nothing is settled by it."""
        if self.items:
            self.place = (self.place + by) % len(self.items)
            self.beside, self.whole = 2, False
            self._show()

    def action_other(self) -> None:
        """Another wording beside the first."""
        item = self.conflict
        if item:
            self.beside = self.beside + 1 if self.beside < len(item.sides) else 2
            self._show()

    def action_whole(self) -> None:
        """Show all words of long ones, or fold what is alike again."""
        self.whole = not self.whole
        self._show()

    def action_scroll(self, side: int) -> None:
        """Scroll the wordings."""
        self.rows.action_page(side)

    # Settling

    def _do(self, act: Callable[[], str]) -> None:
        with self.told():
            done = act()
            self.beside, self.whole = 2, False
            self.reload()
            left = conflicts.told(len(self.items)) if self.items else "nothing left to settle"
            self.say_saved(f"{done} · {left}")

    @on(ChoiceList.Chosen)
    async def _chosen(self, event: ChoiceList.Chosen) -> None:
        kind, _, rest = event.choice.id.partition(" ")
        if kind == "keep":
            self.action_digit(int(rest))
        else:
            await self.run_action(kind)

    def action_digit(self, number: int) -> None:
        """Keep the wording of that number, or give that answer."""
        item = self.item
        if isinstance(item, Conflict):
            self._do(lambda: conflicts.keep(self.desk, item, number))
        elif item is not None and number == 1:
            self._do(lambda: same_person.same(self.desk, item))
        elif item is not None and number in (2, 3):
            self._two(item, number)

    def action_both(self) -> None:
        """Keep every wording as a note."""
        item = self.conflict
        if item:
            self._do(lambda: conflicts.keep_all(self.desk, item))

    def action_anew(self) -> None:
        """Say it in new words, beginning from the first wording."""
        item = self.conflict
        base = item.base if item else None
        if item is None or base is None:
            return
        asks = [
            Ask(field_words(item.kind, field), str(getattr(base, field)), "the words that stand")
            for field in item.texts
        ]

        def save(values: Values) -> str:
            texts = dict(zip(item.texts, values, strict=True))
            return conflicts.say_anew(self.desk, item, texts)

        self.ask("In new words", asks, save, place=f"{PLACE}:{item.record}", note=item.what)

    def action_fields(self) -> None:
        """Take each field from one of the wordings."""
        item = self.conflict
        if item is None:
            return
        asks = [
            Ask(
                row.name,
                "1",
                options=tuple(
                    (str(side.number), f"{side.number}: {one_line(row.values[at], 46)}")
                    for at, side in enumerate(item.sides)
                ),
            )
            for row in item.choosable
        ]

        def save(values: Values) -> str:
            named = zip(item.choosable, values, strict=True)
            return conflicts.choose(self.desk, item, {row.field: int(one) for row, one in named})

        self.ask(
            "Field by field", asks, save, place=f"{PLACE} fields:{item.record}", note=item.what
        )

    def _two(self, question: Question, number: int) -> None:
        other = question.one if number == 2 else question.two

        def save(values: Values) -> str:
            return same_person.two_people(self.desk, question, other, values[0])

        self.ask(
            "Two people: another label",
            [Ask("Label", "", "initials or a word of their choice", one_row=True)],
            save,
            place=f"{PLACE} label:{question.id}",
            note=f"For {other.words}",
        )

    def action_undo(self) -> None:
        """Take the last act here back, and show what has come back by it."""
        self.turns = True
        super().action_undo()
        self.turns = False
        with self.told():
            same_person.taken_back(self.desk)

    def action_redo(self) -> None:
        """Do the act here again that was undone last."""
        super().action_redo()
        with self.told():
            same_person.settle_known(self.desk)

    # Leaving

    def action_out(self) -> None:
        """Give what was settled to the team, and go Home."""
        with self.told():
            ids = self.desk.store.settled_here(self.desk.walk_id, conflicts.SHARED_KINDS)
            waits = conflicts.give(self.desk) if ids else ""
            self.go("home", say=waits or (GIVEN if ids else ""))
        if not self.gone:
            self.go("home")


def _id(item: Conflict | Question) -> str:
    return item.record if isinstance(item, Conflict) else item.id
