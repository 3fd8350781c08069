"""A page of the plan that is one list: what is marked is changed in place, no words are lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from walk.screens.ask import Ask, AskScreen, Values, values_of
from walk.screens.base import WalkScreen
from walk.screens.over import open_over
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.dates import day_and_time

NOT_SAVED = "not saved yet"


class PlanListScreen(WalkScreen):
    """One list under a title; a row's id is a kind of thing, a blank and its id."""

    AUTO_FOCUS = "#rows"
    lines_up = True
    """What the rows say stands in one column under all headings."""
    heading = ""
    """What the title says after "walk"."""

    def work(self) -> ComposeResult:
        """One list."""
        rows = ChoiceList(id="rows", lines_most=2)
        rows.lines_up = self.lines_up
        yield rows

    def read_rows(self) -> Sequence[Choice]:
        """Read what is shown and say it in rows; a subclass does."""
        return ()

    def change(self, kind: str, id: str) -> None:
        """Enter was pressed on a row; a subclass acts."""

    # Reading

    @property
    def rows(self) -> ChoiceList:
        """The list."""
        return self.query_one("#rows", ChoiceList)

    def tick(self) -> None:
        """The clock in the title, in whole minutes."""
        self.title_line.right = day_and_time(self.desk.local())

    def reload(self, mark: str = "") -> None:
        """Read the page again; the marker stays on its row, or goes to `mark`."""
        title = self.desk.walk.title
        self.title_line.left = f"{self.heading} · {title}"
        self.rows.show(self.read_rows(), mark or self.at)
        self.at = ""
        self.refresh_bindings()

    def unsaved(self) -> set[str]:
        """Ids of the rows whose words were typed and not saved."""
        places = (one.place.split(":") for one in self.desk.store.drafts(self.desk.walk_id))
        return {one[1] for one in places if one[0] == self.name_in_app and len(one) == 3}

    def marked(self) -> tuple[str, str]:
        """Kind and id of the marked row."""
        row = self.rows.choice
        kind, _, id_ = (row.id if row else "").partition(" ")
        return kind, id_

    # Changing

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Change the marked row in place."""
        kind, _, id_ = event.choice.id.partition(" ")
        with self.told():
            self.change(kind, id_)

    def ask(
        self,
        key: str,
        title: str,
        asks: Sequence[Ask],
        save: Callable[[Values], None],
        *,
        note: str = "",
        saved: Callable[[], None] | None = None,
        draft: bool = True,
    ) -> None:
        """Ask over the page. What is typed is a draft until it is saved, also after Esc.

        `saved` does what comes after saving, in place of the word that it is saved. Without
        `draft` nothing typed is kept, as where it is only a number.
        """
        place = f"{self.name_in_app}:{key}:{self.desk.walk_id}"
        before = tuple(ask.words for ask in asks)
        kept = self.desk.draft(place) if draft else None

        def store(values: Values) -> None:
            save(values)
            if draft:
                self.desk.keep_draft(place, "")

        def keep(values: Values) -> None:
            if not draft:
                return
            words = " · ".join(one for one in values if one) or "(emptied)"
            self.desk.keep_draft(place, "" if values == before else words, json.dumps(values))

        def closed(done: bool | None) -> None:
            with self.told():
                self.reload()
                if done and saved:
                    saved()
                elif done:
                    self.say_saved(title)
                elif self.desk.draft(place):
                    self.say("Not saved yet: Enter goes on with it, x drops it")

        typed = values_of(kept.extra) if kept else ()
        if kept and not typed:  # kept as words alone, such as by the plain mode
            typed = (kept.text, *before[1:])
        open_over(self, AskScreen(title, asks, store, keep, note=note, typed=typed), closed)

    def drop_unsaved(self) -> bool:
        """Drop the words that were typed at the marked row and not saved; False without any."""
        row = self.rows.choice
        place = f"{self.name_in_app}:{row.id if row else ''}:{self.desk.walk_id}"
        if self.desk.draft(place) is None:
            return False
        self.desk.keep_draft(place, "")
        self.reload()
        self.say("The words that were not saved are dropped")
        return True
