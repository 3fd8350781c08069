"""docs/keys.md says the same as the screens, and every key is declared as all of them are."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from walk.screens import registry
from walk.screens.known import SCREENS
from walk.widgets.lines import KEY_WORDS, key_words

ROOT = Path(__file__).resolve().parent.parent
BASES = {"Over", "Dialog", "StepOver", "AskScreen", "WordsDialog"}
"""Dialogs that others are made from."""
SAME = {"TakeDialog", "_ConfirmScreen"}
"""A field of another kind in the usual dialog."""
NO_KEYS = {"Working", "RestoringDialog"}
"""They stand while something goes on to its end, and take no key."""


def test_the_page_of_keys_is_as_the_command_writes_it() -> None:
    spec = spec_from_file_location("keys", ROOT / "scripts" / "keys.py")
    assert spec is not None
    assert spec.loader is not None
    keys = module_from_spec(spec)
    spec.loader.exec_module(keys)
    assert (ROOT / "docs" / "keys.md").read_text("utf-8") == keys.page(), (
        "run: python scripts/keys.py"
    )


def test_every_screen_and_every_dialog_is_on_it() -> None:
    assert len(registry.screens()) == len(SCREENS)
    classes = {one.__name__ for one in registry.dialog_classes()}
    assert classes == {*registry.DIALOGS} | BASES | SAME | NO_KEYS


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_every_key_of_a_screen_is_on_it(name: str) -> None:
    module, cls = SCREENS[name]
    kind: type[DOMNode] = getattr(import_module(module), cls)
    (page,) = [one for one in registry.screens() if one.name == registry.name_of(name)]
    told = {words for _, words in page.rows}
    ours = [one for some in kind._merged_bindings.key_to_bindings.values() for one in some]  # type: ignore[union-attr]
    for one in ours:
        if one.id and one.id != "screen.help":
            assert one.tooltip in told, one


def test_keys_are_written_as_a_person_reads_them() -> None:
    for one in (*registry.screens(), *registry.parts(), *registry.dialogs()):
        for key, words in (*one.rows, *one.menu):
            assert not re.search("[a-z]_[a-z]|^[a-z]{2,}[^ ]*$", key), f"{one.name}: {key}"
            assert words, f"{one.name}: {key}"
    assert key_words("f1,question_mark") == KEY_WORDS["f1"]


def test_the_same_key_has_one_meaning_where_it_is_the_same_thing() -> None:
    """Undo, redo, the way out and help are the same key on every screen."""
    for one in (*registry.screens(), *registry.dialogs()):
        for key, words in one.rows:
            keys = key.split()
            if words.startswith("Undo") or words.startswith("Take the last act"):
                assert keys == ["u"], f"{one.name}: {key}"
            if words == "Do again what was undone":
                assert keys[0] == "z", f"{one.name}: {key}"
            if words.startswith("Back to Home"):
                assert keys == ["Esc"], f"{one.name}: {key}"


def _bindings() -> list[tuple[str, Binding]]:
    kinds = [getattr(import_module(module), cls) for module, cls in SCREENS.values()]
    return [
        (kind.__name__, one)
        for kind in (*kinds, *registry.dialog_classes())
        for some in kind._merged_bindings.key_to_bindings.values()
        for one in some
        if one.id
    ]


def test_every_key_that_is_shown_has_a_short_word_and_a_sentence() -> None:
    for kind, one in _bindings():
        assert one.tooltip, f"{kind}: {one.id}"
        assert one.tooltip[0].isupper() or one.tooltip[0] in "+→←", f"{kind}: {one.tooltip}"
        assert not one.tooltip.endswith("."), f"{kind}: {one.tooltip}"
        if one.show:
            assert 0 < len(one.description) <= 20, f"{kind}: {one.description}"


def test_the_word_for_the_way_out_is_the_same_everywhere() -> None:
    said = {one.description for _, one in _bindings() if one.key == "escape" and one.show}
    # A list of ticks is done with Esc, and the tour is skipped.
    assert said <= {"back", "menu", "done", "skip", "then f on, b before"}
