"""Trends: a theme stated in one plain sentence, then asset or need in light of the inquiry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.debrief import of_visits
from walk.model import Polarity, Trend
from walk.routine import debrief, door
from walk.routine.debrief import PoolNote, Table, ThemeView
from walk.routine.desk import Desk
from walk.screens.ask import Ask, Values
from walk.screens.dialogs import KeyDialog, ReadDialog
from walk.screens.team import LAST_KEYS, KeyedList, TeamScreen
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading

PARKED_WHY = "seen in one classroom only, so it is parked: kept in mind, never printed"
NOTE_ONLY = {"example", "contrary"}
TREND_ONLY = {"state", "decide", "take_back"}
WORDS_LOOKED_AT = 400


class TrendsScreen(TeamScreen):
    """All themes: stated, parked, not yet stated. Enter opens one's evidence."""

    CSS_PATH = "trends.tcss"
    full_rows = (4, 6, 10)
    name_in_app = "trends"
    stage = debrief.STAGE
    heading = "Debrief · Trends"
    HELP_WORDS = (
        "Here each theme is stated in one plain sentence: what was seen, across rooms. Only then, "
        "and in light of the inquiry, can the team say asset or need. A trend rests on at least "
        "two classrooms; what was seen in one is parked, kept in mind and never printed.\n"
        "Enter shows the evidence, also what runs against it. There, e chooses up to three "
        "noticings, one by one, as examples for the staff summary."
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
        Binding("f", "go('steps')", "next steps", id="trends.on", tooltip="Go on to next steps"),
        Binding(
            "space",
            "decide('')",
            "neither",
            id="trends.neither",
            tooltip="Neither asset nor need yet",
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
            "contrary",
            id="trends.contrary",
            tooltip="The noticing runs against the theme, or supports it after all",
        ),
        Binding(
            "delete,backspace",
            "take_back",
            "take back",
            id="trends.take_back",
            show=False,
            tooltip="Take the statement back; the theme stays",
        ),
        Binding("b", "go('debrief')", "themes", id="trends.before", tooltip="Back to grouping"),
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a theme to stand on."""
        super().__init__(desk, at, say)
        self.opened = ""
        """The theme whose evidence is shown, or nothing."""
        self.table = Table((), (), (), 0)
        self._own_act = False
        """True while what is read again was changed by an act here, which changes no note."""

    def body(self) -> ComposeResult:
        """The list, and what is in hand in full."""
        yield Static(id="head")
        yield KeyedList(id="list", lines_most=2)
        yield Static(id="full")

    @property
    def rows(self) -> KeyedList:
        """Trends, or one's evidence."""
        return self.query_one("#list", KeyedList)

    # Reading

    def read(self) -> None:
        """Themes with their trends, or one theme's evidence."""
        self.table = debrief.table(self.desk, self.table if self._own_act else None)
        self._own_act = False
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
        head = f"Evidence · {_title(view)}" if view else "Stated across rooms, in plain words"
        self.query_one("#head", Static).update(Content(one_line(head)))
        self.rows.show(self._evidence(view) if view else self._overview(), mark=mark)
        self._show_full()
        self.refresh_bindings()

    def _overview(self) -> list[Choice]:
        themes = self.table.themes
        stated = [one for one in themes if one.trend and not one.trend.parked]
        parked = [one for one in themes if one.trend and one.trend.parked]
        bare = [one for one in themes if not one.trend]
        rows: list[Choice] = []
        for words, group in (
            ("Trends", stated),
            ("Parked: seen in one classroom, never printed", parked),
            ("Themes not yet stated: s states one", bare),
        ):
            if group:
                rows += [heading(words), *(_trend_row(one) for one in group)]
        return rows or [
            heading("No themes yet. Group the notes first: b goes to the pool and the themes.")
        ]

    def _evidence(self, view: ThemeView) -> list[Choice]:
        theme = view.theme.id
        noticings = [one for one in view.notes if one.note.note_kind == "noticing"]
        supports = [one for one in noticings if theme not in one.contrary_in]
        against = [one for one in noticings if theme in one.contrary_in]
        wonderings = [one for one in view.notes if one.note.note_kind == "wondering"]
        rows: list[Choice] = []
        for words, notes in (
            (f"Supports it · {of_visits(view.spread.visits)}", supports),
            (f"Runs against it · {of_visits(view.spread.contrary_visits)}", against),
            ("Wonderings", wonderings),
        ):
            if notes:
                rows += [heading(words), *(self._note_row(one, view.trend) for one in notes)]
        return rows or [heading("No notes in this theme.")]

    def _note_row(self, one: PoolNote, trend: Trend | None) -> Choice:
        chosen = trend.examples if trend else ()
        side = f"example {chosen.index(one.note.id) + 1} ●" if one.note.id in chosen else ""
        return Choice(one.note.id, one.words[:WORDS_LOOKED_AT], side=side)

    def _show_full(self) -> None:
        width = max(20, self.app.size.width - 2)
        note, view = self.note_in_hand, self.in_hand
        if note:
            lines = wrap(note.words, width)
            room = self.room() - 1
            if len(lines) > room:
                lines = [*lines[: room - 1], "… Enter reads all"]
            told = [" · ".join(_about_note(note))]
        elif view:
            lines, told = self._full_trend(view, width)
        else:
            lines, told = [], []
        self.query_one("#full", Static).update(
            Content.assemble("\n".join(lines), ("\n" + "\n".join(told), "$text-muted"))
        )

    def _full_trend(self, view: ThemeView, width: int) -> tuple[list[str], list[str]]:
        trend, spread = view.trend, view.spread
        told = [f"{of_visits(spread.visits)} · {spread.noticings} noticings"]
        if spread.contrary_visits:
            told[0] += f" · evidence against it in {of_visits(spread.contrary_visits)}"
        if trend is None:
            told.append("Not stated yet: s. Description comes before asset or need.")
            return [one_line(view.name, width)], [one_line(one, width) for one in told]
        if trend.parked:
            told.append(f"▪ {PARKED_WHY}")
        else:
            told[0] += f" · {trend.polarity or 'neither asset nor need yet'}"
        words = {one.note.id: one.words for one in view.notes}
        told += [f"Example: {words[one]}" for one in trend.examples if one in words]
        said = wrap(trend.statement, width)
        room = max(1, self.room() - len(told))
        if len(said) > room:
            said = [*said[: room - 1], one_line(" ".join(said[room - 1 : room + 1]), width)]
        return said, [one_line(one, width) for one in told]

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

        def save(values: Values) -> str:
            trend = debrief.state_trend(self.desk, view.theme, values[0])
            self.at = view.theme.id
            if trend.parked:
                return f"Stated, but {PARKED_WHY}"
            return door.not_printed(self.desk, trend) or "Trend stated"

        self.ask(
            "In plain words: what was seen, across rooms?",
            [Ask("", view.trend.statement if view.trend else "", "Students …")],
            save,
            place=f"state:{view.theme.id}",
            note=f"{one_line(view.name, 60)} · {of_visits(view.spread.visits)}",
        )

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
            lambda: debrief.decide(self.desk, trend, polarity),
            polarity.capitalize() or "Neither asset nor need",
        )

    def action_take_back(self) -> None:
        """Take the statement in hand back."""
        view = self.in_hand
        trend = view.trend if view else None
        if trend:
            self._do(
                lambda: debrief.take_back(self.desk, trend),
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
            changed = debrief.choose_example(self.desk, trend, note.note)
            self.reload()
            count = len(changed.examples)
            self.say_saved(f"{count} of {debrief.EXAMPLES_MOST} examples chosen for the staff")

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


def _title(view: ThemeView) -> str:
    return view.trend.statement if view.trend else view.name


def _trend_row(view: ThemeView) -> Choice:
    trend = view.trend
    side = of_visits(view.spread.visits)
    if view.spread.contrary_visits:
        side += f", {view.spread.contrary_visits} against"
    label = "" if trend is None else trend.polarity or ("▪" if trend.parked else "?")
    return Choice(view.theme.id, _title(view)[:WORDS_LOOKED_AT], label=label, side=side)


def _about_note(one: PoolNote) -> list[str]:
    parts: list[str] = [one.note.note_kind]
    if one.note.speech:
        parts.append("quoted speech")
    return parts
