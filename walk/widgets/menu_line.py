"""The one line on which a question stands, such as the menu that Esc opens."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from walk.text import cell_width, one_line
from walk.widgets.asking import Question

GAP = "  "


class MenuLine(Widget):
    """The open question with its choices, on one line where it fits; away when there is none."""

    DEFAULT_CSS = """
    MenuLine { height: auto; width: 1fr; background: $boost; color: $text; display: none; }
    MenuLine.-open { display: block; }
    """

    question: reactive[Question | None] = reactive(None, layout=True)

    def watch_question(self, question: Question | None) -> None:
        """Come and go with the question."""
        self.set_class(question is not None, "-open")

    def render(self) -> Content:
        """The words, then each key (standing out) with what it does; never read as markup."""
        if self.question is None:
            return Content("")
        lines = [
            Content.assemble(*(part for item in row for part in item))
            for row in self._rows(self.question)
        ]
        return Content("\n").join(lines)

    def _rows(self, question: Question) -> list[list[list[str | tuple[str, str]]]]:
        """The items packed into as many rows as the width asks for.

        What is rarely wanted stands in a row of its own where it does not fit behind the rest.
        """
        first = [*([("", question.ask)] if question.ask else []), *question.choices]
        first.append(("Esc", "back"))
        everything = self._packed([*first, *question.further])
        if len(everything) == 1 or not question.further:
            return everything
        return [*self._packed(first), *self._packed(question.further)]

    def _packed(self, items: Iterable[tuple[str, str]]) -> list[list[list[str | tuple[str, str]]]]:
        rows: list[list[list[str | tuple[str, str]]]] = [[[" "]]]
        used = 1
        for key, words in items:
            shown = one_line(words, max(8, self.size.width - 6))
            took = cell_width(key) + bool(key) + cell_width(shown)
            if used > 1 and used + len(GAP) + took > self.size.width:
                rows.append([[" "]])
                used = 1
            before = GAP if used > 1 else ""
            item: list[str | tuple[str, str]] = [before]
            item += [(key, "bold $text-accent"), f" {shown}"] if key else [shown]
            rows[-1].append(item)
            used += len(before) + took
        return rows
