"""The palette: all that the screen beneath can do now, each with its key, and own settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, cast

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from walk.routine import wording
from walk.routine.desk import Desk
from walk.screens.base import WalkScreen
from walk.widgets.lines import key_words

THEMES = (("Dark colours", "textual-dark"), ("Light colours", "textual-light"))
"""Words and theme; the choice is kept for the next start."""
KEY_CELLS = 7
ITSELF = "command_palette"
"""The action that opens the palette; it is not offered in it."""


class HasDesk(Protocol):
    """What the palette asks of the app."""

    desk: Desk


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done."""

    key: str
    words: str
    run: Callable[[], Awaitable[object]]

    def line(self, words: Content | str = "") -> Content:
        """Key and words; `words` may be the same ones with what was found marked in them."""
        return Content.assemble((f"{self.key:>{KEY_CELLS}}", "bold"), "  ", words or self.words)


class ScreenCommands(Provider):
    """What the footer shows first, then the other keys, then a person's own settings."""

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.line(), command.run, text=command.words)

    async def search(self, query: str) -> Hits:
        """What fits the words typed so far."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.words)
            if score > 0:
                shown = command.line(matcher.highlight(command.words))
                yield Hit(score, shown, command.run, text=command.words)

    def _commands(self) -> Iterable[Command]:
        can = [
            one
            for one in self.screen.active_bindings.values()
            if one.enabled and one.tooltip and one.binding.action != ITSELF
        ]
        told: set[str] = set()
        for active in sorted(can, key=lambda one: not one.binding.show):
            if active.tooltip not in told:  # several keys for one thing
                told.add(active.tooltip)
                key = active.binding.key_display or key_words(active.binding.key)
                yield Command(key, active.tooltip, partial(self._do, active))
        for setting, where in wording.SETTINGS.items():
            yield Command("", f"Wording help: {where}", partial(self._wording, setting))
        for words, theme in THEMES:
            yield Command("", words, partial(self._colour, theme))

    async def _do(self, active: ActiveBinding) -> None:
        await self.app.run_action(active.binding.action, active.node)

    async def _colour(self, theme: str) -> None:
        self.app.theme = theme
        cast(HasDesk, self.app).desk.store.set("theme", theme)

    async def _wording(self, setting: wording.Setting) -> None:
        wording.choose(cast(HasDesk, self.app).desk, setting)
        if isinstance(self.screen, WalkScreen):
            with self.screen.told():
                self.screen.reload()
                self.screen.say(f"Wording help: {wording.SETTINGS[setting]}")
