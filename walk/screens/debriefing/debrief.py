"""Debrief, grouping: like put with like by keyboard, and themes merged, split and put in order."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from walk.model import Note
from walk.routine.debriefing import debrief, themes
from walk.routine.debriefing.debrief import PoolNote, ThemeView
from walk.screens.ask import Ask, Values
from walk.screens.debriefing.debrief_keys import (
    KEYS,
    LEFT_ONLY,
    NEEDS_NOTE,
    NOTE_IN_THEME,
    RIGHT_ONLY,
)
from walk.screens.debriefing.debrief_rows import ODD, notes_in_words, pick_rows
from walk.screens.debriefing.debrief_themes import DESCRIPTIVE, DebriefThemes, advice, named, short
from walk.screens.dialogs import PickDialog, Picked


class DebriefScreen(DebriefThemes):
    """Every key of grouping, and the act it does; each is one step for undo."""

    name_in_app = "debrief"
    heading = "Debrief · Group like with like"
    protocol_step = "group"
    HELP_WORDS = (
        "Here the team reads all notes together, without authors, and puts like with like.\n"
        "First only describe what is there; stop at “because”. Then make groups: a digit puts the "
        "note in hand into that theme, t finds any theme or makes a new one. Give each theme a "
        "plain descriptive name.\n"
        "For many notes at once: / shows only those that hold some words, Space marks one, a marks "
        "all that are shown. Among a theme's notes (Enter on it), v moves and n splits off.\n"
        "l shows notes like a note or theme, with the words they share: a suggestion, nothing is "
        "placed by it.\n"
        "What runs against a theme stays in view with it (c). What fits nowhere yet stays in view "
        "beneath the themes (o). Everything can be undone (u), also tomorrow.\n"
        "Counts are classrooms, however many teams went in. Who wrote a note, when, and in which "
        "room is not shown. Asset and need come later, under trends, once a theme is stated in a "
        "sentence."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where its pane has the keys."""
        allowed = super().check_action(action, parameters)
        if not allowed:
            return allowed
        among_themes = self.in_themes
        if action in NEEDS_NOTE and not among_themes and self.left.choice is None:
            return None  # nothing to act on yet; help still names it
        if self.focused is self.filter_line:
            return action in ("out", "quit")
        if action in RIGHT_ONLY:
            return among_themes and (action == "pane_left" or self.theme_in_hand is not None)
        if action in NOTE_IN_THEME:
            return not among_themes and self.theme_shown is not None
        if action == "take_out":
            return not among_themes and (self.theme_shown is not None or self.showing == ODD)
        return not (action in LEFT_ONLY and among_themes)

    # Keys: notes into themes

    def action_digit(self, number: int) -> None:
        """Put what is in hand into the theme of that number."""
        theme = self._numbered(number)
        if theme:
            self._put(theme)

    def action_to_theme(self, number: int) -> None:
        """Go to the theme of that number."""
        theme = self._numbered(number)
        if theme:
            self.right.mark(theme.theme.id)

    def _numbered(self, number: int) -> ThemeView | None:
        if number > len(self.table.themes):
            self.say(f"There is no theme {number} yet. t finds or makes one.")
            return None
        return self.table.themes[number - 1]

    def _put(self, theme: ThemeView) -> None:
        notes = self.hand()
        if not notes:
            self.say("There is no note in hand.")
            return
        self.do(
            lambda: debrief.put(self.desk, [one.note for one in notes], theme.theme),
            lambda count: (
                f"{notes_in_words(count)} put into {short(theme)}"
                if count
                else f"Already in {short(theme)}"
            ),
            lambda _: theme.theme.id,
        )

    def note_chosen(self) -> None:
        """Enter reads a note, or puts it into the theme that it is like."""
        theme = self.theme_asked
        if theme:
            self._put(theme)
        else:
            super().note_chosen()

    def action_put(self) -> None:
        """Find any theme, or make one, for what is in hand."""
        count = 0 if self.in_themes else len(self.hand())
        title = f"Into which theme? ({notes_in_words(count)})" if count else "Which theme?"
        does = "put" if count else "go there"
        rows = pick_rows(self.table)
        self.app.push_screen(PickDialog(title, rows, new="new theme", does=does), self._picked)

    def _picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        notes = [] if self.in_themes else [one.note for one in self.hand()]
        theme = self.table.theme(picked.id)
        if theme and not notes:
            self.right.mark(theme.theme.id)
        elif theme:
            self._put(theme)
        elif notes:
            self.do(
                lambda: debrief.put_in_new(self.desk, notes, picked.name),
                lambda _: named(f"{notes_in_words(len(notes))} put into", picked.name),
                lambda made: str(made.id),
            )
        else:
            self.do(
                lambda: debrief.make_theme(self.desk, picked.name),
                lambda _: named("Theme made:", picked.name),
                lambda made: str(made.id),
            )

    def action_odd(self) -> None:
        """Set what is in hand aside as odd, or take it back; among the themes: to the odd ones."""
        notes = self.hand()
        if self.in_themes:
            self.open_list(ODD)
        elif self.showing == ODD:
            self.action_take_out()
        elif any(one.themes for one in notes):
            self.say("It stands in a theme. Odd is what fits nowhere yet.")
        elif any(one.note.note_kind == "wondering" for one in notes):
            self.say("Wonderings wait in a list of their own: none is lost.")
        elif notes:
            self.do(
                lambda: themes.set_aside(self.desk, [one.note for one in notes]),
                lambda count: (
                    f"{notes_in_words(count)} set aside as odd, in view under the themes"
                    if count
                    else "Set aside as odd already"
                ),
            )

    def action_contrary(self) -> None:
        """What is in hand runs against its theme, or no longer."""
        theme, notes = self.theme_shown, self.hand()
        if theme and notes:
            self.do(
                lambda: themes.turn(self.desk, _records(notes), theme.theme),
                lambda against: "Runs against the theme" if against else "Supports the theme",
            )

    def action_take_out(self) -> None:
        """Take what is in hand out of the theme that is shown, or back from the odd ones."""
        theme, notes = self.theme_shown, self.hand()
        words = notes_in_words(len(notes))
        if theme and notes:
            self.do(
                lambda: debrief.take_out(self.desk, [one.note for one in notes], theme.theme),
                lambda _: f"{words} taken out of {short(theme)}",
            )
        elif notes:
            self.do(
                lambda: themes.bring_back(self.desk, [one.note for one in notes]),
                lambda _: f"{words} back in the pool",
            )

    def action_move(self) -> None:
        """Ask into which other theme what is in hand moves."""
        theme, notes = self.theme_shown, self.hand()
        if not theme or not notes:
            return
        here = theme

        def moved(picked: Picked | None) -> None:
            if picked is None:
                return
            into = self.table.theme(picked.id)
            if into is None:
                self._split_off(notes, here, picked.name)
                return
            self.do(
                lambda: themes.move(self.desk, _records(notes), here.theme, into.theme),
                lambda count: f"{notes_in_words(count)} moved into {short(into)}",
                lambda _: into.theme.id,
            )

        rows = pick_rows(self.table, without=theme.theme.id)
        title = f"Move into which theme? ({notes_in_words(len(notes))})"
        self.app.push_screen(PickDialog(title, rows, new="new theme", does="move"), moved)

    def action_split(self) -> None:
        """Ask what the new theme of what is in hand is called."""
        theme, notes = self.theme_shown, self.hand()
        if not theme or not notes:
            return
        here = theme

        def save(values: Values) -> str:
            themes.split(self.desk, _records(notes), here.theme, values[0])
            self.did()
            return _split_words(notes, values[0])

        self.ask(
            f"A new theme of {notes_in_words(len(notes))}, out of {short(theme)}",
            [Ask("", "", DESCRIPTIVE, one_row=True, advise=advice)],
            save,
            place=f"split:{theme.theme.id}",
        )

    def _split_off(self, notes: list[PoolNote], theme: ThemeView, name: str) -> None:
        self.do(
            lambda: themes.split(self.desk, _records(notes), theme.theme, name),
            lambda _: _split_words(notes, name),
            lambda made: str(made.id),
        )

    def action_erase(self) -> None:
        """Ask whether the note in hand is to go for good."""
        from walk.screens.keeping.erase import ask_erase

        def after() -> None:
            self.marked.clear()
            with self.told():
                self.reload()

        note = self.note_in_hand
        if note:
            with self.told():
                ask_erase(self, note.note.id, after)


def _records(notes: list[PoolNote]) -> list[Note]:
    return [one.note for one in notes]


def _split_words(notes: list[PoolNote], name: str) -> str:
    return named(f"{notes_in_words(len(notes))} split off into", name or "(unnamed)")
