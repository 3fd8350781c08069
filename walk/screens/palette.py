"""The palette: all that can be done now, each thing with its key, and a person's own settings."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, cast

from textual.actions import parse
from textual.binding import ActiveBinding, Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from walk.routine.desk import Desk
from walk.routine.looks import Looks, other_looks
from walk.routine.wording import wording
from walk.screens.also_called import ALSO, LOOKS, LOOKS_ROW, SCREENS_BY_TITLE
from walk.screens.base import WalkScreen
from walk.screens.helping import HELP_KEY, Menu, beneath, menus_of
from walk.screens.visiting.noting import NotingScreen
from walk.widgets.choice_row import ChoiceRow
from walk.widgets.lines import key_words
from walk.widgets.note_list import NoteList
from walk.widgets.wording_line import WordingLine

KEY_CELLS = 7
_WORD = re.compile(r"\w+")
ITSELF = "command_palette"
"""The action that opens the palette; it is not offered in it."""


WAYS: dict[type[Widget], str] = {NoteList: "↑", ChoiceRow: "Esc 2", WordingLine: "↓"}
"""How one gets, from the line in which one types, to a part of the screen with its own keys."""


class HasDesk(Protocol):
    """What the palette asks of the app."""

    desk: Desk
    looks: Looks

    def look(self, wanted: Looks) -> None:
        """Look so from now on."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done."""

    key: str
    words: str
    run: Callable[[], Awaitable[object]]
    name: str = ""
    """What a key line calls it, where that is not among `words`: found by it as well."""
    also: str = ""
    """What people call it besides: found by words that begin as one of these."""
    here: bool = True
    """It is done here; otherwise it leads elsewhere, and comes after what is done here."""

    def found_by(self, query: str, fits: Callable[[str, str], bool]) -> str | None:
        """What of it fits all that was typed: its words, its name, or other ones; None: nothing."""
        typed, others = query.casefold().split(), self.also.split()
        for text in (self.words, self.name):
            if text and all(fits(one, text.casefold()) for one in typed):
                return text
        held = [
            next((word for word in others if word[0] == one[0] and fits(one, word)), "")
            for one in typed
        ]
        return " ".join(dict.fromkeys(held)) if all(held) else None

    def line(self, words: Content | str = "") -> Content:
        """Key and words; `words` may be the same ones with what was found marked in them."""
        return Content.assemble((f"{self.key:>{KEY_CELLS}}", "bold"), "  ", words or self.words)


def key_of(binding: Binding) -> str:
    """The key of a binding as a person reads it."""
    return binding.key_display or key_words(binding.key)


def _name_of(binding: Binding) -> str:
    name = binding.description
    return "" if name.casefold() in binding.tooltip.casefold() else name


def _also(binding: Binding) -> str:
    action, parameters = parse(binding.action)[1:]
    there = SCREENS_BY_TITLE.get(str(parameters[0])) if action == "go" else None
    return there.also if there else ALSO.get(binding.id or "", "")


def _holds(typed: str, text: str) -> bool:
    return typed in text


def _has_letters(typed: str, text: str) -> bool:
    """One word begins as what was typed and has its letters in their order: sumry, summary."""
    for word in text.split():
        letters = iter(word)
        if word[0] == typed[0] and all(one in letters for one in typed):
            return True
    return False


def _elsewhere(screen: Screen[Any]) -> Iterable[tuple[Widget, str]]:
    """The parts of a screen with keys of their own that it is not in now, and the way there."""
    for widget in screen.query("NoteList, ChoiceRow, WordingLine").results(Widget):
        empty = (isinstance(widget, NoteList) and not widget.rows) or (
            isinstance(widget, WordingLine) and not widget.flags
        )
        if widget.display and widget.can_focus and not widget.has_focus and not empty:
            yield widget, WAYS[type(widget)]


def _shown(widget: Widget) -> Iterable[Binding]:
    """Those of its bindings that its key line would show."""
    bindings = [one for _, one in widget._bindings if one.show and one.tooltip]
    return (one for one in bindings if one.key != "escape")


class ScreenCommands(Provider):
    """What the key line shows first, the other keys, menus; what is beneath; own settings."""

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.line(), command.run, text=command.words)

    async def search(self, query: str) -> Hits:
        """What fits the words typed so far; where nothing holds them, what has their letters."""
        matcher = self.matcher(query)
        commands = [*self._commands(), *self._screens()]
        for fits in (_holds, _has_letters):
            found = [(one, one.found_by(query, fits)) for one in commands]
            for command, text in found:
                if text is None:
                    continue
                shown = matcher.highlight(text)
                if text != command.words:
                    shown = Content.assemble(command.words, " · ", shown)
                ours = text in (command.words, command.name)
                whole = set(query.casefold().split()) <= set(_WORD.findall(text.casefold()))
                # Whole words first, then walk's own ones, then what is done here. Only among
                # equals counts how near it is: at most 1, and words in another order have none.
                near = matcher.match(text)
                score = 4 * whole + 2 * ours + command.here + near / (1 + near)
                yield Hit(score, command.line(shown), command.run, text=command.words)
            if any(text is not None for _, text in found):
                return

    def _commands(self) -> Iterable[Command]:
        here = self.screen
        below = beneath(here)
        yield from self._of(here)
        if below is not None:
            for one in self._of(below, told={HELP_KEY.tooltip}):
                leave = partial(self._below, below, one)
                yield Command(f"Esc {one.key}", one.words, leave, one.name, one.also)
        yield from self._settings()

    def _of(self, screen: Screen[Any], told: set[str] | None = None) -> Iterable[Command]:
        """What one screen or dialog can do; `told` are words that are offered already."""
        told = set() if told is None else told
        can = [
            one
            for one in screen.active_bindings.values()
            if one.enabled and one.tooltip and one.binding.action != ITSELF
        ]
        for active in sorted(can, key=lambda one: not one.binding.show):
            if active.tooltip not in told:  # several keys for one thing
                told.add(active.tooltip)
                key, do = key_of(active.binding), partial(self._do, active)
                name, also = _name_of(active.binding), _also(active.binding)
                yield Command(key, active.tooltip, do, name, also)
        for menu in menus_of(screen):
            for key, words in menu.entries:
                run = partial(self._take, menu, key)
                yield Command(f"{menu.opened_by} {key}", words, run)
        for widget, way in _elsewhere(screen):
            for binding in _shown(widget):
                if binding.tooltip not in told:
                    told.add(binding.tooltip)
                    key = f"{way} {key_of(binding)}"
                    to = partial(self._to, screen, widget)
                    yield Command(key, binding.tooltip, to, _name_of(binding), _also(binding))

    def _settings(self) -> Iterable[Command]:
        for setting, where in wording.SETTINGS.items():
            yield Command("", f"Wording help: {where}", partial(self._wording, setting))
        app = cast(HasDesk, self.app)
        for words, looks in other_looks(app.looks):
            yield Command("", words, partial(self._look, looks), also="theme")

    def _screens(self) -> Iterable[Command]:
        """The other screens, for whoever types what one is called and is not where its key is."""
        below = beneath(self.screen)
        top = below or self.screen
        if not isinstance(top, WalkScreen):
            return
        keys = {one.binding.action for one in top.active_bindings.values() if one.enabled}
        do = partial(self.app.run_action, "app.looks")
        found = [] if "app.looks" in keys else [Command("", LOOKS_ROW, do, also=LOOKS)]
        for name, (title, also, at) in SCREENS_BY_TITLE.items():
            if name != top.name_in_app and f"go('{name}')" not in keys:
                to = partial(self._go, top, name, at)
                found.append(Command("", f"Go to: {title}", to, also=also, here=False))
        for one in found:
            if below is not None:
                one = replace(one, key="Esc", run=partial(self._below, below, one))
            yield one

    async def _go(self, screen: WalkScreen, name: str, at: str) -> None:
        """Go to another screen; a line that is being typed is kept first."""
        if isinstance(screen, NotingScreen):
            screen.go_with_line(name, at)
        else:
            screen.go(name, at)

    async def _do(self, active: ActiveBinding) -> None:
        await self.app.run_action(active.binding.action, active.node)

    async def _take(self, menu: Menu, key: str) -> None:
        menu.take(key)

    async def _to(self, screen: Screen[Any], widget: Widget) -> None:
        """Go where the keys work; what they change there is seen first."""
        if isinstance(widget, NoteList) and isinstance(screen, NotingScreen):
            screen.to_notes()
        else:
            screen.set_focus(widget)

    async def _below(self, below: Screen[Any], one: Command) -> None:
        """Leave what stands over a screen as Esc does, and then do something on the screen."""
        while (top := self.app.screen) is not below:
            leave = top.active_bindings.get("escape")
            if leave is not None:
                await self.app.run_action(leave.binding.action, leave.node)
            if self.app.screen is top:
                return  # it cannot be left now, and has told why
        below.call_later(one.run)  # what the dialog brought is acted on first

    async def _look(self, looks: Looks) -> None:
        cast(HasDesk, self.app).look(looks)

    async def _wording(self, setting: wording.Setting) -> None:
        wording.choose(cast(HasDesk, self.app).desk, setting)
        if isinstance(self.screen, WalkScreen):
            with self.screen.told():
                self.screen.reload()
                self.screen.say(f"Wording help: {wording.SETTINGS[setting]}")
