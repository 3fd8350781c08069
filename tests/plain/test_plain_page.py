"""The page docs/plain.md names every word that can be said, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from walk.plain.rooms import ROOMS, room_of

ROOT = Path(__file__).resolve().parents[2]


def said_words() -> set[str]:
    """Every word that a room knows."""
    return {
        str(node.args[0].value)
        for path in (ROOT / "walk" / "plain").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Word"
        and isinstance(node.args[0], ast.Constant)
    }


def test_the_page_names_every_word_and_no_other() -> None:
    page = (ROOT / "docs" / "plain.md").read_text("utf-8")
    known = said_words()
    assert len(known) > 80
    assert {one for one in known - {"?"} if not re.search(rf"`/?{one}[ `]", page)} == set()
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    coded = [one for row in rows for one in re.findall("`([^`]+)`", row)]
    named = {one.split()[0].removeprefix("/") for one in coded}
    assert named - known - {"no", "off", "writing"} == set()


def test_every_room_is_there_under_its_name() -> None:
    for name in ROOMS:
        assert room_of(name).name == name
        assert room_of(name).about
