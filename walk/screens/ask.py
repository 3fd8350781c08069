"""Ask: a few fields over the screen that wants them. It decides nothing and loses no words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from walk.errors import WalkError
from walk.screens.over import Over
from walk.widgets.advice import AdviceLines
from walk.widgets.drafts import Drafts
from walk.widgets.field import Answer, Field, Options
from walk.widgets.lines import KeyLine, StateLine

Values = tuple[str, ...]
Points = Sequence[tuple[bool, str, str]]


@dataclass(frozen=True, slots=True)
class Ask:
    """One field."""

    label: str
    words: str = ""
    """What stands in it to begin with."""
    hint: str = ""
    """Shown while it is empty."""
    one_row: bool = False
    """True for what is one line, such as a date."""
    options: tuple[tuple[str, str], ...] = ()
    """(value, words): makes it a row to turn through instead."""
    advise: Callable[[str], Points] | None = None
    """What to say about the words while they are typed."""

    def in_words(self) -> str:
        """What help says of it: its label, what is wanted, or what can be chosen."""
        wanted = " · ".join(words for _, words in self.options) or self.hint
        return ": ".join(part for part in (self.label, wanted) if part)


def values_of(extra: str) -> Values:
    """The values that a draft holds as JSON; none where they cannot be read."""
    try:
        read = json.loads(extra)
    except (ValueError, RecursionError):
        return ()
    return tuple(str(one) for one in read) if isinstance(read, list) else ()


class AskScreen(Over[bool]):
    """Fields over a screen. Enter on the last one saves; Esc goes back and keeps what was typed.

    `save` stores the values, and its WalkError is told here with the words still in place. `keep`
    stores them while they are typed. The result says whether they were saved.
    """

    # In full: who is made from it may lie in another folder.
    CSS_PATH = Path(__file__).with_name("ask.tcss")
    AUTO_FOCUS = "Field, Options"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="ask.back", tooltip="Back to the screen beneath"),
    ]

    def __init__(
        self,
        title: str,
        asks: Sequence[Ask],
        save: Callable[[Values], None],
        keep: Callable[[Values], None] | None = None,
        *,
        note: str = "",
        typed: Sequence[str] = (),
    ) -> None:
        """`note` stands above the fields; `typed` are words taken up from a draft."""
        super().__init__()
        self.heading = title
        self.asks = tuple(asks)
        self.save = save
        self.keep = keep
        self.note = note
        self.typed = tuple(typed)
        self.over = False
        self.drafts = Drafts(self, self._state, self._keep)

    def compose(self) -> ComposeResult:
        """Title, note, each label with its field and advice, then state and keys."""
        with Vertical(id="ask-box"):
            yield Static(Content(self.heading), id="ask-title")
            if self.note:
                yield Static(Content(self.note), id="ask-note")
            for number, ask in enumerate(self.asks, start=1):
                if ask.label:
                    yield Static(Content(ask.label), classes="ask-label")
                field = self.field_of(ask)
                field.set_class(bool(ask.label), "-under-label")
                field.last = number == len(self.asks)
                yield field
                if ask.advise is not None:
                    advice = AdviceLines()
                    advice.set_class(bool(ask.label), "-under-label")
                    yield advice
            yield StateLine()
            yield KeyLine()

    def field_of(self, ask: Ask) -> Answer:
        """The input for one of the fields."""
        if ask.options:
            return Options(ask.options, ask.words)
        return Field(ask.words, one_row=ask.one_row, hint=ask.hint)

    def on_mount(self) -> None:
        """Take up what was typed before, and advise on it."""
        if self.typed and self.typed != self.values:
            for field, words in zip(self.fields, self.typed, strict=False):
                field.rewrite(words)
            self._tell("These words were not saved yet. Enter saves them.")
        else:
            self.drafts.is_kept()
        self._advise()

    def help_words(self) -> str:
        """What is asked, field by field, and how to save or leave it."""
        told = [self.note] if self.note else []
        told += [f"· {words}" for ask in self.asks if (words := ask.in_words())]
        more = len(self.asks) > 1
        keys = "Enter goes on to the next field, and from the last one it saves. " if more else ""
        keys += "↑ and ↓ go from field to field. " if more else "Enter saves it. "
        turns = any(ask.options for ask in self.asks)
        keys += "← and → turn through what can be chosen. " if turns else ""
        kept = "Esc goes back; what was typed here is kept for the next time."
        keys += kept if self.keep else "Esc goes back, and what was typed here is dropped."
        keys += " In a field ? is a sign like any other, except at its very beginning."
        return "\n".join([*told, "", keys] if told else [keys])

    @property
    def fields(self) -> list[Answer]:
        """The fields in their order."""
        return list(self.query("*").results(Answer))

    @property
    def values(self) -> Values:
        """What stands in them."""
        return tuple(field.words for field in self.fields)

    def on_answer_edited(self) -> None:
        """Store it, and advise."""
        self.refresh_bindings()  # ? helps where nothing is typed yet
        self.drafts.changed()
        self._advise()

    def on_answer_done(self) -> None:
        """Save; what cannot be saved stays here with the reason."""
        if self.over:
            return
        try:
            self.save(self.values)
        except WalkError as error:
            self.query_one(StateLine).complain(str(error))
            return
        self.over = True
        self.dismiss(True)

    def action_back(self) -> None:
        """Back to the screen beneath; the words are kept."""
        if self.over or not self.drafts.flush():
            return  # told already; another Esc tries again
        self.over = True
        self.dismiss(False)

    def _state(self) -> tuple[str, str]:
        return "\n".join(self.values) if not self.over else "", json.dumps(self.values)

    def _keep(self, text: str, _extra: str) -> bool:
        if self.over or self.keep is None:
            return True
        try:
            self.keep(self.values)
        except WalkError as error:
            self.query_one(StateLine).complain(str(error))
            return False
        return True

    def _advise(self) -> None:
        told = [ask for ask in self.asks if ask.advise is not None]
        for ask, lines in zip(told, self.query(AdviceLines), strict=True):
            if ask.advise is not None:
                lines.show(ask.advise(self.fields[self.asks.index(ask)].words))

    def _tell(self, words: str) -> None:
        self.query_one(StateLine).say(words)
