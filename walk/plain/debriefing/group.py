"""Grouping in lines: notes keep their numbers; words put them into themes and take them out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from walk.debrief import of_visits
from walk.errors import Refused
from walk.model import Note
from walk.plain.debriefing.team import TeamRoom
from walk.plain.questions import number_in, numbers_in
from walk.plain.room import Word
from walk.routine.debriefing import debrief, likeness, themes
from walk.routine.debriefing.debrief import PoolNote, Table, ThemeView
from walk.text import one_line

PAGE = 60
"""Noticings of the pool that are said at once."""
_PARTS = {
    "in": re.compile(r"\s+(?:in|into)\s+", re.IGNORECASE),
    "of": re.compile(r"\s+(?:of|from)\s+", re.IGNORECASE),
    "to": re.compile(r"\s+(?:to|in|into)\s+", re.IGNORECASE),
    "as": re.compile(r"\s+as\s+", re.IGNORECASE),
}


class GroupRoom(TeamRoom):
    """The pool and the themes. Counts are of classrooms."""

    name = "group"
    title = "Group"
    step = "group"
    stage = debrief.STAGE
    about = (
        "Put like with like, across classrooms. Every note has a number that stays while you "
        "group. put 1 4-6 in 2 puts notes into theme 2; put 3 in Waiting after a question puts "
        "it into the theme of that name, which is made where there is none. Name themes in plain "
        "descriptive words: what was seen, not how good it was."
    )

    def open(self) -> None:
        """Say the pool and the themes."""
        _ = self.desk.walk
        self.say_step()
        self._pool("")
        self._themes("")

    def stand(self) -> None:
        """How much is left."""
        table = self._table
        many = f"{_noticings(len(table.pool))} in the pool, themes {len(table.themes)}"
        odd = f", {len(table.odd)} set aside" if table.odd else ""
        self.say(f"Grouping: {many}{odd}. pool and themes say them.")
        self.say_time()

    # Reading

    @property
    def _table(self) -> Table:
        return debrief.table(self.desk)

    def _numbers(self, table: Table) -> dict[str, int]:
        return {id_: place for place, id_ in enumerate(table.notes, 1)}

    def _say_notes(self, notes: Sequence[PoolNote], table: Table, theme: str = "") -> None:
        numbers = self._numbers(table)
        for one in notes:
            kind = "wondering: " if one.note.note_kind == "wondering" else ""
            against = "against it: " if theme and theme in one.contrary_in else ""
            self.say(f"{numbers[one.note.id]}. {against}{kind}{one_line(one.words)}")

    def _pool(self, said: str) -> None:
        table = self._table
        pages = max(1, -(-len(table.pool) // PAGE))
        page = number_in(said, pages) if said else 1
        if page is None:
            raise Refused("That is no page of the pool.", f"Pages go from 1 to {pages}.")
        if table.purged:
            self.say("The raw notes of this walk are gone.")
        self.say(f"Pool: {_noticings(len(table.pool))} in no theme yet.")
        self._say_notes(table.pool[PAGE * (page - 1) : PAGE * page], table)
        if page < pages:
            self.say(f"That was page {page} of {pages}; pool {page + 1} says the next one.")
            return
        if table.not_laid:
            self.say(f"And {table.not_laid} more that are not on the table.")
        loose = [one for one in table.wonderings if not one.themes]
        self.say(
            *([f"Wonderings in no theme: {len(loose)}; wonderings says them."] if loose else [])
        )
        if table.odd:
            self.say(f"Set aside: {len(table.odd)}.")
            self._say_notes(table.odd, table)

    def _wonderings(self, _: str) -> None:
        table = self._table
        self._say_notes([one for one in table.wonderings if not one.themes], table)

    def _themes(self, _: str) -> None:
        found = self._table.themes
        for place, view in enumerate(found, 1):
            self.say(f"Theme {place}: {view.name}, {counts(view)}.")
        if not found:
            self.say("No themes yet.")

    def _theme(self, said: str) -> None:
        table = self._table
        view = self._of(table, said)
        self.say(f"{view.name}, {counts(view)}.")
        self._say_notes(view.notes, table, view.theme.id)

    # Words

    def words(self) -> Sequence[Word]:
        """Reading, grouping, and the way on."""
        return [
            Word("pool", "say the noticings in no theme, page N of many", self._pool, "N"),
            Word("wonderings", "say the wonderings in no theme", self._wonderings),
            Word("themes", "say the themes", self._themes),
            Word("theme", "say the notes of theme T", self._theme, "T"),
            Word("put", "put notes into a theme, by its number or name", self._put, "N in T"),
            Word("out", "take notes out of a theme", self._out, "N of T"),
            Word("against", "notes run against their theme, or no longer", self._against, "N in T"),
            Word("name", "name theme T", self._rename, "T NAME"),
            Word("merge", "make one theme of two", self._merge, "T into U"),
            Word("split", "put notes of a theme into a new one", self._split, "N of T as NAME"),
            Word("move", "put notes of theme T into another one", self._move, "N of T to U"),
            Word("order", "give theme T another number", self._order, "T N"),
            Word("drop", "undo a grouping: its notes are in the pool again", self._drop, "T"),
            Word("odd", "set notes aside that fit nowhere yet", self._odd, "N"),
            Word("bring", "take notes that were set aside into the pool again", self._bring, "N"),
            Word("like", "notes in no theme that are like note N, or theme T", self._like, "N"),
            *super().words(),
        ]

    def _notes_of(self, said: str, table: Table) -> list[Note]:
        ids = list(table.notes)
        places = numbers_in(said, len(ids))
        if places is None:
            raise Refused(
                "Say notes by their numbers, such as 1 4-6.", "pool says them with their numbers."
            )
        return [table.notes[ids[place - 1]][0] for place in places]

    def _of(self, table: Table, said: str) -> ThemeView:
        found = self._known(table, said)
        if found is None:
            told = f"“{one_line(said, 40)}” is no theme." if said else "Say which theme."
            raise Refused(told, "themes says them with their numbers.")
        return found

    def _known(self, table: Table, said: str) -> ThemeView | None:
        place = number_in(said, len(table.themes))
        if place is not None:
            return table.themes[place - 1]
        wanted = " ".join(said.casefold().split())
        return next((one for one in table.themes if one.theme.name.casefold() == wanted), None)

    def _put(self, said: str) -> None:
        table = self._table
        numbers, name = parted(said, "in", "put 1 3 in 2, or put 1 3 in Waiting")
        notes = self._notes_of(numbers, table)
        known = self._known(table, name)
        if known is None and name.isdigit():
            raise Refused(f"There is no theme {name}.", "themes says them with their numbers.")
        if known is None:
            debrief.put_in_new(self.desk, notes, name)
            self.say(f"New theme: {one_line(name)}.", f"Put {counted(len(notes))} into it.")
            known = self._known(self._table, name)
        else:
            count = debrief.put(self.desk, notes, known.theme)
            self.say(f"Put {counted(count)} into {known.name}.")
        after = self._table
        if known is not None and (view := after.theme(known.theme.id)):
            self.say(f"{view.name}: {counts(view)}. Left in the pool: {len(after.pool)}.")

    def _out(self, said: str) -> None:
        table = self._table
        numbers, name = parted(said, "of", "out 3 of 2")
        view = self._of(table, name)
        debrief.take_out(self.desk, self._notes_of(numbers, table), view.theme)
        self.say(f"Taken out of {view.name}.")

    def _against(self, said: str) -> None:
        table = self._table
        numbers, name = parted(said, "in", "against 3 in 2")
        view = self._of(table, name)
        runs = themes.turn(self.desk, self._notes_of(numbers, table), view.theme)
        self.say("Runs against the theme." if runs else "Supports the theme.")

    def _rename(self, said: str) -> None:
        first, _, name = said.partition(" ")
        view = self._of(self._table, first)
        if not name.strip():
            raise Refused("A theme needs words.", "name 1 Waiting after a question.")
        debrief.rename(self.desk, view.theme, name.strip())
        self.say(f"Named: {one_line(name.strip())}.")

    def _merge(self, said: str) -> None:
        table = self._table
        one, other = parted(said, "in", "merge 2 into 1")
        merged = themes.merge(self.desk, self._of(table, one).theme, self._of(table, other).theme)
        self.say(f"One theme now: {merged.name or '(unnamed)'}.")

    def _split(self, said: str) -> None:
        table = self._table
        rest, name = parted(said, "as", "split 3 4 of 1 as Answers by heart")
        numbers, theme = parted(rest, "of", "split 3 4 of 1 as Answers by heart")
        themes.split(self.desk, self._notes_of(numbers, table), self._of(table, theme).theme, name)
        self.say(f"New theme: {one_line(name)}.")

    def _move(self, said: str) -> None:
        table = self._table
        numbers, rest = parted(said, "of", "move 3 of 1 to 2")
        first, second = parted(rest, "to", "move 3 of 1 to 2")
        notes, into = self._notes_of(numbers, table), self._of(table, second)
        count = themes.move(self.desk, notes, self._of(table, first).theme, into.theme)
        self.say(f"Moved {counted(count)} to {into.name}.")

    def _order(self, said: str) -> None:
        table = self._table
        first, _, last = said.partition(" ")
        place = number_in(last, max(1, len(table.themes)))
        if place is None:
            raise Refused("Say a theme and its new number.", "order 3 1.")
        self.say(f"It is theme {themes.order(self.desk, self._of(table, first).theme, place)} now.")

    def _drop(self, said: str) -> None:
        view = self._of(self._table, said)
        debrief.drop_theme(self.desk, view.theme)
        self.say(f"Dropped: {view.name}. undo brings it back.")

    def _odd(self, said: str) -> None:
        count = themes.set_aside(self.desk, self._notes_of(said, self._table))
        self.say(f"Set aside: {counted(count)}; they stay in view.")

    def _bring(self, said: str) -> None:
        count = themes.bring_back(self.desk, self._notes_of(said, self._table))
        self.say(f"In the pool again: {counted(count)}.")

    def _like(self, said: str) -> None:
        table = self._table
        first, _, rest = said.partition(" ")
        if first.casefold() == "theme":
            found = likeness.like_theme(table, self._of(table, rest).theme.id)
        else:
            found = likeness.like_note(table, self._notes_of(said, table)[0].id)
        numbers = self._numbers(table)
        for one in found:
            shared = ", ".join(one.shared)
            self.say(f"{numbers[one.one.note.id]}. {one_line(one.one.words)} (shares: {shared})")
        self.say("These are only proposed; put puts them." if found else "Nothing is like it.")


def parted(said: str, by: str, such: str) -> tuple[str, str]:
    """What stands before and behind a small word. Refused where it is not there."""
    parts = _PARTS[by].split(said, maxsplit=1)
    if len(parts) != 2 or not parts[0].strip() or not parts[1].strip():
        raise Refused("This says not enough.", f"Such as: {such}.")
    return parts[0].strip(), parts[1].strip()


def counts(view: ThemeView) -> str:
    """Where a theme's evidence comes from, in classrooms."""
    found = view.spread
    noticings = _noticings(found.noticings)
    against = f", against it in {of_visits(found.contrary_visits)}" if found.contrary_visits else ""
    return f"{of_visits(found.visits)}, {noticings}{against}"


def _noticings(count: int) -> str:
    return "1 noticing" if count == 1 else f"{count} noticings"


def counted(count: int) -> str:
    """Notes by their number, in words."""
    return "1 note" if count == 1 else f"{count} notes"
