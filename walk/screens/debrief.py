"""Debrief, grouping: the pool on the left, themes on the right, like put with like by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from walk.debrief import of_visits
from walk.routine import debrief
from walk.routine.debrief import PoolNote, Table, ThemeView
from walk.routine.desk import Desk
from walk.screens.ask import Ask, Values
from walk.screens.debrief_keys import KEYS, LEFT_ONLY, NOTE_IN_THEME, RIGHT_ONLY
from walk.screens.debrief_rows import (
    POOL,
    WONDERINGS,
    about_note,
    about_theme,
    note_row,
    notes_in_words,
    nothing_words,
    number_of,
    theme_row,
)
from walk.screens.dialogs import PickDialog, Picked, ReadDialog
from walk.screens.team import LAST_KEYS, KeyedList, TeamScreen
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading


class DebriefScreen(TeamScreen):
    """Pool and themes. The left list shows the pool, the wonderings, or one theme's notes."""

    CSS_PATH = "debrief.tcss"
    AUTO_FOCUS = "#left"
    full_rows = (3, 4, 8)
    name_in_app = "debrief"
    stage = debrief.STAGE
    heading = "Debrief · Group like with like"
    HELP_WORDS = (
        "Here the team reads all notes together, without authors, and puts like with like.\n"
        "First only describe what is there; stop at “because”. Then make groups: a digit puts the "
        "note in hand into that theme, t finds any theme or makes a new one. Give each theme a "
        "plain descriptive name. Keep what runs against it in view (c in the theme).\n"
        "Counts are classrooms, however many teams went in. Who wrote a note, when, and in which "
        "room is not shown. Asset and need come later, under trends, once a theme is stated in a "
        "sentence."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS, *LAST_KEYS]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a theme to stand on."""
        super().__init__(desk, at, say)
        self.showing = POOL
        """pool, wonderings, or the id of the theme whose notes are shown."""
        self.marked: set[str] = set()
        self.table = Table((), (), (), 0)
        self._own_act = False
        """True while what is read again was changed by an act here, which changes no note."""

    def body(self) -> ComposeResult:
        """The two panes and the note in hand in full."""
        yield Static(Content("Describe what is there; stop at “because”"), id="prompt")
        with Horizontal(id="panes"):
            with Vertical(id="left-pane"):
                yield Static(id="left-head", classes="head")
                yield KeyedList(id="left")
            with Vertical(id="right-pane"):
                yield Static(id="right-head", classes="head")
                yield KeyedList(id="right")
        yield Static(id="full")

    @property
    def left(self) -> KeyedList:
        """The notes."""
        return self.query_one("#left", KeyedList)

    @property
    def right(self) -> KeyedList:
        """The themes."""
        return self.query_one("#right", KeyedList)

    # Reading

    def read(self) -> None:
        """Pool, themes and the note in hand."""
        self.table = debrief.table(self.desk, self.table if self._own_act else None)
        self._own_act = False
        if self.showing not in (POOL, WONDERINGS) and self.theme_shown is None:
            self.showing = POOL
        self.marked &= {one.note.id for one in self.notes}
        self._show_notes()
        self._show_themes()
        self._show_full()

    @property
    def theme_shown(self) -> ThemeView | None:
        """The theme whose notes the left list shows."""
        return next((one for one in self.table.themes if one.theme.id == self.showing), None)

    @property
    def notes(self) -> tuple[PoolNote, ...]:
        """The notes of the left list."""
        if self.showing == WONDERINGS:
            return self.table.wonderings
        theme = self.theme_shown
        return theme.notes if theme else self.table.pool

    def _show_notes(self) -> None:
        theme = self.theme_shown
        rows = [self._note_row(one) for one in self.notes]
        if theme:
            head = f"Theme {number_of(self.table, theme.theme.id)} · {theme.name}"
        elif self.showing == WONDERINGS:
            head = f"Wonderings · {len(rows)}"
        else:
            head = f"Pool · {len(rows)} left"
        self.query_one("#left-head", Static).update(Content(one_line(head)))
        if not rows:
            width = max(20, self.app.size.width // 2 - 6)
            rows = [heading(line) for line in wrap(nothing_words(self.table, self.showing), width)]
        self.left.show(rows)

    def _note_row(self, one: PoolNote) -> Choice:
        return note_row(self.table, one, self.showing, marked=one.note.id in self.marked)

    def _show_themes(self) -> None:
        count = len(self.table.themes)
        self.query_one("#right-head", Static).update(Content(f"Themes · {count}"))
        rows = [theme_row(n, one) for n, one in enumerate(self.table.themes, 1)]
        if not rows:
            width = max(20, self.app.size.width // 2 - 6)
            words = "No themes yet. On a note, t makes the first one."
            rows = [heading(line) for line in wrap(words, width)]
        self.right.show(rows, mark=self.at)
        self.at = ""

    def _show_full(self) -> None:
        width = max(20, self.app.size.width - 2)
        words, about = "", ""
        if self.right.has_focus:
            theme = self.theme_in_hand
            if theme:
                words, about = theme.name, about_theme(theme)
        else:
            note = self.note_in_hand
            if note:
                words, about = note.words, about_note(self.table, note, len(self.marked))
        lines = wrap(words, width)
        room = self.room() - 1
        if len(lines) > room:
            lines = [
                *lines[: room - 1],
                one_line(lines[room - 1], width - 18) + " … Enter reads all",
            ]
        told = one_line(about, width)
        self.query_one("#full", Static).update(
            Content.assemble("\n".join(lines), ("\n" + told, "$text-muted"))
        )

    # What is in hand

    @property
    def note_in_hand(self) -> PoolNote | None:
        """The note the left marker stands on."""
        row = self.left.choice
        return next((one for one in self.notes if row and one.note.id == row.id), None)

    @property
    def theme_in_hand(self) -> ThemeView | None:
        """The theme the right marker stands on."""
        row = self.right.choice
        return next((one for one in self.table.themes if row and one.theme.id == row.id), None)

    def hand(self) -> list[PoolNote]:
        """The marked notes in their order, or else the note in hand."""
        marked = [one for one in self.notes if one.note.id in self.marked]
        if marked:
            return marked
        return [self.note_in_hand] if self.note_in_hand else []

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_full()

    def on_descendant_focus(self) -> None:
        """Another pane has the keys: other keys work, another thing is in hand."""
        if self._open:
            self._show_full()
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where its pane has the keys."""
        allowed = super().check_action(action, parameters)
        if not allowed:
            return allowed
        themes = self.right.has_focus
        if action in RIGHT_ONLY:
            return themes and (action == "pane_left" or self.right.choice is not None)
        if action in NOTE_IN_THEME:
            return not themes and self.theme_shown is not None
        return not (action in LEFT_ONLY and themes and action not in ("digit", "put", "wonderings"))

    # Keys: notes into themes

    def action_digit(self, number: int) -> None:
        """Put what is in hand into the theme of that number; among the themes: go to it."""
        if number > len(self.table.themes):
            self.say(f"There is no theme {number} yet. t finds or makes one.")
            return
        theme = self.table.themes[number - 1]
        if self.right.has_focus:
            self.right.mark(theme.theme.id)
            return
        self._put(theme)

    def _put(self, theme: ThemeView) -> None:
        notes = self.hand()
        if not notes:
            self.say("There is no note in hand.")
            return
        self._do(
            lambda: debrief.put(self.desk, [one.note for one in notes], theme.theme),
            lambda count: (
                f"{notes_in_words(count)} put into {one_line(theme.name, 40)}"
                if count
                else f"Already in {one_line(theme.name, 40)}"
            ),
        )

    def _do(self, act: Callable[[], Any], words: Callable[[Any], str]) -> None:
        """Do one act, show what it changed and tell it; the marks have served then."""
        with self.told():
            done = act()
            self.marked.clear()
            self._own_act = True
            self.reload()
            self.say_saved(words(done))

    def action_put(self) -> None:
        """Find any theme, or make one, for what is in hand."""
        rows = [
            Choice(one.theme.id, one.name, label=str(n), side=of_visits(one.spread.visits))
            for n, one in enumerate(self.table.themes, 1)
        ]
        count = 0 if self.right.has_focus else len(self.hand())
        title = f"Into which theme? ({notes_in_words(count)})" if count else "Which theme?"
        self.app.push_screen(PickDialog(title, rows, new="new theme"), self._picked)

    def _picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        notes = [] if self.right.has_focus else [one.note for one in self.hand()]
        theme = next((one for one in self.table.themes if one.theme.id == picked.id), None)
        if theme and not notes:
            self.right.mark(theme.theme.id)
        elif theme:
            self._put(theme)
        elif notes:
            self._do(
                lambda: debrief.put_in_new(self.desk, notes, picked.name),
                lambda made: f"{notes_in_words(len(notes))} put into {one_line(made.name, 40)}",
            )
        else:
            self._do(lambda: debrief.make_theme(self.desk, picked.name), lambda _: "Theme made")

    def action_mark(self) -> None:
        """Mark the note in hand, or no longer, and go on to the next."""
        note = self.note_in_hand
        if note is None:
            return
        self.marked ^= {note.note.id}
        self._show_notes()
        self.left.action_move(1)
        self._show_full()
        self.say(f"{notes_in_words(len(self.marked))} marked" if self.marked else "")

    def action_contrary(self) -> None:
        """The note in hand runs against its theme, or no longer."""
        theme, note = self.theme_shown, self.note_in_hand
        if theme and note:
            self._do(
                lambda: debrief.turn_contrary(self.desk, note.note, theme.theme),
                lambda against: "Runs against the theme" if against else "Supports the theme",
            )

    def action_take_out(self) -> None:
        """Take what is in hand out of the theme that is shown."""
        theme, notes = self.theme_shown, self.hand()
        if theme and notes:
            self._do(
                lambda: debrief.take_out(self.desk, [one.note for one in notes], theme.theme),
                lambda _: f"{notes_in_words(len(notes))} taken out of {one_line(theme.name, 40)}",
            )

    def action_erase(self) -> None:
        """Ask whether the note in hand is to go for good."""
        from walk.screens.erase import ask_erase

        def after() -> None:
            self.marked.clear()
            with self.told():
                self.reload()

        note = self.note_in_hand
        if note:
            with self.told():
                ask_erase(self, note.note.id, after)

    # Keys: panes

    @on(ChoiceList.Chosen, "#left")
    def _read_note(self) -> None:
        note = self.note_in_hand
        if note:
            self.app.push_screen(ReadDialog(note.note.note_kind.capitalize(), note.words))

    @on(ChoiceList.Chosen, "#right")
    def _open_theme(self, message: ChoiceList.Chosen) -> None:
        self._show(message.choice.id)

    def _show(self, showing: str) -> None:
        self.showing = showing
        self.marked.clear()
        self._show_notes()
        self.left.action_edge(-1)
        self.left.focus()
        self._show_full()
        self.refresh_bindings()

    def action_wonderings(self) -> None:
        """Show the wonderings; from there, the pool."""
        self._show(POOL if self.showing == WONDERINGS else WONDERINGS)

    def action_pane_right(self) -> None:
        """Go to the themes."""
        self.right.focus()

    def action_pane_left(self) -> None:
        """Go to the notes."""
        self.left.focus()

    def step_back(self) -> bool:
        """Marks off, then the pool, then out."""
        if self.marked:
            self.marked.clear()
            self._show_notes()
            return True
        if self.showing != POOL:
            opened = self.showing
            self._show(POOL)
            if number_of(self.table, opened):
                self.right.mark(opened)
                self.right.focus()
            return True
        return False

    # Keys: themes

    def action_rename(self) -> None:
        """Give the theme in hand another name."""
        view = self.theme_in_hand
        if view is None:
            return

        def save(values: Values) -> str:
            debrief.rename(self.desk, view.theme, values[0])
            return "Theme renamed"

        self.ask(
            "Name the theme in plain descriptive words",
            [Ask("", view.theme.name, "what was seen, not how good it was", one_row=True)],
            save,
            place=f"rename:{view.theme.id}",
        )

    def action_apart(self) -> None:
        """Take the theme in hand apart."""
        view = self.theme_in_hand
        if view:
            self._do(
                lambda: debrief.drop_theme(self.desk, view.theme),
                lambda _: f"{one_line(view.name, 40)} taken apart, u brings it back",
            )

    def action_state(self) -> None:
        """Go and state the theme in hand as a trend."""
        view = self.theme_in_hand
        if view:
            self.go("trends", at=view.theme.id, say="s states the theme in one plain sentence")
