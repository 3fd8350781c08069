"""Grouping, themes as a whole: named, merged, taken apart, put in order; undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from walk.protocol import stop_words
from walk.routine.debriefing import debrief, themes
from walk.routine.debriefing.debrief import ThemeView
from walk.screens.ask import Ask, Points, Values
from walk.screens.debriefing.debrief_like import DebriefLike
from walk.screens.debriefing.debrief_rows import NAME_MOST, pick_rows
from walk.screens.dialogs import KeyDialog, PickDialog, Picked
from walk.text import one_line

DESCRIPTIVE = "what was seen, not how good it was"


class DebriefThemes(DebriefLike):
    """The acts on themes; each is one step for undo."""

    stage = debrief.STAGE

    # Acts

    def do(
        self,
        act: Callable[[], Any],
        words: Callable[[Any], str],
        theme: Callable[[Any], str] | None = None,
    ) -> None:
        """Do one act, show what it changed and tell it; the marks have served then.

        `words` and `theme` are given what the act returned; `theme` says the id of the theme that
        it changed, which comes into view.
        """
        with self.told():
            done = act()
            self.did()
            self.reload()
            if theme:
                self.right.mark(theme(done))
            self.say_saved(words(done))

    def did(self) -> None:
        """What is read next was changed by an act here."""
        self.marked.clear()
        self._own_act = True

    def action_undo(self) -> None:
        """Take the last act here back."""
        self._turn(self.desk.undo, "Undone", "Nothing to undo here")

    def action_redo(self) -> None:
        """Do the act again that was undone last."""
        self._turn(self.desk.redo, "Done again", "Nothing to redo here")

    def _turn(self, turn: Callable[[str], str | None], done: str, nothing: str) -> None:
        with self.told():
            words = turn(self.stage)
            self._own_act = True
            self.reload()
            self.say(f"{done}: {words}" if words else nothing)

    # Keys: themes

    def action_rename(self) -> None:
        """Give the theme in hand another name."""
        view = self.theme_in_hand
        if view is None:
            return
        theme = view.theme

        def save(values: Values) -> str:
            debrief.rename(self.desk, theme, values[0])
            return "Theme renamed"

        self.ask(
            "Name the theme in plain descriptive words",
            [Ask("", theme.name, DESCRIPTIVE, one_row=True, advise=advice)],
            save,
            place=f"rename:{theme.id}",
        )

    def action_merge(self) -> None:
        """Ask into which other theme the one in hand goes."""
        view = self.theme_in_hand
        if view is None:
            return
        here = view

        def picked(row: Picked | None) -> None:
            into = self.table.theme(row.id) if row else None
            if into is None:
                return
            if here.trend and into.trend:
                self._ask_whose(here, into)
            else:
                self._merge(here, into, None)

        rows = pick_rows(self.table, without=view.theme.id)
        if not rows:
            self.say("There is no other theme to merge it with.")
            return
        self.app.push_screen(
            PickDialog(f"Merge {short(view)} into which theme?", rows, does="merge"), picked
        )

    def _ask_whose(self, theme: ThemeView, into: ThemeView) -> None:
        """Both are stated as trends: ask whose sentence stays."""
        said = [one.trend.statement if one.trend else "" for one in (theme, into)]
        words = (
            f"1  {said[0]}\n2  {said[1]}\n"
            "The other sentence goes, with what was decided of it; u brings it back."
        )

        def answered(key: str | None) -> None:
            if key:
                self._merge(theme, into, theme if key == "1" else into)

        self.app.push_screen(
            KeyDialog(
                "Both are stated as trends. Whose sentence stays?",
                (("1", "the first"), ("2", "the second")),
                words,
            ),
            answered,
        )

    def _merge(self, theme: ThemeView, into: ThemeView, says: ThemeView | None) -> None:
        self.do(
            lambda: themes.merge(
                self.desk, theme.theme, into.theme, says=says.theme if says else None
            ),
            lambda _: f"{short(theme)} merged into {short(into)}, u parts them again",
            lambda merged: str(merged.id),
        )

    def action_apart(self) -> None:
        """Take the theme in hand apart."""
        view = self.theme_in_hand
        if view:
            trend = ", its trend with it" if view.trend else ""
            self.do(
                lambda: debrief.drop_theme(self.desk, view.theme),
                lambda _: f"{short(view)} taken apart{trend}, u brings it back",
            )

    def action_shift(self, by: int) -> None:
        """Give the theme in hand the number below or above."""
        view = self.theme_in_hand
        if view:
            self._number(view, self.table.themes.index(view) + 1 + by)

    def action_number(self) -> None:
        """Ask before which theme the one in hand is to stand."""
        view = self.theme_in_hand
        if view is None:
            return
        here = view

        def picked(row: Picked | None) -> None:
            into = self.table.theme(row.id) if row else None
            if into:
                self._number(here, self.table.themes.index(into) + 1)

        rows = pick_rows(self.table, without=view.theme.id)
        self.app.push_screen(
            PickDialog(f"{short(view)} takes the number of which theme?", rows, does="take it"),
            picked,
        )

    def _number(self, view: ThemeView, number: int) -> None:
        self.do(
            lambda: themes.order(self.desk, view.theme, number),
            lambda place: f"{short(view)} is number {place}",
        )

    def action_state(self) -> None:
        """Go and state the theme in hand as a trend."""
        view = self.theme_in_hand
        if view:
            self.go("trends", at=view.theme.id, say="s states the theme in one plain sentence")


def short(view: ThemeView) -> str:
    """A theme's name within what is said."""
    return one_line(view.name, NAME_MOST)


def named(words: str, name: str) -> str:
    """What was done with a new name, and where to stop, should it explain instead of describe."""
    return " · ".join(filter(None, (f"{words} {one_line(name, NAME_MOST)}", stop_words(name))))


def advice(words: str) -> Points:
    """Where to stop, should a name explain instead of describe."""
    line = stop_words(words)
    return [(False, "", line)] if line else []
