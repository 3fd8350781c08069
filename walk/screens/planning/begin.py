"""Begin: from a focus and a number of classrooms to a walk, in as few keys as one likes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from walk.errors import Refused
from walk.focus import Template
from walk.model import MODE_WORDS
from walk.paths import own_templates
from walk.routine.dates import iso_date
from walk.routine.desk import Desk
from walk.routine.planning import begin
from walk.routine.planning.begin import OWN, Beginning
from walk.screens.ask import Ask, AskScreen, Values
from walk.screens.base import WalkScreen
from walk.screens.over import open_over
from walk.screens.planning.begin_rows import QUESTIONS, START, focus_rows, ready_rows, wording_shown
from walk.screens.planning.plan_asks import (
    LEARNING_NOTE,
    confirmation_asks,
    inquiry_ask,
    learning_asks,
    statement_ask,
)
from walk.text import one_line
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.dates import day_and_time

FORGET, RECALL = "forget", "recall"


class BeginScreen(WalkScreen):
    """Two pages: a focus, then a number of classrooms with everything that can be adapted."""

    CSS_PATH = "begin.tcss"
    AUTO_FOCUS = "#begin-focus"
    name_in_app = "begin"
    needs_walk = False
    tells_unconfirmed = False
    HELP_WORDS = (
        "Choose a focus, say how many classrooms are opened, and start. All else can be adapted "
        "now or later under Prepare. Letters find a focus; digits, + and - set the number of "
        "classrooms. Esc goes a page back; what was typed is kept."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,right", "count(1)", "more", id="begin.more", tooltip="One classroom more"),
        Binding(
            "minus,left", "count(-1)", "fewer", id="begin.fewer", tooltip="One classroom fewer"
        ),
        Binding("escape", "back", "back", id="begin.back", tooltip="One page back; all is kept"),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        super().__init__(desk, at, say)
        self.beginning = Beginning()
        self.templates: tuple[Template, ...] = ()
        self.problems: tuple[str, ...] = ()
        self.found = ""
        self.typed = ""
        """What was typed last; empty while nothing was typed that could be lost."""
        self.forgotten: tuple[Beginning, str] | None = None
        self.ready = False
        """On the second page."""
        self.first_digit = True

    def work(self) -> ComposeResult:
        """The two pages; one of them is shown."""
        with Vertical(id="begin-focus-page"):
            yield Static(Content("What would the host teachers like to look into?"))
            yield Static(id="begin-found")
            yield ChoiceList(id="begin-focus")
            yield Static(id="begin-preview")
        with Vertical(id="begin-ready-page"):
            yield Static(id="begin-wording")
            yield Static(id="begin-count")
            yield ChoiceList(id="begin-ready", lines_most=2)

    def on_mount(self) -> None:
        """Read the templates, and take up what was begun before."""
        self.title_line.left = "Begin a walk"
        with self.told():
            self.templates, self.problems = begin.templates(own_templates())
            before = begin.taken_up(self.desk)
            if before is not None:
                self.beginning, self.typed = before, "words typed before"
                self.first_words = "Taken up where you left off; Esc goes a page back"
        first = self.beginning.chosen or (self.templates[0].id if self.templates else OWN)
        self._show_focus(first)
        self._turn(bool(before and before.chosen))
        if self.problems:
            self.state_line.complain(" ".join(self.problems))

    def tick(self) -> None:
        """The clock in the title, in whole minutes."""
        self.title_line.right = day_and_time(self.desk.now().local)

    # The first page: a focus

    @property
    def _focus_rows(self) -> ChoiceList:
        return self.query_one("#begin-focus", ChoiceList)

    def _show_focus(self, mark: str = "") -> None:
        rows = focus_rows(self.beginning, self.templates, self.found)
        if self.typed and not self.found:
            rows.append(Choice(FORGET, "Forget what was typed here before"))
        if self.forgotten and not self.found:
            rows.append(Choice(RECALL, "Bring back what was typed"))
        self._focus_rows.show(rows, mark)
        told = f"Find: {one_line(self.found, 40)}" if self.found else "Letters find one, ↑ ↓ move"
        self.query_one("#begin-found", Static).update(Content(told))
        self._preview()

    def _preview(self) -> None:
        marked = self._focus_rows.choice
        template = self._template(marked.id if marked else "")
        words = Content("")
        if template is not None:
            wording = self.beginning.choose(template).wording
            words = wording_shown(wording.statement, wording.inquiry)
        elif marked is not None and marked.id == OWN:
            words = Content("One line in the teachers' words; inquiry and look-fors can follow.")
        self.query_one("#begin-preview", Static).update(words)

    def _template(self, id: str) -> Template | None:
        return next((one for one in self.templates if one.id == id), None)

    def on_choice_list_moved(self, event: ChoiceList.Moved) -> None:
        """Show the marked focus; a number typed after the marker moved is a new one."""
        self.first_digit = True
        if event.list.id == "begin-focus":
            self._preview()

    def _choose_focus(self, id: str) -> None:
        if id == FORGET:
            self.forgotten = (self.beginning, self.typed)
            begin.forget(self.desk)
            self.beginning, self.typed = Beginning(), ""
            self._show_focus()
        elif id == RECALL and self.forgotten:
            (self.beginning, words), self.forgotten = self.forgotten, None
            self._typed_words(words)
            self._show_focus()
        elif id == OWN:
            self.beginning = self.beginning.choose(None)
            statement = self.beginning.wording.statement or self.found
            self._ask("Your own focus", [statement_ask(statement)], self._set_statement, self._own)
        else:
            self.beginning = self.beginning.choose(self._template(id))
            self._turn(True)

    def _own(self, saved: bool) -> None:
        self._show_focus()
        if saved:
            self._turn(True)

    # The second page: how many classrooms, and what can be adapted

    @property
    def _ready_rows(self) -> ChoiceList:
        return self.query_one("#begin-ready", ChoiceList)

    def _turn(self, ready: bool) -> None:
        self.ready = ready
        self.first_digit = True
        self.set_class(ready, "-ready")
        if ready:
            self._show_ready(START)
        else:
            self._show_focus(self.beginning.chosen)
        (self._ready_rows if ready else self._focus_rows).focus()
        self.refresh_bindings()

    def _show_ready(self, mark: str = "") -> None:
        now = self.beginning
        shown = wording_shown(now.wording.statement, now.wording.inquiry)
        self.query_one("#begin-wording", Static).update(shown)
        self.query_one("#begin-count", Static).update(
            Content.assemble(
                "How many classrooms?  ",
                (f" {now.visits} ", "reverse bold"),
                ("   type a number, or + and -", "$foreground-muted"),
            )
        )
        self._ready_rows.show(ready_rows(now), mark)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Choose a focus, start, or adapt one thing."""
        # A second Enter may come before the page has turned; it means what stands there then.
        choice = self._ready_rows.choice if self.ready else event.choice
        with self.told():
            if choice is None or self.gone:
                return
            if not self.ready:
                self._choose_focus(choice.id)
            elif choice.id == START:
                self._start()
            else:
                self._adapt(choice.id)

    def _start(self) -> None:
        begin.start(self.desk, self.beginning)
        self.go("home", say="Walk begun · Enter opens V1")

    def _next_row(self, key: str) -> Callable[[bool], None]:
        """Once one page is done the marker stands on the next; after the last one on Start."""
        following = (*QUESTIONS[1:], START)[QUESTIONS.index(key)]

        def done(saved: bool) -> None:
            self._show_ready(following if saved else key)

        return done

    def _adapt(self, key: str) -> None:
        now, done = self.beginning, self._next_row(key)
        if key == "statement":
            ask = statement_ask(now.wording.statement)
            self._ask("Focus", [ask], self._set_statement, done)
        elif key == "inquiry":
            ask = inquiry_ask(now.wording.inquiry)
            self._ask("Inquiry", [ask], lambda v: self._reword(inquiry=v[0]), done)
        elif key == "learning":
            asks = learning_asks(now.learning, now.no_learning_reason)
            self._ask("Professional learning", asks, self._set_learning, done, LEARNING_NOTE)
        elif key == "confirmation":
            self._ask_confirmation(done)
        elif key == "school":
            ask = Ask("", now.host_school, hint="may stay empty", one_row=True)
            self._ask("Host school", [ask], lambda v: self._set(host_school=v[0]), done)
        elif key == "label":
            ask = Ask("", now.label, hint="initials or a word; no name is needed", one_row=True)
            self._ask("Your label", [ask], lambda v: self._set(label=v[0]), done)
        elif key == "mode":
            self._pick_mode(done)
        else:
            self._list_look_fors(done)

    def _ask_confirmation(self, done: Callable[[bool], None]) -> None:
        now = self.beginning
        today = self.desk.today().isoformat()
        asks = confirmation_asks(now.how, now.on or today, now.how_many)

        def check(values: Values) -> None:
            begin.count_of(values[2])
            iso_date(values[1] or today, "when it was confirmed")
            if values[2].strip() and not values[0].strip():
                raise Refused("Confirming says how it was done.", "Or leave all of it for later.")

        def take(values: Values) -> None:
            self._set(how=values[0], on=values[1], how_many=values[2])

        note = "Leave the first line empty while it is not confirmed; Esc goes back."
        self._ask("Confirmed by the host teachers", asks, take, done, note, check)

    def _pick_mode(self, done: Callable[[bool], None]) -> None:
        from walk.screens.pick import PickScreen

        def picked(mode: str | None) -> None:
            if mode is not None:
                with self.told():
                    self._set(mode=mode)
            done(mode is not None)

        rows = [Choice(mode, words) for mode, words in MODE_WORDS.items()]
        open_over(
            self, PickScreen("How are classrooms seen?", rows, mark=self.beginning.mode), picked
        )

    def _list_look_fors(self, done: Callable[[bool], None]) -> None:
        from walk.screens.planning.look_fors import LookForsScreen

        def hold(key: str, values: Values) -> None:
            self.beginning = self.beginning.hold(key, values)
            self._typed_words(" ".join(values[:2]) or "look-fors")

        open_over(
            self,
            LookForsScreen(
                self.beginning.wording.look_fors,
                lambda look_fors: self._reword(look_fors=look_fors),
                hold,
                self.beginning.pending,
            ),
            lambda saved: done(bool(saved)),
        )

    # Asking and keeping

    def _ask(
        self,
        title: str,
        asks: list[Ask],
        take: Callable[[Values], None],
        done: Callable[[bool], None],
        note: str = "",
        check: Callable[[Values], None] | None = None,
    ) -> None:
        """Ask one page. What is typed is taken at once, so that no way out of it loses words."""

        def save(values: Values) -> None:
            if check is not None:
                check(values)
            take(values)

        def closed(saved: bool | None) -> None:
            with self.told():
                done(bool(saved))

        open_over(self, AskScreen(title, asks, save, take, note=note), closed)

    def _set_statement(self, values: Values) -> None:
        self._reword(statement=values[0])

    def _set_learning(self, values: Values) -> None:
        self._set(learning=values[0], no_learning_reason=values[1])

    def _set(self, **changes: Any) -> None:
        changed = replace(self.beginning, **changes)
        if changed != self.beginning:
            self.beginning = changed
            self._typed_words(next((str(one) for one in changes.values() if one), ""))

    def _reword(self, **changes: Any) -> None:
        changed = self.beginning.reword(**changes)
        if changed != self.beginning:
            self.beginning = changed
            words = next(iter(changes.values()))
            self._typed_words(words if isinstance(words, str) else "look-fors")

    def _typed_words(self, words: str) -> None:
        """Something was typed that must not be lost: store all of it."""
        self.typed = words or self.typed or "words typed here"
        begin.keep(self.desk, self.beginning, self.typed)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The number of classrooms is asked on the second page."""
        if action == "count":
            return self.ready
        return super().check_action(action, parameters)

    def action_count(self, step: int) -> None:
        """One classroom more or fewer."""
        self._count(self.beginning.with_visits(max(1, self.beginning.visits + step)))
        self.first_digit = True

    def _count(self, changed: Beginning) -> None:
        self.beginning = changed
        self._show_ready()
        if self.typed:
            with self.told():
                begin.keep(self.desk, self.beginning, self.typed)

    def on_key(self, event: events.Key) -> None:
        """Letters find a focus on the first page; digits set the number on the second."""
        sign = event.character or ""
        if self.ready:
            if sign.isascii() and sign.isdigit():
                event.stop()
                self._count(self.beginning.type_digit(int(sign), first=self.first_digit))
                self.first_digit = False
            elif event.key == "backspace":
                event.stop()
                self._count(self.beginning.with_visits(self.beginning.visits // 10))
                self.first_digit = False
        elif event.key == "backspace" and self.found:
            event.stop()
            self._find(self.found[:-1])
        elif sign.isprintable() and sign and sign != "?" and (sign != " " or self.found):
            event.stop()
            self._find(self.found + sign)

    def _find(self, words: str) -> None:
        first = self.templates[0].id if self.templates and not words else ""
        self.found = words
        self._show_focus(first)
        if words:
            self._focus_rows.action_edge(-1)

    def action_back(self) -> None:
        """From the number to the focus; from a search to all; from the focus Home."""
        if self.ready:
            self._turn(False)
        elif self.found:
            self._find("")
        else:
            self.go("home")
