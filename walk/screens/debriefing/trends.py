"""Trends: a theme stated in one plain sentence, then asset or need in light of the inquiry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.debrief import of_visits
from walk.model import Decision, Polarity, Trend
from walk.routine.debriefing import coverage, debrief, stating
from walk.routine.debriefing.debrief import PoolNote, Table, ThemeView
from walk.routine.desk import Desk
from walk.routine.visiting import door
from walk.routine.wording import wording
from walk.screens.ask import Ask, Values
from walk.screens.debriefing.trend_rows import (
    DECISIONS,
    PARKED_WHY,
    about_note,
    evidence,
    in_full,
    overview,
    title,
    whole,
)
from walk.screens.dialogs import KeyDialog, ReadDialog
from walk.screens.team import LAST_KEYS, STEP_KEYS, KeyedList, TeamScreen
from walk.text import one_line, wrap
from walk.widgets.choice_list import ChoiceList
from walk.widgets.prose import prose_width

NOTE_ONLY = {"example", "contrary"}
TREND_ONLY = {"state", "decide", "take_back", "more"}


class Trends(KeyedList):
    """The list: trends, or the evidence of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            "open",
            id="trends.open",
            tooltip="Show the evidence; of a note: read it in full",
        )
    ]


class TrendsScreen(TeamScreen):
    """All themes: stated, parked, not yet stated. Enter opens one's evidence."""

    CSS_PATH = "trends.tcss"
    full_rows = (4, 6, 10)
    name_in_app = "trends"
    stage = debrief.STAGE
    heading = "Debrief · Trends"
    protocol_step = "trends"
    HELP_WORDS = (
        "Here each theme is stated in one plain sentence: what was seen, across rooms. Only then, "
        "and in light of the inquiry, can the team say asset or need. A trend rests on at least "
        "two classrooms; what was seen in one is parked, kept in mind and never printed.\n"
        "Enter shows the evidence, also what runs against it. There, e chooses up to three "
        "noticings, one by one, as examples for the staff summary.\n"
        "m tells more: what a lens adds, what we would need to know, and whether the practice is "
        "to be kept, strengthened or reconsidered; that is about a practice, never a person. "
        "v asks about classrooms without notes and voices that are missing."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "state", "state", id="trends.state", tooltip="State the theme in plain words"),
        Binding(
            "a",
            "decide('asset')",
            "asset",
            id="trends.asset",
            tooltip="Asset, in light of the inquiry; only once it is stated",
        ),
        Binding(
            "n",
            "decide('need')",
            "need",
            id="trends.need",
            tooltip="Need, in light of the inquiry; only once it is stated",
        ),
        Binding(
            "e",
            "example",
            "example",
            id="trends.example",
            tooltip="Show this noticing to the staff as an example, or no longer",
        ),
        Binding(
            "c",
            "contrary",
            "against",
            id="trends.contrary",
            tooltip="The noticing runs against the theme, or supports it after all",
        ),
        STEP_KEYS[0],
        Binding(
            "m",
            "more",
            "more",
            id="trends.more",
            tooltip="What a lens adds, what we would need to know, what becomes of the practice",
        ),
        Binding(
            "v",
            "coverage",
            "missing?",
            id="trends.coverage",
            tooltip="Questions about classrooms without notes and voices that are missing",
        ),
        Binding("r", "read_all", "read", id="trends.read", tooltip="Read all that is said of it"),
        *STEP_KEYS[1:],
        Binding(
            "space",
            "decide('')",
            "neither",
            id="trends.neither",
            tooltip="Neither asset nor need yet",
        ),
        Binding(
            "delete,backspace",
            "take_back",
            "take back",
            id="trends.take_back",
            show=False,
            tooltip="Take the statement back; the theme stays",
        ),
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a theme to stand on."""
        super().__init__(desk, at, say)
        self.opened = ""
        """The theme whose evidence is shown, or nothing."""
        self.table = Table((), (), ())
        self.asked: list[str] = []
        """Questions about what may be missing."""
        self._own_act = False
        """True while what is read again was changed by an act here, which changes no note."""

    def body(self) -> ComposeResult:
        """The list, and what is in hand in full."""
        yield Static(id="head")
        yield Trends(id="list", lines_most=2)
        yield Static(id="full")

    @property
    def rows(self) -> KeyedList:
        """Trends, or one's evidence."""
        return self.query_one("#list", KeyedList)

    # Reading

    def read(self) -> None:
        """Themes with their trends, or one theme's evidence."""
        before = self.table if self._own_act else None
        self.table = debrief.table(self.desk, before, lay="what was placed")
        self._own_act = False
        self.asked = coverage.questions(self.desk, self.table)
        if self.view_opened is None:
            self.opened = ""
        self._show_list(self.at)
        self.at = ""

    @property
    def view_opened(self) -> ThemeView | None:
        """The theme whose evidence is shown."""
        return next((one for one in self.table.themes if one.theme.id == self.opened), None)

    @property
    def in_hand(self) -> ThemeView | None:
        """The theme that keys work on."""
        if self.opened:
            return self.view_opened
        row = self.rows.choice
        return next((one for one in self.table.themes if row and one.theme.id == row.id), None)

    @property
    def note_in_hand(self) -> PoolNote | None:
        """The note the marker stands on, among the evidence."""
        view, row = self.view_opened, self.rows.choice
        return (
            next((one for one in view.notes if row and one.note.id == row.id), None)
            if view
            else None
        )

    def _show_list(self, mark: str = "") -> None:
        view = self.view_opened
        head = f"Evidence · {title(view)}" if view else "Stated across rooms, in plain words"
        self.query_one("#head", Static).update(Content(one_line(head)))
        rows = evidence(view) if view else overview(self.table, len(self.asked))
        self.rows.show(rows, mark=mark)
        self._show_full()
        self.refresh_bindings()

    def _show_full(self) -> None:
        width = prose_width(self.app.size.width)
        note, view = self.note_in_hand, self.in_hand
        if note:
            lines = wrap(note.words, width)
            room = self.room() - 1
            if len(lines) > room:
                lines = [*lines[: room - 1], "… Enter reads all"]
            told = [about_note(note)]
        elif view:
            lines, told = in_full(view, width, self.room())
        else:
            lines, told = [], []
        full = self.query_one("#full", Static)
        full.display = self.rows.choice is not None
        full.update(Content.assemble("\n".join(lines), ("\n" + "\n".join(told), "$text-muted")))

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_full()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        allowed = super().check_action(action, parameters)
        if allowed and action in NOTE_ONLY:
            return bool(self.opened)
        if allowed and action in TREND_ONLY:
            return not self.opened and bool(self.table.themes)
        return allowed

    # Keys

    def _do(self, act: Callable[[], Any], words: str) -> None:
        with self.told():
            act()
            self._own_act = True
            self.reload()
            self.say_saved(words)

    def action_state(self) -> None:
        """State the theme in hand."""
        view = self.in_hand
        if view is None:
            return

        # Its rules take their time to load, and no key may wait for them.
        self.run_worker(partial(wording.look, wording.Words("")), thread=True, exit_on_error=False)

        def save(values: Values) -> str:
            trend = stating.state_trend(self.desk, view.theme, values[0])
            self.at = view.theme.id
            if trend.parked:
                return f"Stated, but {PARKED_WHY}"
            advice = stating.advice(self.desk, trend.statement, typing=False)
            told = f"Trend stated · {advice[0][2]}" if advice else "Trend stated"
            return door.not_printed(self.desk, trend) or told

        self.ask(
            "In plain words: what was seen, across rooms?",
            [
                Ask(
                    "",
                    view.trend.statement if view.trend else "",
                    "Students …",
                    advise=lambda words: stating.advice(self.desk, words, typing=True),
                )
            ],
            save,
            place=f"state:{view.theme.id}",
            note=f"{one_line(view.name, 60)} · {of_visits(view.spread.visits)}",
        )

    def action_more(self) -> None:
        """What else there is to say of the trend in hand."""
        view = self.in_hand
        trend = view.trend if view else None
        if view is None or trend is None:
            self.say("State it first (s): description comes before what becomes of it.")
            return

        def save(values: Values) -> str:
            changed = stating.say_more(
                self.desk,
                trend,
                lens_remarks=values[0],
                to_know=values[1],
                decision=cast(Decision, values[2]) if len(values) > 2 else "",
            )
            self.at = view.theme.id
            return door.not_printed(self.desk, changed) or "Kept with the trend"

        asks = [
            Ask("What a lens adds", trend.lens_remarks, "such as: through multilingual learners …"),
            Ask("What we would need to see or ask to know more", trend.to_know, "How …?"),
        ]
        if not trend.parked:
            asks.append(Ask("The practice", trend.decision, options=DECISIONS))
        self.ask(one_line(trend.statement, 70), asks, save, place=f"more:{view.theme.id}")

    def action_read_all(self) -> None:
        """Show everything that is said of the trend in hand."""
        view = self.in_hand
        if view:
            self.app.push_screen(ReadDialog("Trend" if view.trend else "Theme", whole(view)))

    def action_coverage(self) -> None:
        """Ask what may be missing."""
        words = "\n\n".join(self.asked) or "Nothing stands out as missing. Ask the team as well."
        self.app.push_screen(ReadDialog("What may be missing", words))

    def action_decide(self, polarity: Polarity) -> None:
        """Asset, need, or neither yet."""
        view = self.in_hand
        if view is None:
            return
        trend = view.trend
        if trend is None:
            self.say("State it first (s): description comes before asset or need.")
            return
        self._do(
            lambda: stating.decide(self.desk, trend, polarity),
            polarity.capitalize() or "Neither asset nor need",
        )

    def action_take_back(self) -> None:
        """Take the statement in hand back."""
        view = self.in_hand
        trend = view.trend if view else None
        if trend:
            self._do(
                lambda: stating.take_back(self.desk, trend),
                "Statement taken back, u brings it back",
            )

    @on(ChoiceList.Chosen)
    def _chosen(self, message: ChoiceList.Chosen) -> None:
        note = self.note_in_hand
        if note:
            self.app.push_screen(ReadDialog(note.note.note_kind.capitalize(), note.words))
        elif not self.opened:
            self.opened = message.choice.id
            self._show_list()
            self.rows.action_edge(-1)

    def step_back(self) -> bool:
        """From the evidence to the trends."""
        if not self.opened:
            return False
        mark, self.opened = self.opened, ""
        self._show_list(mark)
        return True

    def action_example(self) -> None:
        """Choose the noticing in hand as an example, or no longer."""
        view, note = self.view_opened, self.note_in_hand
        if view is None or note is None:
            return
        trend = view.trend
        if trend is None or trend.parked:
            self.say(
                "State the theme first (Esc, then s)." if trend is None else f"It was {PARKED_WHY}."
            )
            return
        if note.note.speech and note.note.id not in trend.examples:
            self.app.push_screen(
                KeyDialog(
                    "Would colleagues know who said this?",
                    (("n", "no, use it"), ("y", "yes, leave it out")),
                    note.words,
                ),
                lambda answer: self._example(trend, note) if answer == "n" else None,
            )
            return
        self._example(trend, note)

    def _example(self, trend: Trend, note: PoolNote) -> None:
        with self.told():
            changed = stating.choose_example(self.desk, trend, note.note)
            self.reload()
            count = len(changed.examples)
            self.say_saved(f"{count} of {stating.EXAMPLES_MOST} examples chosen for the staff")

    def action_contrary(self) -> None:
        """The note in hand runs against its theme, or no longer."""
        view, note = self.view_opened, self.note_in_hand
        if view and note:
            self._do(
                lambda: debrief.turn_contrary(self.desk, note.note, view.theme),
                "Supports the theme"
                if view.theme.id in note.contrary_in
                else "Runs against the theme",
            )
