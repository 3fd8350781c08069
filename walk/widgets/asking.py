"""Widgets that take keys in the order in which they were pressed, and may ask for one key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Question:
    """A question that one key answers, such as the menu; `name` comes back with the answer."""

    name: str
    choices: tuple[tuple[str, str], ...]
    """(key, words) in the order shown."""
    ask: str = ""
    """Words before the choices."""
    further: tuple[tuple[str, str], ...] = ()
    """Choices shown behind "Esc back"."""
    digits: str = ""
    """Keys that answer too and are shown in another way, such as in a pane."""
    then: Mapping[str, Question] = field(default_factory=dict)
    """What a key asks next, instead of being an answer."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys that answer."""
        return frozenset(self.digits) | {key for key, _ in (*self.choices, *self.further)}


def bound(bindings: Iterable[BindingType]) -> dict[str, list[Binding]]:
    """What each key is bound to by a class's BINDINGS."""
    keys: dict[str, list[Binding]] = {}
    for binding in Binding.make_bindings(bindings):
        keys.setdefault(binding.key, []).append(binding)
    return keys


class OrderedKeys(Widget):
    """A widget that obeys its own keys at once, and may hold one open question.

    Textual hands a bound key up to the app and only then acts on it, while letters act at once: in
    a burst of keys (a slow machine, a fast typist) "teh", backspace twice, "he" would come out
    scrambled. Here a bound key acts in its turn.
    """

    question: var[Question | None] = var(None)

    @dataclass
    class Asked(Message):
        """A question was opened, or closed (None); the screen shows it."""

        question: Question | None

    @dataclass
    class Answered(Message):
        """A key answered a question; an empty key means that it was put away."""

        name: str
        key: str

    def ask(self, question: Question | None) -> None:
        """Open a question (None: close it). The very next key may answer."""
        self.question = question
        self.post_message(self.Asked(question))

    def answered(self, event: Key) -> bool:
        """Give a key to the open question; False when there is none or it is put away for text."""
        question = self.question
        if question is None:
            return False
        key = "\r" if event.key == "enter" else event.character or ""
        if event.key in ("escape", "backspace"):
            self.ask(None)
            self.post_message(self.Answered(question.name, ""))
            return True
        if key in question.then:
            self.ask(question.then[key])
            return True
        self.ask(None)
        known = key in question.keys
        self.post_message(self.Answered(question.name, key if known else ""))
        return known

    async def obey(self, key: str) -> bool:
        """Do what this widget binds a key to, now; False when it binds nothing to it."""
        for binding in self.own_keys().get(key, ()):
            if await self.app.run_action(binding.action, self):
                return True
        return False

    def own_keys(self) -> Mapping[str, list[Binding]]:
        """This widget's bindings, as they are after any change of keys."""
        return self._bindings.key_to_bindings
