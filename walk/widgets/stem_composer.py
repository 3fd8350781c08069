"""The composer where wording help speaks: it takes a stem over and keeps the words before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, cast

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.reactive import var
from textual.widgets.text_area import Document, Location, Selection

from walk.model import NoteKind
from walk.widgets.asking import OrderedKeys
from walk.widgets.composer import EDITING, Composer
from walk.widgets.drafts import Extra
from walk.widgets.typed import line_ends, typed

WORDING_HELP = "To the line of wording help: take a stem over, or keep the words as they are"


class StemComposer(Composer, inherit_bindings=False):
    """A composer with something beneath it that ↓ may step into."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Composer.BINDINGS[:4],
        Binding("down", "wording", "wording", id="composer.wording", tooltip=WORDING_HELP),
        *Composer.BINDINGS[4:],
    ]

    offers: var[bool] = var(False)
    """True while there is something to step into."""
    was: tuple[str, ...] = ()
    """All of the line as it stood before each stem, the oldest first."""
    beneath: OrderedKeys | None = None
    """The widget that keys go to once it was stepped into."""

    step_in: Callable[[], bool] | None = None
    """Steps in at once, and says whether; a call, as a key that follows has to find it done."""

    def watch_offers(self) -> None:
        """Say so in the line of keys."""
        self.screen.refresh_bindings()

    # Keys

    async def _take(self, event: Key) -> bool:
        """A key that was on its way here when something beneath took over is for that."""
        if self.beneath is not None and self.screen.focused is self.beneath:
            if not typed(event):
                await self.beneath.obey(event.key)
                return True
            self.screen.set_focus(self)
        return await super()._take(event)

    def own_keys(self) -> Mapping[str, list[Binding]]:
        """↓ steps in where it can, and is a row down otherwise."""
        keys = dict(super().own_keys())
        keys["down"] = [*keys.get("down", []), *EDITING["down"]]
        return keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done here."""
        return self.offers if action == "wording" else super().check_action(action, parameters)

    def action_wording(self) -> None:
        """Step in from the last row; in text, a row down."""
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        last = row + 1 >= self.wrapped_document.height
        if not (last and self.step_in is not None and self.step_in()):
            self.action_cursor_down()

    # Stems and the words before them

    @property
    def old_words(self) -> str:
        """What stood here before the stem; nothing once it stands here again."""
        return (self._before() or ("",))[-1]

    def _before(self) -> tuple[str, ...]:
        """The wordings older than the one that stands here."""
        if self.text not in self.was:
            return self.was
        return self.was[: len(self.was) - 1 - self.was[::-1].index(self.text)]

    def take_stem(self, start: int, end: int, stem: str, blank: tuple[int, int]) -> None:
        """Put a stem in place of characters `start` to `end`, the cursor in its blank.

        It is one edit of its own, so that one undo brings the words back.
        """
        self.was = (*self._before(), self.text)
        self._replace_whole(start, end, stem)
        first, last = (self._location(start + place) for place in blank)
        self.selection = Selection(last, first)  # typing fills the blank

    def put_back(self) -> bool:
        """Bring the words before the stem back whole; False where there are none."""
        old = self.old_words
        if not old:
            return False
        self._replace_whole(0, len(self.text), old)
        self.move_cursor(self.document.end)
        return True

    def _replace_whole(self, start: int, end: int, words: str) -> None:
        self.history.checkpoint()
        first, last = self._location(start), self._location(end)
        self.replace(words, first, last, maintain_selection_offset=False)
        self.history.checkpoint()
        self.flush()

    def _location(self, place: int) -> Location:
        return cast(Document, self.document).get_location_from_index(place)

    def action_undo(self) -> None:
        """Undo in the text; after a restart, bring the words before the stem back."""
        if self.history.undo_stack or not self.put_back():
            super().action_undo()

    # Drafts

    def begin(self, text: str = "", *, kind: NoteKind | None = None, extra: str = "") -> None:
        """Start from this text; a draft's older wordings come with it."""
        self.was = tuple(line_ends(one) for one in Extra.read(extra).was)
        super().begin(text, kind=kind, extra=extra)

    def clear_line(self) -> None:
        """Empty it, for a line that is stored."""
        self.was = ()
        super().clear_line()

    def _state(self) -> tuple[str, str]:
        """The text and what belongs to it; an emptied line keeps the words before its stem."""
        text, extra = super()._state()
        if not self.was:
            return text, extra
        kind = self.turned or ""
        if text:
            return text, Extra(kind, self.tied, self.cursor_location, self.was).text()
        return self.was[-1], Extra(kind, self.tied, None, self.was[:-1]).text()
